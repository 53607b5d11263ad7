/* Which groups open: good pairs soon, and then everything that the bound leaves open. */
#include "matching/matching_groups.h"

#include <stdlib.h>
#include <string.h>

static void undecide(struct matching_groups *g)
{
        for (int32_t k = 0; k < g->n; k++)
                g->state[k] = g->locked[k] ? MATCHING_OPEN : MATCHING_UNDECIDED;
}

/* What was tried last holds, and is better than the best. */
static bool take_last(struct matching_groups *g)
{
        if (!g->last.possible || matching_groups_torn(g) >= 0 || !matching_groups_better(&g->last, &g->best))
                return false;
        matching_groups_keep(g);
        matching_groups_drop(g);
        return true;
}

/* ---- diving: many decisions at once ---- */

struct torn { int32_t group, used, need; };

/* The emptiest first. */
static int by_fill(const void *left, const void *right)
{
        const struct torn *a = left, *b = right;
        int64_t x = (int64_t)a->used * b->need, y = (int64_t)b->used * a->need;

        if (x != y)
                return x < y ? -1 : 1;
        return (a->group > b->group) - (a->group < b->group);
}

static int32_t list_torn(const struct matching_groups *g, struct torn *list)
{
        int32_t n = 0;

        for (int32_t k = 0; k < g->n; k++) {
                int32_t used = g->last.used[g->group[k]];
                if (g->state[k] == MATCHING_UNDECIDED && used > 0 && used < g->need[k])
                        list[n++] = (struct torn) {k, used, g->need[k]};
        }
        if (n > 0)
                qsort(list, (size_t)n, sizeof *list, by_fill);
        return n;
}

static void set_first(struct matching_groups *g, const struct torn *list, int32_t n, enum matching_group_state state)
{
        for (int32_t k = 0; k < n; k++)
                g->state[list[k].group] = (uint8_t)state;
}

/* Closes as many of the emptiest as costs nobody a mentor; how many that is, 0 if not even one. */
static int32_t close_some(struct matching_groups *g, const struct torn *list, int32_t n)
{
        int32_t pairs = g->last.pairs;

        for (; n > 0 && !g->stopped; n /= 2) {
                set_first(g, list, n, MATCHING_CLOSED);
                if (matching_groups_try(g) && g->last.possible && g->last.pairs == pairs)
                        return n;
                set_first(g, list, n, MATCHING_UNDECIDED);
        }
        return 0;
}

/* Opens a group, or closes it if that cannot be. False at a dead end. */
static bool decide_one(struct matching_groups *g, int32_t k)
{
        g->state[k] = MATCHING_OPEN;
        if (!matching_groups_try(g))
                return false;
        if (g->last.possible)
                return true;
        g->state[k] = MATCHING_CLOSED;
        return matching_groups_try(g) && g->last.possible;
}

static void dive(struct matching_groups *g)
{
        struct torn *list = arena_array(g->a, struct torn, (size_t)g->n);
        int32_t most = g->n;

        undecide(g);
        if (!matching_groups_try(g))
                return;
        for (int32_t n; !g->stopped && g->last.possible && (n = list_torn(g, list)) > 0;) {
                int32_t wanted = (n + 3) / 4 < most ? (n + 3) / 4 : most;
                int32_t closed = close_some(g, list, wanted);
                most = closed > 0 ? 2 * closed : 1;
                if (closed == 0 && (g->stopped || !decide_one(g, list[n - 1].group)))
                        return;
        }
        take_last(g);
}

/* ---- changing one group at a time ---- */

/* What is too small opens, or closes, until nothing is; true when that is better than the best. */
static bool mend(struct matching_groups *g, enum matching_group_state how, struct torn *list)
{
        for (int32_t n; g->last.possible && matching_groups_better(&g->last, &g->best);) {
                n = list_torn(g, list);
                if (n == 0)
                        return take_last(g);
                set_first(g, list, n, how);
                if (!matching_groups_try(g) || g->stopped)
                        return false;
        }
        return false;
}

/* As in the best, where nobody is closed, except for one group. */
static bool change(struct matching_groups *g, int32_t k, enum matching_group_state how, struct torn *list)
{
        for (int32_t l = 0; l < g->n; l++)
                if (!g->locked[l])
                        g->state[l] = g->best.used[g->group[l]] > 0 ? MATCHING_UNDECIDED : MATCHING_CLOSED;
        g->state[k] = g->best.used[g->group[k]] > 0 ? MATCHING_CLOSED : MATCHING_OPEN;
        return matching_groups_try(g) && !g->stopped && mend(g, how, list);
}

static void improve(struct matching_groups *g)
{
        struct torn *list = arena_array(g->a, struct torn, (size_t)g->n);
        int32_t since = 0;      /* groups in a row whose change helped nothing */

        for (int32_t k = 0; since < g->n && !g->stopped; k = (k + 1) % g->n, since++) {
                if (g->locked[k])
                        continue;
                if (change(g, k, MATCHING_OPEN, list) || (!g->stopped && change(g, k, MATCHING_CLOSED, list)))
                        since = 0;
        }
}

void matching_groups_dive(struct matching_groups *g)
{
        undecide(g);
        dive(g);
        if (!g->stopped)
                improve(g);
}

/* ---- everything ---- */

struct child {
        enum matching_group_state state;
        struct matching_trial value;    /* without its arrays */
        int32_t torn;
        bool alive;
};

static struct child look_at(struct matching_groups *g, int32_t k, enum matching_group_state state)
{
        struct child c = {.state = state};

        g->state[k] = (uint8_t)state;
        if (g->stopped || !matching_groups_try(g))
                return c;
        c.torn = matching_groups_torn(g);
        c.value = g->last;
        c.alive = !take_last(g) && g->last.possible && c.torn >= 0;
        return c;
}

/* Decides one group both ways, the more promising first. */
static void branch(struct matching_groups *g, int32_t k)
{
        struct child c[2] = {look_at(g, k, MATCHING_OPEN), look_at(g, k, MATCHING_CLOSED)};
        int first = !c[0].alive || (c[1].alive && matching_groups_better(&c[1].value, &c[0].value));

        for (int turn = 0; turn < 2 && !g->stopped; turn++) {
                const struct child *next = &c[turn == 0 ? first : !first];
                if (!next->alive || !matching_groups_better(&next->value, &g->best))
                        continue;
                g->state[k] = (uint8_t)next->state;
                branch(g, next->torn);
        }
        g->state[k] = MATCHING_UNDECIDED;
}

bool matching_groups_search(struct matching_groups *g)
{
        undecide(g);
        if (!matching_groups_try(g))
                return false;
        int32_t k = matching_groups_torn(g);
        if (g->last.possible && !take_last(g) && k >= 0 && matching_groups_better(&g->last, &g->best))
                branch(g, k);
        return !g->stopped;
}
