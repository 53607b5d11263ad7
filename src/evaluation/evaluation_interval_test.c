/* Hand-computed and published cases; where one is published the source is named. */
#include "evaluation/evaluation_cells.h"
#include "evaluation/evaluation_interval.h"
#include "os/zone.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void is(struct evaluation_interval i, double low, double high)
{
        assert_true(i.has);
        assert_float_equal(i.low, low, 6e-5);
        assert_float_equal(i.high, high, 6e-5);
}

/* Newcombe (1998), Statistics in Medicine 17:857, table I, method 3 */
static void wilson_gives_what_newcombe_prints(void **state)
{
        (void)state;
        is(evaluation_wilson(81, 263), 0.2553, 0.3662);
        is(evaluation_wilson(15, 148), 0.0624, 0.1605);
        is(evaluation_wilson(0, 20), 0, 0.1611);
        is(evaluation_wilson(1, 29), 0.0061, 0.1718);
        assert_false(evaluation_wilson(0, 0).has);
}

/* Newcombe (1998), Statistics in Medicine 17:873, table II, method 10 */
static void newcombe_gives_what_he_prints(void **state)
{
        (void)state;
        is(evaluation_newcombe(56, 70, 48, 80), 0.0524, 0.3339);
        is(evaluation_newcombe(9, 10, 3, 10), 0.1705, 0.8090);
        is(evaluation_newcombe(10, 10, 0, 10), 0.6075, 1);
        assert_false(evaluation_newcombe(1, 2, 0, 0).has);
}

static void student_agrees_with_the_tables(void **state)
{
        (void)state;
        assert_float_equal(evaluation_student(1), 12.706, 1e-3);
        assert_float_equal(evaluation_student(4), 2.776, 2e-3);
        assert_float_equal(evaluation_student(9), 2.262, 1e-3);
        assert_float_equal(evaluation_student(30), 2.042, 1e-3);
}

/* 1 to 5: mean 3, deviation 1.5811, error 0.7071, t(4) = 2.776 */
static void a_mean_has_students_interval(void **state)
{
        const double v[] = {1, 2, 3, 4, 5};

        (void)state;
        assert_float_equal(evaluation_mean_interval(v, 5).low, 1.0368, 2e-3);
        assert_float_equal(evaluation_mean_interval(v, 5).high, 4.9632, 2e-3);
        assert_false(evaluation_mean_interval(v, 1).has);
}

/* Six values: outermost ones, 1 - 2/64 = 97 per cent. Ten: second and ninth, 1 - 22/1024. */
static void a_median_lies_between_order_statistics(void **state)
{
        const double v[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};

        (void)state;
        assert_false(evaluation_median_interval(v, 5).has);
        is(evaluation_median_interval(v, 6), 1, 6);
        is(evaluation_median_interval(v, 9), 2, 8);
        is(evaluation_median_interval(v, 10), 2, 9);
}

/* 9 of 15 months; residuals 1.2 -0.8 0.2 1.2 -1.8, squares 6.8; error sqrt(5/4 * 6.8) / 15 = 0.19437; t(4) = 2.776 */
static void months_of_a_pair_hang_together(void **state)
{
        const struct evaluation_cluster c[] = {{3, 3}, {1, 3}, {2, 3}, {3, 3}, {0, 3}}, same[] = {{3, 3}, {2, 2}, {1, 1}};

        (void)state;
        assert_float_equal(evaluation_clustered(c, 5).low, 0.0604, 1e-3);
        assert_float_equal(evaluation_clustered(c, 5).high, 1, 1e-9);
        is(evaluation_clustered(same, 3), evaluation_wilson(3, 3).low, 1);
        assert_false(evaluation_clustered(c, 1).has);
}

