/* What was answered is there after a crash: of the program, and of the machine. SQLite. */
#include "fixture.h"
#include "lossy_vfs.h"
#include "tests.h"

#include "db/migrate.h"
#include "os/clock.h"

#include <pthread.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WRITERS = 4, ENOUGH = 400, FAR_TOO_MANY = 1000000 };

struct writer {
        struct db *db;
        int number;
        int pipe;
};

struct entry {
        int64_t id;
        int worker;
};

static struct err add(struct tx *tx, void *in)
{
        const struct entry *e = in;

        return test_entry_add(
                tx, e->id, e->worker,
                TEXT("a note that makes the row longer, so that pages fill and split"));
}

static void *write_for_ever(void *arg)
{
        struct writer *w = arg;
        struct arena *a = arena_new(1 << 20);

        for (int64_t i = 0; i < FAR_TOO_MANY; i++) {
                struct entry e = {.id = (i * 7919 % FAR_TOO_MANY) * WRITERS + w->number,
                                  .worker = w->number};
                arena_reset(a);
                if (!failed(db_write(w->db, a, add, &e)))
                        must(write(w->pipe, &e.id, sizeof e.id) == sizeof e.id);
        }
        return NULL;
}

static void child(const char *url, int pipe)
{
        struct arena *a = arena_new(1 << 20);
        struct writer w[WRITERS];
        pthread_t thread;
        struct db *db;

        must(!failed(db_open(&(struct db_options) {.url = url}, &db)));
        must(!failed(db_migrate(db, a)));
        for (int i = 0; i < WRITERS; i++) {
                w[i] = (struct writer) {.db = db, .number = i, .pipe = pipe};
                must(pthread_create(&thread, NULL, write_for_ever, &w[i]) == 0);
        }
        pthread_join(thread, NULL);
        _exit(0);
}

/*
 * Lets a child write until so many were answered, kills it, and gives the ids back that it was told
 * are safe.
 */
static size_t crash(const char *url, bool lossy, int64_t *ids, size_t room, size_t enough)
{
        size_t n = 0;
        int ends[2];

        assert_int_equal(pipe(ends), 0);
        fflush(stdout);
        pid_t pid = fork();
        if (pid == 0) {
                close(ends[0]);
                if (lossy)
                        lossy_vfs_install(4);
                child(url, ends[1]);
        }
        close(ends[1]);
        while (n < room && read(ends[0], &ids[n], sizeof ids[n]) == sizeof ids[n])
                if (++n == enough)
                        kill(pid, SIGKILL);
        close(ends[0]);
        waitpid(pid, NULL, 0);
        return n;
}

static int compare(const void *a, const void *b)
{
        int64_t x = *(const int64_t *)a;
        int64_t y = *(const int64_t *)b;

        return (x > y) - (x < y);
}

static struct err is_all_there(struct tx *tx, void *in)
{
        const struct {
                size_t n;
                int64_t *ids;
        } *told = in;
        size_t found = 0;

        for (int i = 0; i < WRITERS; i++) {
                struct test_entries_list l;
                TRY(test_entries(tx, i, &l));
                for (size_t j = 0; j < l.n; j++)
                        found += bsearch(&l.row[j].id, told->ids, told->n, sizeof *told->ids,
                                         compare) != NULL;
        }
        assert_int_equal(found, told->n);
        return OK;
}

static void check_whole(const char *url)
{
        sqlite3_stmt *st;
        sqlite3 *s;

        assert_int_equal(sqlite3_open(url, &s), SQLITE_OK);
        assert_int_equal(sqlite3_prepare_v2(s, "PRAGMA integrity_check", -1, &st, NULL), SQLITE_OK);
        assert_int_equal(sqlite3_step(st), SQLITE_ROW);
        assert_string_equal((const char *)sqlite3_column_text(st, 0), "ok");
        sqlite3_finalize(st);
        sqlite3_close(s);
}

