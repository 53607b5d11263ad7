#include "matching/matching_points.h"

#include <string.h>

/* 128 mentors at once. */
typedef uint64_t lane __attribute__((vector_size(16)));

void matching_points_new(struct arena *a, const struct matching_index *x, struct matching_points *out)
{
        *out = (struct matching_points) {.x = x, .own = arena_array(a, uint64_t, (size_t)(MATCHING_FEATURES + 2) * x->words + 1)};
}

/* ---- what brings points ---- */

/*
 * Where there are more wishes than room, the last feature stands for several: who has one of them may
 * have all.  It has a set of its own from the beginning.
 */
static void add_feature(struct matching_points *p, const uint64_t *set, int64_t gain, bool skill)
{
        struct matching_feature *last = &p->feature[MATCHING_FEATURES - 1];
        uint64_t *own = p->own + (size_t)(MATCHING_FEATURES - 1) * p->x->words;

        if (p->n < MATCHING_FEATURES - 1) {
                p->feature[p->n++] = (struct matching_feature) {.set = set, .gain = gain, .skill = skill};
                return;
        }
        if (p->n == MATCHING_FEATURES - 1) {
                memset(own, 0, p->x->words * sizeof *own);
                p->feature[p->n++] = (struct matching_feature) {.set = own};
        }
        for (size_t w = 0; w < p->x->words; w++)
                own[w] |= set[w];
        last->gain += gain;
        last->skill |= skill;
}

/* An empty set of one's own: those of earlier features are still in use, the one behind them is free. */
static uint64_t *own_set(struct matching_points *p, int more)
{
        int k = p->n + more;
        uint64_t *own = p->own + (size_t)(k < MATCHING_FEATURES - 1 ? k : MATCHING_FEATURES + more) * p->x->words;

        return memset(own, 0, p->x->words * sizeof *own);
}

/* The most that meeting a wish in part can be. */
static int64_t most_part(const struct matching_points *p, int32_t wish)
{
        const struct matching_kin *kin = &p->x->p->terms.kin;
        int32_t part = 0;

        for (int32_t k = kin->offer.row[wish]; k < kin->offer.row[wish + 1]; k++)
                if (kin->meets[k] < MATCHING_ONE && kin->meets[k] > part)
                        part = kin->meets[k];
        return part;
}

static void add_wishes(struct matching_points *p)
{
        const struct matching_terms *t = &p->x->p->terms;
        int32_t from = t->wish.row[p->mentee], until = t->wish.row[p->mentee + 1];
        int64_t all = 0, weight = p->x->p->weights.part[MATCHING_GOALS];

        for (int32_t k = from; k < until; k++)
                all += t->weight[k];
        for (int32_t k = from; k < until; k++) {
                int32_t wish = t->wish.id[k];
                struct matching_set_pair sets = p->x->wish[wish];
                int64_t part = most_part(p, wish);
                if (t->kin.offer.row[wish] == t->kin.offer.row[wish + 1])
                        continue;
                if (!sets.wholly) {
                        sets = (struct matching_set_pair) {own_set(p, 0), own_set(p, 1)};
                        matching_index_meet(p->x, wish, sets);
                }
                add_feature(p, sets.wholly, (t->weight[k] * weight * MATCHING_ONE + all - 1) / all, true);
                if (part)
                        add_feature(p, sets.partly, (t->weight[k] * weight * part + all - 1) / all, true);
        }
}

/* One shared of n and at least one: twice one over n + 1, at most. */
static void add_likes(struct matching_points *p, const struct matching_list *mine, const struct matching_list *have, uint64_t *const *sets)
{
        int32_t from = mine->row[p->mentee], until = mine->row[p->mentee + 1];
        int64_t gain = (2 * (int64_t)MATCHING_ONE * p->x->p->weights.part[MATCHING_LIKENESS] + until - from) / (until - from + 1);

        for (int32_t k = from; k < until; k++) {
                const uint64_t *set = sets[mine->id[k]];
                if (have->row[mine->id[k]] == have->row[mine->id[k] + 1])
                        continue;
                if (!set) {
                        uint64_t *own = own_set(p, 0);
                        matching_index_mark(have, mine->id[k], own);
                        set = own;
                }
                add_feature(p, set, gain, false);
        }
}

/* Who is free in no part of the week in which the mentee is has no hours in common. */
static void add_hours(struct matching_points *p)
{
        const struct matching_pool *pool = p->x->p;
        int64_t gain = (int64_t)MATCHING_ONE * pool->weights.part[MATCHING_TIME];
        uint64_t *own = own_set(p, 0);

        if (!p->x->free)
                memset(own, 0xff, p->x->words * sizeof *own);
        for (int part = 0; p->x->free && part < MATCHING_WEEK_PARTS; part++)
                if (matching_index_is_free(&pool->mentees.week[p->mentee], part))
                        for (size_t w = 0; w < p->x->words; w++)
                                own[w] |= p->x->free[part][w];
        add_feature(p, own, gain, false);
}

void matching_points_take(struct matching_points *p, int32_t mentee)
{
        const struct matching_crowd *c = &p->x->p->mentees;
        int64_t all = 0;

        p->mentee = mentee;
        p->n = 0;
        add_wishes(p);
        add_likes(p, &c->interests, &p->x->interested, p->x->interest);
        add_likes(p, &c->values, &p->x->valuing, p->x->value);
        if (p->x->p->mentees.card[mentee].has & MATCHING_HAS_WEEK)
                add_hours(p);
        for (int k = 0; k < p->n; k++)
                all += p->feature[k].gain;
        /* Each is rounded up, so that all together still have room in the counters. */
        p->unit = all / (MATCHING_POINTS_MOST - MATCHING_FEATURES) + 1;
        for (int k = 0; k < p->n; k++)
                p->feature[k].points = (int)((p->feature[k].gain + p->unit - 1) / p->unit);
}

/* ---- counting ---- */

static lane lane_of(const uint64_t *set, size_t word) { return (lane) {set[word], set[word + 1]}; }

/* Adds points to those of a set; plane b holds bit b of everybody's sum. */
static inline void add_points(lane plane[MATCHING_PLANES], lane set, int points)
{
        lane carry = {0};

        for (int b = 0; b < MATCHING_PLANES; b++) {
                lane added = points >> b & 1 ? set : (lane) {0}, before = plane[b];
                plane[b] = before ^ added ^ carry;
                carry = (before & added) | (carry & (before ^ added));
        }
}

static inline lane have_points(const lane plane[MATCHING_PLANES], int points)
{
        lane lacking = {0};

        for (int b = 0; b < MATCHING_PLANES; b++) {
                lane wanted = points >> b & 1 ? ~(lane) {0} : (lane) {0};
                lacking = (~plane[b] & wanted) | (~(plane[b] ^ wanted) & lacking);
        }
        return ~lacking;
}

void matching_points_who(const struct matching_points *p, size_t word, int points, bool must_skill, uint64_t who[2])
{
        lane plane[MATCHING_PLANES] = {{0}}, skilled = {0}, all;

        for (int k = 0; k < p->n; k++) {
                lane set = lane_of(p->feature[k].set, word);
                add_points(plane, set, p->feature[k].points);
                if (p->feature[k].skill)
                        skilled |= set;
        }
        all = must_skill ? have_points(plane, points) & skilled : have_points(plane, points);
        who[0] = all[0];
        who[1] = all[1];
}
