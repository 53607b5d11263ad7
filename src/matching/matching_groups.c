#include "matching/matching_groups.h"

#include <string.h>

enum { DIVE_LIMIT = 600000000, LIMIT = 1200000000 };     /* pairs looked at */

bool matching_groups_asked(const struct matching_problem *p)
{
        for (int32_t j = 0; p->least && j < p->mentors; j++)
                if (p->least[j] > 1)
                        return true;
        return false;
}

/* ---- getting ready ---- */

static void take_edge(struct matching_groups *g, int64_t *n, int32_t i, int32_t j, int64_t score)
{
        int64_t weight = score + matching_view_keep(g->v, i, j);

        g->mentor[*n] = j;
        g->weight[(*n)++] = weight;
        g->low = weight < g->low ? weight : g->low;
        g->high = weight > g->high ? weight : g->high;
}

static void take_edges(struct matching_groups *g)
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
                                take_edge(g, &n, g->mentee[i], row.mentor[k], row.score[k]);
        }
        g->start[g->rows] = n;
        if (n == 0)
                g->low = g->high = 0;
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

static void get_ready(struct matching_groups *g)
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
        take_edges(g);
        take_groups(g);
}

/* ---- without the least sizes ---- */

#define TOO_FAR FAIL(ERR_LIMIT, "The scores are too far apart to search for groups", "Make the scores smaller")

/* For scores that the engines cannot count with: what an announced pair is worth, as there. */
static struct err wide_keep(struct matching_view *v)
{
        const struct matching_problem *p = v->p;
        int64_t low = INT64_MAX, high = INT64_MIN;

        v->keep = 0;
        for (int32_t i = 0; i < p->mentees; i++) {
                struct matching_row row = matching_view_row(v, i);
                for (int64_t k = 0; k < row.n; k++) {
                        low = row.score[k] < low ? row.score[k] : low;
                        high = row.score[k] > high ? row.score[k] : high;
                }
        }
        if (!p->announced || p->keep == 0 || low > high)
                return OK;
        __int128 keep = p->keep < MATCHING_KEEP_ALL ? p->keep : ((__int128)high - low) * p->mentees + 1;
        if (keep > INT64_MAX / 4 || high > INT64_MAX / 4 || low < -(INT64_MAX / 4))
                return TOO_FAR;
        v->keep = (int64_t)keep;
        return OK;
}

static struct err solve_wide(struct matching_view *v, const struct matching_options *o, struct arena *a, struct matching_result *r)
{
        TRY(wide_keep(v));
        if (v->p->mentees > 1 << 14)    /* a bonus for each place then passes what a worth can hold */
                return TOO_FAR;
        struct matching_search *s = matching_search_new(v, o, a);
        matching_search_all(s);
        matching_search_cover(s, &r->most);
        TRY(matching_result_fill(s, r));
        r->keep = v->keep;
        return OK;
}

static struct err solve_without(struct matching_view *v, const struct matching_options *o, struct arena *a,
                                struct matching_result *r)
{
        struct matching_fast f;

        if (matching_fast(v, o, a, &f))
                return matching_fast_fill(v, &f, r);
        return solve_wide(v, o, a, r);
}

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

/* ---- the door ---- */

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

struct err matching_groups_solve(struct matching_view *v, const struct matching_options *o, struct arena *a,
                                 struct matching_result *r)
{
        struct matching_groups g = {.v = v, .options = o, .a = a, .limit = DIVE_LIMIT,
                                    .pulse = {.options = o, .at = {.of = v->p->mentees, .round = 2}}};

        if (o->objective != MATCHING_TOTAL)
                return FAIL(ERR_INVALID, "A least size of groups goes with the highest total only",
                            "Choose the total, or leave the least sizes out");
        TRY(solve_without(v, o, a, r));
        get_ready(&g);
        TRY(matching_groups_begin(&g));
        if (is_whole(v->p, r, a))
                return OK;
        if (r->status != MATCHING_OPTIMAL)
                return give(&g, false, r);
        matching_groups_dive(&g);
        g.stopped = g.pulse.stopped;
        g.limit = LIMIT;
        return give(&g, !g.stopped && matching_groups_search(&g), r);
}
