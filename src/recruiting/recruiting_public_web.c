/* What anybody sees: the page of a cohort, asking for a link, suggesting somebody. */
#include "base/out.h"
#include "gatherings/gatherings.h"
#include "html/format.h"
#include "os/config.h"
#include "os/zone.h"
#include "recruiting/recruiting_landing.html.h"
#include "recruiting/recruiting_parts.h"
#include "recruiting/recruiting_view.h"

enum { DAYS_OF_MONTH = 30, MINUTES = 60 };

struct html_options recruiting_part_options(struct request *rq, bool both)
{
        static const struct { const char *value, *label, *hint; } all[] = {
                {"mentee", M_("A mentee"), M_("I have a question and would like somebody to think with")},
                {"mentor", M_("A mentor"), M_("I think along with somebody and tell what I know from doing it")},
                {"both", M_("Both"), M_("With two different people")}};
        struct html_options o = {.n = both ? 3 : 2, .row = arena_array(rq->arena, struct html_option, 3)};

        for (size_t i = 0; i < o.n; i++)
                o.row[i] = (struct html_option) {.value = text_of(all[i].value),
                                                 .label = text_of(msg(rq->page.locale, all[i].label)),
                                                 .hint = text_of(msg(rq->page.locale, all[i].hint))};
        return o;
}

/* ---- the page of a cohort ---- */

static struct err find(struct request *rq, struct programmes_cohort *c)
{
        return programmes_cohort_by_slug(rq->tx, rq_text(rq, "slug"), c);
}

static void count_training(const struct programmes_cohort *c, struct recruiting_landing_view *v)
{
        for (size_t i = 0; i < c->pack->n_modules; i++)
                if (c->pack->modules[i].required && pack_side_has(c->pack->modules[i].who, PACK_MENTEE))
                        v->training_minutes += c->pack->modules[i].minutes;
}

/* 16 March, 09:30 or 16:00: in the cohort's zone, since nobody knows the reader's. */
static struct text when_of(struct request *rq, const struct programmes_cohort *c, const struct gatherings_gathering *g)
{
        struct out o = out_new(rq->arena, 64);

        out_text(&o, format_day(rq->arena, rq->page.locale, g->day));
        for (size_t i = 0; i < g->n_sittings; i++) {
                out_c(&o, i ? " / " : ", ");
                out_text(&o, format_time(rq->arena, rq->page.locale, c->zone, g->sittings[i].starts_at));
        }
        return text_copy(rq->arena, out_get(&o));
}

static struct err give_gatherings(struct request *rq, const struct programmes_cohort *c, struct recruiting_landing_view *v)
{
        struct gatherings_list all;

        TRY(gatherings_of(rq->tx, c->id, &all));
        v->dates.row = arena_array(rq->arena, struct recruiting_date, all.n);
        for (size_t i = 0; i < all.n; i++) {
                const struct gatherings_gathering *g = &all.row[i];
                v->gathering_minutes += g->minutes;
                v->dates.row[v->dates.n++] = (struct recruiting_date) {
                        gatherings_title(c, g->key, g->title, (int)rq->page.locale),
                        when_of(rq, c, g)};
        }
        return OK;
}

static struct text usual_headline(struct request *rq, int64_t months)
{
        return msg_plural(rq->arena, rq->page.locale, months, M_("One month with somebody who has time for your questions"),
                          M_("{n} months with somebody who has time for your questions"));
}

struct err recruiting_show_landing(struct request *rq, struct reply *re)
{
        struct programmes_cohort c;
        struct recruiting_landing_view v = {.c = &c, .signed_in = rq->who->person != 0, .part = TEXT("mentee")};

        TRY(find(rq, &c));
        TRY(recruiting_page(rq->tx, &c, &v.page));
        struct html_shell shell = {.kind = SHELL_PERSON, .title = c.programme_name, .offers_help = true};
        v.open = recruiting_is_open(v.page.door);
        v.months = (c.end_day - c.launch_day + DAYS_OF_MONTH / 2) / DAYS_OF_MONTH;
        v.headline = text_empty(v.page.headline) ? usual_headline(rq, v.months) : v.page.headline;
        v.city = format_city(rq->arena, rq->page.locale, c.zone);
        v.for_whom = recruiting_lines(rq->arena, v.page.for_whom);
        v.gives = recruiting_lines(rq->arena, v.page.gives);
        v.asks = recruiting_lines(rq->arena, v.page.asks);
        v.meetings = c.pack->minimum_meetings;
        v.meeting_minutes = c.pack->meeting_minutes;
        v.parts = recruiting_part_options(rq, false);
        count_training(&c, &v);
        TRY(give_gatherings(rq, &c, &v));
        v.hours = (v.meetings * v.meeting_minutes + v.training_minutes + v.gathering_minutes + MINUTES / 2) / MINUTES;
        reply_page(rq, re, &shell, recruiting_landing, &v);
        return OK;
}

