/*
 * The epoll threads' part: a first look at every request, its body into memory as far as the route
 * allows, then the queue; after the worker, the answer.  Nothing here waits for anything.
 */
#include "http/http_inside.h"

#include "base/log.h"
#include "os/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* bytes a second, on top of the half minute */
enum { SEND_SLOWEST = 4096, UPLOAD_SLOWEST = 32 * 1024 };
static const int64_t READ_US = 30 * SECOND_US, IDLE_US = 60 * SECOND_US, SEND_US = 30 * SECOND_US;
static const uint64_t BODIES_MAX = UINT64_C(512) << 20;         /* of all requests together */

static struct conn *conn_of(struct MHD_Connection *mhd)
{
        return MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
}

void *intake_uri(void *cls, const char *uri, struct MHD_Connection *mhd)
{
        struct conn *c = conn_of(mhd);

        (void)cls;
        (void)uri;
        c->began = clock_monotonic_us();
        c->state = CONN_READING;
        c->deadline = c->began + READ_US;
        return NULL;
}

static void body_drop(struct conn *c)
{
        c->http->counters.body_bytes -= c->room;
        free(c->body);
        c->body = NULL;
        c->n_body = c->room = 0;
}

void intake_done(void *cls, struct MHD_Connection *mhd, void **state,
                 enum MHD_RequestTerminationCode why)
{
        struct conn *c = conn_of(mhd);

        (void)cls;
        (void)why;
        if (!c || c->abandoned)
                return;
        body_drop(c);
        if (c->response)
                MHD_destroy_response(c->response);
        c->response = NULL;
        if (*state)
                c->http->counters.in_flight--;
        *state = NULL;
        c->state = CONN_IDLE;
        c->deadline = clock_monotonic_us() + IDLE_US;
}

/* ---- answers that need no worker ---- */

static enum MHD_Result answer_plain(struct conn *c, int status, const char *text)
{
        struct MHD_Response *r = MHD_create_response_from_buffer(
                strlen(text), (void *)(uintptr_t)text, MHD_RESPMEM_PERSISTENT);

        must(r);
        MHD_add_response_header(r, "Content-Type", "text/plain; charset=utf-8");
        MHD_add_response_header(r, "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        MHD_add_response_header(r, "Cache-Control", "no-store");
        response_common_headers(c->http, r);
        log_write(LOG_INFO, "http.refused status=%d bytes=%zu", status, c->n_body);
        MHD_add_response_header(r, "Connection", "close");
        if (status == 503)
                MHD_add_response_header(r, "Retry-After", "5");
        c->state = CONN_ANSWERING;
        c->deadline = clock_monotonic_us() + SEND_US;
        enum MHD_Result ok = MHD_queue_response(c->mhd, (unsigned)status, r);
        MHD_destroy_response(r);
        return ok;
}

static enum MHD_Result answer(struct conn *c)
{
        if (c->abandoned)
                return MHD_NO;
        if (!c->response)
                return answer_plain(
                        c, 503,
                        "The server has too much to do. Try again in a few seconds.\n");
        c->deadline = clock_monotonic_us() + SEND_US +
                (int64_t)c->n_answer / SEND_SLOWEST * SECOND_US;
        enum MHD_Result ok = MHD_queue_response(c->mhd, (unsigned)c->status, c->response);
        MHD_destroy_response(c->response);
        c->response = NULL;
        return ok;
}

/* ---- the first look ---- */

struct framing { int lengths, encodings; bool chunked; int64_t length; bool bad; const char *forwarded; };

static enum MHD_Result look_at_header(void *cls, enum MHD_ValueKind kind, const char *name,
                                      const char *value)
{
        struct framing *f = cls;

        (void)kind;
        if (strcasecmp(name, "Content-Length") == 0) {
                f->lengths++;
                f->bad |= !text_int(text_of(value), &f->length) || f->length < 0;
        } else if (strcasecmp(name, "Transfer-Encoding") == 0) {
                f->encodings++;
                f->bad |= !value || strcasecmp(value, "chunked") != 0;
        } else if (strcasecmp(name, "X-Forwarded-For") == 0) {
                f->forwarded = value;
        }
        return MHD_YES;
}

/*
 * Two lengths, or a length and chunks, are read differently by proxies and by us: requests could be
 * smuggled in between.
 */
static bool framing_of(struct conn *c, struct framing *f)
{
        MHD_get_connection_values(c->mhd, MHD_HEADER_KIND, look_at_header, f);
        return !f->bad && f->lengths + f->encodings <= 1;
}

/* Behind a proxy on this machine the client is the last address that the proxy has added. */
static void name_client(struct conn *c, const char *forwarded)
{
        struct text given = text_of(c->loopback ? forwarded : NULL);
        const char *comma = given.n ? memrchr(given.p, ',', given.n) : NULL;
        struct text last = text_trim(comma ? (struct text) {comma + 1, given.n - (size_t)(comma + 1 - given.p)} : given);

        if (text_empty(given))
                memcpy(c->client, c->ip, sizeof c->client);
        else if (last.n && last.n < sizeof c->client)
                snprintf(c->client, sizeof c->client, "%.*s", (int)last.n, last.p);
        else
                snprintf(c->client, sizeof c->client, "unknown");
}

static bool method_of(struct conn *c, const char *method)
{
        if (strcmp(method, MHD_HTTP_METHOD_GET) == 0 || strcmp(method, MHD_HTTP_METHOD_HEAD) == 0)
                c->method = GET;
        else if (strcmp(method, MHD_HTTP_METHOD_POST) == 0)
                c->method = POST;
        else
                return false;
        return true;
}

static void hand_to_worker(struct conn *c)
{
        const struct entry *e = c->match.entry;
        unsigned flags = e ? e->route->flags : 0;
        /* a write keeps its worker until it is durable: many of nobody's must not keep all of them */
        bool stranger = c->method == POST && e && e->route->who == WHO_ANYONE;
        struct pool *pool = flags & ROUTE_HASHING ? &c->http->hashing
                : flags & ROUTE_SLOW ? &c->http->slow : stranger ? &c->http->strangers : &c->http->fast;

        c->deadline = 0;
        c->state = CONN_WORKING;
        /* before the queue: the worker may be faster than we are */
        MHD_suspend_connection(c->mhd);
        if (!pool_add(pool, c)) {
                c->state = CONN_ANSWERING;
                MHD_resume_connection(c->mhd);
        }
}

static bool too_large_to_hear(const struct conn *c, int64_t length)
{
        return length > (int64_t)c->limit + DISCARD_MAX;
}

static size_t limit_of(const struct http *h, const struct route *r)
{
        return r->limit == ROUTE_UPLOAD ? h->upload : r->limit ? r->limit : BODY_OTHERWISE;
}

static enum MHD_Result first_look(struct conn *c, const char *url, const char *method)
{
        struct framing f = {0};

