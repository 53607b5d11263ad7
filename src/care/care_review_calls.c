/* The review's second half: who is to be rung. What is planned once is not planned again. */
#include "care/care_parts.h"

#include "care/care.sql.h"
#include "os/random.h"

#include <stdlib.h>
#include <string.h>

enum { HOUR_DUE = 9, HOUR_UNTIL = 18, RED_AGAIN_DAYS = 14, LATELY_DAYS = 5, STALE_DAYS = 14 };

struct plan {
        struct tx *tx;
        const struct care_facts *f;
        const struct care_stands *flags;
        struct care_known_calls_list known;
        enum care_touch touch;
};

static bool is_open(const struct care_known_calls *k)
{
        return text_is(k->state, "due") || text_is(k->state, "scheduled");
}

/* A call of the plan is made once; a rescue again when the last one was a fortnight ago. */
static bool is_known(const struct plan *p, const struct pack_call *call,
                     const struct care_caller *who)
{
        for (size_t i = 0; i < p->known.n; i++) {
                const struct care_known_calls *k = &p->known.row[i];
                if (k->person != who->person || !text_equal(k->kind, call->key))
                        continue;
                if (call->who != PACK_CALL_RED && k->pair == who->pair)
                        return true;
                if (call->who == PACK_CALL_RED &&
                    (is_open(k) || (k->done_at.has &&
                                    k->done_at.v > p->f->now - RED_AGAIN_DAYS * (int64_t)CARE_DAY)))
                        return true;
        }
        return false;
}

/* One talk at a time: while somebody is to be rung, or was a few days ago, a call because of risk
 * or by lot waits. */
static bool is_busy(const struct plan *p, enum care_why why, const struct care_caller *who)
{
        if (why != CARE_WHY_RISK && why != CARE_WHY_LOT)
                return false;
        for (size_t i = 0; i < p->known.n; i++) {
                const struct care_known_calls *k = &p->known.row[i];
                bool lately = text_is(k->state, "done") && k->done_at.has &&
                              k->done_at.v > p->f->now - LATELY_DAYS * (int64_t)CARE_DAY;
                if (k->person == who->person && k->pair == who->pair && (is_open(k) || lately))
                        return true;
        }
        return false;
}

/* The flag that a call is about: the worst that concerns this person in this pair, the oldest of
 * those. */
static const struct care_stand *flag_of(const struct plan *p, const struct care_caller *who)
{
        const struct care_stand *worst = NULL;

        for (size_t i = 0; i < p->flags->n; i++) {
                const struct care_stand *s = &p->flags->row[i];
                bool mine = s->person == who->person ||
                            (s->person == 0 && s->pair != 0 && s->pair == who->pair);
                bool theirs = s->pair != 0 && s->pair == who->pair && s->level == CARE_RED;
                if (!mine && !theirs)
                        continue;
                if (!worst || s->level > worst->level ||
                    (s->level == worst->level && s->since < worst->since))
                        worst = s;
        }
        return worst;
}

static struct err plan_one(struct plan *p, const struct pack_call *call,
                           const struct care_caller *who, int64_t flag)
{
        struct care_window w = care_plan_call(call, &p->f->days, p->touch, who, p->f->today);
        const struct zone *z = p->f->cohort.zone;
        bool about_flag = w.why == CARE_WHY_RED || w.why == CARE_WHY_RISK;

        if (!w.wanted || is_known(p, call, who) || is_busy(p, w.why, who))
                return OK;
        return care_insert_call(p->tx, &(struct care_insert_call_in) {
                                               .id = random_id(),
                                               .cohort = p->f->cohort.id,
                                               .pair = who->pair,
                                               .person = who->person,
                                               .kind = call->key,
                                               .why = text_of(care_why_key(w.why)),
                                               .flag = about_flag ? flag : 0,
                                               .asked = TEXT(""),
                                               .due_at = zone_at(z, w.from_day, HOUR_DUE, 0),
                                               .until_at = zone_at(z, w.until_day, HOUR_UNTIL, 0)});
}

static struct err plan_all(struct plan *p, struct care_caller *who)
{
        const struct pack *pack = p->f->cohort.pack;
        const struct care_stand *flag = flag_of(p, who);

        who->flagged = flag != NULL;
        who->red_at = flag && flag->level == CARE_RED ? flag->since : 0;
        for (size_t i = 0; i < pack->n_calls; i++)
                TRY(plan_one(p, &pack->calls[i], who, flag ? flag->flag : 0));
        return OK;
}

static bool ended_early(const struct journeys_pair *p)
{
        return text_is(p->state, "closed") && p->closed_at.has && p->closed_at.v < p->planned_end &&
               !text_is(p->end_reason, "completed");
}

static struct care_caller caller_of(const struct plan *p, const struct care_pair_facts *f,
                                    bool mentor)
{
        const struct zone *z = p->f->cohort.zone;
        const struct journeys_pair *pair = &f->pair;
        int64_t person = mentor ? pair->mentor : pair->mentee;
        const struct care_person_facts *facts = care_facts_person(p->f, person);

        return (struct care_caller) {
                .person = person,
                .pair = pair->id,
                .mentor = mentor,
                .active = text_is(pair->state, "active") && p->f->now >= pair->clock_start,
                .clock_day = zone_day(z, pair->clock_start),
                .end_day = zone_day(z, pair->planned_end),
                .closed_day = ended_early(pair) ? zone_day(z, pair->closed_at.v) : 0,
                .missed_launch = facts && facts->missed_launch && !pair->first_met_at.has};
}

/* People whose flags are about themselves alone: no partner yet, or the training is missing. */
static struct err plan_single(struct plan *p, size_t i)
{
        const struct care_person_facts *person = &p->f->people[i];
        struct care_caller who = {
                .person = person->person, .mentor = person->mentor, .intake = p->f->intake[i]};

        for (size_t k = 0; k < p->f->n_pairs; k++)
                if (p->f->pairs[k].pair.mentor == who.person ||
                    p->f->pairs[k].pair.mentee == who.person)
                        return OK;
        return plan_all(p, &who);
}

struct err care_review_calls(struct tx *tx, const struct care_facts *f,
                             const struct care_stands *flags)
{
        struct plan p = {.tx = tx, .f = f, .flags = flags, .touch = care_touch_of(f->cohort.touch)};

        TRY(care_drop_calls(tx, f->cohort.id, f->now - STALE_DAYS * (int64_t)CARE_DAY));
        TRY(care_known_calls(tx, f->cohort.id, &p.known));
        for (size_t i = 0; i < f->n_pairs; i++) {
                struct care_caller mentor = caller_of(&p, &f->pairs[i], true);
                struct care_caller mentee = caller_of(&p, &f->pairs[i], false);
                if (text_is(f->pairs[i].pair.state, "closed") && !mentor.closed_day)
                        continue;
                TRY(plan_all(&p, &mentor));
                TRY(plan_all(&p, &mentee));
        }
        for (size_t i = 0; i < f->n_people; i++)
                TRY(plan_single(&p, i));
        return OK;
}
