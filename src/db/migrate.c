#include "db/migrate.h"

#include "base/out.h"
#include "db/driver.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

const char *db_migration_label(const struct db_migration *m, char out[64])
{
        snprintf(out, 64, "%04d_%s", m->number, m->name);
        return out;
}

struct err db_migrations_done(const struct db_migration *applied, int n, int *done)
{
        if (n > db_migration_count)
                return FAIL(ERR_BROKEN, M_("This database was made by a newer version."),
                            M_("Start that version, or a later one."));
        for (int i = 0; i < n; i++)
                if (applied[i].number != db_migrations[i].number ||
                    strcmp(applied[i].name, db_migrations[i].name) != 0)
                        return FAIL(ERR_BROKEN,
                                    M_("This database has another history than this version."),
                                    M_("Start the version that made it, or restore a backup."));
        *done = n;
        return OK;
}

static struct err count_done(struct db *db, struct arena *a, int *done)
{
        struct db_migration *applied;
        int n;

        TRY(db->driver->applied(db, a, &applied, &n));
        return db_migrations_done(applied, n, done);
}

struct err db_migrated(struct db *db, struct arena *a, bool *up_to_date)
{
        int done = db_migration_count;

        if (!atomic_load(&db->migrated)) {
                tx_refuse_nested(db);
                TRY(count_done(db, a, &done));
        }
        *up_to_date = done == db_migration_count;
        atomic_store(&db->migrated, *up_to_date);
        return OK;
}

struct err db_empty(struct db *db, struct arena *a, bool *empty)
{
        struct db_migration *applied;
        int n;

        tx_refuse_nested(db);
        TRY(db->driver->applied(db, a, &applied, &n));
        *empty = n == 0;
        return OK;
}

struct err db_schema_version(struct db *db, struct arena *a, struct text *out)
{
        struct db_migration *applied;
        char label[64];
        int n;

        tx_refuse_nested(db);
        TRY(db->driver->applied(db, a, &applied, &n));
        *out = n ? text_copy(a, text_of(db_migration_label(&applied[n - 1], label))) : TEXT_ABSENT;
        return OK;
}

struct err db_migrate(struct db *db, struct arena *a)
{
        int done;

        tx_refuse_nested(db);
        TRY(count_done(db, a, &done));
        if (done < db_migration_count)
                TRY(db->driver->migrate(db, a, db_migration_count));
        atomic_store(&db->migrated, true);
        return OK;
}

/* ---- the plan ---- */

struct plan {
        struct db *db;
        struct arena *a;
        struct out out;
        int64_t seconds;                /* a guess at all of it */
};

/* Rows that an engine of ours rewrites or indexes in a second on a small machine; a careful guess. */
enum { ROWS_A_SECOND = 200000 };

/*
 * "CREATE TABLE care_flag" of a statement that begins here: its words up to the bracket or the
 * semicolon.
 */
static struct text head_of(struct arena *a, const char *p)
{
        size_t n = strcspn(p, "(;");
        struct out o = out_new(a, n + 1);

        for (size_t i = 0; i < n; i++)
                if (!isspace((unsigned char)p[i]))
                        out_char(&o, p[i]);
                else if (i + 1 < n && !isspace((unsigned char)p[i + 1]))
                        out_char(&o, ' ');
        return out_get(&o);
}

/* The table that a statement changes, or NULL when it makes a new one; rows: it reads all of them. */
static const char *changed_table(struct arena *a, struct text head, bool *rows)
{
        static const struct { const char *before; bool rows; } ways[] = {
                {"ALTER TABLE ", false}, {"DROP TABLE ", false}, {"UPDATE ", true},
                {"DELETE FROM ", true},  {"INSERT INTO ", false}, {" ON ", true},
        };

        for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
                const char *at = strstr(head.p, ways[i].before);
                if (!at || (at != head.p && ways[i].before[0] != ' '))
                        continue;
                at += strlen(ways[i].before);
                *rows = ways[i].rows;
                return arena_dup(a, at, strcspn(at, " "));
        }
        return NULL;
}

/* Nothing is known of a table that this very plan makes; nothing need be. */
static struct err out_cost(struct plan *p, struct text head)
{
        struct db_table_size size;
        bool rows = false;
        const char *table = text_starts(head, "CREATE TABLE") ? NULL : changed_table(p->a, head, &rows);

        if (!table)
                return OK;
        TRY(p->db->driver->measure(p->db, p->a, table, &size));
        if (!size.there)
                return OK;
        int64_t seconds = rows ? size.rows / ROWS_A_SECOND : 0;
        p->seconds += seconds;
        out_format(&p->out, "                %lld rows", (long long)size.rows);
        if (size.bytes)
                out_format(&p->out, ", %.1f MB", (double)size.bytes / 1e6);
        out_format(&p->out, "; %s for %s", rows ? "nobody writes to it" : "nobody reads or writes it",
                   seconds ? "about " : "less than a second\n");
        if (seconds)
                out_format(&p->out, "%lld s\n", (long long)seconds);
        return OK;
}

/* Each line that begins at the margin begins a statement; schema files are written like that. */
static struct err out_migration(struct plan *plan, const struct db_migration *m, const char *text)
{
        char label[64];

        out_format(&plan->out, "%s\n", db_migration_label(m, label));
        for (const char *p = text; p; p = strchr(p, '\n')) {
                p += *p == '\n';
                if (!isalpha((unsigned char)*p))
                        continue;
                struct text head = head_of(plan->a, p);
                out_format(&plan->out, "        %s\n", head.p);
                TRY(out_cost(plan, head));
        }
        return OK;
}

struct err db_migrate_plan(struct db *db, struct arena *a, struct text *out)
{
        struct plan p = {.db = db, .a = a, .out = out_new(a, 1024)};
        int done;

        tx_refuse_nested(db);
        TRY(count_done(db, a, &done));
        for (int i = done; i < db_migration_count; i++) {
                const struct db_migration *m = &db_migrations[i];
                TRY(out_migration(&p, m, db_engine(db) == DB_SQLITE ? m->sqlite : m->postgres));
        }
        if (p.seconds)
                out_format(&p.out, "About %lld s in all, with the program stopped.\n", (long long)p.seconds);
        *out = out_get(&p.out);
        return OK;
}
