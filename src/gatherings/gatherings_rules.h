/*
 * Which sittings a gathering needs so that everybody is awake for one, and who sits where.  Pure:
 * zones and a day in, times out.
 *
 * "Awake" is 07:00 to 22:00 of the person's own zone, from the first minute to the last, on one
 * local day.
 */
#ifndef TELEMACHUS_GATHERINGS_GATHERINGS_RULES_H
#define TELEMACHUS_GATHERINGS_GATHERINGS_RULES_H

#include "os/zone.h"

#include <stddef.h>

enum { GATHERINGS_MOST_SITTINGS = 6 };

bool gatherings_awake(const struct zone *z, int64_t start, int64_t minutes);

/* Seconds between the easternmost and the westernmost clock at that moment; 0 for nobody. */
int64_t gatherings_span(const struct zone *const *zones, size_t n, int64_t at);

/* Two sittings when the clocks are more than four hours apart, else one. */
size_t gatherings_least(const struct zone *const *zones, size_t n, int64_t at);

struct gatherings_need {
        /* whose calendar day it is, and who has to be there */
        const struct zone *staff;
        int64_t day; /* a day number there */
        int64_t minutes;
        const struct zone *const *zones; /* where people are */
        const int64_t *people;           /* how many in each */
        size_t n;
        const int64_t *kept; /* sittings that stay whatever comes */
        size_t n_kept;
        /* a coordinator chose the hours: cover people, add no second for the span */
        bool no_more;
};

/*
 * Starts of the sittings, the kept ones first, then as few half-hour starts of the staff's day as
 * cover everybody; among equals one within the staff's working hours. Nobody to cover: one in the
 * middle of the staff's afternoon. How many.
 */
size_t gatherings_cover(const struct gatherings_need *need, int64_t out[GATHERINGS_MOST_SITTINGS]);

/*
 * The sitting that suits a zone best (awake, nearest to 13:00 there), or n if there is none in
 * waking hours: then *nearest is the least bad one.
 */
size_t gatherings_best(const struct zone *z, int64_t minutes, const int64_t *starts, size_t n,
                       size_t *nearest);

/* "09:30, 16:00" to minutes after midnight; false if it is anything else, or more than most. */
bool gatherings_hours(struct text hours, int64_t *minutes, size_t most, size_t *n);

/* What an answer and the ticks make of a seat once the sitting is over. */
struct text gatherings_outcome(struct text answer, struct text attended, bool anybody_ticked);

#endif
