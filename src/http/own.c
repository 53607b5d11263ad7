/* The routes that belong to no room: assets, health, readiness, metrics. */
#include "http/http_inside.h"

#include "os/clock.h"
#include "os/config.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

/* ---- assets and /healthz, answered on the epoll thread ---- */

static enum MHD_Result quick_reply(struct conn *c, unsigned status, struct MHD_Response *r)
{
        response_common_headers(c->http, r);
        MHD_add_response_header(r, "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        c->state = CONN_ANSWERING;
        c->deadline = clock_monotonic_us() + 120 * SECOND_US;
        enum MHD_Result ok = MHD_queue_response(c->mhd, status, r);
        MHD_destroy_response(r);
        return ok;
}

static struct MHD_Response *fixed(const void *p, size_t n)
{
        struct MHD_Response *r = MHD_create_response_from_buffer(n, (void *)(uintptr_t)p,
                                                                 MHD_RESPMEM_PERSISTENT);

        must(r);
        return r;
}

static bool accepts(const char *accept, const char *coding)
{
        return accept && strcasestr(accept, coding);
}

static struct MHD_Response *asset_body(const struct html_asset *a, const char *accept)
{
        struct MHD_Response *r;

        if (a->n_brotli && accepts(accept, "br")) {
                r = fixed(a->brotli, a->n_brotli);
                MHD_add_response_header(r, "Content-Encoding", "br");
        } else if (a->n_gzip && accepts(accept, "gzip")) {
                r = fixed(a->gzip, a->n_gzip);
                MHD_add_response_header(r, "Content-Encoding", "gzip");
        } else {
                r = fixed(a->plain, a->n_plain);
        }
        return r;
}

/* The address holds a hash of the contents: it never changes, and it is its own ETag. */
static bool asset(struct conn *c, enum MHD_Result *result)
{
        const struct html_asset *a = html_asset_find(c->url);
        char etag[256];

        if (!a)
                return false;
        const char *known = MHD_lookup_connection_value(c->mhd, MHD_HEADER_KIND, "If-None-Match");
        const char *accept = MHD_lookup_connection_value(c->mhd, MHD_HEADER_KIND,
                                                         "Accept-Encoding");
        snprintf(etag, sizeof etag, "\"%s\"", a->path);
        bool same = known && strstr(known, etag);
        struct MHD_Response *r = same ? fixed("", 0) : asset_body(a, accept);
        MHD_add_response_header(r, "Content-Type", a->type);
        MHD_add_response_header(r, "Cache-Control", "public, max-age=31536000, immutable");
        MHD_add_response_header(r, "ETag", etag);
        MHD_add_response_header(r, "Vary", "Accept-Encoding");
        *result = quick_reply(c, same ? 304 : 200, r);
        return true;
}

static bool healthz(struct conn *c, enum MHD_Result *result)
{
        struct MHD_Response *r = fixed("ok\n", 3);

        MHD_add_response_header(r, "Content-Type", "text/plain; charset=utf-8");
        MHD_add_response_header(r, "Cache-Control", "no-store");
        *result = quick_reply(c, 200, r);
        return true;
}

bool own_quick(struct conn *c, enum MHD_Result *result)
{
        if (text_starts(c->url, "/assets/"))
                return asset(c, result);
        return text_is(c->url, "/healthz") && healthz(c, result);
}

/* ---- /readyz ---- */

static struct err nothing(struct tx *tx, void *in)
{
        (void)tx;
        (void)in;
        return OK;
}

static struct err ready(struct request *rq, struct out *o)
{
        const struct http *h = rq->parts->http;
        bool up_to_date = false;

        if (h->ending)
                return FAIL(ERR_BUSY, "the program is ending", NULL);
        if (h->ready)
                return h->ready(rq->app, rq->arena, o);
        TRY(db_read(rq->app->db, rq->arena, nothing, NULL));
        TRY(db_migrated(rq->app->db, rq->arena, &up_to_date));
        return up_to_date ? OK : FAIL(ERR_CONFLICT, "migrations are missing", NULL);
}

/* Never more than which part and what of it: whoever can reach the port can read this. */
static struct err readyz(struct request *rq, struct reply *re)
{
        struct out o = out_new(rq->arena, 1024);
        struct err e = ready(rq, &o);

