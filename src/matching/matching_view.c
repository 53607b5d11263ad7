#include "matching/matching_parts.h"

#include <stdlib.h>
#include <string.h>

#define WRONG(what, a, mentee, mentor)                                                             \
        FAIL_AT(ERR_INVALID, what, matching_place((a), (mentee), (mentor)),                        \
                "Correct the list of pairs")

const char *matching_place(struct arena *a, int64_t mentee, int64_t mentor)
{
        if (mentee < 0)
                return text_format(a, "mentor %lld", (long long)mentor).p;
        if (mentor < 0)
                return text_format(a, "mentee %lld", (long long)mentee).p;
        return text_format(a, "mentee %lld, mentor %lld", (long long)mentee, (long long)mentor).p;
}

/* ---- checking what the caller gave ---- */

static struct err check_row(const struct matching_problem *p, int32_t i, struct arena *a)
{
        if (p->row[i + 1] < p->row[i])
                return WRONG("The pairs of a mentee end before they begin", a, i, -1);
        for (int64_t k = p->row[i]; k < p->row[i + 1]; k++) {
                if (p->mentor[k] < 0 || p->mentor[k] >= p->mentors)
                        return WRONG("There is no such mentor", a, i, p->mentor[k]);
                if (k > p->row[i] && p->mentor[k] == p->mentor[k - 1])
                        return WRONG("A pair is listed twice", a, i, p->mentor[k]);
                if (k > p->row[i] && p->mentor[k] < p->mentor[k - 1])
                        return WRONG("The mentors of a mentee are not in ascending order", a, i,
                                     p->mentor[k]);
                if (p->score[k] == MATCHING_NONE)
                        return WRONG("A listed pair has no score", a, i, p->mentor[k]);
        }
        return OK;
}

static struct err check_shape(const struct matching_problem *p, struct arena *a)
{
        switch (p->shape) {
        case MATCHING_SPARSE:
                must(p->mentees == 0 || p->row);
                for (int32_t i = 0; i < p->mentees; i++)
                        TRY(check_row(p, i, a));
                return OK;
        case MATCHING_DENSE:
                must((int64_t)p->mentees * p->mentors == 0 || p->dense);
                must(p->stride >= p->mentors);
                return OK;
        }
        must(!"a shape outside its enum");
}

static struct err check_places(const struct matching_problem *p, struct arena *a)
{
        for (int32_t j = 0; j < p->mentors; j++) {
                if (p->places && p->places[j] < 0)
                        return WRONG("A mentor has fewer than no places", a, -1, j);
                if (p->least && (p->least[j] < 0 || p->least[j] > (p->places ? p->places[j] : 1)))
                        return WRONG("A group needs more people than it has places", a, -1, j);
        }
        return OK;
}

static struct err check_announced(const struct matching_problem *p, struct arena *a)
{
        must(p->keep >= 0);
        for (int32_t i = 0; p->announced && i < p->mentees; i++)
                if (p->announced[i] < MATCHING_NOBODY || p->announced[i] >= p->mentors)
                        return WRONG("An announced pair names somebody who is not there", a, i, p->announced[i]);
        return OK;
}

static bool outside(const struct matching_problem *p, struct matching_pair pair)
{
        return pair.mentee < 0 || pair.mentee >= p->mentees || pair.mentor < 0 ||
               pair.mentor >= p->mentors;
}

/* ---- forbidden pairs ---- */

static int by_mentee_and_mentor(const void *left, const void *right)
{
        const struct matching_pair *a = left, *b = right;

        if (a->mentee != b->mentee)
                return a->mentee < b->mentee ? -1 : 1;
        return (a->mentor > b->mentor) - (a->mentor < b->mentor);
}

static struct err take_forbidden(struct matching_view *v, struct arena *a)
{
        const struct matching_problem *p = v->p;

