/*
 * "Why not her?", for staff: what forbids a pair, or what it would cost the others and who would move; and why somebody
 * has nobody.  Reads only; the way to do it is matching_choose().
 */
#ifndef TELEMACHUS_MATCHING_WHY_H
#define TELEMACHUS_MATCHING_WHY_H

#include "base/who.h"
#include "matching/matching_round.h"

enum matching_verdict {
        MATCHING_SAY_PAIR,              /* they are together on the table */
        MATCHING_SAY_RULE,              /* fit.forbidden says which */
        MATCHING_SAY_RULED_OUT,         /* by hand, declined, or a pair before: reason */
        MATCHING_SAY_MENTEE_SETTLED,    /* locked, sent, paired, or not ready */
        MATCHING_SAY_MENTOR_FULL,       /* no free place, or not taking part */
        MATCHING_SAY_COSTS,             /* cost_pairs people, cost millionths */
        MATCHING_SAY_EQUAL,             /* just as good: the tie fell the other way */
        MATCHING_SAY_TOO_LARGE,         /* not worked out: ask with work = true */
};

struct matching_moved { int64_t mentee, from, to; };    /* persons; 0: nobody */

struct matching_why_pair {
        enum matching_verdict verdict;
        struct matching_fit fit;        /* of the pair asked about */
        bool below_floor;               /* only a floor forbids it: may be chosen by hand all the same */
        struct text reason;             /* RULED_OUT: as written, or "declined", "expired", "paired", "not with" */
        int64_t has;                    /* her mentor on the table; 0: none */
        struct matching_fit has_fit;
        int64_t cost_pairs, cost;       /* against the best there is: people fewer, millionths less */
        struct matching_sums best, forced;
        bool stale;                     /* the table is no longer the best: something changed since the run, or by hand */
        size_t moves;
        struct matching_moved *move;    /* against the table, the pair asked about first */
        int64_t pairs_to_weigh;         /* TOO_LARGE: mentees times mentors */
};

/* work: solve even a large round. */
struct err matching_why_pair(struct tx *tx, const struct who *who, int64_t cohort, int64_t mentee, int64_t mentor, bool work,
                             struct matching_why_pair *out);

struct matching_possible {
        int64_t mentor, score;
        bool has;
        int64_t room;                   /* places nobody has, drafts counted */
        bool priced;                    /* choosing her would leave cost_pairs people more without, and cost cost millionths in all */
        int64_t cost_pairs, cost;
};
/* most: of the mentors listed. costs: also what choosing each would cost, where the round is small, or with work in any. */
struct matching_ask { size_t most; bool costs, work; };

struct matching_why_one {
        bool in_round;
        int64_t has;                    /* mentor on the table; 0: left out */
        int64_t mentors, allowed;
        int64_t before;                 /* would be allowed, but were proposed before or are ruled out */
        int64_t free;                   /* of those allowed: have a place that nobody has, drafts counted */
        int64_t by_rule[16];            /* mentors that rule bit shuts out */
        int64_t rank;                   /* of her mentor among those allowed; 0: none */
        size_t n;
        struct matching_possible *best;   /* allowed mentors, the best first */
        int64_t pairs_to_weigh;         /* costs were asked for and not worked out: mentees times mentors; else 0 */
};

struct err matching_why_one(struct tx *tx, const struct who *who, int64_t cohort, int64_t mentee, struct matching_ask ask,
                            struct matching_why_one *out);

#endif
