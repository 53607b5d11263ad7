/*
 * For the tests of this folder: a server on a loopback port with a few routes of its own, asked by
 * libcurl and bare sockets.
 */
#ifndef TELEMACHUS_HTTP_HTTP_SITE_H
#define TELEMACHUS_HTTP_HTTP_SITE_H

#include "http/http_inside.h"

#include "os/clock.h"
#include "os/config.h"
#include "os/keys.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <cmocka.h>

/* ---- the site ---- */

struct note_form { struct text note; };
struct file_form { struct text file; };

FORM_OF(note_form, struct note_form,
        {.name = "note",
         .kind = FIELD_TEXT,
         .offset = offsetof(struct note_form, note),
         .required = true,
         .max = 20,
         .label = "Note"});
FORM_OF(file_form, struct file_form,
        {.name = "file", .kind = FIELD_FILE, .offset = offsetof(struct file_form, file)});

static void note_view(struct page *pg, const struct text *v)
{
        static const char begin[] = "<form method=\"post\">", end[] = "</form>";

        html_raw(pg, begin, strlen(begin));
        html_form_errors(pg);
        html_csrf(pg);
        html_field(pg,
                   &(struct html_field) {.name = "note",
                                         .kind = HTML_TEXT,
                                         .label = "Note",
                                         .audience = "You",
                                         .value = *v});
        html_raw(pg, end, strlen(end));
}

static void words_view(struct page *pg, const struct text *v) { html_text(pg, *v); }

static struct err note(struct request *rq, struct reply *re)
{
        struct text v = text_format(rq->arena, "note %lld", (long long)rq_id(rq, "note"));
        struct html_shell shell = {.kind = SHELL_BARE, .title = v};

        reply_page(rq, re, &shell, note_view, &v);
        return OK;
}

static inline struct err note_posted(struct request *rq, struct reply *re)
{
        const struct note_form *f = FORM(rq, struct note_form);

        if (text_is(f->note, "taken"))
                return FAIL_AT(ERR_CONFLICT, "Somebody was faster", NULL, "Look again");
        if (text_is(f->note, "bad"))
                return FAIL_AT(ERR_INVALID, "Not that word", "note", "Another");
        reply_flash(re, "There is no such page");
        reply_see(re, "/notes/%lld", (long long)rq_id(rq, "note"));
        return OK;
}

static struct err words(struct request *rq, struct reply *re)
{
        struct text who = text_format(rq->arena, "person %lld, path %s, q %s",
                                      (long long)rq->who->person, rq->page.path,
                                      text_c(rq->arena, rq_query(rq, "q")));
        struct html_shell shell = {.kind = SHELL_PERSON, .title = TEXT("Words")};

        reply_page(rq, re, rq_fragment(rq) ? NULL : &shell, words_view, &who);
        return OK;
}

static struct err large(struct request *rq, struct reply *re)
{
        struct text t = {arena_alloc(rq->arena, 40000), 40000};

        memset((char *)(uintptr_t)t.p, 'x', t.n);
        reply_page(rq, re, NULL, words_view, &t);
        return OK;
}

static struct err endless(struct request *rq, struct reply *re)
{
        (void)re;
        for (;;)
                arena_alloc(rq->arena, 1 << 20);
        return OK;
}

static struct err sleepy(struct request *rq, struct reply *re)
{
        clock_sleep_ms(400);
        return words(rq, re);
}

static struct err broken(struct request *rq, struct reply *re)
{
        (void)rq;
        (void)re;
        return FAIL(ERR_BROKEN, NULL, NULL);
}

static struct err uploaded(struct request *rq, struct reply *re)
{
        reply_json(re,
                   text_format(rq->arena, "{\"bytes\":%zu}", FORM(rq, struct file_form)->file.n));
        return OK;
}

static struct err signed_in(struct request *rq, struct reply *re)
{
        (void)rq;
        reply_session(re, TEXT("let-me-in"), 3600);
        reply_see(re, "//elsewhere.example/");
        return OK;
}

