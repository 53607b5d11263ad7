/* The front door, what is done to a cohort, and the list of pages. */
#include "programmes/programmes_web.h"

#include "base/app.h"
#include "os/config.h"
#include "people/people.h"
#include "programmes/programmes.html.h"
#include "programmes/programmes.sql.h"
#include "programmes/programmes_keep.h"
#include "programmes/programmes_web_parts.h"

#include <string.h>

static struct err show_front(struct request *rq, struct reply *re)
{
        struct html_shell shell = {.kind = SHELL_BARE, .offers_help = true};
        struct programmes_front_view v = {.organisation = text_of(rq->app->config->organisation)};

        if (who_has(rq->who, ROLE_PARTICIPANT))
                reply_see(re, "/home");
        else if (who_is_staff(rq->who))
                reply_see(re, "/desk");
        else if (who_has(rq->who, ROLE_CONTACT))
                reply_see(re, "/desk/concerns");
        else if (who_has(rq->who, ROLE_SPONSOR))
                reply_see(re, "/desk/cohort/success");
        else if (rq->who->person)
                reply_see(re, "/me");
        else
                reply_page(rq, re, &shell, programmes_front, &v);
        return OK;
}

static struct err post_look(struct request *rq, struct reply *re)
{
        TRY(programmes_look_at(rq->tx, rq->who, rq_id(rq, "cohort")));
        reply_see(re, "/desk/cohort");
        return OK;
}

/* ---- gates ---- */

static struct err pass(struct request *rq, struct reply *re, enum programmes_gate gate,
                       const char *said)
{
        struct programmes_cohort c;

        TRY(programmes_here(rq, &c));
        TRY(programmes_pass_gate(rq->tx, rq->who, c.id, gate));
        reply_flash(re, said);
        reply_see(re, "/desk");
        return OK;
}

static struct err post_open(struct request *rq, struct reply *re)
{
        return pass(rq, re, GATE_OPEN,
                    M_("The first gate is open: bring your people. The public page takes applications on the days of the plan."));
}

static struct err post_launch(struct request *rq, struct reply *re)
{
        return pass(rq, re, GATE_LAUNCH,
                    M_("The cohort is launched. Every pair's time begins with it."));
}

struct aside_form {
        struct text reason;
};
FORM_OF(aside_form, struct aside_form,
        {.name = "reason",
         .kind = FIELD_LINES,
         .offset = offsetof(struct aside_form, reason),
         .required = true,
         .max = 500,
         .label = "Why"});

static struct err post_aside(struct request *rq, struct reply *re)
{
        struct text key = rq_text(rq, "key"), reason = FORM(rq, struct aside_form)->reason;
        enum programmes_gate gate = GATE_OPEN;
        struct programmes_cohort c;

        TRY(programmes_here(rq, &c));
        for (enum programmes_need need = 0; need < NEEDS; need++)
                if (text_is(key, programmes_need_row(need)->key))
                        gate = programmes_need_row(need)->gate;
        TRY(programmes_override(rq->tx, rq->who, c.id, gate, key, reason));
        reply_flash(re, "The line is set aside, with your name and reason.");
        reply_see(re, "/desk/cohort/gates");
        return OK;
}

/* ---- does mail arrive? ---- */

static struct err post_mail(struct request *rq, struct reply *re)
{
        struct programmes_cohort c;
        struct text path;

        TRY(programmes_here(rq, &c));
        TRY(programmes_ask_mail_proof(rq->tx, rq->who, c.id, &path));
        reply_flash(re, "A test mail is on its way to you. Follow its link.");
        reply_see(re, "/desk/cohort/gates#mail");
        return OK;
}

static struct err show_proof(struct request *rq, struct reply *re)
{
        struct html_shell shell = {.kind = SHELL_BARE,
                                   .title = text_of(msg(rq->page.locale, M_("Test mail")))};
        struct programmes_proof_view v = {.token = rq_text(rq, "token")};

        v.proved = text_is(rq_query(rq, "done"), "1");
        reply_page(rq, re, &shell, programmes_proof, &v);
        return OK;
}

static struct err post_proof(struct request *rq, struct reply *re)
{
        struct text token = rq_text(rq, "token");

        TRY(programmes_prove_mail(rq->tx, token));
        reply_see(re, "/desk/cohort/mail-proof/%s?done=1", text_c(rq->arena, token));
        return OK;
}

/* ---- dates ---- */

struct launch_form {
        int64_t launch_day;
};
FORM_OF(launch_form, struct launch_form,
        {.name = "launch_day",
         .kind = FIELD_DAY,
         .offset = offsetof(struct launch_form, launch_day),
         .required = true,
         .label = "Day of the launch"});

static struct err post_launch_day(struct request *rq, struct reply *re)
{
        struct programmes_cohort c;

        TRY(programmes_here(rq, &c));
        TRY(programmes_move_launch(rq->tx, rq->who, c.id,
                                   FORM(rq, struct launch_form)->launch_day));
        reply_flash(re, "The launch is moved, and everything still to come with it.");
        reply_see(re, "/desk/cohort/phases");
        return OK;
}

