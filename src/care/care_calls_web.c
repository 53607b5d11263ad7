/* The queue, one call, and what came of it. */
#include "care/care_view.h"

#include "care/care_calls.html.h"
#include "care/care_parts.h"
#include "html/format.h"
#include "people/people.h"

#include <string.h>

enum { RUNG_DAYS = 14 };

static struct err fill_done(struct request *rq, const struct programmes_cohort *c,
                            struct care_done_list *out)
{
        struct care_done_calls_list rows;

        TRY(care_done_calls(rq->tx, c->id, rq->page.now - RUNG_DAYS * (int64_t)CARE_DAY, &rows));
        *out = (struct care_done_list) {
                .row = arena_array(rq->arena, struct care_done_line, rows.n)};
        for (; out->n < rows.n; out->n++) {
                const struct care_done_calls *r = &rows.row[out->n];
                const struct pack_call *kind = pack_call(c->pack, r->kind);
                out->row[out->n] = (struct care_done_line) {
                        .id = r->id,
                        .name = care_full_name(rq->arena, r->first_name, r->last_name),
                        .minutes = r->minutes,
                        .title = kind ? kind->title.in[rq->page.locale] : r->kind,
                        .at = r->done_at,
                        .outcome = text_of(msg(rq->page.locale, care_outcome_words(r->outcome)))};
        }
        return OK;
}

struct err care_calls_get(struct request *rq, struct reply *re)
{
        struct html_shell shell = care_page(rq, M_("Calls"));
        struct care_calls_view v = {0};
        struct programmes_cohort c;
        struct care_call_list calls;

        TRY(care_current(rq, &c));
        TRY(care_calls(rq->tx, rq->who, c.id, &calls));
        TRY(care_only_mine(rq, c.id, &calls, NULL, &v.whose));
        TRY(care_ring_fill(rq, c.pack, &calls, calls.n, &v.ring));
        v.time_needed = care_time_needed(rq, care_minutes(calls.n, 0, 0));
        TRY(fill_done(rq, &c, &v.done));
        reply_page(rq, re, &shell, care_calls_page, &v);
        return OK;
}

/* ---- one call ---- */

/* The name of the other one in the pair; absent without a pair. */
static struct err partner_of(struct request *rq, int64_t pair, int64_t person,
                             struct care_call_view *v)
{
        struct people_person partner;
        struct journeys_pair p;

        if (!pair)
                return OK;
        TRY(journeys_pair(rq->tx, pair, &p));
        v->mentor = p.mentor == person;
        TRY(people_get(rq->tx, v->mentor ? p.mentee : p.mentor, &partner));
        v->partner = partner.first_name;
        return OK;
}

/* Why and when, from the queue if it is still in it: the same words as in the list. */
static struct err fill_queue(struct request *rq, const struct programmes_cohort *c,
                             struct care_call_view *v)
{
        struct care_call_list calls;
        struct care_ring_list ring;

        TRY(care_calls(rq->tx, rq->who, c->id, &calls));
        TRY(care_ring_fill(rq, c->pack, &calls, calls.n, &ring));
        for (size_t i = 0; i < ring.n; i++) {
                if (ring.row[i].id != v->id)
                        continue;
                v->why = ring.row[i].why;
                v->there = ring.row[i].there;
                v->best = ring.row[i].best;
                v->good_now = ring.row[i].good_now;
                v->red = ring.row[i].red;
        }
        return OK;
}

/* An address has no spaces; people write numbers with them. */
static struct text dial_link(struct arena *a, struct text phone)
{
        struct out o = out_new(a, phone.n + 8);

        out_c(&o, "tel:");
        for (size_t i = 0; i < phone.n; i++)
                if (strchr("+0123456789", phone.p[i]))
                        out_char(&o, phone.p[i]);
        return out_get(&o);
}

static struct err fill_person(struct request *rq, const struct care_call_row *row,
                              struct care_call_view *v)
{
        struct people_person p;
        enum care_why why;

