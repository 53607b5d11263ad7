/* Pages of matching, and what the one for the two who are proposed to each other is given; the table is matching_desk.h. */
#ifndef TELEMACHUS_MATCHING_MATCHING_WEB_H
#define TELEMACHUS_MATCHING_MATCHING_WEB_H

#include "http/http.h"
#include "jobs/jobs.h"
#include "matching/matching.h"
#include "matching/matching_people_view.h"
#include "people/people.h"

extern const struct route_table matching_routes, matching_desk_routes, matching_people_routes, matching_shortlist_routes;
extern const struct job_kind matching_job_close, matching_job_expire, matching_job_next;

struct matching_proposal_view {
        int64_t id;
        struct people_card partner;
        bool mentor, open, answered, yes, ended;
        struct text reasons[3];
        struct opt expires_at;
};

#endif
