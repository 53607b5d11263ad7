/* Scores, reasons and hard rules on plain values. */
#include "matching/matching_rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define LIST(...)                                                                                  \
        ((struct matching_words) {.p = (const struct text[]) {__VA_ARGS__},                        \
                                  .n = sizeof((const struct text[]) {__VA_ARGS__}) /               \
                                       sizeof(struct text)})

static const struct matching_facts no_facts;

static struct matching_fit fit_with(const struct matching_profile *mentee,
                                    const struct matching_profile *mentor,
                                    const struct matching_facts *facts)
{
        struct matching_fit fit;

        matching_rules_fit(mentee, mentor, facts, &matching_weights_default, &fit);
        return fit;
}

static struct matching_profile person(int64_t id)
{
        return (struct matching_profile) {.person = id};
}

static void nothing_known_is_neutral(void **state)
{
        struct matching_profile a = person(1), b = person(2);
        struct matching_fit fit = fit_with(&a, &b, &no_facts);

        (void)state;
        assert_int_equal(fit.score, MATCHING_ONE / 2);
        assert_int_equal(fit.forbidden, 0);
        assert_true(fit.unknown & MATCHING_MANAGER);
        assert_true(fit.unknown & MATCHING_NO_LANGUAGE);
        assert_int_equal(fit.reason[0].code, MATCHING_BECAUSE_NOTHING);
        for (int k = 0; k < MATCHING_PARTS; k++)
                assert_false(fit.known[k]);
}

static void weights_are_those_of_the_evidence(void **state)
{
        static const int32_t expected[] = {35, 20, 15, 10, 8, 5, 4, 3};

        (void)state;
        for (int k = 0; k < MATCHING_PARTS; k++)
                assert_int_equal(matching_weights_default.part[k], expected[k]);
        assert_int_equal(matching_weights_default.floor_total, 450000);
        assert_int_equal(matching_weights_default.floor_goals, 300000);
}

static void everything_right_is_one(void **state)
{
        struct matching_profile a = person(1), b = person(2);
        struct matching_facts facts = {.wish = 1, .wishes_made = true, .asked = 1};

        (void)state;
        a.wants = a.interests = a.values = b.offers = b.interests = b.values =
                LIST(TEXT("public speaking"));
        a.languages = b.languages = LIST(TEXT("en"));
        a.grade = TEXT("HEO");
        b.grade = TEXT("G7");
        a.function = TEXT("policy");
        b.function = TEXT("security");
        a.week = b.week = (struct matching_utc_week) {.bits = {0xfff}, .known = true};
        struct matching_fit fit = fit_with(&a, &b, &facts);
        assert_int_equal(fit.score, MATCHING_ONE);
        assert_int_equal(fit.forbidden, 0);
        assert_int_equal(fit.reason[0].code, MATCHING_BECAUSE_WANT);
        assert_true(text_is(fit.reason[0].value, "public speaking"));
        assert_int_equal(fit.reason[1].code, MATCHING_BECAUSE_VALUE);
        assert_int_equal(fit.reason[2].code, MATCHING_BECAUSE_INTEREST);
}

static void goals_are_covered_by_weight(void **state)
{
        struct matching_profile a = person(1), b = person(2);
        int32_t weights[] = {3, 1};

        (void)state;
        a.wants = LIST(TEXT("negotiation"), TEXT("writing for ministers"));
        b.offers = LIST(TEXT("negotiation"), TEXT("budgets"));
        assert_int_equal(fit_with(&a, &b, &no_facts).part[MATCHING_GOALS], 500000);
        a.want_weights = weights;
        assert_int_equal(fit_with(&a, &b, &no_facts).part[MATCHING_GOALS], 750000);
        b.offers = LIST(TEXT("clear writing"));
        assert_int_equal(fit_with(&a, &b, &no_facts).part[MATCHING_GOALS], 333333 / 4);
        assert_true(fit_with(&a, &b, &no_facts).forbidden & MATCHING_LOW_GOALS);
        b.offers = (struct matching_words) {0};
        assert_false(fit_with(&a, &b, &no_facts).known[MATCHING_GOALS]);
        assert_int_equal(fit_with(&a, &b, &no_facts).forbidden, 0);
}

