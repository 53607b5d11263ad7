/*
 * What an organisation's own finished pairs say about its weights: a penalised logistic regression,
 * drawn to the present weights, with a check on pairs that it has not seen.
 *
 * Pure: no database, clock or random; the same past gives the same weights.  It sees scores per
 * criterion and how a pair ended, never who the people are.
 *
 * Refuses: to learn from fewer than MATCHING_LEARN_LEAST pairs, or from pairs that all ended alike.
 */
#ifndef TELEMACHUS_MATCHING_LEARN_H
#define TELEMACHUS_MATCHING_LEARN_H

#include "base/arena.h"
#include "matching/matching_rules.h"

enum { MATCHING_LEARN_LEAST = 60, MATCHING_LEARN_LEAST_EACH = 15, MATCHING_LEARN_FOLDS = 5 };

/* A pair that has ended. In the order of their ids, so that the folds do not depend on chance. */
struct matching_past {
        int32_t part[MATCHING_PARTS];           /* millionths; one half where it was not known */
        int32_t cohort;                         /* 0, 1, ...: which of the cohorts */
        bool flourished;
};

struct matching_interval { double value, low, high; };         /* 95 per cent */

enum matching_lesson {
        MATCHING_LESSON_FEW,                    /* too few pairs */
        MATCHING_LESSON_ALIKE,                  /* too few that flourished, or too few that did not */
        MATCHING_LESSON_LEARNED,
};

struct matching_learned {
        enum matching_lesson lesson;
        int32_t pairs, flourished, cohorts;
        int32_t part[MATCHING_PARTS];           /* the learned weights, on the scale of the present ones */
        double penalty;                         /* the one that did best on pairs left out */
        /* On pairs left out: how often a pair that flourished had the higher score of two, and the loss of a forecast. */
        struct matching_interval auc, auc_before;
        struct matching_interval loss, loss_before;
        struct matching_interval gain;          /* loss_before less loss, pair by pair: above zero is better */
        bool by_cohort;                         /* each cohort was left out once; else every fifth pair */
};

void matching_learn(struct arena *a, const struct matching_past *past, int32_t n, const struct matching_weights *present,
                    struct matching_learned *out);

#endif
