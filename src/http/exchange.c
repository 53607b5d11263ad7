/*
 * One request on its worker: what was sent, who sends it, may they, and the page that answers a
 * GET.
 */
#include "http/http_inside.h"

#include "base/log.h"
#include "os/keys.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* ---- what was sent ---- */

struct intake { struct http_parts *x; struct form_input *query; size_t room; };

static enum MHD_Result take_header(void *cls, enum MHD_ValueKind kind, const char *name,
                                   const char *value)
{
        static const struct { const char *name; size_t offset;
        } wanted[] = {
                {"Cookie", offsetof(struct headers, cookie)},
                {"Accept-Language", offsetof(struct headers, accept_language)},
                {"Accept-Encoding", offsetof(struct headers, accept_encoding)},
                {"User-Agent", offsetof(struct headers, user_agent)},
                {"Origin", offsetof(struct headers, origin)},
                {"Host", offsetof(struct headers, host)},
                {"Sec-Fetch-Site", offsetof(struct headers, fetch_site)},
                {"HX-Request", offsetof(struct headers, hx_request)},
                {"HX-Boosted", offsetof(struct headers, hx_boosted)},
                {"HX-History-Restore-Request", offsetof(struct headers, hx_restore)},
                {"Content-Type", offsetof(struct headers, type)},
                {"Authorization", offsetof(struct headers, authorization)},
        };
        struct http_parts *x = cls;

        (void)kind;
        for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
                if (strcasecmp(name, wanted[i].name) == 0) {
                        struct text *at =
                                (struct text *)(void *)((char *)&x->headers + wanted[i].offset);
                        *at = text_copy(x->arena, text_of(value));
                        break;
                }
        }
        return MHD_YES;
}

/* A query that is no text is left out, as if it had not been given. */
static enum MHD_Result take_query(void *cls, enum MHD_ValueKind kind, const char *name,
                                  const char *value)
{
        struct intake *in = cls;
        struct http_parts *x = in->x;

        (void)kind;
        if (x->n_query == in->room)
                return MHD_NO;
        struct text n = form_decode(x->arena, text_of(name), false);
        struct text v = value ? form_decode(x->arena, text_of(value), false) : TEXT("");
        if (n.p && v.p)
                x->query[x->n_query++] = (struct form_input) {n, v};
        return MHD_YES;
}

static void take_all_query(struct http_parts *x)
{
        struct intake in = {.x = x, .room = 64};
        int n = MHD_get_connection_values(x->conn->mhd, MHD_GET_ARGUMENT_KIND, NULL, NULL);

        if (n <= 0)
                return;
        x->query = arena_array(x->arena, struct form_input, in.room);
        MHD_get_connection_values(x->conn->mhd, MHD_GET_ARGUMENT_KIND, take_query, &in);
}

static void take_session(struct http_parts *x)
{
        unsigned char hash[HASH_BYTES];

        x->bearer = text_starts(x->headers.authorization, "Bearer ");
        if (x->bearer)
                x->secret = text_trim((struct text) {x->headers.authorization.p + 7,
                                                     x->headers.authorization.n - 7});
        else
                x->secret = cookie_find(x->headers.cookie, cookie_name(x->http, "tm_session"));
        x->visit = cookie_find(x->headers.cookie, cookie_name(x->http, "tm_visit"));
        if (text_empty(x->secret))
                return;
        keys_hash(x->secret, hash);
        x->rq.session = (struct text) {arena_dup(x->arena, hash, sizeof hash), sizeof hash};
}

/* The first language of the browser that we speak. */
static enum locale visitor_locale(const struct http_parts *x)
{
        struct text quality, rest = x->headers.accept_language;

        while (rest.p) {
                struct text tag = text_trim(text_cut(text_cut(rest, ',', &rest), ';', &quality));
                enum locale l = locale_of(tag, LOCALES);
                if (l != LOCALES)
                        return l;
        }
        return x->http->locale;
}

