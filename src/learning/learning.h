/*
 * Training: modules of the pack, done in one's own time, and the gate that asks for them.  The library.
 *
 * Nobody but its writer reads "your own situation"; the commitment appears in the next agenda of the pair.
 */
#ifndef TELEMACHUS_LEARNING_LEARNING_H
#define TELEMACHUS_LEARNING_LEARNING_H

#include "programmes/programmes.h"

struct learning_status { int required, done, minutes_left; bool complete, started; struct text next_module; struct opt completed_at; };
struct err learning_status(struct tx *tx, const struct programmes_cohort *c, int64_t person, bool mentor, struct learning_status *out);
/* All that a person has before them, whether they are there as a mentor, a mentee or both. */
struct err learning_status_whole(struct tx *tx, const struct programmes_cohort *c, int64_t person, struct learning_status *out);

/* Everybody of a cohort in one go: one row per participant (a person who is both stands there twice). */
struct learning_standing { struct programmes_participant who; struct learning_status status; };
struct learning_standing_list { size_t n; struct learning_standing *row; };
struct err learning_status_all(struct tx *tx, const struct programmes_cohort *c, struct learning_standing_list *out);

struct err learning_open(struct tx *tx, const struct who *who, int64_t cohort, struct text module);
/* The scenario's answer, 1..3: kept, and shown with the better one and why. */
struct err learning_answer(struct tx *tx, const struct who *who, int64_t cohort, struct text module, int64_t answer);

/* Completes a module: own situation, commitment, useful 1..5; conflict while the scenario is unanswered. Doing it again updates the words only. */
struct learning_done { struct opt useful; struct text situation, commitment; };
struct err learning_complete(struct tx *tx, const struct who *who, int64_t cohort, struct text module, const struct learning_done *in);

/* The last commitment of a person, for the agenda. */
struct err learning_commitment(struct tx *tx, int64_t cohort, int64_t person, struct text *out);

#endif
