/*
 * What care/ decides, on plain values: which flags stand and since when, who is to be rung in which
 * window, in which order, at which hour.  No database, no clock, no memory of its own.  Every flag
 * can say its rule, its figures and its beginning.
 *
 * Wrong place? The rhythm of a pair: journeys.h.  The sentence a flag says: care_words.h.
 */
#ifndef TELEMACHUS_CARE_CARE_RULES_H
#define TELEMACHUS_CARE_CARE_RULES_H

#include "journeys/journeys.h"

enum {
        CARE_DAY = 86400,
        CARE_QUIET_DAYS = 14,           /* after a coordinator has closed a flag: look again then */
        CARE_FRESH_DAYS = 28,           /* how long an answer or an absence speaks of today */
        CARE_RED_GAP_DAYS = 42,
        CARE_REVIEW_DAYS = 60,          /* no contact: talk about an ending */
        CARE_CONCLUDE_DAYS = 90,        /* no contact: the ending begins ... */
        CARE_CONCLUDE_GRACE_DAYS = 7,   /* ... this much later */
        CARE_WINDOW_DAYS = 42,          /* how far back one-sidedness looks */
        CARE_ATTEMPTS = 3,              /* unanswered calls that make a person unreachable */
        CARE_SHORT_CALL = 6,            /* minutes: shorter ones do not help */
        CARE_CALL_MINUTES = 20,         /* one call with its log, for planning a day */
};

/* ---- flags ---- */

/* Stored by care_rule_key(); never renumber what is stored, add at the end. */
enum care_rule {
        CARE_TRAINING,                  /* a person's core training, against the gate */
        CARE_PROPOSAL,                  /* a person's answer to a proposed pair */
        CARE_FIRST_MESSAGE, CARE_FIRST_MEETING, CARE_AGREEMENT, CARE_GOALS, CARE_GAP, CARE_CLOSURE,
        CARE_CANCELLED, CARE_ONE_SIDED, CARE_UNANSWERED, CARE_APART, /* of a pair */
        CARE_PULSE, CARE_GATHERING, CARE_SILENT, CARE_OVERLOAD, CARE_NUDGED, /* of a person */
        CARE_UNREACHABLE,               /* three calls in vain; an answered one closes it */
        CARE_FORBIDDEN,                 /* a pair that a rule about work forbids by now; matching/ looks */
        CARE_RULES,
};

enum { CARE_AMBER = 1, CARE_RED = 2 };

/* The figures a rule saw: from when it counted, how much is allowed, how much it found. Which is
 * which: care_words.c. */
struct care_figures { int64_t from, limit, n, of; };

struct care_finding {
        enum care_rule rule;
        int level;
        int64_t pair, person;           /* 0: not about one */
        int64_t since;                  /* when the limit was passed */
        struct care_figures figures;
};
struct care_findings { size_t n; struct care_finding row[16]; };

const char *care_rule_key(enum care_rule rule);
bool care_rule_of(struct text key, enum care_rule *out);
/* Raised and closed by what staff does, not by the morning's review. */
bool care_rule_by_hand(enum care_rule rule);
/* About one event, which stays what it was: closed by a person it does not come back. */
bool care_rule_of_event(enum care_rule rule);

/* One of the two in a pair, as far as the rules look. */
struct care_side {
        int64_t person;
        struct opt pulse_at;            /* the newest answered one */
        int64_t pulse_lowest, pulse_useful;     /* 1..5 */
        struct opt pulse_before;        /* lowest of the one before */
        bool wants_contact;             /* "contact me", "urgent" */
        int64_t written;                /* messages in the window */
        int64_t unanswered;             /* messages since the other one's last word */
        struct opt unanswered_since;
};

struct care_pair_facts {
        struct journeys_pair pair;
        struct care_side mentor, mentee;
        int64_t called_off;             /* meetings cancelled or missed since they last met */
        bool same_person;               /* always by the same one */
        struct opt called_off_at;       /* the last time */
};

/* Nothing for a pair that is paused, suspended, ending, ended, or whose clock has not started. */
void care_judge_pair(const struct care_pair_facts *f, int64_t now, struct care_findings *out);

