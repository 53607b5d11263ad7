/*
 * Groups: a mentor has at least so many mentees or none.  Which groups open is decided by branch and bound: without the wish
 * a solve gives what can be had at most; a group that is neither large enough nor empty there is tried open, its first places
 * to be filled before anything else, and closed.  A largest matching can always fill places that can be filled at all
 * (Mendelsohn and Dulmage, 1958), so a bonus on those places never costs a pair.
 */
#include "matching/matching_fast.h"

#include <string.h>

enum { MOST_NODES = 3000 };

enum group { UNDECIDED, OPEN, CLOSED };

struct groups {
        struct matching_view *v;
        const struct matching_options *o;
        struct arena *a;
        int64_t *start, *score;         /* of every pair allowed, what it is worth with what is announced */
        int32_t *mentor;
        int64_t bonus;
        uint8_t *state;                 /* per mentor, enum group */
        int32_t *least;                 /* per mentor, less those who are locked there */
        int32_t *best;                  /* the best pairs so far */
        struct matching_price best_worth;
        bool any, stopped;
        int nodes;
};

static bool less(struct matching_price a, struct matching_price b)
{
        return a.pairs != b.pairs ? a.pairs < b.pairs : a.score < b.score;
}

/* ---- the problem of a node ---- */

/* Open groups have a second column for their first places; it stands behind all mentors. */
static int32_t second_columns(const struct groups *g, int32_t *second)
{
        int32_t n = g->v->p->mentors;

        for (int32_t j = 0; j < g->v->p->mentors; j++)
                second[j] = g->state[j] == OPEN && g->least[j] > 0 ? n++ : MATCHING_NOBODY;
        return n;
}

static void node_problem(const struct groups *g, struct arena *a, struct matching_problem *p)
{
        int32_t m = g->v->p->mentors, n = g->v->p->mentees, *second = arena_array(a, int32_t, (size_t)m);
        int32_t columns = second_columns(g, second), *places = arena_array(a, int32_t, (size_t)columns);
        int64_t *row = arena_array(a, int64_t, (size_t)n + 1), pairs = 0;
        int32_t *mentor = arena_array(a, int32_t, (size_t)g->start[n] * 2);
        int64_t *score = arena_array(a, int64_t, (size_t)g->start[n] * 2);

        for (int32_t j = 0; j < m; j++) {
                places[j] = g->state[j] == CLOSED ? 0 : g->v->places[j] - (second[j] < 0 ? 0 : g->least[j]);
                if (second[j] >= 0)
                        places[second[j]] = g->least[j];
        }
        for (int32_t i = 0; i < n; i++) {
                row[i] = pairs;
                for (int64_t k = g->start[i]; k < g->start[i + 1]; k++)
                        if (places[g->mentor[k]] > 0) {
                                mentor[pairs] = g->mentor[k];
                                score[pairs++] = g->score[k];
                        }
                for (int64_t k = g->start[i]; k < g->start[i + 1]; k++)
                        if (second[g->mentor[k]] >= 0) {
                                mentor[pairs] = second[g->mentor[k]];
                                score[pairs++] = g->score[k] + g->bonus;
                        }
        }
        row[n] = pairs;
        *p = (struct matching_problem) {.mentees = n, .mentors = columns, .shape = MATCHING_SPARSE, .row = row, .mentor = mentor,
                                        .score = score, .places = places, .absent = g->v->settled};
}

/* What came of it, in the mentors' own numbers; false when an open group stays too small. */
static bool take_node(const struct groups *g, const struct matching_problem *p, const struct matching_result *r, int32_t *match, int32_t *size,
                      struct matching_price *worth)
{
        int32_t m = g->v->p->mentors, *second = arena_array(g->a, int32_t, (size_t)m), *owner = arena_array(g->a, int32_t, (size_t)p->mentors);
        int64_t filled = 0, wanted = 0;

        second_columns(g, second);
        memset(size, 0, (size_t)m * sizeof *size);
        for (int32_t j = 0; j < m; j++) {
                owner[j] = j;
                if (second[j] >= 0) {
                        owner[second[j]] = j;
                        wanted += g->least[j];
                }
        }
        for (int32_t i = 0; i < p->mentees; i++) {
                match[i] = r->mentor_of[i] == MATCHING_NOBODY ? MATCHING_NOBODY : owner[r->mentor_of[i]];
                if (match[i] == MATCHING_NOBODY)
                        continue;
                size[match[i]]++;
                filled += r->mentor_of[i] >= m;
        }
        *worth = (struct matching_price) {r->matched, r->total - filled * g->bonus};
        return filled == wanted;
}

/* ---- the tree ---- */

static int32_t violated(const struct groups *g, const int32_t *size)
{
        for (int32_t j = 0; j < g->v->p->mentors; j++)
                if (g->state[j] == UNDECIDED && g->least[j] > 1 && size[j] > 0 && size[j] < g->least[j])
                        return j;
        return MATCHING_NOBODY;
}

