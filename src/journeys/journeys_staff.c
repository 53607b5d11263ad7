/*
 * Letters to staff: what has come up is gathered by rule, one letter with a list for each, never
 * one per pair.
 */
#include "base/app.h"
#include "care/care.h"
#include "html/format.h"
#include "html/messages.h"
#include "journeys/journeys.h"
#include "journeys/journeys_morning.h"
#include "journeys/journeys_staff.h"
#include "mail/mail.h"
#include "os/config.h"
#include "people/people.h"

enum { DAY_S = 86400, LOOK_BACK_DAYS = 21, CALLS_AHEAD_DAYS = 6, AMBER_BOOKED_DAYS = 7 };

/* ---- occasions ---- */

static void add_part(struct journeys_staff *s, struct journeys_part part,
                     const struct journeys_occasion *o,
                     size_t n)
{
        struct journeys_part_builder b = {.a = s->a, .part = part};

        for (size_t i = 0; i < n; i++)
                journeys_occasion_add(&b, o[i]);
        s->part[s->reader.n++] = b.part;
}

static void add_dates(struct journeys_staff *s, unsigned to)
{
        int64_t gate = journeys_calendar_day(&s->f, s->f.cohort.pack->calendar.training_gate);
        struct journeys_occasion o = {.anchor = PACK_TRAINING_GATE, .day = gate, .what = "cohort",
                                      .id = s->f.cohort.id};

        if (s->untrained.n > 0)
                add_part(s, (struct journeys_part) {.to = to}, &o, 1);
        o = (struct journeys_occasion) {.anchor = PACK_MONDAY, .day = s->day, .what = "monday",
                                        .id = s->f.cohort.id, .turn = s->day};
        if (day_weekday(s->day) == 1 && s->f.cohort.opened_at.has)
                add_part(s, (struct journeys_part) {.to = to}, &o, 1);
}

static bool booked_soon(const struct journeys_staff *s, const struct journeys_due_pairs *p)
{
        return p->next_meeting_at.has &&
                p->next_meeting_at.v <= s->f.now + AMBER_BOOKED_DAYS * (int64_t)DAY_S;
}

static void add_pair(struct journeys_staff *s, const struct journeys_due_pairs *p, unsigned to)
{
        const struct zone *z = s->f.cohort.zone;
        struct journeys_pair pair = journeys_pair_of_facts(p);
        int64_t round = journeys_round(&s->f, p);
        struct journeys_occasion o[] = {
                {.anchor = PACK_CLOCK_START, .day = zone_day(z, p->clock_start), .what = "pair",
                 .id = p->id, .of = p},
                {.anchor = PACK_AMBER, .day = zone_day(z, journeys_quiet_at(&pair)), .what = "pair",
                 .id = p->id, .turn = round, .of = p},
                {.anchor = PACK_LAST_CONTACT, .day = round, .what = "pair", .id = p->id,
                 .turn = round, .of = p}};
        uint64_t facts = p->first_met_at.has ? PACK_FACT(PACK_MET) : 0;

        if (text_is(p->state, "active"))
                add_part(s, (struct journeys_part) {.to = to, .facts = facts}, o,
                         booked_soon(s, p) ? 1 : 3);
}

static void add_lapsed(struct journeys_staff *s, unsigned to)
{
        for (size_t i = 0; i < s->lapsed.n; i++) {
                const struct journeys_due_lapsed *l = &s->lapsed.row[i];
                int64_t expiry = zone_day(s->f.cohort.zone, l->expires_at);
                struct journeys_occasion o = {.anchor = PACK_PROPOSAL_EXPIRY, .what = "proposal",
                                              .id = l->id, .of = l};

                /* A no is told the next morning, it need not wait until the time is up. */
                o.day = expiry < s->day ? expiry : s->day;
                add_part(s, (struct journeys_part) {.to = to}, &o, 1);
        }
}

/* "A working day" begins with the next morning after it was asked. */
static void add_tickets(struct journeys_staff *s, unsigned to)
{
        const struct zone *z = s->f.cohort.zone;

        for (size_t i = 0; i < s->tickets.n; i++) {
                const struct journeys_due_tickets *t = &s->tickets.row[i];
                int64_t day = zone_day(z, t->opened_at);
                bool late = t->opened_at > zone_at(z, day, JOURNEYS_STAFF_HOUR,
                                                   JOURNEYS_STAFF_MINUTE);
                struct journeys_occasion o = {.anchor = PACK_TICKET,
                                              .day = journeys_next_working_day(day + late),
                                              .what = "ticket", .id = t->id, .of = t};

                add_part(s, (struct journeys_part) {.to = to}, &o, 1);
        }
}

static void add_calls(struct journeys_staff *s, unsigned to)
{
        for (size_t i = 0; i < s->calls.n; i++) {
                const struct journeys_due_calls *c = &s->calls.row[i];
                struct journeys_occasion o = {.anchor = PACK_CALL_DUE,
                                              .day = zone_day(s->f.cohort.zone, c->until_at),
                                              .what = "call", .id = c->id, .of = c};

                add_part(s, (struct journeys_part) {.to = to}, &o, 1);
        }
}

/* ---- lists ---- */

