/*
 * Backup and restore on SQLite. VACUUM INTO leaves nothing behind of what was deleted, and no
 * writer waits for it.
 */
#include "db/backup.h"
#include "db/sqlite.h"

#include <string.h>

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

struct err sqlite_restore(struct db *db, struct arena *a, const char *path)
{
        sqlite3 *from;

        TRY(backup_open(path, SQLITE_OPEN_READONLY, &from));
        struct err e = sqlite_alone(db, a, copy_in, from);
        sqlite3_close(from);
        return e;
}
