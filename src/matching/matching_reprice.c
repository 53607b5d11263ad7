#include "matching/matching_reprice.h"

#include "base/err.h"

#include <string.h>

enum {
        FIRST = 16,             /* edges to begin with, each row */
        FIRST_OF_COLUMN = 8,    /* and each column */
        MORE = 10,              /* edges that one look may bring */
        REOPENED = 32,          /* edges of a column that had no places */
        MOST = 64,
        BLOCK = 64,
};

#define SMALL ((int64_t)1 << 28)        /* sums of cells and prices up to here fit in 32 bits, with a limit below all */

/* ---- getting ready ---- */

static void bars_new(int32_t n, struct arena *a, struct matching_bars *b)
{
        matching_limits_new(n, a, &b->limit[0]);
        matching_limits_new(n, a, &b->limit[1]);
}

void matching_reprice_sheets(struct matching_reprice *r, const void *turned)
{
        const struct matching_problem *p = r->view->p;

        r->sheet = (struct matching_sheet) {.cell = p->dense, .stride = p->stride, .kind = p->cell, .rows = p->mentees,
                                            .columns = p->mentors, .least = MATCHING_NONE + 1};
        r->turned = (struct matching_sheet) {.cell = turned, .stride = p->mentees, .kind = p->cell, .rows = p->mentors,
                                             .columns = p->mentees, .least = MATCHING_NONE + 1};
}

void matching_reprice_new(const struct matching_view *v, struct matching_live *l, const void *turned, struct arena *a,
                          struct matching_reprice *r)
{
        int32_t most = l->rows > l->columns ? l->rows : l->columns;

        *r = (struct matching_reprice) {.view = v, .live = l};
        matching_reprice_sheets(r, turned);
        bars_new(l->columns, a, &r->by_column);
        bars_new(l->rows, a, &r->by_row);
        r->found = arena_array(a, int32_t, (size_t)most);
}

int64_t matching_live_weight(const struct matching_view *v, int32_t mentee, int32_t mentor)
{
        int64_t score = matching_score(v->p, mentee, mentor);

        if (score == MATCHING_NONE || matching_is_forbidden(v, mentee, mentor))
                return MATCHING_NONE;
        return MATCHING_LIVE_UNIT + score + matching_view_keep(v, mentee, mentor);
}

/* ---- limits ---- */

static int64_t largest_rest(const int64_t *price, int32_t n)
{
        int64_t most = 0;

        for (int32_t k = 0; k < n; k++) {
                int64_t rest = matching_live_rest(price[k]);
                most = rest > most ? rest : -rest > most ? -rest : most;
        }
        return most;
}

/*
 * What a cell must be above to be worth more than its prices, less the rest of the price of the one that scans, who has
 * so many units: two units in all are never reached, none always.
 */
static void set_limits(const struct matching_reprice *r, struct matching_limits *l, int64_t units, const int64_t *price, int32_t n)
{
        int64_t most = largest_rest(price, n), always;

        always = most < SMALL && r->range < SMALL && r->low > -SMALL ? 1 - 2 * SMALL : -MATCHING_OUT_OF_REACH;
        for (int32_t k = 0; k < n; k++) {
                int64_t sum = units + matching_live_units(price[k]);
                l->wide[k] = sum > 1 ? MATCHING_OUT_OF_REACH : sum == 1 ? matching_live_rest(price[k]) : always;
        }
}

static const struct matching_limits *limits_for_row(struct matching_reprice *r, int64_t units)
{
        const struct matching_live *l = r->live;
        struct matching_limits *limits = &r->by_column.limit[units];

        if (r->by_column.ready[units])
                return limits;
        r->by_column.ready[units] = true;
        set_limits(r, limits, units, l->column_price, l->columns);
        for (int32_t j = 0; j < l->columns; j++)
                if (l->places[j] == 0)
                        limits->wide[j] = MATCHING_OUT_OF_REACH;
        int64_t most = largest_rest(l->row_price, l->rows);
        matching_limits_pack(limits, l->columns, most < SMALL && r->range < SMALL ? most : INT64_MAX);
        return limits;
}

static const struct matching_limits *limits_for_column(struct matching_reprice *r, int64_t units)
{
        const struct matching_live *l = r->live;
        struct matching_limits *limits = &r->by_row.limit[units];

        if (r->by_row.ready[units])
                return limits;
        r->by_row.ready[units] = true;
        set_limits(r, limits, units, l->row_price, l->rows);
        for (int32_t i = 0; i < l->rows; i++)
                if (l->out[i])
                        limits->wide[i] = MATCHING_OUT_OF_REACH;
        int64_t most = largest_rest(l->column_price, l->columns);
        matching_limits_pack(limits, l->rows, most < SMALL && r->range < SMALL ? most : INT64_MAX);
        return limits;
}

