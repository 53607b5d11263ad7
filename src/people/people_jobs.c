/*
 * Once a day, by the machine's clock: sessions and links that have run out and yesterday's attempts
 * are forgotten.
 */
#include "os/clock.h"
#include "people/people.sql.h"
#include "people/people_parts.h"
#include "people/people_retain.h"
#include "people/people_ways.sql.h"
#include "people/people_web.h"

enum { DAY_S = 86400 };

struct err people_tidy_tomorrow(struct tx *tx)
{
        int64_t day = clock_seconds() / DAY_S + 1;

        TRY(people_retain_tonight(tx, tx_now(tx)));
        return jobs_add(tx, people_job_tidy.name, text_format(tx_arena(tx), "%lld",
                                                              (long long)day), day * DAY_S, 0, 0);
}

struct err people_tidy(struct tx *tx)
{
        int64_t now = clock_seconds();

        TRY(people_session_tidy(tx, now));
        /* kept for a day, so that "it has run out" can be said */
        TRY(people_link_tidy(tx, now - DAY_S));
        TRY(people_challenge_tidy(tx, now));
        TRY(people_address_tidy(tx, now - DAY_S));
        return people_attempt_tidy(tx, now - DAY_S);
}

static struct err run(struct tx *tx, const struct job *job)
{
        (void)job;
        TRY(people_tidy(tx));
        return people_tidy_tomorrow(tx);
}

const struct job_kind people_job_tidy = {.name = "people.tidy", .clock = JOB_MACHINE, .run = run};
