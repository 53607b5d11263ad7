/* Letters to staff: what has come up is gathered by rule, one letter with a list for each, never one per pair. */
#include "base/app.h"
#include "care/care.h"
#include "html/format.h"
#include "html/messages.h"
#include "journeys/journeys.h"
#include "journeys/journeys_morning.h"
#include "mail/mail.h"
#include "os/config.h"
#include "people/people.h"

enum { DAY_S = 86400, LOOK_BACK_DAYS = 21, CALLS_AHEAD_DAYS = 6, AMBER_BOOKED_DAYS = 7 };

struct staff {
        struct tx *tx;
        struct arena *a;
        struct journeys_facts f;
        int64_t day;
        struct journeys_due_untrained_list untrained;
        struct journeys_due_lapsed_list lapsed;
        struct journeys_due_tickets_list tickets;
        struct journeys_due_calls_list calls;
        struct people_person to;
        struct journeys_reader reader;
        struct journeys_part *part;
};

/* ---- occasions ---- */

static void add_part(struct staff *s, struct journeys_part part, const struct journeys_occasion *o, size_t n)
{
        struct journeys_part_builder b = {.a = s->a, .part = part};

        for (size_t i = 0; i < n; i++)
                journeys_occasion_add(&b, o[i]);
        s->part[s->reader.n++] = b.part;
}

static void add_dates(struct staff *s, unsigned to)
{
        int64_t gate = journeys_calendar_day(&s->f, s->f.cohort.pack->calendar.training_gate);
        struct journeys_occasion o = {.anchor = PACK_TRAINING_GATE, .day = gate, .what = "cohort", .id = s->f.cohort.id};

        if (s->untrained.n > 0)
                add_part(s, (struct journeys_part) {.to = to}, &o, 1);
        o = (struct journeys_occasion) {.anchor = PACK_MONDAY, .day = s->day, .what = "monday", .id = s->f.cohort.id, .turn = s->day};
        if (day_weekday(s->day) == 1 && s->f.cohort.opened_at.has)
                add_part(s, (struct journeys_part) {.to = to}, &o, 1);
}

static bool booked_soon(const struct staff *s, const struct journeys_due_pairs *p)
{
        return p->next_meeting_at.has && p->next_meeting_at.v <= s->f.now + AMBER_BOOKED_DAYS * (int64_t)DAY_S;
}

static void add_pair(struct staff *s, const struct journeys_due_pairs *p, unsigned to)
{
        const struct zone *z = s->f.cohort.zone;
        struct journeys_pair pair = journeys_pair_of_facts(p);
        int64_t round = journeys_round(&s->f, p);
        struct journeys_occasion o[] = {
                {.anchor = PACK_CLOCK_START, .day = zone_day(z, p->clock_start), .what = "pair", .id = p->id, .of = p},
                {.anchor = PACK_AMBER, .day = zone_day(z, journeys_quiet_at(&pair)), .what = "pair", .id = p->id, .turn = round, .of = p},
                {.anchor = PACK_LAST_CONTACT, .day = round, .what = "pair", .id = p->id, .turn = round, .of = p}};
        uint64_t facts = p->first_met_at.has ? PACK_FACT(PACK_MET) : 0;

        if (text_is(p->state, "active"))
                add_part(s, (struct journeys_part) {.to = to, .facts = facts}, o, booked_soon(s, p) ? 1 : 3);
}

static void add_lapsed(struct staff *s, unsigned to)
{
        for (size_t i = 0; i < s->lapsed.n; i++) {
                const struct journeys_due_lapsed *l = &s->lapsed.row[i];
                int64_t expiry = zone_day(s->f.cohort.zone, l->expires_at);
                struct journeys_occasion o = {.anchor = PACK_PROPOSAL_EXPIRY, .what = "proposal", .id = l->id, .of = l};

                /* A no is told the next morning, it need not wait until the time is up. */
                o.day = expiry < s->day ? expiry : s->day;
                add_part(s, (struct journeys_part) {.to = to}, &o, 1);
        }
}

