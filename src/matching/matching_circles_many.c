/* Circles of many: those who are near each other in language and hours are taken together, then who is left over. */
#include "matching/matching_circles_parts.h"

#include <stdlib.h>
#include <string.h>

struct near { const struct matching_profile *p; int32_t at; };

static int by_words(struct matching_words a, struct matching_words b)
{
        return a.n == 0 || b.n == 0 ? (a.n > 0) - (b.n > 0) : text_compare(a.p[0], b.p[0]);
}

/* Language, clock and hours decide who can meet at all; then what they want. The place on the list makes it the same each time. */
static int by_nearness(const void *left, const void *right)
{
        const struct near *a = left, *b = right;
        int c = by_words(a->p->languages, b->p->languages);

        if (c == 0)
                c = memcmp(a->p->week.bits, b->p->week.bits, sizeof a->p->week.bits);
        if (c == 0)
                c = (a->p->offset_minutes > b->p->offset_minutes) - (a->p->offset_minutes < b->p->offset_minutes);
        if (c == 0)
                c = by_words(a->p->wants.n ? a->p->wants : a->p->offers, b->p->wants.n ? b->p->wants : b->p->offers);
        return c ? c : (a->at > b->at) - (a->at < b->at);
}

/* n of them, ascending by place, as circles numbered from out->n on. */
static struct err form_some(const struct matching_profile *p, const int32_t *who, int32_t n, bool mixed, struct arena *a, struct matching_circles *out)
{
        struct arena_mark mark = arena_mark(a);
        struct matching_profile *some = arena_array(a, struct matching_profile, (size_t)n + 1);
        struct matching_circles circles;

        for (int32_t k = 0; k < n; k++)
                some[k] = p[who[k]];
        TRY(matching_circles_at_once(some, n, mixed, a, &circles));
        for (int32_t k = 0; k < n; k++)
                out->circle[who[k]] = circles.circle[k] < 0 ? -1 : out->n + circles.circle[k];
        out->n += circles.n;
        arena_rewind(a, mark);
        return OK;
}

static int ascending(const void *a, const void *b) { return (*(const int32_t *)a > *(const int32_t *)b) - (*(const int32_t *)a < *(const int32_t *)b); }

/* In parts of nearly the same size. */
static struct err form_parts(const struct matching_profile *p, int32_t *who, int32_t n, bool mixed, struct arena *a, struct matching_circles *out)
{
        int32_t parts = (n + MATCHING_CIRCLES_AT_ONCE - 1) / MATCHING_CIRCLES_AT_ONCE;

        for (int32_t k = 0; k < parts; k++) {
                int32_t from = (int32_t)((int64_t)n * k / parts), until = (int32_t)((int64_t)n * (k + 1) / parts);
                qsort(who + from, (size_t)(until - from), sizeof *who, ascending);
                TRY(form_some(p, who + from, until - from, mixed, a, out));
        }
        return OK;
}

static int32_t sort_by_nearness(const struct matching_profile *p, int32_t n, const int32_t *circle, struct arena *a, int32_t *who)
{
        struct near *near = arena_array(a, struct near, (size_t)n + 1);
        int32_t found = 0;

        for (int32_t i = 0; i < n; i++)
                if (circle[i] < 0)
                        near[found++] = (struct near) {&p[i], i};
        qsort(near, (size_t)found, sizeof *near, by_nearness);
        for (int32_t k = 0; k < found; k++)
                who[k] = near[k].at;
        return found;
}

struct err matching_form_circles(const struct matching_profile *p, int32_t n, bool mixed, struct arena *a, struct matching_circles *out)
{
        int32_t *who = arena_array(a, int32_t, (size_t)n + 1), left;

        if (n < MATCHING_CIRCLE_LEAST)
                return FAIL(ERR_CONFLICT, "A circle needs four people", "Wait until more of them are here");
        if (n <= MATCHING_CIRCLES_AT_ONCE)
                return matching_circles_at_once(p, n, mixed, a, out);
        *out = (struct matching_circles) {.circle = arena_array(a, int32_t, (size_t)n + 1)};
        for (int32_t i = 0; i < n; i++)
                out->circle[i] = -1;
        left = sort_by_nearness(p, n, out->circle, a, who);
        TRY(form_parts(p, who, left, mixed, a, out));
        left = sort_by_nearness(p, n, out->circle, a, who);
        return left < MATCHING_CIRCLE_LEAST ? OK : form_parts(p, who, left, mixed, a, out);
}
