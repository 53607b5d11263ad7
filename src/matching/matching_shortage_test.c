/* Who is left out, and of what there is too little. */
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
                cmocka_unit_test(shortages_name_the_people_and_the_places),
        };

        return cmocka_run_group_tests_name("matching shortages", tests, setup, teardown);
}