/* After prices have moved. */
static void stale(struct matching_bars *b) { b->ready[0] = b->ready[1] = false; }

/* ---- the best of what was found ---- */

struct cell { int64_t gain, weight; int32_t other, turn; };

struct choice { struct cell best[MOST]; int kept, most; int32_t own, n; };

static bool better(const struct cell *a, const struct cell *b)
{
        return a->gain != b->gain ? a->gain > b->gain : a->turn < b->turn;
}

/* Ties go to whoever follows the asker's own number, so that not all ask for the same few. */
static void consider(struct choice *c, int32_t other, int64_t gain, int64_t weight)
{
        struct cell cell = {gain, weight, other, other - c->own};

        if (cell.turn < 0)
                cell.turn += c->n;
        if (c->kept == c->most && !better(&cell, &c->best[c->kept - 1]))
                return;
        int at = c->kept < c->most ? c->kept++ : c->kept - 1;
        for (; at > 0 && better(&cell, &c->best[at - 1]); at--)
                c->best[at] = c->best[at - 1];
        c->best[at] = cell;
}

static struct choice choice(int32_t asker, int32_t n, int most)
{
        return (struct choice) {.most = most, .n = n, .own = (int32_t)((int64_t)asker * 7919 % (n ? n : 1))};
}

/* Whose cell is worth more than the prices less slack; INT64_MIN where there is none. */
static int64_t gain_of(const struct matching_reprice *r, int32_t i, int32_t j, int64_t *weight)
{
        const struct matching_live *l = r->live;

        *weight = matching_live_weight(r->view, i, j);
        return *weight == MATCHING_NONE ? MATCHING_NONE : *weight - l->row_price[i] - l->column_price[j];
}

/* The best cells of the row with a gain above -slack, and how many there are. */
static int32_t look_along_row(struct matching_reprice *r, int32_t i, int64_t slack, struct choice *c)
{
        const struct matching_live *l = r->live;
        int64_t units = matching_live_units(l->row_price[i]), weight;

        must(units == 0 || units == 1);
        int32_t n = matching_sheet_above(&r->sheet, i, limits_for_row(r, units), matching_live_rest(l->row_price[i]) - slack, r->found);
        int32_t good = 0;

        for (int32_t k = 0; k < n; k++) {
                int64_t gain = gain_of(r, i, r->found[k], &weight);
                if (gain == MATCHING_NONE || gain <= -slack)
                        continue;
                consider(c, r->found[k], gain, weight);
                good++;
        }
        return good;
}

static int32_t look_along_column(struct matching_reprice *r, int32_t j, int64_t slack, struct choice *c)
{
        const struct matching_live *l = r->live;
        int64_t units = matching_live_units(l->column_price[j]), weight;

        must(units == 0 || units == 1);
        int32_t n = matching_sheet_above(&r->turned, j, limits_for_column(r, units), matching_live_rest(l->column_price[j]) - slack, r->found);
        int32_t good = 0;

        for (int32_t k = 0; k < n; k++) {
                int64_t gain = gain_of(r, r->found[k], j, &weight);
                if (gain == MATCHING_NONE || gain <= -slack)
                        continue;
                consider(c, r->found[k], gain, weight);
                good++;
        }
        return good;
}

/* ---- the edges to begin with ---- */

/* A slack at which there are enough; what did for the one before is the guess. */
static int64_t wider(const struct matching_reprice *r, int64_t slack)
{
        slack += slack / 2 + 1;
        return slack < r->range + 1 ? slack : r->range + 1;
}

static void first_of_row(struct matching_reprice *r, int32_t i, int64_t *slack)
{
        struct matching_live *l = r->live;
        struct choice c;

        for (int turn = 0;; turn++) {
                c = choice(i, l->columns, FIRST);
                int32_t n = look_along_row(r, i, *slack, &c);
                if (n < FIRST && turn < 8)
                        *slack = wider(r, *slack);
                else if (n > 8 * FIRST && turn == 0)
                        *slack /= 2;
                else
                        break;
        }
        for (int k = 0; k < c.kept; k++)
                if (!matching_live_has(l, i, c.best[k].other))
                        matching_live_add(l, i, c.best[k].other, c.best[k].weight);
}

