/* A PostgreSQL server that goes away. */
#include "fixture.h"
#include "tests.h"

#include <libpq-fe.h>
#include <stdio.h>

static struct err add(struct tx *tx, void *in)
{
        return test_entry_add(tx, *(int64_t *)in, 0, TEXT(""));
}

static void end_all_connections(const struct fixture *f)
{
        fixture_sql(f, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> "
                       "pg_backend_pid()"
                       " AND application_name = 'telemachus' AND datname = current_database()");
}

static void a_lost_connection_is_made_again(void **state)
{
        struct fixture *f = *state;
        int64_t id = 1;

        assert_ok(db_write(f->db, f->a, add, &id));
        end_all_connections(f);
        id = 2;
        assert_ok(db_write(f->db, f->a, add, &id));
}

struct cut {
        struct fixture *f;
        int64_t id;
        int tries;
};

static struct err add_and_cut(struct tx *tx, void *in)
{
        struct cut *c = in;

        if (c->tries++ == 0)
                end_all_connections(c->f);
        return add(tx, &c->id);
}

static void a_transaction_that_was_cut_off_is_tried_again(void **state)
{
        struct fixture *f = *state;
        struct cut c = {.f = f, .id = 3};

        assert_ok(db_write(f->db, f->a, add_and_cut, &c));
        assert_int_equal(c.tries, 2);
}

static void a_server_that_is_not_there_is_said(void **state)
{
        struct db *db;

        (void)state;
        struct err e = db_open(
                &(struct db_options) {.url = "postgresql://nobody@127.0.0.1:1/nothing"}, &db);
        assert_err(e, ERR_UPSTREAM);
        assert_string_equal(e.what, "The database server cannot be reached.");
}

static struct err add_unstorable(struct tx *tx, void *in)
{
        (void)in;
        return test_entry_add(tx, 1, 0, TEXT("\xff"));
}

static void text_that_is_not_utf8_is_invalid(void **state)
{
        struct fixture *f = *state;

        assert_err(db_write(f->db, f->a, add_unstorable, NULL), ERR_INVALID);
}

int run_server_tests(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(a_lost_connection_is_made_again, set_up, tear_down),
                cmocka_unit_test_setup_teardown(a_transaction_that_was_cut_off_is_tried_again,
                                                set_up, tear_down),
                cmocka_unit_test(a_server_that_is_not_there_is_said),
                cmocka_unit_test_setup_teardown(text_that_is_not_utf8_is_invalid, set_up,
                                                tear_down),
        };

        printf("the server goes away\n");
        return cmocka_run_group_tests(tests, NULL, NULL);
}
