/* What db.c, tx.c and the two drivers share. Private to db/. */
#ifndef TELEMACHUS_DB_DRIVER_H
#define TELEMACHUS_DB_DRIVER_H

#include "db/db.h"
#include "db/migrate.h"

#include <stdatomic.h>

/* Marks a sentence for the catalogue; the value is the English text. */
#ifndef M_
#define M_(sentence) (sentence)
#endif

/*
 * The head of each driver's own; lives in the connection's statement cache, so that running one
 * allocates nothing.
 */
struct db_run {
        const struct db_driver *driver;
        const struct db_stmt *stmt;
        struct tx *tx;
        struct db_run *below;           /* other runs that are open on tx */
        bool open;
        int64_t whose;                  /* what was bound to the input that says whose it is */
};

struct tx {
        struct db *db;
        void *conn;                     /* the driver's */
        struct arena *arena;
        int64_t now;
        int64_t act;                    /* of the desk; 0: none */
        bool write;
        struct err failed;              /* the first statement that failed; nothing runs after it */
        struct db_run *runs;            /* open ones */
        struct tx *outer;               /* of another database on this thread */
        struct db_sights *sights;       /* NULL: nobody wants to know */
};

struct db_driver {
        enum db_engine engine;
        struct err (*open)(struct db *db, const struct db_options *options);
        void (*close)(struct db *db);
        struct err (*read)(struct db *db, struct arena *a, db_fn *fn, void *in);
        struct err (*write)(struct db *db, struct arena *a, db_fn *fn, void *in, bool loose);

        /*
         * What is missing of the first upto migrations, each in its own transaction; two processes
         * at once do it once.
         */
        struct err (*migrate)(struct db *db, struct arena *a, int upto);
        /*
         * number and name of each migration that was applied, ascending; none when there is no
         * db_migration yet.
         */
        struct err (*applied)(struct db *db, struct arena *a, struct db_migration **list, int *n);

        struct err (*backup)(struct db *db, struct arena *a, const char *path);
        /* whole: at this program's schema, whatever that of the file; else at the file's own */
        struct err (*restore)(struct db *db, struct arena *a, const char *path, bool whole);
        /* Takes everything out of sight under the given name, so that the database is empty. */
        struct err (*set_aside)(struct db *db, struct arena *a, const char *name);
        /* Bytes and rows of a table; rows may be an estimate. False: there is no such table. */
        struct err (*measure)(struct db *db, struct arena *a, const char *table,
                              struct db_table_size *out);

        struct err (*begin)(struct tx *tx, const struct db_stmt *stmt, struct db_run **run);
        void (*bind_int)(struct db_run *run, int n, int64_t v);
        void (*bind_real)(struct db_run *run, int n, double v);
        void (*bind_text)(struct db_run *run, int n, struct text v);
        void (*bind_blob)(struct db_run *run, int n, struct text v);
        void (*bind_null)(struct db_run *run, int n);
        struct err (*step)(struct db_run *run, bool *row);
        bool (*col_null)(struct db_run *run, int n);
        int64_t (*col_int)(struct db_run *run, int n);
        double (*col_real)(struct db_run *run, int n);
        struct text (*col_text)(struct db_run *run, int n);
        struct text (*col_blob)(struct db_run *run, int n);
        int64_t (*changes)(struct db_run *run);
        void (*end)(struct db_run *run);
};

extern const struct db_driver db_sqlite;
extern const struct db_driver db_postgres;

struct db {
        const struct db_driver *driver;
        void *own;                      /* the driver's */
        struct app *app;
        /* programme clock, a copy of what db_meta says */
        _Atomic int purpose;            /* enum db_purpose, or -1: not said yet */
        _Atomic int64_t ahead;
        _Atomic int64_t looked_us;      /* monotonic: when the copy was made */
        _Atomic int64_t frozen;         /* INT64_MIN: runs */
        _Atomic bool migrated;          /* was seen to be up to date, and can only stay so */
        _Atomic bool trouble;           /* a write failed through no fault of its own */
};

/* tx.c: what every driver does around fn. */

/*
 * Fills tx and sets its now; call it before BEGIN: it may look at the clock, which must not spoil a
 * transaction.
 */
void tx_start(struct tx *tx, struct db *db, void *conn, struct arena *a, bool write);

/*
 * Calls fn under an arena guard; every run that was left open is ended. The first failed statement
 * wins over OK.
 */
struct err tx_call(struct tx *tx, db_fn *fn, void *in);

/* Our own mistake to call db_read or db_write inside a transaction of the same database. */
void tx_refuse_nested(const struct db *db);
bool tx_inside(const struct db *db);

/* Notes that a statement failed and gives e back. */
struct err tx_fail(struct tx *tx, struct err e);

/* A result that is not what :out declares: our own mistake. */
[[gnu::noreturn]] void tx_wrong_type(const struct db_run *run, int n);
static inline bool tx_nullable(const struct db_run *run, int n)
{
        return run->stmt->out_types[n] < 'a';
}

/* sights.c: what the row that run stands on tells about people. */
void sights_add(struct db_run *run);

/* Looks at purpose and clock. inside: in a transaction that sees the tables. */
void db_clock_look(struct tx *tx);

#endif
