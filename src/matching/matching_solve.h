/*
 * Who goes with whom: the solver.  It knows numbers, not people: mentees 0..n-1, mentors 0..m-1, a
 * score for each pair that is allowed.  As many mentees as possible get a mentor; among all ways of
 * doing that, the objective chooses.
 *
 * A pure library: no database, clock, random or global state.  The same problem gives the same
 * pairs, so number people in an order that does not change (their id, their name) and the result
 * does not depend on how a file was sorted. Every result carries its proof, and no result leaves
 * before matching_certify() has checked it.
 *
 * Wrong place? How a score comes about, and which pairs are not allowed: matching_rules.h.  Files:
 * matching_files.h.
 */
#ifndef TELEMACHUS_MATCHING_SOLVE_H
#define TELEMACHUS_MATCHING_SOLVE_H

#include "base/err.h"
#include "base/text.h"

#define MATCHING_NONE INT64_MIN                 /* no score: the pair is not allowed */
#define MATCHING_NOBODY (-1)
#define MATCHING_KEEP_ALL INT64_MAX

struct matching_pair { int32_t mentee, mentor; };

enum matching_shape {
        MATCHING_SPARSE,        /* a list of allowed mentors for each mentee */
        MATCHING_DENSE,         /* a matrix, mentees in rows */
};

/* For INT32 and INT64 the smallest value of the type means not allowed, for UINT8 and UINT16 the largest. */
enum matching_cell { MATCHING_INT32, MATCHING_INT64, MATCHING_UINT8, MATCHING_UINT16 };

/*
 * Everything is borrowed and must outlive the call (for matching_start(), the session).  Scores are
 * any whole numbers, the house uses millionths; negative ones are ordinary.
 */
struct matching_problem {
        int32_t mentees, mentors;
        enum matching_shape shape;

        /* SPARSE: mentee i has pairs row[i] .. row[i + 1] - 1; mentors ascend within a mentee. */
        const int64_t *row;
        const int32_t *mentor;
        const int64_t *score;
        /* DENSE: cell i * stride + j. */
        const void *dense;
        int64_t stride;
        enum matching_cell cell;
        const int32_t *places;                  /* per mentor, 0 or more; NULL: one each */
        /*
         * groups, TOTAL only: a mentor has at least so many or none, 0 and 1 ask for nothing; NULL: no
         * such wish.  Which groups open is the hard part (NP-hard from 3 upwards): small problems are
         * solved exactly, others come back FEASIBLE with their bound.
         */
        const int32_t *least;
        /*
         * What people know already: per mentee the announced mentor or MATCHING_NOBODY; NULL: nothing
         * is announced. Each announced pair that stays is worth keep (0 or more) on top of its score, so
         * a change must bring more than keep. MATCHING_KEEP_ALL: as few changes as possible come before
         * any score, though never before the number of mentees with a mentor; not with FAIR, whose floor
         * comes first. LEXIMIN and STABLE do not look at it.
         */
        const int32_t *announced;
        int64_t keep;
        /* must be; allowed pairs, at most one per mentee, within the places */
        const struct matching_pair *locked;
        int64_t n_locked;
        const struct matching_pair *forbidden;  /* must not be, whatever their score */
        int64_t n_forbidden;
        /* per mentee, 1: takes no part; NULL: everybody does */
        const uint8_t *absent;

        /*
         * STABLE with SPARSE only: how much each side likes the pair, beside score[]; NULL: the
         * score itself.
         */
        const int64_t *mentee_likes, *mentor_likes;
};

enum matching_objective {
        MATCHING_TOTAL,         /* most pairs, then the highest sum */
        /* most pairs, then the highest lowest score, then the highest sum */
        MATCHING_FAIR,
        /* most pairs, then as few as possible at the lowest score, and so on upwards */
        MATCHING_LEXIMIN,
        /* no mentee and mentor would both rather have each other; ties go to the lower number */
        MATCHING_STABLE,
};

struct matching_progress {
        int32_t done, of;       /* mentees placed, of this round */
        int32_t round;          /* 1, 2, ...: fair objectives take several */
};

struct matching_options {
        enum matching_objective objective;
        /*
         * LEXIMIN: scores count as alike while their quotient by it, rounded down, is; 0 and 1: only equal
         * ones. Each level that the pairs have is a search: bands keep them few.
         */
        int64_t band;
        int threads;            /* at most; 0 = 1. The pairs never depend on it. */
        /*
         * Asked now and then; false ends the search, which is how the caller's clock sets a time
         * limit. The result is then MATCHING_FEASIBLE with a proven bound; to cancel, throw it
         * away. NULL: go on to the end.
         */
        bool (*go_on)(void *ctx, const struct matching_progress *p);
        void *go_on_ctx;
};

/* An amount in two coins of which the first always decides: people, then score. */
struct matching_price { int64_t pairs, score; };

/*
 * Mentees and mentors that touch every allowed pair: nobody can match more than their number,
 * mentors counted by places.
 */
struct matching_cover { uint8_t *mentee, *mentor; };

/*
 * One step of a LEXIMIN proof.  Step 0 counts pairs: most people.  Each later step counts pairs
 * with a score in (above, upto]: as few as possible among the solutions that are best in all steps
 * before.  A pair is worth pair_unit, and must_unit for a mentee and again for a mentor whom the
 * step before has a price for, less 1 if it is counted; in step 0 just pair_unit.  Prices as in
 * matching_result, in these units, of which each is more than all that the smaller ones can make.
 */
