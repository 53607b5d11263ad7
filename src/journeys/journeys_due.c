#include "journeys/journeys_due.h"

#include "os/zone.h"

#include <stdlib.h>

bool journeys_working_day(int64_t day) { return day_weekday(day) <= 5; }

int64_t journeys_next_working_day(int64_t day)
{
        while (!journeys_working_day(day))
                day++;
        return day;
}

struct text journeys_due_key(struct arena *a, const struct journeys_occasion *o)
{
        if (o->turn == 0)
                return text_format(a, "%s:%lld", o->what, (long long)o->id);
        return text_format(a, "%s:%lld:%lld", o->what, (long long)o->id, (long long)o->turn);
}

struct text journeys_due_key_of(struct arena *a, const struct journeys_due *d)
{
        struct text key = journeys_due_key(a, d->occasion);

        return d->again ? text_format(a, "%s:again:%lld", text_c(a, key), (long long)d->again) : key;
}

enum journeys_letter journeys_letter_of(enum pack_anchor anchor)
{
        switch (anchor) {
        case PACK_RECRUIT_OPEN: case PACK_RECRUIT_CLOSE: case PACK_DRAFT_STARTED: case PACK_DECISION: case PACK_TRAINING_GATE:
        case PACK_PROPOSAL: case PACK_PROPOSAL_EXPIRY: case PACK_PLANNED_END: case PACK_CLOSED: case PACK_RANKING_CLOSE:
        case PACK_AMBER: case PACK_LAST_CONTACT: case PACK_MONDAY: case PACK_TICKET: case PACK_CALL_DUE: case PACK_LAUNCH:
        case PACK_ANCHORS:
                return LETTER_KEPT;
        case PACK_TRAINING_ASSIGNED: return LETTER_TRAINING;
        case PACK_ACTIVATION: case PACK_FIRST_MESSAGE_DUE: case PACK_CLOCK_START: case PACK_SECOND_MEETING:
        case PACK_THIRD_MEETING: return LETTER_STEPS;
        case PACK_RHYTHM_SOON: case PACK_RHYTHM_BROKEN: case PACK_MEETING: return LETTER_RHYTHM;
        case PACK_WAVE_PULSE: case PACK_FIRST_MEETING: case PACK_SURVEY_MID: case PACK_SURVEY_END: case PACK_RANKING_OPEN:
                return LETTER_QUESTIONS;
        case PACK_PHASE_CHANGE: case PACK_MID_GATHERING: case PACK_GOAL_DATE: case PACK_AT_GATHERING: return LETTER_TIPS;
        }
        abort();
}

static bool may_wait(const struct pack_send *s, enum pack_anchor anchor)
{
        return s->class == PACK_PROGRAMME && journeys_letter_of(anchor) != LETTER_KEPT;
}

/* A day on which this reader works. */
static bool works_on(const struct journeys_reader *reader, int64_t day)
{
        return journeys_working_day(day) && !holidays_is(reader->holidays, day);
}

static int64_t next_work_day(const struct journeys_reader *reader, int64_t day)
{
        while (!works_on(reader, day))
                day++;
        return day;
}

/*
 * Invitations are events, so that they are not capped, but count in days; the day before, the hour
 * before and what a verb causes at once do not.
 */
bool journeys_due_by_day(const struct pack_reminder *r, const struct pack_send *s)
{
        if (s->class != PACK_EVENT)
                return true;
        return s->after.hours == 0 && (s->after.days <= -2 || r->anchor == PACK_RECRUIT_OPEN);
}

int64_t journeys_due_moment(const struct pack_send *s, int64_t starts_at, int64_t ends_at)
{
        int64_t after = s->after.days * (int64_t)86400 + s->after.hours * (int64_t)3600;

        return after < 0 ? starts_at + after : ends_at + after;
}

/* ---- one letter ---- */

/*
 * Lower goes first: what a date or a gate hangs on, then the rhythm, then first steps, then tips
 * and questions.
 */
