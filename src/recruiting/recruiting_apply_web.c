/* The three screens of an application. */
#include "base/app.h"
#include "matching/matching_skills.h"
#include "os/config.h"
#include "os/zone.h"
#include "people/people.h"
#include "recruiting/recruiting_apply.html.h"
#include "recruiting/recruiting_visit.h"

enum { CAPACITIES = 3 };

/* ---- what all three show ---- */

static void give_common(struct request *rq, const struct recruiting_visit *s, int now, struct recruiting_apply_view *v)
{
        v->token = s->token;
        v->c = &s->c;
        v->page = s->page;
        v->p = s->p;
        v->first_name = s->p.named ? s->p.first_name : TEXT_ABSENT;
        v->draft = recruiting_visit_draft(rq, s);
        v->steps = (struct recruiting_steps) {
                .n = 3, .now = now,
                .row = {{M_("You"), 1}, {M_("What it is about"), 2}, {M_("When"), 3}}};
}

/* What is wrong with a field, in the catalogue's English; NULL: nothing. */
static const char *wrong(struct request *rq, const char *name)
{
        return rq->page.echo ? form_error(rq->page.echo, name) : NULL;
}

static bool can_write(const struct recruiting_visit *v)
{
        return recruiting_is_open(v->page.door) && (text_is(v->p.state, "draft") || text_is(v->p.state, "withdrawn"));
}

/* *away: the screen is not theirs to fill in, and the page that says why was named. */
static struct err enter(struct request *rq, struct reply *re, struct recruiting_visit *s, bool *away)
{
        TRY(recruiting_visit(rq, s));
        *away = !can_write(s);
        if (*away)
                reply_see(re, "/apply/%s", text_c(rq->arena, s->token));
        return OK;
}

/* ---- you ---- */

static struct text part_of(const struct recruiting_application *p)
{
        return p->mentor && p->mentee ? TEXT("both") : p->mentor ? TEXT("mentor") : TEXT("mentee");
}

static void show_you_page(struct request *rq, struct reply *re, const struct recruiting_visit *s)
{
        struct html_shell shell = recruiting_visit_shell(rq, s);
        struct recruiting_apply_view v = {.parts = recruiting_part_options(rq, true), .part = part_of(&s->p)};
        struct text typed = rq->page.echo ? form_typed(rq->page.echo, "zone") : TEXT_ABSENT;

        give_common(rq, s, 1, &v);
        v.zones = people_zones(rq->arena, text_empty(typed) ? s->p.zone : typed);
        v.zone_error = wrong(rq, "zone");
        reply_page(rq, re, &shell, recruiting_apply_you, &v);
}

struct err recruiting_show_you(struct request *rq, struct reply *re)
{
        struct recruiting_visit s;
        bool away;

        TRY(enter(rq, re, &s, &away));
        if (!away)
                show_you_page(rq, re, &s);
        return OK;
}

struct you_form { struct text first_name, last_name, part, zone; bool later; };
static const char *const parts[] = {"mentor", "mentee", "both", NULL};
#define AT(type, member) .name = #member, .offset = offsetof(struct type, member)

static const struct field you_fields[] = {
        {AT(you_form, part), .kind = FIELD_CHOICE, .choices = parts, .label = M_("I would like to be")},
        {AT(you_form, first_name), .kind = FIELD_TEXT, .max = 80, .label = M_("First name")},
        {AT(you_form, last_name), .kind = FIELD_TEXT, .max = 80, .label = M_("Last name")},
        {AT(you_form, zone), .kind = FIELD_ZONE, .label = M_("Time zone")},
        {AT(you_form, later), .kind = FIELD_BOOL},
};
const struct form recruiting_you_form = {"you", sizeof(struct you_form), you_fields, sizeof you_fields / sizeof you_fields[0]};

static struct err saved(struct request *rq, struct reply *re, const struct recruiting_visit *s, bool later, const char *next)
{
        if (!later) {
                reply_see(re, "/apply/%s%s", text_c(rq->arena, s->token), next);
                return OK;
        }
        reply_flash(re, M_("It is kept. Go on with the same link whenever you like."));
        reply_see(re, "/c/%s", text_c(rq->arena, s->c.slug));
        return OK;
}

