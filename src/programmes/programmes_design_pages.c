/* Pages of a worksheet: the list, the sheet, what it comes to. */
#include "base/app.h"
#include "html/format.h"
#include "os/zone.h"
#include "programmes/programmes_design.html.h"
#include "programmes/programmes_web_parts.h"

#include <string.h>

/* ---- the list ---- */

static struct text name_of(struct request *rq, const struct programmes_design *d)
{
        struct programmes_suggestion s = programmes_suggest(d, rq->app->packs, zone_day(rq->page.zone, rq->page.now));
        const struct pack *pack = packs_find(rq->app->packs, s.pack);

        return text_empty(d->name) && pack ? programmes_usual_name(rq->arena, rq->page.locale, pack, s.launch_day) : d->name;
}

struct err programmes_show_designs(struct request *rq, struct reply *re)
{
        struct html_shell shell = programmes_desk_shell(rq, M_("Worksheets"));
        struct programmes_designs_view v = {0};
        struct programmes_design_list all;

        TRY(programmes_designs(rq->tx, rq->who, &all));
        v.drafts.row = arena_array(rq->arena, struct programmes_design_line, all.n);
        v.made.row = arena_array(rq->arena, struct programmes_design_line, all.n);
        for (size_t i = 0; i < all.n; i++) {
                const struct programmes_design *d = &all.row[i];
                struct programmes_design_lines *to = d->cohort.has ? &v.made : &v.drafts;

                to->row[to->n++] = (struct programmes_design_line) {
                        .id = d->id, .changed_at = d->changed_at, .decided = programmes_decisions_made(d),
                        .cohort = d->cohort.has ? d->cohort.v : 0, .name = name_of(rq, d), .by_name = d->by_name,
                        .others = d->by_person != rq->who->person};
        }
        reply_page(rq, re, &shell, programmes_designs_page, &v);
        return OK;
}

/* ---- answers in words ---- */

static struct html_options bases_of(struct request *rq)
{
        static const struct { const char *value, *label, *hint; } all[] = {
                {"interest", M_("Legitimate interests"), M_("Usual where people apply freely and may leave at any time.")},
                {"consent", M_("Consent"), M_("Only where a no has no consequence; it can be withdrawn.")},
                {"contract", M_("The employment relationship"), M_("With an agreement with the staff representatives.")},
                {"task", M_("A public task"), M_("For universities, schools and authorities.")},
        };
        struct html_options o = {.row = arena_array(rq->arena, struct html_option, 4)};

        for (; o.n < 4; o.n++)
                o.row[o.n] = (struct html_option) {.value = text_of(all[o.n].value),
                        .label = text_of(msg(rq->page.locale, all[o.n].label)), .hint = text_of(msg(rq->page.locale, all[o.n].hint))};
        return o;
}

static struct text label_of(const struct html_options *o, struct text value)
{
        for (size_t i = 0; i < o->n; i++)
                if (text_equal(o->row[i].value, value))
                        return o->row[i].label;
        return value;
}

static struct text number(struct request *rq, int64_t n) { return text_format(rq->arena, "%lld", (long long)n); }

static struct text answer(struct request *rq, const struct programmes_sheet_view *v, enum programmes_decision k)
{
        const struct programmes_design *d = &v->d;

        switch (k) {
        case DECIDE_PURPOSE: return d->purpose;
        case DECIDE_SUCCESS: return d->success;
        case DECIDE_AUDIENCE: return d->audience;
        case DECIDE_LENGTH: return label_of(&v->packs, d->pack);
        case DECIDE_LAUNCH: return d->launch_day ? format_day_year(rq->arena, rq->page.locale, d->launch_day) : TEXT("");
        case DECIDE_SIZE: return number(rq, d->size);
        case DECIDE_TOUCH: return label_of(&v->touches, d->touch);
        case DECIDE_HOURS: return number(rq, d->staff_hours);
        case DECIDE_BUDGET: return d->budget;
        case DECIDE_SPONSOR: return text_format(rq->arena, "%s, %s", d->sponsor_name.p, d->sponsor_email.p);
        case DECIDE_RISKS: return d->risks;
        case DECIDE_PRIVACY: return label_of(&v->bases, d->basis);
        case PROGRAMMES_DECISIONS: break;
        }
        must(!"a decision outside its enum");
}

