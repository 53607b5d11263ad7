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

/* A sitting of it has been held or has begun. */
bool gatherings_begun(const struct gatherings_gathering *g, int64_t now);

/* People's ids, ascending; and whether one is among them. */
void gatherings_sort(int64_t *person, size_t n);
bool gatherings_holds(const int64_t *sorted, size_t n, int64_t person);

/*
 * Who has left the cohort in every part, or declined, gives up the seats that are still to come, and a circle. Done in the
 * night, when leaving can no longer be taken back at once: whoever is there again has a seat the night after.
 */
struct err gatherings_let_go(struct tx *tx, int64_t cohort);

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
