/*
 * The hours in which somebody can usually talk, as a person ticks them and as the solver reads
 * them. Pure.
 */
#include "base/out.h"
#include "html/messages.h"
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

/* What is free: days first to last, minutes from to until. */
struct span { int first, last, from, until; };

static bool read_spans(struct reader *r, void (*take_span)(void *ctx, struct span s), void *ctx)
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
                take_span(ctx, (struct span) {first, last, from, until > from ? until : HOURS * 60});
        } while (take(r, ','));
        return true;
}

static bool read_week(struct text t, void (*take_span)(void *ctx, struct span s), void *ctx)
{
        struct text trimmed = text_trim(t);
        struct reader r = {trimmed.p, trimmed.p + trimmed.n};

        while (r.p < r.end) {
                if (!read_spans(&r, take_span, ctx))
                        return false;
                if (!take(&r, ';') && r.p < r.end)
                        return false;
                skip_space(&r);
        }
        return true;
}

static void tick(void *ctx, struct span s) { *(unsigned *)ctx |= parts_of(s.first, s.last, s.from, s.until); }

bool people_week_read(struct text t, unsigned *parts)
{
        *parts = 0;
        return read_week(t, tick, parts);
}

/* ---- to be read ---- */

/* A span is never broken over two lines. */

struct spoken { struct out day[DAYS]; };

static void say(void *ctx, struct span s)
{
        struct spoken *w = ctx;

        for (int day = s.first;; day = (day + 1) % DAYS) {
                struct out *o = &w->day[day];
                out_format(o, "%s%02d:%02d\u2060–\u2060%02d:%02d", o->n ? ", " : "", s.from / 60, s.from % 60, s.until / 60, s.until % 60);
                if (day == s.last)
                        return;
        }
}

static struct text days_words(struct arena *a, enum locale l, int first, int last)
{
        static const char *const days[DAYS] = {M_("Monday"), M_("Tuesday"), M_("Wednesday"), M_("Thursday"), M_("Friday"), M_("Saturday"),
                                               M_("Sunday")};
        struct text from = text_of(msg(l, days[first])), to = text_of(msg(l, days[last]));

        if (first == last)
                return from;
        return msg_with(a, l, last == first + 1 ? M_("{from} and {to}") : M_("{from} to {to}"), "from", from, "to", to, NULL);
}

struct text people_week_words(struct arena *a, enum locale l, struct text availability)
{
        struct out o = out_new(a, 128);
        struct spoken w;

        for (int day = 0; day < DAYS; day++)
                w.day[day] = out_new(a, 32);
        if (!read_week(availability, say, &w))
                return availability;
        for (int day = 0, last; day < DAYS; day = last + 1) {
                for (last = day; last + 1 < DAYS && text_equal(out_get(&w.day[last + 1]), out_get(&w.day[day])); last++)
                        ;
                if (!w.day[day].n)
                        continue;
                out_c(&o, o.n ? "\n" : "");
                out_text(&o, days_words(a, l, day, last));
                out_char(&o, ' ');
                out_text(&o, out_get(&w.day[day]));
        }
        return text_copy(a, out_get(&o));
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
