#include "db/pool.h"

#include "db/driver.h"

#include <errno.h>
#include <time.h>

enum { PATIENCE_SECONDS = 10 };

void pool_init(struct pool *p, int max, void *own, struct err (*open)(void *, void **),
               void (*close)(void *))
{
        pthread_condattr_t monotonic;

        must(max > 0 && max <= POOL_MAX);
        *p = (struct pool) {.max = max, .own = own, .open = open, .close = close};
        pthread_mutex_init(&p->lock, NULL);
        pthread_condattr_init(&monotonic);
        pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
        pthread_cond_init(&p->freed, &monotonic);
        pthread_condattr_destroy(&monotonic);
}

/* With the lock held: an idle one, or the right to open one (*conn NULL). */
static struct err wait_for_one(struct pool *p, void **conn)
{
        struct timespec until;

        clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_sec += PATIENCE_SECONDS;
        *conn = NULL;
        while (p->n_idle == 0 && p->n_open == p->max)
                if (pthread_cond_timedwait(&p->freed, &p->lock, &until) == ETIMEDOUT)
                        return FAIL(ERR_BUSY, M_("Too many people are here at once."),
                                    M_("Try again in a moment."));
        if (p->n_idle)
                *conn = p->idle[--p->n_idle];
        else
                p->n_open++;
        return OK;
}

static void gone(struct pool *p)
{
        pthread_mutex_lock(&p->lock);
        p->n_open--;
        pthread_cond_signal(&p->freed);
        pthread_mutex_unlock(&p->lock);
}

struct err pool_take(struct pool *p, void **conn)
{
        pthread_mutex_lock(&p->lock);
        struct err e = wait_for_one(p, conn);
        pthread_mutex_unlock(&p->lock);
        if (failed(e) || *conn)
                return e;
        e = p->open(p->own, conn);
        if (failed(e))
                gone(p);
        return e;
}

void pool_give(struct pool *p, void *conn)
{
        pthread_mutex_lock(&p->lock);
        p->idle[p->n_idle++] = conn;
        pthread_cond_signal(&p->freed);
        pthread_mutex_unlock(&p->lock);
}

void pool_drop(struct pool *p, void *conn)
{
        p->close(conn);
        gone(p);
}

void pool_forget_idle(struct pool *p)
{
        pthread_mutex_lock(&p->lock);
        while (p->n_idle) {
                p->close(p->idle[--p->n_idle]);
                p->n_open--;
        }
        pthread_cond_broadcast(&p->freed);
        pthread_mutex_unlock(&p->lock);
}

void pool_end(struct pool *p)
{
        must(p->n_idle == p->n_open);
        while (p->n_idle)
                p->close(p->idle[--p->n_idle]);
        pthread_cond_destroy(&p->freed);
        pthread_mutex_destroy(&p->lock);
}
