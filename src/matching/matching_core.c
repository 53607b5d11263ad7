#include "matching/matching_core_parts.h"

#include "base/err.h"
#include "matching/matching_dense.h"

#include <string.h>

enum {
        FIRST = 16,              /* cells of a row to begin with */
        FIRST_OF_COLUMN = 4,     /* and of a column */
        MORE = 16,              /* cells that a row may bring in one round */
        SMALL = 1 << 20,        /* cells: below, one thread is quicker */
};

/* ---- the best few of those found in a row ---- */

struct cell { int64_t value; int32_t column, turn; };

static bool better(struct cell a, struct cell b) { return a.value != b.value ? a.value > b.value : a.turn < b.turn; }

static int32_t own_of(const struct matching_core *c, int32_t row)
{
        return (int32_t)((int64_t)row * 7919 % (c->t->columns ? c->t->columns : 1));
}

/*
 * Ties go to the columns that follow the row's own number: if all rows began at the first, they would all pick the same
 * few.
 */
static void keep_best(const struct matching_core *c, struct cell cell, int32_t own, int most, struct cell *best, int *kept)
{
        cell.turn = cell.column - own + (cell.column < own ? c->t->columns : 0);
        if (*kept == most && !better(cell, best[*kept - 1]))
                return;
        int at = *kept < most ? (*kept)++ : *kept - 1;
        for (; at > 0 && better(cell, best[at - 1]); at--)
                best[at] = best[at - 1];
        best[at] = cell;
}

static int best_of(const struct matching_core *c, int32_t row, const int64_t *cost, const int32_t *found, int32_t n, int most,
                   struct cell *best)
{
        int kept = 0;

        for (int32_t k = 0; k < n; k++) {
                int64_t weight = matching_core_weight(c->t, row, found[k]);
                if (weight != MATCHING_NONE)
                        keep_best(c, (struct cell) {weight - (cost ? cost[found[k]] : 0), found[k], 0}, own_of(c, row), most, best, &kept);
        }
        return kept;
}

static void pick(struct matching_core *c, int stretch, int32_t row, int32_t column)
{
        must(c->picks[stretch] < c->room[stretch]);
        c->pick[stretch][c->picks[stretch]++] = (struct matching_pick) {row, column};
}

static void pick_best(struct matching_core *c, int stretch, int32_t row, const int64_t *cost, const int32_t *found, int32_t n, struct cell *best)
{
        int kept = best_of(c, row, cost, found, n, c->most, best);

        for (int k = 0; k < kept; k++)
                pick(c, stretch, row, best[k].column);
}

/* ---- the core to begin with ---- */

/* A bar over which a row has some more cells than are wanted; the bar of the row before is a good guess. */
static int32_t over_the_bar(const struct matching_core *c, int32_t row, int64_t *bar, int32_t *found)
{
        const struct matching_task *t = c->t;
        int32_t i = t->mentee[row], n = matching_sheet_above(t->sheet, i, &c->easy, *bar, found);
        int64_t low = 0, high = 0;

        if (n < c->most && *bar < t->sheet->least)
                return n;       /* these are all */
        if ((n >= c->most && n <= 3 * c->most) || !matching_sheet_span(t->sheet, i, &low, &high))
                return n;
        low--;
        while (low + 1 < high) {
                *bar = low + (high - low) / 2;
                n = matching_sheet_above(t->sheet, i, &c->easy, *bar, found);
                if (n < c->most)
                        high = *bar;
                else if (n > 3 * c->most)
                        low = *bar;
                else
                        return n;
        }
        *bar = low;     /* many cells alike, or few cells */
        return matching_sheet_above(t->sheet, i, &c->easy, low, found);
}

