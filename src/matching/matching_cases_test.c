/* Single cases of the solver: known optima, refusals, limits, proofs that bite. */
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

static struct err solve(const struct matching_problem *p, enum matching_objective objective,
                        struct matching_result *r)
{
        struct matching_options o = {.objective = objective};

        return matching_solve(p, &o, arena, r);
}

static struct matching_result must_solve(const struct matching_problem *p,
                                         enum matching_objective objective)
{
        struct matching_result r;

        assert_false(failed(solve(p, objective, &r)));
        return r;
}

/* ---- known optima ---- */

/* n, then n x n costs, as OR-Library writes them. */
static struct matching_problem assignment(const char *path, int64_t sign)
{
        FILE *f = fopen(path, "r");
        int n;

        assert_non_null(f);
        assert_int_equal(fscanf(f, "%d", &n), 1);
        int64_t *cells = arena_array(arena, int64_t, (size_t)n * (size_t)n);
        for (int k = 0; k < n * n; k++) {
                int cost;
                assert_int_equal(fscanf(f, "%d", &cost), 1);
                cells[k] = sign * cost;
        }
        fclose(f);
        return dense(n, n, cells);
}

static void known_optima_are_met(void **state)
{
        struct matching_problem p = assignment("tests/data/assignment/assign100.txt", -1);

        (void)state;
        assert_int_equal(must_solve(&p, MATCHING_TOTAL).total, -769);
        p = assignment("tests/data/assignment/assign100.txt", 1);
        assert_int_equal(must_solve(&p, MATCHING_TOTAL).total, 19735);
}

/* ---- small cases with an answer that can be seen ---- */

static void people_come_before_scores(void **state)
{
        static const int64_t cells[] = {1000000, -5, -7, NO};
        struct matching_problem p = dense(2, 2, cells);
        struct matching_result r = must_solve(&p, MATCHING_TOTAL);

        (void)state;
        assert_int_equal(r.matched, 2);
        assert_int_equal(r.total, -12);
        assert_int_equal(r.lowest, -7);
}

static void empty_problems_have_empty_answers(void **state)
{
        static const int64_t none[] = {NO, NO};
        struct matching_problem p = dense(0, 0, NULL);

        (void)state;
        for (int objective = MATCHING_TOTAL; objective <= MATCHING_STABLE; objective++) {
                p = dense(0, 0, NULL);
                assert_int_equal(must_solve(&p, (enum matching_objective)objective).matched, 0);
                p = dense(2, 0, NULL);
                assert_int_equal(must_solve(&p, (enum matching_objective)objective).unmatched, 2);
                p = dense(0, 2, NULL);
                assert_int_equal(must_solve(&p, (enum matching_objective)objective).unmatched, 0);
                p = dense(2, 1, none);
                assert_int_equal(must_solve(&p, (enum matching_objective)objective).unmatched, 2);
        }
}

static void scores_at_the_ends_of_64_bits(void **state)
{
        static const int64_t fits[] = {INT64_MAX - 9, 5, 3, 4}, too_much[] = {INT64_MAX, NO, NO, 1};
        static const int64_t apart[] = {INT64_MAX, 0, 0, -INT64_MAX};
        struct matching_problem p = dense(2, 2, fits);
        struct matching_result r;

        (void)state;
        assert_int_equal(must_solve(&p, MATCHING_TOTAL).total, INT64_MAX - 5);
        p = dense(2, 2, too_much);
        assert_true(err_is(solve(&p, MATCHING_TOTAL, &r), ERR_LIMIT));
        p = dense(2, 2, apart);
        assert_false(failed(solve(&p, MATCHING_FAIR, &r)));
        assert_int_equal(r.total, 0);
        assert_int_equal(r.lowest, 0);
}

/* ---- contradictions ---- */

static void refuse(const struct matching_problem *p, const char *place)
{
        struct matching_result r;
        struct err e = solve(p, MATCHING_TOTAL, &r);

        assert_true(err_is(e, ERR_INVALID));
        assert_string_equal(e.place, place);
}

static void contradictions_are_refused_with_their_place(void **state)
{
        static const int64_t cells[] = {1, 2, 3, NO};
        struct matching_pair outside = {0, 2}, one = {0, 1}, twice[] = {{0, 0}, {0, 1}},
                             both[] = {{0, 0}, {1, 0}};
        struct matching_pair not_allowed = {1, 1};
        struct matching_problem p = dense(2, 2, cells);
        int32_t places[] = {1, -1};

        (void)state;
        p.locked = &outside, p.n_locked = 1;
        refuse(&p, "mentee 0, mentor 2");
        p.locked = &not_allowed;
        refuse(&p, "mentee 1, mentor 1");
        p.locked = p.forbidden = &one, p.n_forbidden = 1;
        refuse(&p, "mentee 0, mentor 1");
        p.locked = twice, p.n_locked = 2, p.n_forbidden = 0;
        refuse(&p, "mentee 0, mentor 1");
        p.locked = both;
        refuse(&p, "mentee 1, mentor 0");
        p.n_locked = 0, p.places = places;
        refuse(&p, "mentor 1");
}

