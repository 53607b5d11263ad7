/* What the files of care/ share among themselves. */
#ifndef TELEMACHUS_CARE_CARE_PARTS_H
#define TELEMACHUS_CARE_CARE_PARTS_H

#include "care/care.h"
#include "care/care.sql.h"
#include "care/care_rules.h"
#include "care/care_words.h"

/* Everything the rules look at, for one cohort, as of now. */
struct care_facts {
        struct programmes_cohort cohort;
        struct pack_days days;
        int64_t now, today;             /* today: a day number in the cohort's zone */
        size_t n_pairs;
        struct care_pair_facts *pairs;
        size_t n_people;                /* a row per person, whatever the number of parts */
        struct care_person_facts *people;
        bool *intake;                   /* per person: the application leaves something open */
};
struct err care_facts(struct tx *tx, int64_t cohort, struct care_facts *out);
/* NULL: not in the cohort. */
struct care_person_facts *care_facts_person(const struct care_facts *f, int64_t person);

/* What stands after the review's first half, for its second: who is to be rung. */
struct care_stand { int64_t flag, pair, person, level, since; };
struct care_stands { size_t n; struct care_stand *row; };
struct err care_review_calls(struct tx *tx, const struct care_facts *f,
                             const struct care_stands *flags);

struct care_reader care_reader_of(struct tx *tx, enum locale l, const struct zone *zone);
/* "Tariq and Ana", "Mei", in the reader's language. */
struct text care_names(struct arena *a, enum locale l, struct text mentor, struct text mentee,
                       struct text person);

/* For staff of its cohort; those of nobody's cohort are for all staff. */
struct err care_read_ticket(struct tx *tx, const struct who *who, int64_t ticket,
                            struct care_ticket_row *out);

/* One day's work: calls and flags, in minutes. */
int64_t care_minutes(size_t calls, size_t flags, size_t tickets);

/* ---- care_concern.c ---- */
enum care_news { CARE_NEWS_CAME, CARE_NEWS_WAITS, CARE_NEWS_REPLY, CARE_NEWS_TASK };
/* That there is something, never what. about: a step, or a moment, so that each is told once. */
struct err care_tell_contacts(struct tx *tx, int64_t concern, enum care_news what, int64_t about);

#endif
