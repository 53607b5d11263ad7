#include "matching/matching_paths.h"

#include "base/err.h"

#include <string.h>

void matching_paths_new(const struct matching_graph *g, struct matching_stand *s, struct arena *a, struct matching_paths *p)
{
        *p = (struct matching_paths) {.g = g, .s = s, .a = a, .room = 1024};
        p->distance = arena_array(a, int64_t, (size_t)g->columns);
        p->parent = arena_array(a, int32_t, (size_t)g->columns);
        p->met_column = arena_array(a, int32_t, (size_t)g->columns);
        p->level = arena_array(a, int32_t, (size_t)g->columns);
        p->row_distance = arena_array(a, int64_t, (size_t)g->rows);
        p->via = arena_array(a, int32_t, (size_t)g->rows);
        p->met_row = arena_array(a, int32_t, (size_t)g->rows);
        p->heap = arena_array(a, struct matching_entry, (size_t)p->room);
        for (int32_t j = 0; j < g->columns; j++)
                p->distance[j] = MATCHING_FAR_AWAY;
        for (int32_t i = 0; i < g->rows; i++)
                p->row_distance[i] = MATCHING_FAR_AWAY;
}

/* ---- the heap: a column may stand in it more than once, its last entry counts ---- */

static void heap_grow(struct matching_paths *p)
{
        struct matching_entry *wider = arena_array(p->a, struct matching_entry, (size_t)p->room * 2);

        memcpy(wider, p->heap, (size_t)p->in_heap * sizeof *wider);
        p->heap = wider;
        p->room *= 2;
}

static void heap_push(struct matching_paths *p, int64_t distance, int32_t column)
{
        if (p->in_heap == p->room)
                heap_grow(p);
        int64_t at = p->in_heap++;
        while (at > 0 && p->heap[(at - 1) / 2].distance > distance) {
                p->heap[at] = p->heap[(at - 1) / 2];
                at = (at - 1) / 2;
        }
        p->heap[at] = (struct matching_entry) {distance, column};
}

static struct matching_entry heap_pop(struct matching_paths *p)
{
        struct matching_entry top = p->heap[0], last = p->heap[--p->in_heap];
        int64_t at = 0;

        for (;;) {
                int64_t child = 2 * at + 1;
                if (child >= p->in_heap)
                        break;
                if (child + 1 < p->in_heap && p->heap[child + 1].distance < p->heap[child].distance)
                        child++;
                if (p->heap[child].distance >= last.distance)
                        break;
                p->heap[at] = p->heap[child];
                at = child;
        }
        p->heap[at] = last;
        return top;
}

/*
 * The next column to work on: from the level, or the nearest of the heap, which begins a new level. False when nothing
 * nearer than the end is left.
 */
static bool next_column(struct matching_paths *p, int64_t end, int32_t *column)
{
        if (p->n_level > 0) {
                *column = p->level[--p->n_level];
                return true;
        }
        while (p->in_heap > 0 && p->heap[0].distance < end) {
                struct matching_entry e = heap_pop(p);
                if (e.distance != p->distance[e.column])
                        continue;       /* reached on a shorter way since */
                *column = e.column;
                return true;
        }
        return false;
}

static void forget(struct matching_paths *p)
{
        for (int32_t k = 0; k < p->n_column; k++)
                p->distance[p->met_column[k]] = MATCHING_FAR_AWAY;
        for (int32_t k = 0; k < p->n_row; k++)
                p->row_distance[p->met_row[k]] = MATCHING_FAR_AWAY;
        p->n_column = p->n_row = p->n_level = 0;
        p->in_heap = 0;
        p->searches++;
}

static void meet_column(struct matching_paths *p, int32_t j, int64_t distance, int64_t now)
{
        if (p->distance[j] == MATCHING_FAR_AWAY)
                p->met_column[p->n_column++] = j;
        p->distance[j] = distance;
        if (distance == now)
                p->level[p->n_level++] = j;
        else
                heap_push(p, distance, j);
}

/* ---- from a row to a free place ---- */

struct end { int64_t distance; int32_t column; };

