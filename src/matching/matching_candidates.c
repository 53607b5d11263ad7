#include "matching/matching_index.h"

#include "base/err.h"

#include <stdlib.h>
#include <string.h>

enum { HALF = MATCHING_ONE / 2, MOST_THREADS = 64, MENTEES_AT_ONCE = 64, MOST_LOOKS = 4096 };

struct best { int32_t score, turn, mentor; };   /* turn: how far round the circle of mentors; smaller goes first */

/* Wishes that the same concepts meet wholly are one; gain: what meeting it wholly brings over meeting it in part. */
struct want { int64_t gain; int32_t *concept; int32_t n; };

struct search {
        const struct matching_index *x;
        const struct matching_pool *p;
        struct matching_scan *scan;
        int32_t mentee, offset, class;
        int32_t stamp, *seen;                   /* per position */
        int64_t *bound;                         /* per cell, of this class */
        int32_t *cells, n_cells;                /* the cells a rule does not shut, best bound first */
        struct best *best;                      /* a heap, the worst on top */
        int32_t n, most;
        struct want *want;
        int32_t n_wants;
        int32_t *concept;                       /* room for the wants' concepts */
        int32_t *part, n_parts;                 /* concepts that meet some of a wish */
        int64_t base, weights;                  /* met in part by the best of those; of all wishes */
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

/* What a sum of weighted parts is as a score. */
static int64_t as_score(const struct search *s, int64_t sum)
{
        return s->p->weight_sum > 0 ? (sum + s->p->weight_sum / 2) / s->p->weight_sum : HALF;
}

/* May somebody who scores so much at most still get among the best? */
static bool may_enter(const struct search *s, int64_t bound, int64_t goals)
{
        int64_t score = as_score(s, bound + goals * s->p->weights.part[MATCHING_GOALS]);

        /* Below one half the floor shuts everybody of whom anything is known; of whom nothing is known, one half is the score. */
        if (score < s->p->weights.floor_total && s->p->weights.floor_total <= HALF)
                return false;
        return s->n < s->most || score >= s->best[0].score;
}

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

static void look(struct search *s, int32_t position)
{
        int64_t bound = s->bound[s->x->cell_at[position]];
        int32_t mentor = s->x->mentor_at[position];

        if (s->seen[position] == s->stamp)
                return;
        s->seen[position] = s->stamp;
        if (bound < 0 || !may_enter(s, bound, MATCHING_ONE))
                return;
        s->looked_at++;
        if (may_enter(s, bound, matching_scan_goals(s->scan, mentor)))
                score(s, mentor);
}

/* ---- what a mentee wants, as concepts ---- */

static int32_t merge_wants(struct search *s, struct want *w)
{
        for (int32_t k = 0; k < s->n_wants; k++)
                for (int32_t i = 0; i < s->want[k].n; i++)
                        for (int32_t j = 0; j < w->n; j++)
                                if (s->want[k].concept[i] == w->concept[j])
                                        return k;
        return -1;
}

static bool holds(const struct want *w, int32_t concept)
{
        for (int32_t k = 0; k < w->n; k++)
                if (w->concept[k] == concept)
                        return true;
        return false;
}

/* Two wants become one when a concept meets both; concepts lie one after the other, so the last is moved behind. */
static void put_together(struct search *s, int32_t k, const struct want *w)
{
        struct want all = {.gain = s->want[k].gain + w->gain, .concept = w->concept + w->n};

        for (int32_t i = 0; i < s->want[k].n; i++)
                all.concept[all.n++] = s->want[k].concept[i];
        for (int32_t i = 0; i < w->n; i++)
                if (!holds(&all, w->concept[i]))
                        all.concept[all.n++] = w->concept[i];
        s->want[k] = s->want[--s->n_wants];
        int32_t other = merge_wants(s, &all);
        if (other >= 0)
                put_together(s, other, &all);
        else
                s->want[s->n_wants++] = all;
}

static int by_gain(const void *a, const void *b)
{
        const struct want *v = a, *w = b;

        return (v->gain < w->gain) - (v->gain > w->gain);
}

static void take_wish(struct search *s, int32_t wish, int64_t weight, int32_t **room)
{
        const struct matching_kin *kin = &s->p->terms.kin;
        struct want w = {.concept = *room};
        int64_t part = 0;

        for (int32_t k = kin->offer.row[wish]; k < kin->offer.row[wish + 1]; k++) {
                int32_t concept = s->x->concept_of[kin->offer.id[k]];
                if (kin->meets[k] < MATCHING_ONE) {
                        part = kin->meets[k] > part ? kin->meets[k] : part;
                        s->part[s->n_parts++] = concept;
                } else if (!holds(&w, concept)) {
                        w.concept[w.n++] = concept;
                }
        }
        s->weights += weight;
        s->base += part * weight;
        w.gain = (MATCHING_ONE - part) * weight;
        if (w.n == 0)
                return;
        int32_t k = merge_wants(s, &w);
        if (k >= 0)
                put_together(s, k, &w);
        else
                s->want[s->n_wants++] = w;
        *room = s->want[s->n_wants - 1].concept + s->want[s->n_wants - 1].n;
}

static void take_wishes(struct search *s)
{
        const struct matching_terms *t = &s->p->terms;
        int32_t *room = s->concept;

        s->n_wants = s->n_parts = 0;
        s->base = s->weights = 0;
        for (int32_t k = t->wish.row[s->mentee]; k < t->wish.row[s->mentee + 1]; k++)
                take_wish(s, t->wish.id[k], t->weight[k], &room);
        qsort(s->want, (size_t)s->n_wants, sizeof *s->want, by_gain);
}

/* The most of all wishes that somebody can meet who meets so many wants wholly, millionths. */
static int64_t goals_most(const struct search *s, int32_t wholly)
{
        int64_t met = s->base;

        for (int32_t k = 0; k < wholly && k < s->n_wants; k++)
                met += s->want[k].gain;
        return met / s->weights;
}

/* ---- the cells, best bound first ---- */

static int by_bound(const void *a, const void *b, void *ctx)
{
        const int64_t *bound = ctx;
        int64_t x = bound[*(const int32_t *)a], y = bound[*(const int32_t *)b];

        if (x != y)
                return x > y ? -1 : 1;
        return (*(const int32_t *)a > *(const int32_t *)b) - (*(const int32_t *)a < *(const int32_t *)b);
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
                qsort_r(s->cells, (size_t)s->n_cells, sizeof *s->cells, by_bound, s->bound);
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

static void look_at_pair(struct search *s, int32_t one, int32_t other)
{
        int32_t first = one < other ? one : other, second = one < other ? other : one;
        int32_t low = s->x->second_from[first], high = s->x->second_from[first + 1], end = high;

        while (low < high) {
                int32_t middle = low + (high - low) / 2;
                if (s->x->second[middle] < second)
                        low = middle + 1;
                else
                        high = middle;
        }
        if (low == end || s->x->second[low] != second)
                return;
        for (int64_t k = s->x->pair_from[low]; k < s->x->pair_from[low + 1]; k++)
                look(s, s->x->pair[k]);
}

static bool pairs_are_few(const struct search *s)
{
        int64_t looks = 0, concepts = 0;

        for (int32_t k = 0; k < s->n_wants; k++) {
                looks += concepts * s->want[k].n;
                concepts += s->want[k].n;
        }
        return looks <= MOST_LOOKS;
}

/* Mentors who meet two wants wholly or more. False: not all of them were looked at. */
static bool look_at_pairs(struct search *s)
{
        if (!pairs_are_few(s))
                return false;
        for (int32_t k = 0; k < s->x->n_wide; k++)
                look(s, s->x->wide[k]);
        for (int32_t k = 1; k < s->n_wants; k++)
                for (int32_t l = 0; l < k; l++)
                        for (int32_t i = 0; i < s->want[k].n; i++)
                                for (int32_t j = 0; j < s->want[l].n; j++)
                                        look_at_pair(s, s->want[k].concept[i], s->want[l].concept[j]);
        return true;
}

static void look_at_run(struct search *s, int32_t cell, int32_t concept)
{
        const int32_t *run = s->x->run + (size_t)concept * ((size_t)s->x->n_cells + 1);

        for (int32_t k = run[cell]; k < run[cell + 1]; k++)
                look(s, s->x->having.id[k]);
}

/* Cell by cell those who offer a concept that meets a want, until no cell can give anybody better. */
static void look_at_concepts(struct search *s, int64_t goals, bool wholly)
{
        for (int32_t c = 0; c < s->n_cells && may_enter(s, s->bound[s->cells[c]], goals); c++) {
                for (int32_t k = 0; wholly && k < s->n_wants; k++)
                        for (int32_t i = 0; i < s->want[k].n; i++)
                                look_at_run(s, s->cells[c], s->want[k].concept[i]);
                for (int32_t k = 0; !wholly && k < s->n_parts; k++)
                        look_at_run(s, s->cells[c], s->part[k]);
        }
}

static bool has_skills(const struct search *s, int32_t cell)
{
        int32_t mentor = s->x->mentor_at[s->x->cell_from[cell]];

        return s->p->mentees.card[s->mentee].has & s->p->mentors.card[mentor].has & MATCHING_HAS_SKILLS;
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
static void look_at_all(struct search *s, int32_t cell, int64_t goals)
{
        int32_t from = s->x->cell_from[cell], until = s->x->cell_from[cell + 1], begin = begin_of(s, from, until);
        int64_t most = as_score(s, s->bound[cell] + goals * s->p->weights.part[MATCHING_GOALS]);

        for (int32_t k = 0; k < until - from; k++) {
                int32_t position = begin + k < until ? begin + k : begin + k - (until - from);
                if (s->n == s->most && (most < s->best[0].score ||
                    (most == s->best[0].score && turn_of(s, s->x->mentor_at[position]) > s->best[0].turn)))
                        return;
                look(s, position);
        }
}

/* skills: cells that are compared in skills as well; goals: the most that those not seen yet can have there. */
static void look_at_cells(struct search *s, bool skills, int64_t goals)
{
        for (int32_t c = 0; c < s->n_cells && may_enter(s, s->bound[s->cells[c]], goals); c++)
                if (has_skills(s, s->cells[c]) == skills)
                        look_at_all(s, s->cells[c], goals);
}

static bool above_floor(const struct search *s, int64_t goals) { return goals >= s->p->weights.floor_goals; }

static void search(struct search *s)
{
        bool skills = s->p->mentees.card[s->mentee].has & MATCHING_HAS_SKILLS;

        order_cells(s);
        look_at_links(s);
        if (skills) {
                take_wishes(s);
                bool pairs = look_at_pairs(s);
                int64_t goals = goals_most(s, pairs ? 1 : s->n_wants);
                if (above_floor(s, goals))
                        look_at_concepts(s, goals, true);
                goals = goals_most(s, 0);
                if (above_floor(s, goals))
                        look_at_concepts(s, goals, false);
                if (above_floor(s, 0))
                        look_at_cells(s, true, 0);
        }
        look_at_cells(s, false, HALF);
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

static int32_t most_concepts(const struct matching_pool *p, int32_t *wishes)
{
        int32_t most = 0;

        *wishes = 0;
        for (int32_t i = 0; i < p->mentees.n; i++) {
                int32_t from = p->terms.wish.row[i], until = p->terms.wish.row[i + 1], kin = 0;
                for (int32_t k = from; k < until; k++)
                        kin += p->terms.kin.offer.row[p->terms.wish.id[k] + 1] - p->terms.kin.offer.row[p->terms.wish.id[k]];
                most = kin > most ? kin : most;
                *wishes = until - from > *wishes ? until - from : *wishes;
        }
        return most;
}

static void search_new(struct arena *a, const struct matching_index *x, struct search *s)
{
        int32_t wishes, concepts = most_concepts(x->p, &wishes);

        *s = (struct search) {.x = x, .p = x->p, .scan = matching_scan_new(a, x->p), .class = -1};
        s->seen = arena_array(a, int32_t, (size_t)x->p->mentors.n + 1);
        s->bound = arena_array(a, int64_t, (size_t)x->n_cells + 1);
        s->cells = arena_array(a, int32_t, (size_t)x->n_cells + 1);
        s->want = arena_array(a, struct want, (size_t)wishes + 1);
        s->concept = arena_array(a, int32_t, ((size_t)concepts + 1) * ((size_t)wishes + 2));
        s->part = arena_array(a, int32_t, (size_t)concepts + 1);
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