/* "A working day" begins with the next morning after it was asked. */
static void add_tickets(struct staff *s, unsigned to)
{
        const struct zone *z = s->f.cohort.zone;

        for (size_t i = 0; i < s->tickets.n; i++) {
                const struct journeys_due_tickets *t = &s->tickets.row[i];
                int64_t day = zone_day(z, t->opened_at);
                bool late = t->opened_at > zone_at(z, day, JOURNEYS_STAFF_HOUR, JOURNEYS_STAFF_MINUTE);
                struct journeys_occasion o = {.anchor = PACK_TICKET, .day = journeys_next_working_day(day + late),
                                              .what = "ticket", .id = t->id, .of = t};

                add_part(s, (struct journeys_part) {.to = to}, &o, 1);
        }
}

static void add_calls(struct staff *s, unsigned to)
{
        for (size_t i = 0; i < s->calls.n; i++) {
                const struct journeys_due_calls *c = &s->calls.row[i];
                struct journeys_occasion o = {.anchor = PACK_CALL_DUE, .day = zone_day(s->f.cohort.zone, c->until_at),
                                              .what = "call", .id = c->id, .of = c};

                add_part(s, (struct journeys_part) {.to = to}, &o, 1);
        }
}

/* ---- lines ---- */

/* A name as Markdown that shows it as it is. */
static const char *plain(struct staff *s, struct text t)
{
        struct pack_values v = {0};

        v.of[PACK_HOLE_FIRST_NAME] = t.p ? t : TEXT("");
        return text_c(s->a, pack_fill(s->a, TEXT("{first_name}"), &v, true));
}

static struct text full_name(struct staff *s, struct text first, struct text last)
{
        if (text_empty(first))
                return text_of(msg(s->to.locale, M_("Somebody who is not signed in")));
        return text_format(s->a, "%s %s", plain(s, first), plain(s, last));
}

static struct text link_to(struct staff *s, struct text words, const char *path, int64_t id)
{
        return text_format(s->a, "[%s](%s%s%lld)", text_c(s->a, words), tx_app(s->tx)->config->base_url, path, (long long)id);
}

static struct text both_names(struct staff *s, struct text first, struct text last, struct text first2, struct text last2)
{
        return msg_with(s->a, s->to.locale, M_("{one} and {other}"), "one", full_name(s, first, last),
                        "other", full_name(s, first2, last2), NULL);
}

static struct text days_words(struct staff *s, int64_t days)
{
        return msg_plural(s->a, s->to.locale, days, M_("one day"), M_("{n} days"));
}

static struct text pair_line(struct staff *s, const struct journeys_due *d)
{
        const struct journeys_due_pairs *p = d->occasion->of;
        struct text names = both_names(s, p->mentor_name, p->mentor_last, p->mentee_name, p->mentee_last);
        struct text who = link_to(s, names, "/desk/pairs/", p->id);
        int64_t today = zone_day(s->f.cohort.zone, s->f.now);
        int64_t days = today - (d->occasion->anchor == PACK_CLOCK_START ? d->occasion->day : journeys_round(&s->f, p));
        const char *sentence = d->occasion->anchor == PACK_CLOCK_START
                ? p->next_meeting_at.has ? M_("{names}: {days} since the start, a first meeting is booked")
                                         : M_("{names}: {days} since the start, no meeting booked")
                : p->last_contact_at.has ? M_("{names}: {days} since their last contact, rhythm {cadence}")
                                         : M_("{names}: {days} since the start without any contact");

        return msg_with(s->a, s->to.locale, sentence, "names", who, "days", days_words(s, days),
                        "cadence", days_words(s, p->cadence_days), NULL);
}