static int rank(enum pack_anchor anchor)
{
        switch (anchor) {
        case PACK_RECRUIT_OPEN: case PACK_RECRUIT_CLOSE: case PACK_DRAFT_STARTED:
        case PACK_DECISION:
        case PACK_TRAINING_ASSIGNED: case PACK_TRAINING_GATE: case PACK_PROPOSAL:
        case PACK_PROPOSAL_EXPIRY:
        case PACK_PLANNED_END: case PACK_SURVEY_END: case PACK_CLOSED:
                return 0;
        case PACK_RHYTHM_SOON: case PACK_RHYTHM_BROKEN: case PACK_LAST_CONTACT: case PACK_AMBER:
                return 1;
        case PACK_ACTIVATION: case PACK_FIRST_MESSAGE_DUE: case PACK_AT_GATHERING:
        case PACK_CLOCK_START: case PACK_MEETING:
        case PACK_FIRST_MEETING: case PACK_SECOND_MEETING: case PACK_THIRD_MEETING:
                return 2;
        case PACK_RANKING_OPEN: case PACK_RANKING_CLOSE: case PACK_PHASE_CHANGE:
        case PACK_WAVE_PULSE: case PACK_SURVEY_MID:
        case PACK_MID_GATHERING: case PACK_GOAL_DATE: case PACK_MONDAY: case PACK_TICKET:
        case PACK_CALL_DUE: case PACK_LAUNCH:
        case PACK_ANCHORS:
                return 3;
        }
        abort();
}

/* What may still be written when a pair has ended as planned. */
static bool belongs_after(enum pack_anchor anchor, const struct pack_send *s)
{
        return anchor == PACK_SURVEY_END || anchor == PACK_CLOSED ||
                (anchor == PACK_PLANNED_END && s->after.days >= 0);
}

static bool may_write(const struct journeys_reader *reader, const struct journeys_part *part,
                      enum pack_anchor anchor,
                      const struct pack_send *s)
{
        if (s->class == PACK_PROGRAMME && !reader->programme_mail)
                return false;
        if (may_wait(s, anchor) && (reader->without & (1u << journeys_letter_of(anchor))))
                return false;
        switch (part->life) {
        case PART_LIVE: return true;
        case PART_OVER: return belongs_after(anchor, s);
        case PART_SILENT: return false;
        }
        abort();
}

static bool was_sent(const struct journeys_reader *reader, struct text rule, struct text key)
{
        for (size_t i = 0; i < reader->n_sent; i++)
                if (text_equal(reader->sent[i].rule, rule) &&
                    text_equal(reader->sent[i].anchor, key))
                        return true;
        return false;
}

/* The day on which a reader wants to hear of this again, as far as they have said so; *same: of this very letter. 0: never said. */
static int64_t put_off(struct arena *a, const struct journeys_reader *reader, const struct journeys_due *d, bool *same)
{
        struct text key = journeys_due_key(a, d->occasion);
        int64_t until = 0;

        *same = false;
        for (size_t i = 0; i < reader->n_snoozed; i++) {
                const struct journeys_snoozed *z = &reader->snoozed[i];
                bool all = text_empty(z->rule), this = text_equal(z->rule, d->send->text);
                if (!all && !text_equal(z->anchor, key) && !text_starts(z->anchor, text_format(a, "%s:again:", text_c(a, key)).p))
                        continue;
                /* letters of one rule are called R05, R05-2 */
                if (!all && !this && !text_starts(z->rule, text_c(a, d->reminder->id)))
                        continue;
                if (z->until_day > until) {
                        until = z->until_day;
                        *same = this;
                }
        }
        return until;
}

/* A letter about what is to come makes no sense once it is there; the others keep for a week. */
static bool is_stale(const struct journeys_due *d, int64_t today)
{
        if (d->send->after.days < 0 && today >= d->occasion->day + (d->send->after.days == -1))
                return true;
        return today - d->day > JOURNEYS_DUE_STALE;
}

/*
 * A weekend or a holiday moves a letter to the next working day; what must come before its occasion and would not any more
 * goes on the last one before.
 */
static int64_t day_of_send(const struct journeys_reader *reader, const struct pack_send *s, const struct journeys_occasion *o)
{
        int64_t day = o->day + s->after.days;
        int64_t moved = next_work_day(reader, day);

        if (s->after.days < 0 && moved >= o->day)
                while (!works_on(reader, day))
                        day--;
        return s->after.days < 0 && moved >= o->day ? day : moved;
}

