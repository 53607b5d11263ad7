/* Pages of recruiting; what their views are given: recruiting_view.h. */
#ifndef TELEMACHUS_RECRUITING_RECRUITING_WEB_H
#define TELEMACHUS_RECRUITING_RECRUITING_WEB_H

#include "http/http.h"

extern const struct route_table recruiting_routes;

#endif
