/* Today: one page that says what needs a person, and leads to it. */
#include "care/care_view.h"

#include "care/care_desk.html.h"
#include "care/care_parts.h"
#include "html/format.h"
#include "learning/learning.h"

#include <string.h>

enum { RING_SHOWN = 5, TROUBLED_SHOWN = 6, TICKETS_SHOWN = 5, WEEK = 7 };

/* ---- the river: stacked, smooth, in a box of 100 by 100 ---- */

struct edge { double top, bottom; };

static void curve(struct out *o, const struct edge *e, size_t n, bool top, bool back)
{
        double step = n > 1 ? 100.0 / (double)(n - 1) : 100;

        for (size_t k = 1; k < n; k++) {
                size_t from = back ? n - k : k - 1, to = back ? n - 1 - k : k;
                double x0 = (double)from * step, x1 = (double)to * step, mid = (x0 + x1) / 2;
                double y0 = top ? e[from].top : e[from].bottom, y1 = top ? e[to].top : e[to].bottom;
                out_format(o, "C%.1f %.1f %.1f %.1f %.1f %.1f", mid, y0, mid, y1, x1, y1);
        }
}

static struct text band(struct arena *a, const struct edge *e, size_t n)
{
        struct out o = out_new(a, 64 * n + 64);

        out_format(&o, "M0 %.1f", e[0].top);
        curve(&o, e, n, true, false);
        out_format(&o, "L100 %.1f", e[n - 1].bottom);
        curve(&o, e, n, false, true);
        out_c(&o, "Z");
        return out_get(&o);
}

/* A river of one week is drawn as two, so that there is something to see. */
static void draw_river(struct arena *a, const struct care_weeks_list *w, struct care_river *v)
{
        size_t n = w->n > 1 ? w->n : 2;
        struct edge *good = arena_array(a, struct edge, n), *soon = arena_array(a, struct edge, n),
                    *quiet = arena_array(a, struct edge, n);
        double most = 1;

        for (size_t i = 0; i < w->n; i++) {
                double all = (double)(w->row[i].good + w->row[i].soon + w->row[i].quiet);
                most = all > most ? all : most;
        }
        for (size_t i = 0; i < n; i++) {
                const struct care_weeks *row = &w->row[i < w->n ? i : w->n - 1];
                double top = 100 - 100 * (double)(row->good + row->soon + row->quiet) / most;
                good[i] = (struct edge) {top, top + 100 * (double)row->good / most};
                soon[i] = (struct edge) {good[i].bottom,
                                        good[i].bottom + 100 * (double)row->soon / most};
                quiet[i] = (struct edge) {soon[i].bottom, 100};
        }
        v->good_path = band(a, good, n);
        v->soon_path = band(a, soon, n);
        v->quiet_path = band(a, quiet, n);
}

static struct err fill_river(struct request *rq, const struct programmes_cohort *c,
                             struct care_river *v)
{
        struct care_weeks_list weeks;
        struct journeys_pair_list pairs;
        bool any = false;

        TRY(care_weeks(rq->tx, c->id, &weeks));
        TRY(journeys_pairs(rq->tx, c->id, &pairs));
        for (size_t i = 0; i < pairs.n; i++)
                any |= !text_is(pairs.row[i].state, "closed");
        if (weeks.n == 0 || !any)       /* all have ended: the week that was counted last is not today */
                return OK;
        const struct care_weeks *last = &weeks.row[weeks.n - 1];
        *v = (struct care_river) {.good = last->good,
                                 .soon = last->soon,
                                 .quiet = last->quiet,
                                 .all = last->good + last->soon + last->quiet,
                                 .launch_day = c->launch_day};
        v->shown = v->all > 0;
        if (v->shown)
                draw_river(rq->arena, &weeks, v);
        return OK;
}

/* ---- who needs a person ---- */

static struct care_trouble *same(struct care_trouble_list *l, const struct care_flag *f)
{
        for (size_t i = 0; i < l->n; i++) {
                const struct care_flag *g = l->row[i].flag;
                if (f->pair ? g->pair == f->pair : !g->pair && g->person == f->person)
                        return &l->row[i];
        }
        return NULL;
}

static void group(struct request *rq, const struct care_flag_list *flags, size_t most,
                  struct care_desk_view *v)
{
        struct care_trouble_list *l = &v->troubled;

