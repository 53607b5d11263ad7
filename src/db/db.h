/*
 * One interface, two drivers: SQLite (embedded, the default) and PostgreSQL; only this folder knows
 * either.  Statements live in the rooms' *.sql files; sqlgen makes typed functions of them, and
 * nothing else calls the db_stmt_* functions.
 *
 * How to use it: db_read() and db_write() run a function inside one transaction; everything else
 * takes struct tx *. A write function may be run again (PostgreSQL serialisation, another verb's
 * failure in the same group commit): it has no effect outside the transaction, and the arena is
 * rewound before each try.
 *
 * Wrong place? The schema: schema/NNNN_room.sql.  A question to the data: the room's .sql file.
 */
#ifndef TELEMACHUS_DB_DB_H
#define TELEMACHUS_DB_DB_H

#include "base/arena.h"
#include "base/err.h"
#include "base/text.h"

struct app;
struct db;              /* an open database: thread safe, one per process */
struct tx;              /* a transaction: this thread's, for the length of one call */

struct opt { bool has; int64_t v; };            /* int?, id?, time?, day?, bool? */
struct opt_real { bool has; double v; };

enum db_engine { DB_SQLITE, DB_POSTGRES };
enum db_purpose { DB_REAL, DB_DEMO, DB_TEST };

struct db_options {
        const char *url;                /* a path for SQLite, "postgresql://..." for PostgreSQL */
        /* connections for reading at most (PostgreSQL: connections at all); 0 = 8 */
        int readers;
        /* SQLite: no durability wanted (rehearsal): synchronous=OFF, journal in memory */
        bool memory;
};

/*
 * Opens; does not migrate. Upstream with a plain text when the server does not answer; broken when
 * the file is no database.
 */
struct err db_open(const struct db_options *options, struct db **out);
void db_close(struct db *db);                   /* waits for writes under way, checkpoints */
enum db_engine db_engine(const struct db *db);

/* Migrations: numbered, forward only, embedded. plan prints to out and changes nothing. */
struct err db_migrate(struct db *db, struct arena *a);
struct err db_migrate_plan(struct db *db, struct arena *a, struct text *out);
/* the last migration that was applied, "0012_jobs"; absent when there is none */
struct err db_schema_version(struct db *db, struct arena *a, struct text *out);
struct err db_migrated(struct db *db, struct arena *a, bool *up_to_date);
/* no migration was ever applied */
struct err db_empty(struct db *db, struct arena *a, bool *empty);

/*
 * What this database was made for; written once, at creation. Only DEMO and TEST have a clock that
 * can be set.
 */
struct err db_set_purpose(struct db *db, enum db_purpose purpose);
enum db_purpose db_purpose(struct db *db);

/*
 * Backup: everything as of one moment, as one SQLite file whatever the engine, made while others
 * read and write; so a backup of either engine can be restored into the other. Only the database:
 * keys and configuration are the caller's. The file is checked before db_backup() says OK. Conflict
 * if path exists.
 */
struct err db_backup(struct db *db, struct arena *a, const char *path);

/*
 * Into an empty database (db_empty), which is migrated to this version. Conflict if it is not
 * empty; all or nothing.
 */
struct err db_restore(struct db *db, struct arena *a, const char *path);

/*
 * A backup that was checked, over whatever is there; the caller has asked. as_it_was: the schema
 * stays that of the backup, for a program that is older than this one.
 */
struct err db_restore_over(struct db *db, struct arena *a, const char *path, bool as_it_was);

/*
 * Everything is taken out of sight, so that the database is empty; nothing is deleted. SQLite: the
 * tables go into a file beside, <database>.NAME; PostgreSQL: into a schema NAME. name is a plain
 * word. All or nothing.
 */
struct err db_set_aside(struct db *db, struct arena *a, const char *name);

/*
 * Is anything amiss with writing?  What the last write said that the disk or the server refused;
 * OK again as soon as one has gone through. Tries one itself if there was trouble.
 */
struct err db_writable(struct db *db, struct arena *a);
/* there was trouble, and nobody has tried since */
bool db_in_trouble(const struct db *db);

struct db_table_rows { const char *table; int64_t rows; };

struct db_backup_facts {
        struct text version;            /* its last migration, 0012_jobs */
        enum db_purpose purpose;
        int64_t tables, rows;
        struct db_table_rows *table;    /* so many, parents first */
};

/*
 * Is the file whole, ours and not newer than this program? Broken with the reason if not. Changes
 * nothing.
 */
struct err db_backup_check(struct arena *a, const char *path, struct db_backup_facts *out);

typedef struct err db_fn(struct tx *tx, void *in);

/*
 * Runs fn in a snapshot (SQLite: a deferred read transaction; PostgreSQL: REPEATABLE READ READ
 * ONLY). Results live in a.
 */
struct err db_read(struct db *db, struct arena *a, db_fn *fn, void *in);

