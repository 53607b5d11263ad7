/* The candidates of everybody are those that looking at all pairs finds, for people of every kind. */
#include "matching/matching_candidates.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "matching/test/somebody.h"

enum { MOST = 60, ROUNDS = 3000 };

struct people {
        struct matching_profile mentee[MOST], mentor[MOST];
        int32_t n, m;
        uint8_t made_wishes[MOST];
        struct matching_link link[MOST * MOST];
        int64_t n_links;
        struct matching_pair forbidden[MOST * MOST];
        int64_t n_forbidden;
        struct matching_weights weights;
        struct matching_span span;
        int32_t most[MOST];
};

static void make_people(struct arena *a, struct people *p)
{
        bool talkative = below(2), alike = below(2);

        *p = (struct people) {.weights = matching_weights_default, .n = below(MOST + 1), .m = below(MOST + 1)};
        p->span = (struct matching_span) {.n = 2, .days = {200, 65}};
        for (int i = 0; i < p->n || i < p->m; i++) {
                p->mentee[i] = somebody(a, &p->span);
                p->mentor[i] = somebody(a, &p->span);
                if (talkative) {        /* so that several wants are met by one, and pairs of skills matter */
                        p->mentee[i].wants = some_of(a, skills, 14, below(3) ? 6 : 24);
                        p->mentor[i].offers = some_of(a, skills, 14, 20);
                        add_skills(a, &p->mentee[i].wants);
                        add_skills(a, &p->mentor[i].offers);
                        p->mentee[i].want_weights = NULL;
                }
                if (alike) {            /* so that ties decide */
                        p->mentor[i].week.known = false;
                        p->mentor[i].interests.n = p->mentor[i].values.n = 0;
                        p->mentor[i].years = 0;
                }
        }
        for (int i = 0; i < p->n; i++) {
                p->made_wishes[i] = (uint8_t)below(2);
                p->most[i] = below(8) ? 1 + below(12) : MOST;
                for (int j = 0; j < p->m; j++) {
                        if (below(20) == 0)
                                p->link[p->n_links++] = (struct matching_link) {i, j, something()};
                        if (below(15) == 0)
                                p->forbidden[p->n_forbidden++] = (struct matching_pair) {i, j};
                }
        }
        for (int k = 0; k < MATCHING_PARTS; k++)
                p->weights.part[k] = below(4) == 0 ? below(100) : p->weights.part[k];
        p->weights.floor_total = below(3) ? below(MATCHING_ONE) : 0;
        p->weights.floor_goals = below(3) ? below(MATCHING_ONE / 2) : 0;
        p->weights.same_team_allowed = below(2);
        p->weights.different_function = below(8) == 0;
}

struct listed { int32_t score, turn, mentor; };

static int best_first(const void *a, const void *b)
{
        const struct listed *x = a, *y = b;

        return x->score != y->score ? (x->score < y->score) - (x->score > y->score) : x->turn - y->turn;
}

static int by_mentor(const void *a, const void *b)
{
        return ((const struct listed *)a)->mentor - ((const struct listed *)b)->mentor;
}

static bool is_forbidden(const struct people *p, int32_t i, int32_t j)
{
        for (int64_t k = 0; k < p->n_forbidden; k++)
                if (p->forbidden[k].mentee == i && p->forbidden[k].mentor == j)
                        return true;
        return false;
}

static int32_t all_of(const struct people *p, struct matching_scan *scan, int32_t i, struct listed *out)
{
        int32_t n = 0, offset = (int32_t)((int64_t)i * p->m / p->n);

        matching_scan_begin(scan, i);
        for (int32_t j = 0; j < p->m; j++) {
                unsigned bad;
                int32_t score = matching_scan_score(scan, j, &bad);
                if (!bad && !is_forbidden(p, i, j))
                        out[n++] = (struct listed) {score, (j - offset + p->m) % p->m, j};
        }
        matching_scan_end(scan);
        qsort(out, (size_t)n, sizeof *out, best_first);
        return n;
}

static void compare(const struct people *p, struct arena *a, const struct matching_pool *pool, const struct matching_candidates *c)
{
        struct matching_scan *scan = matching_scan_new(a, pool);
        struct listed all[MOST];

        for (int32_t i = 0; i < p->n; i++) {
                int32_t n = all_of(p, scan, i, all), most = p->most[i] < n ? p->most[i] : n;
                int64_t least = most ? all[most - 1].score : 0;
                assert_int_equal(c->row[i + 1] - c->row[i], most);
                qsort(all, (size_t)most, sizeof *all, by_mentor);
                for (int32_t k = 0; k < most; k++) {
                        assert_int_equal(c->mentor[c->row[i] + k], all[k].mentor);
                        assert_int_equal(c->score[c->row[i] + k], all[k].score);
                }
                if (most < n)
                        assert_int_equal(c->least[i], least);
        }
}

static void candidates_are_the_best_there_are(void **state)
{
        struct people *p = test_malloc(sizeof *p);

        (void)state;
        for (uint32_t round = 0; round < ROUNDS; round++) {
                struct arena *a = arena_new((size_t)256 << 20);
                struct matching_pool pool;
                struct matching_candidates c;
                seed = round * 2654435761u + 7;
                make_people(a, p);
                matching_pool_new(a, p->mentee, p->n, p->mentor, p->m, p->link, p->n_links, p->made_wishes, &p->weights, &pool);
                const struct matching_index *x = matching_index_new(a, &pool);
                matching_candidates_find(a, x, NULL, p->most, p->n, p->forbidden, p->n_forbidden, 1 + (int)round % 2, &c);
                compare(p, a, &pool, &c);
                arena_free(a);
        }
        test_free(p);
}

static void some_can_be_asked_for_alone(void **state)
{
        struct people *p = test_malloc(sizeof *p);
        struct arena *a = arena_new((size_t)256 << 20);
        struct matching_candidates all, some;
        struct matching_pool pool;

        (void)state;
        seed = 99;
        do
                make_people(a, p);
        while (p->n < 10 || p->m < 10);
        matching_pool_new(a, p->mentee, p->n, p->mentor, p->m, p->link, p->n_links, p->made_wishes, &p->weights, &pool);
        const struct matching_index *x = matching_index_new(a, &pool);
        matching_candidates_find(a, x, NULL, p->most, p->n, NULL, 0, 2, &all);
        matching_candidates_find(a, x, (const int32_t[]) {7, 2}, (const int32_t[]) {p->most[7], p->most[2]}, 2, NULL, 0, 2, &some);
        for (int k = 0; k < 2; k++) {
                int64_t from = all.row[k ? 2 : 7], n = all.row[(k ? 2 : 7) + 1] - from;
                assert_int_equal(some.row[k + 1] - some.row[k], n);
                assert_memory_equal(some.mentor + some.row[k], all.mentor + from, (size_t)n * sizeof *all.mentor);
        }
        arena_free(a);
        test_free(p);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(candidates_are_the_best_there_are),
                cmocka_unit_test(some_can_be_asked_for_alone),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
