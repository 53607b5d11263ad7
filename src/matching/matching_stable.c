/* Deferred acceptance after Gale and Shapley: mentees ask, mentors keep those they like best. */
#include "matching/matching_parts.h"

struct asking {
        struct matching_view *v;
        int32_t *match, *next, *first, *used; /* as in the search: mentees of a mentor are a list */
        int64_t *liked;         /* per mentee: how much the mentor they are with likes them */
        /* per mentee: the wish they asked for last, which orders what is still to ask */
        int64_t *last_like;
        int32_t *last_mentor;
};

struct wish {
        int32_t mentor;
        int64_t mine, theirs;
};

static const int64_t *likes(const struct matching_problem *p, const int64_t *given, int32_t i)
{
        return given && p->shape == MATCHING_SPARSE ? given + p->row[i] : NULL;
}

/* Whether a comes later in a mentee's list than b: liked less, or as much with a higher number. */
static bool later(int64_t like, int32_t mentor, int64_t than, int32_t than_mentor)
{
        return like < than || (like == than && mentor > than_mentor);
}

/*
 * The position in the mentee's whole row of the mentor at k of the filtered one: likes lie beside
 * the whole row.
 */
static int64_t whole(const struct matching_problem *p, int32_t i, int32_t mentor, int64_t from)
{
        while (p->shape == MATCHING_SPARSE && p->mentor[p->row[i] + from] != mentor)
                from++;
        return from;
}

static bool next_wish(struct asking *q, int32_t i, struct wish *best)
{
        const struct matching_problem *p = q->v->p;
        const int64_t *mine = likes(p, p->mentee_likes, i), *theirs = likes(p, p->mentor_likes, i);
        struct matching_row row = matching_view_row(q->v, i);
        bool found = false;

        for (int64_t k = 0, at = 0; k < row.n; k++) {
                int32_t j = row.mentor[k];
                at = whole(p, i, j, at);
                int64_t like = mine ? mine[at] : row.score[k];
                if (q->v->places[j] == 0 || (q->last_mentor[i] != MATCHING_NOBODY &&
                                             !later(like, j, q->last_like[i], q->last_mentor[i])))
                        continue;
                if (found && later(like, j, best->mine, best->mentor))
                        continue;
                *best = (struct wish) {j, like, theirs ? theirs[at] : row.score[k]};
                found = true;
        }
        return found;
}

static int32_t least_liked(const struct asking *q, int32_t j)
{
        int32_t worst = q->first[j];

        for (int32_t i = q->next[worst]; i != MATCHING_NOBODY; i = q->next[i])
                if (later(q->liked[i], i, q->liked[worst], worst))
                        worst = i;
        return worst;
}

static void take_out(struct asking *q, int32_t i)
{
        int32_t *at = &q->first[q->match[i]];

        while (*at != i)
                at = &q->next[*at];
        *at = q->next[i];
        q->used[q->match[i]]--;
        q->match[i] = MATCHING_NOBODY;
}

/* The mentee asks; comes back as whoever is now without a mentor, or nobody. */
static int32_t ask(struct asking *q, int32_t i, struct wish w)
{
        int32_t loser = MATCHING_NOBODY;

        q->last_mentor[i] = w.mentor;
        q->last_like[i] = w.mine;
        if (q->used[w.mentor] == q->v->places[w.mentor]) {
                loser = least_liked(q, w.mentor);
                if (later(w.theirs, i, q->liked[loser], loser))
                        return i;
                take_out(q, loser);
        }
        q->match[i] = w.mentor;
        q->liked[i] = w.theirs;
        q->next[i] = q->first[w.mentor];
        q->first[w.mentor] = i;
        q->used[w.mentor]++;
        return loser;
}

bool matching_stable(struct matching_view *v, struct arena *a, const struct matching_options *o,
                     int32_t *match)
{
        size_t n = (size_t)v->p->mentees, m = (size_t)v->p->mentors;
        struct asking q = {
                .v = v,
                .match = match,
                .next = arena_array(a, int32_t, n),
                .first = arena_array(a, int32_t, m),
                .used = arena_array(a, int32_t, m),
                .liked = arena_array(a, int64_t, n),
                .last_like = arena_array(a, int64_t, n),
                .last_mentor = arena_array(a, int32_t, n),
        };
        struct wish w = {0};

        for (int32_t j = 0; j < v->p->mentors; j++)
                q.first[j] = MATCHING_NOBODY;
        for (int32_t i = 0; i < v->p->mentees; i++)
                match[i] = q.last_mentor[i] = MATCHING_NOBODY;
        for (int32_t k = 0; k < v->p->mentees; k++) {
                struct matching_progress at = {.done = k, .of = v->p->mentees, .round = 1};
                if (o->go_on && k % 1024 == 0 && !o->go_on(o->go_on_ctx, &at))
                        return false;
                for (int32_t i = v->settled[k] ? MATCHING_NOBODY : k;
                     i != MATCHING_NOBODY && next_wish(&q, i, &w);)
                        i = ask(&q, i, w);
        }
        return true;
}
