/*
 * The migrations that sqlgen embeds, and how they are applied. Private to db/: others call
 * db_migrate() in db/db.h.
 */
#ifndef TELEMACHUS_DB_MIGRATE_H
#define TELEMACHUS_DB_MIGRATE_H

#include "base/err.h"

#include <stdint.h>

struct db_migration {
        int number;                     /* ascending, gaps allowed */
        const char *name;               /* care */
        const char *sqlite;
        const char *postgres;
};

struct db_table_size { bool there; int64_t rows, bytes; };

extern const struct db_migration db_migrations[];      /* generated; ends with number 0 */
extern const int db_migration_count;

/* Bookkeeping; not a migration itself. applied_at is the machine's UTC seconds. */
#define DB_MIGRATION_TABLE(int_) \
        "CREATE TABLE IF NOT EXISTS db_migration (number " int_ " NOT NULL PRIMARY KEY," \
        " name TEXT NOT NULL," \
        " applied_at " int_ " NOT NULL)"

/*
 * How many of ours were applied. Broken when the database's list is not the beginning of ours:
 * another program's, or a newer version's.
 */
struct err db_migrations_done(const struct db_migration *applied, int n, int *done);

/* "0003_care", in out. */
const char *db_migration_label(const struct db_migration *m, char out[64]);

#endif
