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

struct err db_migrate(struct db *db, struct arena *a)
{
        int done;

        tx_refuse_nested(db);
        TRY(count_done(db, a, &done));
        if (done < db_migration_count)
                TRY(db->driver->migrate(db, a));
        atomic_store(&db->migrated, true);
        return OK;
}

/*
 * "CREATE TABLE care_flag" of a statement that begins here: its words up to the bracket or the
 * semicolon.
 */
static void out_head(struct out *o, const char *p)
{
        size_t n = strcspn(p, "(;");

        out_c(o, "        ");
        for (size_t i = 0; i < n; i++)
                if (!isspace((unsigned char)p[i]))
                        out_char(o, p[i]);
                else if (i + 1 < n && !isspace((unsigned char)p[i + 1]))
                        out_char(o, ' ');
        out_char(o, '\n');
}

/* Each line that begins at the margin begins a statement; schema files are written like that. */
static void out_migration(struct out *o, const struct db_migration *m, const char *text)
{
        char label[64];

        out_format(o, "%s\n", db_migration_label(m, label));
        for (const char *p = text; p; p = strchr(p, '\n')) {
                p += *p == '\n';
                if (isalpha((unsigned char)*p))
                        out_head(o, p);
        }
}

struct err db_migrate_plan(struct db *db, struct arena *a, struct text *out)
{
        struct out o = out_new(a, 1024);
        int done;

        tx_refuse_nested(db);
        TRY(count_done(db, a, &done));
        for (int i = done; i < db_migration_count; i++) {
                const struct db_migration *m = &db_migrations[i];
                out_migration(&o, m, db_engine(db) == DB_SQLITE ? m->sqlite : m->postgres);
        }
        *out = out_get(&o);
        return OK;
}
