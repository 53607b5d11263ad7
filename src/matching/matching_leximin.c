/*
 * Fair at every level: most people, then as few as possible at the lowest score, then at the next, and so on upwards.  The
 * present pairs are the start of every step: where they leave a level empty, nothing need be searched; else only those at
 * that level look for something better.  What the prices of a step rule out is left out of all later ones.
 */
#include "matching/matching_fast.h"

#include <stdlib.h>
#include <string.h>

/* Rows are the mentees who take part; a pair is alive while some best solution may have it. */
struct levels {
        struct matching_view *v;
        struct matching_pulse pulse;
        struct arena *a;
        struct matching_result *r;
        int32_t *mentee, rows, columns;         /* row i is mentee[i] */
        int64_t *start, *score, *level;         /* alive pairs of row i: start[i] .. start[i + 1] - 1 */
        int32_t *mentor;
        int64_t *weight;                        /* of the step that is being searched */
        uint8_t *must_row, *must_column;        /* served, or full, in every best solution */
        struct matching_answer w;
        int64_t band;
        int32_t room;                           /* for steps */
};

/* Scores of one band are one level; floor division. */
static int64_t level_of(int64_t score, int64_t band)
{
        int64_t level = score / band;

        return level * band > score ? level - 1 : level;
}

/* ---- getting ready ---- */

static void list_rows(struct levels *l)
{
        l->mentee = arena_array(l->a, int32_t, (size_t)l->v->p->mentees);
        for (int32_t i = 0; i < l->v->p->mentees; i++)
                if (!l->v->settled[i])
                        l->mentee[l->rows++] = i;
}

static void list_pairs(struct levels *l)
{
        int64_t n = 0;

        l->start = arena_array(l->a, int64_t, (size_t)l->rows + 1);
        for (int32_t i = 0; i < l->rows; i++)
                n += matching_view_row(l->v, l->mentee[i]).n;
        l->mentor = arena_array(l->a, int32_t, (size_t)n);
        l->score = arena_array(l->a, int64_t, (size_t)n);
        l->level = arena_array(l->a, int64_t, (size_t)n);
        l->weight = arena_array(l->a, int64_t, (size_t)n);
        n = 0;
        for (int32_t i = 0; i < l->rows; i++) {
                struct matching_row row = matching_view_row(l->v, l->mentee[i]);
                l->start[i] = n;
                for (int64_t k = 0; k < row.n; k++) {
                        if (l->v->places[row.mentor[k]] == 0)
                                continue;
                        l->mentor[n] = row.mentor[k];
                        l->level[n] = level_of(row.score[k], l->band);
                        l->score[n++] = row.score[k];
                }
        }
        l->start[l->rows] = n;
}

static void get_ready(struct levels *l)
{
        list_rows(l);
        list_pairs(l);
        l->must_row = arena_array(l->a, uint8_t, (size_t)l->rows);
        l->must_column = arena_array(l->a, uint8_t, (size_t)l->columns);
        matching_answer_new(l->rows, l->columns, l->a, &l->w);
}

static struct matching_graph graph_of(const struct levels *l, int64_t range)
{
        return (struct matching_graph) {.rows = l->rows, .columns = l->columns, .start = l->start, .column = l->mentor,
                                        .weight = l->weight, .places = l->v->places, .range = range};
}

/* ---- a step and what it rules out ---- */

/* One must weighs more than all pairs that could be counted, one pair more than all musts. */
static int64_t must_unit(const struct levels *l) { return (int64_t)l->v->p->mentees + 1; }
static int64_t pair_unit(const struct levels *l) { return must_unit(l) * (4 * (int64_t)l->v->p->mentees + 4); }

static struct matching_step *new_step(struct levels *l, int64_t above, int64_t upto)
{
        struct matching_result *r = l->r;
        struct matching_step *step;

        if (r->steps == l->room) {
                l->room = l->room ? l->room * 2 : 16;
                step = arena_array(l->a, struct matching_step, (size_t)l->room);
                if (r->steps)
                        memcpy(step, r->step, (size_t)r->steps * sizeof *step);
                r->step = step;
        }
        step = &r->step[r->steps++];
        *step = (struct matching_step) {above, upto, pair_unit(l), must_unit(l), arena_array(l->a, int64_t, (size_t)l->v->p->mentees),
                                        arena_array(l->a, int64_t, (size_t)l->columns)};
        return step;
}

/* The prices of the answer, with a pair's worth on the side that is short. */
static void keep_step(struct levels *l, int64_t above, int64_t upto)
{
        struct matching_step *step = new_step(l, above, upto);

        for (int32_t i = 0; i < l->rows; i++)
                step->mentee_price[l->mentee[i]] = l->w.mentee[i] + (l->w.short_mentee[i] ? 0 : step->pair_unit);
        for (int32_t j = 0; j < l->columns; j++)
                step->mentor_price[j] = l->v->places[j] == 0 ? 0 : l->w.mentor[j] + (l->w.short_mentor[j] ? step->pair_unit : 0);
}

