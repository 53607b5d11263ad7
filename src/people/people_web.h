/* What main/ plugs in: the room's routes and its background work. */
#ifndef TELEMACHUS_PEOPLE_PEOPLE_WEB_H
#define TELEMACHUS_PEOPLE_PEOPLE_WEB_H

#include "http/http.h"
#include "jobs/jobs.h"

extern const struct route_table people_routes;          /* /sign-in, /sign-out, /people */
extern const struct route_table people_ways_routes;     /* /sign-in by password, passkey, second factor */
extern const struct route_table people_security_routes; /* /me/security, /me/addresses */
extern const struct route_table people_me_routes;       /* /me, its settings, profile, devices, data */
extern const struct route_table people_desk_routes;     /* /desk/people and everything below it */

extern const struct route_table people_rights_routes;   /* /me/data/..., /desk/corrections */
extern const struct route_table people_retain_routes;   /* /desk/retention */

extern const struct job_kind people_job_tidy;           /* daily: what has run out is forgotten */

#endif
