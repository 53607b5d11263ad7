/* Gathers what the rules look at: one statement per kind of fact for the whole cohort, joined here
 * by id. */
#include "care/care_parts.h"

#include "care/care_facts.sql.h"
#include "learning/learning.h"

#include <stdlib.h>

enum { PULSE_DAYS = 28, SILENT_DAYS = 14, GATE_BEFORE_DAYS = 14, GATE_AFTER_DAYS = 28 };

static int by_person(const void *a, const void *b)
{
        int64_t x = ((const struct care_person_facts *)a)->person,
                y = ((const struct care_person_facts *)b)->person;

        return (x > y) - (x < y);
}

static int by_pair(const void *a, const void *b)
{
        int64_t x = ((const struct care_pair_facts *)a)->pair.id,
                y = ((const struct care_pair_facts *)b)->pair.id;

        return (x > y) - (x < y);
}

struct care_person_facts *care_facts_person(const struct care_facts *f, int64_t person)
{
        struct care_person_facts key = {.person = person};

        return f->n_people ? bsearch(&key, f->people, f->n_people, sizeof key, by_person) : NULL;
}

static struct care_pair_facts *pair_of(const struct care_facts *f, int64_t pair)
{
        struct care_pair_facts key = {.pair.id = pair};

        return f->n_pairs ? bsearch(&key, f->pairs, f->n_pairs, sizeof key, by_pair) : NULL;
}

/* ---- pairs ---- */

static struct err load_pairs(struct tx *tx, struct care_facts *f)
{
        struct journeys_pair_list pairs;

        TRY(journeys_pairs(tx, f->cohort.id, &pairs));
        f->pairs = arena_array(tx_arena(tx), struct care_pair_facts, pairs.n);
        for (; f->n_pairs < pairs.n; f->n_pairs++)
                f->pairs[f->n_pairs] =
                        (struct care_pair_facts) {.pair = pairs.row[f->n_pairs],
                                                 .mentor.person = pairs.row[f->n_pairs].mentor,
                                                 .mentee.person = pairs.row[f->n_pairs].mentee};
        if (f->n_pairs)
                qsort(f->pairs, f->n_pairs, sizeof *f->pairs, by_pair);
        return OK;
}

static struct err load_called_off(struct tx *tx, struct care_facts *f)
{
        struct care_facts_calls_off_list rows;

        TRY(care_facts_calls_off(tx, f->cohort.id, &rows));
        for (size_t i = 0; i < rows.n; i++) {
                struct care_pair_facts *p = pair_of(f, rows.row[i].pair);
                if (!p)
                        continue;
                p->called_off = rows.row[i].n;
                p->called_off_at = (struct opt) {true, rows.row[i].last_at};
                p->same_person =
                        rows.row[i].least_by != 0 && rows.row[i].least_by == rows.row[i].most_by;
        }
        return OK;
}

static struct err load_written(struct tx *tx, struct care_facts *f)
{
        struct care_facts_written_list rows;

        TRY(care_facts_written(tx, f->cohort.id, f->now - CARE_WINDOW_DAYS * (int64_t)CARE_DAY,
                               &rows));
        for (size_t i = 0; i < rows.n; i++) {
                const struct care_facts_written *r = &rows.row[i];
                struct care_pair_facts *p = pair_of(f, r->pair);
                if (!p)
                        continue;
                p->mentor.written = r->by_mentor;
                p->mentee.written = r->by_mentee;
                p->mentor.unanswered = r->mentor_waits;
                p->mentee.unanswered = r->mentee_waits;
                p->mentor.unanswered_since = r->mentor_since;
                p->mentee.unanswered_since = r->mentee_since;
        }
        return OK;
}

static struct err load_pulses(struct tx *tx, struct care_facts *f)
{
        struct care_facts_pulses_list rows;

        TRY(care_facts_pulses(tx, f->cohort.id, f->now - PULSE_DAYS * (int64_t)CARE_DAY, &rows));
        for (size_t i = 0; i < rows.n; i++) {
                const struct care_facts_pulses *r = &rows.row[i];
                struct care_pair_facts *p = pair_of(f, r->pair);
                if (!p || !r->lowest.has)
                        continue;
                struct care_side *s = r->person == p->mentor.person ? &p->mentor : &p->mentee;
                s->pulse_at = (struct opt) {true, r->at};
                s->pulse_lowest = r->lowest.v;
                s->pulse_useful = r->useful.has ? r->useful.v : r->lowest.v;
                s->pulse_before = r->before;
                s->wants_contact = text_is(r->contact, "yes") || text_is(r->contact, "urgent");
        }
        return OK;
}

