/*
 * Random small problems of every kind against brute force.  A few thousand in ./check; for a long
 * night: TELEMACHUS_RANDOM=1000000 build/test/matching/matching_random_test
 */
#include "matching/test/offered.h"
#include "matching/test/small.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct arena *arena;

static int setup(void **state)
{
        (void)state;
        arena = arena_new((size_t)1 << 30);
        return 0;
}

static int teardown(void **state)
{
        (void)state;
        arena_free(arena);
        return 0;
}

static struct err solve(const struct matching_problem *p, enum matching_objective objective,
                        int threads, struct matching_result *r)
{
        struct matching_options o = {.objective = objective, .threads = threads};

        return matching_solve(p, &o, arena, r);
}

/* Scores so far apart that prices or sums need more than 64 bits may be refused, others not. */
static bool may_be_refused(const struct small *s, enum matching_objective objective, struct err e)
{
        bool known = !OFFERED_HUGE_FAIR && objective == MATCHING_FAIR && err_is(e, ERR_BROKEN);

        return s->huge && (err_is(e, ERR_LIMIT) || known);
}

static void tell(uint64_t number, enum matching_objective objective, enum small_form form,
                 struct err e)
{
        print_error("problem %llu, objective %d, form %d: %s (%s) %s\n",
                    (unsigned long long)number, objective, form, e.what ? e.what : "",
                    e.place ? e.place : "", e.detail ? e.detail : "");
}

/* ---- one problem ---- */

static void same_with_two_threads(const struct small *s, enum matching_objective objective,
                                  const struct matching_result *one)
{
        struct matching_result two;

        assert_false(failed(solve(&s->p, objective, 2, &two)));
        assert_int_equal(one->total, two.total);
        assert_memory_equal(one->mentor_of, two.mentor_of,
                            (size_t)s->p.mentees * sizeof *two.mentor_of);
}

static void check_objective(const struct small *s, uint64_t number,
                            enum matching_objective objective, enum small_form form)
{
        struct matching_result r;
        struct err e = solve(&s->p, objective, 1, &r);

        if (may_be_refused(s, objective, e))
                return;
        if (!failed(e))
                e = matching_certify(&s->p, objective, &r, arena);
        if (failed(e) || r.status != MATCHING_OPTIMAL || !small_is_true(s, objective, &r)) {
                tell(number, objective, form, e);
                fail();
        }
        same_with_two_threads(s, objective, &r);
}

static void check_forms(struct small *s, uint64_t number)
{
        for (int form = 0; form < SMALL_FORMS; form++) {
                /* sparse always, of the others one that suits */
                if (form != SMALL_SPARSE && (number + (uint64_t)form) % 3)
                        continue;
                if (!small_take_form(s, (enum small_form)form))
                        continue;
                for (int objective = MATCHING_TOTAL; objective <= MATCHING_STABLE; objective++)
                        check_objective(s, number, (enum matching_objective)objective,
                                        (enum small_form)form);
        }
}

static void random_problems_are_solved_exactly(void **state)
{
        static struct small s;

        (void)state;
        for (uint64_t k = 0, n = small_count(4000); k < n; k++) {
                small_problem(&s, k);
                check_forms(&s, k);
                arena_reset(arena);
        }
}

static void sums_beyond_64_bits_are_refused(void **state)
{
        static struct small s;
        struct matching_result r;

        (void)state;
        for (uint64_t k = 0, n = small_count(4000); k < n; k++) {
                small_problem(&s, k);
                struct small_best best = small_brute(&s, MATCHING_TOTAL);
                if (!s.huge || (best.worth >= INT64_MIN && best.worth <= INT64_MAX))
                        continue;
                assert_true(err_is(solve(&s.p, MATCHING_TOTAL, 1, &r), ERR_LIMIT));
                arena_reset(arena);
        }
}

static void stability_by_the_likes_of_both(void **state)
{
        static struct small s;

        (void)state;
        for (uint64_t k = 0, n = small_count(4000); k < n; k++) {
                small_problem(&s, k);
                small_likes(&s);
                check_objective(&s, k, MATCHING_STABLE, SMALL_SPARSE);
                arena_reset(arena);
        }
}

