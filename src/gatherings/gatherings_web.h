/* Pages of gatherings, calendars, and the work behind a sitting's end. Views: gatherings_view.h. */
#ifndef TELEMACHUS_GATHERINGS_GATHERINGS_WEB_H
#define TELEMACHUS_GATHERINGS_GATHERINGS_WEB_H

#include "http/http.h"
#include "jobs/jobs.h"

extern const struct route_table gatherings_routes, gatherings_circle_routes;

/*
 * "gatherings.after": eight hours after a sitting's end (a: the sitting), or every night (b: the
 * cohort).
 */
extern const struct job_kind gatherings_job_reminders;

#endif
