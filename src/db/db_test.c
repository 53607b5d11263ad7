/*
 * The database on SQLite, and on PostgreSQL too when TELEMACHUS_TEST_PG holds a URL (tools/pg.sh
 * start prints one).
 */
#include "test/fixture.h"
#include "test/tests.h"

#include "base/log.h"

#include <stdlib.h>

static int run_all(const char *engine)
{
        return run_statement_tests(engine) + run_transaction_tests(engine) +
               run_misuse_tests(engine) + run_migration_tests(engine) + run_clock_tests(engine) +
               run_backup_tests(engine);
}

int main(void)
{
        const char *server = getenv("TELEMACHUS_TEST_PG");
        int bad;

        log_level(LOG_ERROR);
        bad = run_crash_tests() + run_all("sqlite");
        if (server && *server) {
                fixture_server(server);
                bad += run_all("postgres") + run_server_tests();
        }
        return bad ? 1 : 0;
}
