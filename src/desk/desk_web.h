/* What main/ and the frame around the desk need of this room. */
#ifndef TELEMACHUS_DESK_DESK_WEB_H
#define TELEMACHUS_DESK_DESK_WEB_H

#include "http/http.h"

extern const struct route_table desk_routes;

/* The act that this person has just done, with a button to take it back, into the frame of the page. */
struct err desk_shell(struct request *rq, struct html_shell *shell);

#endif