static struct programmes_answer_lines answers_of(struct request *rq, const struct programmes_sheet_view *v)
{
        struct programmes_answer_lines lines = {.row = arena_array(rq->arena, struct programmes_answer_line, PROGRAMMES_DECISIONS)};

        for (enum programmes_decision k = 0; k < PROGRAMMES_DECISIONS; k++)
                lines.row[lines.n++] = (struct programmes_answer_line) {
                        .number = k + 1, .field = programmes_decision_row(k)->field, .question = programmes_decision_row(k)->question,
                        .decided = programmes_decided(k, &v->d), .answer = answer(rq, v, k)};
        return lines;
}

/* ---- what has a default ---- */

#define IN_TEMPLATE  M_("It stands in the template.")
#define IN_HOUSE     M_("It is the same for every programme.")
#define AFTERWARDS   M_("It can be changed once the cohort is made.")

static struct text training(struct request *rq, const struct pack *p)
{
        int64_t minutes = 0;

        for (size_t i = 0; i < p->n_modules; i++)
                minutes += p->modules[i].required && pack_side_has(p->modules[i].who, PACK_MENTEE) ? p->modules[i].minutes : 0;
        return msg_plural(rq->arena, rq->page.locale, minutes, "Core modules of about one minute before anybody is paired",
                          "Core modules of about {n} minutes before anybody is paired");
}

static struct programmes_default_lines defaults_of(struct request *rq, const struct pack *p)
{
        struct arena *a = rq->arena;
        enum locale l = rq->page.locale;
        const struct programmes_default_line all[] = {
                {M_("Rhythm"), msg_with(a, l, M_("Every {first} days for the first {count} meetings, then every {then}, at most {max}"),
                        "first", number(rq, p->cadence.first), "count", number(rq, p->cadence.first_count),
                        "then", number(rq, p->cadence.then), "max", number(rq, p->cadence.max), NULL),
                        M_("A steady rhythm carries further than many meetings. Each pair agrees on its own within this."), IN_TEMPLATE},
                {M_("A meeting"), msg_plural(a, l, p->meeting_minutes, "One minute", "{n} minutes"),
                        M_("Long enough to get somewhere, short enough to fit a day."), IN_TEMPLATE},
                {M_("Completed"), msg_plural(a, l, p->minimum_meetings, "One meeting and a closing conversation",
                        "{n} meetings and a closing conversation"), M_("Not having quarrelled is no success; a proper ending is."), IN_TEMPLATE},
                {M_("Training"), training(rq, p), M_("Pairs in which both have prepared stay in touch more easily."), IN_TEMPLATE},
                {M_("Gatherings"), msg_plural(a, l, (int64_t)p->n_gatherings, "One gathering", "{n} gatherings"),
                        M_("Three at least: one prepares, one connects while it can still repair something, one closes."), AFTERWARDS},
                {M_("Pairing"), text_of(msg(l, M_("People put proposals in order, the program proposes, you approve"))),
                        M_("Choice makes people stay, and nobody is paired by a machine alone."), AFTERWARDS},
                {M_("Hidden at first"), text_of(msg(l, M_("Title, grade and photo, until both have said yes"))),
                        M_("Status stands in the way of candour."), IN_HOUSE},
                {M_("Reminders"), text_of(msg(l, M_("Two, then a person rings; at most two letters in seven days"))),
                        M_("A third letter changes nothing that a call could."), IN_TEMPLATE},
                {M_("Surveys"), text_of(msg(l, M_("Before, in week six, half-way, at the end, half a year later"))),
                        M_("Only what was asked before can be compared. Figures only over five people."), IN_TEMPLATE},
                {M_("Deletion"), text_of(msg(l, M_("Messages and notes 90 days after the end"))),
                        M_("What is gone cannot leak. A pair may keep a copy."), IN_HOUSE},
        };
        struct programmes_default_lines lines = {.n = sizeof all / sizeof *all};

        lines.row = memcpy(arena_array(a, struct programmes_default_line, lines.n), all, sizeof all);
        return lines;
}

