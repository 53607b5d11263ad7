/* Signing in and out. */
#include "people/people_web.h"

#include "people/people.sql.h"
#include "people/people_parts.h"
#include "people/people_sign_in.html.h"
#include "people/people_view.h"
#include "people/people_ways_parts.h"
#include "people/people_web_parts.h"

struct html_shell people_bare(struct request *rq, const char *title)
{
        return (struct html_shell) {.kind = SHELL_BARE,
                .title = text_of(msg(rq->page.locale, title)), .offers_help = true};
}

struct people_visit people_visit_of(const struct request *rq)
{
        return (struct people_visit) {.agent = rq->user_agent, .ip = rq->ip, .session = rq->session};
}

static struct err sign_in(struct request *rq, struct reply *re)
{
        struct html_shell shell = people_bare(rq, M_("Sign in"));
        struct people_sign_in_view v = {.next = rq_query(rq, "next")};
        struct text next = people_safe_next(v.next);

        v.again = rq->who->person && text_is(rq_query(rq, "again"), "1");
        v.email = rq->who->email;
        if (rq->who->person && !v.again) {
                TRY(people_landing(rq->tx, rq->who->person, &next));
                reply_see(re, "%s", next.p);
                return OK;
        }
        reply_page(rq, re, &shell, people_sign_in_form, &v);
        return OK;
}

struct sign_in_form { struct text email, next; };
FORM_OF(sign_in_form, struct sign_in_form,
        {.name = "email", .kind = FIELD_EMAIL, .offset = offsetof(struct sign_in_form, email),
         .required = true,
         .label = M_("Mail address")},
        {.name = "next", .kind = FIELD_TEXT, .offset = offsetof(struct sign_in_form, next),
         .max = 500});

static struct err ask_link(struct request *rq, struct reply *re)
{
        const struct sign_in_form *f = FORM(rq, struct sign_in_form);

        TRY(people_ask_link(rq->tx, f->email, f->next, rq->ip));
        reply_see(re, "/sign-in/sent");
        return OK;
}

static struct err sent(struct request *rq, struct reply *re)
{
        struct html_shell shell = people_bare(rq, M_("Look into your mailbox"));
        struct people_sent_view v = {.demonstration = db_purpose(rq->app->db) == DB_DEMO};

        reply_page(rq, re, &shell, people_sent, &v);
        return OK;
}

static struct err show_link(struct request *rq, struct reply *re)
{
        struct html_shell shell = people_bare(rq, M_("Sign in"));
        struct people_link_view v = {.secret = rq_text(rq, "secret")};
        struct text next;
        int64_t person;
        struct err e = people_link_open(rq->tx, v.secret, false, &person, &next);

        if (failed(e) && !err_is(e, ERR_ABSENT) && !err_is(e, ERR_CONFLICT))
                return e;
        v.why = failed(e) ? e.what : NULL;
        if (failed(e))
                reply_status(re, err_is(e, ERR_ABSENT) ? 404 : 410);
        reply_page(rq, re, &shell, people_link, &v);
        return OK;
}

static struct err use_link(struct request *rq, struct reply *re)
{
        struct text session, next;

        const struct people_visit from = people_visit_of(rq);

        TRY(people_sign_in(rq->tx, rq_text(rq, "secret"), &from, &session, &next));
        reply_session(re, session, SESSION_S);
        reply_see(re, "%s", next.p);
        return OK;
}

static struct err ask_sign_out(struct request *rq, struct reply *re)
{
        struct html_shell shell = people_bare(rq, M_("Sign out"));
        struct people_sent_view v = {0};

        reply_page(rq, re, &shell, people_sign_out, &v);
        return OK;
}

static struct err sign_out(struct request *rq, struct reply *re)
{
        if (rq->session.n)
                TRY(people_session_delete_by_hash(rq->tx, rq->session));
        reply_session(re, TEXT_ABSENT, 0);
        reply_flash(re, M_("You are signed out."));
        reply_see(re, "/sign-in");
        return OK;
}

static const struct route rows[] = {
        {.method = GET, .path = "/sign-in", .who = WHO_ANYONE, .handler = sign_in},
        {.method = POST, .path = "/sign-in", .who = WHO_ANYONE, .handler = ask_link,
         .form = &sign_in_form, .back = "/sign-in"},
        {.method = GET, .path = "/sign-in/sent", .who = WHO_ANYONE, .handler = sent},
        {.method = GET, .path = "/sign-in/:secret", .who = WHO_ANYONE, .handler = show_link},
        {.method = POST, .path = "/sign-in/:secret", .who = WHO_ANYONE, .handler = use_link,
         .back = "/sign-in/:secret"},
        {.method = GET, .path = "/sign-out", .who = WHO_SIGNED_IN, .handler = ask_sign_out},
        {.method = POST, .path = "/sign-out", .who = WHO_ANYONE, .handler = sign_out},
        {.method = GET, .path = "/people", .who = WHO_SIGNED_IN, .handler = people_show_cohort},
};

const struct route_table people_routes = ROUTES(rows);
