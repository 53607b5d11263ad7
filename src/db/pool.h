/* Connections that wait to be used, opened when needed, never more than max. Private to db/. */
#ifndef TELEMACHUS_DB_POOL_H
#define TELEMACHUS_DB_POOL_H

#include "base/err.h"

#include <pthread.h>

enum { POOL_MAX = 256 };

struct pool {
        pthread_mutex_t lock;
        pthread_cond_t freed;
        void *idle[POOL_MAX];           /* a stack: the one used last has the warmest cache */
        int n_idle;
        int n_open;
        int max;
        void *own;
        struct err (*open)(void *own, void **conn);
        void (*close)(void *conn);
};

void pool_init(struct pool *p, int max, void *own, struct err (*open)(void *, void **),
               void (*close)(void *));

/* Waits up to ten seconds for one to be given back; then busy. */
struct err pool_take(struct pool *p, void **conn);
void pool_give(struct pool *p, void *conn);
void pool_drop(struct pool *p, void *conn);     /* closes it: it is of no use any more */
/* closes what is idle: the server went away under all of them */
void pool_forget_idle(struct pool *p);
void pool_end(struct pool *p);                  /* all must have been given back */

#endif
