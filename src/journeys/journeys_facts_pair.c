/* The dates and facts of one pair, as one of the two reads them. */
#include "journeys/journeys.h"
#include "journeys/journeys_facts.h"

enum { DAY_S = 86400, WIND_DOWN_DAYS = 28 };

struct journeys_pair journeys_pair_of_facts(const struct journeys_due_pairs *p)
{
        return (struct journeys_pair) {
                .id = p->id, .mentor = p->mentor, .mentee = p->mentee, .state = p->state,
                .activated_at = p->activated_at,
                .clock_start = p->clock_start, .planned_end = p->planned_end,
                .cadence_days = p->cadence_days,
                .closed_at = p->closed_at, .first_met_at = p->first_met_at,
                .last_contact_at = p->last_contact_at,
                .n_met = p->n_met, .n_goals = p->n_goals, .resumed_at = p->resumed_at,
                .agreed_at = p->agreed_at,
                .next_meeting_at = p->next_meeting_at, .reviewed_at = p->reviewed_at};
}

int64_t journeys_round(const struct journeys_facts *f, const struct journeys_due_pairs *p)
{
        struct journeys_pair pair = journeys_pair_of_facts(p);

        return zone_day(f->cohort.zone, journeys_rhythm_start(&pair));
}

struct pack_days journeys_pair_days(const struct journeys_facts *f,
                                    const struct journeys_due_pairs *p)
{
        int64_t start = zone_day(f->cohort.zone, p->clock_start);

        return (struct pack_days) {
                .launch = start > f->cohort.launch_day ? start : f->cohort.launch_day,
                .end = zone_day(f->cohort.zone, p->planned_end), .mid = f->mid_day};
}

/* Its time was up, or nearly; an early ending has letters of its own, from people. */
bool journeys_ended_as_planned(const struct journeys_due_pairs *p)
{
        return text_is(p->end_reason, "completed") ||
                (p->closed_at.has &&
                 p->closed_at.v >= p->planned_end - WIND_DOWN_DAYS * (int64_t)DAY_S);
}

static enum journeys_part_life life_of(const struct journeys_due_pairs *p)
{
        if (text_is(p->state, "active"))
                return PART_LIVE;
        if (text_is(p->state, "closing") || text_is(p->state, "closed"))
                return journeys_ended_as_planned(p) ? PART_OVER : PART_SILENT;
        return PART_SILENT;
}

static uint64_t fact_if(bool holds, enum pack_fact fact) { return holds ? PACK_FACT(fact) : 0; }

static uint64_t facts_of(const struct journeys_due_pairs *p, bool mentor)
{
        int64_t wind_down = p->planned_end - WIND_DOWN_DAYS * (int64_t)DAY_S;

        return fact_if(p->first_message_at.has, PACK_FIRST_MESSAGE_SENT) |
        fact_if(p->first_reply_at.has, PACK_FIRST_REPLY_SENT) |
                fact_if(p->next_meeting_at.has, PACK_MEETING_BOOKED) |
                fact_if(p->first_met_at.has, PACK_MET) |
                fact_if(p->agreed_at.has, PACK_AGREEMENT_SIGNED) |
                fact_if(p->n_goals > 0, PACK_GOAL_SET) |
                fact_if(p->reviewed_at.has, PACK_REVIEW_LOGGED) |
                fact_if(p->last_booked_at.has && p->last_booked_at.v >= wind_down,
                        PACK_CLOSING_BOOKED) |
                fact_if(mentor ? p->mentor_done_at.has : p->mentee_done_at.has, PACK_CLOSING_DONE);
}

const struct pack_survey *journeys_survey_asked(const struct pack *pack,
                                                const struct pack_reminder *r, const char **wave)
{
        static const struct { enum pack_fact fact; enum pack_wave kind; const char *wave; } of[] = {
                {PACK_MID_ANSWERED, PACK_WAVE_MID, "W3"}, {PACK_END_ANSWERED, PACK_WAVE_END, "W4"},
                {PACK_FOLLOWUP_ANSWERED, PACK_WAVE_FOLLOWUP, "W5"}};

        if (r->until & PACK_FACT(PACK_PULSE_ANSWERED)) {
                *wave = r->anchor == PACK_FIRST_MEETING ? "W1" : "W2";
                return pack_survey(pack, PACK_WAVE_PULSES);
        }
        for (size_t i = 0; i < sizeof of / sizeof of[0]; i++)
                if (r->until & PACK_FACT(of[i].fact)) {
                        *wave = of[i].wave;
                        return pack_survey(pack, of[i].kind);
                }
        return NULL;
}

/* ---- occasions ---- */

struct scene {
        struct journeys_part_builder b;
        const struct journeys_facts *f;
        const struct journeys_due_pairs *p;
        int64_t person;
        const struct zone *zone;
};

static void add(struct scene *s, enum pack_anchor anchor, int64_t day, uint64_t facts)
{
        journeys_occasion_add(&s->b, (struct journeys_occasion) {
                .anchor = anchor, .day = day, .what = "pair", .id = s->p->id, .facts = facts,
                .of = s->p});
}

static bool answered(const struct scene *s, const char *wave)
{
        for (size_t i = 0; i < s->f->answers.n; i++) {
                const struct journeys_due_answers *a = &s->f->answers.row[i];
                if (a->person == s->person && (a->pair == s->p->id || a->pair == 0) &&
                    text_is(a->wave, wave))
                        return true;
        }
        return false;
}

