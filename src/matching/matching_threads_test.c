/*
 * Larger problems: the pairs never depend on the number of threads, and shapes that make a search
 * walk in circles are solved as others are.
 */
#include "matching/matching_level.h"
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

struct large {
        struct matching_problem p;
        int32_t *cell, *places;
        int64_t *row, *score;
        int32_t *mentor;
};

static void large_dense(struct large *l, int32_t n, int32_t m, int32_t spread)
{
        *l = (struct large) {0};
        l->cell = arena_array(arena, int32_t, (size_t)n * (size_t)m);
        l->places = arena_array(arena, int32_t, (size_t)m);
        for (int64_t k = 0; k < (int64_t)n * m; k++)
                l->cell[k] = small_below(50) ? small_below(spread) : INT32_MIN;
        for (int32_t j = 0; j < m; j++)
                l->places[j] = small_below(4);
        l->p = (struct matching_problem) {
                .mentees = n, .mentors = m, .shape = MATCHING_DENSE, .dense = l->cell,
                .stride = m, .cell = MATCHING_INT32, .places = l->places};
}

static void large_sparse(struct large *l, int32_t n, int32_t m, int32_t each, int32_t spread)
{
        int64_t k = 0;

        large_dense(l, 0, m, 1);
        l->row = arena_array(arena, int64_t, (size_t)n + 1);
        l->mentor = arena_array(arena, int32_t, (size_t)n * (size_t)each);
        l->score = arena_array(arena, int64_t, (size_t)n * (size_t)each);
        for (int32_t i = 0; i < n; i++) {
                l->row[i] = k;
                for (int32_t j = small_below(2 * m / each); j < m && k < l->row[i] + each;
                     j += 1 + small_below(2 * m / each)) {
                        l->mentor[k] = j;
                        l->score[k++] = small_below(spread);
                }
        }
        l->row[n] = k;
        l->p = (struct matching_problem) {.mentees = n, .mentors = m, .row = l->row,
                                          .mentor = l->mentor, .score = l->score,
                                          .places = l->places};
}

static void same_pairs(const struct matching_problem *p, enum matching_objective objective)
{
        struct matching_result one, two;

        assert_false(failed(solve(p, objective, 1, &one)));
        assert_false(failed(solve(p, objective, 2, &two)));
        assert_int_equal(one.status, MATCHING_OPTIMAL);
        assert_int_equal(two.status, MATCHING_OPTIMAL);
        assert_memory_equal(one.mentor_of, two.mentor_of,
                            (size_t)p->mentees * sizeof *one.mentor_of);
}

static void same_pairs_of_large(enum matching_objective objective, int32_t spread, int32_t smaller)
{
        struct large l;

        large_dense(&l, 600 / smaller, 400 / smaller, spread);
        same_pairs(&l.p, objective);
        large_sparse(&l, 6000 / smaller, 3000 / smaller, 20, spread);
        same_pairs(&l.p, objective);
        arena_reset(arena);
}

static void threads_do_not_change_the_pairs(void **state)
{
        /* few problems are asked for where a tool makes everything slow */
        int32_t slow = small_count(4000) < 1000 ? 3 : 1;
        struct large l;

        (void)state;
        small_seed(7);
        for (int objective = MATCHING_TOTAL; objective <= MATCHING_STABLE; objective++) {
                /* LEXIMIN takes a step for every score that occurs */
                bool even = objective == MATCHING_LEXIMIN;
                same_pairs_of_large((enum matching_objective)objective, 3, (even ? 6 : 2) * slow);
                same_pairs_of_large((enum matching_objective)objective, even ? 20 : 1000000,
                                    (even ? 6 : 2) * slow);
        }
        large_dense(&l, 1200 / slow, 800 / slow, 100);
        same_pairs(&l.p, MATCHING_TOTAL);
        large_sparse(&l, 12000 / slow, 9000 / slow, 20, 100);
        same_pairs(&l.p, MATCHING_TOTAL);
        arena_reset(arena);
}

/* Nor on what the processor can do at once. */
static void levels_do_not_change_the_pairs(void **state)
{
        struct large l;

        (void)state;
        small_seed(8);
        for (int32_t k = 0; k < 6; k++) {
                struct matching_result plain, wide;
                large_dense(&l, 150 + 70 * k, 190 + 30 * k, k % 2 ? 1000000 : 50);
                matching_level_at_most(MATCHING_PLAIN);
                assert_false(failed(solve(&l.p, MATCHING_TOTAL, 1, &plain)));
                for (int level = MATCHING_AVX2; level <= MATCHING_AVX512; level++) {
                        matching_level_at_most((enum matching_level)level);
                        assert_false(failed(solve(&l.p, MATCHING_TOTAL, 1, &wide)));
                        assert_memory_equal(plain.mentor_of, wide.mentor_of, (size_t)l.p.mentees * sizeof *plain.mentor_of);
                }
                arena_reset(arena);
        }
}

/* ---- ladders ---- */

/*
 * Layers of two mentees and two mentors, each joined to both of the next layer: a search that walks
 * back into what it has left takes twice as long with every layer.  One mentee too many at the
 * front, and no free place but at the very end, or nowhere.
 */