        if (failed(e) && err_is(e, ERR_BUSY))
                out_format(&o, "%s\n", e.what);
        reply_status(re, failed(e) ? 503 : 200);
        reply_bytes(re, "text/plain; charset=utf-8",
                    text_format(rq->arena, "%s\n%s", failed(e) ? "not ready" : "ready", out_get(&o).p), NULL);
        return OK;
}

/* ---- /metrics ---- */

static bool may_read_metrics(const struct request *rq)
{
        struct text rest = text_of(rq->app->config->metrics_allow);

        if (text_starts(rq->ip, "127.") || text_is(rq->ip, "::1"))
                return true;
        while (rest.p)
                if (text_equal(text_trim(text_cut(rest, ',', &rest)), rq->ip))
                        return true;
        return false;
}

static void requests(const struct http *h, struct out *o)
{
        out_c(o,
              "# HELP telemachus_requests_total Requests answered, by route and class of status.\n"
              "# TYPE telemachus_requests_total counter\n");
        for (size_t i = 0; i <= router_count(h->router); i++) {
                const struct route *r = i < router_count(h->router)
                        ? router_entry(h->router, i)->route
                        : NULL;
                const char *method = !r ? "-" : r->method == GET ? "GET" : "POST";
                for (size_t k = 1; k < STATUS_CLASSES; k++) {
                        uint64_t n = h->counters.of_route[i * STATUS_CLASSES + k];
                        if (n)
                                out_format(o, "telemachus_requests_total"
                                           "{method=\"%s\",route=\"%s\",status=\"%zuxx\"} %llu\n",
                                           method, r ? r->path : "-", k, (unsigned long long)n);
                }
        }
}

static void durations(const struct http *h, struct out *o)
{
        static const char *const le[BUCKETS + 1] = {"0.0005", "0.001", "0.0025", "0.005", "0.01",
                                                    "0.025",  "0.05",  "0.1",    "0.25",  "0.5",
                                                    "1",      "5",     "+Inf"};
        uint64_t n = 0;

        out_c(o,
              "# HELP telemachus_request_seconds From the request line to the answer being ready.\n"
              "# TYPE telemachus_request_seconds histogram\n");
        for (size_t i = 0; i <= BUCKETS; i++) {
                n += h->counters.bucket[i];
                out_format(o, "telemachus_request_seconds_bucket{le=\"%s\"} %llu\n", le[i],
                           (unsigned long long)n);
        }
        out_format(o,
                   "telemachus_request_seconds_sum %.6f\ntelemachus_request_seconds_count %llu\n",
                   (double)h->counters.total_us / 1e6, (unsigned long long)n);
}

static void value(struct out *o, const char *name, const char *type, const char *help, int64_t v)
{
        out_format(o, "# HELP telemachus_%s %s\n# TYPE telemachus_%s %s\ntelemachus_%s %lld\n",
                   name, help, name, type, name, (long long)v);
}

static int64_t waiting(struct pool *p)
{
        pthread_mutex_lock(&p->lock);
        int64_t n = (int64_t)p->waiting;
        pthread_mutex_unlock(&p->lock);
        return n;
}

static struct err metrics(struct request *rq, struct reply *re)
{
        struct http *h = rq->parts->http;
        struct out o = out_new(rq->arena, 16 * 1024);

        if (!may_read_metrics(rq))
                return FAIL(ERR_ABSENT, NULL, NULL);
        requests(h, &o);
        durations(h, &o);
        value(&o, "connections_open", "gauge", "Open connections.", h->counters.open);
        value(&o, "connections_total", "counter", "Connections accepted.",
              (int64_t)h->counters.conns);
        value(&o, "connections_refused_total", "counter",
              "Connections over the limit of one address.", (int64_t)h->counters.refused_conns);
        value(&o, "connections_cut_total", "counter", "Connections cut at their deadline.",
              (int64_t)h->counters.cut);
        out_format(&o, "# HELP telemachus_refused_total Requests that were not allowed, or too many.\n"
                   "# TYPE telemachus_refused_total counter\n"
                   "telemachus_refused_total{kind=\"forbidden\"} %llu\ntelemachus_refused_total{kind=\"limit\"} %llu\n",
                   (unsigned long long)h->counters.forbidden, (unsigned long long)h->counters.limited);
        value(&o, "requests_in_flight", "gauge", "Requests under way.", h->counters.in_flight);
        value(&o, "workers_queue", "gauge", "Requests that wait for a worker.",
              waiting(&h->fast) + waiting(&h->slow) + waiting(&h->hashing) + waiting(&h->strangers));
        value(&o, "body_bytes", "gauge", "Memory held for request bodies.",
              (int64_t)h->counters.body_bytes);
        value(&o, "arena_peak_bytes", "gauge", "The most memory that one request has used.",
              (int64_t)h->counters.arena_peak);
        reply_bytes(re, "text/plain; version=0.0.4; charset=utf-8", out_get(&o), NULL);
        return OK;
}

static const struct route own[] = {
        {.method = GET, .path = "/readyz", .handler = readyz, .flags = ROUTE_NO_TX},
        {.method = GET, .path = "/metrics", .handler = metrics, .flags = ROUTE_NO_TX},
};

const struct route_table own_routes = {own, sizeof own / sizeof own[0]};
