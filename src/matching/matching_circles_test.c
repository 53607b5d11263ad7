/* Forming circles on plain people: sizes, what is forbidden, what is alike, and always the same answer. */
#include "matching/matching_circles_parts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

enum { MOST = 700 };

static struct arena *arena;
static struct matching_profile p[MOST];
static struct text word[MOST][4];

static int setup(void **state)
{
        (void)state;
        arena = arena_new((size_t)1 << 28);
        return 0;
}

static int teardown(void **state)
{
        (void)state;
        arena_free(arena);
        return 0;
}

static struct matching_words one(int i, int k, const char *text)
{
        word[i][k] = text_of(text);
        return (struct matching_words) {.p = &word[i][k], .n = 1};
}

static struct matching_utc_week week(const char *hours)
{
        struct matching_week w;
        size_t at;

        assert_true(matching_week_parse(text_of(hours), &w, &at));
        return matching_week_utc(&w, 0);
}

/* n people in turn from these wants; all speak English and have the same evenings. */
static void people(int n, const char *const *wants, int kinds)
{
        arena_reset(arena);
        for (int i = 0; i < n; i++)
                p[i] = (struct matching_profile) {.person = i + 1, .email = text_format(arena, "p%d@example.org", i),
                                                  .wants = one(i, 0, wants[i % kinds]), .interests = one(i, 1, "chess"),
                                                  .languages = one(i, 2, "en"), .week = week("mon-fri 17:00-20:00")};
}

static const char *const wants[] = {"leading a team", "finance", "speaking in public"};

static struct matching_circles form(int n, bool mixed)
{
        struct matching_circles c;
        struct err e = matching_form_circles(p, n, mixed, arena, &c);

        if (failed(e))
                print_error("%s (%s)\n", e.what, e.place ? e.place : "");
        assert_false(failed(e));
        return c;
}

static int size_of(const struct matching_circles *c, int n, int k)
{
        int size = 0;

        for (int i = 0; i < n; i++)
                size += c->circle[i] == k;
        return size;
}

static void every_number_of_people_finds_its_circles(void **state)
{
        struct matching_circles c;

        (void)state;
        people(3, wants, 3);
        assert_int_equal(matching_form_circles(p, 3, false, arena, &c).kind, ERR_CONFLICT);
        for (int n = 4; n <= 40; n++) {
                people(n, wants, 3);
                c = form(n, false);
                int all = 0;
                for (int k = 0; k < c.n; k++) {
                        assert_in_range(size_of(&c, n, k), n == 7 ? 3 : 4, 6);
                        all += size_of(&c, n, k);
                }
                assert_int_equal(all, n);
        }
}

static void those_who_want_the_same_come_together(void **state)
{
        (void)state;
        people(15, wants, 3);
        struct matching_circles c = form(15, false);
        assert_int_equal(c.n, 3);
        for (int i = 0; i < 15; i++)
                assert_int_equal(c.circle[i], c.circle[i % 3]);
}

static void the_same_people_give_the_same_circles(void **state)
{
        (void)state;
        people(31, wants, 2);
        struct matching_circles a = form(31, false), b = form(31, false);
        assert_int_equal(a.n, b.n);
        assert_memory_equal(a.circle, b.circle, 31 * sizeof *a.circle);
}

static void a_team_a_language_and_a_private_wish_are_respected(void **state)
{
        static struct text key;

        (void)state;
        people(24, wants, 3);
        for (int i = 0; i < 24; i++)
                p[i].team = text_format(arena, "team %d", i % 12);
        for (int i = 16; i < 24; i++)
                p[i].languages = one(i, 2, "de");
        key = p[1].email;
        p[0].not_with = (struct matching_words) {.p = &key, .n = 1};
        struct matching_circles c = form(24, false);
        for (int i = 0; i < 24; i++)
                for (int j = 0; j < i; j++)
                        if (c.circle[i] >= 0 && c.circle[i] == c.circle[j])
                                assert_int_equal(matching_circle_clash(&p[i], &p[j]), 0);
        for (int i = 0; i < 24; i++)
                assert_true(c.circle[i] >= 0);
}

