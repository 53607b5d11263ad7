/* Which flags stand, and since when. Numbers are the defaults that HACKING.md and docs/decisions
 * point to; change them here only. */
#include "care/care_rules.h"

enum {
        MESSAGE_AMBER = 3,
        MESSAGE_RED = 7,
        MEETING_AMBER = 14,
        MEETING_RED = 21,
        AGREEMENT_AMBER = 21,
        AGREEMENT_RED = 35,
        ENDING_DAYS = 21,
        GOALS_MEETINGS = 3,
        GOALS_AMBER = 42,
        GOALS_RED = 63,
        BOOKED_SOON = 7,
        CALLED_OFF_AMBER = 2,
        CALLED_OFF_RED = 3,
        ONE_SIDED_LEAST = 5,
        ONE_SIDED_PERCENT = 80,
        UNANSWERED_LEAST = 2,
        UNANSWERED_DAYS = 14,
        PULSE_AMBER = 2,
        PULSE_RED = 1,
        PULSE_DROP = 2,
        APART_AMBER = 2,
        APART_RED = 3,
        TRAINING_AMBER = 14,
        PROPOSAL_AMBER = 3,
        PROPOSAL_RED = 5,
        MISSED_RED = 2,
        SILENT_AMBER = 2,
        OVERLOAD = 2,
        NUDGED_GRACE = 5,
};

static const struct { const char *key; bool by_hand, event;
} rules[CARE_RULES] = {
        [CARE_TRAINING] = {"training", false, false},
        [CARE_PROPOSAL] = {"proposal", false, true},
        [CARE_FIRST_MESSAGE] = {"first-message", false, false},
        [CARE_FIRST_MEETING] = {"first-meeting", false, false},
        [CARE_AGREEMENT] = {"agreement", false, false},
        [CARE_GOALS] = {"goals", false, false},
        [CARE_GAP] = {"gap", false, false},
        [CARE_CLOSURE] = {"closure", false, false},
        [CARE_CANCELLED] = {"cancelled", false, true},
        [CARE_ONE_SIDED] = {"one-sided", false, false},
        [CARE_UNANSWERED] = {"unanswered", false, false},
        [CARE_APART] = {"apart", false, true},
        [CARE_PULSE] = {"pulse", false, true},
        [CARE_GATHERING] = {"gathering", false, true},
        [CARE_SILENT] = {"silent", false, true},
        [CARE_OVERLOAD] = {"overload", false, false},
        [CARE_NUDGED] = {"nudged", false, true},
        [CARE_UNREACHABLE] = {"unreachable", true, false},
        [CARE_FORBIDDEN] = {"forbidden", true, false},
};

const char *care_rule_key(enum care_rule rule) { return rules[rule].key; }
bool care_rule_by_hand(enum care_rule rule) { return rules[rule].by_hand; }
bool care_rule_of_event(enum care_rule rule) { return rules[rule].event; }

bool care_rule_of(struct text key, enum care_rule *out)
{
        for (int i = 0; i < CARE_RULES; i++) {
                if (!text_is(key, rules[i].key))
                        continue;
                *out = (enum care_rule)i;
                return true;
        }
        return false;
}

static int64_t after(int64_t t, int64_t days) { return t + days * CARE_DAY; }
static bool fresh(struct opt at, int64_t now)
{
        return at.has && now < after(at.v, CARE_FRESH_DAYS);
}

static void raise(struct care_findings *out, struct care_finding f)
{
        if (out->n < sizeof out->row / sizeof out->row[0])
                out->row[out->n++] = f;
}

/* ---- a pair ---- */

/* Something that should have happened so many days after a moment and has not. */
static void overdue(const struct care_pair_facts *f, enum care_rule rule, int64_t amber,
                    int64_t red, int64_t now, struct care_findings *out)
{
        int64_t start = f->pair.clock_start;

        if (f->pair.resumed_at.has && f->pair.resumed_at.v > start)
                start = f->pair.resumed_at.v;
        if (now < after(start, amber))
                return;
        raise(out, (struct care_finding) {
                           .rule = rule,
                           .level = now >= after(start, red) ? CARE_RED : CARE_AMBER,
                           .pair = f->pair.id,
                           .since = after(start, amber),
                           .figures = {.from = start, .limit = amber, .n = f->pair.n_met}});
}

