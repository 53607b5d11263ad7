/*
 * Gatherings: the webinars of a cohort, sittings in people's waking hours, seats, attendance.
 *
 * Wrong place? Peer circles come later; the agenda texts are the pack's.
 */
#ifndef TELEMACHUS_GATHERINGS_GATHERINGS_H
#define TELEMACHUS_GATHERINGS_GATHERINGS_H

#include "programmes/programmes.h"

struct gatherings_sitting { int64_t id, starts_at; struct text join_url; bool held; };
struct gatherings_gathering {
        int64_t id, cohort, day, minutes;
        struct text key, kind, title, agenda, recording_url;
        size_t n_sittings; struct gatherings_sitting *sittings;
};
struct gatherings_list { size_t n; struct gatherings_gathering *row; };
struct err gatherings_of(struct tx *tx, int64_t cohort, struct gatherings_list *out);

/* From the pack, on the days that follow from the launch; called by programmes_create(). */
struct err gatherings_plan(struct tx *tx, int64_t cohort);
/* The launch day or a phase has moved: gatherings not yet held follow. */
struct err gatherings_follow(struct tx *tx, int64_t cohort, int64_t days);

/*
 * Sittings so that everybody has one between 07:00 and 22:00 of the real zone (two if the cohort spans more than four
 * hours), and a seat for everybody. Pure part: gatherings_rules.h.
 */
struct err gatherings_seat_everybody(struct tx *tx, const struct who *who, int64_t cohort);
/* People without a sitting in their waking hours. */
struct err gatherings_without_seat(struct tx *tx, int64_t cohort, int64_t gathering, int64_t *people, int64_t *all);

struct gatherings_seat {
        int64_t gathering, sitting, starts_at, minutes;
        struct text key, kind, title, join_url, agenda, recording_url, answer, attended;
};
struct gatherings_seat_list { size_t n; struct gatherings_seat *row; };
struct err gatherings_seats_of(struct tx *tx, int64_t person, int64_t cohort, struct gatherings_seat_list *out);  /* by time */

struct err gatherings_answer(struct tx *tx, const struct who *who, int64_t gathering, bool yes);
struct err gatherings_attended(struct tx *tx, const struct who *who, int64_t gathering, int64_t person, struct text how);
struct err gatherings_saw_recording(struct tx *tx, const struct who *who, int64_t gathering);

#endif
