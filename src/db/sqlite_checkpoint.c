/*
 * The checkpointer: moves what the write-ahead log holds into the database file, on a thread and a
 * connection of its own, so that neither a page nor a save ever waits for it.
 */
#include "base/log.h"
#include "db/sqlite.h"
#include "os/clock.h"

#include <time.h>

enum {
        PASSIVE_PAGES = 1000, /* 4 MiB: worth a checkpoint */
        LARGE_PAGES = 16384,  /* 64 MiB: worth making one commit wait a moment */
        LARGE_PATIENCE_MS = 200,
        QUIET_US = 3000000, /* nothing written for so long: give the log's space back */
};

/* Called after each commit on the writer thread; only leaves a note. */
static int committed(void *arg, sqlite3 *sql, const char *schema, int pages)
{
        struct sqlite_own *own = arg;

        (void)sql;
        (void)schema;
        atomic_store(&own->wal_pages, pages);
        atomic_store(&own->last_commit_us, clock_monotonic_us());
        if (pages >= PASSIVE_PAGES)
                pthread_cond_signal(&own->wake);
        return SQLITE_OK;
}

static void checkpoint(struct sqlite_own *own, struct sqlite_conn *c, int mode)
{
        int left;
        int done;
        int before = atomic_load(&own->wal_pages);

        sqlite3_busy_timeout(c->sql, mode == SQLITE_CHECKPOINT_RESTART ? LARGE_PATIENCE_MS : 0);
        int rc = sqlite3_wal_checkpoint_v2(c->sql, NULL, mode, &left, &done);
        if (rc != SQLITE_OK && (rc & 0xff) != SQLITE_BUSY && (rc & 0xff) != SQLITE_LOCKED)
                log_err(LOG_ERROR, "db.checkpoint", sqlite_err(c->sql, rc, NULL));
        if (rc == SQLITE_OK && done == left)
                atomic_compare_exchange_strong(&own->wal_pages, &before, 0);
}

static void look(struct sqlite_own *own, struct sqlite_conn *c)
{
        int pages = atomic_load(&own->wal_pages);
        bool quiet = clock_monotonic_us() - atomic_load(&own->last_commit_us) > QUIET_US;

        if (pages > 0 && quiet)
                checkpoint(own, c, SQLITE_CHECKPOINT_TRUNCATE);
        else if (pages >= LARGE_PAGES)
                checkpoint(own, c, SQLITE_CHECKPOINT_RESTART);
        else if (pages >= PASSIVE_PAGES)
                checkpoint(own, c, SQLITE_CHECKPOINT_PASSIVE);
}

static bool wait_a_second(struct sqlite_own *own)
{
        struct timespec until;

        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_sec += 1;
        pthread_mutex_lock(&own->wake_lock);
        if (!own->checkpointer_stop)
                pthread_cond_timedwait(&own->wake, &own->wake_lock, &until);
        bool go_on = !own->checkpointer_stop;
        pthread_mutex_unlock(&own->wake_lock);
        return go_on;
}

static void *checkpointer(void *arg)
{
        struct sqlite_own *own = arg;

        while (wait_a_second(own))
                look(own, own->checkpointer);
        return NULL;
}

struct err sqlite_checkpointer_start(struct sqlite_own *own)
{
        TRY(sqlite_conn_open(own, SQLITE_USE_CHECKPOINT, &own->checkpointer));
        pthread_mutex_init(&own->wake_lock, NULL);
        pthread_cond_init(&own->wake, NULL);
        sqlite3_wal_hook(own->writer->sql, committed, own);
        must(pthread_create(&own->checkpointer_thread, NULL, checkpointer, own) == 0);
        return OK;
}

/*
 * The writer has stopped. A last attempt empties the log; closing the last connection removes it.
 */
void sqlite_checkpointer_stop(struct sqlite_own *own)
{
        pthread_mutex_lock(&own->wake_lock);
        own->checkpointer_stop = true;
        pthread_cond_signal(&own->wake);
        pthread_mutex_unlock(&own->wake_lock);
        pthread_join(own->checkpointer_thread, NULL);
        checkpoint(own, own->checkpointer, SQLITE_CHECKPOINT_TRUNCATE);
        sqlite_conn_close(own->checkpointer);
        pthread_cond_destroy(&own->wake);
        pthread_mutex_destroy(&own->wake_lock);
}
