#include "db/db.h"

#include "db/db.sql.h"
#include "db/driver.h"
#include "os/clock.h"

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

static struct err write_noted(struct db *db, struct arena *a, db_fn *fn, void *in, bool loose)
{
        tx_refuse_nested(db);
        struct err e = db->driver->write(db, a, fn, in, loose);
        if (err_is(e, ERR_UPSTREAM))
                atomic_store(&db->trouble, true);
        return e;
}

struct err db_write(struct db *db, struct arena *a, db_fn *fn, void *in)
{
        return write_noted(db, a, fn, in, false);
}

struct err db_write_loose(struct db *db, struct arena *a, db_fn *fn, void *in)
{
        return write_noted(db, a, fn, in, true);
}

static struct err write_something(struct tx *tx, void *in)
{
        (void)in;
        return db_meta_put(tx, TEXT("written_at"),
                           text_format(tx_arena(tx), "%lld", (long long)clock_seconds()));
}

bool db_in_trouble(const struct db *db) { return atomic_load(&db->trouble); }

/* A transaction that changes nothing goes through on a full disk: only a real write tells. */
struct err db_writable(struct db *db, struct arena *a)
{
        if (!atomic_load(&db->trouble))
                return OK;
        tx_refuse_nested(db);
        struct err e = db->driver->write(db, a, write_something, NULL, false);
        if (!failed(e))
                atomic_store(&db->trouble, false);
        return e;
}
