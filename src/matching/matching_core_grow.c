#include "matching/matching_core_parts.h"

#include <string.h>

static void put_edge(int32_t *column, int64_t *weight, int64_t from, int64_t *n, int32_t j, int64_t w)
{
        int64_t at = *n;

        for (; at > from && column[at - 1] > j; at--) {
                column[at] = column[at - 1];
                weight[at] = weight[at - 1];
        }
        if (at > from && column[at - 1] == j) {         /* it is there already: close the gap again */
                for (; at < *n; at++) {
                        column[at] = column[at + 1];
                        weight[at] = weight[at + 1];
                }
                return;
        }
        column[at] = j;
        weight[at] = w;
        ++*n;
}

/* The picks by row, as linked lists: all of a row's, in the order in which they came. */
static void by_row(const struct matching_core *c, int32_t *first, int32_t *next, int32_t *column)
{
        int32_t n = 0;

        for (int32_t row = 0; row < c->t->rows; row++)
                first[row] = -1;
        for (int k = MATCHING_STRETCHES - 1; k >= 0; k--)
                for (int64_t at = c->picks[k] - 1; at >= 0; at--) {
                        struct matching_pick p = c->pick[k][at];
                        column[n] = p.column;
                        next[n] = first[p.row];
                        first[p.row] = n++;
                }
}

static int64_t range_of(const int64_t *weight, int64_t n)
{
        int64_t low = n ? weight[0] : 0, high = low;

        for (int64_t e = 0; e < n; e++) {
                low = weight[e] < low ? weight[e] : low;
                high = weight[e] > high ? weight[e] : high;
        }
        return high - low;
}

bool matching_core_grow(struct matching_core *c)
{
        const struct matching_graph *old = &c->g;
        int64_t more = 0;

        for (int k = 0; k < MATCHING_STRETCHES; k++)
                more += c->picks[k];
        if (more == 0)
                return false;
        int64_t *start = arena_array(c->a, int64_t, (size_t)old->rows + 1);
        int32_t *column = arena_array(c->a, int32_t, (size_t)(old->start[old->rows] + more) + 1);
        int64_t *weight = arena_array(c->a, int64_t, (size_t)(old->start[old->rows] + more) + 1);
        struct arena_mark mark = arena_mark(c->a);
        int32_t *first = arena_array(c->a, int32_t, (size_t)old->rows), *next = arena_array(c->a, int32_t, (size_t)more);
        int32_t *new = arena_array(c->a, int32_t, (size_t)more);
        int64_t n = 0;
        by_row(c, first, next, new);
        for (int32_t row = 0; row < old->rows; row++) {
                start[row] = n;
                for (int64_t e = old->start[row]; e < old->start[row + 1]; e++, n++) {
                        column[n] = old->column[e];
                        weight[n] = old->weight[e];
                }
                for (int32_t k = first[row]; k >= 0; k = next[k])
                        put_edge(column, weight, start[row], &n, new[k], matching_core_weight(c->t, row, new[k]));
        }
        start[old->rows] = n;
        arena_rewind(c->a, mark);
        c->g.start = start;
        c->g.column = column;
        c->g.weight = weight;
        c->g.range = range_of(weight, n);
        memset(c->picks, 0, sizeof c->picks);
        return true;
}
