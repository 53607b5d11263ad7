/*
 * What if: other weights and floors, other aims, one rule less.  Worked out in memory; nothing is written.  For staff.
 *
 * Wrong place? Keeping weights: matching_weights_set().
 */
#ifndef TELEMACHUS_MATCHING_WHATIF_H
#define TELEMACHUS_MATCHING_WHATIF_H

#include "base/who.h"
#include "matching/matching_round.h"
#include "matching/matching_why.h"

struct matching_whatif {
        bool too_large;                         /* not worked out: ask with work = true */
        int64_t weighed;                        /* mentees times mentors */
        bool looked, known[MATCHING_PARTS];     /* known: enough is known on both sides for this part to tell some pairs apart */
        bool has_table;                         /* there are drafts to compare with */
        struct matching_sums now;               /* the drafts, under the weights as they are */
        struct matching_sums then;
        int64_t blocking_now, blocking;         /* blocking_now: of the last run */
        size_t moves, listed;
        struct matching_moved *move;            /* the first of them */
};

struct err matching_whatif(struct tx *tx, const struct who *who, int64_t cohort, const struct matching_weights *w,
                           enum matching_objective objective, bool work, size_t most, struct matching_whatif *out);

/* The three aims beside each other, under the weights as they are. */
struct matching_price_line { enum matching_objective objective; struct matching_sums sums; int64_t poor, blocking; bool current; };
enum { MATCHING_AIMS = 3, MATCHING_POOR = 550000 };     /* poor: pairs that score less */
struct matching_prices { bool too_large; int64_t weighed; struct matching_price_line line[MATCHING_AIMS]; };
struct err matching_prices(struct tx *tx, const struct who *who, int64_t cohort, bool work, struct matching_prices *out);

#endif