static struct text lapsed_line(struct staff *s, const struct journeys_due_lapsed *l)
{
        struct text names = both_names(s, l->mentor_name, l->mentor_last, l->mentee_name, l->mentee_last);

        return msg_with(s->a, s->to.locale, text_is(l->state, "declined") ? M_("{names}: declined") : M_("{names}: not answered in time"),
                        "names", link_to(s, names, "/desk/matching/", l->id), NULL);
}

static const char *category_words(struct text key)
{
        static const struct { const char *key, *words; } of[] = {
                {"technical", M_("a technical question")}, {"scheduling", M_("finding a time")}, {"content", M_("what to do")},
                {"match", M_("the match")}, {"data", M_("personal data")}, {"accessibility", M_("accessibility")}};

        for (size_t i = 0; i < sizeof of / sizeof of[0]; i++)
                if (text_is(key, of[i].key))
                        return of[i].words;
        return M_("something else");
}

/* What was asked stands behind the sign-in; here only what it is about and since when. */
static struct text ticket_line(struct staff *s, const struct journeys_due_tickets *t)
{
        return msg_with(s->a, s->to.locale, M_("{name}: {category}, asked on {day}"),
                        "name", link_to(s, full_name(s, t->first_name, t->last_name), "/desk/help/", t->id),
                        "category", text_of(msg(s->to.locale, category_words(t->category))),
                        "day", format_day_week(s->a, s->to.locale, zone_day(s->to.zone, t->opened_at)), NULL);
}

static struct text call_line(struct staff *s, const struct journeys_due_calls *c)
{
        const struct pack_call *call = pack_call(s->f.cohort.pack, c->kind);

        return msg_with(s->a, s->to.locale, M_("{name}: {call}, until {day}"),
                        "name", link_to(s, full_name(s, c->first_name, c->last_name), "/desk/calls/", c->id),
                        "call", call ? call->title.in[s->to.locale] : c->kind,
                        "day", format_day_week(s->a, s->to.locale, zone_day(s->f.cohort.zone, c->until_at)), NULL);
}

static int modules_left(const struct staff *s, const struct journeys_due_untrained *u)
{
        const struct pack *pack = s->f.cohort.pack;
        enum pack_side side = text_is(u->role, "mentor") ? PACK_MENTOR : PACK_MENTEE;
        int n = 0;

        for (size_t i = 0; i < pack->n_modules; i++)
                n += pack->modules[i].required && pack_side_has(pack->modules[i].who, side);
        return n - (int)u->done > 0 ? n - (int)u->done : 0;
}

static void untrained_lines(struct staff *s, struct out *o, int64_t *count)
{
        for (size_t i = 0; i < s->untrained.n; i++) {
                const struct journeys_due_untrained *u = &s->untrained.row[i];
                int left = modules_left(s, u);

                if (left == 0)
                        continue;
                out_c(o, "- ");
                out_text(o, msg_with(s->a, s->to.locale, u->done ? M_("{name}: {modules} to go") : M_("{name}: not begun, {modules} to go"),
                                     "name", link_to(s, full_name(s, u->first_name, u->last_name), "/desk/people/", u->person),
                                     "modules", msg_plural(s->a, s->to.locale, left, M_("one module"), M_("{n} modules")), NULL));
                out_c(o, "\n");
                *count += 1;
        }
}

