/* The clock of a play: what comes next, a job of the house or something that a person does; then
 * the mails that followed. */
#include "rehearsal/rehearsal_play.h"

#include "base/log.h"
#include "jobs/jobs.h"
#include "mail/mail.h"
#include "mail/mail_parts.h"
#include "os/clock.h"
#include "os/config.h"
#include "os/random.h"
#include "rehearsal/rehearsal.sql.h"

#include <string.h>

enum { WAKES_H = 7, SLEEPS_H = 21, BEGINS_DAYS = 98, AFTERWARDS_DAYS = 45, LONGEST = 1 << 21 };

void play_do(struct rehearsal *r, enum act_kind kind, size_t who, int64_t a, int64_t b)
{
        play_push(r, &(struct act) {.at = r->now, .kind = kind, .who = who, .a = a, .b = b});
}

void play_do_text(struct rehearsal *r, enum act_kind kind, size_t who, int64_t a, struct text text)
{
        play_push(r, &(struct act) {.at = r->now,
                                    .kind = kind,
                                    .who = who,
                                    .a = a,
                                    .text = text_copy(r->arena, text)});
}

/* ---- people and pairs ---- */

size_t play_who(const struct rehearsal *r, int64_t person)
{
        size_t i = 0;

        while (i < r->order->cast->n && r->order->cast->p[i].id != person)
                i++;
        return i;
}

static enum bond_fate fate_of(const struct rehearsal *r, int64_t pair)
{
        const struct rehearsal_truth *t = &r->order->truth;
        double u = rehearsal_fate(r->order->seed, pair, 1);

        if (u < t->drift)
                return FATE_DRIFT;
        if (u < t->drift + t->stall)
                return FATE_STALL;
        if (u < t->drift + t->stall + t->early_end)
                return FATE_EARLY;
        return u < t->drift + t->stall + t->early_end + t->pause ? FATE_PAUSE : FATE_GOOD;
}

const struct bond *play_bond_known(const struct rehearsal *r, int64_t pair)
{
        for (size_t i = 0; i < r->n_bonds; i++)
                if (r->bond[i].pair == pair)
                        return &r->bond[i];
        return NULL;
}

/* What a visitor of a demonstration is to find, whatever the lot says. */
static const enum bond_fate shown[] = {
        FATE_GOOD, FATE_DRIFT, FATE_PAUSE, FATE_EARLY, FATE_GOOD, FATE_GOOD, FATE_DRIFT, FATE_GOOD,
        FATE_GOOD, FATE_GOOD,  FATE_DRIFT, FATE_GOOD,  FATE_GOOD, FATE_STALL, FATE_GOOD, FATE_GOOD,
        FATE_GOOD, FATE_DRIFT, FATE_GOOD,  FATE_PAUSE, FATE_GOOD, FATE_DRIFT, FATE_GOOD, FATE_GOOD,
};

struct bond *play_bond(struct rehearsal *r, int64_t pair)
{
        const struct bond *known = play_bond_known(r, pair);

        if (known)
                return &r->bond[known - r->bond];
        if (r->n_bonds == r->room_bonds) {
                struct bond *more = arena_array(r->arena, struct bond, r->room_bonds + 128);
                if (r->n_bonds)
                        memcpy(more, r->bond, r->n_bonds * sizeof *more);
                r->bond = more;
                r->room_bonds += 128;
        }
        struct bond *b = &r->bond[r->n_bonds++];
        *b = (struct bond) {.pair = pair, .fate = fate_of(r, (int64_t)r->n_bonds)};
        if (r->order->demo)
                b->fate = shown[(r->n_bonds - 1) % (sizeof shown / sizeof shown[0])];
        return b;
}

int64_t play_awake(const struct rehearsal_person *p, int64_t t)
{
        struct civil c = zone_civil(p->zone, t);
        int64_t day = zone_day(p->zone, t);

        if (c.hour < WAKES_H || (c.hour == WAKES_H && c.minute < 30))
                return zone_at(p->zone, day, WAKES_H, 30 + (int)(t % 29));
        if (c.hour >= SLEEPS_H)
                return zone_at(p->zone, day + 1, WAKES_H, 30 + (int)(t % 29));
        return t;
}

void play_look_at(struct rehearsal *r, size_t who, int64_t at, double lift)
{
        struct soul *s = &r->soul[who];

        at = play_awake(play_person(r, who), at);
        if (s->look_at > r->now && s->look_at <= at)
                return;
        s->look_at = at;
        s->lift = lift;
        play_push(r, &(struct act) {.at = at, .kind = ACT_LOOK, .who = who});
}

