/*
 * Random problems small enough for brute force, with room for everything that a problem can have,
 * and the best there is for each of them.
 */
#ifndef TELEMACHUS_MATCHING_TEST_SMALL_H
#define TELEMACHUS_MATCHING_TEST_SMALL_H

#include "matching/matching_solve.h"

enum {
        SMALL_MENTEES = 8,
        SMALL_MENTORS = 6,
        SMALL_STRIDE = SMALL_MENTORS + 2,       /* what lies between rows must not be read */
        SMALL_CELLS = SMALL_MENTEES * SMALL_STRIDE,
        SMALL_STATES = 4096,                    /* ways to fill the places, at most */
};

/* How one and the same problem is handed over. */
enum small_form { SMALL_SPARSE, SMALL_IMPLICIT, SMALL_INT64, SMALL_INT32, SMALL_UINT16, SMALL_UINT8, SMALL_FORMS };

struct small {
        struct matching_problem p;
        bool huge;              /* scores near the ends of 64 bits: sums may not fit */
        int64_t cell[SMALL_MENTEES][SMALL_MENTORS];     /* MATCHING_NONE: not allowed */
        bool no[SMALL_MENTEES][SMALL_MENTORS];          /* forbidden */
        int32_t room[SMALL_MENTORS];                    /* places */
        int32_t lock[SMALL_MENTEES];                    /* or MATCHING_NOBODY */

        /* What p points to. */
        int64_t row[SMALL_MENTEES + 1], score[SMALL_CELLS], mentee_likes[SMALL_CELLS],
                mentor_likes[SMALL_CELLS];
        int32_t mentor[SMALL_CELLS], places[SMALL_MENTORS], least[SMALL_MENTORS],
                announced[SMALL_MENTEES];
        int64_t dense64[SMALL_CELLS];
        int32_t dense32[SMALL_CELLS];
        uint16_t dense16[SMALL_CELLS];
        uint8_t dense8[SMALL_CELLS];
        struct matching_pair locked[SMALL_MENTEES], forbidden[2 * SMALL_CELLS];
        uint8_t absent[SMALL_MENTEES];
};

/* SplitMix64, so that a failing case can be run again anywhere. */
void small_seed(uint64_t seed);
uint64_t small_random(void);
int32_t small_below(int32_t n);

/* Problem number so and so, sparse, without announced pairs or groups. */
void small_problem(struct small *s, uint64_t number);
void small_announce(struct small *s);
void small_groups(struct small *s);
void small_likes(struct small *s);

/* False when the scores do not fit this form, or the solver does not offer it yet. */
bool small_take_form(struct small *s, enum small_form form);

bool small_allowed(const struct small *s, int32_t mentee, int32_t mentor);
/* Takes part, and is not locked. */
bool small_is_free(const struct small *s, int32_t mentee);
/* Of those pairs that are not locked; INT64_MAX without any. */
int64_t small_lowest(const struct small *s, const struct matching_result *r);
/* The scores of pairs that are not locked, ascending; how many. */
int32_t small_sorted(const struct small *s, const struct matching_result *r, int64_t *sorted);
void small_sort(int64_t *scores, int32_t n);
/* How many mentees and mentors would both rather have each other. */
int32_t small_blocking(const struct small *s, const struct matching_result *r);

/*
 * The best there is.  Amounts are of all pairs, lowest and sorted of those that are not locked.
 * worth is the sum of scores, and of keep for every announced pair that stays unless keep is
 * MATCHING_KEEP_ALL.
 */
struct small_best {
        bool possible;          /* groups can make locks impossible */
        int32_t matched, kept;
        __int128 worth;
        int64_t lowest, sorted[SMALL_MENTEES];
        int32_t n_sorted;
};

/* TOTAL, FAIR and LEXIMIN. */
struct small_best small_brute(const struct small *s, enum matching_objective objective);

/*
 * Whether a result tells the truth: pairs that may be, sums that are right, and no better ones
 * possible (STABLE: nobody would rather leave).
 */
bool small_is_true(const struct small *s, enum matching_objective objective,
                   const struct matching_result *r);
/* Only the pairs and their sums. */
bool small_adds_up(const struct small *s, const struct matching_result *r);

/* How many random problems: TELEMACHUS_RANDOM=100000 in the environment for a long night. */
uint64_t small_count(uint64_t usual);

#endif
