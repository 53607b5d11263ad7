/*
 * Deferred acceptance after Gale and Shapley: mentees ask, mentors keep those they like best. Whoever asks first, the
 * result is the same, so everybody waits in one line, and what the next ones need is fetched while they wait.
 */
#include "matching/matching_parts.h"

enum {
        FEWEST = 8, MOST = 32,          /* wishes put in order at once: most people get one of their first */
        ROW_PER_WISH = 16,
        ASK_EVERY = 1024,               /* asks between two questions to the caller */
        AHEAD = 8, FAR_AHEAD = 16,      /* in the line */
};

struct wish { int64_t theirs; int32_t mentor; };

/* A mentee with a mentor is in that mentor's heap, a pairing heap with the least liked at its root. */
struct held { int64_t liked; int32_t child, sibling; };

/* liked is the root's: most who are refused need no look at it. */
struct keeper { int64_t liked; int32_t root, left; };

/* What orders a mentee's row: liked more, or as much with a lower number, comes first. */
struct mark { int64_t like; int32_t mentor; };

/* Wishes that are in order and not yet asked for, the next of them, and the last that was put in order so far. */
struct turn { struct mark last; int32_t left, at; };

struct asking {
        struct matching_view *v;
        int32_t *match;
        struct held *held;              /* per mentee */
        struct keeper *keeper;          /* per mentor */
        struct wish *wish;              /* per mentee, so many in order */
        int32_t most;
        struct turn *turn;              /* per mentee */
        int32_t *line;                  /* who asks next, around and around: nobody stands in it twice */
        int64_t head, tail;
};

static bool later(int64_t like, int32_t number, int64_t than, int32_t than_number)
{
        return like < than || (like == than && number > than_number);
}

/* ---- the next wishes of a row, in order ---- */

/* One row being read: its best wishes that come after the last ones. */
struct reading {
        struct mark mark[MOST + 1];
        int64_t theirs[MOST + 1];
        int32_t n, most;
        struct mark last;
};

static void insert(struct reading *r, int64_t mine, int64_t theirs, int32_t mentor)
{
        int32_t k = r->n < r->most ? r->n++ : r->n - 1;

        for (; k > 0 && r->mark[k - 1].like < mine; k--) {
                r->mark[k] = r->mark[k - 1];
                r->theirs[k] = r->theirs[k - 1];
        }
        r->mark[k] = (struct mark) {mine, mentor};
        r->theirs[k] = theirs;
}

/* Mentors ascend in a row: with as much liking, whoever comes later is later. */
static inline bool is_next(const struct reading *r, int64_t mine, const int32_t *mentor)
{
        if (r->n == r->most && mine <= r->mark[r->n - 1].like)
                return false;
        return r->last.mentor == MATCHING_NOBODY || later(mine, *mentor, r->last.like, r->last.mentor);
}

static void read_list(const struct asking *q, int32_t i, struct reading *r)
{
        const struct matching_problem *p = q->v->p;
        const int64_t *mine = p->mentee_likes ? p->mentee_likes : p->score, *theirs = p->mentor_likes ? p->mentor_likes : p->score;

        for (int64_t k = p->row[i]; k < p->row[i + 1]; k++)
                if (is_next(r, mine[k], &p->mentor[k]) && !matching_is_forbidden(q->v, i, p->mentor[k]))
                        insert(r, mine[k], theirs[k], p->mentor[k]);
}

static void read_matrix(const struct asking *q, int32_t i, struct reading *r)
{
        struct matching_row row = matching_view_row(q->v, i);

        for (int64_t k = 0; k < row.n; k++)
                if (is_next(r, row.score[k], &row.mentor[k]))
                        insert(r, row.score[k], row.score[k], row.mentor[k]);
}

static void put_in_order(struct asking *q, int32_t i)
{
        struct reading r;       /* large, so not all of it is set */

        r.n = 0;
        r.most = q->most;
        r.last = q->turn[i].last;
        if (q->v->p->shape == MATCHING_SPARSE)
                read_list(q, i, &r);
        else
                read_matrix(q, i, &r);
        for (int32_t k = 0; k < r.n; k++)
                q->wish[(int64_t)i * q->most + k] = (struct wish) {r.theirs[k], r.mark[k].mentor};
        if (r.n > 0)
                q->turn[i].last = r.mark[r.n - 1];
        q->turn[i].left = r.n;
        q->turn[i].at = 0;
}

static bool next_wish(struct asking *q, int32_t i, struct wish *w)
{
        struct turn *t = &q->turn[i];

        if (t->left == 0)
                put_in_order(q, i);
        if (t->left == 0)
                return false;
        t->left--;
        *w = q->wish[(int64_t)i * q->most + t->at++];
        return true;
}

/* ---- the heaps ---- */

