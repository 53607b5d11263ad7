/* /me/data/correct, /me/data/erase; /desk/corrections. */
#include "people/people_correct.h"
#include "people/people_erase.h"
#include "people/people_rights.html.h"
#include "people/people_view.h"
#include "people/people_web.h"
#include "people/people_web_parts.h"
#include "programmes/programmes.h"

/* ---- corrections, by the person ---- */

static const char *tone_of(struct text state)
{
        if (text_is(state, "open"))
                return "soon";
        return text_is(state, "accepted") ? "good" : "info";
}

static struct html_options fields(struct request *rq)
{
        size_t n = 0;

        while (people_correctable[n])
                n++;
        struct html_options o = {.row = arena_array(rq->arena, struct html_option, n)};
        for (; o.n < n; o.n++) {
                struct text field = text_of(people_correctable[o.n]);
                o.row[o.n] = (struct html_option) {
                        .value = field, .label = text_of(msg(rq->page.locale, people_correctable_words(field)))};
        }
        return o;
}

static struct err show_correct(struct request *rq, struct reply *re)
{
        struct html_shell shell = people_shell(rq, M_("Put something right"));
        struct people_correct_view v = {.fields = fields(rq)};
        struct people_corrections_of_list list;

        TRY(people_corrections_of(rq->tx, rq->who->person, &list));
        v.row = arena_array(rq->arena, struct people_correction_view, list.n);
        for (; v.n < list.n; v.n++) {
                const struct people_corrections_of *c = &list.row[v.n];
                v.row[v.n] = (struct people_correction_view) {
                        .id = c->id, .was = c->was, .wish = c->wish, .reason = c->reason, .answer = c->answer,
                        .asked_at = c->asked_at, .field = msg(rq->page.locale, people_correctable_words(c->field)),
                        .state = msg(rq->page.locale, people_correction_state(c->state)), .tone = tone_of(c->state),
                        .open = text_is(c->state, "open")};
        }
        reply_page(rq, re, &shell, people_correct, &v);
        return OK;
}

#define AT(member) .offset = offsetof(struct people_correction_new, member)
FORM_OF(correct_form, struct people_correction_new,
        {.name = "field", .kind = FIELD_CHOICE, AT(field), .required = true, .choices = people_correctable,
         .label = M_("What is wrong?")},
        {.name = "wish", .kind = FIELD_TEXT, AT(wish), .required = true, .max = 500, .label = M_("What should stand there?")},
        {.name = "reason", .kind = FIELD_LINES, AT(reason), .max = 1000, .label = M_("What should the coordinator know?")});
#undef AT

static struct err post_correct(struct request *rq, struct reply *re)
{
        TRY(people_ask_correction(rq->tx, rq->who, FORM(rq, struct people_correction_new)));
        reply_flash(re, M_("Asked for. A coordinator answers by mail."));
        reply_see(re, "/me/data/correct");
        return OK;
}

static struct err post_withdraw(struct request *rq, struct reply *re)
{
        TRY(people_withdraw_correction(rq->tx, rq->who, rq_id(rq, "correction")));
        reply_flash(re, M_("Withdrawn."));
        reply_see(re, "/me/data/correct");
        return OK;
}

/* ---- being forgotten ---- */

static struct err show_erase(struct request *rq, struct reply *re)
{
        struct html_shell shell = people_shell(rq, M_("Be forgotten"));
        struct people_erasure_view v = {.days = PEOPLE_GRACE_DAYS};

        TRY(people_erasure(rq->tx, rq->who, &v.e));
        reply_page(rq, re, &shell, people_erase_page, &v);
        return OK;
}

struct sure_form { bool sure; };
FORM_OF(sure_form, struct sure_form,
        {.name = "sure", .kind = FIELD_BOOL, .offset = offsetof(struct sure_form, sure), .label = M_("Are you sure?")});

static struct err post_erase(struct request *rq, struct reply *re)
{
        if (!FORM(rq, struct sure_form)->sure)
                return FAIL_AT(ERR_INVALID, "Tick the box if you are sure", "sure", "Or go back; nothing has happened");
        TRY(people_ask_erasure(rq->tx, rq->who));
        reply_flash(re, M_("It is noted. Until the day comes you can call it off here."));
        reply_see(re, "/me/data/erase");
        return OK;
}

