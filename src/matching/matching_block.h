/*
 * One part of a problem in which every row can be placed: the best pairs, and the prices that prove it. Private to
 * matching_*.c.
 */
#ifndef TELEMACHUS_MATCHING_BLOCK_H
#define TELEMACHUS_MATCHING_BLOCK_H

#include "matching/matching_graph.h"

/* Asks the caller of the solver now and then whether to go on; once no, always no. */
struct matching_pulse {
        const struct matching_options *options;
        struct matching_progress at;
        int64_t work;                   /* edges looked at since the last question */
        int64_t looked_at, searches;
        bool stopped;
};

bool matching_pulse_beat(struct matching_pulse *p, int64_t work);

enum matching_outcome {
        MATCHING_DONE,          /* proven best */
        MATCHING_NO_WAY,        /* not every row can be placed */
        MATCHING_STOPPED,       /* the caller said so: prices bound the best, some rows may be open or badly placed */
};

/* sure: every row can be placed, so it is worth trying for long. */
enum matching_outcome matching_block_solve(const struct matching_graph *g, bool sure, struct matching_pulse *pulse, struct arena *a,
                                           struct matching_stand *s);

/*
 * The column prices in s are near the best, and wanted (per row that needs one column, or NULL) is where rows were: the
 * rest of the way.
 */
enum matching_outcome matching_block_mend(const struct matching_graph *g, const int32_t *wanted, struct matching_pulse *pulse,
                                          struct arena *a, struct matching_stand *s);

#endif
