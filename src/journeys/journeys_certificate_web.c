/* A certificate: its page, its sheet as PDF, and the public page that says only what is on the sheet. */
#include "journeys/journeys_pages.h"

#include "base/app.h"
#include "html/format.h"
#include "journeys/journeys.sql.h"
#include "journeys/journeys_certificate.html.h"
#include "os/config.h"
#include "print/print.h"

#include <string.h>

/* ---- its sentences ---- */

static struct text what_was_done(struct arena *a, enum locale l, const struct journeys_certificate *c)
{
        struct text months = msg_plural(a, l, c->months, M_("for one month"), M_("for {n} months"));

        return msg_with(a, l, c->mentor ? M_("has accompanied another person as a mentor {months}") : M_("has taken part as a mentee {months}"),
                        "months", months, NULL);
}

static struct text how_often(struct arena *a, enum locale l, const struct journeys_certificate *c)
{
        struct text talks = msg_plural(a, l, c->meetings, M_("in one conversation"), M_("in {n} conversations"));

        if (!c->minutes.has)
                return talks;
        return msg_with(a, l, M_("{talks}, {hours} together"), "talks", talks, "hours",
                        msg_plural(a, l, (c->minutes.v + 30) / 60, M_("one hour"), M_("{n} hours")), NULL);
}

static struct text when(struct arena *a, enum locale l, const struct journeys_certificate *c)
{
        return msg_with(a, l, M_("{from} to {until}"), "from", format_day_year(a, l, c->from_day), "until", format_day_year(a, l, c->until_day), NULL);
}

/* The cohort too, unless its name is in the programme's already. */
static struct text whose(struct arena *a, const struct journeys_certificate *c)
{
        if (text_empty(c->cohort) || memmem(c->programme.p, c->programme.n, c->cohort.p, c->cohort.n))
                return c->programme;
        return text_format(a, "%s, %s", text_c(a, c->programme), text_c(a, c->cohort));
}

static void write_view(struct request *rq, enum locale l, const struct journeys_certificate *c, struct journeys_certificate_view *v)
{
        struct arena *a = rq->arena;

        v->found = true;
        v->code = c->code;
        v->url = text_format(a, "%s/certificate/%s", rq->app->config->base_url, text_c(a, c->code));
        v->name = c->name;
        v->programme = whose(a, c);
        v->heading = text_of(msg(l, M_("Certificate")));
        v->lead = text_of(msg(l, M_("We confirm that")));
        v->done[0] = what_was_done(a, l, c);
        v->done[1] = how_often(a, l, c);
        v->done[2] = when(a, l, c);
        v->signer = c->signer;
        v->sponsor = c->sponsor;
        v->issued_day = c->issued_day;
}

/* ---- my own ---- */

static struct err read_mine(struct request *rq, struct journeys_certificate_view *v)
{
        struct journeys_side side;
        struct journeys_cards_list cards;
        struct journeys_certificate c;

        TRY(journeys_side(rq->tx, rq->who, rq_id(rq, "pair"), &side));
        TRY(journeys_cards(rq->tx, side.pair.id, &cards));
        v->pair = side.pair.id;
        v->met = side.pair.n_met > 0;
        v->ready = text_is(side.pair.state, "closed");
        for (size_t i = 0; i < cards.n; i++)
                v->ready |= cards.row[i].person == side.me && cards.row[i].done_at.has;
        TRY(journeys_certificate(rq->tx, rq->who, side.pair.id, &v->found, &c));
        if (v->found)
                write_view(rq, rq->page.locale, &c, v);
        return OK;
}

struct err journeys_get_certificate(struct request *rq, struct reply *re)
{
        struct html_shell shell = journeys_shell(rq, M_("Certificate"));
        struct journeys_certificate_view v = {0};

        TRY(read_mine(rq, &v));
        reply_page(rq, re, &shell, journeys_certificate_page, &v);
        return OK;
}

struct err journeys_post_certificate(struct request *rq, struct reply *re)
{
        TRY(journeys_make_certificate(rq->tx, rq->who, rq_id(rq, "pair")));
        reply_flash(re, M_("Your certificate is made, with your name as it stands in your profile"));
        reply_see(re, "/pairs/%lld/certificate", (long long)rq_id(rq, "pair"));
        return OK;
}

struct err journeys_get_certificate_pdf(struct request *rq, struct reply *re)
{
        struct arena *a = rq->arena;
        enum locale l = locale_of(rq_query(rq, "lang").p ? rq_query(rq, "lang") : TEXT(""), rq->page.locale);
        struct journeys_certificate c;
        struct journeys_certificate_view v = {0};
        struct text pdf;
        bool found;

        TRY(journeys_certificate(rq->tx, rq->who, rq_id(rq, "pair"), &found, &c));
        if (!found)
                return FAIL(ERR_ABSENT, "This certificate has not been made yet", "Finish your closing cards first");
        write_view(rq, l, &c, &v);
        const struct print_certificate sheet = {
                .locale = l, .title = text_format(a, "%s: %s", text_c(a, v.heading), text_c(a, v.name)), .programme = v.programme,
                .heading = v.heading, .lead = v.lead, .name = v.name, .done = {v.done[0], v.done[1], v.done[2]},
                .signer = v.signer, .signer_role = text_of(msg(l, M_("for the programme"))), .sponsor = v.sponsor,
                .sponsor_role = text_of(msg(l, M_("for the organisation"))), .place_date = format_day_year(a, l, c.issued_day),
                .verify = v.url, .code = v.code, .now = rq->page.now};
        TRY(print_certificate(a, &sheet, &pdf));
        reply_bytes(re, "application/pdf", pdf, text_format(a, "%s.pdf", text_c(a, v.code)).p);
        return OK;
}

/* ---- anybody's, by its code ---- */

struct err journeys_get_verify(struct request *rq, struct reply *re)
{
        struct html_shell shell = {.kind = SHELL_BARE, .title = journeys_say(&rq->page, M_("Certificate"))};
        struct journeys_certificate c;
        struct journeys_certificate_view v = {0};

        TRY(journeys_certificate_of_code(rq->tx, rq_text(rq, "code"), &c));
        write_view(rq, rq->page.locale, &c, &v);
        reply_page(rq, re, &shell, journeys_verify_page, &v);
        return OK;
}
