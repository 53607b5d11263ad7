/*
 * How many can be placed at all, and who stands in whose way: the largest matching after Hopcroft and Karp (1973) with
 * places, and from it the part of Dulmage and Mendelsohn (1958) where places are short. Private to matching_*.c.
 */
#ifndef TELEMACHUS_MATCHING_MOST_H
#define TELEMACHUS_MATCHING_MOST_H

#include "matching/matching_graph.h"

/*
 * Rows in short lie on an edge only with columns in short, and there are more of them than places there: in every
 * largest matching those places are all taken, by rows in short, and all other rows are placed elsewhere. So the two
 * parts can be solved one by one.
 */
struct matching_most {
        int32_t placed;
        int32_t *at;                    /* per row, its column or MATCHING_NOBODY; for rows that need one */
        uint8_t *short_row, *short_column;
        int64_t n_short;                /* rows in short */
};

void matching_most(const struct matching_graph *g, struct arena *a, struct matching_most *m);

#endif