static int32_t wish_part(struct matching_facts facts)
{
        struct matching_profile a = person(1), b = person(2);

        return fit_with(&a, &b, &facts).part[MATCHING_WISHES];
}

static void wishes_count_by_rank(void **state)
{
        (void)state;
        assert_int_equal(wish_part((struct matching_facts) {.wish = 1, .wishes_made = true}),
                         1000000);
        assert_int_equal(wish_part((struct matching_facts) {.wish = 5, .wishes_made = true}),
                         400000);
        assert_int_equal(
                wish_part((struct matching_facts) {.wish = 5, .wishes_made = true, .marked = true}),
                700000);
        assert_int_equal(
                wish_part((struct matching_facts) {.wish = 1, .wishes_made = true, .marked = true}),
                1000000);
        assert_int_equal(wish_part((struct matching_facts) {.wishes_made = true}), 300000);
        assert_int_equal(wish_part((struct matching_facts) {.marked = true}), 700000);
        assert_int_equal(wish_part((struct matching_facts) {0}), 500000);
}

static void status_never_is_a_reason(void **state)
{
        struct matching_profile a = person(1), b = person(2);
        struct matching_facts facts = {.wish = 1, .wishes_made = true, .asked = 1};

        (void)state;
        a.grade = TEXT("AO");
        b.grade = TEXT("EO");
        a.function = TEXT("policy");
        b.function = TEXT("law");
        struct matching_fit fit = fit_with(&a, &b, &facts);
        assert_int_equal(fit.part[MATCHING_LEVEL], MATCHING_ONE);
        assert_int_equal(fit.part[MATCHING_FUNCTION], MATCHING_ONE);
        assert_int_equal(fit.reason[0].code, MATCHING_BECAUSE_NOTHING);
}

/* ---- hard rules ---- */

static unsigned forbidden(const struct matching_profile *a, const struct matching_profile *b)
{
        unsigned one = fit_with(a, b, &no_facts).forbidden,
                 other = fit_with(b, a, &no_facts).forbidden;

        assert_int_equal(one & ~(unsigned)MATCHING_LEVEL_GAP,
                         other & ~(unsigned)MATCHING_LEVEL_GAP);
        return one;
}

static void managers_are_kept_apart(void **state)
{
        struct matching_profile a = person(1), b = person(2);

        (void)state;
        a.email = TEXT("a@x");
        b.email = TEXT("b@x");
        a.manager_email = TEXT("b@x");
        assert_int_equal(forbidden(&a, &b), MATCHING_MANAGER);
        b.manager_email = TEXT("c@x");
        a.manager_email = TEXT("c@x");
        assert_int_equal(forbidden(&a, &b), MATCHING_SAME_MANAGER);
        a.manager_email = TEXT("d@x");
        a.managers_manager_email = TEXT("b@x");
        assert_int_equal(forbidden(&a, &b), MATCHING_MANAGERS_MANAGER);
        a.managers_manager_email = TEXT("z@x");
        assert_int_equal(forbidden(&a, &b), 0);
}

static void other_hard_rules_hold(void **state)
{
        struct matching_profile a = person(1), b = person(2);

        (void)state;
        assert_true(forbidden(&a, &a) & MATCHING_SELF);
        a.email = TEXT("a@x");
        b.not_with = LIST(TEXT("q@x"), TEXT("a@x"));
        assert_int_equal(forbidden(&a, &b), MATCHING_NOT_WITH);
        b = person(2);
        a.team = b.team = TEXT("pensions");
        assert_int_equal(forbidden(&a, &b), MATCHING_SAME_TEAM);
        b = person(2);
        a.languages = LIST(TEXT("de"), TEXT("en"));
        b.languages = LIST(TEXT("fr"));
        assert_int_equal(forbidden(&a, &b) & MATCHING_NO_LANGUAGE, MATCHING_NO_LANGUAGE);
        b.languages = LIST(TEXT("fr"), TEXT("en"));
        assert_int_equal(forbidden(&a, &b), 0);
        b.no_consent = true;
        assert_int_equal(forbidden(&a, &b), MATCHING_NO_CONSENT);
}

