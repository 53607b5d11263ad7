#include "matching/matching_rules.h"

#include "base/err.h"

#include <string.h>

const struct matching_weights matching_weights_default = {
        .part = {
                [MATCHING_GOALS] = 35, [MATCHING_WISHES] = 20,
                [MATCHING_LIKENESS] = 15, [MATCHING_TIME] = 10,
                [MATCHING_LEVEL] = 8, [MATCHING_FUNCTION] = 5,
                [MATCHING_FORMAT] = 4, [MATCHING_ASKED] = 3,
        },
        .floor_total = 450000,
        .floor_goals = 300000,
        .max_zone_minutes = 4 * 60,
        .least_half_hours = 2 * 4,
};

enum { HALF = MATCHING_ONE / 2, ENOUGH_HALF_HOURS = 2 * 6 };

/* ---- words ---- */

static bool in(struct matching_words words, struct text t)
{
        for (size_t k = 0; k < words.n; k++)
                if (text_equal(words.p[k], t))
                        return true;
        return false;
}

static const struct matching_skill_path *skill_of(struct matching_words words, size_t k)
{
        return words.skills ? &words.skills[k] : NULL;
}

static int32_t best_met(struct matching_words wishes, size_t wish, struct matching_words offers)
{
        int32_t best = 0;

        for (size_t k = 0; k < offers.n; k++) {
                int32_t m = matching_rules_meets(wishes.p[wish], skill_of(wishes, wish), offers.p[k],
                                                 skill_of(offers, k));
                best = m > best ? m : best;
        }
        return best;
}

/* ---- reasons: the three that weigh most ---- */

struct scorer {
        const struct matching_profile *mentee, *mentor;
        const struct matching_facts *facts;
        const struct matching_weights *weights;
        struct matching_fit *fit;
        int64_t strength[3]; /* of the reasons kept */
};

static void give_reason(struct scorer *s, struct matching_reason r, enum matching_part part,
                        int64_t share)
{
        int64_t strength = share * s->weights->part[part];
        int at = 3;

        while (at > 0 && strength > s->strength[at - 1])
                at--;
        if (strength <= 0 || at == 3)
                return;
        for (int k = 2; k > at; k--) {
                s->strength[k] = s->strength[k - 1];
                s->fit->reason[k] = s->fit->reason[k - 1];
        }
        s->strength[at] = strength;
        s->fit->reason[at] = r;
}

static void set_part(struct scorer *s, enum matching_part part, int64_t value)
{
        s->fit->part[part] = (int32_t)(value < 0 ? 0 : value > MATCHING_ONE ? MATCHING_ONE : value);
        s->fit->known[part] = true;
}

/* ---- goals and skills: how much of what the mentee is after the mentor can give ---- */

struct coverage {
        int64_t met, weight;
};

/* As its owner wrote it. */
static struct text said(struct matching_words words, size_t k)
{
        return words.said ? words.said[k] : words.p[k];
}

static void cover(struct scorer *s, struct matching_words wishes, const int32_t *weights, int32_t otherwise,
                  enum matching_reason_code code, struct coverage *c)
{
        struct matching_reason best = {.code = code};
        int64_t most = 0, share = 0;

        for (size_t k = 0; k < wishes.n; k++) {
                int64_t weight = weights ? weights[k] : otherwise;
                int64_t met = best_met(wishes, k, s->mentor->offers);
                c->met += met * weight;
                c->weight += weight;
                if (met * weight > most) {
                        most = met * weight;
                        share = met;
                        best.value = said(wishes, k);
                }
        }
        /* Half of its words is a coincidence, not a reason to tell people. */
        if (share > HALF)
                give_reason(s, best, MATCHING_GOALS, share);
}

static void score_goals(struct scorer *s)
{
        struct coverage c = {0};

        if (s->mentor->offers.n == 0)
                return;
        cover(s, s->mentee->wants, s->mentee->want_weights, MATCHING_WANT_WEIGHT, MATCHING_BECAUSE_WANT, &c);
        cover(s, s->mentee->goals, NULL, MATCHING_GOAL_WEIGHT, MATCHING_BECAUSE_GOAL, &c);
        if (c.weight > 0)
                set_part(s, MATCHING_GOALS, c.met / c.weight);
}

/* ---- wishes: 1 to 0.4 by rank, less for mentors passed over; a mentor's mark adds ---- */

static void score_wishes(struct scorer *s)
{
        const struct matching_facts *f = s->facts;
        int64_t value = HALF;

        if (!f->wishes_made && f->wish == 0 && !f->marked)
                return;
        if (f->wish > 0)
                value = MATCHING_ONE - (f->wish < 5 ? f->wish - 1 : 4) * 150000;
        else if (f->wishes_made)
                value = 300000;
        if (f->marked)
                value += f->wish > 0 ? 300000 : 200000;
        set_part(s, MATCHING_WISHES, value);
}

/* ---- likeness: what matters to both, what both like ---- */

/* Twice what is shared, over what both have; -1 when either says nothing. */
static int64_t alike(struct scorer *s, struct matching_words a, struct matching_words b,
                     enum matching_reason_code code)
{
        struct matching_reason reason = {.code = code};
        int64_t shared = 0;

        if (a.n == 0 || b.n == 0)
                return -1;
        for (size_t k = 0; k < a.n; k++) {
                if (!in(b, a.p[k]))
                        continue;
                if (shared++ == 0)
                        reason.value = said(a, k);
        }
        int64_t share = 2 * shared * MATCHING_ONE / (int64_t)(a.n + b.n);
        if (shared > 0)
                give_reason(s, reason, MATCHING_LIKENESS, share);
        return share < MATCHING_ONE ? share : MATCHING_ONE;
}

