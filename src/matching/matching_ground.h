/*
 * Between the files of matching/ only: what a search rests on.  A search reads, works for as long as it takes while others go on
 * writing, and is kept in a short transaction of its own if what it rests on is still so.  Has somebody changed something, a
 * small round is found anew on the spot, since that is sooner done than explained; a large one is refused.
 *
 * Wrong place? The searches themselves: matching_run.c, matching_hand.c, matching_next.c, matching_window.c.
 */
#ifndef TELEMACHUS_MATCHING_GROUND_H
#define TELEMACHUS_MATCHING_GROUND_H

#include "base/who.h"
#include "matching/matching_dossier.h"
#include "os/keys.h"

struct matching_weights;
struct matching_ground {
        int64_t cohort;
        const struct matching_weights *weights;         /* NULL: the cohort's; borrowed */
        bool table;                                     /* what lies on the table counts too */
        /* ---- what matching_ground() reads ---- */
        struct matching_dossier d;
        unsigned char print[HASH_BYTES];
};

/* Asks whether she may. The caller has set what stands above the line. */
struct err matching_ground(struct tx *tx, const struct who *who, struct matching_ground *out);
/* The same question before writing, and is it all still so? When not: *anew, or ERR_CONFLICT and nothing to be written. */
struct err matching_ground_holds(struct tx *tx, const struct who *who, const struct matching_ground *g, bool *anew);

#endif