static void look(struct matching_paths *p, int32_t i, int64_t now, struct end *end)
{
        const struct matching_graph *g = p->g;
        const int64_t *price = p->s->column_price;
        int64_t from = now + p->s->row_price[i], last = g->start[i + 1];

        p->row_distance[i] = now;
        p->met_row[p->n_row++] = i;
        p->looked_at += last - g->start[i];
        for (int64_t e = g->start[i]; e < last; e++) {
                int32_t j = g->column[e];
                int64_t distance = from + price[j] - g->weight[e];
                if (distance >= end->distance || distance >= p->distance[j] || g->places[j] == 0)
                        continue;
                p->parent[j] = i;
                if (!p->through && matching_has_room(g, p->s, j))
                        *end = (struct end) {distance, j};
                else
                        meet_column(p, j, distance, now);
        }
}

/* From what has been met to the nearest free place; going through, to as many as are wanted. */
static void spread(struct matching_paths *p, int32_t wanted, struct end *end)
{
        struct matching_stand *s = p->s;
        int64_t far = 0;
        int32_t j, met = 0;

        while (met < wanted && next_column(p, end->distance, &j)) {
                int64_t now = p->distance[j];
                if (now >= end->distance)
                        continue;
                if (p->through && matching_has_room(p->g, s, j)) {
                        met++;
                        far = now;
                        continue;
                }
                const int32_t *holder = s->holder + s->slot[j];
                for (int32_t k = 0; k < s->used[j]; k++)
                        if (p->row_distance[holder[k]] == MATCHING_FAR_AWAY) {
                                p->via[holder[k]] = j;
                                look(p, holder[k], now, end);
                        }
        }
        if (met)
                *end = (struct end) {far, j};
}

static struct end search(struct matching_paths *p, int32_t from)
{
        struct end end = {MATCHING_FAR_AWAY, MATCHING_NOBODY};

        p->via[from] = MATCHING_NOBODY;
        look(p, from, 0, &end);
        spread(p, 1, &end);
        return end;
}

/* Everything nearer than the end moves by what it is nearer: then all edges on the way are tight. */
static void move_prices(struct matching_paths *p, int64_t end)
{
        struct matching_stand *s = p->s;

        for (int32_t k = 0; k < p->n_row; k++)
                if (p->row_distance[p->met_row[k]] < end)
                        s->row_price[p->met_row[k]] -= end - p->row_distance[p->met_row[k]];
        for (int32_t k = 0; k < p->n_column; k++)
                if (p->distance[p->met_column[k]] < end)
                        s->column_price[p->met_column[k]] += end - p->distance[p->met_column[k]];
}

static void move_people(struct matching_paths *p, int32_t column)
{
        while (column != MATCHING_NOBODY) {
                int32_t row = p->parent[column], left = p->via[row];
                if (left != MATCHING_NOBODY)
                        matching_stand_take(p->s, row, left);
                matching_stand_put(p->s, row, column);
                column = left;
        }
}

bool matching_paths_place(struct matching_paths *p, int32_t row)
{
        struct end end = search(p, row);

        if (end.column != MATCHING_NOBODY) {
                move_prices(p, end.distance);
                move_people(p, end.column);
        }
        forget(p);
        return end.column != MATCHING_NOBODY;
}

/* ---- many at once ---- */

/* Looks at the row's tight edges: gives back a free column, and puts those who sit in the others on the stack. */
static int32_t look_tight(struct matching_paths *p, int32_t i, int32_t *n)
{
        const struct matching_graph *g = p->g;
        const struct matching_stand *s = p->s;
        int64_t price = s->row_price[i];

        p->looked_at += g->start[i + 1] - g->start[i];
        for (int64_t e = g->start[i]; e < g->start[i + 1]; e++) {
                int32_t j = g->column[e];
                if (s->column_price[j] + price != g->weight[e] || p->distance[j] != MATCHING_FAR_AWAY || g->places[j] == 0)
                        continue;
                p->distance[j] = 0;
                p->met_column[p->n_column++] = j;
                p->parent[j] = i;
                if (matching_has_room(g, s, j))
                        return j;
                for (int32_t k = 0; k < s->used[j]; k++) {
                        int32_t holder = s->holder[s->slot[j] + k];
                        p->via[holder] = j;
                        p->met_row[(*n)++] = holder;
                }
        }
        return MATCHING_NOBODY;
}