static struct text line_of(struct staff *s, const struct journeys_due *d)
{
        switch (d->occasion->anchor) {
        case PACK_CLOCK_START: case PACK_AMBER: case PACK_LAST_CONTACT: return pair_line(s, d);
        case PACK_PROPOSAL_EXPIRY: return lapsed_line(s, d->occasion->of);
        case PACK_TICKET: return ticket_line(s, d->occasion->of);
        case PACK_CALL_DUE: return call_line(s, d->occasion->of);
        case PACK_RECRUIT_OPEN: case PACK_RECRUIT_CLOSE: case PACK_DRAFT_STARTED: case PACK_DECISION: case PACK_TRAINING_ASSIGNED:
        case PACK_TRAINING_GATE: case PACK_RANKING_OPEN: case PACK_RANKING_CLOSE: case PACK_PROPOSAL: case PACK_ACTIVATION:
        case PACK_FIRST_MESSAGE_DUE: case PACK_AT_GATHERING: case PACK_MEETING: case PACK_FIRST_MEETING: case PACK_SECOND_MEETING:
        case PACK_THIRD_MEETING: case PACK_RHYTHM_SOON: case PACK_RHYTHM_BROKEN: case PACK_PHASE_CHANGE: case PACK_WAVE_PULSE:
        case PACK_SURVEY_MID: case PACK_MID_GATHERING: case PACK_GOAL_DATE: case PACK_PLANNED_END: case PACK_SURVEY_END:
        case PACK_MONDAY: case PACK_LAUNCH: case PACK_CLOSED: case PACK_ANCHORS:
                break;
        }
        return TEXT_ABSENT;
}

static int64_t lines_in(struct text list)
{
        int64_t n = 0;

        for (size_t i = 0; i < list.n; i++)
                n += list.p[i] == '-' && (i == 0 || list.p[i - 1] == '\n');
        return n;
}

/* All due letters of one rule as one list. */
static struct err list_of(struct staff *s, const struct journeys_due_list *due, size_t first, struct text *list, int64_t *count)
{
        struct out o = out_new(s->a, 512);
        const struct journeys_due *d = &due->row[first];

        *count = 0;
        if (d->occasion->anchor == PACK_MONDAY) {
                TRY(care_digest(s->tx, s->f.cohort.id, s->to.locale, list));
                *count = list->p ? lines_in(*list) : 0;
                return OK;
        }
        if (d->occasion->anchor == PACK_TRAINING_GATE)
                untrained_lines(s, &o, count);
        for (size_t i = first; i < due->n && d->occasion->anchor != PACK_TRAINING_GATE; i++) {
                if (due->row[i].send != d->send || due->row[i].fate != DUE_SEND)
                        continue;
                out_c(&o, "- ");
                out_text(&o, line_of(s, &due->row[i]));
                out_c(&o, "\n");
                *count += 1;
        }
        *list = out_get(&o);
        return OK;
}

/* ---- sending ---- */

static struct journeys_matter matter_of(struct staff *s, const struct journeys_due *d, struct text list, int64_t count)
{
        struct journeys_matter m = {
                .cohort = &s->f.cohort, .coordinator = s->f.coordinator, .person = s->to.id, .email = s->to.email,
                .first_name = s->to.first_name, .locale = s->to.locale, .zone = s->to.zone, .class = PACK_STAFF};
        int64_t soon = d->occasion->day;

        m.values.of[PACK_HOLE_LIST] = list;
        m.values.of[PACK_HOLE_COUNT] = text_format(s->a, "%lld", (long long)count);
        m.values.of[PACK_HOLE_DEADLINE] = format_day_week(s->a, s->to.locale, soon);
        m.values.of[PACK_HOLE_DATE] = m.values.of[PACK_HOLE_DEADLINE];
        return m;
}

/* Each entry is remembered by itself, so that tomorrow's list holds only what is new; the letter is one of this day. */
static struct err send_rule(struct staff *s, const struct journeys_due_list *due, size_t first)
{
        const struct pack_send *send = due->row[first].send;
        struct text list = TEXT_ABSENT;
        int64_t count, id, changes;
        struct journeys_words words;

