#include "matching/matching_auction.h"

#include "base/err.h"

#include <string.h>


/*
 * Prices are counted in fractions of a weight, so that a step can be less than one. The last step is a single fraction:
 * then about one row in a hundred is left to the exact engine, which is where the two together are quickest (measured
 * with bench/matching).
 */
enum { FRACTIONS = 64, FINEST = 1, NARROWER = 6, AHEAD = 4, FEW = 6, ASK_EVERY = 4096, LATER = 12, COLD = 4, WARM = 64 };

/* A place: its price and whom it would cost if somebody else bids. Free places come first at a price. */
struct place { int64_t price; int32_t row; };

/*
 * A row's best few edges when it was last read whole, and the value of the best that is not among them. Prices only
 * rise within a round, so that value bounds the others: while the second of the few still reaches it, the row need not
 * be read again.
 */
struct few { int64_t bound; int32_t n, column[FEW]; int64_t weight[FEW]; };

struct auction {
        const struct matching_graph *g;
        int64_t *price;                 /* per column, the lowest of its places */
        struct place *place;            /* a heap for each column, the lowest first */
        const int32_t *slot;
        int32_t *at;                    /* per row: its column, or nobody */
        struct few *few;                /* per row */
        int32_t *queue;                 /* rows that are to bid, a ring */
        int64_t head, queued;
        int64_t step, bids;
};

static bool before(struct place a, struct place b)
{
        return a.price != b.price ? a.price < b.price : a.row < 0 && b.row >= 0;
}

/* The lowest place of a column takes a new price and row; gives back who had it. */
static int32_t replace_lowest(struct auction *x, int32_t j, struct place new)
{
        struct place *heap = x->place + x->slot[j];
        int32_t n = x->slot[j + 1] - x->slot[j], at = 0, out = heap[0].row;

        for (;;) {
                int32_t child = 2 * at + 1;
                if (child >= n)
                        break;
                if (child + 1 < n && before(heap[child + 1], heap[child]))
                        child++;
                if (!before(heap[child], new))
                        break;
                heap[at] = heap[child];
                at = child;
        }
        heap[at] = new;
        x->price[j] = heap[0].price;
        return out;
}

/* ---- what a row would like best ---- */

struct best { int64_t first, second; int32_t column; };

static struct best best_of_few(const struct auction *x, const struct few *f)
{
        struct best b = {INT64_MIN, INT64_MIN, MATCHING_NOBODY};

        for (int32_t k = 0; k < f->n; k++) {
                int64_t value = f->weight[k] * FRACTIONS - x->price[f->column[k]];
                if (value > b.first) {
                        b.second = b.first;
                        b.first = value;
                        b.column = f->column[k];
                } else if (value > b.second) {
                        b.second = value;
                }
        }
        return b;
}

static void read_row(const struct auction *x, int32_t i, struct few *f)
{
        const struct matching_graph *g = x->g;
        int64_t value[FEW + 1], edge[FEW + 1];
        int32_t n = 0;

        for (int64_t e = g->start[i]; e < g->start[i + 1]; e++) {
                int64_t v = g->weight[e] * FRACTIONS - x->price[g->column[e]];
                if (n > FEW && v <= value[FEW])
                        continue;
                int32_t at = n > FEW ? FEW : n++;
                for (; at > 0 && value[at - 1] < v; at--) {
                        value[at] = value[at - 1];
                        edge[at] = edge[at - 1];
                }
                value[at] = v;
                edge[at] = e;
        }
        f->bound = n > FEW ? value[FEW] : INT64_MIN;
        f->n = n > FEW ? FEW : n;
        for (int32_t k = 0; k < f->n; k++) {
                f->column[k] = g->column[edge[k]];
                f->weight[k] = g->weight[edge[k]];
        }
}

static struct best best_of(struct auction *x, int32_t i)
{
        struct few *f = &x->few[i];
        struct best b = best_of_few(x, f);

        if (f->n > 0 && b.second >= f->bound)
                return b;
        read_row(x, i, f);
        return best_of_few(x, f);
}

/* ---- bidding ---- */

static void wait_again(struct auction *x, int32_t row)
{
        int64_t tail = x->head + x->queued++;

        x->at[row] = MATCHING_NOBODY;
        x->queue[tail < x->g->rows ? tail : tail - x->g->rows] = row;
}

/* False when no place is open to the row. */
static bool bid(struct auction *x)
{
        int32_t i = x->queue[x->head];
        struct best b = best_of(x, i);
        /* Who has one choice only bids as much as any weight could make up for. */
        int64_t only = (x->g->range + 1) * FRACTIONS;

        if (b.column == MATCHING_NOBODY)
                return false;
        int64_t more = b.second == INT64_MIN ? only : b.first - b.second;
        x->head = x->head + 1 < x->g->rows ? x->head + 1 : 0;
        x->queued--;
        x->bids++;
        int32_t out = replace_lowest(x, b.column, (struct place) {x->price[b.column] + more + x->step, i});
        x->at[i] = b.column;
        if (out >= 0)
                wait_again(x, out);
        return true;
}

