#include "matching/matching_paths_parts.h"

enum { HANDFUL = 16 };         /* so much is asked of memory at once */

void matching_paths_new(const struct matching_graph *g, struct matching_stand *s, const struct matching_fews *fews,
                        struct arena *a, struct matching_paths *p)
{
        *p = (struct matching_paths) {.g = g, .s = s, .fews = fews, .a = a, .room = 1024};
        p->way = arena_array(a, struct matching_way, (size_t)g->columns);
        p->met_column = arena_array(a, int32_t, (size_t)g->columns);
        p->level = arena_array(a, int32_t, (size_t)g->columns);
        p->row_distance = arena_array(a, int64_t, (size_t)g->rows);
        p->via = arena_array(a, int32_t, (size_t)g->rows);
        p->met_row = arena_array(a, int32_t, (size_t)g->rows);
        p->heap = arena_array(a, struct matching_entry, (size_t)p->room);
        for (int32_t j = 0; j < g->columns; j++)
                p->way[j] = (struct matching_way) {.price = s->column_price[j], .slot = s->slot[j], .used = s->used[j],
                                                   .room = g->places[j] - s->used[j],
                                                   .distance = g->places[j] > 0 ? MATCHING_FAR_AWAY : INT64_MIN};
        for (int32_t i = 0; i < g->rows; i++)
                p->row_distance[i] = MATCHING_FAR_AWAY;
}

void matching_paths_forget(struct matching_paths *p)
{
        for (int32_t k = 0; k < p->n_column; k++)
                p->way[p->met_column[k]].distance = MATCHING_FAR_AWAY;
        for (int32_t k = 0; k < p->n_row; k++)
                p->row_distance[p->met_row[k]] = MATCHING_FAR_AWAY;
        p->n_column = p->n_row = p->n_level = 0;
        p->in_heap = 0;
        p->searches++;
}

void matching_paths_meet(struct matching_paths *p, int32_t j, int64_t distance, int64_t now)
{
        if (p->way[j].distance == MATCHING_FAR_AWAY)
                p->met_column[p->n_column++] = j;
        p->way[j].distance = distance;
        if (distance == now)
                p->level[p->n_level++] = j;
        else
                matching_paths_push(p, distance, j);
}

/* ---- from a row to a free place ---- */

/* from: the row's own distance and price. */
static inline void look_at(struct matching_paths *p, int32_t i, int32_t j, int64_t distance, int64_t now, struct matching_end *end)
{
        struct matching_way *w = &p->way[j];

        if (distance >= end->distance || distance >= w->distance)
                return;
        w->parent = i;
        if (!p->through && w->room > 0)
                *end = (struct matching_end) {distance, j};
        else
                matching_paths_meet(p, j, distance, now);
}

/* All edges of the row, whose columns are fetched a handful ahead. */
static void look_whole(struct matching_paths *p, int32_t i, int64_t now, struct matching_end *end)
{
        const struct matching_graph *g = p->g;
        int64_t from = p->row_distance[i] + p->s->row_price[i], last = g->start[i + 1], ahead = g->start[i];

        p->looked_at += last - ahead;
        for (int64_t e = ahead; e < last; e++) {
                for (; ahead < last && ahead < e + HANDFUL; ahead++)
                        __builtin_prefetch(p->way + g->column[ahead], 1);
                look_at(p, i, g->column[e], from + p->way[g->column[e]].price - g->weight[e], now, end);
        }
}

/* The rest of a row's edges, when its few have been looked at and nothing nearer is left. It is then known anew. */
static void look_rest(struct matching_paths *p, int32_t i, int64_t now, struct matching_end *end)
{
        look_whole(p, i, now, end);
        matching_few_read(p->fews, i);
}

static void look_few(struct matching_paths *p, int32_t i, int64_t now, struct matching_end *end)
{
        const struct matching_few *few = &p->fews->row[i];
        int64_t from = now + p->s->row_price[i] - p->fews->base;

        p->looked_at += few->n;
        for (int32_t k = 0; k < few->n; k++)
                look_at(p, i, few->column[k], from + p->way[few->column[k]].price - few->weight[k], now, end);
        if (few->bound == INT64_MIN || from - few->bound >= end->distance)
                return;
        if (from - few->bound <= now)
                look_rest(p, i, now, end);
        else
                matching_paths_push(p, from - few->bound, ~i);
}

static void look(struct matching_paths *p, int32_t i, int64_t now, struct matching_end *end)
{
        if (p->fews)
                look_few(p, i, now, end);
        else
                look_whole(p, i, now, end);
}

static void meet_row(struct matching_paths *p, int32_t i, int32_t via, int64_t now)
{
        p->row_distance[i] = now;
        p->via[i] = via;
        p->met_row[p->n_row++] = i;
}

/* Rows met at one distance, looked at together: what they need to know is all on its way at once. */
struct handful { int32_t n, row[HANDFUL]; };

