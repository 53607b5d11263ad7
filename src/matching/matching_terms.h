/*
 * What a whole cohort wants and offers, with every word a number: which offers meet which wish, and
 * how much.  Made once for a run, so that nine million pairs need no text.
 *
 * The figures are those of matching_rules_meets(), found without asking for every two words.
 */
#ifndef TELEMACHUS_MATCHING_TERMS_H
#define TELEMACHUS_MATCHING_TERMS_H

#include "matching/matching_rules.h"

/* Numbers for texts: 1, 2, ... in the order of their coming; the empty text is 0. */
struct matching_ids { int32_t n, slots; struct matching_id_slot *slot; };
int32_t matching_id(struct matching_ids *ids, struct arena *a, struct text t);
int32_t matching_id_known(const struct matching_ids *ids, struct text t);       /* 0: never came */

/* Numbers of several people or things, one after the other: those of i are id[row[i]] .. id[row[i + 1] - 1]. */
struct matching_list { int32_t *row, *id; };

/* From (person, number) pairs that come in the order of people. */
struct matching_list matching_list_of(struct arena *a, int32_t people, const int32_t *count, const int32_t *id);
/* The other way round: for each number below n the people who have it, ascending. */
struct matching_list matching_list_turned(struct arena *a, const struct matching_list *list, int32_t people, int32_t n);

/* One way of saying a want or an offer. */
struct matching_term { struct text words; struct matching_skill_path skill; };
struct matching_term_list { int32_t n; struct matching_term *row; };

struct matching_kin {
        struct matching_list offer;             /* per wish the offers that meet some of it, ascending */
        int32_t *meets;                         /* beside offer.id, millionths above 0 */
};

/* Which offers meet which wish. */
void matching_kin_find(struct arena *a, const struct matching_term_list *wishes,
                       const struct matching_term_list *offers, struct matching_kin *out);

struct matching_terms {
        struct matching_term_list wishes, offers;
        struct matching_list wish;              /* per mentee: wants, then goals, as often as said */
        int32_t *weight;                        /* beside wish.id */
        struct matching_list offer;             /* per mentor: each once */
        struct matching_kin kin;
};

void matching_terms_new(struct arena *a, const struct matching_profile *mentees, int32_t n,
                        const struct matching_profile *mentors, int32_t m, struct matching_terms *out);

/*
 * Gives every want of the mentees its weight by place and rarity (matching_rules_want_weight()):
 * want_weights is filled in.  everybody: all mentors of the cohort, with room or without.
 */
void matching_terms_weigh(struct arena *a, struct matching_profile *mentees, int32_t n,
                          const struct matching_profile *everybody, int32_t m);

#endif
