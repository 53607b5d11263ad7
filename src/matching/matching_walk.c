/*
 * The two searches of matching_live.h: shortest paths as in matching_paths.c, with one more way to end, which is that
 * somebody is left out.
 */
#include "matching/matching_live.h"

#include <string.h>

#define FAR INT64_MAX

/* Where a way ends: at a column's free place, or (no column) with a row that is left out, or was. */
struct end { int64_t distance; int32_t column, row; };

/* ---- the heap: a column may stand in it more than once, its last entry counts ---- */

static void push(struct matching_live *l, int64_t distance, int32_t column)
{
        if (l->in_heap == l->room) {
                struct matching_live_entry *wider = arena_array(l->a, struct matching_live_entry, (size_t)l->room * 2);
                memcpy(wider, l->heap, (size_t)l->in_heap * sizeof *wider);
                l->heap = wider;
                l->room *= 2;
        }
        int64_t at = l->in_heap++;
        for (; at > 0 && l->heap[(at - 1) / 2].distance > distance; at = (at - 1) / 2)
                l->heap[at] = l->heap[(at - 1) / 2];
        l->heap[at] = (struct matching_live_entry) {distance, column};
}

static struct matching_live_entry pop(struct matching_live *l)
{
        struct matching_live_entry top = l->heap[0], last = l->heap[--l->in_heap];
        int64_t at = 0;

        for (int64_t child; (child = 2 * at + 1) < l->in_heap; at = child) {
                if (child + 1 < l->in_heap && l->heap[child + 1].distance < l->heap[child].distance)
                        child++;
                if (l->heap[child].distance >= last.distance)
                        break;
                l->heap[at] = l->heap[child];
        }
        l->heap[at] = last;
        return top;
}

static bool next_column(struct matching_live *l, int64_t end, int32_t *column)
{
        if (l->n_level > 0) {
                *column = l->level[--l->n_level];
                return true;
        }
        while (l->in_heap > 0 && l->heap[0].distance < end) {
                struct matching_live_entry e = pop(l);
                if (e.distance != l->distance[e.column])
                        continue;
                *column = e.column;
                return true;
        }
        return false;
}

static void meet(struct matching_live *l, int32_t j, int64_t distance, int64_t now)
{
        if (l->distance[j] == FAR)
                l->met_column[l->n_column++] = j;
        l->distance[j] = distance;
        if (distance == now)
                l->level[l->n_level++] = j;
        else
                push(l, distance, j);
}

static void forget(struct matching_live *l)
{
        for (int32_t k = 0; k < l->n_column; k++)
                l->distance[l->met_column[k]] = FAR;
        for (int32_t k = 0; k < l->n_row; k++)
                l->row_distance[l->met_row[k]] = FAR;
        l->n_column = l->n_row = l->n_level = 0;
        l->in_heap = 0;
        l->searches++;
}

/* ---- a row that has nowhere to be ---- */

static void look(struct matching_live *l, int32_t i, int64_t now, struct end *end)
{
        const struct matching_edges *edge = &l->row[i];
        int64_t from = now + l->row_price[i];

        l->row_distance[i] = now;
        l->met_row[l->n_row++] = i;
        l->looked_at += edge->n;
        if (from < end->distance)
                *end = (struct end) {from, MATCHING_NOBODY, i};
        for (int32_t e = 0; e < edge->n; e++) {
                int32_t j = edge->to[e];
                int64_t distance = from + l->column_price[j] - edge->weight[e];
                if (distance >= end->distance || distance >= l->distance[j] || l->places[j] == 0)
                        continue;
                l->parent[j] = i;
                l->parent_weight[j] = edge->weight[e];
                if (l->used[j] < l->places[j])
                        *end = (struct end) {distance, j, i};
                else
                        meet(l, j, distance, now);
        }
}

static struct end search(struct matching_live *l, int32_t from)
{
        struct end end = {FAR, MATCHING_NOBODY, from};
        int32_t j;

        l->via[from] = MATCHING_NOBODY;
        look(l, from, 0, &end);
        while (next_column(l, end.distance, &j)) {
                int64_t now = l->distance[j];
                if (now >= end.distance)
                        continue;
                for (int32_t i = l->first[j]; i != MATCHING_NOBODY; i = l->next[i])
                        if (l->row_distance[i] == FAR) {
                                l->via[i] = j;
                                look(l, i, now, &end);
                        }
        }
        return end;
}

