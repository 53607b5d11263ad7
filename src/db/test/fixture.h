/* A fresh database for each test, on SQLite, or on PostgreSQL in a schema of its own. */
#ifndef TELEMACHUS_DB_TEST_FIXTURE_H
#define TELEMACHUS_DB_TEST_FIXTURE_H

#include "db/db.h"
#include "test/test.sql.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct fixture {
        struct db *db;
        struct arena *a;
        const char *server;             /* NULL: SQLite */
        int serial;
        char url[1024];
};

/* From now on set_up() makes databases on this server; NULL: SQLite. */
void fixture_server(const char *url);
int set_up(void **state);               /* migrated, purpose test */
int set_up_empty(void **state);
int tear_down(void **state);

/* Runs SQL past the driver, as another program would. */
void fixture_sql(const struct fixture *f, const char *sql);
void fixture_reopen(struct fixture *f, int readers);

#define assert_ok(e) check_ok((e), __FILE__, __LINE__)
void check_ok(struct err e, const char *file, int line);
#define assert_err(e, kind_) assert_string_equal(err_kind_name((e).kind), err_kind_name(kind_))

#endif
