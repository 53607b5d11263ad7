/* The morning's review as background work. */
#include "care/care_web.h"

#include "care/care.h"
#include "matching/matching_work.h"
#include "people/people.h"
#include "programmes/programmes.h"

enum { REVIEW_HOUR = 6, REVIEW_AFTER_END_DAYS = 60 };

static struct err plan_review(struct tx *tx, int64_t cohort, const struct zone *zone, int64_t day)
{
        struct text key = text_format(tx_arena(tx), "%lld:%lld", (long long)cohort, (long long)day);

        return jobs_add(tx, care_job_review.name, key, zone_at(zone, day, REVIEW_HOUR, 0), cohort,
                        day);
}

struct err care_start_cohort(struct tx *tx, int64_t cohort)
{
        struct programmes_cohort c;

        TRY(programmes_cohort(tx, cohort, &c));
        return plan_review(tx, cohort, c.zone, zone_day(c.zone, tx_now(tx)) + 1);
}

/* Nothing is done for a day on which nobody would read it: reviews end two months after the cohort.
 */
static struct err run_review(struct tx *tx, const struct job *job)
{
        struct programmes_cohort c;

        TRY(programmes_cohort(tx, job->a, &c));
        int64_t today = zone_day(c.zone, tx_now(tx));
        struct matching_broken_list broken;
        TRY(care_review(tx, c.id));
        TRY(matching_work_recheck(tx, &people_system, c.id, &broken));
        return today < c.end_day + REVIEW_AFTER_END_DAYS ? plan_review(tx, c.id, c.zone, today + 1)
                                                         : OK;
}

const struct job_kind care_job_review = {
        .name = "care.review", .clock = JOB_PROGRAMME, .run = run_review};
