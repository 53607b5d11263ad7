/*
 * Peer circles: four to six people of one side who are alike in what they want and like, speak a language, and are free at
 * the same time.  Found with the same solver as the pairs: the middle of a circle stands where a mentor does, with six places.
 *
 * Refuses: two of one team in a circle, two without a common language, somebody beside a person they asked not to be with,
 * a circle without two hours a week in common.  What is not known forbids nothing.
 *
 * Wrong place? Where circles are kept and confirmed: gatherings/.
 */
#ifndef TELEMACHUS_MATCHING_MATCHING_CIRCLES_H
#define TELEMACHUS_MATCHING_MATCHING_CIRCLES_H

#include "db/db.h"
#include "matching/matching_rules.h"

enum { MATCHING_CIRCLE_LEAST = 4, MATCHING_CIRCLE_MOST = 6, MATCHING_CIRCLE_HALF_HOURS = 4 };

/* circle: per person, from 0, or -1: fits into none. */
struct matching_circles { int32_t n; int32_t *circle; };

/*
 * Pure.  mixed: people of different fields are worth more together.  The same people in the same order give the same circles.
 * Of more than MATCHING_CIRCLES_AT_ONCE, those who are near each other in language and hours are taken together, so that the
 * work grows with the people and not with their square.
 */
enum { MATCHING_CIRCLES_AT_ONCE = 300 };
struct err matching_form_circles(const struct matching_profile *p, int32_t n, bool mixed, struct arena *a, struct matching_circles *out);

/* The same for people of a cohort; no permission check. */
struct err matching_circles(struct tx *tx, int64_t cohort, const int64_t *person, size_t n, bool mixed, struct matching_circles *out);

/*
 * Why these people are a circle, and what speaks against it.  to_staff: from goals, wants and offers too; members read of
 * interests only, since what somebody wants to learn is for their partner.
 */
struct matching_circle_why {
        struct text shared[3];          /* what most of them name, as they wrote it, commonest first; absent when two do not */
        int64_t sharers[3];
        struct text language;           /* that all speak; absent: none, or not known */
        bool hours_known;
        int64_t half_hours;             /* of the week in which all are free */
        struct opt next_at;             /* the next full hour of those, at least a day ahead */
        bool no_language, same_team, apart;     /* apart: somebody asked not to be with somebody here */
};
/* Everybody of a cohort, read once for however many circles are shown. */
struct matching_circle_people;
struct err matching_circle_people(struct tx *tx, int64_t cohort, struct matching_circle_people **out);
struct err matching_circle_why(struct tx *tx, const struct matching_circle_people *people, const int64_t *person, size_t n, bool to_staff,
                               struct matching_circle_why *out);

#endif
