/* What main/ plugs in: the room's routes and its background work. */
#ifndef TELEMACHUS_JOURNEYS_JOURNEYS_WEB_H
#define TELEMACHUS_JOURNEYS_JOURNEYS_WEB_H

#include "http/http.h"
#include "jobs/jobs.h"

extern const struct route_table journeys_routes; /* /home, /pairs/..., /do/..., /desk/pairs/... */
extern const struct route_table journeys_mail_routes;   /* /desk/mails, /unsubscribe/... */

/* For the shell hook: "Ana and you" and its path, when the signed-in person has an open pair. */
struct err journeys_nav(struct request *rq, struct html_nav *out, bool *there);

extern const struct job_kind journeys_job_resume;       /* a = pair: its pause is over */
extern const struct job_kind
        journeys_job_close; /* a = pair: begins, then completes, the ending on its day */
extern const struct job_kind journeys_job_day;          /* the reminder engine's morning */
extern const struct job_kind journeys_job_event;        /* a letter that hangs on one moment */

#endif
