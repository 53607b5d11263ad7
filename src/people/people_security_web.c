/* /me/security: ways to sign in, each set up and removed; /me/addresses. */
#include "people/people_web.h"

#include "html/messages.h"
#include "os/clock.h"
#include "os/config.h"
#include "people/people_code_rules.h"
#include "people/people_parts.h"
#include "people/people_security.html.h"
#include "people/people_view.h"
#include "people/people_ways_parts.h"
#include "people/people_web_parts.h"

static struct err gather(struct request *rq, struct people_security_view *v)
{
        const struct people_visit from = people_visit_of(rq);
        struct people_session_list_list sessions;
        struct people_password_row password = {0};
        int64_t me = rq->who->person;

        TRY(people_get(rq->tx, me, &v->p));
        TRY(people_fresh(rq->tx, &from, &v->fresh));
        TRY(people_password_row(rq->tx, me, &v->has_password, &password));
        v->password_set_at = password.set_at;
        TRY(people_second_of(rq->tx, me, &v->second));
        TRY(people_passkey_list(rq->tx, me, &v->passkeys));
        TRY(people_address_list(rq->tx, me, &v->addresses));
        TRY(people_session_list(rq->tx, me, clock_seconds(), &sessions));
        v->devices = (int64_t)sessions.n;
        return OK;
}

static struct err show_security(struct request *rq, struct reply *re)
{
        struct html_shell shell = people_shell(rq, M_("How you sign in"));
        struct people_security_view v = {0};

        TRY(gather(rq, &v));
        reply_page(rq, re, &shell, people_security, &v);
        return OK;
}

typedef void security_view_fn(struct page *pg, const struct people_security_view *v);

/* A page to set something up: for those who have signed in a short while ago, or back to the page that says so. */
static struct err show_setting_up(struct request *rq, struct reply *re, const char *title,
                                  security_view_fn *view)
{
        struct html_shell shell = people_shell(rq, title);
        struct people_security_view v = {0};

        TRY(gather(rq, &v));
        if (v.fresh)
                reply_page(rq, re, &shell, view, &v);
        else
                reply_see(re, "/me/security");
        return OK;
}

static struct err saved(struct reply *re, const char *words)
{
        reply_flash(re, words);
        reply_see(re, "/me/security");
        return OK;
}

/* ---- password ---- */

static struct err show_password(struct request *rq, struct reply *re)
{
        return show_setting_up(rq, re, M_("Your password"), people_password_form);
}

struct new_password_form { struct text password_now, password; };
FORM_OF(new_password_form, struct new_password_form,
        {.name = "password_now", .kind = FIELD_TEXT, .offset = offsetof(struct new_password_form, password_now),
         .max = 500, .label = M_("Your present password")},
        {.name = "password", .kind = FIELD_TEXT, .offset = offsetof(struct new_password_form, password),
         .required = true, .max = 500, .label = M_("New password")});

static struct err hash_password(struct request *rq)
{
        const struct new_password_form *f = FORM(rq, struct new_password_form);
        struct people_password_new *made = arena_new_of(rq->arena, struct people_password_new);

        rq->prepared = made;
        return people_password_prepare(rq->app, rq->arena, rq->who->person, f->password_now, f->password, made);
}

static struct err save_password(struct request *rq, struct reply *re)
{
        const struct people_visit from = people_visit_of(rq);

        TRY(people_password_set(rq->tx, rq->who, &from, rq->prepared));
        return saved(re, M_("Your password is set. Other devices are signed out."));
}

static struct err ask_no_password(struct request *rq, struct reply *re)
{
        struct html_shell shell = people_shell(rq, M_("Remove your password"));
        struct people_second second;

        TRY(people_second_of(rq->tx, rq->who->person, &second));
        struct people_removal_view v = {.last = second.passkeys == 0};
        reply_page(rq, re, &shell, people_password_removal, &v);
        return OK;
}

static struct err no_password(struct request *rq, struct reply *re)
{
        const struct people_visit from = people_visit_of(rq);

        TRY(people_password_remove(rq->tx, rq->who, &from));
        return saved(re, M_("Your password is removed. Other devices are signed out."));
}

/* ---- passkeys ---- */

static struct err show_passkeys(struct request *rq, struct reply *re)
{
        return show_setting_up(rq, re, M_("Add a passkey"), people_passkey_form);
}

static struct err passkey_options(struct request *rq, struct reply *re)
{
        struct text json;

        TRY(people_passkey_options(rq->tx, CEREMONY_ADD, rq->who->person, &json));
        reply_json(re, json);
        return OK;
}

struct new_passkey_form { struct text name, client_data, attestation; };
FORM_OF(new_passkey_form, struct new_passkey_form,
        {.name = "name", .kind = FIELD_TEXT, .offset = offsetof(struct new_passkey_form, name), .required = true,
         .max = 60, .label = M_("What is it called?")},
        {.name = "client_data", .kind = FIELD_TEXT, .offset = offsetof(struct new_passkey_form, client_data), .max = 6000},
        {.name = "attestation", .kind = FIELD_TEXT, .offset = offsetof(struct new_passkey_form, attestation), .max = 22000});

