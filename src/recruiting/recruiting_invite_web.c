/* /desk/applications/invite and /page: who is asked, and what the public page says. */
#include "base/app.h"
#include "html/format.h"
#include "os/config.h"
#include "recruiting/recruiting_invite.html.h"
#include "recruiting/recruiting_view.h"

static void count_answers(struct recruiting_invite_view *v)
{
        for (size_t i = 0; i < v->rows.n; i++) {
                const struct recruiting_invitation_rows *r = &v->rows.row[i];
                v->opened += r->opened_at.has;
                v->applied += r->state.p && !text_is(r->state, "draft");
                v->said_no += r->declined_at.has;
        }
}

static struct err people_options(struct request *rq, const struct programmes_cohort *c, struct html_options *out)
{
        struct recruiting_known_rows_list known;

        TRY(recruiting_known_rows(rq->tx, c->programme, c->id, &known));
        *out = (struct html_options) {.n = known.n, .row = arena_array(rq->arena, struct html_option, known.n)};
        for (size_t i = 0; i < known.n; i++)
                out->row[i] = (struct html_option) {
                        .value = text_format(rq->arena, "%lld", (long long)known.row[i].person),
                        .label = text_format(rq->arena, "%s %s", text_c(rq->arena, known.row[i].first_name),
                                             text_c(rq->arena, known.row[i].last_name)),
                        .hint = known.row[i].email};
        return OK;
}

static void drop_hints(struct html_options *o)
{
        for (size_t i = 0; i < o->n; i++)
                o->row[i].hint = TEXT_ABSENT;
}

struct err recruiting_show_invite(struct request *rq, struct reply *re)
{
        struct html_shell shell = recruiting_desk_shell(rq, M_("Invitations"));
        struct programmes_cohort c;
        struct recruiting_invite_view v = {.c = &c, .parts = recruiting_part_options(rq, false), .part = TEXT("mentor")};

        drop_hints(&v.parts);
        TRY(recruiting_here(rq, &c));
        TRY(recruiting_page(rq->tx, &c, &v.page));
        TRY(recruiting_tabs_of(rq, c.id, "/desk/applications/invite", &v.tabs));
        TRY(people_options(rq, &c, &v.people));
        TRY(recruiting_alumni_rows(rq->tx, c.programme, c.id, &v.alumni));
        TRY(recruiting_nomination_open(rq->tx, c.id, &v.nominations));
        TRY(recruiting_invitation_rows(rq->tx, c.id, &v.rows));
        count_answers(&v);
        reply_page(rq, re, &shell, recruiting_invite, &v);
        return OK;
}

/* Everything went well: back to the list; something to say: a page of its own. */
static struct err report(struct request *rq, struct reply *re, const struct recruiting_asked *asked)
{
        struct html_shell shell = recruiting_desk_shell(rq, M_("Invitations"));
        struct recruiting_asked_view v = {.a = *asked, .bad = {asked->n_bad, asked->bad}};

        if (asked->here || asked->said_no || asked->n_bad) {
                reply_page(rq, re, &shell, recruiting_invited, &v);
                return OK;
        }
        reply_flash(re, M_("They are invited. The letters go out on the next working morning."));
        reply_see(re, "/desk/applications/invite");
        return OK;
}

#define AT(type, member) .name = #member, .offset = offsetof(struct type, member)
struct invite_form { struct text part, lines; };
static const char *const sides[] = {"mentor", "mentee", NULL};
static const struct field invite_fields[] = {
        {AT(invite_form, part), .kind = FIELD_CHOICE, .choices = sides, .required = true, .label = M_("As")},
        {AT(invite_form, lines), .kind = FIELD_LINES, .max = 100000, .required = true, .label = M_("Whom?")}};
const struct form recruiting_invite_form = {"invite", sizeof(struct invite_form), invite_fields, 2};

struct err recruiting_post_invite(struct request *rq, struct reply *re)
{
        const struct invite_form *f = FORM(rq, struct invite_form);
        struct recruiting_asked asked;
        struct programmes_cohort c;

        TRY(recruiting_here(rq, &c));
        TRY(recruiting_invite_lines(rq->tx, rq->who, c.id, text_is(f->part, "mentor"), f->lines, &asked));
        return report(rq, re, &asked);
}

struct people_form { struct text side; struct field_ids person; };
static const struct field people_fields[] = {
        {AT(people_form, side), .kind = FIELD_CHOICE, .choices = sides, .required = true, .label = M_("As")},
        {AT(people_form, person), .kind = FIELD_IDS, .required = true, .label = M_("Who")}};
const struct form recruiting_people_form = {"people", sizeof(struct people_form), people_fields, 2};

struct err recruiting_post_people(struct request *rq, struct reply *re)
{
        const struct people_form *f = FORM(rq, struct people_form);
        struct recruiting_asked asked;
        struct programmes_cohort c;

        TRY(recruiting_here(rq, &c));
        TRY(recruiting_invite_people(rq->tx, rq->who, c.id, text_is(f->side, "mentor"), f->person.row, f->person.n, &asked));
        return report(rq, re, &asked);
}

struct alumni_form { int64_t earlier; };
static const struct field alumni_fields[] = {
        {AT(alumni_form, earlier), .kind = FIELD_ID, .required = true, .label = M_("Cohort")}};