static bool may_go_on(struct groups *g)
{
        struct matching_progress at = {.of = g->v->p->mentees, .round = g->nodes + 1};

        if (g->nodes++ >= MOST_NODES || (g->o->go_on && !g->o->go_on(g->o->go_on_ctx, &at)))
                g->stopped = true;
        return !g->stopped;
}

static struct err branch(struct groups *g)
{
        struct matching_options plain = {.objective = MATCHING_TOTAL, .threads = g->o->threads};
        int32_t n = g->v->p->mentees, m = g->v->p->mentors;
        struct arena_mark mark = arena_mark(g->a);
        int32_t *match = arena_array(g->a, int32_t, (size_t)n), *size = arena_array(g->a, int32_t, (size_t)m);
        struct matching_problem p;
        struct matching_result r;
        struct matching_price worth;

        if (!may_go_on(g))
                return OK;
        node_problem(g, g->a, &p);
        TRY(matching_solve(&p, &plain, g->a, &r));
        bool fits = take_node(g, &p, &r, match, size, &worth);
        int32_t j = violated(g, size);
        if (fits && j == MATCHING_NOBODY && (!g->any || less(g->best_worth, worth))) {
                memcpy(g->best, match, (size_t)n * sizeof *match);
                g->best_worth = worth;
                g->any = true;
        }
        bool hopeless = !fits || j == MATCHING_NOBODY || (g->any && !less(g->best_worth, worth));
        bool open_first = !hopeless && 2 * size[j] >= g->least[j];
        arena_rewind(g->a, mark);
        for (int k = 0; k < 2 && !hopeless; k++) {
                g->state[j] = (k == 0) == open_first ? OPEN : CLOSED;
                TRY(branch(g));
        }
        if (!hopeless)
                g->state[j] = UNDECIDED;
        return OK;
}

/* ---- the door ---- */

bool matching_has_groups(const struct matching_problem *p)
{
        for (int32_t j = 0; p->least && j < p->mentors; j++)
                if (p->least[j] > 1)
                        return true;
        return false;
}

static struct err get_ready(struct groups *g)
{
        const struct matching_problem *p = g->v->p;
        int64_t n = 0, low = INT64_MAX, high = INT64_MIN, range;

        for (int32_t i = 0; i < p->mentees; i++)
                n += g->v->settled[i] ? 0 : matching_view_row(g->v, i).n;
        g->start = arena_array(g->a, int64_t, (size_t)p->mentees + 1);
        g->mentor = arena_array(g->a, int32_t, (size_t)n);
        g->score = arena_array(g->a, int64_t, (size_t)n);
        n = 0;
        for (int32_t i = 0; i < p->mentees; i++) {
                struct matching_row row = g->v->settled[i] ? (struct matching_row) {0} : matching_view_row(g->v, i);
                g->start[i] = n;
                for (int64_t k = 0; k < row.n; k++, n++) {
                        g->mentor[n] = row.mentor[k];
                        if (__builtin_add_overflow(row.score[k], matching_view_keep(g->v, i, row.mentor[k]), &g->score[n]))
                                return FAIL(ERR_LIMIT, "The scores are too large for groups", "Scale them down");
                        low = g->score[n] < low ? g->score[n] : low;
                        high = g->score[n] > high ? g->score[n] : high;
                }
        }
        g->start[p->mentees] = n;
        if (n && (__builtin_sub_overflow(high, low, &range) || range > INT64_MAX / 8 / (p->mentees + 1)))
                return FAIL(ERR_LIMIT, "The scores are too far apart for groups", "Scale them down");
        g->bonus = n ? range * p->mentees + 1 : 1;
        return OK;
}

/* Locked mentees count; a group that has some must open. */
static void count_locked(struct groups *g)
{
        const struct matching_problem *p = g->v->p;

        for (int32_t j = 0; j < p->mentors; j++)
                g->least[j] = p->least[j] > 1 ? p->least[j] : 0;
        for (int64_t k = 0; k < p->n_locked; k++) {
                int32_t j = p->locked[k].mentor;
                if (p->least[j] <= 1)
                        continue;
                g->state[j] = OPEN;
                g->least[j] -= g->least[j] > 0;
        }
}

struct err matching_form_groups(struct matching_view *v, const struct matching_options *o, struct arena *a, int32_t *match,
                           bool *exhausted)
{
        struct groups g = {.v = v, .o = o, .a = a, .best = match};

        g.state = arena_array(a, uint8_t, (size_t)v->p->mentors);
        g.least = arena_array(a, int32_t, (size_t)v->p->mentors);
        count_locked(&g);
        TRY(get_ready(&g));
        TRY(branch(&g));
        *exhausted = !g.stopped;
        if (!g.any && g.stopped)
                return FAIL(ERR_LIMIT, "No way to fill the groups was found in time", "Ask for smaller groups, or for fewer");
        if (!g.any)
                return FAIL(ERR_INVALID, "Locked pairs begin a group that cannot become large enough", "Unlock them, or ask for fewer");
        return OK;
}
