/* How an application stands, and what its owner can still do: say no, answer, take it back, read meanwhile. */
#include "base/app.h"
#include "os/config.h"
#include "people/people.h"
#include "recruiting/recruiting_apply.html.h"
#include "recruiting/recruiting_visit.h"

#include <string.h>

/* ---- how it stands ---- */

static const char *const reading[] = {"virtual-relationship-guide", "roles-and-expectations", "my-story-builder",
                                      "mentor-readiness", "mentee-readiness", "privacy-in-plain-words"};

static bool is_for(const struct pack_item *item, const struct recruiting_application *p)
{
        return (p->mentor && pack_side_has(item->who, PACK_MENTOR)) || (p->mentee && pack_side_has(item->who, PACK_MENTEE));
}

/* Pages of the library that need no partner: those named above, as far as this pack has them. */
static const struct pack_item *may_read(const struct recruiting_visit *s, struct text key)
{
        const struct pack_item *item = pack_item(s->c.pack, key);

        for (size_t i = 0; item && i < sizeof reading / sizeof reading[0]; i++)
                if (text_is(key, reading[i]) && is_for(item, &s->p))
                        return item;
        return NULL;
}

static void give_reading(struct request *rq, const struct recruiting_visit *s, struct recruiting_stand_view *v)
{
        size_t most = sizeof reading / sizeof reading[0];

        v->reading.row = arena_array(rq->arena, struct recruiting_date, most);
        for (size_t i = 0; i < most; i++) {
                const struct pack_item *item = may_read(s, text_of(reading[i]));
                if (item)
                        v->reading.row[v->reading.n++] = (struct recruiting_date) {item->title.in[rq->page.locale], item->key};
        }
}

static struct err look_at_parts(struct request *rq, const struct recruiting_visit *s, struct recruiting_stand_view *v)
{
        struct programmes_participant_list parts;

        if (!s->person)
                return OK;
        TRY(programmes_parts_of(rq->tx, s->person, &parts));
        for (size_t i = 0; i < parts.n; i++) {
                const struct programmes_participant *p = &parts.row[i];
                if (p->cohort != s->cohort)
                        continue;
                v->manager_wanted |= p->manager_opted_in;
                v->matched |= text_is(p->state, "matched");
                v->has_place |= text_is(p->state, "accepted") || text_is(p->state, "ready") || text_is(p->state, "matched") ||
                                text_is(p->state, "waiting") || text_is(p->state, "done");
        }
        return OK;
}

static struct text state_of(const struct recruiting_visit *s, const struct recruiting_stand_view *v)
{
        bool draft = text_is(s->p.state, "draft");

        if (draft && v->has_place)
                return TEXT("in");
        if (draft && s->p.declined)
                return TEXT("said-no");
        return draft ? TEXT("shut") : s->p.state;
}

struct err recruiting_show_stand(struct request *rq, struct reply *re, const struct recruiting_visit *s)
{
        struct html_shell shell = recruiting_visit_shell(rq, s);
        struct recruiting_stand_view v = {.token = s->token, .first_name = s->p.first_name, .c = &s->c, .page = s->page,
                                          .p = s->p, .draft = recruiting_visit_draft(rq, s)};
        struct people_status status = {0};

        TRY(look_at_parts(rq, s, &v));
        v.state = state_of(s, &v);
        if (s->p.id)
                TRY(recruiting_question_rows(rq->tx, s->p.id, &v.questions));
        bool open = recruiting_undecided(s->p.state);
        if (open)
                give_reading(rq, s, &v);
        if (open || text_is(s->p.state, "accepted")) {
                TRY(people_status(rq->tx, s->person, &status));
                v.asks_manager = true;
                v.manager = status.manager_email;
        }
        reply_page(rq, re, &shell, recruiting_stand, &v);
        return OK;
}

struct err recruiting_show_reading(struct request *rq, struct reply *re)
{
        struct text key = rq_text(rq, "item");
        struct recruiting_visit s;

        TRY(recruiting_visit(rq, &s));
        const struct pack_item *item = may_read(&s, key);
        const struct pack_text *text = pack_library_text(s.c.pack, key, rq->page.locale);
        if (!item || !text || !recruiting_undecided(s.p.state))
                return FAIL(ERR_ABSENT, "There is no such page to read", "Go back to your application");
        struct html_shell shell = recruiting_visit_shell(rq, &s);
        struct recruiting_text_view v = {.token = s.token, .title = text->title, .body = html_markdown(rq->arena, text->body, 2)};
        reply_page(rq, re, &shell, recruiting_reading, &v);
        return OK;
}

