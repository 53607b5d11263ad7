/* Who would rather have each other than what they have: a figure about a result, whatever its aim was. */
#include "matching/matching_parts.h"

struct looked {
        const struct matching_problem *p;
        const struct matching_result *r;
        struct matching_view *v;
        int64_t *least_liked;   /* per mentor: a mentee must be liked more than that; MATCHING_NONE with a place left */
        int32_t *used;
};

/* How much each side likes one pair; the likes stand beside the scores. */
struct likes { int64_t mentee, mentor; };

static struct likes likes_of(const struct looked *l, int32_t i, int32_t j, int64_t score)
{
        const struct matching_problem *p = l->p;
        struct likes like = {score, score};

        if (p->shape != MATCHING_SPARSE || (!p->mentee_likes && !p->mentor_likes))
                return like;
        for (int64_t k = p->row[i]; k < p->row[i + 1]; k++)
                if (p->mentor[k] == j) {
                        like.mentee = p->mentee_likes ? p->mentee_likes[k] : score;
                        like.mentor = p->mentor_likes ? p->mentor_likes[k] : score;
                }
        return like;
}

/* A locked mentee stays, so only the others can be the one whom a mentor would give up. */
static void look_at_mentors(struct looked *l)
{
        for (int32_t j = 0; j < l->p->mentors; j++)
                l->least_liked[j] = INT64_MAX;
        for (int32_t i = 0; i < l->p->mentees; i++) {
                int32_t j = l->r->mentor_of[i];
                if (j == MATCHING_NOBODY || l->v->settled[i])
                        continue;
                int64_t like = likes_of(l, i, j, l->r->score_of[i]).mentor;
                l->used[j]++;
                l->least_liked[j] = like < l->least_liked[j] ? like : l->least_liked[j];
        }
        for (int32_t j = 0; j < l->p->mentors; j++)
                if (l->used[j] < l->v->places[j])
                        l->least_liked[j] = MATCHING_NONE;
}

struct err matching_blocking(const struct matching_problem *p, const struct matching_result *r, int32_t most, struct arena *a,
                             struct matching_blocking *out)
{
        struct looked l = {.p = p, .r = r, .least_liked = arena_array(a, int64_t, (size_t)p->mentors),
                           .used = arena_array(a, int32_t, (size_t)p->mentors)};

        *out = (struct matching_blocking) {.pair = arena_array(a, struct matching_pair, (size_t)most)};
        TRY(matching_view_new(p, a, &l.v));
        look_at_mentors(&l);
        for (int32_t i = 0; i < p->mentees; i++) {
                int32_t now = r->mentor_of[i];
                if (l.v->settled[i])
                        continue;
                int64_t has = now == MATCHING_NOBODY ? MATCHING_NONE : likes_of(&l, i, now, r->score_of[i]).mentee;
                struct matching_row row = matching_view_row(l.v, i);
                for (int64_t k = 0; k < row.n; k++) {
                        struct likes like = likes_of(&l, i, row.mentor[k], row.score[k]);
                        if (like.mentee <= has || like.mentor <= l.least_liked[row.mentor[k]])
                                continue;
                        if (out->listed < most)
                                out->pair[out->listed++] = (struct matching_pair) {i, row.mentor[k]};
                        out->n++;
                }
        }
        return OK;
}
