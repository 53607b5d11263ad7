/* Background work of safety/, for main/jobs.c. */
#ifndef TELEMACHUS_SAFETY_SAFETY_JOBS_H
#define TELEMACHUS_SAFETY_SAFETY_JOBS_H

#include "jobs/jobs.h"

extern const struct job_kind safety_job_backup, safety_job_drill;

#endif