static struct err take_parts(struct http_parts *x)
{
        const struct match *m = &x->conn->match;

        x->entry = m->entry;
        for (size_t i = 0; m->entry && i < m->entry->n_names; i++) {
                x->part[i] = form_decode(x->arena, m->part[i], false);
                if (!x->part[i].p)
                        return FAIL(ERR_ABSENT, M_("There is no such page"), NULL);
        }
        return OK;
}

static void take_all(struct http_parts *x)
{
        uint32_t n = x->http->id_count++;

        MHD_get_connection_values(x->conn->mhd, MHD_HEADER_KIND, take_header, x);
        take_all_query(x);
        take_session(x);
        x->path = page_safe_path(x->arena, x->conn->url);
        x->who = (struct who) {.locale = (int)visitor_locale(x), .zone = x->http->zone};
        x->rq.app = x->http->app;
        x->rq.arena = x->arena;
        x->rq.who = &x->who;
        x->rq.parts = x;
        x->rq.route = x->conn->match.entry ? x->conn->match.entry->route : NULL;
        x->rq.ip = text_copy(x->arena, text_of(x->conn->client));
        x->rq.user_agent = x->headers.user_agent;
        x->rq.id = text_format(x->arena, "%08x%06x", x->http->id_prefix, n);
        x->rq.page.path = x->path.p;
        x->rq.page.locale = (enum locale)x->who.locale;
        x->rq.page.zone = x->who.zone;
}

/* ---- in the transaction ---- */

/* A transaction may run again: the reply and the page start from nothing each time. */
void exchange_fresh(struct http_parts *x, struct tx *tx)
{
        struct out *o = arena_new_of(x->arena, struct out);

        *o = out_new(x->arena, 16 * 1024);
        x->re = (struct reply) {.arena = x->arena};
        x->rq.tx = tx;
        x->rq.page.out = o;
        x->rq.page.used = NULL;         /* it lay in what the try before has given back */
        if (tx)
                x->rq.page.now = tx_now(tx);
}

static struct err know(struct http_parts *x, struct tx *tx)
{
        int locale = (int)visitor_locale(x);

        x->who = (struct who) {.locale = locale, .zone = x->http->zone};
        if (!text_empty(x->secret) && x->http->identify)
                TRY(x->http->identify(tx, x->secret, &x->who));
        if (x->who.person == 0)
                x->who.locale = locale;
        if (!x->who.zone)
                x->who.zone = x->http->zone;
        x->rq.page.locale = (enum locale)x->who.locale;
        x->rq.page.zone = x->who.zone;
        return OK;
}

bool exchange_is_api(const struct http_parts *x) { return text_starts(x->path, "/api/"); }

struct text exchange_sign_in(struct http_parts *x)
{
        struct out back = out_new(x->arena, 256), o = out_new(x->arena, 256);
        struct page pg = {.out = &back}, whole = {.out = &o};

        out_text(&back, x->path);
        for (size_t i = 0; i < x->n_query; i++) {
                out_char(&back, i ? '&' : '?');
                html_url(&pg, x->query[i].name);
                out_char(&back, '=');
                html_url(&pg, x->query[i].value);
        }
        out_c(&o, "/sign-in?next=");
        html_url(&whole, out_get(&back));
        return out_get(&o);
}

/* Who is asking, and may they: sets x->away when the answer is to sign in first. */
struct err exchange_admit(struct http_parts *x, struct tx *tx, const struct route *route)
{
        TRY(know(x, tx));
        x->away = false;
        if (route->who == WHO_ANYONE)
                return OK;
        if (x->who.person == 0) {
                if (exchange_is_api(x))
                        return FAIL(ERR_FORBIDDEN, M_("You are not signed in"),
                                    M_("Send a valid token with the request"));
                x->away = true;
                x->re.status = 303;
                x->re.location = exchange_sign_in(x);
                return OK;
        }
        if ((route->who & WHO_SIGNED_IN) || who_has(&x->who, route->who))
                return OK;
        if ((x->who.withheld & route->who) && !exchange_is_api(x)) {
                x->away = true;
                x->re.status = 303;
                x->re.location = TEXT("/sign-in/second");
                return OK;
        }
        return FAIL(ERR_FORBIDDEN, M_("This page is not meant for you"),
                    M_("If you think it should be, ask your coordinator"));
}