/* ---- searches that are ended early ---- */

static bool some_more(void *left, const struct matching_progress *p)
{
        (void)p;
        return (*(int *)left)-- > 0;
}

static void check_stopped(const struct small *s, enum matching_objective objective)
{
        int left = small_below(8);
        struct matching_options o = {.objective = objective, .go_on = some_more, .go_on_ctx = &left};
        struct matching_result r;
        struct err e = matching_solve(&s->p, &o, arena, &r);
        struct small_best best = small_brute(s, MATCHING_TOTAL);

        if (may_be_refused(s, objective, e))
                return;
        assert_false(failed(e));
        assert_false(failed(matching_certify(&s->p, objective, &r, arena)));
        assert_true(small_is_true(s, objective, &r));
        if (objective == MATCHING_TOTAL)
                assert_true(r.bound.pairs > best.matched ||
                            (r.bound.pairs == best.matched && r.bound.score >= best.worth));
}

static void stopped_searches_are_valid_and_bounded(void **state)
{
        static struct small s;

        (void)state;
        for (uint64_t k = 0, n = small_count(4000); k < n; k++) {
                small_problem(&s, k + 500000);
                for (int objective = MATCHING_TOTAL; objective <= MATCHING_STABLE; objective++)
                        check_stopped(&s, (enum matching_objective)objective);
                arena_reset(arena);
        }
}

/* ---- what the solver is to offer ---- */

static void announced_pairs_stay_if_nothing_is_worth_more(void **state)
{
        static struct small s;

        (void)state;
        if (!OFFERED_ANNOUNCED)
                skip();
        for (uint64_t k = 0, n = small_count(4000); k < n; k++) {
                small_problem(&s, k);
                small_announce(&s);
                for (int form = 0; form < SMALL_FORMS; form++) {
                        if (!small_take_form(&s, (enum small_form)form))
                                continue;
                        check_objective(&s, k, MATCHING_TOTAL, (enum small_form)form);
                        if (s.p.keep != MATCHING_KEEP_ALL)
                                check_objective(&s, k, MATCHING_FAIR, (enum small_form)form);
                }
                arena_reset(arena);
        }
}

static void groups_are_large_enough_or_closed(void **state)
{
        static struct small s;
        struct matching_result r;

        (void)state;
        if (!OFFERED_GROUPS)
                skip();
        for (uint64_t k = 0, n = small_count(4000); k < n; k++) {
                small_problem(&s, k);
                small_groups(&s);
                if (k % 3 == 0)
                        small_announce(&s);
                if (small_brute(&s, MATCHING_TOTAL).possible)
                        check_objective(&s, k, MATCHING_TOTAL, SMALL_SPARSE);
                else
                        assert_true(failed(solve(&s.p, MATCHING_TOTAL, 1, &r)));
                arena_reset(arena);
        }
}

static void blocking_pairs_are_found(void **state)
{
        (void)state;
#if OFFERED_BLOCKING
        static struct small s;
        struct matching_result r;
        struct matching_blocking b;

        for (uint64_t k = 0, n = small_count(4000); k < n; k++) {
                small_problem(&s, k);
                if (k % 2)
                        small_likes(&s);
                struct err e = solve(&s.p, MATCHING_TOTAL, 1, &r);
                if (!may_be_refused(&s, MATCHING_TOTAL, e)) {
                        assert_false(failed(matching_blocking(&s.p, &r, 3, arena, &b)));
                        assert_int_equal(b.n, small_blocking(&s, &r));
                        assert_int_equal(b.listed, b.n < 3 ? b.n : 3);
                }
                arena_reset(arena);
        }
#else
        skip();
#endif
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(random_problems_are_solved_exactly),
                cmocka_unit_test(sums_beyond_64_bits_are_refused),
                cmocka_unit_test(stability_by_the_likes_of_both),
                cmocka_unit_test(stopped_searches_are_valid_and_bounded),
                cmocka_unit_test(announced_pairs_stay_if_nothing_is_worth_more),
                cmocka_unit_test(groups_are_large_enough_or_closed),
                cmocka_unit_test(blocking_pairs_are_found),
        };

        return cmocka_run_group_tests_name("matching, at random", tests, setup, teardown);
}
