/* From an empty database, from an older one, and from one that is not ours. */
#include "db/migrate.h"
#include "fixture.h"
#include "tests.h"

#include <stdio.h>
#include <string.h>

static void open_only(struct fixture *f)
{
        assert_ok(db_open(&(struct db_options) {.url = f->url}, &f->db));
}

static void an_empty_database_is_brought_up_to_date(void **state)
{
        struct fixture *f = *state;
        struct text plan;
        bool done = true;
        bool empty = false;

        open_only(f);
        assert_ok(db_empty(f->db, f->a, &empty));
        assert_true(empty);
        assert_ok(db_migrated(f->db, f->a, &done));
        assert_false(done);
        assert_ok(db_migrate_plan(f->db, f->a, &plan));
        assert_non_null(strstr(plan.p, "0002_test\n        CREATE TABLE test_all\n"));
        assert_ok(db_migrate(f->db, f->a));
        assert_ok(db_migrated(f->db, f->a, &done));
        assert_true(done);
        assert_ok(db_empty(f->db, f->a, &empty));
        assert_false(empty);
        assert_ok(db_migrate(f->db, f->a));
        assert_ok(db_migrate_plan(f->db, f->a, &plan));
        assert_int_equal(plan.n, 0);
}

/*
 * A database as the version with only the first two migrations left it, with somebody's data in it.
 */
static void make_older(struct fixture *f)
{
        for (int i = 0; i < 2; i++)
                fixture_sql(f, f->server ? db_migrations[i].postgres : db_migrations[i].sqlite);
        fixture_sql(f, f->server ? DB_MIGRATION_TABLE("BIGINT") : DB_MIGRATION_TABLE("INTEGER"));
        fixture_sql(f, "INSERT INTO db_migration VALUES (1, 'db', 0), (2, 'test', 0)");
        fixture_sql(f, "INSERT INTO test_counter (id, value) VALUES (1, 42); INSERT INTO "
                       "test_entry (id, worker) VALUES (9, 3)");
}

static struct err check_older(struct tx *tx, void *in)
{
        struct test_counter_get c;
        struct test_entries_list l;
        struct test_entry_total t;

        (void)in;
        TRY(test_counter_get(tx, 1, &c));
        assert_int_equal(c.value, 42);
        TRY(test_entries(tx, 3, &l));
        assert_int_equal(l.n, 1);
        assert_int_equal(l.row[0].id, 9);
        TRY(test_entry_total(tx, &t));
        assert_int_equal(t.letters, 0);
        return OK;
}

static void an_older_database_keeps_its_data(void **state)
{
        struct fixture *f = *state;
        struct text plan;

        make_older(f);
        open_only(f);
        assert_ok(db_migrate_plan(f->db, f->a, &plan));
        assert_memory_equal(plan.p, "0003_more\n", 10);
        assert_ok(db_migrate(f->db, f->a));
        assert_ok(db_read(f->db, f->a, check_older, NULL));
}

static void a_newer_database_is_refused(void **state)
{
        struct fixture *f = *state;

        fixture_sql(f, "INSERT INTO db_migration VALUES (4, 'later', 0)");
        fixture_reopen(f, 0);
        struct err e = db_migrate(f->db, f->a);
        assert_err(e, ERR_BROKEN);
        assert_string_equal(e.what, "This database was made by a newer version.");
}

static void another_history_is_refused(void **state)
{
        struct fixture *f = *state;
        bool done;

        fixture_sql(f, "UPDATE db_migration SET name = 'other' WHERE number = 2");
        fixture_reopen(f, 0);
        assert_err(db_migrated(f->db, f->a, &done), ERR_BROKEN);
}

/* The last migration fails in its second half: nothing of it remains, and the ones before stay. */
static void a_migration_that_fails_leaves_nothing(void **state)
{
        struct fixture *f = *state;
        struct text plan;

        make_older(f);
        fixture_sql(f, "CREATE TABLE test_counter_new (id INTEGER)");
        open_only(f);
        struct err e = db_migrate(f->db, f->a);
        assert_true(failed(e));
        assert_string_equal(e.place, "0003_more");
        assert_ok(db_migrate_plan(f->db, f->a, &plan));
        assert_memory_equal(plan.p, "0003_more\n", 10);
        fixture_sql(f, "DROP TABLE test_counter_new");
        assert_ok(db_migrate(f->db, f->a));
        assert_ok(db_read(f->db, f->a, check_older, NULL));
}

int run_migration_tests(const char *engine)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(an_empty_database_is_brought_up_to_date,
                                                set_up_empty, tear_down),
                cmocka_unit_test_setup_teardown(an_older_database_keeps_its_data, set_up_empty,
                                                tear_down),
                cmocka_unit_test_setup_teardown(a_newer_database_is_refused, set_up, tear_down),
                cmocka_unit_test_setup_teardown(another_history_is_refused, set_up, tear_down),
                cmocka_unit_test_setup_teardown(a_migration_that_fails_leaves_nothing, set_up_empty,
                                                tear_down),
        };

        printf("migrations on %s\n", engine);
        return cmocka_run_group_tests(tests, NULL, NULL);
}
