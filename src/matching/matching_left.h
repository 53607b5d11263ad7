/*
 * Who is left out, why, and the smallest things that would change it.  For staff.
 */
#ifndef TELEMACHUS_MATCHING_LEFT_H
#define TELEMACHUS_MATCHING_LEFT_H

#include "base/who.h"
#include "matching/matching_round.h"

/* A word that some people want, speak or are free at, and on how many lists it stands. */
struct matching_need { struct text word; int64_t n, offered; };
struct matching_need_list { size_t n; struct matching_need *row; };

/* Mentees who can only be served by mentors with too few places. */
struct matching_gap {
        int64_t mentees, mentors, places, short_by;
        struct matching_need_list wants;        /* what most of them want */
        struct matching_need_list languages;    /* what all of them speak, if not everybody does */
        size_t n_names, n_mentors;
        int64_t *name;                          /* the first of them; persons */
        int64_t *mentor;                        /* the first of the mentors who could serve them */
};
struct matching_gap_list { size_t n; struct matching_gap *row; };

/* One rule or floor less: how many more pairs. */
struct matching_relaxed { enum matching_rule rule; int64_t more, pairs; };
struct matching_relaxed_list { size_t n; struct matching_relaxed *row; };

/* allowed: mentors who fit and may still be proposed; best: who of them would fit best; 0: none */
struct matching_unserved { int64_t person, allowed, best, score; const char *code; };

struct matching_left {
        bool too_large;                         /* not worked out: ask with work = true */
        bool relaxed_skipped;                   /* rules were not tried one by one: the round is too large for that */
        int64_t weighed, mentees, mentors, places, left_out;
        int64_t possible;                       /* of those without a proposal, how many could have one now */
        size_t n;                               /* the people left out on the table, or by the solver where there is none */
        struct matching_unserved *row;
        struct matching_gap_list gaps;
        struct matching_need_list recruit;      /* what those left out want and no free mentor offers enough of */
        size_t n_raise;
        int64_t *raise;                         /* mentors whose next place would bring a pair more; persons */
        struct matching_relaxed_list relaxed;   /* those that bring something, most first */
};

struct err matching_left(struct tx *tx, const struct who *who, int64_t cohort, bool work, struct matching_left *out);

#endif
