#include "matching/matching_auction.h"

#include "base/err.h"

#include <string.h>

/*
 * Prices are counted in fractions of a weight, so that a step can be less than one. The last step is a single fraction:
 * then about one row in a hundred is left to the exact engine, which is where the two together are quickest (measured
 * with bench/matching).
 */
enum {
        FRACTIONS = 64, FINEST = 1,
        COLD = 100, WARM = 64,          /* the first step is that part of the range */
        NARROWER = 30,                  /* and each later one that part of the one before */
        FEW = 14, HANDFUL = 16, LINE = 64, ASK_EVERY = 4096, LATER = 12,
};

/* A place: its price and whom it would cost if somebody else bids. Free places come first at a price. */
struct place { int64_t price; int32_t row; };

/*
 * A row's best few edges when it was last read, and the value of the best that is not among them. Prices only rise, so
 * that value bounds the others: while the second of the few still reaches it, the row need not be read again. Two
 * lines of cache; with fewer, wide lists are read whole ten times as often (measured with bench/matching).
 */
struct few { int64_t bound; int32_t n, column[FEW]; uint32_t weight[FEW]; };

struct auction {
        const struct matching_graph *g;
        int64_t *price;                 /* per column, the lowest of its places */
        struct place *place;            /* a heap for each column, the lowest first */
        const int32_t *slot;
        int32_t *at;                    /* per row: its column, or nobody */
        struct few *few;                /* per row */
        int64_t base;                   /* the lightest weight */
        int shift;                      /* how many bits a weight leaves off, that it fits 32 */
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
                int64_t value = (int64_t)f->weight[k] * FRACTIONS - x->price[f->column[k]];
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

/* Weights are counted from the lightest, in units that make them fit 32 bits. */
static int64_t scaled(const struct auction *x, int64_t weight) { return (weight - x->base) >> x->shift; }

/* The best FEW + 1 of a row so far, best first. */
struct top { int32_t n; int64_t value[FEW + 1], edge[FEW + 1]; };

static void put_top(struct top *t, int64_t value, int64_t edge)
{
        if (t->n > FEW && value <= t->value[FEW])
                return;
        int32_t at = t->n > FEW ? FEW : t->n++;
        for (; at > 0 && t->value[at - 1] < value; at--) {
                t->value[at] = t->value[at - 1];
                t->edge[at] = t->edge[at - 1];
        }
        t->value[at] = value;
        t->edge[at] = edge;
}

static void read_row(const struct auction *x, int32_t i, struct few *f)
{
        const struct matching_graph *g = x->g;
        struct top t = {0};

        for (int64_t e = g->start[i], end = g->start[i + 1]; e < end; e += HANDFUL) {
                int64_t value[HANDFUL], n = end - e < HANDFUL ? end - e : HANDFUL;
                /* First the prices, all on their way at once, then the choice. */
                for (int64_t k = 0; k < n; k++)
                        value[k] = scaled(x, g->weight[e + k]) * FRACTIONS - x->price[g->column[e + k]];
                for (int64_t k = 0; k < n; k++)
                        put_top(&t, value[k], e + k);
        }
        f->bound = t.n > FEW ? t.value[FEW] : INT64_MIN;
        f->n = t.n > FEW ? FEW : t.n;
        for (int32_t k = 0; k < f->n; k++) {
                f->column[k] = g->column[t.edge[k]];
                f->weight[k] = (uint32_t)scaled(x, g->weight[t.edge[k]]);
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

/* The k-th of those who wait. */
static int32_t in_turn(const struct auction *x, int64_t k)
{
        int64_t at = x->head + k;

        return x->queue[at < x->g->rows ? at : at - x->g->rows];
}

static void wait_again(struct auction *x, int32_t row)
{
        int64_t tail = x->head + x->queued++;

        x->at[row] = MATCHING_NOBODY;
        x->queue[tail < x->g->rows ? tail : tail - x->g->rows] = row;
}

/* The places that the row in turn and the next few want, all looked up before the first of them bids: one wait instead of many. */
struct wish { struct best best; int64_t price; };

static void look_up(struct auction *x, int32_t n, struct wish *wish)
{
        for (int32_t k = 0; k < n; k++) {
                struct best b = best_of(x, in_turn(x, k));
                wish[k] = (struct wish) {b, 0};
                if (b.column == MATCHING_NOBODY)
                        continue;
                wish[k].price = x->price[b.column];
                __builtin_prefetch(x->place + x->slot[b.column], 1);
        }
}

/* False when no place is open to the row. */
static bool bid(struct auction *x, const struct wish *wish)
{
        int32_t i = in_turn(x, 0);
        struct best b = wish->best;
        /* Who has one choice only bids as much as any weight could make up for. */
        int64_t only = ((x->g->range >> x->shift) + 1) * FRACTIONS;

        if (b.column == MATCHING_NOBODY)
                return false;
        if (x->price[b.column] != wish->price)
                b = best_of(x, i);
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

/* What the handful after this one will look at. */
static void fetch_ahead(const struct auction *x)
{
        for (int32_t k = HANDFUL; k < 2 * HANDFUL && k < x->queued; k++) {
                const char *few = (const char *)(x->few + in_turn(x, k));
                __builtin_prefetch(few);
                __builtin_prefetch(few + LINE);
        }
}

static bool bid_some(struct auction *x)
{
        struct wish wish[HANDFUL];
        int32_t n = x->queued < HANDFUL ? (int32_t)x->queued : HANDFUL;

        fetch_ahead(x);
        look_up(x, n, wish);
        for (int32_t k = 0; k < n; k++)
                if (!bid(x, wish + k))
                        return false;
        return true;
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
        int64_t asked = x->bids = 0;
        while (x->queued > 0 && x->bids < most) {
                if (!bid_some(x))
                        return false;
                if (x->bids - asked >= ASK_EVERY && !matching_pulse_beat(pulse, ASK_EVERY * 16))
                        return false;
                asked = x->bids - asked >= ASK_EVERY ? x->bids : asked;
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
                s->column_price[j] = ((price[j] << x->shift) + FRACTIONS / 2) / FRACTIONS;
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

static struct few *on_a_line(struct few *few)
{
        return (struct few *)(((uintptr_t)few + LINE - 1) & ~(uintptr_t)(LINE - 1));
}

static int64_t lightest(const struct matching_graph *g)
{
        int64_t least = INT64_MAX;

        for (int64_t e = g->start[0]; e < g->start[g->rows]; e++)
                least = g->weight[e] < least ? g->weight[e] : least;
        return least;
}

static int too_many_bits(int64_t range)
{
        int n = 0;

        while (range >> n > UINT32_MAX)
                n++;
        return n;
}

bool matching_auction(const struct matching_graph *g, bool steps, int64_t bids, struct matching_pulse *pulse, struct arena *a,
                      struct matching_stand *s)
{
        struct auction x = {.g = g, .slot = s->slot, .shift = too_many_bits(g->range)};
        bool warm = any_price(g, s);
        int64_t step = steps ? (g->range >> x.shift) * FRACTIONS / (warm ? WARM : COLD) : FINEST, most = bids * ((int64_t)g->rows + 64);
        struct arena_mark mark = arena_mark(a);

        x.price = arena_array(a, int64_t, (size_t)g->columns);
        x.place = arena_array(a, struct place, (size_t)s->slot[g->columns]);
        x.at = arena_array(a, int32_t, (size_t)g->rows);
        x.queue = arena_array(a, int32_t, (size_t)g->rows);
        x.few = on_a_line(arena_array(a, struct few, (size_t)g->rows + 1));
        x.base = lightest(g);
        for (int32_t j = 0; warm && j < g->columns; j++)
                x.price[j] = (s->column_price[j] >> x.shift) * FRACTIONS;
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
