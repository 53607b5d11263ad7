/*
 * Between matching_index.c and matching_candidates.c only: mentors ordered so that whole groups of
 * them can be passed over.
 *
 * A cell is a group of mentors who are alike in everything that only compares cheaply (level, field,
 * language, format, and what is known of them); positions number the mentors cell by cell.  A
 * concept is a skill, or an offer that names none.
 */
#ifndef TELEMACHUS_MATCHING_INDEX_H
#define TELEMACHUS_MATCHING_INDEX_H

#include "matching/matching_candidates.h"

enum matching_detail { MATCHING_DETAIL_ALL, MATCHING_DETAIL_SOME, MATCHING_DETAIL_FEW };

struct matching_index {
        const struct matching_pool *p;
        enum matching_detail detail;            /* what the cells differ in */
        int32_t n_cells;
        int32_t *cell_from;                     /* n_cells + 1 positions */
        int32_t *mentor_at, *cell_at;           /* per position */
        int32_t *position_of;                   /* per mentor */
        int32_t n_concepts;
        int32_t *concept_of;                    /* per offer term */
        struct matching_list having;            /* per concept the positions of those who offer it, ascending */
        int32_t *run;                           /* concept * (n_cells + 1) + cell: where the cell begins in having.id */
        /* two concepts of one mentor, the smaller first: for each first its seconds, for each second positions */
        int32_t *second_from;                   /* n_concepts + 1 */
        int32_t *second;
        int64_t *pair_from;                     /* beside second, one more at the end */
        int32_t *pair;
        int32_t n_wide;                         /* positions of mentors with too many offers to be paired */
        int32_t *wide;
        int32_t *class_order;                   /* mentees so that those who are alike come together */
        int32_t *class_of;                      /* per mentee */
};

/* The best that a mentor of this cell can have with this mentee in all but skills; -1: a rule forbids all of them. */
int64_t matching_index_bound(const struct matching_index *x, int32_t mentee, int32_t cell);

#endif