bool play_lot(struct rehearsal *r, size_t who, double p)
{
        p *= play_person(r, who)->zeal * r->soul[who].lift;
        return rehearsal_lot(&r->chance, p > 0.97 ? 0.97 : p);
}

/* ---- the journal ---- */

void play_note(struct rehearsal *r, const char *kind, struct text rule, struct text class,
               int64_t person, int64_t pair, struct text detail)
{
        if (r->n_events == r->room_events) {
                size_t room = r->room_events ? r->room_events * 2 : 4096;
                struct event *more = arena_array(r->arena, struct event, room);
                if (r->n_events)
                        memcpy(more, r->event, r->n_events * sizeof *more);
                r->event = more;
                r->room_events = room;
        }
        log_write(LOG_DEBUG,
                  "rehearsal.event at=%lld kind=\"%s\" person=%lld pair=%lld detail=\"%s\"",
                  (long long)r->now, kind, (long long)person, (long long)pair,
                  detail.p ? detail.p : "");
        r->event[r->n_events++] = (struct event) {.at = r->now,
                                                  .person = person,
                                                  .pair = pair,
                                                  .kind = text_of(kind),
                                                  .rule = text_copy(r->arena, rule),
                                                  .class = text_copy(r->arena, class),
                                                  .detail = text_copy(r->arena, detail)};
}

/* ---- mails ---- */

struct post { struct rehearsal *r; struct rehearsal_mails_after_list list; };

static struct err read_mails(struct tx *tx, void *in)
{
        struct post *p = in;

        return rehearsal_mails_after(tx, p->r->last_mail, &p->list);
}

struct err play_mark_sent(struct tx *tx, void *in)
{
        (void)in;
        return rehearsal_mark_sent(tx);
}

static int64_t pair_of(struct text anchor)
{
        struct text rest;
        int64_t pair = 0;

        if (!text_starts(anchor, "pair:"))
                return 0;
        text_cut(anchor, ':', &rest);
        return text_int(text_cut(rest, ':', &rest), &pair) ? pair : 0;
}

static void receive(struct rehearsal *r, const struct rehearsal_mails_after *m)
{
        const struct rehearsal_truth *t = &r->order->truth;
        size_t who = play_who(r, m->person);

        r->mails++;
        play_note(r, "mail", m->rule, m->class, m->person, pair_of(m->anchor), m->anchor);
        if (who < r->order->cast->n && play_person(r, who)->part <= PART_MENTOR &&
            rehearsal_lot(&r->chance, t->mail_opens))
                play_look_at(r, who,
                             r->now + rehearsal_between(&r->chance, 10 * 60, 10 * PLAY_HOUR),
                             t->mail_lifts);
}

static struct err take_mails(struct rehearsal *r, struct arena *a)
{
        struct post p = {.r = r};
        int sent = 0;

        TRY(db_read(r->app->db, a, read_mails, &p));
        if (p.list.n == 0)
                return OK;
        for (size_t i = 0; i < p.list.n; i++) {
                if (p.list.row[i].cohort == 0 || p.list.row[i].cohort == r->cohort.id)
                        receive(r, &p.list.row[i]);
                r->last_mail = p.list.row[i].id;
        }
        if (r->sender)
                return mail_flush_with(r->app, r->sender, a, LONGEST, &sent);
        return db_write(r->app->db, a, play_mark_sent, NULL);
}

/* ---- one moment ---- */

struct attempt { struct rehearsal *r; const struct act *act; };

static struct err look(struct tx *tx, void *in)
{
        struct attempt *t = in;

        return play_look(tx, t->r, t->act->who);
}

static struct err act(struct tx *tx, void *in)
{
        struct attempt *t = in;
        struct who who;

        TRY(people_who(tx, play_person(t->r, t->act->who)->id, &who));
        return play_acts[t->act->kind](tx, t->r, t->act, &who);
}

static const char *const act_names[ACTS] = {
        "look",  "desk",   "apply", "confirm", "learn",     "answer", "message",
        "book",  "settle", "sign",  "goal",    "progress",  "review", "reveal",
        "pause", "end",    "cards", "seat",    "recording", "pulse",  "ticket",
        "wish",
};

struct err play_try(struct rehearsal *r, const char *what, db_fn *fn, void *in)
{
        struct err e = db_write(r->app->db, r->scratch, fn, in);

        if (failed(e)) {
                log_write(LOG_DEBUG, "rehearsal.refused act=%s what=\"%s\" place=%s at=%s:%d", what,
                          e.what, e.place ? e.place : "", e.file, e.line);
                r->refused++;
                play_note(r, "refused", text_of(what), TEXT(""), 0, 0, text_of(e.what));
        }
        arena_reset(r->scratch);
        return err_is(e, ERR_BROKEN) ? e : OK;
}

