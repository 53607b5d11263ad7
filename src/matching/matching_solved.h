/*
 * Between the files of matching/ only: from a dossier to pairs.  Scores of all pairs, or the best
 * candidates of each mentee where there are too many, and the exact solution; in memory of its own,
 * since millions of scores are more than a request may have.
 */
#ifndef TELEMACHUS_MATCHING_SOLVED_H
#define TELEMACHUS_MATCHING_SOLVED_H

#include "matching/matching_candidates.h"
#include "matching/matching_dossier.h"

struct matching_solved {
        const struct matching_dossier *d;
        struct matching_pool pool;
        struct matching_problem problem;
        struct matching_result result;
        int32_t candidates;             /* per mentee at first; 0: all pairs were looked at */
        bool proven;                    /* nothing outside the candidates could be better */
        struct matching_scan *scan;     /* to say why people are left out; made when it is needed */
};

/* Everything of the result lives in heavy. */
struct err matching_solve_dossier(struct arena *heavy, const struct matching_dossier *d, const struct matching_options *options,
                                  struct matching_solved *out);

/* A rule's name or "others need these mentors more": why a mentee is left out. */
const char *matching_why_left_out(struct arena *heavy, struct matching_solved *s, int32_t mentee);

/*
 * Runs fn with an arena of its own for a while, as large as the machine allows; limit when it is
 * full.  What fn leaves behind must lie elsewhere; keep is where the place of an error goes.
 */
struct err matching_apart(struct arena *keep, struct err (*fn)(void *ctx, struct arena *heavy), void *ctx);

/* How many threads a run may take. */
int matching_threads(void);

#endif
