/*
 * The best of a small problem, the plain way: mentee by mentee, for every way in which the places
 * can be filled, the best so far.  Ways with the same places filled have as many pairs, so only the
 * rest is compared, and what comes later adds the same to both.
 */
#include "matching/test/small.h"

#include <string.h>

struct way {
        bool reached;
        int32_t kept;
        __int128 worth;
        int32_t n;
        int64_t sorted[SMALL_MENTEES];
};

struct brute {
        const struct small *s;
        enum matching_objective objective;
        int64_t floor;
        int32_t states, step[SMALL_MENTORS], left[SMALL_MENTORS], locked[SMALL_MENTORS];
        struct way way[2][SMALL_STATES];
};

bool small_allowed(const struct small *s, int32_t i, int32_t j)
{
        return s->cell[i][j] != MATCHING_NONE && !s->no[i][j];
}

bool small_is_free(const struct small *s, int32_t i)
{
        return !s->absent[i] && s->lock[i] == MATCHING_NOBODY;
}

void small_sort(int64_t *scores, int32_t n)
{
        for (int32_t k = 1; k < n; k++)
                for (int32_t l = k; l > 0 && scores[l - 1] > scores[l]; l--) {
                        int64_t swap = scores[l];
                        scores[l] = scores[l - 1];
                        scores[l - 1] = swap;
                }
}

static int by_scores(const int64_t *a, const int64_t *b, int32_t n)
{
        for (int32_t k = 0; k < n; k++)
                if (a[k] != b[k])
                        return a[k] > b[k] ? 1 : -1;
        return 0;
}

/* ---- ways ---- */

static bool better(const struct brute *b, const struct way *x, const struct way *y)
{
        if (!y->reached)
                return true;
        if (b->objective == MATCHING_LEXIMIN)
                return by_scores(x->sorted, y->sorted, x->n) > 0;
        if (b->s->p.announced && b->s->p.keep == MATCHING_KEEP_ALL && x->kept != y->kept)
                return x->kept > y->kept;
        return x->worth > y->worth;
}

static void add(const struct small *s, struct way *w, int32_t i, int32_t j)
{
        bool stays = s->p.announced && s->announced[i] == j;

        w->kept += stays;
        w->worth += s->cell[i][j];
        if (stays && s->p.keep != MATCHING_KEEP_ALL)
                w->worth += s->p.keep;
        if (s->lock[i] == j)
                return;
        w->sorted[w->n++] = s->cell[i][j];
        small_sort(w->sorted, w->n);
}

static void offer(const struct brute *b, struct way *to, const struct way *w)
{
        if (better(b, w, to))
                *to = *w;
}

static void try_mentee(struct brute *b, int32_t i, const struct way *now, struct way *next)
{
        memset(next, 0, (size_t)b->states * sizeof *next);
        for (int32_t state = 0; state < b->states; state++) {
                if (!now[state].reached)
                        continue;
                offer(b, &next[state], &now[state]);
                for (int32_t j = 0; j < b->s->p.mentors; j++) {
                        int32_t used = state / b->step[j] % (b->left[j] + 1);
                        if (used == b->left[j] || !small_allowed(b->s, i, j) ||
                            b->s->cell[i][j] < b->floor)
                                continue;
                        struct way w = now[state];
                        add(b->s, &w, i, j);
                        offer(b, &next[state + b->step[j]], &w);
                }
        }
}

/* A mentor with a group has enough people, or none. */
static bool groups_are_whole(const struct brute *b, int32_t state)
{
        for (int32_t j = 0; b->s->p.least && j < b->s->p.mentors; j++) {
                int32_t used = b->locked[j] + state / b->step[j] % (b->left[j] + 1);
                if (used > 0 && used < b->s->least[j])
                        return false;
        }
        return true;
}

/* ---- all of them ---- */

static void begin(struct brute *b)
{
        struct way start = {.reached = true};

        b->states = 1;
        for (int32_t j = 0; j < b->s->p.mentors; j++) {
                b->locked[j] = 0;
                b->left[j] = b->s->room[j];
        }
        for (int32_t i = 0; i < b->s->p.mentees; i++)
                if (b->s->lock[i] >= 0) {
                        b->left[b->s->lock[i]]--;
                        b->locked[b->s->lock[i]]++;
                        add(b->s, &start, i, b->s->lock[i]);
                }
        for (int32_t j = 0; j < b->s->p.mentors; j++) {
                b->step[j] = b->states;
                b->states *= b->left[j] + 1;
        }
        memset(b->way[0], 0, (size_t)b->states * sizeof b->way[0][0]);
        b->way[0][0] = start;
}

static struct small_best best_above(struct brute *b)
{
        struct small_best best = {.matched = -1};
        struct way *now = b->way[0], *next = b->way[1], most = {0};

        begin(b);
        for (int32_t i = 0; i < b->s->p.mentees; i++) {
                if (!small_is_free(b->s, i))
                        continue;
                try_mentee(b, i, now, next);
                struct way *swap = now;
                now = next, next = swap;
        }
        for (int32_t state = 0; state < b->states; state++) {
                if (!now[state].reached || !groups_are_whole(b, state))
                        continue;
                if (!most.reached || now[state].n > most.n ||
                    (now[state].n == most.n && better(b, &now[state], &most)))
                        most = now[state];
        }
        best.possible = most.reached;
        best.matched = most.n + (int32_t)b->s->p.n_locked;
        best.kept = most.kept;
        best.worth = most.worth;
        best.n_sorted = most.n;
        memcpy(best.sorted, most.sorted, sizeof best.sorted);
        best.lowest = most.n ? most.sorted[0] : INT64_MAX;
        return best;
}

/* As high as the floor can be: with it as many have a mentor, and KEEP_ALL keeps as many. */
static struct small_best best_fair(struct brute *b, struct small_best best)
{
        const struct small *s = b->s;
        bool keep_all = s->p.announced && s->p.keep == MATCHING_KEEP_ALL;
        int64_t highest = MATCHING_NONE;

        for (int32_t i = 0; i < s->p.mentees; i++)
                for (int32_t j = 0; j < s->p.mentors; j++) {
                        b->floor = s->cell[i][j];
                        if (b->floor <= highest)
                                continue;
                        struct small_best above = best_above(b);
                        if (above.matched < best.matched || (keep_all && above.kept < best.kept))
                                continue;
                        highest = b->floor;
                        best = above;
                }
        return best;
}

struct small_best small_brute(const struct small *s, enum matching_objective objective)
{
        static struct brute b;

        b.s = s;
        b.objective = objective;
        b.floor = MATCHING_NONE;
        struct small_best best = best_above(&b);
        return objective == MATCHING_FAIR ? best_fair(&b, best) : best;
}