/*
 * Each contact begins a new round, with keys of its own: so the two letters of a round can come
 * again in the next.
 */
static void add_rhythm(struct scene *s)
{
        struct journeys_pair pair = journeys_pair_of_facts(s->p);
        struct journeys_occasion o = {.what = "pair", .id = s->p->id,
                                      .turn = journeys_round(s->f, s->p), .of = s->p};

        o.anchor = PACK_RHYTHM_SOON;
        o.day = zone_day(s->zone, journeys_soon_at(&pair));
        journeys_occasion_add(&s->b, o);
        o.anchor = PACK_RHYTHM_BROKEN;
        o.day = zone_day(s->zone, journeys_quiet_at(&pair));
        journeys_occasion_add(&s->b, o);
}

static void add_meetings(struct scene *s)
{
        const struct journeys_facts *f = s->f;

        for (size_t i = 0; i < f->meetings.n; i++) {
                const struct journeys_due_meetings *m = &f->meetings.row[i];
                if (m->pair == s->p->id)
                        journeys_occasion_add(&s->b, (struct journeys_occasion) {
                                .anchor = PACK_MEETING,
                                .day = zone_day(s->zone, m->starts_at + 60 * m->minutes),
                                .what = "meeting", .id = m->id, .turn = m->sequence, .of = m});
        }
        if (s->p->first_met_at.has)
                add(s, PACK_FIRST_MEETING, zone_day(s->zone, s->p->first_met_at.v),
                    fact_if(answered(s, "W1"), PACK_PULSE_ANSWERED));
        for (size_t i = 0; i < f->nth.n; i++)
                if (f->nth.row[i].pair == s->p->id)
                        add(s, f->nth.row[i].n == 2 ? PACK_SECOND_MEETING : PACK_THIRD_MEETING,
                            zone_day(s->zone, f->nth.row[i].at), 0);
}

static void add_goals(struct scene *s)
{
        for (size_t i = 0; i < s->f->goals.n; i++) {
                const struct journeys_due_goals *g = &s->f->goals.row[i];
                if (g->pair == s->p->id && g->owner == s->person)
                        journeys_occasion_add(&s->b, (struct journeys_occasion) {
                                .anchor = PACK_GOAL_DATE, .day = g->due_day, .what = "goal",
                                .id = g->id,
                                .turn = g->due_day, .of = g});
        }
}

static void add_phases(struct scene *s, const struct pack_days *days)
{
        for (size_t i = 0; i < s->f->phases.n; i++) {
                const struct programmes_phase *ph = &s->f->phases.row[i];
                if (ph->pack->announced && ph->from_day > days->launch)
                        journeys_occasion_add(&s->b, (struct journeys_occasion) {
                                .anchor = PACK_PHASE_CHANGE, .day = ph->from_day, .what = "phase",
                                .id = ph->ordinal,
                                .turn = s->p->id, .of = ph});
        }
}

static void add_survey(struct scene *s, enum pack_anchor anchor, enum pack_wave kind,
                       const char *wave, enum pack_fact fact,
                       const struct pack_days *days)
{
        const struct pack_survey *survey = pack_survey(s->f->cohort.pack, kind);

        if (survey)
                add(s, anchor, pack_day(survey->at, days), fact_if(answered(s, wave), fact));
}

/* Dates that lie before a late pair's own beginning are none of its business. */
static void add_dates(struct scene *s)
{
        struct pack_days days = journeys_pair_days(s->f, s->p);

        add_survey(s, PACK_WAVE_PULSE, PACK_WAVE_PULSES, "W2", PACK_PULSE_ANSWERED, &days);
        if (days.mid > days.launch) {
                add_survey(s, PACK_SURVEY_MID, PACK_WAVE_MID, "W3", PACK_MID_ANSWERED, &days);
                add(s, PACK_MID_GATHERING, days.mid, 0);
        }
        add_survey(s, PACK_SURVEY_END, PACK_WAVE_END, "W4", PACK_END_ANSWERED, &days);
        add(s, PACK_PLANNED_END, days.end, fact_if(answered(s, "W5"), PACK_FOLLOWUP_ANSWERED));
        add_phases(s, &days);
}

void journeys_pair_part(struct arena *a, const struct journeys_facts *f,
                        const struct journeys_due_pairs *p, int64_t person,
                        const struct zone *zone, struct journeys_part *out)
{
        bool mentor = p->mentor == person;
        unsigned to = 1u << PACK_TO_BOTH | 1u << PACK_TO_GOAL_OWNER |
        (mentor ? 1u << PACK_TO_MENTOR : 1u << PACK_TO_MENTEE);
        struct scene s = {.b = {.a = a, .part = {.to = to, .life = life_of(p),
                                                 .facts = facts_of(p, mentor), .of = p}},
                          .f = f, .p = p, .person = person, .zone = zone};

        if (s.b.part.life == PART_LIVE)
                add(&s, PACK_ACTIVATION, zone_day(zone, p->activated_at), 0);
        if (s.b.part.life == PART_LIVE && f->cohort.launched_at.has) {
                add(&s, PACK_CLOCK_START, zone_day(zone, p->clock_start), 0);
                add_rhythm(&s);
                add_meetings(&s);
                add_goals(&s);
        }
        if (s.b.part.life != PART_SILENT && f->cohort.launched_at.has)
                add_dates(&s);
        *out = s.b.part;
}
