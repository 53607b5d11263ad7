/* The proof of STABLE: no two who would rather have each other, looked for one by one. */
#include "matching/matching_check.h"

struct likes {
        const int64_t *mentee, *mentor;
};

static struct likes likes_of(const struct matching_check *c, int32_t i, const struct matching_list *l)
{
        const struct matching_problem *p = c->p;
        bool list = p->shape == MATCHING_SPARSE;

        return (struct likes) {
                .mentee = list && p->mentee_likes ? p->mentee_likes + p->row[i] : l->score,
                .mentor = list && p->mentor_likes ? p->mentor_likes + p->row[i] : l->score,
        };
}

/* What a pair of the result is liked by one side, whose likes lie beside the scores: those are checked already. */
static int64_t like_of_pair(const struct matching_check *c, int32_t i, const int64_t *likes)
{
        const struct matching_problem *p = c->p;

        if (p->shape != MATCHING_SPARSE || !likes)
                return c->r->score_of[i];
        for (int64_t k = p->row[i]; k < p->row[i + 1]; k++)
                if (p->mentor[k] == c->r->mentor_of[i])
                        return likes[k];
        return MATCHING_NONE;
}

/* What each mentor likes least among the mentees there; with a free place, less than anything. */
static void least_liked(struct matching_check *c, int64_t *least)
{
        for (int32_t j = 0; j < c->p->mentors; j++)
                least[j] = c->used[j] < c->places[j] ? MATCHING_NONE : INT64_MAX;
        for (int32_t i = 0; i < c->p->mentees; i++) {
                int32_t j = c->r->mentor_of[i];
                if (c->out[i] || j == MATCHING_NOBODY)
                        continue;
                int64_t like = like_of_pair(c, i, c->p->mentor_likes);
                if (like < least[j])
                        least[j] = like;
        }
}

struct err matching_check_stable(struct matching_check *c, struct arena *a)
{
        int64_t *least = arena_array(a, int64_t, (size_t)c->p->mentors);

        if (c->r->status != MATCHING_OPTIMAL)
                return OK;
        least_liked(c, least);
        for (int32_t i = 0; i < c->p->mentees; i++) {
                bool nobody = c->r->mentor_of[i] == MATCHING_NOBODY;
                int64_t now = nobody ? MATCHING_NONE : like_of_pair(c, i, c->p->mentee_likes);
                if (c->out[i])
                        continue;
                struct matching_list l = matching_check_list(c, i);
                struct likes like = likes_of(c, i, &l);
                for (int64_t k = 0; k < l.n; k++)
                        if (like.mentee[k] > now && like.mentor[k] > least[matching_mentor_at(&l, k)] &&
                            matching_check_allowed(c, i, &l, k))
                                return MATCHING_WRONG("two people would rather have each other");
        }
        return OK;
}
