/* The sponsor's monthly letter: to whom, when, and how the next one would read. */
#include "evaluation/evaluation_sponsor.html.h"
#include "evaluation/evaluation_web.h"

struct err evaluation_get_sponsor(struct request *rq, struct reply *re)
{
        struct html_shell shell = {.kind = SHELL_DESK, .title = text_of(msg(rq->page.locale, M_("The sponsor's monthly letter")))};
        struct evaluation_sponsor_view v = {0};

        TRY(evaluation_read_sponsor_page(rq, &v));
        reply_page(rq, re, &shell, evaluation_sponsor_page, &v);
        return OK;
}

struct err evaluation_post_sponsor(struct request *rq, struct reply *re)
{
        const struct evaluation_sponsor_form *f = FORM(rq, struct evaluation_sponsor_form);
        int64_t cohort;

        TRY(programmes_current(rq->tx, rq->who, &cohort));
        TRY(evaluation_set_sponsor(rq->tx, rq->who, cohort, &(struct evaluation_sponsor) {
                .name = f->name, .address = f->address, .locale = (int)locale_of(f->locale, LOCALE_EN), .on_day = f->on_day, .active = f->active,
                .decision = f->decision}));
        reply_flash(re, f->active ? M_("Kept. Below you see the letter as it would go now") : M_("Kept. No letter is sent"));
        reply_see(re, "/desk/sponsor");
        return OK;
}
