/* Every kind of background work of the house: one line each. */
#include "jobs/jobs.h"

#include "care/care_concern.h"
#include "care/care_web.h"
#include "conversations/conversations_web.h"
#include "evaluation/evaluation_web.h"
#include "gatherings/gatherings_web.h"
#include "journeys/journeys_web.h"
#include "main/command.h"
#include "matching/matching_web.h"
#include "people/people_erase.h"
#include "people/people_retain.h"
#include "people/people_web.h"
#include "safety/safety.h"
#include "safety/safety_jobs.h"

static const struct job_kind *const kinds[] = {
        &care_job_concern,
        &care_job_review,
        &conversations_job_forget,
        &evaluation_job_sponsor,
        &gatherings_job_reminders,
        &journeys_job_close,
        &journeys_job_day,
        &journeys_job_event,
        &journeys_job_resume,
        &matching_job_close,
        &matching_job_expire,
        &matching_job_next,
        &people_job_erase,
        &people_job_retain,
        &people_job_tidy,
        &safety_job_backup,
        &safety_job_drill,
};

const struct jobs main_jobs = {.kinds = kinds, .n = sizeof kinds / sizeof kinds[0], .plan = safety_plan};
