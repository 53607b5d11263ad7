#include "gatherings/gatherings_rules.h"

enum { MORNING = 7 * 60, NIGHT = 22 * 60, NOON = 13 * 60, STEP_S = 1800, WIDE_S = 4 * 3600 };
enum { OFFICE_FROM = 9 * 60, OFFICE_UNTIL = 17 * 60, AFTERNOON_HOUR = 15 };

static int64_t clock_of(const struct zone *z, int64_t at)
{
        struct civil c = zone_civil(z, at);

        return c.hour * 60 + c.minute;
}

bool gatherings_awake(const struct zone *z, int64_t start, int64_t minutes)
{
        int64_t end = start + minutes * 60;

        return zone_day(z, start) == zone_day(z, end) && clock_of(z, start) >= MORNING &&
               clock_of(z, end) <= NIGHT;
}

int64_t gatherings_span(const struct zone *const *zones, size_t n, int64_t at)
{
        int64_t least = 0, most = 0;

        for (size_t i = 0; i < n; i++) {
                int64_t offset = zone_civil(zones[i], at).offset;
                least = i == 0 || offset < least ? offset : least;
                most = i == 0 || offset > most ? offset : most;
        }
        return most - least;
}

size_t gatherings_least(const struct zone *const *zones, size_t n, int64_t at)
{
        return gatherings_span(zones, n, at) > WIDE_S ? 2 : 1;
}

static bool covered(const struct zone *z, int64_t minutes, const int64_t *starts, size_t n)
{
        for (size_t i = 0; i < n; i++)
                if (gatherings_awake(z, starts[i], minutes))
                        return true;
        return false;
}

static size_t uncovered(const struct gatherings_need *need, const int64_t *starts, size_t n)
{
        size_t left = 0;

        for (size_t i = 0; i < need->n; i++)
                left += !covered(need->zones[i], need->minutes, starts, n);
        return left;
}

/* A second sitting for the span is of no use right beside the first. */
static bool apart(int64_t start, const int64_t *starts, size_t n)
{
        for (size_t i = 0; i < n; i++)
                if (start - starts[i] < WIDE_S && starts[i] - start < WIDE_S)
                        return false;
        return true;
}

/* How much the staff would rather: in the office, then awake, then neither. */
static int64_t staff_likes(const struct gatherings_need *need, int64_t start)
{
        int64_t from = clock_of(need->staff, start);

        if (!gatherings_awake(need->staff, start, need->minutes))
                return 0;
        return from >= OFFICE_FROM && from + need->minutes <= OFFICE_UNTIL ? 2 : 1;
}

/* Minutes that a start is away from early afternoon, over everybody awake for it. */
static int64_t discomfort(const struct gatherings_need *need, int64_t start)
{
        int64_t sum = 0;

        for (size_t i = 0; i < need->n; i++) {
                int64_t off = clock_of(need->zones[i], start) - NOON;
                if (gatherings_awake(need->zones[i], start, need->minutes))
                        sum += (off < 0 ? -off : off) * need->people[i];
        }
        return sum;
}

struct choice {
        int64_t gain, likes, discomfort, start;
};

static bool better(const struct choice *a, const struct choice *b)
{
        if (a->gain != b->gain)
                return a->gain > b->gain;
        if (a->likes != b->likes)
                return a->likes > b->likes;
        return a->discomfort < b->discomfort;
}

/*
 * What a start adds: people without a sitting so far, or, if all have one, people who get a choice.
 */
static int64_t gain_of(const struct gatherings_need *need, int64_t start, const int64_t *have,
                       size_t n, bool all_covered)
{
        int64_t gain = 0;

        for (size_t i = 0; i < need->n; i++)
                if (gatherings_awake(need->zones[i], start, need->minutes) &&
                    (all_covered || !covered(need->zones[i], need->minutes, have, n)))
                        gain += need->people[i];
        return gain;
}

static bool next_sitting(const struct gatherings_need *need, const int64_t *have, size_t n,
                         int64_t *out)
{
        bool all = uncovered(need, have, n) == 0;
        int64_t end = zone_at(need->staff, need->day + 1, 0, 0);
        struct choice best = {0};

        for (int64_t t = zone_at(need->staff, need->day, 0, 0); t < end; t += STEP_S) {
                struct choice c = {gain_of(need, t, have, n, all), staff_likes(need, t),
                                   discomfort(need, t), t};
                if (c.gain > 0 && (!all || apart(t, have, n)) &&
                    (best.gain == 0 || better(&c, &best)))
                        best = c;
        }
        *out = best.start;
        return best.gain > 0;
}

size_t gatherings_cover(const struct gatherings_need *need, int64_t out[GATHERINGS_MOST_SITTINGS])
{
        int64_t middle = zone_at(need->staff, need->day, AFTERNOON_HOUR, 0);
        size_t least = need->no_more ? 1 : gatherings_least(need->zones, need->n, middle);
        size_t n = 0;

        for (size_t i = 0; i < need->n_kept && n < GATHERINGS_MOST_SITTINGS; i++)
                out[n++] = need->kept[i];
        if (need->n == 0 && n == 0)
                out[n++] = middle;
        while (n < GATHERINGS_MOST_SITTINGS && (uncovered(need, out, n) > 0 || n < least)) {
                if (!next_sitting(need, out, n, &out[n]))
                        break;
                n++;
        }
        return n;
}

size_t gatherings_best(const struct zone *z, int64_t minutes, const int64_t *starts, size_t n,
                       size_t *nearest)
{
        int64_t least = 0, least_any = 0;
        size_t best = n;

        *nearest = 0;
        for (size_t i = 0; i < n; i++) {
                int64_t off = clock_of(z, starts[i]) + minutes / 2 - NOON;
                off = off < 0 ? -off : off;
                if (i == 0 || off < least_any) {
                        least_any = off;
                        *nearest = i;
                }
                if (gatherings_awake(z, starts[i], minutes) && (best == n || off < least)) {
                        least = off;
                        best = i;
                }
        }
        return best;
}

static bool clock_in(struct text t, int64_t *out)
{
        struct text minute, hour = text_cut(text_trim(t), ':', &minute);
        int64_t h, m;

        if (!text_int(hour, &h) || !text_int(minute, &m) || h < 0 || h > 23 || m < 0 || m > 59 ||
            minute.n != 2)
                return false;
        *out = h * 60 + m;
        return true;
}

bool gatherings_hours(struct text hours, int64_t *minutes, size_t most, size_t *n)
{
        *n = 0;
        for (struct text rest = text_trim(hours); rest.p && rest.n;) {
                if (*n == most || !clock_in(text_cut(rest, ',', &rest), &minutes[*n]))
                        return false;
                (*n)++;
        }
        return true;
}

struct text gatherings_outcome(struct text answer, struct text attended, bool anybody_ticked)
{
        if (attended.p)
                return attended;
        if (anybody_ticked || text_is(answer, "no"))
                return TEXT("missed");
        return text_is(answer, "yes") ? TEXT("live") : TEXT_ABSENT;
}