        c->url = text_of(url);
        c->refuse = 0;
        c->discarded = 0;
        c->match = (struct match) {0};
        c->http->counters.in_flight++;
        if (!framing_of(c, &f))
                return answer_plain(c, 400, "The length of the request is not clear.\n");
        name_client(c, f.forwarded);
        if (!method_of(c, method))
                return answer_plain(c, 405, "Only GET, HEAD and POST are understood here.\n");
        router_find(c->http->router, c->method, c->url, &c->match);
        c->limit = c->match.entry && c->method == POST ? limit_of(c->http, c->match.entry->route) : 0;
        if (too_large_to_hear(c, f.length))
                return answer_plain(c, 413, "That is more than can be taken here.\n");
        if (f.length > (int64_t)c->limit && c->method == POST && c->match.entry)
                c->refuse = 413;
        if (f.length > 0)
                c->deadline = c->began + READ_US + f.length / UPLOAD_SLOWEST * SECOND_US;
        return MHD_YES;
}

/* ---- the body ---- */

static bool body_room(struct conn *c, size_t n)
{
        size_t room = c->room ? c->room : 4096;

        while (room < c->n_body + n)
                room *= 2;
        if (room == c->room)
                return true;
        if (c->http->counters.body_bytes + room - c->room > BODIES_MAX)
                return false;
        char *p = realloc(c->body, room);
        if (!p)
                return false;
        c->http->counters.body_bytes += room - c->room;
        c->body = p;
        c->room = room;
        return true;
}

static enum MHD_Result take_body(struct conn *c, const char *upload, size_t *n)
{
        size_t got = *n;

        *n = 0;
        if (!c->refuse && c->n_body + got > c->limit)
                c->refuse = c->match.entry ? 413 : 404;
        if (!c->refuse && !body_room(c, got))
                c->refuse = 503;
        if (c->refuse) {
                body_drop(c);
                c->discarded += got;
                return c->discarded > c->limit + DISCARD_MAX ? MHD_NO : MHD_YES;
        }
        memcpy(c->body + c->n_body, upload, got);
        c->n_body += got;
        return MHD_YES;
}

/*
 * The request is complete.  Only now may it be answered: an answer given at the first look makes
 * the library close the connection, since a body could still be under way.
 */
static enum MHD_Result whole(struct conn *c)
{
        enum MHD_Result quick;

        if (c->method == GET && own_quick(c, &quick))
                return quick;
        hand_to_worker(c);
        return MHD_YES;
}

enum MHD_Result intake_request(void *cls, struct MHD_Connection *mhd, const char *url,
                               const char *method, const char *version, const char *upload,
                               size_t *n_upload, void **state)
{
        struct conn *c = conn_of(mhd);

        (void)cls;
        (void)version;
        if (!*state) {
                *state = c;
                return first_look(c, url, method);
        }
        if (c->state == CONN_ANSWERING)
                return answer(c);
        if (*n_upload)
                return take_body(c, upload, n_upload);
        return whole(c);
}
