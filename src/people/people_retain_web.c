/* /desk/retention: what goes when, and what went. */
#include "os/zone.h"
#include "people/people.h"
#include "people/people_retain.h"
#include "people/people_retain.html.h"
#include "people/people_view.h"
#include "people/people_web.h"

#include <string.h>

static const char *title_of(struct text key)
{
        for (int k = 0; k < KEEP_KINDS; k++)
                if (text_is(key, people_kinds[k].key))
                        return people_kinds[k].title;
        return "";
}

static struct err add_runs(struct request *rq, struct people_retain_view *v)
{
        struct people_retention_runs_list runs;

        TRY(people_retention_runs(rq->tx, &runs));
        v->runs.row = arena_array(rq->arena, struct people_run_view, runs.n);
        for (; v->runs.n < runs.n; v->runs.n++) {
                const struct people_retention_runs *r = &runs.row[v->runs.n];
                v->runs.row[v->runs.n] = (struct people_run_view) {r->at, r->removed, r->days, title_of(r->kind)};
        }
        return OK;
}

static struct err show_one(struct request *rq, struct reply *re, struct text open)
{
        struct html_shell shell = {.kind = SHELL_DESK, .title = text_of(msg(rq->page.locale, M_("How long things are kept")))};
        struct people_retain_view v = {.n = KEEP_KINDS, .row = arena_array(rq->arena, struct people_retain_row, KEEP_KINDS)};
        struct people_keeps *keeps = arena_new_of(rq->arena, struct people_keeps);

        TRY(people_must_have(rq->tx, rq->who, ROLE_ADMINISTRATOR, 0));
        TRY(people_keeps(rq->tx, keeps));
        for (int k = 0; k < KEEP_KINDS; k++) {
                v.row[k] = (struct people_retain_row) {&people_kinds[k], &keeps->row[k], text_is(open, people_kinds[k].key)};
                v.due += keeps->row[k].held_until.has ? 0 : keeps->row[k].due;
        }
        v.leavers.n = keeps->leavers.n;
        v.leavers.row = keeps->leavers.row;
        TRY(add_runs(rq, &v));
        reply_page(rq, re, &shell, people_retain_page, &v);
        return OK;
}

static struct err show(struct request *rq, struct reply *re) { return show_one(rq, re, TEXT("")); }
/* The same with one kind opened: where a form that was refused comes back to. */
static struct err show_kind(struct request *rq, struct reply *re) { return show_one(rq, re, rq_text(rq, "kind")); }

struct days_form { int64_t days; };
FORM_OF(days_form, struct days_form,
        {.name = "days", .kind = FIELD_INT, .offset = offsetof(struct days_form, days), .required = true, .min = 1, .max = 3650,
         .label = M_("Keep for so many days")});

static struct err post_days(struct request *rq, struct reply *re)
{
        struct text kind = rq_text(rq, "kind");

        TRY(people_keep_for(rq->tx, rq->who, kind, FORM(rq, struct days_form)->days));
        reply_flash(re, M_("Saved. It holds from the coming night."));
        reply_see(re, "/desk/retention");
        return OK;
}

struct hold_form { int64_t until; struct text reason; };
FORM_OF(hold_form, struct hold_form,
        {.name = "until", .kind = FIELD_DAY, .offset = offsetof(struct hold_form, until), .required = true,
         .label = M_("Take nothing away before")},
        {.name = "reason", .kind = FIELD_TEXT, .offset = offsetof(struct hold_form, reason), .required = true, .max = 300,
         .label = M_("Why?")});

static struct err post_hold(struct request *rq, struct reply *re)
{
        const struct hold_form *f = FORM(rq, struct hold_form);

        TRY(people_keep_hold(rq->tx, rq->who, rq_text(rq, "kind"), zone_at(rq->page.zone, f->until, 0, 0), f->reason));
        reply_flash(re, M_("Held up. Nothing of it goes before that day."));
        reply_see(re, "/desk/retention");
        return OK;
}

static struct err post_release(struct request *rq, struct reply *re)
{
        TRY(people_keep_release(rq->tx, rq->who, rq_text(rq, "kind")));
        reply_flash(re, M_("It goes again when its time has come."));
        reply_see(re, "/desk/retention");
        return OK;
}

static const struct route rows[] = {
        {.method = GET, .path = "/desk/retention", .who = ROLE_ADMINISTRATOR, .handler = show},
        {.method = GET, .path = "/desk/retention/:kind", .who = ROLE_ADMINISTRATOR, .handler = show_kind},
        {.method = POST, .path = "/desk/retention/:kind", .who = ROLE_ADMINISTRATOR, .handler = post_days, .form = &days_form,
         .back = "/desk/retention/:kind"},
        {.method = POST, .path = "/desk/retention/:kind/hold", .who = ROLE_ADMINISTRATOR, .handler = post_hold, .form = &hold_form,
         .back = "/desk/retention/:kind"},
        {.method = POST, .path = "/desk/retention/:kind/release", .who = ROLE_ADMINISTRATOR, .handler = post_release},
};

const struct route_table people_retain_routes = ROUTES(rows);
