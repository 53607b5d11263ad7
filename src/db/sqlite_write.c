/*
 * The writer thread.  What waits while a commit is on its way to the disk shares the next one, so
 * that many people who save at once pay for one fsync.  Each function has a savepoint of its own;
 * nobody is answered before the commit.
 */
#include "db/sqlite.h"
#include "os/clock.h"

#include <string.h>

enum { GROUP_MAX = 128, GROUP_US = 20000 };

struct group {
        struct sqlite_job *first, **last;
        int n;
        int64_t began_us;
};

static void take_back(struct sqlite_conn *c)
{
        if (!sqlite3_get_autocommit(c->sql)) {
                struct err e = sqlite_say(c, WORD_ROLLBACK);
                must(!failed(e));
        }
}

static void run_alone(struct sqlite_own *own, struct sqlite_job *j)
{
        struct sqlite_conn *c = own->writer;
        struct tx tx;

        arena_rewind(j->arena, j->mark);
        tx_start(&tx, own->db, c, j->arena, true);
        j->result = sqlite_say(c, WORD_BEGIN_IMMEDIATE);
        if (failed(j->result))
                return;
        j->result = tx_call(&tx, j->fn, j->in);
        if (!failed(j->result) && sqlite3_get_autocommit(c->sql))
                j->result = sqlite_err(NULL, SQLITE_ABORT, NULL);
        if (!failed(j->result))
                j->result = sqlite_say(c, WORD_COMMIT);
        take_back(c);
}

/*
 * One of a group, inside its transaction. False when SQLite has given up the whole transaction
 * (disk full, for one).
 */
static bool run_one_of_many(struct sqlite_own *own, struct sqlite_job *j, int64_t now)
{
        struct sqlite_conn *c = own->writer;
        struct tx tx = {.db = own->db, .conn = c, .arena = j->arena, .now = now, .write = true};

        if (failed(sqlite_say(c, WORD_SAVEPOINT)))
                return false;
        j->result = tx_call(&tx, j->fn, j->in);
        if (sqlite3_get_autocommit(c->sql))
                return false;
        if (failed(j->result) && failed(sqlite_say(c, WORD_UNDO)))
                return false;
        return !failed(sqlite_say(c, WORD_RELEASE));
}

/*
 * The next function that may join the group, or NULL: none waits, enough is enough, or it wants no
 * transaction.
 */
static struct sqlite_job *next_for(struct sqlite_own *own, struct group *g)
{
        struct sqlite_job *j = NULL;

        pthread_mutex_lock(&own->lock);
        if (own->first && !own->first->alone && g->n < GROUP_MAX &&
            clock_monotonic_us() - g->began_us < GROUP_US) {
                j = own->first;
                own->first = j->next;
                if (!own->first)
                        own->last = &own->first;
        }
        pthread_mutex_unlock(&own->lock);
        if (!j)
                return NULL;
        j->next = NULL;
        *g->last = j;
        g->last = &j->next;
        g->n++;
        return j;
}

static bool run_together(struct sqlite_own *own, struct group *g)
{
        struct sqlite_conn *c = own->writer;
        struct tx clock;

        tx_start(&clock, own->db, c, g->first->arena, true);
        arena_rewind(g->first->arena, g->first->mark);
        if (failed(sqlite_say(c, WORD_BEGIN_IMMEDIATE)))
                return false;
        for (struct sqlite_job *j = g->first; j; j = j->next ? j->next : next_for(own, g))
                if (!run_one_of_many(own, j, clock.now))
                        return false;
        return !failed(sqlite_say(c, WORD_COMMIT));
}

/* Whoever was answered may be gone together with its job: look at next before. */
static void answer(struct sqlite_job *j)
{
        while (j) {
                struct sqlite_job *next = j->next;
                sem_post(&j->done);
                j = next;
        }
}

static void run_group(struct sqlite_own *own, struct sqlite_job *first)
{
        struct group g = {
                .first = first, .last = &first->next, .n = 1, .began_us = clock_monotonic_us()};

        first->next = NULL;
        if (!next_for(own, &g)) {
                run_alone(own, first);
        } else if (!run_together(own, &g)) {
                take_back(own->writer);
                for (struct sqlite_job *j = g.first; j; j = j->next)
                        run_alone(own, j);
        }
        answer(g.first);
}

static struct sqlite_job *wait_for_work(struct sqlite_own *own)
{
        pthread_mutex_lock(&own->lock);
        while (!own->first && !own->stop)
                pthread_cond_wait(&own->work, &own->lock);
        struct sqlite_job *j = own->first;
        if (j) {
                own->first = j->next;
                if (!own->first)
                        own->last = &own->first;
        }
        pthread_mutex_unlock(&own->lock);
        return j;
}

static void *writer(void *arg)
{
        struct sqlite_own *own = arg;
        struct sqlite_job *j;

        while ((j = wait_for_work(own))) {
                if (j->alone) {
                        j->result = j->alone(own->writer, j->arena, j->in);
                        j->next = NULL;
                        answer(j);
                } else {
                        run_group(own, j);
                }
        }
        return NULL;
}

static struct err submit(struct sqlite_own *own, struct sqlite_job *j)
{
        j->mark = arena_mark(j->arena);
        must(sem_init(&j->done, 0, 0) == 0);
        pthread_mutex_lock(&own->lock);
        must(!own->stop);
        *own->last = j;
        own->last = &j->next;
        pthread_cond_signal(&own->work);
        pthread_mutex_unlock(&own->lock);
        while (sem_wait(&j->done) != 0)
                ;
        sem_destroy(&j->done);
        return j->result;
}

struct err sqlite_write(struct db *db, struct arena *a, db_fn *fn, void *in, bool loose)
{
        struct sqlite_own *own = db->own;
        struct sqlite_job j = {.arena = a, .fn = fn, .in = in};

        (void)loose;
        if (!own->memory)
                return submit(own, &j);
        j.mark = arena_mark(a);
        pthread_mutex_lock(&own->lock);
        run_alone(own, &j);
        pthread_mutex_unlock(&own->lock);
        return j.result;
}

struct err sqlite_alone(struct db *db, struct arena *a, sqlite_alone_fn *fn, void *in)
{
        struct sqlite_own *own = db->own;
        struct sqlite_job j = {.arena = a, .alone = fn, .in = in};

        if (!own->memory)
                return submit(own, &j);
        pthread_mutex_lock(&own->lock);
        struct err e = fn(own->writer, a, in);
        pthread_mutex_unlock(&own->lock);
        return e;
}

void sqlite_writer_start(struct sqlite_own *own)
{
        own->last = &own->first;
        pthread_cond_init(&own->work, NULL);
        must(pthread_create(&own->writer_thread, NULL, writer, own) == 0);
}

void sqlite_writer_stop(struct sqlite_own *own)
{
        pthread_mutex_lock(&own->lock);
        own->stop = true;
        pthread_cond_signal(&own->work);
        pthread_mutex_unlock(&own->lock);
        pthread_join(own->writer_thread, NULL);
        pthread_cond_destroy(&own->work);
}
