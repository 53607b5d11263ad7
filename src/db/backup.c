#include "db/backup.h"

#include "base/out.h"
#include "db/driver.h"
#include "db/sqlite.h"
#include "os/process.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

struct err db_backup(struct db *db, struct arena *a, const char *path)
{
        struct db_backup_facts facts;

        tx_refuse_nested(db);
        TRY(backup_create(path));
        struct err e = db->driver->backup(db, a, path);
        if (!failed(e))
                e = backup_sync(path);
        if (!failed(e))
                e = db_backup_check(a, path, &facts);
        if (failed(e)) {
                unlink(path);
                unlink(text_format(a, "%s-journal", path).p);
        }
        return e;
}

struct err db_restore_over(struct db *db, struct arena *a, const char *path, bool as_it_was)
{
        tx_refuse_nested(db);
        TRY(db->driver->restore(db, a, path, !as_it_was));
        atomic_store(&db->purpose, -1);
        atomic_store(&db->looked_us, 0);
        atomic_store(&db->migrated, false);
        return as_it_was ? OK : db_migrate(db, a);
}

struct err db_restore(struct db *db, struct arena *a, const char *path)
{
        struct db_backup_facts facts;
        bool empty;

        tx_refuse_nested(db);
        TRY(db_empty(db, a, &empty));
        if (!empty)
                return FAIL(ERR_CONFLICT, M_("There is data here already."),
                            M_("Restore into a new data folder or database."));
        TRY(db_backup_check(a, path, &facts));
        return db_restore_over(db, a, path, false);
}

struct err db_set_aside(struct db *db, struct arena *a, const char *name)
{
        tx_refuse_nested(db);
        TRY(db->driver->set_aside(db, a, name));
        atomic_store(&db->purpose, -1);
        atomic_store(&db->looked_us, 0);
        atomic_store(&db->migrated, false);
        return OK;
}

struct err backup_sql_err(sqlite3 *sql, struct arena *a)
{
        const char *words = sqlite3_errmsg(sql);

        return sqlite_err(sql, sqlite3_extended_errcode(sql), arena_dup(a, words, strlen(words)));
}

int backup_ending(void *nothing)
{
        (void)nothing;
        return process_ending();
}

struct err backup_open(const char *path, int flags, sqlite3 **sql)
{
        int rc = sqlite3_open_v2(path, sql, flags | SQLITE_OPEN_NOMUTEX, NULL);

        if (rc == SQLITE_OK)
                rc = sqlite3_exec(*sql,
                                  "PRAGMA trusted_schema = OFF; SELECT count(*) FROM sqlite_schema",
                                  NULL, NULL, NULL);
        if (rc == SQLITE_OK) {
                sqlite3_progress_handler(*sql, BACKUP_STEPS, backup_ending, NULL);
                return OK;
        }
        struct err e = FAIL(ERR_BROKEN, M_("This file is not a backup, or it is damaged."),
                            M_("Try another backup."));
        e.detail = sqlite3_errstr(rc);
        sqlite3_close(*sql);
        return e;
}

struct err backup_create(const char *path)
{
        int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

        if (fd >= 0) {
                close(fd);
                return OK;
        }
        if (errno == EEXIST)
                return FAIL_AT(ERR_CONFLICT, M_("There is a file of that name already."), path,
                               M_("Choose another name."));
        return FAIL_AT(ERR_UPSTREAM, M_("The file cannot be written."), path,
                       M_("Check the folder and who owns it."));
}

static bool sync_one(const char *path, int flags)
{
        int fd = open(path, flags | O_CLOEXEC);
        bool done = fd >= 0 && fsync(fd) == 0;

        if (fd >= 0)
                close(fd);
        return done;
}

struct err backup_sync(const char *path)
{
        char folder[4096];
        const char *slash = strrchr(path, '/');
        size_t n = slash ? (size_t)(slash - path) + 1 : 1;

        must(n < sizeof folder);
        memcpy(folder, slash ? path : ".", n);
        folder[n] = 0;
        if (sync_one(path, O_RDONLY) && sync_one(folder, O_RDONLY | O_DIRECTORY))
                return OK;
        return FAIL_AT(ERR_UPSTREAM, M_("The file did not reach the disk."), path,
                       M_("Check the disk, then try again."));
}