struct plan {
        struct arena *a;
        const struct pack *pack;
        const struct journeys_reader *reader;
        int64_t today;
        struct journeys_due_list out;
        size_t room;
};

static void add(struct plan *p, struct journeys_due d)
{
        if (p->out.n == p->room) {
                struct journeys_due *more = arena_array(p->a, struct journeys_due,
                                                        p->room ? p->room * 2 : 16);
                for (size_t i = 0; i < p->out.n; i++)
                        more[i] = p->out.row[i];
                p->out.row = more;
                p->room = p->room ? p->room * 2 : 16;
        }
        p->out.row[p->out.n++] = d;
}

/* Far enough past that nobody needs to know any more why it was not sent. */
static bool forgotten(const struct journeys_due *d, int64_t today)
{
        return today - d->day > 2 * JOURNEYS_DUE_STALE;
}

/*
 * Letters that were sent already are kept in the list for now: they supersede earlier ones. Marked
 * by why "sent".
 */
static const char sent_already[] = "sent";

static void consider(struct plan *p, const struct pack_reminder *r, const struct pack_send *s,
                     const struct journeys_part *part,
                     const struct journeys_occasion *o)
{
        struct journeys_due d = {.reminder = r, .send = s, .part = part, .occasion = o,
                                 .day = day_of_send(p->reader, s, o)};
        uint64_t facts = part->facts | o->facts;
        bool same = false;
        int64_t until = p->reader->n_snoozed && may_wait(s, o->anchor) ? put_off(p->a, p->reader, &d, &same) : 0;

        if (d.day > p->today || (!until && forgotten(&d, p->today)) || !journeys_due_by_day(r, s))
                return;
        if ((facts & r->until) || (facts & s->only_if) != s->only_if ||
            !may_write(p->reader, part, o->anchor, s))
                return;
        if (until > p->today)
                return;
        bool sent = was_sent(p->reader, s->text, journeys_due_key(p->a, o));
        if (sent && until && same) {
                d.again = until;
                d.day = next_work_day(p->reader, until);
                sent = was_sent(p->reader, s->text, journeys_due_key_of(p->a, &d));
        }
        if (sent) {
                d.fate = DUE_DROP;
                d.why = sent_already;
        } else if (is_stale(&d, p->today)) {
                d.fate = DUE_DROP;
                d.why = "its moment has passed";
        }
        add(p, d);
}

static void look_at(struct plan *p, const struct journeys_part *part,
                    const struct journeys_occasion *o)
{
        for (size_t i = 0; i < p->pack->n_reminders; i++) {
                const struct pack_reminder *r = &p->pack->reminders[i];
                if (r->anchor != o->anchor || !(part->to & (1u << r->to)))
                        continue;
                if (r->kind != PACK_GATHERING_ANY && r->kind != o->kind)
                        continue;
                for (size_t s = 0; s < r->n_sends; s++)
                        consider(p, r, &r->sends[s], part, o);
        }
}

/* ---- several letters ---- */

/*
 * Do both speak of the same thing? Gatherings, meetings, goals and phases each have a life of their
 * own.
 */
static bool same_matter(const struct journeys_due *a, const struct journeys_due *b)
{
        if (a->part != b->part || a->reminder->to != b->reminder->to)
                return false;
        if (a->occasion->anchor == b->occasion->anchor)
                return a->occasion->id == b->occasion->id && a->occasion->turn == b->occasion->turn;
        return true;
}

/*
 * Later letters of a rule take the place of earlier ones, and "the rhythm has lapsed" that of "it
 * soon will".
 */
static bool supersedes(const struct journeys_due *later, const struct journeys_due *d)
{
        if (later == d || !same_matter(later, d) ||
            (later->fate == DUE_DROP && later->why != sent_already))
                return false;
        if (later->occasion->anchor == PACK_RHYTHM_BROKEN &&
            d->occasion->anchor == PACK_RHYTHM_SOON)
                return true;
        if (!text_equal(later->reminder->id, d->reminder->id))
                return false;
        return later->occasion->day + later->send->after.days >
                d->occasion->day + d->send->after.days;
}

