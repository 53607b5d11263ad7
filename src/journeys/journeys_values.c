#include "journeys/journeys_values.h"

#include "html/format.h"
#include "html/messages.h"
#include "journeys/journeys.h"
#include "journeys/journeys_rules.h"

enum { DAY_S = 86400, LINK_DAYS = 30, KEEP_DAYS = 90 };

static void set(struct journeys_matter *m, enum pack_hole hole, struct text value)
{
        m->values.of[hole] = value;
}

static void set_int(struct arena *a, struct journeys_matter *m, enum pack_hole hole, int64_t n)
{
        set(m, hole, text_format(a, "%lld", (long long)n));
}

static void set_day(struct arena *a, struct journeys_matter *m, enum pack_hole hole, int64_t day)
{
        set(m, hole, format_day_week(a, m->locale, day));
}

struct text journeys_zone_words(struct arena *a, enum locale l, const struct zone *z)
{
        return msg_with(a, l, M_("{city} time"), "city", format_city(a, l, z), NULL);
}

static const char *place_words(const struct journeys_matter *m)
{
        return m->gathering ? M_("The way in stands on the page behind the button.")
                            : M_("Where and how you have agreed.");
}

void journeys_moment_values(struct arena *a, struct journeys_matter *m, int64_t starts_at,
                            int64_t minutes, struct text place)
{
        set_day(a, m, PACK_HOLE_DATE, zone_day(m->zone, starts_at));
        set(m, PACK_HOLE_TIME, format_time(a, m->locale, m->zone, starts_at));
        set(m, PACK_HOLE_ZONE, journeys_zone_words(a, m->locale, m->zone));
        set_int(a, m, PACK_HOLE_MINUTES, minutes);
        if (!text_empty(place))
                set(m, PACK_HOLE_PLACE, place);
        else
                set(m, PACK_HOLE_PLACE, text_of(msg(m->locale, place_words(m))));
}

/* ---- by what the letter is about ---- */

struct scene {
        struct arena *a;
        const struct journeys_facts *f;
        const struct journeys_addressee *to;
        const struct journeys_due *d;
        struct journeys_matter *m;
};

static void fill_training(struct scene *s)
{
        struct journeys_training t = journeys_training_of(s->f, s->to->due.person, s->to->mentor);
        int64_t gate = journeys_calendar_day(s->f, s->f->cohort.pack->calendar.training_gate);
        int64_t week = zone_day(s->to->zone, s->f->now) + 7;

        set_int(s->a, s->m, PACK_HOLE_MINUTES, t.minutes);
        set_int(s->a, s->m, PACK_HOLE_N, t.n);
        /* Somebody who came late has a week, not a date that is over. */
        set_day(s->a, s->m, PACK_HOLE_DEADLINE, gate < week - 5 ? week : gate);
        if (t.next) {
                s->m->module = t.next->key;
                set(s->m, PACK_HOLE_MODULE, t.next->title.in[s->to->locale]);
        }
}

static void fill_proposal(struct scene *s)
{
        const struct journeys_due_proposals *p = s->d->occasion->of;

        s->m->proposal = p->id;
        s->m->expires = p->expires_at;
        set(s->m, PACK_HOLE_PARTNER, s->to->due.person == p->mentor ? p->mentee_name
            : p->mentor_name);
        set_day(s->a, s->m, PACK_HOLE_DEADLINE, zone_day(s->to->zone, p->expires_at));
}

static void fill_gathering(struct scene *s)
{
        const struct journeys_due_seats *seat = s->d->occasion->of;
        const struct pack_gathering *g = pack_gathering(s->f->cohort.pack, seat->key);

        s->m->gathering = seat->gathering;
        s->m->expires = seat->starts_at;
        set(s->m, PACK_HOLE_AGENDA, g ? g->title.in[s->to->locale] : seat->title);
        journeys_moment_values(s->a, s->m, seat->starts_at, seat->minutes, seat->join_url);
}

static void fill_meeting(struct scene *s)
{
        const struct journeys_due_meetings *m = s->d->occasion->of;

        s->m->meeting = m->id;
        journeys_moment_values(s->a, s->m, m->starts_at, m->minutes, TEXT_ABSENT);
}

static void fill_goal(struct scene *s)
{
        const struct journeys_due_goals *g = s->d->occasion->of;

        set(s->m, PACK_HOLE_GOAL, g->statement);
        set_day(s->a, s->m, PACK_HOLE_DATE, g->due_day);
}

static void fill_phase(struct scene *s)
{
        const struct programmes_phase *ph = s->d->occasion->of;

        set(s->m, PACK_HOLE_PHASE, ph->pack->title.in[s->to->locale]);
        set_day(s->a, s->m, PACK_HOLE_DATE, ph->from_day);
}

/* The module that the phase brings (R30: how to end well). */
static void fill_module(struct scene *s, int64_t day)
{
        const struct pack *pack = s->f->cohort.pack;
        const struct journeys_due_pairs *p = s->d->part->of;
        struct pack_days days = journeys_pair_days(s->f, p);
        const struct pack_phase *phase = pack_phase_on(pack, &days, day);

        for (size_t i = 0; i < pack->n_modules; i++) {
                const struct pack_module *m = &pack->modules[i];
                if (m->phase != phase || !pack_side_has(m->who,
                                                        s->to->mentor ? PACK_MENTOR : PACK_MENTEE))
                        continue;
                s->m->module = m->key;
                set(s->m, PACK_HOLE_MODULE, m->title.in[s->to->locale]);
                set_int(s->a, s->m, PACK_HOLE_MINUTES, m->minutes);
                return;
        }
}

