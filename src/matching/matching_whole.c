#include "matching/matching_whole.h"

#include "base/err.h"

#include <string.h>

void matching_answer_new(int32_t mentees, int32_t mentors, struct arena *a, struct matching_answer *w)
{
        *w = (struct matching_answer) {
                .match = arena_array(a, int32_t, (size_t)mentees), .mentee = arena_array(a, int64_t, (size_t)mentees),
                .mentor = arena_array(a, int64_t, (size_t)mentors), .short_mentee = arena_array(a, uint8_t, (size_t)mentees),
                .short_mentor = arena_array(a, uint8_t, (size_t)mentors)};
        for (int32_t i = 0; i < mentees; i++)
                w->match[i] = MATCHING_NOBODY;
}

void matching_answer_split(struct matching_answer *w, const struct matching_most *most, int32_t mentees, int32_t mentors)
{
        memcpy(w->short_mentee, most->short_row, (size_t)mentees);
        memcpy(w->short_mentor, most->short_column, (size_t)mentors);
        w->n_short = most->n_short;
}

/* ---- one block of the graph, numbered by itself ---- */

struct block {
        struct matching_graph g;
        int32_t *row_is, *column_is;    /* their numbers in the whole; NULL: the same */
};

/* Numbers of those whose flag is as wanted, and the way back. */
static int32_t number(const uint8_t *flag, int32_t n, bool wanted, struct arena *a, int32_t **is, int32_t **new)
{
        int32_t count = 0;

        *is = arena_array(a, int32_t, (size_t)n);
        *new = arena_array(a, int32_t, (size_t)n);
        for (int32_t k = 0; k < n; k++) {
                (*new)[k] = (flag[k] != 0) == wanted ? count : MATCHING_NOBODY;
                if ((flag[k] != 0) == wanted)
                        (*is)[count++] = k;
        }
        return count;
}

struct lists { int64_t *start, *weight; int32_t *column; };

static void lists_new(int32_t rows, int64_t edges, struct arena *a, struct lists *l)
{
        l->start = arena_array(a, int64_t, (size_t)rows + 2);
        l->column = arena_array(a, int32_t, (size_t)edges);
        l->weight = arena_array(a, int64_t, (size_t)edges);
}

/* The mentees outside short, with the mentors outside. */
static void easy_block(const struct matching_graph *g, const struct matching_answer *w, struct arena *a, struct block *b)
{
        struct lists l;
        int32_t *new_row, *new_column, *places;
        int64_t n = 0;

        *b = (struct block) {.g.range = g->range};
        b->g.rows = number(w->short_mentee, g->rows, false, a, &b->row_is, &new_row);
        b->g.columns = number(w->short_mentor, g->columns, false, a, &b->column_is, &new_column);
        lists_new(b->g.rows, g->start[g->rows], a, &l);
        places = arena_array(a, int32_t, (size_t)b->g.columns);
        for (int32_t j = 0; j < b->g.columns; j++)
                places[j] = g->places[b->column_is[j]];
        for (int32_t i = 0; i < b->g.rows; i++) {
                l.start[i] = n;
                for (int64_t e = g->start[b->row_is[i]]; e < g->start[b->row_is[i] + 1]; e++) {
                        l.column[n] = new_column[g->column[e]];
                        l.weight[n] = g->weight[e];
                        n += l.column[n] != MATCHING_NOBODY;
                }
        }
        l.start[b->g.rows] = n;
        b->g.start = l.start;
        b->g.column = l.column;
        b->g.weight = l.weight;
        b->g.places = places;
}

/* The mentors in short as rows, who need as many as they have places; the mentees in short as columns. */
static void short_block(const struct matching_graph *g, const struct matching_answer *w, struct arena *a, struct block *b)
{
        struct lists l;
        int32_t *new_row, *new_column, *places, *need;

        *b = (struct block) {.g.range = g->range};
        b->g.rows = number(w->short_mentor, g->columns, true, a, &b->row_is, &new_row);
        b->g.columns = number(w->short_mentee, g->rows, true, a, &b->column_is, &new_column);
        lists_new(b->g.rows, g->start[g->rows], a, &l);
        places = arena_array(a, int32_t, (size_t)b->g.columns);
        need = arena_array(a, int32_t, (size_t)b->g.rows);
        for (int32_t k = 0; k < b->g.columns; k++)
                places[k] = 1;
        for (int32_t k = 0; k < b->g.rows; k++)
                need[k] = g->places[b->row_is[k]];
        int64_t *at = l.start + 1;      /* while filling, at[k] is where k's next edge goes */
        for (int32_t k = 0; k < b->g.columns; k++)
                for (int64_t e = g->start[b->column_is[k]]; e < g->start[b->column_is[k] + 1]; e++)
                        at[new_row[g->column[e]] + 1]++;
        for (int32_t k = 0; k < b->g.rows; k++)
                at[k + 1] += at[k];
        for (int32_t k = 0; k < b->g.columns; k++)
                for (int64_t e = g->start[b->column_is[k]]; e < g->start[b->column_is[k] + 1]; e++) {
                        int64_t to = at[new_row[g->column[e]]]++;
                        l.column[to] = k;
                        l.weight[to] = g->weight[e];
                }
        b->g.start = l.start;
        b->g.column = l.column;
        b->g.weight = l.weight;
        b->g.places = places;
        b->g.need = need;
}

