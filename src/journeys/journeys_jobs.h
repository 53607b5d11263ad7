/* When the reminder engine wakes up. */
#ifndef TELEMACHUS_JOURNEYS_JOURNEYS_JOBS_H
#define TELEMACHUS_JOURNEYS_JOURNEYS_JOBS_H

#include "jobs/jobs.h"

/*
 * journeys.day: one morning of one zone of a cohort (a = cohort, b = day), or of its staff.  Each
 * puts down the next. journeys.event: one letter text of one meeting or sitting at its moment (a =
 * meeting or sitting, b = its sequence).
 */
extern const struct job_kind journeys_job_day;
extern const struct job_kind journeys_job_event;

#endif
