#include "matching/matching_dense.h"

#include "base/err.h"
#include "matching/matching_relax.h"

#include <string.h>

enum { PASSES = 2, NARROWER = 20, FINER = 16, LONGEST = 12, CALM = 2 };

#define LARGEST ((int32_t)1 << 26)      /* of a score */
#define DEAREST ((int32_t)1 << 26)      /* of a price or distance: beyond, another engine counts, with 64 bits */

struct dense {
        const struct matching_task *t;
        struct matching_relax relax;
        const int32_t *places;
        int32_t *price, *row_price;
        int32_t *unmet;                 /* per column, its distance as a search begins */
        int32_t *at;                    /* per row, its column or nobody */
        int32_t *slot, *holder, *used;  /* as in matching_stand */
        int32_t *row_distance;          /* of the rows met */
        uint8_t *met;                   /* per row */
        int32_t *met_row, n_row;
        int32_t *level, n_column;       /* all columns met so far, level by level */
        int32_t room;                   /* columns, up to a multiple of MATCHING_AT_ONCE */
        bool full;                      /* one place each, and all of them needed */
        int64_t searches, rows_read;
};

static bool fits(const struct matching_task *t)
{
        const struct matching_problem *p = t->view->p;
        int64_t places = 0;

        for (int32_t j = 0; j < t->columns; j++)
                places += t->view->places[j];
        return t->sheet->kind != MATCHING_INT64 && p->n_forbidden == 0 && t->view->keep == 0 && t->size <= LARGEST &&
               places >= t->rows && places <= INT32_MAX;
}

static void dense_new(const struct matching_task *t, struct arena *a, struct dense *d)
{
        size_t n = (size_t)t->rows, m = (size_t)(t->columns + MATCHING_AT_ONCE - 1) / MATCHING_AT_ONCE * MATCHING_AT_ONCE;
        int32_t slots = 0, most = 0;

        *d = (struct dense) {.t = t, .places = t->view->places, .room = (int32_t)m};
        d->price = arena_array(a, int32_t, m);
        d->unmet = arena_array(a, int32_t, m);
        d->used = arena_array(a, int32_t, m);
        d->slot = arena_array(a, int32_t, m + 1);
        d->level = arena_array(a, int32_t, m);
        d->relax = (struct matching_relax) {.sheet = t->sheet, .price = d->price, .distance = arena_array(a, int32_t, m),
                                            .parent = arena_array(a, int32_t, m)};
        for (size_t j = 0; j < m; j++) {
                bool open = j < (size_t)t->columns && d->places[j] > 0;
                d->unmet[j] = open ? MATCHING_TOO_FAR : INT32_MIN;      /* nothing is nearer to a closed column */
                d->price[j] = open ? 0 : MATCHING_CLOSED;
                d->slot[j] = slots;
                slots += open ? d->places[j] : 0;
                most = open && d->places[j] > most ? d->places[j] : most;
        }
        d->full = slots == t->rows && most == 1;
        d->holder = arena_array(a, int32_t, (size_t)slots);
        d->row_price = arena_array(a, int32_t, n);
        d->row_distance = arena_array(a, int32_t, n);
        d->at = arena_array(a, int32_t, n);
        d->met = arena_array(a, uint8_t, n);
        d->met_row = arena_array(a, int32_t, n);
}

/* ---- who sits where ---- */

static void put(struct dense *d, int32_t row, int32_t column)
{
        d->at[row] = column;
        d->holder[d->slot[column] + d->used[column]++] = row;
}

static void take(struct dense *d, int32_t row)
{
        int32_t *holder = d->holder + d->slot[d->at[row]], k = 0;

        while (holder[k] != row)
                k++;
        holder[k] = holder[--d->used[d->at[row]]];
        d->at[row] = MATCHING_NOBODY;
}

static bool has_room(const struct dense *d, int32_t column) { return d->used[column] < d->places[column]; }

/* ---- one shortest path ---- */

static bool meet_row(struct dense *d, int32_t i, int32_t now, int32_t *end)
{
        int32_t *found = d->level + d->n_column;

        d->met[i] = 1;
        d->met_row[d->n_row++] = i;
        d->row_distance[i] = now;
        d->rows_read++;
        int32_t n = matching_relax(&d->relax, d->t->mentee[i], i, d->row_price[i], now, found);
        d->n_column += n;
        for (int32_t k = 0; k < n; k++)
                if (has_room(d, found[k]))
                        return *end = found[k], true;
        return false;
}