static struct err read_passkey(struct request *rq)
{
        const struct new_passkey_form *f = FORM(rq, struct new_passkey_form);
        struct people_passkey_new *made = arena_new_of(rq->arena, struct people_passkey_new);

        rq->prepared = made;
        return people_passkey_read(rq->app, rq->arena, rq->who->person, f->client_data, f->attestation, made);
}

static struct err add_passkey(struct request *rq, struct reply *re)
{
        const struct people_visit from = people_visit_of(rq);

        TRY(people_passkey_add(rq->tx, rq->who, &from, rq->prepared, FORM(rq, struct new_passkey_form)->name));
        return saved(re, M_("Your passkey is there. Other devices are signed out."));
}

static struct err ask_no_passkey(struct request *rq, struct reply *re)
{
        struct html_shell shell = people_shell(rq, M_("Remove a passkey"));
        int64_t id = rq_id(rq, "passkey");
        struct people_passkey_one row;
        struct people_second second;
        bool found;

        TRY(people_passkey_one(rq->tx, id, rq->who->person, &found, &row));
        if (!found)
                return FAIL(ERR_ABSENT, "This is not one of your passkeys", "Go back to the list");
        TRY(people_second_of(rq->tx, rq->who->person, &second));
        struct people_removal_view v = {.id = id, .name = row.name,
                .last = second.required && second.passkeys == 1 && !second.app};
        reply_page(rq, re, &shell, people_passkey_removal, &v);
        return OK;
}

static struct err no_passkey(struct request *rq, struct reply *re)
{
        const struct people_visit from = people_visit_of(rq);

        TRY(people_passkey_remove(rq->tx, rq->who, &from, rq_id(rq, "passkey")));
        return saved(re, M_("The passkey is removed. Other devices are signed out."));
}

/* ---- codes from an app ---- */

static struct text in_fours(struct arena *a, struct text t)
{
        struct out o = out_new(a, t.n * 2);

        for (size_t i = 0; i < t.n; i++) {
                if (i && i % 4 == 0)
                        out_char(&o, ' ');
                out_char(&o, t.p[i]);
        }
        return out_get(&o);
}

/* A form that comes back keeps the secret that the app has read already. */
static struct text token_of(struct request *rq)
{
        struct text typed = rq->page.echo ? form_typed(rq->page.echo, "token") : TEXT_ABSENT, secret;

        if (typed.n && !failed(people_app_secret(rq->app, rq->arena, rq->who->person, typed, &secret)))
                return typed;
        return people_app_token(rq->app, rq->arena, rq->who->person);
}

static struct err show_app(struct request *rq, struct reply *re)
{
        struct html_shell shell = people_shell(rq, M_("Codes from an app"));
        struct people_app_view v = {.token = token_of(rq), .account = rq->who->email};
        struct people_security_view s = {0};
        struct text secret;

        TRY(gather(rq, &s));
        if (!s.fresh) {
                reply_see(re, "/me/security");
                return OK;
        }
        TRY(people_app_secret(rq->app, rq->arena, rq->who->person, v.token, &secret));
        v.on = s.second.app;
        v.secret = in_fours(rq->arena, people_base32(rq->arena, secret));
        v.qr = people_qr(rq->arena, people_code_address(rq->arena, secret, rq->who->email, text_of(rq->app->config->organisation)),
                         msg(rq->page.locale, "A picture for your app to read"));
        reply_page(rq, re, &shell, people_app_form, &v);
        return OK;
}

struct app_form { struct text token, code; };
FORM_OF(app_form, struct app_form,
        {.name = "token", .kind = FIELD_TEXT, .offset = offsetof(struct app_form, token), .required = true, .max = 100},
        {.name = "code", .kind = FIELD_TEXT, .offset = offsetof(struct app_form, code), .required = true, .max = 12,
         .label = M_("Six digits from the app")});

/* Shown in the answer itself, and never again: only their hashes are kept. */
static struct err show_codes(struct request *rq, struct reply *re, struct text codes[RECOVERY_CODES])
{
        struct html_shell shell = people_shell(rq, M_("Your recovery codes"));
        struct people_codes_view v = {.n = RECOVERY_CODES, .row = codes};

        reply_page(rq, re, &shell, people_codes, &v);
        return OK;
}

static struct err add_app(struct request *rq, struct reply *re)
{
        const struct people_visit from = people_visit_of(rq);
        const struct app_form *f = FORM(rq, struct app_form);
        struct text codes[RECOVERY_CODES];

        TRY(people_app_add(rq->tx, rq->who, &from, f->token, f->code, codes));
        return show_codes(rq, re, codes);
}

static struct err new_codes(struct request *rq, struct reply *re)
{
        const struct people_visit from = people_visit_of(rq);
        struct text codes[RECOVERY_CODES];

        TRY(people_recovery_renew(rq->tx, rq->who, &from, codes));
        return show_codes(rq, re, codes);
}

