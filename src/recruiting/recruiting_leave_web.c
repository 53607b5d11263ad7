/* /me/leave: giving one's own place back. */
#include "recruiting/recruiting_view.h"

#include "recruiting/recruiting_leave.h"
#include "recruiting/recruiting_leave.html.h"

static struct recruiting_leave_line *line_of(const struct recruiting_leave_view *v, int64_t cohort)
{
        for (size_t i = 0; i < v->n; i++)
                if (v->row[i].cohort == cohort)
                        return &v->row[i];
        return NULL;
}

struct err recruiting_show_leave(struct request *rq, struct reply *re)
{
        struct html_shell shell = {.kind = SHELL_PERSON, .title = text_of(msg(rq->page.locale, M_("Leave the programme"))), .offers_help = true};
        struct programmes_participant_list parts;
        struct recruiting_leave_view v = {0};
        struct programmes_cohort c;

        TRY(programmes_parts_of(rq->tx, rq->who->person, &parts));
        v.row = arena_array(rq->arena, struct recruiting_leave_line, parts.n + 1);
        for (size_t i = 0; i < parts.n; i++) {
                const struct programmes_participant *p = &parts.row[i];
                bool paired = text_is(p->state, "matched");
                if (!paired && !recruiting_may_leave(p->state))
                        continue;
                struct recruiting_leave_line *have = line_of(&v, p->cohort);    /* in both parts at once */
                if (have) {
                        have->paired |= paired;
                        continue;
                }
                TRY(programmes_cohort(rq->tx, p->cohort, &c));
                v.row[v.n++] = (struct recruiting_leave_line) {p->cohort, c.name, paired};
        }
        reply_page(rq, re, &shell, recruiting_leave_page, &v);
        return OK;
}

struct err recruiting_post_leave(struct request *rq, struct reply *re)
{
        TRY(recruiting_leave(rq->tx, rq->who, rq_id(rq, "cohort")));
        reply_flash(re, M_("You have left. Thank you for having been there."));
        reply_see(re, "/home");
        return OK;
}
