/* Between the files of this room. */
#ifndef TELEMACHUS_GATHERINGS_GATHERINGS_PARTS_H
#define TELEMACHUS_GATHERINGS_GATHERINGS_PARTS_H

#include "gatherings/gatherings.h"

/*
 * Eight hours: the coordinator ticks on the same day, the letters about it go out the next morning.
 */
enum { GATHERINGS_SETTLE_S = 8 * 3600 };

/* Does somebody in this state come to gatherings? */
bool gatherings_comes(const struct programmes_participant *p);

/* A sitting and the job behind its end. */
struct err gatherings_make_sitting(struct tx *tx, int64_t gathering, int64_t starts_at,
                                   int64_t minutes, bool fixed);
struct err gatherings_shift_sitting(struct tx *tx, int64_t sitting, int64_t starts_at, bool fixed);

/* Seats in every gathering that is still to come; no permission check. */
struct err gatherings_seat_all(struct tx *tx, int64_t cohort);

/* Adds the job of the coming night, which adds the next one. */
struct err gatherings_seat_nightly(struct tx *tx, const struct programmes_cohort *c);

/* Absent unless who is staff of the gathering's cohort. */
struct err gatherings_for_staff(struct tx *tx, const struct who *who, int64_t gathering,
                                struct gatherings_gathering *out);

/* gatherings_circles_letter.c: each member reads who the others are. */
struct err gatherings_tell_circle(struct tx *tx, const struct gatherings_circle *circle);

#endif
