/* From the reply to what goes over the wire: status, headers, cookies, compression. */
#include "http/http_inside.h"

#include "base/log.h"
#include "os/keys.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { WORTH_ZIPPING = 1024 };

static void header(struct MHD_Response *r, const char *name, const char *value)
{
        /* refused only for control characters, which reply values cannot hold */
        if (MHD_add_response_header(r, name, value) != MHD_YES)
                log_write(LOG_WARN, "http.header_refused name=%s", name);
}

void response_common_headers(const struct http *h, struct MHD_Response *r)
{
        header(r, "X-Content-Type-Options", "nosniff");
        header(r, "Cross-Origin-Resource-Policy", "same-origin");
        if (h->secure)
                header(r, "Strict-Transport-Security", "max-age=31536000; includeSubDomains");
}

static void security_headers(const struct http_parts *x, struct MHD_Response *r)
{
        response_common_headers(x->http, r);
        header(r, "Content-Security-Policy",
               "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
               "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
               "manifest-src 'self'; font-src 'none'");
        header(r, "X-Frame-Options", "DENY");          /* for scanners and browsers that do not know frame-ancestors */
        header(r, "Referrer-Policy", "same-origin");
        header(r, "Permissions-Policy",
               "camera=(self), microphone=(self), geolocation=(), payment=(), usb=()");
        header(r, "Cross-Origin-Opener-Policy", "same-origin");
        /* whoever signs out leaves nothing in the browser; over http browsers do not heed it */
        if (x->re.session_set && text_empty(x->re.session))
                header(r, "Clear-Site-Data", "\"cache\", \"storage\"");
}

/* ---- cookies ---- */

static void cookie(struct http_parts *x, struct MHD_Response *r, const char *plain,
                   struct text value, int64_t age)
{
        header(r, "Set-Cookie", cookie_set(x, plain, value, age).p);
}

static void flash_cookie(struct http_parts *x, struct MHD_Response *r)
{
        if (x->re.flash) {
                struct out o = out_new(x->arena, 256);
                struct page pg = {.out = &o};
                html_url(&pg, text_of(x->re.flash));
                cookie(x, r, "tm_flash", out_get(&o), 60);
        } else if (x->re.flash_shown) {
                cookie(x, r, "tm_flash", TEXT(""), 0);
        }
}

/*
 * Visitors get a cookie only with a page that holds a form of ours; the frame's <meta> alone is no
 * form.
 */
static bool needs_visit(const struct http_parts *x)
{
        struct text csrf = x->rq.page.csrf;

        if (!x->visit_new || text_empty(csrf) || text_empty(x->re.body))
                return false;
        struct text field = text_format(x->arena, "value=\"%s\"", csrf.p);
        return memmem(x->re.body.p, x->re.body.n, field.p, field.n);
}

static bool cookies(struct http_parts *x, struct MHD_Response *r)
{
        bool visit = needs_visit(x);

        if (visit)
                cookie(x, r, "tm_visit", x->visit, -1);
        if (x->re.session_set)
                cookie(x, r, "tm_session", x->re.session,
                       text_empty(x->re.session) ? 0 : x->re.session_age);
        if (x->draft_cookie.p)
                cookie(x, r, "tm_draft", x->draft_cookie, text_empty(x->draft_cookie) ? 0 : 1800);
        flash_cookie(x, r);
        return visit || x->re.session_set || x->draft_cookie.p || x->re.flash || x->re.flash_shown;
}

/* ---- compression ---- */

static bool accepts_gzip(struct text header_value)
{
        struct text rest = header_value, parameters;

        while (rest.p) {
                struct text coding =
                        text_trim(text_cut(text_cut(rest, ',', &rest), ';', &parameters));
                struct text q = text_trim(parameters);
                if (coding.n == 4 && strncasecmp(coding.p, "gzip", 4) == 0)
                        return !text_is(q, "q=0") && !text_is(q, "q=0.0");
        }
        return false;
}

static bool is_text(const char *type)
{
        return strncmp(type, "text/", 5) == 0 || strncmp(type, "application/json", 16) == 0 ||
                strstr(type, "svg");
}

/*
 * Level 1: 74 us for 20 KB, nearly what the page itself costs; higher levels cost more than they
 * save. The state is kept.
 */
