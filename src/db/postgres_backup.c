/*
 * Backup and restore on PostgreSQL, by way of an SQLite file of this version: rows are read through
 * a cursor in one snapshot, and written back with COPY in one transaction.
 */
#include "base/out.h"
#include "db/backup.h"
#include "db/postgres.h"
#include "db/sqlite.h"
#include "os/process.h"

#include <endian.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { BATCH_BYTES = 256 * 1024 };

static uint64_t network(const char *p, int n)
{
        uint64_t v = 0;

        for (int i = 0; i < n; i++)
                v = v << 8 | (unsigned char)p[i];
        return v;
}

static void bind_value(sqlite3_stmt *st, int i, const PGresult *r, int row)
{
        const char *p = PQgetvalue(r, row, i);
        int n = PQgetlength(r, row, i);
        double v;

        if (PQgetisnull(r, row, i)) {
                sqlite3_bind_null(st, i + 1);
                return;
        }
        switch (PQftype(r, i)) {
        case OID_INT8:
                sqlite3_bind_int64(st, i + 1, (int64_t)network(p, 8));
                break;
        case OID_FLOAT8:
                memcpy(&v, &(uint64_t) {network(p, 8)}, 8);
                sqlite3_bind_double(st, i + 1, v);
                break;
        case OID_BYTEA:
                sqlite3_bind_blob(st, i + 1, p, n, SQLITE_STATIC);
                break;
        default:
                must(PQftype(r, i) == OID_TEXT);
                sqlite3_bind_text(st, i + 1, p, n, SQLITE_STATIC);
        }
}

static struct err insert_rows(sqlite3 *sql, sqlite3_stmt *st, const PGresult *r, struct arena *a)
{
        for (int row = 0; row < PQntuples(r); row++) {
                for (int i = 0; i < PQnfields(r); i++)
                        bind_value(st, i, r, row);
                if (sqlite3_step(st) != SQLITE_DONE)
                        return backup_sql_err(sql, a);
                sqlite3_reset(st);
        }
        return OK;
}

static struct err fetch_all(struct pg_conn *c, sqlite3 *sql, sqlite3_stmt *st, struct arena *a)
{
        for (;;) {
                if (process_ending())
                        return FAIL(ERR_BUSY, M_("The program is ending."), M_("Try again in a moment."));
                PGresult *r =
                        PQexecParams(c->pg, "FETCH 1000 FROM backup", 0, NULL, NULL, NULL, NULL, 1);
                struct err e = PQresultStatus(r) == PGRES_TUPLES_OK ? insert_rows(sql, st, r, a)
                                                                    : pg_err(c, r, "backup", a);
                int n = PQntuples(r);
                PQclear(r);
                if (failed(e) || n == 0)
                        return e;
        }
}

static struct err copy_table_out(struct pg_conn *c, sqlite3 *sql, const struct backup_table *t,
                                 struct arena *a)
{
        const char *columns = backup_columns(a, t);
        sqlite3_stmt *st;
        struct out o = out_new(a, 256);

        TRY(pg_command(c,
                       text_format(a, "DECLARE backup NO SCROLL CURSOR FOR SELECT %s FROM %s",
                                   columns, t->name)
                               .p,
                       a));
        out_format(&o, "INSERT INTO %s (%s) VALUES (?1", t->name, columns);
        for (int i = 1; i < t->n; i++)
                out_format(&o, ", ?%d", i + 1);
        out_c(&o, ")");
        if (sqlite3_prepare_v2(sql, out_get(&o).p, -1, &st, NULL) != SQLITE_OK)
                return backup_sql_err(sql, a);
        struct err e = fetch_all(c, sql, st, a);
        sqlite3_finalize(st);
        return failed(e) ? e : pg_command(c, "CLOSE backup", a);
}

/* Rows that migrations put in are emptied away: the real ones come from the database. */
static struct err copy_tables_out(struct pg_conn *c, sqlite3 *sql, struct arena *a)
{
        struct backup_tables tables;

