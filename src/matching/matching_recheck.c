#include "matching/matching_recheck.h"

#include "matching/matching_check.h"

#include <string.h>

/* ---- what is known ---- */

void matching_proven_new(const struct matching_problem *p, struct arena *a, struct matching_proven *k)
{
        size_t n = (size_t)p->mentees, m = (size_t)p->mentors;

        *k = (struct matching_proven) {
                .mentee = arena_array(a, struct matching_price, n), .mentor = arena_array(a, struct matching_price, m),
                .mentor_of = arena_array(a, int32_t, n), .score_of = arena_array(a, int64_t, n),
                .out = arena_array(a, uint8_t, n), .closed = arena_array(a, uint8_t, m)};
}

static void remember(const struct matching_result *r, const struct matching_check *c, struct matching_proven *k)
{
        size_t n = (size_t)c->p->mentees, m = (size_t)c->p->mentors;

        if (n) {
                memcpy(k->mentee, r->mentee_price, n * sizeof *k->mentee);
                memcpy(k->mentor_of, r->mentor_of, n * sizeof *k->mentor_of);
                memcpy(k->score_of, r->score_of, n * sizeof *k->score_of);
                memcpy(k->out, c->out, n);
        }
        if (m)
                memcpy(k->mentor, r->mentor_price, m * sizeof *k->mentor);
        for (size_t j = 0; j < m; j++)
                k->closed[j] = c->places[j] == 0;
}

static void list_by_mentor(const struct matching_problem *p, struct arena *a, struct matching_proven *k)
{
        int64_t n = p->mentees ? p->row[p->mentees] : 0;

        k->back = arena_array(a, int64_t, (size_t)p->mentors + 2);
        k->back_mentee = arena_array(a, int32_t, (size_t)n);
        int64_t *at = k->back + 1;      /* while filling, at[j] is where j's next goes */
        for (int64_t e = p->mentees ? p->row[0] : 0; e < n; e++)
                at[p->mentor[e] + 1]++;
        for (int32_t j = 0; j < p->mentors; j++)
                at[j + 1] += at[j];
        for (int32_t i = 0; i < p->mentees; i++)
                for (int64_t e = p->row[i]; e < p->row[i + 1]; e++)
                        k->back_mentee[at[p->mentor[e]]++] = i;
}

void matching_proven_all(const struct matching_problem *p, const struct matching_result *r, const void *turned, struct arena *a,
                         struct matching_proven *k)
{
        struct matching_check c = {.p = p, .r = r};

        if (p->shape == MATCHING_SPARSE && !k->back)
                list_by_mentor(p, a, k);
        k->turned = turned;
        struct arena_mark mark = arena_mark(a);
        must(!failed(matching_check_ready(&c, a)));
        remember(r, &c, k);
        arena_rewind(a, mark);
}

void matching_proven_add(struct matching_proven *k, int32_t mentee, int32_t mentor, struct arena *a)
{
        if (k->n_added == k->room) {
                k->room = k->room ? k->room * 2 : 16;
                struct matching_pair *more = arena_array(a, struct matching_pair, (size_t)k->room);
                if (k->n_added)
                        memcpy(more, k->added, (size_t)k->n_added * sizeof *more);
                k->added = more;
        }
        k->added[k->n_added++] = (struct matching_pair) {mentee, mentor};
}

/* ---- pairs and sums ---- */

struct recheck {
        struct matching_check c;
        struct matching_check turned;   /* a matrix the other way round */
        struct matching_problem other;
        struct matching_result seen;    /* its prices */
        struct matching_proven *k;
        int32_t touched;
};

static struct err count_pair(struct recheck *x, int32_t i)
{
        struct matching_check *c = &x->c;
        int32_t j = c->r->mentor_of[i];
        int64_t score = c->r->score_of[i];
        bool known = i != x->touched && j == x->k->mentor_of[i] && score == x->k->score_of[i];