static void crash_and_look(struct fixture *f, bool lossy, size_t enough)
{
        enum { ROOM = 100000 };
        static int64_t ids[ROOM];
        struct {
                size_t n;
                int64_t *ids;
        } told = {.ids = ids};

        told.n = crash(f->url, lossy, ids, ROOM, enough);
        assert_true(told.n >= enough && told.n < ROOM);
        qsort(ids, told.n, sizeof *ids, compare);
        assert_ok(db_open(&(struct db_options) {.url = f->url}, &f->db));
        assert_ok(db_read(f->db, f->a, is_all_there, &told));
        db_close(f->db);
        f->db = NULL;
        check_whole(f->url);
}

static void what_was_answered_survives_a_kill(void **state)
{
        crash_and_look(*state, false, ENOUGH);
}
static void what_was_answered_survives_a_power_cut(void **state)
{
        crash_and_look(*state, true, ENOUGH);
}

/* Long enough for the checkpointer to have moved pages into the file. */
static void a_checkpoint_survives_a_power_cut(void **state)
{
        crash_and_look(*state, true, ENOUGH * 10);
}

static int fill_the_disk(const char *url)
{
        struct arena *a = arena_new(1 << 20);
        struct entry e = {0};
        struct err last = OK;
        struct db *db;

        lossy_vfs_install(0);
        must(!failed(db_open(&(struct db_options) {.url = url}, &db)));
        must(!failed(db_migrate(db, a)));
        lossy_vfs_limit(400000);
        while (!failed(last) && e.id < 10000) {
                e.id++;
                last = db_write(db, a, add, &e);
                arena_reset(a);
        }
        if (!err_is(last, ERR_UPSTREAM) || strcmp(last.what, "The disk is full.") != 0)
                return 1;
        lossy_vfs_limit(0);
        if (failed(db_write(db, a, add, &e)))
                return 2;
        db_close(db);
        return 0;
}

static void a_full_disk_is_said_and_survived(void **state)
{
        struct fixture *f = *state;
        int status;

        fflush(stdout);
        pid_t pid = fork();
        if (pid == 0)
                _exit(fill_the_disk(f->url));
        waitpid(pid, &status, 0);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), 0);
        check_whole(f->url);
}

static void a_file_that_is_no_database_is_broken(void **state)
{
        struct fixture *f = *state;
        FILE *file = fopen(f->url, "w");

        assert_non_null(file);
        for (int i = 0; i < 1000; i++)
                fputs("this is a letter, not a database\n", file);
        fclose(file);
        struct db *db;
        struct err e = db_open(&(struct db_options) {.url = f->url}, &db);
        assert_err(e, ERR_BROKEN);
        e = db_open(&(struct db_options) {.url = "/nowhere/at/all.db"}, &db);
        assert_err(e, ERR_UPSTREAM);
}

static void a_rehearsal_runs_in_memory(void **state)
{
        struct arena *a = arena_new(1 << 20);
        struct entry e = {.id = 1};
        struct db *db;

        (void)state;
        assert_ok(db_open(&(struct db_options) {.url = ":memory:", .memory = true}, &db));
        assert_ok(db_migrate(db, a));
        assert_ok(db_set_purpose(db, DB_TEST));
        assert_ok(db_write(db, a, add, &e));
        assert_err(db_write(db, a, add, &e), ERR_CONFLICT);
        e.id = 2;
        assert_ok(db_write(db, a, add, &e));
        db_close(db);
        arena_free(a);
}

int run_crash_tests(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(what_was_answered_survives_a_kill, set_up_empty,
                                                tear_down),
                cmocka_unit_test_setup_teardown(what_was_answered_survives_a_power_cut,
                                                set_up_empty, tear_down),
                cmocka_unit_test_setup_teardown(a_checkpoint_survives_a_power_cut, set_up_empty,
                                                tear_down),
                cmocka_unit_test_setup_teardown(a_full_disk_is_said_and_survived, set_up_empty,
                                                tear_down),
                cmocka_unit_test_setup_teardown(a_file_that_is_no_database_is_broken, set_up_empty,
                                                tear_down),
                cmocka_unit_test(a_rehearsal_runs_in_memory),
        };

        printf("crashes\n");
        return cmocka_run_group_tests(tests, NULL, NULL);
}
