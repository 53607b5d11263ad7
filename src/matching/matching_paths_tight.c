/* Ways of tight edges: no price is touched. */
#include "matching/matching_paths_parts.h"

/* The edges of a row that may be tight: its few, unless others may be as good, then all. */
struct edges { const struct matching_few *few; int64_t first; int32_t n; };

static struct edges edges_of(const struct matching_paths *p, int32_t i)
{
        const struct matching_few *few = p->fews ? &p->fews->row[i] : NULL;

        if (few && p->s->row_price[i] - p->fews->base > few->bound)
                return (struct edges) {.few = few, .n = few->n};
        return (struct edges) {.first = p->g->start[i], .n = (int32_t)(p->g->start[i + 1] - p->g->start[i])};
}

/* The column of the k-th edge, if that is tight and nobody has tried the column. */
static int32_t tight(const struct matching_paths *p, const struct edges *e, int32_t k, int64_t price)
{
        int32_t j = e->few ? e->few->column[k] : p->g->column[e->first + k];
        int64_t weight = e->few ? (int64_t)e->few->weight[k] + p->fews->base : p->g->weight[e->first + k];
        const struct matching_way *w = &p->way[j];

        return w->distance == MATCHING_FAR_AWAY && w->price + price == weight ? j : MATCHING_NOBODY;
}

/* A row on the way, and how many of its edges have been tried. */
struct matching_turn { int32_t row, tried; };

/* The next column to try from here: one with room, if there is any. MATCHING_NOBODY: there is none. */
static int32_t next_tight(struct matching_paths *p, struct matching_turn *at)
{
        struct edges e = edges_of(p, at->row);
        int64_t price = p->s->row_price[at->row];

        if (at->tried == 0) {
                p->looked_at += e.n;
                for (int32_t k = 0; k < e.n; k++)
                        __builtin_prefetch(p->way + (e.few ? e.few->column[k] : p->g->column[e.first + k]));
                for (int32_t k = 0; k < e.n; k++) {
                        int32_t j = tight(p, &e, k, price);
                        if (j != MATCHING_NOBODY && p->way[j].room > 0)
                                return j;
                }
        }
        while (at->tried < e.n) {
                int32_t j = tight(p, &e, at->tried++, price);
                if (j != MATCHING_NOBODY)
                        return j;
        }
        return MATCHING_NOBODY;
}

static void go_to(struct matching_paths *p, int32_t row, int32_t via)
{
        p->via[row] = via;
        p->turn[p->n_turn++] = (struct matching_turn) {row, 0};
}

/* Depth first, so that the ways of different rows are seldom in each other's way. Columns tried stay tried. */
static int32_t find_tight(struct matching_paths *p, int32_t row)
{
        p->n_turn = 0;
        go_to(p, row, MATCHING_NOBODY);
        while (p->n_turn > 0) {
                struct matching_turn *at = &p->turn[p->n_turn - 1];
                int32_t j = next_tight(p, at);
                if (j == MATCHING_NOBODY) {
                        p->n_turn--;
                        continue;
                }
                struct matching_way *w = &p->way[j];
                w->distance = 0;
                w->parent = at->row;
                p->met_column[p->n_column++] = j;
                if (w->room > 0)
                        return j;
                for (int32_t k = 0; k < w->used; k++)
                        go_to(p, p->s->holder[w->slot + k], j);
        }
        return MATCHING_NOBODY;
}

int32_t matching_paths_tight(struct matching_paths *p, const int32_t *open, int32_t n_open)
{
        int32_t placed = 0;

        if (!p->turn)
                p->turn = arena_array(p->a, struct matching_turn, (size_t)p->g->rows);
        for (int32_t k = 0; k < n_open; k++) {
                if (p->s->taken[open[k]])
                        continue;
                int32_t end = find_tight(p, open[k]);
                if (end != MATCHING_NOBODY) {
                        matching_paths_move(p, end);
                        placed++;
                }
        }
        matching_paths_forget(p);
        return placed;
}