static void fill_end(struct scene *s)
{
        const struct journeys_due_pairs *p = s->d->part->of;
        int64_t end = s->to->about_end.has ? s->to->about_end.v : s->d->occasion->day;

        set_day(s->a, s->m, PACK_HOLE_DATE, end);
        set_day(s->a, s->m, PACK_HOLE_DEADLINE, end + KEEP_DAYS);
        if (!p)
                return;
        set_int(s->a, s->m, PACK_HOLE_MEETINGS_LEFT, journeys_meetings_left(s->f->now, p->planned_end, p->cadence_days));
        fill_module(s, end - 1);
}

static void fill_ranking(struct scene *s)
{
        const struct journeys_due_rankings *r = s->d->occasion->of;

        set_day(s->a, s->m, PACK_HOLE_DEADLINE, zone_day(s->to->zone, r->closes_at));
}

static void fill_recruiting(struct scene *s)
{
        set_day(s->a, s->m, PACK_HOLE_DEADLINE, s->f->closes_day);
}

/* Somebody suggested them: their name and words stand in the letter that asks. */
static void fill_invitation(struct scene *s)
{
        const struct journeys_due_people *p = s->d->occasion->of;

        fill_recruiting(s);
        if (p && !text_empty(p->by_name))
                set(s->m, PACK_HOLE_REASON1, msg_with(s->a, s->m->locale, M_("{name} suggested you, with these words: “{why}”"),
                                                      "name", p->by_name, "why", p->why, NULL));
}

static void fill_anchor(struct scene *s)
{
        switch (s->d->occasion->anchor) {
        case PACK_RECRUIT_OPEN: fill_invitation(s); return;
        case PACK_RECRUIT_CLOSE: case PACK_DRAFT_STARTED: fill_recruiting(s); return;
        case PACK_RANKING_OPEN: case PACK_RANKING_CLOSE:
                fill_ranking(s); return;
        case PACK_TRAINING_ASSIGNED: case PACK_TRAINING_GATE: fill_training(s); return;
        case PACK_PROPOSAL: case PACK_PROPOSAL_EXPIRY: fill_proposal(s); return;
        case PACK_AT_GATHERING: fill_gathering(s); return;
        case PACK_MEETING: fill_meeting(s); return;
        case PACK_PHASE_CHANGE: fill_phase(s); return;
        case PACK_GOAL_DATE: fill_goal(s); return;
        case PACK_PLANNED_END: case PACK_SURVEY_END: fill_end(s); return;
        case PACK_MID_GATHERING:
                if (s->to->about_end.has)
                        fill_end(s);
                return;
        case PACK_LAUNCH: set_day(s->a, s->m, PACK_HOLE_DATE, s->f->cohort.launch_day); return;
        case PACK_DECISION: case PACK_ACTIVATION: case PACK_FIRST_MESSAGE_DUE:
        case PACK_CLOCK_START: case PACK_FIRST_MEETING:
        case PACK_SECOND_MEETING: case PACK_THIRD_MEETING: case PACK_RHYTHM_SOON:
        case PACK_RHYTHM_BROKEN: case PACK_LAST_CONTACT:
        case PACK_AMBER: case PACK_WAVE_PULSE: case PACK_SURVEY_MID: case PACK_MONDAY:
        case PACK_TICKET: case PACK_CALL_DUE:
        case PACK_CLOSED: case PACK_ANCHORS:
                return;
        }
}

static void fill_pair(struct scene *s)
{
        const struct journeys_due_pairs *p = s->d->part->of;
        struct journeys_pair pair = journeys_pair_of_facts(p);
        int64_t silence = (s->f->now - journeys_rhythm_start(&pair)) / DAY_S;

        s->m->pair = p->id;
        s->m->mentor = s->to->due.person == p->mentor;
        set(s->m, PACK_HOLE_PARTNER, s->m->mentor ? p->mentee_name : p->mentor_name);
        set_int(s->a, s->m, PACK_HOLE_DAYS, silence);
        set_int(s->a, s->m, PACK_HOLE_CADENCE, p->cadence_days);
}

/* A survey closes so many days after it was first asked for. */
static void fill_survey(struct scene *s)
{
        const char *wave = NULL;
        const struct pack_survey *survey = journeys_survey_asked(s->f->cohort.pack, s->d->reminder,
                &wave);
        int64_t opened = s->d->occasion->day + s->d->reminder->sends[0].after.days;

        if (!survey)
                return;
        s->m->survey = survey;
        s->m->wave = wave;
        set_int(s->a, s->m, PACK_HOLE_MINUTES, survey->minutes);
        set_day(s->a, s->m, PACK_HOLE_DEADLINE, opened + survey->open_days);
}

void journeys_matter_of(struct arena *a, const struct journeys_facts *f,
                        const struct journeys_addressee *to,
                        const struct journeys_due *d, struct journeys_matter *out)
{
        struct scene s = {.a = a, .f = f, .to = to, .d = d, .m = out};

        *out = (struct journeys_matter) {
                .cohort = &f->cohort, .coordinator = f->coordinator, .person = to->due.person,
                .email = to->email,
                .first_name = to->first_name, .locale = to->locale, .zone = to->zone,
                .mentor = to->mentor,
                .class = d->send->class, .expires = f->now + LINK_DAYS * (int64_t)DAY_S};
        if (d->part->of)
                fill_pair(&s);
        if (!text_empty(to->about))
                set(out, PACK_HOLE_PARTNER, to->about);
        fill_anchor(&s);
        fill_survey(&s);
}
