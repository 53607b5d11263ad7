/*
 * The relationship: pairs, the one ledger of contacts, meetings, agreement, goals, the road and its next step, reminders,
 * the reveal, pauses, the ending.
 *
 * Refuses: to show one pair's content to anybody but its two people; to send anything after a pause or an end; to send twice.
 *
 * Wrong place? What they write to each other: conversations/.  Flags and calls about them: care/.
 */
#ifndef TELEMACHUS_JOURNEYS_JOURNEYS_H
#define TELEMACHUS_JOURNEYS_JOURNEYS_H

#include "base/who.h"
#include "db/db.h"
#include "desk/desk.h"
#include "programmes/programmes.h"

struct journeys_pair {
        int64_t id, cohort, mentor, mentee;
        struct text state;                      /* active, paused, closing, closed, suspended */
        int64_t activated_at, clock_start, planned_end, cadence_days;
        struct text channel;
        struct opt paused_at, paused_until, closed_at, mentor_reveal_at, mentee_reveal_at;
        struct opt first_message_at, first_reply_at, first_met_at, last_met_at, last_contact_at, last_mentor_at, last_mentee_at;
        int64_t n_contacts, n_met, n_goals;
        struct opt resumed_at;                  /* from a pause: the rhythm starts anew there */
        struct opt next_meeting_at;             /* the earliest that is booked and not over */
        struct opt agreed_at, reviewed_at;
        struct text end_reason;
};

static inline bool journeys_revealed(const struct journeys_pair *p)
{
        return p->mentor_reveal_at.has && p->mentee_reveal_at.has;
}

/* Before the end: the closing cards are open, and whoever closes then because the time is over has reached the end. */
enum { JOURNEYS_WIND_DOWN_DAYS = 21 };

/* No permission check: for verbs that have made theirs, and for jobs. */
struct err journeys_pair(struct tx *tx, int64_t pair, struct journeys_pair *out);
struct journeys_pair_list { size_t n; struct journeys_pair *row; };
struct err journeys_pairs(struct tx *tx, int64_t cohort, struct journeys_pair_list *out);        /* all, oldest first */
struct err journeys_pairs_of(struct tx *tx, int64_t person, struct journeys_pair_list *out);     /* open first, newest first */

/*
 * Who would like another partner, as they said on their closing cards. from_day: two weeks after their pair ended, in the
 * cohort's zone; late: too little of the cohort is left by then; now: neither stands in the way. No permission check.
 */
struct journeys_rematch { int64_t participant, person, from_day; bool mentor, late, now; };
struct journeys_rematch_list { size_t n; struct journeys_rematch *row; };
struct err journeys_rematches(struct tx *tx, int64_t cohort, struct journeys_rematch_list *out);
/* For staff: puts somebody back among those who are matched; drafts for them come up by themselves. Refused too early or too late. */
struct err journeys_rematch(struct tx *tx, const struct who *who, int64_t cohort, int64_t person, bool mentor);

/* The pairs of a cohort that a filter of the desk's list shows; filter: the query part of its address. Staff. */
struct journeys_matching { size_t n; int64_t *row; };
struct err journeys_matching(struct tx *tx, const struct who *who, int64_t cohort, struct text filter, struct journeys_matching *out);

/* The pair seen from one of its two people; absent for everybody else, staff included. */
struct journeys_side {
        struct journeys_pair pair;
        struct programmes_cohort cohort;
        bool mentor;                            /* the asking person is the mentor */
        int64_t me, partner;
        struct text partner_first_name;
        const struct zone *partner_zone;
        bool open;                              /* writing and booking are possible */
};
struct err journeys_side(struct tx *tx, const struct who *who, int64_t pair, struct journeys_side *out);

/* Both have accepted: makes the pair, moves both participants to matched, sends the introduction (R10). */
struct err journeys_activate(struct tx *tx, int64_t cohort, int64_t mentor, int64_t mentee, int64_t proposal, int64_t *pair);
/* The launch gate has passed, or the dates have moved: clocks that have not run yet start at launch_at, ends follow. */
struct err journeys_launched(struct tx *tx, int64_t cohort);

/* One of the two is forgotten: closed at once; the other hears that the pair has ended, and no name. */
struct err journeys_end_without(struct tx *tx, int64_t pair, int64_t leaver);
/* A concern has come in: nothing can be written, booked or sent in this pair, until a person of staff lets it go on. */
struct err journeys_suspend(struct tx *tx, int64_t pair);
/* After a concern, decided by a designated contact: both hear it in neutral words. For care/, which has asked whether they may. */
struct err journeys_go_on(struct tx *tx, int64_t pair);
struct err journeys_end_quietly(struct tx *tx, int64_t pair);
/* By staff; forbidden while a concern holds the pair. */
struct err journeys_release(struct tx *tx, const struct who *who, int64_t pair);

enum journeys_kind { CONTACT_MESSAGE, CONTACT_MAIL, CONTACT_VIDEO, CONTACT_PHONE, CONTACT_IN_PERSON, CONTACT_OTHER };