static void look_together(struct matching_paths *p, struct handful *h, int64_t now, struct matching_end *end)
{
        for (int32_t k = 0; k < h->n && p->fews; k++) {
                const struct matching_few *few = &p->fews->row[h->row[k]];
                for (int32_t at = 0; at < few->n; at++)
                        __builtin_prefetch(p->way + few->column[at], 1);
        }
        for (int32_t k = 0; k < h->n; k++)
                look(p, h->row[k], now, end);
        h->n = 0;
}

static void add(struct matching_paths *p, struct handful *h, int32_t i, int64_t now, struct matching_end *end)
{
        h->row[h->n++] = i;
        if (p->fews)
                matching_few_fetch(p->fews->row + i);
        else
                __builtin_prefetch(p->g->start + i);
        if (h->n == HANDFUL)
                look_together(p, h, now, end);
}

/* The nearest of the heap that is nearer than the end begins a new level, with all that are as near. */
static bool next_level(struct matching_paths *p, int64_t *now, struct matching_end *end)
{
        bool any = false;

        while (p->in_heap > 0 && p->heap[0].distance < end->distance && (!any || p->heap[0].distance == *now)) {
                struct matching_entry e = matching_paths_pop(p);
                if (e.what >= 0 && e.distance != p->way[e.what].distance)
                        continue;       /* reached on a shorter way since */
                *now = e.distance;
                any = true;
                if (e.what >= 0)
                        p->level[p->n_level++] = e.what;
                else
                        look_rest(p, ~e.what, e.distance, end);
        }
        return any;
}

struct reach { int32_t wanted, met; int64_t far; };

/* Everything at one distance. Going through, free places are counted. */
static void work_level(struct matching_paths *p, int64_t now, struct reach *r, struct matching_end *end)
{
        struct handful h = {0};

        while (now < end->distance && r->met < r->wanted && (p->n_level > 0 || h.n > 0)) {
                if (p->n_level == 0) {
                        look_together(p, &h, now, end);
                        continue;
                }
                int32_t j = p->level[--p->n_level];
                const struct matching_way *w = &p->way[j];
                if (p->through && w->room > 0) {        /* the price rises for those who are there already, too */
                        r->met++;
                        r->far = now;
                }
                for (int32_t k = 0; k < w->used; k++) {
                        int32_t i = p->s->holder[w->slot + k];
                        if (p->row_distance[i] == MATCHING_FAR_AWAY) {
                                meet_row(p, i, j, now);
                                add(p, &h, i, now, end);
                        }
                }
        }
}

/* From what has been met to the nearest free place; going through, to as many as are wanted. */
static void spread(struct matching_paths *p, int32_t wanted, struct matching_end *end)
{
        struct reach r = {.wanted = wanted};
        int64_t now = 0;

        do
                work_level(p, now, &r, end);
        while (r.met < wanted && next_level(p, &now, end));
        if (r.met)
                *end = (struct matching_end) {r.far, 0};
}

static struct matching_end search(struct matching_paths *p, int32_t from)
{
        struct matching_end end = {MATCHING_FAR_AWAY, MATCHING_NOBODY};

        meet_row(p, from, MATCHING_NOBODY, 0);
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
        for (int32_t k = 0; k < p->n_column; k++) {
                struct matching_way *w = &p->way[p->met_column[k]];
                if (w->distance < end)
                        s->column_price[p->met_column[k]] = w->price += end - w->distance;
        }
}

void matching_paths_move(struct matching_paths *p, int32_t column)
{
        p->way[column].room--;
        p->way[column].used++;
        while (column != MATCHING_NOBODY) {
                int32_t row = p->way[column].parent, left = p->via[row];
                if (left != MATCHING_NOBODY)
                        matching_stand_take(p->s, row, left);
                matching_stand_put(p->s, row, column);
                column = left;
        }
}

bool matching_paths_place(struct matching_paths *p, int32_t row)
{
        struct matching_end end = search(p, row);

        if (end.column != MATCHING_NOBODY) {
                move_prices(p, end.distance);
                matching_paths_move(p, end.column);
        }
        matching_paths_forget(p);
        return end.column != MATCHING_NOBODY;
}

/* ---- for many at once ---- */

bool matching_paths_nearer(struct matching_paths *p, const int32_t *open, int32_t n_open, int32_t wanted)
{
        struct matching_end end = {MATCHING_FAR_AWAY, MATCHING_NOBODY};
        struct handful h = {0};

        p->through = true;
        for (int32_t k = 0; k < n_open; k++)
                if (!p->s->taken[open[k]]) {
                        meet_row(p, open[k], MATCHING_NOBODY, 0);
                        add(p, &h, open[k], 0, &end);
                }
        look_together(p, &h, 0, &end);
        spread(p, wanted, &end);
        if (end.column != MATCHING_NOBODY)
                move_prices(p, end.distance);
        matching_paths_forget(p);
        p->through = false;
        return end.column != MATCHING_NOBODY;
}
