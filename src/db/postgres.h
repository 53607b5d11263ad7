/* What the parts of the PostgreSQL driver share. Private to postgres*.c. */
#ifndef TELEMACHUS_DB_POSTGRES_H
#define TELEMACHUS_DB_POSTGRES_H

#include "db/driver.h"
#include "db/pool.h"

#include <libpq-fe.h>

/* A statement prepared on one connection; its parameters' room is kept with it. */
struct pg_run {
        struct db_run run;
        bool prepared;
        int n_in;
        const char **value;             /* NULL: SQL NULL */
        int *length;
        int *format;
        int64_t *number;                /* network order; reals too */
        PGresult *result;
        int row;
        int rows;
};

enum pg_again { PG_NO, PG_AGAIN, PG_LOST };

struct pg_conn {
        PGconn *pg;
        struct pg_run *cache;           /* db_stmt_count of them */
        enum pg_again again;            /* why the last failure may go away by itself */
        bool committing;
        bool doubtful;                  /* what it holds is no longer known: not for anyone else */
};

struct pg_own {
        char *url;
        struct pool pool;
};

/*
 * postgres_err.c: words for a failed result (NULL: the connection itself), and c->again. detail is
 * copied into a unless NULL.
 */
struct err pg_err(struct pg_conn *c, const PGresult *result, const char *statement,
                  struct arena *a);
void pg_notice(void *arg, const char *message);

/* postgres_run.c */
struct err pg_begin(struct tx *tx, const struct db_stmt *stmt, struct db_run **run);
void pg_bind_int(struct db_run *run, int n, int64_t v);
void pg_bind_real(struct db_run *run, int n, double v);
void pg_bind_text(struct db_run *run, int n, struct text v);
void pg_bind_null(struct db_run *run, int n);
struct err pg_step(struct db_run *run, bool *row);
bool pg_col_null(struct db_run *run, int n);
int64_t pg_col_int(struct db_run *run, int n);
double pg_col_real(struct db_run *run, int n);
struct text pg_col_text(struct db_run *run, int n);
struct text pg_col_blob(struct db_run *run, int n);
int64_t pg_changes(struct db_run *run);
void pg_end(struct db_run *run);
void pg_cache_free(struct pg_run *cache);

enum pg_oid {           /* fixed for ever; libpq installs no header for them */
        OID_BOOL = 16, OID_BYTEA = 17, OID_INT8 = 20, OID_INT2 = 21, OID_INT4 = 23, OID_TEXT = 25,
        OID_FLOAT4 = 700, OID_FLOAT8 = 701,
};

/* The types a statement's parameters are prepared with. */
Oid pg_type(char letter);

/* postgres_migrate.c */
struct err pg_migrate(struct db *db, struct arena *a, int upto);
struct err pg_applied(struct db *db, struct arena *a, struct db_migration **list, int *n);

/* postgres_backup.c */
struct err pg_backup(struct db *db, struct arena *a, const char *path);
struct err pg_restore(struct db *db, struct arena *a, const char *path, bool whole);

/* postgres_aside.c */
struct err pg_set_aside(struct db *db, struct arena *a, const char *name);
struct err pg_measure(struct db *db, struct arena *a, const char *table,
                      struct db_table_size *out);

/* A command without results. */
struct err pg_command(struct pg_conn *c, const char *sql, struct arena *a);

#endif
