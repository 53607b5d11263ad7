#include "matching/matching_few.h"

enum { HANDFUL = 16 };

static int64_t lightest(const struct matching_graph *g)
{
        int64_t least = INT64_MAX;

        for (int64_t e = g->start[0]; e < g->start[g->rows]; e++)
                least = g->weight[e] < least ? g->weight[e] : least;
        return least;
}

static int too_many_bits(int64_t range)
{
        int n = 0;

        while (range >> n > UINT32_MAX)
                n++;
        return n;
}

static struct matching_few *on_a_line(struct matching_few *few)
{
        return (struct matching_few *)(((uintptr_t)few + MATCHING_LINE - 1) & ~(uintptr_t)(MATCHING_LINE - 1));
}

void matching_fews_new(const struct matching_graph *g, struct arena *a, struct matching_fews *f)
{
        *f = (struct matching_fews) {.g = g, .fractions = 1, .base = lightest(g), .shift = too_many_bits(g->range)};
        f->row = on_a_line(arena_array(a, struct matching_few, (size_t)g->rows + 1));
}

/* ---- reading ---- */

/* The best few and one more of a row so far, best first. */
struct top { int32_t n; int64_t value[MATCHING_FEW + 1], edge[MATCHING_FEW + 1]; };

static void put_top(struct top *t, int64_t value, int64_t edge)
{
        if (t->n > MATCHING_FEW && value <= t->value[MATCHING_FEW])
                return;
        int32_t at = t->n > MATCHING_FEW ? MATCHING_FEW : t->n++;
        for (; at > 0 && t->value[at - 1] < value; at--) {
                t->value[at] = t->value[at - 1];
                t->edge[at] = t->edge[at - 1];
        }
        t->value[at] = value;
        t->edge[at] = edge;
}

static int64_t scaled(const struct matching_fews *f, int64_t weight) { return (weight - f->base) >> f->shift; }

void matching_few_read(const struct matching_fews *f, int32_t i)
{
        const struct matching_graph *g = f->g;
        struct matching_few *few = &f->row[i];
        struct top t = {0};

        for (int64_t e = g->start[i], end = g->start[i + 1]; e < end; e += HANDFUL) {
                int64_t value[HANDFUL], n = end - e < HANDFUL ? end - e : HANDFUL;
                /* First the prices, all on their way at once, then the choice. */
                for (int64_t k = 0; k < n; k++)
                        value[k] = scaled(f, g->weight[e + k]) * f->fractions - f->price[g->column[e + k]];
                for (int64_t k = 0; k < n; k++)
                        put_top(&t, value[k], e + k);
        }
        few->bound = t.n > MATCHING_FEW ? t.value[MATCHING_FEW] : INT64_MIN;
        few->n = t.n > MATCHING_FEW ? MATCHING_FEW : t.n;
        for (int32_t k = 0; k < few->n; k++) {
                few->column[k] = g->column[t.edge[k]];
                few->weight[k] = (uint32_t)scaled(f, g->weight[t.edge[k]]);
        }
}

void matching_fews_round(struct matching_fews *f, const int64_t *price)
{
        int64_t half = f->fractions / 2;

        for (int32_t i = 0; i < f->g->rows; i++) {
                int64_t bound = f->row[i].bound;
                if (bound != INT64_MIN)
                        f->row[i].bound = (bound + half) / f->fractions - ((bound + half) % f->fractions < 0);
        }
        f->price = price;
        f->fractions = 1;
}
