/* Pages about a cohort that there is. */
#include "html/format.h"
#include "people/people.h"
#include "programmes/programmes.html.h"
#include "programmes/programmes_web_parts.h"

#include <string.h>

struct html_shell programmes_desk_shell(struct request *rq, const char *title)
{
        return (struct html_shell) {.kind = SHELL_DESK,
                                    .title = text_of(msg(rq->page.locale, title))};
}

struct err programmes_here(struct request *rq, struct programmes_cohort *c)
{
        int64_t cohort;

        TRY(programmes_current(rq->tx, rq->who, &cohort));
        TRY(programmes_staff(rq->tx, rq->who, cohort));
        return programmes_cohort(rq->tx, cohort, c);
}

struct err programmes_phase_lines_of(struct request *rq, const struct programmes_cohort *c,
                                     struct programmes_phase_lines *out)
{
        struct programmes_phase_list phases;
        int64_t today = zone_day(c->zone, rq->page.now);

        TRY(programmes_phases(rq->tx, c, &phases));
        *out = (struct programmes_phase_lines) {
                .row = arena_array(rq->arena, struct programmes_phase_line, phases.n)};
        for (; out->n < phases.n; out->n++) {
                const struct programmes_phase *p = &phases.row[out->n];
                out->row[out->n] = (struct programmes_phase_line) {
                        .ordinal = p->ordinal,
                        .from_day = p->from_day,
                        .until_day = p->until_day,
                        .last_day = p->until_day - 1,
                        .title = p->pack->title.in[rq->page.locale],
                        .sentence = p->pack->sentence.in[rq->page.locale],
                        .moved = p->moved,
                        .now = p->from_day <= today && today < p->until_day,
                        .over = p->until_day <= today,
                        .fixed = p->from_day == c->launch_day};
        }
        return OK;
}

/* ---- overview ---- */

static const char *state_words(struct text state)
{
        static const struct {
                const char *state, *words;
        } all[] = {
                {"design", M_("in planning")},  {"applications", M_("open for applications")},
                {"preparing", M_("preparing")}, {"running", M_("running")},
                {"closing", M_("closing")},     {"closed", M_("closed")},
        };

        for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
                if (text_is(state, all[i].state))
                        return all[i].words;
        return M_("in planning");
}

static void count_gate(const struct programmes_requirement_list *list, int64_t *met, int64_t *aside,
                       int64_t *missing)
{
        *met = *aside = *missing = 0;
        for (size_t i = 0; i < list->n; i++) {
                *met += list->row[i].met;
                *aside += list->row[i].overridden;
                *missing += !list->row[i].met && !list->row[i].overridden;
        }
}

static struct err fill_cohort(struct request *rq, struct programmes_cohort_view *v)
{
        struct programmes_requirement_list list;
        struct programmes_participant_list people;
        int64_t met, aside;

        v->gate = v->c.opened_at.has ? GATE_LAUNCH : GATE_OPEN;
        v->through = v->c.launched_at.has;
        v->ended = v->through && zone_day(v->c.zone, rq->page.now) >= v->c.end_day;
        v->closed = text_is(v->c.state, "closed");
        TRY(programmes_gate(rq->tx, rq->who, v->c.id, v->gate, &list));
        count_gate(&list, &met, &aside, &v->missing);
        v->asked = (int64_t)list.n;
        TRY(programmes_participants(rq->tx, v->c.id, &people));
        for (size_t i = 0; i < people.n; i++)
                *(people.row[i].mentor ? &v->mentors : &v->mentees) += 1;
        v->state = state_words(v->c.state);
        v->pack_title = v->c.pack->title.in[rq->page.locale];
        v->zone_city = format_city(rq->arena, rq->page.locale, v->c.zone);
        return programmes_phase_lines_of(rq, &v->c, &v->phases);
}

static void fill_others(struct request *rq, const struct programmes_cohort_list *all,
                        struct programmes_cohort_view *v)
{
        v->others.row = arena_array(rq->arena, struct programmes_other, all->n);
        for (size_t i = 0; i < all->n; i++)
                if (all->row[i].id != v->c.id)
                        v->others.row[v->others.n++] = (struct programmes_other) {
                                all->row[i].id, all->row[i].launch_day, all->row[i].name,
                                all->row[i].programme_name};
}

struct err programmes_show_cohort(struct request *rq, struct reply *re)
{
        struct html_shell shell = programmes_desk_shell(rq, M_("Cohort"));
        struct programmes_cohort_view v = {0};
        struct programmes_cohort_list all;