/* Where prices are guessed, one look at the row finds enough of its best cells; and it keeps the place it had then. */
static void pick_by_guess(struct matching_core *c, int stretch, int32_t row, struct cell *best)
{
        int32_t value[MATCHING_SOME], column[MATCHING_SOME], own = own_of(c, row);
        int kept = 0;

        matching_relax_some(&c->guess, c->t->mentee[row], own, value, column);
        for (int k = 0; k < MATCHING_SOME; k++)
                if (value[k] != INT32_MIN)
                        keep_best(c, (struct cell) {value[k], column[k], 0}, own, c->most, best, &kept);
        for (int k = 0; k < kept; k++)
                pick(c, stretch, row, best[k].column);
        if (c->at[row] != MATCHING_NOBODY)
                pick(c, stretch, row, c->at[row]);
}

struct first_rows { struct matching_core *c; int32_t *found; struct cell *best; };

static void first_of_rows(void *ctx, int stretch, int32_t from, int32_t until)
{
        struct first_rows *f = ctx;
        struct matching_core *c = f->c;
        int32_t *found = f->found + (int64_t)stretch * c->t->columns;
        int64_t least = c->t->sheet->least, bar = least > MATCHING_NONE + 1 ? least - 1 : 0;

        for (int32_t row = from; row < until; row++) {
                struct cell *best = f->best + (int64_t)stretch * c->most;
                if (c->w->guess) {
                        pick_by_guess(c, stretch, row, best);
                        continue;
                }
                int32_t n = over_the_bar(c, row, &bar, found);
                pick_best(c, stretch, row, NULL, found, n, best);
        }
}

/* ---- the first of each column: whoever is nobody's favourite must be found, too ---- */

struct columns { struct cell *best; int32_t *n; };

static void offer(struct matching_core *c, struct columns *f, int32_t row, int32_t column)
{
        struct cell *best = f->best + (int64_t)column * FIRST_OF_COLUMN;
        int64_t weight = matching_core_weight(c->t, row, column);

        if (weight == MATCHING_NONE)
                return;
        struct cell cell = {weight, row, 0};
        int32_t at = f->n[column] < FIRST_OF_COLUMN ? f->n[column]++ : FIRST_OF_COLUMN - 1;
        for (; at > 0 && best[at - 1].value < weight; at--)
                best[at] = best[at - 1];
        best[at] = cell;
        if (f->n[column] == FIRST_OF_COLUMN) {
                c->shorter.wide[column] = best[FIRST_OF_COLUMN - 1].value;
                c->shorter.narrow[column] = c->shorter.fits ? (int32_t)c->shorter.wide[column] : 0;
        }
}

/* Goes through the rows in a mixed order, so that ties do not all go to the first. */
static void first_of_columns(struct matching_core *c, int32_t *found)
{
        const struct matching_task *t = c->t;
        struct columns f = {arena_array(c->a, struct cell, (size_t)t->columns * FIRST_OF_COLUMN),
                            arena_array(c->a, int32_t, (size_t)t->columns)};
        int64_t step = t->rows > 7919 && t->rows % 7919 != 0 ? 7919 : 1;

        for (int64_t k = 0, row = 0; k < t->rows; k++, row = (row + step) % t->rows) {
                int32_t n = matching_sheet_above(t->sheet, t->mentee[row], &c->shorter, 0, found);
                for (int32_t at = 0; at < n; at++)
                        offer(c, &f, (int32_t)row, found[at]);
        }
        for (int32_t j = 0; j < t->columns; j++)
                for (int32_t at = 0; at < f.n[j]; at++)
                        pick(c, 0, f.best[(int64_t)j * FIRST_OF_COLUMN + at].column, j);
}

static void room_for_picks(struct matching_core *c, int64_t each, int64_t extra)
{
        for (int k = 0; k < MATCHING_STRETCHES; k++) {
                c->room[k] = ((int64_t)c->t->rows / MATCHING_STRETCHES + 1) * each + (k == 0 ? extra : 0);
                c->pick[k] = arena_array(c->a, struct matching_pick, (size_t)c->room[k]);
                c->picks[k] = 0;
        }
}

static int threads_for(const struct matching_core *c)
{
        return (int64_t)c->t->rows * c->t->columns < SMALL ? 1 : c->t->threads;
}

