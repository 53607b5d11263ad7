/*
 * Pairs and prices that follow changes: one graph in lists that can grow, for a session. Private to matching_*.c.
 *
 * Everybody may be left out at a weight of 0, and each pair weighs MATCHING_LIVE_UNIT more than its worth: most pairs come
 * first by themselves, whoever is short of whom. Prices: row_price + column_price >= weight on every edge to a column with
 * places, equal on every pair, none negative, 0 for a row left out and for a column with a place left.
 *
 * A price that a search has set is the weight of a way to somebody at 0, so its part without units stays below
 * MATCHING_WIDEST * people whatever happened before: a price can always be told apart into units and the rest.
 */
#ifndef TELEMACHUS_MATCHING_LIVE_H
#define TELEMACHUS_MATCHING_LIVE_H

#include "matching/matching_graph.h"

#define MATCHING_LIVE_UNIT ((int64_t)1 << 57)

static inline int64_t matching_live_units(int64_t price) { return (price + MATCHING_LIVE_UNIT / 2) >> 57; }
static inline int64_t matching_live_rest(int64_t price) { return price - (matching_live_units(price) << 57); }

/* The edges of a row, or of a column, in no order. */
struct matching_edges {
        int32_t *to;
        int64_t *weight;
        int32_t n, room;
};

/* A set that is worked off. */
struct matching_marks {
        int32_t *list, n;
        uint8_t *in;
};

struct matching_live_entry { int64_t distance; int32_t column; };

struct matching_live {
        int32_t rows, columns;
        const uint8_t *out;             /* per row: takes no part */
        const int32_t *places;          /* per column */
        struct matching_edges *row, *column;
        int64_t *row_price, *column_price;
        int32_t *match;                 /* per row */
        int64_t *held;                  /* per row: the weight of its pair */
        int32_t *first, *used;          /* per column: one of its rows, and how many */
        int32_t *next, *previous;       /* per row: others of the same column */

        struct matching_marks open;     /* rows to be placed */
        struct matching_marks dear;     /* columns that may have a place free but not free of charge */
        struct matching_marks fell_row, fell_column;    /* whose price is lower than when it was last compared */

        /* of a search */
        int64_t *distance, *row_distance, *parent_weight;
        int32_t *parent, *via, *met_row, *met_column, *level;
        int32_t n_row, n_column, n_level;
        struct matching_live_entry *heap;
        int64_t in_heap, room;
        int64_t searches, looked_at;
        struct arena *a;
};

void matching_live_new(int32_t rows, int32_t columns, const uint8_t *out, const int32_t *places, struct arena *a,
                       struct matching_live *l);
/* No edges, no pairs, no prices. */
void matching_live_clear(struct matching_live *l);

/* The edge has this weight from now on; MATCHING_NONE: there is no such edge. The prices are not looked at. */
void matching_live_edge(struct matching_live *l, int32_t row, int32_t column, int64_t weight);
/* The same for an edge that is surely new. */
void matching_live_add(struct matching_live *l, int32_t row, int32_t column, int64_t weight);
bool matching_live_has(const struct matching_live *l, int32_t row, int32_t column);

void matching_live_link(struct matching_live *l, int32_t row, int32_t column, int64_t weight);
void matching_live_unlink(struct matching_live *l, int32_t row);
void matching_marks_put(struct matching_marks *m, int32_t k);
/* False when none is left. */
bool matching_marks_take(struct matching_marks *m, int32_t *k);

/* The row's edges or its column's price have changed: its price follows, and if the pair no longer holds it is opened. */
void matching_live_mend(struct matching_live *l, int32_t row);

/* Places every open row or leaves it out, and brings down the price of every place left: right for the edges here. */
void matching_live_settle(struct matching_live *l);

/* The two searches: matching_walk.c. */
void matching_live_place(struct matching_live *l, int32_t row);
void matching_live_release(struct matching_live *l, int32_t column);

#endif
