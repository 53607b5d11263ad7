/*
 * Backup and restore on SQLite. VACUUM INTO leaves nothing behind of what was deleted, and no
 * writer waits for it.
 */
#include "db/backup.h"
#include "db/sqlite.h"

#include <string.h>
#include <unistd.h>

static struct err copy_out(struct sqlite_conn *c, struct arena *a, void *in)
{
        sqlite3_stmt *st;

        if (sqlite3_prepare_v2(c->sql, "VACUUM INTO ?1", -1, &st, NULL) != SQLITE_OK)
                return backup_sql_err(c->sql, a);
        sqlite3_bind_text(st, 1, in, -1, SQLITE_STATIC);
        struct err e = sqlite3_step(st) == SQLITE_DONE ? OK : backup_sql_err(c->sql, a);
        sqlite3_finalize(st);
        return e;
}

struct err sqlite_backup(struct db *db, struct arena *a, const char *path)
{
        struct sqlite_own *own = db->own;
        struct sqlite_conn *c;
        char *target = arena_dup(a, path, strlen(path));

        if (own->memory)
                return sqlite_alone(db, a, copy_out, target);
        TRY(sqlite_conn_open(own, SQLITE_USE_CHECKPOINT, &c));
        sqlite3_busy_timeout(c->sql, 10000);
        sqlite3_progress_handler(c->sql, BACKUP_STEPS, backup_ending, NULL);
        struct err e = copy_out(c, a, target);
        sqlite_conn_close(c);
        return e;
}

/* All pages in one step: all or nothing. */
static struct err copy_in(struct sqlite_conn *c, struct arena *a, void *in)
{
        sqlite3_backup *b = sqlite3_backup_init(c->sql, "main", in, "main");

        if (!b)
                return backup_sql_err(c->sql, a);
        sqlite3_backup_step(b, -1);
        int rc = sqlite3_backup_finish(b);
        return rc == SQLITE_OK ? OK : sqlite_err(c->sql, rc, NULL);
}

struct err sqlite_restore(struct db *db, struct arena *a, const char *path, bool whole)
{
        sqlite3 *from;

        (void)whole;                    /* db_restore() migrates afterwards */
        TRY(backup_open(path, SQLITE_OPEN_READONLY, &from));
        struct err e = sqlite_alone(db, a, copy_in, from);
        sqlite3_close(from);
        return e;
}

/* A database without a single page, over whatever is there. */
static struct err empty_out(struct db *db, struct arena *a)
{
        sqlite3 *nothing;

        if (sqlite3_open_v2(":memory:", &nothing, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
                            NULL) != SQLITE_OK)
                return sqlite_err(nothing, SQLITE_NOMEM, NULL);
        struct err e = sqlite_alone(db, a, copy_in, nothing);
        sqlite3_close(nothing);
        return e;
}

struct err sqlite_set_aside(struct db *db, struct arena *a, const char *name)
{
        struct sqlite_own *own = db->own;
        const char *beside = text_format(a, "%s.%s", own->path, name).p;

        TRY(backup_create(beside));
        struct err e = sqlite_backup(db, a, beside);
        if (!failed(e))
                e = backup_sync(beside);
        if (failed(e)) {
                unlink(beside);
                return e;
        }
        return empty_out(db, a);
}

static struct err count(struct sqlite_conn *c, struct arena *a, const char *query, int64_t *out)
{
        sqlite3_stmt *st;

        if (sqlite3_prepare_v2(c->sql, query, -1, &st, NULL) != SQLITE_OK)
                return backup_sql_err(c->sql, a);
        struct err e = sqlite3_step(st) == SQLITE_ROW ? OK : backup_sql_err(c->sql, a);
        *out = sqlite3_column_int64(st, 0);
        sqlite3_finalize(st);
        return e;
}

struct measuring {
        const char *table;
        struct db_table_size *out;
};

/* What its rows hold; SQLite keeps no count of a table's pages without an extension. */
static struct err measure(struct sqlite_conn *c, struct arena *a, void *in)
{
        struct measuring *m = in;

        *m->out = (struct db_table_size) {0};
        if (sqlite3_table_column_metadata(c->sql, NULL, m->table, NULL, NULL, NULL, NULL, NULL,
                                          NULL) != SQLITE_OK)
                return OK;
        m->out->there = true;
        return count(c, a, text_format(a, "SELECT count(*) FROM %s", m->table).p, &m->out->rows);
}

struct err sqlite_measure(struct db *db, struct arena *a, const char *table,
                          struct db_table_size *out)
{
        return sqlite_alone(db, a, measure, &(struct measuring) {table, out});
}
