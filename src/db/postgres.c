#include "db/driver.h"

static struct err pg_open(struct db *db, const struct db_options *options)
{
        (void)db;
        (void)options;
        return FAIL(ERR_UPSTREAM, M_("PostgreSQL cannot be reached."), M_("Use SQLite: leave database: out of telemachus.yaml."));
}

const struct db_driver db_postgres = {.engine = DB_POSTGRES, .open = pg_open};