static void layered_ladder(struct large *l, int32_t layers, bool open, int32_t spread)
{
        int32_t n = 2 * layers + 1, m = 2 * layers + open, k = 0;

        *l = (struct large) {0};
        l->row = arena_array(arena, int64_t, (size_t)n + 1);
        l->mentor = arena_array(arena, int32_t, 4 * (size_t)n);
        l->score = arena_array(arena, int64_t, 4 * (size_t)n);
        for (int32_t i = 0; i < n - 1; i++) {
                int32_t layer = i / 2;
                l->row[i] = k;
                l->mentor[k++] = i;
                for (int32_t j = 2 * layer + 2; j < 2 * layer + 4 && j < m; j++)
                        l->mentor[k++] = j;
        }
        l->row[n - 1] = k;
        l->mentor[k++] = 0;
        l->mentor[k++] = 1;
        l->row[n] = k;
        for (int32_t c = 0; c < k; c++)
                l->score[c] = small_below(spread);
        l->p = (struct matching_problem) {.mentees = n, .mentors = m, .row = l->row,
                                          .mentor = l->mentor, .score = l->score};
}

static void climb(int32_t layers, bool open, int32_t spread)
{
        struct matching_result r;
        struct large l;

        layered_ladder(&l, layers, open, spread);
        for (int objective = MATCHING_TOTAL; objective <= MATCHING_STABLE; objective++) {
                assert_false(failed(solve(&l.p, (enum matching_objective)objective, 1, &r)));
                if (objective != MATCHING_STABLE)
                        assert_int_equal(r.matched, 2 * layers + open);
        }
        arena_reset(arena);
}

static void layered_ladders_are_climbed(void **state)
{
        int32_t layers = small_count(4000) < 1000 ? 2000 : 10000;

        (void)state;
        small_seed(11);
        for (int open = 0; open < 2; open++) {
                climb(layers, open, 1);
                climb(layers, open, 2);
        }
}

/* ---- closed ---- */

/* As many open mentors as mentees, each mentee's own far ahead; and some without a place whom everybody would rather have. */
static void mentors_without_places(int32_t n, int32_t of, int32_t open)
{
        const int32_t m = n / open * of;
        struct matching_result r;
        struct large l;

        large_dense(&l, n, m, 1);
        for (int32_t j = 0; j < m; j++)
                l.places[j] = j % of < open;
        for (int32_t i = 0; i < n; i++)
                for (int32_t j = 0; j < m; j++)
                        l.cell[(int64_t)i * m + j] = !l.places[j] ? 2000000 + small_below(1000)
                                : j == i / open * of + i % open ? 1000000 : small_below(100000);
        assert_false(failed(solve(&l.p, MATCHING_TOTAL, 1, &r)));
        assert_int_equal(r.matched, n);
        assert_int_equal(r.total, n * (int64_t)1000000);
        arena_reset(arena);
}

static void nobody_goes_to_a_mentor_without_a_place(void **state)
{
        (void)state;
        small_seed(13);
        mentors_without_places(320, 5, 4);
        mentors_without_places(320, 32, 8);
        mentors_without_places(320, 64, 1);
        mentors_without_places(320, 64, 16);
}

/* ---- crowds ---- */

/* As many places as people, and somewhere to go for everybody: one another's neighbours, near and far. */
static void full_list(struct large *l, int32_t n, int32_t places, int32_t spare)
{
        static const int32_t far[] = {0, 1, 7, 60, 499, 1200, 3100, 4800};
        int32_t each = (int32_t)(sizeof far / sizeof *far), m = n / places;
        int64_t k = 0;

        *l = (struct large) {0};
        l->row = arena_array(arena, int64_t, (size_t)n + 1);
        l->mentor = arena_array(arena, int32_t, (size_t)n * (size_t)each);
        l->score = arena_array(arena, int64_t, (size_t)n * (size_t)each);
        small_seed(12);
        for (int32_t i = 0; i < n; i++) {
                int32_t over = 0;       /* how many of them come around again */
                while (over < each && i / places + far[each - 1 - over] >= m)
                        over++;
                for (int32_t c = 0; c < each; c++) {
                        l->mentor[k] = (i / places + far[(each - over + c) % each]) % m;
                        l->score[k++] = small_below(1000);
                }
                l->row[i + 1] = k;
        }
        l->places = arena_array(arena, int32_t, (size_t)(m + spare));
        for (int32_t j = 0; j < m + spare; j++)
                l->places[j] = j < m ? places : 1;
        l->p = (struct matching_problem) {.mentees = n, .mentors = m + spare, .row = l->row, .mentor = l->mentor, .score = l->score,
                                          .places = l->places};
}

/* Where every place is taken, whole crowds are placed at once; one mentor whom nobody may have, and they go one by one. */
static void crowds_are_placed_as_well_as_one_by_one(void **state)
{
        struct matching_result crowd, alone;
        struct large l;

        (void)state;
        for (int32_t places = 1; places <= 3; places++) {
                full_list(&l, 21000, places, 0);
                assert_false(failed(solve(&l.p, MATCHING_TOTAL, 1, &crowd)));
                full_list(&l, 21000, places, 1);
                assert_false(failed(solve(&l.p, MATCHING_TOTAL, 1, &alone)));
                assert_int_equal(crowd.matched, 21000);
                assert_int_equal(alone.matched, 21000);
                assert_int_equal(crowd.total, alone.total);
                arena_reset(arena);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(threads_do_not_change_the_pairs),
                cmocka_unit_test(levels_do_not_change_the_pairs),
                cmocka_unit_test(layered_ladders_are_climbed),
                cmocka_unit_test(nobody_goes_to_a_mentor_without_a_place),
                cmocka_unit_test(crowds_are_placed_as_well_as_one_by_one),
        };

        return cmocka_run_group_tests_name("matching, larger", tests, setup, teardown);
}
