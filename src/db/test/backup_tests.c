/* A backup holds everything of one moment and can be restored into either engine. */
#include "fixture.h"
#include "tests.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct text bytes = {.p = "\0\1\2\xff", .n = 4};

static struct err add_some(struct tx *tx, void *in)
{
        (void)in;
        for (int i = 1; i <= 3000; i++) {
                struct test_add_in one = {.id = i,
                                          .name = text_format(tx_arena(tx), "Zo\xc3\xab %d", i),
                                          .flag = i % 2,
                                          .whole = {.has = i % 3, .v = -i},
                                          .part = {.has = true, .v = i / 7.0},
                                          .words = i % 5 ? TEXT("tab\there") : TEXT_ABSENT,
                                          .bytes = bytes};
                TRY(test_add(tx, &one));
                TRY(test_child_add(tx, i, 1));
        }
        return OK;
}

static struct err check_some(struct tx *tx, void *in)
{
        struct test_get g;
        struct test_many_list l;

        (void)in;
        TRY(test_many(tx, 0, (struct opt) {0}, &l));
        assert_int_equal(l.n, 3000);
        TRY(test_get(tx, 2999, &g));
        assert_string_equal(g.name.p, "Zo\xc3\xab 2999");
        assert_true(g.flag && g.whole.has && g.whole.v == -2999 && g.part.v == 2999 / 7.0);
        assert_true(text_is(g.words, "tab\there") && text_equal(g.bytes, bytes));
        TRY(test_get(tx, 3000, &g));
        assert_true(!g.flag && !g.whole.has && !g.words.p);
        return OK;
}

static struct err touch_child(struct tx *tx, void *in)
{
        (void)in;
        return test_child_add(tx, 4711, 1);
}

static struct db *check_restored(struct fixture *f, const char *url, const char *file)
{
        struct db *db;

        assert_ok(db_open(&(struct db_options) {.url = url}, &db));
        assert_ok(db_restore(db, f->a, file));
        assert_int_equal(db_purpose(db), DB_TEST);
        assert_ok(db_read(db, f->a, check_some, NULL));
        assert_err(db_write(db, f->a, touch_child, NULL), ERR_CONFLICT);
        assert_err(db_restore(db, f->a, file), ERR_CONFLICT);
        return db;
}

static void restore_into_fresh(struct fixture *f, const char *file)
{
        void *other;

        set_up_empty(&other);
        db_close(check_restored(f, ((struct fixture *)other)->url, file));
        tear_down(&other);
}

/* From the server into a file of SQLite, and from there into the server again. */
static void there_and_back(struct fixture *f, const char *file)
{
        char sqlite[64];
        char again[64];

        snprintf(sqlite, sizeof sqlite, "%s.db", file);
        snprintf(again, sizeof again, "%s.again", file);
        struct db *db = check_restored(f, sqlite, file);
        assert_ok(db_backup(db, f->a, again));
        db_close(db);
        restore_into_fresh(f, again);
        unlink(sqlite);
        unlink(again);
}

static void a_backup_can_be_restored_into_either_engine(void **state)
{
        struct fixture *f = *state;
        struct db_backup_facts facts;
        char file[] = "/tmp/telemachus-backup.XXXXXX";

        close(mkstemp(file));
        unlink(file);
        assert_ok(db_write(f->db, f->a, add_some, NULL));
        assert_ok(db_backup(f->db, f->a, file));
        assert_err(db_backup(f->db, f->a, file), ERR_CONFLICT);
        assert_ok(db_backup_check(f->a, file, &facts));
        assert_string_equal(facts.version.p, "0003_more");
        assert_int_equal(facts.purpose, DB_TEST);
        assert_int_equal(facts.rows, 6001);
        restore_into_fresh(f, file);
        if (f->server)
                there_and_back(f, file);
        unlink(file);
}

static void a_damaged_backup_is_found_out(void **state)
{
        struct fixture *f = *state;
        struct db_backup_facts facts;
        char file[] = "/tmp/telemachus-backup.XXXXXX";

        close(mkstemp(file));
        assert_err(db_backup_check(f->a, file, &facts), ERR_BROKEN);
        unlink(file);
        assert_ok(db_write(f->db, f->a, add_some, NULL));
        assert_ok(db_backup(f->db, f->a, file));
        int fd = open(file, O_WRONLY);
        assert_int_equal(pwrite(fd, "garbage garbage garbage", 23, 3 * 4096), 23);
        close(fd);
        assert_err(db_backup_check(f->a, file, &facts), ERR_BROKEN);
        unlink(file);
}

int run_backup_tests(const char *engine)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(a_backup_can_be_restored_into_either_engine, set_up,
                                                tear_down),
                cmocka_unit_test_setup_teardown(a_damaged_backup_is_found_out, set_up, tear_down),
        };

        printf("backups on %s\n", engine);
        return cmocka_run_group_tests(tests, NULL, NULL);
}
