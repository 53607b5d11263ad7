/*
 * Giving a place back: somebody without a partner leaves a cohort, by themselves or because staff writes it down for them.
 *
 * Wrong place? Ending a pair: journeys/.  An application that is not decided: recruiting_withdraw().
 */
#ifndef TELEMACHUS_RECRUITING_RECRUITING_LEAVE_H
#define TELEMACHUS_RECRUITING_RECRUITING_LEAVE_H

#include "desk/desk.h"

/* A part that can be given back: invited, applied, accepted, ready, or waiting for another partner. */
bool recruiting_may_leave(struct text state);

/*
 * who leaves, in all parts of the cohort. Their proposals are taken back, whoever was asked as well hears of it, and the next
 * best comes up. Conflict with the remedy while they are in a pair, and when there is nothing to leave.
 */
struct err recruiting_leave(struct tx *tx, const struct who *who, int64_t cohort);

/*
 * The same, noted on the desk: it can be taken back as every act, and then the proposals stand as they stood, unless something
 * else has come up or letters about it have gone out.
 */
extern const struct desk_kind recruiting_act_leave;

#endif
