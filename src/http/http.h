/*
 * The browser's door: libmicrohttpd (one epoll daemon per core), a worker pool that runs handlers
 * as plain blocking code, routes as data, sessions' cookies, CSRF, limits, security headers, the
 * access log.
 *
 * A GET handler runs inside a read transaction, a POST handler inside a write transaction with its
 * form already parsed; both find it in rq->tx.  So a POST handler may be run again and touches
 * nothing but rq->tx and its reply.  A POST that succeeds redirects; one that fails as ERR_INVALID
 * shows the page named by the route's `back` again, filled in, status 422.
 *
 * A body is urlencoded, multipart, or for programs a flat JSON object.  "Authorization: Bearer
 * SECRET" stands for the session cookie and needs no csrf field.  Below /api/ errors are JSON, not pages.
 *
 * Wrong place? What a person may do is decided twice: by the row's `who` here, exactly in the
 * room's verb.
 */
#ifndef TELEMACHUS_HTTP_HTTP_H
#define TELEMACHUS_HTTP_HTTP_H

#include "base/app.h"
#include "base/who.h"
#include "db/db.h"
#include "html/html.h"
#include "http/form.h"

enum method { GET, POST };

/* Route-level audience: any of the roles' bits, or these two. */
enum { WHO_ANYONE = 0, WHO_SIGNED_IN = 1u << 30 };
#define WHO_STAFF (ROLE_COORDINATOR | ROLE_ADMINISTRATOR)

struct request;
struct reply;

typedef struct err handler_fn(struct request *rq, struct reply *re);

struct route {
        enum method method;
        /* "/desk/calls/:call"; :name parts are given by rq_id() or rq_text() */
        const char *path;
        unsigned who;                   /* WHO_ANYONE, WHO_SIGNED_IN or roles */
        handler_fn *handler;
        const struct form *form;        /* POST: parsed before the handler; NULL: only csrf */
        /* POST: the GET route shown again when the form is rejected, same :parts */
        const char *back;
        /* largest body, bytes; 0 = 64 KiB; ROUTE_UPLOAD: a file as large as the configuration allows */
        size_t limit;
        unsigned flags;
        /*
         * POST: runs on the worker outside any transaction, once, with the form parsed, before the
         * write begins.  For what must not hold up the writer: hashing a password, parsing a
         * roster.  It may db_read() and db_write(rq->app->db, ...) for itself, as a count of
         * attempts must that outlives the refusal, and leaves what it found in rq->prepared.
         */
        struct err (*prepare)(struct request *rq);
};

#define ROUTE_UPLOAD SIZE_MAX

enum route_flags {
        ROUTE_NO_CSRF = 1,              /* List-Unsubscribe-Post and nothing else */
        ROUTE_SLOW = 2,                 /* runs on the small pool: reports */
        ROUTE_PUBLIC_CACHE = 4,
        ROUTE_LOOSE = 8,                /* READ COMMITTED on PostgreSQL */
        /*
         * hashes passwords: threads of its own that give way to all others, and a queue that
         * is soon full, so that a flood of sign-ins costs nobody else anything
         */
        ROUTE_HASHING = 16,
};

/* one per room, listed in main/routes.c */
struct route_table { const struct route *rows; size_t n; };
#define ROUTES(array) ((struct route_table) {(array), sizeof(array) / sizeof((array)[0])})

struct request {
        struct app *app;
        struct tx *tx;                  /* read for GET, write for POST */
        struct arena *arena;            /* this request's */
        const struct who *who;          /* never NULL; who->person 0 when nobody is signed in */
        struct page page;               /* the writing end and the reader */
        const struct route *route;
        /* keys_hash() of the session secret, 32 bytes; absent when none */
        struct text session;
        const void *form;               /* the form's struct, filled, for POST */
        void *prepared;                 /* what the route's prepare found out */
        /*
         * of the client, for rate limits and for the list of one's own sessions; stored no longer
         * than those
         */
        struct text ip;
        struct text user_agent;
        /* request id, also in the log and the X-Request-Id header */
        struct text id;
        /* path parts, query, cookies: through the functions below */
        struct http_parts *parts;
};