/* What the rows about to bid will look at. */
static void fetch_ahead(const struct auction *x)
{
        int64_t far = x->head + 2 * AHEAD, near = x->head + AHEAD, n = x->g->rows;

        if (x->queued <= 2 * AHEAD)
                return;
        __builtin_prefetch(x->few + x->queue[far < n ? far : far - n]);
        const struct few *f = x->few + x->queue[near < n ? near : near - n];
        for (int32_t k = 0; k < f->n; k++)
                __builtin_prefetch(x->price + f->column[k]);
}

/* Everybody bids anew at this step, from the prices as they are. */
static bool round_of(struct auction *x, int64_t step, int64_t most, struct matching_pulse *pulse)
{
        const struct matching_graph *g = x->g;

        x->step = step;
        for (int32_t j = 0; j < g->columns; j++)
                for (int32_t k = x->slot[j]; k < x->slot[j + 1]; k++)
                        x->place[k] = (struct place) {x->price[j], MATCHING_NOBODY};
        for (int32_t i = 0; i < g->rows; i++)
                x->queue[i] = i;
        x->head = 0;
        x->queued = g->rows;
        for (x->bids = 0; x->queued > 0 && x->bids < most;) {
                fetch_ahead(x);
                if (!bid(x) || (x->bids % ASK_EVERY == 0 && !matching_pulse_beat(pulse, ASK_EVERY * 16)))
                        return false;
        }
        return x->queued == 0;
}

/* ---- what comes out ---- */

void matching_settle(const struct matching_graph *g, struct matching_stand *s, const int32_t *wanted)
{
        for (int32_t i = 0; i < g->rows; i++) {
                int64_t best = INT64_MIN, here = INT64_MIN;
                for (int64_t e = g->start[i]; e < g->start[i + 1]; e++) {
                        int64_t value = g->weight[e] - s->column_price[g->column[e]];
                        if (value > best)
                                best = value;
                        if (g->column[e] == wanted[i])
                                here = value;
                }
                s->row_price[i] = best;
                if (here == best && here != INT64_MIN)
                        matching_stand_put(s, i, wanted[i]);
        }
}

static void take_prices(const struct auction *x, const int64_t *price, const int32_t *at, struct matching_stand *s)
{
        for (int32_t j = 0; j < x->g->columns; j++)
                s->column_price[j] = (price[j] + FRACTIONS / 2) / FRACTIONS;
        matching_settle(x->g, s, at);
}

/* As a round ended in which everybody had a place. */
struct good { int64_t *price; int32_t *at; bool any; };

static void keep_good(const struct auction *x, struct good *good)
{
        memcpy(good->price, x->price, (size_t)x->g->columns * sizeof *good->price);
        memcpy(good->at, x->at, (size_t)x->g->rows * sizeof *good->at);
        good->any = true;
}

static bool any_price(const struct matching_graph *g, const struct matching_stand *s)
{
        for (int32_t j = 0; j < g->columns; j++)
                if (s->column_price[j] != 0)
                        return true;
        return false;
}

bool matching_auction(const struct matching_graph *g, bool steps, int64_t bids, struct matching_pulse *pulse, struct arena *a,
                      struct matching_stand *s)
{
        struct auction x = {.g = g, .slot = s->slot};
        bool warm = any_price(g, s);
        int64_t step = steps ? g->range * FRACTIONS / (warm ? WARM : COLD) : FINEST, most = bids * ((int64_t)g->rows + 64);
        struct arena_mark mark = arena_mark(a);

        x.price = arena_array(a, int64_t, (size_t)g->columns);
        x.place = arena_array(a, struct place, (size_t)s->slot[g->columns]);
        x.at = arena_array(a, int32_t, (size_t)g->rows);
        x.queue = arena_array(a, int32_t, (size_t)g->rows);
        x.few = arena_array(a, struct few, (size_t)g->rows);
        for (int32_t j = 0; warm && j < g->columns; j++)
                x.price[j] = s->column_price[j] * FRACTIONS;
        struct good good = {arena_array(a, int64_t, (size_t)g->columns), arena_array(a, int32_t, (size_t)g->rows), false};
        for (;;) {
                step = step < FINEST ? FINEST : step;
                if (!round_of(&x, step, most, pulse))
                        break;
                keep_good(&x, &good);
                if (step == FINEST)
                        break;
                step /= NARROWER;
                most = LATER * ((int64_t)g->rows + 64);         /* a later round that takes longer costs more than it brings */
        }
        if (good.any)
                take_prices(&x, good.price, good.at, s);
        else if (pulse->stopped)
                take_prices(&x, x.price, x.at, s);
        arena_rewind(a, mark);
        return good.any;
}
