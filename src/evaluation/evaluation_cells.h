/*
 * What may be shown of few people: nothing below five, nothing that gives a hidden group away by subtraction, and of fewer than
 * twenty only shares in steps of five per cent. The same rule on pages, in files and in letters.
 */
#ifndef TELEMACHUS_EVALUATION_EVALUATION_CELLS_H
#define TELEMACHUS_EVALUATION_EVALUATION_CELLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
        EVALUATION_K = 5,               /* least people behind any figure */
        EVALUATION_K_SENSITIVE = 10,    /* behind words in people's own hand, and protected characteristics */
        EVALUATION_ROUND_BELOW = 20,
};

/*
 * n[i] people in each group of one division: hidden[i] for those with 1 to k - 1, and then for the next smallest as long as all
 * that is hidden sums up to less than k, since total minus the shown would tell. Empty groups are neither.
 */
void evaluation_hide(const int64_t *n, size_t groups, int64_t k, bool *hidden);

/* A share of few people, to the nearest five per cent; of twenty or more as it is. */
double evaluation_blunt(double share, int64_t of);

#endif
