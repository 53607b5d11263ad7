/*
 * What the reminder engine knows of a cohort, or of those of its readers who live in one zone:
 * loaded with a fixed number of statements whatever the size, and arranged as journeys_due.h wants
 * it.
 *
 * Wrong place? What is due, given this: journeys_due.h.  What staff is told: journeys_staff.h.
 */
#ifndef TELEMACHUS_JOURNEYS_JOURNEYS_FACTS_H
#define TELEMACHUS_JOURNEYS_JOURNEYS_FACTS_H

#include "journeys/journeys_due.h"
#include "journeys/journeys_due.sql.h"
#include "programmes/programmes.h"

/* Somebody to whom letters go. */
struct journeys_addressee {
        struct journeys_reader due;
        struct text email, first_name, last_name;
        enum locale locale;
        const struct zone *zone;
        bool mentor;
        struct text about;              /* to a line manager: the first name of whom it is about */
        struct opt about_end;           /* to a line manager: the planned end */
};

/* Training of somebody who is not through with the core. */
struct journeys_training { int64_t person; int n, minutes; const struct pack_module *next; };

struct journeys_facts {
        struct programmes_cohort cohort;
        struct text coordinator;        /* the name that signs */
        struct text zone;               /* absent: all zones */
        int64_t now;
        int64_t mid_day;                /* of the gathering half-way, or the pack's */
        int64_t closes_day;             /* the last one for applications */
        struct programmes_phase_list phases;
        struct journeys_due_people_list people;
        struct journeys_due_wishes_list wishes;
        struct journeys_due_snoozed_list snoozed;
        const struct holidays *holidays;
        struct journeys_due_pairs_list pairs;
        struct journeys_due_modules_list modules;
        struct journeys_due_seats_list seats;
        struct journeys_due_meetings_list meetings;
        struct journeys_due_nth_list nth;
        struct journeys_due_goals_list goals;
        struct journeys_due_answers_list answers;
        struct journeys_due_proposals_list proposals;
        struct journeys_due_rankings_list rankings;
        size_t n;
        struct journeys_addressee *reader;
};

/* zone absent: everybody. Managers who asked for it and sponsors are among the readers. */
struct err journeys_facts_load(struct tx *tx, int64_t cohort, struct text zone,
                               struct journeys_facts *out);

/* Only the cohort and its pairs, for staff letters. */
struct err journeys_facts_load_staff(struct tx *tx, int64_t cohort, struct journeys_facts *out);

/* Days of a cohort's own calendar: as the pack says, from the launch. */
int64_t journeys_calendar_day(const struct journeys_facts *f, struct pack_date d);

/* What is left of the core training; complete when n is 0. */
struct journeys_training journeys_training_of(const struct journeys_facts *f, int64_t person,
                                              bool mentor);

/* Where a pair's own programme lies: it starts with its clock and ends with its planned end. */
struct pack_days journeys_pair_days(const struct journeys_facts *f,
                                    const struct journeys_due_pairs *p);

/* The day from which a pair's rhythm counts, in the cohort's zone; names the round in keys. */
int64_t journeys_round(const struct journeys_facts *f, const struct journeys_due_pairs *p);

/* As journeys.h has it, of a row. */
struct journeys_pair;
struct journeys_pair journeys_pair_of_facts(const struct journeys_due_pairs *p);

bool journeys_ended_as_planned(const struct journeys_due_pairs *p);

/* The survey and wave that a letter with this anchor and these ends asks for; NULL: none. */
const struct pack_survey *journeys_survey_asked(const struct pack *pack,
                                                const struct pack_reminder *r, const char **wave);

/* ---- between journeys_facts*.c ---- */

bool journeys_takes_part(const struct journeys_due_people *p);
/*
 * All the pairs of this person are paused, held up or ended: then nothing is written about the
 * cohort either.
 */
bool journeys_cut_off(const struct journeys_facts *f, const struct journeys_due_people *p);

/* first: of two parts in a cohort (mentor and mentee) only one hears of gatherings. */
void journeys_cohort_part(struct arena *a, const struct journeys_facts *f,
                          const struct journeys_due_people *p, const struct zone *z, bool first,
                          struct journeys_part *out);


struct journeys_part_builder { struct arena *a; struct journeys_part part; size_t room; };
void journeys_occasion_add(struct journeys_part_builder *b, struct journeys_occasion o);
void journeys_pair_part(struct arena *a, const struct journeys_facts *f,
                        const struct journeys_due_pairs *p, int64_t person,
                        const struct zone *zone, struct journeys_part *out);

#endif
