/*
 * How sure a figure is: 95 per cent intervals, on plain numbers. Which figure uses which: docs/figures.md.
 */
#ifndef TELEMACHUS_EVALUATION_EVALUATION_INTERVAL_H
#define TELEMACHUS_EVALUATION_EVALUATION_INTERVAL_H

#include "evaluation/evaluation_rules.h"

/* has: false when there is too little to say anything. low <= high. */
struct evaluation_interval { bool has; double low, high; };

/* A share n / of, each case for itself: Wilson (1927), without continuity correction. */
struct evaluation_interval evaluation_wilson(int64_t n, int64_t of);

/* The difference n1 / of1 - n2 / of2: Newcombe (1998), his method 10, from two Wilson intervals. */
struct evaluation_interval evaluation_newcombe(int64_t n1, int64_t of1, int64_t n2, int64_t of2);

/*
 * A share summed over people or pairs, whose cases hang together (a pair's months, a person's surveys): the ratio estimator with
 * Student's t over the n clusters. Where every cluster says the same there is nothing to estimate a spread from: then Wilson over
 * clusters.
 */
struct evaluation_cluster { double good, all; };
struct evaluation_interval evaluation_clustered(const struct evaluation_cluster *c, size_t n);

/* A mean: Student's t. n >= 2, else has = false. */
struct evaluation_interval evaluation_mean_interval(const double *v, size_t n);

/* A median: the tightest pair of order statistics that covers 95 per cent. v is sorted; has = false below six values. */
struct evaluation_interval evaluation_median_interval(const double *v, size_t n);

/* Of evaluation_persistence(): Greenwood's variance on the log-log scale; nobody has left: Wilson's over all. Sorts v. */
struct evaluation_interval evaluation_persistence_interval(struct evaluation_span *v, size_t n, double at);

/* The two-sided 95 per cent point of Student's t, by Cornish and Fisher's expansion; df >= 1, exact to 0.01 from 4 on. */
double evaluation_student(size_t df);

#endif
