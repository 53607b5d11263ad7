/* Tables taken out of sight on PostgreSQL, and how large they are. */
#include "db/postgres.h"

#include <stdlib.h>
#include <string.h>

/* name is a plain word of ours, or that of a table of ours: it needs no quoting. */
static struct err move_all(struct pg_conn *c, struct arena *a, const char *name)
{
        PGresult *r = PQexec(c->pg, "SELECT relname, relkind FROM pg_class"
                                    " WHERE relnamespace = current_schema()::regnamespace"
                                    " AND relkind IN ('r', 'v') ORDER BY relname");
        struct err e = PQresultStatus(r) == PGRES_TUPLES_OK ? OK : pg_err(c, r, "set aside", a);

        for (int i = 0; i < PQntuples(r) && !failed(e); i++)
                e = pg_command(c,
                               text_format(a, "ALTER %s \"%s\" SET SCHEMA %s",
                                           *PQgetvalue(r, i, 1) == 'v' ? "VIEW" : "TABLE",
                                           PQgetvalue(r, i, 0), name)
                                       .p,
                               a);
        PQclear(r);
        return e;
}

static struct err set_aside(struct pg_conn *c, struct arena *a, const char *name)
{
        TRY(pg_command(c, "BEGIN; SET LOCAL statement_timeout = 0", a));
        TRY(pg_command(c, text_format(a, "CREATE SCHEMA %s", name).p, a));
        TRY(move_all(c, a, name));
        return pg_command(c, "COMMIT", a);
}

/* Statements prepared on idle connections speak of the tables that were moved. */
struct err pg_set_aside(struct db *db, struct arena *a, const char *name)
{
        struct pg_own *own = db->own;
        void *conn;

        TRY(pool_take(&own->pool, &conn));
        struct err e = set_aside(conn, a, name);
        pool_drop(&own->pool, conn);
        pool_forget_idle(&own->pool);
        return e;
}

static struct err measure(struct pg_conn *c, struct arena *a, const char *table,
                          struct db_table_size *out)
{
        PGresult *r = PQexecParams(c->pg,
                                   "SELECT c.reltuples::bigint, pg_total_relation_size(c.oid)"
                                   "  FROM pg_class c WHERE c.oid = to_regclass($1)",
                                   1, NULL, &table, NULL, NULL, 0);
        struct err e = PQresultStatus(r) == PGRES_TUPLES_OK ? OK : pg_err(c, r, "measure", a);

        *out = (struct db_table_size) {0};
        if (!failed(e) && PQntuples(r) == 1) {
                out->there = true;
                out->rows = strtoll(PQgetvalue(r, 0, 0), NULL, 10);
                out->bytes = strtoll(PQgetvalue(r, 0, 1), NULL, 10);
        }
        PQclear(r);
        return e;
}

struct err pg_measure(struct db *db, struct arena *a, const char *table, struct db_table_size *out)
{
        struct pg_own *own = db->own;
        void *conn;

        TRY(pool_take(&own->pool, &conn));
        struct err e = measure(conn, a, table, out);
        if (failed(e))
                pool_drop(&own->pool, conn);
        else
                pool_give(&own->pool, conn);
        return e;
}
