/*
 * What a coordinator does by hand on the table, each with a reason where somebody is moved: choose a pair and let the
 * rest follow, swap two, allow again, send some.  All ask programmes_staff().
 *
 * Wrong place? Locking, another mentor for one, ruling out, sending all: matching.h.
 */
#ifndef TELEMACHUS_MATCHING_HAND_H
#define TELEMACHUS_MATCHING_HAND_H

#include "base/who.h"
#include "matching/matching_round.h"

/*
 * This pair is locked, the rest is solved anew around it: what matching_why_pair() showed is what happens.  Conflict when a
 * rule forbids the two, or one of them is not free.  In two halves like matching_find() and matching_keep().
 */
struct matching_choosing { int64_t mentee, mentor; struct text reason; };
struct matching_chosen;
struct err matching_choose_find(struct tx *tx, const struct who *who, int64_t cohort, const struct matching_choosing *in, struct matching_chosen **out);
struct err matching_choose_keep(struct tx *tx, const struct who *who, struct matching_chosen *found, int64_t *run);
/* Each mentee gets the other's mentor, and both pairs are locked.  Conflict when a rule forbids either. */
struct err matching_swap(struct tx *tx, const struct who *who, int64_t one, int64_t other, struct text reason);
/*
 * Nobody answered in time, and somebody has said since that they would: the same two once more, as a locked proposal beside
 * the one that lapsed.  Conflict when it has not lapsed, the mentee has another, the mentor no place, or a rule forbids it by now.
 */
struct err matching_again(struct tx *tx, const struct who *who, int64_t proposal);
/* Takes matching_forbid() back; absent if the two were not ruled out by hand. */
struct err matching_allow(struct tx *tx, const struct who *who, int64_t cohort, int64_t mentor, int64_t mentee);

struct matching_ruled_out { int64_t mentor, mentee, by_person, at; struct text reason; };
struct matching_ruled_out_list { size_t n; struct matching_ruled_out *row; };
struct err matching_ruled_out(struct tx *tx, const struct who *who, int64_t cohort, struct matching_ruled_out_list *out);

/* Between the files of matching/: invalid, at "reason", without one. */
struct err matching_need_reason(struct text reason);
/* Between the files of matching/: a mentor's places that nobody has. */
struct err matching_room(struct tx *tx, int64_t cohort, int64_t mentor, int64_t *room);
/* The rule that shuts most doors; of two alike the one about goals, which says what to look for. */
enum matching_rule matching_worst_rule(const int64_t by_rule[16]);
/* Why nobody is left for a mentee of a scored round: a rule's name, or who else needs them. */
const char *matching_left_code(const struct matching_round *r, int32_t mentee);
/* The same from a count: of so many who fit, so many have a place that nobody has. */
const char *matching_left_among(int64_t allowed, int64_t free);

#endif