int32_t matching_paths_tight(struct matching_paths *p, const int32_t *open, int32_t n_open)
{
        int32_t placed = 0;

        for (int32_t k = 0; k < n_open; k++) {
                int32_t n = 0, end = MATCHING_NOBODY;

                if (p->s->taken[open[k]])
                        continue;
                p->via[open[k]] = MATCHING_NOBODY;
                p->met_row[n++] = open[k];
                while (n > 0 && end == MATCHING_NOBODY)
                        end = look_tight(p, p->met_row[--n], &n);
                if (end != MATCHING_NOBODY) {
                        move_people(p, end);
                        placed++;
                }
        }
        forget(p);
        return placed;
}

bool matching_paths_nearer(struct matching_paths *p, const int32_t *open, int32_t n_open, int32_t wanted)
{
        struct end end = {MATCHING_FAR_AWAY, MATCHING_NOBODY};

        p->through = true;
        for (int32_t k = 0; k < n_open; k++)
                if (!p->s->taken[open[k]])
                        look(p, open[k], 0, &end);
        spread(p, wanted, &end);
        if (end.column != MATCHING_NOBODY)
                move_prices(p, end.distance);
        forget(p);
        p->through = false;
        return end.column != MATCHING_NOBODY;
}

/* ---- from a free place to whoever would rather be there ---- */

/* A row's holdings become reachable: it would leave one of them for the column `to`. */
static void ask(struct matching_paths *p, int32_t i, int64_t distance, int32_t to, int64_t now, struct end *end)
{
        struct matching_stand *s = p->s;

        if (p->row_distance[i] == MATCHING_FAR_AWAY)
                p->met_row[p->n_row++] = i;
        p->row_distance[i] = distance;
        p->via[i] = to;
        for (int32_t k = 0; k < s->taken[i]; k++) {
                int32_t j = s->held[s->row_slot[i] + k];
                if (distance >= p->distance[j])
                        continue;
                p->parent[j] = i;
                meet_column(p, j, distance, now);
                if (distance + s->column_price[j] < end->distance)
                        *end = (struct end) {distance + s->column_price[j], j};
        }
}

/* A row that needs several columns may hold this one already: it cannot come here once more. */
static bool is_here(const struct matching_paths *p, int32_t i, int32_t j)
{
        for (int32_t k = 0; p->g->need && k < p->s->used[j]; k++)
                if (p->s->holder[p->s->slot[j] + k] == i)
                        return true;
        return false;
}

static void look_back(struct matching_paths *p, int32_t j, int64_t now, struct end *end)
{
        const struct matching_back *b = &p->back;
        int64_t from = now + p->s->column_price[j];

        p->looked_at += b->start[j + 1] - b->start[j];
        for (int64_t e = b->start[j]; e < b->start[j + 1]; e++) {
                int64_t distance = from + p->s->row_price[b->row[e]] - b->weight[e];
                if (distance < end->distance && distance < p->row_distance[b->row[e]] && !is_here(p, b->row[e], j))
                        ask(p, b->row[e], distance, j, now, end);
        }
}

void matching_paths_release(struct matching_paths *p, int32_t column)
{
        struct matching_stand *s = p->s;
        struct end end = {s->column_price[column], column};
        int32_t j;

        p->parent[column] = MATCHING_NOBODY;
        meet_column(p, column, 0, 0);
        while (next_column(p, end.distance, &j))
                if (p->distance[j] < end.distance)
                        look_back(p, j, p->distance[j], &end);
        for (int32_t k = 0; k < p->n_row; k++)
                if (p->row_distance[p->met_row[k]] < end.distance)
                        s->row_price[p->met_row[k]] += end.distance - p->row_distance[p->met_row[k]];
        for (int32_t k = 0; k < p->n_column; k++)
                if (p->distance[p->met_column[k]] < end.distance)
                        s->column_price[p->met_column[k]] -= end.distance - p->distance[p->met_column[k]];
        /* Each on the way moves one on, and what is left free is the end: all rise before anybody sits down. */
        for (j = end.column; p->parent[j] != MATCHING_NOBODY; j = p->via[p->parent[j]])
                matching_stand_take(s, p->parent[j], j);
        for (j = end.column; p->parent[j] != MATCHING_NOBODY; j = p->via[p->parent[j]])
                matching_stand_put(s, p->parent[j], p->via[p->parent[j]]);
        forget(p);
}
