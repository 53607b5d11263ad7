/* Sockets, daemons, connections and their deadlines; start and stop. */
#include "http/http_inside.h"

#include "base/log.h"
#include "os/clock.h"
#include "os/config.h"
#include "os/keys.h"
#include "os/process.h"
#include "os/random.h"
#include "os/zone.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
        CONNS_MAX = 20000, CONNS_OF_ONE = 256,  /* one address may be a whole organisation behind a gateway */
        POOL_BYTES = 16 * 1024, BACKLOG = 1024, STOP_MS = 4000, SLOW_WORKERS = 2, FILES_KEPT = 128,
};

/* ---- addresses ---- */

/* "127.0.0.1:8080", "[::1]:8080", "localhost:0" */
static struct err resolve(const char *listen_on, struct sockaddr_storage *out, socklen_t *n)
{
        char host[256];
        struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE}, *found;
        const char *colon = strrchr(listen_on, ':');
        struct text h = {listen_on, colon ? (size_t)(colon - listen_on) : 0};

        if (h.n > 1 && h.p[0] == '[' && h.p[h.n - 1] == ']')
                h = (struct text) {h.p + 1, h.n - 2};
        snprintf(host, sizeof host, "%.*s", (int)h.n, h.p);
        if (!colon || h.n >= sizeof host || getaddrinfo(host, colon + 1, &hints, &found) != 0)
                return FAIL_AT(ERR_INVALID, "The address to listen on is none of this machine", listen_on,
                               "Use ADDRESS:PORT, as in 127.0.0.1:8080");
        memcpy(out, found->ai_addr, found->ai_addrlen);
        *n = found->ai_addrlen;
        freeaddrinfo(found);
        return OK;
}

static int port_of(const struct sockaddr_storage *s)
{
        if (s->ss_family == AF_INET6)
                return ntohs(((const struct sockaddr_in6 *)(const void *)s)->sin6_port);
        return ntohs(((const struct sockaddr_in *)(const void *)s)->sin_port);
}

static int open_listener(struct sockaddr_storage *address, socklen_t *n, bool shared)
{
        int one = 1, fd = socket(address->ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

        if (fd < 0)
                return -1;
        setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);     /* accepted sockets inherit it */
        if (shared)
                setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &one, sizeof one);
        if (bind(fd, (struct sockaddr *)address, *n) == 0 && (!shared || listen(fd, BACKLOG) == 0) &&
            getsockname(fd, (struct sockaddr *)address, n) == 0)
                return fd;
        int kept = errno;
        close(fd);
        errno = kept;
        return -1;
}

static struct err cannot_listen(const char *listen_on)
{
        if (errno == EADDRINUSE)
                return FAIL_AT(ERR_BUSY, "Another program listens there already", listen_on,
                               "Stop it, or choose another port with --listen");
        return FAIL_AT(ERR_FORBIDDEN, "That address cannot be listened on", listen_on,
                       "Choose an address of this machine and a port above 1023");
}

/* A shared port is open to every program of the same user, so first make sure that nobody has it. */
static struct err open_listeners(struct http *h, const char *listen_on)
{
        struct sockaddr_storage address;
        socklen_t n;

        TRY(resolve(listen_on, &address, &n));
        int probe = open_listener(&address, &n, false);
        if (probe < 0)
                return cannot_listen(listen_on);
        close(probe);
        for (int i = 0; i < h->n_doors; i++) {
                h->doors[i].listener = open_listener(&address, &n, true);
                if (h->doors[i].listener < 0)
                        return cannot_listen(listen_on);
        }
        h->port = port_of(&address);
        return OK;
}

/* ---- open connections by address ---- */

static void name_address(const struct sockaddr *s, char ip[INET6_ADDRSTRLEN], bool *loopback)
{
        if (s->sa_family == AF_INET6) {
                const struct sockaddr_in6 *in = (const void *)s;
                if (IN6_IS_ADDR_V4MAPPED(&in->sin6_addr))
                        inet_ntop(AF_INET, &in->sin6_addr.s6_addr[12], ip, INET6_ADDRSTRLEN);
                else
                        inet_ntop(AF_INET6, &in->sin6_addr, ip, INET6_ADDRSTRLEN);
        } else {
                inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)s)->sin_addr, ip, INET6_ADDRSTRLEN);
        }
        *loopback = strcmp(ip, "::1") == 0 || strncmp(ip, "127.", 4) == 0;
}

