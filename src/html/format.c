#include "html/format.h"

#include "base/err.h"
#include "base/out.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <threads.h>
#include <unicode/udat.h>
#include <unicode/udatpg.h>
#include <unicode/unum.h>
#include <unicode/ureldatefmt.h>
#include <unicode/ustring.h>

/* ---- formatters, opened once per thread: opening costs a thousand times more than using ---- */

enum { DAY, DAY_YEAR, DAY_WEEK, DAY_KINDS };
enum { DECIMALS = 4, CITIES = 64 };

struct city { const struct zone *zone; char name[64]; };

struct formats {
        UDateFormat *day[LOCALES][DAY_KINDS];
        UNumberFormat *number[LOCALES][DECIMALS], *percent[LOCALES];
        URelativeDateTimeFormatter *relative[LOCALES];
        struct city city[LOCALES][CITIES];
        size_t cities[LOCALES];
};

static tss_t formats_key;
static once_flag formats_once = ONCE_FLAG_INIT;

static void close_formats(void *p)
{
        struct formats *f = p;

        for (int l = 0; l < LOCALES; l++) {
                for (int i = 0; i < DAY_KINDS; i++)
                        udat_close(f->day[l][i]);
                for (int i = 0; i < DECIMALS; i++)
                        unum_close(f->number[l][i]);
                unum_close(f->percent[l]);
                ureldatefmt_close(f->relative[l]);
        }
        free(f);
}

static void make_key(void) { must(tss_create(&formats_key, close_formats) == thrd_success); }

static struct formats *formats(void)
{
        call_once(&formats_once, make_key);
        struct formats *f = tss_get(formats_key);
        if (!f) {
                f = calloc(1, sizeof *f);
                must(f && tss_set(formats_key, f) == thrd_success);
        }
        return f;
}

/* British order and 24 hours for English: its readers are in many countries, and 18:00 is clear. */
static const char *icu_locale(enum locale l) { return l == LOCALE_DE ? "de" : "en_GB"; }

static struct text from_utf16(struct arena *a, const UChar *s, int32_t n)
{
        UErrorCode e = U_ZERO_ERROR;
        int32_t used = 0;
        char *p = arena_alloc(a, (size_t)n * 3 + 1);

        u_strToUTF8(p, n * 3 + 1, &used, s, n, &e);
        must(U_SUCCESS(e));
        return (struct text) {.p = p, .n = (size_t)used};
}

/* ---- days ---- */

static int32_t day_pattern(enum locale l, int kind, UChar *pattern, int32_t room)
{
        static const UChar *const english[DAY_KINDS] = {u"d MMMM", u"d MMMM y", u"EEEE d MMMM"};
        static const UChar *const skeletons[DAY_KINDS] = {u"dMMMM", u"dMMMMy", u"EEEEdMMMM"};
        UErrorCode e = U_ZERO_ERROR;

        if (l != LOCALE_DE) { /* ICU puts a comma behind the day of the week; the house does not */
                u_strcpy(pattern, english[kind]);
                return u_strlen(pattern);
        }
        UDateTimePatternGenerator *g = udatpg_open(icu_locale(l), &e);
        int32_t n = udatpg_getBestPattern(g, skeletons[kind], -1, pattern, room, &e);
        udatpg_close(g);
        must(U_SUCCESS(e));
        return n;
}

static UDateFormat *open_day(enum locale l, int kind)
{
        UErrorCode e = U_ZERO_ERROR;
        UChar pattern[64];
        int32_t n = day_pattern(l, kind, pattern, 64);
        UDateFormat *f =
                udat_open(UDAT_PATTERN, UDAT_PATTERN, icu_locale(l), u"UTC", 3, pattern, n, &e);

        must(U_SUCCESS(e));
        return f;
}

/* A civil day is formatted as if it were UTC, so that ICU's own zone tables are never asked. */
static struct text format_day_kind(struct arena *a, enum locale l, int64_t day, int kind)
{
        struct formats *f = formats();
        UErrorCode e = U_ZERO_ERROR;
        UChar s[96];

        if (!f->day[l][kind])
                f->day[l][kind] = open_day(l, kind);
        int32_t n = udat_format(f->day[l][kind], (UDate)day * 86400000.0, s, 96, NULL, &e);
        must(U_SUCCESS(e));
        return from_utf16(a, s, n);
}

struct text format_day(struct arena *a, enum locale l, int64_t day)
{
        return format_day_kind(a, l, day, DAY);
}
struct text format_day_year(struct arena *a, enum locale l, int64_t day)
{
        return format_day_kind(a, l, day, DAY_YEAR);
}
struct text format_day_week(struct arena *a, enum locale l, int64_t day)
{
        return format_day_kind(a, l, day, DAY_WEEK);
}

/* ---- times ---- */

struct text format_time(struct arena *a, [[maybe_unused]] enum locale l, const struct zone *z,
                        int64_t t)
{
        struct civil c = zone_civil(z, t);

        return text_format(a, "%02d:%02d", c.hour, c.minute);
}

struct text format_moment(struct arena *a, enum locale l, const struct zone *z, int64_t t)
{
        struct text day = format_day_week(a, l, zone_day(z, t));
        struct text city = format_city(a, l, z);
        struct civil c = zone_civil(z, t);

        return text_format(a, "%s, %02d:%02d (%s)", day.p, c.hour, c.minute, city.p);
}

