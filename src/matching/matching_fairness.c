#include "matching/matching_fairness.h"

#include <math.h>
#include <stdlib.h>

static const double notable = 0.25;

struct sums { double n, n_fit, left, sum, squares; };

struct tally { struct matching_group group; struct sums s; bool hidden; };

static void add(struct sums *s, const struct matching_case *c)
{
        s->n++;
        s->left += c->left_out;
        if (c->left_out)
                return;
        s->n_fit++;
        s->sum += (double)c->score;
        s->squares += (double)c->score * (double)c->score;
}

static bool same_group(struct text a, struct text b) { return (a.n == 0 && b.n == 0) || text_equal(a, b); }

static struct tally *tally_of(struct tally *t, size_t *n, struct text name)
{
        for (size_t i = 0; i < *n; i++)
                if (same_group(t[i].group.name, name))
                        return &t[i];
        t[*n] = (struct tally) {.group = {.name = name}};
        return &t[(*n)++];
}

/* Largest first; equal ones by name, so that the page does not depend on the order of a list. */
static int by_size(const void *a, const void *b)
{
        const struct tally *x = a, *y = b;

        if (x->s.n != y->s.n)
                return x->s.n < y->s.n ? 1 : -1;
        return text_compare(x->group.name, y->group.name);
}

/*
 * Groups below k go; and as long as what is hidden could be had by taking the shown from the whole - a single group, or
 * fewer than k people - the smallest that is still shown goes too.
 */
static void hide_small(struct tally *t, size_t n, int64_t k, struct matching_groups *out)
{
        size_t shown = n;

        while (shown > 0 && t[shown - 1].s.n < (double)k)
                shown--;
        for (size_t i = shown; i < n; i++)
                out->hidden_people += (int64_t)t[i].s.n;
        while (shown > 0 && shown < n && (n - shown < 2 || out->hidden_people < k))
                out->hidden_people += (int64_t)t[--shown].s.n;
        out->hidden = (int64_t)(n - shown);
        out->n = shown;
}

static double mean_of(const struct sums *s) { return s->n_fit > 0 ? s->sum / s->n_fit : 0; }

static double variance_of(const struct sums *s)
{
        double m = mean_of(s);

        return s->n_fit > 1 ? fmax(0, (s->squares - s->n_fit * m * m) / (s->n_fit - 1)) : 0;
}

/* How far the group lies from everybody else, in standard deviations. */
static void compare(struct tally *t, const struct sums *all, int64_t k)
{
        const struct sums *g = &t->s;
        struct sums rest = {all->n - g->n, all->n_fit - g->n_fit, all->left - g->left, all->sum - g->sum, all->squares - g->squares};
        struct matching_group *out = &t->group;

        out->n = (int64_t)g->n;
        out->left_out = (int64_t)g->left;
        out->mean = mean_of(g);
        if (rest.n < (double)k)
                return;
        double spread = sqrt((variance_of(g) + variance_of(&rest)) / 2);
        if (spread > 0 && g->n_fit > 1 && rest.n_fit > 1)
                out->d_fit = (mean_of(g) - mean_of(&rest)) / spread;
        double p = g->left / g->n, q = rest.left / rest.n, even = sqrt((p * (1 - p) + q * (1 - q)) / 2);
        if (even > 0)
                out->d_left = (p - q) / even;
        else if (p != q)
                out->d_left = p > q ? 1 : -1;
        out->lower = out->d_fit < -notable;
        out->higher = out->d_fit > notable;
        out->left_more = out->d_left > notable;
}

void matching_groups(const struct matching_case *row, size_t n, int64_t k, struct arena *a, struct matching_groups *out)
{
        struct tally *t = arena_array(a, struct tally, n + 1);
        struct sums all = {0};
        size_t groups = 0;

        *out = (struct matching_groups) {0};
        for (size_t i = 0; i < n; i++) {
                add(&tally_of(t, &groups, row[i].group)->s, &row[i]);
                add(&all, &row[i]);
        }
        qsort(t, groups, sizeof *t, by_size);
        hide_small(t, groups, k, out);
        out->nothing = out->n < 2;
        out->row = arena_array(a, struct matching_group, out->n + 1);
        for (size_t i = 0; i < out->n; i++) {
                compare(&t[i], &all, k);
                out->row[i] = t[i].group;
        }
}
