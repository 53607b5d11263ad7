/* Where the search for groups begins, what it has in hand, and what that rules out. */
#include "matching/matching_groups.h"
#include "matching/matching_most.h"

#include <string.h>

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
                        return FAIL_AT(ERR_INVALID, "Locked pairs begin a group that cannot become large enough",
                                       matching_place(g->a, -1, g->group[k]),
                                       "Unlock them, or ask for fewer");
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

/* Takes those of the list who are left for a group, if they are enough. */
static void open_with(const struct matching_groups *g, struct matching_trial *t, int32_t k, const int32_t *row, int64_t n)
{
        int32_t j = g->group[k], left = 0;

        for (int64_t e = 0; e < n; e++)
                left += t->match[row[e]] == MATCHING_NOBODY;
        if (g->locked[k] || left < g->need[k])
                return;
        for (int64_t e = 0; e < n && t->used[j] < g->v->places[j]; e++)
                if (t->match[row[e]] == MATCHING_NOBODY) {
                        t->match[row[e]] = j;
                        t->used[j]++;
                }
}

/* Group by group whoever is left, so that even a search that ends at once has placed people. */
static void open_greedily(const struct matching_groups *g, struct matching_trial *t)
{
        struct matching_graph graph = {.rows = g->rows, .columns = g->v->p->mentors, .start = g->start, .column = g->mentor,
                                       .weight = g->weight};
        struct matching_back back;

        matching_back_new(&graph, g->a, &back);
        for (int32_t k = 0; k < g->n; k++) {
                int64_t from = back.start[g->group[k]];
                open_with(g, t, k, back.row + from, back.start[g->group[k] + 1] - from);
        }
}

struct err matching_groups_begin(struct matching_groups *g)
{
        struct matching_graph graph;
        struct matching_most most;

        must_fill(g, &graph);
        matching_most(&graph, g->a, &most);
        memcpy(g->last.match, most.at, (size_t)g->rows * sizeof *most.at);
        matching_groups_add_up(g);
        TRY(must_be_full(g));
        seat_the_rest(g, &g->last);
        open_greedily(g, &g->last);
        matching_groups_add_up(g);
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

/* ---- between the bound and the best ---- */

void matching_groups_root(struct matching_groups *g)
{
        int32_t m = g->v->p->mentors;

        for (int32_t i = 0; i < g->rows; i++)
                g->last.match[i] = g->root->mentor_of[g->mentee[i]];
        for (int32_t j = 0; j < m; j++)
                g->price[j] = g->root->mentor_price[j].score + g->root->mentor_price[j].pairs * (g->bonus - g->low);
}

static matching_worth worth_of(struct matching_price p) { return matching_worth_of(p.pairs, p.score); }

/* How much better than the best the bound says it could be, at most. */
static matching_worth slack(const struct matching_groups *g)
{
        matching_worth most = 0;

        for (int32_t i = 0; i < g->rows; i++)
                most += worth_of(g->root->mentee_price[g->mentee[i]]);
        for (int32_t j = 0; j < g->v->p->mentors; j++)
                most += worth_of(g->root->mentor_price[j]) * g->v->places[j];
        return most - g->best.pairs * MATCHING_PAIR_UNIT - g->best.worth;
}

void matching_groups_drop(struct matching_groups *g)
{
        matching_worth most = slack(g);
        int64_t n = 0;

        for (int32_t i = 0; i < g->rows; i++) {
                matching_worth price = worth_of(g->root->mentee_price[g->mentee[i]]);
                int64_t from = g->start[i];
                g->start[i] = n;
                for (int64_t e = from; e < g->start[i + 1]; e++) {
                        /* with this pair, the bound is lower by what its prices are above its worth */
                        matching_worth over = price + worth_of(g->root->mentor_price[g->mentor[e]]) - matching_worth_of(1, g->weight[e]);
                        if (over >= most)
                                continue;
                        g->mentor[n] = g->mentor[e];
                        g->weight[n++] = g->weight[e];
                }
        }
        g->start[g->rows] = n;
}
