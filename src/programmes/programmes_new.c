/* The form that makes a cohort: defaults, and what follows from what was typed. */
#include "base/app.h"
#include "html/format.h"
#include "os/config.h"
#include "people/people.h"
#include "programmes/programmes.html.h"
#include "programmes/programmes_web_parts.h"

#include <string.h>

enum { USUAL_PAIRS = 30, DAYS_AHEAD = 100, TUESDAY = 2 };

struct new_form {
        struct text name, pack, zone, touch, hours, purpose, success, help_phone;
        int64_t launch_day, size, staff_hours;
        bool in_person, look;
};
static const char *const touches[] = {"high", "standard", "light", NULL};
static const struct field fields[] = {
        {.name = "name",
         .kind = FIELD_TEXT,
         .offset = offsetof(struct new_form, name),
         .max = 80,
         .label = "Name"},
        {.name = "pack",
         .kind = FIELD_TEXT,
         .offset = offsetof(struct new_form, pack),
         .required = true,
         .label = "Template"},
        {.name = "launch_day",
         .kind = FIELD_DAY,
         .offset = offsetof(struct new_form, launch_day),
         .required = true,
         .label = "Launch"},
        {.name = "zone",
         .kind = FIELD_ZONE,
         .offset = offsetof(struct new_form, zone),
         .required = true,
         .label = "Time zone"},
        {.name = "size",
         .kind = FIELD_INT,
         .offset = offsetof(struct new_form, size),
         .required = true,
         .min = 1,
         .max = 400,
         .label = "Pairs"},
        {.name = "touch",
         .kind = FIELD_CHOICE,
         .offset = offsetof(struct new_form, touch),
         .required = true,
         .choices = touches,
         .label = "Calls"},
        {.name = "staff_hours",
         .kind = FIELD_INT,
         .offset = offsetof(struct new_form, staff_hours),
         .required = true,
         .min = 1,
         .max = 400,
         .label = "Hours a week"},
        {.name = "hours",
         .kind = FIELD_TEXT,
         .offset = offsetof(struct new_form, hours),
         .max = 60,
         .label = "Times"},
        {.name = "in_person",
         .kind = FIELD_BOOL,
         .offset = offsetof(struct new_form, in_person),
         .label = "In a room"},
        {.name = "purpose",
         .kind = FIELD_LINES,
         .offset = offsetof(struct new_form, purpose),
         .max = 2000,
         .label = "Purpose"},
        {.name = "success",
         .kind = FIELD_LINES,
         .offset = offsetof(struct new_form, success),
         .max = 2000,
         .label = "Success"},
        {.name = "help_phone",
         .kind = FIELD_TEXT,
         .offset = offsetof(struct new_form, help_phone),
         .max = 40,
         .label = "Telephone"},
        {.name = "look",
         .kind = FIELD_BOOL,
         .offset = offsetof(struct new_form, look),
         .label = "See what follows"},
};

const struct form programmes_new_form = {"programmes_new", sizeof(struct new_form), fields,
                                         sizeof fields / sizeof fields[0]};

/* ---- what follows ---- */

struct plan {
        const struct pack *pack;
        int64_t launch_day, size;
        struct text touch;
        double hours;
};

static struct programmes_phase_lines phases_of(struct request *rq, const struct plan *p)
{
        struct pack_days days = pack_days_of(p->pack, p->launch_day);
        struct programmes_phase_lines lines = {
                .row = arena_array(rq->arena, struct programmes_phase_line, p->pack->n_phases)};

        for (; lines.n < p->pack->n_phases; lines.n++) {
                const struct pack_phase *phase = &p->pack->phases[lines.n];
                lines.row[lines.n] =
                        (struct programmes_phase_line) {.from_day = pack_day(phase->from, &days),
                                                        .until_day = pack_day(phase->until, &days),
                                                        .title = phase->title.in[rq->page.locale]};
        }
        return lines;
}

static struct programmes_gathering_lines gatherings_in(struct request *rq, const struct plan *p)
{
        struct pack_days days = pack_days_of(p->pack, p->launch_day);
        struct programmes_gathering_lines lines = {
                .row = arena_array(rq->arena, struct programmes_gathering_line,
                                   p->pack->n_gatherings)};

        for (; lines.n < p->pack->n_gatherings; lines.n++) {
                const struct pack_gathering *g = &p->pack->gatherings[lines.n];
                lines.row[lines.n] = (struct programmes_gathering_line) {
                        g->title.in[rq->page.locale], pack_day(g->at, &days)};
        }
        return lines;
}