static struct err too_large(void)
{
        return FAIL(ERR_LIMIT, M_("This page would be too large"),
                    M_("Ask for a smaller part of it"));
}

/* The guard belongs to the thread that runs fn, which for a write is the database's writer. */
struct err exchange_guarded(struct http_parts *x, struct tx *tx, exchange_fn *fn)
{
        jmp_buf full, *before = arena_guard(x->arena, &full);

        if (setjmp(full) != 0) {
                arena_guard(x->arena, before);
                x->exhausted = true;
                return too_large();
        }
        struct err e = fn(x, tx);
        arena_guard(x->arena, before);
        return e;
}

/*
 * Somebody reads by an office, not as one of those concerned: the row is for staff, or the program asks in a staff
 * member's name.
 */
static bool is_watched(const struct http_parts *x, const struct route *route)
{
        const unsigned offices = ROLE_COORDINATOR | ROLE_ADMINISTRATOR | ROLE_SPONSOR | ROLE_CONTACT;

        if (!x->http->saw || x->who.person == 0 || !who_has(&x->who, offices))
                return false;
        if (exchange_is_api(x))
                return true;
        return !(route->who & WHO_SIGNED_IN) && who_has(&x->who, route->who & offices) &&
               !who_has(&x->who, route->who & ROLE_PARTICIPANT);
}

void exchange_watch(struct http_parts *x, struct tx *tx)
{
        x->sights = (struct db_sights) {0};
        if (is_watched(x, x->entry->route))
                tx_watch(tx, &x->sights);
}

static struct err show(struct http_parts *x, struct tx *tx)
{
        exchange_fresh(x, tx);
        TRY(exchange_admit(x, tx, x->entry->route));
        if (x->away)
                return OK;
        exchange_watch(x, tx);
        csrf_prepare(x);
        if (x->conn->method == GET)
                draft_show(x);
        return x->entry->route->handler(&x->rq, &x->re);
}

static struct err show_in(struct tx *tx, void *in) { return exchange_guarded(in, tx, show); }
static struct err show_without(struct http_parts *x, struct tx *tx)
{
        (void)tx;
        return x->entry->route->handler(&x->rq, &x->re);
}

struct err exchange_show(struct http_parts *x, const struct entry *entry)
{
        x->entry = entry;
        x->rq.route = entry->route;
        if (entry->route->flags & ROUTE_NO_TX) {
                exchange_fresh(x, NULL);
                return show_without(x, NULL);
        }
        struct err e = db_read(x->http->app->db, x->arena, show_in, x);
        x->rq.tx = NULL;
        return e;
}

/* ---- what answers ---- */

/* So that nobody has to find out by trying; NULL for a route that takes no body. */
static const char *limit_in_words(struct http_parts *x)
{
        size_t kib = x->conn->limit / 1024;
        bool many = kib >= 2048;

        if (kib == 0)
                return NULL;
        struct text size = text_format(x->arena, many ? "%zu MiB" : "%zu KiB", many ? kib / 1024 : kib);
        return msg_with(x->arena, x->rq.page.locale, "At most {size} can be taken here", "size", size, NULL).p;
}

static struct err refused(struct http_parts *x, int *status)
{
        *status = x->conn->refuse;
        if (*status == 413)
                return FAIL_AT(ERR_LIMIT, M_("That is more than can be taken here"), limit_in_words(x),
                               M_("Send a smaller file, or a shorter text"));
        if (*status == 503)
                return FAIL(ERR_BUSY, M_("The server has too much to do at the moment"),
                            M_("Try again in a minute"));
        return FAIL(ERR_ABSENT, M_("There is no such page"), NULL);
}

