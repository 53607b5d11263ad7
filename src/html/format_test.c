/* Dates, times and numbers in words, in each language and in zones whose rules changed lately. */
#include "html/format.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <threads.h>

#include <cmocka.h>

static struct arena *arena;

static int setup(void **state) { (void)state; arena = arena_new(1 << 22); return 0; }
static int teardown(void **state) { (void)state; arena_free(arena); return 0; }

static const struct zone *zone(const char *name)
{
        const struct zone *z = zone_find(text_of(name));

        assert_non_null(z);
        return z;
}

static int64_t utc(int year, int month, int day, int hour, int minute)
{
        return day_of(year, month, day) * 86400 + hour * 3600 + minute * 60;
}

static void days(void **state)
{
        int64_t day = day_of(2026, 11, 26);

        (void)state;
        assert_string_equal(format_day(arena, LOCALE_EN, day).p, "26 November");
        assert_string_equal(format_day(arena, LOCALE_DE, day).p, "26. November");
        assert_string_equal(format_day_year(arena, LOCALE_EN, day).p, "26 November 2026");
        assert_string_equal(format_day_year(arena, LOCALE_DE, day).p, "26. November 2026");
        assert_string_equal(format_day_week(arena, LOCALE_EN, day).p, "Thursday 26 November");
        assert_string_equal(format_day_week(arena, LOCALE_DE, day).p, "Donnerstag, 26. November");
        assert_string_equal(format_day_week(arena, LOCALE_PSEUDO, day).p, "Thursday 26 November");
        assert_string_equal(format_day_year(arena, LOCALE_EN, day_of(1969, 12, 31)).p,
                            "31 December 1969");
        assert_string_equal(format_iso_day(arena, day_of(2027, 3, 1)).p, "2027-03-01");
}

static void moments(void **state)
{
        int64_t t = utc(2026, 11, 26, 18, 0);

        (void)state;
        assert_string_equal(format_moment(arena, LOCALE_EN, zone("Europe/Lisbon"), t).p,
                            "Thursday 26 November, 18:00 (Lisbon)");
        assert_string_equal(format_moment(arena, LOCALE_DE, zone("Europe/Lisbon"), t).p,
                            "Donnerstag, 26. November, 18:00 (Lissabon)");
        assert_string_equal(format_moment(arena, LOCALE_EN, zone("Asia/Tokyo"), t).p,
                            "Friday 27 November, 03:00 (Tokyo)");
        assert_string_equal(format_moment(arena, LOCALE_EN, zone("Asia/Kathmandu"), t).p,
                            "Thursday 26 November, 23:45 (Kathmandu)");
        assert_string_equal(format_moment(arena, LOCALE_EN, zone_utc(), t).p,
                            "Thursday 26 November, 18:00 (UTC)");
        assert_string_equal(format_city(arena, LOCALE_EN, zone("America/Argentina/Buenos_Aires")).p,
                            "Buenos Aires");
        assert_string_equal(format_city(arena, LOCALE_DE, zone("America/Mexico_City")).p,
                            "Mexiko-Stadt");
}

/* ICU in Debian 12 still has summer time in Mexico City and UTC+6 in Almaty. */
static void recent_rules(void **state)
{
        (void)state;
        assert_string_equal(
                format_time(arena, LOCALE_EN, zone("America/Mexico_City"), utc(2026, 7, 1, 18, 0))
                        .p,
                "12:00");
        assert_string_equal(
                format_time(arena, LOCALE_EN, zone("Asia/Almaty"), utc(2026, 7, 1, 18, 0)).p,
                "23:00");
        assert_string_equal(format_iso(arena, zone("Asia/Almaty"), utc(2026, 7, 1, 18, 0)).p,
                            "2026-07-01T23:00:00+05:00");
        assert_string_equal(format_iso(arena, zone("America/St_Johns"), utc(2026, 1, 1, 18, 0)).p,
                            "2026-01-01T14:30:00-03:30");
}

