/* The best mentors of one mentee: cells of mentors who are alike, the most promising first, until nobody left can enter. */
#include "matching/matching_candidates_parts.h"

#include "base/err.h"

#include <stdlib.h>

enum { STEP = MATCHING_ONE / 100, HALF = MATCHING_ONE / 2 };

/* ---- the best so far ---- */

static bool goes_before(const struct matching_best *a, const struct matching_best *b)
{
        return a->score != b->score ? a->score > b->score : a->turn < b->turn;
}

static void sink(struct matching_candidate_search *s, int32_t at)
{
        for (;;) {
                int32_t worst = at, left = 2 * at + 1;
                for (int32_t k = left; k < left + 2 && k < s->n; k++)
                        if (goes_before(&s->best[worst], &s->best[k]))
                                worst = k;
                if (worst == at)
                        return;
                struct matching_best b = s->best[at];
                s->best[at] = s->best[worst];
                s->best[worst] = b;
                at = worst;
        }
}

static void keep(struct matching_candidate_search *s, struct matching_best b)
{
        if (s->n == s->most) {
                if (!goes_before(&b, &s->best[0]))
                        return;
                s->best[0] = b;
                sink(s, 0);
                return;
        }
        int32_t at = s->n++;
        for (; at > 0 && goes_before(&s->best[(at - 1) / 2], &b); at = (at - 1) / 2)
                s->best[at] = s->best[(at - 1) / 2];
        s->best[at] = b;
}

static int32_t turn_of(const struct matching_candidate_search *s, int32_t mentor)
{
        return mentor >= s->offset ? mentor - s->offset : mentor - s->offset + s->p->mentors.n;
}

/* The least score that may still get among the best. */
static int64_t least_score(const struct matching_candidate_search *s)
{
        int64_t floor = s->p->weights.floor_total;

        /* Above one half the floor is not asked of pairs of whom nothing is known: they have one half. */
        if (floor > HALF)
                floor = HALF;
        return s->n == s->most && s->best[0].score > floor ? s->best[0].score : floor;
}

/* What the weighted sum must be for a score. */
static int64_t sum_of(const struct matching_candidate_search *s, int64_t score)
{
        return score * s->p->weight_sum - s->p->weight_sum / 2;
}

static bool may_enter(const struct matching_candidate_search *s, int64_t sum) { return sum >= sum_of(s, least_score(s)); }

static bool is_forbidden(const struct matching_candidate_search *s, int32_t mentor)
{
        for (const struct matching_pair *f = s->forbidden; f < s->forbidden_end; f++)
                if (f->mentor == mentor)
                        return true;
        return false;
}

static void score(struct matching_candidate_search *s, int32_t mentor)
{
        unsigned bad;
        int32_t value = matching_scan_score(s->scan, mentor, &bad);

        s->scored++;
        if (!bad && !is_forbidden(s, mentor))
                keep(s, (struct matching_best) {value, turn_of(s, mentor), mentor});
}

/* The parts that differ most first; only who still may enter is scored. */
static void look(struct matching_candidate_search *s, int32_t position, int64_t bound, unsigned both)
{
        const int32_t *weight = s->p->weights.part;
        int32_t mentor = s->x->mentor_at[position], goals;

        if (mentor < 0 || s->seen[position] == s->stamp)
                return;
        s->seen[position] = s->stamp;
        s->looked_at++;
        if (both & MATCHING_HAS_SKILLS) {
                goals = matching_scan_goals(s->scan, mentor);
                if (goals < s->p->weights.floor_goals)
                        return;
                bound += (int64_t)goals * weight[MATCHING_GOALS];
        }
        if (both & (MATCHING_HAS_VALUES | MATCHING_HAS_INTERESTS))
                bound += (int64_t)matching_scan_likeness(s->scan, mentor) * weight[MATCHING_LIKENESS];
        if ((both & MATCHING_HAS_WEEK) && may_enter(s, bound + (int64_t)MATCHING_ONE * weight[MATCHING_TIME]))
                bound += (int64_t)matching_scan_hours(s->scan, mentor) * weight[MATCHING_TIME];
        if (may_enter(s, bound))
                score(s, mentor);
}

