/*
 * The highest floor that leaves nobody out who could be served: halving, each try starting from the
 * pairs of the last.
 */
#include "matching/matching_parts.h"

#include <string.h>

struct fair {
        struct matching_search *s;
        struct matching_result *r;
        int32_t *match; /* the best pairs so far, and their scores */
        int64_t *score;
        int32_t left_out;  /* mentees nobody can help */
        int64_t low, high; /* with floor low nobody more is left out; above high somebody is */
};

/* Keeps the pairs found as the ones to start from, and learns from their lowest score. */
static void keep(struct fair *f)
{
        struct matching_search *s = f->s;

        f->low = f->high;
        for (int32_t i = 0; i < s->view->p->mentees; i++) {
                struct matching_row row = {0};
                f->match[i] = s->match[i];
                if (f->match[i] != MATCHING_NOBODY)
                        row = matching_view_row(s->view, i);
                for (int64_t k = 0; k < row.n; k++)
                        if (row.mentor[k] == f->match[i])
                                f->score[i] = row.score[k];
                if (f->match[i] != MATCHING_NOBODY && f->score[i] < f->low)
                        f->low = f->score[i];
        }
}

/*
 * Pairs at or above the floor stay: a price of one pair for each such mentee, and nothing for
 * mentors, is a fair start.
 */
static void start_from_pairs(struct fair *f)
{
        matching_search_forget(f->s);
        for (int32_t i = 0; i < f->s->view->p->mentees; i++) {
                if (f->match[i] == MATCHING_NOBODY || f->score[i] < f->s->view->floor)
                        continue;
                matching_search_place(f->s, i, f->match[i]);
                f->s->gain[i] = matching_worth_of(1, 0);
        }
}

enum answer { REACHED, OUT_OF_REACH, STOPPED };

/*
 * Out of reach as soon as one more is left out.  Those who did not get their turn then count as
 * covered: together with the prices so far they are still fewer than the people who can be matched.
 */
static enum answer try_floor(struct fair *f)
{
        struct matching_search *s = f->s;
        int32_t left_out = 0;

        s->round++;
        start_from_pairs(f);
        for (s->done = 0; s->done < s->view->p->mentees; s->done++) {
                int32_t i = s->done;
                if (s->view->settled[i] || s->match[i] != MATCHING_NOBODY)
                        continue;
                if (left_out > f->left_out) {
                        s->gain[i] = matching_worth_of(1, 0);
                        continue;
                }
                if (!matching_search_may_go_on(s))
                        return STOPPED;
                matching_search_add(
                        s, i); /* if anybody steps back in a flat search, it is the newcomer */
                left_out += s->match[i] == MATCHING_NOBODY;
        }
        return left_out > f->left_out ? OUT_OF_REACH : REACHED;
}

static int64_t between(int64_t low, int64_t high)
{
        uint64_t apart = (uint64_t)high - (uint64_t)low;

        return (int64_t)((uint64_t)low + apart / 2 + apart % 2);
}

static void raise_floor(struct fair *f)
{
        while (f->low < f->high) {
                f->s->view->floor = between(f->low, f->high);
                switch (try_floor(f)) {
                case REACHED:
                        keep(f);
                        break;
                case OUT_OF_REACH:
                        matching_search_cover(f->s, &f->r->above);
                        f->high = f->s->view->floor - 1;
                        break;
                case STOPPED: return;
                }
        }
}

static void count_people(struct fair *f)
{
        struct matching_search *s = f->s;

        f->high = MATCHING_NONE;
        for (int32_t i = 0; i < s->view->p->mentees; i++) {
                struct matching_row row = {0};
                f->left_out += !s->view->settled[i] && s->match[i] == MATCHING_NOBODY;
                if (!s->view->settled[i])
                        row = matching_view_row(s->view, i);
                for (int64_t k = 0; k < row.n; k++)
                        f->high = row.score[k] > f->high ? row.score[k] : f->high;
        }
}

void matching_fair(struct matching_search *s, struct arena *a, struct matching_result *r)
{
        struct fair f = {
                .s = s,
                .r = r,
                .match = arena_array(a, int32_t, (size_t)s->view->p->mentees),
                .score = arena_array(a, int64_t, (size_t)s->view->p->mentees),
        };

        bool whole = matching_search_all(s);
        matching_search_cover(s, &r->most);
        if (!whole || matching_search_matched(s) == 0)
                return;
        count_people(&f);
        keep(&f);
        s->view->flat = true;
        raise_floor(&f);
        s->view->flat = false;
        s->view->floor = r->floor = f.low;
        if (!matching_search_all(s))
                matching_search_make_do(s, f.match);
}
