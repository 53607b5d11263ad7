/*
 * Between the files of matching/ only: the round that lies on the table, worked through in memory.  Nothing here writes,
 * and nothing here asks who may look: verbs do both.
 *
 * It costs time and room by mentees times mentors: ask matching_round_pairs() before scoring on a page view.
 */
#ifndef TELEMACHUS_MATCHING_ROUND_H
#define TELEMACHUS_MATCHING_ROUND_H

#include "matching/matching_dossier.h"

enum {
        MATCHING_AT_ONCE = 250000,      /* pairs that a page works through without being asked to */
        MATCHING_RELAX_MOST = 90000,    /* pairs up to which every rule is tried without it */
        MATCHING_ROUND_MOST = 40000000, /* pairs that a page works through at all */
};

struct matching_round {
        struct matching_dossier d;              /* who is free, drafts included; locked and sent ones are not */
        int32_t *now;                           /* per mentee: the mentor of the draft on the table, or MATCHING_NOBODY */
        int32_t drafts;
        enum matching_objective objective;      /* of the last run */
        int64_t run;                            /* the last run; 0: none yet */
        int64_t blocking;                       /* of the last run */
        /* after matching_round_score(): mentee * mentors.n + mentor */
        int32_t *score;                         /* whatever the rules say */
        uint16_t *rules;                        /* those broken, enum matching_rule */
        int32_t *cell;                          /* score, or INT32_MIN where a rule forbids */
        struct matching_problem problem;
};

struct err matching_round(struct tx *tx, const struct programmes_cohort *c, struct matching_round *out);
/* The same from a dossier that has been read already. */
struct err matching_round_of(struct tx *tx, int64_t cohort, const struct matching_dossier *d, struct matching_round *out);
int64_t matching_round_pairs(const struct matching_round *r);

/* Scores every pair under r->d.weights. */
void matching_round_score(struct matching_round *r, struct arena *a);
/* The cells as they would be without these rules. */
void matching_round_without(struct matching_round *r, unsigned rules);
struct err matching_round_solve(const struct matching_round *r, enum matching_objective objective, struct arena *a,
                                struct matching_result *out);
/* The best with this pair in it; of the ways of that, the one that leaves most drafts as they are. */
struct err matching_round_forced(const struct matching_round *r, struct matching_pair pair, struct arena *a, struct matching_problem *p,
                                 struct matching_result *out);

/* What the drafts on the table come to under the weights of this round, scored or not. */
struct matching_sums { int64_t pairs, left_out, total, lowest; };
struct matching_sums matching_round_now(const struct matching_round *r);
struct matching_sums matching_round_sums(const struct matching_result *r);

/* Who would have somebody else. */
struct matching_move { int32_t mentee, from, to; };     /* mentors, or MATCHING_NOBODY */
struct matching_move_list { size_t n; struct matching_move *row; };
void matching_moves(const int32_t *from, const int32_t *to, int32_t mentees, struct arena *a, struct matching_move_list *out);

/* How a cohort is solved for an aim; few poor fits means by the per cent, which is as fine as scores are meant. */
struct matching_options matching_aim(enum matching_objective o);
const char *matching_objective_name(enum matching_objective o);         /* "total", "fair", "leximin" */
enum matching_objective matching_objective_of(struct text name);

#endif
