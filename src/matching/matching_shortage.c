/* Who is left out, and which places are short. */
#include "matching/matching_parts.h"

#include <stdlib.h>
#include <string.h>

/*
 * Mentees outside the cover compete: every mentor allowed for them is in the cover, hence full, and
 * full of mentees like them. Their connected parts are the blocks; what a part lacks is exactly the
 * number it leaves out.
 */
struct parts {
        struct matching_view *v;
        int32_t *parent; /* union-find over mentees, then mentors */
        const struct matching_result *r;
};

static int32_t root(struct parts *u, int32_t x)
{
        while (u->parent[x] != x)
                x = u->parent[x] = u->parent[u->parent[x]];
        return x;
}

static bool competes(const struct parts *u, int32_t i)
{
        return !u->v->settled[i] && !u->r->most.mentee[i];
}

static void join_parts(struct parts *u)
{
        int32_t n = u->v->p->mentees;

        for (int32_t x = 0; x < n + u->v->p->mentors; x++)
                u->parent[x] = x;
        for (int32_t i = 0; i < n; i++) {
                struct matching_row row = {0};
                if (competes(u, i))
                        row = matching_view_row(u->v, i);
                for (int64_t k = 0; k < row.n; k++) {
                        int32_t a = root(u, i), b = root(u, n + row.mentor[k]);
                        u->parent[a > b ? a : b] = a > b ? b : a;
                }
        }
}

static int by_shortage(const void *left, const void *right)
{
        const struct matching_block *a = left, *b = right;

        if (a->short_by != b->short_by)
                return a->short_by > b->short_by ? -1 : 1;
        if (a->mentors != b->mentors)
                return a->mentors > b->mentors ? -1 : 1;
        return (a->mentee[0] > b->mentee[0]) - (a->mentee[0] < b->mentee[0]);
}

/* Numbers the blocks that leave somebody out; block_of[root] is the number + 1. */
static int32_t number_blocks(struct parts *u, int32_t *block_of)
{
        int32_t n = 0;

        for (int32_t i = 0; i < u->v->p->mentees; i++) {
                if (!u->v->settled[i] && u->r->mentor_of[i] == MATCHING_NOBODY &&
                    !block_of[root(u, i)])
                        block_of[root(u, i)] = ++n;
        }
        return n;
}

static void add_member(struct parts *u, int32_t x, struct matching_block *b, bool fill)
{
        int32_t n = u->v->p->mentees;

        if (x < n) {
                if (fill)
                        b->mentee[b->mentees] = x;
                b->mentees++;
                b->short_by++;
        } else {
                if (fill)
                        b->mentor[b->mentors] = x - n;
                b->mentors++;
                b->places += u->v->places[x - n];
                b->short_by -= u->v->places[x - n];
        }
}

/* First pass counts, second pass fills. */
static void add_members(struct parts *u, const int32_t *block_of, struct matching_block *blocks,
                        bool fill)
{
        for (int32_t x = 0; x < u->v->p->mentees + u->v->p->mentors; x++) {
                int32_t b = block_of[root(u, x)];
                if (b > 0)
                        add_member(u, x, &blocks[b - 1], fill);
        }
}

static void make_blocks(struct parts *u, struct arena *a, struct matching_shortage *out)
{
        size_t all = (size_t)u->v->p->mentees + (size_t)u->v->p->mentors;
        int32_t *block_of = arena_array(a, int32_t, all);

        out->n = number_blocks(u, block_of);
        out->block = arena_array(a, struct matching_block, (size_t)out->n);
        add_members(u, block_of, out->block, false);
        for (int32_t b = 0; b < out->n; b++)
                out->block[b] = (struct matching_block) {
                        .mentee = arena_array(a, int32_t, (size_t)out->block[b].mentees),
                        .mentor = arena_array(a, int32_t, (size_t)out->block[b].mentors),
                };
        add_members(u, block_of, out->block, true);
        if (out->n > 1)
                qsort(out->block, (size_t)out->n, sizeof *out->block, by_shortage);
}

struct err matching_shortage(const struct matching_problem *p, const struct matching_result *r,
                             struct arena *a, struct matching_shortage *out)
{
        struct parts u = {.r = r};

        *out = (struct matching_shortage) {0};
        if (r->status != MATCHING_OPTIMAL || !r->mentee_price)
                return FAIL(ERR_INVALID,
                            "Only a finished search for most pairs can say who is short of whom",
                            "Choose total or fair, and let it finish");
        TRY(matching_view_new(p, a, &u.v));
        u.parent = arena_array(a, int32_t, (size_t)p->mentees + (size_t)p->mentors);
        join_parts(&u);
        make_blocks(&u, a, out);
        return OK;
}
