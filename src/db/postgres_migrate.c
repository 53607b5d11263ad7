/*
 * Migrations on PostgreSQL: DDL is transactional there; an advisory lock lets one process at a time
 * do it.
 */
#include "base/log.h"
#include "db/postgres.h"
#include "os/clock.h"

#include <stdlib.h>
#include <string.h>

#define LOCK "7308604759847038" /* a number of our own for pg_advisory_lock */

static struct err query(struct pg_conn *c, const char *sql, struct arena *a, PGresult **out)
{
        *out = PQexec(c->pg, sql);
        if (PQresultStatus(*out) == PGRES_TUPLES_OK)
                return OK;
        struct err e = pg_err(c, *out, "migration", a);
        PQclear(*out);
        return e;
}

static struct err table_exists(struct pg_conn *c, struct arena *a, bool *exists)
{
        PGresult *result;

        TRY(query(c, "SELECT to_regclass('db_migration') IS NOT NULL", a, &result));
        *exists = PQgetvalue(result, 0, 0)[0] == 't';
        PQclear(result);
        return OK;
}

static struct err read_applied(struct pg_conn *c, struct arena *a, struct db_migration **list,
                               int *n)
{
        PGresult *result;
        bool exists;

        *n = 0;
        *list = NULL;
        TRY(table_exists(c, a, &exists));
        if (!exists)
                return OK;
        TRY(query(c, "SELECT number, name FROM db_migration ORDER BY number", a, &result));
        *n = PQntuples(result);
        *list = arena_array(a, struct db_migration, (size_t)*n + 1);
        for (int i = 0; i < *n; i++) {
                const char *name = PQgetvalue(result, i, 1);
                (*list)[i].number = atoi(PQgetvalue(result, i, 0));
                (*list)[i].name = arena_dup(a, name, strlen(name));
        }
        PQclear(result);
        return OK;
}

static struct err apply_in_transaction(struct pg_conn *c, struct arena *a,
                                       const struct db_migration *m)
{
        TRY(pg_command(c, m->postgres, a));
        const char *note = text_format(a,
                                       "INSERT INTO db_migration (number, name, applied_at) VALUES "
                                       "(%d, '%s', %lld)",
                                       m->number, m->name, (long long)clock_seconds())
                                   .p;
        TRY(pg_command(c, note, a));
        return pg_command(c, "COMMIT", a);
}

static struct err apply(struct pg_conn *c, struct arena *a, const struct db_migration *m)
{
        char label[64];

        TRY(pg_command(c, "BEGIN", a));
        struct err e = apply_in_transaction(c, a, m);
        if (!failed(e)) {
                log_write(LOG_INFO, "db.migrated number=%d name=%s", m->number, m->name);
                return OK;
        }
        struct err undone = pg_command(c, "ROLLBACK", NULL);
        (void)undone;
        db_migration_label(m, label);
        e.place = arena_dup(a, label, strlen(label));
        return e;
}

static struct err migrate(struct pg_conn *c, struct arena *a, int upto)
{
        struct db_migration *applied;
        int n;
        int done;

        TRY(pg_command(c, "SET statement_timeout = 0; SELECT pg_advisory_lock(" LOCK ")", a));
        TRY(pg_command(c, DB_MIGRATION_TABLE("BIGINT"), a));
        TRY(read_applied(c, a, &applied, &n));
        TRY(db_migrations_done(applied, n, &done));
        for (; done < upto; done++)
                TRY(apply(c, a, &db_migrations[done]));
        return OK;
}

/* The connection is closed afterwards: that gives the lock back whatever happened. */
struct err pg_migrate(struct db *db, struct arena *a, int upto)
{
        struct pg_own *own = db->own;
        void *conn;

        TRY(pool_take(&own->pool, &conn));
        struct err e = migrate(conn, a, upto);
        pool_drop(&own->pool, conn);
        pool_forget_idle(&own->pool);
        return e;
}

struct err pg_applied(struct db *db, struct arena *a, struct db_migration **list, int *n)
{
        struct pg_own *own = db->own;
        void *conn;

        TRY(pool_take(&own->pool, &conn));
        struct err e = read_applied(conn, a, list, n);
        if (failed(e))
                pool_drop(&own->pool, conn);
        else
                pool_give(&own->pool, conn);
        return e;
}
