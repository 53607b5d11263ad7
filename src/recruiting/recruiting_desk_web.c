/* /desk/applications: the list, one application, what is decided, the draw. */
#include "html/format.h"
#include "journeys/journeys.h"
#include "os/zone.h"
#include "people/people.h"
#include "recruiting/recruiting_desk.html.h"
#include "recruiting/recruiting_parts.h"
#include "recruiting/recruiting_view.h"

enum { DAYS_TO_WAIT = 14, DAYS_UNTIL_NEXT = 28, STATES = 7 };

static const struct { const char *state, *words; } states[STATES] = {
        {"sent", M_("to read")}, {"asked", M_("asked for more")}, {"waiting", M_("waiting list")}, {"accepted", M_("accepted")},
        {"declined", M_("not this time")}, {"withdrawn", M_("taken back")}, {"draft", M_("being written")},
};

const char *recruiting_state_words(struct text state)
{
        for (size_t i = 0; i < STATES; i++)
                if (text_is(state, states[i].state))
                        return states[i].words;
        return "";
}

struct html_shell recruiting_desk_shell(struct request *rq, const char *title)
{
        return (struct html_shell) {.kind = SHELL_DESK, .title = text_of(msg(rq->page.locale, title))};
}

struct err recruiting_here(struct request *rq, struct programmes_cohort *c)
{
        int64_t cohort;

        TRY(programmes_current(rq->tx, rq->who, &cohort));
        TRY(programmes_staff(rq->tx, rq->who, cohort));
        return programmes_cohort(rq->tx, cohort, c);
}

struct err recruiting_tabs_of(struct request *rq, int64_t cohort, const char *here, struct recruiting_tabs *out)
{
        struct recruiting_nomination_open_list open;

        TRY(recruiting_nomination_open(rq->tx, cohort, &open));
        *out = (struct recruiting_tabs) {.n = 4, .row = {
                {"/desk/applications", M_("Applications"), 0, false},
                {"/desk/applications/invite", M_("Invitations"), (int64_t)open.n, false},
                {"/desk/applications/draws", M_("Draw"), 0, false},
                {"/desk/applications/page", M_("Public page"), 0, false}}};
        for (size_t i = 0; i < out->n; i++)
                out->row[i].here = text_is(text_of(here), out->row[i].path);
        return OK;
}

/* ---- the list ---- */

static struct html_options state_options(struct request *rq)
{
        struct html_options o = {.row = arena_array(rq->arena, struct html_option, STATES + 2)};

        o.row[o.n++] = (struct html_option) {.value = TEXT("open"), .label = text_of(msg(rq->page.locale, M_("not decided")))};
        o.row[o.n++] = (struct html_option) {.value = TEXT("any"), .label = text_of(msg(rq->page.locale, M_("all")))};
        for (size_t i = 0; i < STATES; i++)
                o.row[o.n++] = (struct html_option) {.value = text_of(states[i].state),
                                                     .label = text_of(msg(rq->page.locale, states[i].words))};
        return o;
}

static struct html_options side_options(struct request *rq)
{
        static const struct { const char *value, *label; } all[] = {
                {"any", M_("everybody")}, {"mentor", M_("mentors")}, {"mentee", M_("mentees")}};
        struct html_options o = {.n = 3, .row = arena_array(rq->arena, struct html_option, 3)};

        for (size_t i = 0; i < o.n; i++)
                o.row[i] = (struct html_option) {.value = text_of(all[i].value), .label = text_of(msg(rq->page.locale, all[i].label))};
        return o;
}

static bool is_wanted(const struct recruiting_list_view *v, const struct recruiting_application_rows *r)
{
        if (text_is(v->part, "mentor") ? !r->mentor : text_is(v->part, "mentee") && !r->mentee)
                return false;
        if (text_is(v->state, "open"))
                return recruiting_undecided(r->state);
        return text_is(v->state, "any") || text_equal(v->state, r->state);
}

static struct text first_line(struct text t)
{
        struct text rest;

        return text_first_chars(text_trim(text_cut(t, '\n', &rest)), 80);
}

static struct text city_of(struct request *rq, struct text zone)
{
        const struct zone *z = zone_find(zone);

        return z ? format_city(rq->arena, rq->page.locale, z) : TEXT("");
}

static void add_case(struct request *rq, const struct recruiting_application_rows *r, struct recruiting_list_view *v)
{
        v->all++;
        v->to_read += text_is(r->state, "sent");
        v->waiting += text_is(r->state, "waiting");
        v->drafts += text_is(r->state, "draft");
        bool late = text_is(r->state, "waiting") && r->answer_day.has && r->answer_day.v <= v->today;
        v->late += late;
        if (!is_wanted(v, r))
                return;
        v->cases.row[v->cases.n++] = (struct recruiting_case) {
                .id = r->id, .first_name = r->first_name, .last_name = r->last_name, .state = r->state, .mentor = r->mentor,
                .mentee = r->mentee, .sent_at = r->sent_at, .saved_at = r->saved_at, .place = r->place,
                .answer_day = r->answer_day, .late = late, .answered = text_is(r->state, "sent") && r->answered > 0,
                .words = first_line(text_empty(r->wants) || (r->mentor && !r->mentee) ? r->offers : r->wants),
                .city = city_of(rq, r->zone)};
}

