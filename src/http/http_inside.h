/*
 * What the files of this folder share and nobody else sees.  In the order a request meets them:
 *
 *   server.c                     start and stop
 *   listen.c, conn.c             sockets, connections by address; connections and their deadlines
 *   intake.c, route.c            epoll threads: first look at a request, its row, body, queue
 *   worker.c                     worker threads: one request after the other, each on its arena
 *   exchange.c                   who asks, may they, and the page that answers a GET
 *   post.c, csrf.c, draft.c      origin, token, form, write, the form shown again
 *   cookie.c, reply.c, page.c    what handlers call; frames and error pages
 *   response.c                   headers, cookies, compression
 *   own.c, alive.c               assets, health, readiness, metrics; asking ourselves
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
        BODY_AROUND = 16 * 1024,                /* what a form adds to the file in it */
        /* of a body too large, so that the sender hears why */
        DISCARD_MAX = 16 * 1024 * 1024,
        ARENA_CEILING = 256 * 1024 * 1024,     /* given back after each page: thousands of people take a page more than 64 MiB */
        /* requests that wait for a worker; more are told to come back */
        QUEUE_MAX = 2000,
        /* of one address: as many are served in turn, so many may wait at all */
        FAIR_SHARE = 4, WAITING_MAX = 512, CROWD_TURN = 4,
        HASHING_MAX = 24,                       /* the same for passwords: two seconds' worth */
        STATUS_CLASSES = 6, BUCKETS = 12,
        /* ours only: the handler runs outside a transaction */
        ROUTE_NO_TX = 1 << 16,
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
        /* of the list, taken when a connection opens or closes */
        pthread_mutex_t lock;
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
        /* who asks, of this request: ip, or what a proxy on this machine says */
        char client[INET6_ADDRSTRLEN];
        /* monotonic us; then the socket is shut down; 0: none */
        _Atomic int64_t deadline;
        _Atomic int state;                      /* enum conn_state */

        /*
         * the request under way; written by the epoll thread, then by the worker, then by the epoll
         * thread
         */
        int64_t began;
        enum method method;
        /* without query, percent-encoded; lives in mhd's memory */
        struct text url;
        /* status to answer whatever the handler would say; 0: none */
        int refuse;
        struct match match;
        char *body;
        size_t n_body, room, limit, discarded;
        struct MHD_Response *response;
        size_t n_answer;
        int status;
        bool abandoned;                         /* the server ended before the worker did */
        struct conn *queued;                    /* the next in the pool's queue */
};

enum { PEERS = 4096 };
struct peers {                                  /* how many of something, by address */
        pthread_mutex_t lock;
        struct { char ip[INET6_ADDRSTRLEN]; int n; } slot[PEERS];
};

struct queue { struct conn *first, *last; };

/*
 * Who asks for much waits behind others, not in front of them: beyond its share an address's requests go into the crowd, which is
 * served when nobody else waits, and every fourth time all the same.
 */
struct pool {
        struct http *http;
        pthread_mutex_t lock;
        pthread_cond_t wake;
        struct queue fair, crowd;
        struct peers *busy;                     /* requests that wait or are worked on; under lock, not its own */
        unsigned taken;
        size_t waiting, most;                   /* of those that wait */
        bool gives_way;                         /* its threads run when nobody else wants to */
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
        /* STATUS_CLASSES for each entry, then for no route */
        _Atomic uint64_t *of_route;
        _Atomic uint64_t bucket[BUCKETS + 1];
        _Atomic uint64_t total_us, conns, refused_conns, cut, forbidden, limited, arena_peak, body_bytes;
        _Atomic int64_t open, in_flight;
};

struct http {
        struct arena *arena;
        struct app *app;
        identify_fn *identify;
        touch_fn *touch;
        ready_fn *ready;
        saw_fn *saw;
        shell_fn *shell;
        struct router *router;
        const struct zone *zone;                /* the installation's */
        enum locale locale;
        bool secure;
        size_t upload;                          /* what ROUTE_UPLOAD comes to, bytes */
        unsigned char csrf_key[32], draft_key[32], log_key[32];
        uint32_t id_prefix;
        _Atomic uint32_t id_count;
        int port;
        int n_doors;
        struct door *doors;
        struct pool fast, slow, hashing, strangers;
        struct peers peers;                     /* open connections, but for loopback */
        struct counters counters;
        pthread_t sweeper;
        _Atomic bool ending;
        _Atomic bool sweeping;
};

/* listen.c */
struct err listen_all(struct http *h, const char *listen_on);
void listen_name_address(const struct sockaddr *s, char ip[INET6_ADDRSTRLEN], bool *loopback);
enum MHD_Result listen_may_enter(void *cls, const struct sockaddr *address, socklen_t n);
void listen_leave(struct peers *p, const char *ip);
/* The count of an address, to read and change under a lock. */
int *listen_count(struct peers *p, const char *ip);

/* conn.c */
void conn_notify(void *cls, struct MHD_Connection *mhd, void **own,
                 enum MHD_ConnectionNotificationCode code);
