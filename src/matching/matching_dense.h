/*
 * The engine for full matrices that fit the caches or are full of ties: shortest augmenting paths as in matching_paths.h,
 * on the cells themselves, many cells at a time, in 32 bits. Private to matching_*.c.
 */
#ifndef TELEMACHUS_MATCHING_DENSE_H
#define TELEMACHUS_MATCHING_DENSE_H

#include "matching/matching_core.h"

/*
 * Solves all of it into w (by rows), nobody in short. False, and w as it was, when that is not for this engine: sums
 * outgrow 32 bits, somebody cannot be placed, or pairs are forbidden or announced.  When stopped, true, and prices and
 * pairs are what matching_core_solve() leaves then.
 */
bool matching_dense_solve(const struct matching_task *t, struct matching_pulse *pulse, struct arena *a, struct matching_answer *w);

/*
 * Where all places are wanted: what columns may cost and where rows may end up, from one round of bids at a coarse step,
 * MATCHING_COARSE steps to the range; a column without places is out of reach. Enough to tell which cells matter. False where
 * that is not so, or not for this engine.
 */
enum { MATCHING_COARSE = 64 };
bool matching_dense_guess(const struct matching_task *t, struct arena *a, int32_t *price, int32_t *at);

#endif
