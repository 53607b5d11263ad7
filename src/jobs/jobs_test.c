/* Jobs on a real database: once, in order, again after a failure, and to the dead-letter list in the end. */
#include "jobs/jobs.h"

#include "jobs/jobs.sql.h"
#include "os/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

struct house { struct app app; struct arena *a; char folder[32]; };

static int ran;
static int64_t order[8];
static bool refuse;

static struct err run_count(struct tx *tx, const struct job *job)
{
        (void)tx;
        if (refuse)
                return FAIL(ERR_UPSTREAM, "The mail server does not answer", "It is tried again by itself");
        order[ran++ % 8] = job->a;
        return OK;
}

static struct err act_count(struct app *app, struct arena *a, const struct job *job)
{
        (void)app;
        (void)a;
        ran += job->a == 7;
        return OK;
}

static const struct job_kind count = {.name = "test.count", .clock = JOB_PROGRAMME, .run = run_count, .tries = 2};
static const struct job_kind outside = {.name = "test.outside", .clock = JOB_MACHINE, .act = act_count};
static const struct job_kind *const kinds[] = {&count, &outside};
static const struct jobs all = {.kinds = kinds, .n = 2};

static int set_up(void **state)
{
        struct house *h = calloc(1, sizeof *h);
        char url[64];

        ran = 0;
        refuse = false;
        snprintf(h->folder, sizeof h->folder, "/tmp/tm-jobs-XXXXXX");
        assert_non_null(mkdtemp(h->folder));
        snprintf(url, sizeof url, "%s/telemachus.db", h->folder);
        h->a = arena_new(64 << 20);
        h->app.jobs = &all;
        assert_false(failed(db_open(&(struct db_options) {.url = url}, &h->app.db)));
        assert_false(failed(db_migrate(h->app.db, h->a)));
        assert_false(failed(db_set_purpose(h->app.db, DB_TEST)));
        db_set_app(h->app.db, &h->app);
        *state = h;
        return 0;
}

static int tear_down(void **state)
{
        struct house *h = *state;
        char command[64];

        db_close(h->app.db);
        arena_free(h->a);
        snprintf(command, sizeof command, "rm -rf %s", h->folder);
        assert_int_equal(system(command), 0);
        free(h);
        return 0;
}

struct wish { const char *kind, *key; int64_t due, a; };

static struct err wish(struct tx *tx, void *in)
{
        const struct wish *w = in;

        return jobs_add(tx, w->kind, text_of(w->key), w->due, w->a, 0);
}

static void add(struct house *h, const char *kind, const char *key, int64_t due, int64_t a)
{
        assert_false(failed(db_write(h->app.db, h->a, wish, &(struct wish) {kind, key, due, a})));
}

static void the_oldest_goes_first_and_each_goes_once(void **state)
{
        struct house *h = *state;
        int64_t now = db_now(h->app.db);
        int n;

        add(h, "test.count", "b", now - 10, 2);
        add(h, "test.count", "a", now - 20, 1);
        add(h, "test.count", "a", now - 30, 9);         /* the same key again: no second job */
        add(h, "test.count", "later", now + 86400, 3);
        assert_false(failed(jobs_run_due(&h->app, h->a, &n)));
        assert_int_equal(n, 2);
        assert_int_equal(order[0], 1);
        assert_int_equal(order[1], 2);
        assert_false(failed(jobs_run_due(&h->app, h->a, &n)));
        assert_int_equal(n, 0);
}

static struct err dead(struct tx *tx, void *in) { return jobs_dead_list(tx, in); }

static struct err hurry(struct tx *tx, void *in)
{
        (void)in;
        return jobs_retry_at_once(tx);
}

static void what_fails_is_tried_again_later_and_dies_at_last(void **state)
{
        struct house *h = *state;
        struct jobs_dead_list_list list;
        int n;

        refuse = true;
        add(h, "test.count", "x", db_now(h->app.db) - 1, 1);
        assert_false(failed(jobs_run_due(&h->app, h->a, &n)));
        assert_false(failed(db_read(h->app.db, h->a, dead, &list)));
        assert_int_equal(list.n, 0);                    /* waits for its second try */
        assert_false(failed(db_write(h->app.db, h->a, hurry, NULL)));
        assert_false(failed(jobs_run_due(&h->app, h->a, &n)));
        assert_false(failed(db_read(h->app.db, h->a, dead, &list)));
        assert_int_equal(list.n, 1);
        assert_non_null(strstr(list.row[0].error.p, "upstream"));
        assert_int_equal(ran, 0);
}

static void work_outside_a_transaction_is_leased_and_ended(void **state)
{
        struct house *h = *state;
        int n;

        add(h, "test.outside", "z", clock_seconds() - 5, 7);
        assert_false(failed(jobs_run_due(&h->app, h->a, &n)));
        assert_int_equal(ran, 1);
        assert_false(failed(jobs_run_due(&h->app, h->a, &n)));
        assert_int_equal(ran, 1);
}

struct tidying { int64_t machine, removed, done; };

static struct err tidy(struct tx *tx, void *in)
{
        struct tidying *t = in;

        TRY(jobs_tidy(tx, t->machine, &t->removed));
        return jobs_done_count(tx, &t->done);
}

static void what_was_done_long_ago_is_forgotten_and_counted(void **state)
{
        struct house *h = *state;
        int64_t now = db_now(h->app.db);
        struct tidying t = {.machine = clock_seconds()};
        int n;

        add(h, "test.count", "old", now - 61 * 86400, 1);
        add(h, "test.count", "new", now - 10, 2);
        add(h, "test.outside", "out", clock_seconds() - 5, 7);
        add(h, "test.count", "later", now + 86400, 3);
        assert_false(failed(jobs_run_due(&h->app, h->a, &n)));
        assert_int_equal(n, 3);
        assert_false(failed(db_write(h->app.db, h->a, tidy, &t)));
        assert_int_equal(t.removed, 0);                 /* it has only just ended */
        assert_int_equal(t.done, 3);
        t.machine += 61 * 86400;
        assert_false(failed(db_write(h->app.db, h->a, tidy, &t)));
        assert_int_equal(t.removed, 2);                 /* what was due of late stays, so that its key stays refused */
        assert_int_equal(t.done, 3);
        add(h, "test.count", "new", now - 10, 2);
        assert_false(failed(jobs_run_due(&h->app, h->a, &n)));
        assert_int_equal(n, 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(the_oldest_goes_first_and_each_goes_once, set_up, tear_down),
                cmocka_unit_test_setup_teardown(what_fails_is_tried_again_later_and_dies_at_last, set_up, tear_down),
                cmocka_unit_test_setup_teardown(work_outside_a_transaction_is_leased_and_ended, set_up, tear_down),
                cmocka_unit_test_setup_teardown(what_was_done_long_ago_is_forgotten_and_counted, set_up, tear_down),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
