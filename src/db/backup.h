/* What backups of both engines share: the SQLite file and its tables. Private to db/. */
#ifndef TELEMACHUS_DB_BACKUP_H
#define TELEMACHUS_DB_BACKUP_H

#include "db/db.h"

#include <sqlite3.h>

struct backup_table {
        const char *name;
        int n;                          /* columns */
        const char **column;
};

struct backup_tables {
        int n;
        /* what is referred to stands before what refers to it; without db_migration */
        struct backup_table *table;
};

struct err backup_open(const char *path, int flags, sqlite3 **sql);
struct err backup_sql_err(sqlite3 *sql, struct arena *a);
struct err backup_list_tables(sqlite3 *sql, struct arena *a, struct backup_tables *out);

/* "a, b, c" */
const char *backup_columns(struct arena *a, const struct backup_table *t);

/* For sqlite3_progress_handler(): long work ends with the program. */
enum { BACKUP_STEPS = 100000 };
int backup_ending(void *nothing);

/* An empty file that only its owner may read; conflict if there is one. */
struct err backup_create(const char *path);

/* The file and its folder reach the disk. */
struct err backup_sync(const char *path);

#endif
