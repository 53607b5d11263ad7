/*
 * What a session holds: matching_session.c begins it and tells its result, matching_event.c changes it,
 * matching_change.c writes the changes into its problem. Private to matching_*.c.
 */
#ifndef TELEMACHUS_MATCHING_SESSION_H
#define TELEMACHUS_MATCHING_SESSION_H

#include "matching/matching_recheck.h"
#include "matching/matching_reprice.h"

struct matching {
        struct matching_problem p;      /* as it stands, with arrays of our own for what events change */
        struct matching_options options;
        struct arena *a;
        struct matching_view *view;
        struct matching_result result;
        int32_t *places;                /* p.places, with locks */
        struct matching_pair *locked;
        int64_t *lock_of;               /* per mentee: where in locked, or -1 */
        uint8_t *absent;
        int64_t room;                   /* for forbidden pairs */

        /* scores that have changed lie in a copy of ours */
        bool own_scores;
        int64_t *row, *score, pairs_room;
        int32_t *mentor;
        void *dense, *turned;           /* turned: mentors in rows */

        bool alive;                     /* false: the scores lie too far apart, every event solves anew */
        bool stale;                     /* an event has moved what the engine counts with: solve anew */
        int64_t low, high;              /* all scores lie between */
        struct matching_live live;
        struct matching_reprice reprice;
        struct matching_proven proven;
};

/* After an event: the best pairs, their proof checked. touched: the mentee whose pairs have changed, or MATCHING_NOBODY. */
struct err matching_session_tell(struct matching *m, int32_t touched, struct matching_result *r);

/* ---- the problem as it stands ---- */

void matching_change_forbid(struct matching *m, int32_t mentee, int32_t mentor);
void matching_change_allow(struct matching *m, int32_t mentee, int32_t mentor);
/* The pair's score, MATCHING_NONE for none. The first time the scores are copied. */
void matching_change_score(struct matching *m, int32_t mentee, int32_t mentor, int64_t score);

#endif