static void facts_about_the_two_forbid(void **state)
{
        struct matching_profile a = person(1), b = person(2);

        (void)state;
        assert_int_equal(fit_with(&a, &b, &(struct matching_facts) {.paired = true}).forbidden,
                         MATCHING_PAIRED);
        assert_int_equal(fit_with(&a, &b, &(struct matching_facts) {.concern = true}).forbidden,
                         MATCHING_CONCERN);
        assert_int_equal(fit_with(&a, &b, &(struct matching_facts) {.panel = true}).forbidden,
                         MATCHING_PANEL);
}

static void optional_rules_wait_to_be_switched_on(void **state)
{
        struct matching_profile a = person(1), b = person(2);
        struct matching_weights w = matching_weights_default;
        struct matching_fit fit;

        (void)state;
        a.function = b.function = TEXT("policy");
        a.grade = TEXT("EO");
        b.grade = TEXT("EO");
        assert_int_equal(fit_with(&a, &b, &no_facts).forbidden, 0);
        w.different_function = true;
        w.least_level_gap = 1;
        matching_rules_fit(&a, &b, &no_facts, &w, &fit);
        assert_int_equal(fit.forbidden, MATCHING_SAME_FUNCTION | MATCHING_LEVEL_GAP);
}

/* ---- hours ---- */

static struct matching_utc_week week(const char *s, int offset)
{
        struct matching_week w;
        size_t at;

        assert_true(matching_week_parse(text_of(s), &w, &at));
        return matching_week_utc(&w, offset);
}

static void hours_are_compared_in_utc(void **state)
{
        struct matching_utc_week london = week("mon-fri 17:00-20:00; sat 09:00-12:00", 0);
        struct matching_utc_week berlin = week("mon-fri 18:00-21:00", 60),
                                 delhi = week("mon 22:30-24", 330);

        (void)state;
        assert_int_equal(matching_week_common(&london, &london), 2 * 18);
        assert_int_equal(matching_week_common(&london, &berlin), 2 * 15);
        assert_int_equal(matching_week_common(&london, &delhi), 2 * 1);
        struct matching_utc_week late = week("sun 22-02", 0), early = week("mon 00:00-02:00", 0);
        assert_int_equal(matching_week_common(&late, &early), 2 * 2);
        struct matching_utc_week auckland = week("mon 08-10", 780), sunday = week("sun 19-21", 0);
        assert_int_equal(matching_week_common(&auckland, &sunday), 2 * 2);
}

/* Monday 17:00 to 19:00 in London, and in New York at the hours that are the same in summer and winter alike. */
static void hours_are_compared_in_every_season_that_lasts(void **state)
{
        struct matching_span span = {.n = 3, .days = {150, 90, 21}};
        struct matching_profile london = person(1), york = person(2);
        struct matching_week evening, noon;
        size_t at;

        (void)state;
        assert_true(matching_week_parse(TEXT("mon 17:00-19:00"), &evening, &at));
        assert_true(matching_week_parse(TEXT("mon 12:00-14:00"), &noon, &at));
        london.span = york.span = &span;
        london.week = matching_week_utc(&evening, 0);
        york.week = matching_week_utc(&noon, -5 * 60);
        assert_int_equal(matching_rules_common(&london, &york), 4);
        /* Both clocks go forward: still five hours apart. */
        london.shift[1] = york.shift[1] = 2;
        assert_int_equal(matching_rules_common(&london, &york), 4);
        /* Three weeks in which only one has gone forward do not count. */
        york.shift[2] = 2;
        assert_int_equal(matching_rules_common(&london, &york), 4);
        /* Three months do. */
        london.shift[1] = 0;
        assert_int_equal(matching_rules_common(&london, &york), 2);
        assert_int_equal(matching_rules_common(&york, &london), 2);
}