/* The slot of an address, or an empty one; addresses that find neither share the last one looked at. */
static size_t peer_slot(const struct peers *p, const char *ip)
{
        size_t hash = 5381, i = 0;

        for (const char *c = ip; *c; c++)
                hash = hash * 33 + (unsigned char)*c;
        for (size_t step = 0; step < 64; step++) {
                i = (hash + step) % PEERS;
                if (p->slot[i].n == 0 || strcmp(p->slot[i].ip, ip) == 0)
                        break;
        }
        return i;
}

/* Emptied slots may let an address count from two slots for a while; the limit is a fence, not a promise. */
static bool peer_enter(struct peers *p, const char *ip)
{
        pthread_mutex_lock(&p->lock);
        size_t i = peer_slot(p, ip);
        bool ok = p->slot[i].n < CONNS_OF_ONE;
        if (ok && p->slot[i].n++ == 0)
                snprintf(p->slot[i].ip, sizeof p->slot[i].ip, "%s", ip);
        pthread_mutex_unlock(&p->lock);
        return ok;
}

static void peer_leave(struct peers *p, const char *ip)
{
        pthread_mutex_lock(&p->lock);
        size_t i = peer_slot(p, ip);
        if (p->slot[i].n > 0)
                p->slot[i].n--;
        pthread_mutex_unlock(&p->lock);
}

static enum MHD_Result may_enter(void *cls, const struct sockaddr *address, socklen_t n)
{
        struct http *h = cls;
        char ip[INET6_ADDRSTRLEN] = "";
        bool loopback = false;

        (void)n;
        name_address(address, ip, &loopback);
        if (loopback || peer_enter(&h->peers, ip))
                return MHD_YES;
        h->counters.refused_conns++;
        return MHD_NO;
}

/* ---- connections ---- */

static struct conn *conn_open(struct door *door, struct MHD_Connection *mhd)
{
        struct conn *c = calloc(1, sizeof *c);

        must(c);
        c->http = door->http;
        c->door = door;
        c->mhd = mhd;
        c->fd = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
        name_address(MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr, c->ip, &c->loopback);
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
                peer_leave(&c->http->peers, c->ip);
        if (c->abandoned)
                return;         /* a worker still has it: the process is ending, and this is all that stays behind */
        free(c->body);
        free(c);
}

static void on_connection(void *cls, struct MHD_Connection *mhd, void **own, enum MHD_ConnectionNotificationCode code)
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
 * libmicrohttpd's own timeout counts silence only: a client that sends a byte a second would stay for ever.  Walking all
 * connections once a second costs less than keeping them sorted.
 */
static void sweep(struct door *d, int64_t now)
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

static void *sweeper(void *arg)
{
        struct http *h = arg;

        for (int tick = 0; h->sweeping; tick++) {
                clock_sleep_ms(100);
                if (tick % 10 == 0)
                        for (int i = 0; i < h->n_doors; i++)
                                sweep(&h->doors[i], clock_monotonic_us());
        }
        return NULL;
}

/* ---- start ---- */

static void door_log(void *cls, const char *format, va_list ap)
{
        char line[512];

        (void)cls;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        vsnprintf(line, sizeof line, format, ap);
#pragma GCC diagnostic pop
        log_write(LOG_DEBUG, "http.library %s", line);
}

/* Escapes in paths are undone by us, part by part, after the route has been found. */
static size_t leave_escapes(void *cls, struct MHD_Connection *c, char *s)
{
        (void)cls;
        (void)c;
        return strlen(s);
}

static struct err door_start(struct door *d, unsigned conns)
{
        d->daemon = MHD_start_daemon(
                MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG, 0, may_enter, d->http,
                intake_request, d, MHD_OPTION_EXTERNAL_LOGGER, door_log, NULL, MHD_OPTION_LISTEN_SOCKET, d->listener,
                MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)POOL_BYTES, MHD_OPTION_CONNECTION_LIMIT, conns,
                MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_NOTIFY_COMPLETED, intake_done, d, MHD_OPTION_NOTIFY_CONNECTION,
                on_connection, d, MHD_OPTION_URI_LOG_CALLBACK, intake_uri, d, MHD_OPTION_UNESCAPE_CALLBACK, leave_escapes, d,
                MHD_OPTION_END);
        if (!d->daemon)
                return FAIL(ERR_BROKEN, "The web server could not be started", "See the log");
        return OK;
}

