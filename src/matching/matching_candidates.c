#include "matching/matching_points.h"

#include "base/err.h"

#include <stdlib.h>
#include <string.h>

enum { HALF = MATCHING_ONE / 2, MOST_THREADS = 64, MENTEES_AT_ONCE = 64, STEP = MATCHING_ONE / 100 };

struct best { int32_t score, turn, mentor; };   /* turn: how far round the circle of mentors; smaller goes first */

struct search {
        const struct matching_index *x;
        const struct matching_pool *p;
        struct matching_scan *scan;
        int32_t mentee, offset, class;
        int32_t stamp, *seen;                   /* per position */
        int64_t *bound;                         /* per cell, of this class: without skills, likeness and hours */
        int32_t *cells, n_cells;                /* the cells a rule does not shut, best first */
        struct best *best;                      /* a heap, the worst on top */
        int32_t n, most;
        struct matching_points points;
        int64_t guess;                          /* the worst of the best of the mentee before */
        const struct matching_pair *forbidden, *forbidden_end;
        int64_t looked_at, scored;
};

/* ---- the best so far ---- */

static bool goes_before(const struct best *a, const struct best *b)
{
        return a->score != b->score ? a->score > b->score : a->turn < b->turn;
}

static void sink(struct search *s, int32_t at)
{
        for (;;) {
                int32_t worst = at, left = 2 * at + 1;
                for (int32_t k = left; k < left + 2 && k < s->n; k++)
                        if (goes_before(&s->best[worst], &s->best[k]))
                                worst = k;
                if (worst == at)
                        return;
                struct best b = s->best[at];
                s->best[at] = s->best[worst];
                s->best[worst] = b;
                at = worst;
        }
}

static void keep(struct search *s, struct best b)
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

static int32_t turn_of(const struct search *s, int32_t mentor)
{
        return mentor >= s->offset ? mentor - s->offset : mentor - s->offset + s->p->mentors.n;
}

/* The least score that may still get among the best. */
static int64_t least_score(const struct search *s)
{
        int64_t floor = s->p->weights.floor_total;

        /* Above one half the floor is not asked of pairs of whom nothing is known: they have one half. */
        if (floor > HALF)
                floor = HALF;
        return s->n == s->most && s->best[0].score > floor ? s->best[0].score : floor;
}

/* What the weighted sum must be for a score. */
static int64_t sum_of(const struct search *s, int64_t score)
{
        return score * s->p->weight_sum - s->p->weight_sum / 2;
}

static bool may_enter(const struct search *s, int64_t sum) { return sum >= sum_of(s, least_score(s)); }

static bool is_forbidden(const struct search *s, int32_t mentor)
{
        for (const struct matching_pair *f = s->forbidden; f < s->forbidden_end; f++)
                if (f->mentor == mentor)
                        return true;
        return false;
}

static void score(struct search *s, int32_t mentor)
{
        unsigned bad;
        int32_t value = matching_scan_score(s->scan, mentor, &bad);

        s->scored++;
        if (!bad && !is_forbidden(s, mentor))
                keep(s, (struct best) {value, turn_of(s, mentor), mentor});
}

/* The parts that differ most first; only who still may enter is scored. */
static void look(struct search *s, int32_t position, int64_t bound, unsigned both)
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
static int64_t most_added(const struct search *s, unsigned both)
{
        const int32_t *weight = s->p->weights.part;

        return (both & MATCHING_HAS_SKILLS ? (int64_t)MATCHING_ONE * weight[MATCHING_GOALS] : 0) +
               (both & (MATCHING_HAS_VALUES | MATCHING_HAS_INTERESTS) ? (int64_t)MATCHING_ONE * weight[MATCHING_LIKENESS] : 0) +
               (both & MATCHING_HAS_WEEK ? (int64_t)MATCHING_ONE * weight[MATCHING_TIME] : 0);
}

static int by_bound(const void *a, const void *b, void *ctx)
{
        const struct search *s = ctx;
        int32_t c = *(const int32_t *)a, d = *(const int32_t *)b;
        int64_t x = s->bound[c] + most_added(s, matching_index_both(s->x, s->mentee, c));
        int64_t y = s->bound[d] + most_added(s, matching_index_both(s->x, s->mentee, d));

        return x != y ? (x > y ? -1 : 1) : (c > d) - (c < d);
}

static void order_cells(struct search *s)
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
static void look_at_links(struct search *s)
{
        for (int64_t k = s->p->links[s->mentee]; k < s->p->links[s->mentee + 1]; k++) {
                s->seen[s->x->position_of[s->p->link[k].mentor]] = s->stamp;
                score(s, s->p->link[k].mentor);
        }
}

/* Asks memory for what look() will read: those who are looked at lie far apart. */
static inline void fetch(const struct search *s, int32_t mentor)
{
        const struct matching_crowd *m = &s->p->mentors;

        if (mentor < 0)
                return;
        __builtin_prefetch(&m->card[mentor]);
        __builtin_prefetch(&m->week[mentor]);
        __builtin_prefetch(&s->p->terms.offer.row[mentor]);
        __builtin_prefetch(&m->interests.row[mentor]);
}

static void look_at_some(struct search *s, int32_t cell, int points, unsigned both)
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
static int32_t begin_of(const struct search *s, int32_t from, int32_t until)
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
static void look_at_all(struct search *s, int32_t cell, int64_t most, unsigned both)
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
static void look_at_cell(struct search *s, int32_t cell, unsigned both, int64_t target)
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
static void search(struct search *s)
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

/* ---- all mentees ---- */

