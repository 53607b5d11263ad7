/*
 * Gatherings: the webinars of a cohort, sittings in people's waking hours, seats, attendance; peer circles.
 *
 * Wrong place? Who fits whom in a circle: matching/matching_circles.h; the agenda texts are the pack's.
 */
#ifndef TELEMACHUS_GATHERINGS_GATHERINGS_H
#define TELEMACHUS_GATHERINGS_GATHERINGS_H

#include "programmes/programmes.h"

struct gatherings_sitting {
        int64_t id, starts_at, sequence;
        struct text join_url;
        bool held, fixed;
};
struct gatherings_gathering {
        int64_t id, cohort, day, minutes;
        struct text key, kind, title, agenda, recording_url;
        size_t n_sittings;
        struct gatherings_sitting *sittings;
};
struct gatherings_list {
        size_t n;
        struct gatherings_gathering *row;
};
struct err gatherings_of(struct tx *tx, int64_t cohort, struct gatherings_list *out);
struct err gatherings_one(struct tx *tx, int64_t gathering, struct gatherings_gathering *out);

/* The title in a language: the pack's, since the stored one is in the cohort's. */
struct text gatherings_title(const struct programmes_cohort *c, struct text key, struct text stored,
                             int locale);

/*
 * From the pack, on the days that follow from the launch; called by programmes_create(). hours:
 * "09:30, 16:00" in the cohort's zone; empty: one sitting until people are known, then as many as
 * they need. Invalid names "hours". From then on whoever comes in or changes zone gets a seat in
 * the night, until the cohort ends.
 */
struct err gatherings_plan(struct tx *tx, int64_t cohort, struct text hours);
/* Plans the next night in which seats are given; one that is planned stays. */
struct err gatherings_start_cohort(struct tx *tx, int64_t cohort);
/* The launch day or a phase has moved: gatherings not yet held follow, at the same local hour. */
struct err gatherings_follow(struct tx *tx, int64_t cohort, int64_t days);

/*
 * Sittings so that everybody has one between 07:00 and 22:00 of the real zone (two if the cohort
 * spans more than four hours), and a seat for everybody. Pure part: gatherings_rules.h. What a
 * coordinator chose (an hour, a link) stays.
 */
struct err gatherings_seat_everybody(struct tx *tx, const struct who *who, int64_t cohort);
/* People without a sitting in their waking hours; gathering 0: in any that is still to come. */
struct err gatherings_without_seat(struct tx *tx, int64_t cohort, int64_t gathering,
                                   int64_t *people, int64_t *all);

struct gatherings_seat {
        int64_t gathering, sitting, starts_at, minutes;
        struct text key, kind, title, join_url, agenda, recording_url, answer, attended;
};
struct gatherings_seat_list {
        size_t n;
        struct gatherings_seat *row;
};
/* by time */
struct err gatherings_seats_of(struct tx *tx, int64_t person, int64_t cohort,
                               struct gatherings_seat_list *out);

struct err gatherings_answer(struct tx *tx, const struct who *who, int64_t gathering, bool yes);
/* how: live, recording, missed. Staff only. */
struct err gatherings_attended(struct tx *tx, const struct who *who, int64_t gathering,
                               int64_t person, struct text how);
/* Only once there is a recording; who was there stays live. */
struct err gatherings_saw_recording(struct tx *tx, const struct who *who, int64_t gathering);

/* ---- what a coordinator arranges ---- */

struct err gatherings_move(struct tx *tx, const struct who *who, int64_t gathering, int64_t day);
/* A clock time (minutes after midnight, cohort's zone) on the gathering's day. */
struct err gatherings_move_sitting(struct tx *tx, const struct who *who, int64_t sitting,
                                   int64_t minutes);
struct err gatherings_add_sitting(struct tx *tx, const struct who *who, int64_t gathering,
                                  int64_t minutes);
/* Its people go to the other sittings; conflict for the last one, and once it was held. */
struct err gatherings_remove_sitting(struct tx *tx, const struct who *who, int64_t sitting);
/* Empty takes it away. Invalid unless https:// or http://. */
struct err gatherings_set_link(struct tx *tx, const struct who *who, int64_t sitting,
                               struct text url);
struct err gatherings_set_recording(struct tx *tx, const struct who *who, int64_t gathering,
                                    struct text url);
/* One room for all: every sitting still to come that has none. *set: how many. Invalid unless https:// or http://. */
struct err gatherings_set_links(struct tx *tx, const struct who *who, int64_t cohort, struct text url, int64_t *set);
/* The tick list of one sitting: these were there, everybody else seated was not. */
struct err gatherings_take_attendance(struct tx *tx, const struct who *who, int64_t sitting,
                                      const int64_t *people, size_t n);

/* What a coordinator has to do with sittings now: those of the next hours, and those of which nobody has said who came. */
struct gatherings_due { int64_t gathering, sitting, starts_at, seats; struct text title; bool over; };
struct gatherings_due_list { size_t n; struct gatherings_due *row; };
struct err gatherings_due(struct tx *tx, const struct programmes_cohort *c, int locale, struct gatherings_due_list *out);

/* ---- peer circles: four to six of one side ---- */

struct gatherings_circle {
        int64_t id, cohort, number;
        bool mentors, confirmed;
        struct text place;              /* where they meet; absent: they say so themselves */
        size_t n;
        struct gatherings_circle_person { int64_t person; struct text moved; } *member; /* moved: the reason, for staff */
};
struct gatherings_circle_list {
        size_t n;
        struct gatherings_circle *row;
};

/*
 * New circles of everybody of one side who is in no confirmed one; earlier drafts go. *left: who fits into none. Conflict if
 * fewer than four are here.  In two halves, so that nobody has to wait for the search: the first only reads, and what it finds
 * lives in the arena of its transaction; the second writes. Have people come or gone meanwhile, it finds anew where they are
 * few, else ERR_CONFLICT and nothing is written.
 */
struct gatherings_formed;
struct err gatherings_find_circles(struct tx *tx, const struct who *who, int64_t cohort, bool mentors, bool mixed, struct gatherings_formed **out);
struct err gatherings_keep_circles(struct tx *tx, const struct who *who, struct gatherings_formed *found, int64_t *left);
/* The drafts become visible to their members. */
struct err gatherings_confirm_circles(struct tx *tx, const struct who *who, int64_t cohort, bool mentors);
/*
 * By hand, with a reason: into this circle, from wherever they were; away: into none. Conflict if it is full or somebody has
 * asked, privately, not to be with somebody there; a team or a language in the way is shown and left to staff.
 */
struct err gatherings_move_to_circle(struct tx *tx, const struct who *who, int64_t circle, int64_t person, bool away,
                                     struct text reason);
struct err gatherings_set_circle_place(struct tx *tx, const struct who *who, int64_t circle, struct text place);
/* All of a cohort, mentees first. Staff only. */
struct err gatherings_circles(struct tx *tx, const struct who *who, int64_t cohort, struct gatherings_circle_list *out);
/* One's own, confirmed ones only. */
struct err gatherings_my_circles(struct tx *tx, const struct who *who, struct gatherings_circle_list *out);

#endif
