/*
 * Core and pricing: a full matrix is solved on the few cells of each row that can matter, and one pass over all cells
 * then proves that nobody would rather be elsewhere, or brings the cells that were missing. Private to matching_*.c.
 */
#ifndef TELEMACHUS_MATCHING_CORE_H
#define TELEMACHUS_MATCHING_CORE_H

#include "matching/matching_parts.h"
#include "matching/matching_sheet.h"
#include "matching/matching_whole.h"

/* The rows of a problem that are to be placed, and the columns' places for them. */
struct matching_task {
        struct matching_view *view;
        const struct matching_sheet *sheet;     /* NULL: the problem is a list */
        int32_t *mentee, rows;          /* row i is mentee[i] */
        int32_t columns;
        int64_t low, range, size;       /* the lowest weight, highest less lowest, and the largest size of any */
        int threads;
};

/* One edge that the core lacks. */
struct matching_pick { int32_t row, column; };

/* Solves all of it into w (by rows). False when stopped: the prices then bound the best, the pairs are some. */
bool matching_core_solve(const struct matching_task *t, struct matching_pulse *pulse, struct arena *a, struct matching_answer *w);

/* Only how many can be placed: fills w's split and returns their number. Stopped: whatever was found. */
int32_t matching_core_most(const struct matching_task *t, struct matching_pulse *pulse, struct arena *a, struct matching_answer *w);

#endif
