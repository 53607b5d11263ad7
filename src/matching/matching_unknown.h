/*
 * What is not known about people and keeps rules from being looked at.  It is asked for and shown,
 * never taken for granted: an unknown manager forbids nothing.
 */
#ifndef TELEMACHUS_MATCHING_UNKNOWN_H
#define TELEMACHUS_MATCHING_UNKNOWN_H

#include "base/who.h"
#include "db/db.h"

enum matching_gap { MATCHING_GAP_MANAGER, MATCHING_GAP_TEAM, MATCHING_GAP_LANGUAGE, MATCHING_GAP_ZONE, MATCHING_GAP_HOURS, MATCHING_GAPS };

struct matching_gap_person { int64_t person; struct text name; bool mentor, gap[MATCHING_GAPS]; };
struct matching_gap_people { size_t n; struct matching_gap_person *row; };

struct matching_unknown {
        struct matching_gap_people people;      /* who may be matched and lacks something; by name */
        int64_t all;                            /* who may be matched */
        int64_t lack[MATCHING_GAPS];            /* how many lack each */
};
/* Staff. Whoever is mentor and mentee is counted once. */
struct err matching_unknown(struct tx *tx, const struct who *who, int64_t cohort, struct matching_unknown *out);

#endif