        if (j == MATCHING_NOBODY)
                return score == MATCHING_NONE ? OK : MATCHING_WRONG("somebody left out has a score");
        if (!known && (j < 0 || j >= c->p->mentors || score == MATCHING_NONE || matching_check_score(c, i, j) != score))
                return MATCHING_WRONG("a pair is not allowed, or its score is another");
        if (c->p->announced && c->p->announced[i] == j)
                c->kept++;
        if (!c->out[i] && ++c->used[j] > c->places[j])
                return MATCHING_WRONG("a mentor has more mentees than places");
        if (c->pairs++ == 0 || score < c->lowest)
                c->lowest = score;
        c->total += score;
        return OK;
}

/* Locked pairs included: that they are there, matching_check_ready() has seen. */
static struct err count_pairs(struct recheck *x)
{
        struct matching_check *c = &x->c;
        const struct matching_result *r = c->r;
        int32_t here = 0;

        for (int32_t i = 0; i < c->p->mentees; i++) {
                TRY(count_pair(x, i));
                here += !(c->p->absent && c->p->absent[i]);
        }
        if (c->pairs != r->matched || here - c->pairs != r->unmatched || c->kept != r->kept)
                return MATCHING_WRONG("the number of pairs is wrong");
        if (c->total != r->total || (c->pairs ? c->lowest : 0) != r->lowest)
                return MATCHING_WRONG("the total or the lowest score is wrong");
        return OK;
}

/* Prices of no pair or one, at least 0, and a cover that says the same: then a pair's prices also prove that it is touched. */
static bool price_is_sound(struct matching_price price, uint8_t cover)
{
        return (price.pairs == 0 && price.score >= 0 && cover == 0) || (price.pairs == 1 && cover == 1);
}

static struct err sum_prices(const struct matching_check *c)
{
        const struct matching_result *r = c->r;
        const struct matching_problem *p = c->p;
        __int128 pairs = 0, score = 0, kept = (__int128)r->kept * r->keep;

        for (int32_t i = 0; i < p->mentees; i++) {
                if (!price_is_sound(r->mentee_price[i], r->most.mentee[i]))
                        return MATCHING_WRONG("a price is negative, or not as the cover");
                pairs += c->out[i] ? 0 : r->mentee_price[i].pairs;
                score += c->out[i] ? 0 : r->mentee_price[i].score;
        }
        for (int32_t j = 0; j < p->mentors; j++) {
                if (!price_is_sound(r->mentor_price[j], r->most.mentor[j]))
                        return MATCHING_WRONG("a price is negative, or not as the cover");
                pairs += (__int128)r->mentor_price[j].pairs * c->places[j];
                score += (__int128)r->mentor_price[j].score * c->places[j];
        }
        for (int64_t k = 0; k < p->n_locked; k++) {
                int32_t i = p->locked[k].mentee;
                pairs += 1;
                score += r->score_of[i] + (p->announced && p->announced[i] == p->locked[k].mentor ? r->keep : 0);
        }
        if (pairs != r->bound.pairs || score != r->bound.score || pairs != r->matched || score != r->total + kept)
                return MATCHING_WRONG("the pairs are worth less than the prices");
        return OK;
}

/* ---- one pair, one mentee, one mentor ---- */

static bool pair_holds(const struct matching_check *c, int32_t i, int32_t j)
{
        const struct matching_result *r = c->r;
        int64_t pairs = r->mentee_price[i].pairs + r->mentor_price[j].pairs;

        if (c->out[i] || c->places[j] == 0 || pairs > 1)
                return true;
        int64_t score = matching_check_score(c, i, j);
        if (score == MATCHING_NONE)
                return true;
        __int128 worth = (__int128)score + (c->p->announced && c->p->announced[i] == j ? r->keep : 0);
        return pairs == 1 && (__int128)r->mentee_price[i].score + r->mentor_price[j].score >= worth;
}

static bool mentee_holds(struct recheck *x, int32_t i)
{
        const struct matching_problem *p = x->c.p;

        if (p->shape == MATCHING_SPARSE) {
                for (int64_t k = p->row[i]; k < p->row[i + 1]; k++)
                        if (!pair_holds(&x->c, i, p->mentor[k]))
                                return false;
                return true;
        }
        if (matching_check_row(&x->c, i))
                return true;
        for (int32_t j = 0; j < p->mentors; j++)
                if (!pair_holds(&x->c, i, j))
                        return false;
        return true;
}

