/* Which times to offer, and whether a time will do; pure, part of journeys_rules.h. */
#include "journeys/journeys_rules.h"
#include "os/zone.h"

#include <string.h>

enum {
        DAY_MINUTES = 24 * 60,
        LONGEST_MEETING = 180,
        SHORTEST_MEETING = 10,
        LOOK_DAYS = 35,
        STEP_S = 1800
};

/* Minutes after local midnight of a meeting's start, and whether it lies in the waking hours there. */
static bool awake(const struct zone *z, int64_t t, int64_t minutes)
{
        struct civil c = zone_civil(z, t);
        int64_t from = c.hour * 60 + c.minute;

        return from >= JOURNEYS_FIRST_HOUR * 60 && from + minutes <= JOURNEYS_LAST_HOUR * 60;
}

enum journeys_time journeys_check_time(int64_t starts_at, int64_t minutes, int64_t now,
                                       int64_t planned_end, const struct zone *mine,
                                       const struct zone *partners)
{
        if (starts_at < now)
                return TIME_PAST;
        if (starts_at > planned_end + JOURNEYS_CLOSING_DAYS * (int64_t)JOURNEYS_DAY)
                return TIME_TOO_FAR;
        if (minutes < SHORTEST_MEETING || minutes > LONGEST_MEETING)
                return TIME_LONG;
        if (!awake(partners, starts_at, minutes))
                return TIME_ODD_FOR_PARTNER;
        return awake(mine, starts_at, minutes) ? TIME_FINE : TIME_ODD_FOR_ME;
}

/* ---- availability as people write it ---- */

/* By its first two letters, English or German; 0 if it is none. */
static int weekday_of(struct text word)
{
        static const char *const names[] = {"mo", "tu di", "we mi", "th do", "fr", "sa", "su so"};
        char two[3] = "";

        if (word.n < 2)
                return 0;
        for (int i = 0; i < 2; i++)
                two[i] = (char)(word.p[i] >= 'A' && word.p[i] <= 'Z' ? word.p[i] + 32 : word.p[i]);
        for (int d = 0; d < 7; d++)
                if (two[0] != ' ' && two[1] != ' ' && strstr(names[d], two))
                        return d + 1;
        return 0;
}

/* "17:00", "17.00" or "17" as minutes; -1 if it is none. */
static int minutes_of(struct text t)
{
        int64_t hour, minute = 0;
        struct text rest, first = text_cut(t, memchr(t.p, ':', t.n) ? ':' : '.', &rest);

        if (!text_int(first, &hour) || (rest.p && !text_int(rest, &minute)))
                return -1;
        if (hour < 0 || hour > 24 || minute < 0 || minute > 59 || hour * 60 + minute > DAY_MINUTES)
                return -1;
        return (int)(hour * 60 + minute);
}

static void add_window(struct journeys_free *out, int weekday, int from, int until)
{
        if (out->n < sizeof out->window / sizeof out->window[0])
                out->window[out->n++] = (struct journeys_window) {weekday, from, until};
}

/* Days "mon-fri" or "tue" with hours "17:00-20:00". */
static void read_part(struct journeys_free *out, struct text days, struct text hours)
{
        struct text last, until, from = text_cut(hours, '-', &until),
                                 first = text_cut(days, '-', &last);
        int a = weekday_of(text_trim(first)), b = last.p ? weekday_of(text_trim(last)) : a;
        int start, end;

        if (!a || !b || text_empty(from) || text_empty(until))
                return;
        start = minutes_of(text_trim(from));
        end = minutes_of(text_trim(until));
        if (start < 0 || end <= start)
                return;
        for (int d = a;; d = d % 7 + 1) {
                add_window(out, d, start, end);
                if (d == b)
                        return;
        }
}

static struct text next_part(struct text *rest)
{
        for (size_t i = 0; i < rest->n; i++)
                if (rest->p[i] == ';' || rest->p[i] == '\n')
                        return text_cut(*rest, rest->p[i], rest);
        struct text all = *rest;

        *rest = TEXT_ABSENT;
        return all;
}