struct err recruiting_post_you(struct request *rq, struct reply *re)
{
        const struct you_form *f = FORM(rq, struct you_form);
        struct recruiting_visit s;
        bool both = text_is(f->part, "both");
        struct recruiting_application in = {.zone = f->zone, .mentor = both || text_is(f->part, "mentor"),
                                            .mentee = both || text_is(f->part, "mentee")};

        TRY(recruiting_visit_somebody(rq, &s));
        if (!s.p.named || !text_empty(f->first_name)) {
                in.first_name = f->first_name;
                in.last_name = f->last_name;
        }
        TRY(recruiting_save(rq->tx, s.cohort, s.person, SCREEN_YOU, &in, f->later));
        return saved(rq, re, &s, f->later, "/what");
}

/* ---- what ---- */

/* Names of skills in the reader's language, for the browser to suggest. */
static struct err skill_names(struct request *rq, struct recruiting_names *out)
{
        struct matching_skills all;

        TRY(matching_skills_load(rq->arena, rq->app->config->data, &all));
        out->row = arena_array(rq->arena, struct text, (size_t)all.n + 1);
        for (int32_t i = 0; i < all.n; i++)
                out->row[out->n++] = all.row[i].name[rq->page.locale == LOCALE_DE ? 1 : 0];
        return OK;
}

static struct recruiting_skills_view skills_of(struct request *rq, const char *name, struct text lines, const char *legend,
                                               const char *hint)
{
        struct recruiting_skills_view v = {.name = name, .legend = msg(rq->page.locale, legend),
                                           .hint = msg(rq->page.locale, hint)};

        recruiting_split(rq->arena, lines, v.skill);
        for (int i = 0; rq->page.echo && i < RECRUITING_SKILLS; i++)
                v.skill[i] = form_typed(rq->page.echo, text_format(rq->arena, "%s%d", name, i + 1).p);
        v.error = wrong(rq, text_format(rq->arena, "%s1", name).p);
        return v;
}

struct err recruiting_show_what(struct request *rq, struct reply *re)
{
        struct recruiting_apply_view v = {0};
        struct recruiting_visit s;
        bool away;

        TRY(enter(rq, re, &s, &away));
        if (away)
                return OK;
        struct html_shell shell = recruiting_visit_shell(rq, &s);
        give_common(rq, &s, 2, &v);
        v.offers = skills_of(rq, "offer", s.p.offers, M_("What could somebody learn from you?"),
                             M_("Things you know from doing them."));
        v.wants = skills_of(rq, "want", s.p.wants, M_("What would you like to learn or become better at?"),
                            M_("One to four things."));
        TRY(skill_names(rq, &v.skills));
        reply_page(rq, re, &shell, recruiting_apply_what, &v);
        return OK;
}

struct what_form { struct text offer[RECRUITING_SKILLS], want[RECRUITING_SKILLS], goals; bool later; };
#define SKILL(member, i, label_)                                                                   \
        {.name = #member #i, .kind = FIELD_TEXT, .max = 120, .label = label_,                       \
         .offset = offsetof(struct what_form, member) + ((i) - 1) * sizeof(struct text)}
#define SKILLS(member, label_)                                                                     \
        SKILL(member, 1, label_), SKILL(member, 2, label_), SKILL(member, 3, label_), SKILL(member, 4, label_)

static const struct field what_fields[] = {
        SKILLS(offer, M_("What could somebody learn from you?")),
        SKILLS(want, M_("What would you like to learn or become better at?")),
        {AT(what_form, goals), .kind = FIELD_LINES, .max = 1000, .label = M_("What should be different at the end?")},
        {AT(what_form, later), .kind = FIELD_BOOL},
};
const struct form recruiting_what_form = {"what", sizeof(struct what_form), what_fields,
                                          sizeof what_fields / sizeof what_fields[0]};

/* A side that the page did not ask for is left as it was. */
static struct text said(struct request *rq, const struct text skill[RECRUITING_SKILLS])
{
        struct text all = recruiting_join(rq->arena, skill);

        return all.p ? all : skill[0].p ? TEXT("") : TEXT_ABSENT;
}

struct err recruiting_post_what(struct request *rq, struct reply *re)
{
        const struct what_form *f = FORM(rq, struct what_form);
        struct recruiting_application in = {.offers = said(rq, f->offer), .wants = said(rq, f->want), .goals = f->goals};
        struct recruiting_visit s;