struct matching_step {
        int64_t above, upto;
        int64_t pair_unit, must_unit;
        int64_t *mentee_price, *mentor_price;
};

enum matching_status {
        MATCHING_OPTIMAL,       /* proven: nothing better exists */
        /* valid, but the search ended early; bound says how much better it could be at most */
        MATCHING_FEASIBLE,
};

/*
 * The arrays live in the arena given (or in the session).  Prices prove the result: for each
 * allowed pair, mentee_price + mentor_price >= (1 pair, its worth), which is its score, and keep on
 * top if it is announced; they are never negative; their
 * sum over mentees and places equals the value of the pairs.  A mentor's price is what one more
 * place there would bring. Locked pairs and their places have no part in that.
 */
struct matching_result {
        enum matching_status status;
        int32_t matched, unmatched;             /* mentees */
        int32_t kept, changed;                  /* announced pairs that stand, and that do not */
        int64_t keep;                           /* what each that stands counted for: problem.keep, or enough to come first */
        int64_t total, lowest;                  /* of scores alone; lowest is 0 when nobody is matched */
        int32_t *mentor_of;                     /* per mentee, or MATCHING_NOBODY */
        int64_t *score_of;                      /* per mentee, MATCHING_NONE when left out */
        /*
         * Groups: OPTIMAL because everything was tried that the bound left open. The certificate then checks the pairs,
         * the sizes of groups and the bound, which is that of the problem without the wish for groups, not the search.
         */
        bool by_search;
        /* nothing allowed is better; (matched, total + kept * keep) when optimal, unless by_search */
        struct matching_price bound;
        struct matching_price *mentee_price;    /* LEXIMIN, STABLE: no prices, no bound */
        struct matching_price *mentor_price;
        /* FAIR: pairs below are not used; else the lowest number */
        int64_t floor;
        struct matching_cover most;             /* why no more people can be matched (not STABLE) */
        struct matching_cover above;            /* FAIR: why not with every score above lowest */
        struct matching_step *step;             /* LEXIMIN: the proof */
        int64_t band;                           /* LEXIMIN: scores so close count as one */
        int32_t steps;
        int64_t searches, looked_at;            /* effort: augmenting paths, pairs looked at */
};

/*
 * ERR_INVALID: the problem contradicts itself (place says where, "mentee 3, mentor 7"). ERR_LIMIT:
 * a sum does not fit in 64 bits. ERR_BROKEN: the proof failed, a fault of ours; no result is given.
 */
struct err matching_solve(const struct matching_problem *p, const struct matching_options *o,
                          struct arena *a, struct matching_result *r);

/*
 * The same check that every solve ends with, by code that shares nothing with the search: pairs,
 * places, locks and sums, then optimality from the prices and covers (or the absence of pairs who
 * would rather have each other).
 */
struct err matching_certify(const struct matching_problem *p, enum matching_objective objective,
                            const struct matching_result *r, struct arena *a);

/*
 * Why people are left out, as far as numbers can say: each block is a set of mentees who can only
 * be served by a set of mentors with too few places. mentors = 0: no candidate at all. Largest
 * shortage first.
 */
struct matching_block {
        int32_t mentees, mentors;
        int64_t places, short_by;       /* short_by = mentees - places > 0 */
        int32_t *mentee, *mentor;       /* their numbers, ascending */
};

struct matching_shortage { struct matching_block *block; int32_t n; };

struct err matching_shortage(const struct matching_problem *p, const struct matching_result *r,
                             struct arena *a, struct matching_shortage *out);

/*
 * Mentees and mentors who would both rather have each other than what they have (a mentor with a
 * free place wants anybody allowed; ties are no reason). Judged by score, or by mentee_likes and
 * mentor_likes where given. The first `most` of them are listed, by mentee and then mentor.
 */
struct matching_blocking { int64_t n; struct matching_pair *pair; int32_t listed; };

struct err matching_blocking(const struct matching_problem *p, const struct matching_result *r,
                             int32_t most, struct arena *a, struct matching_blocking *out);

/*
 * A session keeps the prices, so that one change moves only what must move.  Only TOTAL.  The pairs
 * after an event are as good as those of a new solve, though with ties they may be others.  Result
 * arrays belong to the session and change with each event.  An event that is refused changes
 * nothing.
 */
struct matching;

enum matching_event_kind {
        MATCHING_LEAVE,         /* mentee goes; a lock on the mentee goes too */
        MATCHING_JOIN,          /* mentee who left is back */
        MATCHING_PLACES,        /* mentor now has that many places */
        MATCHING_FORBID,        /* the pair must not be any more; refused while it is locked */
        MATCHING_ALLOW,         /* takes a FORBID back */
        /* the pair must be: the preview of a forced pair is LOCK, look, UNLOCK */
        MATCHING_LOCK,
        MATCHING_UNLOCK,
        /* the pair's score is now another; MATCHING_NONE: not allowed any more (refused while locked) */
        MATCHING_SCORE,
};

struct matching_event {
        enum matching_event_kind kind;
        int32_t mentee, mentor, places;
        int64_t score;
};

struct err matching_start(const struct matching_problem *p, const struct matching_options *o,
                          struct arena *a, struct matching **out, struct matching_result *r);
struct err matching_event(struct matching *m, const struct matching_event *event,
                          struct matching_result *r);

#endif
