/*
 * The morning's review: what the rules find, against what stands.  New flags open, those that are
 * over close, the river gets its row, silent pairs come to their ending, and calls are planned.
 * Safe at any hour and as often as wanted.
 */
#include "care/care_parts.h"

#include "care/care.sql.h"
#include "os/random.h"
#include "people/people.h"

#include <string.h>

struct review {
        struct tx *tx;
        struct care_facts facts;
        struct care_standing_list before;       /* open, or closed by a coordinator */
        bool *found;                            /* per row of before: the rule finds it still */
        struct care_stands stands;              /* what is open in the end */
        size_t room;
};

static void keep(struct review *r, struct care_stand s)
{
        if (r->stands.n == r->room) {
                size_t room = r->room ? 2 * r->room : 64;
                struct care_stand *row = arena_array(tx_arena(r->tx), struct care_stand, room);
                if (r->stands.n)
                        memcpy(row, r->stands.row, r->stands.n * sizeof *row);
                r->stands.row = row;
                r->room = room;
        }
        r->stands.row[r->stands.n++] = s;
}

/* The newest row about the same thing: an open one if there is one. */
static struct care_standing *same_thing(struct review *r, const struct care_finding *f)
{
        struct care_standing *closed = NULL;

        for (size_t i = 0; i < r->before.n; i++) {
                struct care_standing *s = &r->before.row[i];
                if (s->pair != f->pair || s->person != f->person ||
                    !text_is(s->rule, care_rule_key(f->rule)))
                        continue;
                if (!s->closed) {
                        r->found[i] = true;
                        return s;
                }
                if (!closed)
                        closed = s;
        }
        return closed;
}

static struct err open_flag(struct review *r, const struct care_finding *f)
{
        int64_t id = random_id();

        TRY(care_insert_flag(r->tx, &(struct care_insert_flag_in) {
                .id = id, .cohort = r->facts.cohort.id, .pair = f->pair, .person = f->person,
                .rule = text_of(care_rule_key(f->rule)), .level = f->level, .since = f->since,
                .data = care_figures_write(tx_arena(r->tx), &f->figures), .now = r->facts.now}));
        keep(r, (struct care_stand) {id, f->pair, f->person, f->level, f->since});
        return OK;
}

static struct err settle(struct review *r, const struct care_finding *f)
{
        const struct care_standing *s = same_thing(r, f);

        if (!s)
                return open_flag(r, f);
        if (s->closed) {
                struct care_closed closed = {.since = s->since,
                                             .level = s->level,
                                             .quiet_until = s->quiet_until,
                                             .by_person = true};
                return care_stays_closed(f, &closed, r->facts.now) ? OK : open_flag(r, f);
        }
        keep(r, (struct care_stand) {s->id, f->pair, f->person, f->level, s->since});
        if (s->level == f->level)
                return OK;
        return care_update_flag(r->tx, s->id, f->level,
                                care_figures_write(tx_arena(r->tx), &f->figures));
}

/* What the pairs' flags say about their mentors. */
static void trouble(struct review *r, const struct care_pair_facts *p,
                    const struct care_findings *found)
{
        struct care_person_facts *mentor = care_facts_person(&r->facts, p->pair.mentor);
        struct care_person_facts *mentee = care_facts_person(&r->facts, p->pair.mentee);

        if (mentor && found->n) {
                mentor->troubled++;
                if (found->row[0].since > mentor->troubled_since)
                        mentor->troubled_since = found->row[0].since;
        }
        for (size_t i = 0; i < found->n; i++) {
                bool gap = found->row[i].rule == CARE_GAP || found->row[i].rule == CARE_CLOSURE;
                if (mentor)
                        mentor->gap |= gap;
                if (mentee)
                        mentee->gap |= gap;
        }
}

static struct err judge(struct review *r)
{
        struct care_findings found;

        for (size_t i = 0; i < r->facts.n_pairs; i++) {
                care_judge_pair(&r->facts.pairs[i], r->facts.now, &found);
                trouble(r, &r->facts.pairs[i], &found);
                for (size_t k = 0; k < found.n; k++)
                        TRY(settle(r, &found.row[k]));
        }
        for (size_t i = 0; i < r->facts.n_people; i++) {
                care_judge_person(&r->facts.people[i], r->facts.now, &found);
                for (size_t k = 0; k < found.n; k++)
                        TRY(settle(r, &found.row[k]));
        }
        return OK;
}

/* Open and no longer found: over. What is raised by hand is closed by hand. */
static struct err close_what_is_over(struct review *r)
{
        for (size_t i = 0; i < r->before.n; i++) {
                const struct care_standing *s = &r->before.row[i];
                enum care_rule rule;
                if (s->closed || r->found[i])
                        continue;
                if (care_rule_of(s->rule, &rule) && care_rule_by_hand(rule))
                        keep(r, (struct care_stand) {s->id, s->pair, s->person, s->level,
                                                     s->since});
                else
                        TRY(care_shut_flag(r->tx, s->id, r->facts.now, TEXT("over"),
                                           (struct opt) {0}, (struct opt) {0}));
        }
        return OK;
}

/* Nobody is "expired": after ninety-seven silent days both get their five cards. */
static struct err conclude(struct review *r)
{
        for (size_t i = 0; i < r->facts.n_pairs; i++) {
                const struct journeys_pair *p = &r->facts.pairs[i].pair;
                if (care_may_conclude(p, r->facts.now))
                        TRY(journeys_close_by_staff(r->tx, &people_system, p->id,
                                                    TEXT("no-contact")));
        }
        return OK;
}

static struct err put_week(struct review *r)
{
        int64_t good = 0, soon = 0, quiet = 0;

        if (r->facts.now < r->facts.cohort.launch_at)
                return OK;
        for (size_t i = 0; i < r->facts.n_pairs; i++) {
                switch (journeys_rhythm(&r->facts.pairs[i].pair, r->facts.now)) {
                case RHYTHM_NOT_STARTED: case RHYTHM_PAUSED: case RHYTHM_OVER: break;
                case RHYTHM_GOOD: good++; break;
                case RHYTHM_SOON: soon++; break;
                case RHYTHM_QUIET: quiet++; break;
                }
        }
        return care_put_week(r->tx, r->facts.cohort.id,
                             (r->facts.today - r->facts.cohort.launch_day) / 7, good, soon, quiet);
}

struct err care_review(struct tx *tx, int64_t cohort)
{
        struct review r = {.tx = tx};

        TRY(care_facts(tx, cohort, &r.facts));
        TRY(care_standing(tx, cohort, &r.before));
        r.found = arena_array(tx_arena(tx), bool, r.before.n);
        TRY(judge(&r));
        TRY(close_what_is_over(&r));
        TRY(conclude(&r));
        TRY(put_week(&r));
        return care_review_calls(tx, &r.facts, &r.stands);
}