struct phase_form {
        int64_t from_day;
};
FORM_OF(phase_form, struct phase_form,
        {.name = "from_day",
         .kind = FIELD_DAY,
         .offset = offsetof(struct phase_form, from_day),
         .required = true,
         .label = "Begins on"});

static struct err post_phase(struct request *rq, struct reply *re)
{
        struct programmes_cohort c;
        int64_t ordinal;

        TRY(programmes_here(rq, &c));
        if (!text_int(rq_text(rq, "ordinal"), &ordinal))
                return FAIL(ERR_ABSENT, "There is no such phase", "Choose one from the list");
        TRY(programmes_move_phase(rq->tx, rq->who, c.id, ordinal,
                                  FORM(rq, struct phase_form)->from_day));
        reply_flash(re, "The phase is moved.");
        reply_see(re, "/desk/cohort/phases");
        return OK;
}

/* ---- staff ---- */

struct role_form {
        struct text email, first_name, last_name, role;
};
static const char *const roles[] = {"coordinator", "deputy", "sponsor", "contact", NULL};
FORM_OF(role_form, struct role_form,
        {.name = "email",
         .kind = FIELD_EMAIL,
         .offset = offsetof(struct role_form, email),
         .required = true,
         .label = "Mail address"},
        {.name = "first_name",
         .kind = FIELD_TEXT,
         .offset = offsetof(struct role_form, first_name),
         .required = true,
         .max = 80,
         .label = "First name"},
        {.name = "last_name",
         .kind = FIELD_TEXT,
         .offset = offsetof(struct role_form, last_name),
         .max = 80,
         .label = "Last name"},
        {.name = "role",
         .kind = FIELD_CHOICE,
         .offset = offsetof(struct role_form, role),
         .required = true,
         .choices = roles,
         .label = "What they do"});

static struct err post_role(struct request *rq, struct reply *re)
{
        const struct role_form *f = FORM(rq, struct role_form);
        bool deputy = text_is(f->role, "deputy"), made;
        struct programmes_cohort c;
        int64_t person;

        TRY(programmes_here(rq, &c));
        TRY(people_add(rq->tx, rq->who,
                       &(struct people_new) {.email = f->email,
                                             .first_name = f->first_name,
                                             .last_name = f->last_name,
                                             .zone = text_of(zone_name(c.zone)),
                                             .locale = text_of(locale_tag((enum locale)c.locale))},
                       &person, &made));
        TRY(people_give_role(rq->tx, rq->who, person,
                             deputy ? "coordinator" : text_c(rq->arena, f->role), c.programme));
        if (deputy)
                TRY(programmes_cohort_deputy(rq->tx, c.id, (struct opt) {true, person}));
        bool asked = !c.success_signed_at.has && !text_empty(text_trim(c.success));
        if (!text_is(f->role, "sponsor"))
                TRY(programmes_tell_part(rq->tx, rq->who, person, &c, f->role));
        else if (asked)
                TRY(programmes_ask_to_sign(rq->tx, rq->who, person, &c, text_format(rq->arena, "%lld", (long long)c.id)));
        reply_flash(re, !text_is(f->role, "sponsor") || asked ? M_("They have this part now, and a mail tells them.")
                             : M_("They have this role now."));
        reply_see(re, "/desk/cohort/staff");
        return OK;
}

struct leave_form {
        int64_t person;
        struct text role;
};
FORM_OF(leave_form, struct leave_form,
        {.name = "person",
         .kind = FIELD_ID,
         .offset = offsetof(struct leave_form, person),
         .required = true,
         .label = "Person"},
        {.name = "role",
         .kind = FIELD_CHOICE,
         .offset = offsetof(struct leave_form, role),
         .required = true,
         .choices = roles,
         .label = "What they do"});

static struct err post_leave(struct request *rq, struct reply *re)
{
        const struct leave_form *f = FORM(rq, struct leave_form);
        struct programmes_cohort c;

        TRY(programmes_here(rq, &c));
        if (f->person == c.coordinator && text_is(f->role, "coordinator"))
                return FAIL(ERR_CONFLICT, "Somebody has to run this cohort",
                            "Its coordinator stays");
        TRY(people_take_role(rq->tx, rq->who, f->person, text_c(rq->arena, f->role), c.programme));
        if (c.deputy.has && c.deputy.v == f->person && text_is(f->role, "coordinator"))
                TRY(programmes_cohort_deputy(rq->tx, c.id, (struct opt) {0}));
        reply_flash(re, "The role is taken away.");
        reply_see(re, "/desk/cohort/staff");
        return OK;
}

struct help_form {
        struct text help_name, help_email, help_phone;
        int64_t staff_hours;
};
FORM_OF(help_form, struct help_form,
        {.name = "help_name",
         .kind = FIELD_TEXT,
         .offset = offsetof(struct help_form, help_name),
         .required = true,
         .max = 80,
         .label = "Name"},
        {.name = "help_email",
         .kind = FIELD_EMAIL,
         .offset = offsetof(struct help_form, help_email),
         .required = true,
         .label = "Mail address"},
        {.name = "help_phone",
         .kind = FIELD_TEXT,
         .offset = offsetof(struct help_form, help_phone),
         .max = 40,
         .label = "Telephone"},
        {.name = "staff_hours",
         .kind = FIELD_INT,
         .offset = offsetof(struct help_form, staff_hours),
         .required = true,
         .min = 1,
         .max = 400,
         .label = "Hours a week"});

