/*
 * SQLite: connections, reads, opening and closing.  Many readers from a pool, one writer
 * (sqlite_write.c), one checkpointer (sqlite_checkpoint.c); nobody else ever checkpoints, so no
 * page waits for one.
 */
#include "db/sqlite.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { DEFAULT_READERS = 8, PATIENCE_MS = 10000 };

/* Two threads lose a fifth of their time to the lock around SQLite's memory counters. */
static void configure(void) { sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }

static const char *settings(bool memory, enum sqlite_use use)
{
        if (memory)
                return "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA "
                       "locking_mode = EXCLUSIVE;"
                       "PRAGMA cache_size = -65536;";
        switch (use) {
        case SQLITE_USE_READ:
                return "PRAGMA query_only = ON; PRAGMA cache_size = -512;";
        case SQLITE_USE_WRITE:
                return "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = "
                       "-8192;";
        case SQLITE_USE_CHECKPOINT:
                return "PRAGMA synchronous = FULL; PRAGMA cache_size = -256;";
        }
        return "";
}

struct err sqlite_exec(struct sqlite_conn *c, const char *sql)
{
        int rc = sqlite3_exec(c->sql, sql, NULL, NULL, NULL);

        return rc == SQLITE_OK ? OK : sqlite_err(c->sql, rc, NULL);
}

static const char *const words[WORDS] = {
        [WORD_BEGIN] = "BEGIN",
        [WORD_BEGIN_IMMEDIATE] = "BEGIN IMMEDIATE",
        [WORD_COMMIT] = "COMMIT",
        [WORD_ROLLBACK] = "ROLLBACK",
        [WORD_SAVEPOINT] = "SAVEPOINT one",
        [WORD_RELEASE] = "RELEASE one",
        [WORD_UNDO] = "ROLLBACK TO one",
};

struct err sqlite_say(struct sqlite_conn *c, enum sqlite_word word)
{
        sqlite3_stmt **st = &c->word[word];

        int rc = *st ? SQLITE_OK
                     : sqlite3_prepare_v3(c->sql, words[word], -1, SQLITE_PREPARE_PERSISTENT, st,
                                          NULL);
        if (rc != SQLITE_OK)
                return sqlite_err(c->sql, rc, NULL);
        rc = sqlite3_step(*st);
        struct err e = rc == SQLITE_DONE ? OK : sqlite_err(c->sql, rc, NULL);
        sqlite3_reset(*st);
        return e;
}

static struct err set_up(struct sqlite_own *own, enum sqlite_use use, struct sqlite_conn *c)
{
        int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
        int rc = sqlite3_open_v2(own->path, &c->sql, flags, NULL);

        if (rc != SQLITE_OK)
                return sqlite_err(c->sql, rc, NULL);
        sqlite3_busy_timeout(c->sql, use == SQLITE_USE_CHECKPOINT ? 0 : PATIENCE_MS);
        sqlite3_extended_result_codes(c->sql, 1);
        sqlite3_wal_autocheckpoint(c->sql, 0);
        TRY(sqlite_exec(c, "PRAGMA foreign_keys = ON; PRAGMA mmap_size = 1073741824; PRAGMA "
                           "temp_store = MEMORY;"
                           "PRAGMA trusted_schema = OFF;"));
        TRY(sqlite_exec(c, settings(own->memory, use)));
        return sqlite_exec(c, "SELECT count(*) FROM sqlite_schema");
}

struct err sqlite_conn_open(struct sqlite_own *own, enum sqlite_use use, struct sqlite_conn **out)
{
        struct sqlite_conn *c = calloc(1, sizeof *c);

        must(c);
        c->cache = calloc((size_t)db_stmt_count + 1, sizeof *c->cache);
        must(c->cache);
        struct err e = set_up(own, use, c);
        if (failed(e))
                sqlite_conn_close(c);
        else
                *out = c;
        return e;
}

void sqlite_conn_close(struct sqlite_conn *c)
{
        if (!c)
                return;
        for (int i = 0; i < db_stmt_count; i++)
                sqlite3_finalize(c->cache[i].st);
        for (int i = 0; i < WORDS; i++)
                sqlite3_finalize(c->word[i]);
        must(sqlite3_close(c->sql) == SQLITE_OK);
        free(c->cache);
        free(c);
}