static bool zip(struct worker *w, struct text plain, char *to, size_t room, size_t *n)
{
        enum { GZIP_WINDOW = 15 + 16, MEMORY = 8 };

        if (!w->zip_ready &&
            deflateInit2(&w->zip, 1, Z_DEFLATED, GZIP_WINDOW, MEMORY, Z_DEFAULT_STRATEGY) != Z_OK)
                return false;
        w->zip_ready = true;
        deflateReset(&w->zip);
        w->zip.next_in = (unsigned char *)(uintptr_t)plain.p;
        w->zip.avail_in = (unsigned)plain.n;
        w->zip.next_out = (unsigned char *)to;
        w->zip.avail_out = (unsigned)room;
        if (deflate(&w->zip, Z_FINISH) != Z_STREAM_END)
                return false;
        *n = room - w->zip.avail_out;
        return true;
}

/*
 * The arena goes on to the next request while this one is being sent, so the bytes get memory of
 * their own.
 */
static struct MHD_Response *body(struct http_parts *x, size_t *bytes)
{
        struct text plain = x->re.body;
        char *copy = malloc(plain.n ? plain.n : 1);
        bool zipped = false;

        must(copy);
        *bytes = plain.n;
        if (plain.n > WORTH_ZIPPING && plain.n < UINT32_MAX && is_text(x->re.type) &&
            accepts_gzip(x->headers.accept_encoding))
                zipped = zip(x->worker, plain, copy, plain.n, bytes);
        if (!zipped) {
                *bytes = plain.n;
                if (plain.n)
                        memcpy(copy, plain.p, plain.n);
        }
        struct MHD_Response *r = MHD_create_response_from_buffer(*bytes, copy,
                                                                 MHD_RESPMEM_MUST_FREE);
        must(r);
        if (zipped)
                header(r, "Content-Encoding", "gzip");
        return r;
}

/* ---- all of it ---- */

static void download_header(struct http_parts *x, struct MHD_Response *r)
{
        struct out o = out_new(x->arena, 128);
        struct page pg = {.out = &o};

        if (exchange_is_api(x) && !x->re.download)
                x->re.download = "api.json";    /* never shown as a page of ours */
        if (!x->re.download)
                return;
        out_c(&o, "attachment; filename*=UTF-8''");
        html_url(&pg, text_of(x->re.download));
        header(r, "Content-Disposition", out_get(&o).p);
}

/*
 * A page of somebody who is signed in stays in no cache, and neither does one that sets a cookie.
 */
static void cache_header(const struct http_parts *x, struct MHD_Response *r, bool sets_cookie)
{
        bool open = x->rq.route && (x->rq.route->flags & ROUTE_PUBLIC_CACHE) &&
                x->who.person == 0 && !sets_cookie && x->re.status == 200 && text_empty(x->secret);

        header(r, "Cache-Control", open ? "public, max-age=300" : "no-store");
        header(r, "Vary",
               open ? "Accept-Encoding, Accept-Language, Cookie, HX-Request"
                    : "Accept-Encoding, HX-Request");
}

/* htmx follows a redirection inside its fragment; a page to sign in belongs into the window. */
static void location_header(struct http_parts *x, struct MHD_Response *r)
{
        if (x->away && rq_fragment(&x->rq)) {
                x->re.status = 401;
                header(r, "HX-Redirect", x->re.location.p);
        } else {
                header(r, "Location", x->re.location.p);
        }
}

struct MHD_Response *response_make(struct http_parts *x, size_t *bytes)
{
        if (!x->re.type)
                x->re.type = "text/plain; charset=utf-8";
        if (x->re.status == 0)
                x->re.status = 200;
        struct MHD_Response *r = body(x, bytes);
        bool sets_cookie = cookies(x, r);
        header(r, "Content-Type", x->re.type);
        header(r, "X-Request-Id", x->rq.id.p);
        security_headers(x, r);
        cache_header(x, r, sets_cookie);
        download_header(x, r);
        if (x->re.location.p)
                location_header(x, r);
        if (x->re.status == 503)
                header(r, "Retry-After", "30");
        if (x->http->ending)
                header(r, "Connection", "close");
        return r;
}
