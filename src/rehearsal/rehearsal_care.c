/* The staff's care: telephone, help, attendance, endings that nobody else brings about. */
#include "rehearsal/rehearsal_staff.h"

#include "care/care.h"
#include "gatherings/gatherings.h"
#include "rehearsal/rehearsal.sql.h"

enum {
        OPENS_H = 9,
        CALLS_AN_HOUR = 4,
        CALLS_BEFORE_END = 3,
        DIALLING_MINUTES = 3,
        CLOSE_AFTER_DAYS = 24,
        SLOW_TICKET_H = 28
};

static struct err staff(struct tx *tx, struct rehearsal *r, struct who *who)
{
        return people_who(tx, play_person(r, r->coordinator)->id, who);
}

/* ---- calls ---- */

/* Spoken with: they look at once; a quiet pair about which somebody has rung begins anew. */
static void wake(struct rehearsal *r, const struct care_call *c, bool troubled)
{
        size_t who = play_who(r, c->person);

        if (c->pair && troubled)
                play_bond(r, c->pair)->awake = true;
        if (who < r->order->cast->n)
                play_look_at(r, who, r->now + rehearsal_between(&r->chance, PLAY_HOUR, PLAY_DAY),
                             3);
}

static void agree(struct rehearsal *r, struct care_outcome *o)
{
        o->outcome = TEXT("plan");
        o->action = TEXT("Writes to the partner today and offers three times");
        o->action_day = (struct opt) {true, zone_day(r->cohort.zone, r->now) + 7};
}

/* A pair that went quiet and is not to be woken: the fourth call about it brings it to its ending.
 */
static bool gives_up(const struct rehearsal *r, const struct care_call *c)
{
        const struct bond *b = play_bond_known(r, c->pair);
        bool quiet = b && (b->fate == FATE_DRIFT || b->fate == FATE_STALL) && !b->awake;

        return quiet && rehearsal_fate(r->order->seed, c->pair, 61) > r->order->truth.wake;
}

static struct care_outcome talk(struct rehearsal *r, const struct care_call *c, bool *ends)
{
        bool troubled = text_is(c->kind, "CX") || text_is(c->kind, "C2") || text_is(c->kind, "C6");
        struct care_outcome o = {.minutes = rehearsal_between(&r->chance, 7, 22),
                                 .outcome = TEXT("fine")};

        if (!rehearsal_lot(&r->chance, r->order->truth.phone_reached))
                return (struct care_outcome) {.minutes = DIALLING_MINUTES,
                                              .outcome = TEXT("not-reached")};
        if (troubled && gives_up(r, c)) {
                *ends = text_is(c->kind, "CX") && ++play_bond(r, c->pair)->calls > CALLS_BEFORE_END;
                if (*ends)
                        o.outcome = TEXT("end");
                else
                        agree(r, &o);
                return o;
        }
        if (troubled || rehearsal_lot(&r->chance, 0.1))
                agree(r, &o);
        wake(r, c, troubled);
        return o;
}

struct ringing { struct rehearsal *r; struct care_call call; bool ends; };

static struct err ring(struct tx *tx, void *in)
{
        struct ringing *g = in;
        struct rehearsal *r = g->r;
        struct journeys_pair p;
        struct who who;

        TRY(staff(tx, r, &who));
        struct care_outcome o = talk(r, &g->call, &g->ends);
        TRY(care_log_call(tx, &who, g->call.id, &o));
        bool reached = !text_is(o.outcome, "not-reached");
        r->calls += reached;
        r->attempts++;
        play_note(r, reached ? "call" : "not reached", g->call.kind, TEXT(""), g->call.person,
                  g->call.pair, text_format(tx_arena(tx), "%lld", (long long)o.minutes));
        if (!g->ends)
                return OK;
        TRY(journeys_pair(tx, g->call.pair, &p));
        if (!text_is(p.state, "active"))
                return OK;
        play_note(r, "closing begun", TEXT(""), TEXT(""), who.person, p.id, TEXT("no-contact"));
        return journeys_close_by_staff(tx, &who, p.id, TEXT("no-contact"));
}

struct queue { struct rehearsal *r; struct care_call_list list; };

static struct err read_queue(struct tx *tx, void *in)
{
        struct queue *q = in;
        struct who who;

        TRY(staff(tx, q->r, &who));
        return care_calls(tx, &who, q->r->cohort.id, &q->list);
}

