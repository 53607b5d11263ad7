/* Between the files of matching/ only: finished pairs, with the parts of their score and how they ended. */
#ifndef TELEMACHUS_MATCHING_PAST_H
#define TELEMACHUS_MATCHING_PAST_H

#include "matching/matching_dossier.h"
#include "matching/matching_learn.h"

struct matching_past_list { int32_t n, cohorts; struct matching_past *row; };

/*
 * Pairs that have ended in the cohorts that who may run.  A pair flourished when it ended as planned
 * or because its goals were met, met as often as its programme asks for at the least, and neither
 * side's last pulse called the talks useful less than 4 of 5.  Pairs that ended because something in
 * life changed or the programme decided it are left out: they say nothing about the fit.
 */
struct err matching_past_of(struct tx *tx, const struct who *who, struct matching_past_list *out);

/* What the past teaches for a cohort's present weights. */
struct err matching_lesson_for(struct tx *tx, const struct who *who, int64_t cohort, struct matching_weights *present,
                               struct matching_learned *out);

/* A run with one set of weights and with another, in memory: whom each gives to whom. */
struct matching_what_if {
        int64_t mentees, matched[2], lowest[2], moved;  /* lowest: each by its own weights, millionths */
        int64_t total[2];                               /* both by the first weights, so that they compare */
        bool empty;                                     /* nobody to match now */
};
struct err matching_what_if(struct tx *tx, int64_t cohort, const struct matching_weights *one, const struct matching_weights *other,
                            struct matching_what_if *out);

#endif
