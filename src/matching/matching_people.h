/*
 * What people have a say in before and after the solver: the ranking window, mentors who stand by or take a group, what
 * comes after a decline.
 *
 * Refuses: to show a mentee's order or a mentor's marks to anybody but their owner, the coordinators and the solver (so it is said
 * where they answer); to take an answer after the window.  Answering is optional: who says nothing is neutral.
 *
 * Wrong place? Runs, edits and answers to proposals: matching.h.
 */
#ifndef TELEMACHUS_MATCHING_MATCHING_PEOPLE_H
#define TELEMACHUS_MATCHING_MATCHING_PEOPLE_H

#include "matching/matching.h"

enum { MATCHING_LIST_MOST = 5, MATCHING_LIST_LEAST = 3, MATCHING_WINDOW_DAYS = 7, MATCHING_GROUP_LEAST = 4, MATCHING_GROUP_MOST = 6 };

/* ---- the window ---- */

/*
 * Makes everybody's list; it closes at that time of day after so many days (1 to 21). Conflict while one is open.  In two halves
 * like matching_find() and matching_keep().
 */
struct matching_window_found;
struct err matching_window_find(struct tx *tx, const struct who *who, int64_t cohort, int64_t days, struct matching_window_found **out);
struct err matching_window_keep(struct tx *tx, const struct who *who, struct matching_window_found *found);
struct err matching_close_window(struct tx *tx, const struct who *who, int64_t cohort);

struct matching_window {
        bool there, open;
        int64_t opened_at, closes_at;
        int64_t mentees, mentees_answered, mentors, mentors_answered;   /* who was asked; counts alone */
};
/* No permission check: counts only. */
struct err matching_window(struct tx *tx, int64_t cohort, struct matching_window *out);

/* For the next step on the home page. */
struct matching_asked { bool open, answered; int64_t closes_at; };
struct err matching_asked(struct tx *tx, int64_t cohort, int64_t person, bool mentor, struct matching_asked *out);

/* One's own list: for a mentee the suggested mentors, for a mentor some of those they were suggested to. */
struct matching_listed {
        int64_t person;
        struct text reasons;
        int64_t rank;                   /* the mentee's own; 0: none */
        bool not_with, marked;          /* said by the owner of the list */
};
struct matching_listed_list { size_t n; struct matching_listed *row; };
struct err matching_shortlist_of(struct tx *tx, const struct who *who, int64_t cohort, bool mentor, struct matching_listed_list *out);

/*
 * A mentee's answer as a whole: a place from 1 to 5, each given once, or 0 for no opinion.  not_with is private and holds
 * like one on the roster.  Conflict after the window; only people of one's own list.
 */
struct matching_choice { int64_t mentor, rank; bool not_with; };
struct err matching_rank(struct tx *tx, const struct who *who, int64_t cohort, const struct matching_choice *choice, size_t n);
/* A mentor's answer as a whole: these, and none of the others on the list. */
struct err matching_mark(struct tx *tx, const struct who *who, int64_t cohort, const int64_t *mentees, size_t n);

/* What a mentee said of each mentor on their list, in their order, and who of these has marked them: for staff. */
struct matching_wish { int64_t mentor, rank; bool not_with, marked; };
struct matching_wish_list { bool answered; size_t n; struct matching_wish *row; };
struct err matching_wishes(struct tx *tx, const struct who *who, int64_t cohort, int64_t mentee, struct matching_wish_list *out);

/* ---- mentors who stand by, or take a group ---- */

struct matching_kind { bool reserve; int64_t group_least, capacity; };
/*
 * reserve: takes part only when somebody would stay without a mentor.  group_least 4 to 6 with a capacity of at most 6: so
 * many mentees or none; 0: mentees one by one, at most 3.  A group is several pairs that share their mentor.
 */
struct err matching_set_kind(struct tx *tx, const struct who *who, int64_t cohort, int64_t mentor, const struct matching_kind *kind);
struct err matching_kind(struct tx *tx, int64_t cohort, int64_t mentor, struct matching_kind *out);

/* ---- waves, and what comes after them ---- */

/* These of the unsent proposals; n 0: all of them. One sending is one wave. */
struct err matching_publish_some(struct tx *tx, const struct who *who, int64_t cohort, const int64_t *ids, size_t n, int64_t *published);

struct matching_wave { int64_t number, sent_at, expires_at, sent, accepted, declined, expired, open; };
struct matching_wave_list { size_t n; struct matching_wave *row; };
struct err matching_waves(struct tx *tx, int64_t cohort, struct matching_wave_list *out);       /* oldest first */

/*
 * Drafts for mentees who have neither a pair nor a proposal.  Pairs and everything sent stay; drafts move only if that gives
 * one more person a mentor.  Who has declined twice waits for a call.
 */
struct matching_refilled;
struct err matching_refill_find(struct tx *tx, const struct who *who, int64_t cohort, struct matching_refilled **out);
struct err matching_refill_keep(struct tx *tx, const struct who *who, struct matching_refilled *found, struct matching_summary *out);

#endif