/* Three meetings without a goal, or six weeks, whichever comes first. */
static void judge_goals(const struct care_pair_facts *f, int64_t now, struct care_findings *out)
{
        size_t before = out->n;

        overdue(f, CARE_GOALS, GOALS_AMBER, GOALS_RED, now, out);
        if (out->n == before && f->pair.n_met >= GOALS_MEETINGS)
                raise(out, (struct care_finding) {.rule = CARE_GOALS,
                                                 .level = CARE_AMBER,
                                                 .pair = f->pair.id,
                                                 .since = f->pair.last_met_at.v,
                                                 .figures = {.from = f->pair.clock_start,
                                                             .limit = GOALS_AMBER,
                                                             .n = f->pair.n_met}});
}

static void judge_beginning(const struct care_pair_facts *f, int64_t now, struct care_findings *out)
{
        const struct journeys_pair *p = &f->pair;

        if (!p->first_message_at.has && !p->first_met_at.has)
                overdue(f, CARE_FIRST_MESSAGE, MESSAGE_AMBER, MESSAGE_RED, now, out);
        if (!p->first_met_at.has)
                overdue(f, CARE_FIRST_MEETING, MEETING_AMBER, MEETING_RED, now, out);
        /* With the closing cards open nobody agrees any more on how they will work, or what for. */
        if (now >= after(p->planned_end, -ENDING_DAYS))
                return;
        if (!p->agreed_at.has && p->first_met_at.has)
                overdue(f, CARE_AGREEMENT, AGREEMENT_AMBER, AGREEMENT_RED, now, out);
        if (p->n_goals == 0 && p->first_met_at.has)
                judge_goals(f, now, out);
}

/* Before the first contact the beginning's own rules speak; a pair that never began is looked at
 * for an ending all the same. */
static void judge_gap(const struct journeys_pair *p, int64_t now, struct care_findings *out)
{
        int64_t from = journeys_rhythm_start(p);
        bool soon = p->next_meeting_at.has && p->next_meeting_at.v <= after(now, BOOKED_SOON);
        struct care_figures figures = {.from = from, .limit = p->cadence_days};

        if (soon)
                return;
        if (now >= after(from, CARE_REVIEW_DAYS)) {
                figures.limit = CARE_CONCLUDE_DAYS + CARE_CONCLUDE_GRACE_DAYS;
                raise(out, (struct care_finding) {.rule = CARE_CLOSURE,
                                                 .level = CARE_RED,
                                                 .pair = p->id,
                                                 .since = after(from, CARE_REVIEW_DAYS),
                                                 .figures = figures});
        } else if (now >= journeys_quiet_at(p) && p->last_contact_at.has) {
                raise(out, (struct care_finding) {.rule = CARE_GAP,
                                                 .pair = p->id,
                                                 .since = journeys_quiet_at(p),
                                                 .level = now >= after(from, CARE_RED_GAP_DAYS)
                                                                  ? CARE_RED
                                                                  : CARE_AMBER,
                                                 .figures = figures});
        }
}

static void judge_cancelled(const struct care_pair_facts *f, int64_t now, struct care_findings *out)
{
        bool red = f->called_off >= CALLED_OFF_RED && f->same_person;

        if (f->called_off < CALLED_OFF_AMBER || !fresh(f->called_off_at, now))
                return;
        raise(out, (struct care_finding) {.rule = CARE_CANCELLED,
                                         .level = red ? CARE_RED : CARE_AMBER,
                                         .pair = f->pair.id,
                                         .since = f->called_off_at.v,
                                         .figures = {.from = f->called_off_at.v,
                                                     .limit = CALLED_OFF_AMBER,
                                                     .n = f->called_off}});
}

