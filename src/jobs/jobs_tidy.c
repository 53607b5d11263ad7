/*
 * Work that is done is forgotten, and counted.  Its row is what keeps the same key from being done twice, so it outlives by far the
 * moment for which a key may still be planned: those of chains are planned for a moment that is to come, others once.
 */
#include "jobs/jobs.h"

#include "jobs/jobs.sql.h"
#include "os/clock.h"

enum { DAY_S = 86400, KEPT_DAYS = 60 };

/* A row whose end lies ahead was ended by a clock that ran ahead; one without an end, by an older version: both begin anew. */
struct err jobs_tidy(struct tx *tx, int64_t machine, int64_t *removed)
{
        const int64_t kept = KEPT_DAYS * (int64_t)DAY_S;
        const int64_t ended = machine - kept, due = tx_now(tx) - kept;

        TRY(jobs_date_done(tx, machine, machine + DAY_S));
        TRY(jobs_tally_done(tx, ended, due));
        return jobs_drop_done(tx, ended, due, removed);
}

struct err jobs_tidy_tomorrow(struct tx *tx)
{
        int64_t day = clock_seconds() / DAY_S + 1;

        return jobs_add(tx, jobs_job_tidy.name, text_format(tx_arena(tx), "%lld", (long long)day), day * DAY_S, 0, 0);
}

static struct err run(struct tx *tx, const struct job *job)
{
        int64_t removed;

        (void)job;
        TRY(jobs_tidy(tx, clock_seconds(), &removed));
        return jobs_tidy_tomorrow(tx);
}

const struct job_kind jobs_job_tidy = {.name = "jobs.tidy", .clock = JOB_MACHINE, .run = run};

struct err jobs_done_count(struct tx *tx, int64_t *n)
{
        struct jobs_done_size row;

        TRY(jobs_done_size(tx, &row));
        *n = row.n;
        return OK;
}
