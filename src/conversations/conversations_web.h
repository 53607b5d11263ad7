/* What main/ plugs in: the thread of a pair. */
#ifndef TELEMACHUS_CONVERSATIONS_CONVERSATIONS_WEB_H
#define TELEMACHUS_CONVERSATIONS_CONVERSATIONS_WEB_H

#include "http/http.h"
#include "jobs/jobs.h"

extern const struct route_table conversations_routes;
extern const struct job_kind
        conversations_job_forget; /* a = pair: 90 days after the end its messages go */

#endif
