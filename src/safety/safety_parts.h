/* What the files of safety/ share. Private to safety/. */
#ifndef TELEMACHUS_SAFETY_SAFETY_PARTS_H
#define TELEMACHUS_SAFETY_SAFETY_PARTS_H

#include "os/archive.h"
#include "safety/safety.h"

#define SAFETY_FIRST "TELEMACHUS"
#define SAFETY_DATABASE "database.sqlite"
#define SAFETY_DATA "data/"
#define SAFETY_MANIFEST "manifest.json"
#define SAFETY_SUM "manifest.sum"
#define SAFETY_UNFINISHED "restore-unfinished"
#define SAFETY_STAGE "restoring"

enum { SAFETY_FORMAT = 1 };

struct safety_file { const char *name; int64_t size; unsigned char hash[ARCHIVE_HASH]; };
struct safety_files { size_t n, room; struct safety_file *row; };

struct safety_manifest {
        int64_t format;
        struct safety_facts facts;
        size_t n_tables;
        struct db_table_rows *table;
        struct safety_files files;
};

/* A new row at the end; name is copied. */
struct safety_file *safety_files_add(struct arena *a, struct safety_files *f, const char *name);

struct text safety_manifest_write(struct arena *a, const struct safety_manifest *m);
/* Invalid when it is none, conflict when its format is newer than this program. */
struct err safety_manifest_read(struct arena *a, struct text json, struct safety_manifest *out);

void safety_step(const struct safety_say *say, const char *what, int64_t done, int64_t all);

/*
 * All members into folder, which is empty, every one against the manifest; then the rows of the
 * database against it. The database lies in folder/database.sqlite, files in folder/data/.
 */
struct err safety_unpack(struct arena *a, const char *path, const char *passphrase,
                         const char *folder, const struct safety_say *say,
                         struct safety_manifest *out);

struct err safety_damaged(const char *place);

#endif
