/* What a coordinator has to do next, apart from calls and flags: one line and one button each, in the order of their hurry. */
#ifndef TELEMACHUS_CARE_CARE_NEXT_H
#define TELEMACHUS_CARE_CARE_NEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Plain facts of one cohort on one day. Days are day numbers of its zone. */
struct care_next_facts {
        bool opened, launched, closed;
        bool launch_ready;              /* the second gate is whole */
        int64_t today, launch_day, end_day, train_day, match_day;
        int64_t applications;           /* to read */
        int64_t people;                 /* who have a place */
        int64_t drafts, proposals;      /* proposals to read and send; of any kind, ever */
        int64_t alone;                  /* mentees with a place and neither partner nor proposal */
        int64_t rematch;                /* who would like another partner, and might have one by now */
        int64_t open_pairs, pairs;      /* not closed; all */
};

enum care_next {
        CARE_NEXT_APPLICATIONS, CARE_NEXT_PEOPLE, CARE_NEXT_DRAFTS, CARE_NEXT_ALONE, CARE_NEXT_REMATCH, CARE_NEXT_WAIT, CARE_NEXT_MATCH,
        CARE_NEXT_LAUNCH, CARE_NEXT_CLOSING, CARE_NEXT_OVERDUE, CARE_NEXT_REPORT, CARE_NEXT_CLOSE, CARE_NEXTS,
};
enum { CARE_CARDS_DAYS = 21, CARE_GRACE_DAYS = 14 };

struct care_nexts { size_t n; enum care_next of[CARE_NEXTS]; };
void care_decide_next(const struct care_next_facts *f, struct care_nexts *out);

#endif
