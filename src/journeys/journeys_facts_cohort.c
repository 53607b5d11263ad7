/* The dates and facts of one person in a cohort, apart from any pair. */
#include "journeys/journeys_facts.h"

/* ---- training ---- */

static bool module_done(const struct journeys_facts *f, int64_t person, struct text module)
{
        for (size_t i = 0; i < f->modules.n; i++)
                if (f->modules.row[i].person == person &&
                    text_equal(f->modules.row[i].module, module))
                        return true;
        return false;
}

struct journeys_training journeys_training_of(const struct journeys_facts *f, int64_t person,
                                              bool mentor)
{
        const struct pack *pack = f->cohort.pack;
        struct journeys_training t = {.person = person};

        for (size_t i = 0; i < pack->n_modules; i++) {
                const struct pack_module *m = &pack->modules[i];
                if (!m->required || !pack_side_has(m->who, mentor ? PACK_MENTOR : PACK_MENTEE) ||
                    module_done(f, person, m->key))
                        continue;
                t.next = t.next ? t.next : m;
                t.minutes += m->minutes;
                t.n++;
        }
        return t;
}

/* ---- the part in the cohort ---- */

bool journeys_takes_part(const struct journeys_due_people *p)
{
        return text_is(p->state, "accepted") || text_is(p->state, "ready") ||
                text_is(p->state, "matched") || text_is(p->state, "waiting");
}

static unsigned readers_of(const struct journeys_due_people *p, bool mentor)
{
        if (text_is(p->state, "invited"))
                return p->draft_at.has ? 1u << PACK_TO_APPLICANT
                        : mentor ? 1u << PACK_TO_INVITED_MENTOR : 1u << PACK_TO_INVITED_MENTEE;
        if (journeys_takes_part(p))
                return 1u << PACK_TO_BOTH | (mentor ? 1u << PACK_TO_MENTOR : 1u << PACK_TO_MENTEE);
        return 0;
}

/* Of their pairs: one that is going on; then all is well. None at all is well too. */
bool journeys_cut_off(const struct journeys_facts *f, const struct journeys_due_people *p)
{
        bool any = false;

        for (size_t i = 0; i < f->pairs.n; i++) {
                const struct journeys_due_pairs *r = &f->pairs.row[i];
                if (r->mentor != p->person && r->mentee != p->person)
                        continue;
                if (text_is(r->state, "active") || (text_is(r->state, "closing") &&
                                                    journeys_ended_as_planned(r)))
                        return false;
                any = true;
        }
        return any && !text_is(p->state, "waiting");
}

static uint64_t facts_of(const struct journeys_facts *f, const struct journeys_due_people *p,
                         bool mentor)
{
        uint64_t facts = 0;

        if (!text_is(p->state, "invited"))
                facts |= PACK_FACT(PACK_APPLIED) | PACK_FACT(PACK_SUBMITTED);
        if (text_is(p->state, "declined"))
                facts |= PACK_FACT(PACK_DECLINED_INVITATION);
        if (journeys_takes_part(p) &&
            (!text_is(p->state, "accepted") || journeys_training_of(f, p->person, mentor).n == 0))
                facts |= PACK_FACT(PACK_CORE_COMPLETE);
        return facts;
}

/*
 * The latest of what must have happened before a letter makes sense: the date, the open gate, the
 * person's own arrival.
 */
static int64_t no_earlier(int64_t day, const struct zone *z, struct opt a, struct opt b)
{
        if (a.has && zone_day(z, a.v) > day)
                day = zone_day(z, a.v);
        return b.has && zone_day(z, b.v) > day ? zone_day(z, b.v) : day;
}

static void add_recruiting(struct journeys_part_builder *b, const struct journeys_facts *f,
                           const struct journeys_due_people *p,
                           const struct zone *z, bool mentor)
{
        const struct pack_calendar *cal = &f->cohort.pack->calendar;
        int64_t open = journeys_calendar_day(f, mentor ? cal->recruit_mentors
                                             : cal->recruit_mentees);
        int64_t id = f->cohort.id;

        open = no_earlier(open, z, f->cohort.opened_at, (struct opt) {true, p->joined_at});
        journeys_occasion_add(b, (struct journeys_occasion) {.anchor = PACK_RECRUIT_OPEN,
                .day = open, .what = "cohort", .id = id, .of = p});
        journeys_occasion_add(b, (struct journeys_occasion) {
                .anchor = PACK_RECRUIT_CLOSE, .day = f->closes_day, .what = "cohort", .id = id});
        if (p->draft_at.has)
                journeys_occasion_add(b, (struct journeys_occasion) {
                        .anchor = PACK_DRAFT_STARTED, .day = zone_day(z, p->draft_at.v),
                        .what = "participant", .id = p->id});
}

