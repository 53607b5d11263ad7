/* The solver against brute force, against published optima, and against itself. */
#include "matching/matching_solve.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { MOST = 6 }; /* people on a side of a random problem */

/* A small problem with room for everything that a problem can have. */
struct small {
        struct matching_problem p;
        int64_t cell[MOST * MOST];
        int64_t row[MOST + 1], score[MOST * MOST];
        int32_t mentor[MOST * MOST], places[MOST];
        struct matching_pair locked[MOST], forbidden[MOST * MOST];
        uint8_t absent[MOST];
};

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

/* A generator of its own, so that a failing case can be run again anywhere. */
static uint32_t seed;

static int32_t below(int32_t n)
{
        seed = seed * 1664525 + 1013904223;
        return (int32_t)((uint64_t)(seed >> 4) * (uint64_t)n >> 28);
}

/* ---- making small problems ---- */

static void as_dense(struct small *s)
{
        s->p.shape = MATCHING_DENSE;
        s->p.dense = s->cell;
        s->p.cell = MATCHING_INT64;
        s->p.stride = MOST;
}

static void as_sparse(struct small *s)
{
        int64_t n = 0;

        for (int32_t i = 0; i < s->p.mentees; i++) {
                s->row[i] = n;
                for (int32_t j = 0; j < s->p.mentors; j++) {
                        if (s->cell[i * MOST + j] == MATCHING_NONE)
                                continue;
                        s->mentor[n] = j;
                        s->score[n++] = s->cell[i * MOST + j];
                }
        }
        s->row[s->p.mentees] = n;
        s->p.shape = MATCHING_SPARSE;
        s->p.row = s->row;
        s->p.mentor = s->mentor;
        s->p.score = s->score;
}

static void random_cells(struct small *s)
{
        int32_t spread = (int32_t[]) {1, 3, 10, 1000000}[below(4)], percent = 20 + below(81);
        int64_t shift = below(3) == 0 ? 0 : -spread / 2;

        for (int32_t i = 0; i < MOST * MOST; i++)
                s->cell[i] = below(100) < percent ? below(spread) + shift : MATCHING_NONE;
}

static bool has_forbidden(const struct small *s, int32_t i, int32_t j)
{
        for (int64_t k = 0; k < s->p.n_forbidden; k++)
                if (s->forbidden[k].mentee == i && s->forbidden[k].mentor == j)
                        return true;
        return false;
}

static bool allowed(const struct small *s, int32_t i, int32_t j)
{
        return s->cell[i * MOST + j] != MATCHING_NONE && !has_forbidden(s, i, j);
}

static void random_people(struct small *s)
{
        int32_t left[MOST];

        for (int32_t j = 0; j < MOST; j++)
                left[j] = s->places[j] = below(3) == 0 ? below(4) : 1;
        for (int32_t k = below(4); k > 0 && s->p.mentees > 0 && s->p.mentors > 0; k--)
                s->forbidden[s->p.n_forbidden++] =
                        (struct matching_pair) {below(s->p.mentees), below(s->p.mentors)};
        for (int32_t i = 0; i < s->p.mentees; i++) {
                int32_t j = s->p.mentors ? below(s->p.mentors) : 0;
                s->absent[i] = below(12) == 0;
                if (s->p.mentors == 0 || s->absent[i] || below(8) || !allowed(s, i, j) ||
                    left[j] == 0)
                        continue;
                left[j]--;
                s->locked[s->p.n_locked++] = (struct matching_pair) {i, j};
        }
}

static void random_problem(struct small *s, uint32_t number)
{
        *s = (struct small) {0};
        seed = number * 2654435761u + 12345;
        s->p.mentees = below(MOST + 1);
        s->p.mentors = below(MOST + 1);
        s->p.places = s->places;
        s->p.locked = s->locked;
        s->p.forbidden = s->forbidden;
        s->p.absent = s->absent;
        random_cells(s);
        random_people(s);
        as_sparse(s);
}

/* ---- brute force ---- */

struct best {
        int32_t matched;
        int64_t total;                   /* best total with most pairs */
        int64_t fair_lowest, fair_total; /* of the pairs that are not locked */
        int64_t sorted[MOST]; /* leximin: scores of pairs that are not locked, ascending */
        int32_t pairs;
};

struct trial {
        const struct small *s;
        struct best *best;
        int32_t left[MOST], matched, pairs;
        int64_t total, lowest, score[MOST];
};

static int ascending(const void *a, const void *b)
{
        int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

        return (x > y) - (x < y);
}

static bool more_even(const int64_t *a, const int64_t *b, int32_t n)
{
        for (int32_t k = 0; k < n; k++)
                if (a[k] != b[k])
                        return a[k] > b[k];
        return false;
}

static void compare(struct trial *t)
{
        struct best *b = t->best;
        int64_t sorted[MOST];

        if (t->matched < b->matched)
                return;
        memcpy(sorted, t->score, sizeof sorted);
        qsort(sorted, (size_t)t->pairs, sizeof *sorted, ascending);
        bool first = t->matched > b->matched;
        if (first || t->total > b->total)
                b->total = t->total;
        if (first || t->lowest > b->fair_lowest ||
            (t->lowest == b->fair_lowest && t->total > b->fair_total)) {
                b->fair_lowest = t->lowest;
                b->fair_total = t->total;
        }
        if (first || more_even(sorted, b->sorted, t->pairs))
                memcpy(b->sorted, sorted, sizeof sorted);
        b->matched = t->matched;
        b->pairs = t->pairs;
}

static int32_t lock_of(const struct small *s, int32_t i)
{
        for (int64_t k = 0; k < s->p.n_locked; k++)
                if (s->locked[k].mentee == i)
                        return s->locked[k].mentor;
        return MATCHING_NOBODY;
}