static void nobody_sits_in_a_circle_without_common_hours(void **state)
{
        (void)state;
        people(12, wants, 1);
        for (int i = 0; i < 6; i++)
                p[i].week = week("mon-fri 08:00-10:00");
        p[11].week = week("sun 03:00-04:00");
        struct matching_circles c = form(12, false);
        for (int k = 0; k < c.n; k++) {
                struct matching_utc_week all = {.known = false};
                for (int i = 0; i < 12; i++)
                        if (c.circle[i] == k)
                                matching_week_both(&all, &p[i].week);
                assert_true(matching_week_enough(&all));
        }
        assert_int_equal(c.circle[11], -1);
        assert_int_equal(c.circle[0], c.circle[5]);
        assert_int_not_equal(c.circle[0], c.circle[6]);
}

static int same_field(const struct matching_circles *c, int n)
{
        int same = 0;

        for (int i = 0; i < n; i++)
                for (int j = 0; j < i; j++)
                        same += c->circle[i] >= 0 && c->circle[i] == c->circle[j] && text_equal(p[i].function, p[j].function);
        return same;
}

static void three_hundred_take_a_moment(void **state)
{
        (void)state;
        people(300, wants, 3);
        for (int i = 0; i < 300; i++) {
                p[i].team = text_format(arena, "team %d", i % 40);
                p[i].week = week(i % 4 ? "mon-fri 17:00-20:00" : "mon-fri 07:00-09:00");
        }
        struct matching_circles c = form(300, false);
        for (int i = 0; i < 300; i++)
                assert_true(c.circle[i] >= 0);
        assert_in_range(c.n, 50, 75);
}

/* More than are weighed against each other at once: in parts, by the same rules, and the same each time. */
static void seven_hundred_are_taken_in_parts(void **state)
{
        (void)state;
        people(700, wants, 3);
        for (int i = 0; i < 700; i++)
                p[i].week = week(i % 3 ? "mon-fri 17:00-20:00" : "mon-fri 07:00-09:00");
        struct matching_circles c = form(700, false), again;
        for (int k = 0; k < c.n; k++)
                assert_in_range(size_of(&c, 700, k), 4, 6);
        for (int i = 0; i < 700; i++)
                assert_in_range(c.circle[i], 0, c.n - 1);
        again = form(700, false);
        assert_memory_equal(c.circle, again.circle, 700 * sizeof *c.circle);
}

static void mixed_brings_different_fields_together(void **state)
{
        (void)state;
        people(20, wants, 1);
        for (int i = 0; i < 20; i++)
                p[i].function = text_format(arena, "field %d", i / 4);
        struct matching_circles c = form(20, true);
        assert_int_equal(same_field(&c, 20), 0);
}

static void nothing_known_still_makes_circles(void **state)
{
        (void)state;
        for (int i = 0; i < 10; i++)
                p[i] = (struct matching_profile) {.person = i + 1};
        struct matching_circles c = form(10, false);
        assert_int_equal(c.n, 2);
}

static void the_next_hour_is_one_in_which_all_are_free(void **state)
{
        const int64_t day = 86400, monday = 4 * day;    /* 5 January 1970 */
        struct matching_utc_week w = week("tue 18:00-19:00"), none = week("tue 18:00-19:00");

        (void)state;
        none.bits[0] = none.bits[1] = none.bits[2] = none.bits[3] = none.bits[4] = none.bits[5] = 0;
        assert_int_equal(matching_week_next(&w, monday).v, monday + day + 18 * 3600);
        assert_int_equal(matching_week_next(&w, monday + day + 18 * 3600 + 1).v, monday + 8 * day + 18 * 3600);
        assert_false(matching_week_next(&none, monday).has);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(every_number_of_people_finds_its_circles),
                cmocka_unit_test(those_who_want_the_same_come_together),
                cmocka_unit_test(the_same_people_give_the_same_circles),
                cmocka_unit_test(a_team_a_language_and_a_private_wish_are_respected),
                cmocka_unit_test(nobody_sits_in_a_circle_without_common_hours),
                cmocka_unit_test(three_hundred_take_a_moment), cmocka_unit_test(seven_hundred_are_taken_in_parts),
                cmocka_unit_test(mixed_brings_different_fields_together),
                cmocka_unit_test(nothing_known_still_makes_circles),
                cmocka_unit_test(the_next_hour_is_one_in_which_all_are_free),
        };

        return cmocka_run_group_tests_name("matching_circles", tests, setup, teardown);
}