struct landing_form { struct text email, part; };
static const char *const parts[] = {"mentor", "mentee", NULL};
static const struct field landing_fields[] = {
        {.name = "email", .kind = FIELD_EMAIL, .offset = offsetof(struct landing_form, email), .label = M_("Your mail address")},
        {.name = "part", .kind = FIELD_CHOICE, .choices = parts, .offset = offsetof(struct landing_form, part),
         .label = M_("I would like to be")}};
const struct form recruiting_landing_form = {"landing", sizeof(struct landing_form), landing_fields, 2};

struct err recruiting_post_landing(struct request *rq, struct reply *re)
{
        const struct landing_form *f = FORM(rq, struct landing_form);
        struct programmes_cohort c;

        TRY(find(rq, &c));
        if (rq->who->person) {
                TRY(recruiting_begin_own(rq->tx, rq->who, c.id, text_is(f->part, "mentor")));
                reply_see(re, "/apply");
                return OK;
        }
        if (text_empty(f->email))
                return FAIL_AT(ERR_INVALID, "Where shall the link go?", "email", "Give your mail address");
        TRY(recruiting_begin(rq->tx, c.id, f->email, (int)rq->page.locale, rq->ip));
        reply_see(re, "/c/%s/sent", text_c(rq->arena, c.slug));
        return OK;
}

static struct html_shell bare(struct request *rq, const char *title)
{
        return (struct html_shell) {.kind = SHELL_BARE, .title = text_of(msg(rq->page.locale, title)), .offers_help = true};
}

struct err recruiting_show_sent(struct request *rq, struct reply *re)
{
        struct html_shell shell = bare(rq, M_("Look into your mail"));
        struct programmes_cohort c;
        struct recruiting_sent_view v = {.c = &c};

        TRY(find(rq, &c));
        reply_page(rq, re, &shell, recruiting_sent, &v);
        return OK;
}

/* What line managers may know: dates and how to help. They have no account. */
struct err recruiting_show_managers(struct request *rq, struct reply *re)
{
        struct programmes_cohort c;
        struct html_shell shell = bare(rq, M_("For line managers"));

        TRY(find(rq, &c));
        const struct pack_text *text = pack_library_text(c.pack, TEXT("manager-brief"), rq->page.locale);
        if (!text)
                return FAIL(ERR_ABSENT, "This programme has no page for line managers", "Write to its coordinator");
        struct recruiting_guide_view v = {.c = &c, .title = text->title, .body = html_markdown(rq->arena, text->body, 2)};
        reply_page(rq, re, &shell, recruiting_guide, &v);
        return OK;
}

/* ---- suggesting somebody ---- */

struct err recruiting_show_nominate(struct request *rq, struct reply *re)
{
        struct html_shell shell = bare(rq, M_("Suggest somebody"));
        struct programmes_cohort c;
        struct recruiting_page page;
        struct recruiting_nominate_view v = {.c = &c, .signed_in = rq->who->person != 0, .part = TEXT("mentee"),
                                             .parts = recruiting_part_options(rq, false),
                                             .done = text_is(rq_query(rq, "done"), "1")};

        TRY(find(rq, &c));
        TRY(recruiting_page(rq->tx, &c, &page));
        v.open = recruiting_is_open(page.door);
        for (size_t i = 0; i < v.parts.n; i++)
                v.parts.row[i].hint = TEXT_ABSENT;      /* written for oneself */
        reply_page(rq, re, &shell, recruiting_nominate_page, &v);
        return OK;
}

struct nominate_form { struct text first_name, last_name, email, part, why, by_name, by_email; };
#define AT(member) .name = #member, .offset = offsetof(struct nominate_form, member)
static const struct field nominate_fields[] = {
        {AT(first_name), .kind = FIELD_TEXT, .required = true, .max = 80, .label = M_("Their first name")},
        {AT(last_name), .kind = FIELD_TEXT, .max = 80, .label = M_("Their last name")},
        {AT(email), .kind = FIELD_EMAIL, .required = true, .label = M_("Their mail address")},
        {AT(part), .kind = FIELD_CHOICE, .choices = parts, .required = true, .label = M_("As")},
        {AT(why), .kind = FIELD_LINES, .required = true, .max = 500, .label = M_("Why them?")},
        {AT(by_name), .kind = FIELD_TEXT, .max = 80, .label = M_("Your name")},
        {AT(by_email), .kind = FIELD_EMAIL, .label = M_("Your mail address")},
};
const struct form recruiting_nominate_form = {"nominate", sizeof(struct nominate_form), nominate_fields,
                                              sizeof nominate_fields / sizeof nominate_fields[0]};

struct err recruiting_post_nominate(struct request *rq, struct reply *re)
{
        const struct nominate_form *f = FORM(rq, struct nominate_form);
        struct programmes_cohort c;

        TRY(find(rq, &c));
        TRY(recruiting_nominate(rq->tx, rq->who, c.id, rq->ip, &(struct recruiting_nomination) {
                .first_name = f->first_name, .last_name = f->last_name, .email = f->email, .why = f->why,
                .by_name = f->by_name, .by_email = f->by_email, .mentor = text_is(f->part, "mentor")}));
        reply_see(re, "/c/%s/nominate?done=1", text_c(rq->arena, c.slug));
        return OK;
}
