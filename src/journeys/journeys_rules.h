/*
 * What the relationship decides, on plain values: the next step, whether a time can be booked, which times to offer, how long
 * a pause may be, which agenda comes next.  No database, no clock, no memory of its own.
 *
 * Wrong place? The rhythm of a pair is in journeys.h, since other rooms speak of it.  When a letter is due: journeys_due.h.
 */
#ifndef TELEMACHUS_JOURNEYS_JOURNEYS_RULES_H
#define TELEMACHUS_JOURNEYS_JOURNEYS_RULES_H

#include "journeys/journeys.h"

enum {
        JOURNEYS_DAY = 86400,
        JOURNEYS_GRACE_DAYS = 7,        /* a rhythm is broken this long after its day ... */
        JOURNEYS_QUIET_DAYS = 28,       /* ... and after this long at the latest */
        JOURNEYS_PAUSE_DAYS = 56,       /* no pause is longer */
        JOURNEYS_CLOSING_DAYS = 14,     /* for the five cards */
        JOURNEYS_REMATCH_DAYS = 14,     /* between one pair and the next */
        JOURNEYS_REMATCH_PERCENT = 60,  /* of the time, after which no new pair begins after an old one */
        JOURNEYS_KEEP_DAYS = 90,        /* messages and notes, after the end */
        JOURNEYS_GOALS = 3,
        JOURNEYS_CARDS = 5,
        JOURNEYS_FIRST_HOUR = 7,        /* waking hours: from here ... */
        JOURNEYS_LAST_HOUR = 22,        /* ... and over by then */
};

/* ---- the next step ---- */

/* Where a person stands in a cohort. */
enum journeys_stage {
        STAGE_NONE,                     /* takes part in nothing */
        STAGE_INVITED,
        STAGE_APPLIED,
        STAGE_PREPARING,                /* accepted */
        STAGE_WAITING,                  /* ready, without a partner */
        STAGE_REMATCH,                  /* would like another partner; nobody looks for one yet */
        STAGE_PAIR,
        STAGE_LEFT,
        STAGE_DONE,
};

enum journeys_next {
        NEXT_NOTHING,
        NEXT_SAY_YES, /* invited: look at the invitation */
        NEXT_AWAIT_DECISION,
        NEXT_TRAIN,
        NEXT_CONFIRM_PROFILE,
        NEXT_RANK, /* the list of suggested mentors is open */
        NEXT_MARK, /* mentor: the list of suggested mentees is open */
        NEXT_ANSWER_PROPOSAL,
        NEXT_AWAIT_ANSWER, /* said yes; the other one has not answered */
        NEXT_AWAIT_MATCH,
        NEXT_AWAIT_REMATCH,
        NEXT_CLOSING_CARDS,
        NEXT_AWAIT_CLOSING,
        NEXT_CARDS_DONE, /* closed for oneself; the planned end is still to come */
        NEXT_PAUSED,
        NEXT_SUSPENDED,
        NEXT_DID_YOU_MEET,
        NEXT_MEETING_SOON,
        NEXT_ANSWER_PARTNER,
        NEXT_WRITE_FIRST,
        NEXT_AWAIT_FIRST, /* mentor: the mentee writes first, but who wants to may begin */
        NEXT_BOOK_FIRST,
        NEXT_RECONNECT, /* the rhythm is broken */
        NEXT_PULSE,
        NEXT_SIGN_AGREEMENT,
        NEXT_SET_GOAL,
        NEXT_REVIEW,
        NEXT_BOOK_NEXT,
        NEXT_WIND_DOWN, /* the end is near: look at the cards */
        NEXT_PREPARE_MEETING,
        NEXT_LEFT,
        NEXT_DONE,
        NEXT_STEPS,
};

/* What is true of one person now; what does not apply is false or 0. */
struct journeys_now {
        int64_t now;
        enum journeys_stage stage;
        bool mentor;
        bool profile_confirmed, training_done;
        bool list_open, list_answered;
        bool proposal_open, proposal_answered;
        bool beside, beside_mentor;     /* has a pair, and is also there on the other side, without one */
        bool pair_active, pair_paused, pair_suspended, pair_closing;
        bool cards_done;                /* by this person */
        bool meeting_unsettled; /* a booked meeting is over and nobody has said what became of it */
        struct opt meeting_at;          /* the next one that is booked */
        bool unread;                    /* the partner has written */
        bool mentee_wrote, mentor_wrote;
        bool met;
        bool pulse_waiting;
        bool signed_by_me, agreed;
        int64_t n_met, n_goals;
        bool review_due, reviewed;
        enum journeys_rhythm rhythm;
        int64_t planned_end;
};

struct journeys_nexts { size_t n; enum journeys_next step[4]; };

/*
 * The next step first, then what else would be good to do, most pressing first; never empty.  Waiting is a step too: it says
 * who is at it and until when.
 */
void journeys_decide(const struct journeys_now *now, struct journeys_nexts *out);

/* Does this step ask something of the person, or is it only news? */
bool journeys_asks(enum journeys_next step);

/* ---- meetings ---- */

enum journeys_time {
        TIME_FINE,
        TIME_PAST,
        TIME_TOO_FAR,
        TIME_LONG,
        TIME_ODD_FOR_ME,
        TIME_ODD_FOR_PARTNER
};

/* PAST, TOO_FAR and LONG are refused; the odd ones (outside 07:00 to 22:00 somewhere) are a warning. */
enum journeys_time journeys_check_time(int64_t starts_at, int64_t minutes, int64_t now,
                                       int64_t planned_end, const struct zone *mine,
                                       const struct zone *partners);

/* When a person is free, by weekday, minutes after midnight in their own zone. */
struct journeys_window { int weekday; int from, until; };       /* weekday 1 Monday .. 7 Sunday */
struct journeys_free { const struct zone *zone; size_t n; struct journeys_window window[42]; };

/*
 * "mon-fri 17:00-20:00; sat 09:00-12:00", English and German weekdays.  What cannot be read is passed over; if nothing can,
 * the windows are the evenings of working days, 17:00 to 20:30.
 */
void journeys_read_availability(struct text written, const struct zone *zone,
                                struct journeys_free *out);

struct journeys_times { size_t n; int64_t at[3]; };

/*
 * Up to three starts on three days between from and until (at most 35 days looked at): where both are free first, then where
 * both are awake.  On the hour or half past it in the first one's zone; in order of time.
 */
void journeys_suggest(const struct journeys_free *mine, const struct journeys_free *partners,
                      int64_t from, int64_t until, int64_t minutes, struct journeys_times *out);

/* ---- pauses, agendas, the ending ---- */

/* A pause from today until a day: at least a day, at most eight weeks. */
bool journeys_pause_fits(int64_t today, int64_t until_day);

/* The key of the agenda for a meeting, given how many were held; static text. The pack may not have it. */
const char *journeys_agenda_for(int64_t n_met, bool review_due, int64_t days_to_end);

/* Meetings that fit into what is left, at the agreed rhythm; at least the last one, and none once the end has come. */
int64_t journeys_meetings_left(int64_t now, int64_t planned_end, int64_t cadence_days);

/* Whole months of a time together, to the nearest; never 0. */
int64_t journeys_months(int64_t from_day, int64_t until_day);

/* Is there still time for a new pair after an old one; on that day at the latest three fifths of the cohort's time are over. */
bool journeys_time_for_rematch(int64_t launch_day, int64_t end_day, int64_t day);

/* May the ending be completed: both have done their cards, or one has and the time for them is over. */
bool journeys_may_close(int64_t people_done, int64_t started_at, int64_t now);

#endif
