#include "evaluation/evaluation_rules.h"

#include "os/zone.h"

#include <stdlib.h>

enum { DAY = 86400, MONTH_DAYS = 30, GRACE_DAYS = 7 };

static int by_value(const void *a, const void *b)
{
        double x = *(const double *)a, y = *(const double *)b;

        return (x > y) - (x < y);
}

double evaluation_median(double *v, size_t n)
{
        qsort(v, n, sizeof *v, by_value);
        return n % 2 ? v[n / 2] : (v[n / 2 - 1] + v[n / 2]) / 2;
}

/* At the same day an ending comes before a mere end of observation, as is usual. */
static int by_days(const void *a, const void *b)
{
        const struct evaluation_span *x = a, *y = b;

        if (x->days < y->days || x->days > y->days)
                return x->days < y->days ? -1 : 1;
        return (int)y->ended_early - (int)x->ended_early;
}

double evaluation_persistence(struct evaluation_span *v, size_t n, double at)
{
        double share = 1;

        qsort(v, n, sizeof *v, by_days);
        for (size_t i = 0; i < n && v[i].days <= at; i++)
                if (v[i].ended_early)
                        share *= 1 - 1 / (double)(n - i);
        return share;
}

/* Is there a moment in [from, until) at which the last contact (or the start) lies more than limit back? */
static bool too_long(const int64_t *contact, size_t n, int64_t start, int64_t from, int64_t until, int64_t limit)
{
        int64_t last = start;
        size_t i = 0;

        for (; i < n && contact[i] <= from; i++)
                if (contact[i] > last)
                        last = contact[i];
        for (; i < n && contact[i] < until; i++) {
                if (contact[i] - last > limit)
                        return true;
                last = contact[i];
        }
        return until - last > limit;
}

struct evaluation_months evaluation_rhythm_months(const int64_t *contact, size_t n, int64_t start, int64_t end, int64_t cadence_days)
{
        struct evaluation_months m = {0, 0};
        int64_t limit = (cadence_days + GRACE_DAYS) * DAY;

        for (int64_t from = start; from < end; from += (int64_t)MONTH_DAYS * DAY) {
                int64_t until = from + (int64_t)MONTH_DAYS * DAY;
                if (until > end)
                        until = end;
                m.all++;
                m.good += !too_long(contact, n, start, from, until, limit);
        }
        return m;
}

int64_t evaluation_working_days(int64_t from, int64_t to)
{
        int64_t days = to > from ? (to - from) / 7 * 5 : 0;

        for (int64_t day = to - (to > from ? (to - from) % 7 : 0) + 1; to > from && day <= to; day++)
                days += day_weekday(day) <= 5;
        return days;
}

int64_t evaluation_month_day(int64_t day, int64_t on_day)
{
        int year, month, mday;

        day_split(day, &year, &month, &mday);
        if (mday > on_day) {
                year += month == 12;
                month = month % 12 + 1;
        }
        return day_of(year, month, (int)on_day);
}

int64_t evaluation_weekday_after(int64_t day)
{
        int weekday = day_weekday(day);

        return weekday == 6 ? day + 2 : weekday == 7 ? day + 1 : day;
}