/* ---- the cells, best first ---- */

/* The most that skills, likeness and hours can add. */
static int64_t most_added(const struct matching_candidate_search *s, unsigned both)
{
        const int32_t *weight = s->p->weights.part;

        return (both & MATCHING_HAS_SKILLS ? (int64_t)MATCHING_ONE * weight[MATCHING_GOALS] : 0) +
               (both & (MATCHING_HAS_VALUES | MATCHING_HAS_INTERESTS) ? (int64_t)MATCHING_ONE * weight[MATCHING_LIKENESS] : 0) +
               (both & MATCHING_HAS_WEEK ? (int64_t)MATCHING_ONE * weight[MATCHING_TIME] : 0);
}

static int by_bound(const void *a, const void *b, void *ctx)
{
        const struct matching_candidate_search *s = ctx;
        int32_t c = *(const int32_t *)a, d = *(const int32_t *)b;
        int64_t x = s->bound[c] + most_added(s, matching_index_both(s->x, s->mentee, c));
        int64_t y = s->bound[d] + most_added(s, matching_index_both(s->x, s->mentee, d));

        return x != y ? (x > y ? -1 : 1) : (c > d) - (c < d);
}

static void order_cells(struct matching_candidate_search *s)
{
        if (s->class == s->x->class_of[s->mentee])
                return;
        s->class = s->x->class_of[s->mentee];
        s->n_cells = 0;
        for (int32_t c = 0; c < s->x->n_cells; c++) {
                s->bound[c] = matching_index_bound(s->x, s->mentee, c);
                if (s->bound[c] >= 0)
                        s->cells[s->n_cells++] = c;
        }
        if (s->n_cells)
                qsort_r(s->cells, (size_t)s->n_cells, sizeof *s->cells, by_bound, s);
}

/* ---- searching ---- */

/* Those about whom something is known in particular are looked at whatever the bounds say: their wishes count. */
static void look_at_links(struct matching_candidate_search *s)
{
        for (int64_t k = s->p->links[s->mentee]; k < s->p->links[s->mentee + 1]; k++) {
                s->seen[s->x->position_of[s->p->link[k].mentor]] = s->stamp;
                score(s, s->p->link[k].mentor);
        }
}

/* Asks memory for what look() will read: those who are looked at lie far apart. */
static inline void fetch(const struct matching_candidate_search *s, int32_t mentor)
{
        const struct matching_crowd *m = &s->p->mentors;

        if (mentor < 0)
                return;
        __builtin_prefetch(&m->card[mentor]);
        __builtin_prefetch(&m->week[mentor]);
        __builtin_prefetch(&s->p->terms.offer.row[mentor]);
        __builtin_prefetch(&m->interests.row[mentor]);
}

static void look_at_some(struct matching_candidate_search *s, int32_t cell, int points, unsigned both)
{
        bool must_skill = (both & MATCHING_HAS_SKILLS) && s->p->weights.floor_goals > 0;

        for (int32_t at = s->x->cell_from[cell]; at < s->x->cell_until[cell]; at += MATCHING_BLOCK) {
                uint64_t some[2];
                matching_points_who(&s->points, (size_t)at / 64, points, must_skill, some);
                for (int half = 0; half < 2; half++)
                        for (uint64_t bits = some[half]; bits; bits &= bits - 1)
                                fetch(s, s->x->mentor_at[at + 64 * half + __builtin_ctzll(bits)]);
                for (int half = 0; half < 2; half++)
                        for (uint64_t bits = some[half]; bits; bits &= bits - 1)
                                look(s, at + 64 * half + __builtin_ctzll(bits), s->bound[cell], both);
        }
}