static void add_preparing(struct journeys_part_builder *b, const struct journeys_facts *f,
                          const struct journeys_due_people *p,
                          const struct zone *z)
{
        const struct pack_calendar *cal = &f->cohort.pack->calendar;
        struct opt since = p->accepted_at.has ? p->accepted_at : (struct opt) {true, p->joined_at};
        int64_t open = no_earlier(journeys_calendar_day(f, cal->training_open), z,
                                  f->cohort.opened_at, since);

        journeys_occasion_add(b, (struct journeys_occasion) {
                .anchor = PACK_TRAINING_ASSIGNED, .day = open, .what = "participant", .id = p->id});
        journeys_occasion_add(b, (struct journeys_occasion) {
                .anchor = PACK_TRAINING_GATE, .day = journeys_calendar_day(f, cal->training_gate),
                .what = "participant", .id = p->id});
}

/*
 * The window is the coordinator's, whatever day the pack had in mind; opened again it is another
 * occasion.
 */
static void add_ranking(struct journeys_part_builder *b, const struct journeys_facts *f,
                        int64_t person, const struct zone *z)
{
        for (size_t i = 0; i < f->rankings.n; i++) {
                const struct journeys_due_rankings *r = &f->rankings.row[i];
                struct journeys_occasion o = {.anchor = PACK_RANKING_OPEN, .what = "ranking",
                                              .id = f->cohort.id, .of = r,
                                              .turn = zone_day(f->cohort.zone, r->opened_at),
                                              .facts = r->ranked ? PACK_FACT(PACK_RANKED) : 0};

                if (r->mentee != person)
                        continue;
                o.day = zone_day(z, r->opened_at);
                journeys_occasion_add(b, o);
                o.anchor = PACK_RANKING_CLOSE;
                o.day = zone_day(z, r->closes_at);
                journeys_occasion_add(b, o);
        }
}

static void add_proposals(struct journeys_part_builder *b, const struct journeys_facts *f,
                          int64_t person, bool mentor,
                          const struct zone *z)
{
        for (size_t i = 0; i < f->proposals.n; i++) {
                const struct journeys_due_proposals *p = &f->proposals.row[i];
                bool answered = mentor ? p->mentor_answered : p->mentee_answered;
                struct journeys_occasion o = {.what = "proposal", .id = p->id, .of = p,
                                              .facts = answered ? PACK_FACT(PACK_ANSWERED) : 0};

                if (person != (mentor ? p->mentor : p->mentee))
                        continue;
                o.anchor = PACK_PROPOSAL;
                o.day = zone_day(z, p->published_at);
                journeys_occasion_add(b, o);
                o.anchor = PACK_PROPOSAL_EXPIRY;
                o.day = zone_day(z, p->expires_at);
                journeys_occasion_add(b, o);
        }
}

static enum pack_gathering_kind kind_of(struct text word)
{
        enum pack_gathering_kind kind;

        return pack_gathering_kind_of(word, &kind) ? kind : PACK_GATHERING_ANY;
}

/* Who said no is not asked again; what became of it counts only when it is over. */
static void add_seats(struct journeys_part_builder *b, const struct journeys_facts *f,
                      int64_t person, const struct zone *z)
{
        for (size_t i = 0; i < f->seats.n; i++) {
                const struct journeys_due_seats *s = &f->seats.row[i];
                bool over = s->starts_at + 60 * s->minutes <= f->now;
                uint64_t facts = 0;

                if (s->person != person || (!over && text_is(s->answer, "no")))
                        continue;
                if (text_is(s->answer, "yes"))
                        facts |= PACK_FACT(PACK_REGISTERED);
                if (over && text_is(s->attended, "live"))
                        facts |= PACK_FACT(PACK_ATTENDED);
                if (over && text_is(s->attended, "missed"))
                        facts |= PACK_FACT(PACK_MISSED);
                journeys_occasion_add(b, (struct journeys_occasion) {
                        .anchor = PACK_AT_GATHERING, .day = zone_day(z, s->starts_at),
                        .what = "sitting", .id = s->sitting,
                        .turn = s->sequence, .facts = facts, .kind = kind_of(s->kind), .of = s});
        }
}

void journeys_cohort_part(struct arena *a, const struct journeys_facts *f,
                          const struct journeys_due_people *p, const struct zone *z, bool first,
                          struct journeys_part *out)
{
        bool mentor = text_is(p->role, "mentor");
        struct journeys_part_builder b = {.a = a, .part = {.to = readers_of(p, mentor),
                .facts = facts_of(f, p, mentor)}};

        if (b.part.to == 0 || !f->cohort.opened_at.has || journeys_cut_off(f, p))
                b.part.life = PART_SILENT;
        if (b.part.life == PART_LIVE && text_is(p->state, "invited"))
                add_recruiting(&b, f, p, z, mentor);
        else if (b.part.life == PART_LIVE) {
                add_preparing(&b, f, p, z);
                add_proposals(&b, f, p->person, mentor, z);
                if (!mentor)
                        add_ranking(&b, f, p->person, z);
                if (first)
                        add_seats(&b, f, p->person, z);
        }
        *out = b.part;
}