        TRY(recruiting_visit_somebody(rq, &s));
        TRY(recruiting_save(rq->tx, s.cohort, s.person, SCREEN_WHAT, &in, f->later));
        return saved(rq, re, &s, f->later, "/when");
}

/* ---- when ---- */

static struct html_options capacity_options(struct request *rq)
{
        static const char *const words[CAPACITIES] = {M_("One: that is plenty"), M_("Two"), M_("Three")};
        struct html_options o = {.n = CAPACITIES, .row = arena_array(rq->arena, struct html_option, CAPACITIES)};

        for (int i = 0; i < CAPACITIES; i++)
                o.row[i] = (struct html_option) {.value = text_format(rq->arena, "%d", i + 1),
                                                 .label = text_of(msg(rq->page.locale, words[i]))};
        return o;
}

struct err recruiting_show_when(struct request *rq, struct reply *re)
{
        struct recruiting_apply_view v = {0};
        struct recruiting_visit s;
        bool away;

        TRY(enter(rq, re, &s, &away));
        if (away)
                return OK;
        struct html_shell shell = recruiting_visit_shell(rq, &s);
        give_common(rq, &s, 3, &v);
        v.week = people_week_of(rq, s.p.availability);
        v.capacities = capacity_options(rq);
        v.capacity = text_format(rq->arena, "%lld", (long long)s.p.capacity);
        reply_page(rq, re, &shell, recruiting_apply_when, &v);
        return OK;
}

struct when_form { struct text languages, capacity; struct field_ids week; bool agreed, later; };
static const char *const capacities[] = {"1", "2", "3", NULL};
static const struct field when_fields[] = {
        {AT(when_form, languages), .kind = FIELD_TEXT, .label = M_("Languages you can talk in")},
        {AT(when_form, week), .kind = FIELD_IDS, .label = M_("When can you usually talk?")},
        {AT(when_form, capacity), .kind = FIELD_CHOICE, .choices = capacities, .label = M_("How many mentees would you take?")},
        {AT(when_form, agreed), .kind = FIELD_BOOL, .label = M_("I have read this and agree")},
        {AT(when_form, later), .kind = FIELD_BOOL},
};
const struct form recruiting_when_form = {"when", sizeof(struct when_form), when_fields,
                                          sizeof when_fields / sizeof when_fields[0]};

struct err recruiting_post_when(struct request *rq, struct reply *re)
{
        const struct when_form *f = FORM(rq, struct when_form);
        struct recruiting_application in = {.languages = f->languages};
        struct recruiting_visit s;
        unsigned bits = people_week_ticked(&f->week);

        in.availability = bits ? people_week_write(rq->arena, bits) : TEXT_ABSENT;
        if (text_empty(f->capacity) || !text_int(f->capacity, &in.capacity))
                in.capacity = 1;
        TRY(recruiting_visit_somebody(rq, &s));
        TRY(recruiting_save(rq->tx, s.cohort, s.person, SCREEN_WHEN, &in, f->later));
        if (f->later)
                return saved(rq, re, &s, true, "");
        TRY(recruiting_send(rq->tx, s.cohort, s.person, f->agreed));
        reply_see(re, "/apply/%s", text_c(rq->arena, s.token));
        return OK;
}

/* ---- the link itself ---- */

static const char *const next_screen[] = {"", "/what", "/when", "/when"};

/* Where a draft goes on; the first screen is shown at once, so that the link is one step. */
static void go_on(struct request *rq, struct reply *re, const struct recruiting_visit *s)
{
        if (s->p.screens == 0)
                show_you_page(rq, re, s);
        else
                reply_see(re, "/apply/%s%s", text_c(rq->arena, s->token), next_screen[s->p.screens <= 3 ? s->p.screens : 3]);
}

static struct err note_opened(struct tx *tx, void *in)
{
        const struct recruiting_visit *s = in;

        return recruiting_invitation_open(tx, s->cohort, s->person, tx_now(tx));
}

struct err recruiting_show_apply(struct request *rq, struct reply *re)
{
        struct recruiting_visit *s = arena_new_of(rq->arena, struct recruiting_visit);

        TRY(recruiting_visit(rq, s));
        if (s->person)
                reply_then(re, note_opened, s);
        if (text_is(s->p.state, "draft") && can_write(s) && !s->p.declined)
                go_on(rq, re, s);
        else
                return recruiting_show_stand(rq, re, s);
        return OK;
}