        TRY(list_of(s, due, first, &list, &count));
        if (count == 0)
                return OK;
        struct journeys_matter m = matter_of(s, &due->row[first], list, count);
        TRY(journeys_compose(s->tx, &m, send, false, &words));
        TRY(mail_post(s->tx, &(struct letter) {
                .to = m.person, .address = m.email, .name = m.first_name, .locale = m.locale, .class = MAIL_STAFF,
                .rule = text_c(s->a, send->text), .anchor = text_format(s->a, "cohort:%lld:%lld", (long long)m.cohort->id, (long long)s->day),
                .subject = words.subject, .body = words.body, .reply_to = m.cohort->help_email, .cohort = m.cohort->id}, &id));
        for (size_t i = first; i < due->n; i++) {
                if (due->row[i].send != send || due->row[i].fate != DUE_SEND)
                        continue;
                TRY(journeys_due_record(s->tx, &(struct journeys_due_record_in) {
                        .rule = send->text, .person = m.person, .anchor = journeys_due_key(s->a, due->row[i].occasion),
                        .at = s->f.now, .class = TEXT("staff"), .outbox = {id != 0, id}, .cohort = m.cohort->id}, &changes));
        }
        return OK;
}

static bool done_before(const struct journeys_due_list *due, size_t i)
{
        for (size_t k = 0; k < i; k++)
                if (due->row[k].send == due->row[i].send)
                        return true;
        return false;
}

static struct err load_sent(struct staff *s)
{
        struct journeys_due_sent_to_list rows;

        TRY(journeys_due_sent_to(s->tx, s->to.id, s->f.now - JOURNEYS_DUE_MEMORY * (int64_t)DAY_S, &rows));
        struct journeys_sent_key *keys = arena_array(s->a, struct journeys_sent_key, rows.n);
        for (size_t i = 0; i < rows.n; i++)
                keys[i] = (struct journeys_sent_key) {rows.row[i].rule, rows.row[i].anchor};
        s->reader.sent = keys;
        s->reader.n_sent = rows.n;
        return OK;
}

static struct err write_to(struct staff *s, int64_t person, enum pack_to role)
{
        struct journeys_due_list due;

        TRY(people_get(s->tx, person, &s->to));
        s->part = arena_array(s->a, struct journeys_part, 2 + s->f.pairs.n + s->lapsed.n + s->tickets.n + s->calls.n);
        s->reader = (struct journeys_reader) {.person = person, .programme_mail = true, .part = s->part};
        add_dates(s, 1u << role);
        for (size_t i = 0; i < s->f.pairs.n && s->f.cohort.launched_at.has; i++)
                add_pair(s, &s->f.pairs.row[i], 1u << role);
        add_lapsed(s, 1u << role);
        add_tickets(s, 1u << role);
        add_calls(s, 1u << role);
        TRY(load_sent(s));
        TRY(journeys_plan(s->tx, s->f.cohort.pack, &s->reader, s->day, &due));
        for (size_t i = 0; i < due.n; i++)
                if (due.row[i].fate == DUE_SEND && !done_before(&due, i))
                        TRY(send_rule(s, &due, i));
        return OK;
}

struct err journeys_staff_morning(struct tx *tx, int64_t cohort, int64_t day)
{
        struct staff s = {.tx = tx, .a = tx_arena(tx), .day = day};
        int64_t now = tx_now(tx);

        if (!journeys_working_day(day))
                return OK;
        TRY(journeys_facts_load_staff(tx, cohort, &s.f));
        TRY(journeys_due_untrained(tx, cohort, &s.untrained));
        TRY(journeys_due_lapsed(tx, cohort, now - LOOK_BACK_DAYS * (int64_t)DAY_S, &s.lapsed));
        TRY(journeys_due_tickets(tx, cohort, now - LOOK_BACK_DAYS * (int64_t)DAY_S, &s.tickets));
        TRY(journeys_due_calls(tx, cohort, now + CALLS_AHEAD_DAYS * (int64_t)DAY_S, &s.calls));
        TRY(write_to(&s, s.f.cohort.coordinator, PACK_TO_COORDINATOR));
        return s.f.cohort.deputy.has ? write_to(&s, s.f.cohort.deputy.v, PACK_TO_DEPUTY) : OK;
}