static const struct route rows[] = {
        {.method = GET, .path = "/", .handler = words},
        {.method = GET, .path = "/notes/:note", .handler = note},
        {.method = POST,
         .path = "/notes/:note",
         .handler = note_posted,
         .form = &note_form,
         .back = "/notes/:note"},
        {.method = GET, .path = "/home", .who = WHO_SIGNED_IN, .handler = words},
        {.method = GET, .path = "/desk", .who = WHO_STAFF, .handler = words},
        {.method = GET, .path = "/mine/:note", .who = WHO_SIGNED_IN, .handler = note},
        {.method = POST,
         .path = "/mine/:note",
         .who = WHO_SIGNED_IN,
         .handler = note_posted,
         .form = &note_form,
         .back = "/mine/:note"},
        {.method = POST,
         .path = "/files",
         .handler = uploaded,
         .form = &file_form,
         .limit = 100000,
         .flags = ROUTE_NO_CSRF},
        {.method = POST, .path = "/enter", .handler = signed_in, .flags = ROUTE_NO_CSRF},
        {.method = GET, .path = "/large", .handler = large},
        {.method = GET, .path = "/endless", .handler = endless},
        {.method = GET, .path = "/sleepy", .handler = sleepy},
        {.method = GET, .path = "/broken", .handler = broken},
        {.method = GET, .path = "/api/v1/broken", .handler = broken},
        {.method = GET, .path = "/people/:who.ics", .handler = words},
        {.method = GET, .path = "/people/new", .handler = words},
};

static struct err identify(struct tx *tx, struct text secret, struct who *out)
{
        (void)tx;
        if (text_is(secret, "let-me-in"))
                *out = (struct who) {
                        .person = 7, .roles = ROLE_PARTICIPANT, .first_name = TEXT("Anna")};
        return OK;
}

struct site {
        struct arena *a;
        char data[64];
        struct config config;
        struct app app;
        struct http *http;
        CURL *curl;
        struct curl_slist *headers;
        long status;
        struct out head, body;
};

static inline int set_up(void **state)
{
        static struct site s;
        static const struct route_table ours = {rows, sizeof rows / sizeof rows[0]};
        static const struct route_table *const tables[] = {&ours};

        s = (struct site) {.a = arena_new(1 << 28)};
        strcpy(s.data, "/tmp/telemachus-http-XXXXXX");
        must(mkdtemp(s.data));
        must(!failed(config_load(s.a, s.data, NULL, &s.config)));
        must(!failed(keys_load(s.a, s.data, &s.app.keys)));
        must(!failed(
                db_open(&(struct db_options) {.url = config_db_url(s.a, &s.config), .memory = true},
                        &s.app.db)));
        must(!failed(db_migrate(s.app.db, s.a)));
        s.app.config = &s.config;
        db_set_app(s.app.db, &s.app);
        must(!failed(http_start(&(struct http_options) {.app = &s.app,
                                                        .tables = tables,
                                                        .n_tables = 1,
                                                        .identify = identify,
                                                        .listen = "127.0.0.1:0",
                                                        .workers = 2,
                                                        .daemons = 2},
                                &s.http)));
        s.curl = curl_easy_init();
        *state = &s;
        return 0;
}

static inline int tear_down(void **state)
{
        struct site *s = *state;
        char command[128];

        curl_easy_cleanup(s->curl);
        curl_slist_free_all(s->headers);
        if (s->http)
                http_stop(s->http);
        db_close(s->app.db);
        snprintf(command, sizeof command, "rm -rf %s", s->data);
        arena_free(s->a);
        return system(command);
}

/* ---- asking it ---- */

static inline size_t keep(char *p, size_t size, size_t n, void *to)
{
        out_bytes(to, p, size * n);
        return size * n;
}

