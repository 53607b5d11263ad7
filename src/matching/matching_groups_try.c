/*
 * One set of decisions about groups, as a problem without groups: who is closed has no edges, and who is open is two
 * columns. In the first of these a pair brings a bonus above everything that scores can differ by. A largest matching can
 * always take all places that can be taken together, so the bonus costs nobody a mentor.
 */
#include "matching/matching_groups.h"

#include <string.h>

struct split {
        int32_t columns, *places;
        int64_t *start, *weight;
        int32_t *column;
};

/* ---- two columns for an open group ---- */


static bool is_open(const struct matching_groups *g, int32_t j)
{
        return g->group_of[j] >= 0 && g->state[g->group_of[j]] == MATCHING_OPEN;
}

static void split_places(const struct matching_groups *g, struct split *s)
{
        int32_t m = g->v->p->mentors;

        s->columns = m + g->n + 1;
        s->places = arena_array(g->a, int32_t, (size_t)s->columns);
        s->places[m + g->n] = g->bonus ? g->rows : 0;
        memcpy(s->places, g->v->places, (size_t)m * sizeof *s->places);
        for (int32_t k = 0; k < g->n; k++) {
                int32_t j = g->group[k];
                if (g->state[k] == MATCHING_UNDECIDED)
                        continue;
                s->places[m + k] = g->state[k] == MATCHING_OPEN ? g->need[k] : 0;
                s->places[j] = g->state[k] == MATCHING_OPEN ? s->places[j] - g->need[k] : 0;
        }
}

static int64_t put(struct split *s, int64_t at, int32_t column, int64_t weight)
{
        s->column[at] = column;
        s->weight[at] = weight;
        return at + 1;
}

static void split_edges(const struct matching_groups *g, struct split *s)
{
        int32_t m = g->v->p->mentors;
        int64_t n = 0, most = 2 * g->start[g->rows] + g->rows;

        s->start = arena_array(g->a, int64_t, (size_t)g->rows + 1);
        s->column = arena_array(g->a, int32_t, (size_t)most);
        s->weight = arena_array(g->a, int64_t, (size_t)most);
        for (int32_t i = 0; i < g->rows; i++) {
                s->start[i] = n;
                for (int64_t e = g->start[i]; e < g->start[i + 1]; e++)
                        if (s->places[g->mentor[e]] > 0)
                                n = put(s, n, g->mentor[e], g->weight[e]);
                for (int64_t e = g->start[i]; e < g->start[i + 1]; e++)
                        if (is_open(g, g->mentor[e]))
                                n = put(s, n, m + g->group_of[g->mentor[e]], g->weight[e] + g->bonus);
                if (g->bonus)
                        n = put(s, n, m + g->n, g->low - g->bonus);
        }
        s->start[g->rows] = n;
}

/* ---- the two engines ---- */

/* Where each row was, as a column of now. Whoever opened has its first places filled first, and dear enough to keep. */
static void go_on_from(struct matching_groups *g, int32_t *wanted)
{
        int32_t m = g->v->p->mentors, *first = arena_array(g->a, int32_t, (size_t)g->n);

        for (int32_t i = 0; i < g->rows; i++) {
                int32_t j = g->last.match[i];
                wanted[i] = j == MATCHING_NOBODY ? m + g->n : j;
                if (j != MATCHING_NOBODY && is_open(g, j) && first[g->group_of[j]]++ < g->need[g->group_of[j]])
                        wanted[i] = m + g->group_of[j];
        }
        for (int32_t k = 0; k < g->n; k++) {
                if (g->state[k] == MATCHING_OPEN && g->was[k] != MATCHING_OPEN)
                        g->price[m + k] = g->price[g->group[k]] + g->bonus;
                g->was[k] = g->state[k];
        }
}

/* Nobody is a column as well, so that everybody has somewhere to go from wherever the last solve ended. */
static bool run_fast(struct matching_groups *g, const struct split *s)
{
        struct matching_graph graph = {.rows = g->rows, .columns = s->columns, .start = s->start, .column = s->column,
                                       .weight = s->weight, .places = s->places, .range = g->high - g->low + 2 * g->bonus};
        int32_t *wanted = arena_array(g->a, int32_t, (size_t)g->rows), nobody = s->columns - 1;
        struct matching_stand stand;

        go_on_from(g, wanted);
        matching_stand_new(&graph, g->a, &stand);
        memcpy(stand.column_price, g->price, (size_t)s->columns * sizeof *g->price);
        enum matching_outcome out = matching_block_mend(&graph, wanted, &g->pulse, g->a, &stand);
        must(out != MATCHING_NO_WAY);
        memcpy(g->price, stand.column_price, (size_t)s->columns * sizeof *g->price);
        for (int32_t i = 0; out == MATCHING_DONE && i < g->rows; i++) {
                int32_t j = stand.held[stand.row_slot[i]];
                g->last.match[i] = j == nobody ? MATCHING_NOBODY : j;
        }
        return out == MATCHING_DONE;
}

static bool run_wide(struct matching_groups *g, const struct split *s)
{
        struct matching_problem p = {.mentees = g->rows, .mentors = s->columns, .row = s->start, .mentor = s->column,
                                     .score = s->weight, .places = s->places};
        struct matching_view *v;

        must(!failed(matching_view_new(&p, g->a, &v)));
        v->bonus = ((matching_worth)g->high - g->low) * g->rows + 1;
        v->bonus_from = g->v->p->mentors;
        struct matching_search *search = matching_search_new(v, g->options, g->a);
        bool done = matching_search_all(search);
        g->pulse.searches += search->searches;
        g->pulse.stopped |= !done;
        memcpy(g->last.match, search->match, (size_t)g->rows * sizeof *search->match);
        return done;
}

/* ---- what came of it ---- */

static int64_t weight_of(const struct matching_groups *g, int32_t i, int32_t j)
{
        int64_t low = g->start[i], high = g->start[i + 1];

        while (low < high) {
                int64_t middle = low + (high - low) / 2;
                if (g->mentor[middle] < j)
                        low = middle + 1;
                else
                        high = middle;
        }
        return g->weight[low];
}

void matching_groups_add_up(struct matching_groups *g)
{
        struct matching_trial *t = &g->last;
        int32_t m = g->v->p->mentors;

        t->pairs = 0;
        t->worth = 0;
        t->possible = true;
        memset(t->used, 0, (size_t)m * sizeof *t->used);
        for (int32_t i = 0; i < g->rows; i++) {
                int32_t j = t->match[i];
                if (j == MATCHING_NOBODY)
                        continue;
                j = t->match[i] = j < m ? j : g->group[j - m];
                t->used[j]++;
                t->pairs++;
                t->worth += weight_of(g, i, j);
        }
        for (int32_t k = 0; k < g->n; k++)
                t->possible &= g->state[k] != MATCHING_OPEN || t->used[g->group[k]] >= g->need[k];
}

bool matching_groups_try(struct matching_groups *g)
{
        struct arena_mark mark = arena_mark(g->a);
        struct split s = {0};

        split_places(g, &s);
        split_edges(g, &s);
        bool done = g->bonus ? run_fast(g, &s) : run_wide(g, &s);
        arena_rewind(g->a, mark);
        /* pairs are looked at more than once, though only the engines know how often */
        g->stopped |= !done || !matching_pulse_beat(&g->pulse, 4 * (g->start[g->rows] + g->rows + s.columns)) ||
                      g->pulse.looked_at > g->limit;
        if (done)
                matching_groups_add_up(g);
        return done;
}