const struct form recruiting_alumni_form = {"alumni", sizeof(struct alumni_form), alumni_fields, 1};

struct err recruiting_post_alumni(struct request *rq, struct reply *re)
{
        struct recruiting_asked asked;
        struct programmes_cohort c;

        TRY(recruiting_here(rq, &c));
        TRY(recruiting_invite_alumni(rq->tx, rq->who, c.id, FORM(rq, struct alumni_form)->earlier, &asked));
        return report(rq, re, &asked);
}

struct settle_form { struct text answer; };
static const char *const answers[] = {"invite", "leave", NULL};
static const struct field settle_fields[] = {
        {AT(settle_form, answer), .kind = FIELD_CHOICE, .choices = answers, .required = true, .label = M_("Answer")}};
const struct form recruiting_settle_form = {"settle", sizeof(struct settle_form), settle_fields, 1};

struct err recruiting_post_nomination(struct request *rq, struct reply *re)
{
        bool invite = text_is(FORM(rq, struct settle_form)->answer, "invite");

        TRY(recruiting_settle_nomination(rq->tx, rq->who, rq_id(rq, "nomination"), invite));
        reply_flash(re, invite ? M_("They are invited, with the words of whoever suggested them.") : M_("Nobody is written to."));
        reply_see(re, "/desk/applications/invite");
        return OK;
}

/* ---- the public page ---- */

static struct html_options taking_options(struct request *rq, const struct programmes_cohort *c, const struct recruiting_page *p)
{
        static const struct { const char *value, *label; } all[] = {
                {"dates", M_("By the dates of the plan")}, {"open", M_("Open now, until the last day")},
                {"closed", M_("Closed")}};
        struct html_options o = {.n = 3, .row = arena_array(rq->arena, struct html_option, 3)};

        for (size_t i = 0; i < o.n; i++)
                o.row[i] = (struct html_option) {.value = text_of(all[i].value), .label = text_of(msg(rq->page.locale, all[i].label))};
        o.row[0].hint = msg_with(rq->arena, rq->page.locale, M_("from {from} to {until}"), "from",
                                 format_day_week(rq->arena, rq->page.locale, p->opens_day), "until",
                                 format_day_week(rq->arena, rq->page.locale, p->closes_day), NULL);
        if (!c->opened_at.has)
                o.row[1].hint = text_of(msg(rq->page.locale, M_("once the first gate is open")));
        return o;
}

static struct text shown(struct text t) { return t.p ? t : TEXT(""); }

struct err recruiting_show_page(struct request *rq, struct reply *re)
{
        struct html_shell shell = recruiting_desk_shell(rq, M_("Public page"));
        struct programmes_cohort c;
        struct recruiting_page_view v = {.c = &c};

        TRY(recruiting_here(rq, &c));
        TRY(recruiting_page(rq->tx, &c, &v.page));
        TRY(recruiting_tabs_of(rq, c.id, "/desk/applications/page", &v.tabs));
        v.takings = taking_options(rq, &c, &v.page);
        v.url = text_format(rq->arena, "%s/c/%s", rq->app->config->base_url, text_c(rq->arena, c.slug));
        v.headline = shown(v.page.headline);
        v.for_whom = shown(v.page.for_whom);
        v.gives = shown(v.page.gives);
        v.asks = shown(v.page.asks);
        v.closes_day = v.page.own_closes_day ? v.page.closes_day : 0;
        reply_page(rq, re, &shell, recruiting_page_form_view, &v);
        return OK;
}

struct page_form { struct text taking, headline, for_whom, gives, asks; int64_t closes_day; };
static const char *const takings[] = {"dates", "open", "closed", NULL};
static const struct field page_fields[] = {
        {AT(page_form, taking), .kind = FIELD_CHOICE, .choices = takings, .required = true, .label = M_("Applying")},
        {AT(page_form, closes_day), .kind = FIELD_DAY, .label = M_("Last day for applications")},
        {AT(page_form, headline), .kind = FIELD_TEXT, .max = 120, .label = M_("Headline")},
        {AT(page_form, for_whom), .kind = FIELD_LINES, .max = 1000, .label = M_("Who it is for")},
        {AT(page_form, gives), .kind = FIELD_LINES, .max = 1000, .label = M_("What you get")},
        {AT(page_form, asks), .kind = FIELD_LINES, .max = 1000, .label = M_("What it asks of you")}};
const struct form recruiting_page_form = {"page", sizeof(struct page_form), page_fields,
                                          sizeof page_fields / sizeof page_fields[0]};

struct err recruiting_post_page(struct request *rq, struct reply *re)
{
        const struct page_form *f = FORM(rq, struct page_form);
        struct programmes_cohort c;

        TRY(recruiting_here(rq, &c));
        TRY(recruiting_write_page(rq->tx, rq->who, c.id, &(struct recruiting_page_words) {
                .taking = f->taking, .headline = f->headline, .for_whom = f->for_whom, .gives = f->gives, .asks = f->asks,
                .closes_day = f->closes_day}));
        reply_flash(re, M_("Saved."));
        reply_see(re, "/desk/applications/page");
        return OK;
}