static int64_t lines_in(struct text list)
{
        int64_t n = 0;

        for (size_t i = 0; i < list.n; i++)
                n += list.p[i] == '-' && (i == 0 || list.p[i - 1] == '\n');
        return n;
}

/* All due letters of one rule as one list. */
static struct err list_of(struct journeys_staff *s, const struct journeys_due_list *due,
                          size_t first,
                          struct text *list, int64_t *count)
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
                journeys_staff_untrained(s, &o, count);
        for (size_t i = first; i < due->n && d->occasion->anchor != PACK_TRAINING_GATE; i++) {
                if (due->row[i].send != d->send || due->row[i].fate != DUE_SEND)
                        continue;
                out_c(&o, "- ");
                out_text(&o, journeys_staff_line(s, &due->row[i]));
                out_c(&o, "\n");
                *count += 1;
        }
        *list = out_get(&o);
        return OK;
}

/* ---- sending ---- */

static struct journeys_matter matter_of(struct journeys_staff *s, const struct journeys_due *d,
                                        struct text list, int64_t count)
{
        struct journeys_matter m = {
                .cohort = &s->f.cohort, .coordinator = s->f.coordinator, .person = s->to.id,
                .email = s->to.email,
                .first_name = s->to.first_name, .locale = s->to.locale, .zone = s->to.zone,
                .class = PACK_STAFF};
        int64_t soon = d->occasion->day;

        m.values.of[PACK_HOLE_LIST] = list;
        m.values.of[PACK_HOLE_COUNT] = text_format(s->a, "%lld", (long long)count);
        m.values.of[PACK_HOLE_DEADLINE] = format_day_week(s->a, s->to.locale, soon);
        m.values.of[PACK_HOLE_DATE] = m.values.of[PACK_HOLE_DEADLINE];
        return m;
}

/*
 * Each entry is remembered by itself, so that tomorrow's list holds only what is new; the letter is
 * one of this day.
 */
static struct err send_rule(struct journeys_staff *s, const struct journeys_due_list *due,
                            size_t first)
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
                .to = m.person, .address = m.email, .name = m.first_name, .locale = m.locale,
                .class = MAIL_STAFF,
                .rule = text_c(s->a, send->text), .anchor = text_format(s->a, "cohort:%lld:%lld",
                        (long long)m.cohort->id, (long long)s->day),
                .subject = words.subject, .body = words.body, .reply_to = m.cohort->help_email,
                .cohort = m.cohort->id}, &id));
        for (size_t i = first; i < due->n; i++) {
                if (due->row[i].send != send || due->row[i].fate != DUE_SEND)
                        continue;
                TRY(journeys_due_record(s->tx, &(struct journeys_due_record_in) {
                        .rule = send->text, .person = m.person,
                        .anchor = journeys_due_key(s->a, due->row[i].occasion),
                        .at = s->f.now, .class = TEXT("staff"), .outbox = {id != 0, id},
                        .cohort = m.cohort->id}, &changes));
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

static struct err write_to(struct journeys_staff *s, int64_t person, enum pack_to role)
{
        struct journeys_due_list due;

        TRY(people_get(s->tx, person, &s->to));
        s->part = arena_array(s->a, struct journeys_part,
                              2 + s->f.pairs.n + s->lapsed.n + s->tickets.n + s->calls.n);
        s->reader = (struct journeys_reader) {.person = person, .programme_mail = true,
                                              .part = s->part};
        add_dates(s, 1u << role);
        for (size_t i = 0; i < s->f.pairs.n && s->f.cohort.launched_at.has; i++)
                add_pair(s, &s->f.pairs.row[i], 1u << role);
        add_lapsed(s, 1u << role);
        add_tickets(s, 1u << role);
        add_calls(s, 1u << role);
        TRY(journeys_plan(s->tx, s->f.cohort.pack, &s->reader, s->day, &due));
        for (size_t i = 0; i < due.n; i++)
                if (due.row[i].fate == DUE_SEND && !done_before(&due, i))
                        TRY(send_rule(s, &due, i));
        return OK;
}

struct err journeys_staff_morning(struct tx *tx, int64_t cohort, int64_t day)
{
        struct journeys_staff s = {.tx = tx, .a = tx_arena(tx), .day = day};
        int64_t now = tx_now(tx);

        if (!journeys_working_day(day))
                return OK;
        TRY(journeys_facts_load_staff(tx, cohort, &s.f));
        TRY(journeys_due_untrained(tx, cohort, &s.untrained));
        TRY(journeys_due_lapsed(tx, cohort, now - LOOK_BACK_DAYS * (int64_t)DAY_S, &s.lapsed));
        TRY(journeys_due_tickets(tx, cohort, now - LOOK_BACK_DAYS * (int64_t)DAY_S, &s.tickets));
        TRY(journeys_due_calls(tx, cohort, now + CALLS_AHEAD_DAYS * (int64_t)DAY_S, &s.calls));
        int64_t coordinator;
        TRY(desk_stand_in(tx, cohort, s.f.cohort.coordinator, &coordinator));
        TRY(write_to(&s, coordinator, PACK_TO_COORDINATOR));
        return s.f.cohort.deputy.has ? write_to(&s, s.f.cohort.deputy.v, PACK_TO_DEPUTY) : OK;
}
