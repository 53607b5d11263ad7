#include "matching/matching_segments.h"

#include "matching/matching.sql.h"
#include "matching/matching_runs.sql.h"
#include "matching/matching_table.sql.h"
#include "people/people.h"
#include "programmes/programmes.h"

#include <stdlib.h>

int64_t matching_segment_k(enum matching_segment_by by) { return by == MATCHING_BY_LANGUAGE ? MATCHING_K_SENSITIVE : MATCHING_K; }

/* ---- who stands where on the table ---- */

struct standing { int64_t mentee, score; bool alive; };

static int by_mentee(const void *a, const void *b)
{
        const struct standing *x = a, *y = b;

        return (x->mentee > y->mentee) - (x->mentee < y->mentee);
}

static bool is_alive(const struct matching_light *r) { return !text_is(r->state, "declined") && !text_is(r->state, "expired"); }

static size_t standings(const struct matching_light_list *rows, struct arena *a, struct standing **out)
{
        size_t n = 0;

        *out = arena_array(a, struct standing, rows->n + 1);
        for (size_t i = 0; i < rows->n; i++)
                if (is_alive(&rows->row[i]))
                        (*out)[n++] = (struct standing) {rows->row[i].mentee, rows->row[i].score, true};
        qsort(*out, n, sizeof **out, by_mentee);
        return n;
}

static bool is_ready(struct text state) { return text_is(state, "accepted") || text_is(state, "ready") || text_is(state, "matched"); }

/* Africa of Africa/Accra; UTC stands for itself. */
static struct text region_of(struct text zone)
{
        struct text rest;

        return text_cut(zone, '/', &rest);
}

static struct text first_of(struct text list)
{
        size_t n = 0;

        while (n < list.n && list.p[n] != ',' && list.p[n] != ';' && list.p[n] != '\n')
                n++;
        return text_trim((struct text) {list.p, n});
}

struct cases { struct matching_case *row[MATCHING_SEGMENTS]; size_t n; };

static struct err add_case(struct tx *tx, const struct programmes_participant *p, const struct standing *s, struct cases *c)
{
        struct people_status status;
        struct people_card card;
        struct matching_case one = {.left_out = s == NULL, .score = s ? s->score : 0};

        TRY(people_status(tx, p->person, &status));
        TRY(people_card(tx, p->person, false, &card));
        struct text group[MATCHING_SEGMENTS] = {
                [MATCHING_BY_REGION] = region_of(p->zone), [MATCHING_BY_LANGUAGE] = first_of(card.languages),
                [MATCHING_BY_ORGANISATION] = text_trim(status.organisation), [MATCHING_BY_DEPARTMENT] = text_trim(status.department)};
        for (int k = 0; k < MATCHING_SEGMENTS; k++) {
                one.group = group[k];
                c->row[k][c->n] = one;
        }
        c->n++;
        return OK;
}

/* ---- capacity ---- */

static int by_capacity(const void *a, const void *b)
{
        const struct matching_used *x = a, *y = b;

        return (x->capacity > y->capacity) - (x->capacity < y->capacity);
}

static void add_capacity(const struct programmes_participant *p, const struct matching_light_list *rows, struct matching_used_list *list)
{
        struct matching_used *u = NULL;

        for (size_t i = 0; i < list->n && !u; i++)
                if (list->row[i].capacity == p->capacity)
                        u = &list->row[i];
        if (!u) {
                u = &list->row[list->n++];
                *u = (struct matching_used) {.capacity = p->capacity};
        }
        u->mentors++;
        u->places += p->capacity;
        for (size_t i = 0; i < rows->n; i++)
                u->used += rows->row[i].mentor == p->person && is_alive(&rows->row[i]);
}

/* ---- who would rather have each other ---- */

static struct err rather(struct tx *tx, int64_t cohort, struct matching_segments *out)
{
        struct matching_run_last run;
        struct matching_kept_few kept;

        TRY(matching_run_last(tx, cohort, &out->ran, &run));
        if (!out->ran)
                return OK;
        TRY(matching_kept_few(tx, run.id, &out->blocking_known, &kept));
        if (!out->blocking_known)
                return OK;
        out->blocking = kept.blocking;
        out->rather.row = arena_array(tx_arena(tx), struct matching_rather, kept.restless.n / 4 + 1);
        for (struct text rest = kept.restless; rest.n;) {
                struct text second, first = text_cut(text_cut(rest, '\n', &rest), ' ', &second);
                struct matching_rather r;
                if (text_int(first, &r.mentee) && text_int(second, &r.mentor))
                        out->rather.row[out->rather.n++] = r;
        }
        return OK;
}

struct err matching_segments(struct tx *tx, const struct who *who, int64_t cohort, struct matching_segments *out)
{
        struct arena *a = tx_arena(tx);
        struct programmes_participant_list people;
        struct matching_light_list rows;
        struct standing *standing;
        struct cases cases = {0};

        *out = (struct matching_segments) {0};
        TRY(programmes_staff(tx, who, cohort));
        TRY(programmes_participants(tx, cohort, &people));
        TRY(matching_light(tx, cohort, &rows));
        size_t n = standings(&rows, a, &standing);
        for (int k = 0; k < MATCHING_SEGMENTS; k++)
                cases.row[k] = arena_array(a, struct matching_case, people.n + 1);
        out->used.row = arena_array(a, struct matching_used, people.n + 1);
        for (size_t i = 0; i < people.n; i++) {
                const struct programmes_participant *p = &people.row[i];
                if (!is_ready(p->state))
                        continue;
                if (p->mentor)
                        add_capacity(p, &rows, &out->used);
                else
                        TRY(add_case(tx, p, bsearch(&(struct standing) {.mentee = p->person}, standing, n, sizeof *standing, by_mentee), &cases));
        }
        qsort(out->used.row, out->used.n, sizeof *out->used.row, by_capacity);
        out->mentees = (int64_t)cases.n;
        for (int k = 0; k < MATCHING_SEGMENTS; k++)
                matching_groups(cases.row[k], cases.n, matching_segment_k((enum matching_segment_by)k), a, &out->by[k]);
        return rather(tx, cohort, out);
}
