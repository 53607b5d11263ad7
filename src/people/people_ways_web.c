/* Signing in by password and by passkey, and the second step. */
#include "people/people_web.h"

#include "people/people_parts.h"
#include "people/people_view.h"
#include "people/people_ways.html.h"
#include "people/people_ways_parts.h"
#include "people/people_web_parts.h"

enum { MOST_KEYS_FOR_IP = 60, MOST_CODES = 6 };

/* ---- password ---- */

static struct err show_password(struct request *rq, struct reply *re)
{
        struct html_shell shell = people_bare(rq, M_("Sign in with a password"));
        struct people_ways_view v = {.next = rq_query(rq, "next")};

        reply_page(rq, re, &shell, people_sign_in_password, &v);
        return OK;
}

struct password_form { struct text email, password, next; };
FORM_OF(password_form, struct password_form,
        {.name = "email", .kind = FIELD_EMAIL, .offset = offsetof(struct password_form, email),
         .required = true, .label = M_("Mail address")},
        {.name = "password", .kind = FIELD_TEXT, .offset = offsetof(struct password_form, password),
         .required = true, .max = 500, .label = M_("Password")},
        {.name = "next", .kind = FIELD_TEXT, .offset = offsetof(struct password_form, next), .max = 500});

static struct err check_password(struct request *rq)
{
        const struct password_form *f = FORM(rq, struct password_form);
        struct people_password_try *found = arena_new_of(rq->arena, struct people_password_try);

        rq->prepared = found;
        return people_password_check(rq->app, rq->arena, f->email, f->password, rq->ip, found);
}

static struct err enter_by_password(struct request *rq, struct reply *re)
{
        const struct people_visit from = people_visit_of(rq);
        struct text secret, where;

        TRY(people_password_enter(rq->tx, &from, rq->prepared, FORM(rq, struct password_form)->next, &secret, &where));
        reply_session(re, secret, SESSION_S);
        reply_see(re, "%s", where.p);
        return OK;
}

/* ---- passkey ---- */

static struct err passkey_options(struct request *rq, struct reply *re)
{
        struct text json;

        TRY(people_passkey_options(rq->tx, CEREMONY_ENTER, 0, &json));
        reply_json(re, json);
        return OK;
}

struct passkey_form { struct people_passkey_answer answer; struct text next; };
#define PART(member, most) {.name = #member, .kind = FIELD_TEXT, .offset = offsetof(struct passkey_form, answer.member), .max = (most)}
FORM_OF(passkey_form, struct passkey_form,
        PART(credential, 1400), PART(client_data, 6000), PART(authenticator_data, 4000), PART(signature, 2000),
        PART(user_handle, 200),
        {.name = "next", .kind = FIELD_TEXT, .offset = offsetof(struct passkey_form, next), .max = 500});

static struct err verify(struct request *rq, enum people_ceremony what)
{
        struct people_passkey_shown *shown = arena_new_of(rq->arena, struct people_passkey_shown);
        const struct people_limit limit = {"passkey-ip", rq->ip, MOST_KEYS_FOR_IP};

        rq->prepared = shown;
        TRY(people_count_attempts(rq->app, rq->arena, &limit, 1));
        return people_passkey_verify(rq->app, rq->arena, what, &FORM(rq, struct passkey_form)->answer, shown);
}

static struct err verify_entering(struct request *rq) { return verify(rq, CEREMONY_ENTER); }

/* The counter stood still: the refusal is kept with its letter, so it is no error of the transaction. */
static struct err refuse_copy(struct reply *re)
{
        reply_flash(re, M_("This passkey was not accepted, and its owner has been told why. Choose another way to sign in"));
        reply_see(re, "/sign-in");
        return OK;
}

static struct err enter_by_passkey(struct request *rq, struct reply *re)
{
        const struct people_passkey_shown *shown = rq->prepared;
        const struct people_visit from = people_visit_of(rq);
        struct text secret, where;
        bool step;

        TRY(people_passkey_use(rq->tx, &from, shown, &step));
        if (!step)
                return refuse_copy(re);
        TRY(people_enter(rq->tx, &from, shown->person, "passkey", true, FORM(rq, struct passkey_form)->next, &secret, &where));
        reply_session(re, secret, SESSION_S);
        reply_see(re, "%s", where.p);
        return OK;
}

/* ---- the second step ---- */

static struct err show_second(struct request *rq, struct reply *re)
{
        struct html_shell shell = people_bare(rq, M_("Show that it is you"));
        const struct people_visit from = people_visit_of(rq);
        struct people_second_view v;
        int64_t person;
        bool pending;

