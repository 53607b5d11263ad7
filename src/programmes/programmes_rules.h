/*
 * What a plan costs, and what the two gates ask for.  Pure: facts in, answers out;
 * programmes_gate.c collects the facts.
 */
#ifndef TELEMACHUS_PROGRAMMES_PROGRAMMES_RULES_H
#define TELEMACHUS_PROGRAMMES_PROGRAMMES_RULES_H

#include "programmes/programmes.h"

/*
 * Hours of the staff by people x calls x 20 minutes, spread over each call's window, and an hour of
 * sorting a week.  Calls that hang on something happening (a pair ends, a red flag) are not
 * foreseen.
 */
struct programmes_load {
        double peak, mean; /* hours a week; mean from the first call to the last */
        int64_t peak_week; /* weeks after the launch; -3 is three weeks before */
        double calls;      /* a person, over the programme */
        int64_t all_calls;
        /* at most, over the programme, to everybody; most stop when done */
        int64_t letters;
        bool stretched; /* more than 100 pairs for 8 hours a week, in high touch */
};
struct programmes_load programmes_load(const struct pack *pack, int64_t launch_day, int64_t pairs,
                                       struct text touch, double staff_hours);

/* What a gate asks for. The order is that of the page. */
enum programmes_need {
        NEED_PLAN,
        NEED_SUCCESS,
        NEED_GATHERINGS,
        NEED_MATERIALS,
        NEED_REMINDERS,
        NEED_HELP,
        NEED_CONTACT,
        NEED_PRIVACY,
        NEED_HOURS,
        NEED_MAIL, /* to open applications */
        NEED_OPENED,
        NEED_SITTINGS,
        NEED_LINKS,
        NEED_PAIRS,
        NEED_TRAINED,
        NEED_PROFILES, /* to launch */
        NEEDS,
};

struct programmes_facts {
        /* in_order: every phase ends after it begins, the end after the launch */
        bool purpose, in_order;
        int64_t phases;
        bool success_written, success_signed;
        int64_t gatherings, prepare, connect_by_30, close;
        int64_t mentor_modules, mentee_modules, mentor_pages, mentee_pages, letters;
        bool help;
        int64_t contacts;
        bool assessed, answered; /* data protection: agreed; begun without, by somebody who answers for it */
        double staff_hours, peak;
        int64_t peak_week;
        bool mail_sent, mail_proven;
        bool opened;
        /* who come to gatherings; without a sitting in their waking hours */
        int64_t people, seatless;
        int64_t sittings, linked; /* of the gatherings by day 30 */
        int64_t pairs, accepted_waiting, unanswered;
        int64_t paired, untrained, unconfirmed; /* people in a pair or in a proposal */
};

bool programmes_met(enum programmes_need need, const struct programmes_facts *f);

struct programmes_need_row {
        enum programmes_gate gate;
        const char *key, *title, *remedy, *path; /* title and remedy are catalogue keys */
        /* may be set aside where people meet in person */
        bool gathering;
};
const struct programmes_need_row *programmes_need_row(enum programmes_need need);

/* Days that a launch has to move when the gate passes at that moment; 0 when it is in time. */
int64_t programmes_late_by(const struct programmes_cohort *c, int64_t now);

#endif
