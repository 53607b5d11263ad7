#include "content/holidays.h"

#include "content/builtin.h"
#include "os/file.h"
#include "os/zone.h"

#include <stdlib.h>
#include <string.h>

enum rule_base { FIXED, EASTER, ORTHODOX, NTH, ON_OR_AFTER, UNTIL, ONCE };
enum moved { AS_IT_IS, NEXT_FREE, NEAREST };

/* n: days from Easter, or which of the month (5: the last) */
struct holidays_rule { enum rule_base base; enum moved moved; int year, month, day, weekday, n; };

/* ---- dates ---- */

/* Gauss, as Butcher has it: the Gregorian Easter Sunday. */
static int64_t easter(int y)
{
        int a = y % 19, b = y / 100, c = y % 100, d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
        int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
        int m = (a + 11 * h + 22 * l) / 451, n = h + l - 7 * m + 114;

        return day_of(y, n / 31, n % 31 + 1);
}

/* Meeus: the Julian Easter, thirteen days later in this calendar until 2099. */
static int64_t orthodox(int y)
{
        int d = (19 * (y % 19) + 15) % 30, e = (2 * (y % 4) + 4 * (y % 7) - d + 34) % 7, n = d + e + 114;

        return day_of(y, n / 31, n % 31 + 1) + 13;
}

static int64_t nth_weekday(int y, int month, int weekday, int n)
{
        int64_t first = day_of(y, month, 1);
        int64_t day = first + (weekday - day_weekday(first) + 7) % 7 + 7 * (n - 1);
        int yy, mm, dd;

        for (day_split(day, &yy, &mm, &dd); mm != month; day_split(day, &yy, &mm, &dd))
                day -= 7;
        return day;
}

static int64_t day_in(const struct holidays_rule *r, int y)
{
        int64_t day;

        switch (r->base) {
        case FIXED: return day_of(y, r->month, r->day);
        case EASTER: return easter(y) + r->n;
        case ORTHODOX: return orthodox(y) + r->n;
        case NTH: return nth_weekday(y, r->month, r->weekday, r->n);
        case ON_OR_AFTER: day = day_of(y, r->month, r->day); return day + (r->weekday - day_weekday(day) + 7) % 7;
        case UNTIL: day = day_of(y, r->month, r->day); return day - (day_weekday(day) - r->weekday + 7) % 7;
        case ONCE: return day_of(r->year, r->month, r->day);
        }
        must(!"a base outside its enum");
}

/* ---- a country's days ---- */

static bool is_among(const int64_t *day, size_t n, int64_t wanted)
{
        for (size_t i = 0; i < n; i++)
                if (day[i] == wanted)
                        return true;
        return false;
}

/* What falls on a weekend is given back once the others have their places. */
static size_t days_of_year(const struct holidays_country *c, int y, int64_t *day)
{
        size_t n = 0;

        for (size_t i = 0; i < c->n_rules; i++)
                if (c->rules[i].base != ONCE || c->rules[i].year == y)
                        day[n++] = day_in(&c->rules[i], y);
        for (size_t i = 0; i < c->n_rules; i++) {
                const struct holidays_rule *r = &c->rules[i];
                int64_t d = r->moved == AS_IT_IS ? 0 : day_in(r, y);
                if (r->moved == AS_IT_IS || day_weekday(d) < 6)
                        continue;
                if (r->moved == NEAREST)
                        d += day_weekday(d) == 6 ? -1 : 1;
                while (r->moved == NEXT_FREE && (day_weekday(d) > 5 || is_among(day, n, d)))
                        d++;
                day[n++] = d;
        }
        return n;
}

static int compare(const void *x, const void *y)
{
        int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;

        return (a > b) - (a < b);
}

static void list_days(struct arena *a, struct holidays_country *c)
{
        size_t years = HOLIDAYS_UNTIL - HOLIDAYS_FROM + 1;

        c->n = 0;
        c->day = arena_array(a, int64_t, years * 2 * (c->n_rules + 1));
        for (int y = HOLIDAYS_FROM; y <= HOLIDAYS_UNTIL; y++)
                c->n += days_of_year(c, y, c->day + c->n);
        if (c->n)
                qsort(c->day, c->n, sizeof c->day[0], compare);
}