struct err recruiting_show_list(struct request *rq, struct reply *re)
{
        struct html_shell shell = recruiting_desk_shell(rq, M_("Applications"));
        struct recruiting_application_rows_list rows;
        struct programmes_cohort c;
        struct recruiting_list_view v = {.c = &c, .state = rq_query(rq, "state"), .part = rq_query(rq, "part"),
                                         .states = state_options(rq), .parts = side_options(rq)};

        v.state = v.state.p ? v.state : TEXT("open");
        v.part = v.part.p ? v.part : TEXT("any");
        TRY(recruiting_here(rq, &c));
        v.today = zone_day(c.zone, rq->page.now);
        TRY(recruiting_page(rq->tx, &c, &v.page));
        TRY(recruiting_tabs_of(rq, c.id, "/desk/applications", &v.tabs));
        TRY(recruiting_application_rows(rq->tx, c.id, &rows));
        v.cases.row = arena_array(rq->arena, struct recruiting_case, rows.n);
        for (size_t i = 0; i < rows.n; i++)
                add_case(rq, &rows.row[i], &v);
        reply_page(rq, re, &shell, recruiting_list, &v);
        return OK;
}

/* ---- one application ---- */

static struct text usual(struct request *rq, const struct programmes_cohort *c, const char *english)
{
        return msg_with(rq->arena, (enum locale)c->locale, english, "programme", c->programme_name, NULL);
}

static struct err load_case(struct request *rq, struct programmes_cohort *c, struct recruiting_case_view *v)
{
        struct recruiting_application_whose whose;
        struct recruiting_page page;
        int64_t id = rq_id(rq, "application"), today;
        bool found;

        TRY(recruiting_application_whose(rq->tx, id, &found, &whose));
        if (!found)
                return FAIL(ERR_ABSENT, "There is no such application", "Go back to the list");
        TRY(programmes_staff(rq->tx, rq->who, whose.cohort));
        TRY(programmes_cohort(rq->tx, whose.cohort, c));
        TRY(recruiting_page(rq->tx, c, &page));
        TRY(recruiting_of(rq->tx, whose.cohort, whose.person, &v->p));
        TRY(recruiting_question_rows(rq->tx, id, &v->questions));
        today = zone_day(c->zone, rq->page.now);
        v->c = c;
        v->state = v->p.state;
        v->city = city_of(rq, v->p.zone);
        v->offers = recruiting_lines(rq->arena, v->p.offers);
        v->wants = recruiting_lines(rq->arena, v->p.wants);
        v->open = recruiting_undecided(v->state);
        v->waits = text_is(v->state, "waiting");
        v->mentors = page.mentors;
        v->mentees = page.mentees;
        v->answer_day = today + DAYS_TO_WAIT < c->launch_day || today >= c->launch_day ? today + DAYS_TO_WAIT : c->launch_day;
        v->next_day = c->end_day > today + DAYS_UNTIL_NEXT ? c->end_day : today + DAYS_UNTIL_NEXT;
        v->refuse_words = usual(rq, c, M_("There were more people than we can look after well, and I could not find somebody who fits your question."));
        v->wait_words = usual(rq, c, M_("At the moment there are more people with questions than mentors who can take one."));
        return OK;
}

static struct err note_read(struct tx *tx, void *in)
{
        const struct { const struct who *who; int64_t person, application; } *r = in;

        return people_audit(tx, r->who, "application.read", r->person, r->application, "");
}

struct err recruiting_show_case(struct request *rq, struct reply *re)
{
        struct html_shell shell = recruiting_desk_shell(rq, M_("Application"));
        struct programmes_cohort c;
        struct recruiting_case_view v = {0};
        struct { const struct who *who; int64_t person, application; } *read = arena_alloc(rq->arena, sizeof *read);

        TRY(load_case(rq, &c, &v));
        read->who = rq->who;
        read->person = v.p.person;
        read->application = v.p.id;
        reply_then(re, note_read, read);
        reply_page(rq, re, &shell, recruiting_case, &v);
        return OK;
}

struct err recruiting_show_refuse(struct request *rq, struct reply *re)
{
        struct html_shell shell = recruiting_desk_shell(rq, M_("Say no, kindly"));
        struct programmes_cohort c;
        struct recruiting_case_view v = {0};

        TRY(load_case(rq, &c, &v));
        if (!v.open) {
                reply_see(re, "/desk/applications/%lld", (long long)v.p.id);
                return OK;
        }
        reply_page(rq, re, &shell, recruiting_refuse_page, &v);
        return OK;
}

/* ---- deciding ---- */

