#include "matching/matching_fast.h"

#include "base/err.h"
#include "matching/matching_dense.h"

#include <string.h>

/* ---- how far apart the weights are ---- */

struct span { int64_t low, high; };

static void widen(struct span *s, int64_t score)
{
        s->low = score < s->low ? score : s->low;
        s->high = score > s->high ? score : s->high;
}

static struct span span_of(struct matching_view *v, const struct matching_sheet *sheet)
{
        struct span s = {INT64_MAX, INT64_MIN};
        const struct matching_problem *p = v->p;

        if (sheet && (sheet->kind == MATCHING_UINT8 || sheet->kind == MATCHING_UINT16))
                return (struct span) {0, sheet->kind == MATCHING_UINT8 ? UINT8_MAX : UINT16_MAX};

        for (int32_t i = 0; i < p->mentees; i++) {
                int64_t low, high;
                if (v->settled[i])
                        continue;
                if (sheet && matching_sheet_span(sheet, i, &low, &high)) {
                        widen(&s, low);
                        widen(&s, high);
                }
                if (!sheet) {
                        struct matching_row row = matching_view_row(v, i);
                        for (int64_t k = 0; k < row.n; k++)
                                widen(&s, row.score[k]);
                }
        }
        return s.low <= s.high ? s : (struct span) {0, 0};
}

/* Sets what an announced pair is worth. False when the weights then lie too far apart. */
static bool measure(struct matching_view *v, struct matching_task *t, struct span s)
{
        const struct matching_problem *p = v->p;
        int64_t widest = MATCHING_WIDEST((int64_t)p->mentees + p->mentors), range, enough;

        v->keep = p->announced && p->keep > 0 ? p->keep : 0;
        if (__builtin_sub_overflow(s.high, s.low, &range))
                return false;
        if (v->keep == MATCHING_KEEP_ALL && !__builtin_mul_overflow(range, (int64_t)t->rows, &enough) && enough < MATCHING_KEEP_ALL / 4)
                v->keep = enough + 1;
        if (range > widest)
                return false;
        if (v->keep > widest - range || s.low < -widest || s.high > widest)
                return false;
        t->low = s.low;
        t->range = range + v->keep;
        t->size = (s.high > -s.low ? s.high : -s.low) + v->keep;
        return true;
}

bool matching_fast_span(struct matching_view *v, int64_t *low, int64_t *high)
{
        const struct matching_problem *p = v->p;
        struct matching_sheet sheet = {.cell = p->dense, .stride = p->stride, .kind = p->cell, .rows = p->mentees,
                                       .columns = p->mentors, .least = v->floor};
        struct matching_task t = {.view = v};
        struct span s = span_of(v, p->shape == MATCHING_DENSE ? &sheet : NULL);

        for (int32_t i = 0; i < p->mentees; i++)
                t.rows += !v->settled[i];
        *low = s.low;
        *high = s.high;
        return measure(v, &t, s);
}

/* ---- a list as a graph ---- */

static bool as_it_is(const struct matching_view *v)
{
        const struct matching_problem *p = v->p;

        if (p->n_forbidden || v->keep || v->face || v->floor > MATCHING_NONE + 1)
                return false;
        for (int32_t i = 0; i < p->mentees; i++)
                if (v->settled[i])
                        return false;
        for (int32_t j = 0; j < p->mentors; j++)
                if (v->places[j] == 0)
                        return false;
        return true;
}

static void copy_list(struct matching_view *v, const struct matching_task *t, struct arena *a, struct matching_graph *g)
{
        int64_t *start = arena_array(a, int64_t, (size_t)t->rows + 1), n = 0;
        size_t most = (size_t)(v->p->mentees ? v->p->row[v->p->mentees] - v->p->row[0] : 0);
        int32_t *column = arena_array(a, int32_t, most);
        int64_t *weight = arena_array(a, int64_t, most);

        for (int32_t i = 0; i < t->rows; i++) {
                struct matching_row row = matching_view_row(v, t->mentee[i]);
                start[i] = n;
                for (int64_t k = 0; k < row.n; k++) {
                        if (v->places[row.mentor[k]] == 0)
                                continue;
                        column[n] = row.mentor[k];
                        weight[n++] = row.score[k] + matching_view_keep(v, t->mentee[i], row.mentor[k]);
                }
        }
        start[t->rows] = n;
        g->start = start;
        g->column = column;
        g->weight = weight;
}

