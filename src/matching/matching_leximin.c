/*
 * Fair at every level: most people, then as few as possible at the lowest score, then at the next,
 * and so on upwards.  Each respect is one search; what its prices rule out is left out of the next.
 */
#include "matching/matching_parts.h"

#include <stdlib.h>
#include <string.h>

struct levels {
        struct matching_search *s;
        struct matching_face face;
        struct arena *a;
        struct matching_result *r;
        int64_t *score; /* the distinct scores, ascending */
        int64_t n;
        int32_t *best; /* mentors after the last step that was finished */
        int32_t room;  /* for steps */
};

/* ---- getting ready ---- */

static void list_pairs(struct levels *l)
{
        struct matching_view *v = l->s->view;
        struct matching_face *f = &l->face;
        int64_t n = 0;

        for (int32_t i = 0; i < v->p->mentees; i++)
                n += v->settled[i] ? 0 : matching_view_row(v, i).n;
        f->mentor = arena_array(l->a, int32_t, (size_t)n);
        f->score = arena_array(l->a, int64_t, (size_t)n);
        n = 0;
        for (int32_t i = 0; i < v->p->mentees; i++) {
                struct matching_row row =
                        v->settled[i] ? (struct matching_row) {0} : matching_view_row(v, i);
                f->start[i] = n;
                for (int64_t k = 0; k < row.n; k++) {
                        if (v->places[row.mentor[k]] == 0)
                                continue;
                        f->mentor[n] = row.mentor[k];
                        f->score[n++] = row.score[k];
                }
                f->end[i] = n;
        }
}

static int ascending(const void *a, const void *b)
{
        int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

        return (x > y) - (x < y);
}

static void list_scores(struct levels *l)
{
        int32_t people = l->s->view->p->mentees;
        int64_t n = people ? l->face.end[people - 1] : 0;

        l->score = arena_array(l->a, int64_t, (size_t)n);
        if (n)
                memcpy(l->score, l->face.score, (size_t)n * sizeof *l->score);
        qsort(l->score, (size_t)n, sizeof *l->score, ascending);
        for (int64_t k = 0; k < n; k++)
                if (l->n == 0 || l->score[k] != l->score[l->n - 1])
                        l->score[l->n++] = l->score[k];
}

static void get_ready(struct levels *l)
{
        size_t n = (size_t)l->s->view->p->mentees, m = (size_t)l->s->view->p->mentors;

        l->best = arena_array(l->a, int32_t, n);
        l->face.start = arena_array(l->a, int64_t, n);
        l->face.end = arena_array(l->a, int64_t, n);
        l->face.must_mentee = arena_array(l->a, uint8_t, n);
        l->face.must_mentor = arena_array(l->a, uint8_t, m);
        list_pairs(l);
        list_scores(l);
}

/* ---- steps ---- */

static struct matching_step *new_step(struct levels *l)
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
        step->mentee_price =
                arena_array(l->a, struct matching_price, (size_t)l->s->view->p->mentees);
        step->mentor_price =
                arena_array(l->a, struct matching_price, (size_t)l->s->view->p->mentors);
        return step;
}

/*
 * Keeps the prices of the search that has just ended, for the proof. They are small: no score is in
 * them.
 */
static void keep_step(struct levels *l)
{
        struct matching_step *step = new_step(l);
        const struct matching_problem *p = l->s->view->p;

        step->above = l->face.above;
        step->upto = l->face.upto;
        for (int32_t i = 0; i < p->mentees; i++)
                must(matching_worth_split(l->s->gain[i], &step->mentee_price[i]));
        for (int32_t j = 0; j < p->mentors; j++)
                must(matching_worth_split(l->s->column[j].price, &step->mentor_price[j]));
        memcpy(l->best, l->s->match, (size_t)p->mentees * sizeof *l->best);
}

/*
 * Pairs worth less than their prices are in no best solution; who has a price is served, or full,
 * in every one.
 */
static void narrow(struct levels *l)
{
        struct matching_search *s = l->s;
        struct matching_face *f = &l->face;

        for (int32_t i = 0; i < s->view->p->mentees; i++) {
                int64_t kept = f->start[i];
                for (int64_t k = f->start[i]; k < f->end[i]; k++) {
                        int32_t j = f->mentor[k];
                        if (s->gain[i] + s->column[j].price >
                            matching_view_worth(s->view, i, j, f->score[k]))
                                continue;
                        f->mentor[kept] = j;
                        f->score[kept++] = f->score[k];
                }
                f->end[i] = kept;
        }
        for (int32_t i = 0; i < s->view->p->mentees; i++)
                f->must_mentee[i] = s->gain[i] > 0;
        for (int32_t j = 0; j < s->view->p->mentors; j++)
                f->must_mentor[j] = s->column[j].price > 0;
}

static int64_t counted(const struct levels *l)
{
        int64_t n = 0;

        for (int32_t i = 0; i < l->s->view->p->mentees; i++)
                for (int64_t k = l->face.start[i]; k < l->face.end[i]; k++)
                        n += l->face.mentor[k] == l->s->match[i] &&
                             l->face.score[k] > l->face.above && l->face.score[k] <= l->face.upto;
        return n;
}

/*
 * The least number of pairs with scores number from + 1 .. to, from 0, among the solutions that are
 * left; -1: stopped.
 */
static int64_t count_fewest(struct levels *l, int64_t from, int64_t to)
{
        l->face.above = from < 0 ? MATCHING_NONE : l->score[from];
        l->face.upto = l->score[to];
        return matching_search_all(l->s) ? counted(l) : -1;
}

static bool settle(struct levels *l, int64_t from, int64_t to)
{
        if (count_fewest(l, from, to) < 0)
                return false;
        keep_step(l);
        narrow(l);
        return true;
}

/*
 * The last score up to which nobody need be placed, given that nobody need be up to from; -2:
 * stopped.
 */
static int64_t last_empty(struct levels *l, int64_t from)
{
        int64_t low = from, high = l->n - 1;

        while (low < high) {
                int64_t middle = low + (high - low + 1) / 2;
                int64_t fewest = count_fewest(l, from, middle);
                if (fewest < 0)
                        return -2;
                if (fewest == 0)
                        low = middle;
                else
                        high = middle - 1;
        }
        return low;
}

static bool all_levels(struct levels *l)
{
        for (int64_t from = -1; from < l->n - 1;) {
                int64_t empty = last_empty(l, from);
                if (empty == -2 || (empty > from && !settle(l, from, empty)))
                        return false;
                if (empty < l->n - 1 && !settle(l, empty, empty + 1))
                        return false;
                from = empty + 1;
        }
        return true;
}

bool matching_leximin(struct matching_search *s, struct arena *a, struct matching_result *r)
{
        struct levels l = {.s = s, .a = a, .r = r};
        bool whole;

        s->view->flat = true;
        whole = matching_search_all(s);
        matching_search_cover(s, &r->most);
        if (whole) {
                get_ready(&l);
                l.face.above = l.face.upto = MATCHING_NONE;
                keep_step(&l);
                narrow(&l);
                s->view->face = &l.face;
                whole = all_levels(&l);
                memcpy(s->match, l.best, (size_t)s->view->p->mentees * sizeof *s->match);
        }
        s->view->face = NULL;
        s->view->flat = false;
        return whole;
}