/* ---- between a block's stand and the answer ---- */

static int32_t is(const int32_t *list, int32_t k) { return list ? list[k] : k; }

static void take_easy(const struct block *b, const struct matching_stand *s, struct matching_answer *w)
{
        for (int32_t i = 0; i < b->g.rows; i++) {
                w->mentee[is(b->row_is, i)] = s->row_price[i];
                w->match[is(b->row_is, i)] = s->taken[i] ? is(b->column_is, s->held[i]) : MATCHING_NOBODY;
        }
        for (int32_t j = 0; j < b->g.columns; j++)
                w->mentor[is(b->column_is, j)] = s->column_price[j];
}

static void take_short(const struct block *b, const struct matching_stand *s, struct matching_answer *w)
{
        for (int32_t k = 0; k < b->g.columns; k++) {
                w->mentee[b->column_is[k]] = s->column_price[k];
                w->match[b->column_is[k]] = s->used[k] ? b->row_is[s->holder[k]] : MATCHING_NOBODY;
        }
        for (int32_t k = 0; k < b->g.rows; k++)
                w->mentor[b->row_is[k]] = s->row_price[k];
}

static enum matching_outcome run_easy(const struct block *b, bool sure, struct matching_pulse *pulse, struct arena *a, struct matching_answer *w)
{
        struct matching_stand s;

        matching_stand_new(&b->g, a, &s);
        for (int32_t j = 0; w->guess && j < b->g.columns; j++)
                s.column_price[j] = w->guess[is(b->column_is, j)];
        enum matching_outcome out = matching_block_solve(&b->g, sure, pulse, a, &s);
        if (out != MATCHING_NO_WAY)
                take_easy(b, &s, w);
        return out;
}

static enum matching_outcome mend_easy(const struct block *b, struct matching_pulse *pulse, struct arena *a, struct matching_answer *w)
{
        int32_t *wanted = arena_array(a, int32_t, (size_t)b->g.rows);
        int32_t last = b->g.columns ? is(b->column_is, b->g.columns - 1) : -1;
        struct matching_stand s;

        int32_t *place = arena_array(a, int32_t, (size_t)last + 1);
        matching_stand_new(&b->g, a, &s);
        for (int32_t j = 0; j < b->g.columns; j++) {
                place[is(b->column_is, j)] = j;
                s.column_price[j] = w->mentor[is(b->column_is, j)];
        }
        for (int32_t i = 0; i < b->g.rows; i++) {
                int32_t j = w->match[is(b->row_is, i)];
                wanted[i] = j == MATCHING_NOBODY ? j : place[j];
        }
        enum matching_outcome out = matching_block_mend(&b->g, wanted, pulse, a, &s);
        take_easy(b, &s, w);
        return out;
}

static enum matching_outcome run_short(const struct block *b, bool again, struct matching_pulse *pulse, struct arena *a, struct matching_answer *w)
{
        struct matching_stand s;

        matching_stand_new(&b->g, a, &s);
        for (int32_t k = 0; again && k < b->g.columns; k++)
                s.column_price[k] = w->mentee[b->column_is[k]];
        enum matching_outcome out = matching_block_mend(&b->g, NULL, pulse, a, &s);
        take_short(b, &s, w);
        return out;
}

/* ---- the door ---- */

static bool both(const struct matching_graph *g, bool again, struct matching_pulse *pulse, struct arena *a, struct matching_answer *w)
{
        struct arena_mark mark = arena_mark(a);
        struct block b = {.g = *g};

        if (w->n_short > 0) {
                short_block(g, w, a, &b);
                run_short(&b, again, pulse, a, w);
                arena_rewind(a, mark);
                easy_block(g, w, a, &b);
        }
        enum matching_outcome out = again ? mend_easy(&b, pulse, a, w) : run_easy(&b, true, pulse, a, w);
        must(out != MATCHING_NO_WAY);
        arena_rewind(a, mark);
        return !pulse->stopped;
}

static bool worth_trying(const struct matching_graph *g)
{
        for (int32_t i = 0; i < g->rows; i++)
                if (g->start[i] == g->start[i + 1])
                        return false;
        return true;
}

bool matching_whole_solve(const struct matching_graph *g, struct matching_pulse *pulse, struct arena *a, struct matching_answer *w)
{
        struct arena_mark mark = arena_mark(a);
        struct block b = {.g = *g};
        struct matching_most most;

        if (worth_trying(g)) {
                enum matching_outcome out = run_easy(&b, false, pulse, a, w);
                arena_rewind(a, mark);
                if (out != MATCHING_NO_WAY)
                        return out == MATCHING_DONE;
        }
        matching_most(g, a, &most);
        matching_answer_split(w, &most, g->rows, g->columns);
        arena_rewind(a, mark);
        return both(g, false, pulse, a, w);
}

bool matching_whole_mend(const struct matching_graph *g, struct matching_pulse *pulse, struct arena *a, struct matching_answer *w)
{
        return both(g, true, pulse, a, w);
}
