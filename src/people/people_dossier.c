/* Everybody of a cohort at once, for the solver. */
#include "people/people.h"
#include "people/people.sql.h"

#include <stdlib.h>
#include <string.h>

static struct text folded(struct arena *a, struct text t)
{
        return text_empty(t) ? TEXT_ABSENT : text_fold(a, text_trim(t));
}

/* ---- the manager of a manager ---- */

static int by_key(const void *left, const void *right)
{
        const struct people_manager *a = left, *b = right;

        return text_compare(a->email, b->email);
}

struct err people_managers(struct tx *tx, struct people_managers *out)
{
        struct people_manager_rows_list rows;

        TRY(people_manager_rows(tx, &rows));
        *out = (struct people_managers) {.row = arena_array(tx_arena(tx), struct people_manager, rows.n + 1)};
        for (; out->n < rows.n; out->n++)
                out->row[out->n] = (struct people_manager) {rows.row[out->n].email_key,
                                                            folded(tx_arena(tx), rows.row[out->n].manager_email)};
        if (out->n)
                qsort(out->row, out->n, sizeof *out->row, by_key);
        return OK;
}

struct text people_manager_of(const struct people_managers *all, struct text email)
{
        struct people_manager key = {.email = email}, *found = NULL;

        if (all->n && email.n)
                found = bsearch(&key, all->row, all->n, sizeof key, by_key);
        return found ? found->manager : TEXT_ABSENT;
}

/* Whom the manager has said, or a file that knew both; what is known here goes first. */
static struct err add_managers(struct tx *tx, struct people_dossier_list *list)
{
        struct people_managers all;

        TRY(people_managers(tx, &all));
        for (size_t i = 0; i < list->n; i++) {
                struct text known = people_manager_of(&all, list->row[i].manager_email);
                if (known.n)
                        list->row[i].managers_manager_email = known;
        }
        return OK;
}

/* ---- roster columns that matching has a use for, by their header ---- */

enum { VALUES, FORMATS, YEARS, COLUMNS };

static const char *const headers[COLUMNS][8] = {
        [VALUES] = {"values", "whatmattersmost", "workingstyle", "werte", "arbeitsweise"},
        [FORMATS] = {"format", "formats", "meetingformat", "wayofmeeting", "preferredformat", "artdertreffen"},
        [YEARS] = {"years", "yearsofexperience", "experienceyears", "experience", "berufsjahre", "berufserfahrung"},
};

/* Letters and digits alone, so that "Years of experience" is yearsofexperience. */
static struct text bare(struct arena *a, struct text name)
{
        struct text t = text_fold(a, name);
        char *p = arena_alloc(a, t.n + 1);
        size_t n = 0;

        for (size_t i = 0; i < t.n; i++)
                if ((t.p[i] >= 'a' && t.p[i] <= 'z') || (t.p[i] >= '0' && t.p[i] <= '9'))
                        p[n++] = t.p[i];
        return (struct text) {p, n};
}

static int column_of(struct arena *a, struct text name)
{
        struct text key = bare(a, name);

        for (int c = 0; c < COLUMNS; c++)
                for (int k = 0; k < 8 && headers[c][k]; k++)
                        if (text_is(key, headers[c][k]))
                                return c;
        return COLUMNS;
}

static struct text *field_of(struct people_dossier *d, int column)
{
        return column == VALUES ? &d->values : column == FORMATS ? &d->formats : &d->years;
}

/* Both lists ascend by person. A second column for the same adds to the first. */
static void take_column(struct arena *a, struct people_dossier_list *list, const struct people_extra_named_list *rows, int column)
{
        size_t k = 0;

        for (size_t i = 0; i < list->n; i++) {
                while (k < rows->n && rows->row[k].person < list->row[i].person)
                        k++;
                if (k == rows->n || rows->row[k].person != list->row[i].person)
                        continue;
                struct text *field = field_of(&list->row[i], column);
                *field = field->n ? text_format(a, "%s;%s", field->p, rows->row[k].value.p) : rows->row[k].value;
        }
}

static struct err add_columns(struct tx *tx, int64_t cohort, struct people_dossier_list *list)
{
        struct people_extra_names_list names;
        struct people_extra_named_list rows;

        TRY(people_extra_names(tx, cohort, &names));
        for (size_t i = 0; i < names.n; i++) {
                int column = column_of(tx_arena(tx), names.row[i].name);
                if (column == COLUMNS)
                        continue;
                TRY(people_extra_named(tx, cohort, names.row[i].name, &rows));
                take_column(tx_arena(tx), list, &rows, column);
        }
        return OK;
}

/* ---- the whole ---- */

struct err people_dossiers(struct tx *tx, int64_t cohort, int64_t person, struct people_dossier_list *out)
{
        struct people_dossier_rows_list rows;

        TRY(people_dossier_rows(tx, cohort, person, &rows));
        *out = (struct people_dossier_list) {.row = arena_array(tx_arena(tx), struct people_dossier, rows.n)};
        for (; out->n < rows.n; out->n++) {
                const struct people_dossier_rows *r = &rows.row[out->n];
                out->row[out->n] = (struct people_dossier) {
                        .person = r->person, .email = r->email_key, .zone = r->zone, .zone_confirmed = r->zone_confirmed,
                        .offers = r->offers, .wants = r->wants, .goals = r->goals, .interests = r->interests,
                        .languages = r->languages, .availability = r->availability, .grade = r->grade, .team = r->team,
                        .profession = r->profession, .manager_email = folded(tx_arena(tx), r->manager_email),
                        .managers_manager_email = folded(tx_arena(tx), r->managers_manager_email)};
        }
        TRY(add_managers(tx, out));
        return add_columns(tx, cohort, out);
}
