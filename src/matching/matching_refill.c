/*
 * The search the other way round: from a place that has become free to whoever gains most by moving
 * up.  It ends with somebody who was left out, or at a mentor whose place may as well stay free.
 */
#include "matching/matching_parts.h"

#include <string.h>

/* ---- columns ---- */

static void count(struct matching_view *v, struct matching_columns *c)
{
        for (int32_t i = 0; i < v->p->mentees; i++) {
                struct matching_row row = matching_view_row(v, i);
                for (int64_t k = 0; k < row.n; k++)
                        c->start[row.mentor[k] + 1]++;
        }
        for (int32_t j = 0; j < v->p->mentors; j++)
                c->start[j + 1] += c->start[j];
}

static void fill(struct matching_view *v, struct matching_columns *c, int64_t *next)
{
        memcpy(next, c->start, (size_t)v->p->mentors * sizeof *next);
        for (int32_t i = 0; i < v->p->mentees; i++) {
                struct matching_row row = matching_view_row(v, i);
                for (int64_t k = 0; k < row.n; k++) {
                        int64_t at = next[row.mentor[k]]++;
                        c->mentee[at] = i;
                        c->score[at] = row.score[k];
                }
        }
}

void matching_columns_new(struct matching_view *v, struct arena *a, struct matching_columns *c)
{
        size_t n = (size_t)v->p->mentees, m = (size_t)v->p->mentors;

        *c = (struct matching_columns) {
                .start = arena_array(a, int64_t, m + 1),
                .distance = arena_array(a, matching_worth, n),
                .to = arena_array(a, int32_t, n),
                .met = arena_array(a, int32_t, n),
        };
        count(v, c);
        c->mentee = arena_array(a, int32_t, (size_t)c->start[m]);
        c->score = arena_array(a, int64_t, (size_t)c->start[m]);
        fill(v, c, arena_array(a, int64_t, m));
        for (size_t i = 0; i < n; i++)
                c->distance[i] = MATCHING_FAR;
}

static bool may_come(const struct matching_search *s, int32_t i, int32_t j)
{
        return !s->view->settled[i] && !matching_is_forbidden(s->view, i, j);
}

matching_worth matching_columns_price(const struct matching_search *s,
                                      const struct matching_columns *c, int32_t j)
{
        matching_worth price = 0;

        for (int64_t k = c->start[j]; k < c->start[j + 1]; k++) {
                int32_t i = c->mentee[k];
                matching_worth offer = matching_view_worth(s->view, i, j, c->score[k]) - s->gain[i];
                if (offer > price && may_come(s, i, j))
                        price = offer;
        }
        return price;
}

/* ---- the search ---- */

struct end {
        matching_worth distance;
        int32_t mentor, mentee; /* one of them */
};

static void meet(struct matching_columns *c, int32_t i, matching_worth distance)
{
        if (c->distance[i] == MATCHING_FAR)
                c->met[c->n_met++] = i;
        if (distance < c->distance[i])
                c->distance[i] = distance;
}

/* Mentee i would move to mentor j, and by that free a place somewhere else. */
static void invite(struct matching_search *s, struct matching_columns *c, int32_t i, int32_t j,
                   matching_worth distance, struct end *end)
{
        int32_t from = s->match[i];

        if (distance >= c->distance[i] || distance >= end->distance || from == j ||
            !may_come(s, i, j))
                return;
        meet(c, i, distance);
        c->to[i] = j;
        if (from == MATCHING_NOBODY) {
                *end = (struct end) {.distance = distance, .mentor = MATCHING_NOBODY, .mentee = i};
        } else if (distance < s->column[from].distance) {
                if (s->column[from].distance == MATCHING_FAR)
                        s->touched[s->n_touched++] = from;
                s->column[from].distance = distance;
                s->column[from].parent = i;
                matching_heap_up(s, from);
        }
}

static void free_place(struct matching_search *s, struct matching_columns *c, int32_t j,
                       struct end *end)
{
        matching_worth here = s->column[j].distance, price = s->column[j].price;

        if (here + price < end->distance)
                *end = (struct end) {
                        .distance = here + price, .mentor = j, .mentee = MATCHING_NOBODY};
        for (int32_t i = s->column[j].first; i != MATCHING_NOBODY; i = s->next[i])
                meet(c, i, here);
        for (int64_t k = c->start[j]; k < c->start[j + 1]; k++) {
                int32_t i = c->mentee[k];
                invite(s, c, i, j,
                       here + s->gain[i] + price - matching_view_worth(s->view, i, j, c->score[k]),
                       end);
        }
        s->looked_at += c->start[j + 1] - c->start[j];
}

static struct end nearest_end(struct matching_search *s, struct matching_columns *c, int32_t j)
{
        struct end end = {
                .distance = MATCHING_FAR, .mentor = MATCHING_NOBODY, .mentee = MATCHING_NOBODY};

        s->touched[s->n_touched++] = j;
        s->column[j].distance = 0;
        matching_heap_up(s, j);
        while (s->in_heap > 0 && s->column[s->heap[1]].distance < end.distance)
                free_place(s, c, matching_heap_pop(s), &end);
        return end;
}

static void move_prices(struct matching_search *s, struct matching_columns *c, matching_worth end)
{
        for (int32_t k = 0; k < c->n_met; k++) {
                int32_t i = c->met[k];
                if (c->distance[i] < end)
                        s->gain[i] += end - c->distance[i];
                c->distance[i] = MATCHING_FAR;
        }
        for (int32_t k = 0; k < s->n_touched; k++) {
                struct matching_search_column *column = &s->column[s->touched[k]];
                if (column->distance < end)
                        column->price -= end - column->distance;
                column->distance = MATCHING_FAR;
        }
        matching_heap_clear(s);
        c->n_met = 0;
        s->n_touched = 0;
}

static void move_people(struct matching_search *s, const struct matching_columns *c, int32_t start,
                        struct end end)
{
        int32_t j = end.mentor;

        if (j == MATCHING_NOBODY) {
                j = c->to[end.mentee];
                matching_search_place(s, end.mentee, j);
        }
        while (j != start) {
                int32_t i = s->column[j].parent;
                matching_search_remove(s, i);
                matching_search_place(s, i, c->to[i]);
                j = c->to[i];
        }
}

void matching_search_refill(struct matching_search *s, struct matching_columns *c, int32_t j)
{
        struct end end;

        if (s->column[j].price == 0)
                return;
        end = nearest_end(s, c, j);
        move_prices(s, c, end.distance);
        move_people(s, c, j, end);
        s->searches++;
}