        TRY(people_get(rq->tx, row->person, &p));
        v->name = care_full_name(rq->arena, p.first_name, p.last_name);
        v->first_name = p.first_name;
        TRY(mail_trouble_read(rq->tx, rq->page.locale, p.id, p.first_name, &v->mail));
        v->phone = p.phone;
        v->phone_address =
                dial_link(rq->arena, p.phone);
        v->there = msg_with(rq->arena, rq->page.locale, "now {time} in {city}", "time",
                            format_time(rq->arena, rq->page.locale, p.zone, rq->page.now), "city",
                            format_city(rq->arena, rq->page.locale, p.zone), NULL);
        v->why = row->asked.n ? row->asked
                              : text_of(msg(rq->page.locale, care_why_of(row->why, &why)
                                                                     ? care_why_words(why)
                                                                     : M_("Asked for")));
        v->best = text_of(msg(rq->page.locale, M_("at a good hour")));
        return OK;
}

static void fill_words(struct request *rq, const struct programmes_cohort *c,
                       const struct care_call_row *row, struct care_call_view *v)
{
        const struct pack_text *ask = pack_call_text(c->pack, row->kind, rq->page.locale);
        const struct pack_call *kind = pack_call(c->pack, row->kind);

        v->title = kind ? kind->title.in[rq->page.locale] : row->kind;
        v->ask = ask ? html_markdown(rq->arena, ask->body, 2) : (struct markup) {TEXT("")};
        v->outcomes = care_options(rq, care_outcomes, care_outcome_words);
        v->team_note = row->team_note;
        v->private_note = row->done_by.has && row->done_by.v == rq->who->person ? row->private_note
                                                                                : TEXT_ABSENT;
        v->open = text_is(row->state, "due") || text_is(row->state, "scheduled");
}

struct err care_call_get(struct request *rq, struct reply *re)
{
        struct html_shell shell = care_page(rq, M_("A call"));
        struct care_call_view v = {.id = rq_id(rq, "call")};
        struct programmes_cohort c;
        struct care_call_row row;
        bool found;

        TRY(care_call_row(rq->tx, v.id, &found, &row));
        if (!found)
                return FAIL(ERR_ABSENT, "There is no such call", "Choose one from the list");
        TRY(programmes_staff(rq->tx, rq->who, row.cohort));
        TRY(programmes_cohort(rq->tx, row.cohort, &c));
        v.pair = row.pair;
        v.person = row.person;
        v.until_at = row.until_at;
        v.attempts = row.attempts;
        fill_words(rq, &c, &row, &v);
        TRY(fill_person(rq, &row, &v));
        TRY(fill_queue(rq, &c, &v));
        TRY(partner_of(rq, row.pair, row.person, &v));
        TRY(care_pair_facts_of(rq, row.pair, &v.facts));
        TRY(care_talks_of(rq, &c, row.pair, row.person, &v.talks));
        reply_page(rq, re, &shell, care_call_page, &v);
        return OK;
}

/* ---- what came of it ---- */

struct err care_call_post(struct request *rq, struct reply *re)
{
        const struct care_call_form *f = FORM(rq, struct care_call_form);
        bool reached = !text_is(f->outcome, "not-reached");

        TRY(care_log_call(
                rq->tx, rq->who, rq_id(rq, "call"),
                &(struct care_outcome) {
                        .outcome = f->outcome,
                        .minutes = f->minutes,
                        .action = f->action,
                        .action_day = {f->action_day != 0, f->action_day},
                        .team_note = f->team_note.n ? f->team_note : TEXT_ABSENT,
                        .private_note = f->private_note.n ? f->private_note : TEXT_ABSENT}));
        if (reached && f->minutes > 0 && f->minutes < CARE_SHORT_CALL)
                reply_flash(re, "The call is logged. Under six minutes rarely helps: would a "
                                "longer one be possible?");
        else
                reply_flash(re, reached ? "The call is logged."
                                        : "Noted. It comes back when it is time to try again.");
        reply_see(re, "/desk/calls");
        return OK;
}

struct err care_call_time_post(struct request *rq, struct reply *re)
{
        const struct care_time_form *f = FORM(rq, struct care_time_form);
        int64_t at = zone_at(rq->page.zone, f->day, (int)(f->clock / 60), (int)(f->clock % 60));

        TRY(care_schedule_call(rq->tx, rq->who, rq_id(rq, "call"), at));
        reply_flash(re, "The call has its time.");
        reply_see(re, "/desk/calls");
        return OK;
}