        TRY(programmes_cohorts(rq->tx, rq->who, &all));
        v.none = all.n == 0;
        if (!v.none) {
                TRY(programmes_here(rq, &v.c));
                TRY(fill_cohort(rq, &v));
                fill_others(rq, &all, &v);
        }
        reply_page(rq, re, &shell, programmes_cohort_page, &v);
        return OK;
}

/* ---- gates ---- */

static struct err gate_part(struct request *rq, int64_t cohort, enum programmes_gate gate,
                            struct programmes_gate_part *out)
{
        TRY(programmes_gate(rq->tx, rq->who, cohort, gate, &out->list));
        count_gate(&out->list, &out->met, &out->aside, &out->missing);
        return OK;
}

struct err programmes_show_gates(struct request *rq, struct reply *re)
{
        struct html_shell shell = programmes_desk_shell(rq, M_("The two gates"));
        struct programmes_gates_view v = {0};
        struct programmes_cohort c;

        TRY(programmes_here(rq, &c));
        TRY(gate_part(rq, c.id, GATE_OPEN, &v.open));
        TRY(gate_part(rq, c.id, GATE_LAUNCH, &v.launch));
        v.open.passed = c.opened_at.has;
        v.launch.passed = c.launched_at.has;
        v.name = c.name;
        v.launch_day = c.launch_day;
        v.in_person = c.in_person;
        v.late = programmes_late_by(&c, rq->page.now) > 0;
        reply_page(rq, re, &shell, programmes_gates_page, &v);
        return OK;
}

static struct err find_requirement(struct request *rq, int64_t cohort, struct text key,
                                   struct programmes_requirement *out)
{
        static const enum programmes_gate gates[] = {GATE_OPEN, GATE_LAUNCH};
        struct programmes_requirement_list list;

        for (size_t g = 0; g < 2; g++) {
                TRY(programmes_gate(rq->tx, rq->who, cohort, gates[g], &list));
                for (size_t i = 0; i < list.n; i++) {
                        *out = list.row[i];
                        if (out->may_override && text_is(key, out->key))
                                return OK;
                }
        }
        return FAIL(ERR_ABSENT, "There is nothing to set aside", "Mend what is missing");
}

struct err programmes_show_aside(struct request *rq, struct reply *re)
{
        struct html_shell shell = programmes_desk_shell(rq, M_("The two gates"));
        struct programmes_aside_view v = {.key = rq_text(rq, "key")};
        struct programmes_cohort c;

        TRY(programmes_here(rq, &c));
        TRY(find_requirement(rq, c.id, v.key, &v.r));
        reply_page(rq, re, &shell, programmes_aside_page, &v);
        return OK;
}

/* ---- phases ---- */

struct err programmes_show_phases(struct request *rq, struct reply *re)
{
        struct html_shell shell = programmes_desk_shell(rq, M_("Phases"));
        struct programmes_phases_view v = {0};
        struct programmes_cohort c;

        TRY(programmes_here(rq, &c));
        TRY(programmes_phase_lines_of(rq, &c, &v.phases));
        v.launch_day = c.launch_day;
        v.end_day = c.end_day;
        v.launched = c.launched_at.has;
        v.zone_city = format_city(rq->arena, rq->page.locale, c.zone);
        reply_page(rq, re, &shell, programmes_phases_page, &v);
        return OK;
}

struct err programmes_show_phase(struct request *rq, struct reply *re)
{
        struct html_shell shell = programmes_desk_shell(rq, M_("Phases"));
        struct programmes_phase_lines lines;
        struct programmes_cohort c;
        int64_t ordinal;

        TRY(programmes_here(rq, &c));
        TRY(programmes_phase_lines_of(rq, &c, &lines));
        if (!text_int(rq_text(rq, "ordinal"), &ordinal) || ordinal < 0 ||
            ordinal >= (int64_t)lines.n)
                return FAIL(ERR_ABSENT, "There is no such phase", "Choose one from the list");
        struct programmes_phase_view v = {.p = lines.row[ordinal]};
        reply_page(rq, re, &shell, programmes_phase_page, &v);
        return OK;
}

/* ---- staff ---- */

static const struct {
        const char *role, *words;
} roles[] = {
        {"coordinator", M_("coordinator")},
        {"sponsor", M_("sponsor")},
        {"contact", M_("designated contact")},
};

static struct err role_lines(struct request *rq, const struct programmes_cohort *c,
                             struct programmes_role_lines *out)
{
        size_t most = 0;

