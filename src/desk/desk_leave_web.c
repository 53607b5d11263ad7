/* /desk/people/:person/leave/:cohort: somebody without a partner is taken out of a cohort. */
#include "desk/desk_view.h"

#include "desk/desk_leave.html.h"
#include "people/people.h"
#include "recruiting/recruiting_leave.h"

struct err desk_get_leave(struct request *rq, struct reply *re)
{
        struct html_shell shell = desk_page(rq, M_("Take somebody out"));
        struct desk_leave_view v = {.person = rq_id(rq, "person"), .cohort = rq_id(rq, "cohort"), .may = true};
        struct programmes_participant_list parts;
        struct programmes_cohort c;
        struct people_person p;
        bool any = false, here = false;

        TRY(programmes_staff(rq->tx, rq->who, v.cohort));
        TRY(programmes_cohort(rq->tx, v.cohort, &c));
        TRY(programmes_parts_of(rq->tx, v.person, &parts));
        for (size_t i = 0; i < parts.n; i++) {
                if (parts.row[i].cohort != v.cohort)
                        continue;
                here = true;
                any |= recruiting_may_leave(parts.row[i].state);
                v.may &= !text_is(parts.row[i].state, "matched");
        }
        v.may &= any;
        if (!here)
                return FAIL(ERR_ABSENT, "They are not in this cohort", "Go back to the list of people");
        TRY(people_get(rq->tx, v.person, &p));
        v.first_name = p.first_name;
        v.name = text_format(rq->arena, "%s %s", text_c(rq->arena, p.first_name), text_c(rq->arena, p.last_name));
        v.cohort_name = c.name;
        reply_page(rq, re, &shell, desk_leave_page, &v);
        return OK;
}

struct err desk_post_leave(struct request *rq, struct reply *re)
{
        int64_t person = rq_id(rq, "person");

        TRY(desk_leave(rq->tx, rq->who, rq_id(rq, "cohort"), person, FORM(rq, struct desk_leave_form)->reason));
        reply_flash(re, M_("Taken out. They get a mail about it in ten minutes, with a button to object."));
        reply_see(re, "/desk/people/%lld", (long long)person);
        return OK;
}