static struct err ring_people(struct rehearsal *r)
{
        struct arena *a = arena_new((size_t)64 << 20);
        struct queue q = {.r = r};
        struct err e = db_read(r->app->db, a, read_queue, &q);
        int rung = 0;

        for (size_t i = 0; !failed(e) && i < q.list.n && rung < CALLS_AN_HOUR; i++) {
                struct ringing g = {.r = r, .call = q.list.row[i]};
                if (!g.call.good_now)
                        continue;
                rung++;
                e = play_try(r, "ring", ring, &g);
        }
        arena_free(a);
        return e;
}

/* ---- help ---- */

static struct err answer_tickets(struct tx *tx, void *in)
{
        struct rehearsal *r = in;
        struct rehearsal_open_tickets_list list;
        struct who who;

        TRY(staff(tx, r, &who));
        TRY(rehearsal_open_tickets(tx, r->cohort.id, &list));
        for (size_t i = 0; i < list.n; i++) {
                bool slow = rehearsal_fate(r->order->seed, list.row[i].id, 71) <
                            r->order->truth.ticket_slow;
                if (r->now < list.row[i].opened_at + (slow ? SLOW_TICKET_H : 1) * PLAY_HOUR)
                        continue;
                TRY(care_answer_ticket(
                        tx, &who, list.row[i].id,
                        TEXT("Thank you for asking. I have looked at it and it works "
                             "now; if not, write back or ring me, I am here until five."),
                        true));
                play_note(r, "help given", TEXT(""), TEXT(""), who.person, 0, TEXT(""));
        }
        return OK;
}

/* ---- attendance ---- */

static bool came(struct rehearsal *r, const struct rehearsal_seats_to_tick *s)
{
        if (s->answer.p && text_is(s->answer, "yes"))
                return !rehearsal_lot(&r->chance, r->order->truth.no_show);
        return !s->answer.p && rehearsal_lot(&r->chance, 0.5);
}

static struct err tick(struct tx *tx, void *in)
{
        struct rehearsal *r = in;
        struct rehearsal_seats_to_tick_list list;
        struct who who;

        TRY(staff(tx, r, &who));
        TRY(rehearsal_seats_to_tick(tx, r->cohort.id, r->now, &list));
        int64_t *people = arena_array(tx_arena(tx), int64_t, list.n + 1);
        for (size_t i = 0; i < list.n;) {
                int64_t sitting = list.row[i].sitting;
                size_t n = 0;
                for (; i < list.n && list.row[i].sitting == sitting; i++) {
                        if (!came(r, &list.row[i]))
                                continue;
                        people[n++] = list.row[i].person;
                        play_note(r, "attended", TEXT(""), TEXT(""), list.row[i].person, 0,
                                  TEXT(""));
                }
                TRY(gatherings_take_attendance(tx, &who, sitting, people, n));
                play_note(r, "sitting held", TEXT(""), TEXT(""), who.person, 0, TEXT(""));
        }
        return OK;
}

/* ---- endings ---- */

static struct err close_the_rest(struct tx *tx, void *in)
{
        struct rehearsal *r = in;
        struct journeys_pair_list pairs;
        struct who who;

        TRY(staff(tx, r, &who));
        TRY(journeys_pairs(tx, r->cohort.id, &pairs));
        for (size_t i = 0; i < pairs.n; i++) {
                const struct journeys_pair *p = &pairs.row[i];
                struct bond *b = play_bond(r, p->id);
                if (text_is(p->state, "closing") && !b->closing_since)
                        b->closing_since = r->now;
                if (!text_is(p->state, "closing") ||
                    r->now < b->closing_since + CLOSE_AFTER_DAYS * PLAY_DAY)
                        continue;
                TRY(journeys_close_by_staff(tx, &who, p->id,
                                            p->end_reason.p ? p->end_reason : TEXT("programme")));
                play_note(r, "closed by staff", TEXT(""), TEXT(""), who.person, p->id,
                          p->end_reason);
        }
        return OK;
}

struct err play_care(struct rehearsal *r, int hour)
{
        TRY(ring_people(r));
        if (hour % 2)
                TRY(play_try(r, "tickets", answer_tickets, r));
        if (hour == OPENS_H || hour == 12 || hour == 16)
                TRY(play_try(r, "attendance", tick, r));
        return hour == 15 ? play_try(r, "endings", close_the_rest, r) : OK;
}