static void broken_lists_are_refused(void **state)
{
        int64_t row[] = {0, 2}, score[] = {1, 2};
        int32_t mentor[2];
        struct matching_problem p = {
                .mentees = 1, .mentors = 3, .row = row, .mentor = mentor, .score = score};

        (void)state;
        memcpy(mentor, (int32_t[]) {1, 1}, sizeof mentor);
        refuse(&p, "mentee 0, mentor 1");
        memcpy(mentor, (int32_t[]) {2, 0}, sizeof mentor);
        refuse(&p, "mentee 0, mentor 0");
        memcpy(mentor, (int32_t[]) {0, 3}, sizeof mentor);
        refuse(&p, "mentee 0, mentor 3");
        memcpy(mentor, (int32_t[]) {0, 1}, sizeof mentor);
        score[1] = NO;
        refuse(&p, "mentee 0, mentor 1");
}

/* ---- proofs ---- */

static const int64_t four[] = {
        9, 8, 2, 1,
        8, 7, NO, 4,
        9, 9, 1, NO,
        5, 5, NO, NO,
};

static void expect_broken(const struct matching_problem *p, enum matching_objective objective,
                          const struct matching_result *r)
{
        assert_true(err_is(matching_certify(p, objective, r, arena), ERR_BROKEN));
}

static void a_false_result_does_not_pass(void **state)
{
        struct matching_problem p = dense(4, 4, four);
        struct matching_result r = must_solve(&p, MATCHING_TOTAL), bad = r;

        (void)state;
        assert_false(failed(matching_certify(&p, MATCHING_TOTAL, &r, arena)));
        bad.total++;
        expect_broken(&p, MATCHING_TOTAL, &bad);
        bad = r;
        bad.matched--;
        expect_broken(&p, MATCHING_TOTAL, &bad);
        for (int32_t i = 0; i < 4; i++) {
                r.mentee_price[i].score++;
                expect_broken(&p, MATCHING_TOTAL, &r);
                r.mentee_price[i].score -= 2;
                expect_broken(&p, MATCHING_TOTAL, &r);
                r.mentee_price[i].score++;
                r.score_of[i]++;
                expect_broken(&p, MATCHING_TOTAL, &r);
                r.score_of[i]--;
        }
        r.mentor_of[0] = r.mentor_of[1];
        expect_broken(&p, MATCHING_TOTAL, &r);
}

static void a_worse_result_does_not_pass(void **state)
{
        struct matching_problem p = dense(4, 4, four);
        struct matching_result fair = must_solve(&p, MATCHING_FAIR),
                               even = must_solve(&p, MATCHING_LEXIMIN);

        (void)state;
        assert_int_equal(fair.lowest, 2);
        fair.above.mentee[0] = fair.above.mentor[0] = 1;
        for (int32_t i = 0; i < 4; i++)
                fair.above.mentee[i] = 1;
        expect_broken(&p, MATCHING_FAIR, &fair);
        even.steps--;
        expect_broken(&p, MATCHING_LEXIMIN, &even);
        even.steps++;
        even.step[1].mentee_price[0]++;
        expect_broken(&p, MATCHING_LEXIMIN, &even);
}

/* ---- stopping early ---- */

static bool stop_after(void *ctx, const struct matching_progress *p)
{
        int *left = ctx;

        (void)p;
        return (*left)-- > 0;
}

static void stopped_searches_are_valid_and_bounded(void **state)
{
        struct matching_problem p = assignment("tests/data/assignment/assign100.txt", 1);

        (void)state;
        for (int objective = MATCHING_TOTAL; objective <= MATCHING_STABLE; objective++) {
                struct matching_result whole = must_solve(&p, (enum matching_objective)objective),
                                       r;
                for (int after = 0; after < 40; after += 3) {
                        int left = after;
                        struct matching_options o = {
                                .objective = (enum matching_objective)objective,
                                .go_on = stop_after,
                                .go_on_ctx = &left,
                        };
                        assert_false(failed(matching_solve(&p, &o, arena, &r)));
                        if (r.status == MATCHING_OPTIMAL)
                                assert_int_equal(r.total, whole.total);
                        if (objective == MATCHING_TOTAL)
                                assert_true(r.bound.pairs >= whole.matched &&
                                            r.bound.score >= whole.total);
                        assert_true(r.matched > 0 || objective == MATCHING_STABLE);
                }
        }
}