/* Somebody who is signed in goes on where they are asked. */
struct err recruiting_show_own(struct request *rq, struct reply *re)
{
        struct recruiting_application_newest row = {0};
        struct programmes_participant_list parts;
        bool found;

        TRY(recruiting_application_newest(rq->tx, rq->who->person, &found, &row));
        TRY(programmes_parts_of(rq->tx, rq->who->person, &parts));
        for (size_t i = 0; i < parts.n && !found; i++) {
                found = text_is(parts.row[i].state, "invited") || text_is(parts.row[i].state, "applied");
                row.cohort = parts.row[i].cohort;
        }
        if (!found) {
                reply_see(re, "/home");
                return OK;
        }
        struct text url = recruiting_url(rq->tx, row.cohort, rq->who->person);
        reply_see(re, "%s", text_c(rq->arena, url) + strlen(rq->app->config->base_url));
        return OK;
}

/* ---- no, thank you; taking it back ---- */

static struct err show_small(struct request *rq, struct reply *re,
                             void (*view)(struct page *pg, const struct recruiting_stand_view *v))
{
        struct recruiting_visit s;
        struct recruiting_stand_view v = {0};

        TRY(recruiting_visit(rq, &s));
        struct html_shell shell = recruiting_visit_shell(rq, &s);
        v.token = s.token;
        v.c = &s.c;
        TRY(look_at_parts(rq, &s, &v));
        reply_page(rq, re, &shell, view, &v);
        return OK;
}

struct err recruiting_show_no(struct request *rq, struct reply *re) { return show_small(rq, re, recruiting_no_page); }
struct err recruiting_show_withdraw(struct request *rq, struct reply *re) { return show_small(rq, re, recruiting_withdraw_page); }

#define AT(type, member) .name = #member, .offset = offsetof(struct type, member)
struct no_form { struct text reason; };
static const struct field no_fields[] = {{AT(no_form, reason), .kind = FIELD_LINES, .max = 500, .label = M_("Why")}};
const struct form recruiting_no_form = {"no", sizeof(struct no_form), no_fields, 1};

static void back(struct request *rq, struct reply *re, const struct recruiting_visit *s)
{
        reply_see(re, "/apply/%s", text_c(rq->arena, s->token));
}

struct err recruiting_post_no(struct request *rq, struct reply *re)
{
        struct recruiting_visit s;

        TRY(recruiting_visit(rq, &s));
        if (s.person)
                TRY(recruiting_decline(rq->tx, s.cohort, s.person, FORM(rq, struct no_form)->reason));
        back(rq, re, &s);
        return OK;
}

struct err recruiting_post_withdraw(struct request *rq, struct reply *re)
{
        struct recruiting_visit s;

        TRY(recruiting_visit(rq, &s));
        TRY(recruiting_withdraw(rq->tx, s.cohort, s.person));
        back(rq, re, &s);
        return OK;
}

/* ---- an answer, the line manager ---- */

struct answer_form { struct text answer; };
static const struct field answer_fields[] = {
        {AT(answer_form, answer), .kind = FIELD_LINES, .required = true, .max = 2000, .label = M_("Your answer")}};
const struct form recruiting_answer_form = {"answer", sizeof(struct answer_form), answer_fields, 1};

struct err recruiting_post_answer(struct request *rq, struct reply *re)
{
        struct recruiting_visit s;

        TRY(recruiting_visit(rq, &s));
        TRY(recruiting_answer(rq->tx, s.cohort, s.person, FORM(rq, struct answer_form)->answer));
        reply_flash(re, M_("Thank you, your answer is there."));
        back(rq, re, &s);
        return OK;
}

struct manager_form { struct text manager; bool wanted; };
static const struct field manager_fields[] = {
        {AT(manager_form, manager), .kind = FIELD_EMAIL, .label = M_("Mail address of your line manager")},
        {AT(manager_form, wanted), .kind = FIELD_BOOL}};
const struct form recruiting_manager_form = {"manager", sizeof(struct manager_form), manager_fields, 2};

struct err recruiting_post_manager(struct request *rq, struct reply *re)
{
        const struct manager_form *f = FORM(rq, struct manager_form);
        struct recruiting_visit s;

        TRY(recruiting_visit(rq, &s));
        TRY(recruiting_manager(rq->tx, s.cohort, s.person, f->wanted, f->manager));
        reply_flash(re, f->wanted ? M_("They get the dates, and nothing else.") : M_("They get no letters."));
        back(rq, re, &s);
        return OK;
}