static inline void no_headers(struct site *s)
{
        curl_slist_free_all(s->headers);
        s->headers = NULL;
}

static inline void header(struct site *s, const char *line)
{
        s->headers = curl_slist_append(s->headers, line);
}

static inline void ask(struct site *s, const char *path, const char *body)
{
        struct text url = text_format(s->a, "http://127.0.0.1:%d%s", http_port(s->http), path);

        s->head = out_new(s->a, 4096);
        s->body = out_new(s->a, 65536);
        curl_easy_setopt(s->curl, CURLOPT_URL, url.p);
        curl_easy_setopt(s->curl, CURLOPT_COOKIEFILE, "");
        curl_easy_setopt(s->curl, CURLOPT_HTTPHEADER, s->headers);
        curl_easy_setopt(s->curl, CURLOPT_HEADERFUNCTION, keep);
        curl_easy_setopt(s->curl, CURLOPT_HEADERDATA, &s->head);
        curl_easy_setopt(s->curl, CURLOPT_WRITEFUNCTION, keep);
        curl_easy_setopt(s->curl, CURLOPT_WRITEDATA, &s->body);
        curl_easy_setopt(s->curl, CURLOPT_TIMEOUT, 10L);
        if (body)
                curl_easy_setopt(s->curl, CURLOPT_COPYPOSTFIELDS, body);
        else
                curl_easy_setopt(s->curl, CURLOPT_HTTPGET, 1L);
        CURLcode code = curl_easy_perform(s->curl);
        if (code != CURLE_OK)
                fail_msg("%s: %s", path, curl_easy_strerror(code));
        curl_easy_getinfo(s->curl, CURLINFO_RESPONSE_CODE, &s->status);
}

static inline void get(struct site *s, const char *path, long status)
{
        ask(s, path, NULL);
        if (s->status != status)
                fail_msg("GET %s gave %ld, not %ld: %s", path, s->status, status,
                         out_get(&s->body).p);
}

static inline void post(struct site *s, const char *path, const char *body, long status)
{
        ask(s, path, body);
        if (s->status != status)
                fail_msg("POST %s gave %ld, not %ld: %s", path, s->status, status,
                         out_get(&s->body).p);
}

static inline bool has(struct out *o, const char *what)
{
        return strstr(out_get(o).p, what) != NULL;
}

/* The token of the form on the page that was just read, ready to be posted. */
static inline const char *token(struct site *s)
{
        static const char mark[] = "name=\"csrf\" value=\"";
        const char *at = strstr(out_get(&s->body).p, mark);

        if (!at)
                fail_msg("the page holds no form");
        at += strlen(mark);
        return arena_dup(s->a, at, strcspn(at, "\""));
}

static inline void sign_in(struct site *s)
{
        curl_easy_setopt(s->curl, CURLOPT_COOKIELIST, "Set-Cookie: tm_session=let-me-in; path=/");
}

static inline const char *with_token(struct site *s, const char *fields)
{
        return text_format(s->a, "csrf=%s&%s", token(s), fields).p;
}

/* A bare connection. */
static inline int dial(struct site *s)
{
        struct sockaddr_in to = {.sin_family = AF_INET,
                                 .sin_port = htons((uint16_t)http_port(s->http)),
                                 .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
        int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

        must(connect(fd, (struct sockaddr *)&to, sizeof to) == 0);
        struct timeval patience = {.tv_sec = 5};
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        return fd;
}

/* Sends and reads until the other side closes; the answer's first kilobytes. */
static inline const char *say(struct site *s, const char *request)
{
        int fd = dial(s);
        char *answer = arena_alloc(s->a, 65536);
        size_t n = 0;
        ssize_t got;

        must(send(fd, request, strlen(request), MSG_NOSIGNAL) == (ssize_t)strlen(request));
        while (n < 65535 && (got = recv(fd, answer + n, 65535 - n, 0)) > 0)
                n += (size_t)got;
        close(fd);
        return answer;
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

#endif