/* Positions of a cell come in the order of mentors: where the circle begins for this mentee. */
static int32_t begin_of(const struct matching_candidate_search *s, int32_t from, int32_t until)
{
        while (from < until) {
                int32_t middle = from + (until - from) / 2;
                if (s->x->mentor_at[middle] < s->offset)
                        from = middle + 1;
                else
                        until = middle;
        }
        return from;
}

/* Everybody of a cell, round the circle, until nobody who follows can be better than the worst of the best. */
static void look_at_all(struct matching_candidate_search *s, int32_t cell, int64_t most, unsigned both)
{
        int32_t from = s->x->cell_from[cell], until = s->x->cell_until[cell], begin = begin_of(s, from, until);

        for (int32_t k = 0; k < until - from; k++) {
                int32_t position = begin + k < until ? begin + k : begin + k - (until - from);
                int64_t worst = s->n == s->most ? sum_of(s, s->best[0].score) : INT64_MIN;
                /* A better score needs a whole one more. */
                if (!may_enter(s, most) || (most < worst + s->p->weight_sum &&
                    turn_of(s, s->x->mentor_at[position]) > s->best[0].turn))
                        return;
                look(s, position, s->bound[cell], both);
        }
}

/* Everybody of a cell who may reach a score. */
static void look_at_cell(struct matching_candidate_search *s, int32_t cell, unsigned both, int64_t target)
{
        int64_t most = s->bound[cell] + most_added(s, both), needed = sum_of(s, target) - s->bound[cell];
        bool compared = both & (MATCHING_HAS_SKILLS | MATCHING_HAS_VALUES | MATCHING_HAS_INTERESTS | MATCHING_HAS_WEEK);

        if (!compared || (needed <= 0 && !((both & MATCHING_HAS_SKILLS) && s->p->weights.floor_goals > 0)))
                look_at_all(s, cell, most, both);
        else if ((needed + s->points.unit - 1) / s->points.unit <= MATCHING_POINTS_MOST)
                look_at_some(s, cell, needed > 0 ? (int)((needed + s->points.unit - 1) / s->points.unit) : 0, both);
}

/*
 * Round by round for a lower score: first those who may reach nearly all, and so on until the worst
 * of the best reaches what everybody who was passed over could at most.  The round begins a little
 * above where the mentee before ended.
 */
void matching_candidate_search(struct matching_candidate_search *s)
{
        int64_t target = s->guess + STEP, step = STEP;

        order_cells(s);
        matching_points_take(&s->points, s->mentee);
        look_at_links(s);
        for (;;) {
                int64_t least = least_score(s);
                target = target > least ? target : least;
                for (int32_t c = 0; c < s->n_cells; c++) {
                        unsigned both = matching_index_both(s->x, s->mentee, s->cells[c]);
                        if (s->bound[s->cells[c]] + most_added(s, both) < sum_of(s, target))
                                break;
                        look_at_cell(s, s->cells[c], both, target);
                }
                /* Whoever is passed over scores less than the target; at the floor nobody is left to look for. */
                if (target == least || (s->n == s->most && s->best[0].score >= target))
                        break;
                target -= step;
                step += STEP;
        }
        s->guess = s->n == s->most ? s->best[0].score : s->guess;
}

void matching_candidate_search_new(struct arena *a, const struct matching_index *x, struct matching_candidate_search *s)
{
        *s = (struct matching_candidate_search) {.x = x, .p = x->p, .scan = matching_scan_new(a, x->p), .class = -1, .guess = MATCHING_ONE};
        s->seen = arena_array(a, int32_t, (size_t)x->positions + 1);
        s->bound = arena_array(a, int64_t, (size_t)x->n_cells + 1);
        s->cells = arena_array(a, int32_t, (size_t)x->n_cells + 1);
        matching_points_new(a, x, &s->points);
}