        TRY(backup_list_tables(sql, a, &tables));
        for (int i = tables.n - 1; i >= 0; i--)
                if (sqlite3_exec(sql, text_format(a, "DELETE FROM %s", tables.table[i].name).p,
                                 NULL, NULL, NULL) != SQLITE_OK)
                        return backup_sql_err(sql, a);
        for (int i = 0; i < tables.n; i++)
                TRY(copy_table_out(c, sql, &tables.table[i], a));
        return OK;
}

static struct err in_snapshot(struct pg_conn *c, sqlite3 *sql, struct arena *a)
{
        TRY(pg_command(
                c,
                "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = 0",
                a));
        sqlite3_exec(sql, "PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF; BEGIN", NULL, NULL,
                     NULL);
        struct err e = copy_tables_out(c, sql, a);
        if (!failed(e) && sqlite3_exec(sql, "COMMIT; VACUUM", NULL, NULL, NULL) != SQLITE_OK)
                e = backup_sql_err(sql, a);
        struct err end = pg_command(c, "ROLLBACK", NULL);
        return failed(e) ? e : end;
}

/* A file with the tables of the first n migrations and nothing in them; it may exist and be empty. */
static struct err make_file(struct arena *a, const char *path, int n)
{
        struct db *file;

        TRY(db_open(&(struct db_options) {.url = path, .memory = true}, &file));
        struct err e = file->driver->migrate(file, a, n);
        db_close(file);
        return e;
}

struct err pg_backup(struct db *db, struct arena *a, const char *path)
{
        struct pg_own *own = db->own;
        sqlite3 *sql;
        struct db_migration *applied;
        void *conn;
        int n;
        int done;

        TRY(pg_applied(db, a, &applied, &n));
        TRY(db_migrations_done(applied, n, &done));
        TRY(make_file(a, path, done));
        TRY(backup_open(path, SQLITE_OPEN_READWRITE, &sql));
        struct err e = pool_take(&own->pool, &conn);
        if (!failed(e)) {
                e = in_snapshot(conn, sql, a);
                pool_drop(&own->pool, conn);
        }
        sqlite3_close(sql);
        return e;
}

/* ---- restore: COPY ... FROM STDIN BINARY ---- */

static void out_network(struct out *o, uint64_t v, int n)
{
        while (n--)
                out_char(o, (char)(v >> (8 * n)));
}

static void out_value(struct out *o, sqlite3_stmt *st, int i)
{
        const void *p;
        uint64_t bits;

        switch (sqlite3_column_type(st, i)) {
        case SQLITE_NULL:
                out_network(o, UINT32_MAX, 4);
                break;
        case SQLITE_INTEGER:
                out_network(o, 8, 4);
                out_network(o, (uint64_t)sqlite3_column_int64(st, i), 8);
                break;
        case SQLITE_FLOAT:
                memcpy(&bits, &(double) {sqlite3_column_double(st, i)}, 8);
                out_network(o, 8, 4);
                out_network(o, bits, 8);
                break;
        default:
                p = sqlite3_column_blob(st, i);
                out_network(o, (uint64_t)sqlite3_column_bytes(st, i), 4);
                out_bytes(o, p, (size_t)sqlite3_column_bytes(st, i));
        }
}

static struct err send(struct pg_conn *c, struct out *o, struct arena *a)
{
        bool sent = PQputCopyData(c->pg, o->p, (int)o->n) == 1;

        o->n = 0;
        return sent ? OK : pg_err(c, NULL, "restore", a);
}

static struct err send_rows(struct pg_conn *c, sqlite3 *sql, sqlite3_stmt *st, struct arena *a)
{
        struct out o = out_new(a, BATCH_BYTES + 65536);
        int rc;

        out_bytes(&o, "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19);
        while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
                out_network(&o, (uint64_t)sqlite3_column_count(st), 2);
                for (int i = 0; i < sqlite3_column_count(st); i++)
                        out_value(&o, st, i);
                if (o.n > BATCH_BYTES)
                        TRY(send(c, &o, a));
        }
        if (rc != SQLITE_DONE)
                return backup_sql_err(sql, a);
        out_network(&o, UINT16_MAX, 2);
        return send(c, &o, a);
}

