/* /desk/jobs: work that failed for good, for administrators. Its error, never its contents. */
#ifndef TELEMACHUS_JOBS_JOBS_WEB_H
#define TELEMACHUS_JOBS_JOBS_WEB_H

#include "http/http.h"
#include "jobs/jobs.sql.h"

extern const struct route_table jobs_routes;

struct jobs_dead_view { struct jobs_dead_list_list jobs; };

#endif