/* Five pairs, ends at day 10 and 30, S = 0.8 * 2/3; Greenwood 1/20 + 1/6; log-log scale */
static void persistence_has_greenwoods_interval(void **state)
{
        struct evaluation_span v[] = {{10, true}, {20, false}, {30, true}, {40, false}, {50, false}};
        struct evaluation_span stay[] = {{10, false}, {20, false}, {30, false}, {40, false}, {50, false}};

        (void)state;
        assert_float_equal(evaluation_persistence_interval(v, 5, 60).low, 0.0683, 1e-3);
        assert_float_equal(evaluation_persistence_interval(v, 5, 60).high, 0.8631, 1e-3);
        is(evaluation_persistence_interval(stay, 5, 60), evaluation_wilson(5, 5).low, 1);
        assert_false(evaluation_persistence_interval(v, 0, 60).has);
}

static void small_groups_are_hidden_and_so_is_what_would_tell(void **state)
{
        const int64_t plenty[] = {20, 9, 5}, one[] = {20, 9, 3}, two[] = {20, 2, 2, 7}, enough[] = {20, 4, 3, 0}, tiny[] = {3, 0};
        bool h[4];

        (void)state;
        evaluation_hide(plenty, 3, 5, h);
        assert_false(h[0] || h[1] || h[2]);
        evaluation_hide(one, 3, 5, h);          /* 3 could be told from the total: the 9 goes too */
        assert_true(h[2] && h[1] && !h[0]);
        evaluation_hide(two, 4, 5, h);          /* 2 + 2 is still less than five */
        assert_true(h[1] && h[2] && h[3] && !h[0]);
        evaluation_hide(enough, 4, 5, h);       /* 4 + 3 hide each other; nobody is no group */
        assert_true(h[1] && h[2] && !h[0] && !h[3]);
        evaluation_hide(tiny, 2, 5, h);
        assert_true(h[0] && !h[1]);
}

static void shares_of_few_are_blunt(void **state)
{
        (void)state;
        assert_float_equal(evaluation_blunt(7.0 / 12, 12), 0.6, 1e-9);
        assert_float_equal(evaluation_blunt(7.0 / 20, 20), 0.35, 1e-9);
        assert_float_equal(evaluation_blunt(7.0 / 21, 21), 7.0 / 21, 1e-9);
}

/* 23 November 2026 is a Monday. */
static void working_days_leave_weekends_out(void **state)
{
        const int64_t monday = day_of(2026, 11, 23);

        (void)state;
        assert_int_equal(evaluation_working_days(monday, monday), 0);
        assert_int_equal(evaluation_working_days(monday, monday + 2), 2);
        assert_int_equal(evaluation_working_days(monday + 4, monday + 7), 1);   /* Friday to Monday */
        assert_int_equal(evaluation_working_days(monday, monday + 16), 12);
        assert_int_equal(evaluation_working_days(monday, monday - 3), 0);
}

static void the_letter_has_its_day_of_the_month(void **state)
{
        (void)state;
        assert_int_equal(evaluation_month_day(day_of(2026, 11, 23), 23), day_of(2026, 11, 23));
        assert_int_equal(evaluation_month_day(day_of(2026, 11, 24), 23), day_of(2026, 12, 23));
        assert_int_equal(evaluation_month_day(day_of(2026, 12, 24), 5), day_of(2027, 1, 5));
        assert_int_equal(evaluation_weekday_after(day_of(2026, 11, 28)), day_of(2026, 11, 30));
        assert_int_equal(evaluation_weekday_after(day_of(2026, 11, 29)), day_of(2026, 11, 30));
        assert_int_equal(evaluation_weekday_after(day_of(2026, 11, 27)), day_of(2026, 11, 27));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(wilson_gives_what_newcombe_prints),
                cmocka_unit_test(newcombe_gives_what_he_prints),
                cmocka_unit_test(student_agrees_with_the_tables),
                cmocka_unit_test(a_mean_has_students_interval),
                cmocka_unit_test(a_median_lies_between_order_statistics),
                cmocka_unit_test(months_of_a_pair_hang_together),
                cmocka_unit_test(persistence_has_greenwoods_interval),
                cmocka_unit_test(small_groups_are_hidden_and_so_is_what_would_tell),
                cmocka_unit_test(shares_of_few_are_blunt),
                cmocka_unit_test(working_days_leave_weekends_out),
                cmocka_unit_test(the_letter_has_its_day_of_the_month),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