static struct programmes_follows follow(struct request *rq, const struct plan *p)
{
        struct programmes_follows f = {.known = p->pack && p->launch_day > 0 && p->size > 0 &&
                                                p->size <= 400};

        if (!f.known)
                return f;
        f.launch_day = p->launch_day;
        f.end_day = pack_end_day(p->pack, p->launch_day);
        f.pairs = p->size;
        f.load = programmes_load(p->pack, p->launch_day, p->size, p->touch, p->hours);
        f.phases = phases_of(rq, p);
        f.gatherings = gatherings_in(rq, p);
        f.hours = p->hours;
        f.short_of_hours = p->hours < f.load.peak;
        return f;
}

struct programmes_follows programmes_follow(struct request *rq, const struct pack *pack,
                                            const struct programmes_suggestion *s)
{
        return follow(rq, &(struct plan) {pack, s->launch_day, s->size, s->touch, (double)s->staff_hours});
}

/* ---- the form ---- */

/* What was typed into a rejected form, else what the address says, else nothing. */
static struct text said(struct request *rq, const char *name)
{
        struct text typed = rq->page.echo ? form_typed(rq->page.echo, name) : TEXT_ABSENT;

        return typed.p ? typed : rq_query(rq, name);
}

static int64_t said_int(struct request *rq, const char *name, int64_t otherwise)
{
        int64_t v;

        return text_int(said(rq, name), &v) && v > 0 ? v : otherwise;
}

static int64_t usual_launch(struct request *rq)
{
        int64_t day = zone_day(rq->page.zone, rq->page.now) + DAYS_AHEAD;

        while (day_weekday(day) != TUESDAY)
                day++;
        return day;
}

static struct plan plan_of(struct request *rq)
{
        const struct packs *packs = rq->app->packs;
        struct plan p = {.pack = packs_find(packs, said(rq, "pack")),
                         .touch = said(rq, "touch"),
                         .size = said_int(rq, "size", USUAL_PAIRS)};

        if (!p.pack && packs->n)
                p.pack = packs_find(packs, TEXT("nine-months"))
                                 ? packs_find(packs, TEXT("nine-months"))
                                 : packs->pack[0];
        if (!day_parse(said(rq, "launch_day"), &p.launch_day))
                p.launch_day = usual_launch(rq);
        if (text_empty(p.touch))
                p.touch = TEXT("high");
        p.hours = (double)said_int(rq, "staff_hours", 0);
        if (p.hours <= 0 && p.pack)
                p.hours =
                        (double)(int64_t)(programmes_load(p.pack, p.launch_day, p.size, p.touch, 1)
                                                  .peak +
                                          0.999);
        return p;
}

/* The shortest first. */
struct html_options programmes_pack_options(struct request *rq)
{
        const struct packs *packs = rq->app->packs;
        struct html_options o = {.row = arena_array(rq->arena, struct html_option, packs->n)};
        int *weeks = arena_array(rq->arena, int, packs->n + 1);

        for (; o.n < packs->n; o.n++) {
                size_t at = o.n;

                for (; at > 0 && packs->pack[o.n]->weeks < weeks[at - 1]; at--) {
                        weeks[at] = weeks[at - 1];
                        o.row[at] = o.row[at - 1];
                }
                weeks[at] = packs->pack[o.n]->weeks;
                o.row[at] =
                        (struct html_option) {.value = packs->pack[o.n]->name,
                                              .label = packs->pack[o.n]->title.in[rq->page.locale],
                                              .hint = packs->pack[o.n]->summary.in[rq->page.locale]};
        }
        return o;
}

struct html_options programmes_touch_options(struct request *rq)
{
        static const struct {
                const char *label, *hint;
        } words[] = {
                {M_("Everybody, twice"),
                 M_("After the first weeks and half-way, and whoever drifts. Our advice.")},
                {M_("Everybody once"), M_("After the first weeks; later only whoever drifts.")},
                {M_("Whoever drifts"), M_("Nobody is rung unless there is a reason.")},
        };
        struct html_options o = {.row = arena_array(rq->arena, struct html_option, 3)};

        for (; o.n < 3; o.n++)
                o.row[o.n] = (struct html_option) {
                        .value = text_of(touches[o.n]),
                        .label = text_of(msg(rq->page.locale, words[o.n].label)),
                        .hint = text_of(msg(rq->page.locale, words[o.n].hint))};
        return o;
}