static void try_all(struct trial *t, int32_t i)
{
        if (i == t->s->p.mentees) {
                compare(t);
                return;
        }
        int32_t lock = lock_of(t->s, i);
        if (lock == MATCHING_NOBODY)
                try_all(t, i + 1);
        for (int32_t j = 0; j < t->s->p.mentors; j++) {
                struct trial before = *t;
                if (!allowed(t->s, i, j) || t->left[j] == 0 || t->s->absent[i] ||
                    (lock >= 0 && lock != j))
                        continue;
                int64_t score = t->s->cell[i * MOST + j];
                t->left[j]--;
                t->matched++;
                t->total += score;
                if (lock == MATCHING_NOBODY) {
                        t->lowest = score < t->lowest ? score : t->lowest;
                        t->score[t->pairs++] = score;
                }
                try_all(t, i + 1);
                *t = before;
        }
}

static struct best brute_force(const struct small *s)
{
        struct best best = {.matched = -1};
        struct trial t = {.s = s, .best = &best, .lowest = INT64_MAX};

        memcpy(t.left, s->places, sizeof t.left);
        try_all(&t, 0);
        return best;
}

/* ---- random problems ---- */

static struct matching_result solve(const struct small *s, enum matching_objective objective)
{
        struct matching_options o = {.objective = objective};
        struct matching_result r;
        struct err e = matching_solve(&s->p, &o, arena, &r);

        if (failed(e))
                print_error("%s (%s) %s\n", e.what, e.place ? e.place : "",
                            e.detail ? e.detail : "");
        assert_false(failed(e));
        assert_int_equal(r.status, MATCHING_OPTIMAL);
        return r;
}

static int64_t lowest_unlocked(const struct small *s, const struct matching_result *r)
{
        int64_t lowest = INT64_MAX;

        for (int32_t i = 0; i < s->p.mentees; i++)
                if (r->mentor_of[i] >= 0 && lock_of(s, i) < 0 && r->score_of[i] < lowest)
                        lowest = r->score_of[i];
        return lowest;
}

static void check_total_and_fair(const struct small *s)
{
        struct best best = brute_force(s);
        struct matching_result r = solve(s, MATCHING_TOTAL);

        assert_int_equal(r.matched, best.matched);
        assert_int_equal(r.total, best.total);
        r = solve(s, MATCHING_FAIR);
        assert_int_equal(r.matched, best.matched);
        assert_int_equal(lowest_unlocked(s, &r), best.fair_lowest);
        assert_int_equal(r.total, best.fair_total);
}

static void check_leximin(const struct small *s)
{
        struct best best = brute_force(s);
        struct matching_result r = solve(s, MATCHING_LEXIMIN);
        int64_t sorted[MOST];
        int32_t n = 0;

        assert_int_equal(r.matched, best.matched);
        for (int32_t i = 0; i < s->p.mentees; i++)
                if (r.mentor_of[i] >= 0 && lock_of(s, i) < 0)
                        sorted[n++] = r.score_of[i];
        qsort(sorted, (size_t)n, sizeof *sorted, ascending);
        assert_int_equal(n, best.pairs);
        assert_memory_equal(sorted, best.sorted, (size_t)n * sizeof *sorted);
}

static void random_problems_agree_with_brute_force(void **state)
{
        struct small s;

        (void)state;
        for (uint32_t k = 0; k < 6000; k++) {
                random_problem(&s, k);
                check_total_and_fair(&s);
                check_leximin(&s);
                arena_reset(arena);
        }
}

static void all_shapes_give_the_same_pairs(void **state)
{
        struct small s;

        (void)state;
        for (uint32_t k = 0; k < 2000; k++) {
                random_problem(&s, k + 100000);
                for (int objective = MATCHING_TOTAL; objective <= MATCHING_FAIR; objective++) {
                        size_t bytes = (size_t)s.p.mentees * sizeof(int32_t);
                        as_sparse(&s);
                        struct matching_result sparse =
                                solve(&s, (enum matching_objective)objective);
                        as_dense(&s);
                        struct matching_result dense =
                                solve(&s, (enum matching_objective)objective);
                        assert_memory_equal(sparse.mentor_of, dense.mentor_of, bytes);
                }
                arena_reset(arena);
        }
}

/* Stability said once more, the plain way. */
static bool would_rather(const struct small *s, const struct matching_result *r, int32_t i,
                         int32_t j)
{
        int32_t used = 0;
        bool better_than_one = false;

        if (!allowed(s, i, j) || r->mentor_of[i] == j || lock_of(s, i) >= 0 || s->absent[i])
                return false;
        if (r->mentor_of[i] >= 0 && s->cell[i * MOST + j] <= r->score_of[i])
                return false;
        for (int32_t k = 0; k < s->p.mentees; k++) {
                if (r->mentor_of[k] != j)
                        continue;
                used++;
                better_than_one |= lock_of(s, k) < 0 && s->cell[i * MOST + j] > r->score_of[k];
        }
        return used < s->places[j] || better_than_one;
}

static void stable_pairs_do_not_want_to_leave(void **state)
{
        struct small s;

        (void)state;
        for (uint32_t k = 0; k < 4000; k++) {
                random_problem(&s, k + 200000);
                struct matching_result r = solve(&s, MATCHING_STABLE);
                for (int32_t i = 0; i < s.p.mentees; i++)
                        for (int32_t j = 0; j < s.p.mentors; j++)
                                assert_false(would_rather(&s, &r, i, j));
                arena_reset(arena);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(random_problems_agree_with_brute_force),
                cmocka_unit_test(all_shapes_give_the_same_pairs),
                cmocka_unit_test(stable_pairs_do_not_want_to_leave),
        };

        return cmocka_run_group_tests_name("matching", tests, setup, teardown);
}
