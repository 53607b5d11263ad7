/* A proposal as the two who are proposed to each other read it. */
#include "matching/matching_web.h"

#include "html/format.h"
#include "matching/matching.html.h"
#include "matching/matching.sql.h"
#include "matching/matching_dossier.h"
#include "matching/matching_next.h"

#include <string.h>

/* ---- one proposal, for one of the two ---- */

static struct err show_proposal(struct request *rq, struct reply *re)
{
        struct html_shell shell = {.kind = SHELL_PERSON, .title = text_of(msg(rq->page.locale, M_("A proposal for you")))};
        struct matching_proposal_view v = {.id = rq_id(rq, "proposal")};
        struct matching_sentences why;
        struct people_person me, other;
        struct matching_row r;
        bool found;

        TRY(matching_row(rq->tx, v.id, &found, &r));
        if (!found || (rq->who->person != r.mentor && rq->who->person != r.mentee) || text_is(r.state, "draft") ||
            text_is(r.state, "locked") || text_is(r.state, "dropped"))
                return FAIL(ERR_ABSENT, "There is no such proposal", "It may have been replaced by a newer one");
        v.mentor = rq->who->person == r.mentor;
        TRY(people_get(rq->tx, rq->who->person, &me));
        TRY(people_get(rq->tx, v.mentor ? r.mentee : r.mentor, &other));
        TRY(people_card(rq->tx, other.id, false, &v.partner));
        v.partner.city = format_city(rq->arena, rq->page.locale, other.zone);
        matching_sentences(rq->arena, rq->page.locale, r.reasons,
                           (zone_civil(me.zone, rq->page.now).offset - zone_civil(other.zone, rq->page.now).offset) / 60, &why);
        memcpy(v.reasons, why.row, sizeof v.reasons);
        struct text answer = v.mentor ? r.mentor_answer : r.mentee_answer;
        v.answered = answer.p != NULL;
        v.yes = text_is(answer, "yes");
        v.open = matching_looks_open(&r, rq->page.now);
        v.ended = !v.open && !text_is(r.state, "accepted");
        v.expires_at = r.expires_at;
        reply_page(rq, re, &shell, matching_proposal, &v);
        return OK;
}

struct answer_form { struct text answer, note; };
static const char *const answers[] = {"yes", "no", NULL};
FORM_OF(answer_form, struct answer_form,
        {.name = "answer", .kind = FIELD_CHOICE, .offset = offsetof(struct answer_form, answer), .required = true, .choices = answers,
         .label = "Your answer"},
        {.name = "note", .kind = FIELD_LINES, .offset = offsetof(struct answer_form, note), .max = 500, .label = "A word for the coordinator"});

static struct err post_answer(struct request *rq, struct reply *re)
{
        const struct answer_form *f = FORM(rq, struct answer_form);
        bool yes = text_is(f->answer, "yes");

        TRY(matching_answer(rq->tx, rq->who, rq_id(rq, "proposal"), yes, text_trim(f->note)));
        reply_flash(re, yes ? "Thank you. You hear from us as soon as both have answered." : "Thank you for saying so. The other side does not learn who declined.");
        reply_see(re, "/home");
        return OK;
}

static const struct route rows[] = {
        {.method = GET, .path = "/proposals/:proposal", .who = ROLE_PARTICIPANT, .handler = show_proposal},
        {.method = POST, .path = "/proposals/:proposal", .who = ROLE_PARTICIPANT, .handler = post_answer, .form = &answer_form,
         .back = "/proposals/:proposal"},
};

const struct route_table matching_routes = ROUTES(rows);
