/* /desk/pairs/:pair: facts of one pair, and what staff can do. Dates and states; never what was said or written. */
#include "care/care.h"
#include "journeys/journeys_desk.h"

#include "html/format.h"
#include "journeys/journeys.sql.h"
#include "journeys/journeys_desk.html.h"
#include "os/zone.h"
#include "people/people.h"

static void fact(struct journeys_facts_list *l, const char *what, struct text value)
{
        if (value.n)
                l->row[l->n++] = (struct journeys_fact) {what, value};
}

static struct text day_or_not(struct request *rq, struct opt t, const char *otherwise)
{
        return t.has ? format_day_year(rq->arena, rq->page.locale, zone_day(rq->page.zone, t.v))
                     : journeys_say(&rq->page, otherwise);
}

static void write_facts(struct request *rq, const struct journeys_pair *p, int64_t cards,
                        struct journeys_facts_list *l)
{
        struct opt end = {true, p->planned_end};

        l->row = arena_array(rq->arena, struct journeys_fact, 16);
        fact(l, M_("Pair since"), day_or_not(rq, (struct opt) {true, p->activated_at}, ""));
        fact(l, M_("Rhythm"), journeys_rhythm_words(&rq->page, p->cadence_days));
        fact(l, M_("Agreement"), day_or_not(rq, p->agreed_at, M_("not signed by both")));
        fact(l, M_("First message"), day_or_not(rq, p->first_message_at, M_("not yet")));
        fact(l, M_("First answer"), day_or_not(rq, p->first_reply_at, M_("not yet")));
        fact(l, M_("First conversation"), day_or_not(rq, p->first_met_at, M_("not yet")));
        fact(l, M_("Conversations"), text_format(rq->arena, "%lld", (long long)p->n_met));
        fact(l, M_("Contacts of all kinds"),
             text_format(rq->arena, "%lld", (long long)p->n_contacts));
        fact(l, M_("Half-way review"), day_or_not(rq, p->reviewed_at, M_("not yet")));
        fact(l, M_("Status shown to each other"),
             journeys_say(&rq->page, journeys_revealed(p) ? M_("yes, by both") : M_("no")));
        if (p->paused_until.has)
                fact(l, M_("Paused until"), day_or_not(rq, p->paused_until, ""));
        fact(l, M_("Planned end"), day_or_not(rq, end, ""));
        if (p->end_reason.n)
                fact(l, M_("Reason of the end"),
                     journeys_say(&rq->page, journeys_reason_words(p->end_reason)));
        if (p->closed_at.has)
                fact(l, M_("Closed"), day_or_not(rq, p->closed_at, ""));
        if (p->end_reason.n)
                fact(l, M_("Closing cards finished"),
                     text_format(rq->arena, "%lld / 2", (long long)cards));
}

static struct err write_contacts(struct request *rq, const struct journeys_pair *p,
                                 const struct journeys_names *names, struct journeys_contact_rows *out)
{
        struct journeys_contacts_since_list rows;

        TRY(journeys_contacts_since(rq->tx, p->id, 0, &rows));
        out->row = arena_array(rq->arena, struct journeys_contact_row, rows.n);
        for (size_t i = rows.n; i > 0; i--) {
                const struct journeys_contacts_since *r = &rows.row[i - 1];

                out->row[out->n++] = (struct journeys_contact_row) {
                        .when = format_moment(rq->arena, rq->page.locale, rq->page.zone, r->at), .what = journeys_channel_words(r->kind), .minutes = r->minutes,
                        .who = r->two_way ? TEXT_ABSENT : journeys_name_of(names, r->by_person)};
        }
        return OK;
}

/* Staff read the category; the words only where the mentee has said so. */
static void hide_words(struct journeys_goal_rows *goals)
{
        for (size_t i = 0; i < goals->n; i++) {
                struct journeys_goal_view *g = &goals->row[i];

                if (!g->shared)
                        g->statement = TEXT_ABSENT;
                g->why = g->measure = g->next_step = TEXT_ABSENT;
        }
}

static struct err write_meetings(struct request *rq, const struct journeys_pair *p,
                                 struct journeys_meetings_rows *out)
{
        struct journeys_side none = {.pair = *p, .partner_zone = rq->page.zone};
        struct journeys_meeting_list all;

        TRY(journeys_meetings(rq->tx, p->id, &all));
        out->row = arena_array(rq->arena, struct journeys_meeting_view, all.n);
        for (size_t i = all.n; i > 0; i--) {
                journeys_write_meeting(rq, &none, &all.row[i - 1], 3, &out->row[out->n]);
                out->row[out->n++].place = TEXT_ABSENT;
        }
        return OK;
}

static void write_reasons(struct request *rq, struct html_options *out)
{
        out->row = arena_array(rq->arena, struct html_option, 8);
        for (size_t i = 0; journeys_end_reasons[i]; i++)
                out->row[out->n++] = (struct html_option) {
                        .value = text_of(journeys_end_reasons[i]),
                        .label = journeys_say(&rq->page, journeys_reason_words(text_of(journeys_end_reasons[i])))};
}

/* Who of the two cannot be reached by mail. */
static struct err write_mail(struct request *rq, const struct journeys_pair *p, struct journeys_desk_pair_view *v)
{
        const int64_t two[] = {p->mentee, p->mentor};
        struct people_person person;