static void list_graph(const struct matching_task *t, struct arena *a, struct matching_graph *g)
{
        const struct matching_problem *p = t->view->p;

        *g = (struct matching_graph) {.rows = t->rows, .columns = t->columns, .range = t->range, .places = t->view->places,
                                      .start = p->row, .column = p->mentor, .weight = p->score};
        if (!as_it_is(t->view))
                copy_list(t->view, t, a, g);
}

static bool solve_list(const struct matching_task *t, struct matching_pulse *pulse, struct arena *a, struct matching_answer *w)
{
        struct matching_graph g;

        list_graph(t, a, &g);
        return matching_whole_solve(&g, pulse, a, w);
}

/* ---- stopped on the way ---- */

static void seat(struct matching_view *v, struct matching_answer *w, int32_t *used, int32_t i)
{
        struct matching_row row = matching_view_row(v, i);

        for (int64_t k = 0; k < row.n && w->match[i] == MATCHING_NOBODY; k++)
                if (used[row.mentor[k]] < v->places[row.mentor[k]]) {
                        w->match[i] = row.mentor[k];
                        used[row.mentor[k]]++;
                }
}

/* The highest that the row would pay for anybody at these prices. */
static int64_t top_of(struct matching_view *v, const int64_t *price, int32_t i, bool *any)
{
        struct matching_row row = matching_view_row(v, i);
        int64_t top = INT64_MIN;

        for (int64_t k = 0; k < row.n; k++) {
                int32_t j = row.mentor[k];
                int64_t value = row.score[k] + matching_view_keep(v, i, j) - price[j];
                if (v->places[j] > 0 && value > top)
                        top = value;
        }
        *any = top != INT64_MIN;
        return *any ? top : 0;
}

/*
 * Prices that hold for all pairs though the search has not: nobody is in short, so the bound says that everybody who has
 * any mentor to go to could be placed.
 */
static void make_do(struct matching_view *v, struct arena *a, struct matching_answer *w)
{
        const struct matching_problem *p = v->p;
        int32_t *used = arena_array(a, int32_t, (size_t)p->mentors);

        memset(w->short_mentor, 0, (size_t)p->mentors);
        w->n_short = 0;
        for (int32_t i = 0; i < p->mentees; i++)
                if (w->match[i] != MATCHING_NOBODY)
                        used[w->match[i]]++;
        for (int32_t j = 0; j < p->mentors; j++)
                w->mentor[j] = w->mentor[j] > 0 ? w->mentor[j] : 0;
        for (int32_t i = 0; i < p->mentees; i++) {
                bool any = false;
                if (v->settled[i])
                        continue;
                seat(v, w, used, i);
                w->mentee[i] = top_of(v, w->mentor, i, &any);
                w->short_mentee[i] = !any;
                w->n_short += !any;
        }
}

/* ---- the door ---- */

static void take(const struct matching_task *t, const struct matching_answer *w, struct matching_fast *f)
{
        for (int32_t i = 0; i < t->rows; i++) {
                f->w.match[t->mentee[i]] = w->match[i];
                f->w.mentee[t->mentee[i]] = w->mentee[i];
                f->w.short_mentee[t->mentee[i]] = w->short_mentee[i];
        }
        memcpy(f->w.mentor, w->mentor, (size_t)t->columns * sizeof *w->mentor);
        memcpy(f->w.short_mentor, w->short_mentor, (size_t)t->columns);
        f->w.n_short = w->n_short;
}

