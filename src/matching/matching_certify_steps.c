/* The proof of LEXIMIN, step by step: what each step rules out is gone for the next. */
#include "matching/matching_check.h"

struct steps {
        struct matching_check *c;
        const struct matching_step *step; /* the one looked at; 0 counts pairs */
        bool first;
        int64_t *from;  /* per mentee: where the marks of the list begin */
        uint8_t *alive; /* per pair: not ruled out yet */
        uint8_t *must_mentee, *must_mentor;
        __int128 sum;   /* what our pairs are worth, less the prices: nothing, in the end */
        int64_t counted, counted_score;
        bool one_score; /* all pairs that could be counted have the same score */
};

/* ---- getting ready ---- */

static void get_ready(struct steps *s, struct arena *a)
{
        const struct matching_problem *p = s->c->p;
        size_t n = (size_t)p->mentees;

        s->from = arena_array(a, int64_t, n + 1);
        for (int32_t i = 0; i < p->mentees; i++)
                s->from[i + 1] = s->from[i] + matching_check_list(s->c, i).n;
        s->alive = arena_array(a, uint8_t, (size_t)s->from[n]);
        s->must_mentee = arena_array(a, uint8_t, n);
        s->must_mentor = arena_array(a, uint8_t, (size_t)p->mentors);
        for (int32_t i = 0; i < p->mentees; i++) {
                struct matching_list l = matching_check_list(s->c, i);
                for (int64_t k = 0; k < l.n && !s->c->out[i]; k++)
                        s->alive[s->from[i] + k] = s->c->places[matching_mentor_at(&l, k)] > 0 &&
                                                   matching_check_allowed(s->c, i, &l, k);
        }
}

/* ---- one step ---- */

static bool counts(const struct steps *s, int64_t score)
{
        return !s->first && score > s->step->above && score <= s->step->upto;
}

static __int128 worth(const struct steps *s, int32_t i, int32_t j, int64_t score)
{
        __int128 must = s->first ? 0 : (__int128)s->step->must_unit * (s->must_mentee[i] + s->must_mentor[j]);

        return s->step->pair_unit + must - counts(s, score);
}

/*
 * The prices of both less what the pair is worth: below nothing is wrong, above nothing rules the
 * pair out.
 */
static int reduced(const struct steps *s, int32_t i, int32_t j, int64_t score)
{
        __int128 over = (__int128)s->step->mentee_price[i] + s->step->mentor_price[j] - worth(s, i, j, score);

        return (over > 0) - (over < 0);
}

static void count_ours(struct steps *s, int32_t i, int32_t j, int64_t score)
{
        s->sum += worth(s, i, j, score);
        s->counted += counts(s, score);
}

/* Scores of one band are one level. */
static int64_t level_of(const struct steps *s, int64_t score)
{
        int64_t band = s->c->r->band, level = score / band;

        return level * band > score ? level - 1 : level;
}

static struct err look_at_pair(struct steps *s, int32_t i, int32_t j, int64_t score, uint8_t *alive)
{
        int over = reduced(s, i, j, score);

        if (over < 0)
                return MATCHING_WRONG("a pair is worth more than its prices in a step");
        if (counts(s, score)) {
                s->one_score &= s->counted_score == MATCHING_NONE || level_of(s, s->counted_score) == level_of(s, score);
                s->counted_score = score;
        }
        if (s->c->r->mentor_of[i] == j)
                count_ours(s, i, j, score);
        *alive = over == 0;
        if (over > 0 && s->c->r->mentor_of[i] == j)
                return MATCHING_WRONG("a pair is ruled out by a step");
        return OK;
}

static struct err look_at_pairs(struct steps *s)
{
        for (int32_t i = 0; i < s->c->p->mentees; i++) {
                struct matching_list l = matching_check_list(s->c, i);
                for (int64_t k = 0; k < l.n; k++) {
                        uint8_t *alive = &s->alive[s->from[i] + k];
                        if (*alive)
                                TRY(look_at_pair(s, i, matching_mentor_at(&l, k), l.score[k],
                                                 alive));
                }
        }
        return OK;
}

static struct err look_at_prices(struct steps *s)
{
        for (int32_t i = 0; i < s->c->p->mentees; i++) {
                if (s->c->out[i])
                        continue;
                if (s->step->mentee_price[i] < 0)
                        return MATCHING_WRONG("a price of a step is negative");
                s->sum -= s->step->mentee_price[i];
                s->must_mentee[i] = s->step->mentee_price[i] > 0;
        }
        for (int32_t j = 0; j < s->c->p->mentors; j++) {
                if (s->step->mentor_price[j] < 0)
                        return MATCHING_WRONG("a price of a step is negative");
                s->sum -= (__int128)s->step->mentor_price[j] * s->c->places[j];
                s->must_mentor[j] = s->step->mentor_price[j] > 0;
        }
        return OK;
}

/* Each unit is more than all that the smaller ones can make, so that the first respect always decides. */
static bool units_are_apart(const struct steps *s)
{
        int64_t people = s->c->p->mentees, must = s->step->must_unit;

        return must > people && must < INT32_MAX && s->step->pair_unit > (2 * must + 1) * people;
}

static struct err look_at_step(struct steps *s)
{
        if (!units_are_apart(s))
                return MATCHING_WRONG("the units of a step are too close");
        s->sum = 0;
        s->counted = 0;
        s->counted_score = MATCHING_NONE;
        s->one_score = true;
        TRY(look_at_pairs(s));
        TRY(look_at_prices(s));
        if (s->sum != 0)
                return MATCHING_WRONG("a step could perhaps be done better");
        if (s->counted > 0 && !s->one_score)
                return MATCHING_WRONG("a step mixes several scores");
        return OK;
}

/* ---- all of them ---- */

static int64_t highest_alive(struct steps *s)
{
        int64_t highest = MATCHING_NONE;

        for (int32_t i = 0; i < s->c->p->mentees; i++) {
                struct matching_list l = matching_check_list(s->c, i);
                for (int64_t k = 0; k < l.n; k++)
                        if (s->alive[s->from[i] + k] && l.score[k] > highest)
                                highest = l.score[k];
        }
        return highest;
}

struct err matching_check_steps(struct matching_check *c, struct arena *a)
{
        struct steps s = {.c = c};
        const struct matching_result *r = c->r;
        int64_t reached = MATCHING_NONE;

        if (r->status != MATCHING_OPTIMAL)
                return OK;
        if (r->band < 1)
                return MATCHING_WRONG("a band is narrower than a score");
        get_ready(&s, a);
        for (int32_t k = 0; k < r->steps; k++) {
                s.step = &r->step[k];
                s.first = k == 0;
                if (!s.first && (s.step->above != reached || s.step->upto <= reached))
                        return MATCHING_WRONG("the steps do not follow each other");
                TRY(look_at_step(&s));
                reached = s.first ? reached : s.step->upto;
        }
        if (r->steps == 0 || highest_alive(&s) > reached)
                return MATCHING_WRONG("a step is missing");
        return OK;
}