        struct err e = people_second_who(rq->tx, &from, &person, &pending);
        if (err_is(e, ERR_CONFLICT)) {
                reply_see(re, "/sign-in");
                return OK;
        }
        TRY(e);
        TRY(people_second_of(rq->tx, person, &v.second));
        reply_page(rq, re, &shell, people_second_step, &v);
        return OK;
}

static struct err second_options(struct request *rq, struct reply *re)
{
        const struct people_visit from = people_visit_of(rq);
        struct text json = TEXT("{}");
        int64_t person;
        bool pending;

        struct err e = people_second_who(rq->tx, &from, &person, &pending);
        if (err_is(e, ERR_CONFLICT)) {
                reply_status(re, 404);
                reply_json(re, json);
                return OK;
        }
        TRY(e);
        TRY(people_passkey_options(rq->tx, CEREMONY_SECOND, person, &json));
        reply_json(re, json);
        return OK;
}

struct waiting { struct people_visit from; int64_t person; bool pending; };

static struct err waiting_in(struct tx *tx, void *in)
{
        struct waiting *w = in;

        return people_second_who(tx, &w->from, &w->person, &w->pending);
}

struct code_form { struct text code; };
FORM_OF(code_form, struct code_form,
        {.name = "code", .kind = FIELD_TEXT, .offset = offsetof(struct code_form, code), .required = true,
         .max = 40, .label = M_("Code from your app")});

static struct people_limit code_limit(struct arena *a, int64_t person)
{
        return (struct people_limit) {"second", text_format(a, "%lld", (long long)person), MOST_CODES};
}

/* Six digits are soon guessed: what counts the attempts outlives the refusal. */
static struct err count_code(struct request *rq)
{
        struct waiting w = {.from = people_visit_of(rq)};

        TRY(db_read(rq->app->db, rq->arena, waiting_in, &w));
        const struct people_limit limit = code_limit(rq->arena, w.person);
        return people_count_attempts(rq->app, rq->arena, &limit, 1);
}

static struct err finish(struct request *rq, struct reply *re)
{
        const struct people_visit from = people_visit_of(rq);
        struct text secret, where;

        TRY(people_second_done(rq->tx, &from, &secret, &where));
        reply_session(re, secret, SESSION_S);
        reply_see(re, "%s", where.p);
        return OK;
}

static struct err second_by_code(struct request *rq, struct reply *re)
{
        const struct people_visit from = people_visit_of(rq);
        int64_t person;
        bool pending;

        TRY(people_second_who(rq->tx, &from, &person, &pending));
        TRY(people_second_code(rq->tx, &from, person, FORM(rq, struct code_form)->code));
        const struct people_limit limit = code_limit(rq->arena, person);
        TRY(people_forgive_attempts(rq->tx, &limit, 1));
        return finish(rq, re);
}

static struct err verify_second(struct request *rq) { return verify(rq, CEREMONY_SECOND); }

static struct err second_by_passkey(struct request *rq, struct reply *re)
{
        const struct people_passkey_shown *shown = rq->prepared;
        const struct people_visit from = people_visit_of(rq);
        bool pending, step;
        int64_t person;

        TRY(people_second_who(rq->tx, &from, &person, &pending));
        if (person != shown->person)
                return FAIL(ERR_INVALID, "This is a passkey of somebody else", "Use your own");
        TRY(people_passkey_use(rq->tx, &from, shown, &step));
        return step ? finish(rq, re) : refuse_copy(re);
}

static const struct route rows[] = {
        {.method = GET, .path = "/sign-in/password", .who = WHO_ANYONE, .handler = show_password},
        {.method = POST, .path = "/sign-in/password", .who = WHO_ANYONE, .handler = enter_by_password,
         .form = &password_form, .back = "/sign-in/password", .prepare = check_password, .flags = ROUTE_HASHING},
        {.method = GET, .path = "/sign-in/passkey.json", .who = WHO_ANYONE, .handler = passkey_options},
        {.method = POST, .path = "/sign-in/passkey", .who = WHO_ANYONE, .handler = enter_by_passkey,
         .form = &passkey_form, .back = "/sign-in", .prepare = verify_entering},
        {.method = GET, .path = "/sign-in/second", .who = WHO_ANYONE, .handler = show_second},
        {.method = POST, .path = "/sign-in/second", .who = WHO_ANYONE, .handler = second_by_code,
         .form = &code_form, .back = "/sign-in/second", .prepare = count_code},
        {.method = GET, .path = "/sign-in/second.json", .who = WHO_ANYONE, .handler = second_options},
        {.method = POST, .path = "/sign-in/second/passkey", .who = WHO_ANYONE, .handler = second_by_passkey,
         .form = &passkey_form, .back = "/sign-in/second", .prepare = verify_second},
};

const struct route_table people_ways_routes = ROUTES(rows);
