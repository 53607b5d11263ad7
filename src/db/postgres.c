/*
 * PostgreSQL: a pool of connections, transactions that are tried again when the server asks for it,
 * and a server that may go away and come back.
 */
#include "db/postgres.h"

#include "base/log.h"
#include "os/clock.h"

#include <stdlib.h>
#include <string.h>

enum { DEFAULT_CONNECTIONS = 8, RETRIES = 8, LOST_RETRIES = 2 };

static void close_conn(void *conn)
{
        struct pg_conn *c = conn;

        pg_cache_free(c->cache);
        PQfinish(c->pg);
        free(c);
}

static PGconn *connect_to(const char *url)
{
        /* What stands before dbname is a default that the address may change. */
        const char *names[] = {"connect_timeout", "application_name", "tcp_user_timeout",
                               "dbname",          "client_encoding",  NULL};
        const char *values[] = {"5", "telemachus", "20000", url, "UTF8", NULL};

        return PQconnectdbParams(names, values, 1);
}

struct err pg_command(struct pg_conn *c, const char *sql, struct arena *a)
{
        PGresult *result = PQexec(c->pg, sql);
        ExecStatusType status = PQresultStatus(result);
        struct err e = OK;

        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
                e = pg_err(c, result, "command", a);
        PQclear(result);
        return e;
}

static struct err open_conn(void *own, void **conn)
{
        struct pg_conn *c = calloc(1, sizeof *c);

        must(c);
        c->cache = calloc((size_t)db_stmt_count + 1, sizeof *c->cache);
        must(c->cache);
        c->pg = connect_to(((struct pg_own *)own)->url);
        if (PQstatus(c->pg) != CONNECTION_OK) {
                const char *words = PQerrorMessage(c->pg);
                log_write(LOG_ERROR, "db.connect text=%.*s", (int)strcspn(words, "\n"), words);
                close_conn(c);
                return FAIL(ERR_UPSTREAM, M_("The database server cannot be reached."),
                            M_("Check that PostgreSQL is running, and the address in database: of "
                               "telemachus.yaml."));
        }
        PQsetNoticeProcessor(c->pg, pg_notice, NULL);
        struct err e = pg_command(
                c, "SET statement_timeout = '30s'; SET idle_in_transaction_session_timeout = '60s'",
                NULL);
        if (failed(e))
                close_conn(c);
        else
                *conn = c;
        return e;
}

static void pg_close(struct db *db)
{
        struct pg_own *own = db->own;

        pool_end(&own->pool);
        free(own->url);
        free(own);
}

static struct err pg_open(struct db *db, const struct db_options *options)
{
        struct pg_own *own = calloc(1, sizeof *own);
        void *conn;

        must(own);
        own->url = strdup(options->url);
        must(own->url);
        pool_init(&own->pool, options->readers ? options->readers : DEFAULT_CONNECTIONS, own,
                  open_conn, close_conn);
        db->own = own;
        struct err e = pool_take(&own->pool, &conn);
        if (failed(e))
                pg_close(db);
        else
                pool_give(&own->pool, conn);
        return e;
}

/* Lost while committing is not tried again: nobody knows what became of it. */
static struct err commit(struct pg_conn *c)
{
        c->committing = true;
        struct err e = pg_command(c, "COMMIT", NULL);
        c->committing = false;
        if (c->again == PG_LOST)
                c->again = PG_NO;
        return e;
}

struct work {
        const char *begin;
        bool write;
        db_fn *fn;
        void *in;
};

static struct err on_connection(struct db *db, struct pg_conn *c, struct arena *a,
                                const struct work *w)
{
        struct tx tx;

        tx_start(&tx, db, c, a, w->write);
        c->again = PG_NO;
        TRY(pg_command(c, w->begin, NULL));
        struct err e = tx_call(&tx, w->fn, w->in);
        if (!failed(e))
                return commit(c);
        enum pg_again again = c->again;
        struct err undone = pg_command(c, "ROLLBACK", NULL);
        (void)undone;
        c->again = again;
        return e;
}

static bool usable(const struct pg_conn *c)
{
        return !c->doubtful && PQstatus(c->pg) == CONNECTION_OK &&
               PQtransactionStatus(c->pg) == PQTRANS_IDLE;
}

static struct err attempt(struct db *db, struct arena *a, const struct work *w,
                          enum pg_again *again)
{
        struct pg_own *own = db->own;
        void *conn;

        *again = PG_NO;
        TRY(pool_take(&own->pool, &conn));
        struct pg_conn *c = conn;
        struct err e = on_connection(db, c, a, w);
        if (failed(e))
                *again = c->again;
        if (usable(c)) {
                pool_give(&own->pool, conn);
        } else {
                pool_drop(&own->pool, conn);
                pool_forget_idle(&own->pool);
        }
        return e;
}

/* 1, 2, 4 ... milliseconds, and up to as much again, so that those who met do not meet again. */
static void back_off(int tries)
{
        int64_t most = 1 << (tries < 6 ? tries : 6);

        clock_sleep_ms(most + clock_monotonic_us() % most);
}

static struct err transaction(struct db *db, struct arena *a, const struct work *w)
{
        struct arena_mark mark = arena_mark(a);
        int lost = 0;

        for (int tries = 0;; tries++) {
                enum pg_again again;
                struct err e = attempt(db, a, w, &again);
                lost += again == PG_LOST;
                if (again == PG_NO || tries == RETRIES || lost > LOST_RETRIES)
                        return e;
                if (again == PG_AGAIN)
                        back_off(tries);
                arena_rewind(a, mark);
        }
}

static struct err pg_read(struct db *db, struct arena *a, db_fn *fn, void *in)
{
        return transaction(
                db, a,
                &(struct work) {"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", false, fn, in});
}

static struct err pg_write(struct db *db, struct arena *a, db_fn *fn, void *in, bool loose)
{
        const char *begin = loose ? "BEGIN ISOLATION LEVEL READ COMMITTED"
                                  : "BEGIN ISOLATION LEVEL SERIALIZABLE";

        return transaction(db, a, &(struct work) {begin, true, fn, in});
}

const struct db_driver db_postgres = {
        .engine = DB_POSTGRES,
        .open = pg_open,
        .close = pg_close,
        .read = pg_read,
        .write = pg_write,
        .migrate = pg_migrate,
        .applied = pg_applied,
        .backup = pg_backup,
        .restore = pg_restore,
        .set_aside = pg_set_aside,
        .measure = pg_measure,
        .begin = pg_begin,
        .bind_int = pg_bind_int,
        .bind_real = pg_bind_real,
        .bind_text = pg_bind_text,
        .bind_blob = pg_bind_text,
        .bind_null = pg_bind_null,
        .step = pg_step,
        .col_null = pg_col_null,
        .col_int = pg_col_int,
        .col_real = pg_col_real,
        .col_text = pg_col_text,
        .col_blob = pg_col_blob,
        .changes = pg_changes,
        .end = pg_end,
};
