/* Pages of cohorts, gates and the front door, and what their views are given: programmes_view.h. */
#ifndef TELEMACHUS_PROGRAMMES_PROGRAMMES_WEB_H
#define TELEMACHUS_PROGRAMMES_PROGRAMMES_WEB_H

#include "http/http.h"

extern const struct route_table programmes_routes, programmes_design_routes, programmes_keep_routes, programmes_packs_routes;

#endif