struct text format_iso(struct arena *a, const struct zone *z, int64_t t)
{
        struct civil c = zone_civil(z, t);
        int minutes = (c.offset < 0 ? -c.offset : c.offset) / 60;

        return text_format(a, "%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d", c.year, c.month, c.day,
                           c.hour, c.minute, c.second, c.offset < 0 ? '-' : '+', minutes / 60,
                           minutes % 60);
}

struct text format_iso_day(struct arena *a, int64_t day)
{
        int year, month, mday;

        day_split(day, &year, &month, &mday);
        return text_format(a, "%04d-%02d-%02d", year, month, mday);
}

struct text format_ago(struct arena *a, enum locale l, const struct zone *z, int64_t t, int64_t now)
{
        struct formats *f = formats();
        UErrorCode e = U_ZERO_ERROR;
        UChar s[96];

        if (!f->relative[l])
                f->relative[l] = ureldatefmt_open(icu_locale(l), NULL, UDAT_STYLE_LONG,
                                                  UDISPCTX_CAPITALIZATION_NONE, &e);
        double days = (double)(zone_day(z, t) - zone_day(z, now));
        int32_t n = ureldatefmt_format(f->relative[l], days, UDAT_REL_UNIT_DAY, s, 96, &e);
        must(U_SUCCESS(e));
        return from_utf16(a, s, n);
}

/* ---- cities ---- */

/* "America/Argentina/Buenos_Aires" -> "Buenos Aires" */
static void city_of_name(const char *zone, char *out, size_t room)
{
        const char *slash = strrchr(zone, '/');

        snprintf(out, room, "%s", slash ? slash + 1 : zone);
        for (char *p = out; *p; p++)
                if (*p == '_')
                        *p = ' ';
}

/* ICU knows how a language calls the city (Lissabon); false for zones without one. */
static bool city_of_icu(const char *zone, enum locale l, char *out, size_t room)
{
        UErrorCode e = U_ZERO_ERROR;
        UChar id[64], name[64], unknown[64];
        int32_t used = 0;

        if (!strchr(zone, '/') || strncmp(zone, "Etc/", 4) == 0 || strlen(zone) > 60)
                return false;
        u_uastrcpy(id, zone);
        UDateFormat *f =
                udat_open(UDAT_PATTERN, UDAT_PATTERN, icu_locale(l), id, -1, u"VVV", 3, &e);
        int32_t n = U_SUCCESS(e) ? udat_format(f, 0, name, 64, NULL, &e) : 0;
        if (f)
                udat_close(f);
        f = udat_open(UDAT_PATTERN, UDAT_PATTERN, icu_locale(l), u"Etc/Unknown", -1, u"VVV", 3, &e);
        int32_t m = U_SUCCESS(e) ? udat_format(f, 0, unknown, 64, NULL, &e) : 0;
        if (f)
                udat_close(f);
        if (U_FAILURE(e) || (n == m && u_strncmp(name, unknown, n) == 0))
                return false;
        u_strToUTF8(out, (int32_t)room, &used, name, n, &e);
        return U_SUCCESS(e) && used > 0 && used < (int32_t)room;
}

struct text format_city(struct arena *a, enum locale l, const struct zone *z)
{
        struct formats *f = formats();
        struct city *c;

        for (size_t i = 0; i < f->cities[l] && i < CITIES; i++)
                if (f->city[l][i].zone == z)
                        return text_copy(a, text_of(f->city[l][i].name));
        c = &f->city[l][f->cities[l]++ % CITIES];
        c->zone = z;
        if (!city_of_icu(zone_name(z), l, c->name, sizeof c->name))
                city_of_name(zone_name(z), c->name, sizeof c->name);
        return text_copy(a, text_of(c->name));
}

/* ---- numbers ---- */

static struct text format_double(struct arena *a, UNumberFormat *f, double v)
{
        UErrorCode e = U_ZERO_ERROR;
        UChar s[64];
        int32_t n = unum_formatDouble(f, v, s, 64, NULL, &e);

        must(U_SUCCESS(e));
        return from_utf16(a, s, n);
}

static UNumberFormat *open_number(enum locale l, UNumberFormatStyle style, int decimals)
{
        UErrorCode e = U_ZERO_ERROR;
        UNumberFormat *f = unum_open(style, NULL, 0, icu_locale(l), NULL, &e);

        must(U_SUCCESS(e));
        unum_setAttribute(f, UNUM_FRACTION_DIGITS, decimals);
        unum_setAttribute(f, UNUM_ROUNDING_MODE, UNUM_ROUND_HALFUP);
        return f;
}

struct text format_number(struct arena *a, enum locale l, double v, int decimals)
{
        struct formats *f = formats();
        int d = decimals < 0 ? 0 : decimals < DECIMALS ? decimals : DECIMALS - 1;

        if (!f->number[l][d])
                f->number[l][d] = open_number(l, UNUM_DECIMAL, d);
        return format_double(a, f->number[l][d], v);
}

struct text format_percent(struct arena *a, enum locale l, double share)
{
        struct formats *f = formats();

        if (!f->percent[l])
                f->percent[l] = open_number(l, UNUM_PERCENT, 0);
        return format_double(a, f->percent[l], share);
}

struct text format_count(struct arena *a, enum locale l, int64_t n)
{
        return n > -1000 && n < 1000 ? text_format(a, "%d", (int)n)
                                     : format_number(a, l, (double)n, 0);
}
