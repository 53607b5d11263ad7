/* Between the two files of the staff only. */
#ifndef TELEMACHUS_REHEARSAL_REHEARSAL_STAFF_H
#define TELEMACHUS_REHEARSAL_REHEARSAL_STAFF_H

#include "rehearsal/rehearsal_play.h"

/* Rings people, answers tickets, ticks who came, closes what nobody closes. */
struct err play_care(struct rehearsal *r, int hour);

#endif
