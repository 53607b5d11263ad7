/*
 * Between matching_index.c and matching_candidates.c only: mentors ordered so that many of them can
 * be passed over at once.
 *
 * A cell is a group of mentors who are alike in everything that only compares cheaply (level, field,
 * language, format, and what is known of them); positions number the mentors cell by cell.  A set is
 * a bit for each position: who offers what meets a wish, who shares an interest.
 */
#ifndef TELEMACHUS_MATCHING_INDEX_H
#define TELEMACHUS_MATCHING_INDEX_H

#include "matching/matching_candidates.h"

/* What the cells differ in: the fewer people, the less. */
enum matching_detail { MATCHING_DETAIL_ALL, MATCHING_DETAIL_SOME, MATCHING_DETAIL_FEW };

/* Cells begin at a multiple of so many positions; what is left over belongs to nobody. */
enum { MATCHING_BLOCK = 128 };

/* A part of the week is six half hours. */
enum { MATCHING_WEEK_PARTS = 56, MATCHING_WEEK_PART = 6 };

struct matching_set_pair { uint64_t *wholly, *partly; };

struct matching_index {
        const struct matching_pool *p;
        enum matching_detail detail;
        int32_t n_cells, positions;
        int32_t *cell_from, *cell_until;        /* positions */
        int32_t *mentor_at;                     /* per position; -1: nobody */
        int32_t *position_of, *cell_of;         /* per mentor */
        size_t words;                           /* of a set */
        struct matching_list givers;            /* per offer term its mentors' positions */
        struct matching_list interested, valuing;       /* per interest and value */
        /* sets that are asked for often, made once; NULL: made when needed */
        struct matching_set_pair *wish;         /* per wish term */
        uint64_t **interest, **value;
        /* who is free in each of so many parts of the week, in the first season; NULL: its hours do not bind the others */
        uint64_t **free;
        int32_t *class_order;                   /* mentees so that those who are alike come together */
        int32_t *class_of;                      /* per mentee */
};

/* Into empty sets: who meets a wish wholly, and who in part only. */
void matching_index_meet(const struct matching_index *x, int32_t wish, struct matching_set_pair into);
void matching_index_mark(const struct matching_list *list, int32_t id, uint64_t *into);

bool matching_index_is_free(const struct matching_utc_week *w, int part);

/*
 * The best that a mentor of this cell can have with this mentee beside skills, likeness and hours
 * (these count as one half where they cannot be compared), weighted; -1: a rule forbids all of them.
 */
int64_t matching_index_bound(const struct matching_index *x, int32_t mentee, int32_t cell);
/* enum matching_has, or-ed: what is known of both. */
unsigned matching_index_both(const struct matching_index *x, int32_t mentee, int32_t cell);

#endif
