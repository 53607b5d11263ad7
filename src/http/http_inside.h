/*
 * What the files of this folder share and nobody else sees.  In the order a request meets them:
 *
 *   server.c    sockets, daemons, connections, the deadline of each, start and stop
 *   intake.c    epoll threads: first look at a request, its body, then the queue       route.c    path -> row
 *   worker.c    worker threads: one request after the other, each on its arena
 *   exchange.c  identity, admission, GET        post.c  origin, csrf, form, write, form shown again       draft.c, csrf.c, cookie.c
 *   reply.c     what handlers call              page.c  frames and error pages           response.c  headers, compression
 *   own.c       assets, health, readiness, metrics
 */
#ifndef TELEMACHUS_HTTP_HTTP_INSIDE_H
#define TELEMACHUS_HTTP_HTTP_INSIDE_H

#include "http/http.h"

#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <zlib.h>

enum {
        PARTS_MAX = 8,                          /* :parts in one path */
        BODY_OTHERWISE = 64 * 1024,             /* a route without a limit of its own */
        DISCARD_MAX = 16 * 1024 * 1024,         /* of a body too large, so that the sender hears why */
        ARENA_CEILING = 64 * 1024 * 1024,
        QUEUE_MAX = 2000,                       /* requests that wait for a worker; more are told to come back */
        STATUS_CLASSES = 6, BUCKETS = 12,
        ROUTE_NO_TX = 1 << 16,                  /* ours only: the handler runs outside a transaction */
};
#define SECOND_US INT64_C(1000000)

/* ---- routes, compiled at start (route.c) ---- */

struct entry {
        const struct route *route;
        const struct entry *back;
        size_t index;                           /* of the counters */
        size_t n_names;
        struct text name[PARTS_MAX];
};
struct match {
        const struct entry *entry;              /* NULL: no such route */
        bool other_method;                      /* the path is there, the method is not */
        struct text part[PARTS_MAX];            /* as sent, percent-encoded; views */
};
struct router;
/* must() when two rows say the same, or a row's back is no GET row. */
struct router *router_new(struct arena *a, const struct route_table *const *tables, size_t n);
void router_find(const struct router *r, enum method method, struct text path, struct match *out);
size_t router_count(const struct router *r);
const struct entry *router_entry(const struct router *r, size_t i);

/* ---- connections and threads ---- */

struct door {                                   /* one daemon on its own listening socket */
        struct http *http;
        struct MHD_Daemon *daemon;
        int listener;
        pthread_mutex_t lock;                   /* of the list, taken when a connection opens or closes */
        struct conn *conns;
};

enum conn_state { CONN_IDLE, CONN_READING, CONN_WORKING, CONN_ANSWERING };

struct conn {                                   /* from accept to close; one request at a time */
        struct http *http;
        struct door *door;
        struct conn *next, *previous;           /* the door's, under its lock */
        struct MHD_Connection *mhd;
        int fd;
        char ip[INET6_ADDRSTRLEN];
        bool loopback;
        _Atomic int64_t deadline;               /* monotonic us; then the socket is shut down; 0: none */
        _Atomic int state;                      /* enum conn_state */

        /* the request under way; written by the epoll thread, then by the worker, then by the epoll thread */
        int64_t began;
        enum method method;
        struct text url;                        /* without query, percent-encoded; lives in mhd's memory */
        int refuse;                             /* status to answer whatever the handler would say; 0: none */
        struct match match;
        char *body;
        size_t n_body, room, limit, discarded;
        struct MHD_Response *response;
        size_t n_answer;
        int status;
        bool abandoned;                         /* the server ended before the worker did */
        struct conn *queued;                    /* the next in the pool's queue */
};

struct pool {
        struct http *http;
        pthread_mutex_t lock;
        pthread_cond_t wake;
        struct conn *first, *last;
        size_t waiting;
        int idle;
        bool ending;
        int n;
        struct worker *workers;
};

struct worker {
        struct pool *pool;
        pthread_t thread;
        struct arena *arena;
        z_stream zip;
        bool zip_ready;
        _Atomic int finished;                   /* its thread has ended */
};

struct counters {
        _Atomic uint64_t *of_route;             /* STATUS_CLASSES for each entry, then for no route */
        _Atomic uint64_t bucket[BUCKETS + 1];
        _Atomic uint64_t total_us, conns, refused_conns, cut, arena_peak, body_bytes;
        _Atomic int64_t open, in_flight;
};

enum { PEERS = 4096 };
struct peers {                                  /* open connections by address, but for loopback */
        pthread_mutex_t lock;
        struct { char ip[INET6_ADDRSTRLEN]; int n; } slot[PEERS];
};

struct http {
        struct arena *arena;
        struct app *app;
        identify_fn *identify;
        shell_fn *shell;
        struct router *router;
        const struct zone *zone;                /* the installation's */
        enum locale locale;
        bool secure;
        unsigned char csrf_key[32], draft_key[32];
        uint32_t id_prefix;
        _Atomic uint32_t id_count;
        int port;
        int n_doors;
        struct door *doors;
        struct pool fast, slow;
        struct peers peers;
        struct counters counters;
        pthread_t sweeper;
        _Atomic bool ending;
        _Atomic bool sweeping;
};