static struct err one_look(struct rehearsal *r, struct arena *a, const struct act *it)
{
        struct soul *s = &r->soul[it->who];
        struct attempt t = {.r = r, .act = it};
        bool over = r->now > zone_at(r->cohort.zone, r->cohort.end_day + AFTERWARDS_DAYS, 0, 0);
        int64_t days = (int64_t)(r->order->truth.look_days * (over ? 8 : 2) * PLAY_DAY /
                                 play_person(r, it->who)->zeal);

        if (s->look_at != it->at)
                return OK;              /* a mail came in between */
        TRY(db_read(r->app->db, a, look, &t));
        s->look_at = 0;
        s->lift = 1;
        play_look_at(r, it->who, r->now + rehearsal_between(&r->chance, 2 * PLAY_HOUR, days), 1);
        return OK;
}

static struct err one_act(struct rehearsal *r, struct arena *a, const struct act *it)
{
        struct attempt t = {.r = r, .act = it};

        if (it->kind == ACT_LOOK)
                return one_look(r, a, it);
        if (it->kind == ACT_DESK)
                return play_desk(r);
        return play_try(r, act_names[it->kind], act, &t);
}

static struct err next_job(struct tx *tx, void *in)
{
        struct opt *due = in;
        struct rehearsal_next_job row;

        TRY(rehearsal_next_job(tx, tx_now(tx), &due->has, &row));
        due->v = due->has ? row.due : 0;
        return OK;
}

static struct err run_jobs(struct rehearsal *r, struct arena *a)
{
        int ran;

        TRY(jobs_run_due(r->app, a, &ran));
        return take_mails(r, a);
}

static void set_clock(struct rehearsal *r, int64_t t)
{
        r->now = t;
        db_clock_freeze(r->app->db, t);
}

static struct err play_on(struct rehearsal *r, struct arena *a)
{
        struct opt due;

        for (;; arena_reset(a)) {
                TRY(run_jobs(r, a));
                while (r->n_acts && r->heap[0].at <= r->now) {
                        struct act it = play_pop(r);
                        TRY(one_act(r, a, &it));
                        TRY(take_mails(r, a));
                }
                TRY(db_read(r->app->db, a, next_job, &due));
                int64_t next = r->n_acts ? r->heap[0].at : r->until + 1;
                if (due.has && due.v < next)
                        next = due.v;
                if (next > r->until)
                        return OK;
                set_clock(r, next > r->now ? next : r->now + 1);
        }
}

static void find_staff(struct rehearsal *r)
{
        for (size_t i = 0; i < r->order->cast->n; i++) {
                switch (play_person(r, i)->part) {
                case PART_COORDINATOR: r->coordinator = i; break;
                case PART_DEPUTY: r->deputy = i; break;
                case PART_SPONSOR: r->sponsor = i; break;
                case PART_CONTACT: r->contact = i; break;
                case PART_MENTEE: case PART_MENTOR: break;
                }
        }
}

struct err rehearsal_play(struct app *app, struct arena *arena, const struct rehearsal_order *order,
                          struct rehearsal **out)
{
        struct rehearsal *r = arena_new_of(arena, struct rehearsal);
        struct arena *loop = arena_new((size_t)512 << 20);
        int64_t began = clock_monotonic_us();

        *r = (struct rehearsal) {.app = app,
                                 .arena = arena,
                                 .order = order,
                                 .chance = {.state = order->seed * 77 + 5},
                                 .scratch = arena_new((size_t)256 << 20),
                                 .proposed_day = -1000,
                                 .soul = arena_array(arena, struct soul, order->cast->n)};
        if (*app->config->smtp_host && !order->demo)
                r->sender = mail_sender_new(app);
        find_staff(r);
        const struct zone *zone = play_person(r, r->coordinator)->zone;
        r->until = order->until;        /* play_set_up() knows it otherwise */
        set_clock(r, order->cohort ? order->from
                                   : zone_at(zone, order->launch_day - BEGINS_DAYS, 9, 0));
        struct err e = play_set_up(r);
        if (!failed(e))
                e = play_on(r, loop);
        if (!failed(e)) {
                set_clock(r, r->until);
                e = play_finish(r);
        }
        mail_sender_free(r->sender);
        arena_free(r->scratch);
        arena_free(loop);
        r->seconds = (double)(clock_monotonic_us() - began) / 1e6;
        *out = r;
        return e;
}