static void summer_time(void **state)
{
        const struct zone *z = zone("Europe/Berlin");

        (void)state;
        assert_string_equal(format_time(arena, LOCALE_DE, z, utc(2026, 3, 29, 0, 59)).p, "01:59");
        assert_string_equal(format_time(arena, LOCALE_DE, z, utc(2026, 3, 29, 1, 0)).p, "03:00");
        assert_string_equal(format_time(arena, LOCALE_DE, z, utc(2026, 10, 25, 0, 30)).p, "02:30");
        assert_string_equal(format_time(arena, LOCALE_DE, z, utc(2026, 10, 25, 1, 30)).p, "02:30");
        assert_string_equal(format_iso(arena, z, utc(2026, 10, 25, 1, 30)).p,
                            "2026-10-25T02:30:00+01:00");
}

static const char *ago(enum locale l, int days)
{
        int64_t now = utc(2026, 11, 26, 0, 30);

        return format_ago(arena, l, zone("Europe/Berlin"), now + days * 86400, now).p;
}

static void relative(void **state)
{
        const struct zone *z = zone("America/New_York");

        (void)state;
        assert_string_equal(ago(LOCALE_EN, 0), "today");
        assert_string_equal(ago(LOCALE_EN, -1), "yesterday");
        assert_string_equal(ago(LOCALE_EN, -11), "11 days ago");
        assert_string_equal(ago(LOCALE_EN, 3), "in 3 days");
        assert_string_equal(ago(LOCALE_DE, -1), "gestern");
        assert_string_equal(ago(LOCALE_DE, -11), "vor 11 Tagen");
        assert_string_equal(ago(LOCALE_DE, 3), "in 3 Tagen");
        /* Days are those of the reader's calendar: an hour can lie between yesterday and today. */
        assert_string_equal(
                format_ago(arena, LOCALE_EN, z, utc(2026, 11, 26, 4, 30), utc(2026, 11, 26, 5, 30))
                        .p,
                "yesterday");
        assert_string_equal(
                format_ago(arena, LOCALE_EN, z, utc(2026, 11, 26, 5, 30), utc(2026, 11, 27, 4, 30))
                        .p,
                "today");
}

static void numbers(void **state)
{
        (void)state;
        assert_string_equal(format_number(arena, LOCALE_EN, 1234.56, 1).p, "1,234.6");
        assert_string_equal(format_number(arena, LOCALE_DE, 1234.56, 1).p, "1.234,6");
        assert_string_equal(format_number(arena, LOCALE_EN, 2.5, 0).p, "3");
        assert_string_equal(format_count(arena, LOCALE_EN, 999).p, "999");
        assert_string_equal(format_count(arena, LOCALE_DE, 12345).p, "12.345");
        assert_string_equal(format_percent(arena, LOCALE_EN, 0.873).p, "87%");
        assert_string_equal(format_percent(arena, LOCALE_DE, 0.873).p, "87\u00a0%");
}

static int in_thread(void *p)
{
        struct arena *a = arena_new(1 << 20);

        *(bool *)p = text_is(format_day_week(a, LOCALE_DE, day_of(2026, 11, 26)),
                             "Donnerstag, 26. November");
        arena_free(a);
        return 0;
}

/* Every thread has formatters of its own and closes them. */
static void threads(void **state)
{
        thrd_t t[4];
        bool right[4] = {false};

        (void)state;
        for (int i = 0; i < 4; i++)
                assert_int_equal(thrd_create(&t[i], in_thread, &right[i]), thrd_success);
        for (int i = 0; i < 4; i++) {
                thrd_join(t[i], NULL);
                assert_true(right[i]);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(days),         cmocka_unit_test(moments),
                cmocka_unit_test(recent_rules), cmocka_unit_test(summer_time),
                cmocka_unit_test(relative),     cmocka_unit_test(numbers),
                cmocka_unit_test(threads),
        };

        return cmocka_run_group_tests(tests, setup, teardown);
}
