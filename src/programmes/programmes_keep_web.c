/* Data protection, figures to reach and the closing of a cohort, as pages. */
#include "programmes/programmes_keep_view.h"

#include "html/format.h"
#include "journeys/journeys.h"
#include "programmes/programmes_keep.html.h"
#include "programmes/programmes_web.h"
#include "programmes/programmes_web_parts.h"

/* ---- data protection ---- */

static const char *const hows[] = {"agreed", "answered", NULL};

static struct html_options how_options(struct request *rq)
{
        static const struct { const char *value, *label, *hint; } all[] = {
                {"agreed", M_("Yes"), M_("Whoever answers for data protection has read it and agrees.")},
                {"answered", M_("Not yet, and we begin all the same"), M_("Somebody answers for that, by name and with a reason.")},
        };
        struct html_options o = {.row = arena_array(rq->arena, struct html_option, 2)};

        for (; o.n < 2; o.n++)
                o.row[o.n] = (struct html_option) {.value = text_of(all[o.n].value), .label = text_of(msg(rq->page.locale, all[o.n].label)),
                                                   .hint = text_of(msg(rq->page.locale, all[o.n].hint))};
        return o;
}

struct err programmes_show_assessment(struct request *rq, struct reply *re)
{
        struct html_shell shell = programmes_desk_shell(rq, M_("Data protection"));
        struct programmes_assessment_view v = {.hows = how_options(rq)};
        struct programmes_design d;
        struct programmes_cohort c;

        TRY(programmes_here(rq, &c));
        TRY(programmes_assessment(rq->tx, c.id, &v.now));
        TRY(programmes_design_for(rq->tx, rq->who, c.id, &d));
        v.name = c.name;
        v.officer = v.now.there ? v.now.name : d.officer;
        v.how = !v.now.there ? TEXT_ABSENT : v.now.agreed ? text_of("agreed") : text_of("answered");
        reply_page(rq, re, &shell, programmes_assessment_page, &v);
        return OK;
}

struct err programmes_show_assessment_text(struct request *rq, struct reply *re)
{
        struct programmes_design d;
        struct programmes_cohort c;
        struct text filled;

        TRY(programmes_here(rq, &c));
        TRY(programmes_design_for(rq->tx, rq->who, c.id, &d));
        TRY(programmes_dpia(rq->tx, &d, rq->page.locale, &filled));
        reply_bytes(re, "text/markdown; charset=utf-8", filled, "data-protection-assessment.md");
        return OK;
}

struct assessment_form { struct text how, name, reason; };
FORM_OF(assessment_form, struct assessment_form,
        {.name = "how", .kind = FIELD_CHOICE, .offset = offsetof(struct assessment_form, how), .required = true, .choices = hows,
         .label = "Is it agreed?"},
        {.name = "name", .kind = FIELD_TEXT, .offset = offsetof(struct assessment_form, name), .required = true, .max = 120,
         .label = "Whose word is it?"},
        {.name = "reason", .kind = FIELD_LINES, .offset = offsetof(struct assessment_form, reason), .max = 500,
         .label = "Why do you begin without?"});

static struct err post_assessment(struct request *rq, struct reply *re)
{
        const struct assessment_form *f = FORM(rq, struct assessment_form);
        struct programmes_cohort c;

        TRY(programmes_here(rq, &c));
        TRY(programmes_confirm_assessment(rq->tx, rq->who, c.id, text_is(f->how, "agreed"), f->name, f->reason));
        reply_flash(re, "Written down, with your name and the time.");
        reply_see(re, "/desk/cohort/gates");
        return OK;
}

/* ---- figures to reach ---- */

static struct text per_cent(struct request *rq, int64_t n)
{
        return n ? format_percent(rq->arena, rq->page.locale, (double)n / 100) : text_of(msg(rq->page.locale, M_("none")));
}

struct err programmes_show_targets(struct request *rq, struct reply *re)
{
        struct html_shell shell = programmes_desk_shell(rq, M_("Figures to reach"));
        struct programmes_target_change_list changes;
        struct programmes_targets_view v = {0};
        struct programmes_cohort c;

        TRY(programmes_here(rq, &c));
        TRY(programmes_targets(rq->tx, c.id, v.target));
        TRY(programmes_changed_targets(rq->tx, c.id, &changes));
        v.name = c.name;
        v.changes.row = arena_array(rq->arena, struct programmes_change_line, changes.n);
        for (; v.changes.n < changes.n; v.changes.n++) {
                const struct programmes_target_change *x = &changes.row[v.changes.n];
                v.changes.row[v.changes.n] = (struct programmes_change_line) {
                        .title = programmes_target_row(x->figure)->title, .was = per_cent(rq, x->was), .least = per_cent(rq, x->least),
                        .reason = x->reason, .by_name = x->by_name, .at = x->at};
        }
        reply_page(rq, re, &shell, programmes_targets_page, &v);
        return OK;
}

