/*
 * The best few edges of each row, and what bounds the others: while prices only rise, that bound holds, and a row need not
 * be read whole as long as its few are better. Two lines of cache instead of a list and the prices all over memory. Bidding
 * and the search after it share them. Private to matching_*.c.
 */
#ifndef TELEMACHUS_MATCHING_FEW_H
#define TELEMACHUS_MATCHING_FEW_H

#include "matching/matching_graph.h"

/* With fewer, wide lists are read whole ten times as often (measured with bench/matching). */
enum { MATCHING_FEW = 14, MATCHING_LINE = 64 };

/* bound: no edge that is not here is worth more, at the prices when the row was read. n is 0 until then. */
struct matching_few { int64_t bound; int32_t n, column[MATCHING_FEW]; uint32_t weight[MATCHING_FEW]; };

struct matching_fews {
        const struct matching_graph *g;
        struct matching_few *row;       /* per row */
        const int64_t *price;           /* per column, in fractions of a weight; borrowed */
        int64_t fractions;
        int64_t base;                   /* the lightest weight, from which the few count theirs */
        int shift;                      /* how many bits a weight leaves off, that it fits 32 */
};

/* Nothing is read yet. */
void matching_fews_new(const struct matching_graph *g, struct arena *a, struct matching_fews *f);

/* Reads row i whole, at the prices as they are. */
void matching_few_read(const struct matching_fews *f, int32_t i);

/* From fractions to whole prices, each the nearest to what it was: the bounds stay bounds. */
void matching_fews_round(struct matching_fews *f, const int64_t *price);

static inline void matching_few_fetch(const struct matching_few *few)
{
        __builtin_prefetch(few);
        __builtin_prefetch((const char *)few + MATCHING_LINE);
}

#endif
