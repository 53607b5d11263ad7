/* What main/ plugs in: the room's routes and its background work. The reminder engine's own are in journeys_due.h. */
#ifndef TELEMACHUS_JOURNEYS_JOURNEYS_WEB_H
#define TELEMACHUS_JOURNEYS_JOURNEYS_WEB_H

#include "http/http.h"
#include "jobs/jobs.h"

extern const struct route_table journeys_routes;        /* /home, /pairs/..., /do/... */
extern const struct route_table journeys_desk_routes;   /* /desk/pairs/... */

extern const struct job_kind journeys_job_resume;       /* a = pair: its pause is over */
extern const struct job_kind journeys_job_ending;       /* a = pair: begins, then completes, the ending on its day */

#endif
