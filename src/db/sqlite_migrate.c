/* Migrations on SQLite: on the writer's connection, between its transactions. */
#include "base/log.h"
#include "db/sqlite.h"
#include "os/clock.h"

#include <string.h>

static struct err sql_err(sqlite3 *sql, struct arena *a)
{
        const char *words = sqlite3_errmsg(sql);

        return sqlite_err(sql, sqlite3_extended_errcode(sql), arena_dup(a, words, strlen(words)));
}

struct err sqlite_read_applied(sqlite3 *sql, struct arena *a, struct db_migration **list, int *n)
{
        sqlite3_stmt *st;
        int rc;

        *n = 0;
        *list = arena_array(a, struct db_migration, (size_t)db_migration_count + 1);
        if (sqlite3_table_column_metadata(sql, NULL, "db_migration", "number", NULL, NULL, NULL,
                                          NULL, NULL) != SQLITE_OK)
                return OK;
        if (sqlite3_prepare_v2(sql, "SELECT number, name FROM db_migration ORDER BY number", -1,
                               &st, NULL) != SQLITE_OK)
                return sql_err(sql, a);
        /* One more than we know is enough to see that there are more. */
        while ((rc = sqlite3_step(st)) == SQLITE_ROW && *n <= db_migration_count) {
                const char *name = (const char *)sqlite3_column_text(st, 1);
                (*list)[*n].number = sqlite3_column_int(st, 0);
                (*list)[(*n)++].name = arena_dup(a, name, strlen(name));
        }
        struct err e = rc == SQLITE_ROW || rc == SQLITE_DONE ? OK : sql_err(sql, a);
        sqlite3_finalize(st);
        return e;
}

static struct err note(struct sqlite_conn *c, struct arena *a, const struct db_migration *m)
{
        sqlite3_stmt *st;

        if (sqlite3_prepare_v2(
                    c->sql, "INSERT INTO db_migration (number, name, applied_at) VALUES (?, ?, ?)",
                    -1, &st, NULL))
                return sql_err(c->sql, a);
        sqlite3_bind_int(st, 1, m->number);
        sqlite3_bind_text(st, 2, m->name, -1, SQLITE_STATIC);
        sqlite3_bind_int64(st, 3, clock_seconds());
        struct err e = sqlite3_step(st) == SQLITE_DONE ? OK : sql_err(c->sql, a);
        sqlite3_finalize(st);
        return e;
}

static struct err check_references(struct sqlite_conn *c, struct arena *a)
{
        sqlite3_stmt *st;

        if (sqlite3_prepare_v2(c->sql, "PRAGMA foreign_key_check", -1, &st, NULL) != SQLITE_OK)
                return sql_err(c->sql, a);
        int rc = sqlite3_step(st);
        struct err e = OK;
        if (rc != SQLITE_DONE) {
                e = FAIL(ERR_BROKEN,
                         M_("A change of the database would leave rows without what they belong "
                            "to."),
                         M_("Nothing was changed. Stay on the version before, and report this."));
                e.detail = arena_dup(a, "foreign_key_check", 17);
        }
        sqlite3_finalize(st);
        return e;
}

static struct err apply_in_transaction(struct sqlite_conn *c, struct arena *a,
                                       const struct db_migration *m)
{
        struct db_migration *applied;
        int n;

        TRY(sqlite_exec(c, DB_MIGRATION_TABLE("INTEGER") " STRICT"));
        TRY(sqlite_read_applied(c->sql, a, &applied, &n));
        if (n && applied[n - 1].number >= m->number)
                return OK;
        if (sqlite3_exec(c->sql, m->sqlite, NULL, NULL, NULL) != SQLITE_OK)
                return sql_err(c->sql, a);
        TRY(note(c, a, m));
        return check_references(c, a);
}

static struct err apply(struct sqlite_conn *c, struct arena *a, const struct db_migration *m)
{
        char label[64];

        TRY(sqlite_say(c, WORD_BEGIN_IMMEDIATE));
        struct err e = apply_in_transaction(c, a, m);
        if (!failed(e))
                e = sqlite_say(c, WORD_COMMIT);
        if (!sqlite3_get_autocommit(c->sql))
                (void)failed(sqlite_say(c, WORD_ROLLBACK));
        if (failed(e)) {
                db_migration_label(m, label);
                e.place = arena_dup(a, label, strlen(label));
        } else {
                log_write(LOG_INFO, "db.migrated number=%d name=%s", m->number, m->name);
        }
        return e;
}

/*
 * A table can only be rebuilt with foreign keys off; they are checked before each commit instead.
 */
static struct err migrate(struct sqlite_conn *c, struct arena *a, void *in)
{
        struct db_migration *applied;
        struct err e;
        int n;
        int done;

        TRY(sqlite_read_applied(c->sql, a, &applied, &n));
        TRY(db_migrations_done(applied, n, &done));
        TRY(sqlite_exec(c, "PRAGMA foreign_keys = OFF"));
        for (e = OK; done < *(const int *)in && !failed(e); done++)
                e = apply(c, a, &db_migrations[done]);
        struct err on = sqlite_exec(c, "PRAGMA foreign_keys = ON");
        return failed(e) ? e : on;
}

struct err sqlite_migrate(struct db *db, struct arena *a, int upto)
{
        return sqlite_alone(db, a, migrate, &upto);
}

struct listing {
        struct db_migration *list;
        int n;
};

static struct err list_applied(struct sqlite_conn *c, struct arena *a, void *in)
{
        struct listing *l = in;

        return sqlite_read_applied(c->sql, a, &l->list, &l->n);
}

struct err sqlite_applied(struct db *db, struct arena *a, struct db_migration **list, int *n)
{
        struct listing l = {0};

        TRY(sqlite_alone(db, a, list_applied, &l));
        *list = l.list;
        *n = l.n;
        return OK;
}
