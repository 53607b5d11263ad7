#include "jobs/jobs_web.h"

#include "jobs/jobs.html.h"

static struct err show_dead(struct request *rq, struct reply *re)
{
        struct html_shell shell = {.kind = SHELL_DESK, .title = text_of(msg(rq->page.locale, M_("Background work")))};
        struct jobs_dead_view v;

        TRY(jobs_dead_list(rq->tx, &v.jobs));
        reply_page(rq, re, &shell, jobs_dead, &v);
        return OK;
}

static struct err post_revive(struct request *rq, struct reply *re)
{
        TRY(jobs_revive(rq->tx, rq_id(rq, "job")));
        reply_flash(re, "It is tried again in a moment.");
        reply_see(re, "/desk/jobs");
        return OK;
}

static const struct route rows[] = {
        {.method = GET, .path = "/desk/jobs", .who = ROLE_ADMINISTRATOR, .handler = show_dead},
        {.method = POST, .path = "/desk/jobs/:job", .who = ROLE_ADMINISTRATOR, .handler = post_revive},
};

const struct route_table jobs_routes = ROUTES(rows);