static struct err post_off(struct request *rq, struct reply *re)
{
        TRY(people_call_off_erasure(rq->tx, rq->who));
        reply_flash(re, M_("Called off. Everything stays as it is."));
        reply_see(re, "/me/data");
        return OK;
}

/* ---- corrections, at the desk ---- */

static struct err add_of(struct request *rq, int64_t cohort, struct people_corrections_view *v)
{
        struct people_corrections_in_list list;

        TRY(people_corrections_in(rq->tx, cohort, &list));
        struct people_correction_view *row = arena_array(rq->arena, struct people_correction_view, v->n + list.n);
        for (size_t i = 0; i < v->n; i++)
                row[i] = v->row[i];
        v->row = row;
        for (size_t i = 0; i < list.n; i++) {
                const struct people_corrections_in *c = &list.row[i];
                v->open += text_is(c->state, "open");
                v->row[v->n++] = (struct people_correction_view) {
                        .id = c->id, .was = c->was, .wish = c->wish, .reason = c->reason, .answer = c->answer,
                        .asked_at = c->asked_at, .field = msg(rq->page.locale, people_correctable_words(c->field)),
                        .state = msg(rq->page.locale, people_correction_state(c->state)), .tone = tone_of(c->state),
                        .name = text_format(rq->arena, "%s %s", c->first_name.p, c->last_name.p),
                        .open = text_is(c->state, "open")};
        }
        return OK;
}

static struct err show_corrections(struct request *rq, struct reply *re)
{
        struct html_shell shell = {.kind = SHELL_DESK, .title = text_of(msg(rq->page.locale, M_("Corrections")))};
        struct people_corrections_view v = {0};
        int64_t cohort;
        struct err e = programmes_current(rq->tx, rq->who, &cohort);

        if (failed(e) && !err_is(e, ERR_ABSENT))
                return e;
        if (!failed(e)) {
                TRY(programmes_staff(rq->tx, rq->who, cohort));
                TRY(add_of(rq, cohort, &v));
        }
        if (!failed(people_must_have(rq->tx, rq->who, ROLE_ADMINISTRATOR, 0)))
                TRY(add_of(rq, 0, &v));
        reply_page(rq, re, &shell, people_corrections_page, &v);
        return OK;
}

struct decide_form { struct text decision, answer; };
static const char *const decisions[] = {"accept", "decline", NULL};
FORM_OF(decide_form, struct decide_form,
        {.name = "decision", .kind = FIELD_CHOICE, .offset = offsetof(struct decide_form, decision), .required = true,
         .choices = decisions, .label = M_("Decision")},
        {.name = "answer", .kind = FIELD_LINES, .offset = offsetof(struct decide_form, answer), .max = 1000,
         .label = M_("A word to them")});

static struct err post_decision(struct request *rq, struct reply *re)
{
        const struct decide_form *f = FORM(rq, struct decide_form);
        bool accept = text_is(f->decision, "accept");

        TRY(people_decide_correction(rq->tx, rq->who, rq_id(rq, "correction"), accept, f->answer));
        reply_flash(re, accept ? M_("Put right. They hear of it by mail.") : M_("Left as it is. They read your reason."));
        reply_see(re, "/desk/corrections");
        return OK;
}

static const struct route rows[] = {
        {.method = GET, .path = "/me/data/correct", .who = WHO_SIGNED_IN, .handler = show_correct},
        {.method = POST, .path = "/me/data/correct", .who = WHO_SIGNED_IN, .handler = post_correct, .form = &correct_form,
         .back = "/me/data/correct"},
        {.method = POST, .path = "/me/data/correct/:correction/withdraw", .who = WHO_SIGNED_IN, .handler = post_withdraw},
        {.method = GET, .path = "/me/data/erase", .who = WHO_SIGNED_IN, .handler = show_erase},
        {.method = POST, .path = "/me/data/erase", .who = WHO_SIGNED_IN, .handler = post_erase, .form = &sure_form,
         .back = "/me/data/erase"},
        {.method = POST, .path = "/me/data/erase/off", .who = WHO_SIGNED_IN, .handler = post_off},
        {.method = GET, .path = "/desk/corrections", .who = WHO_STAFF, .handler = show_corrections},
        {.method = POST, .path = "/desk/corrections/:correction", .who = WHO_STAFF, .handler = post_decision, .form = &decide_form,
         .back = "/desk/corrections"},
};

const struct route_table people_rights_routes = ROUTES(rows);