        l->row = arena_array(rq->arena, struct care_trouble, flags->n);
        for (size_t i = 0; i < flags->n; i++) {
                const struct care_flag *f = &flags->row[i];
                struct care_trouble *t = same(l, f);
                v->not_met += text_is(f->rule, care_rule_key(CARE_FIRST_MEETING));
                if (t) {
                        t->n++;
                        continue;
                }
                l->row[l->n++] = (struct care_trouble) {.names = f->names,
                                                       .first = f->id,
                                                       .red = f->level == CARE_RED,
                                                       .n = 1,
                                                       .flag = f};
        }
        v->n_troubled = (int64_t)l->n;
        for (size_t i = 0; i < l->n; i++)
                v->n_pairs += l->row[i].flag->pair != 0;
        if (l->n > most)
                l->n = most;
}

/* Whom mail does not reach: those who wait for nothing from us, too, for it is the way to them. */
static struct err fill_unreached(struct request *rq, int64_t cohort, struct care_desk_view *v)
{
        struct care_unreached_list rows;

        TRY(mail_trouble_of_relay(rq->tx, &v->relay_silent, &v->relay));
        TRY(care_unreached(rq->tx, cohort, &rows));
        v->unreached.row = arena_array(rq->arena, struct mail_trouble_view, rows.n);
        for (size_t i = 0; i < rows.n; i++) {
                struct mail_trouble_view *t = &v->unreached.row[v->unreached.n];
                TRY(mail_trouble_read(rq->tx, rq->page.locale, rows.row[i].person, rows.row[i].first_name, t));
                v->n_unreached += t->shown;
                if (v->unreached.n < TROUBLED_SHOWN)
                        v->unreached.n += t->shown;
        }
        return OK;
}

/* Whose pairs the reader looks after today, and what the colleague wanted them to know. */
static struct err fill_covers(struct request *rq, const struct programmes_cohort *c, struct care_desk_view *v)
{
        int64_t today = zone_day(c->zone, rq->page.now);
        struct desk_standing_list all;

        TRY(desk_standing(rq->tx, c->id, &all));
        for (size_t i = 0; i < all.n; i++) {
                const struct desk_standing *s = &all.row[i];
                if (s->to != rq->who->person || s->from_day > today)
                        continue;
                v->covers = msg_with(rq->arena, rq->page.locale, "You look after the pairs of {name} until {day}", "name", s->from_name,
                                     "day", format_day_week(rq->arena, rq->page.locale, s->until_day), NULL);
                v->cover_note = s->note;
        }
        return OK;
}

static struct err fill_today(struct request *rq, const struct programmes_cohort *c,
                             struct care_desk_view *v)
{
        struct care_flag_list *flags = arena_new_of(rq->arena, struct care_flag_list);
        struct care_call_list calls;
        size_t waiting = 0;

        TRY(care_flags(rq->tx, rq->who, c->id, flags));
        TRY(care_calls(rq->tx, rq->who, c->id, &calls));
        TRY(care_only_mine(rq, c->id, &calls, flags, &v->whose));
        TRY(fill_covers(rq, c, v));
        TRY(care_open_tickets(rq->tx, c->id, &v->tickets));
        while (waiting < v->tickets.n && !v->tickets.row[waiting].answered_at.has)
                waiting++;
        v->tickets.n = waiting < TICKETS_SHOWN ? waiting : TICKETS_SHOWN;
        group(rq, flags, TROUBLED_SHOWN, v);
        TRY(care_ring_fill(rq, c->pack, &calls, RING_SHOWN, &v->ring));
        TRY(fill_unreached(rq, c->id, v));
        v->n_calls = (int64_t)calls.n;
        v->minutes = care_minutes(calls.n, (size_t)v->n_troubled, waiting);
        v->time_needed = care_time_needed(rq, v->minutes);
        return OK;
}

struct err care_flags_get(struct request *rq, struct reply *re)
{
        struct html_shell shell = care_page(rq, M_("Flags"));
        struct care_flag_list *flags = arena_new_of(rq->arena, struct care_flag_list);
        struct care_desk_view v = {.stage = CARE_RUNNING};
        struct programmes_cohort c;

        TRY(care_current(rq, &c));
        TRY(care_flags(rq->tx, rq->who, c.id, flags));
        TRY(care_only_mine(rq, c.id, NULL, flags, &v.whose));
        group(rq, flags, flags->n, &v);
        reply_page(rq, re, &shell, care_flags_page, &v);
        return OK;
}

/* ---- tomorrow's mails, by kind ---- */

/* A letter's subject with its holes left open: it stands for many letters. */
static struct text subject_of(struct request *rq, const struct pack *pack, struct text letter)
{
        const struct pack_text *text = pack_mail(pack, letter, rq->page.locale);
        struct pack_values open;

