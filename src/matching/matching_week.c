/* Weeks of free hours: reading them, moving them between zones, comparing them. */
#include "matching/matching_rules.h"

#include <stdio.h>
#include <string.h>

enum { HOURS = 168, HALVES = 336 };

static bool get(const uint64_t *bits, int k) { return bits[k / 64] >> (k % 64) & 1; }
static void set(uint64_t *bits, int k) { bits[k / 64] |= (uint64_t)1 << (k % 64); }

struct matching_utc_week matching_week_utc(const struct matching_week *local, int offset_minutes)
{
        struct matching_utc_week utc = {.known = local->known};
        int moved = (offset_minutes >= 0 ? offset_minutes + 15 : offset_minutes - 15) / 30;

        for (int half = 0; half < HALVES; half++)
                if (get(local->bits, half / 2))
                        set(utc.bits, ((half - moved) % HALVES + HALVES) % HALVES);
        return utc;
}

int matching_week_common(const struct matching_utc_week *a, const struct matching_utc_week *b)
{
        uint64_t bytes = 0;

        /* Bits counted in groups of two, four and eight; a byte holds 48 at most. */
        for (int k = 0; k < 6; k++) {
                uint64_t x = a->bits[k] & b->bits[k];
                x -= x >> 1 & 0x5555555555555555;
                x = (x & 0x3333333333333333) + (x >> 2 & 0x3333333333333333);
                bytes += (x + (x >> 4)) & 0x0f0f0f0f0f0f0f0f;
        }
        bytes = (bytes & 0x00ff00ff00ff00ff) + (bytes >> 8 & 0x00ff00ff00ff00ff);
        return (int)(bytes * 0x0001000100010001 >> 48);
}

struct matching_utc_week matching_week_later(const struct matching_utc_week *w, int halves)
{
        struct matching_utc_week later = {.known = w->known};
        int by = (halves % HALVES + HALVES) % HALVES;

        for (int k = 0; k < HALVES; k += 16) {          /* 16 divides 64 and 336: a piece crosses one border at most */
                uint64_t piece = w->bits[k / 64] >> (k % 64) & 0xffff;
                int to = (k + by) % HALVES;
                later.bits[to / 64] |= piece << (to % 64);
                if (to % 64 > 48 && to / 64 < 5)
                        later.bits[to / 64 + 1] |= piece >> (64 - to % 64);
                if (to > HALVES - 16)
                        later.bits[0] |= piece >> (HALVES - to);
        }
        later.bits[5] &= 0xffff;
        return later;
}

int matching_rules_differences(const struct matching_span *span, const int16_t *a, const int16_t *b,
                               int16_t difference[MATCHING_SEASONS])
{
        int32_t days[MATCHING_SEASONS];
        int n = 0, lasting = 0, longest = 0;

        for (int k = 0; k < span->n; k++) {
                int16_t d = (int16_t)(a[k] - b[k]);
                int at = 0;
                while (at < n && difference[at] != d)
                        at++;
                if (at == n) {
                        difference[n] = d;
                        days[n++] = 0;
                }
                days[at] += span->days[k];
        }
        for (int k = 1; k < n; k++)
                longest = days[k] > days[longest] ? k : longest;
        for (int k = 0; k < n; k++)
                if (days[k] >= MATCHING_LASTING_DAYS || k == longest)
                        difference[lasting++] = difference[k];
        return lasting;
}

int matching_rules_common(const struct matching_profile *a, const struct matching_profile *b)
{
        int16_t difference[MATCHING_SEASONS];
        int fewest = HALVES, n;

        if (!a->span || !b->span)
                return matching_week_common(&a->week, &b->week);
        n = matching_rules_differences(a->span, a->shift, b->shift, difference);
        for (int k = 0; k < n; k++) {
                /* A clock that is further ahead says the same hour sooner. */
                struct matching_utc_week moved = matching_week_later(&a->week, -difference[k]);
                int common = matching_week_common(&moved, &b->week);
                fewest = common < fewest ? common : fewest;
        }
        return n ? fewest : matching_week_common(&a->week, &b->week);
}

/* ---- "mon-fri 17:00-20:00; sat 09:00-12:00" ---- */

struct reader {
        struct text t;
        size_t at;
};

static char here(const struct reader *r) { return r->at < r->t.n ? r->t.p[r->at] : 0; }

static void skip_space(struct reader *r)
{
        while (here(r) == ' ' || here(r) == '\t')
                r->at++;
}

static bool take(struct reader *r, char c)
{
        skip_space(r);
        if (here(r) != c)
                return false;
        r->at++;
        return true;
}

static bool read_day(struct reader *r, int *day)
{
        static const char names[] = "montuewedthufrisatsun";
        char three[3];

        skip_space(r);
        if (r->t.n - r->at < 3)
                return false;
        for (int k = 0; k < 3; k++)
                three[k] = (char)(r->t.p[r->at + (size_t)k] | 32);
        for (*day = 0; *day < 7; (*day)++)
                if (memcmp(three, names + *day * 3, 3) == 0)
                        break;
        while ((here(r) | 32) >= 'a' && (here(r) | 32) <= 'z')
                r->at++;
        return *day < 7;
}

/* Hours from 0 to 24; minutes are rounded so that no hour counts that is only partly free. */
static bool read_hour(struct reader *r, bool up, int *hour)
{
        int minutes = 0;
        size_t from;

        skip_space(r);
        from = r->at;
        for (*hour = 0; here(r) >= '0' && here(r) <= '9' && r->at - from < 2; r->at++)
                *hour = *hour * 10 + here(r) - '0';
        if (r->at == from)
                return false;
        if (here(r) == ':') {
                from = ++r->at;
                for (; here(r) >= '0' && here(r) <= '9' && r->at - from < 2; r->at++)
                        minutes = minutes * 10 + here(r) - '0';
                if (r->at - from != 2)
                        return false;
        }
        if (minutes > 59 || *hour * 60 + minutes > 24 * 60)
                return false;
        *hour += up && minutes > 0;
        return true;
}

static void mark(struct matching_week *w, int first_day, int last_day, int from, int until)
{
        for (int day = first_day;; day = (day + 1) % 7) {
                int end = until > from ? until : until + 24; /* past midnight */
                for (int h = from; h < end; h++)
                        set(w->bits, (day * 24 + h) % HOURS);
                if (day == last_day)
                        break;
        }
}

/* One "mon-fri 17:00-20:00, 21-22". */
static bool read_days(struct reader *r, struct matching_week *w)
{
        int first, last, from, until;

        if (!read_day(r, &first))
                return false;
        last = first;
        if (take(r, '-') && !read_day(r, &last))
                return false;
        do {
                if (!read_hour(r, true, &from) || !take(r, '-') || !read_hour(r, false, &until))
                        return false;
                mark(w, first, last, from, until);
        } while (take(r, ','));
        return true;
}

bool matching_week_parse(struct text t, struct matching_week *out, size_t *at)
{
        struct reader r = {.t = text_trim(t)};

        *out = (struct matching_week) {.known = !text_empty(r.t)};
        *at = 0;
        while (r.at < r.t.n) {
                if (!read_days(&r, out) || (!take(&r, ';') && r.at < r.t.n)) {
                        *out = (struct matching_week) {0};
                        *at = r.at;
                        return false;
                }
                skip_space(&r);
        }
        return true;
}