/* All that can be reached at the distance `now`, the columns found[] first. */
static bool meet_level(struct dense *d, int32_t from, int32_t now, int32_t *end)
{
        for (int32_t k = from; k < d->n_column; k++)
                if (has_room(d, d->level[k]))
                        return *end = d->level[k], true;
        for (int32_t k = from; k < d->n_column; k++) {
                int32_t j = d->level[k];
                for (int32_t h = 0; h < d->used[j]; h++)
                        if (!d->met[d->holder[d->slot[j] + h]] && meet_row(d, d->holder[d->slot[j] + h], now, end))
                                return true;
        }
        return false;
}

/* The distance of the nearest column with a free place, or MATCHING_TOO_FAR. */
static int32_t search(struct dense *d, int32_t row, int32_t *end)
{
        int32_t now = 0;

        memcpy(d->relax.distance, d->unmet, (size_t)d->room * sizeof *d->unmet);
        d->n_row = d->n_column = 0;
        if (meet_row(d, row, 0, end) || meet_level(d, 0, 0, end))
                return 0;
        for (;;) {
                int32_t from = d->n_column;
                d->n_column += matching_relax_next(&d->relax, &now, d->level + from);
                if (from == d->n_column || meet_level(d, from, now, end))
                        return now;
        }
}

/* Everything nearer than the end moves by what it is nearer: then all pairs on the way are tight. */
static bool move_prices(struct dense *d, int32_t end)
{
        bool fit = end < DEAREST;

        for (int32_t k = 0; k < d->n_row; k++) {
                int32_t i = d->met_row[k];
                d->met[i] = 0;
                d->row_price[i] -= fit ? end - d->row_distance[i] : 0;
                fit &= d->row_price[i] > -DEAREST;
        }
        for (int32_t k = 0; k < d->n_column; k++) {
                int32_t j = d->level[k];
                d->price[j] += fit ? end - d->relax.distance[j] : 0;
                fit &= d->price[j] < DEAREST;
        }
        return fit;
}

static void move_people(struct dense *d, int32_t from, int32_t column)
{
        for (int32_t row = MATCHING_NOBODY; row != from;) {
                row = d->relax.parent[column];
                int32_t left = d->at[row];
                if (left != MATCHING_NOBODY)
                        take(d, row);
                put(d, row, column);
                column = left;
        }
}

/* False when there is no way for the row, or none that 32 bits can measure. */
static bool place(struct dense *d, int32_t row)
{
        int32_t column = MATCHING_NOBODY, end;

        if (d->row_price[row] == INT32_MIN)
                return false;           /* nothing is allowed */
        end = search(d, row, &column);
        d->searches++;
        if (!move_prices(d, end) || column == MATCHING_NOBODY)
                return false;
        move_people(d, row, column);
        return true;
}

/* ---- the beginning ---- */

/* Ties go to the columns that follow a row's own number, lest all rows alike ask for the same one. */
static struct matching_two best_two(struct dense *d, int32_t i)
{
        d->rows_read++;
        return matching_relax_best(&d->relax, d->t->mentee[i], (int32_t)((int64_t)i * 7919 % d->t->columns));
}

/*
 * The row asks for what it values most. A column with one place becomes as dear as the row's next choice allows, and whoever
 * had it must look again, which is what comes back; nobody otherwise.
 */
static int32_t ask(struct dense *d, int32_t i)
{
        struct matching_two two = best_two(d, i);
        int32_t j = two.column, out = MATCHING_NOBODY;

        d->row_price[i] = two.first;
        if (j == MATCHING_NOBODY)
                return out;
        if (d->places[j] > 1 || two.second == INT32_MIN || two.first == two.second) {
                if (has_room(d, j))
                        put(d, i, j);
                return out;
        }
        if (!has_room(d, j)) {
                out = d->holder[d->slot[j]];
                take(d, out);
        }
        d->price[j] += two.first - two.second;
        d->row_price[i] = two.second;
        put(d, i, j);
        return out;
}

/* Row reduction (Jonker and Volgenant): some times around, as long as it goes on. */
static void begin(struct dense *d)
{
        for (int32_t i = 0; i < d->t->rows; i++)
                d->at[i] = MATCHING_NOBODY;
        int32_t left = d->t->rows;
        for (int pass = 0; pass < PASSES && left > 0; pass++) {
                int64_t most = 2 * left;
                left = 0;
                for (int32_t i = 0; i < d->t->rows; i++) {
                        int32_t row = d->at[i] == MATCHING_NOBODY ? i : MATCHING_NOBODY;
                        do
                                row = row == MATCHING_NOBODY ? row : ask(d, row);
                        while (row != MATCHING_NOBODY && most-- > 0);
                }
                for (int32_t i = 0; i < d->t->rows; i++)
                        left += d->at[i] == MATCHING_NOBODY;
        }
}