static void score_likeness(struct scorer *s)
{
        int64_t values = alike(s, s->mentee->values, s->mentor->values, MATCHING_BECAUSE_VALUE);
        int64_t interests =
                alike(s, s->mentee->interests, s->mentor->interests, MATCHING_BECAUSE_INTEREST);

        if (values >= 0 && interests >= 0)
                set_part(s, MATCHING_LIKENESS, (values + interests) / 2);
        else if (values >= 0 || interests >= 0)
                set_part(s, MATCHING_LIKENESS, values >= 0 ? values : interests);
}

/* ---- time, level, function, format, what was asked for ---- */

static void score_time(struct scorer *s)
{
        struct matching_reason r = {.code = MATCHING_BECAUSE_HOURS};

        if (!s->mentee->week.known || !s->mentor->week.known)
                return;
        r.number = matching_rules_common(s->mentee, s->mentor);
        int64_t share = (int64_t)r.number * MATCHING_ONE / ENOUGH_HALF_HOURS;
        set_part(s, MATCHING_TIME, share);
        give_reason(s, r, MATCHING_TIME, s->fit->part[MATCHING_TIME]);
}

/* One to three steps up, or five years of experience more, is what helps most; the better of the two counts. */
static void score_level(struct scorer *s)
{
        int mentee, mentor;
        int32_t steps = -1, years = -1;

        if (matching_grade(s->mentee->grade, &mentee) && matching_grade(s->mentor->grade, &mentor))
                steps = matching_rules_steps(mentor - mentee);
        if (s->mentee->years > 0 && s->mentor->years > 0)
                years = matching_rules_years((int64_t)s->mentor->years - s->mentee->years);
        if (steps >= 0 || years >= 0)
                set_part(s, MATCHING_LEVEL, steps > years ? steps : years);
}

static void score_function(struct scorer *s)
{
        if (!text_empty(s->mentee->function) && !text_empty(s->mentor->function))
                set_part(s, MATCHING_FUNCTION,
                         text_equal(s->mentee->function, s->mentor->function) ? 0 : MATCHING_ONE);
}

/* The first of a list is what somebody prefers. Being able to is worth half of wanting to. */
static int64_t preferred(struct scorer *s, struct matching_words a, struct matching_words b,
                         enum matching_reason_code code)
{
        if (a.n == 0 || b.n == 0)
                return -1;
        if (text_equal(a.p[0], b.p[0])) {
                give_reason(s, (struct matching_reason) {.code = code, .value = said(a, 0)},
                            MATCHING_FORMAT, MATCHING_ONE);
                return MATCHING_ONE;
        }
        for (size_t k = 0; k < a.n; k++)
                if (in(b, a.p[k]))
                        return HALF;
        return 0;
}

static void score_format(struct scorer *s)
{
        int64_t language =
                preferred(s, s->mentee->languages, s->mentor->languages, MATCHING_BECAUSE_LANGUAGE);
        int64_t format =
                preferred(s, s->mentee->formats, s->mentor->formats, MATCHING_BECAUSE_FORMAT);

        if (language >= 0 && format >= 0)
                set_part(s, MATCHING_FORMAT, (language + format) / 2);
        else if (language >= 0 || format >= 0)
                set_part(s, MATCHING_FORMAT, language >= 0 ? language : format);
}

static void score_asked(struct scorer *s)
{
        if (s->facts->asked != 0)
                set_part(s, MATCHING_ASKED, s->facts->asked > 0 ? MATCHING_ONE : 0);
}

/* ---- all together ---- */

static void add_up(struct scorer *s)
{
        int64_t sum = 0, weights = 0;

        for (int k = 0; k < MATCHING_PARTS; k++) {
                sum += (int64_t)s->fit->part[k] * s->weights->part[k];
                weights += s->weights->part[k];
        }
        s->fit->score = weights > 0 ? (sum + weights / 2) / weights : HALF;
}

/*
 * Part by part at least half where nothing is known, so a floor never punishes missing data but
 * only what is said.
 */
static void hold_to_floors(struct scorer *s)
{
        bool anything = false;

        for (int k = 0; k < MATCHING_PARTS; k++)
                anything |= s->fit->known[k];
        if (anything && s->fit->score < s->weights->floor_total)
                s->fit->forbidden |= MATCHING_LOW_TOTAL;
        if (s->fit->known[MATCHING_GOALS] && s->fit->part[MATCHING_GOALS] < s->weights->floor_goals)
                s->fit->forbidden |= MATCHING_LOW_GOALS;
}

void matching_rules_fit(const struct matching_profile *mentee,
                        const struct matching_profile *mentor, const struct matching_facts *facts,
                        const struct matching_weights *weights, struct matching_fit *fit)
{
        struct scorer s = {
                .mentee = mentee, .mentor = mentor, .facts = facts, .weights = weights, .fit = fit};

        *fit = (struct matching_fit) {0};
        for (int k = 0; k < MATCHING_PARTS; k++)
                fit->part[k] = HALF;
        score_goals(&s);
        score_wishes(&s);
        score_likeness(&s);
        score_time(&s);
        score_level(&s);
        score_function(&s);
        score_format(&s);
        score_asked(&s);
        add_up(&s);
        hold_to_floors(&s);
        matching_rules_hard(mentee, mentor, facts, weights, fit);
}
