/*
 * Is the round fair to everybody?  Fits and who is left out by segment, with the rule that small groups are not shown and
 * cannot be worked out from the rest.  Pure: no database, no allocation beyond the arena given.
 *
 * Refuses: to give figures of a group below k, or of the one group that would reveal it.
 */
#ifndef TELEMACHUS_MATCHING_FAIRNESS_H
#define TELEMACHUS_MATCHING_FAIRNESS_H

#include "base/text.h"

enum { MATCHING_K = 5, MATCHING_K_SENSITIVE = 10 };

/* One mentee: a group's name, absent when not known; a score, or left out. */
struct matching_case { struct text group; bool left_out; int64_t score; };

struct matching_group {
        struct text name;               /* absent: those of whom it is not known */
        int64_t n, left_out;
        double mean;                    /* of those with a mentor, millionths */
        /* against everybody else: standardised differences, 0 when too few to say */
        double d_fit, d_left;
        bool lower, higher, left_more;  /* |d| above a quarter */
};
struct matching_groups {
        size_t n;
        struct matching_group *row;     /* shown, largest first */
        int64_t hidden, hidden_people;  /* groups not shown, and how many people they hold: never fewer than k, or nobody */
        bool nothing;                   /* fewer than two groups are left: there is nothing to compare */
};

void matching_groups(const struct matching_case *row, size_t n, int64_t k, struct arena *a, struct matching_groups *out);

#endif