static void judge_silence_of(const struct care_pair_facts *f, const struct care_side *writer,
                             const struct care_side *other, int64_t now, struct care_findings *out)
{
        if (writer->unanswered < UNANSWERED_LEAST || !writer->unanswered_since.has ||
            now < after(writer->unanswered_since.v, UNANSWERED_DAYS))
                return;
        raise(out,
              (struct care_finding) {.rule = CARE_UNANSWERED,
                                    .level = CARE_RED,
                                    .pair = f->pair.id,
                                    .person = other->person,
                                    .since = after(writer->unanswered_since.v, UNANSWERED_DAYS),
                                    .figures = {.from = writer->unanswered_since.v,
                                                .limit = UNANSWERED_DAYS,
                                                .n = writer->unanswered}});
}

static void judge_sides(const struct care_pair_facts *f, int64_t now, struct care_findings *out)
{
        int64_t all = f->mentor.written + f->mentee.written;
        int64_t most =
                f->mentor.written > f->mentee.written ? f->mentor.written : f->mentee.written;
        size_t before = out->n;

        judge_silence_of(f, &f->mentor, &f->mentee, now, out);
        judge_silence_of(f, &f->mentee, &f->mentor, now, out);
        if (out->n > before || all < ONE_SIDED_LEAST || most * 100 < all * ONE_SIDED_PERCENT)
                return;
        raise(out, (struct care_finding) {.rule = CARE_ONE_SIDED,
                                         .level = CARE_AMBER,
                                         .pair = f->pair.id,
                                         .since = now,
                                         .figures = {.from = after(now, -CARE_WINDOW_DAYS),
                                                     .limit = ONE_SIDED_PERCENT,
                                                     .n = most,
                                                     .of = all}});
}

static void judge_pulse(const struct journeys_pair *p, const struct care_side *s, int64_t now,
                        struct care_findings *out)
{
        bool dropped = s->pulse_before.has && s->pulse_before.v - s->pulse_lowest >= PULSE_DROP;
        bool red = s->pulse_lowest <= PULSE_RED || s->wants_contact;

        if (!fresh(s->pulse_at, now) || (!red && !dropped && s->pulse_lowest > PULSE_AMBER))
                return;
        raise(out, (struct care_finding) {.rule = CARE_PULSE,
                                         .level = red ? CARE_RED : CARE_AMBER,
                                         .pair = p->id,
                                         .person = s->person,
                                         .since = s->pulse_at.v,
                                         .figures = {.from = s->pulse_at.v,
                                                     .limit = PULSE_AMBER,
                                                     .n = s->pulse_lowest,
                                                     .of = s->wants_contact}});
}

static void judge_apart(const struct care_pair_facts *f, int64_t now, struct care_findings *out)
{
        int64_t apart = f->mentor.pulse_useful - f->mentee.pulse_useful;
        int64_t at = f->mentor.pulse_at.v > f->mentee.pulse_at.v ? f->mentor.pulse_at.v
                                                                 : f->mentee.pulse_at.v;

        if (apart < 0)
                apart = -apart;
        if (!fresh(f->mentor.pulse_at, now) || !fresh(f->mentee.pulse_at, now) ||
            apart < APART_AMBER)
                return;
        raise(out,
              (struct care_finding) {.rule = CARE_APART,
                                    .level = apart >= APART_RED ? CARE_RED : CARE_AMBER,
                                    .pair = f->pair.id,
                                    .since = at,
                                    .figures = {.from = at, .limit = APART_AMBER, .n = apart}});
}

void care_judge_pair(const struct care_pair_facts *f, int64_t now, struct care_findings *out)
{
        out->n = 0;
        if (!text_is(f->pair.state, "active") || now < f->pair.clock_start)
                return;
        judge_beginning(f, now, out);
        judge_gap(&f->pair, now, out);
        judge_cancelled(f, now, out);
        judge_sides(f, now, out);
        judge_pulse(&f->pair, &f->mentor, now, out);
        judge_pulse(&f->pair, &f->mentee, now, out);
        judge_apart(f, now, out);
}

bool care_may_conclude(const struct journeys_pair *p, int64_t now)
{
        return text_is(p->state, "active") && !p->next_meeting_at.has &&
               now >= after(journeys_rhythm_start(p),
                            CARE_CONCLUDE_DAYS + CARE_CONCLUDE_GRACE_DAYS);
}

