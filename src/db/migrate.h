/* The migrations that sqlgen embeds, and how they are applied. Private to db/: others call db_migrate() in db/db.h. */
#ifndef TELEMACHUS_DB_MIGRATE_H
#define TELEMACHUS_DB_MIGRATE_H

struct db_migration {
        int number;                     /* ascending, gaps allowed */
        const char *name;               /* care */
        const char *sqlite;
        const char *postgres;
};

extern const struct db_migration db_migrations[];      /* generated; ends with number 0 */
extern const int db_migration_count;

#endif
