/*
 * What the parts of matching_certify() share.  It has nothing to do with matching_parts.h, on
 * purpose: the proof is checked by code that shares none with the search.
 */
#ifndef TELEMACHUS_MATCHING_CHECK_H
#define TELEMACHUS_MATCHING_CHECK_H

#include "matching/matching_solve.h"

struct matching_check {
        const struct matching_problem *p;
        const struct matching_result *r;
        /* mentee i: forbidden[forbidden_row[i]] .. [i + 1] - 1, mentors in any order */
        int64_t *forbidden_row;
        int32_t *forbidden;
        uint8_t *out;                   /* per mentee: locked or absent */
        int32_t *places;                /* per mentor: left after the locks */
        int32_t *used;                  /* per mentor: taken by pairs that are not locked */
        int32_t pairs;                  /* that are not locked */
        int32_t kept;                   /* announced ones that stand */
        int64_t lowest;                 /* of those */
        __int128 total;                 /* of those */
        int64_t *row;                   /* room for one row of scores */
        /* for a matrix: what a mentee whose price has no pair, or one, may be offered by each mentor */
        int64_t *limit[2];
        int32_t *narrow[2];
        bool fits[2];
};

/* Everything that one mentee may have, before forbidden pairs: mentors NULL means 0, 1, 2, ... */
struct matching_list {
        const int32_t *mentor;
        const int64_t *score;
        int64_t n;
};

#define MATCHING_WRONG(detail_) \
        ((struct err) {.kind = ERR_BROKEN, .what = "A result did not pass its own check", \
                       .next = "Report this as a fault", .detail = (detail_), \
                       .file = __FILE__, .line = __LINE__})

/* The problem alone: forbidden, out and places; wrong if a lock is missing or somebody absent has a pair. */
struct err matching_check_ready(struct matching_check *c, struct arena *a);
/* The score of a pair that is allowed; MATCHING_NONE for all others. */
int64_t matching_check_score(const struct matching_check *c, int32_t mentee, int32_t mentor);
struct matching_list matching_check_list(struct matching_check *c, int32_t mentee);
bool matching_check_allowed(const struct matching_check *c, int32_t mentee,
                            const struct matching_list *l, int64_t k);

static inline int32_t matching_mentor_at(const struct matching_list *l, int64_t k)
{
        return l->mentor ? l->mentor[k] : (int32_t)k;
}

/* For a matrix: false if the row may hold a pair worth more than its prices, announced ones apart. */
void matching_check_matrix_new(struct matching_check *c, struct arena *a);
bool matching_check_row(const struct matching_check *c, int32_t mentee);

/* STABLE: nobody would rather. */
struct err matching_check_stable(struct matching_check *c, struct arena *a);

/* LEXIMIN: every step of the proof. */
struct err matching_check_steps(struct matching_check *c, struct arena *a);

#endif
