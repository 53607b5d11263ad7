/*
 * Between the files of matching/ only: the inputs of a run in a few bytes, and back.  Person ids, places, forbidden and
 * locked pairs, what was announced, scores; no names and no profiles, so nothing of a person stays in them but a number.
 *
 * Refuses: what it did not write itself (broken), and to unpack more than it packed.
 */
#ifndef TELEMACHUS_MATCHING_KEPT_H
#define TELEMACHUS_MATCHING_KEPT_H

#include "matching/matching_solve.h"

enum { MATCHING_KEPT_MOST = 16000000 };         /* pairs; of larger runs only the people and the result are kept */

/* Everything that decides a result. */
struct matching_kept {
        int32_t mentees, mentors;
        int64_t *mentee, *mentor;               /* person ids, ascending */
        int64_t places;                         /* of all mentors */
        bool whole;                             /* the scores are there: problem can be solved again */
        struct matching_problem problem;        /* DENSE, INT32; people only when not whole */
        const uint8_t *reserve;                 /* per mentor: only for those who are left out otherwise; NULL: none is */
};

struct matching_packed { struct text bytes, hash; bool whole; int64_t places; };

/* scratch: room for mentees by mentors; what comes out lives in a. reserve may be NULL. */
struct err matching_pack(const struct matching_problem *p, const uint8_t *reserve, const int64_t *mentee, const int64_t *mentor,
                         struct arena *scratch, struct arena *a, struct matching_packed *out);
struct err matching_unpack(struct text bytes, struct arena *a, struct matching_kept *out);
/* Who got whom, by place. */
struct text matching_pack_pairs(const int32_t *mentor_of, int32_t mentees, struct arena *a);
struct err matching_unpack_pairs(struct text bytes, int32_t mentees, int32_t mentors, struct arena *a, int32_t **mentor_of);

#endif