static struct err end_copy(struct pg_conn *c, struct err e, struct arena *a)
{
        PQputCopyEnd(c->pg, failed(e) ? "given up" : NULL);
        for (PGresult *r; (r = PQgetResult(c->pg)); PQclear(r))
                if (PQresultStatus(r) != PGRES_COMMAND_OK && !failed(e))
                        e = pg_err(c, r, "restore", a);
        return e;
}

static struct err copy_table_in(struct pg_conn *c, sqlite3 *sql, const struct backup_table *t,
                                struct arena *a)
{
        const char *columns = backup_columns(a, t);
        struct arena_mark mark = arena_mark(a);
        sqlite3_stmt *st;

        PGresult *r =
                PQexec(c->pg, text_format(a, "COPY %s (%s) FROM STDIN BINARY", t->name, columns).p);
        struct err e = PQresultStatus(r) == PGRES_COPY_IN ? OK : pg_err(c, r, t->name, a);
        PQclear(r);
        TRY(e);
        if (sqlite3_prepare_v2(sql, text_format(a, "SELECT %s FROM %s", columns, t->name).p, -1,
                               &st, NULL) != SQLITE_OK)
                return end_copy(c, backup_sql_err(sql, a), a);
        e = end_copy(c, send_rows(c, sql, st, a), a);
        sqlite3_finalize(st);
        if (!failed(e))
                arena_rewind(a, mark);
        return e;
}

static struct err copy_tables_in(struct pg_conn *c, sqlite3 *sql, struct arena *a)
{
        struct backup_tables tables;
        struct out o = out_new(a, 4096);

        TRY(backup_list_tables(sql, a, &tables));
        out_c(&o, "TRUNCATE ");
        for (int i = 0; i < tables.n; i++)
                out_format(&o, "%s%s", i ? ", " : "", tables.table[i].name);
        TRY(pg_command(c, out_get(&o).p, a));
        for (int i = 0; i < tables.n; i++)
                TRY(copy_table_in(c, sql, &tables.table[i], a));
        return pg_command(c, "COMMIT", a);
}

static struct err fill(struct db *db, struct arena *a, const char *path)
{
        struct pg_own *own = db->own;
        sqlite3 *sql;
        void *conn;

        TRY(backup_open(path, SQLITE_OPEN_READONLY, &sql));
        struct err e = pool_take(&own->pool, &conn);
        if (!failed(e)) {
                e = pg_command(conn, "BEGIN; SET LOCAL statement_timeout = 0", a);
                if (!failed(e))
                        e = copy_tables_in(conn, sql, a);
                pool_drop(&own->pool, conn);
        }
        sqlite3_close(sql);
        return e;
}

/*
 * An older backup is brought up to this version in a copy beside it, so that its tables are those
 * of the database.
 */
static struct err current_copy(struct arena *a, const char *path, const char *copy)
{
        struct db *file;

        TRY(db_open(&(struct db_options) {.url = copy, .memory = true}, &file));
        struct err e = db_restore(file, a, path);
        db_close(file);
        return e;
}

/* The schema as the file has it, then its rows. */
static struct err restore_as_it_was(struct db *db, struct arena *a, const char *path)
{
        struct db_migration *applied;
        sqlite3 *sql;
        int n;
        int done;

        TRY(backup_open(path, SQLITE_OPEN_READONLY, &sql));
        struct err e = sqlite_read_applied(sql, a, &applied, &n);
        sqlite3_close(sql);
        TRY(e);
        TRY(db_migrations_done(applied, n, &done));
        TRY(pg_migrate(db, a, done));
        return fill(db, a, path);
}

struct err pg_restore(struct db *db, struct arena *a, const char *path, bool whole)
{
        if (!whole)
                return restore_as_it_was(db, a, path);
        const char *copy = text_format(a, "%s.restoring", path).p;

        struct err e = current_copy(a, path, copy);
        if (!failed(e))
                e = db_migrate(db, a);
        if (!failed(e))
                e = fill(db, a, copy);
        unlink(copy);
        return e;
}