struct targets_form { int64_t target[PROGRAMMES_TARGETS]; struct text reason; };
#define TARGET(i, label_) \
        {.name = "target" #i, .kind = FIELD_INT, .offset = offsetof(struct targets_form, target) + (i) * sizeof(int64_t), .min = 0, \
         .max = 100, .label = label_}
FORM_OF(targets_form, struct targets_form,
        TARGET(0, "Core training done in time"), TARGET(1, "Met within 14 days"), TARGET(2, "In rhythm"),
        TARGET(3, "Came or saw the recording"), TARGET(4, "Answered when asked"), TARGET(5, "Completed"),
        {.name = "reason", .kind = FIELD_LINES, .offset = offsetof(struct targets_form, reason), .max = 500, .label = "Why?"});

static struct err post_targets(struct request *rq, struct reply *re)
{
        const struct targets_form *f = FORM(rq, struct targets_form);
        struct programmes_cohort c;
        int64_t changed;

        TRY(programmes_here(rq, &c));
        TRY(programmes_change_targets(rq->tx, rq->who, c.id, f->target, f->reason, &changed));
        reply_flash(re, changed ? M_("Saved, with your reason.") : M_("Nothing has changed."));
        reply_see(re, "/desk/cohort/targets");
        return OK;
}

/* ---- over ---- */

struct err programmes_show_close(struct request *rq, struct reply *re)
{
        struct html_shell shell = programmes_desk_shell(rq, M_("Close the cohort"));
        struct programmes_close_view v = {0};
        struct journeys_pair_list pairs;
        struct programmes_cohort c;

        TRY(programmes_here(rq, &c));
        TRY(journeys_pairs(rq->tx, c.id, &pairs));
        for (size_t i = 0; i < pairs.n; i++)
                v.open += !text_is(pairs.row[i].state, "closed");
        v.name = c.name;
        v.end_day = c.end_day;
        v.closed = text_is(c.state, "closed");
        v.over = c.launched_at.has && zone_day(c.zone, rq->page.now) >= c.end_day;
        reply_page(rq, re, &shell, programmes_close_page, &v);
        return OK;
}

static struct err post_close(struct request *rq, struct reply *re)
{
        struct programmes_cohort c;

        TRY(programmes_here(rq, &c));
        TRY(programmes_close(rq->tx, rq->who, c.id));
        reply_flash(re, "The cohort is closed. Thank you for carrying it.");
        reply_see(re, "/desk");
        return OK;
}

static struct err post_reopen(struct request *rq, struct reply *re)
{
        struct programmes_cohort c;

        TRY(programmes_here(rq, &c));
        TRY(programmes_reopen(rq->tx, rq->who, c.id));
        reply_flash(re, "The cohort is open again.");
        reply_see(re, "/desk/cohort");
        return OK;
}

static struct err post_ask(struct request *rq, struct reply *re)
{
        struct programmes_cohort c;
        int64_t asked;

        TRY(programmes_here(rq, &c));
        TRY(programmes_ask_sponsors(rq->tx, rq->who, c.id, &asked));
        reply_flash(re, asked ? M_("They are asked by mail, at most once a day.") : M_("There is no sponsor yet: name one first."));
        reply_see(re, "/desk/cohort/success");
        return OK;
}

#define PAGE(path_, handler_) {.method = GET, .path = (path_), .who = WHO_STAFF, .handler = (handler_)}
#define DO(path_, handler_, form_, back_) \
        {.method = POST, .path = (path_), .who = WHO_STAFF, .handler = (handler_), .form = (form_), .back = (back_)}

static const struct route rows[] = {
        PAGE("/desk/cohort/dpia", programmes_show_assessment),
        PAGE("/desk/cohort/dpia/text", programmes_show_assessment_text),
        DO("/desk/cohort/dpia", post_assessment, &assessment_form, "/desk/cohort/dpia"),
        PAGE("/desk/cohort/targets", programmes_show_targets),
        DO("/desk/cohort/targets", post_targets, &targets_form, "/desk/cohort/targets"),
        PAGE("/desk/cohort/close", programmes_show_close),
        DO("/desk/cohort/close", post_close, NULL, "/desk/cohort/close"),
        DO("/desk/cohort/reopen", post_reopen, NULL, "/desk/cohort/close"),
        DO("/desk/cohort/success/ask", post_ask, NULL, "/desk/cohort/success"),
};

const struct route_table programmes_keep_routes = ROUTES(rows);