/* ---- people ---- */

static struct err load_people(struct tx *tx, struct care_facts *f)
{
        struct programmes_participant_list parts;
        int64_t gate = pack_day(f->cohort.pack->calendar.training_gate, &f->days);
        bool near =
                f->today >= gate - GATE_BEFORE_DAYS && f->today <= f->days.launch + GATE_AFTER_DAYS;

        TRY(programmes_participants(tx, f->cohort.id, &parts));
        f->people = arena_array(tx_arena(tx), struct care_person_facts, parts.n);
        for (size_t i = 0; i < parts.n; i++)
                f->people[i] = (struct care_person_facts) {
                        .person = parts.row[i].person,
                        .mentor = parts.row[i].mentor,
                        .trained = true,
                        .preparing = near && text_is(parts.row[i].state, "accepted"),
                        .gate_at = zone_at(f->cohort.zone, gate, 9, 0)};
        if (parts.n)
                qsort(f->people, parts.n, sizeof *f->people, by_person);
        for (size_t i = 0; i < parts.n; i++) {
                struct care_person_facts *last = f->n_people ? &f->people[f->n_people - 1] : NULL;
                if (!last || last->person != f->people[i].person) {
                        f->people[f->n_people++] = f->people[i];
                        continue;
                }
                last->mentor |= f->people[i].mentor;
                last->preparing |= f->people[i].preparing;
        }
        f->intake = arena_array(tx_arena(tx), bool, f->n_people);
        return OK;
}

/* Only while the gate is near and somebody is still preparing: the training of a whole cohort is
 * many rows. */
static struct err load_training(struct tx *tx, struct care_facts *f)
{
        struct learning_standing_list all;
        bool any = false;

        for (size_t i = 0; i < f->n_people; i++)
                any |= f->people[i].preparing;
        if (!any)
                return OK;
        TRY(learning_status_all(tx, &f->cohort, &all));
        for (size_t i = 0; i < all.n; i++) {
                struct care_person_facts *p = care_facts_person(f, all.row[i].who.person);
                if (!p || !text_is(all.row[i].who.state, "accepted"))
                        continue;
                p->trained &= all.row[i].status.complete;
                p->started |= all.row[i].status.started;
        }
        return OK;
}

static void proposed(struct care_facts *f, int64_t person, int64_t at, bool waits)
{
        struct care_person_facts *p = waits ? care_facts_person(f, person) : NULL;

        if (p && (!p->proposed_at.has || at < p->proposed_at.v))
                p->proposed_at = (struct opt) {true, at};
}

static struct err load_proposed(struct tx *tx, struct care_facts *f)
{
        struct care_facts_proposed_list rows;

        TRY(care_facts_proposed(tx, f->cohort.id, &rows));
        for (size_t i = 0; i < rows.n; i++) {
                proposed(f, rows.row[i].mentor, rows.row[i].published_at, rows.row[i].mentor_waits);
                proposed(f, rows.row[i].mentee, rows.row[i].published_at, rows.row[i].mentee_waits);
        }
        return OK;
}

static struct err load_missed(struct tx *tx, struct care_facts *f)
{
        struct care_facts_missed_list rows;
        struct care_facts_silent_list silent;

        TRY(care_facts_missed(tx, f->cohort.id, &rows));
        for (size_t i = 0; i < rows.n; i++) {
                struct care_person_facts *p = care_facts_person(f, rows.row[i].person);
                if (!p)
                        continue;
                p->missed = rows.row[i].n;
                p->missed_launch = rows.row[i].launch > 0;
                p->missed_at = (struct opt) {true, rows.row[i].last_at};
        }
        TRY(care_facts_silent(tx, f->cohort.id, f->now - SILENT_DAYS * (int64_t)CARE_DAY, &silent));
        for (size_t i = 0; i < silent.n; i++) {
                struct care_person_facts *p = care_facts_person(f, silent.row[i].person);
                if (!p)
                        continue;
                p->silent = silent.row[i].n;
                p->silent_since = (struct opt) {true, silent.row[i].since};
        }
        return OK;
}

