/*
 * One set of decisions about groups, as a problem without groups: who is closed has no edges, and who is open is two
 * columns. In the first of these a pair brings a bonus above everything that scores can differ by. A largest matching can
 * always take all places that can be taken together, so the bonus costs nobody a mentor.
 */
#include "matching/matching_groups.h"
#include "matching/matching_most.h"

#include <string.h>

struct split {
        int32_t columns, *places;
        int64_t *start, *weight, bonus;
        int32_t *column;
        __int128 wide_bonus;
};

/* ---- two columns for an open group ---- */


static bool is_open(const struct matching_groups *g, int32_t j)
{
        return g->group_of[j] >= 0 && g->state[g->group_of[j]] == MATCHING_OPEN;
}

static void split_places(const struct matching_groups *g, struct split *s)
{
        int32_t m = g->v->p->mentors;

        s->columns = m + g->n;
        s->places = arena_array(g->a, int32_t, (size_t)s->columns);
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
        int64_t n = 0, most = 2 * g->start[g->rows];

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
                                n = put(s, n, m + g->group_of[g->mentor[e]], g->weight[e] + s->bonus);
        }
        s->start[g->rows] = n;
}

/* ---- the two engines ---- */

/* Whether 64 bits hold the bonus, and fractions of what it makes of the weights. */
static bool set_bonus(const struct matching_groups *g, struct split *s)
{
        __int128 range = (__int128)g->high - g->low, bonus = range * g->rows + 1;
        __int128 widest = MATCHING_WIDEST((int64_t)g->rows + s->columns);
        bool fits = range + bonus <= widest && g->low >= -widest && g->high + bonus <= widest;

        s->wide_bonus = bonus;
        s->bonus = fits ? (int64_t)bonus : 0;
        return fits;
}

static bool run_fast(struct matching_groups *g, const struct split *s, int32_t *match)
{
        struct matching_graph graph = {.rows = g->rows, .columns = s->columns, .start = s->start, .column = s->column,
                                       .weight = s->weight, .places = s->places, .range = g->high - g->low + s->bonus};
        struct matching_answer w;

        matching_answer_new(g->rows, s->columns, g->a, &w);
        bool done = matching_whole_solve(&graph, &g->pulse, g->a, &w);
        memcpy(match, w.match, (size_t)g->rows * sizeof *match);
        return done;
}

static bool run_wide(struct matching_groups *g, const struct split *s, int32_t *match)
{
        struct matching_problem p = {.mentees = g->rows, .mentors = s->columns, .row = s->start, .mentor = s->column,
                                     .score = s->weight, .places = s->places};
        struct matching_view *v;

        must(!failed(matching_view_new(&p, g->a, &v)));
        v->bonus = s->wide_bonus;
        v->bonus_from = g->v->p->mentors;
        struct matching_search *search = matching_search_new(v, g->options, g->a);
        bool done = matching_search_all(search);
        g->pulse.searches += search->searches;
        g->pulse.stopped |= !done;
        memcpy(match, search->match, (size_t)g->rows * sizeof *match);
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

static void add_up(const struct matching_groups *g, struct matching_trial *t)
{
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
        bool fits = set_bonus(g, &s);
        split_edges(g, &s);
        bool done = fits ? run_fast(g, &s, g->last.match) : run_wide(g, &s, g->last.match);
        arena_rewind(g->a, mark);
        /* pairs are looked at more than once, though only the engines know how often */
        g->stopped |= !done || !matching_pulse_beat(&g->pulse, 4 * (g->start[g->rows] + g->rows + s.columns)) ||
                      g->pulse.looked_at > g->limit;
        if (done)
                add_up(g, &g->last);
        return done;
}

/* ---- pairs that hold, to begin with ---- */

/* Only groups with locks, and only the places that they must fill. */
static void must_fill(const struct matching_groups *g, struct matching_graph *graph)
{
        int32_t m = g->v->p->mentors, *column = arena_array(g->a, int32_t, (size_t)g->start[g->rows]);
        int32_t *places = arena_array(g->a, int32_t, (size_t)m);
        int64_t *start = arena_array(g->a, int64_t, (size_t)g->rows + 1), n = 0;

        for (int32_t k = 0; k < g->n; k++)
                places[g->group[k]] = g->locked[k] ? g->need[k] : 0;
        for (int32_t i = 0; i < g->rows; i++) {
                start[i] = n;
                for (int64_t e = g->start[i]; e < g->start[i + 1]; e++)
                        if (places[g->mentor[e]] > 0)
                                column[n++] = g->mentor[e];
        }
        start[g->rows] = n;
        *graph = (struct matching_graph) {.rows = g->rows, .columns = m, .start = start, .column = column,
                                          .weight = arena_array(g->a, int64_t, (size_t)n), .places = places};
}

static struct err must_be_full(const struct matching_groups *g)
{
        for (int32_t k = 0; k < g->n; k++)
                if (g->locked[k] && g->last.used[g->group[k]] < g->need[k])
                        return FAIL_AT(ERR_INVALID, "A group with a locked pair cannot reach its least size",
                                       matching_place(g->a, -1, g->group[k]),
                                       "Take the lock back, or let more mentees go there");
        return OK;
}

/* Whoever is left goes where there is a place without any condition. */
static void seat_the_rest(struct matching_groups *g, struct matching_trial *t)
{
        for (int32_t i = 0; i < g->rows; i++)
                for (int64_t e = g->start[i]; e < g->start[i + 1] && t->match[i] == MATCHING_NOBODY; e++) {
                        int32_t j = g->mentor[e], k = g->group_of[j];
                        if (t->used[j] < g->v->places[j] && (k < 0 || g->locked[k])) {
                                t->match[i] = j;
                                t->used[j]++;
                        }
                }
}

struct err matching_groups_begin(struct matching_groups *g)
{
        struct matching_graph graph;
        struct matching_most most;

        must_fill(g, &graph);
        matching_most(&graph, g->a, &most);
        memcpy(g->last.match, most.at, (size_t)g->rows * sizeof *most.at);
        add_up(g, &g->last);
        TRY(must_be_full(g));
        seat_the_rest(g, &g->last);
        add_up(g, &g->last);
        matching_groups_keep(g);
        return OK;
}

void matching_groups_keep(struct matching_groups *g)
{
        struct matching_trial *from = &g->last, *to = &g->best;

        memcpy(to->match, from->match, (size_t)g->rows * sizeof *to->match);
        memcpy(to->used, from->used, (size_t)g->v->p->mentors * sizeof *to->used);
        to->pairs = from->pairs;
        to->worth = from->worth;
        to->possible = true;
}

int32_t matching_groups_torn(const struct matching_groups *g)
{
        int32_t most = -1, at = -1;

        for (int32_t k = 0; k < g->n; k++) {
                int32_t used = g->last.used[g->group[k]], lack = g->need[k] - used;
                if (g->state[k] != MATCHING_UNDECIDED || used == 0 || lack <= 0)
                        continue;
                int32_t torn = used < lack ? used : lack;
                if (torn > most) {
                        most = torn;
                        at = k;
                }
        }
        return at;
}
