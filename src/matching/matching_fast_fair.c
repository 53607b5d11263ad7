/*
 * The highest floor that leaves nobody out who could be served, by halving: a try is a largest matching of the pairs above
 * it. Then the highest total above that floor.
 */
#include "matching/matching_fast.h"

#include <string.h>

struct tries {
        struct matching_view *v;
        const struct matching_options *o;
        struct arena *a;
        struct matching_result *r;
        int32_t people;         /* who can be placed */
        int64_t low, high;      /* with floor low they all can; above high not */
        bool refuted;           /* r->above says why not above high */
        bool stopped;
};

static void cover(const struct tries *t, const struct matching_answer *w, struct matching_cover *c)
{
        for (int32_t i = 0; i < t->v->p->mentees; i++)
                c->mentee[i] = !t->v->settled[i] && !w->short_mentee[i];
        for (int32_t j = 0; j < t->v->p->mentors; j++)
                c->mentor[j] = w->short_mentor[j];
}

/* The lowest score among those who need no lock, and the highest that anybody might have. */
static void begin(struct tries *t, const struct matching_fast *total)
{
        t->low = INT64_MAX;
        t->high = MATCHING_NONE;
        for (int32_t i = 0; i < t->v->p->mentees; i++) {
                int32_t j = total->w.match[i];
                struct matching_row row = {0};
                if (t->v->settled[i])
                        continue;
                row = matching_view_row(t->v, i);
                for (int64_t k = 0; k < row.n; k++) {
                        t->high = row.score[k] > t->high ? row.score[k] : t->high;
                        if (row.mentor[k] == j && row.score[k] < t->low)
                                t->low = row.score[k];
                }
                t->people += j != MATCHING_NOBODY;
        }
}

static void try_floor(struct tries *t, int64_t floor)
{
        struct matching_fast f;
        struct arena_mark mark = arena_mark(t->a);

        t->v->floor = floor;
        int32_t placed = matching_fast_most(t->v, t->o, t->a, &f);
        t->stopped = f.stopped;
        if (!t->stopped && placed == t->people)
                t->low = floor;
        if (!t->stopped && placed < t->people) {
                cover(t, &f.w, &t->r->above);
                t->refuted = true;
                t->high = floor - 1;
        }
        arena_rewind(t->a, mark);
}

static void raise_floor(struct tries *t)
{
        while (t->low < t->high && !t->stopped)
                try_floor(t, t->low + (int64_t)(((uint64_t)t->high - (uint64_t)t->low + 1) / 2));
        if (!t->refuted && !t->stopped)
                try_floor(t, t->low + 1);
}

struct err matching_fast_fair(struct matching_view *v, const struct matching_options *o, struct arena *a, struct matching_result *r,
                              bool *done)
{
        struct tries t = {.v = v, .o = o, .a = a, .r = r};
        struct matching_cover most = {arena_array(a, uint8_t, (size_t)v->p->mentees), arena_array(a, uint8_t, (size_t)v->p->mentors)};
        struct matching_fast total, fair;

        *done = matching_fast(v, o, a, &total);
        if (!*done)
                return OK;
        cover(&t, &total.w, &most);
        begin(&t, &total);
        t.stopped = total.stopped;
        if (t.people == 0 || t.stopped)
                return matching_fast_fill(v, &total, r);
        raise_floor(&t);
        v->floor = t.stopped ? MATCHING_NONE + 1 : t.low;
        total.stopped = t.stopped;
        if (t.stopped)
                return matching_fast_fill(v, &total, r);
        must(matching_fast(v, o, a, &fair));
        TRY(matching_fast_fill(v, &fair, r));
        r->floor = t.low;
        memcpy(r->most.mentee, most.mentee, (size_t)v->p->mentees);
        memcpy(r->most.mentor, most.mentor, (size_t)v->p->mentors);
        return OK;
}