/* ---- the beginning where all places will be taken: an auction from coarse steps to fine ones ---- */

/* Everybody bids anew, from the prices as they are. False when that takes too long. */
static bool auction_round(struct dense *d, int32_t step, int32_t *queue)
{
        int32_t n = d->t->rows, head = 0, queued = n;
        int64_t most = (int64_t)LONGEST * n + 64;

        memset(d->used, 0, (size_t)d->room * sizeof *d->used);
        for (int32_t i = 0; i < n; i++) {
                queue[i] = i;
                d->at[i] = MATCHING_NOBODY;
        }
        while (queued > 0) {
                int32_t i = queue[head];
                struct matching_two two = best_two(d, i);
                int32_t j = two.column;
                if (j == MATCHING_NOBODY || two.second == INT32_MIN || d->price[j] > DEAREST / 4 || most-- == 0)
                        return false;
                head = head + 1 < n ? head + 1 : 0;
                queued--;
                if (!has_room(d, j)) {
                        int32_t out = d->holder[d->slot[j]], tail = head + queued++;
                        take(d, out);
                        queue[tail < n ? tail : tail - n] = out;
                }
                d->price[j] += two.first - two.second + step;
                put(d, i, j);
        }
        return true;
}

/* Who is not exactly where they would rather be, at these prices, looks again. */
static void settle(struct dense *d)
{
        for (int32_t i = 0; i < d->t->rows; i++) {
                struct matching_two two = best_two(d, i);
                d->row_price[i] = two.first;
                if (d->at[i] != MATCHING_NOBODY && matching_sheet_at(d->t->sheet, d->t->mentee[i], d->at[i]) - d->price[d->at[i]] < two.first)
                        take(d, i);
                if (d->at[i] == MATCHING_NOBODY && two.column != MATCHING_NOBODY && has_room(d, two.column))
                        put(d, i, two.column);
        }
}

static void auction(struct dense *d)
{
        int64_t finest = d->t->range / d->t->rows / FINER, step = d->t->range / MATCHING_COARSE;

        while (auction_round(d, step > 1 ? (int32_t)step : 1, d->met_row) && step > finest && step > 1)
                step /= NARROWER;
        settle(d);
}

/* ---- the door ---- */

static void answer(const struct dense *d, struct matching_answer *w)
{
        for (int32_t i = 0; i < d->t->rows; i++) {
                w->match[i] = d->at[i];
                w->mentee[i] = d->row_price[i];
        }
        for (int32_t j = 0; j < d->t->columns; j++)
                w->mentor[j] = d->places[j] ? d->price[j] : 0;
}

static bool run(struct dense *d, struct matching_pulse *pulse)
{
        if (d->full)
                auction(d);
        else
                begin(d);
        for (int32_t i = 0; i < d->t->rows && !pulse->stopped; i++) {
                int64_t before = d->rows_read;
                if (d->at[i] == MATCHING_NOBODY && !place(d, i))
                        return false;
                matching_pulse_beat(pulse, (d->rows_read - before) * d->t->columns / 16);
        }
        return true;
}

bool matching_dense_solve(const struct matching_task *t, struct matching_pulse *pulse, struct arena *a, struct matching_answer *w)
{
        struct arena_mark mark = arena_mark(a);
        struct dense d;

        if (!fits(t))
                return false;
        dense_new(t, a, &d);
        bool solved = run(&d, pulse);
        if (solved)
                answer(&d, w);
        pulse->searches += d.searches;
        arena_rewind(a, mark);
        return solved;
}

bool matching_dense_guess(const struct matching_task *t, struct arena *a, int32_t *price, int32_t *at)
{
        struct arena_mark mark = arena_mark(a);
        struct dense d;

        if (!fits(t))
                return false;
        dense_new(t, a, &d);
        if (d.full) {
                auction_round(&d, (int32_t)(t->range / MATCHING_COARSE) + 1, d.met_row);
                /* Hardly anybody in anybody's way: so coarse a price would only blur what is best. */
                for (int32_t j = 0; j < t->columns; j++)
                        price[j] = d.rows_read > CALM * t->rows || d.places[j] == 0 ? d.price[j] : 0;
                memcpy(at, d.at, (size_t)t->rows * sizeof *at);
        }
        arena_rewind(a, mark);
        return d.full;
}
