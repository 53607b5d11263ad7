/* Which sittings a gathering needs: on every day of a year, for zones all over the world. */
#include "base/err.h"
#include "gatherings/gatherings_rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct zone *zone(const char *name)
{
        const struct zone *z = zone_find(text_of(name));

        assert_non_null(z);
        return z;
}

/* ---- waking hours ---- */

static void waking_hours_are_seven_to_ten(void **state)
{
        const struct zone *lisbon = zone("Europe/Lisbon");
        int64_t day = day_of(2026, 6, 2);

        (void)state;
        assert_true(gatherings_awake(lisbon, zone_at(lisbon, day, 7, 0), 60));
        assert_false(gatherings_awake(lisbon, zone_at(lisbon, day, 6, 59), 60));
        assert_true(gatherings_awake(lisbon, zone_at(lisbon, day, 21, 0), 60));
        assert_false(gatherings_awake(lisbon, zone_at(lisbon, day, 21, 1), 60));
        assert_false(gatherings_awake(lisbon, zone_at(lisbon, day, 23, 30), 60));
}

static void more_than_four_hours_apart_want_two_sittings(void **state)
{
        /* 4 h in winter, 3 in summer */
        const struct zone *near[] = {zone("Europe/London"), zone("Asia/Dubai")};
        /* 5 h in winter, 4 in summer */
        const struct zone *far[] = {zone("Europe/London"), zone("Asia/Karachi")};
        int64_t winter = zone_at(zone_utc(), day_of(2026, 1, 13), 12, 0);
        int64_t summer = zone_at(zone_utc(), day_of(2026, 7, 14), 12, 0);

        (void)state;
        assert_int_equal(gatherings_least(near, 2, winter), 1);
        assert_int_equal(gatherings_least(far, 2, winter), 2);
        assert_int_equal(gatherings_least(far, 2, summer), 1);
        assert_int_equal(gatherings_least(far, 0, summer), 1);
}

/* ---- cover ---- */

static const char *const world[] = {"America/Los_Angeles", "America/Sao_Paulo", "Europe/Lisbon",
                                    "Europe/Berlin",       "Africa/Nairobi",    "Asia/Karachi",
                                    "Asia/Kolkata",        "Asia/Tokyo",        "Australia/Sydney",
                                    "Pacific/Auckland",    "America/New_York",  "Asia/Kathmandu"};
enum { WORLD = sizeof world / sizeof world[0] };

static size_t cover(const struct zone *const *zones, size_t n, int64_t day, int64_t *out)
{
        static const int64_t one_each[WORLD] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};

        return gatherings_cover(&(struct gatherings_need) {.staff = zone("Europe/Berlin"),
                                                           .day = day,
                                                           .minutes = 60,
                                                           .zones = zones,
                                                           .people = one_each,
                                                           .n = n},
                                out);
}

static void assert_all_awake(const struct zone *const *zones, size_t n, const int64_t *starts,
                             size_t n_starts)
{
        size_t nearest;

        for (size_t i = 0; i < n; i++)
                assert_true(gatherings_best(zones[i], 60, starts, n_starts, &nearest) < n_starts);
}

static void everybody_on_earth_is_awake_for_one(void **state)
{
        const struct zone *zones[WORLD];
        int64_t out[GATHERINGS_MOST_SITTINGS];

        (void)state;
        for (size_t i = 0; i < WORLD; i++)
                zones[i] = zone(world[i]);
        /* a whole year: every change of the clocks is in it */
        for (int64_t day = day_of(2026, 1, 1); day < day_of(2027, 1, 1); day++) {
                size_t n = cover(zones, WORLD, day, out);
                assert_in_range(n, 2, 3);
                assert_all_awake(zones, WORLD, out, n);
        }
}

