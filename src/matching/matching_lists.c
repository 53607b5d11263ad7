#include "matching/matching_lists.h"

#include "matching/matching_people.h"
#include "matching/matching_solved.h"

enum { LISTS_A_PLACE = 3, LISTS_A_PLACE_MOST = 6 };

struct lists {
        const struct matching_dossier *d;
        struct arena *a;
        int32_t *score;                         /* mentee * mentors + mentor; INT32_MIN also once it stands on the list */
        int32_t *used, *places, *length;        /* per mentor, per mentor, per mentee */
        uint8_t *absent;
        struct matching_lists out;
};

static void score_all(struct lists *l)
{
        struct matching_pool pool;

        matching_dossier_pool(l->a, l->d, &pool);
        matching_pool_scores(l->a, &pool, matching_threads(), l->score);
}

/* One more mentor for each mentee whose list is shorter than that. */
static struct err grow(struct lists *l, int32_t a_place, int32_t until)
{
        const struct matching_dossier *d = l->d;
        const struct matching_options options = {.objective = MATCHING_TOTAL, .threads = matching_threads()};
        struct matching_result r;
        int32_t wanting = 0;

        for (int32_t j = 0; j < d->mentors.n; j++) {
                int32_t room = a_place * d->places[j] - l->used[j];
                l->places[j] = room < 0 || d->reserve[j] ? 0 : room;
        }
        for (int32_t i = 0; i < d->mentees.n; i++) {
                l->absent[i] = l->length[i] >= until;
                wanting += !l->absent[i];
        }
        if (wanting == 0)
                return OK;
        struct arena_mark mark = arena_mark(l->a);
        TRY(matching_solve(&(struct matching_problem) {
                .mentees = d->mentees.n, .mentors = d->mentors.n, .shape = MATCHING_DENSE, .dense = l->score,
                .stride = d->mentors.n, .cell = MATCHING_INT32, .places = l->places, .absent = l->absent,
                .forbidden = d->ruled_out, .n_forbidden = d->n_ruled_out}, &options, l->a, &r));
        for (int32_t i = 0; i < d->mentees.n; i++) {
                int32_t j = r.mentor_of[i];
                if (j == MATCHING_NOBODY)
                        continue;
                l->out.row[l->out.n++] = (struct matching_pair) {i, j};
                l->score[(size_t)i * (size_t)d->mentors.n + (size_t)j] = INT32_MIN;
                l->used[j]++;
                l->length[i]++;
        }
        arena_rewind(l->a, mark);
        return OK;
}

/* By mentee; within one the order of the rounds stays. */
static void by_mentee(struct arena *a, int32_t mentees, struct matching_lists *lists)
{
        struct matching_pair *sorted = arena_array(a, struct matching_pair, lists->n + 1);
        size_t *next = arena_array(a, size_t, (size_t)mentees + 1);

        for (size_t k = 0; k < lists->n; k++)
                next[lists->row[k].mentee + 1]++;
        for (int32_t i = 0; i < mentees; i++)
                next[i + 1] += next[i];
        for (size_t k = 0; k < lists->n; k++)
                sorted[next[lists->row[k].mentee]++] = lists->row[k];
        lists->row = sorted;
}

struct err matching_make_lists(const struct matching_dossier *d, struct arena *a, struct matching_lists *out)
{
        size_t n = (size_t)d->mentees.n, m = (size_t)d->mentors.n;
        struct lists l = {.d = d, .a = a, .score = arena_array(a, int32_t, n * m + 1), .used = arena_array(a, int32_t, m + 1),
                          .places = arena_array(a, int32_t, m + 1), .length = arena_array(a, int32_t, n + 1),
                          .absent = arena_array(a, uint8_t, n + 1),
                          .out = {.row = arena_array(a, struct matching_pair, n * MATCHING_LIST_MOST + 1)}};

        score_all(&l);
        for (int round = 0; round < MATCHING_LIST_MOST; round++)
                TRY(grow(&l, LISTS_A_PLACE, MATCHING_LIST_MOST));
        for (int32_t more = LISTS_A_PLACE + 1; more <= LISTS_A_PLACE_MOST; more++)
                for (int round = 0; round < MATCHING_LIST_LEAST; round++)
                        TRY(grow(&l, more, MATCHING_LIST_LEAST));
        by_mentee(a, d->mentees.n, &l.out);
        *out = l.out;
        return OK;
}
