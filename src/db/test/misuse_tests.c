/* Our own mistakes stop the program, rather than doing something that nobody meant. */
#include "fixture.h"
#include "tests.h"

#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static struct err add_entry(struct tx *tx, void *in)
{
        return test_entry_add(tx, *(int64_t *)in, 0, TEXT(""));
}

static struct err count_entries(struct tx *tx, void *in)
{
        struct test_entry_total t;

        (void)in;
        return test_entry_total(tx, &t);
}

static struct err read_inside(struct tx *tx, void *in)
{
        return db_read(tx_db(tx), tx_arena(tx), count_entries, in);
}

static struct err write_inside(struct tx *tx, void *in)
{
        return db_write(tx_db(tx), tx_arena(tx), add_entry, in);
}

static struct err (*const modes[])(struct db *, struct arena *, db_fn *, void *) = {db_read,
                                                                                    db_write};

/* In a child, with a connection of its own. */
static int child_dies_of(struct fixture *f, int mode, db_fn *fn)
{
        int64_t id = 1;
        int status;

        fflush(stdout);
        pid_t child = fork();
        if (child == 0) {
                struct db *db;
                struct arena *a = arena_new(1 << 20);
                must(freopen("/dev/null", "w", stderr));
                must(!failed(db_open(&(struct db_options) {.url = f->url}, &db)));
                _exit(failed(modes[mode](db, a, fn, &id)) ? 1 : 0);
        }
        waitpid(child, &status, 0);
        return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

static void our_own_mistakes_stop_the_program(void **state)
{
        struct fixture *f = *state;

        db_close(f->db);
        f->db = NULL;
        assert_int_equal(child_dies_of(f, 0, read_inside), SIGABRT);
        assert_int_equal(child_dies_of(f, 0, write_inside), SIGABRT);
        assert_int_equal(child_dies_of(f, 1, read_inside), SIGABRT);
        assert_int_equal(child_dies_of(f, 1, write_inside), SIGABRT);
        assert_int_equal(child_dies_of(f, 0, add_entry), SIGABRT);
        assert_int_equal(child_dies_of(f, 1, add_entry), 0);
}

int run_misuse_tests(const char *engine)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(our_own_mistakes_stop_the_program, set_up,
                                                tear_down),
        };

        printf("misuse on %s\n", engine);
        return cmocka_run_group_tests(tests, NULL, NULL);
}