/* intake.c: called by libmicrohttpd */
enum MHD_Result intake_request(void *cls, struct MHD_Connection *c, const char *url, const char *method, const char *version,
                               const char *upload, size_t *n_upload, void **state);
void *intake_uri(void *cls, const char *uri, struct MHD_Connection *c);
void intake_done(void *cls, struct MHD_Connection *c, void **state, enum MHD_RequestTerminationCode why);

/* worker.c */
void pool_start(struct pool *p, struct http *h, int workers);
bool pool_add(struct pool *p, struct conn *c);          /* false: the queue is full */
bool pool_stop(struct pool *p, int64_t until);          /* false: somebody still works; that memory is left alone */

/* ---- one request on its worker ---- */

struct reply {
        struct arena *arena;
        int status;
        const char *type;
        struct text body;
        const char *download;
        struct text location;
        const char *flash;
        bool flash_shown;
        bool session_set;
        struct text session;
        int64_t session_age;
};

struct headers {                                /* copies of what counts for us */
        struct text cookie, accept_language, accept_encoding, user_agent, origin, host, fetch_site, hx_request, hx_boosted,
                hx_restore, forwarded_for, type, authorization;
};

struct http_parts {
        struct http *http;
        struct worker *worker;
        struct conn *conn;
        struct arena *arena;
        struct arena_mark mark;                 /* what is needed to the end lies before it */
        struct headers headers;
        struct request rq;
        struct reply re;
        struct who who;
        const struct entry *entry;
        struct text part[PARTS_MAX];            /* decoded, in the order of entry->name */
        struct form_input *query;
        size_t n_query;
        struct form_input *in;                  /* the posted fields without the csrf field */
        size_t n_in;
        struct text csrf_sent;
        struct form_echo echo;
        struct text secret;                     /* of the session cookie, or the bearer's */
        bool bearer;
        struct text visit;                      /* of the visitor's cookie */
        bool visit_new;
        struct text draft_cookie;               /* to be set; empty: to be removed; absent: left alone */
        const char *draft_flash;
        bool away;                              /* the reply leads to sign-in: the handler does not run */
        bool exhausted;                         /* the arena was full */
        struct text path;                       /* decoded enough to be a path of ours: what the browser asked for */
};

/* exchange.c */
void exchange_run(struct http_parts *x);                                /* x->re is complete afterwards */
struct err exchange_show(struct http_parts *x, const struct entry *entry);
struct err exchange_admit(struct http_parts *x, struct tx *tx, const struct route *route);
bool exchange_is_api(const struct http_parts *x);
typedef struct err exchange_fn(struct http_parts *x, struct tx *tx);
struct text exchange_sign_in(struct http_parts *x);                     /* /sign-in?next=... for x->path and the query */
/* Runs fn so that an arena at its ceiling is an error of kind limit, on whichever thread the transaction runs. */
struct err exchange_guarded(struct http_parts *x, struct tx *tx, exchange_fn *fn);
void exchange_fresh(struct http_parts *x, struct tx *tx);

/* post.c */
struct err post_run(struct http_parts *x);
struct err form_parse_json(struct arena *a, struct text body, struct form_input **out, size_t *n);

/* csrf.c */
void csrf_prepare(struct http_parts *x);                                /* sets rq.page.csrf */
bool csrf_sent_by_us(const struct http_parts *x);
void csrf_mask(struct arena *a, const unsigned char secret[32], const unsigned char pad[32], struct text *out);
bool csrf_check(struct arena *a, const unsigned char secret[32], struct text token);
enum origin { ORIGIN_OURS, ORIGIN_UNKNOWN, ORIGIN_FOREIGN };
enum origin csrf_origin(const struct http_parts *x);

/* draft.c */
void draft_keep(struct http_parts *x, struct text path);
void draft_show(struct http_parts *x);
struct text draft_seal(struct arena *a, const unsigned char key[32], struct text path, int64_t expires, const struct form_input *in,
                       size_t n);
bool draft_open(struct arena *a, const unsigned char key[32], struct text sealed, int64_t now, struct text *path,
                struct form_input **in, size_t *n);

/* cookie.c */
struct text cookie_find(struct text header, const char *name);          /* absent if there is none; a view */
const char *cookie_name(const struct http *h, const char *plain);       /* "tm_session" or "__Host-tm_session" */
struct text cookie_set(struct http_parts *x, const char *plain, struct text value, int64_t max_age);  /* max_age < 0: this visit */

/* page.c */
void page_error(struct http_parts *x, struct err e, int status);
int page_status(enum err_kind kind);
struct text page_safe_path(struct arena *a, struct text path);          /* "/" for what is no path of ours */

/* response.c */
struct MHD_Response *response_make(struct http_parts *x, size_t *bytes);      /* owned by the caller; *bytes as sent */

/* own.c */
bool own_quick(struct conn *c, enum MHD_Result *result);                /* assets and /healthz, on the epoll thread */
extern const struct route_table own_routes;

#endif
