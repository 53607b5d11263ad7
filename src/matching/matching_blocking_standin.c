/* Stands in for matching_blocking() until the solver has its own; then this file goes. */
#include "matching/matching_parts.h"

#include <string.h>

struct err matching_blocking(const struct matching_problem *p, const struct matching_result *r, int32_t most, struct arena *a,
                             struct matching_blocking *out)
{
        int64_t *worst = arena_array(a, int64_t, (size_t)p->mentors + 1);
        int32_t *taken = arena_array(a, int32_t, (size_t)p->mentors + 1);
        struct matching_view *v;

        *out = (struct matching_blocking) {.pair = arena_array(a, struct matching_pair, (size_t)most + 1)};
        TRY(matching_view_new(p, a, &v));
        for (int32_t j = 0; j < p->mentors; j++)
                worst[j] = INT64_MAX;
        for (int32_t i = 0; i < p->mentees; i++) {
                int32_t j = r->mentor_of[i];
                if (j == MATCHING_NOBODY)
                        continue;
                taken[j]++;
                worst[j] = r->score_of[i] < worst[j] ? r->score_of[i] : worst[j];
        }
        for (int32_t i = 0; i < p->mentees; i++) {
                struct matching_row row = matching_view_row(v, i);
                for (int64_t k = 0; k < row.n; k++) {
                        int32_t j = row.mentor[k];
                        bool free_place = taken[j] < (p->places ? p->places[j] : 1);
                        if (row.score[k] <= r->score_of[i] || !(free_place || row.score[k] > worst[j]))
                                continue;
                        if (out->listed < most)
                                out->pair[out->listed++] = (struct matching_pair) {i, j};
                        out->n++;
                }
        }
        return OK;
}