/* ---- a person ---- */

static void judge_training(const struct care_person_facts *f, int64_t now,
                           struct care_findings *out)
{
        bool red = now >= f->gate_at;

        if (!f->preparing || f->trained || now < after(f->gate_at, -TRAINING_AMBER) ||
            (!red && f->started))
                return;
        raise(out, (struct care_finding) {
                .rule = CARE_TRAINING, .level = red ? CARE_RED : CARE_AMBER, .person = f->person,
                .since = red ? f->gate_at : after(f->gate_at, -TRAINING_AMBER),
                .figures = {.from = f->gate_at, .limit = TRAINING_AMBER, .of = f->started}});
}

static void judge_proposal(const struct care_person_facts *f, int64_t now,
                           struct care_findings *out)
{
        if (!f->proposed_at.has || now < after(f->proposed_at.v, PROPOSAL_AMBER))
                return;
        raise(out,
              (struct care_finding) {
                      .rule = CARE_PROPOSAL,
                      .level = now >= after(f->proposed_at.v, PROPOSAL_RED) ? CARE_RED : CARE_AMBER,
                      .person = f->person,
                      .since = after(f->proposed_at.v, PROPOSAL_AMBER),
                      .figures = {.from = f->proposed_at.v, .limit = PROPOSAL_AMBER}});
}

static void judge_gatherings(const struct care_person_facts *f, int64_t now,
                             struct care_findings *out)
{
        bool red = f->missed >= MISSED_RED || (f->missed_launch && !f->met);

        if (f->missed == 0 || !fresh(f->missed_at, now))
                return;
        raise(out, (struct care_finding) {.rule = CARE_GATHERING,
                                         .level = red ? CARE_RED : CARE_AMBER,
                                         .person = f->person,
                                         .since = f->missed_at.v,
                                         .figures = {.from = f->missed_at.v,
                                                     .limit = 1,
                                                     .n = f->missed,
                                                     .of = f->missed_launch && !f->met}});
}

static void judge_rest(const struct care_person_facts *f, int64_t now, struct care_findings *out)
{
        if (f->silent >= SILENT_AMBER && f->silent_since.has)
                raise(out, (struct care_finding) {.rule = CARE_SILENT,
                                                 .level = f->gap ? CARE_RED : CARE_AMBER,
                                                 .person = f->person,
                                                 .since = f->silent_since.v,
                                                 .figures = {.from = f->silent_since.v,
                                                             .limit = SILENT_AMBER,
                                                             .n = f->silent}});
        if (f->mentor && f->troubled >= OVERLOAD)
                raise(out, (struct care_finding) {.rule = CARE_OVERLOAD,
                                                 .level = CARE_AMBER,
                                                 .person = f->person,
                                                 .since = f->troubled_since,
                                                 .figures = {.from = f->troubled_since,
                                                             .limit = OVERLOAD,
                                                             .n = f->troubled}});
        if (f->nudged_at.has && now >= after(f->nudged_at.v, NUDGED_GRACE) &&
            fresh(f->nudged_at, now))
                raise(out, (struct care_finding) {.rule = CARE_NUDGED,
                                                 .level = CARE_AMBER,
                                                 .person = f->person,
                                                 .pair = f->nudged_pair,
                                                 .since = after(f->nudged_at.v, NUDGED_GRACE),
                                                 .figures = {.from = f->nudged_at.v,
                                                             .limit = NUDGED_GRACE,
                                                             .n = f->nudged,
                                                             .of = f->nudged_for}});
}

void care_judge_person(const struct care_person_facts *f, int64_t now, struct care_findings *out)
{
        out->n = 0;
        judge_training(f, now, out);
        judge_proposal(f, now, out);
        judge_gatherings(f, now, out);
        judge_rest(f, now, out);
}

/* ---- closed by a coordinator ---- */

bool care_stays_closed(const struct care_finding *found, const struct care_closed *before,
                       int64_t now)
{
        if (!before->by_person || found->level > before->level)
                return false;
        if (before->quiet_until.has && now < before->quiet_until.v)
                return true;
        return care_rule_of_event(found->rule) && found->since == before->since;
}
