/* The threads that run handlers as plain blocking code, and the queue in front of them. */
#include "http/http_inside.h"

#include "base/log.h"
#include "os/clock.h"
#include "os/process.h"

#include <stdlib.h>
#include <string.h>

static const int64_t BUCKET_US[BUCKETS] = {500,   1000,   2500,   5000,   10000,   25000,
                                           50000, 100000, 250000, 500000, 1000000, 5000000};

static void count(struct http *h, const struct conn *c, int64_t us)
{
        size_t row = c->match.entry ? c->match.entry->index : router_count(h->router);
        size_t b = 0;

        while (b < BUCKETS && us > BUCKET_US[b])
                b++;
        atomic_fetch_add_explicit(&h->counters.of_route[row * STATUS_CLASSES +
                                                        (size_t)(c->status / 100) % STATUS_CLASSES],
                                  1, memory_order_relaxed);
        atomic_fetch_add_explicit(&h->counters.bucket[b], 1, memory_order_relaxed);
        atomic_fetch_add_explicit(&h->counters.total_us, (uint64_t)us, memory_order_relaxed);
}

/* The pattern, never the path: paths carry one-click tokens and calendar addresses. */
static void account(struct http_parts *x, size_t bytes)
{
        struct conn *c = x->conn;
        int64_t us = clock_monotonic_us() - c->began;
        size_t used = arena_used(x->arena);

        count(x->http, c, us);
        if (used > x->http->counters.arena_peak)
                x->http->counters.arena_peak = used;
        /* what asks every few seconds for ever is not worth a line each time */
        bool routine = c->status == 200 && x->rq.route && (x->rq.route->flags & ROUTE_NO_TX);
        log_write(routine ? LOG_DEBUG : LOG_INFO,
                  "http id=%s method=%s route=%s status=%d ms=%lld.%lld bytes=%zu person=%lld",
                  x->rq.id.p, c->method == GET ? "GET" : "POST",
                  c->match.entry ? c->match.entry->route->path : "-", c->status,
                  (long long)us / 1000, (long long)us % 1000 / 100, bytes,
                  (long long)x->who.person);
}

static void serve(struct worker *w, struct conn *c)
{
        arena_reset(w->arena);
        struct http_parts *x = arena_new_of(w->arena, struct http_parts);
        x->http = c->http;
        x->worker = w;
        x->conn = c;
        x->arena = w->arena;
        exchange_run(x);
        size_t bytes;
        struct MHD_Response *response = response_make(x, &bytes);
        int working = CONN_WORKING;
        c->response = response;
        c->n_answer = bytes;
        c->status = x->re.status;
        account(x, bytes);
        /* whoever moves the state on is the one to resume: us, or the end of the server */
        if (atomic_compare_exchange_strong(&c->state, &working, CONN_ANSWERING))
                MHD_resume_connection(c->mhd);
        else
                MHD_destroy_response(response);
}

static struct conn *queue_take(struct queue *q)
{
        struct conn *c = q->first;

        q->first = c->queued;
        if (!q->first)
                q->last = NULL;
        return c;
}

static void queue_add(struct queue *q, struct conn *c)
{
        c->queued = NULL;
        if (q->last)
                q->last->queued = c;
        else
                q->first = c;
        q->last = c;
}

static struct conn *pool_take(struct pool *p)
{
        struct conn *c = NULL;

        pthread_mutex_lock(&p->lock);
        while (p->waiting == 0 && !p->ending) {
                p->idle++;
                pthread_cond_wait(&p->wake, &p->lock);
                p->idle--;
        }
        if (p->waiting > 0) {
                bool crowd = p->crowd.first && (!p->fair.first || ++p->taken % CROWD_TURN == 0);
                c = queue_take(crowd ? &p->crowd : &p->fair);
                p->waiting--;
        }
        pthread_mutex_unlock(&p->lock);
        return c;
}

static void pool_done(struct pool *p, const char *client)
{
        pthread_mutex_lock(&p->lock);
        int *n = listen_count(p->busy, client);
        if (*n > 0)
                (*n)--;
        pthread_mutex_unlock(&p->lock);
}

static void *work(void *arg)
{
        struct worker *w = arg;
        struct conn *c;
        char client[sizeof c->client];

        if (w->pool->gives_way)
                process_give_way();
        while ((c = pool_take(w->pool))) {
                /* the connection is no longer ours once it is served */
                memcpy(client, c->client, sizeof client);
                serve(w, c);
                pool_done(w->pool, client);
        }
        arena_free(w->arena);
        if (w->zip_ready)
                deflateEnd(&w->zip);
        w->finished = 1;
        return NULL;
}

void pool_start(struct pool *p, struct http *h, int workers, size_t most, bool gives_way)
{
        p->http = h;
        p->most = most;
        p->gives_way = gives_way;
        p->n = workers;
        p->workers = arena_array(h->arena, struct worker, (size_t)workers);
        p->busy = arena_new_of(h->arena, struct peers);
        pthread_mutex_init(&p->lock, NULL);
        pthread_cond_init(&p->wake, NULL);
        for (int i = 0; i < workers; i++) {
                p->workers[i].pool = p;
                p->workers[i].arena = arena_new(ARENA_CEILING);
                must(pthread_create(&p->workers[i].thread, NULL, work, &p->workers[i]) == 0);
        }
}

bool pool_add(struct pool *p, struct conn *c)
{
        pthread_mutex_lock(&p->lock);
        int *n = listen_count(p->busy, c->client);
        bool room = p->waiting < p->most && *n < WAITING_MAX && !p->ending;
        if (room) {
                queue_add((*n)++ < FAIR_SHARE ? &p->fair : &p->crowd, c);
                p->waiting++;
        }
        bool wake = room && p->idle > 0;
        pthread_mutex_unlock(&p->lock);
        if (wake)
                pthread_cond_signal(&p->wake);
        return room;
}

static int still_working(struct pool *p)
{
        int n = 0;

        for (int i = 0; i < p->n; i++)
                n += !p->workers[i].finished;
        return n;
}

bool pool_stop(struct pool *p, int64_t until)
{
        pthread_mutex_lock(&p->lock);
        p->ending = true;
        pthread_mutex_unlock(&p->lock);
        pthread_cond_broadcast(&p->wake);
        while (still_working(p) && clock_monotonic_us() < until)
                clock_sleep_ms(2);
        bool all = still_working(p) == 0;
        for (int i = 0; i < p->n; i++) {
                if (p->workers[i].finished)
                        pthread_join(p->workers[i].thread, NULL);
                else
                        pthread_detach(p->workers[i].thread);
        }
        return all;
}
