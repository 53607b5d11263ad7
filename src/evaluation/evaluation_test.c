#include "evaluation/evaluation_rules.h"
#include "evaluation/evaluation_measure.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define DAYS(n) ((int64_t)(n) * 86400)

/* The cards of a planned end are open for three weeks: who closes in them has not dropped out. */
static void closing_in_the_last_weeks_is_no_early_end(void **state)
{
        const int64_t end = 300 * (int64_t)86400;
        struct evaluation_pair_rows p = {.planned_end = end, .closed_at = {true, end - 7 * 86400}, .end_reason = TEXT("completed")};

        (void)state;
        assert_false(evaluation_ended_early(&p));
        p.end_reason = TEXT("no-contact");
        assert_true(evaluation_ended_early(&p));
        p.end_reason = TEXT("completed");
        p.closed_at.v = end - 40 * 86400;
        assert_true(evaluation_ended_early(&p));
        p.end_reason = TEXT("goals-met");
        assert_false(evaluation_ended_early(&p));
}

static void median_of_odd_and_even(void **state)
{
        double odd[] = {9, 1, 5}, even[] = {4, 1, 3, 2};

        (void)state;
        assert_float_equal(evaluation_median(odd, 3), 5, 1e-9);
        assert_float_equal(evaluation_median(even, 4), 2.5, 1e-9);
}

/* The worked example of Bland and Altman's note on survival probabilities, in small: 5 pairs, two endings, one leaves view. */
static void persistence_counts_only_those_at_risk(void **state)
{
        struct evaluation_span v[] = {{10, true}, {20, false}, {30, true}, {40, false}, {50, false}};

        (void)state;
        assert_float_equal(evaluation_persistence(v, 5, 9), 1, 1e-9);
        assert_float_equal(evaluation_persistence(v, 5, 10), 0.8, 1e-9);
        assert_float_equal(evaluation_persistence(v, 5, 60), 0.8 * 2 / 3, 1e-9);
        assert_float_equal(evaluation_persistence(v, 0, 60), 1, 1e-9);
}

static void a_long_gap_spoils_each_month_it_reaches(void **state)
{
        int64_t contact[] = {DAYS(5), DAYS(15), DAYS(75), DAYS(85)};
        struct evaluation_months m = evaluation_rhythm_months(contact, 4, 0, DAYS(90), 14);

        (void)state;
        assert_int_equal(m.all, 3);
        assert_int_equal(m.good, 1);    /* day 15 to 75: too long from day 36 on, in the second and third month */
}

static void a_pair_without_contact_is_not_in_rhythm(void **state)
{
        struct evaluation_months m = evaluation_rhythm_months(NULL, 0, 0, DAYS(60), 21);

        (void)state;
        assert_int_equal(m.all, 2);
        assert_int_equal(m.good, 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(closing_in_the_last_weeks_is_no_early_end),
                cmocka_unit_test(median_of_odd_and_even),
                cmocka_unit_test(persistence_counts_only_those_at_risk),
                cmocka_unit_test(a_long_gap_spoils_each_month_it_reaches),
                cmocka_unit_test(a_pair_without_contact_is_not_in_rhythm),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