/* Of two heaps one; MATCHING_NOBODY is an empty one. */
static int32_t meld(struct asking *q, int32_t a, int32_t b)
{
        struct held *h = q->held;

        if (a == MATCHING_NOBODY || b == MATCHING_NOBODY)
                return a == MATCHING_NOBODY ? b : a;
        int32_t top = later(h[a].liked, a, h[b].liked, b) ? a : b, under = top == a ? b : a;
        h[under].sibling = h[top].child;
        h[top].child = under;
        return top;
}

/* What is left without the root: its children melded in pairs, and the pairs from the last to the first. */
static int32_t without_root(struct asking *q, int32_t root)
{
        int32_t next = q->held[root].child, pairs = MATCHING_NOBODY, all = MATCHING_NOBODY;

        while (next != MATCHING_NOBODY) {
                int32_t a = next, b = q->held[a].sibling;
                next = b == MATCHING_NOBODY ? b : q->held[b].sibling;
                int32_t pair = meld(q, a, b);
                q->held[pair].sibling = pairs;
                pairs = pair;
        }
        while (pairs != MATCHING_NOBODY) {
                next = q->held[pairs].sibling;
                all = meld(q, all, pairs);
                pairs = next;
        }
        return all;
}

/* ---- asking ---- */

/* The mentee asks; comes back as whoever is now without a mentor, or nobody. */
static int32_t ask(struct asking *q, int32_t i, struct wish w)
{
        struct keeper *k = &q->keeper[w.mentor];
        int32_t loser = MATCHING_NOBODY;

        if (k->left == 0) {
                loser = k->root;
                if (loser == MATCHING_NOBODY || later(w.theirs, i, k->liked, loser))
                        return i;
                k->root = without_root(q, loser);
                q->match[loser] = MATCHING_NOBODY;
        } else {
                k->left--;
        }
        q->match[i] = w.mentor;
        q->held[i] = (struct held) {.liked = w.theirs, .child = MATCHING_NOBODY, .sibling = MATCHING_NOBODY};
        k->root = meld(q, k->root, i);
        k->liked = q->held[k->root].liked;
        return loser;
}

/* First the wishes of those who come soon, put in order, then the mentors whom they will ask. */
static void fetch_ahead(struct asking *q)
{
        int64_t n = q->v->p->mentees;

        if (q->head + FAR_AHEAD < q->tail) {
                int32_t i = q->line[(q->head + FAR_AHEAD) % n];
                __builtin_prefetch(&q->wish[(int64_t)i * q->most]);
                __builtin_prefetch(&q->turn[i]);
        }
        if (q->head + AHEAD < q->tail) {
                int32_t i = q->line[(q->head + AHEAD) % n];
                if (q->turn[i].left == 0)
                        put_in_order(q, i);
                if (q->turn[i].left > 0)
                        __builtin_prefetch(&q->keeper[q->wish[(int64_t)i * q->most + q->turn[i].at].mentor]);
        }
}

static bool everybody_asks(struct asking *q, const struct matching_options *o)
{
        int64_t n = q->v->p->mentees, asks = 0;
        struct wish w;

        while (q->head < q->tail) {
                struct matching_progress at = {.done = (int32_t)(q->head < n ? q->head : n), .of = (int32_t)n, .round = 1};
                if (o->go_on && asks++ % ASK_EVERY == 0 && !o->go_on(o->go_on_ctx, &at))
                        return false;
                fetch_ahead(q);
                int32_t i = q->line[q->head++ % n];
                /* whoever is refused at once asks again while the wishes are at hand */
                int32_t loser = i;
                while (loser == i)
                        loser = next_wish(q, i, &w) ? ask(q, i, w) : MATCHING_NOBODY;
                if (loser != MATCHING_NOBODY)
                        q->line[q->tail++ % n] = loser;
        }
        return true;
}

/* ---- the door ---- */

static int32_t wishes_at_once(const struct matching_problem *p)
{
        int64_t row = p->shape == MATCHING_DENSE ? p->mentors : p->mentees ? (p->row[p->mentees] - p->row[0]) / p->mentees : 0;
        int64_t most = row / ROW_PER_WISH;

        return most < FEWEST ? FEWEST : most > MOST ? MOST : (int32_t)most;
}

bool matching_stable(struct matching_view *v, struct arena *a, const struct matching_options *o,
                     int32_t *match)
{
        size_t n = (size_t)v->p->mentees, m = (size_t)v->p->mentors;
        struct asking q = {.v = v, .match = match, .most = wishes_at_once(v->p)};

        q.held = arena_array(a, struct held, n);
        q.keeper = arena_array(a, struct keeper, m);
        q.wish = arena_array(a, struct wish, n * (size_t)q.most);
        q.turn = arena_array(a, struct turn, n);
        q.line = arena_array(a, int32_t, n);
        for (int32_t j = 0; j < v->p->mentors; j++)
                q.keeper[j] = (struct keeper) {.root = MATCHING_NOBODY, .left = v->places[j]};
        for (int32_t i = 0; i < v->p->mentees; i++) {
                match[i] = q.turn[i].last.mentor = MATCHING_NOBODY;
                if (!v->settled[i])
                        q.line[q.tail++] = i;
        }
        return everybody_asks(&q, o);
}