struct err programmes_show_new(struct request *rq, struct reply *re)
{
        struct html_shell shell = programmes_desk_shell(rq, M_("Make a cohort"));
        struct programmes_cohort_list have;
        struct plan p = plan_of(rq);
        struct text zone = said(rq, "zone");

        TRY(programmes_cohorts(rq->tx, rq->who, &have));
        struct programmes_new_view v = {.name = said(rq, "name"),
                                        .pack = p.pack ? p.pack->name : TEXT_ABSENT,
                                        .touch = p.touch,
                                        .zone = text_empty(zone) ? text_of(zone_name(rq->page.zone))
                                                                 : zone,
                                        .hours = said(rq, "hours"),
                                        .purpose = said(rq, "purpose"),
                                        .success = said(rq, "success"),
                                        .help_phone = said(rq, "help_phone"),
                                        .launch_day = p.launch_day,
                                        .size = p.size,
                                        .staff_hours = (int64_t)p.hours,
                                        .in_person = text_is(said(rq, "in_person"), "1"),
                                        .first = have.n == 0,
                                        .packs = programmes_pack_options(rq),
                                        .touches = programmes_touch_options(rq),
                                        .follows = follow(rq, &p)};
        reply_page(rq, re, &shell, programmes_new_page, &v);
        return OK;
}

struct err programmes_show_follows(struct request *rq, struct reply *re)
{
        struct plan p = plan_of(rq);
        struct programmes_follows v = follow(rq, &p);

        reply_page(rq, re, NULL, programmes_consequences, &v);
        return OK;
}

/* ---- making it ---- */

static void add_part(struct page *to, const char *name, struct text value)
{
        if (text_empty(value))
                return;
        out_c(to->out, to->out->n ? "&" : "?");
        out_c(to->out, name);
        out_char(to->out, '=');
        html_url(to, value);
}

/* Without a script: the same page, filled in, with what follows. */
static void look(struct request *rq, struct reply *re, const struct new_form *f)
{
        struct out o = out_new(rq->arena, 512);
        struct page to = {.out = &o};

        add_part(&to, "name", f->name);
        add_part(&to, "pack", f->pack);
        add_part(&to, "launch_day", format_iso_day(rq->arena, f->launch_day));
        add_part(&to, "zone", f->zone);
        add_part(&to, "size", text_format(rq->arena, "%lld", (long long)f->size));
        add_part(&to, "touch", f->touch);
        add_part(&to, "staff_hours", text_format(rq->arena, "%lld", (long long)f->staff_hours));
        add_part(&to, "hours", f->hours);
        add_part(&to, "in_person", f->in_person ? TEXT("1") : TEXT_ABSENT);
        add_part(&to, "help_phone", f->help_phone);
        add_part(&to, "purpose", text_first_chars(f->purpose, 500));
        add_part(&to, "success", text_first_chars(f->success, 500));
        reply_see(re, "/desk/cohort/new%s", out_get(&o).p);
}

struct err programmes_usual_programme(struct request *rq, struct text *out)
{
        struct programmes_cohort_list have;

        TRY(programmes_cohorts(rq->tx, rq->who, &have));
        *out = have.n ? have.row[0].programme_name : text_of(rq->app->config->organisation);
        return OK;
}

struct err programmes_post_new(struct request *rq, struct reply *re)
{
        const struct new_form *f = rq->form;
        struct text programme;
        int64_t cohort;

        if (f->look) {
                look(rq, re, f);
                return OK;
        }
        TRY(programmes_usual_programme(rq, &programme));
        TRY(programmes_create(
                rq->tx, rq->who,
                &(struct programmes_new) {
                        .name = f->name,
                        .programme_name = programme,
                        .pack = f->pack,
                        .zone = f->zone,
                        .touch = f->touch,
                        .purpose = f->purpose,
                        .success = f->success,
                        .help_phone = text_empty(f->help_phone) ? TEXT_ABSENT : f->help_phone,
                        .launch_day = f->launch_day,
                        .size = f->size,
                        .staff_hours = (double)f->staff_hours,
                        .coordinator = rq->who->person,
                        .in_person = f->in_person,
                        .hours = f->hours},
                &cohort));
        reply_flash(re, "The cohort is made. Nobody hears of it before you open applications.");
        reply_see(re, "/desk/cohort/gates");
        return OK;
}
