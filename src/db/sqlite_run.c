/*
 * Running prepared statements on SQLite: nothing is allocated but the rows' texts, once, in the
 * arena.
 */
#include "db/sqlite.h"

static struct sqlite_run *own(struct db_run *run) { return (struct sqlite_run *)run; }

/* The engine's own words and where the statement stands, for the log. */
static struct err statement_err(struct tx *tx, const struct db_stmt *stmt, int rc)
{
        struct sqlite_conn *c = tx->conn;
        const char *words = sqlite3_errmsg(c->sql);

        return tx_fail(
                tx,
                sqlite_err(
                        c->sql, rc,
                        text_format(tx->arena, "%s, %s: %s", stmt->name, stmt->origin, words).p));
}

static struct err prepare(struct tx *tx, const struct db_stmt *stmt, struct sqlite_run *r)
{
        struct sqlite_conn *c = tx->conn;

        int rc = sqlite3_prepare_v3(c->sql, stmt->sqlite, -1, SQLITE_PREPARE_PERSISTENT, &r->st,
                                    NULL);
        if (rc != SQLITE_OK)
                return statement_err(tx, stmt, rc);
        r->run.driver = &db_sqlite;
        r->run.stmt = stmt;
        return OK;
}

struct err sqlite_begin(struct tx *tx, const struct db_stmt *stmt, struct db_run **run)
{
        struct sqlite_conn *c = tx->conn;
        struct sqlite_run *r = &c->cache[stmt->index];

        if (!r->st)
                TRY(prepare(tx, stmt, r));
        r->rc = SQLITE_OK;
        *run = &r->run;
        return OK;
}

static void bound(struct sqlite_run *r, int rc)
{
        must(rc != SQLITE_RANGE);
        if (rc != SQLITE_OK)
                r->rc = rc;
}

void sqlite_bind_int(struct db_run *run, int n, int64_t v)
{
        bound(own(run), sqlite3_bind_int64(own(run)->st, n, v));
}
void sqlite_bind_real(struct db_run *run, int n, double v)
{
        bound(own(run), sqlite3_bind_double(own(run)->st, n, v));
}
void sqlite_bind_null(struct db_run *run, int n)
{
        bound(own(run), sqlite3_bind_null(own(run)->st, n));
}

void sqlite_bind_text(struct db_run *run, int n, struct text v)
{
        bound(own(run),
              v.p ? sqlite3_bind_text64(own(run)->st, n, v.p, v.n, SQLITE_STATIC, SQLITE_UTF8)
                  : sqlite3_bind_null(own(run)->st, n));
}

void sqlite_bind_blob(struct db_run *run, int n, struct text v)
{
        bound(own(run), v.p ? sqlite3_bind_blob64(own(run)->st, n, v.p, v.n, SQLITE_STATIC)
                            : sqlite3_bind_null(own(run)->st, n));
}

struct err sqlite_step(struct db_run *run, bool *row)
{
        struct sqlite_run *r = own(run);
        int rc = r->rc == SQLITE_OK ? sqlite3_step(r->st) : r->rc;

        *row = rc == SQLITE_ROW;
        if (rc == SQLITE_ROW || rc == SQLITE_DONE)
                return OK;
        return statement_err(run->tx, run->stmt, rc);
}

bool sqlite_col_null(struct db_run *run, int n)
{
        return sqlite3_column_type(own(run)->st, n) == SQLITE_NULL;
}

int64_t sqlite_col_int(struct db_run *run, int n)
{
        if (sqlite3_column_type(own(run)->st, n) != SQLITE_INTEGER)
                tx_wrong_type(run, n);
        return sqlite3_column_int64(own(run)->st, n);
}

/* An INTEGER is a number as well: sum() of reals that are all whole, a literal. */
double sqlite_col_real(struct db_run *run, int n)
{
        int type = sqlite3_column_type(own(run)->st, n);

        if (type != SQLITE_FLOAT && type != SQLITE_INTEGER)
                tx_wrong_type(run, n);
        return sqlite3_column_double(own(run)->st, n);
}

static struct text column(struct db_run *run, int n, int wanted)
{
        sqlite3_stmt *st = own(run)->st;
        int type = sqlite3_column_type(st, n);

        if (type == SQLITE_NULL && tx_nullable(run, n))
                return TEXT_ABSENT;
        if (type != wanted)
                tx_wrong_type(run, n);
        const void *p =
                type == SQLITE_TEXT ? sqlite3_column_text(st, n) : sqlite3_column_blob(st, n);
        size_t size = (size_t)sqlite3_column_bytes(st, n);
        return (struct text) {.p = arena_dup(run->tx->arena, p, size), .n = size};
}

struct text sqlite_col_text(struct db_run *run, int n) { return column(run, n, SQLITE_TEXT); }
struct text sqlite_col_blob(struct db_run *run, int n) { return column(run, n, SQLITE_BLOB); }

int64_t sqlite_changes(struct db_run *run)
{
        return sqlite3_changes64(sqlite3_db_handle(own(run)->st));
}
void sqlite_end(struct db_run *run) { sqlite3_reset(own(run)->st); }
