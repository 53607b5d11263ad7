/*
 * The loops behind matching_relax.h: one set for each kind of cell and level. Private to matching_relax*.c.
 *
 * Each begins at column `from` and gives back the column before n where it stopped, because so many do not fill a step of
 * its width any more; the plain ones go on to n.
 */
#ifndef TELEMACHUS_MATCHING_RELAX_PARTS_H
#define TELEMACHUS_MATCHING_RELAX_PARTS_H

#include "matching/matching_relax.h"

/* from: the distance of the row, and what it is worth to itself. count of found[] grows. */
struct matching_ask { const struct matching_relax *x; int32_t i, from, now, least, *found, count; };

/* Of each lane the two best so far, the first of those alike: value[lane] and value[MATCHING_LANES + lane]. */
struct matching_lanes { int32_t *value, *place; };

struct matching_loops {
        int32_t (*relax)(const void *cell, struct matching_ask *ask, int32_t from, int32_t n);
        int32_t (*two)(const void *cell, const int32_t *price, int32_t least, int32_t from, int32_t n, struct matching_two *two);
        /* column from is in lane 0 */
        int32_t (*some)(const void *cell, const int32_t *price, int32_t least, int32_t from, int32_t n, struct matching_lanes *some);
};

/* By kind of cell: UINT8, UINT16, INT32. */
enum { MATCHING_LOOPS = 3 };
extern const struct matching_loops matching_loops_plain[MATCHING_LOOPS], matching_loops_avx2[MATCHING_LOOPS],
        matching_loops_avx512[MATCHING_LOOPS];

#endif
