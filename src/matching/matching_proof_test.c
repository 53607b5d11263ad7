/*
 * matching_certify() must not take a false result, whoever falsifies it: pairs, sums, prices and
 * covers of true results are changed at random, and what it still accepts must be true.
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

/* ---- a copy to spoil ---- */

static void *copy(const void *from, size_t bytes)
{
        return from ? memcpy(arena_alloc(arena, bytes), from, bytes) : NULL;
}

static struct matching_result copy_of(const struct small *s, const struct matching_result *r)
{
        struct matching_result c = *r;
        size_t n = (size_t)s->p.mentees, m = (size_t)s->p.mentors;

        c.mentor_of = copy(r->mentor_of, n * sizeof *r->mentor_of);
        c.score_of = copy(r->score_of, n * sizeof *r->score_of);
        c.mentee_price = copy(r->mentee_price, n * sizeof *r->mentee_price);
        c.mentor_price = copy(r->mentor_price, m * sizeof *r->mentor_price);
        c.most.mentee = copy(r->most.mentee, n);
        c.most.mentor = copy(r->most.mentor, m);
        c.above.mentee = copy(r->above.mentee, n);
        c.above.mentor = copy(r->above.mentor, m);
        c.step = copy(r->step, (size_t)r->steps * sizeof *r->step);
        for (int32_t k = 0; k < r->steps; k++) {
                c.step[k].mentee_price =
                        copy(r->step[k].mentee_price, n * sizeof *r->mentee_price);
                c.step[k].mentor_price =
                        copy(r->step[k].mentor_price, m * sizeof *r->mentor_price);
        }
        return c;
}

/* ---- the proof, looked at once more ---- */

static bool negative(struct matching_price a)
{
        return a.pairs < 0 || (a.pairs == 0 && a.score < 0);
}

static bool covered(struct matching_price a, struct matching_price b, int64_t score)
{
        int64_t pairs = a.pairs + b.pairs;

        return pairs > 1 || (pairs == 1 && (__int128)a.score + b.score >= score);
}

static int32_t places_left(const struct small *s, int32_t j)
{
        int32_t left = s->room[j];

        for (int32_t i = 0; i < s->p.mentees; i++)
                left -= s->lock[i] == j;
        return left;
}

/* TOTAL: a price for every pair, and together what ours are worth. */
static bool prices_prove(const struct small *s, const struct matching_result *r)
{
        __int128 pairs = s->p.n_locked, score = 0;

        for (int32_t j = 0; j < s->p.mentors; j++) {
                pairs += (__int128)places_left(s, j) * r->mentor_price[j].pairs;
                score += (__int128)places_left(s, j) * r->mentor_price[j].score;
                if (negative(r->mentor_price[j]))
                        return false;
        }
        for (int32_t i = 0; i < s->p.mentees; i++) {
                if (s->lock[i] >= 0)
                        score += s->cell[i][s->lock[i]];
                if (!small_is_free(s, i))
                        continue;
                pairs += r->mentee_price[i].pairs;
                score += r->mentee_price[i].score;
                if (negative(r->mentee_price[i]))
                        return false;
                for (int32_t j = 0; j < s->p.mentors; j++)
                        if (small_allowed(s, i, j) && places_left(s, j) > 0 &&
                            !covered(r->mentee_price[i], r->mentor_price[j], s->cell[i][j]))
                                return false;
        }
        return pairs == r->matched && score == r->total && r->bound.pairs == r->matched &&
               r->bound.score == r->total;
}

/* ---- changing it ---- */

static void change_price(const struct small *s, struct matching_price *mentee,
                         struct matching_price *mentor)
{
        bool of_mentee = s->p.mentors == 0 || small_below(2);
        int32_t one = small_below(of_mentee ? s->p.mentees : s->p.mentors);
        struct matching_price *price = of_mentee ? &mentee[one] : &mentor[one];
        int64_t by = small_below(2) ? 1 : -1;

        if (small_below(3))
                price->score = (int64_t)((uint64_t)price->score + (uint64_t)by);
        else
                price->pairs += by;
}

static void change_step(const struct small *s, struct matching_step *step)
{
        for (int32_t k = 1 + small_below(3); k > 0; k--) {
                bool of_mentee = s->p.mentors == 0 || small_below(2);
                int32_t one = small_below(of_mentee ? s->p.mentees : s->p.mentors);
                int64_t by = small_below(3) ? 1 : small_below(2) ? step->must_unit : step->pair_unit;
                (of_mentee ? step->mentee_price : step->mentor_price)[one] += small_below(2) ? by : -by;
        }
}