static bool mentor_holds(struct recheck *x, int32_t j)
{
        const struct matching_proven *k = x->k;

        if (x->c.p->shape == MATCHING_SPARSE) {
                for (int64_t e = k->back[j]; e < k->back[j + 1]; e++)
                        if (!pair_holds(&x->c, k->back_mentee[e], j))
                                return false;
                for (int64_t e = 0; e < k->n_added; e++)
                        if (k->added[e].mentor == j && !pair_holds(&x->c, k->added[e].mentee, j))
                                return false;
                return true;
        }
        if (matching_check_row(&x->turned, j))
                return true;
        for (int32_t i = 0; i < x->c.p->mentees; i++)
                if (!pair_holds(&x->c, i, j))
                        return false;
        return true;
}

/* ---- what has become less safe ---- */

static bool lower(struct matching_price a, struct matching_price b)
{
        return a.pairs != b.pairs ? a.pairs < b.pairs : a.score < b.score;
}

static bool any_mentor_fell(const struct recheck *x)
{
        for (int32_t j = 0; j < x->c.p->mentors; j++)
                if (x->c.places[j] > 0 && (x->k->closed[j] || lower(x->c.r->mentor_price[j], x->k->mentor[j])))
                        return true;
        return false;
}

/* The matrix with mentors in rows, and everybody's price on the other side. */
static void turn(struct recheck *x, struct arena *a)
{
        const struct matching_problem *p = x->c.p;

        x->other = (struct matching_problem) {.mentees = p->mentors, .mentors = p->mentees, .shape = MATCHING_DENSE,
                                              .dense = x->k->turned, .stride = p->mentees, .cell = p->cell};
        x->seen = (struct matching_result) {.floor = x->c.r->floor, .mentee_price = x->c.r->mentor_price,
                                            .mentor_price = x->c.r->mentee_price};
        x->turned = (struct matching_check) {.p = &x->other, .r = &x->seen,
                                             .places = arena_array(a, int32_t, (size_t)p->mentees)};
        for (int32_t i = 0; i < p->mentees; i++)
                x->turned.places[i] = !x->c.out[i];
        matching_check_matrix_new(&x->turned, a);
}

static struct err check_prices(struct recheck *x, struct arena *a)
{
        const struct matching_problem *p = x->c.p;
        const struct matching_result *r = x->c.r;
        bool matrix = p->shape == MATCHING_DENSE, mentors = any_mentor_fell(x);

        if (matrix)
                matching_check_matrix_new(&x->c, a);
        if (matrix && mentors)
                turn(x, a);
        for (int32_t i = 0; i < p->mentees; i++) {
                if (x->c.out[i])
                        continue;
                if ((i == x->touched || x->k->out[i] || lower(r->mentee_price[i], x->k->mentee[i])) && !mentee_holds(x, i))
                        return MATCHING_WRONG("a pair is worth more than its prices");
                if (matrix && p->announced && p->announced[i] >= 0 && !pair_holds(&x->c, i, p->announced[i]))
                        return MATCHING_WRONG("an announced pair is worth more than its prices");
        }
        for (int32_t j = 0; mentors && j < p->mentors; j++)
                if (x->c.places[j] > 0 && (x->k->closed[j] || lower(r->mentor_price[j], x->k->mentor[j])) && !mentor_holds(x, j))
                        return MATCHING_WRONG("a pair is worth more than its prices");
        return OK;
}

/* ---- the door ---- */

struct err matching_recheck(const struct matching_problem *p, const struct matching_result *r, int32_t touched, struct arena *a,
                            struct matching_proven *k)
{
        struct recheck x = {.c = {.p = p, .r = r}, .k = k, .touched = touched};
        struct arena_mark mark = arena_mark(a);
        struct err e = matching_check_ready(&x.c, a);

        if (!failed(e))
                e = count_pairs(&x);
        if (!failed(e))
                e = sum_prices(&x.c);
        if (!failed(e))
                e = check_prices(&x, a);
        if (!failed(e))
                remember(r, &x.c, k);
        arena_rewind(a, mark);
        return e;
}
