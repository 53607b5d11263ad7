/*
 * A programme played through on a set clock with simulated people: the very verbs, jobs and mails
 * that real people meet, from the first plan to the last question.  Above all rooms; no room knows
 * of it.
 *
 * Wrong place? What people do and how likely: rehearsal_truth.h.  The database is the caller's: a new
 * one, or a copy; never one that serves people.
 */
#ifndef TELEMACHUS_REHEARSAL_REHEARSAL_H
#define TELEMACHUS_REHEARSAL_REHEARSAL_H

#include "base/app.h"
#include "db/db.h"
#include "programmes/programmes.h"
#include "rehearsal/rehearsal_people.h"
#include "rehearsal/rehearsal_truth.h"

struct rehearsal_order {
        uint64_t seed;
        struct rehearsal_cast *cast;
        struct rehearsal_truth truth;
        struct text cohort_name, pack;
        int64_t pairs, launch_day;      /* day number in the coordinator's zone */
        double staff_hours;
        int64_t until;  /* programme time at which the play stops; 0: when follow-up is over */
        int64_t cohort; /* one that is there already, played on from from; 0: a new one is made */
        int64_t from;
        bool demo; /* a few things are arranged, so that a visitor finds one of each */
};

struct rehearsal;                       /* what happened; lives in the arena */

/* Plays. The clock of this process stands still afterwards at the end of the play. */
struct err rehearsal_play(struct app *app, struct arena *a, const struct rehearsal_order *order,
                          struct rehearsal **out);

/* The last touches on a demonstration: something waits for everybody who will look. At the end of
 * the play. */
struct err rehearsal_demo(struct app *app, struct arena *a, struct rehearsal *r);

/* In a copy of somebody's database: addresses and telephones lead nowhere any more, and nothing
 * waits to be sent. */
struct err rehearsal_disguise(struct tx *tx);
/* The people of a cohort and its staff. Conflict if there is nobody in it. */
struct err rehearsal_cast_of(struct tx *tx, const struct programmes_cohort *c, uint64_t seed,
                             struct rehearsal_cast *out);

/* timeline.html, timeline.csv, rules.csv, hours.csv, people.csv, summary.json into a folder that is
 * there. */
struct err rehearsal_write(struct arena *a, const struct rehearsal *r, const char *dir);

/* A few lines, or the content of summary.json. */
struct text rehearsal_summary(struct arena *a, const struct rehearsal *r, bool json);

#endif
