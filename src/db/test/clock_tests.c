/* Purpose and programme clock. */
#include "fixture.h"
#include "tests.h"

#include "os/clock.h"

#include <stdio.h>

static struct err note_now(struct tx *tx, void *in)
{
        *(int64_t *)in = tx_now(tx);
        return OK;
}

static void purpose_is_said_once(void **state)
{
        struct fixture *f = *state;

        assert_int_equal(db_purpose(f->db), DB_TEST);
        assert_ok(db_set_purpose(f->db, DB_TEST));
        assert_err(db_set_purpose(f->db, DB_REAL), ERR_CONFLICT);
        fixture_reopen(f, 0);
        assert_int_equal(db_purpose(f->db), DB_TEST);
}

static void a_real_clock_cannot_be_set(void **state)
{
        struct fixture *f = *state;

        assert_ok(db_open(&(struct db_options) {.url = f->url}, &f->db));
        assert_ok(db_migrate(f->db, f->a));
        assert_err(db_clock_set(f->db, clock_seconds() + 100), ERR_FORBIDDEN);
        assert_ok(db_set_purpose(f->db, DB_REAL));
        assert_err(db_clock_set(f->db, clock_seconds() + 100), ERR_FORBIDDEN);
        assert_in_range(db_now(f->db), clock_seconds() - 1, clock_seconds());
}

static void a_demonstration_moves_forward_only(void **state)
{
        struct fixture *f = *state;
        int64_t then = clock_seconds() - 90 * 86400;
        int64_t now;

        assert_ok(db_clock_set(f->db, then));
        assert_in_range(db_now(f->db), then, then + 2);
        assert_ok(db_clock_set(f->db, then + 86400));
        assert_err(db_clock_set(f->db, then + 80000), ERR_INVALID);
        assert_ok(db_read(f->db, f->a, note_now, &now));
        assert_in_range(now, then + 86400, then + 86402);
        assert_ok(db_write(f->db, f->a, note_now, &now));
        assert_in_range(now, then + 86400, then + 86402);
}

static void other_processes_hear_of_it(void **state)
{
        struct fixture *f = *state;
        int64_t later = clock_seconds() + 1000000;
        struct db *other;
        int64_t now;

        assert_ok(db_open(&(struct db_options) {.url = f->url}, &other));
        assert_in_range(db_now(other), clock_seconds() - 1, clock_seconds());
        assert_ok(db_clock_set(f->db, later));
        assert_ok(db_write(other, f->a, note_now, &now));
        assert_in_range(now, later, later + 2);
        assert_ok(db_clock_set(f->db, later + 1000));
        clock_sleep_ms(1100);
        assert_in_range(db_now(other), later + 1000, later + 1003);
        db_close(other);
}

static void a_frozen_clock_stands(void **state)
{
        struct fixture *f = *state;
        int64_t now;

        db_clock_freeze(f->db, 1000);
        assert_int_equal(db_now(f->db), 1000);
        assert_ok(db_write(f->db, f->a, note_now, &now));
        assert_int_equal(now, 1000);
        db_clock_freeze(f->db, 5000);
        assert_ok(db_read(f->db, f->a, note_now, &now));
        assert_int_equal(now, 5000);
}

int run_clock_tests(const char *engine)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(purpose_is_said_once, set_up, tear_down),
                cmocka_unit_test_setup_teardown(a_real_clock_cannot_be_set, set_up_empty,
                                                tear_down),
                cmocka_unit_test_setup_teardown(a_demonstration_moves_forward_only, set_up,
                                                tear_down),
                cmocka_unit_test_setup_teardown(other_processes_hear_of_it, set_up, tear_down),
                cmocka_unit_test_setup_teardown(a_frozen_clock_stands, set_up, tear_down),
        };

        printf("clock on %s\n", engine);
        return cmocka_run_group_tests(tests, NULL, NULL);
}
