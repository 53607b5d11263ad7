/* Skills: reading the list, other words, what is broader. */
#include "matching/matching_skills.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static int set_up(void **state)
{
        *state = arena_new((size_t)64 << 20);
        return 0;
}

static int tear_down(void **state)
{
        arena_free(*state);
        return 0;
}

static struct matching_skills shipped(struct arena *a)
{
        struct matching_skills s;

        assert_false(failed(matching_skills_load(a, NULL, &s)));
        return s;
}

static int32_t meets(struct arena *a, const struct matching_skills *s, const char *wish, const char *offer)
{
        struct matching_skill_path w = matching_skills_path(s, matching_skills_find(s, a, text_of(wish)));
        struct matching_skill_path o = matching_skills_path(s, matching_skills_find(s, a, text_of(offer)));

        return matching_rules_meets(text_fold(a, text_of(wish)), &w, text_fold(a, text_of(offer)), &o);
}

static void the_list_that_ships_is_whole(void **state)
{
        struct matching_skills s = shipped(*state);
        int families = 0;

        assert_in_range(s.n, 150, 400);
        for (int32_t k = 0; k < s.n; k++) {
                families += s.row[k].broader < 0;
                assert_true(s.row[k].name[0].n > 0);
                assert_true(s.row[k].name[1].n > 0);
                assert_int_equal(matching_skills_find(&s, *state, s.row[k].name[0]), k);
                assert_int_equal(matching_skills_find(&s, *state, s.row[k].name[1]), k);
        }
        assert_in_range(families, 8, 20);
}

static void other_words_are_the_same_skill(void **state)
{
        struct matching_skills s = shipped(*state);

        assert_int_equal(meets(*state, &s, "Public speaking", "public  speaking"), MATCHING_ONE);
        assert_int_equal(meets(*state, &s, "Rhetoric", "Öffentliches Reden"), MATCHING_ONE);
        assert_int_equal(meets(*state, &s, "offentliches reden", "Speaking in public"), MATCHING_ONE);
        assert_int_equal(meets(*state, &s, "Become better at time-management!", "Zeitmanagement"), MATCHING_ONE);
        assert_int_equal(meets(*state, &s, "c++", "C und C++"), MATCHING_ONE);
}

static void neighbours_count_in_part(void **state)
{
        struct matching_skills s = shipped(*state);

        assert_int_equal(meets(*state, &s, "presenting", "public speaking"), MATCHING_NEXT);
        assert_int_equal(meets(*state, &s, "public speaking", "presenting"), MATCHING_NEXT);
        assert_int_equal(meets(*state, &s, "public speaking", "storytelling"), MATCHING_NEAR);
        assert_int_equal(meets(*state, &s, "public speaking", "communication"), MATCHING_NEAR);
        /* One family is not kin, and a word in common is not the same skill. */
        assert_int_equal(meets(*state, &s, "presenting", "listening"), 0);
        assert_int_equal(meets(*state, &s, "time management", "risk management"), 0);
        /* Words that the list does not know are compared as words. */
        assert_int_equal(meets(*state, &s, "beekeeping for cities", "beekeeping"), MATCHING_ONE / 3);
}

static void an_organisation_adds_its_own(void **state)
{
        struct matching_skills s = shipped(*state);
        int32_t before = s.n;

        assert_false(failed(matching_skills_read(*state, "skills.txt", TEXT(
                "# ours\r\n"
                "Presenting = show and tell\r\n"
                "    The Monday demo | Die Montagsvorführung\r\n"
                "Beekeeping | Imkern = bees\r\n"
                "\tHoney\r\n"), &s)));
        assert_int_equal(s.n, before + 3);
        assert_int_equal(meets(*state, &s, "show and tell", "presentations"), MATCHING_ONE);
        assert_int_equal(meets(*state, &s, "the monday demo", "public speaking"), MATCHING_NEAR);
        assert_int_equal(meets(*state, &s, "bees", "Imkern"), MATCHING_ONE);
        assert_int_equal(meets(*state, &s, "bees", "honey"), MATCHING_NEXT);
}

static void mistakes_name_their_line(void **state)
{
        static const struct { const char *text, *place, *what; } wrong[] = {
                {"A1\n\n    = bb", "f:3", "A skill has no name"},
                {"A1\nB1 = cc,, dd", "f:2", "A word has no letters"},
                {"  A1", "f:1", "This line is indented, but nothing stands above it"},
                {"A1\n B1\n  C1\n   D1", "f:4", "There are more than three levels"},
                {"A1 = xx\nB1 = XX", "f:2", "This word means another skill already"},
                {"A1 | \xff", "f:1", "This line is not UTF-8"},
        };

        for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
                struct matching_skills s = {0};
                struct err e = matching_skills_read(*state, "f", text_of(wrong[i].text), &s);
                assert_int_equal(e.kind, ERR_INVALID);
                assert_string_equal(e.what, wrong[i].what);
                assert_string_equal(e.place, wrong[i].place);
        }
}

static void nothing_is_found_in_an_empty_list(void **state)
{
        struct matching_skills s = {0};

        assert_int_equal(matching_skills_find(&s, *state, TEXT("anything")), -1);
        assert_int_equal(matching_skills_path(&s, -1).id[0], 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(the_list_that_ships_is_whole, set_up, tear_down),
                cmocka_unit_test_setup_teardown(other_words_are_the_same_skill, set_up, tear_down),
                cmocka_unit_test_setup_teardown(neighbours_count_in_part, set_up, tear_down),
                cmocka_unit_test_setup_teardown(an_organisation_adds_its_own, set_up, tear_down),
                cmocka_unit_test_setup_teardown(mistakes_name_their_line, set_up, tear_down),
                cmocka_unit_test_setup_teardown(nothing_is_found_in_an_empty_list, set_up, tear_down),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