static struct err ask_no_app(struct request *rq, struct reply *re)
{
        struct html_shell shell = people_shell(rq, M_("Turn off codes from an app"));
        struct people_second second;

        TRY(people_second_of(rq->tx, rq->who->person, &second));
        struct people_removal_view v = {.last = second.required && second.passkeys == 0};
        reply_page(rq, re, &shell, people_app_removal, &v);
        return OK;
}

static struct err no_app(struct request *rq, struct reply *re)
{
        const struct people_visit from = people_visit_of(rq);

        TRY(people_app_remove(rq->tx, rq->who, &from));
        return saved(re, M_("Codes from an app are off. Other devices are signed out."));
}

/* ---- addresses ---- */

struct address_form { struct text email; };
FORM_OF(address_form, struct address_form,
        {.name = "email", .kind = FIELD_EMAIL, .offset = offsetof(struct address_form, email), .required = true,
         .label = M_("Another address")});

static struct err add_address(struct request *rq, struct reply *re)
{
        const struct people_visit from = people_visit_of(rq);

        TRY(people_address_add(rq->tx, rq->who, &from, FORM(rq, struct address_form)->email));
        return saved(re, M_("A link is on its way to that address. It counts once you have opened it."));
}

static struct err ask_confirm(struct request *rq, struct reply *re)
{
        struct html_shell shell = people_shell(rq, M_("Confirm a mail address"));
        struct people_confirm_view v = {.secret = rq_text(rq, "secret")};
        const struct people_visit from = people_visit_of(rq);

        TRY(people_address_open(rq->tx, rq->who, &from, v.secret, false, &v.email));
        reply_page(rq, re, &shell, people_address_confirm_page, &v);
        return OK;
}

static struct err confirm_address(struct request *rq, struct reply *re)
{
        const struct people_visit from = people_visit_of(rq);
        struct text email;

        TRY(people_address_open(rq->tx, rq->who, &from, rq_text(rq, "secret"), true, &email));
        return saved(re, M_("The address is yours now. Other devices are signed out."));
}

static struct err main_address(struct request *rq, struct reply *re)
{
        const struct people_visit from = people_visit_of(rq);

        TRY(people_address_main(rq->tx, rq->who, &from, rq_id(rq, "address")));
        return saved(re, M_("Our mails go to that address from now on. Other devices are signed out."));
}

static struct err ask_no_address(struct request *rq, struct reply *re)
{
        struct html_shell shell = people_shell(rq, M_("Remove a mail address"));
        struct people_removal_view v = {.id = rq_id(rq, "address")};
        struct people_address_one row;
        bool found;

        TRY(people_address_one(rq->tx, v.id, rq->who->person, &found, &row));
        if (!found)
                return FAIL(ERR_ABSENT, "This is not one of your addresses", "Go back to the list");
        v.name = row.email;
        reply_page(rq, re, &shell, people_address_removal, &v);
        return OK;
}

static struct err no_address(struct request *rq, struct reply *re)
{
        const struct people_visit from = people_visit_of(rq);

        TRY(people_address_remove(rq->tx, rq->who, &from, rq_id(rq, "address")));
        return saved(re, M_("The address is removed. Other devices are signed out."));
}

#define OWN(method_, path_, handler_, ...) \
        {.method = (method_), .path = (path_), .who = WHO_SIGNED_IN, .handler = (handler_), __VA_ARGS__}

static const struct route rows[] = {
        OWN(GET, "/me/security", show_security),
        OWN(GET, "/me/security/password", show_password),
        OWN(POST, "/me/security/password", save_password, .form = &new_password_form, .back = "/me/security/password",
            .prepare = hash_password, .flags = ROUTE_HASHING),
        OWN(GET, "/me/security/password/remove", ask_no_password),
        OWN(POST, "/me/security/password/remove", no_password),
        OWN(GET, "/me/security/passkeys", show_passkeys),
        OWN(GET, "/me/security/passkey.json", passkey_options),
        OWN(POST, "/me/security/passkeys", add_passkey, .form = &new_passkey_form, .back = "/me/security/passkeys",
            .prepare = read_passkey),
        OWN(GET, "/me/security/passkeys/:passkey/remove", ask_no_passkey),
        OWN(POST, "/me/security/passkeys/:passkey/remove", no_passkey),
        OWN(GET, "/me/security/app", show_app),
        OWN(POST, "/me/security/app", add_app, .form = &app_form, .back = "/me/security/app"),
        OWN(GET, "/me/security/app/remove", ask_no_app),
        OWN(POST, "/me/security/app/remove", no_app),
        OWN(POST, "/me/security/codes", new_codes),
        OWN(POST, "/me/addresses", add_address, .form = &address_form, .back = "/me/security"),
        OWN(GET, "/me/addresses/confirm/:secret", ask_confirm),
        OWN(POST, "/me/addresses/confirm/:secret", confirm_address),
        OWN(POST, "/me/addresses/:address/main", main_address),
        OWN(GET, "/me/addresses/:address/remove", ask_no_address),
        OWN(POST, "/me/addresses/:address/remove", no_address),
};

const struct route_table people_security_routes = ROUTES(rows);