/* ---- reading ---- */

static bool number(struct text t, int low, int high, int *out)
{
        int64_t v;

        if (!text_int(t, &v) || v < low || v > high)
                return false;
        *out = (int)v;
        return true;
}

static bool weekday_of(struct text t, int *out)
{
        static const char *const names[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

        for (int i = 0; i < 7; i++)
                if (text_is(t, names[i])) {
                        *out = i + 1;
                        return true;
                }
        return false;
}

static bool month_day(struct text t, struct holidays_rule *r)
{
        static const int most[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
        struct text rest, month = text_cut(t, '-', &rest);

        return number(month, 1, 12, &r->month) && rest.p && number(rest, 1, most[r->month - 1], &r->day);
}

/* "+39", "-2" */
static bool offset(struct text t, int *out)
{
        if (t.n < 2 || (t.p[0] != '+' && t.p[0] != '-') || !number((struct text) {t.p + 1, t.n - 1}, 0, 150, out))
                return false;
        *out = t.p[0] == '-' ? -*out : *out;
        return true;
}

static struct text behind(struct text t, const char *prefix) { return (struct text) {t.p + strlen(prefix), t.n - strlen(prefix)}; }

static bool read_nth(struct text t, struct holidays_rule *r)
{
        struct text rest, n, month = text_cut(t, '-', &rest), weekday = rest.p ? text_cut(rest, '-', &n) : TEXT_ABSENT;

        r->base = NTH;
        if (!rest.p || !number(month, 1, 12, &r->month) || !weekday_of(weekday, &r->weekday) || !n.p)
                return false;
        if (text_is(n, "last")) {
                r->n = 5;
                return true;
        }
        return number(n, 1, 5, &r->n);
}

static bool read_relative(struct text t, char sign, enum rule_base base, struct holidays_rule *r)
{
        struct text weekday, date = text_cut(t, sign, &weekday);

        r->base = base;
        return weekday.p && month_day(date, r) && weekday_of(weekday, &r->weekday);
}

static bool read_rule(struct text t, struct holidays_rule *r)
{
        int64_t day;

        *r = (struct holidays_rule) {.base = FIXED};
        if (text_starts(t, "easter") || text_starts(t, "orthodox")) {
                r->base = t.p[0] == 'e' ? EASTER : ORTHODOX;
                return offset(behind(t, r->base == EASTER ? "easter" : "orthodox"), &r->n);
        }
        if (memchr(t.p, '>', t.n))
                return read_relative(t, '>', ON_OR_AFTER, r);
        if (memchr(t.p, '<', t.n))
                return read_relative(t, '<', UNTIL, r);
        if (t.n == 10 && day_parse(t, &day)) {
                r->base = ONCE;
                day_split(day, &r->year, &r->month, &r->day);
                return r->year >= HOLIDAYS_FROM && r->year <= HOLIDAYS_UNTIL;
        }
        if (t.n == 6 && (t.p[5] == '+' || t.p[5] == '~')) {
                r->moved = t.p[5] == '+' ? NEXT_FREE : NEAREST;
                t.n--;
        }
        return (t.n == 5 && month_day(t, r)) || (r->moved == AS_IT_IS && read_nth(t, r));
}

static struct holidays_country *country_of(struct arena *a, struct holidays *h, struct text code)
{
        for (size_t i = 0; i < h->n; i++)
                if (text_equal(h->row[i].code, code))
                        return &h->row[i];
        if (h->n == HOLIDAYS_COUNTRIES)
                return NULL;
        if (!h->row)
                h->row = arena_array(a, struct holidays_country, HOLIDAYS_COUNTRIES);
        h->row[h->n] = (struct holidays_country) {.code = text_copy(a, code), .zones = arena_array(a, struct text, HOLIDAYS_RULES),
                                                  .rules = arena_array(a, struct holidays_rule, HOLIDAYS_RULES)};
        return &h->row[h->n++];
}

static bool add_rule(struct holidays_country *c, struct holidays_rule r)
{
        if (c->n_rules == HOLIDAYS_RULES)
                return false;
        c->rules[c->n_rules++] = r;
        return true;
}

struct reading { struct arena *a; struct holidays *h; struct holidays_country *now; };

static bool read_country(struct reading *r, struct text rest)
{
        struct text names, german, code = text_trim(text_cut(rest, '|', &names));

        if (text_empty(code) || code.n > 8)
                return false;
        r->now = country_of(r->a, r->h, code);
        if (r->now && names.p) {
                r->now->name[0] = text_copy(r->a, text_trim(text_cut(names, '|', &german)));
                r->now->name[1] = german.p ? text_copy(r->a, text_trim(german)) : r->now->name[0];
        }
        return r->now && r->now->name[0].n;
}

static bool read_like(struct reading *r, struct text code)
{
        const struct holidays_country *other = holidays_find(r->h, code);

        if (!other || other == r->now)
                return false;
        for (size_t i = 0; i < other->n_rules; i++)
                if (!add_rule(r->now, other->rules[i]))
                        return false;
        return true;
}

static bool read_zones(struct reading *r, struct text rest)
{
        while (!text_empty(rest)) {
                struct text zone = text_trim(text_cut(rest, ' ', &rest));
                if (text_empty(zone))
                        continue;
                if (r->now->n_zones == HOLIDAYS_RULES)
                        return false;
                r->now->zones[r->now->n_zones++] = text_copy(r->a, zone);
        }
        return true;
}

static bool read_line(struct reading *r, struct text line)
{
        struct text rest, word = text_cut(line, ' ', &rest);
        struct holidays_rule rule;

        rest = rest.p ? text_trim(rest) : TEXT("");
        if (text_is(word, "country"))
                return read_country(r, rest);
        if (!r->now)
                return false;
        if (text_is(word, "like"))
                return read_like(r, rest);
        if (text_is(word, "zones"))
                return read_zones(r, rest);
        return read_rule(word, &rule) && add_rule(r->now, rule);
}

struct err holidays_read(struct arena *a, const char *file, struct text text, struct holidays *h)
{
        struct reading r = {.a = a, .h = h};
        int n = 0;

        while (text.p) {
                struct text line = text_trim(text_cut(text, '\n', &text));
                n++;
                if (text_empty(line) || line.p[0] == '#')
                        continue;
                if (!read_line(&r, line))
                        return FAIL_AT(ERR_INVALID, "This line of the holidays cannot be read", text_format(a, "%s:%d", file, n).p,
                                       "Compare it with content/holidays/europe.txt");
        }
        for (size_t i = 0; i < h->n; i++)
                list_days(a, &h->row[i]);
        return OK;
}

struct err holidays_load(struct arena *a, const char *data, struct holidays *out)
{
        struct text own;

        *out = (struct holidays) {0};
        for (size_t i = 0; i < builtin_holiday_count; i++)
                TRY(holidays_read(a, builtin_holidays[i].path,
                                  (struct text) {(const char *)builtin_holidays[i].data, builtin_holidays[i].n}, out));
        const char *path = data ? text_format(a, "%s/holidays.txt", data).p : NULL;
        if (!path || !file_exists(path))
                return OK;
        TRY(file_read(a, path, HOLIDAYS_FILE_MOST, &own));
        return holidays_read(a, path, own, out);
}

/* ---- asking ---- */

const struct holidays_country *holidays_find(const struct holidays *h, struct text code)
{
        for (size_t i = 0; h && i < h->n; i++)
                if (text_equal(h->row[i].code, code))
                        return &h->row[i];
        return NULL;
}

const struct holidays_country *holidays_of_zone(const struct holidays *h, struct text zone)
{
        for (size_t i = 0; h && i < h->n; i++)
                for (size_t k = 0; k < h->row[i].n_zones; k++)
                        if (text_equal(h->row[i].zones[k], zone))
                                return &h->row[i];
        return NULL;
}

bool holidays_is(const struct holidays_country *c, int64_t day)
{
        return c && c->n && bsearch(&day, c->day, c->n, sizeof day, compare) != NULL;
}