void journeys_read_availability(struct text written, const struct zone *zone,
                                struct journeys_free *out)
{
        struct text rest = written, hours, days;

        *out = (struct journeys_free) {.zone = zone};
        while (!text_empty(rest)) {
                struct text part = text_trim(next_part(&rest));

                days = text_cut(part, ' ', &hours);
                if (!text_empty(hours))
                        read_part(out, days, text_trim(hours));
        }
        for (int d = 1; out->n == 0 && d <= 5; d++)
                out->window[d - 1] = (struct journeys_window) {d, 17 * 60, 20 * 60 + 30};
        if (out->n == 0)
                out->n = 5;
}

/* ---- suggestions ---- */

static bool within(const struct journeys_free *f, int64_t t, int64_t minutes)
{
        struct civil c = zone_civil(f->zone, t);
        int at = c.hour * 60 + c.minute;

        for (size_t i = 0; i < f->n; i++)
                if (f->window[i].weekday == c.weekday && at >= f->window[i].from &&
                    at + minutes <= f->window[i].until)
                        return true;
        return false;
}

/* How far a local start lies from six in the evening, in minutes. */
static int64_t from_evening(const struct zone *z, int64_t t)
{
        struct civil c = zone_civil(z, t);
        int64_t off = c.hour * 60 + c.minute - 18 * 60;

        return off < 0 ? -off : off;
}

/* Lower is better; -1: not at all.  Nobody is asked to meet in sleeping hours; weekends only where both wrote them down. */
static int64_t cost(const struct journeys_free *a, const struct journeys_free *b, int64_t t,
                    int64_t minutes)
{
        int missing = !within(a, t, minutes) + !within(b, t, minutes);
        int64_t off;

        if (!awake(a->zone, t, minutes) || !awake(b->zone, t, minutes))
                return -1;
        if (missing && (zone_civil(a->zone, t).weekday > 5 || zone_civil(b->zone, t).weekday > 5))
                return -1;
        off = from_evening(a->zone, t) > from_evening(b->zone, t) ? from_evening(a->zone, t)
                                                                  : from_evening(b->zone, t);
        return missing * 10000 + off;
}

struct choice { int64_t at, cost; };

static struct choice best_of_day(const struct journeys_free *a, const struct journeys_free *b,
                                 int64_t day, int64_t from, int64_t minutes)
{
        struct choice best = {.cost = -1};
        int64_t start = zone_at(a->zone, day, JOURNEYS_FIRST_HOUR, 0);

        for (int64_t t = start; t < start + 15 * 3600; t += STEP_S) {
                int64_t c = t < from ? -1 : cost(a, b, t, minutes);

                if (c >= 0 && (best.cost < 0 || c < best.cost))
                        best = (struct choice) {t, c};
        }
        return best;
}

/* Keeps the three cheapest, in order of time; an earlier day wins a draw. */
static void keep(struct choice *kept, size_t *n, struct choice c)
{
        size_t worst = 0;

        if (*n < 3) {
                kept[(*n)++] = c;
                return;
        }
        for (size_t i = 1; i < 3; i++)
                if (kept[i].cost >= kept[worst].cost)
                        worst = i;
        if (c.cost >= kept[worst].cost)
                return;
        for (size_t i = worst; i < 2; i++)
                kept[i] = kept[i + 1];
        kept[2] = c;
}

void journeys_suggest(const struct journeys_free *mine, const struct journeys_free *partners,
                      int64_t from, int64_t until, int64_t minutes, struct journeys_times *out)
{
        struct choice kept[3];
        size_t n = 0;
        int64_t first = zone_day(mine->zone, from), last = zone_day(mine->zone, until);

        for (int64_t day = first; day <= last && day < first + LOOK_DAYS; day++) {
                struct choice c = best_of_day(mine, partners, day, from, minutes);

                if (c.cost >= 0)
                        keep(kept, &n, c);
        }
        out->n = n;
        for (size_t i = 0; i < n; i++)
                out->at[i] = kept[i].at;
}