static void drop_superseded(struct journeys_due_list *l)
{
        for (size_t i = 0; i < l->n; i++)
                for (size_t k = 0; l->row[i].fate == DUE_SEND && k < l->n; k++)
                        if (supersedes(&l->row[k], &l->row[i])) {
                                l->row[i].fate = DUE_DROP;
                                l->row[i].why = "a later letter of its kind is due";
                        }
}

static void forget_sent(struct journeys_due_list *l)
{
        size_t n = 0;

        for (size_t i = 0; i < l->n; i++)
                if (l->row[i].why != sent_already)
                        l->row[n++] = l->row[i];
        l->n = n;
}

static int compare(const void *x, const void *y)
{
        const struct journeys_due *a = x, *b = y;
        int ra = rank(a->occasion->anchor), rb = rank(b->occasion->anchor);

        if (ra != rb)
                return ra - rb;
        if (a->day != b->day)
                return a->day < b->day ? -1 : 1;
        if (a->occasion->id != b->occasion->id)
                return a->occasion->id < b->occasion->id ? -1 : 1;
        return text_compare(a->send->text, b->send->text);
}

/* The first working day of a week is the day of the weekly mail. */
static bool is_digest_day(const struct journeys_reader *reader, int64_t today)
{
        for (int64_t day = today - day_weekday(today) + 1; day < today; day++)
                if (works_on(reader, day))
                        return false;
        return true;
}

/* What it announces would be there before the next weekly mail. */
static bool cannot_wait_a_week(const struct journeys_due *d, int64_t today)
{
        return d->send->after.days < 0 && d->occasion->day <= today + 8 - day_weekday(today);
}

/*
 * For who wants little guidance: first steps, tips and questions keep a week's distance to any other letter.  What a gate or a
 * date hangs on is never held back, and the rhythm is not either.
 */
static bool held_apart(const struct journeys_reader *reader, const struct journeys_due *d, int gone)
{
        enum journeys_letter kind = journeys_letter_of(d->occasion->anchor);

        return reader->sparing && kind != LETTER_KEPT && kind != LETTER_RHYTHM && gone > 0;
}

/*
 * Two mails in seven days.  Who wants them gathered gets all that may wait in one mail, which counts as one; weekly, they wait
 * for its day.
 */
static void fill_week(const struct journeys_reader *reader, int64_t today, struct journeys_due_list *l)
{
        int room = JOURNEYS_DUE_MOST - reader->recent;
        bool weekly = reader->tempo == TEMPO_WEEKLY, digest_day = !weekly || is_digest_day(reader, today), begun = false;

        for (size_t i = 0; i < l->n; i++) {
                struct journeys_due *d = &l->row[i];
                bool gathers = reader->tempo != TEMPO_ONCE && may_wait(d->send, d->occasion->anchor);
                if (d->fate != DUE_SEND || d->send->class != PACK_PROGRAMME)
                        continue;
                if (gathers && !digest_day && !cannot_wait_a_week(d, today))
                        d->fate = DUE_WAIT;
                else if (gathers && begun)
                        d->gathered = true;
                else if (held_apart(reader, d, JOURNEYS_DUE_MOST - room))
                        d->fate = DUE_WAIT;
                else if (room-- <= 0)
                        d->fate = DUE_WAIT;
                else if (gathers)
                        begun = d->gathered = true;
        }
}

void journeys_due_plan(struct arena *a, const struct pack *pack,
                       const struct journeys_reader *reader, int64_t today,
                       struct journeys_due_list *out)
{
        struct plan p = {.a = a, .pack = pack, .reader = reader, .today = today};

        *out = (struct journeys_due_list) {0};
        if (!works_on(reader, today))
                return;
        for (size_t i = 0; i < reader->n; i++)
                for (size_t k = 0; k < reader->part[i].n; k++)
                        look_at(&p, &reader->part[i], &reader->part[i].occasion[k]);
        if (p.out.n == 0)
                return;
        drop_superseded(&p.out);
        forget_sent(&p.out);
        qsort(p.out.row, p.out.n, sizeof *p.out.row, compare);
        fill_week(reader, today, &p.out);
        *out = p.out;
}
