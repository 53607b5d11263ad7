/* What a transaction promises, alone and in company. */
#include "fixture.h"
#include "tests.h"

#include "os/clock.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WORKERS = 8, ROUNDS = 50 };

static struct err add_entry(struct tx *tx, void *in)
{
        return test_entry_add(tx, *(int64_t *)in, 0, TEXT(""));
}

static struct err count_entries(struct tx *tx, void *in)
{
        struct test_entry_total t;

        TRY(test_entry_total(tx, &t));
        *(int64_t *)in = t.total;
        return OK;
}

static int64_t entries(struct fixture *f)
{
        int64_t n = -1;

        assert_ok(db_read(f->db, f->a, count_entries, &n));
        return n;
}

static struct err duplicate_and_go_on(struct tx *tx, void *in)
{
        int64_t other = 8;
        struct err ignored = add_entry(tx, in);

        ignored = add_entry(tx, in);
        (void)ignored;
        struct err after = add_entry(tx, &other);
        must(err_is(after, ERR_CONFLICT));
        return OK;
}

static void a_failed_statement_ends_its_transaction(void **state)
{
        struct fixture *f = *state;
        int64_t id = 7;

        assert_err(db_write(f->db, f->a, duplicate_and_go_on, &id), ERR_CONFLICT);
        assert_int_equal(entries(f), 0);
        assert_ok(db_write(f->db, f->a, add_entry, &id));
        assert_int_equal(entries(f), 1);
}

static struct err add_and_refuse(struct tx *tx, void *in)
{
        TRY(add_entry(tx, in));
        return FAIL(ERR_FORBIDDEN, "no", "no");
}

static void nothing_remains_of_a_function_that_fails(void **state)
{
        struct fixture *f = *state;
        int64_t id = 1;

        assert_err(db_write(f->db, f->a, add_and_refuse, &id), ERR_FORBIDDEN);
        assert_int_equal(entries(f), 0);
}

static struct err add_and_overflow(struct tx *tx, void *in)
{
        struct test_entry_total t;

        if (in)
                TRY(add_entry(tx, in));
        for (;;) {
                TRY(test_entry_total(tx, &t));
                arena_alloc(tx_arena(tx), 1000);
        }
}

static void a_full_arena_is_a_limit_and_nothing_remains(void **state)
{
        struct fixture *f = *state;
        struct arena *small = arena_new(100000);
        jmp_buf mine;
        int64_t id = 1;

        arena_guard(small, &mine);
        assert_err(db_write(f->db, small, add_and_overflow, &id), ERR_LIMIT);
        assert_ptr_equal(arena_guard(small, NULL), &mine);
        arena_reset(small);
        assert_err(db_read(f->db, small, add_and_overflow, NULL), ERR_LIMIT);
        arena_free(small);
        assert_int_equal(entries(f), 0);
        assert_ok(db_write(f->db, f->a, add_entry, &id));
        assert_int_equal(entries(f), 1);
}

struct worker {
        struct fixture *f;
        int number;
        struct arena *a;
        int failures;
};

/* Reads, then writes what follows from it: wrong as soon as two run at once. */
static struct err count_up(struct tx *tx, void *in)
{
        struct test_counter_get c;
        struct worker *w = in;

        TRY(test_counter_get(tx, 1, &c));
        TRY(test_counter_set(tx, 1, c.value + 1));
        if (w->number % 2)
                return OK;
        TRY(test_counter_set(tx, 1, c.value + 1000));
        return FAIL(ERR_FORBIDDEN, "no", "no");
}

static void *count_often(void *arg)
{
        struct worker *w = arg;

        for (int i = 0; i < ROUNDS; i++) {
                struct err e;
                do {
                        arena_reset(w->a);
                        e = db_write(w->f->db, w->a, count_up, w);
                } while (err_is(e, ERR_BUSY));
                w->failures += !err_is(e, w->number % 2 ? ERR_NONE : ERR_FORBIDDEN);
        }
        return NULL;
}

static void together(struct fixture *f, void *(*work)(void *), struct worker w[WORKERS])
{
        pthread_t thread[WORKERS];

        for (int i = 0; i < WORKERS; i++) {
                w[i] = (struct worker) {.f = f, .number = i, .a = arena_new(1 << 20)};
                assert_int_equal(pthread_create(&thread[i], NULL, work, &w[i]), 0);
        }
        for (int i = 0; i < WORKERS; i++) {
                pthread_join(thread[i], NULL);
                arena_free(w[i].a);
                assert_int_equal(w[i].failures, 0);
        }
}

static struct err counter_to(struct tx *tx, void *in)
{
        return test_counter_set(tx, 1, *(int64_t *)in);
}

static struct err read_counter(struct tx *tx, void *in)
{
        struct test_counter_get c;

        TRY(test_counter_get(tx, 1, &c));
        *(int64_t *)in = c.value;
        return OK;
}

static void writers_do_not_see_each_other_half_done(void **state)
{
        struct fixture *f = *state;
        struct worker w[WORKERS];
        int64_t value = 0;

        assert_ok(db_write(f->db, f->a, counter_to, &value));
        together(f, count_often, w);
        assert_ok(db_read(f->db, f->a, read_counter, &value));
        assert_int_equal(value, WORKERS / 2 * ROUNDS);
}