/* A mentor without a place has a price high enough for anybody who might ask: nothing is for sale. */
static void price_the_closed(struct matching_view *v, const struct matching_task *t, struct matching_fast *f)
{
        int64_t most = 0;

        for (int32_t i = 0; i < t->rows; i++) {
                int64_t gap = t->low + t->range - f->w.mentee[t->mentee[i]];
                most = gap > most ? gap : most;
        }
        for (int32_t j = 0; j < t->columns; j++)
                if (v->places[j] == 0) {
                        f->w.mentor[j] = most;
                        f->w.short_mentor[j] = f->w.n_short > 0;
                }
}

/*
 * Which engine for a matrix: where it is small, or many cells are alike, a core of a few cells a row is not worth finding,
 * or is the wrong few.
 */
#ifdef MATCHING_EAGER
enum { FEW_PEOPLE = 2, FEW_WEIGHTS = 2 };
#else
enum { FEW_PEOPLE = 200, FEW_WEIGHTS = 1 << 10 };
#endif

static bool best_on_cells(const struct matching_task *t)
{
        return t->rows <= FEW_PEOPLE || t->range <= FEW_WEIGHTS;
}

struct door { struct matching_sheet sheet; struct matching_task task; struct matching_pulse pulse; struct matching_answer w; };

/* False when the scores lie too far apart. */
static bool open_door(struct matching_view *v, const struct matching_options *o, struct arena *a, struct door *d)
{
        const struct matching_problem *p = v->p;

        *d = (struct door) {
                .sheet = {.cell = p->dense, .stride = p->stride, .kind = p->cell, .rows = p->mentees, .columns = p->mentors,
                          .least = v->floor},
                .task = {.view = v, .columns = p->mentors, .threads = o->threads > 1 ? o->threads : 1},
                .pulse = {.options = o, .at = {.of = p->mentees, .round = 1}}};
        d->task.sheet = p->shape == MATCHING_DENSE ? &d->sheet : NULL;
        d->task.mentee = arena_array(a, int32_t, (size_t)p->mentees);
        for (int32_t i = 0; i < p->mentees; i++)
                if (!v->settled[i])
                        d->task.mentee[d->task.rows++] = i;
        if (!measure(v, &d->task, span_of(v, d->task.sheet)))
                return false;
        matching_answer_new(d->task.rows, d->task.columns, a, &d->w);
        return true;
}

bool matching_fast(struct matching_view *v, const struct matching_options *o, struct arena *a, struct matching_fast *f)
{
        struct door d;

        *f = (struct matching_fast) {0};
        matching_answer_new(v->p->mentees, v->p->mentors, a, &f->w);
        struct arena_mark mark = arena_mark(a);
        if (!open_door(v, o, a, &d))
                return false;
        if (!d.task.sheet)
                solve_list(&d.task, &d.pulse, a, &d.w);
        else if (!best_on_cells(&d.task) || !matching_dense_solve(&d.task, &d.pulse, a, &d.w))
                matching_core_solve(&d.task, &d.pulse, a, &d.w);
        f->stopped = d.pulse.stopped;
        f->searches = d.pulse.searches;
        f->looked_at = d.pulse.looked_at;
        take(&d.task, &d.w, f);
        if (f->stopped)
                make_do(v, a, &f->w);
        price_the_closed(v, &d.task, f);
        arena_rewind(a, mark);
        return true;
}

int32_t matching_fast_most(struct matching_view *v, const struct matching_options *o, struct arena *a, struct matching_fast *f)
{
        struct matching_most most;
        struct matching_graph g;
        struct door d;
        int32_t placed;

        *f = (struct matching_fast) {0};
        matching_answer_new(v->p->mentees, v->p->mentors, a, &f->w);
        struct arena_mark mark = arena_mark(a);
        must(open_door(v, o, a, &d));
        if (d.task.sheet) {
                placed = matching_core_most(&d.task, &d.pulse, a, &d.w);
        } else {
                list_graph(&d.task, a, &g);
                matching_most(&g, a, &most);
                matching_answer_split(&d.w, &most, d.task.rows, d.task.columns);
                placed = most.placed;
        }
        f->stopped = d.pulse.stopped || (o->go_on && !o->go_on(o->go_on_ctx, &d.pulse.at));
        take(&d.task, &d.w, f);
        arena_rewind(a, mark);
        return placed;
}
