/* What the parts of the SQLite driver share. Private to sqlite*.c. */
#ifndef TELEMACHUS_DB_SQLITE_H
#define TELEMACHUS_DB_SQLITE_H

#include "db/driver.h"
#include "db/pool.h"

#include <semaphore.h>
#include <sqlite3.h>

/* A statement in a connection's cache; prepared at its first use and kept. */
struct sqlite_run {
        struct db_run run;
        sqlite3_stmt *st;
        int rc;                         /* of a bind that failed; told by the next step */
};

enum sqlite_word {
        WORD_BEGIN,
        WORD_BEGIN_IMMEDIATE,
        WORD_COMMIT,
        WORD_ROLLBACK,
        WORD_SAVEPOINT,
        WORD_RELEASE,
        WORD_UNDO,
        WORDS
};

struct sqlite_conn {
        sqlite3 *sql;
        sqlite3_stmt *word[WORDS];
        struct sqlite_run *cache;       /* db_stmt_count of them */
};

typedef struct err sqlite_alone_fn(struct sqlite_conn *c, struct arena *a, void *in);

/* A write that waits for the writer thread; lives on the caller's stack. */
struct sqlite_job {
        struct sqlite_job *next;
        struct arena *arena;
        struct arena_mark mark;
        db_fn *fn;                      /* in a transaction ... */
        void *in;
        sqlite_alone_fn *alone;         /* ... or outside of any */
        struct err result;
        sem_t done;
};

struct sqlite_own {
        struct db *db;
        char *path;
        bool memory;
        struct pool readers;
        struct sqlite_conn *writer;
        pthread_mutex_t lock;           /* memory: of the connection; else: of what follows */
        pthread_cond_t work;
        struct sqlite_job *first, **last;
        bool stop;
        pthread_t writer_thread;
        /* checkpointer */
        struct sqlite_conn *checkpointer;
        pthread_t checkpointer_thread;
        bool checkpointer_stop;
        pthread_cond_t wake;
        pthread_mutex_t wake_lock;
        _Atomic int wal_pages;          /* in the write-ahead log, as the last commit said */
        _Atomic int64_t last_commit_us;
};

enum sqlite_use { SQLITE_USE_READ, SQLITE_USE_WRITE, SQLITE_USE_CHECKPOINT };

/* sqlite.c */
struct err sqlite_conn_open(struct sqlite_own *own, enum sqlite_use use, struct sqlite_conn **out);
void sqlite_conn_close(struct sqlite_conn *c);
struct err sqlite_exec(struct sqlite_conn *c, const char *sql);
struct err sqlite_say(struct sqlite_conn *c, enum sqlite_word word);

/* sqlite_run.c: the driver's functions for generated code. */
struct err sqlite_begin(struct tx *tx, const struct db_stmt *stmt, struct db_run **run);
void sqlite_bind_int(struct db_run *run, int n, int64_t v);
void sqlite_bind_real(struct db_run *run, int n, double v);
void sqlite_bind_text(struct db_run *run, int n, struct text v);
void sqlite_bind_blob(struct db_run *run, int n, struct text v);
void sqlite_bind_null(struct db_run *run, int n);
struct err sqlite_step(struct db_run *run, bool *row);
bool sqlite_col_null(struct db_run *run, int n);
int64_t sqlite_col_int(struct db_run *run, int n);
double sqlite_col_real(struct db_run *run, int n);
struct text sqlite_col_text(struct db_run *run, int n);
struct text sqlite_col_blob(struct db_run *run, int n);
int64_t sqlite_changes(struct db_run *run);
void sqlite_end(struct db_run *run);

/* sqlite_err.c: what an SQLite result code means to a person. detail is static or NULL. */
struct err sqlite_err(sqlite3 *sql, int rc, const char *detail);

/* sqlite_write.c: the writer thread and its queue. */
void sqlite_writer_start(struct sqlite_own *own);
void sqlite_writer_stop(struct sqlite_own *own);
struct err sqlite_write(struct db *db, struct arena *a, db_fn *fn, void *in, bool loose);
struct err sqlite_alone(struct db *db, struct arena *a, sqlite_alone_fn *fn, void *in);

/* sqlite_checkpoint.c */
struct err sqlite_checkpointer_start(struct sqlite_own *own);
void sqlite_checkpointer_stop(struct sqlite_own *own);

/* sqlite_migrate.c */
struct err sqlite_read_applied(sqlite3 *sql, struct arena *a, struct db_migration **list, int *n);
struct err sqlite_migrate(struct db *db, struct arena *a, int upto);
struct err sqlite_applied(struct db *db, struct arena *a, struct db_migration **list, int *n);

/* sqlite_backup.c */
struct err sqlite_backup(struct db *db, struct arena *a, const char *path);
struct err sqlite_restore(struct db *db, struct arena *a, const char *path, bool whole);
struct err sqlite_set_aside(struct db *db, struct arena *a, const char *name);
struct err sqlite_measure(struct db *db, struct arena *a, const char *table,
                          struct db_table_size *out);

#endif