/* One row in the ledger, and the pair's counters with it. source: message, meeting, logged, reply. */
struct journeys_contact_new {
        int64_t pair, by_person, at;
        enum journeys_kind kind;
        bool two_way;
        struct opt minutes;
        const char *source;
        int64_t source_id;
};
struct err journeys_contact_add(struct tx *tx, const struct journeys_contact_new *in);

/* "We spoke": by either of the two, any channel, any past day of the pair's life. */
struct err journeys_log_contact(struct tx *tx, const struct who *who, int64_t pair, enum journeys_kind kind, int64_t at,
                                struct opt minutes);

/* The newest that a person has logged in a pair by hand; 0: none. */
struct err journeys_last_logged(struct tx *tx, int64_t pair, int64_t person, int64_t *contact);

/* Any channel's name in contacts and meetings: "message", "mail", "video", "phone", "in-person", "other". */
const char *journeys_kind_word(enum journeys_kind kind);
bool journeys_kind_of(struct text word, enum journeys_kind *out);

struct journeys_meeting {
        int64_t id, pair, starts_at, minutes, booked_by, sequence;
        struct text channel, place, agenda, state;      /* state: booked, held, moved, cancelled, missed */
        struct opt settled_at;
};
struct journeys_meeting_list { size_t n; struct journeys_meeting *row; };
/* Oldest first. No permission check: dates and states are for staff as well, place is for the two alone. */
struct err journeys_meetings(struct tx *tx, int64_t pair, struct journeys_meeting_list *out);
/* Of every open pair of a person, from a moment on; for the calendar. */
struct err journeys_meetings_of(struct tx *tx, int64_t person, int64_t from, struct journeys_meeting_list *out);

struct err journeys_book(struct tx *tx, const struct who *who, int64_t pair, int64_t starts_at, int64_t minutes,
                         struct text channel, struct text place, int64_t *meeting);
enum journeys_settle { MEETING_HELD, MEETING_MOVED, MEETING_CANCELLED, MEETING_MISSED };
/* moved: new_start says when. Saying the same twice changes nothing. */
struct err journeys_settle_meeting(struct tx *tx, const struct who *who, int64_t meeting, enum journeys_settle how,
                                   struct opt new_start, struct opt minutes);

struct err journeys_pause(struct tx *tx, const struct who *who, int64_t pair, int64_t until_day);      /* at most eight weeks */
struct err journeys_resume(struct tx *tx, const struct who *who, int64_t pair);
struct err journeys_reveal(struct tx *tx, const struct who *who, int64_t pair, bool yes);

struct err journeys_sign_agreement(struct tx *tx, const struct who *who, int64_t pair, int64_t cadence_days, struct text channel,
                                   struct text quiet, struct text boundaries);
struct journeys_goal_new { struct text statement, why, measure, category, next_step; struct opt due_day; bool shared; };
struct err journeys_add_goal(struct tx *tx, const struct who *who, int64_t pair, const struct journeys_goal_new *in, int64_t *goal);
struct err journeys_update_goal(struct tx *tx, const struct who *who, int64_t goal, int64_t progress, struct text next_step,
                                struct opt attainment);
struct err journeys_log_review(struct tx *tx, const struct who *who, int64_t pair, struct text choice);  /* continue, adjust, end */

/* Ending. By one of the two (their card flow) or by staff; never "expired". reason: a key of journeys_end_reasons. */
extern const char *const journeys_end_reasons[];
struct err journeys_begin_closing(struct tx *tx, const struct who *who, int64_t pair, struct text reason);
/* number 1..5: the fields of that card count. */
enum { JOURNEYS_RATED = 3 };
struct journeys_card {
        int number;
        struct text learned, thanks, goals_word, next, notes_choice;
        struct { int64_t goal; struct opt attainment; } rated[JOURNEYS_RATED];          /* 3: how goals turned out, as this side sees it; goal 0: none */
        bool again;                             /* 4: would be a mentor in a next cohort */
        struct opt extend_day;                  /* 4, next = extend: until when */
        struct opt hours;                       /* 5: may the certificates name the hours; absent: as before */
};
struct err journeys_closing_card(struct tx *tx, const struct who *who, int64_t pair, const struct journeys_card *card);
/* Staff ends a pair: both still get their five cards, and 14 days for them. */
struct err journeys_close_by_staff(struct tx *tx, const struct who *who, int64_t pair, struct text reason);
/* Their own and shared notes; when the messages go, these go. */
struct err journeys_delete_notes(struct tx *tx, int64_t pair);
/* How many of the two have finished their cards: 0, 1, 2. */
struct err journeys_closing_done(struct tx *tx, int64_t pair, int64_t *people);

/* What a certificate says; a snapshot, made when its person has closed, and anew when asked. */
struct journeys_certificate {
        struct text code, name, programme, cohort, signer, sponsor;     /* sponsor: absent if none is known */
        bool mentor;
        int64_t from_day, until_day, months, meetings, issued_day;
        struct opt minutes;                     /* only if both said that hours may be named */
};
/* *found=false: not made yet. Of one's own pair alone. */
struct err journeys_certificate(struct tx *tx, const struct who *who, int64_t pair, bool *found, struct journeys_certificate *out);
/* Made, or made anew with today's name. Conflict before one's cards are done (or the pair is closed), and if they never met. */
struct err journeys_make_certificate(struct tx *tx, const struct who *who, int64_t pair);
/* For whoever holds the code: absent if there is none. No permission: the code is it. */
struct err journeys_certificate_of_code(struct tx *tx, struct text code, struct journeys_certificate *out);

