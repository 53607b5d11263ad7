/* Which backups stay. Plain values in and out. */
#ifndef TELEMACHUS_SAFETY_SAFETY_RULES_H
#define TELEMACHUS_SAFETY_SAFETY_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct safety_keep { int days, weeks, months; };

/*
 * day[i]: the day number of backup i, newest first. keep[i] becomes true for the newest of each of
 * the last so many days, weeks (from Monday) and months that have one, and always for the newest.
 */
void safety_choose(const int64_t *day, size_t n, struct safety_keep limits, bool *keep);

/* whole months since year 0 */
int64_t safety_months_of(int64_t day);

#endif
