/* The proof of STABLE: no two who would rather have each other, looked for one by one. */
#include "matching/matching_check.h"

struct likes {
        const int64_t *mentee, *mentor;
};

static struct likes likes_of(const struct matching_check *c, int32_t i,
                             const struct matching_list *l)
{
        const struct matching_problem *p = c->p;

        return (struct likes) {
                .mentee = p->mentee_likes && p->shape == MATCHING_SPARSE
                                  ? p->mentee_likes + p->row[i]
                                  : l->score,
                .mentor = p->mentor_likes && p->shape == MATCHING_SPARSE
                                  ? p->mentor_likes + p->row[i]
                                  : l->score,
        };
}

/* What each mentor likes least among the mentees there; the lowest number with a free place. */
static void least_liked(struct matching_check *c, int64_t *least)
{
        for (int32_t j = 0; j < c->p->mentors; j++)
                least[j] = c->used[j] < c->places[j] ? MATCHING_NONE : INT64_MAX;
        for (int32_t i = 0; i < c->p->mentees; i++) {
                struct matching_list l = matching_check_list(c, i);
                struct likes like = likes_of(c, i, &l);
                for (int64_t k = 0; k < l.n && !c->out[i]; k++) {
                        int32_t j = matching_mentor_at(&l, k);
                        if (c->r->mentor_of[i] == j && like.mentor[k] < least[j])
                                least[j] = like.mentor[k];
                }
        }
}

struct err matching_check_stable(struct matching_check *c, struct arena *a)
{
        int64_t *least = arena_array(a, int64_t, (size_t)c->p->mentors);

        if (c->r->status != MATCHING_OPTIMAL)
                return OK;
        least_liked(c, least);
        for (int32_t i = 0; i < c->p->mentees; i++) {
                int64_t now = MATCHING_NONE;
                struct matching_list l = matching_check_list(c, i);
                struct likes like = likes_of(c, i, &l);
                for (int64_t k = 0; k < l.n; k++)
                        if (c->r->mentor_of[i] == matching_mentor_at(&l, k))
                                now = like.mentee[k];
                for (int64_t k = 0; k < l.n && !c->out[i]; k++)
                        if (like.mentee[k] > now &&
                            like.mentor[k] > least[matching_mentor_at(&l, k)] &&
                            matching_check_allowed(c, i, &l, k))
                                return MATCHING_WRONG("two people would rather have each other");
        }
        return OK;
}