/* a :part or query value as an id; 0 if it is none */
int64_t rq_id(struct request *rq, const char *name);
struct text rq_text(struct request *rq, const char *name);      /* a :part */
struct text rq_query(struct request *rq, const char *name);     /* absent if not given */
/* asked for by htmx: send the view without the shell */
bool rq_fragment(struct request *rq);
#define FORM(rq, type) ((const type *)(rq)->form)

/*
 * 303 to a path of ours, made printf-like. What is no path of ours (//elsewhere, https:...) becomes
 * "/".
 */
[[gnu::format(printf, 2, 3)]] void reply_see(struct reply *re, const char *path, ...);
/* What happened, in a sentence (catalogue key), shown once on the next page. */
void reply_flash(struct reply *re, const char *english);
/*
 * The frame, then whatever the view writes to rq->page, then the end of the frame.  shell NULL: the
 * view alone, as htmx wants it: reply_page(rq, re, rq_fragment(rq) ? NULL : &shell, view, &v).
 */
#define reply_page(rq, re, shell, view, v)                                                         \
        (reply_page_begin((rq), (re), (shell)), view(&(rq)->page, (v)),                            \
         reply_page_end((rq), (re), (shell)))
void reply_page_begin(struct request *rq, struct reply *re, struct html_shell *shell);
void reply_page_end(struct request *rq, struct reply *re, struct html_shell *shell);
void reply_status(struct reply *re, int status);
/* name NULL: inline */
void reply_bytes(struct reply *re, const char *type, struct text body, const char *download_name);
void reply_json(struct reply *re, struct text json);
/*
 * For a reading that must be written down: after a GET's page is made and before it is sent, fn runs
 * in a write transaction of its own.  When it fails, its error is the answer.  in is rq->arena's.
 */
void reply_then(struct reply *re, db_fn *fn, void *in);
/* Session cookie; secret absent removes it. */
void reply_session(struct reply *re, struct text secret, int64_t max_age_s);

/*
 * Fills who, page.locale, page.zone from the session cookie; given by people/ so that this floor
 * knows no room.
 */
typedef struct err identify_fn(struct tx *tx, struct text session_secret, struct who *out);
/* Keeps a session alive: its hash; given by people/. */
typedef struct err touch_fn(struct tx *tx, struct text session_hash);
/*
 * A page for staff has told something about people: written down before it is sent, given by people/.  Runs in a write
 * transaction; when it fails, its error is the answer.
 */
struct http_reading {
        const struct who *who;
        const struct route *route;
        int64_t subject;                /* the path's first :part as a number; 0: it has none */
        struct text why;                /* the field of that name, where the form had one */
        struct text page;               /* what is about to be sent; absent: nobody can read it as text */
        const struct db_sights *sights; /* what statements gave, sent or not */
};
typedef struct err saw_fn(struct tx *tx, const struct http_reading *reading);
/* The shell's navigation and counts for staff pages; given by care/. */
typedef struct err shell_fn(struct request *rq, struct html_shell *shell);

/*
 * What /readyz says, a line for each part, into out; fails when pages cannot be served. Given by
 * safety/.
 */
typedef struct err ready_fn(struct app *app, struct arena *a, struct out *out);

struct http_options {
        struct app *app;
        const struct route_table *const *tables;
        size_t n_tables;
        identify_fn *identify;
        touch_fn *touch;                /* called after a page when who.stale said so; NULL: never */
        ready_fn *ready;                /* NULL: the database is asked, and nothing else */
        saw_fn *saw;                    /* NULL: nothing is written down */
        shell_fn *shell;                /* completes every shell before it is written */
        const char *listen;             /* addr:port, loopback by default */
        int workers;
        int daemons;                    /* 0: one per core */
};

struct http;
struct err http_start(const struct http_options *options, struct http **out);
int http_port(const struct http *h);
/* Whether a request of our own for /readyz, through everything, is answered within ms milliseconds. */
bool http_answers(const struct http *h, int ms);
/* Graceful: stops accepting, finishes what runs (at most 4 s), then ends. */
void http_stop(struct http *h);

#endif