        for (size_t i = 0; i < PACK_HOLES; i++)
                open.of[i] = TEXT("…");
        return text ? pack_fill(rq->arena, text->title, &open, false) : letter;
}

static struct err fill_mails(struct request *rq, const struct programmes_cohort *c,
                             struct care_desk_view *v)
{
        struct journeys_tomorrow_kinds kinds;

        TRY(journeys_tomorrow_kinds(rq->tx, c->id, &kinds));
        v->mails.row = arena_array(rq->arena, struct care_mail_group, kinds.n);
        for (size_t i = 0; i < kinds.n; i++) {
                v->n_mails += kinds.row[i].n;
                v->mails.row[v->mails.n++] = (struct care_mail_group) {
                        .subject = subject_of(rq, c->pack, kinds.row[i].letter),
                        .n = kinds.row[i].n};
        }
        return OK;
}

/* ---- before the launch ---- */

static enum care_stage stage_of(const struct programmes_cohort *c)
{
        if (text_is(c->state, "design"))
                return CARE_DESIGN;
        if (text_is(c->state, "applications") || text_is(c->state, "preparing"))
                return CARE_PREPARING;
        return text_is(c->state, "closed") ? CARE_AFTER : CARE_RUNNING;
}

static struct err fill_gate(struct request *rq, const struct programmes_cohort *c,
                            struct care_desk_view *v)
{
        struct programmes_requirement_list all;

        TRY(programmes_gate(rq->tx, rq->who, c->id,
                            v->stage == CARE_DESIGN ? GATE_OPEN : GATE_LAUNCH, &all));
        v->missing.row = arena_array(rq->arena, struct programmes_requirement, all.n);
        v->n_required = (int64_t)all.n;
        for (size_t i = 0; i < all.n; i++) {
                if (all.row[i].met || all.row[i].overridden)
                        v->n_met++;
                else
                        v->missing.row[v->missing.n++] = all.row[i];
        }
        return OK;
}

static struct err fill_training(struct request *rq, const struct programmes_cohort *c,
                                struct care_desk_view *v)
{
        struct learning_standing_list all;

        TRY(learning_status_all(rq->tx, c, &all));
        for (size_t i = 0; i < all.n; i++) {
                struct text state = all.row[i].who.state;
                if (!text_is(state, "accepted") && !text_is(state, "ready") && !text_is(state, "matched"))
                        continue;
                v->people++;
                v->trained += all.row[i].status.complete;
        }
        return OK;
}

static struct text over_line(struct request *rq, const struct programmes_cohort *c,
                             enum care_stage stage)
{
        int64_t today = zone_day(c->zone, rq->page.now);
        enum locale l = rq->page.locale;

        if (stage == CARE_AFTER)
                return msg_with(rq->arena, l, "{cohort}, over", "cohort", c->name, NULL);
        if (today < c->launch_day)
                return msg_with(rq->arena, l, "{cohort}, launch on {day}", "cohort", c->name, "day",
                                format_day(rq->arena, l, c->launch_day), NULL);
        if (today >= c->end_day)
                return msg_with(rq->arena, l, "{cohort}, ended on {day}", "cohort", c->name, "day",
                                format_day(rq->arena, l, c->end_day), NULL);
        return msg_with(rq->arena, l, "{cohort}, week {week} of {weeks}", "cohort", c->name, "week",
                        format_count(rq->arena, l, (today - c->launch_day) / WEEK + 1), "weeks",
                        format_count(rq->arena, l, c->pack->weeks), NULL);
}

struct err care_desk_get(struct request *rq, struct reply *re)
{
        struct html_shell shell = care_page(rq, M_("Today"));
        struct care_desk_view v = {0};
        struct programmes_cohort c;
        struct err e = care_current(rq, &c);

        if (failed(e) && !err_is(e, ERR_ABSENT))
                return e;
        if (!failed(e)) {
                v.stage = stage_of(&c);
                v.cohort_name = c.name;
                v.week = over_line(rq, &c, v.stage);
                v.launch_day = c.launch_day;
                TRY(fill_river(rq, &c, &v.river));
                TRY(fill_today(rq, &c, &v));
                TRY(fill_mails(rq, &c, &v));
                if (v.stage == CARE_DESIGN || v.stage == CARE_PREPARING)
                        TRY(fill_gate(rq, &c, &v));
                if (v.stage == CARE_PREPARING)
                        TRY(fill_training(rq, &c, &v));
                TRY(care_next_fill(rq, &c, v.stage == CARE_PREPARING && v.missing.n == 0, &v.next));
        }
        reply_page(rq, re, &shell, care_desk, &v);
        return OK;
}