static void weeks_go_round(void **state)
{
        struct matching_utc_week w = {.bits = {1, 0, 0, 0, 0, 0x8000}, .known = true};

        (void)state;
        for (int by = -400; by <= 400; by++) {
                struct matching_utc_week moved = matching_week_later(&w, by), back = matching_week_later(&moved, -by);
                int first = ((by % 336) + 336) % 336;
                assert_true(moved.bits[first / 64] >> (first % 64) & 1);
                assert_int_equal(matching_week_common(&moved, &moved), 2);
                assert_memory_equal(back.bits, w.bits, sizeof w.bits);
        }
}

static void the_better_of_grades_and_years_counts(void **state)
{
        struct matching_profile a = person(1), b = person(2);

        (void)state;
        a.grade = b.grade = TEXT("G7");
        a.years = 3;
        b.years = 8;
        assert_int_equal(fit_with(&a, &b, &no_facts).part[MATCHING_LEVEL], MATCHING_ONE);
        b.years = 1;
        assert_int_equal(fit_with(&a, &b, &no_facts).part[MATCHING_LEVEL], MATCHING_ONE / 2);
}

static void unreadable_hours_are_refused(void **state)
{
        static const char *const bad[] = {"funday 9-10", "mon",        "mon 9",     "mon 9-",
                                          "mon 25-26",   "mon 9:7-10", "mon 9-10 x"};
        struct matching_week w;
        size_t at;

        (void)state;
        for (size_t k = 0; k < sizeof bad / sizeof *bad; k++)
                assert_false(matching_week_parse(text_of(bad[k]), &w, &at));
        assert_true(matching_week_parse(TEXT("  "), &w, &at));
        assert_false(w.known);
}

static void far_zones_need_hours_in_common(void **state)
{
        struct matching_profile a = person(1), b = person(2);

        (void)state;
        a.zone_known = b.zone_known = true;
        b.offset_minutes = 4 * 60;
        assert_int_equal(forbidden(&a, &b), 0);
        b.offset_minutes = 9 * 60;
        assert_int_equal(forbidden(&a, &b), MATCHING_NO_HOURS);
        a.week = week("mon-thu 9-10", 0);
        b.week = week("mon-thu 18-19", 540);
        assert_int_equal(forbidden(&a, &b), 0);
        b.week = week("mon-wed 18-19", 540);
        assert_int_equal(forbidden(&a, &b), MATCHING_NO_HOURS);
        b.zone_known = false;
        assert_int_equal(forbidden(&a, &b), 0);
}

static void grades_are_steps(void **state)
{
        static const char *const ladder[] = {
                "AA", "ao", "EO", " HEO ", "SEO", "Grade 7", "G6", "SCS1", "scs2", "SCS3", "SCS4",
        };
        int step;

        (void)state;
        for (size_t k = 0; k < sizeof ladder / sizeof *ladder; k++) {
                assert_true(matching_grade(text_of(ladder[k]), &step));
                assert_int_equal(step, (int)k + 1);
        }
        assert_true(matching_grade(TEXT("14"), &step));
        assert_int_equal(step, 14);
        assert_false(matching_grade(TEXT("Band A"), &step));
        assert_false(matching_grade(TEXT_ABSENT, &step));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(nothing_known_is_neutral),
                cmocka_unit_test(weights_are_those_of_the_evidence),
                cmocka_unit_test(everything_right_is_one),
                cmocka_unit_test(goals_are_covered_by_weight),
                cmocka_unit_test(wishes_count_by_rank),
                cmocka_unit_test(status_never_is_a_reason),
                cmocka_unit_test(managers_are_kept_apart),
                cmocka_unit_test(other_hard_rules_hold),
                cmocka_unit_test(facts_about_the_two_forbid),
                cmocka_unit_test(optional_rules_wait_to_be_switched_on),
                cmocka_unit_test(hours_are_compared_in_utc),
                cmocka_unit_test(hours_are_compared_in_every_season_that_lasts),
                cmocka_unit_test(weeks_go_round),
                cmocka_unit_test(the_better_of_grades_and_years_counts),
                cmocka_unit_test(unreadable_hours_are_refused),
                cmocka_unit_test(far_zones_need_hours_in_common),
                cmocka_unit_test(grades_are_steps),
        };

        return cmocka_run_group_tests_name("matching rules", tests, NULL, NULL);
}
