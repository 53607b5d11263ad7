/*
 * Durable writes: the same small verb, run one after another on one thread, and by sixteen threads that share commits.
 *
 *      writes DATA SECONDS
 */
#include "db/db.h"
#include "main/command.h"
#include "os/clock.h"
#include "os/random.h"
#include "people/people.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

enum { THREADS = 16, MOST = 400000 };

static struct app *app;
static int64_t until;
static int64_t took[MOST];
static _Atomic long count;

static struct err verb(struct tx *tx, void *in)
{
        (void)in;
        return people_audit(tx, &people_system, "bench", 1, 1, "");
}

static void *work(void *in)
{
        struct arena *a = arena_new(1 << 20);

        (void)in;
        while (clock_monotonic_us() < until) {
                int64_t from = clock_monotonic_us();
                if (failed(db_write(app->db, a, verb, NULL)))
                        abort();
                long n = count++;
                if (n < MOST)
                        took[n] = clock_monotonic_us() - from;
                arena_reset(a);
        }
        arena_free(a);
        return NULL;
}

static int by_value(const void *a, const void *b)
{
        int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

        return (x > y) - (x < y);
}

static double round_of(int threads, double seconds, double *p99_ms)
{
        pthread_t thread[THREADS];
        int64_t from = clock_monotonic_us();

        count = 0;
        until = from + (int64_t)(seconds * 1e6);
        for (int i = 0; i < threads; i++)
                pthread_create(&thread[i], NULL, work, NULL);
        for (int i = 0; i < threads; i++)
                pthread_join(thread[i], NULL);
        long n = count < MOST ? count : MOST;
        qsort(took, (size_t)n, sizeof *took, by_value);
        *p99_ms = (double)took[n * 99 / 100] / 1000;
        return (double)count / ((double)(clock_monotonic_us() - from) / 1e6);
}

int main(int argc, char **argv)
{
        struct command_line line = {.arena = arena_new((size_t)1 << 30)};
        double p99_one, p99_many;

        if (argc != 3)
                return fprintf(stderr, "usage: writes DATA SECONDS\n"), 2;
        line.data = argv[1];
        if (failed(app_open(&line, &app)))
                return fprintf(stderr, "writes: the database could not be opened\n"), 1;
        double one = round_of(1, atof(argv[2]), &p99_one);
        double many = round_of(THREADS, atof(argv[2]), &p99_many);
        printf("{\"one_thread_per_s\":%.0f,\"one_p99_ms\":%.2f,\"sixteen_threads_per_s\":%.0f,\"sixteen_p99_ms\":%.2f}\n", one, p99_one, many, p99_many);
        app_close(app);
        return 0;
}
