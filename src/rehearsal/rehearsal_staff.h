/* Between the files of the staff only. */
#ifndef TELEMACHUS_REHEARSAL_REHEARSAL_STAFF_H
#define TELEMACHUS_REHEARSAL_REHEARSAL_STAFF_H

#include "rehearsal/rehearsal_play.h"

/* Rings people, answers tickets, ticks who came, closes what nobody closes. */
struct err play_care(struct rehearsal *r, int hour);

/* The next cohort, open for applications; for a demonstration. */
struct err rehearsal_next(struct app *app, struct arena *a, struct rehearsal *r);

/* Who the coordinator is, with what she is allowed. */
struct err play_coordinator(struct tx *tx, struct rehearsal *r, struct who *who);
struct err play_add_person(struct tx *tx, struct rehearsal_person *p);

struct err play_invite_side(struct rehearsal *r, enum rehearsal_part part, bool *done);
/* For play_try(); in is the play. */
struct err play_decide(struct tx *tx, void *in);
struct err play_propose(struct tx *tx, void *in);
/* Opens the lists on which people say whom they would like. */
struct err play_ask_wishes(struct tx *tx, void *in);
/* Of both sides, and confirmed; transactions of its own. */
struct err play_form_circles(struct rehearsal *r);
/* A week before the launch the coordinator writes to each who is not ready. */
struct err play_nudge_by_hand(struct tx *tx, void *in);

#endif
