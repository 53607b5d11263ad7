/* Learning weights from pairs whose truth is known, because it was made up. */
#include "matching/matching_learn.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { MANY = 1200 };

static uint32_t seed;

static int below(int n)
{
        seed = seed * 1664525u + 1013904223u;
        return (int)((seed >> 8) % (uint32_t)n);
}

static void make_past(struct matching_past *past, int n, int cohorts, const double truth[MATCHING_PARTS])
{
        for (int i = 0; i < n; i++) {
                double z = 0;
                past[i] = (struct matching_past) {.cohort = i % cohorts};
                for (int k = 0; k < MATCHING_PARTS; k++) {
                        past[i].part[k] = below(1000001);
                        z += truth[k] * ((double)past[i].part[k] / MATCHING_ONE - 0.5);
                }
                past[i].flourished = below(1000000) < 1000000 / (1 + exp(-z));
        }
}

static void what_mattered_is_found(void **state)
{
        static const double truth[MATCHING_PARTS] = {[MATCHING_TIME] = 6, [MATCHING_LIKENESS] = 3};
        struct arena *a = arena_new(1 << 24);
        struct matching_past past[MANY];
        struct matching_learned l;
        int32_t sum = 0;

        (void)state;
        seed = 5;
        make_past(past, MANY, 4, truth);
        matching_learn(a, past, MANY, &matching_weights_default, &l);
        assert_int_equal(l.lesson, MATCHING_LESSON_LEARNED);
        assert_true(l.by_cohort);
        for (int k = 0; k < MATCHING_PARTS; k++) {
                assert_true(l.part[k] >= 0);
                sum += l.part[k];
                if (k != MATCHING_TIME)
                        assert_true(l.part[k] < l.part[MATCHING_TIME]);
        }
        assert_int_equal(sum, 100);
        assert_true(l.part[MATCHING_TIME] > 45 && l.part[MATCHING_LIKENESS] > 18);
        assert_true(l.auc.low > l.auc_before.high);
        assert_true(l.gain.low > 0);
        arena_free(a);
}

static void noise_leaves_the_weights_nearly_alone(void **state)
{
        static const double truth[MATCHING_PARTS] = {0};
        struct arena *a = arena_new(1 << 24);
        struct matching_past past[MANY];
        struct matching_learned l;

        (void)state;
        seed = 11;
        make_past(past, 200, 1, truth);
        matching_learn(a, past, 200, &matching_weights_default, &l);
        assert_int_equal(l.lesson, MATCHING_LESSON_LEARNED);
        assert_false(l.by_cohort);
        assert_true(l.auc.low < 0.5 && l.gain.low < 0.01);
        arena_free(a);
}

static void the_same_past_teaches_the_same(void **state)
{
        static const double truth[MATCHING_PARTS] = {[MATCHING_GOALS] = 4};
        struct arena *a = arena_new(1 << 24);
        struct matching_past past[MANY];
        struct matching_learned one, other;

        (void)state;
        make_past(past, 300, 2, truth);
        matching_learn(a, past, 300, &matching_weights_default, &one);
        matching_learn(a, past, 300, &matching_weights_default, &other);
        assert_memory_equal(one.part, other.part, sizeof one.part);
        assert_true(one.auc.value == other.auc.value && one.loss.value == other.loss.value);
        arena_free(a);
}

static void too_little_teaches_nothing(void **state)
{
        static const double truth[MATCHING_PARTS] = {0};
        struct arena *a = arena_new(1 << 24);
        struct matching_past past[MANY];
        struct matching_learned l;

        (void)state;
        make_past(past, MANY, 1, truth);
        matching_learn(a, NULL, 0, &matching_weights_default, &l);
        assert_int_equal(l.lesson, MATCHING_LESSON_FEW);
        matching_learn(a, past, MATCHING_LEARN_LEAST - 1, &matching_weights_default, &l);
        assert_int_equal(l.lesson, MATCHING_LESSON_FEW);
        for (int i = 0; i < 100; i++)
                past[i].flourished = i >= 10;
        matching_learn(a, past, 100, &matching_weights_default, &l);
        assert_int_equal(l.lesson, MATCHING_LESSON_ALIKE);
        assert_memory_equal(l.part, matching_weights_default.part, sizeof l.part);
        arena_free(a);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(what_mattered_is_found),
                cmocka_unit_test(noise_leaves_the_weights_nearly_alone),
                cmocka_unit_test(the_same_past_teaches_the_same),
                cmocka_unit_test(too_little_teaches_nothing),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
