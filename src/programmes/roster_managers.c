/*
 * Who is whose manager, by the file and by what is known here: numbers become addresses, the manager's manager is found, and a
 * line that leads back to its beginning is named.
 */
#include "html/messages.h"
#include "programmes/roster_parts.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST_LINE = 64 };

struct line_of {
        struct tx *tx;
        struct arena *a;
        struct roster_sheet *sheet;
        struct people_managers known;
        struct roster_person **by_key, **by_id;
        size_t n;
};

static int by_key(const void *a, const void *b)
{
        const struct roster_person *const *p = a, *const *q = b;

        return text_compare((*p)->key, (*q)->key);
}

static int by_id(const void *a, const void *b)
{
        const struct roster_person *const *p = a, *const *q = b;

        return text_compare((*p)->facts.status.staff_id, (*q)->facts.status.staff_id);
}

static struct roster_person *find(struct roster_person **sorted, size_t n, const struct roster_person *key,
                                  int (*order)(const void *, const void *))
{
        struct roster_person **at = n ? bsearch(&key, sorted, n, sizeof *sorted, order) : NULL;

        return at ? *at : NULL;
}

static struct roster_person *row_of(const struct line_of *l, struct text key)
{
        return find(l->by_key, l->n, &(struct roster_person) {.key = key}, by_key);
}

static struct roster_person *row_of_id(const struct line_of *l, struct text id)
{
        return find(l->by_id, l->n, &(struct roster_person) {.facts.status.staff_id = id}, by_id);
}

/* ---- numbers into addresses ---- */

static struct err address_of(struct line_of *l, struct text id, struct text *out)
{
        const struct roster_person *row = row_of_id(l, id);
        int64_t person;

        *out = row ? row->email : TEXT_ABSENT;
        return out->n ? OK : people_by_staff_id(l->tx, id, &person, out);
}

static struct err resolve_self(struct line_of *l, struct roster_person *p)
{
        struct text id = p->facts.status.staff_id;
        int64_t person;

        if (p->email.n || !id.n)
                return OK;
        TRY(people_by_staff_id(l->tx, id, &person, &p->email));
        p->key = p->email.n ? text_fold(l->a, p->email) : p->key;
        return OK;
}

/* Of a file of facts only rows about people who are here can be at fault. */
static bool matters(const struct line_of *l, const struct roster_person *p) { return !l->sheet->facts || p->person; }

static struct err resolve_manager(struct line_of *l, struct roster_person *p)
{
        struct people_status *s = &p->facts.status;

        if (text_is(p->manager_id, "-") && !s->manager_email.n)
                s->manager_email = TEXT("-");
        if (!p->manager_id.n || s->manager_email.n)
                return OK;
        TRY(address_of(l, p->manager_id, &s->manager_email));
        if (s->manager_email.n || !matters(l, p))
                return OK;
        roster_problem(l->sheet, p->line, text_of(roster_choices[ROSTER_MANAGER_ID].word), p->manager_id,
                       M_("Nobody in the file or here has this staff number"));
        p->capacity = 0;
        return OK;
}

/* ---- upwards ---- */

/* By the file where it says something, else as it is known. */
static struct text manager_of(const struct line_of *l, struct text key)
{
        const struct roster_person *row = row_of(l, key);

        if (row && row->facts.status.manager_email.n)
                return text_is(row->facts.status.manager_email, "-") ? TEXT_ABSENT : text_fold(l->a, row->facts.status.manager_email);
        return people_manager_of(&l->known, key);
}

static void name_line(struct line_of *l, struct roster_person *p, const struct text *step, size_t n)
{
        struct out o = out_new(l->a, 128);

        for (size_t i = 0; i < n && i < 4; i++) {
                out_text(&o, step[i]);
                out_c(&o, " → ");
        }
        out_c(&o, n > 4 ? "… → " : "");
        out_text(&o, step[0]);
        roster_problem(l->sheet, p->line, text_of(roster_choices[ROSTER_MANAGER_EMAIL].word), out_get(&o),
                       n == 1 ? M_("Nobody is their own manager") : M_("This line of managers leads back to its beginning"));
        p->capacity = 0;
}

/* Only who is in the circle is named; who reports into it is not at fault. */
static void look_for_circle(struct line_of *l, struct roster_person *p)
{
        struct text step[LONGEST_LINE] = {p->key};
        size_t n = 1;

        for (struct text up = manager_of(l, p->key); up.n && n < LONGEST_LINE; up = manager_of(l, up)) {
                if (text_equal(up, p->key)) {
                        name_line(l, p, step, n);
                        return;
                }
                for (size_t i = 1; i < n; i++)
                        if (text_equal(step[i], up))
                                return;
                step[n++] = up;
        }
}

/* What only the file knows: the manager of a manager who need not take part. */
static void look_above(struct line_of *l, struct roster_person *p)
{
        struct people_status *s = &p->facts.status;
        const struct roster_person *manager;

        if (!s->manager_email.n || text_is(s->manager_email, "-"))
                return;
        manager = row_of(l, text_fold(l->a, s->manager_email));
        if (manager && manager->facts.status.manager_email.n)
                s->managers_manager_email = manager->facts.status.manager_email;
}

static void sort(struct line_of *l, struct roster_person *person)
{
        for (size_t i = 0; i < l->n; i++)
                l->by_key[i] = l->by_id[i] = &person[i];
        if (l->n) {
                qsort(l->by_key, l->n, sizeof *l->by_key, by_key);
                qsort(l->by_id, l->n, sizeof *l->by_id, by_id);
        }
}

struct err roster_managers(struct tx *tx, struct roster_sheet *sheet, struct roster_person *person, size_t n)
{
        struct line_of l = {.tx = tx, .a = sheet->a, .sheet = sheet, .n = n,
                            .by_key = arena_array(sheet->a, struct roster_person *, n + 1),
                            .by_id = arena_array(sheet->a, struct roster_person *, n + 1)};

        sort(&l, person);
        for (size_t i = 0; i < n; i++)
                TRY(resolve_self(&l, &person[i]));
        sort(&l, person);
        for (size_t i = 0; sheet->facts && i < n; i++)
                TRY(roster_facts_find(tx, sheet->cohort, &person[i]));
        for (size_t i = 0; i < n; i++)
                TRY(resolve_manager(&l, &person[i]));
        TRY(people_managers(tx, &l.known));
        for (size_t i = 0; sheet->facts && i < n; i++)
                if (person[i].capacity && person[i].person && person[i].facts.status.manager_email.n)
                        look_for_circle(&l, &person[i]);
        for (size_t i = 0; i < n; i++)
                look_above(&l, &person[i]);
        return OK;
}