/* Quiet for so long, warned of it, and nothing booked: the ending may begin. */
bool care_may_conclude(const struct journeys_pair *p, int64_t now);

struct care_person_facts {
        int64_t person;
        bool preparing;                 /* accepted, and the gate is near enough to look */
        bool trained, started;
        int64_t gate_at;                /* when core training has to be complete */
        struct opt proposed_at;         /* a published proposal without this one's answer */
        int64_t missed;                 /* gatherings */
        bool missed_launch, met;
        struct opt missed_at;
        int64_t silent;                 /* surveys in a row without an answer, each two weeks old */
        struct opt silent_since;
        bool gap;                       /* a pair of theirs has a gap flag */
        int64_t troubled;               /* own pairs with a flag */
        int64_t troubled_since;
        bool mentor;
        int64_t nudged;                 /* letters of a reminder that asks for a person then */
        struct opt nudged_at;           /* the last of them */
        int64_t nudged_for;             /* enum pack_fact: what they asked for */
        int64_t nudged_pair;
};
void care_judge_person(const struct care_person_facts *f, int64_t now, struct care_findings *out);

/* A flag that a coordinator closed: does it stay closed although the rule finds it again? */
struct care_closed { int64_t since, level; struct opt quiet_until; bool by_person; };
bool care_stays_closed(const struct care_finding *found, const struct care_closed *before,
                       int64_t now);

/* ---- the call plan ---- */

enum care_touch { CARE_HIGH, CARE_STANDARD, CARE_LIGHT };
enum care_touch care_touch_of(struct text word);

/* Why somebody is rung. Stored in the call; the sentence is made when it is read. */
enum care_why { CARE_WHY_PLAN, CARE_WHY_RISK, CARE_WHY_LOT, CARE_WHY_RED, CARE_WHY_ENDED,
                CARE_WHY_MISSED, CARE_WHY_ASKED, CARE_WHY_INTAKE, CARE_WHYS };

/* One person in one pair (or in none), as far as the call plan looks. */
struct care_caller {
        int64_t person, pair;
        bool mentor;
        bool active;                    /* the pair is going on, not paused */
        int64_t clock_day;              /* the pair's own beginning */
        int64_t end_day;                /* its planned end */
        int64_t closed_day;             /* of an early ending; 0 */
        int64_t red_at;                 /* since when a red flag stands; 0 */
        bool flagged;
        bool missed_launch;             /* neither at the launch nor met */
        bool intake;                    /* the application leaves something open */
};

/* Day numbers in the cohort's zone. */
struct care_window { bool wanted; enum care_why why; int64_t from_day, until_day; };

/*
 * Does a call of the pack concern this person today, and when is it due?  due falls on a working
 * day within the window, drawn by lot from the ids so that a week is not all on its Monday; a
 * mentor's before the mentee's where the pack says so.
 */
struct care_window care_plan_call(const struct pack_call *call, const struct pack_days *days,
                                  enum care_touch touch, const struct care_caller *who,
                                  int64_t today);

/* 0..99, from the ids alone: who is drawn does not depend on the day or on the order of rows. */
int care_lot(int64_t person, int64_t pair, struct text call);

/* from plus so many working days (Monday to Friday). */
int64_t care_working_days(int64_t from_day, int n);

/* ---- when to ring ---- */

/* Minutes after midnight; absent: 10 to 12 and 14 to 17. */
struct care_hours { const struct zone *zone; struct opt from, until; };

/*
 * The next good moment: in their hours on a working day, and in the staff's day (08:00 to 18:00) if the two ever meet within a
 * week; else between 07:00 and 21:00 of the staff and, of who has named no hours, 08:00 to 20:00; else in theirs, at whatever hour
 * of a day on which the staff works.  Now if it is good already.
 */
int64_t care_best_at(const struct care_hours *theirs, const struct zone *staff, int64_t now,
                     bool *good_now);

/* 2: red, or its window is over; 1: its window ends within two days; 0. */
int care_urgency(bool red, int64_t until_at, int64_t now);

#endif
