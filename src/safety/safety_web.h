/* /desk/safety, and what /readyz and the desk's frame say of it. */
#ifndef TELEMACHUS_SAFETY_SAFETY_WEB_H
#define TELEMACHUS_SAFETY_SAFETY_WEB_H

#include "base/out.h"
#include "http/http.h"

extern const struct route_table safety_routes;

/* The ready hook of http/: a line for each part; fails when pages cannot be served. */
struct err safety_ready(struct app *app, struct arena *a, struct out *out);

#endif