/* Holds the writer until the others wait behind it, so that they form a group. */
static struct err hold(struct tx *tx, void *in)
{
        (void)tx;
        (void)in;
        clock_sleep_ms(100);
        return OK;
}

static void *hold_and_tell(void *arg)
{
        struct worker *w = arg;

        w->failures = failed(db_write(w->f->db, w->a, hold, NULL));
        return NULL;
}

struct counted {
        int64_t id;
        _Atomic int calls;
        size_t used;
};

static struct err add_counted(struct tx *tx, void *in)
{
        struct counted *c = in;

        c->calls++;
        arena_alloc(tx_arena(tx), 1000);
        c->used = arena_used(tx_arena(tx));
        return add_entry(tx, &c->id);
}

static struct err spoil(struct tx *tx, void *in)
{
        struct counted *c = in;

        return test_spoil(tx, c->id);
}

struct grouped {
        struct fixture *f;
        db_fn *fn;
        struct counted c;
        struct arena *a;
        struct err result;
};

static void *write_one(void *arg)
{
        struct grouped *g = arg;

        g->result = db_write(g->f->db, g->a, g->fn, &g->c);
        return NULL;
}

/*
 * The second of three gives up the transaction that they share: the others are run again, with
 * their arenas as they were, and are there afterwards.
 */
static void a_spoilt_group_is_run_again_one_by_one(void **state)
{
        struct fixture *f = *state;
        struct worker holder = {.f = f, .a = arena_new(1 << 20)};
        struct grouped g[3];
        pthread_t first;
        pthread_t thread[3];
        int64_t id = 50;

        assert_ok(db_write(f->db, f->a, add_entry, &id));
        pthread_create(&first, NULL, hold_and_tell, &holder);
        clock_sleep_ms(20);
        for (int i = 0; i < 3; i++) {
                g[i] = (struct grouped) {
                        .f = f, .fn = i == 1 ? spoil : add_counted, .c.id = i == 1 ? 50 : 60 + i};
                g[i].a = arena_new(1 << 20);
                pthread_create(&thread[i], NULL, write_one, &g[i]);
                clock_sleep_ms(10);
        }
        pthread_join(first, NULL);
        for (int i = 0; i < 3; i++)
                pthread_join(thread[i], NULL);
        assert_ok(g[0].result);
        assert_err(g[1].result, ERR_CONFLICT);
        assert_ok(g[2].result);
        assert_int_equal(entries(f), 3);
        assert_true(g[0].c.calls == (db_engine(f->db) == DB_SQLITE ? 2 : 1));
        assert_true(g[0].c.used < 2000);
        for (int i = 0; i < 3; i++)
                arena_free(g[i].a);
        arena_free(holder.a);
}

static struct err read_slowly(struct tx *tx, void *in)
{
        TRY(count_entries(tx, in));
        clock_sleep_ms(5);
        return OK;
}

static void *read_often(void *arg)
{
        struct worker *w = arg;
        int64_t n;

        for (int i = 0; i < 10; i++) {
                w->failures += failed(db_read(w->f->db, w->a, read_slowly, &n));
                w->failures += failed(db_write_loose(w->f->db, w->a, count_entries, &n));
        }
        return NULL;
}

static void more_threads_than_connections_wait_their_turn(void **state)
{
        struct fixture *f = *state;
        struct worker w[WORKERS];

        fixture_reopen(f, 2);
        together(f, read_often, w);
}

struct snapshot {
        struct fixture *f;
        int64_t before, after;
};

static void *add_from_elsewhere(void *arg)
{
        struct fixture *f = arg;
        struct arena *a = arena_new(1 << 20);
        int64_t id = 77;

        must(!failed(db_write(f->db, a, add_entry, &id)));
        arena_free(a);
        return NULL;
}

static struct err look_twice(struct tx *tx, void *in)
{
        struct snapshot *s = in;
        pthread_t other;

        TRY(count_entries(tx, &s->before));
        must(pthread_create(&other, NULL, add_from_elsewhere, s->f) == 0);
        pthread_join(other, NULL);
        return count_entries(tx, &s->after);
}

static void a_read_sees_one_moment(void **state)
{
        struct fixture *f = *state;
        struct snapshot s = {.f = f, .before = -1, .after = -2};

        assert_ok(db_read(f->db, f->a, look_twice, &s));
        assert_int_equal(s.before, s.after);
        assert_int_equal(entries(f), 1);
}

int run_transaction_tests(const char *engine)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(a_failed_statement_ends_its_transaction, set_up,
                                                tear_down),
                cmocka_unit_test_setup_teardown(nothing_remains_of_a_function_that_fails, set_up,
                                                tear_down),
                cmocka_unit_test_setup_teardown(a_full_arena_is_a_limit_and_nothing_remains, set_up,
                                                tear_down),
                cmocka_unit_test_setup_teardown(writers_do_not_see_each_other_half_done, set_up,
                                                tear_down),
                cmocka_unit_test_setup_teardown(a_spoilt_group_is_run_again_one_by_one, set_up,
                                                tear_down),
                cmocka_unit_test_setup_teardown(more_threads_than_connections_wait_their_turn,
                                                set_up, tear_down),
                cmocka_unit_test_setup_teardown(a_read_sees_one_moment, set_up, tear_down),
        };

        printf("transactions on %s\n", engine);
        return cmocka_run_group_tests(tests, NULL, NULL);
}