        for (int64_t k = 0; k < p->n_forbidden; k++)
                if (outside(p, p->forbidden[k]))
                        return WRONG("A forbidden pair names somebody who is not there", a,
                                     p->forbidden[k].mentee, p->forbidden[k].mentor);
        v->forbidden = arena_array(a, struct matching_pair, (size_t)p->n_forbidden);
        v->forbidden_row = arena_array(a, int64_t, (size_t)p->mentees + 1);
        if (p->n_forbidden)
                memcpy(v->forbidden, p->forbidden, (size_t)p->n_forbidden * sizeof *p->forbidden);
        qsort(v->forbidden, (size_t)p->n_forbidden, sizeof *v->forbidden, by_mentee_and_mentor);
        for (int64_t k = 0; k < p->n_forbidden; k++)
                v->forbidden_row[v->forbidden[k].mentee + 1]++;
        for (int32_t i = 0; i < p->mentees; i++)
                v->forbidden_row[i + 1] += v->forbidden_row[i];
        return OK;
}

bool matching_is_forbidden(const struct matching_view *v, int32_t mentee, int32_t mentor)
{
        struct matching_pair key = {.mentee = mentee, .mentor = mentor};
        int64_t from = v->forbidden_row[mentee];
        size_t n = (size_t)(v->forbidden_row[mentee + 1] - from);

        return n > 0 &&
               bsearch(&key, v->forbidden + from, n, sizeof key, by_mentee_and_mentor) != NULL;
}

/* ---- locked pairs ---- */

static struct err take_lock(struct matching_view *v, struct matching_pair lock, struct arena *a)
{
        if (outside(v->p, lock))
                return WRONG("A locked pair names somebody who is not there", a, lock.mentee,
                             lock.mentor);
        if (v->settled[lock.mentee])
                return WRONG("A mentee who is locked twice, or absent, cannot be locked", a,
                             lock.mentee, lock.mentor);
        if (matching_is_forbidden(v, lock.mentee, lock.mentor))
                return WRONG("A pair is both locked and forbidden", a, lock.mentee, lock.mentor);
        if (matching_score(v->p, lock.mentee, lock.mentor) == MATCHING_NONE)
                return WRONG("A locked pair is not among the allowed pairs", a, lock.mentee,
                             lock.mentor);
        if (v->places[lock.mentor] == 0)
                return WRONG("More pairs are locked to a mentor than there are places", a,
                             lock.mentee, lock.mentor);
        v->places[lock.mentor]--;
        v->settled[lock.mentee] = 1;
        return OK;
}

static int64_t all_places(const struct matching_view *v)
{
        int64_t sum = 0;

        for (int32_t j = 0; j < v->p->mentors; j++)
                sum += v->places[j];
        return sum;
}

/* Too many to count: those that nobody could ever take are left out. One more than there are mentees says as well that one is free. */
static struct err count_places(struct matching_view *v)
{
        if (all_places(v) <= INT32_MAX)
                return OK;
        v->cut = true;
        for (int32_t j = 0; j < v->p->mentors; j++)
                if (v->places[j] > v->p->mentees)
                        v->places[j] = v->p->mentees + (v->p->mentees < INT32_MAX);
        return all_places(v) <= INT32_MAX && !matching_has_groups(v->p)
                ? OK
                : FAIL(ERR_LIMIT, "The mentors have more than 2,147,483,647 places together", "Give each only as many as may be needed");
}

static struct err take_people(struct matching_view *v, struct arena *a)
{
        const struct matching_problem *p = v->p;

        v->settled = arena_array(a, uint8_t, (size_t)p->mentees);
        v->places = arena_array(a, int32_t, (size_t)p->mentors);
        for (int32_t i = 0; i < p->mentees; i++)
                v->settled[i] = p->absent && p->absent[i];
        for (int32_t j = 0; j < p->mentors; j++)
                v->places[j] = p->places ? p->places[j] : 1;
        for (int64_t k = 0; k < p->n_locked; k++)
                TRY(take_lock(v, p->locked[k], a));
        return count_places(v);
}

struct err matching_view_new(const struct matching_problem *p, struct arena *a,
                             struct matching_view **out)
{
        struct matching_view *v = arena_new_of(a, struct matching_view);

        must(p->mentees >= 0 && p->mentors >= 0 && p->n_locked >= 0 && p->n_forbidden >= 0);
        v->p = p;
        v->floor = MATCHING_NONE + 1;
        TRY(check_shape(p, a));
        TRY(check_places(p, a));
        TRY(check_announced(p, a));
        v->mentor = arena_array(a, int32_t, (size_t)p->mentors);
        v->score = arena_array(a, int64_t, (size_t)p->mentors);
        TRY(take_forbidden(v, a));
        TRY(take_people(v, a));
        *out = v;
        return OK;
}