/* Where all places are wanted, what they may cost is found first: the cells that matter depend on it. */
static void guess(struct matching_core *c)
{
        int32_t *price = arena_array(c->a, int32_t, (size_t)c->t->columns);
        int64_t *wide = arena_array(c->a, int64_t, (size_t)c->t->columns);

        c->at = arena_array(c->a, int32_t, (size_t)c->t->rows);
        c->w->guess = matching_dense_guess(c->t, c->a, price, c->at) ? wide : NULL;
        c->guess = (struct matching_relax) {.sheet = c->t->sheet, .price = price};
        for (int32_t j = 0; j < c->t->columns; j++)
                wide[j] = price[j];
}

/* An announced pair is worth more than its cell says, which a look at cells alone would not see. */
static void pick_announced(struct matching_core *c)
{
        const struct matching_task *t = c->t;
        const int32_t *announced = t->view->p->announced;

        for (int32_t row = 0; t->view->keep > 0 && row < t->rows; row++) {
                int32_t j = announced[t->mentee[row]];
                if (j != MATCHING_NOBODY && c->g.places[j] > 0 && matching_core_weight(t, row, j) != MATCHING_NONE)
                        pick(c, 0, row, j);
        }
}

static void begin(struct matching_core *c)
{
        const struct matching_task *t = c->t;
        int64_t *start = arena_array(c->a, int64_t, (size_t)t->rows + 1);

        c->g.start = start;
        c->most = FIRST;
        room_for_picks(c, FIRST + 1, (int64_t)t->columns * FIRST_OF_COLUMN + t->rows);
        for (int32_t j = 0; j < t->columns; j++)
                c->easy.wide[j] = c->g.places[j] ? 0 : MATCHING_OUT_OF_REACH;
        for (int32_t j = 0; j < t->columns; j++)
                c->shorter.wide[j] = c->g.places[j] ? t->low - 1 : MATCHING_OUT_OF_REACH;
        matching_limits_pack(&c->easy, t->columns, t->size);
        matching_limits_pack(&c->shorter, t->columns, t->size);
        struct first_rows f = {c, arena_array(c->a, int32_t, (size_t)t->columns * MATCHING_STRETCHES),
                               arena_array(c->a, struct cell, FIRST * MATCHING_STRETCHES)};
        matching_team(threads_for(c), t->rows, first_of_rows, &f);
        if (!c->w->guess)       /* else each column is as dear as makes somebody want it */
                first_of_columns(c, f.found);
        pick_announced(c);
        matching_core_grow(c);
}

/* ---- pricing ---- */

static void price_rows(void *ctx, int stretch, int32_t from, int32_t until)
{
        struct first_rows *f = ctx;
        struct matching_core *c = f->c;
        const struct matching_task *t = c->t;
        int32_t *found = f->found + (int64_t)stretch * t->columns;

        for (int32_t row = from; row < until; row++) {
                bool in_short = c->w->short_mentee[row];
                const struct matching_limits *l = in_short ? &c->shorter : &c->easy;
                int64_t add = c->people ? 0 : c->w->mentee[row];
                if ((c->people && !in_short) || add >= c->seen_row[row])
                        continue;
                int32_t n = matching_sheet_above(t->sheet, t->mentee[row], l, add, found);
                if (n > 0)
                        pick_best(c, stretch, row, c->people ? NULL : l->wide, found, n, f->best + (int64_t)stretch * c->most);
                c->seen_row[row] = n > c->most || c->people ? INT64_MAX : add;
        }
}

/* What each column costs, for rows of either kind; a column of the other kind is out of reach. */
static void price_columns(struct matching_core *c)
{
        const struct matching_task *t = c->t;
        int64_t most = t->size;

        for (int32_t j = 0; j < t->columns; j++) {
                bool in_short = c->w->short_mentor[j];
                bool open = c->g.places[j] > 0;
                c->easy.wide[j] = open && !in_short ? c->w->mentor[j] : MATCHING_OUT_OF_REACH;
                c->shorter.wide[j] = open && in_short ? c->w->mentor[j] : MATCHING_OUT_OF_REACH;
                if (c->people)
                        c->shorter.wide[j] = open && !in_short ? t->low - 1 : MATCHING_OUT_OF_REACH;
        }
        for (int32_t i = 0; i < t->rows; i++) {
                int64_t price = c->w->mentee[i] < 0 ? -c->w->mentee[i] : c->w->mentee[i];
                most = price > most ? price : most;
        }
        matching_limits_pack(&c->easy, t->columns, most);
        matching_limits_pack(&c->shorter, t->columns, most);
}

