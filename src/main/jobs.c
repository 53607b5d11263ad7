/* Every kind of background work of the house: one line each. */
#include "jobs/jobs.h"

#include "care/care.h"
#include "care/care_concern.h"
#include "care/care_web.h"
#include "conversations/conversations_web.h"
#include "evaluation/evaluation_web.h"
#include "gatherings/gatherings.h"
#include "gatherings/gatherings_web.h"
#include "journeys/journeys.h"
#include "journeys/journeys_web.h"
#include "main/command.h"
#include "matching/matching_web.h"
#include "people/people_erase.h"
#include "people/people_retain.h"
#include "people/people_web.h"
#include "programmes/programmes.h"
#include "safety/safety.h"
#include "safety/safety_jobs.h"

static const struct job_kind *const kinds[] = {
        &care_job_concern,
        &care_job_review,
        &conversations_job_forget,
        &evaluation_job_sponsor,
        &gatherings_job_reminders,
        &jobs_job_tidy,
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

/*
 * Chains, of which each link plans the next, begin anew: a clock that ran ahead for an hour has planned the next link into a year
 * that is not to come yet. What stands already stays as it is.
 */
static struct err plan(struct tx *tx)
{
        struct programmes_cohort_list alive;

        TRY(safety_plan(tx));
        TRY(jobs_tidy_tomorrow(tx));
        TRY(programmes_alive(tx, &alive));
        for (size_t i = 0; i < alive.n; i++) {
                TRY(journeys_start_cohort(tx, alive.row[i].id));
                TRY(care_start_cohort(tx, alive.row[i].id));
                TRY(gatherings_start_cohort(tx, alive.row[i].id));
        }
        return OK;
}

const struct jobs main_jobs = {.kinds = kinds, .n = sizeof kinds / sizeof kinds[0], .plan = plan};