enum { MAX_TABLES = 512 };

static struct err names(sqlite3 *sql, struct arena *a, const char *name[MAX_TABLES], int *n)
{
        sqlite3_stmt *st;
        int rc;

        *n = 0;
        rc = sqlite3_prepare_v2(
                sql,
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'db_migration'"
                " AND name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY name",
                -1, &st, NULL);
        if (rc != SQLITE_OK)
                return backup_sql_err(sql, a);
        while ((rc = sqlite3_step(st)) == SQLITE_ROW && *n < MAX_TABLES)
                name[(*n)++] = arena_dup(a, sqlite3_column_text(st, 0),
                                         (size_t)sqlite3_column_bytes(st, 0));
        sqlite3_finalize(st);
        must(*n < MAX_TABLES);
        return rc == SQLITE_DONE ? OK : backup_sql_err(sql, a);
}

static bool is_placed(const struct backup_tables *t, const char *name)
{
        for (int i = 0; i < t->n; i++)
                if (strcmp(t->table[i].name, name) == 0)
                        return true;
        return false;
}

/* Does everything that the table refers to stand in t already? A list that breaks off is no answer. */
static struct err is_ready(sqlite3 *sql, struct arena *a, const struct backup_tables *t,
                           const char *name, bool *ready)
{
        sqlite3_stmt *st;
        int rc;

        *ready = true;
        if (sqlite3_prepare_v2(sql, "SELECT \"table\" FROM pragma_foreign_key_list(?1)", -1, &st,
                               NULL) != SQLITE_OK)
                return backup_sql_err(sql, a);
        rc = sqlite3_bind_text(st, 1, name, -1, SQLITE_STATIC);
        while (rc == SQLITE_OK && *ready && (rc = sqlite3_step(st)) == SQLITE_ROW) {
                const char *parent = (const char *)sqlite3_column_text(st, 0);
                must(parent);
                *ready = strcmp(parent, name) == 0 || is_placed(t, parent);
                rc = SQLITE_OK;
        }
        struct err e = rc == SQLITE_OK || rc == SQLITE_DONE ? OK : backup_sql_err(sql, a);
        sqlite3_finalize(st);
        return e;
}

static struct err place(sqlite3 *sql, struct arena *a, const char *name, struct backup_tables *t)
{
        struct backup_table *b = &t->table[t->n];
        sqlite3_stmt *st;

        if (sqlite3_prepare_v2(sql, text_format(a, "SELECT * FROM %s", name).p, -1, &st, NULL) !=
            SQLITE_OK)
                return backup_sql_err(sql, a);
        b->name = name;
        b->n = sqlite3_column_count(st);
        b->column = arena_array(a, const char *, (size_t)b->n);
        for (int i = 0; i < b->n; i++)
                b->column[i] = arena_dup(a, sqlite3_column_name(st, i),
                                         strlen(sqlite3_column_name(st, i)));
        sqlite3_finalize(st);
        t->n++;
        return OK;
}

struct err backup_list_tables(sqlite3 *sql, struct arena *a, struct backup_tables *out)
{
        const char *name[MAX_TABLES];
        int n;
        int before;

        TRY(names(sql, a, name, &n));
        *out = (struct backup_tables) {.table = arena_array(a, struct backup_table, (size_t)n + 1)};
        do {
                before = out->n;
                for (int i = 0; i < n; i++) {
                        bool ready = false;
                        if (!is_placed(out, name[i]))
                                TRY(is_ready(sql, a, out, name[i], &ready));
                        if (ready)
                                TRY(place(sql, a, name[i], out));
                }
        } while (out->n > before);
        must(out->n == n); /* tables that refer to each other in a circle could not be restored */
        return OK;
}

const char *backup_columns(struct arena *a, const struct backup_table *t)
{
        struct out o = out_new(a, 256);

        for (int i = 0; i < t->n; i++)
                out_format(&o, "%s%s", i ? ", " : "", t->column[i]);
        return out_get(&o).p;
}
