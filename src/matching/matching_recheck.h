/*
 * The proof of a session's result after a change, checked in time that goes with the change: what was proven and has only
 * become safer since need not be looked at again. Knows the problem and two results, nothing of the search. Private to
 * matching_*.c.
 *
 * A pair is worth no more than its prices if it was so before, its worth is the same, and neither price has fallen. So all
 * pairs are looked at of each mentee and mentor whose price fell, of each who takes part or has places anew, and of the
 * mentee an event names. Pairs, places, locks and sums are counted anew each time.
 */
#ifndef TELEMACHUS_MATCHING_RECHECK_H
#define TELEMACHUS_MATCHING_RECHECK_H

#include "matching/matching_solve.h"

struct matching_proven {
        struct matching_price *mentee, *mentor;
        int32_t *mentor_of;
        int64_t *score_of;
        uint8_t *out;                   /* per mentee: locked or absent */
        uint8_t *closed;                /* per mentor: no place that is not locked */
        const void *turned;             /* a matrix with mentors in rows */
        int64_t *back;                  /* a list: mentor j is allowed for back_mentee[back[j]] .. */
        int32_t *back_mentee;
        struct matching_pair *added;    /* pairs that have come to the list since */
        int64_t n_added, room;
};

void matching_proven_new(const struct matching_problem *p, struct arena *a, struct matching_proven *k);

/* matching_certify() has found this right; or the same of a matrix of another kind. */
void matching_proven_all(const struct matching_problem *p, const struct matching_result *r, const void *turned, struct arena *a,
                         struct matching_proven *k);

/* A pair that may not have been in the list before. */
void matching_proven_add(struct matching_proven *k, int32_t mentee, int32_t mentor, struct arena *a);

/* touched: the mentee whose pairs an event changed, or MATCHING_NOBODY. */
struct err matching_recheck(const struct matching_problem *p, const struct matching_result *r, int32_t touched, struct arena *a,
                            struct matching_proven *k);

#endif