struct job {
        const struct matching_index *x;
        const int32_t *mentee, *most;
        int32_t n, *order;                      /* the mentees asked about, those who are alike together */
        int64_t *room;                          /* per mentee asked about: where its list begins for now */
        struct best *found;
        int32_t *count;
        int64_t *least;
        const struct matching_pair *forbidden;
        int64_t n_forbidden;
        struct search *search;
};

static int64_t first_forbidden(const struct job *j, int32_t mentee)
{
        int64_t low = 0, high = j->n_forbidden;

        while (low < high) {
                int64_t middle = low + (high - low) / 2;
                if (j->forbidden[middle].mentee < mentee)
                        low = middle + 1;
                else
                        high = middle;
        }
        return low;
}

static int by_mentor(const void *a, const void *b)
{
        const struct best *v = a, *w = b;

        return (v->mentor > w->mentor) - (v->mentor < w->mentor);
}

static void search_some(void *ctx, int thread, int32_t from, int32_t until)
{
        struct job *j = ctx;
        struct search *s = &j->search[thread];

        for (int32_t k = from; k < until; k++) {
                int32_t asked = j->order[k];
                s->mentee = j->mentee ? j->mentee[asked] : asked;
                s->offset = (int32_t)((int64_t)s->mentee * s->p->mentors.n / (s->p->mentees.n ? s->p->mentees.n : 1));
                s->stamp++;
                s->n = 0;
                s->most = j->most[asked] < s->p->mentors.n ? j->most[asked] : s->p->mentors.n;
                s->best = j->found + j->room[asked];
                s->forbidden = j->forbidden + first_forbidden(j, s->mentee);
                s->forbidden_end = j->forbidden + first_forbidden(j, s->mentee + 1);
                matching_scan_begin(s->scan, s->mentee);
                if (s->most > 0)
                        search(s);
                matching_scan_end(s->scan);
                j->count[asked] = s->n;
                j->least[asked] = s->n < s->most || s->most == s->p->mentors.n ? MATCHING_NONE : s->best[0].score;
                qsort(s->best, (size_t)s->n, sizeof *s->best, by_mentor);
        }
}

static void search_new(struct arena *a, const struct matching_index *x, struct search *s)
{
        *s = (struct search) {.x = x, .p = x->p, .scan = matching_scan_new(a, x->p), .class = -1, .guess = MATCHING_ONE};
        s->seen = arena_array(a, int32_t, (size_t)x->positions + 1);
        s->bound = arena_array(a, int64_t, (size_t)x->n_cells + 1);
        s->cells = arena_array(a, int32_t, (size_t)x->n_cells + 1);
        matching_points_new(a, x, &s->points);
}

/* Mentees who are alike one after the other, so that the cells are put in order once for all of them. */
static void order_mentees(struct arena *a, struct job *j)
{
        int32_t at = 0;

        j->order = arena_array(a, int32_t, (size_t)j->n + 1);
        if (!j->mentee) {
                memcpy(j->order, j->x->class_order, (size_t)j->n * sizeof *j->order);
                return;
        }
        int32_t *asked = arena_array(a, int32_t, (size_t)j->x->p->mentees.n + 1);
        for (int32_t k = 0; k < j->n; k++)
                asked[j->mentee[k]] = k + 1;
        for (int32_t k = 0; k < j->x->p->mentees.n; k++)
                if (asked[j->x->class_order[k]])
                        j->order[at++] = asked[j->x->class_order[k]] - 1;
}

static void take_out(struct arena *a, const struct job *j, struct matching_candidates *out)
{
        int64_t at = 0;

        out->row = arena_array(a, int64_t, (size_t)j->n + 1);
        for (int32_t k = 0; k < j->n; k++)
                out->row[k + 1] = out->row[k] + j->count[k];
        out->mentor = arena_array(a, int32_t, (size_t)out->row[j->n] + 1);
        out->score = arena_array(a, int64_t, (size_t)out->row[j->n] + 1);
        for (int32_t k = 0; k < j->n; k++)
                for (int32_t c = 0; c < j->count[k]; c++) {
                        out->mentor[at] = j->found[j->room[k] + c].mentor;
                        out->score[at++] = j->found[j->room[k] + c].score;
                }
}

void matching_candidates_find(struct arena *a, const struct matching_index *x, const int32_t *mentee,
                              const int32_t *most, int32_t n, const struct matching_pair *forbidden,
                              int64_t n_forbidden, int threads, struct matching_candidates *out)
{
        struct job j = {.x = x, .mentee = mentee, .most = most, .n = n, .forbidden = forbidden, .n_forbidden = n_forbidden};
        int64_t all = 0;

        *out = (struct matching_candidates) {.least = arena_array(a, int64_t, (size_t)n + 1)};
        threads = threads < 1 ? 1 : threads > MOST_THREADS ? MOST_THREADS : threads;
        j.room = arena_array(a, int64_t, (size_t)n + 1);
        j.count = arena_array(a, int32_t, (size_t)n + 1);
        j.least = out->least;
        for (int32_t k = 0; k < n; k++) {
                j.room[k] = all;
                all += most[k] < x->p->mentors.n ? most[k] : x->p->mentors.n;
        }
        j.found = arena_array(a, struct best, (size_t)all + 1);
        j.search = arena_array(a, struct search, (size_t)threads);
        for (int t = 0; t < threads; t++)
                search_new(a, x, &j.search[t]);
        order_mentees(a, &j);
        matching_in_pieces(threads, n, MENTEES_AT_ONCE, search_some, &j);
        for (int t = 0; t < threads; t++) {
                out->looked_at += j.search[t].looked_at;
                out->scored += j.search[t].scored;
        }
        take_out(a, &j, out);
}