        for (size_t pass = 0; pass < 2; pass++) {
                if (pass)
                        out->row = arena_array(rq->arena, struct programmes_role_line, most);
                for (size_t r = 0; r < sizeof roles / sizeof roles[0]; r++) {
                        struct people_list list;
                        TRY(people_with_role(rq->tx, roles[r].role, c->programme, &list));
                        most += list.n;
                        for (size_t i = 0; pass && i < list.n; i++)
                                out->row[out->n++] = (struct programmes_role_line) {
                                        list.row[i].id,
                                        list.row[i].first_name,
                                        list.row[i].last_name,
                                        list.row[i].email,
                                        roles[r].role,
                                        c->deputy.has && r == 0 && c->deputy.v == list.row[i].id
                                                ? M_("deputy")
                                                : roles[r].words,
                                        r == 0 && list.row[i].id == c->coordinator};
                }
        }
        return OK;
}

static struct html_options role_options(struct request *rq)
{
        static const struct {
                const char *role, *label, *hint;
        } all[] = {
                {"coordinator", M_("Coordinator"), M_("Runs cohorts of this programme.")},
                {"deputy", M_("Deputy"),
                 M_("A coordinator, and named in this cohort when you are away.")},
                {"sponsor", M_("Sponsor"), M_("Signs what success means and gets the figures.")},
                {"contact", M_("Designated contact"), M_("The only one who reads concerns.")},
        };
        struct html_options o = {.row = arena_array(rq->arena, struct html_option, 4)};

        for (; o.n < 4; o.n++)
                o.row[o.n] = (struct html_option) {
                        .value = text_of(all[o.n].role),
                        .label = text_of(msg(rq->page.locale, all[o.n].label)),
                        .hint = text_of(msg(rq->page.locale, all[o.n].hint))};
        return o;
}

struct err programmes_show_staff(struct request *rq, struct reply *re)
{
        struct html_shell shell = programmes_desk_shell(rq, M_("Staff"));
        struct programmes_staff_view v = {0};
        struct programmes_cohort c;

        TRY(programmes_here(rq, &c));
        TRY(role_lines(rq, &c, &v.people));
        v.roles = role_options(rq);
        v.help_name = c.help_name;
        v.help_email = c.help_email;
        v.help_phone = c.help_phone;
        v.programme = c.programme_name;
        v.staff_hours = (int64_t)c.staff_hours;
        v.peak = (int64_t)(programmes_load(c.pack, c.launch_day, c.size, c.touch, c.staff_hours)
                                   .peak +
                           0.999);
        reply_page(rq, re, &shell, programmes_staff_page, &v);
        return OK;
}

/* ---- success ---- */

static struct err success_line(struct request *rq, const struct programmes_cohort *c,
                               struct programmes_success_line *out)
{
        struct people_list sponsors;
        struct people_person p;

        *out = (struct programmes_success_line) {.cohort = c->id,
                                                 .name = c->name,
                                                 .programme = c->programme_name,
                                                 .purpose = c->purpose,
                                                 .success = c->success,
                                                 .written = !text_empty(c->success),
                                                 .signed_at = c->success_signed_at};
        if (c->success_signed_by.has) {
                TRY(people_get(rq->tx, c->success_signed_by.v, &p));
                out->signed_by = text_format(rq->arena, "%s %s", p.first_name.p, p.last_name.p);
        }
        TRY(people_with_role(rq->tx, "sponsor", c->programme, &sponsors));
        for (size_t i = 0; i < sponsors.n; i++)
                out->sponsors = text_format(rq->arena, "%s%s%s %s", i ? out->sponsors.p : "", i ? ", " : "", sponsors.row[i].first_name.p,
                                            sponsors.row[i].last_name.p);
        struct err e = people_must_have(rq->tx, rq->who, ROLE_SPONSOR, c->programme);
        out->may_sign = !failed(e) && rq->who->person != c->coordinator &&
                        !(c->deputy.has && rq->who->person == c->deputy.v);
        return failed(e) && !err_is(e, ERR_FORBIDDEN) ? e : OK;
}

struct err programmes_show_success(struct request *rq, struct reply *re)
{
        struct html_shell shell = programmes_desk_shell(rq, M_("Purpose and success"));
        struct programmes_success_view v = {.may_write = who_is_staff(rq->who)};
        struct programmes_cohort_list all = {0};
        struct programmes_cohort c;

        if (v.may_write) {
                TRY(programmes_here(rq, &c));
                all = (struct programmes_cohort_list) {1, &c};
                v.launched = c.launched_at.has;
        } else {
                TRY(programmes_sponsored(rq->tx, rq->who, &all));
        }
        v.lines.row = arena_array(rq->arena, struct programmes_success_line, all.n);
        for (; v.lines.n < all.n; v.lines.n++) {
                struct programmes_success_line *l = &v.lines.row[v.lines.n];
                TRY(success_line(rq, &all.row[v.lines.n], l));
                v.to_sign |= l->may_sign && l->written && !l->signed_at.has;
        }
        reply_page(rq, re, &shell, programmes_success_page, &v);
        return OK;
}
