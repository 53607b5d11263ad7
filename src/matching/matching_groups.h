/*
 * Groups that want a least size or nobody (NP-hard, so a search): which of them open. Private to matching_*.c.
 *
 * Without the least sizes the problem is solved as ever; its prices bound the best, and often prove it. Where groups come
 * out too small, a search decides one by one whether they close (no places) or open (their first places must be taken).
 */
#ifndef TELEMACHUS_MATCHING_GROUPS_H
#define TELEMACHUS_MATCHING_GROUPS_H

#include "matching/matching_fast.h"

enum matching_group_state { MATCHING_UNDECIDED, MATCHING_OPEN, MATCHING_CLOSED };

struct matching_groups {
        struct matching_view *v;
        const struct matching_options *options;
        struct arena *a;
        struct matching_pulse pulse;
        int64_t limit;                          /* of pairs looked at; then the search ends */

        /* the mentees to be placed, and what each pair is worth to the search */
        int32_t rows, *mentee;
        int64_t *start, *weight;
        int32_t *mentor;
        int64_t low, high;
        int64_t bonus;                          /* more than scores can make; 0: 64 bits do not hold it */

        int32_t n;                              /* groups whose locks do not fill the least size already */
        int32_t *group, *need;                  /* their mentor, and how many more it takes */
        uint8_t *locked;                        /* has a lock, so it must open */
        int32_t *group_of;                      /* per mentor, or -1 */
        uint8_t *state;                         /* per group: what the search has decided so far */

        /* where the last solve ended, to go on from: prices of mentors, of open groups' first places, of nobody */
        int64_t *price;
        uint8_t *was;                           /* per group, its state then */
        const struct matching_result *root;     /* without the least sizes: prices that bound everything */

        /* the best yet, and the last that was tried; per row */
        struct matching_trial {
                int32_t *match, *used;          /* used is per mentor */
                int32_t pairs;
                __int128 worth;
                bool possible;                  /* every place that must be taken is */
        } best, last;
        bool stopped;
};

/* Solves with the groups as decided, into last; the undecided may come out too small. False when stopped. */
bool matching_groups_try(struct matching_groups *g);

/* Counts what last has, by its match. */
void matching_groups_add_up(struct matching_groups *g);

/* Checks that locks leave every group possible; makes pairs that hold, however few, the best yet. */
struct err matching_groups_begin(struct matching_groups *g);

/* The undecided group to decide next, as last has it; -1: no group is too small. */
int32_t matching_groups_torn(const struct matching_groups *g);

static inline bool matching_groups_better(const struct matching_trial *a, const struct matching_trial *b)
{
        return a->pairs > b->pairs || (a->pairs == b->pairs && a->worth > b->worth);
}

/* Makes last the best. */
void matching_groups_keep(struct matching_groups *g);

/* Drops the pairs that nothing better than the best can have, as the bound's prices tell. */
void matching_groups_drop(struct matching_groups *g);

/* Goes on from the pairs and prices of the root. */
void matching_groups_root(struct matching_groups *g);

/* Good pairs soon: closes and opens many at once, then changes one at a time as long as that helps. */
void matching_groups_dive(struct matching_groups *g);

/* Everything the bound leaves open. True when nothing better than the best can exist. */
bool matching_groups_search(struct matching_groups *g);

#endif
