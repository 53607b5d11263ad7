/* Mentors who stand by or take a group, and how a run respects them. */
#include "care/care.h"
#include "matching/matching_lists.h"
#include "matching/matching_people.h"
#include "matching/matching_people.sql.h"
#include "people/people.h"

#include <string.h>

enum { CAPACITY_MOST = 3 };

const char matching_decline_call[] = "C0";

static struct err find_mentor(struct tx *tx, int64_t cohort, int64_t mentor, struct programmes_participant *out)
{
        struct programmes_participant_list parts;

        TRY(programmes_parts_of(tx, mentor, &parts));
        for (size_t i = 0; i < parts.n; i++)
                if (parts.row[i].cohort == cohort && parts.row[i].mentor) {
                        *out = parts.row[i];
                        return OK;
                }
        return FAIL(ERR_ABSENT, "There is no such mentor in this cohort", "Choose one from the list");
}

static struct err check_kind(const struct matching_kind *k)
{
        bool group = k->group_least > 0;

        if (group && (k->group_least < MATCHING_GROUP_LEAST || k->group_least > MATCHING_GROUP_MOST))
                return FAIL_AT(ERR_INVALID, "A group has four to six mentees", "group", "Smaller ones are pairs");
        if (group && (k->capacity < k->group_least || k->capacity > MATCHING_GROUP_MOST))
                return FAIL_AT(ERR_INVALID, "The mentor has room for fewer than the group needs, or for more than six", "capacity",
                               "Say how many mentees at most, up to six");
        if (!group && (k->capacity < 1 || k->capacity > CAPACITY_MOST))
                return FAIL_AT(ERR_INVALID, "A mentor has between 1 and 3 mentees", "capacity", "Or a group of four to six");
        return OK;
}

struct err matching_set_kind(struct tx *tx, const struct who *who, int64_t cohort, int64_t mentor, const struct matching_kind *k)
{
        struct programmes_participant part;

        TRY(programmes_staff(tx, who, cohort));
        TRY(find_mentor(tx, cohort, mentor, &part));
        TRY(check_kind(k));
        TRY(matching_kind_put(tx, cohort, mentor, k->reserve, k->group_least));
        TRY(programmes_set_capacity(tx, who, cohort, mentor, k->capacity));
        return people_audit(tx, who, "matching.kind", mentor, cohort, "");
}

struct err matching_kind(struct tx *tx, int64_t cohort, int64_t mentor, struct matching_kind *out)
{
        struct programmes_participant part;
        struct matching_kind_row row;
        bool found;

        TRY(find_mentor(tx, cohort, mentor, &part));
        TRY(matching_kind_row(tx, cohort, mentor, &found, &row));
        *out = (struct matching_kind) {.reserve = found && row.reserve, .group_least = found ? row.group_least : 0,
                                       .capacity = part.capacity};
        return OK;
}

struct err matching_is_ruled_out(struct tx *tx, int64_t cohort, int64_t mentor, int64_t mentee, bool *yes)
{
        struct matching_ruled_out_row row;

        TRY(matching_ruled_out_row(tx, cohort, mentor, mentee, &row));
        *yes = row.n > 0;
        return OK;
}

/* ---- in a run ---- */

/* A group that has begun needs only the rest. */
static void add_kind(struct matching_dossier *d, const struct matching_kind_rows *row)
{
        int32_t j = matching_place_of(&d->mentors, row->mentor);

        if (j == MATCHING_NOBODY)
                return;
        int32_t least = (int32_t)row->group_least - d->taken[j];
        d->reserve[j] = row->reserve;
        d->least[j] = least < 0 ? 0 : least;
        d->groups |= d->least[j] > 1;
}

/* A mentor who waits has no room meanwhile. */
static struct err leave_out_decliners(struct tx *tx, int64_t cohort, struct matching_dossier *d)
{
        struct matching_decline_rows_list rows;