/* ---- a hard shape ---- */

/*
 * A ladder on which each newcomer moves everybody: slow in theory, still a matter of milliseconds.
 */
static void ladders_are_climbed(void **state)
{
        enum { RUNGS = 2000 };
        int64_t *row = arena_array(arena, int64_t, RUNGS + 1),
                *score = arena_array(arena, int64_t, 2 * RUNGS);
        int32_t *mentor = arena_array(arena, int32_t, 2 * RUNGS);
        struct matching_problem p = {
                .mentees = RUNGS, .mentors = RUNGS, .row = row, .mentor = mentor, .score = score};
        int64_t n = 0;

        (void)state;
        for (int32_t i = 0; i < RUNGS; i++) {
                row[i] = n;
                for (int32_t j = i; j < i + 2 && j < RUNGS; j++) {
                        mentor[n] = j;
                        score[n++] = j == i ? 0 : 10;
                }
        }
        row[RUNGS] = n;
        struct matching_result r = must_solve(&p, MATCHING_TOTAL);
        assert_int_equal(r.matched, RUNGS);
        assert_int_equal(r.total, 0);
}

/* ---- groups ---- */

/* Twelve mentors with 4 to 6 places for 60 mentees, as coordinators have them. */
static void groups_are_formed(void **state)
{
        static int32_t cell[60 * 12], places[12], least[12], size[12];
        struct matching_problem p = {.mentees = 60, .mentors = 12, .shape = MATCHING_DENSE, .dense = cell, .stride = 12,
                                     .cell = MATCHING_INT32, .places = places, .least = least};
        struct matching_options o = {.objective = MATCHING_TOTAL};
        struct matching_result r;

        (void)state;
        for (int32_t k = 0; k < 60 * 12; k++)
                cell[k] = (int32_t)((uint32_t)k * 2654435761u >> 12);
        for (int32_t j = 0; j < 12; j++) {
                places[j] = 6;
                least[j] = 4;
        }
        assert_false(failed(matching_solve(&p, &o, arena, &r)));
        assert_int_equal(r.status, MATCHING_OPTIMAL);
        assert_int_equal(r.matched, 60);
        for (int32_t i = 0; i < 60; i++)
                size[r.mentor_of[i]]++;
        for (int32_t j = 0; j < 12; j++)
                assert_true(size[j] == 0 || size[j] >= 4);
}

/* One mentee is locked to mentor 1, who wants two, and nobody else may go there. */
static void a_locked_group_that_stays_too_small_is_refused(void **state)
{
        static const int64_t row[] = {0, 2, 3}, score[] = {5, 5, 5};
        static const int32_t mentor[] = {0, 1, 0}, places[] = {2, 2}, least[] = {0, 2};
        static const struct matching_pair lock = {0, 1};
        struct matching_problem p = {.mentees = 2, .mentors = 2, .row = row, .mentor = mentor, .score = score,
                                     .places = places, .least = least, .locked = &lock, .n_locked = 1};
        struct matching_options o = {.objective = MATCHING_TOTAL};
        struct matching_result r;

        (void)state;
        struct err e = matching_solve(&p, &o, arena, &r);
        assert_true(err_is(e, ERR_INVALID));
        assert_string_equal(e.place, "mentor 1");
        o.objective = MATCHING_STABLE;
        assert_true(err_is(matching_solve(&p, &o, arena, &r), ERR_INVALID));
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
                cmocka_unit_test(known_optima_are_met),
                cmocka_unit_test(people_come_before_scores),
                cmocka_unit_test(empty_problems_have_empty_answers),
                cmocka_unit_test(scores_at_the_ends_of_64_bits),
                cmocka_unit_test(contradictions_are_refused_with_their_place),
                cmocka_unit_test(broken_lists_are_refused),
                cmocka_unit_test(a_false_result_does_not_pass),
                cmocka_unit_test(a_worse_result_does_not_pass),
                cmocka_unit_test(stopped_searches_are_valid_and_bounded),
                cmocka_unit_test(groups_are_formed),
                cmocka_unit_test(a_locked_group_that_stays_too_small_is_refused),
                cmocka_unit_test(ladders_are_climbed),
        };

        return cmocka_run_group_tests_name("matching cases", tests, setup, teardown);
}
