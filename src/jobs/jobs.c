#include "jobs/jobs.h"

#include "base/log.h"
#include "jobs/jobs.sql.h"
#include "os/clock.h"
#include "os/random.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { DEFAULT_TRIES = 8, LEASE_S = 300, FIRST_WAIT_S = 30, JUMP_S = 60, LONGEST_WAIT_S = 4 * 3600 };

static const struct job_kind *kind_of(const struct jobs *jobs, struct text name)
{
        for (size_t i = 0; i < jobs->n; i++)
                if (text_is(name, jobs->kinds[i]->name))
                        return jobs->kinds[i];
        return NULL;
}

struct err jobs_add(struct tx *tx, const char *kind, struct text key, int64_t due, int64_t a, int64_t b)
{
        const struct job_kind *k = kind_of(tx_app(tx)->jobs, text_of(kind));

        must(k);
        return jobs_insert(tx, &(struct jobs_insert_in) {.id = random_id(), .kind = text_of(kind), .key = key,
                                                         .clock = k->clock == JOB_MACHINE, .due = due, .a = a, .b = b});
}

struct err jobs_next(struct tx *tx, struct opt *due)
{
        struct jobs_next_due row;

        TRY(jobs_next_due(tx, false, &due->has, &row));
        due->v = due->has ? row.due : 0;
        return OK;
}

struct err jobs_planned(struct tx *tx, const char *kind, int64_t after, int64_t until,
                        bool *planned)
{
        struct jobs_planned_count row;

        TRY(jobs_planned_count(tx, text_of(kind), after, until, &row));
        *planned = row.n > 0;
        return OK;
}

struct err jobs_dead_count(struct tx *tx, int64_t *n)
{
        struct jobs_dead_size row;

        TRY(jobs_dead_size(tx, &row));
        *n = row.n;
        return OK;
}

/* ---- one job ---- */

struct turn {
        const struct job_kind *kind;    /* found by the transaction */
        struct job job;
        bool found;
        enum job_clock clock;
        struct err err;
};

static struct err find_due(struct tx *tx, struct turn *t)
{
        struct jobs_oldest_due row;
        int64_t machine = clock_seconds();

        TRY(jobs_oldest_due(tx, t->clock == JOB_MACHINE, t->clock == JOB_MACHINE ? machine : tx_now(tx), machine,
                            &t->found, &row));
        if (!t->found)
                return OK;
        t->job = (struct job) {.id = row.id, .kind = row.kind, .key = row.key, .a = row.a, .b = row.b, .due = row.due,
                               .tries = (int)row.tries};
        t->kind = kind_of(tx_app(tx)->jobs, row.kind);
        return OK;
}

/* Work and its end in one transaction: done exactly once, or not at all. */
static struct err run_inside(struct tx *tx, void *in)
{
        struct turn *t = in;
        int64_t changes;

        t->err = OK;
        TRY(find_due(tx, t));
        if (!t->found || !t->kind)
                return OK;
        if (t->kind->act) {
                TRY(jobs_lease(tx, t->job.id, clock_seconds(),
                               clock_seconds() + (t->kind->lease_s ? t->kind->lease_s : LEASE_S), &changes));
                t->found = changes == 1;
                return OK;
        }
        TRY(jobs_finish(tx, t->job.id, clock_seconds(), &changes));
        if (changes == 0)
                return FAIL(ERR_CONFLICT, "Another process has done this job", "Nothing to do");
        return t->kind->run(tx, &t->job);
}

struct failure {
        const struct turn *turn;
        struct err err;
};

static int64_t wait_after(int tries)
{
        int64_t wait = FIRST_WAIT_S;

        while (tries-- > 0 && wait < LONGEST_WAIT_S)
                wait *= 4;
        return wait < LONGEST_WAIT_S ? wait : LONGEST_WAIT_S;
}

static struct err note_failure(struct tx *tx, void *in)
{
        const struct failure *f = in;
        const struct job *job = &f->turn->job;
        int most = f->turn->kind && f->turn->kind->tries ? f->turn->kind->tries : DEFAULT_TRIES;
        const char *state = job->tries + 1 >= most || !f->turn->kind ? "dead" : "waiting";
        struct text error = text_format(tx_arena(tx), "%s: %s (%s:%d)", err_kind_name(f->err.kind),
                                        f->err.what ? f->err.what : "no such kind of job",
                                        f->err.file ? f->err.file : "?", f->err.line);

        return jobs_retry(tx, job->id, clock_seconds() + wait_after(job->tries), error, text_of(state));
}

static struct err finish(struct tx *tx, void *in)
{
        const struct turn *t = in;
        int64_t changes;

        return jobs_finish(tx, t->job.id, clock_seconds(), &changes);
}

static struct err release(struct tx *tx, void *in)
{
        const struct turn *t = in;