/* What was seen at other prices counts as long as none has fallen since. */
static void look_again(struct matching_core *c)
{
        bool all = c->people || c->w->n_short > 0;

        for (int32_t j = 0; j < c->t->columns; j++) {
                all |= c->w->mentor[j] < c->seen_column[j];
                c->seen_column[j] = c->w->mentor[j];
        }
        for (int32_t row = 0; all && row < c->t->rows; row++)
                c->seen_row[row] = INT64_MAX;
}

/* One pass over all cells that may be in the wrong. False when the core has all that it needs. */
static bool price(struct matching_core *c, struct matching_pulse *pulse)
{
        struct arena_mark mark = arena_mark(c->a);
        const struct matching_task *t = c->t;

        c->most = MORE;
        look_again(c);
        price_columns(c);
        struct first_rows f = {c, arena_array(c->a, int32_t, (size_t)t->columns * MATCHING_STRETCHES),
                               arena_array(c->a, struct cell, MORE * MATCHING_STRETCHES)};
        memset(c->picks, 0, sizeof c->picks);
        matching_team(threads_for(c), t->rows, price_rows, &f);
        arena_rewind(c->a, mark);
        return matching_pulse_beat(pulse, (int64_t)t->rows * t->columns / 16) && matching_core_grow(c);
}

static bool more_people(struct matching_core *c, struct matching_pulse *pulse)
{
        c->people = true;
        bool more = price(c, pulse);
        c->people = false;
        return more;
}

/* Until nobody in short has a way out of it that the core lacks. */
static bool find_people(struct matching_core *c, struct matching_pulse *pulse)
{
        for (;;) {
                if (!matching_whole_solve(&c->g, pulse, c->a, c->w))
                        return false;
                if (c->w->n_short == 0)
                        return true;
                if (!more_people(c, pulse))
                        return !pulse->stopped;
                memset(c->w->short_mentee, 0, (size_t)c->t->rows);
                memset(c->w->short_mentor, 0, (size_t)c->t->columns);
                c->w->n_short = 0;
        }
}

static void core_new(struct matching_core *c, bool weighed, const struct matching_task *t, struct arena *a, struct matching_answer *w)
{
        *c = (struct matching_core) {.t = t, .a = a, .w = w,
                            .g = {.rows = t->rows, .columns = t->columns, .range = t->range, .places = t->view->places}};
        matching_limits_new(t->columns, a, &c->easy);
        matching_limits_new(t->columns, a, &c->shorter);
        c->seen_row = arena_array(a, int64_t, (size_t)t->rows);
        c->seen_column = arena_array(a, int64_t, (size_t)t->columns);
        for (int32_t j = 0; j < t->columns; j++)
                c->seen_column[j] = INT64_MAX;
        if (weighed)
                guess(c);
        begin(c);
        room_for_picks(c, MORE, 0);
}

int32_t matching_core_most(const struct matching_task *t, struct matching_pulse *pulse, struct arena *a, struct matching_answer *w)
{
        struct matching_core c;
        struct matching_most most;

        core_new(&c, false, t, a, w);
        do {
                matching_most(&c.g, a, &most);
                matching_answer_split(w, &most, t->rows, t->columns);
        } while (w->n_short > 0 && more_people(&c, pulse));
        return most.placed;
}

bool matching_core_solve(const struct matching_task *t, struct matching_pulse *pulse, struct arena *a, struct matching_answer *w)
{
        struct matching_core c;

        core_new(&c, true, t, a, w);
        if (!find_people(&c, pulse))
                return false;
        while (price(&c, pulse)) {
                pulse->at.round++;
                if (!matching_whole_mend(&c.g, pulse, a, w))
                        return false;
        }
        return !pulse->stopped;
}
