#include "matching/matching_paths_parts.h"

/* ---- from a free place to whoever would rather be there ---- */

/* A row's holdings become reachable: it would leave one of them for the column `to`. */
static void ask(struct matching_paths *p, int32_t i, int64_t distance, int32_t to, int64_t now, struct matching_end *end)
{
        struct matching_stand *s = p->s;

        if (p->row_distance[i] == MATCHING_FAR_AWAY)
                p->met_row[p->n_row++] = i;
        p->row_distance[i] = distance;
        p->via[i] = to;
        for (int32_t k = 0; k < s->taken[i]; k++) {
                int32_t j = s->held[s->row_slot[i] + k];
                if (distance >= p->way[j].distance)
                        continue;
                p->way[j].parent = i;
                matching_paths_meet(p, j, distance, now);
                if (distance + s->column_price[j] < end->distance)
                        *end = (struct matching_end) {distance + s->column_price[j], j};
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

static void look_back(struct matching_paths *p, int32_t j, int64_t now, struct matching_end *end)
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

/* The next column to work on: from the level, or the nearest of the heap, which begins a new level. */
static bool next_column(struct matching_paths *p, int64_t end, int32_t *column)
{
        if (p->n_level > 0) {
                *column = p->level[--p->n_level];
                return true;
        }
        while (p->in_heap > 0 && p->heap[0].distance < end) {
                struct matching_entry e = matching_paths_pop(p);
                if (e.distance != p->way[e.what].distance)
                        continue;       /* reached on a shorter way since */
                *column = e.what;
                return true;
        }
        return false;
}

void matching_paths_release(struct matching_paths *p, int32_t column)
{
        struct matching_stand *s = p->s;
        struct matching_end end = {s->column_price[column], column};
        int32_t j, i;

        p->way[column].parent = MATCHING_NOBODY;
        matching_paths_meet(p, column, 0, 0);
        while (next_column(p, end.distance, &j))
                if (p->way[j].distance < end.distance)
                        look_back(p, j, p->way[j].distance, &end);
        for (int32_t k = 0; k < p->n_row; k++)
                if (p->row_distance[p->met_row[k]] < end.distance)
                        s->row_price[p->met_row[k]] += end.distance - p->row_distance[p->met_row[k]];
        for (int32_t k = 0; k < p->n_column; k++)
                if (p->way[p->met_column[k]].distance < end.distance)
                        s->column_price[p->met_column[k]] -= end.distance - p->way[p->met_column[k]].distance;
        /* Each on the way moves one on, and what is left free is the end: all rise before anybody sits down. */
        for (j = end.column; (i = p->way[j].parent) != MATCHING_NOBODY; j = p->via[i])
                matching_stand_take(s, i, j);
        for (j = end.column; (i = p->way[j].parent) != MATCHING_NOBODY; j = p->via[i])
                matching_stand_put(s, i, p->via[i]);
        matching_paths_forget(p);
}
