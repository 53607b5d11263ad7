/*
 * What the engines work on: rows that must all be placed, columns with places, whole weights.  Rows and columns are
 * mentees and mentors where every mentee can be placed, mentors and mentees where the places are what is short
 * (matching_most.h decides).  Private to matching_*.c.
 *
 * Prices: row_price + column_price >= weight on every edge, equal on every pair; a column's price is
 * never negative, and 0 while it has a place left.  Then nothing is heavier (linear programming duality).
 */
#ifndef TELEMACHUS_MATCHING_GRAPH_H
#define TELEMACHUS_MATCHING_GRAPH_H

#include "base/arena.h"
#include "matching/matching_solve.h"

/* The widest range of weights for so many people: prices, in fractions of a weight, then stay within 64 bits. */
#define MATCHING_WIDEST(people) (((int64_t)1 << 54) / ((int64_t)(people) + 2))

struct matching_graph {
        int32_t rows, columns;
        const int64_t *start;           /* row i has edges start[i] .. start[i + 1] - 1 */
        const int32_t *column;
        const int64_t *weight;          /* any whole numbers, within `range` of each other */
        const int32_t *need;            /* per row, how many columns it takes; NULL: one each */
        const int32_t *places;          /* per column */
        int64_t range;
};

/* The same edges, by column. */
struct matching_back {
        int64_t *start;
        int32_t *row;
        int64_t *weight;
};

/* Who is placed where, and at what prices. */
struct matching_stand {
        int64_t *row_price, *column_price;
        /* row i holds held[row_slot[i]] .. for its first taken[i] slots */
        int32_t *row_slot, *held, *taken;
        /* column j is held by holder[slot[j]] .. for its first used[j] places */
        int32_t *slot, *holder, *used;
};

void matching_stand_new(const struct matching_graph *g, struct arena *a, struct matching_stand *s);
void matching_stand_put(struct matching_stand *s, int32_t row, int32_t column);
void matching_stand_take(struct matching_stand *s, int32_t row, int32_t column);

static inline int32_t matching_need(const struct matching_graph *g, int32_t row) { return g->need ? g->need[row] : 1; }
static inline bool matching_has_room(const struct matching_graph *g, const struct matching_stand *s, int32_t column)
{
        return s->used[column] < g->places[column];
}

void matching_back_new(const struct matching_graph *g, struct arena *a, struct matching_back *b);

#endif