static void move_prices(struct matching_live *l, int64_t end)
{
        for (int32_t k = 0; k < l->n_row; k++) {
                int32_t i = l->met_row[k];
                if (l->row_distance[i] < end) {
                        l->row_price[i] -= end - l->row_distance[i];
                        matching_marks_put(&l->fell_row, i);
                }
        }
        for (int32_t k = 0; k < l->n_column; k++) {
                int32_t j = l->met_column[k];
                if (l->distance[j] < end)
                        l->column_price[j] += end - l->distance[j];
        }
}

void matching_live_place(struct matching_live *l, int32_t row)
{
        struct end end = search(l, row);
        int32_t column = end.column;

        move_prices(l, end.distance);
        if (column == MATCHING_NOBODY) {        /* somebody goes, perhaps the row itself */
                column = l->via[end.row];
                if (column != MATCHING_NOBODY)
                        matching_live_unlink(l, end.row);
        }
        while (column != MATCHING_NOBODY) {
                int32_t i = l->parent[column], left = l->via[i];
                if (left != MATCHING_NOBODY)
                        matching_live_unlink(l, i);
                matching_live_link(l, i, column, l->parent_weight[column]);
                column = left;
        }
        forget(l);
}

/* ---- a place that has nobody ---- */

/* The row would come to column `to`: its own becomes free, if it has one. */
static void ask(struct matching_live *l, int32_t i, int64_t distance, int32_t to, int64_t now, struct end *end)
{
        int32_t j = l->match[i];

        if (l->row_distance[i] == FAR)
                l->met_row[l->n_row++] = i;
        l->row_distance[i] = distance;
        l->via[i] = to;
        if (j == MATCHING_NOBODY) {
                *end = (struct end) {distance, MATCHING_NOBODY, i};
        } else if (distance < l->distance[j]) {
                l->parent[j] = i;
                meet(l, j, distance, now);
                if (distance + l->column_price[j] < end->distance)
                        *end = (struct end) {distance + l->column_price[j], j, i};
        }
}

static void look_back(struct matching_live *l, int32_t j, int64_t now, struct end *end)
{
        const struct matching_edges *edge = &l->column[j];
        int64_t from = now + l->column_price[j];

        l->looked_at += edge->n;
        for (int32_t e = 0; e < edge->n; e++) {
                int32_t i = edge->to[e];
                int64_t distance = from + l->row_price[i] - edge->weight[e];
                if (!l->out[i] && distance < end->distance && distance < l->row_distance[i])
                        ask(l, i, distance, j, now, end);
        }
}

static int64_t weight_of(const struct matching_live *l, int32_t row, int32_t column)
{
        const struct matching_edges *e = &l->row[row];
        int32_t k = 0;

        while (e->to[k] != column)
                k++;
        return e->weight[k];
}

static void move_prices_back(struct matching_live *l, int64_t end)
{
        for (int32_t k = 0; k < l->n_row; k++) {
                int32_t i = l->met_row[k];
                if (l->row_distance[i] < end)
                        l->row_price[i] += end - l->row_distance[i];
        }
        for (int32_t k = 0; k < l->n_column; k++) {
                int32_t j = l->met_column[k];
                if (l->distance[j] < end) {
                        l->column_price[j] -= end - l->distance[j];
                        matching_marks_put(&l->fell_column, j);
                }
        }
}

void matching_live_release(struct matching_live *l, int32_t column)
{
        struct end end = {l->column_price[column], column, MATCHING_NOBODY};
        int32_t j, i;

        l->parent[column] = MATCHING_NOBODY;
        meet(l, column, 0, 0);
        while (next_column(l, end.distance, &j))
                if (l->distance[j] < end.distance)
                        look_back(l, j, l->distance[j], &end);
        move_prices_back(l, end.distance);
        for (i = end.row; i != MATCHING_NOBODY; i = l->parent[j]) {
                j = l->via[i];
                if (l->match[i] != MATCHING_NOBODY)
                        matching_live_unlink(l, i);
                matching_live_link(l, i, j, weight_of(l, i, j));
        }
        forget(l);
}
