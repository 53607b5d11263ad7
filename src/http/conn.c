/* Connections from accept to close: their deadlines, and how they end with the server. */
#include "http/http_inside.h"

#include "os/clock.h"

#include <stdlib.h>
#include <sys/socket.h>

static struct conn *conn_open(struct door *door, struct MHD_Connection *mhd)
{
        struct conn *c = calloc(1, sizeof *c);

        must(c);
        c->http = door->http;
        c->door = door;
        c->mhd = mhd;
        c->fd = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
        listen_name_address(
                MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr,
                c->ip, &c->loopback);
        c->deadline = clock_monotonic_us() + 30 * SECOND_US;
        pthread_mutex_lock(&door->lock);
        c->next = door->conns;
        if (c->next)
                c->next->previous = c;
        door->conns = c;
        pthread_mutex_unlock(&door->lock);
        c->http->counters.conns++;
        c->http->counters.open++;
        return c;
}

/* Called before the descriptor is closed, so that the sweeper never shuts down a stranger's. */
static void conn_close(struct conn *c)
{
        pthread_mutex_lock(&c->door->lock);
        if (c->next)
                c->next->previous = c->previous;
        if (c->previous)
                c->previous->next = c->next;
        else
                c->door->conns = c->next;
        pthread_mutex_unlock(&c->door->lock);
        c->http->counters.open--;
        if (!c->loopback)
                listen_leave(&c->http->peers, c->ip);
        /* a worker still has it: the process is ending, and this is all that stays behind */
        if (c->abandoned)
                return;
        free(c->body);
        free(c);
}

void conn_notify(void *cls, struct MHD_Connection *mhd, void **own,
                 enum MHD_ConnectionNotificationCode code)
{
        switch (code) {
        case MHD_CONNECTION_NOTIFY_STARTED:
                *own = conn_open(cls, mhd);
                return;
        case MHD_CONNECTION_NOTIFY_CLOSED:
                if (*own)
                        conn_close(*own);
                *own = NULL;
                return;
        }
}

/*
 * libmicrohttpd's own timeout counts silence only: a client that sends a byte a second would stay
 * for ever.  Walking all connections once a second costs less than keeping them sorted.
 */
void conn_sweep(struct door *d, int64_t now)
{
        pthread_mutex_lock(&d->lock);
        for (struct conn *c = d->conns; c; c = c->next) {
                int64_t deadline = c->deadline;
                if (deadline && deadline < now) {
                        c->deadline = 0;
                        if (c->state != CONN_IDLE)
                                c->http->counters.cut++;
                        shutdown(c->fd, SHUT_RDWR);
                }
        }
        pthread_mutex_unlock(&d->lock);
}

/*
 * Connections that wait for a next request hear the end now; those in the middle of one may finish
 * it.
 */
int conn_hang_up_idle(struct http *h)
{
        int busy = 0;

        for (int i = 0; i < h->n_doors; i++) {
                pthread_mutex_lock(&h->doors[i].lock);
                for (struct conn *c = h->doors[i].conns; c; c = c->next) {
                        if (c->state == CONN_IDLE)
                                shutdown(c->fd, SHUT_RDWR);
                        else
                                busy++;
                }
                pthread_mutex_unlock(&h->doors[i].lock);
        }
        return busy;
}

/*
 * libmicrohttpd ends the whole program when a daemon is stopped while one of its connections is
 * suspended.
 */
void conn_abandon_working(struct http *h)
{
        for (int i = 0; i < h->n_doors; i++) {
                pthread_mutex_lock(&h->doors[i].lock);
                for (struct conn *c = h->doors[i].conns; c; c = c->next) {
                        int working = CONN_WORKING;
                        if (atomic_compare_exchange_strong(&c->state, &working, CONN_ANSWERING)) {
                                c->abandoned = true;
                                MHD_resume_connection(c->mhd);
                        }
                }
                pthread_mutex_unlock(&h->doors[i].lock);
        }
        clock_sleep_ms(20);     /* for the daemons to take them back */
}