/* Pairs worth less than their prices are in no best solution; who has a price is served, or full, in every one. */
static void narrow(struct levels *l)
{
        int64_t kept = 0;

        for (int32_t i = 0; i < l->rows; i++) {
                int64_t from = l->start[i];
                l->start[i] = kept;
                for (int64_t k = from; k < l->start[i + 1]; k++) {
                        int32_t j = l->mentor[k];
                        bool split = l->w.short_mentor[j] && !l->w.short_mentee[i];
                        if (split || l->w.mentee[i] + l->w.mentor[j] > l->weight[k])
                                continue;
                        l->mentor[kept] = j;
                        l->level[kept] = l->level[k];
                        l->score[kept++] = l->score[k];
                }
                l->must_row[i] = !l->w.short_mentee[i] || l->w.mentee[i] > 0;
        }
        l->start[l->rows] = kept;
        for (int32_t j = 0; j < l->columns; j++)
                l->must_column[j] = l->w.short_mentor[j] || l->w.mentor[j] > 0;
}

/* What everything is worth in a step that counts the pairs of these levels, both included. */
static void weigh(struct levels *l, int64_t from, int64_t to)
{
        for (int32_t i = 0; i < l->rows; i++)
                for (int64_t k = l->start[i]; k < l->start[i + 1]; k++) {
                        bool counted = l->level[k] >= from && l->level[k] <= to;
                        l->weight[k] = must_unit(l) * (l->must_row[i] + l->must_column[l->mentor[k]]) - counted;
                }
}

/* Prices as if nothing were counted: exact where nothing is. */
static void plain_prices(struct levels *l)
{
        for (int32_t i = 0; i < l->rows; i++)
                l->w.mentee[i] = must_unit(l) * l->must_row[i];
        for (int32_t j = 0; j < l->columns; j++)
                l->w.mentor[j] = must_unit(l) * l->must_column[j];
}

/* ---- the steps ---- */

/* The largest matching: the first step, which counts pairs alone. */
static void most_people(struct levels *l)
{
        struct matching_graph g = graph_of(l, 1);
        struct matching_most most;

        matching_most(&g, l->a, &most);
        matching_answer_split(&l->w, &most, l->rows, l->columns);
        memcpy(l->w.match, most.at, (size_t)l->rows * sizeof *l->w.match);
        for (int32_t i = 0; i < l->rows; i++)
                l->r->most.mentee[l->mentee[i]] = !most.short_row[i];
        memcpy(l->r->most.mentor, most.short_column, (size_t)l->columns);
        keep_step(l, MATCHING_NONE, MATCHING_NONE);
        narrow(l);
}

/* The lowest level from `from` upwards that the present pairs have; false when there is none. */
static bool lowest_now(const struct levels *l, int64_t from, int64_t *lowest)
{
        bool any = false;

        for (int32_t i = 0; i < l->rows; i++)
                for (int64_t k = l->start[i]; k < l->start[i + 1]; k++)
                        if (l->mentor[k] == l->w.match[i] && l->level[k] >= from && (!any || l->level[k] < *lowest)) {
                                *lowest = l->level[k];
                                any = true;
                        }
        return any;
}

static int64_t highest_alive(const struct levels *l)
{
        int64_t highest = INT64_MIN;

        for (int64_t k = 0; k < l->start[l->rows]; k++)
                highest = l->level[k] > highest ? l->level[k] : highest;
        return highest;
}

/* The scores of a level end here. */
static int64_t last_score(const struct levels *l, int64_t level)
{
        int64_t next, last;

        if (__builtin_add_overflow(level, 1, &next) || __builtin_mul_overflow(next, l->band, &last))
                return INT64_MAX;
        return last - 1;
}

/* The present pairs have none of these levels: then nobody need have. */
static void settle_empty(struct levels *l, int64_t from, int64_t to)
{
        int64_t above = l->r->step[l->r->steps - 1].upto;

        if (last_score(l, to) == above)
                return;         /* nothing can lie between */
        weigh(l, from, to);
        plain_prices(l);
        keep_step(l, above, last_score(l, to));
        narrow(l);
}

static bool settle_level(struct levels *l, int64_t level)
{
        struct matching_graph g = graph_of(l, 2 * must_unit(l) + 1);

        weigh(l, level, level);
        plain_prices(l);
        if (!matching_whole_mend(&g, &l->pulse, l->a, &l->w))
                return false;
        keep_step(l, l->r->step[l->r->steps - 1].upto, last_score(l, level));
        narrow(l);
        return true;
}

static bool all_levels(struct levels *l)
{
        for (int64_t from = INT64_MIN, level = 0;;) {
                int64_t highest = highest_alive(l);
                if (highest < from)
                        return true;
                if (!lowest_now(l, from, &level)) {
                        settle_empty(l, from, highest);
                        return true;
                }
                if (level > from)
                        settle_empty(l, from, level - 1);
                if (!settle_level(l, level))
                        return false;
                if (level == INT64_MAX)
                        return true;
                from = level + 1;
        }
}

struct err matching_leximin(struct matching_view *v, const struct matching_options *o, struct arena *a, struct matching_result *r,
                            int32_t *match)
{
        struct levels l = {.v = v, .a = a, .r = r, .columns = v->p->mentors, .band = o->band > 1 ? o->band : 1,
                           .pulse = {.options = o, .at = {.of = v->p->mentees, .round = 1}}};

        get_ready(&l);
        most_people(&l);
        r->band = l.band;
        r->status = matching_pulse_beat(&l.pulse, 0) && all_levels(&l) ? MATCHING_OPTIMAL : MATCHING_FEASIBLE;
        for (int32_t i = 0; i < v->p->mentees; i++)
                match[i] = MATCHING_NOBODY;
        for (int32_t i = 0; i < l.rows; i++)
                match[l.mentee[i]] = l.w.match[i];
        return OK;
}
