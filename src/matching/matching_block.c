#include "matching/matching_block.h"

#include "base/err.h"
#include "matching/matching_auction.h"
#include "matching/matching_paths.h"

#include <string.h>

enum {
        ASK_EVERY = 1 << 22,    /* edges looked at between two questions to the caller */
#ifdef MATCHING_EAGER           /* a test: every engine, on the smallest problems */
        LARGE = 2, MANY = 2, SMALL = 1,
#else
        LARGE = 20000, MANY = 16,       /* rows, and open rows of them: below, one search each is quicker (bench/matching) */
        SMALL = 48,             /* rows: below, an auction is not worth its arrays */
#endif
        PATIENCE = 40, MORE_PATIENCE = 250,     /* bids a row */
};

bool matching_pulse_beat(struct matching_pulse *p, int64_t work)
{
        p->work += work;
        p->looked_at += work;
        if (p->work < ASK_EVERY || p->stopped)
                return !p->stopped;
        p->work = 0;
        if (p->options->go_on && !p->options->go_on(p->options->go_on_ctx, &p->at))
                p->stopped = true;
        return !p->stopped;
}

/* ---- prices that are surely high enough ---- */

struct valued { int64_t value; int32_t column; };

/* The k + 1 best values of a row, best first. */
static int32_t best_values(const struct matching_graph *g, const struct matching_stand *s, int32_t i, int32_t k,
                           struct valued *best)
{
        int32_t n = 0;

        for (int64_t e = g->start[i]; e < g->start[i + 1]; e++) {
                struct valued v = {g->weight[e] - s->column_price[g->column[e]], g->column[e]};
                if (n > k && v.value <= best[k].value)
                        continue;
                int32_t at = n > k ? k : n++;
                for (; at > 0 && best[at - 1].value < v.value; at--)
                        best[at] = best[at - 1];
                best[at] = v;
        }
        return n;
}

/*
 * A row's price from its columns', and its first places: what it values most, as long as that is free. A column with one
 * place becomes as dear as the row's next choice would allow, so that nobody else is tempted.
 */
static void begin_row(const struct matching_graph *g, struct matching_stand *s, int32_t i, struct valued *room)
{
        int32_t need = matching_need(g, i), n = best_values(g, s, i, need, room), got = 0;

        while (got < need && got < n && g->places[room[got].column] == 1 && matching_has_room(g, s, room[got].column))
                got++;
        if (got == need && got == n)
                got = n > 1 ? n - 1 : 0;        /* nothing bounds the price from below: leave one to the search */
        s->row_price[i] = n == 0 ? 0 : room[got < n ? got : n - 1].value;
        for (int32_t k = 0; k < got; k++) {
                s->column_price[room[k].column] += room[k].value - s->row_price[i];
                matching_stand_put(s, i, room[k].column);
        }
        /* What is left at exactly this price. */
        for (int32_t k = got; k < need && k < n && room[k].value == s->row_price[i]; k++)
                if (matching_has_room(g, s, room[k].column))
                        matching_stand_put(s, i, room[k].column);
}

static void begin(const struct matching_graph *g, struct arena *a, struct matching_stand *s)
{
        struct arena_mark mark = arena_mark(a);
        int32_t most = 1;

        for (int32_t i = 0; i < g->rows; i++)
                if (matching_need(g, i) > most)
                        most = matching_need(g, i);
        struct valued *room = arena_array(a, struct valued, (size_t)most + 1);
        for (int32_t i = 0; i < g->rows; i++)
                begin_row(g, s, i, room);
        arena_rewind(a, mark);
}

/* ---- from nearly right to exactly right ---- */

static int64_t all_places(const struct matching_graph *g)
{
        int64_t sum = 0;

        for (int32_t j = 0; j < g->columns; j++)
                sum += g->places[j];
        return sum;
}

/* Again and again, as long as most of those that are left find a place. */
static int32_t place_tight(struct matching_paths *p, const int32_t *open, int32_t n, int32_t left)
{
        int32_t placed = 0, more = left;

        for (; more > 0 && 2 * more >= left - placed && placed < left; placed += more)
                more = matching_paths_tight(p, open, n);
        return placed;
}

/*
 * All who are open at once, where every place will be taken: many searches would look at the same people again and
 * again. The last few, and those who get in each other's way, are for place_all().
 */
