/*
 * The hours in which somebody can usually talk, as a person ticks them and as the solver reads
 * them. Pure.
 */
#include "base/out.h"
#include "people/people.h"

#include <string.h>

enum { DAYS = 7, PARTS = 3, HOURS = 24 };

static const char names[DAYS][4] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
static const int part_from[PARTS] = {8, 12, 17}, part_until[PARTS] = {12, 17, 21};

struct reader { const char *p, *end; };

static void skip_space(struct reader *r)
{
        while (r->p < r->end && (*r->p == ' ' || *r->p == '\t'))
                r->p++;
}

static bool take(struct reader *r, char c)
{
        skip_space(r);
        if (r->p == r->end || *r->p != c)
                return false;
        r->p++;
        return true;
}

static bool is_letter(char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }

static bool read_day(struct reader *r, int *day)
{
        skip_space(r);
        if (r->end - r->p < 3)
                return false;
        for (*day = 0; *day < DAYS; ++*day)
                if ((r->p[0] | 32) == names[*day][0] && (r->p[1] | 32) == names[*day][1] &&
                    (r->p[2] | 32) == names[*day][2])
                        break;
        while (r->p < r->end && is_letter(*r->p))
                r->p++;
        return *day < DAYS;
}

static bool read_number(struct reader *r, int *n)
{
        const char *from = r->p;

        for (*n = 0; r->p < r->end && r->p - from < 2 && *r->p >= '0' && *r->p <= '9'; r->p++)
                *n = *n * 10 + *r->p - '0';
        return r->p > from;
}

/* Minutes after midnight, to 24:00. */
static bool read_time(struct reader *r, int *minutes)
{
        int hour, rest = 0;

        skip_space(r);
        if (!read_number(r, &hour))
                return false;
        if (r->p < r->end && *r->p == ':') {
                r->p++;
                if (!read_number(r, &rest))
                        return false;
        }
        *minutes = hour * 60 + rest;
        return rest < 60 && *minutes <= HOURS * 60;
}

/* A part is ticked when at least half of it is free. */
static unsigned parts_of(int first, int last, int from, int until)
{
        unsigned bits = 0;

        for (int part = 0; part < PARTS; part++) {
                int a = part_from[part] * 60, b = part_until[part] * 60;
                int common = (until < b ? until : b) - (from > a ? from : a);
                if (common * 2 < b - a)
                        continue;
                for (int day = first;; day = (day + 1) % DAYS) {
                        bits |= 1u << (day * PARTS + part);
                        if (day == last)
                                break;
                }
        }
        return bits;
}

static bool read_days(struct reader *r, unsigned *parts)
{
        int first, last, from, until;

        if (!read_day(r, &first))
                return false;
        last = first;
        if (take(r, '-') && !read_day(r, &last))
                return false;
        do {
                if (!read_time(r, &from) || !take(r, '-') || !read_time(r, &until))
                        return false;
                *parts |= parts_of(first, last, from, until > from ? until : HOURS * 60);
        } while (take(r, ','));
        return true;
}

bool people_week_read(struct text t, unsigned *parts)
{
        struct text trimmed = text_trim(t);
        struct reader r = {trimmed.p, trimmed.p + trimmed.n};

        *parts = 0;
        while (r.p < r.end) {
                if (!read_days(&r, parts))
                        return false;
                if (!take(&r, ';') && r.p < r.end)
                        return false;
                skip_space(&r);
        }
        return true;
}

/* Parts that touch are one span. */
static void write_day(struct out *o, int day, unsigned bits)
{
        const char *before = " ";

        out_format(o, "%s%s", o->n ? "; " : "", names[day]);
        for (int part = 0; part < PARTS; part++) {
                int last = part;
                if (!(bits >> part & 1))
                        continue;
                while (last + 1 < PARTS && bits >> (last + 1) & 1)
                        last++;
                out_format(o, "%s%02d:00-%02d:00", before, part_from[part], part_until[last]);
                before = ", ";
                part = last;
        }
}

struct text people_week_write(struct arena *a, unsigned parts)
{
        struct out o = out_new(a, 128);

        for (int day = 0; day < DAYS; day++) {
                unsigned bits = parts >> (day * PARTS) & 7;
                if (bits)
                        write_day(&o, day, bits);
        }
        return o.n ? out_get(&o) : TEXT_ABSENT;
}