/* /home/ means /home, if there is one. */
static bool without_slash(struct http_parts *x)
{
        struct text path = x->conn->url;
        struct match m;

        if (x->conn->method != GET || path.n < 2 || path.p[path.n - 1] != '/')
                return false;
        path.n--;
        router_find(x->http->router, GET, path, &m);
        if (!m.entry)
                return false;
        exchange_fresh(x, NULL);
        x->re.status = 308;
        x->re.location = page_safe_path(x->arena, path);
        return true;
}

static struct err routed(struct http_parts *x, int *status)
{
        TRY(take_parts(x));
        if (x->entry && x->conn->method == POST && !post_type_known(x)) {
                *status = 415;
                return FAIL(ERR_INVALID, M_("The form could not be read"), M_("Load the page again and fill it in there"));
        }
        if (x->entry)
                return x->conn->method == GET ? exchange_show(x, x->entry) : post_run(x);
        if (without_slash(x))
                return OK;
        if (x->conn->match.other_method) {
                *status = 405;
                return FAIL(ERR_ABSENT, M_("This address is not meant to be used like that"),
                            M_("Go back and use the button there"));
        }
        return FAIL(ERR_ABSENT, M_("There is no such page"), NULL);
}

static struct err touch(struct tx *tx, void *in)
{
        struct http_parts *x = in;

        return x->http->touch(tx, x->rq.session);
}

/* A session in use lives on; its hook writes at most once an hour. A failure costs nobody the page. */
static void touch_session(struct http_parts *x)
{
        if (!x->who.stale || !x->http->touch || text_empty(x->rq.session))
                return;
        struct err e = db_write(x->http->app->db, x->arena, touch, x);
        if (failed(e))
                log_err(LOG_WARN, "http.touch", e);
}

static struct text field_of(const struct http_parts *x, const char *name)
{
        for (size_t i = 0; i < x->n_in; i++)
                if (text_is(x->in[i].name, name))
                        return x->in[i].value;
        return TEXT_ABSENT;
}

static int64_t subject_of(const struct http_parts *x)
{
        int64_t id;

        return x->entry->n_names && text_int(x->part[0], &id) ? id : 0;
}

static bool is_text(const char *type)
{
        return type && (strncmp(type, "text/", 5) == 0 || strncmp(type, "application/json", 16) == 0);
}

static struct err write_after(struct tx *tx, void *in)
{
        struct http_parts *x = in;

        if (x->re.then)
                TRY(x->re.then(tx, x->re.then_in));
        if (x->sights.n == 0 || x->re.body.n == 0)
                return OK;
        return x->http->saw(tx, &(struct http_reading) {
                                        .who = &x->who,
                                        .route = x->entry->route,
                                        .subject = subject_of(x),
                                        .why = field_of(x, "why"),
                                        .page = is_text(x->re.type) ? x->re.body : TEXT_ABSENT,
                                        .sights = &x->sights});
}

/* What a page shows is sent only once it is written down who has read it. */
static struct err write_then(struct http_parts *x)
{
        if (!x->re.then && (x->sights.n == 0 || x->re.body.n == 0))
                return OK;
        return db_write(x->http->app->db, x->arena, write_after, x);
}

static void answer(struct http_parts *x)
{
        int status = 0;

        take_all(x);
        x->mark = arena_mark(x->arena);
        struct err e = x->conn->refuse ? refused(x, &status) : routed(x, &status);
        if (!failed(e))
                e = write_then(x);
        if (failed(e))
                page_error(x, e, status);
        else
                touch_session(x);
}

void exchange_run(struct http_parts *x)
{
        jmp_buf full;

        x->mark = arena_mark(x->arena);
        if (setjmp(full) == 0) {
                arena_guard(x->arena, &full);
                answer(x);
        } else {
                x->exhausted = true;
                page_error(x, too_large(), 0);
        }
        arena_guard(x->arena, NULL);
}
