/*
 * What a matrix's session looks at beyond its few edges: all cells of the rows and columns whose price fell, and only
 * theirs. Private to matching_*.c.
 */
#ifndef TELEMACHUS_MATCHING_REPRICE_H
#define TELEMACHUS_MATCHING_REPRICE_H

#include "matching/matching_live.h"
#include "matching/matching_parts.h"
#include "matching/matching_sheet.h"

/* One side's limits for the other side's scans: for those with a price of no units, and of one. */
struct matching_bars {
        struct matching_limits limit[2];
        bool ready[2];
};

struct matching_reprice {
        const struct matching_view *view;
        struct matching_live *live;
        struct matching_sheet sheet, turned;    /* turned: columns as rows */
        int64_t low, range;                     /* the lowest cell, and how much the highest is above it */
        struct matching_bars by_column, by_row;
        int32_t *found;
};

/* turned is a copy of the matrix with mentors in rows and mentees without gaps. */
void matching_reprice_new(const struct matching_view *v, struct matching_live *l, const void *turned, struct arena *a,
                          struct matching_reprice *r);

/* The matrix has moved, or its cells have another kind. */
void matching_reprice_sheets(struct matching_reprice *r, const void *turned);

/* What the pair weighs in a session, MATCHING_NONE if it is not allowed. */
int64_t matching_live_weight(const struct matching_view *v, int32_t mentee, int32_t mentor);

/* Edges for the prices as they are: the best few cells of each row and column. */
void matching_reprice_begin(struct matching_reprice *r);

/* Looks at everything whose price fell, brings the edges that were missing and opens their rows. False: all is right. */
bool matching_reprice(struct matching_reprice *r);

/* A column had no places until now: brings its best few rows, and its price to where nobody would rather come. */
void matching_reprice_column(struct matching_reprice *r, int32_t column);

/* Rows and columns exchanged; by blocks, so that neither side jumps through memory. */
void *matching_turn(const struct matching_problem *p, struct arena *a);

#endif
