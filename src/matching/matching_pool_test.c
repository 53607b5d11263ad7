/* The scores of a run in numbers are those of the rules, for people of every kind. */
#include "matching/test/somebody.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { PEOPLE = 24, ROUNDS = 300 };

struct people {
        struct matching_profile mentee[PEOPLE], mentor[PEOPLE];
        uint8_t made_wishes[PEOPLE];
        struct matching_link link[PEOPLE * PEOPLE];
        int64_t n_links;
        struct matching_weights weights;
        struct matching_span span;
};

static void make_people(struct arena *a, struct people *p)
{
        const struct matching_span *span = below(3) ? &p->span : NULL;

        *p = (struct people) {.weights = matching_weights_default};
        p->span.n = 1 + below(5);
        for (int k = 0; k < p->span.n; k++)
                p->span.days[k] = 1 + below(120);
        for (int i = 0; i < PEOPLE; i++) {
                p->mentee[i] = somebody(a, span);
                p->mentor[i] = somebody(a, span);
                p->made_wishes[i] = (uint8_t)below(2);
                for (int j = 0; j < PEOPLE; j++)
                        if (below(6) == 0)
                                p->link[p->n_links++] = (struct matching_link) {i, j, something()};
        }
        for (int k = 0; k < MATCHING_PARTS; k++)
                p->weights.part[k] = below(2) ? below(1001) : p->weights.part[k];
        p->weights.floor_total = below(2) ? below(MATCHING_ONE) : 0;
        p->weights.same_team_allowed = below(2);
        p->weights.different_function = below(4) == 0;
        p->weights.least_level_gap = below(2) ? below(3) : 0;
}

static struct matching_facts facts_of(const struct people *p, int i, int j)
{
        struct matching_facts facts = {0};

        for (int64_t k = 0; k < p->n_links; k++)
                if (p->link[k].mentee == i && p->link[k].mentor == j)
                        facts = p->link[k].facts;
        facts.wishes_made = p->made_wishes[i];
        return facts;
}

static void both_ways_of_scoring_agree(void **state)
{
        struct people *p = test_malloc(sizeof *p);
        static int32_t score[PEOPLE * PEOPLE];

        (void)state;
        for (uint32_t round = 0; round < ROUNDS; round++) {
                struct arena *a = arena_new((size_t)64 << 20);
                struct matching_pool pool;
                seed = round * 2654435761u + 1;
                make_people(a, p);
                matching_pool_new(a, p->mentee, PEOPLE, p->mentor, PEOPLE, p->link, p->n_links, p->made_wishes, &p->weights, &pool);
                struct matching_scan *scan = matching_scan_new(a, &pool);
                matching_pool_scores(a, &pool, 2, score);
                for (int i = 0; i < PEOPLE; i++) {
                        matching_scan_begin(scan, i);
                        for (int j = 0; j < PEOPLE; j++) {
                                struct matching_facts facts = facts_of(p, i, j);
                                struct matching_fit fit;
                                unsigned forbidden;
                                matching_rules_fit(&p->mentee[i], &p->mentor[j], &facts, &p->weights, &fit);
                                assert_int_equal(matching_scan_score(scan, j, &forbidden), fit.score);
                                assert_int_equal(forbidden, fit.forbidden);
                                assert_int_equal(matching_scan_goals(scan, j), fit.part[MATCHING_GOALS]);
                                assert_int_equal(score[i * PEOPLE + j], fit.forbidden ? INT32_MIN : fit.score);
                        }
                        matching_scan_end(scan);
                }
                arena_free(a);
        }
        test_free(p);
}

static void nobody_is_no_trouble(void **state)
{
        struct arena *a = arena_new(1 << 20);
        struct matching_pool pool;

        (void)state;
        matching_pool_new(a, NULL, 0, NULL, 0, NULL, 0, NULL, &matching_weights_default, &pool);
        matching_pool_scores(a, &pool, 4, NULL);
        arena_free(a);
}

static void rare_wants_weigh_more(void **state)
{
        struct arena *a = arena_new(1 << 20);
        struct matching_profile mentee = {.person = 1}, mentor[20] = {{0}};
        static const struct text both[] = {TEXT("sailing boats"), TEXT("knitting")}, one[] = {TEXT("knitting")};
        static const struct text wants[] = {TEXT("knitting"), TEXT("sailing boats"), TEXT("juggling")};

        (void)state;
        mentee.wants = (struct matching_words) {.p = wants, .n = 3};
        for (int j = 0; j < 20; j++)
                mentor[j].offers = j ? (struct matching_words) {.p = one, .n = 1} : (struct matching_words) {.p = both, .n = 2};
        matching_terms_weigh(a, &mentee, 1, mentor, 20);
        assert_int_equal(mentee.want_weights[0], 6 * 4);        /* first, and everybody offers it */
        assert_int_equal(mentee.want_weights[1], 5 * 7);        /* second, one of twenty */
        assert_int_equal(mentee.want_weights[2], 4 * 4);        /* nobody can give it */
        arena_free(a);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(both_ways_of_scoring_agree),
                cmocka_unit_test(nobody_is_no_trouble),
                cmocka_unit_test(rare_wants_weigh_more),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