/* ---- reading rows ---- */

static int64_t cell(const struct matching_problem *p, int64_t at)
{
        switch (p->cell) {
        case MATCHING_INT32: {
                int32_t score = ((const int32_t *)p->dense)[at];
                return score == INT32_MIN ? MATCHING_NONE : score;
        }
        case MATCHING_INT64: return ((const int64_t *)p->dense)[at];
        case MATCHING_UINT8: {
                uint8_t score = ((const uint8_t *)p->dense)[at];
                return score == UINT8_MAX ? MATCHING_NONE : score;
        }
        case MATCHING_UINT16: {
                uint16_t score = ((const uint16_t *)p->dense)[at];
                return score == UINT16_MAX ? MATCHING_NONE : score;
        }
        }
        must(!"a kind of cell outside its enum");
}

/* Keeps what has a score of at least the floor; score may be v->score itself. */
static struct matching_row keep(struct matching_view *v, const int32_t *mentor,
                                const int64_t *score, int64_t n)
{
        int64_t kept = 0;

        for (int64_t k = 0; k < n; k++) {
                if (score[k] < v->floor)
                        continue;
                v->mentor[kept] = mentor ? mentor[k] : (int32_t)k;
                v->score[kept++] = score[k];
        }
        return (struct matching_row) {.mentor = v->mentor, .score = v->score, .n = kept};
}

static struct matching_row without_forbidden(struct matching_view *v, struct matching_row row,
                                             int32_t mentee)
{
        int64_t next = v->forbidden_row[mentee], end = v->forbidden_row[mentee + 1], kept = 0;

        for (int64_t k = 0; k < row.n; k++) {
                while (next < end && v->forbidden[next].mentor < row.mentor[k])
                        next++;
                if (next < end && v->forbidden[next].mentor == row.mentor[k])
                        continue;
                v->mentor[kept] = row.mentor[k];
                v->score[kept++] = row.score[k];
        }
        return (struct matching_row) {.mentor = v->mentor, .score = v->score, .n = kept};
}

static struct matching_row scored_row(struct matching_view *v, int32_t mentee)
{
        const struct matching_problem *p = v->p;
        int64_t from;

        switch (p->shape) {
        case MATCHING_SPARSE:
                from = p->row[mentee];
                if (v->floor > MATCHING_NONE + 1)
                        return keep(v, p->mentor + from, p->score + from,
                                    p->row[mentee + 1] - from);
                return (struct matching_row) {.mentor = p->mentor + from,
                                              .score = p->score + from,
                                              .n = p->row[mentee + 1] - from};
        case MATCHING_DENSE:
                for (int32_t j = 0; j < p->mentors; j++)
                        v->score[j] = cell(p, (int64_t)mentee * p->stride + j);
                return keep(v, NULL, v->score, p->mentors);
        }
        must(!"a shape outside its enum");
}

static struct matching_row face_row(const struct matching_face *f, int32_t mentee)
{
        int64_t from = f->start[mentee];

        return (struct matching_row) {
                .mentor = f->mentor + from, .score = f->score + from, .n = f->end[mentee] - from};
}

struct matching_row matching_view_row(struct matching_view *v, int32_t mentee)
{
        struct matching_row row;

        if (v->face)
                return face_row(v->face, mentee);
        row = scored_row(v, mentee);
        if (v->forbidden_row[mentee] == v->forbidden_row[mentee + 1])
                return row;
        return without_forbidden(v, row, mentee);
}

static int64_t listed_score(const struct matching_problem *p, int32_t mentee, int32_t mentor)
{
        int64_t low = p->row[mentee], high = p->row[mentee + 1];

        while (low < high) {
                int64_t middle = low + (high - low) / 2;
                if (p->mentor[middle] == mentor)
                        return p->score[middle];
                if (p->mentor[middle] < mentor)
                        low = middle + 1;
                else
                        high = middle;
        }
        return MATCHING_NONE;
}

int64_t matching_score(const struct matching_problem *p, int32_t mentee, int32_t mentor)
{
        switch (p->shape) {
        case MATCHING_SPARSE: return listed_score(p, mentee, mentor);
        case MATCHING_DENSE: return cell(p, (int64_t)mentee * p->stride + mentor);
        }
        must(!"a shape outside its enum");
}
