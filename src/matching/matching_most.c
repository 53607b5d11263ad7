#include "matching/matching_most.h"

#include "base/err.h"

#include <string.h>

enum { FAR = INT32_MAX };

struct search {
        const struct matching_graph *g;
        struct matching_most *m;
        int32_t *slot, *holder, *used;  /* as in matching_stand */
        int32_t *level;                 /* per column: how many steps from a row that waits; FAR: not met */
        int32_t *queue, queued;         /* columns in the order they were met */
        int64_t *edge;                  /* per row: the next edge to try */
        int32_t *trail;                 /* the rows of the path being tried */
        int32_t *holder_at;             /* per column: the next of its rows to ask */
};

static void put(struct search *s, int32_t row, int32_t column)
{
        s->holder[s->slot[column] + s->used[column]++] = row;
        s->m->at[row] = column;
}

/* First come, first served; a column with few rows would be better first, but this is quick and mends itself. */
static void greedy(struct search *s)
{
        const struct matching_graph *g = s->g;

        for (int32_t i = 0; i < g->rows; i++) {
                s->m->at[i] = MATCHING_NOBODY;
                for (int64_t e = g->start[i]; e < g->start[i + 1] && s->m->at[i] == MATCHING_NOBODY; e++)
                        if (s->used[g->column[e]] < g->places[g->column[e]]) {
                                put(s, i, g->column[e]);
                                s->m->placed++;
                        }
        }
}

static void meet(struct search *s, int32_t row, int32_t level, bool *free_met)
{
        const struct matching_graph *g = s->g;

        for (int64_t e = g->start[row]; e < g->start[row + 1]; e++) {
                int32_t j = g->column[e];
                if (s->level[j] != FAR)
                        continue;
                s->level[j] = level;
                s->queue[s->queued++] = j;
                if (s->used[j] < g->places[j])
                        *free_met = true;
        }
}

/* Levels of all columns from the rows that wait, up to the first with a free place. False when there is none. */
static bool layers(struct search *s)
{
        bool free_met = false;
        int32_t last = FAR;

        for (int32_t j = 0; j < s->g->columns; j++)
                s->level[j] = FAR;
        s->queued = 0;
        for (int32_t i = 0; i < s->g->rows; i++)
                if (s->m->at[i] == MATCHING_NOBODY)
                        meet(s, i, 0, &free_met);
        for (int32_t k = 0; k < s->queued; k++) {
                int32_t j = s->queue[k];
                if (free_met && last == FAR)
                        last = s->level[s->queue[s->queued - 1]];
                if (s->level[j] >= last)
                        break;
                for (int32_t h = 0; h < s->used[j]; h++)
                        meet(s, s->holder[s->slot[j] + h], s->level[j] + 1, &free_met);
        }
        return free_met;
}

/* The next column of the layer that a row could go to. */
static int32_t next_step(struct search *s, int32_t row, int32_t level)
{
        const struct matching_graph *g = s->g;

        while (s->edge[row] < g->start[row + 1]) {
                int32_t j = g->column[s->edge[row]];
                if (s->level[j] == level && (s->used[j] < g->places[j] || s->holder_at[j] < s->used[j]))
                        return j;
                s->edge[row]++;
        }
        return MATCHING_NOBODY;
}

/* Row by row along the trail, each takes the place that its edge points at. */
static void shift(struct search *s, int32_t depth)
{
        const struct matching_graph *g = s->g;

        for (int32_t k = depth; k >= 0; k--) {
                int32_t row = s->trail[k], j = g->column[s->edge[row]];
                if (k == depth) {
                        put(s, row, j);
                } else {        /* the row behind has left its place here */
                        s->holder[s->slot[j] + s->holder_at[j] - 1] = row;
                        s->m->at[row] = j;
                }
        }
        s->m->placed++;
}

/* Depth first through the layers; every edge and every holder is tried once a round. */
static void lead(struct search *s, int32_t from)
{
        const struct matching_graph *g = s->g;
        int32_t depth = 0;

        s->trail[0] = from;
        while (depth >= 0) {
                int32_t row = s->trail[depth], j = next_step(s, row, depth);
                if (j == MATCHING_NOBODY) {
                        depth--;
                        continue;
                }
                if (s->used[j] < g->places[j]) {
                        shift(s, depth);
                        return;
                }
                s->trail[++depth] = s->holder[s->slot[j] + s->holder_at[j]++];
        }
}

static void begin_round(struct search *s)
{
        memcpy(s->edge, s->g->start, (size_t)s->g->rows * sizeof *s->edge);
        memset(s->holder_at, 0, (size_t)s->g->columns * sizeof *s->holder_at);
}

/* After the last round the levels tell whom the waiting rows can reach. */
static void find_short(struct search *s)
{
        struct matching_most *m = s->m;

        for (int32_t i = 0; i < s->g->rows; i++)
                m->short_row[i] = m->at[i] == MATCHING_NOBODY || s->level[m->at[i]] != FAR;
        for (int32_t j = 0; j < s->g->columns; j++)
                m->short_column[j] = s->level[j] != FAR;
        for (int32_t i = 0; i < s->g->rows; i++)
                m->n_short += m->short_row[i];
}

void matching_most(const struct matching_graph *g, struct arena *a, struct matching_most *m)
{
        size_t n = (size_t)g->rows, columns = (size_t)g->columns;
        struct search s = {.g = g, .m = m};
        int64_t places = 0;

        must(g->need == NULL);
        *m = (struct matching_most) {.at = arena_array(a, int32_t, n), .short_row = arena_array(a, uint8_t, n),
                                     .short_column = arena_array(a, uint8_t, columns)};
        struct arena_mark mark = arena_mark(a);
        s.slot = arena_array(a, int32_t, columns + 1);
        for (size_t j = 0; j < columns; j++) {
                s.slot[j] = (int32_t)places;
                places += g->places[j];
                must(places <= INT32_MAX);
        }
        s.holder = arena_array(a, int32_t, (size_t)places);
        s.used = arena_array(a, int32_t, columns);
        s.level = arena_array(a, int32_t, columns);
        s.queue = arena_array(a, int32_t, columns);
        s.holder_at = arena_array(a, int32_t, columns);
        s.edge = arena_array(a, int64_t, n);
        s.trail = arena_array(a, int32_t, n + 1);
        greedy(&s);
        while (layers(&s)) {
                begin_round(&s);
                for (int32_t i = 0; i < g->rows; i++)
                        if (m->at[i] == MATCHING_NOBODY)
                                lead(&s, i);
        }
        find_short(&s);
        arena_rewind(a, mark);
}
