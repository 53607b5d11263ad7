/* What recruiting/ decides on plain values. */
#include "recruiting/recruiting_rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct arena *a;

static int begin(void **state)
{
        (void)state;
        a = arena_new(1 << 20);
        return 0;
}

static int end(void **state)
{
        (void)state;
        arena_free(a);
        return 0;
}

static void the_door(void **state)
{
        struct recruiting_door_facts f = {.gate_passed = true, .taking = TEXT("dates"), .today = 100, .opens_day = 90,
                                          .closes_day = 110, .mentees = 3, .size = 10};

        (void)state;
        assert_int_equal(recruiting_door_of(&f), DOOR_OPEN);
        f.today = 110;
        assert_int_equal(recruiting_door_of(&f), DOOR_OPEN);
        f.today = 111;
        assert_int_equal(recruiting_door_of(&f), DOOR_CLOSED);
        f.taking = TEXT("open");        /* before the plan's first day, never after the last */
        assert_int_equal(recruiting_door_of(&f), DOOR_CLOSED);
        f.closes_day = 200;             /* for late joiners */
        assert_int_equal(recruiting_door_of(&f), DOOR_OPEN);
        f.mentees = 10;
        assert_int_equal(recruiting_door_of(&f), DOOR_FULL);
        f.gate_passed = false;
        assert_int_equal(recruiting_door_of(&f), DOOR_SOON);
        f.taking = TEXT("closed");
        assert_int_equal(recruiting_door_of(&f), DOOR_CLOSED);
        f = (struct recruiting_door_facts) {.gate_passed = true, .taking = TEXT("dates"), .today = 80, .opens_day = 90,
                                            .closes_day = 110, .size = 10};
        assert_int_equal(recruiting_door_of(&f), DOOR_SOON);
        f.taking = TEXT("open");
        assert_int_equal(recruiting_door_of(&f), DOOR_OPEN);
        f.over = true;
        assert_int_equal(recruiting_door_of(&f), DOOR_CLOSED);
}

static void addressees(void **state)
{
        static const struct { const char *line, *email, *first, *last; } good[] = {
                {"ana@example.org", "ana@example.org", "Ana", ""},
                {"ana.lima@example.org", "ana.lima@example.org", "Ana", "Lima"},
                {"Ana Lima <ana@example.org>", "ana@example.org", "Ana", "Lima"},
                {"\"Lima, Ana\" <ana@example.org>;", "ana@example.org", "Lima", "Ana"},
                {"ana@example.org Ana de Lima", "ana@example.org", "Ana", "de Lima"},
                {"  <jörg@example.org> Jörg ", "jörg@example.org", "Jörg", ""},
                {"see ana@example.org.", "ana@example.org", "see", ""},
        };
        static const char *const bad[] = {"", "Ana Lima", "@", "@example.org", "ana@", "<>", "a @ b"};
        struct recruiting_addressee to;

        (void)state;
        for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
                assert_true(recruiting_read_addressee(a, text_of(good[i].line), &to));
                assert_string_equal(text_c(a, to.email), good[i].email);
                assert_string_equal(text_c(a, to.first_name), good[i].first);
                assert_string_equal(text_c(a, to.last_name), good[i].last);
        }
        for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
                assert_false(recruiting_read_addressee(a, text_of(bad[i]), &to));
}

/* The same seed, the same order. That b2sum gives it too is shown end to end. */
static void a_draw_can_be_repeated(void **state)
{
        const int64_t id[] = {11, 12, 13, 14, 15};
        size_t one[5], two[5], seen = 0;

        (void)state;
        recruiting_order(a, TEXT("c0ffee"), id, 5, one);
        recruiting_order(a, TEXT("c0ffee"), id, 5, two);
        assert_memory_equal(one, two, sizeof one);
        for (size_t i = 0; i < 5; i++)
                seen |= (size_t)1 << one[i];
        assert_int_equal(seen, 31);
        recruiting_order(a, TEXT("c0ffef"), id, 5, two);
        assert_memory_not_equal(one, two, sizeof one);
}

/* Over many seeds nobody is favoured: each of four comes first about a quarter of the time. */
static void a_draw_is_fair(void **state)
{
        const int64_t id[] = {1, 2, 3, 4};
        size_t place[4];
        int first[4] = {0};

        (void)state;
        for (int i = 0; i < 4000; i++) {
                struct arena_mark mark = arena_mark(a);
                recruiting_order(a, text_format(a, "seed%d", i), id, 4, place);
                first[place[0]]++;
                arena_rewind(a, mark);
        }
        for (int i = 0; i < 4; i++)
                assert_in_range(first[i], 880, 1120);
}

static void skills(void **state)
{
        struct text skill[RECRUITING_SKILLS];

        (void)state;
        recruiting_split(a, TEXT("leading; listening;;  writing "), skill);
        assert_true(text_is(skill[0], "leading") && text_is(skill[1], "listening") && text_is(skill[2], "writing"));
        assert_true(text_is(skill[3], ""));
        assert_true(text_is(recruiting_join(a, skill), "leading\nlistening\nwriting"));
        recruiting_split(a, TEXT("a\nb; c\nd\ne\nf"), skill);
        assert_true(text_is(skill[1], "b; c") && text_is(skill[3], "e, f"));
        recruiting_split(a, TEXT_ABSENT, skill);
        assert_false(recruiting_join(a, skill).p);
}

static void what_is_missing(void **state)
{
        struct recruiting_application p = {.mentee = true, .first_name = TEXT("Ana"), .zone = TEXT("Europe/Lisbon"),
                                           .wants = TEXT("listening"), .goals = TEXT("Calm."), .languages = TEXT("English")};
        const char *field = "", *what = "";

        (void)state;
        assert_int_equal(recruiting_lacks(&p, 0, &field, &what), 0);
        p.mentor = true;
        assert_int_equal(recruiting_lacks(&p, 0, &field, &what), SCREEN_WHAT);
        assert_string_equal(field, "offer1");
        assert_int_equal(recruiting_lacks(&p, SCREEN_YOU, &field, &what), 0);
        p = (struct recruiting_application) {.first_name = TEXT("Ana"), .zone = TEXT("Europe/Lisbon")};
        assert_int_equal(recruiting_lacks(&p, SCREEN_YOU, &field, &what), SCREEN_YOU);
        assert_string_equal(field, "part");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(the_door, begin, end),
                cmocka_unit_test_setup_teardown(addressees, begin, end),
                cmocka_unit_test_setup_teardown(a_draw_can_be_repeated, begin, end),
                cmocka_unit_test_setup_teardown(a_draw_is_fair, begin, end),
                cmocka_unit_test_setup_teardown(skills, begin, end),
                cmocka_unit_test_setup_teardown(what_is_missing, begin, end),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
