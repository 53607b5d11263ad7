/*
 * The best mentors of each mentee where not every pair can be looked at: for a million people on
 * each side.  Exact: the list of a mentee holds the highest scores there are, found from indexes
 * and proved by what those who were not looked at could score at most.
 *
 * Pure.  Wrong place? The score of a pair: matching_pool.h.
 */
#ifndef TELEMACHUS_MATCHING_CANDIDATES_H
#define TELEMACHUS_MATCHING_CANDIDATES_H

#include "matching/matching_pool.h"
#include "matching/matching_solve.h"

enum { MATCHING_CANDIDATES = 50 };

/* As MATCHING_SPARSE wants it: mentors ascend within a mentee. */
struct matching_candidates {
        int64_t *row;
        int32_t *mentor;
        int64_t *score;
        int64_t *least;        /* per mentee: who is not listed scores at most this; MATCHING_NONE: everybody allowed is listed */
        int64_t looked_at, scored;      /* pairs whose skills were looked at; that were scored */
};

/* Made once for a pool. */
struct matching_index;
struct matching_index *matching_index_new(struct arena *a, const struct matching_pool *p);

/*
 * most[k]: how many mentors for mentee[k] (mentee NULL: for mentee k).  Among equal scores those
 * come first that follow the mentee's own place, round the circle of mentors, so that not all take
 * the same.  Pairs on the list of forbidden ones (by mentee, then mentor) are not listed.
 */
void matching_candidates_find(struct arena *a, const struct matching_index *x, const int32_t *mentee,
                              const int32_t *most, int32_t n, const struct matching_pair *forbidden,
                              int64_t n_forbidden, int threads, struct matching_candidates *out);

#endif
