#include "matching/matching_graph.h"

#include "base/err.h"

/* Where the slots of each begin, and how many there are in all. */
static int32_t slots_of(const int32_t *count, int32_t n, struct arena *a, int32_t **slot)
{
        int64_t sum = 0;

        *slot = arena_array(a, int32_t, (size_t)n + 1);
        for (int32_t i = 0; i < n; i++) {
                (*slot)[i] = (int32_t)sum;
                sum += count ? count[i] : 1;
                must(sum <= INT32_MAX);
        }
        (*slot)[n] = (int32_t)sum;
        return (int32_t)sum;
}

void matching_stand_new(const struct matching_graph *g, struct arena *a, struct matching_stand *s)
{
        size_t n = (size_t)g->rows, m = (size_t)g->columns;

        s->row_price = arena_array(a, int64_t, n);
        s->column_price = arena_array(a, int64_t, m);
        s->held = arena_array(a, int32_t, (size_t)slots_of(g->need, g->rows, a, &s->row_slot));
        s->holder = arena_array(a, int32_t, (size_t)slots_of(g->places, g->columns, a, &s->slot));
        s->taken = arena_array(a, int32_t, n);
        s->used = arena_array(a, int32_t, m);
}

void matching_stand_put(struct matching_stand *s, int32_t row, int32_t column)
{
        must(s->row_slot[row] + s->taken[row] < s->row_slot[row + 1] && s->slot[column] + s->used[column] < s->slot[column + 1]);
        s->held[s->row_slot[row] + s->taken[row]++] = column;
        s->holder[s->slot[column] + s->used[column]++] = row;
}

static void cut(int32_t *list, int32_t *n, int32_t what)
{
        int32_t k = 0;

        while (list[k] != what)
                k++;
        list[k] = list[--*n];
}

void matching_stand_take(struct matching_stand *s, int32_t row, int32_t column)
{
        cut(s->held + s->row_slot[row], &s->taken[row], column);
        cut(s->holder + s->slot[column], &s->used[column], row);
}

void matching_back_new(const struct matching_graph *g, struct arena *a, struct matching_back *b)
{
        int64_t edges = g->start[g->rows];

        b->start = arena_array(a, int64_t, (size_t)g->columns + 2);
        b->row = arena_array(a, int32_t, (size_t)edges);
        b->weight = arena_array(a, int64_t, (size_t)edges);
        int64_t *at = b->start + 1;     /* while filling, at[j] is where j's next edge goes */
        for (int64_t e = g->start[0]; e < edges; e++)
                at[g->column[e] + 1]++;
        for (int32_t j = 0; j < g->columns; j++)
                at[j + 1] += at[j];
        for (int32_t i = 0; i < g->rows; i++)
                for (int64_t e = g->start[i]; e < g->start[i + 1]; e++) {
                        int64_t to = at[g->column[e]]++;
                        b->row[to] = i;
                        b->weight[to] = g->weight[e];
                }
}