#define AT(type, member) .name = #member, .offset = offsetof(struct type, member)
struct words_form { struct text words, why; int64_t day; };
static const struct field words_fields[] = {
        {AT(words_form, words), .kind = FIELD_LINES, .max = 500, .label = M_("A sentence to them")}};
const struct form recruiting_words_form = {"words", sizeof(struct words_form), words_fields, 1};
static const struct field wait_fields[] = {
        {AT(words_form, why), .kind = FIELD_LINES, .max = 500, .required = true, .label = M_("Why")},
        {AT(words_form, day), .kind = FIELD_DAY, .required = true, .label = M_("They hear by")}};
const struct form recruiting_wait_form = {"wait", sizeof(struct words_form), wait_fields, 2};
static const struct field refuse_fields[] = {
        {AT(words_form, words), .kind = FIELD_LINES, .max = 500, .required = true, .label = M_("Why, in your words")},
        {AT(words_form, day), .kind = FIELD_DAY, .required = true, .label = M_("They can apply again from")}};
const struct form recruiting_refuse_form = {"refuse", sizeof(struct words_form), refuse_fields, 2};
struct question_form { struct text question; };
static const struct field question_fields[] = {
        {AT(question_form, question), .kind = FIELD_LINES, .max = 1000, .required = true, .label = M_("What would you like to know?")}};
const struct form recruiting_question_form = {"question", sizeof(struct question_form), question_fields, 1};

static struct err done(struct reply *re, const char *said)
{
        reply_flash(re, said);
        reply_see(re, "/desk/applications");
        return OK;
}

struct err recruiting_post_accept(struct request *rq, struct reply *re)
{
        TRY(recruiting_accept(rq->tx, rq->who, rq_id(rq, "application"), FORM(rq, struct words_form)->words));
        return done(re, M_("They have a place, and a letter says so."));
}

struct err recruiting_post_refuse(struct request *rq, struct reply *re)
{
        const struct words_form *f = FORM(rq, struct words_form);

        TRY(recruiting_refuse(rq->tx, rq->who, rq_id(rq, "application"), f->words, f->day));
        return done(re, M_("The letter is on its way."));
}

struct err recruiting_post_wait(struct request *rq, struct reply *re)
{
        const struct words_form *f = FORM(rq, struct words_form);

        TRY(recruiting_wait(rq->tx, rq->who, rq_id(rq, "application"), f->why, f->day));
        return done(re, M_("They are on the waiting list, and know until when."));
}

struct err recruiting_post_ask(struct request *rq, struct reply *re)
{
        TRY(recruiting_ask(rq->tx, rq->who, rq_id(rq, "application"), FORM(rq, struct question_form)->question));
        return done(re, M_("The question is on its way. The answer comes up here."));
}

/* ---- the draw ---- */

struct err recruiting_show_draws(struct request *rq, struct reply *re)
{
        struct html_shell shell = recruiting_desk_shell(rq, M_("Draw"));
        struct recruiting_application_rows_list rows;
        struct recruiting_draw_rows_list draws;
        struct recruiting_draws_view v = {0};
        struct programmes_cohort c;

        TRY(recruiting_here(rq, &c));
        TRY(recruiting_tabs_of(rq, c.id, "/desk/applications/draws", &v.tabs));
        TRY(recruiting_application_rows(rq->tx, c.id, &rows));
        for (size_t i = 0; i < rows.n; i++) {
                v.mentors += text_is(rows.row[i].state, "waiting") && rows.row[i].mentor;
                v.mentees += text_is(rows.row[i].state, "waiting") && rows.row[i].mentee;
        }
        TRY(recruiting_draw_rows(rq->tx, c.id, &draws));
        v.draws.row = arena_array(rq->arena, struct recruiting_drawn, draws.n);
        for (; v.draws.n < draws.n; v.draws.n++) {
                v.draws.row[v.draws.n].draw = draws.row[v.draws.n];
                TRY(recruiting_draw_places(rq->tx, draws.row[v.draws.n].id, &v.draws.row[v.draws.n].places));
        }
        reply_page(rq, re, &shell, recruiting_draws, &v);
        return OK;
}

struct draw_form { struct text part; };
static const char *const sides[] = {"mentor", "mentee", NULL};
static const struct field draw_fields[] = {
        {AT(draw_form, part), .kind = FIELD_CHOICE, .choices = sides, .required = true, .label = M_("As")}};
const struct form recruiting_draw_form = {"draw", sizeof(struct draw_form), draw_fields, 1};

struct err recruiting_post_draw(struct request *rq, struct reply *re)
{
        struct programmes_cohort c;

        TRY(recruiting_here(rq, &c));
        TRY(recruiting_draw(rq->tx, rq->who, c.id, text_is(FORM(rq, struct draw_form)->part, "mentor")));
        reply_flash(re, M_("The order is drawn and written down."));
        reply_see(re, "/desk/applications/draws");
        return OK;
}
