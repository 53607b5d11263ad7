/* Types, shapes and errors of generated functions. */
#include "fixture.h"
#include "tests.h"

#include <stdio.h>
#include <string.h>

static const struct text bytes = {.p = "a\0b\xff", .n = 4};

static struct err add_two(struct tx *tx, void *in)
{
        (void)in;
        struct test_add_in full = {.id = INT64_MAX,
                                   .name = TEXT("Zo\xc3\xab \"quoted\" 'twice'"),
                                   .flag = true,
                                   .whole = {.has = true, .v = INT64_MIN},
                                   .part = {.has = true, .v = 0.1},
                                   .words = TEXT(""),
                                   .bytes = bytes};
        TRY(test_add(tx, &full));
        struct test_add_in bare = {.id = 2, .name = TEXT("bare")};
        return test_add(tx, &bare);
}

static struct err check_full(struct tx *tx, void *in)
{
        struct test_get r;

        (void)in;
        TRY(test_get(tx, INT64_MAX, &r));
        assert_true(r.id == INT64_MAX);
        assert_string_equal(r.name.p, "Zo\xc3\xab \"quoted\" 'twice'");
        assert_true(r.flag);
        assert_true(r.whole.has && r.whole.v == INT64_MIN);
        assert_true(r.part.has && r.part.v == 0.1);
        assert_true(r.words.p && r.words.n == 0);
        assert_true(text_equal(r.bytes, bytes));
        return OK;
}

static struct err check_bare(struct tx *tx, void *in)
{
        struct test_get r;

        (void)in;
        TRY(test_get(tx, 2, &r));
        assert_string_equal(r.name.p, "bare");
        assert_false(r.flag);
        assert_false(r.whole.has);
        assert_false(r.part.has);
        assert_null(r.words.p);
        assert_null(r.bytes.p);
        return OK;
}

static void every_type_comes_back_as_it_went(void **state)
{
        struct fixture *f = *state;

        assert_ok(db_write(f->db, f->a, add_two, NULL));
        assert_ok(db_read(f->db, f->a, check_full, NULL));
        assert_ok(db_read(f->db, f->a, check_bare, NULL));
}

static struct err get_missing(struct tx *tx, void *in)
{
        struct test_get r;

        (void)in;
        return test_get(tx, 4711, &r);
}

static struct err find_missing(struct tx *tx, void *in)
{
        struct test_find r;

        return test_find(tx, TEXT("nobody"), in, &r);
}

static void one_is_absent_and_maybe_is_not_found(void **state)
{
        struct fixture *f = *state;
        bool found = true;

        struct err e = db_read(f->db, f->a, get_missing, NULL);
        assert_err(e, ERR_ABSENT);
        assert_string_equal(e.file, "src/db/test/test.sql");
        assert_ok(db_read(f->db, f->a, find_missing, &found));
        assert_false(found);
}

static struct err add_hundred(struct tx *tx, void *in)
{
        (void)in;
        for (int i = 0; i < 100; i++) {
                struct test_add_in one = {
                        .id = i, .name = text_format(tx_arena(tx), "n%d", i), .flag = i % 2};
                TRY(test_add(tx, &one));
        }
        return OK;
}

static struct err check_hundred(struct tx *tx, void *in)
{
        struct test_many_list l;

        (void)in;
        TRY(test_many(tx, 0, (struct opt) {0}, &l));
        assert_int_equal(l.n, 100);
        for (int i = 0; i < 100; i++) {
                char name[16];
                snprintf(name, sizeof name, "n%d", i);
                assert_int_equal(l.row[i].id, i);
                assert_string_equal(l.row[i].name.p, name);
        }
        TRY(test_many(tx, 90, (struct opt) {.has = true, .v = 1}, &l));
        assert_int_equal(l.n, 5);
        TRY(test_many(tx, 1000, (struct opt) {0}, &l));
        assert_int_equal(l.n, 0);
        return OK;
}

static void many_holds_every_row(void **state)
{
        struct fixture *f = *state;

        assert_ok(db_write(f->db, f->a, add_hundred, NULL));
        assert_ok(db_read(f->db, f->a, check_hundred, NULL));
}

static struct err change_and_forget(struct tx *tx, void *in)
{
        struct test_forget gone;
        int64_t changes;
        bool found;

        (void)in;
        TRY(test_rename(tx, 5, TEXT("five"), &changes));
        assert_int_equal(changes, 1);
        TRY(test_rename(tx, 500, TEXT("five hundred"), &changes));
        assert_int_equal(changes, 0);
        TRY(test_forget(tx, 5, &found, &gone));
        assert_true(found);
        assert_string_equal(gone.name.p, "five");
        TRY(test_forget(tx, 5, &found, &gone));
        assert_false(found);
        return OK;
}

static void changes_and_returning_tell_what_was_done(void **state)
{
        struct fixture *f = *state;

        assert_ok(db_write(f->db, f->a, add_hundred, NULL));
        assert_ok(db_write(f->db, f->a, change_and_forget, NULL));
}

static struct err orphan(struct tx *tx, void *in)
{
        (void)in;
        return test_child_add(tx, 99, 1);
}

static void a_duplicate_and_an_orphan_are_conflicts(void **state)
{
        struct fixture *f = *state;

        assert_ok(db_write(f->db, f->a, add_two, NULL));
        struct err e = db_write(f->db, f->a, add_two, NULL);
        assert_err(e, ERR_CONFLICT);
        assert_non_null(strstr(e.detail, "test_add"));
        assert_err(db_write(f->db, f->a, orphan, NULL), ERR_CONFLICT);
}

static struct err engine_name(struct tx *tx, void *in)
{
        struct test_engine e;

        TRY(test_engine(tx, &e));
        *(const char **)in = e.name.p;
        return OK;
}

static void an_engine_may_have_its_own_text(void **state)
{
        struct fixture *f = *state;
        const char *name = NULL;

        assert_ok(db_read(f->db, f->a, engine_name, &name));
        assert_string_equal(name, db_engine(f->db) == DB_SQLITE ? "sqlite" : "postgres");
}

int run_statement_tests(const char *engine)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(every_type_comes_back_as_it_went, set_up,
                                                tear_down),
                cmocka_unit_test_setup_teardown(one_is_absent_and_maybe_is_not_found, set_up,
                                                tear_down),
                cmocka_unit_test_setup_teardown(many_holds_every_row, set_up, tear_down),
                cmocka_unit_test_setup_teardown(changes_and_returning_tell_what_was_done, set_up,
                                                tear_down),
                cmocka_unit_test_setup_teardown(a_duplicate_and_an_orphan_are_conflicts, set_up,
                                                tear_down),
                cmocka_unit_test_setup_teardown(an_engine_may_have_its_own_text, set_up, tear_down),
        };

        printf("statements on %s\n", engine);
        return cmocka_run_group_tests(tests, NULL, NULL);
}
