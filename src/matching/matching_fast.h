/*
 * From a problem to the engines and back: the highest total of a view, for scores whose range the engines can count with.
 * What they cannot, matching_search does, slowly. Private to matching_*.c.
 */
#ifndef TELEMACHUS_MATCHING_FAST_H
#define TELEMACHUS_MATCHING_FAST_H

#include "matching/matching_core.h"

/* By mentee and mentor number, those who take no part included: they have no pair and price 0. */
struct matching_fast {
        struct matching_answer w;
        int64_t searches, looked_at;
        bool stopped;
};

/* False: the scores lie too far apart for the engines. */
bool matching_fast(struct matching_view *v, const struct matching_options *o, struct arena *a, struct matching_fast *f);

/*
 * The lowest and highest score of anybody who is to be placed; sets what an announced pair is worth. False: too far apart
 * for the engines.
 */
bool matching_fast_span(struct matching_view *v, int64_t *low, int64_t *high);

/*
 * Only how many can be placed above the view's floor, and the split that proves it, in f->w. Scores must have passed
 * matching_fast() before.
 */
int32_t matching_fast_most(struct matching_view *v, const struct matching_options *o, struct arena *a, struct matching_fast *f);

/* FAIR: the result itself; *done is false when the scores lie too far apart for the engines. */
struct err matching_fast_fair(struct matching_view *v, const struct matching_options *o, struct arena *a, struct matching_result *r,
                              bool *done);

/* The result of it. */
struct err matching_fast_fill(struct matching_view *v, const struct matching_fast *f, struct matching_result *r);

#endif
