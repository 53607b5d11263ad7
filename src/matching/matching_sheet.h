/*
 * A full matrix as the engines see it, and the one thing that is ever done with all of it: finding the cells above what
 * their row and column already cost. Eight to sixty-four cells at a time where the processor can. Private to
 * matching_*.c.
 */
#ifndef TELEMACHUS_MATCHING_SHEET_H
#define TELEMACHUS_MATCHING_SHEET_H

#include "matching/matching_solve.h"

struct matching_sheet {
        const void *cell;
        int64_t stride;
        enum matching_cell kind;
        int32_t rows, columns;
        int64_t least;                  /* cells below count as not allowed */
};

/* What a search for dear cells may cost at most, ready to be compared. */
struct matching_limits {
        int64_t *wide;                  /* per column */
        int32_t *narrow;                /* the same, where 32 bits do */
        bool fits;
};

/* A column at this limit is out of reach. */
#define MATCHING_OUT_OF_REACH ((int64_t)1 << 60)

void matching_limits_new(int32_t columns, struct arena *a, struct matching_limits *l);
/* After wide has been filled in: whether 32 bits do, with rows adding up to so much more or less. */
void matching_limits_pack(struct matching_limits *l, int32_t columns, int64_t add_most);

/*
 * The columns of the row that are allowed and above limit + add, ascending; their number. found has room for all columns.
 */
int32_t matching_sheet_above(const struct matching_sheet *s, int32_t row, const struct matching_limits *l, int64_t add, int32_t *found);

/* One cell as a score, MATCHING_NONE where it is not allowed. */
int64_t matching_sheet_at(const struct matching_sheet *s, int32_t row, int32_t column);

/* Bounds of the allowed scores of a row, close ones; false when nothing is allowed. */
bool matching_sheet_span(const struct matching_sheet *s, int32_t row, int64_t *low, int64_t *high);

#endif