static struct programmes_target_lines targets_of(struct request *rq, const struct programmes_design *d)
{
        struct programmes_target_lines lines = {.row = arena_array(rq->arena, struct programmes_target_line, PROGRAMMES_TARGETS)};

        for (; lines.n < PROGRAMMES_TARGETS; lines.n++)
                lines.row[lines.n] = (struct programmes_target_line) {programmes_target_row((int)lines.n)->title, d->target[lines.n]};
        return lines;
}

/* ---- the sheet ---- */

static struct err sheet(struct request *rq, struct programmes_sheet_view *v)
{
        const struct pack *pack;

        *v = (struct programmes_sheet_view) {.packs = programmes_pack_options(rq), .touches = programmes_touch_options(rq), .bases = bases_of(rq)};
        TRY(programmes_design(rq->tx, rq->who, rq_id(rq, "design"), &v->d));
        v->suggested = programmes_suggest(&v->d, rq->app->packs, zone_day(rq->page.zone, rq->page.now));
        pack = packs_find(rq->app->packs, v->suggested.pack);
        must(pack != NULL);             /* three ship, and a draft whose pack has gone gets the usual one */
        v->suggested.pack = text_empty(v->d.pack) || packs_find(rq->app->packs, v->d.pack) ? v->suggested.pack : pack->name;
        v->name = name_of(rq, &v->d);
        v->zone = text_of(zone_name(rq->page.zone));
        v->risks = text_empty(v->d.risks) ? programmes_usual_risks(rq->arena, rq->page.locale) : v->d.risks;
        v->answers = answers_of(rq, v);
        v->decided = programmes_decisions_made(&v->d);
        v->open = PROGRAMMES_DECISIONS - v->decided;
        v->defaults = defaults_of(rq, pack);
        v->targets = targets_of(rq, &v->d);
        v->follows = programmes_follow(rq, pack, &v->suggested);
        v->sponsor = v->d.sponsor_name;
        return OK;
}

/* A sheet that is still a draft; one that has become a cohort can only be read. */
static struct err draft(struct request *rq, struct reply *re, struct programmes_sheet_view *v, bool *is)
{
        TRY(sheet(rq, v));
        *is = !v->d.cohort.has;
        if (!*is)
                reply_see(re, "/desk/design/%lld/print", (long long)v->d.id);
        return OK;
}

struct err programmes_show_sheet(struct request *rq, struct reply *re)
{
        struct html_shell shell = programmes_desk_shell(rq, M_("Worksheet"));
        struct programmes_sheet_view v;
        bool is;

        TRY(draft(rq, re, &v, &is));
        if (is)
                reply_page(rq, re, &shell, programmes_sheet_page, &v);
        return OK;
}

struct err programmes_show_sheet_print(struct request *rq, struct reply *re)
{
        struct html_shell shell = programmes_desk_shell(rq, M_("Worksheet"));
        struct programmes_sheet_view v;

        TRY(sheet(rq, &v));
        reply_page(rq, re, &shell, programmes_sheet_print_page, &v);
        return OK;
}

struct err programmes_show_sheet_make(struct request *rq, struct reply *re)
{
        struct html_shell shell = programmes_desk_shell(rq, M_("Make a cohort"));
        struct programmes_sheet_view v;
        bool is;

        TRY(draft(rq, re, &v, &is));
        if (is)
                reply_page(rq, re, &shell, programmes_sheet_make_page, &v);
        return OK;
}

struct err programmes_show_discard(struct request *rq, struct reply *re)
{
        struct html_shell shell = programmes_desk_shell(rq, M_("Worksheet"));
        struct programmes_sheet_view v;
        bool is;

        TRY(draft(rq, re, &v, &is));
        if (is)
                reply_page(rq, re, &shell, programmes_discard_page, &v);
        return OK;
}

struct err programmes_get_dpia(struct request *rq, struct reply *re)
{
        struct programmes_design d;
        struct text filled;

        TRY(programmes_design(rq->tx, rq->who, rq_id(rq, "design"), &d));
        TRY(programmes_dpia(rq->tx, &d, rq->page.locale, &filled));
        reply_bytes(re, "text/markdown; charset=utf-8", filled, "data-protection-assessment.md");
        return OK;
}