static struct err post_help(struct request *rq, struct reply *re)
{
        const struct help_form *f = FORM(rq, struct help_form);
        struct programmes_cohort c;

        TRY(programmes_here(rq, &c));
        TRY(programmes_set_help(rq->tx, rq->who, c.id,
                                &(struct programmes_help) {f->help_name, f->help_email,
                                                           f->help_phone, (double)f->staff_hours}));
        reply_flash(re, "Saved. The new name stands on every page.");
        reply_see(re, "/desk/cohort/staff");
        return OK;
}

/* ---- success ---- */

struct success_form {
        struct text purpose, success;
};
FORM_OF(success_form, struct success_form,
        {.name = "purpose",
         .kind = FIELD_LINES,
         .offset = offsetof(struct success_form, purpose),
         .max = 2000,
         .label = "What it is for"},
        {.name = "success",
         .kind = FIELD_LINES,
         .offset = offsetof(struct success_form, success),
         .max = 2000,
         .label = "What success means"});

static struct err post_success(struct request *rq, struct reply *re)
{
        const struct success_form *f = FORM(rq, struct success_form);
        struct programmes_cohort c;

        TRY(programmes_here(rq, &c));
        TRY(programmes_write_success(rq->tx, rq->who, c.id, f->purpose, f->success));
        reply_flash(re, "Saved.");
        reply_see(re, "/desk/cohort/success");
        return OK;
}

static struct err post_sign(struct request *rq, struct reply *re)
{
        TRY(programmes_sign_success(rq->tx, rq->who, rq_id(rq, "cohort")));
        reply_flash(re, "Signed. Thank you.");
        reply_see(re, "/desk/cohort/success");
        return OK;
}

#define PAGE(path_, handler_)                                                                      \
        {                                                                                          \
                .method = GET, .path = (path_), .who = WHO_STAFF, .handler = (handler_)            \
        }
#define DO(path_, handler_, form_, back_)                                                          \
        {                                                                                          \
                .method = POST, .path = (path_), .who = WHO_STAFF, .handler = (handler_),          \
                .form = (form_), .back = (back_)                                                   \
        }

static const struct route rows[] = {
        {.method = GET, .path = "/", .who = WHO_ANYONE, .handler = show_front},
        PAGE("/desk/cohort", programmes_show_cohort),
        PAGE("/desk/cohort/new", programmes_show_new),
        PAGE("/desk/cohort/new/follows", programmes_show_follows),
        DO("/desk/cohort/new", programmes_post_new, &programmes_new_form, "/desk/cohort/new"),
        DO("/desk/cohort/look/:cohort", post_look, NULL, NULL),
        PAGE("/desk/cohort/gates", programmes_show_gates),
        DO("/desk/cohort/gates/open", post_open, NULL, NULL),
        DO("/desk/cohort/gates/launch", post_launch, NULL, NULL),
        DO("/desk/cohort/gates/mail", post_mail, NULL, NULL),
        PAGE("/desk/cohort/gates/aside/:key", programmes_show_aside),
        DO("/desk/cohort/gates/aside/:key", post_aside, &aside_form,
           "/desk/cohort/gates/aside/:key"),
        {.method = GET,
         .path = "/desk/cohort/mail-proof/:token",
         .who = WHO_ANYONE,
         .handler = show_proof},
        {.method = POST,
         .path = "/desk/cohort/mail-proof/:token",
         .who = WHO_ANYONE,
         .handler = post_proof},
        PAGE("/desk/cohort/phases", programmes_show_phases),
        DO("/desk/cohort/launch-day", post_launch_day, &launch_form, "/desk/cohort/phases"),
        PAGE("/desk/cohort/phases/:ordinal", programmes_show_phase),
        DO("/desk/cohort/phases/:ordinal", post_phase, &phase_form, "/desk/cohort/phases/:ordinal"),
        PAGE("/desk/cohort/staff", programmes_show_staff),
        DO("/desk/cohort/staff", post_role, &role_form, "/desk/cohort/staff"),
        DO("/desk/cohort/staff/remove", post_leave, &leave_form, "/desk/cohort/staff"),
        DO("/desk/cohort/help", post_help, &help_form, "/desk/cohort/staff"),
        {.method = GET,
         .path = "/desk/cohort/success",
         .who = WHO_STAFF | ROLE_SPONSOR,
         .handler = programmes_show_success},
        DO("/desk/cohort/success", post_success, &success_form, "/desk/cohort/success"),
        {.method = POST,
         .path = "/desk/cohort/success/:cohort/sign",
         .who = ROLE_SPONSOR,
         .handler = post_sign},
};

const struct route_table programmes_routes = ROUTES(rows);
