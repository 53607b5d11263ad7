/* The frame around a view, and the page that says what went wrong. */
#include "http/http_inside.h"

#include "base/log.h"
#include "os/clock.h"
#include "http/http_error.html.h"
#include "http/http_view.h"

#include <jansson.h>
#include <sodium.h>
#include <string.h>

/*
 * A path of ours starts with one slash and holds printable ASCII only.  "//host" and "/\host" would
 * leave the site; what is not ASCII, and the space, is percent-encoded.
 */
struct text page_safe_path(struct arena *a, struct text path)
{
        struct out o = out_new(a, path.n + 16);

        if (path.n == 0 || path.p[0] != '/' ||
            (path.n > 1 && (path.p[1] == '/' || path.p[1] == '\\')))
                return TEXT("/");
        for (size_t i = 0; i < path.n; i++) {
                unsigned char c = (unsigned char)path.p[i];
                if (c < 0x20 || c == 0x7f)
                        return TEXT("/");
                if (c <= ' ' || c > 0x7e || c == '"' || c == '<' || c == '>' || c == '\\')
                        out_format(&o, "%%%02X", c);
                else
                        out_char(&o, (char)c);
        }
        return out_get(&o);
}

/* ---- frames ---- */

static struct text flash_of(struct http_parts *x)
{
        struct text key, sent = cookie_find(x->headers.cookie, cookie_name(x->http, "tm_flash"));
        enum locale l = x->rq.page.locale;

        if (x->draft_flash)
                return text_of(msg(l, x->draft_flash));
        if (text_empty(sent))
                return TEXT_ABSENT;
        x->re.flash_shown = true;
        key = form_decode(x->arena, sent, false);
        return !text_empty(key) && msg_known(key.p) ? text_of(msg(l, key.p)) : TEXT_ABSENT;
}

void reply_page_begin(struct request *rq, struct reply *re, struct html_shell *shell)
{
        struct http_parts *x = rq->parts;

        re->type = "text/html; charset=utf-8";
        if (!shell)
                return;
        if (text_empty(shell->flash))
                shell->flash = flash_of(x);
        if (x->http->shell && rq->tx) {
                struct err e = x->http->shell(rq, shell);
                if (failed(e))
                        log_err(LOG_WARN, "http.shell", e);
        }
        html_shell_begin(&rq->page, shell);
}

void reply_page_end(struct request *rq, struct reply *re, struct html_shell *shell)
{
        if (shell)
                html_shell_end(&rq->page, shell);
        re->body = out_get(rq->page.out);
}

/* ---- what went wrong ---- */

int page_status(enum err_kind kind)
{
        switch (kind) {
        case ERR_NONE: return 200;
        case ERR_ABSENT: return 404;
        case ERR_FORBIDDEN: return 403;
        case ERR_INVALID: return 422;
        case ERR_CONFLICT: return 409;
        case ERR_BUSY: return 503;
        case ERR_LIMIT: return 429;
        case ERR_UPSTREAM: return 503;
        case ERR_BROKEN: return 500;
        }
        must(!"an error kind outside its enum");
}

static const char *what_of(enum err_kind kind)
{
        switch (kind) {
        case ERR_NONE: return "";
        case ERR_ABSENT: return M_("There is no such page");
        case ERR_FORBIDDEN: return M_("This page is not meant for you");
        case ERR_INVALID: return M_("This could not be used");
        case ERR_CONFLICT: return M_("Things have moved on since this page was shown");
        case ERR_BUSY: return M_("The server has too much to do at the moment");
        case ERR_LIMIT: return M_("That was too much at once");
        case ERR_UPSTREAM: return M_("Another server that is needed does not answer");
        case ERR_BROKEN: return M_("Something went wrong on our side");
        }
        must(!"an error kind outside its enum");
}

static const char *next_of(enum err_kind kind)
{
        switch (kind) {
        case ERR_NONE: return NULL;
        case ERR_ABSENT: return M_("The address may be mistyped, or what stood here is gone");
        case ERR_FORBIDDEN: return M_("If you think it should be, ask your coordinator");
        case ERR_INVALID: return M_("Go back, correct it and send it again");
        case ERR_CONFLICT: return M_("Go back and load the page again");
        case ERR_BUSY: return M_("Try again in a minute");
        case ERR_LIMIT: return M_("Wait a little, then try again");
        case ERR_UPSTREAM: return M_("Try again in a few minutes");
        case ERR_BROKEN: return M_("Try again; if it stays like this, ask for help");
        }
        must(!"an error kind outside its enum");
}

enum { KEPT_BYTES = 64 * 1024 };

static bool is_ours(enum err_kind kind) { return kind == ERR_BROKEN || kind == ERR_UPSTREAM; }

