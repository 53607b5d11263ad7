/*
 * What main/ lists of this room: its routes, its jobs, and the hook that fills the frame around
 * every page.
 */
#ifndef TELEMACHUS_CARE_CARE_WEB_H
#define TELEMACHUS_CARE_CARE_WEB_H

#include "http/http.h"
#include "jobs/jobs.h"

extern const struct route_table care_routes;

/* "care.review": flags and calls of one cohort, each morning at 06:00 in its zone; a is the cohort.
 * Adds the next one itself. */
extern const struct job_kind care_job_review;

/* The shell hook of http/: initials, home, footer and, for the desk, the navigation with its
 * counts. */
struct err care_shell(struct request *rq, struct html_shell *shell);

#endif
