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
        NARROWER = 10,                  /* and each later one that part of the one before */
        HANDFUL = 16, ASK_EVERY = 4096, LATER = 12,
        ENOUGH = 10000,                 /* a round may end when one row in so many still waits: the last few bid longest */
};

/* A place: its price and whom it would cost if somebody else bids. Free places come first at a price. */
struct place { int64_t price; int32_t row; };

struct auction {
        const struct matching_graph *g;
        int64_t *price;                 /* per column, the lowest of its places */
        struct place *place;            /* a heap for each column, the lowest first */
        const int32_t *slot;
        int32_t *at;                    /* per row: its column, or nobody */
        struct matching_fews *fews;     /* what rows bid from */
        int32_t *queue;                 /* rows that are to bid, a ring */
        int64_t head, queued;
        bool steps;                     /* from coarse to fine */
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

static struct best best_of_few(const struct auction *x, const struct matching_few *f)
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

static struct best best_of(struct auction *x, int32_t i)
{
        const struct matching_few *f = &x->fews->row[i];
        struct best b = best_of_few(x, f);

        if (f->n > 0 && b.second >= f->bound)
                return b;
        matching_few_read(x->fews, i);
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
        int64_t only = ((x->g->range >> x->fews->shift) + 1) * FRACTIONS;

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
        for (int32_t k = HANDFUL; k < 2 * HANDFUL && k < x->queued; k++)
                matching_few_fetch(x->fews->row + in_turn(x, k));
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

/* Everybody bids anew at this step, from the prices as they are. Who still waits in the end is at no column. */
static bool round_of(struct auction *x, int64_t step, int64_t most, struct matching_pulse *pulse)
{
        const struct matching_graph *g = x->g;

        x->step = step;
        for (int32_t j = 0; j < g->columns; j++)
                for (int32_t k = x->slot[j]; k < x->slot[j + 1]; k++)
                        x->place[k] = (struct place) {x->price[j], MATCHING_NOBODY};
        x->head = x->queued = 0;
        for (int32_t i = 0; i < g->rows; i++)
                wait_again(x, i);
        int64_t asked = x->bids = 0, enough = x->steps ? g->rows / ENOUGH : 0;
        while (x->queued > enough && x->bids < most) {
                if (!bid_some(x))
                        return false;
                if (x->bids - asked >= ASK_EVERY && !matching_pulse_beat(pulse, ASK_EVERY * 16))
                        return false;
                asked = x->bids - asked >= ASK_EVERY ? x->bids : asked;
        }
        return x->queued <= enough;
}

/* ---- what comes out ---- */

/* What a row gets at most, and where it would like to be. */
struct liking { int64_t best, here; };

static void like(struct liking *l, int64_t value, bool here)
{
        l->best = value > l->best ? value : l->best;
        l->here = here ? value : l->here;
}

static struct liking by_list(const struct matching_graph *g, const int64_t *price, int32_t i, int32_t wanted)
{
        struct liking l = {INT64_MIN, INT64_MIN};

        for (int64_t e = g->start[i]; e < g->start[i + 1]; e++)
                like(&l, g->weight[e] - price[g->column[e]], g->column[e] == wanted);
        return l;
}

/* From the few, as long as they are the best; a row is always better known by them afterwards. */
static struct liking by_few(const struct matching_fews *f, int32_t i, int32_t wanted)
{
        const struct matching_few *few = &f->row[i];