static void any_two_of_them_are_awake_too(void **state)
{
        int64_t out[GATHERINGS_MOST_SITTINGS];
        int64_t days[] = {day_of(2026, 3, 29), day_of(2026, 11, 1), day_of(2026, 7, 1)};

        (void)state;
        for (size_t i = 0; i < WORLD * WORLD * 3; i++) {
                const struct zone *zones[] = {zone(world[i % WORLD]),
                                              zone(world[i / WORLD % WORLD])};
                size_t n = cover(zones, 2, days[i / WORLD / WORLD], out);
                assert_in_range(n, 1, 2);
                assert_all_awake(zones, 2, out, n);
        }
}

static void one_continent_gets_one_in_office_hours(void **state)
{
        const struct zone *zones[] = {zone("Europe/Lisbon"), zone("Europe/Berlin"),
                                      zone("Africa/Nairobi")};
        int64_t out[GATHERINGS_MOST_SITTINGS];

        (void)state;
        assert_int_equal(cover(zones, 3, day_of(2026, 10, 6), out), 1);
        struct civil at = zone_civil(zone("Europe/Berlin"), out[0]);
        assert_in_range(at.hour, 9, 15);
}

static void what_was_chosen_stays(void **state)
{
        const struct zone *zones[] = {zone("Asia/Tokyo")};
        int64_t people[] = {4},
                kept[] = {zone_at(zone("Europe/Berlin"), day_of(2026, 10, 6), 18, 0)};
        int64_t out[GATHERINGS_MOST_SITTINGS];
        struct gatherings_need need = {.staff = zone("Europe/Berlin"),
                                       .day = day_of(2026, 10, 6),
                                       .minutes = 60,
                                       .zones = zones,
                                       .people = people,
                                       .n = 1,
                                       .kept = kept,
                                       .n_kept = 1,
                                       .no_more = true};

        (void)state;
        assert_int_equal(gatherings_cover(&need, out), 2); /* 18:00 in Berlin is 01:00 in Tokyo */
        assert_int_equal(out[0], kept[0]);
        assert_true(gatherings_awake(zones[0], out[1], 60));
}

static void hours_are_read(void **state)
{
        int64_t m[3];
        size_t n;

        (void)state;
        assert_true(gatherings_hours(TEXT("09:30, 16:00"), m, 3, &n));
        assert_int_equal(n, 2);
        assert_int_equal(m[0], 570);
        assert_int_equal(m[1], 960);
        assert_true(gatherings_hours(TEXT("  "), m, 3, &n));
        assert_int_equal(n, 0);
        assert_false(gatherings_hours(TEXT("nine"), m, 3, &n));
        assert_false(gatherings_hours(TEXT("24:00"), m, 3, &n));
        assert_false(gatherings_hours(TEXT("9:5"), m, 3, &n));
        assert_false(gatherings_hours(TEXT("09:00, 10:00, 11:00, 12:00"), m, 3, &n));
}

static void who_said_yes_counts_only_when_nobody_was_ticked(void **state)
{
        (void)state;
        assert_true(text_is(gatherings_outcome(TEXT("yes"), TEXT_ABSENT, false), "live"));
        assert_true(text_is(gatherings_outcome(TEXT("yes"), TEXT_ABSENT, true), "missed"));
        assert_true(text_is(gatherings_outcome(TEXT("no"), TEXT_ABSENT, false), "missed"));
        assert_null(gatherings_outcome(TEXT_ABSENT, TEXT_ABSENT, false).p);
        assert_true(text_is(gatherings_outcome(TEXT_ABSENT, TEXT_ABSENT, true), "missed"));
        assert_true(text_is(gatherings_outcome(TEXT("no"), TEXT("recording"), true), "recording"));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(waking_hours_are_seven_to_ten),
                cmocka_unit_test(more_than_four_hours_apart_want_two_sittings),
                cmocka_unit_test(everybody_on_earth_is_awake_for_one),
                cmocka_unit_test(any_two_of_them_are_awake_too),
                cmocka_unit_test(one_continent_gets_one_in_office_hours),
                cmocka_unit_test(what_was_chosen_stays),
                cmocka_unit_test(hours_are_read),
                cmocka_unit_test(who_said_yes_counts_only_when_nobody_was_ticked),
        };

        return cmocka_run_group_tests_name("gatherings_rules", tests, NULL, NULL);
}
