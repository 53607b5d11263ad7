/* Is a backup worth keeping? */
#include "db/backup.h"
#include "db/driver.h"
#include "db/sqlite.h"

#include <string.h>

static struct err damaged(const char *detail)
{
        struct err e = FAIL(ERR_BROKEN, M_("This backup is damaged."), M_("Try another one."));

        e.detail = detail;
        return e;
}

/* The first row of a check that says nothing, or "ok", when all is well. */
static struct err check(sqlite3 *sql, struct arena *a, const char *pragma)
{
        sqlite3_stmt *st;
        struct err e = OK;

        if (sqlite3_prepare_v2(sql, pragma, -1, &st, NULL) != SQLITE_OK)
                return backup_sql_err(sql, a);
        int rc = sqlite3_step(st);
        const char *words = rc == SQLITE_ROW ? (const char *)sqlite3_column_text(st, 0) : NULL;
        if (rc != SQLITE_DONE && !(words && strcmp(words, "ok") == 0))
                e = damaged(
                        text_format(a, "%s: %s", pragma, words ? words : sqlite3_errmsg(sql)).p);
        sqlite3_finalize(st);
        return e;
}

static struct err number(sqlite3 *sql, struct arena *a, const char *query, int64_t *out)
{
        sqlite3_stmt *st;

        if (sqlite3_prepare_v2(sql, query, -1, &st, NULL) != SQLITE_OK)
                return backup_sql_err(sql, a);
        struct err e = sqlite3_step(st) == SQLITE_ROW ? OK : backup_sql_err(sql, a);
        *out = sqlite3_column_int64(st, 0);
        sqlite3_finalize(st);
        return e;
}

static struct err look_into(sqlite3 *sql, struct arena *a, struct db_backup_facts *out)
{
        struct db_migration *applied;
        struct backup_tables tables;
        char label[64];
        int64_t n;
        int done;
        int count;

        TRY(check(sql, a, "PRAGMA integrity_check"));
        TRY(check(sql, a, "PRAGMA foreign_key_check"));
        TRY(sqlite_read_applied(sql, a, &applied, &count));
        if (count == 0)
                return damaged("no db_migration");
        TRY(db_migrations_done(applied, count, &done));
        out->version = text_copy(a, text_of(db_migration_label(&applied[count - 1], label)));
        TRY(number(sql, a,
                   "SELECT coalesce(max(CASE value WHEN 'demo' THEN 1 WHEN 'test' THEN 2 ELSE 0 "
                   "END), 0)"
                   " FROM db_meta WHERE key = 'purpose'",
                   &n));
        out->purpose = (enum db_purpose)n;
        TRY(backup_list_tables(sql, a, &tables));
        out->tables = tables.n;
        out->table = arena_array(a, struct db_table_rows, (size_t)tables.n + 1);
        for (int i = 0; i < tables.n; i++) {
                TRY(number(sql, a,
                           text_format(a, "SELECT count(*) FROM %s", tables.table[i].name).p, &n));
                out->table[i] = (struct db_table_rows) {tables.table[i].name, n};
                out->rows += n;
        }
        return OK;
}

struct err db_backup_check(struct arena *a, const char *path, struct db_backup_facts *out)
{
        sqlite3 *sql;

        *out = (struct db_backup_facts) {0};
        TRY(backup_open(path, SQLITE_OPEN_READONLY, &sql));
        struct err e = look_into(sql, a, out);
        sqlite3_close(sql);
        return e;
}