/* Who of a cohort has closed and who has not, pairs that end first in front. Staff. */
struct journeys_closer {
        int64_t pair, person, planned_end;
        bool mentor, due, again;                /* due: their cards are open, and it is time for them */
        struct text state, first_name, last_name, next;
        int64_t card, n_met;
        struct opt done_at, closed_at, extend_day, reminded_at;
};
struct journeys_closer_list { size_t n; struct journeys_closer *row; };
struct err journeys_closers(struct tx *tx, const struct who *who, int64_t cohort, struct journeys_closer_list *out);
/* May be reminded now: due, and not reminded within five days. */
bool journeys_may_nudge(const struct journeys_closer *c, int64_t now);
/* A letter to each of them; *n counts. Staff. */
struct err journeys_nudge_closers(struct tx *tx, const struct who *who, int64_t cohort, int64_t *n);

/* What the rhythm says about a pair at a moment; the same words everywhere. Pure: journeys_rules.c. */
enum journeys_rhythm { RHYTHM_NOT_STARTED, RHYTHM_GOOD, RHYTHM_SOON, RHYTHM_QUIET, RHYTHM_PAUSED, RHYTHM_OVER };
enum journeys_rhythm journeys_rhythm(const struct journeys_pair *p, int64_t now);
int64_t journeys_rhythm_start(const struct journeys_pair *p);   /* latest of last contact, clock start, end of a pause */
int64_t journeys_soon_at(const struct journeys_pair *p);        /* rhythm start + 3/4 of the cadence, whole days up */
int64_t journeys_quiet_at(const struct journeys_pair *p);       /* rhythm start + min(cadence + 7, 28) days */

/* The strip of contacts, for pages: points between from and until. */
struct journeys_point { int64_t at; bool conversation; };
struct journeys_strip { int64_t from, until, now; struct opt band_from, band_until; size_t n; struct journeys_point *row; };
struct err journeys_strip(struct tx *tx, const struct journeys_pair *p, struct journeys_strip *out);

/* What a reminder of tomorrow (or of any day) would be; for the desk, to read and to hold. */
struct journeys_planned { struct text rule, anchor, subject, body, first_name, last_name; int64_t person, at; bool held; };
struct journeys_planned_list { size_t n; struct journeys_planned *row; };
/* The same counted by letter (a text of the pack), without writing any: for the desk's first page, whose verb asks who may. */
struct journeys_tomorrow_kind { struct text letter; int64_t n; };
struct journeys_tomorrow_kinds { size_t n; struct journeys_tomorrow_kind *row; };
struct err journeys_tomorrow_kinds(struct tx *tx, int64_t cohort, struct journeys_tomorrow_kinds *out);
struct err journeys_tomorrow(struct tx *tx, const struct who *who, int64_t cohort, struct journeys_planned_list *out);
struct err journeys_hold(struct tx *tx, const struct who *who, struct text rule, int64_t person, struct text anchor,
                         struct text reason, bool hold);

/* Adds the jobs of a meeting as it stands now (day before, hour before, hour after); after every booking and move. */
struct err journeys_schedule_meeting(struct tx *tx, int64_t meeting);

/* Puts one reminder of the pack into the outbox now, if it was not sent before: for events (R04, R08, R10, R19 ...). */
struct journeys_remind {
        const char *rule;                       /* "R08" */
        const char *text;                       /* which of the rule's texts; NULL: the first */
        int64_t cohort, person, pair, subject;
        struct text anchor;                     /* "proposal:123" */
        struct journeys_hole { const char *name; struct text value; } hole[12];        /* {reason1} ...; ended by name NULL */
};
struct err journeys_remind(struct tx *tx, const struct journeys_remind *in, bool *sent);

/* Letters of an act of the desk are dropped: their rules have not been sent after all. */
struct err journeys_unsend(struct tx *tx, int64_t act);

/* Acts of the desk on a pair, and what is done there in somebody's name. */
extern const struct desk_kind journeys_act_close, journeys_act_complete, journeys_act_release, journeys_act_resume, journeys_act_end,
        journeys_act_hold, journeys_act_contact, journeys_act_meeting, journeys_act_agreement;

/* The planned end of a pair that is under way; staff. Invalid names "day". */
struct err journeys_move_end(struct tx *tx, const struct who *who, int64_t pair, int64_t day, int64_t batch);

/* Reminders of a new cohort begin: seeds the daily jobs of its zones. Called when it is created, opened or launched. */
struct err journeys_start_cohort(struct tx *tx, int64_t cohort);

/* The signed one-click address of an action, absolute; valid until expires (programme time). */
struct err journeys_action_url(struct tx *tx, const char *action, int64_t person, int64_t pair, int64_t subject, int64_t expires,
                               struct text *url);

#endif