        for (bool read = few->n == 0;; read = true) {
                struct liking l = {INT64_MIN, INT64_MIN};
                if (read)
                        matching_few_read(f, i);
                for (int32_t k = 0; k < few->n; k++)
                        like(&l, (int64_t)few->weight[k] + f->base - f->price[few->column[k]], few->column[k] == wanted);
                if (!read && l.best - f->base < few->bound)
                        continue;
                if (l.here == INT64_MIN && wanted != MATCHING_NOBODY)   /* one of many that are alike */
                        l.here = by_list(f->g, f->price, i, wanted).here;
                return l;
        }
}

void matching_settle(const struct matching_graph *g, struct matching_stand *s, const int32_t *wanted, const struct matching_fews *fews)
{
        for (int32_t i = 0; i < g->rows; i++) {
                struct liking l = fews ? by_few(fews, i, wanted[i]) : by_list(g, s->column_price, i, wanted[i]);
                s->row_price[i] = l.best;
                if (l.here == l.best && l.here != INT64_MIN)
                        matching_stand_put(s, i, wanted[i]);
        }
}

/* Whole prices, and who then has a place already. The few are worth something only as far as they were read no later. */
static void take_prices(const struct auction *x, const int64_t *price, const int32_t *at, bool last, struct matching_stand *s)
{
        struct matching_fews *f = x->fews;

        for (int32_t j = 0; j < x->g->columns; j++)
                s->column_price[j] = ((price[j] << f->shift) + FRACTIONS / 2) / FRACTIONS;
        matching_fews_round(f, s->column_price);
        for (int32_t i = 0; !last && i < x->g->rows; i++)
                f->row[i].n = 0;
        if (f->shift)
                f->row = NULL;
        matching_settle(x->g, s, at, f->row ? f : NULL);
}

/* As a round ended in which everybody had a place, or nearly everybody. */
struct good { int64_t *price; int32_t *at; bool any, last; };

static void keep_good(const struct auction *x, struct good *good)
{
        memcpy(good->price, x->price, (size_t)x->g->columns * sizeof *good->price);
        memcpy(good->at, x->at, (size_t)x->g->rows * sizeof *good->at);
        good->any = good->last = true;
}

static bool any_price(const struct matching_graph *g, const struct matching_stand *s)
{
        for (int32_t j = 0; j < g->columns; j++)
                if (s->column_price[j] != 0)
                        return true;
        return false;
}

static void rounds(struct auction *x, int64_t step, int64_t most, struct matching_pulse *pulse, struct good *good)
{
        for (;; step /= NARROWER) {
                step = step < FINEST ? FINEST : step;
                good->last = false;
                if (!round_of(x, step, most, pulse))
                        return;
                keep_good(x, good);
                if (step == FINEST)
                        return;
                most = LATER * ((int64_t)x->g->rows + 64);      /* a later round that takes longer costs more than it brings */
        }
}

bool matching_auction(const struct matching_graph *g, bool steps, int64_t bids, struct matching_pulse *pulse, struct arena *a,
                      struct matching_stand *s, struct matching_fews *fews)
{
        struct arena_mark before = arena_mark(a);
        struct auction x = {.g = g, .slot = s->slot, .fews = fews, .steps = steps};
        bool warm = any_price(g, s);

        matching_fews_new(g, a, fews);
        int64_t step = steps ? (g->range >> fews->shift) * FRACTIONS / (warm ? WARM : COLD) : FINEST;
        struct arena_mark mark = arena_mark(a);
        x.price = arena_array(a, int64_t, (size_t)g->columns);
        x.place = arena_array(a, struct place, (size_t)s->slot[g->columns]);
        x.at = arena_array(a, int32_t, (size_t)g->rows);
        x.queue = arena_array(a, int32_t, (size_t)g->rows);
        fews->price = x.price;
        fews->fractions = FRACTIONS;
        for (int32_t j = 0; warm && j < g->columns; j++)
                x.price[j] = (s->column_price[j] >> fews->shift) * FRACTIONS;
        struct good good = {arena_array(a, int64_t, (size_t)g->columns), arena_array(a, int32_t, (size_t)g->rows), false, false};
        rounds(&x, step, bids * ((int64_t)g->rows + 64), pulse, &good);
        if (good.any)
                take_prices(&x, good.price, good.at, good.last, s);
        else if (pulse->stopped)
                take_prices(&x, x.price, x.at, true, s);
        arena_rewind(a, good.any ? mark : before);
        if (!good.any)
                fews->row = NULL;
        return good.any;
}
