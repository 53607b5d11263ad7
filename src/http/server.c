/* Start and stop: daemons, workers, the sweeper. */
#include "http/http_inside.h"

#include "base/log.h"
#include "os/clock.h"
#include "os/config.h"
#include "os/keys.h"
#include "os/process.h"
#include "os/random.h"
#include "os/zone.h"

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
        CONNS_MAX = 20000,
        POOL_BYTES = 16 * 1024,
        STOP_MS = 4000,
        SLOW_WORKERS = 2,
        STRANGERS_WORKERS = 2,          /* for what is sent without signing in */
        FILES_KEPT = 128,
        USE_LOG = 1000,                 /* a key of its own, beyond the tokens' */
};

static void *sweeper(void *arg)
{
        struct http *h = arg;

        for (int tick = 0; h->sweeping; tick++) {
                clock_sleep_ms(100);
                if (tick % 10 == 0)
                        for (int i = 0; i < h->n_doors; i++)
                                conn_sweep(&h->doors[i], clock_monotonic_us());
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
                MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG, 0,
                listen_may_enter, d->http, intake_request, d, MHD_OPTION_EXTERNAL_LOGGER, door_log,
                NULL, MHD_OPTION_LISTEN_SOCKET, d->listener, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
                (size_t)POOL_BYTES, MHD_OPTION_CONNECTION_LIMIT, conns,
                MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_NOTIFY_COMPLETED, intake_done, d,
                MHD_OPTION_NOTIFY_CONNECTION, conn_notify, d, MHD_OPTION_URI_LOG_CALLBACK,
                intake_uri, d, MHD_OPTION_UNESCAPE_CALLBACK, leave_escapes, d, MHD_OPTION_END);
        if (!d->daemon)
                return FAIL(ERR_BROKEN, "The web server could not be started", "See the log");
        return OK;
}

static struct http *http_new(const struct http_options *o)
{
        struct arena *a = arena_new(64 * 1024 * 1024);
        struct http *h = arena_new_of(a, struct http);
        const struct route_table **tables = arena_array(a, const struct route_table *,
                                                        o->n_tables + 1);

        h->arena = a;
        h->app = o->app;
        h->identify = o->identify;
        h->touch = o->touch;
        h->ready = o->ready;
        h->saw = o->saw;
        h->shell = o->shell;
        memcpy(tables, o->tables, o->n_tables * sizeof *tables);
        tables[o->n_tables] = &own_routes;
        h->router = router_new(a, tables, o->n_tables + 1);
        h->counters.of_route = arena_alloc_array(a, sizeof *h->counters.of_route,
                                                 (router_count(h->router) + 1) * STATUS_CLASSES);
        h->zone = zone_find(text_of(o->app->config->default_zone));
        if (!h->zone)
                h->zone = zone_utc();
        h->locale = locale_of(text_of(o->app->config->default_locale), LOCALE_EN);
        h->secure = o->app->config->secure_cookies;
        h->upload = ((size_t)o->app->config->upload_mb << 20) + BODY_AROUND;
        keys_derive(o->app->keys, TOKEN_CSRF, h->csrf_key);
        keys_derive(o->app->keys, TOKEN_DRAFT, h->draft_key);
        keys_derive(o->app->keys, USE_LOG, h->log_key);
        random_bytes(&h->id_prefix, sizeof h->id_prefix);
        pthread_mutex_init(&h->peers.lock, NULL);
        h->n_doors = o->daemons > 0 ? o->daemons : process_processors();
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

        /*
         * the kernel spreads connections by hash: any one daemon must be able to hold a good part
         * more than its share
         */
        for (int i = 0; i < h->n_doors; i++)
                TRY(door_start(&h->doors[i], conns));
        return OK;
}

struct err http_start(const struct http_options *options, struct http **out)
{
        struct http *h = http_new(options);

        struct err e = listen_all(h, options->listen);
        if (failed(e)) {
                for (int i = 0; i < h->n_doors; i++)
                        if (h->doors[i].listener >= 0)
                                close(h->doors[i].listener);
                arena_free(h->arena);
                return e;
        }
        h->sweeping = true;
        pool_start(&h->fast, h, options->workers > 0 ? options->workers : 2 * process_processors(),
                   QUEUE_MAX, false);
        pool_start(&h->slow, h, SLOW_WORKERS, QUEUE_MAX, false);
        pool_start(&h->strangers, h, STRANGERS_WORKERS, QUEUE_MAX, false);
        pool_start(&h->hashing, h, 1 + process_processors() / 4, HASHING_MAX, true);
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

/*
 * The sockets hear no more but stay open until their daemons have ended: one of them may be about
 * to accept, and the number of a closed descriptor soon belongs to something else.
 */
static void stop_accepting(struct http *h)
{
        for (int i = 0; i < h->n_doors; i++) {
                if (h->doors[i].daemon)
                        MHD_quiesce_daemon(h->doors[i].daemon);
                shutdown(h->doors[i].listener, SHUT_RD);
        }
}

static void end_doors(struct http *h)
{
        for (int i = 0; i < h->n_doors; i++) {
                if (h->doors[i].daemon)
                        MHD_stop_daemon(h->doors[i].daemon);
                close(h->doors[i].listener);
        }
}

void http_stop(struct http *h)
{
        int64_t until = clock_monotonic_us() + STOP_MS * 1000;

        h->ending = true;
        stop_accepting(h);
        while (conn_hang_up_idle(h) > 0 && clock_monotonic_us() < until)
                clock_sleep_ms(5);
        int64_t grace = clock_monotonic_us() + SECOND_US / 5;
        bool fast = pool_stop(&h->fast, grace), slow = pool_stop(&h->slow, grace),
             hashing = pool_stop(&h->hashing, grace), strangers = pool_stop(&h->strangers, grace);
        conn_abandon_working(h);
        end_doors(h);
        h->sweeping = false;
        pthread_join(h->sweeper, NULL);
        if (fast && slow && hashing && strangers)
                arena_free(h->arena);
        else
                log_write(LOG_WARN, "http.stop left_working=true");
}