static bool in_open_pair(const struct care_facts *f, int64_t person, bool *met)
{
        bool open = false;

        *met = false;
        for (size_t i = 0; i < f->n_pairs; i++) {
                const struct journeys_pair *p = &f->pairs[i].pair;
                if (p->mentor != person && p->mentee != person)
                        continue;
                *met |= p->first_met_at.has;
                open |= text_is(p->state, "active");
        }
        return open;
}

/* Once somebody's pairs are over, or paused, gatherings and surveys are no reason to ring. */
static void settle_people(struct care_facts *f)
{
        bool launched = f->now >= f->cohort.launch_at;

        for (size_t i = 0; i < f->n_people; i++) {
                struct care_person_facts *p = &f->people[i];
                if (p->missed == 0 && p->silent == 0)
                        continue;
                bool open = in_open_pair(f, p->person, &p->met);
                if (open || !launched)
                        continue;
                p->missed = 0;
                p->silent = 0;
        }
}

/* ---- reminders that ask for a person ---- */

static bool still_open(const struct journeys_pair *p, uint64_t until)
{
        if (!text_is(p->state, "active"))
                return false;
        if (until & PACK_FACT(PACK_AGREEMENT_SIGNED) && p->agreed_at.has)
                return false;
        if (until & PACK_FACT(PACK_GOAL_SET) && p->n_goals > 0)
                return false;
        return !(until & PACK_FACT(PACK_CLOSING_BOOKED)) || !p->next_meeting_at.has;
}

static int64_t first_fact(uint64_t until)
{
        for (int64_t fact = 0; fact < PACK_FACTS; fact++)
                if (until & PACK_FACT(fact))
                        return fact;
        return PACK_FACT_NEVER;
}

static struct err load_nudged_by(struct tx *tx, struct care_facts *f, const struct pack_reminder *r)
{
        struct care_facts_nudged_list rows;

        TRY(care_facts_nudged(tx, f->cohort.id, r->sends[r->n_sends - 1].text,
                              f->now - CARE_FRESH_DAYS * (int64_t)CARE_DAY, &rows));
        for (size_t i = 0; i < rows.n; i++) {
                struct care_person_facts *p = care_facts_person(f, rows.row[i].person);
                const struct care_pair_facts *pair = pair_of(f, rows.row[i].pair);
                if (!p || !pair || !still_open(&pair->pair, r->until) ||
                    (p->nudged_at.has && p->nudged_at.v > rows.row[i].at))
                        continue;
                p->nudged_at = (struct opt) {true, rows.row[i].at};
                p->nudged = (int64_t)r->n_sends;
                p->nudged_for = first_fact(r->until);
                p->nudged_pair = rows.row[i].pair;
        }
        return OK;
}

static struct err load_nudged(struct tx *tx, struct care_facts *f)
{
        for (size_t i = 0; i < f->cohort.pack->n_reminders; i++)
                if (f->cohort.pack->reminders[i].then_person &&
                    f->cohort.pack->reminders[i].n_sends)
                        TRY(load_nudged_by(tx, f, &f->cohort.pack->reminders[i]));
        return OK;
}

static struct err load_intake(struct tx *tx, struct care_facts *f)
{
        struct care_facts_intake_list rows;

        if (f->today >= f->days.launch)
                return OK;
        TRY(care_facts_intake(tx, f->cohort.id, &rows));
        for (size_t i = 0; i < rows.n; i++) {
                struct care_person_facts *p = care_facts_person(f, rows.row[i].person);
                if (p)
                        f->intake[p - f->people] = true;
        }
        return OK;
}

struct err care_facts(struct tx *tx, int64_t cohort, struct care_facts *out)
{
        *out = (struct care_facts) {.now = tx_now(tx)};
        TRY(programmes_cohort(tx, cohort, &out->cohort));
        out->today = zone_day(out->cohort.zone, out->now);
        out->days = pack_days_of(out->cohort.pack, out->cohort.launch_day);
        TRY(load_pairs(tx, out));
        TRY(load_called_off(tx, out));
        TRY(load_written(tx, out));
        TRY(load_pulses(tx, out));
        TRY(load_people(tx, out));
        TRY(load_training(tx, out));
        TRY(load_proposed(tx, out));
        TRY(load_missed(tx, out));
        TRY(load_nudged(tx, out));
        settle_people(out);
        return load_intake(tx, out);
}