/* One price up, others down: sums often stay as they were. */
static void change_prices(const struct small *s, struct matching_result *r)
{
        struct matching_price *mentee = r->mentee_price, *mentor = r->mentor_price;

        if (r->steps > 0)
                change_step(s, &r->step[small_below(r->steps)]);
        if (!mentee)
                return;
        for (int32_t k = 1 + small_below(3); k > 0; k--)
                change_price(s, mentee, mentor);
}

static void change_pair(const struct small *s, struct matching_result *r, int32_t i)
{
        int32_t j = small_below(s->p.mentors + 3) - 2;
        bool somebody = j >= 0 && j < s->p.mentors;

        r->mentor_of[i] = j;
        if (small_below(4))
                r->score_of[i] = somebody ? s->cell[i][j] : MATCHING_NONE;
}

static void add_up(const struct small *s, struct matching_result *r)
{
        int64_t total = 0;

        r->matched = r->unmatched = r->kept = r->changed = 0;
        r->lowest = INT64_MAX;
        for (int32_t i = 0; i < s->p.mentees; i++) {
                int32_t j = r->mentor_of[i] < s->p.mentors ? r->mentor_of[i] : MATCHING_NOBODY;
                r->score_of[i] = j < 0 ? MATCHING_NONE : s->cell[i][j];
                r->unmatched += !s->absent[i] && j < 0;
                if (s->p.announced && s->announced[i] >= 0) {
                        r->kept += j == s->announced[i];
                        r->changed += j != s->announced[i];
                }
                if (j < 0)
                        continue;
                r->matched++;
                total = (int64_t)((uint64_t)total + (uint64_t)r->score_of[i]);
                r->lowest = r->score_of[i] < r->lowest ? r->score_of[i] : r->lowest;
        }
        r->lowest = r->matched ? r->lowest : 0;
        r->total = total;
}

/* Other pairs that are allowed and add up: only the proof can tell that they are not the best. */
static void other_pairs(const struct small *s, struct matching_result *r)
{
        int32_t left[SMALL_MENTORS], shift = s->p.mentees ? small_below(s->p.mentees) : 0;

        for (int32_t j = 0; j < s->p.mentors; j++)
                left[j] = places_left(s, j);
        for (int32_t k = 0; k < s->p.mentees; k++) {
                int32_t i = (k + shift) % s->p.mentees;
                if (!small_is_free(s, i))
                        continue;
                int32_t had = r->mentor_of[i];
                int32_t j = small_below(3) ? had : small_below(s->p.mentors + 1) - 1;
                r->mentor_of[i] = j >= 0 && j < s->p.mentors && small_allowed(s, i, j) && left[j] > 0 ? j
                                                                                 : MATCHING_NOBODY;
                if (r->mentor_of[i] >= 0)
                        left[j]--;
        }
        add_up(s, r);
}

/* Two people change places, or one moves: more often as good than anything drawn blindly. */
static void swap_two(const struct small *s, struct matching_result *r)
{
        int32_t a = small_below(s->p.mentees), b = small_below(s->p.mentees),
                had = r->mentor_of[a];

        r->mentor_of[a] = r->mentor_of[b];
        r->mentor_of[b] = had;
        for (int32_t i = 0; i < s->p.mentees; i++)
                if (r->mentor_of[i] < 0 || r->mentor_of[i] >= s->p.mentors ||
                    s->cell[i][r->mentor_of[i]] == MATCHING_NONE)
                        r->mentor_of[i] = MATCHING_NOBODY;
        add_up(s, r);
}

static void flip(uint8_t *one)
{
        *one = !*one;
}

static void change_cover(const struct small *s, struct matching_cover *c)
{
        if (s->p.mentors > 0 && small_below(2))
                flip(&c->mentor[small_below(s->p.mentors)]);
        else
                flip(&c->mentee[small_below(s->p.mentees)]);
}

static void change_number(struct matching_result *r)
{
        int64_t by = small_below(2) ? 1 : -1;

        switch (small_below(6)) {
        case 0: r->matched += (int32_t)by; break;
        case 1: r->unmatched += (int32_t)by; break;
        case 2: r->total = (int64_t)((uint64_t)r->total + (uint64_t)by); break;
        case 3: r->lowest = (int64_t)((uint64_t)r->lowest + (uint64_t)by); break;
        case 4: r->bound.score = (int64_t)((uint64_t)r->bound.score + (uint64_t)by); break;
        case 5: r->bound.pairs += by; break;
        }
}