static void first_of_column(struct matching_reprice *r, int32_t j, int64_t *slack)
{
        struct matching_live *l = r->live;
        struct choice c;

        for (int turn = 0;; turn++) {
                c = choice(j, l->rows, FIRST_OF_COLUMN);
                int32_t n = look_along_column(r, j, *slack, &c);
                if (n < FIRST_OF_COLUMN && turn < 8)
                        *slack = wider(r, *slack);
                else if (n > 8 * FIRST_OF_COLUMN && turn == 0)
                        *slack /= 2;
                else
                        break;
        }
        for (int k = 0; k < c.kept; k++)
                if (!matching_live_has(l, c.best[k].other, j))
                        matching_live_add(l, c.best[k].other, j, c.best[k].weight);
}

void matching_reprice_begin(struct matching_reprice *r)
{
        struct matching_live *l = r->live;
        int64_t slack = r->range / 256 + 1, begin = slack;

        stale(&r->by_column);
        stale(&r->by_row);
        for (int32_t i = 0; i < l->rows; i++)
                if (!l->out[i])
                        first_of_row(r, i, &slack);
        slack = begin;
        for (int32_t j = 0; j < l->columns; j++)
                if (l->places[j] > 0)
                        first_of_column(r, j, &slack);
}

/* ---- after prices have fallen ---- */

static bool reprice_row(struct matching_reprice *r, int32_t i)
{
        struct matching_live *l = r->live;
        struct choice c = choice(i, l->columns, MORE);

        r->live->looked_at += l->columns / 64;
        if (look_along_row(r, i, 0, &c) == 0)
                return false;
        for (int k = 0; k < c.kept; k++)
                matching_live_edge(l, i, c.best[k].other, c.best[k].weight);
        matching_live_mend(l, i);
        return true;
}

static bool reprice_column(struct matching_reprice *r, int32_t j)
{
        struct matching_live *l = r->live;
        struct choice c = choice(j, l->rows, MOST);

        r->live->looked_at += l->rows / 64;
        int32_t n = look_along_column(r, j, 0, &c);
        if (n > c.kept)
                matching_marks_put(&l->fell_column, j);      /* when these few have come, the others may not want to any more */
        for (int k = 0; k < c.kept; k++) {
                matching_live_edge(l, c.best[k].other, j, c.best[k].weight);
                matching_live_mend(l, c.best[k].other);
        }
        return n > 0;
}

bool matching_reprice(struct matching_reprice *r)
{
        struct matching_live *l = r->live;
        bool found = false;
        int32_t k;

        stale(&r->by_column);
        while (matching_marks_take(&l->fell_row, &k))
                if (!l->out[k])
                        found |= reprice_row(r, k);
        stale(&r->by_row);
        for (int32_t n = l->fell_column.n; n > 0; n--) {
                k = l->fell_column.list[n - 1];
                l->fell_column.in[k] = 0;
                l->fell_column.list[n - 1] = l->fell_column.list[--l->fell_column.n];
                if (l->places[k] > 0)
                        found |= reprice_column(r, k);
        }
        return found;
}

/* ---- a mentor who had no places ---- */

void matching_reprice_column(struct matching_reprice *r, int32_t column)
{
        struct matching_live *l = r->live;
        struct choice c = choice(column, l->rows, REOPENED);

        stale(&r->by_row);
        look_along_column(r, column, r->range / 256 + 1, &c);
        for (int k = 0; k < c.kept; k++)
                matching_live_edge(l, c.best[k].other, column, c.best[k].weight);
        if (c.kept > 0 && c.best[0].gain > 0)
                l->column_price[column] += c.best[0].gain;
}

/* ---- turning a matrix ---- */

#define TURN(CELL)                                                                                        \
        for (int32_t i0 = 0; i0 < p->mentees; i0 += BLOCK)                                                \
                for (int32_t j0 = 0; j0 < p->mentors; j0 += BLOCK)                                        \
                        for (int32_t j = j0; j < j0 + BLOCK && j < p->mentors; j++)                       \
                                for (int32_t i = i0; i < i0 + BLOCK && i < p->mentees; i++)               \
                                        ((CELL *)to)[(int64_t)j * p->mentees + i] = ((const CELL *)p->dense)[i * p->stride + j]

void *matching_turn(const struct matching_problem *p, struct arena *a)
{
        size_t n = (size_t)p->mentees * (size_t)p->mentors;
        void *to = NULL;

        switch (p->cell) {
        case MATCHING_UINT8: to = arena_array(a, uint8_t, n); TURN(uint8_t); return to;
        case MATCHING_UINT16: to = arena_array(a, uint16_t, n); TURN(uint16_t); return to;
        case MATCHING_INT32: to = arena_array(a, int32_t, n); TURN(int32_t); return to;
        case MATCHING_INT64: to = arena_array(a, int64_t, n); TURN(int64_t); return to;
        }
        must(!"a kind of cell outside its enum");
}
