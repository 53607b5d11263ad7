#include "matching/matching_groups.h"

#include <string.h>

enum { DIVE_LIMIT = 400000000, LIMIT = 800000000 };     /* pairs looked at */

bool matching_has_groups(const struct matching_problem *p)
{
        for (int32_t j = 0; p->least && j < p->mentors; j++)
                if (p->least[j] > 1)
                        return true;
        return false;
}

/* ---- getting ready ---- */

#define TOO_FAR FAIL(ERR_LIMIT, "The scores are too far apart for groups", "Scale them down")

static struct err take_edge(struct matching_groups *g, int64_t *n, int32_t i, int32_t j, int64_t score)
{
        int64_t weight;

        if (__builtin_add_overflow(score, matching_view_keep(g->v, i, j), &weight))
                return TOO_FAR;
        g->mentor[*n] = j;
        g->weight[(*n)++] = weight;
        g->low = weight < g->low ? weight : g->low;
        g->high = weight > g->high ? weight : g->high;
        return OK;
}

/* Whether 64 bits hold the bonus, and fractions of what it makes of the weights. */
static void set_bonus(struct matching_groups *g)
{
        __int128 range = (__int128)g->high - g->low, bonus = range * g->rows + 1;
        __int128 widest = MATCHING_WIDEST((int64_t)g->rows + g->v->p->mentors + g->n + 1);

        if (range + 2 * bonus <= widest && g->low - bonus >= -widest && g->high + bonus <= widest)
                g->bonus = (int64_t)bonus;
}

static struct err take_edges(struct matching_groups *g)
{
        int64_t most = 0, n = 0;

        for (int32_t i = 0; i < g->rows; i++)
                most += matching_view_row(g->v, g->mentee[i]).n;
        g->start = arena_array(g->a, int64_t, (size_t)g->rows + 1);
        g->mentor = arena_array(g->a, int32_t, (size_t)most);
        g->weight = arena_array(g->a, int64_t, (size_t)most);
        g->low = INT64_MAX;
        g->high = INT64_MIN;
        for (int32_t i = 0; i < g->rows; i++) {
                struct matching_row row = matching_view_row(g->v, g->mentee[i]);
                g->start[i] = n;
                for (int64_t k = 0; k < row.n; k++)
                        if (g->v->places[row.mentor[k]] > 0)
                                TRY(take_edge(g, &n, g->mentee[i], row.mentor[k], row.score[k]));
        }
        g->start[g->rows] = n;
        if (n == 0)
                g->low = g->high = 0;
        set_bonus(g);
        /* what a worth holds besides a pair: a bonus for each place on a path */
        return ((__int128)g->high - g->low) * g->rows * g->rows < MATCHING_PAIR_UNIT / 4 ? OK : TOO_FAR;
}

static void take_groups(struct matching_groups *g)
{
        const struct matching_problem *p = g->v->p;

        g->group = arena_array(g->a, int32_t, (size_t)p->mentors);
        g->need = arena_array(g->a, int32_t, (size_t)p->mentors);
        g->locked = arena_array(g->a, uint8_t, (size_t)p->mentors);
        g->state = arena_array(g->a, uint8_t, (size_t)p->mentors);
        g->group_of = arena_array(g->a, int32_t, (size_t)p->mentors);
        for (int32_t j = 0; j < p->mentors; j++) {
                int32_t locks = (p->places ? p->places[j] : 1) - g->v->places[j];
                g->group_of[j] = -1;
                if (p->least[j] < 2 || locks >= p->least[j])
                        continue;
                g->group_of[j] = g->n;
                g->group[g->n] = j;
                g->locked[g->n] = locks > 0;
                g->need[g->n++] = p->least[j] - locks;
        }
}

static struct err get_ready(struct matching_groups *g)
{
        const struct matching_problem *p = g->v->p;

        g->mentee = arena_array(g->a, int32_t, (size_t)p->mentees);
        for (int32_t i = 0; i < p->mentees; i++)
                if (!g->v->settled[i])
                        g->mentee[g->rows++] = i;
        g->best.match = arena_array(g->a, int32_t, (size_t)g->rows);
        g->last.match = arena_array(g->a, int32_t, (size_t)g->rows);
        g->best.used = arena_array(g->a, int32_t, (size_t)p->mentors);
        g->last.used = arena_array(g->a, int32_t, (size_t)p->mentors);
        take_groups(g);
        g->price = arena_array(g->a, int64_t, (size_t)p->mentors + (size_t)g->n + 1);
        g->was = arena_array(g->a, uint8_t, (size_t)g->n);
        return take_edges(g);
}

/* ---- the door ---- */

static bool is_whole(const struct matching_problem *p, const struct matching_result *r, struct arena *a)
{
        int32_t *used = arena_array(a, int32_t, (size_t)p->mentors);

        for (int32_t i = 0; i < p->mentees; i++)
                if (r->mentor_of[i] != MATCHING_NOBODY)
                        used[r->mentor_of[i]]++;
        for (int32_t j = 0; j < p->mentors; j++)
                if (used[j] > 0 && used[j] < p->least[j])
                        return false;
        return true;
}

static bool meets_bound(const struct matching_result *r)
{
        return r->matched == r->bound.pairs && r->total + (__int128)r->kept * r->keep == r->bound.score;
}

static struct err give(const struct matching_groups *g, bool all_tried, struct matching_result *r)
{
        int32_t *match = arena_array(g->a, int32_t, (size_t)g->v->p->mentees);

        for (int32_t i = 0; i < g->rows; i++)
                match[g->mentee[i]] = g->best.match[i];
        TRY(matching_result_pairs(g->v, match, r));
        bool met = r->status == MATCHING_OPTIMAL && meets_bound(r);
        r->status = met || all_tried ? MATCHING_OPTIMAL : MATCHING_FEASIBLE;
        r->by_search = all_tried && !met;
        r->searches += g->pulse.searches;
        r->looked_at += g->pulse.looked_at;
        return OK;
}

struct err matching_groups_form(struct matching_view *v, const struct matching_options *o, struct arena *a,
                                struct matching_result *r)
{
        struct matching_groups g = {.v = v, .options = o, .a = a, .limit = DIVE_LIMIT, .root = r,
                                    .pulse = {.options = o, .at = {.of = v->p->mentees, .round = 2}}};

        TRY(get_ready(&g));
        TRY(matching_groups_begin(&g));
        if (is_whole(v->p, r, a))
                return OK;
        if (r->status != MATCHING_OPTIMAL)
                return give(&g, false, r);
        matching_groups_root(&g);
        matching_groups_dive(&g);
        g.stopped = g.pulse.stopped;
        g.limit = LIMIT;
        return give(&g, !g.stopped && matching_groups_search(&g), r);
}