        for (size_t i = 0; i < 2; i++) {
                TRY(people_get(rq->tx, two[i], &person));
                TRY(mail_trouble_read(rq->tx, rq->page.locale, two[i], person.first_name, &v->mail[i]));
        }
        return OK;
}

static struct err write_open(struct request *rq, int64_t pair, struct journeys_desk_pair_view *v)
{
        struct care_of_pair open;

        TRY(care_of_pair(rq->tx, rq->who, pair, &open));
        v->flags.row = arena_array(rq->arena, struct journeys_open_row, open.n_flags + 1);
        v->calls.row = arena_array(rq->arena, struct journeys_open_row, open.n_calls + 1);
        for (; v->flags.n < open.n_flags; v->flags.n++) {
                const struct care_flag *f = &open.flag[v->flags.n];
                v->flags.row[v->flags.n] = (struct journeys_open_row) {.id = f->id, .name = f->chip, .words = f->sentence, .red = f->level > 1};
        }
        for (; v->calls.n < open.n_calls; v->calls.n++)
                v->calls.row[v->calls.n] = (struct journeys_open_row) {.id = open.call[v->calls.n].id, .name = open.call[v->calls.n].first_name};
        return OK;
}

static struct err write_pair(struct request *rq, const struct journeys_pair *p,
                             struct journeys_desk_pair_view *v)
{
        struct journeys_strip strip;
        struct journeys_names names;
        int64_t cards;

        TRY(journeys_read_names(rq, p->cohort, &names));
        *v = (struct journeys_desk_pair_view) {
                .pair = p->id, .mentor = journeys_name_of(&names, p->mentor), .mentee = journeys_name_of(&names, p->mentee), .state = p->state,
                .mentor_person = p->mentor, .mentee_person = p->mentee, .closed = text_is(p->state, "closed"),
                .closing = text_is(p->state, "closing"), .paused = text_is(p->state, "paused"),
                .suspended = text_is(p->state, "suspended")};
        TRY(care_holds_pair(rq->tx, p->id, &v->held));
        TRY(journeys_strip(rq->tx, p, &strip));
        journeys_write_strip(&rq->page, p, &strip, false, &v->strip);
        v->tone = journeys_chip_tone(v->strip.rhythm);
        v->words = journeys_chip_words(p, v->strip.rhythm);
        TRY(journeys_closing_done(rq->tx, p->id, &cards));
        write_facts(rq, p, cards, &v->facts);
        TRY(write_contacts(rq, p, &names, &v->contacts));
        TRY(write_meetings(rq, p, &v->meetings));
        TRY(journeys_write_goals(rq, p->id, &v->goals));
        hide_words(&v->goals);
        write_reasons(rq, &v->reasons);
        TRY(write_open(rq, p->id, v));
        return write_mail(rq, p, v);
}

struct reading { const struct who *who; const struct journeys_pair *pair; };

static struct err write_reading(struct tx *tx, void *in)
{
        const struct reading *r = in;

        TRY(people_audit(tx, r->who, "pair.read", r->pair->mentor, r->pair->id, ""));
        return people_audit(tx, r->who, "pair.read", r->pair->mentee, r->pair->id, "");
}

/* Looking at a pair is written down; the two can read that under their data. */
static void note_reading(struct request *rq, struct reply *re, const struct journeys_pair *pair)
{
        struct reading *r = arena_new_of(rq->arena, struct reading);
        struct journeys_pair *kept = arena_new_of(rq->arena, struct journeys_pair);

        *kept = *pair;
        *r = (struct reading) {rq->who, kept};
        reply_then(re, write_reading, r);
}

struct err journeys_get_desk_pair(struct request *rq, struct reply *re)
{
        struct html_shell shell = {.kind = SHELL_DESK, .title = journeys_say(&rq->page, M_("A pair"))};
        struct journeys_desk_pair_view v;
        struct journeys_pair p;

        TRY(journeys_pair(rq->tx, rq_id(rq, "pair"), &p));
        TRY(programmes_staff(rq->tx, rq->who, p.cohort));
        TRY(write_pair(rq, &p, &v));
        note_reading(rq, re, &p);
        reply_page(rq, re, &shell, journeys_desk_pair, &v);
        return OK;
}

/* ---- what staff can do ---- */

struct err journeys_post_close(struct request *rq, struct reply *re)
{
        int64_t pair = rq_id(rq, "pair");
        struct journeys_pair after;

        TRY(journeys_close_by_staff(rq->tx, rq->who, pair,
                                    FORM(rq, struct journeys_close_form)->reason));
        TRY(journeys_pair(rq->tx, pair, &after));
        reply_flash(re, text_is(after.state, "closed") ? M_("The pair is closed. Whoever has not done the cards still can")
                                                       : M_("Both have a mail and their five cards, and two weeks for them"));
        reply_see(re, "/desk/pairs/%lld", (long long)pair);
        return OK;
}

struct err journeys_post_release(struct request *rq, struct reply *re)
{
        int64_t pair = rq_id(rq, "pair");

        TRY(journeys_release(rq->tx, rq->who, pair));
        reply_flash(re, M_("The pair can go on"));
        reply_see(re, "/desk/pairs/%lld", (long long)pair);
        return OK;
}

struct err journeys_post_desk_resume(struct request *rq, struct reply *re)
{
        int64_t pair = rq_id(rq, "pair");

        TRY(journeys_resume(rq->tx, rq->who, pair));
        reply_flash(re, M_("The pause is over"));
        reply_see(re, "/desk/pairs/%lld", (long long)pair);
        return OK;
}