static void error_json(struct http_parts *x, struct err e)
{
        json_t *j = json_pack("{s:{s:s,s:s,s:s*,s:s*,s:s}}", "error", "kind", err_kind_name(e.kind),
                              "what", e.what, "place", e.place, "next", e.next, "request",
                              x->rq.id.p);
        json_t *fields = json_array();

        must(j);
        for (size_t i = 0; i < x->echo.n_errors; i++)
                json_array_append_new(fields,
                                      json_pack("{s:s,s:s}", "field", x->echo.error[i].field,
                                                "what", x->echo.error[i].what));
        if (x->echo.n_errors)
                json_object_set(json_object_get(j, "error"), "fields", fields);
        json_decref(fields);
        char *s = json_dumps(j, JSON_COMPACT);
        json_decref(j);
        must(s);
        reply_json(&x->re, text_copy(x->arena, text_of(s)));
        free(s);
}

/*
 * What was typed is on the page that says it could not be kept, with a button that sends it once
 * more: whatever failed, nobody types it again. Not passwords, not files.
 */
static void keep_typed(struct http_parts *x, struct err e, struct http_error_view *v)
{
        size_t bytes = 0;

        if (x->conn->method != POST || !(is_ours(e.kind) || err_is(e, ERR_BUSY)) || x->exhausted ||
            !x->entry || exchange_is_api(x))
                return;
        for (size_t i = 0; i < x->n_in; i++) {
                bytes += x->in[i].value.n;
                if (text_starts(x->in[i].name, "password") || memchr(x->in[i].value.p, 0, x->in[i].value.n))
                        return;
        }
        if (x->n_in == 0 || bytes > KEPT_BYTES)
                return;
        v->typed = (struct http_typed) {x->n_in, x->in};
        v->action = page_safe_path(x->arena, x->conn->url);
        csrf_prepare(x);
}

/*
 * What an administrator has to do stands in the log and at /readyz; whoever reads a page can only
 * wait. But for what may have been saved all the same.
 */
struct err page_for_people(struct err e)
{
        if (err_is(e, ERR_UPSTREAM) && !(e.next && text_starts(text_of(e.next), "It may have been saved")))
                e.next = next_of(ERR_UPSTREAM);
        return e;
}

static void error_html(struct http_parts *x, struct err e)
{
        e = page_for_people(e);
        enum locale l = x->rq.page.locale;
        struct http_error_view v = {.what = msg(l, e.what),
                                    .place = text_of(e.place),
                                    .next = e.next ? msg(l, e.next) : NULL,
                                    .id = x->rq.id,
                                    .show_id = is_ours(e.kind),
                                    .home = x->who.person ? "/home" : "/"};
        struct html_shell shell = {.kind = SHELL_BARE,
                                   .title = text_of(msg(l, e.what)),
                                   .home = text_of(v.home),
                                   .offers_help = true};

        keep_typed(x, e, &v);
        reply_page(&x->rq, &x->re, rq_fragment(&x->rq) ? NULL : &shell, http_error, &v);
}

/*
 * Who was refused what, to be found together: from is the same for one address through one day and says nothing about it, so
 * that the log keeps no addresses; the proxy's log has them.
 */
static const char *refusal(struct http_parts *x, enum err_kind kind)
{
        unsigned char from[crypto_generichash_BYTES_MIN];
        struct text day = text_format(x->arena, "%lld %s", (long long)(clock_seconds() / 86400), x->conn->client);

        must(crypto_generichash(from, sizeof from, (const unsigned char *)day.p, day.n, x->http->log_key,
                                sizeof x->http->log_key) == 0);
        (*(kind == ERR_LIMIT ? &x->http->counters.limited : &x->http->counters.forbidden))++;
        return text_format(x->arena, "security.refused id=%s from=%02x%02x%02x%02x person=%lld route=%s", x->rq.id.p, from[0], from[1],
                           from[2], from[3], (long long)x->who.person, x->rq.route ? x->rq.route->path : "-").p;
}

/*
 * After a full arena everything but what was sent is given back first; the error's words are static
 * then.
 */
void page_error(struct http_parts *x, struct err e, int status)
{
        enum log_level level = is_ours(e.kind) ? LOG_ERROR : LOG_INFO;

        if (err_is(e, ERR_FORBIDDEN) || err_is(e, ERR_LIMIT))
                log_err(LOG_INFO, refusal(x, e.kind), e);
        else if (!err_is(e, ERR_ABSENT))
                log_err(level, text_format(x->arena, "http.error id=%s", x->rq.id.p).p, e);
        if (x->exhausted)
                arena_rewind(x->arena, x->mark);
        exchange_fresh(x, NULL);
        x->rq.page.echo = NULL;
        x->re.status = status ? status : page_status(e.kind);
        if (exchange_is_api(x) && err_is(e, ERR_FORBIDDEN) && x->who.person == 0)
                x->re.status = 401;
        if (!e.what)
                e.what = what_of(e.kind);
        if (!e.next)
                e.next = next_of(e.kind);
        if (exchange_is_api(x))
                error_json(x, e);
        else
                error_html(x, e);
}