static struct err open_reader(void *own, void **conn)
{
        return sqlite_conn_open(own, SQLITE_USE_READ, (struct sqlite_conn **)conn);
}

static void close_reader(void *conn) { sqlite_conn_close(conn); }

/* SQLite would make a new file readable for everybody. Nothing is done to a file that is there. */
static void create_private(const char *path)
{
        int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

        if (fd >= 0)
                close(fd);
}

static struct err start(struct sqlite_own *own, int readers)
{
        TRY(sqlite_conn_open(own, SQLITE_USE_WRITE, &own->writer));
        if (own->memory)
                return OK;
        pool_init(&own->readers, readers ? readers : DEFAULT_READERS, own, open_reader,
                  close_reader);
        TRY(sqlite_checkpointer_start(own));
        sqlite_writer_start(own);
        return OK;
}

static struct err sqlite_open(struct db *db, const struct db_options *options)
{
        static pthread_once_t once = PTHREAD_ONCE_INIT;
        struct sqlite_own *own = calloc(1, sizeof *own);

        must(own);
        pthread_once(&once, configure);
        own->db = db;
        own->memory = options->memory || strcmp(options->url, ":memory:") == 0;
        own->path = strdup(options->url);
        must(own->path);
        pthread_mutex_init(&own->lock, NULL);
        if (own->path[0] != ':')
                create_private(own->path);
        struct err e = start(own, options->readers);
        if (failed(e)) {
                sqlite_conn_close(own->writer);
                free(own->path);
                free(own);
                return e;
        }
        db->own = own;
        return OK;
}

static void sqlite_close(struct db *db)
{
        struct sqlite_own *own = db->own;

        if (!own->memory) {
                sqlite_writer_stop(own);
                sqlite_checkpointer_stop(own);
                pool_end(&own->readers);
        }
        sqlite_conn_close(own->writer);
        pthread_mutex_destroy(&own->lock);
        free(own->path);
        free(own);
}

static struct err read_on(struct db *db, struct sqlite_conn *c, struct arena *a, db_fn *fn,
                          void *in)
{
        struct tx tx;

        tx_start(&tx, db, c, a, false);
        TRY(sqlite_say(c, WORD_BEGIN));
        struct err e = tx_call(&tx, fn, in);
        struct err end = sqlite3_get_autocommit(c->sql) ? OK : sqlite_say(c, WORD_COMMIT);
        return failed(e) ? e : end;
}

static struct err sqlite_read(struct db *db, struct arena *a, db_fn *fn, void *in)
{
        struct sqlite_own *own = db->own;
        void *conn;

        if (own->memory) {
                pthread_mutex_lock(&own->lock);
                struct err e = read_on(db, own->writer, a, fn, in);
                pthread_mutex_unlock(&own->lock);
                return e;
        }
        TRY(pool_take(&own->readers, &conn));
        struct err e = read_on(db, conn, a, fn, in);
        if (sqlite3_get_autocommit(((struct sqlite_conn *)conn)->sql))
                pool_give(&own->readers, conn);
        else
                pool_drop(&own->readers, conn);
        return e;
}

const struct db_driver db_sqlite = {
        .engine = DB_SQLITE,
        .open = sqlite_open,
        .close = sqlite_close,
        .read = sqlite_read,
        .write = sqlite_write,
        .migrate = sqlite_migrate,
        .applied = sqlite_applied,
        .backup = sqlite_backup,
        .restore = sqlite_restore,
        .set_aside = sqlite_set_aside,
        .measure = sqlite_measure,
        .begin = sqlite_begin,
        .bind_int = sqlite_bind_int,
        .bind_real = sqlite_bind_real,
        .bind_text = sqlite_bind_text,
        .bind_blob = sqlite_bind_blob,
        .bind_null = sqlite_bind_null,
        .step = sqlite_step,
        .col_null = sqlite_col_null,
        .col_int = sqlite_col_int,
        .col_real = sqlite_col_real,
        .col_text = sqlite_col_text,
        .col_blob = sqlite_col_blob,
        .changes = sqlite_changes,
        .end = sqlite_end,
};