void conn_sweep(struct door *d, int64_t now);
/* how many are in the middle of a request */
int conn_hang_up_idle(struct http *h);
void conn_abandon_working(struct http *h);

/* intake.c: called by libmicrohttpd */
enum MHD_Result intake_request(void *cls, struct MHD_Connection *c, const char *url,
                               const char *method, const char *version, const char *upload,
                               size_t *n_upload, void **state);
void *intake_uri(void *cls, const char *uri, struct MHD_Connection *c);
void intake_done(void *cls, struct MHD_Connection *c, void **state,
                 enum MHD_RequestTerminationCode why);

/* worker.c */
/* most: requests that may wait; gives_way: the threads stand back behind all others */
void pool_start(struct pool *p, struct http *h, int workers, size_t most, bool gives_way);
bool pool_add(struct pool *p, struct conn *c);          /* false: the queue is full */
/* false: somebody still works; that memory is left alone */
bool pool_stop(struct pool *p, int64_t until);

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
        db_fn *then;                            /* to be written before this page is sent */
        void *then_in;
        bool session_set;
        struct text session;
        int64_t session_age;
};

struct headers {                                /* copies of what counts for us */
        struct text cookie, accept_language, accept_encoding, user_agent, origin, host, fetch_site,
                hx_request, hx_boosted, hx_restore, type, authorization;
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
        /* to be set; empty: to be removed; absent: left alone */
        struct text draft_cookie;
        const char *draft_flash;
        struct db_sights sights;                /* what the handler's statements told about people */
        /* the reply leads to sign-in: the handler does not run */
        bool away;
        bool exhausted;                         /* the arena was full */
        /* decoded enough to be a path of ours: what the browser asked for */
        struct text path;
};

/* exchange.c */
/* x->re is complete afterwards */
void exchange_run(struct http_parts *x);
struct err exchange_show(struct http_parts *x, const struct entry *entry);
struct err exchange_admit(struct http_parts *x, struct tx *tx, const struct route *route);
/* From here on the transaction notes what it tells about people, if a row of staff's is asked for. */
void exchange_watch(struct http_parts *x, struct tx *tx);
bool exchange_is_api(const struct http_parts *x);
typedef struct err exchange_fn(struct http_parts *x, struct tx *tx);
/* /sign-in?next=... for x->path and the query */
struct text exchange_sign_in(struct http_parts *x);
/*
 * Runs fn so that an arena at its ceiling is an error of kind limit, on whichever thread the
 * transaction runs.
 */
struct err exchange_guarded(struct http_parts *x, struct tx *tx, exchange_fn *fn);
void exchange_fresh(struct http_parts *x, struct tx *tx);

/* post.c */
struct err post_run(struct http_parts *x);
/* The body is of a type that a form can be read from, or there is none. */
bool post_type_known(const struct http_parts *x);
struct err form_parse_json(struct arena *a, struct text body, struct form_input **out, size_t *n);

/* csrf.c */
void csrf_prepare(struct http_parts *x);                                /* sets rq.page.csrf */
bool csrf_sent_by_us(const struct http_parts *x);
void csrf_mask(struct arena *a, const unsigned char secret[32], const unsigned char pad[32],
               struct text *out);
bool csrf_check(struct arena *a, const unsigned char secret[32], struct text token);
enum origin { ORIGIN_OURS, ORIGIN_UNKNOWN, ORIGIN_FOREIGN };
enum origin csrf_origin(const struct http_parts *x);

/* draft.c */
void draft_keep(struct http_parts *x, struct text path);
void draft_show(struct http_parts *x);
struct text draft_seal(struct arena *a, const unsigned char key[32], struct text path,
                       int64_t expires, const struct form_input *in, size_t n);
bool draft_open(struct arena *a, const unsigned char key[32], struct text sealed, int64_t now,
                struct text *path, struct form_input **in, size_t *n);

/* cookie.c */
/* absent if there is none; a view */
struct text cookie_find(struct text header, const char *name);
/* "tm_session" or "__Host-tm_session" */
const char *cookie_name(const struct http *h, const char *plain);
/* max_age < 0: this visit */
struct text cookie_set(struct http_parts *x, const char *plain, struct text value, int64_t max_age);

/* page.c */
void page_error(struct http_parts *x, struct err e, int status);
int page_status(enum err_kind kind);
/* with what its reader can do next, who is no administrator */
struct err page_for_people(struct err e);
/* "/" for what is no path of ours */
struct text page_safe_path(struct arena *a, struct text path);

/* response.c */
/* owned by the caller; *bytes as sent */
struct MHD_Response *response_make(struct http_parts *x, size_t *bytes);
/* What every answer carries, also those that no worker makes. */
void response_common_headers(const struct http *h, struct MHD_Response *r);

/* own.c */
/* assets and /healthz, on the epoll thread */
bool own_quick(struct conn *c, enum MHD_Result *result);
extern const struct route_table own_routes;

#endif