static void place_together(struct matching_paths *p, struct matching_pulse *pulse, struct arena *a)
{
        int32_t *open = arena_array(a, int32_t, (size_t)p->g->rows), n = 0, left, placed;

        for (int32_t i = 0; i < p->g->rows; i++)
                if (!p->s->taken[i])
                        open[n++] = i;
        for (left = placed = n; left >= MANY && placed >= MANY / 2 && !pulse->stopped; left -= placed) {
                int64_t before = p->looked_at;
                if (!matching_paths_nearer(p, open, n, left / 2))
                        break;
                placed = place_tight(p, open, n, left);
                matching_pulse_beat(pulse, p->looked_at - before);
        }
}

static enum matching_outcome place_all(struct matching_paths *p, struct matching_pulse *pulse)
{
        for (int32_t i = 0; i < p->g->rows; i++)
                while (p->s->taken[i] < matching_need(p->g, i)) {
                        int64_t before = p->looked_at;
                        if (!matching_paths_place(p, i))
                                return MATCHING_NO_WAY;
                        if (!matching_pulse_beat(pulse, p->looked_at - before))
                                return MATCHING_STOPPED;
                }
        return MATCHING_DONE;
}

static bool free_but_dear(const struct matching_paths *p, int32_t j)
{
        return matching_has_room(p->g, p->s, j) && p->s->column_price[j] > 0;
}

static enum matching_outcome release_all(struct matching_paths *p, struct matching_pulse *pulse, struct arena *a)
{
        for (int32_t j = 0; j < p->g->columns; j++)
                while (free_but_dear(p, j)) {
                        int64_t before = p->looked_at;
                        if (!p->has_back)
                                matching_back_new(p->g, a, &p->back);
                        p->has_back = true;
                        matching_paths_release(p, j);
                        if (!matching_pulse_beat(pulse, p->looked_at - before))
                                return MATCHING_STOPPED;
                }
        return MATCHING_DONE;
}

static enum matching_outcome finish(const struct matching_graph *g, const struct matching_fews *fews, struct matching_pulse *pulse,
                                    struct arena *a, struct matching_stand *s)
{
        struct arena_mark mark = arena_mark(a);
        struct matching_paths p;

        matching_paths_new(g, s, fews, a, &p);
        if (!g->need && g->rows >= LARGE && all_places(g) == g->rows)
                place_together(&p, pulse, a);
        enum matching_outcome out = place_all(&p, pulse);
        if (out == MATCHING_DONE)
                out = release_all(&p, pulse, a);
        pulse->searches += p.searches;
        arena_rewind(a, mark);
        return out;
}

/* ---- the two ways in ---- */

static bool auction(const struct matching_graph *g, bool full, bool sure, struct matching_pulse *pulse, struct arena *a,
                    struct matching_stand *s, struct matching_fews *fews)
{
        if (g->need || g->rows < SMALL)
                return false;
        if (!full && matching_auction(g, false, PATIENCE, pulse, a, s, fews))
                return true;
        return full && !pulse->stopped && matching_auction(g, true, sure ? MORE_PATIENCE : PATIENCE, pulse, a, s, fews);
}

enum matching_outcome matching_block_solve(const struct matching_graph *g, bool sure, struct matching_pulse *pulse, struct arena *a,
                                           struct matching_stand *s)
{
        int64_t places = all_places(g);
        struct matching_fews fews = {0};

        if (!g->need && places < g->rows)
                return MATCHING_NO_WAY;
        if (!auction(g, places == g->rows, sure, pulse, a, s, &fews)) {
                if (!sure && g->rows >= SMALL && !g->need && !pulse->stopped)
                        return MATCHING_NO_WAY;         /* or so it seems */
                begin(g, a, s);
        }
        return pulse->stopped ? MATCHING_STOPPED : finish(g, fews.row ? &fews : NULL, pulse, a, s);
}

enum matching_outcome matching_block_mend(const struct matching_graph *g, const int32_t *wanted, struct matching_pulse *pulse,
                                          struct arena *a, struct matching_stand *s)
{
        if (wanted)
                matching_settle(g, s, wanted, NULL);
        else
                begin(g, a, s);
        return finish(g, NULL, pulse, a, s);
}
