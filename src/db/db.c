#include "db/db.h"

#include "db/driver.h"

#include <stdlib.h>
#include <string.h>

static bool is_postgres(const char *url)
{
        return strncmp(url, "postgresql://", 13) == 0 || strncmp(url, "postgres://", 11) == 0;
}

struct err db_open(const struct db_options *options, struct db **out)
{
        struct db *db = calloc(1, sizeof *db);

        must(db);
        db->driver = is_postgres(options->url) ? &db_postgres : &db_sqlite;
        db->purpose = -1;
        db->frozen = INT64_MIN;
        struct err e = db->driver->open(db, options);
        if (failed(e)) {
                free(db);
                return e;
        }
        *out = db;
        return OK;
}

void db_close(struct db *db)
{
        if (!db)
                return;
        tx_refuse_nested(db);
        db->driver->close(db);
        free(db);
}

enum db_engine db_engine(const struct db *db) { return db->driver->engine; }
void db_set_app(struct db *db, struct app *app) { db->app = app; }

struct err db_read(struct db *db, struct arena *a, db_fn *fn, void *in)
{
        tx_refuse_nested(db);
        return db->driver->read(db, a, fn, in);
}

struct err db_write(struct db *db, struct arena *a, db_fn *fn, void *in)
{
        tx_refuse_nested(db);
        return db->driver->write(db, a, fn, in, false);
}

struct err db_write_loose(struct db *db, struct arena *a, db_fn *fn, void *in)
{
        tx_refuse_nested(db);
        return db->driver->write(db, a, fn, in, true);
}
