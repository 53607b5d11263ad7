/*
 * The two loops in which matching_dense.c spends its time, for each kind of cell, many cells at a time where the processor
 * can. Private to matching_*.c.
 */
#ifndef TELEMACHUS_MATCHING_RELAX_H
#define TELEMACHUS_MATCHING_RELAX_H

#include "matching/matching_sheet.h"

enum { MATCHING_AT_ONCE = 64 };         /* arrays by column have room for a multiple of so many */

/* Farther than any way that 32 bits are asked to measure. */
#define MATCHING_TOO_FAR ((int32_t)1 << 30)

/* The price of a column without places: whoever gets so little has no choice there. All other prices and scores are less than half of it. */
#define MATCHING_CLOSED ((int32_t)1 << 28)

struct matching_relax {
        const struct matching_sheet *sheet;
        const int32_t *price;           /* per column */
        int32_t *distance, *parent;     /* per column; the row it was reached from */
};

/*
 * Row `row` of the sheet is met at `now` and is worth `price` to itself: columns that are nearer through it get that
 * distance and i for a parent. Those that are at `now` itself are found; their number.
 */
int32_t matching_relax(const struct matching_relax *x, int32_t row, int32_t i, int32_t price, int32_t now, int32_t *found);

/* The columns at the least distance beyond `now`, which becomes that; none are left at MATCHING_TOO_FAR. */
int32_t matching_relax_next(const struct matching_relax *x, int32_t *now, int32_t *found);

/* The highest and the second highest that a row gets at these prices; INT32_MIN: there is none. */
struct matching_two { int32_t first, second, column; };
struct matching_two matching_relax_best(const struct matching_relax *x, int32_t row, int32_t own);

/*
 * Some of a row's best cells at these prices: the two best of each sixteenth of the columns. place[] and value[] have room
 * for MATCHING_SOME; INT32_MIN is the value of none.
 */
enum { MATCHING_LANES = 16, MATCHING_SOME = 2 * MATCHING_LANES };
void matching_relax_some(const struct matching_relax *x, int32_t row, int32_t own, int32_t *value, int32_t *place);

#endif
