#include "matching/matching_live.h"

#include "base/err.h"

#include <string.h>

static void marks_new(struct matching_marks *m, int32_t n, struct arena *a)
{
        *m = (struct matching_marks) {.list = arena_array(a, int32_t, (size_t)n), .in = arena_array(a, uint8_t, (size_t)n)};
}

void matching_live_new(int32_t rows, int32_t columns, const uint8_t *out, const int32_t *places, struct arena *a,
                       struct matching_live *l)
{
        size_t n = (size_t)rows, m = (size_t)columns;

        *l = (struct matching_live) {.rows = rows, .columns = columns, .out = out, .places = places, .a = a, .room = 1024};
        l->row = arena_array(a, struct matching_edges, n);
        l->column = arena_array(a, struct matching_edges, m);
        l->row_price = arena_array(a, int64_t, n);
        l->column_price = arena_array(a, int64_t, m);
        l->match = arena_array(a, int32_t, n);
        l->held = arena_array(a, int64_t, n);
        l->first = arena_array(a, int32_t, m);
        l->used = arena_array(a, int32_t, m);
        l->next = arena_array(a, int32_t, n);
        l->previous = arena_array(a, int32_t, n);
        marks_new(&l->open, rows, a);
        marks_new(&l->dear, columns, a);
        marks_new(&l->fell_row, rows, a);
        marks_new(&l->fell_column, columns, a);
        l->distance = arena_array(a, int64_t, m);
        l->row_distance = arena_array(a, int64_t, n);
        l->parent_weight = arena_array(a, int64_t, m);
        l->parent = arena_array(a, int32_t, m);
        l->via = arena_array(a, int32_t, n);
        l->met_row = arena_array(a, int32_t, n);
        l->met_column = arena_array(a, int32_t, m);
        l->level = arena_array(a, int32_t, m);
        l->heap = arena_array(a, struct matching_live_entry, (size_t)l->room);
        matching_live_clear(l);
}

static void marks_clear(struct matching_marks *m)
{
        for (int32_t k = 0; k < m->n; k++)
                m->in[m->list[k]] = 0;
        m->n = 0;
}

void matching_live_clear(struct matching_live *l)
{
        for (int32_t i = 0; i < l->rows; i++) {
                l->row[i].n = 0;
                l->row_price[i] = 0;
                l->match[i] = MATCHING_NOBODY;
                l->row_distance[i] = INT64_MAX;
        }
        for (int32_t j = 0; j < l->columns; j++) {
                l->column[j].n = 0;
                l->column_price[j] = 0;
                l->first[j] = MATCHING_NOBODY;
                l->used[j] = 0;
                l->distance[j] = INT64_MAX;
        }
        marks_clear(&l->open);
        marks_clear(&l->dear);
        marks_clear(&l->fell_row);
        marks_clear(&l->fell_column);
}

void matching_marks_put(struct matching_marks *m, int32_t k)
{
        if (!m->in[k])
                m->list[m->n++] = k;
        m->in[k] = 1;
}

bool matching_marks_take(struct matching_marks *m, int32_t *k)
{
        if (m->n == 0)
                return false;
        *k = m->list[--m->n];
        m->in[*k] = 0;
        return true;
}

/* ---- edges ---- */

static void append(struct matching_edges *e, int32_t to, int64_t weight, struct arena *a)
{
        if (e->n == e->room) {
                int32_t room = e->room ? e->room * 2 : 8;
                int32_t *wider = arena_array(a, int32_t, (size_t)room);
                int64_t *heavier = arena_array(a, int64_t, (size_t)room);
                if (e->n) {
                        memcpy(wider, e->to, (size_t)e->n * sizeof *wider);
                        memcpy(heavier, e->weight, (size_t)e->n * sizeof *heavier);
                }
                e->to = wider;
                e->weight = heavier;
                e->room = room;
        }
        e->to[e->n] = to;
        e->weight[e->n++] = weight;
}

static int32_t find(const struct matching_edges *e, int32_t to)
{
        for (int32_t k = 0; k < e->n; k++)
                if (e->to[k] == to)
                        return k;
        return -1;
}

static void set(struct matching_edges *e, int32_t to, int64_t weight, struct arena *a)
{
        int32_t k = find(e, to);

        if (k < 0) {
                if (weight != MATCHING_NONE)
                        append(e, to, weight, a);
        } else if (weight != MATCHING_NONE) {
                e->weight[k] = weight;
        } else {
                e->to[k] = e->to[--e->n];
                e->weight[k] = e->weight[e->n];
        }
}

void matching_live_edge(struct matching_live *l, int32_t row, int32_t column, int64_t weight)
{
        set(&l->row[row], column, weight, l->a);
        set(&l->column[column], row, weight, l->a);
}

void matching_live_add(struct matching_live *l, int32_t row, int32_t column, int64_t weight)
{
        append(&l->row[row], column, weight, l->a);
        append(&l->column[column], row, weight, l->a);
}

bool matching_live_has(const struct matching_live *l, int32_t row, int32_t column)
{
        return find(&l->row[row], column) >= 0;
}

/* ---- pairs ---- */

void matching_live_link(struct matching_live *l, int32_t row, int32_t column, int64_t weight)
{
        int32_t then = l->first[column];

        l->match[row] = column;
        l->held[row] = weight;
        l->previous[row] = MATCHING_NOBODY;
        l->next[row] = then;
        if (then != MATCHING_NOBODY)
                l->previous[then] = row;
        l->first[column] = row;
        l->used[column]++;
}

void matching_live_unlink(struct matching_live *l, int32_t row)
{
        int32_t column = l->match[row], before = l->previous[row], then = l->next[row];

        if (before != MATCHING_NOBODY)
                l->next[before] = then;
        else
                l->first[column] = then;
        if (then != MATCHING_NOBODY)
                l->previous[then] = before;
        l->match[row] = MATCHING_NOBODY;
        l->used[column]--;
}

void matching_live_mend(struct matching_live *l, int32_t row)
{
        const struct matching_edges *e = &l->row[row];
        int32_t column = l->match[row];
        int64_t top = 0;

        if (l->out[row])
                return;
        for (int32_t k = 0; k < e->n; k++) {
                int64_t value = e->weight[k] - l->column_price[e->to[k]];
                if (l->places[e->to[k]] > 0 && value > top)
                        top = value;
        }
        if (top > l->row_price[row])
                l->row_price[row] = top;
        if (column != MATCHING_NOBODY && l->held[row] - l->column_price[column] < l->row_price[row]) {
                matching_live_unlink(l, row);
                matching_marks_put(&l->dear, column);
                column = MATCHING_NOBODY;
        }
        if (column == MATCHING_NOBODY && l->row_price[row] > 0)
                matching_marks_put(&l->open, row);
}

void matching_live_settle(struct matching_live *l)
{
        int32_t k;

        while (matching_marks_take(&l->open, &k))
                if (!l->out[k] && l->match[k] == MATCHING_NOBODY)
                        matching_live_place(l, k);
        while (matching_marks_take(&l->dear, &k))
                while (l->used[k] < l->places[k] && l->column_price[k] > 0)
                        matching_live_release(l, k);
}