static int cores(void)
{
        long n = sysconf(_SC_NPROCESSORS_ONLN);

        return n < 1 ? 1 : n > 16 ? 16 : (int)n;
}

static struct http *http_new(const struct http_options *o)
{
        struct arena *a = arena_new(64 * 1024 * 1024);
        struct http *h = arena_new_of(a, struct http);
        const struct route_table **tables = arena_array(a, const struct route_table *, o->n_tables + 1);

        h->arena = a;
        h->app = o->app;
        h->identify = o->identify;
        h->shell = o->shell;
        memcpy(tables, o->tables, o->n_tables * sizeof *tables);
        tables[o->n_tables] = &own_routes;
        h->router = router_new(a, tables, o->n_tables + 1);
        h->counters.of_route = arena_alloc_array(a, sizeof *h->counters.of_route, (router_count(h->router) + 1) * STATUS_CLASSES);
        h->zone = zone_find(text_of(o->app->config->default_zone));
        if (!h->zone)
                h->zone = zone_utc();
        h->locale = locale_of(text_of(o->app->config->default_locale), LOCALE_EN);
        h->secure = o->app->config->secure_cookies;
        keys_derive(o->app->keys, TOKEN_CSRF, h->csrf_key);
        keys_derive(o->app->keys, TOKEN_DRAFT, h->draft_key);
        random_bytes(&h->id_prefix, sizeof h->id_prefix);
        pthread_mutex_init(&h->peers.lock, NULL);
        h->n_doors = o->daemons > 0 ? o->daemons : cores();
        h->doors = arena_array(a, struct door, (size_t)h->n_doors);
        for (int i = 0; i < h->n_doors; i++) {
                h->doors[i].http = h;
                h->doors[i].listener = -1;
                pthread_mutex_init(&h->doors[i].lock, NULL);
        }
        return h;
}

static struct err start_doors(struct http *h)
{
        long files = process_raise_files() - FILES_KEPT;
        unsigned conns = (unsigned)(files < 64 ? 64 : files > CONNS_MAX ? CONNS_MAX : files);

        /* the kernel spreads connections by hash: any one daemon must be able to hold a good part more than its share */
        for (int i = 0; i < h->n_doors; i++)
                TRY(door_start(&h->doors[i], conns));
        return OK;
}

struct err http_start(const struct http_options *options, struct http **out)
{
        struct http *h = http_new(options);

        struct err e = open_listeners(h, options->listen);
        if (failed(e)) {
                for (int i = 0; i < h->n_doors; i++)
                        if (h->doors[i].listener >= 0)
                                close(h->doors[i].listener);
                arena_free(h->arena);
                return e;
        }
        h->sweeping = true;
        pool_start(&h->fast, h, options->workers > 0 ? options->workers : 2 * cores());
        pool_start(&h->slow, h, SLOW_WORKERS);
        must(pthread_create(&h->sweeper, NULL, sweeper, h) == 0);
        e = start_doors(h);
        if (failed(e)) {
                http_stop(h);
                return e;
        }
        *out = h;
        return OK;
}

int http_port(const struct http *h) { return h->port; }

/* ---- stop ---- */

static void stop_accepting(struct http *h)
{
        for (int i = 0; i < h->n_doors; i++) {
                if (h->doors[i].daemon)
                        MHD_quiesce_daemon(h->doors[i].daemon);
                close(h->doors[i].listener);
        }
}

/* Connections that wait for a next request hear the end now; those in the middle of one may finish it. */
static int hang_up_idle(struct http *h)
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

/* libmicrohttpd ends the whole program when a daemon is stopped while one of its connections is suspended. */
static void abandon_working(struct http *h)
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

void http_stop(struct http *h)
{
        int64_t until = clock_monotonic_us() + STOP_MS * 1000;

        h->ending = true;
        stop_accepting(h);
        while (hang_up_idle(h) > 0 && clock_monotonic_us() < until)
                clock_sleep_ms(5);
        int64_t grace = clock_monotonic_us() + SECOND_US / 5;
        bool fast = pool_stop(&h->fast, grace), slow = pool_stop(&h->slow, grace);
        abandon_working(h);
        for (int i = 0; i < h->n_doors; i++)
                if (h->doors[i].daemon)
                        MHD_stop_daemon(h->doors[i].daemon);
        h->sweeping = false;
        pthread_join(h->sweeper, NULL);
        if (fast && slow)
                arena_free(h->arena);
        else
                log_write(LOG_WARN, "http.stop left_working=true");
}
