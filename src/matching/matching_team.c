#include "matching/matching_team.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

enum { MOST_THREADS = 16 };

struct team {
        void (*work)(void *ctx, int stretch, int32_t from, int32_t until);
        void *ctx;
        int32_t n;
        atomic_int next;
};

static void *member(void *arg)
{
        struct team *t = arg;

        for (int k; (k = atomic_fetch_add(&t->next, 1)) < MATCHING_STRETCHES;)
                t->work(t->ctx, k, (int32_t)((int64_t)t->n * k / MATCHING_STRETCHES),
                        (int32_t)((int64_t)t->n * (k + 1) / MATCHING_STRETCHES));
        return NULL;
}

void matching_team(int threads, int32_t n, void (*work)(void *ctx, int stretch, int32_t from, int32_t until), void *ctx)
{
        struct team t = {.work = work, .ctx = ctx, .n = n};
        pthread_t other[MOST_THREADS];
        int started = 0;

        while (started < threads - 1 && started < MOST_THREADS && pthread_create(&other[started], NULL, member, &t) == 0)
                started++;
        member(&t);
        while (started > 0)
                pthread_join(other[--started], NULL);
}
