/* /desk/matching/:proposal/for/:person: an answer to a proposal, given on the telephone. */
#include "desk/desk_view.h"

#include "desk/desk_answer.html.h"
#include "matching/matching.h"

static struct html_options answers(struct request *rq, struct text partner)
{
        struct html_options o = {.n = 2, .row = arena_array(rq->arena, struct html_option, 2)};

        o.row[0] = (struct html_option) {.value = TEXT("yes"), .label = msg_with(rq->arena, rq->page.locale, "Yes, with {partner}", "partner", partner, NULL)};
        o.row[1] = (struct html_option) {.value = TEXT("no"), .label = text_of(msg(rq->page.locale, M_("No, rather with somebody else")))};
        return o;
}

struct err desk_get_answer(struct request *rq, struct reply *re)
{
        struct html_shell shell = desk_page(rq, M_("In their name"));
        struct desk_answer_view v = {.proposal = rq_id(rq, "proposal"), .person = rq_id(rq, "person")};

        TRY(matching_asked_side(rq->tx, rq->who, v.proposal, v.person, &v.side));
        v.answers = answers(rq, v.side.partner);
        reply_page(rq, re, &shell, desk_answer_page, &v);
        return OK;
}

struct err desk_post_answer(struct request *rq, struct reply *re)
{
        const struct desk_answer_form *f = FORM(rq, struct desk_answer_form);
        int64_t proposal = rq_id(rq, "proposal");

        TRY(desk_answer_proposal(rq->tx, rq->who, proposal, rq_id(rq, "person"), text_is(f->answer, "yes"), f->reason));
        reply_flash(re, M_("Written down. They get a mail about it in ten minutes, with a button to object."));
        reply_see(re, "/desk/matching/%lld", (long long)proposal);
        return OK;
}
