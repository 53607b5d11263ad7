#include "safety/safety_rules.h"

#include "os/zone.h"

int64_t safety_months_of(int64_t day)
{
        int y, m, d;

        day_split(day, &y, &m, &d);
        return (int64_t)y * 12 + m;
}

/* Monday of day 0 (a Thursday) is three days before. */
static int64_t weeks_of(int64_t day) { return (day + 3) / 7; }
static int64_t days_of(int64_t day) { return day; }

static void choose(const int64_t *day, size_t n, int most, int64_t (*period)(int64_t), bool *keep)
{
        int64_t last = INT64_MIN;

        for (size_t i = 0; i < n && most > 0; i++) {
                int64_t p = period(day[i]);
                if (p == last)
                        continue;
                keep[i] = true;
                last = p;
                most--;
        }
}

void safety_choose(const int64_t *day, size_t n, struct safety_keep limits, bool *keep)
{
        for (size_t i = 0; i < n; i++)
                keep[i] = i == 0;
        choose(day, n, limits.days, days_of, keep);
        choose(day, n, limits.weeks, weeks_of, keep);
        choose(day, n, limits.months, safety_months_of, keep);
}