        TRY(matching_decline_rows(tx, cohort, &rows));
        for (size_t k = 0; k < rows.n; k++) {
                int32_t mentee = matching_place_of(&d->mentees, rows.row[k].person), mentor = matching_place_of(&d->mentors, rows.row[k].person);
                bool waits = false;
                if (rows.row[k].n >= MATCHING_DECLINES_MOST)
                        TRY(care_call_waits(tx, cohort, rows.row[k].person, matching_decline_call, &waits));
                if (waits && mentee != MATCHING_NOBODY)
                        d->absent[mentee] = 1;
                if (waits && mentor != MATCHING_NOBODY)
                        d->places[mentor] = 0;
        }
        return OK;
}

struct err matching_add_marks(struct tx *tx, int64_t cohort, struct matching_dossier *d)
{
        struct matching_mark_rows_list marks;

        TRY(matching_mark_rows(tx, cohort, &marks));
        for (size_t i = 0; i < marks.n; i++)
                matching_dossier_note(tx_arena(tx), d, marks.row[i].mentee, marks.row[i].mentor)->marked = true;
        return OK;
}

struct err matching_add_kinds(struct tx *tx, int64_t cohort, struct matching_dossier *d)
{
        size_t n = (size_t)d->mentees.n, m = (size_t)d->mentors.n;
        struct matching_kind_rows_list kinds;

        d->reserve = arena_array(tx_arena(tx), uint8_t, m + 1);
        d->least = arena_array(tx_arena(tx), int32_t, m + 1);
        d->absent = arena_array(tx_arena(tx), uint8_t, n + 1);
        TRY(leave_out_decliners(tx, cohort, d));
        TRY(matching_kind_rows(tx, cohort, &kinds));
        for (size_t i = 0; i < kinds.n; i++)
                add_kind(d, &kinds.row[i]);
        return matching_add_marks(tx, cohort, d);
}

static bool any_reserve(const uint8_t *reserve, int32_t n)
{
        return reserve && n > 0 && memchr(reserve, 1, (size_t)n) != NULL;
}

/* Everything found so far is locked; only the reserves have room beyond it. */
static void second_round(const struct matching_problem *p, const uint8_t *reserve, const struct matching_result *first,
                         struct arena *a, struct matching_problem *out)
{
        struct matching_pair *locked = arena_array(a, struct matching_pair, (size_t)p->mentees + 1);
        int32_t *places = arena_array(a, int32_t, (size_t)p->mentors + 1), *least = arena_array(a, int32_t, (size_t)p->mentors + 1);

        *out = *p;
        out->n_locked = 0;
        for (int32_t j = 0; j < p->mentors; j++) {
                places[j] = !reserve[j] ? 0 : p->places ? p->places[j] : 1;
                least[j] = reserve[j] && p->least ? p->least[j] : 0;
        }
        for (int32_t i = 0; i < p->mentees; i++) {
                int32_t j = first->mentor_of[i];
                if (j == MATCHING_NOBODY)
                        continue;
                locked[out->n_locked++] = (struct matching_pair) {i, j};
                places[j] += !reserve[j];
        }
        out->locked = locked;
        out->places = places;
        out->least = p->least ? least : NULL;
}

struct err matching_solve_kinds(const struct matching_problem *p, const struct matching_options *o, const uint8_t *reserve,
                                struct arena *a, struct matching_result *r)
{
        struct matching_problem first = *p, second;
        int32_t *places;

        if (p->least && o->objective != MATCHING_TOTAL)
                return FAIL_AT(ERR_INVALID, "Groups are formed by the best fit over all", "objective",
                               "Choose that, or match these mentors one by one");
        if (!any_reserve(reserve, p->mentors))
                return matching_solve(p, o, a, r);
        places = arena_array(a, int32_t, (size_t)p->mentors);
        for (int32_t j = 0; j < p->mentors; j++)
                places[j] = reserve[j] ? 0 : p->places ? p->places[j] : 1;
        first.places = places;
        TRY(matching_solve(&first, o, a, r));
        if (r->unmatched == 0)
                return OK;
        second_round(p, reserve, r, a, &second);
        return matching_solve(&second, o, a, r);
}
