/* Every page of the house, by room: one line each. */
#include "http/http.h"

#include "care/care_web.h"
#include "conversations/conversations_web.h"
#include "desk/desk_web.h"
#include "evaluation/evaluation_web.h"
#include "gatherings/gatherings_web.h"
#include "jobs/jobs_web.h"
#include "journeys/journeys_web.h"
#include "learning/learning_web.h"
#include "mail/mail_web.h"
#include "main/command.h"
#include "matching/matching_learn_view.h"
#include "matching/matching_web.h"
#include "people/people_web.h"
#include "programmes/programmes_web.h"
#include "recruiting/recruiting_web.h"
#include "safety/safety_web.h"

/* A room's table is an array and its length; both are its own. */
const struct route_table *const main_routes[] = {
        &care_routes, &conversations_routes, &desk_routes, &evaluation_routes, &gatherings_routes, &gatherings_circle_routes, &jobs_routes,
        &journeys_routes, &journeys_mail_routes, &learning_routes, &mail_routes, &matching_desk_routes, &matching_learn_routes,
        &matching_people_routes, &matching_routes, &matching_shortlist_routes,
        &people_desk_routes, &people_me_routes, &people_routes, &programmes_routes, &programmes_design_routes, &programmes_keep_routes, &programmes_packs_routes,
        &recruiting_routes, &safety_routes,
        &people_ways_routes, &people_security_routes, &people_rights_routes, &people_retain_routes,
};

const size_t main_routes_count = sizeof main_routes / sizeof main_routes[0];
