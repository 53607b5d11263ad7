#include "recruiting/recruiting_visit.h"

#include "os/keys.h"
#include "people/people.h"
#include "recruiting/recruiting_parts.h"

static struct err no_link(void)
{
        return FAIL(ERR_ABSENT, "This link leads nowhere", "Ask for a new one on the page of the programme");
}

static struct err of_person(struct request *rq, struct recruiting_visit *v)
{
        struct people_person me;

        TRY(people_get(rq->tx, v->person, &me));
        rq->page.locale = me.locale;
        rq->page.zone = me.zone;
        return recruiting_of(rq->tx, v->cohort, v->person, &v->p);
}

/* An address may have become a person meanwhile: by its own link, or by somebody's list. */
static struct err of_start(struct request *rq, struct recruiting_visit *v)
{
        struct recruiting_start_row r;
        struct people_person me;
        bool found, known;

        TRY(recruiting_start_row(rq->tx, v->start, &found, &r));
        if (!found)
                return no_link();
        v->cohort = r.cohort;
        TRY(people_by_email(rq->tx, r.email, &known, &me));
        if (known) {
                v->person = me.id;
                return of_person(rq, v);
        }
        rq->page.locale = locale_of(r.locale, LOCALE_EN);
        v->p = (struct recruiting_application) {.cohort = v->cohort, .state = TEXT("draft"), .mentee = true, .capacity = 1};
        return OK;
}

struct err recruiting_visit(struct request *rq, struct recruiting_visit *v)
{
        struct token t;

        *v = (struct recruiting_visit) {.token = rq_text(rq, "token")};
        TRY(token_read(rq->app->keys, v->token, TOKEN_APPLY, &t));
        if (t.kind == APPLY_START) {
                v->start = t.a;
                TRY(of_start(rq, v));
        } else {
                v->cohort = t.a;
                v->person = t.b;
                TRY(of_person(rq, v));
        }
        TRY(programmes_cohort(rq->tx, v->cohort, &v->c));
        if (!v->person) {
                v->p.zone = text_of(zone_name(v->c.zone));
                rq->page.zone = v->c.zone;
        }
        return recruiting_page(rq->tx, &v->c, &v->page);
}

struct err recruiting_visit_somebody(struct request *rq, struct recruiting_visit *v)
{
        TRY(recruiting_visit(rq, v));
        if (v->person)
                return OK;
        return recruiting_start_person(rq->tx, v->start, &v->cohort, &v->person);
}

struct html_shell recruiting_visit_shell(struct request *rq, const struct recruiting_visit *v)
{
        (void)rq;
        return (struct html_shell) {.kind = SHELL_BARE, .title = v->c.programme_name, .offers_help = true};
}

struct text recruiting_visit_draft(struct request *rq, const struct recruiting_visit *v)
{
        return text_format(rq->arena, "apply-%lld-%lld", (long long)v->cohort,
                           (long long)(v->person ? v->person : v->start));
}