/*
 * Runs fn in a write transaction and returns after it is durable. SQLite: on the one writer thread,
 * in a SAVEPOINT; functions that wait together share one commit. PostgreSQL: here, SERIALIZABLE,
 * retried up to 8 times. If fn fails nothing of it remains.
 *
 * A statement that fails ends the transaction on both engines: later statements give the same error
 * back, and so does db_write(), even if fn returns OK. To go on after a duplicate the statement
 * says ON CONFLICT DO NOTHING. Calling db_read() or db_write() inside fn on the same database is
 * must().
 */
struct err db_write(struct db *db, struct arena *a, db_fn *fn, void *in);

/*
 * The same at READ COMMITTED on PostgreSQL, for leases and the outbox (statements there use SKIP
 * LOCKED through a per-engine override).
 */
struct err db_write_loose(struct db *db, struct arena *a, db_fn *fn, void *in);

struct arena *tx_arena(struct tx *tx);          /* where rows and results go */
struct db *tx_db(struct tx *tx);
/* the process' parts (base/app.h), as given to db_set_app() */
struct app *tx_app(struct tx *tx);
void db_set_app(struct db *db, struct app *app);
/* programme time, UTC seconds, fixed for the transaction */
int64_t tx_now(struct tx *tx);

/*
 * The act of the desk that this transaction carries out, 0: none.  Mail that is posted meanwhile is held
 * and dropped with it (desk/, mail/).
 */
void tx_set_act(struct tx *tx, int64_t act);
int64_t tx_act(const struct tx *tx);

/*
 * For the log of who has read what: from here on each row that tells something about a person (:reads, see
 * docs/statements.md) leaves a sight, once for the same.
 */
struct db_sight {
        const char *what;               /* "calls", "profile" ... */
        int64_t id;                     /* a person, or a pair */
        bool pair;
        struct text names;              /* first names in that row, one a line; absent: it has none */
};
struct db_sights { size_t n, room; struct db_sight *row; };
/* into: where they go, in tx_arena(); NULL ends it. */
void tx_watch(struct tx *tx, struct db_sights *into);

/*
 * Programme clock: seconds that programme time is ahead of the machine; 0 in a real database, kept
 * in the database.
 */
int64_t db_now(struct db *db);
/* forbidden in a real database; the first setting may be in the past, after that never back */
struct err db_clock_set(struct db *db, int64_t programme_time);
/* this process only: rehearsal; time stands until set again */
void db_clock_freeze(struct db *db, int64_t programme_time);

/* ---- for generated code (sqlgen) only ---- */

struct db_stmt {
        const char *name;               /* care_open_flags */
        const char *origin;             /* src/care/care.sql:12, for logs */
        const char *sqlite;             /* text for SQLite, ?1 ?2 ... */
        const char *postgres;           /* text for PostgreSQL, $1 $2 ... */
        /* 0 .. db_stmt_count-1, fixed by sqlgen: the connection's cache slot */
        int index;
        int n_in, n_out;
        /* one letter each: i int/id/time/day/bool, r real, t text, b blob; capital = may be NULL */
        const char *in_types;
        const char *out_types;
        bool write;
        /* has a text of its own for PostgreSQL; ./check counts them */
        bool own_postgres;
        /* what it tells about a person ("calls"); NULL: nothing. See tx_watch(). */
        const char *reads;
        /* a letter for each column: p a person's id, j a pair's, n a first name, . something else */
        const char *whose;
        int whose_in;                   /* the input that says whose it is, from 1; 0: columns do */
        bool in_is_pair;
};

extern const struct db_stmt *const db_stmts[];  /* generated: every statement of the house */
extern const int db_stmt_count;

struct db_run;                                  /* a statement being executed on tx */
struct err db_run_begin(struct tx *tx, const struct db_stmt *stmt, struct db_run **run);
void db_bind_int(struct db_run *run, int n, int64_t v);                 /* n counts from 1 */
void db_bind_real(struct db_run *run, int n, double v);
/* absent binds NULL; v must outlive the run */
void db_bind_text(struct db_run *run, int n, struct text v);
void db_bind_blob(struct db_run *run, int n, struct text v);
void db_bind_opt(struct db_run *run, int n, struct opt v);
void db_bind_opt_real(struct db_run *run, int n, struct opt_real v);
void db_bind_null(struct db_run *run, int n);
struct err db_run_step(struct db_run *run, bool *row);                  /* false at the end */
/* broken if there is another row */
struct err db_run_last(struct db_run *run);
/* n counts from 0; must() on another type */
int64_t db_col_int(struct db_run *run, int n);
double db_col_real(struct db_run *run, int n);
/* copied into tx_arena; absent for NULL */
struct text db_col_text(struct db_run *run, int n);
struct text db_col_blob(struct db_run *run, int n);
struct opt db_col_opt(struct db_run *run, int n);
struct opt_real db_col_opt_real(struct db_run *run, int n);
bool db_col_null(struct db_run *run, int n);
int64_t db_run_changes(struct db_run *run);                             /* rows written */
/* always called, also after an error */
void db_run_end(struct db_run *run);

/* rows, or a larger copy of them in tx_arena, with room for one more than n. */
void *db_list_room(struct tx *tx, void *rows, size_t n, size_t size);

/* What a statement says that must find one row and finds none. */
extern const char db_absent_what[];
extern const char db_absent_next[];

#endif
