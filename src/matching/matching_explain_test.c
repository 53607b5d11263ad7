/* Why this mentor, why not that one, why nobody: the answers for coordinators. */
#include "matching/matching_solve.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define NO INT64_MIN

static struct arena *arena;

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

static struct matching_problem dense(int32_t n, int32_t m, const int64_t *cells)
{
        return (struct matching_problem) {
                .mentees = n,
                .mentors = m,
                .shape = MATCHING_DENSE,
                .dense = cells,
                .stride = m,
                .cell = MATCHING_INT64,
        };
}

static struct matching_result must_solve(const struct matching_problem *p,
                                         enum matching_objective objective)
{
        struct matching_options o = {.objective = objective};
        struct matching_result r;

        assert_false(failed(matching_solve(p, &o, arena, &r)));
        return r;
}

static void why_not_is_answered_in_numbers(void **state)
{
        static const int64_t cells[] = {9, 8, 8, 2, NO, 9};
        struct matching_pair no = {2, 1};
        struct matching_problem p = dense(3, 2, cells);
        struct matching_why why;

        (void)state;
        p.forbidden = &no, p.n_forbidden = 1;
        struct matching_result r = must_solve(&p, MATCHING_TOTAL);
        assert_int_equal(r.total, 16);
        assert_false(failed(matching_explain(&p, MATCHING_TOTAL, &r, 0, 1, arena, &why)));
        assert_int_equal(why.because, MATCHING_CHOSEN);
        assert_int_equal(why.choices, 2);
        assert_int_equal(why.better, 1);
        assert_int_equal(why.best, 9);
        assert_false(failed(matching_explain(&p, MATCHING_TOTAL, &r, 0, 0, arena, &why)));
        assert_int_equal(why.because, MATCHING_COSTS);
        assert_int_equal(why.forced.matched, 2);
        assert_int_equal(why.forced.total, 9 + 2);
        assert_int_equal(why.forced.lowest, 2);
        assert_false(failed(matching_explain(&p, MATCHING_TOTAL, &r, 2, 1, arena, &why)));
        assert_int_equal(why.because, MATCHING_FORBIDDEN);
        assert_false(failed(matching_explain(&p, MATCHING_TOTAL, &r, 2, 0, arena, &why)));
        assert_int_equal(why.because, MATCHING_NO_SCORE);
        assert_false(
                failed(matching_explain(&p, MATCHING_TOTAL, &r, 2, MATCHING_NOBODY, arena, &why)));
        assert_int_equal(why.because, MATCHING_NO_SCORE);
        assert_false(
                failed(matching_explain(&p, MATCHING_TOTAL, &r, 1, MATCHING_NOBODY, arena, &why)));
        assert_int_equal(why.because, MATCHING_COSTS);
        assert_int_equal(why.forced.matched, 1);
        assert_int_equal(why.forced.total, 9);
}

static void a_tie_is_called_a_tie(void **state)
{
        static const int64_t cells[] = {3, 3, 3, 3};
        struct matching_problem p = dense(2, 2, cells);
        struct matching_result r = must_solve(&p, MATCHING_FAIR);
        struct matching_why why;

        (void)state;
        assert_false(failed(
                matching_explain(&p, MATCHING_FAIR, &r, 0, 1 - r.mentor_of[0], arena, &why)));
        assert_int_equal(why.because, MATCHING_EQUAL);
}

static void shortages_name_the_people_and_the_places(void **state)
{
        /*
         * Mentees 0 to 3 want mentors 0 and 1 only; 4 and 5 are fine with mentor 2; 6 has nobody.
         */
        static const int64_t cells[] = {
                1, 2, NO, 3, 4, NO, 5, NO, NO, NO, 6, NO, NO, NO, 7, NO, NO, 8, NO, NO, NO,
        };
        struct matching_problem p = dense(7, 3, cells);
        struct matching_shortage s;
        int32_t places[] = {1, 1, 2};

        (void)state;
        p.places = places;
        struct matching_result r = must_solve(&p, MATCHING_TOTAL);
        assert_int_equal(r.unmatched, 3);
        assert_false(failed(matching_shortage(&p, &r, arena, &s)));
        assert_int_equal(s.n, 2);
        assert_int_equal(s.block[0].mentees, 4);
        assert_int_equal(s.block[0].mentors, 2);
        assert_int_equal(s.block[0].places, 2);
        assert_int_equal(s.block[0].short_by, 2);
        assert_int_equal(s.block[0].mentee[3], 3);
        assert_int_equal(s.block[0].mentor[1], 1);
        assert_int_equal(s.block[1].mentees, 1);
        assert_int_equal(s.block[1].mentors, 0);
        assert_int_equal(s.block[1].mentee[0], 6);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(why_not_is_answered_in_numbers),
                cmocka_unit_test(a_tie_is_called_a_tie),
                cmocka_unit_test(shortages_name_the_people_and_the_places),
        };

        return cmocka_run_group_tests_name("matching explanations", tests, setup, teardown);
}
