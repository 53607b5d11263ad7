/*
 * Background work as rows with a lease: any process may take one, none is done twice, none is lost when a process dies.  A job
 * is (kind, key): adding the same again is no error and changes nothing.  Retries back off; after the last the job lies in the
 * dead-letter list with its error but without contents.
 *
 * Two clocks: a job is due by programme time (promises to people) or by machine time (sending, cleaning); its lease is
 * always machine time.
 */
#ifndef TELEMACHUS_JOBS_JOBS_H
#define TELEMACHUS_JOBS_JOBS_H

#include "base/app.h"
#include "db/db.h"

enum job_clock { JOB_PROGRAMME, JOB_MACHINE };

struct job {
        int64_t id;
        struct text kind, key;
        int64_t a, b;                   /* what it is about: a cohort, a meeting, a day number ... */
        int64_t due;                    /* when it was to run */
        int tries;
};

/* run works in one write transaction that also ends the job: done exactly once, or not at all. */
struct job_kind {
        const char *name;
        enum job_clock clock;
        struct err (*run)(struct tx *tx, const struct job *job);
        /* or, for work outside a transaction (sending), which must be safe to run twice; then run is NULL: */
        struct err (*act)(struct app *app, struct arena *a, const struct job *job);
        int tries;                      /* at most; 0 = 8 */
        /* act: seconds after which another process may think that this one died; 0 = 300 */
        int lease_s;
};

/* main/jobs.c lists them */
struct jobs {
        const struct job_kind *const *kinds;
        size_t n;
        /* plans what comes by itself; at the start of a server and after its clock has jumped */
        struct err (*plan)(struct tx *tx);
};

/*
 * due: seconds of the kind's clock. A key that was done is refused for sixty days at least: after that plan it only for a moment
 * that is still to come.
 */
struct err jobs_add(struct tx *tx, const char *kind, struct text key, int64_t due, int64_t a, int64_t b);

/* Does a job of this kind wait, or run, that is due after the one moment and by the other? */
struct err jobs_planned(struct tx *tx, const char *kind, int64_t after, int64_t until,
                        bool *planned);
/* how many have failed for good */
struct err jobs_dead_count(struct tx *tx, int64_t *n);

/* how many have been done, those that are forgotten included */
struct err jobs_done_count(struct tx *tx, int64_t *n);

/* Forgets what was done sixty days before machine, seconds, and more; each night by itself, once jobs_tidy_tomorrow() was called. */
struct err jobs_tidy(struct tx *tx, int64_t machine, int64_t *removed);
struct err jobs_tidy_tomorrow(struct tx *tx);
extern const struct job_kind jobs_job_tidy;

/* Runs everything due at this moment, oldest first, until nothing is due; *ran counts. Safe beside a serving process. */
struct err jobs_run_due(struct app *app, struct arena *a, int *ran);

/* When the next programme-time job is due; has=false: none. For `clock advance`. */
struct err jobs_next(struct tx *tx, struct opt *due);

/* Threads that run jobs until stopped; serve has one set. */
struct job_runner;
struct err jobs_start(struct app *app, int threads, struct job_runner **out);
void jobs_stop(struct job_runner *r);

#endif
