/*
 * The mathematics of the figures, on plain numbers.  Formulas: docs/figures.md, which says where each comes from.
 */
#ifndef TELEMACHUS_EVALUATION_EVALUATION_RULES_H
#define TELEMACHUS_EVALUATION_EVALUATION_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The middle value, or the mean of the two; sorts v. n > 0. */
double evaluation_median(double *v, size_t n);

/* One relationship for survival: days observed, and whether it ended early then (else it goes on, or came to its end). */
struct evaluation_span { double days; bool ended_early; };

/* Kaplan and Meier (1958): the share still there at day `at`; sorts v. 1 when n is 0. */
double evaluation_persistence(struct evaluation_span *v, size_t n, double at);

/*
 * Months (30 days) of a pair from start to end in which no gap between contacts was longer than cadence + 7 days. A gap
 * counts in each month that it reaches into while it is too long. Times in seconds, contacts ascending.
 */
struct evaluation_months { int64_t good, all; };
struct evaluation_months evaluation_rhythm_months(const int64_t *contact, size_t n, int64_t start, int64_t end, int64_t cadence_days);

/* Mondays to Fridays after `from` up to and with `to`, day numbers; 0 if it is not later. */
int64_t evaluation_working_days(int64_t from, int64_t to);

/* The first day on or after `day` whose day of the month is on_day (1..28). */
int64_t evaluation_month_day(int64_t day, int64_t on_day);
/* The day itself, or the Monday after a weekend. */
int64_t evaluation_weekday_after(int64_t day);

#endif