        return jobs_release(tx, t->job.id, clock_seconds() + FIRST_WAIT_S);
}

static struct err one_turn(struct app *app, struct arena *a, enum job_clock clock, bool *found)
{
        struct turn t = {.clock = clock};
        struct err e = db_write(app->db, a, run_inside, &t);

        *found = t.found;
        if (!failed(e) && t.found && t.kind && t.kind->act) {
                e = t.kind->act(app, a, &t.job);
                if (!failed(e))
                        return db_write(app->db, a, finish, &t);
        }
        if (!t.found || (!failed(e) && t.kind))
                return e;
        /* Somebody else has it, or it goes next time. */
        if (err_is(e, ERR_BUSY) || err_is(e, ERR_CONFLICT))
                return t.kind && t.kind->act ? db_write(app->db, a, release, &t) : OK;
        log_err(LOG_WARN, "job.failed", e);
        return db_write(app->db, a, note_failure, &(struct failure) {.turn = &t, .err = e});
}

struct err jobs_run_due(struct app *app, struct arena *a, int *ran)
{
        *ran = 0;
        for (int clock = JOB_PROGRAMME; clock <= JOB_MACHINE; clock++) {
                for (bool found = true; found;) {
                        struct arena_mark mark = arena_mark(a);
                        TRY(one_turn(app, a, (enum job_clock)clock, &found));
                        arena_rewind(a, mark);
                        *ran += found;
                }
        }
        return OK;
}

/* ---- threads of a serving process ---- */

struct job_runner {
        struct app *app;
        pthread_mutex_t lock;
        pthread_cond_t woken;
        bool stopping;
        _Atomic int64_t planned_at;     /* clock_origin() when the plan was made; 0: not yet */
        int n;
        pthread_t thread[8];
};

static void wait_for_work(struct job_runner *r)
{
        struct timespec until;

        clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_sec += 1;
        pthread_mutex_lock(&r->lock);
        if (!r->stopping)
                pthread_cond_timedwait(&r->woken, &r->lock, &until);
        pthread_mutex_unlock(&r->lock);
}

static bool is_stopping(struct job_runner *r)
{
        pthread_mutex_lock(&r->lock);
        bool stopping = r->stopping;
        pthread_mutex_unlock(&r->lock);
        return stopping;
}

static struct err plan(struct tx *tx, void *in)
{
        (void)in;
        return tx_app(tx)->jobs->plan(tx);
}

/* How far the machine's clock is ahead of its monotonic one changes when somebody sets it. */
static int64_t clock_origin(void) { return clock_seconds() - clock_monotonic_us() / 1000000; }

/* Work that comes by itself is planned anew when the clock was set, and until that has worked. */
static void plan_after_a_jump(struct job_runner *r, struct arena *a)
{
        int64_t origin = clock_origin(), jumped = origin - atomic_load(&r->planned_at);

        if (!r->app->jobs->plan || (jumped > -JUMP_S && jumped < JUMP_S))
                return;
        if (atomic_load(&r->planned_at))
                log_write(LOG_WARN, "jobs.clock_jumped seconds=%lld", (long long)jumped);
        struct err e = db_write(r->app->db, a, plan, NULL);
        if (failed(e))
                log_err(LOG_WARN, "jobs.plan", e);
        else
                atomic_store(&r->planned_at, origin);
}

static void *run_jobs(void *in)
{
        struct job_runner *r = in;
        struct arena *a = arena_new((size_t)256 << 20);
        int ran;

        while (!is_stopping(r)) {
                plan_after_a_jump(r, a);
                struct err e = jobs_run_due(r->app, a, &ran);
                if (failed(e))
                        log_err(LOG_WARN, "jobs.run", e);
                arena_reset(a);
                wait_for_work(r);
        }
        arena_free(a);
        return NULL;
}

struct err jobs_start(struct app *app, int threads, struct job_runner **out)
{
        struct job_runner *r = calloc(1, sizeof *r);

        must(r && threads > 0 && threads <= 8);
        r->app = app;
        pthread_mutex_init(&r->lock, NULL);
        pthread_condattr_t monotonic;   /* a clock that is set back must not make anybody wait */
        pthread_condattr_init(&monotonic);
        pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
        pthread_cond_init(&r->woken, &monotonic);
        pthread_condattr_destroy(&monotonic);
        for (r->n = 0; r->n < threads; r->n++)
                must(pthread_create(&r->thread[r->n], NULL, run_jobs, r) == 0);
        *out = r;
        return OK;
}

void jobs_stop(struct job_runner *r)
{
        pthread_mutex_lock(&r->lock);
        r->stopping = true;
        pthread_cond_broadcast(&r->woken);
        pthread_mutex_unlock(&r->lock);
        for (int i = 0; i < r->n; i++)
                pthread_join(r->thread[i], NULL);
        free(r);
}
