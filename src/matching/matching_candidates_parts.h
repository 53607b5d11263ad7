/* Between matching_candidates*.c: the search for the best mentors of one mentee. A search belongs to one thread. */
#ifndef TELEMACHUS_MATCHING_CANDIDATES_PARTS_H
#define TELEMACHUS_MATCHING_CANDIDATES_PARTS_H

#include "matching/matching_points.h"

struct matching_best { int32_t score, turn, mentor; };   /* turn: how far round the circle of mentors; smaller goes first */

struct matching_candidate_search {
        const struct matching_index *x;
        const struct matching_pool *p;
        struct matching_scan *scan;
        int32_t mentee, offset, class;
        int32_t stamp, *seen;                   /* per position */
        int64_t *bound;                         /* per cell, of this class: without skills, likeness and hours */
        int32_t *cells, n_cells;                /* the cells a rule does not shut, best first */
        struct matching_best *best;                      /* a heap, the worst on top */
        int32_t n, most;
        struct matching_points points;
        int64_t guess;                          /* the worst of the best of the mentee before */
        const struct matching_pair *forbidden, *forbidden_end;
        int64_t looked_at, scored;
};

void matching_candidate_search_new(struct arena *a, const struct matching_index *x, struct matching_candidate_search *s);
/* The caller has set who it is about, how many, what is forbidden and where they go. */
void matching_candidate_search(struct matching_candidate_search *s);

#endif