static void falsify(const struct small *s, struct matching_result *r)
{
        switch (small_below(8)) {
        case 0: change_number(r); break;
        case 1: change_pair(s, r, small_below(s->p.mentees)); break;
        case 2: change_prices(s, r); break;
        case 3: swap_two(s, r); break;
        case 4: change_cover(s, &r->most); break;
        case 5: r->steps -= r->steps > 0; break;
        case 6: other_pairs(s, r); break;
        case 7: change_cover(s, &r->above); break;
        }
        if (small_below(4) == 0)
                falsify(s, r);
}

/* ---- what it accepts ---- */

static void refuses_what_is_false(const struct small *s, enum matching_objective objective,
                                  const struct matching_result *r)
{
        struct matching_result bad = copy_of(s, r);

        falsify(s, &bad);
        struct err e = matching_certify(&s->p, objective, &bad, arena);
        if (failed(e)) {
                assert_true(err_is(e, ERR_BROKEN));
                return;
        }
        if (bad.by_search)      /* a search is not repeated: of its results only pairs and bound are proven */
                bad.status = MATCHING_FEASIBLE;
        assert_true(small_is_true(s, objective, &bad));
        /* announced pairs and groups add to what a pair is worth, or to what a bound must say */
        if (objective == MATCHING_TOTAL && !s->p.announced && !s->p.least)
                assert_true(prices_prove(s, &bad));
}

/* Others that are as good pass with the same prices. */
static void accepts_what_is_true(const struct small *s, enum matching_objective objective,
                                 const struct matching_result *r)
{
        struct matching_result other = copy_of(s, r);

        if (small_below(2))
                swap_two(s, &other);
        else
                other_pairs(s, &other);
        if (small_is_true(s, objective, &other))
                assert_false(failed(matching_certify(&s->p, objective, &other, arena)));
}

static void spoil(const struct small *s, enum matching_objective objective)
{
        struct matching_options o = {.objective = objective};
        struct matching_result r;

        if (failed(matching_solve(&s->p, &o, arena, &r)) || s->p.mentees == 0)
                return;
        for (int k = 0; k < 12; k++) {
                refuses_what_is_false(s, objective, &r);
                accepts_what_is_true(s, objective, &r);
        }
}

static void false_results_are_refused(void **state)
{
        static struct small s;

        (void)state;
        for (uint64_t k = 0, n = small_count(3000); k < n; k++) {
                small_problem(&s, k + 1000000);
                if (!small_take_form(&s, (enum small_form)(k % SMALL_FORMS)))
                        continue;
                for (int objective = MATCHING_TOTAL; objective <= MATCHING_STABLE; objective++)
                        spoil(&s, (enum matching_objective)objective);
                arena_reset(arena);
        }
}

static void false_results_are_refused_by_the_likes_of_both(void **state)
{
        static struct small s;

        (void)state;
        for (uint64_t k = 0, n = small_count(3000); k < n; k++) {
                small_problem(&s, k + 5000000);
                small_likes(&s);
                spoil(&s, MATCHING_STABLE);
                arena_reset(arena);
        }
}

static void false_results_are_refused_with_announced_pairs(void **state)
{
        static struct small s;

        (void)state;
        if (!OFFERED_ANNOUNCED)
                skip();
        for (uint64_t k = 0, n = small_count(3000); k < n; k++) {
                small_problem(&s, k + 2000000);
                small_announce(&s);
                spoil(&s, MATCHING_TOTAL);
                spoil(&s, MATCHING_FAIR);
                arena_reset(arena);
        }
}

static void false_results_are_refused_with_groups(void **state)
{
        static struct small s;

        (void)state;
        if (!OFFERED_GROUPS)
                skip();
        for (uint64_t k = 0, n = small_count(3000); k < n; k++) {
                small_problem(&s, k + 3000000);
                small_groups(&s);
                spoil(&s, MATCHING_TOTAL);
                arena_reset(arena);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(false_results_are_refused),
                cmocka_unit_test(false_results_are_refused_by_the_likes_of_both),
                cmocka_unit_test(false_results_are_refused_with_announced_pairs),
                cmocka_unit_test(false_results_are_refused_with_groups),
        };

        return cmocka_run_group_tests_name("proofs", tests, setup, teardown);
}
