/*
 * The people of a rehearsal or a demonstration: invented, with names of many languages, zones of
 * five continents, telephone numbers that ring nowhere (ranges kept for fiction) and addresses
 * under example.org and example.net.
 */
#ifndef TELEMACHUS_REHEARSAL_REHEARSAL_PEOPLE_H
#define TELEMACHUS_REHEARSAL_REHEARSAL_PEOPLE_H

#include "base/text.h"
#include "os/zone.h"

enum rehearsal_part {
        PART_MENTEE,
        PART_MENTOR,
        PART_COORDINATOR,
        PART_DEPUTY,
        PART_SPONSOR,
        PART_CONTACT
};

struct rehearsal_person {
        enum rehearsal_part part;
        struct text first, last, email, zone_name, city, languages, phone;
        struct text offers, wants, goals, interests, availability, biography;
        struct text title, grade, organisation, department, team, manager;
        const struct zone *zone;
        int capacity;
        int theme;                      /* what this person is after, or good at */
        double zeal;                    /* 0.5 lazy .. 1.5 eager: stretches every probability */
        int64_t id;                     /* once known to the database */
};

struct rehearsal_cast { size_t n; struct rehearsal_person *p; };

/* mentees, then mentors, then coordinator, deputy, sponsor, contact. The same for the same seed. */
void rehearsal_cast_make(struct arena *a, uint64_t seed, int mentees, int mentors,
                         struct rehearsal_cast *out);

/* A roster of one side, as a coordinator would send it (CSV with header). */
struct text rehearsal_roster(struct arena *a, const struct rehearsal_cast *cast,
                             enum rehearsal_part part);

/* Sentences for what this person would write. which: any number. */
struct text rehearsal_goal(const struct rehearsal_person *p, int64_t which);
struct text rehearsal_message(struct arena *a, const struct rehearsal_person *from, struct text to,
                              int64_t which, bool first);

#endif
