/* A server on a loopback port with a few routes of its own, asked by libcurl and by bare sockets. */
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
        {.name = "note", .kind = FIELD_TEXT, .offset = offsetof(struct note_form, note), .required = true, .max = 20, .label = "Note"});
FORM_OF(file_form, struct file_form, {.name = "file", .kind = FIELD_FILE, .offset = offsetof(struct file_form, file)});

static void note_view(struct page *pg, const struct text *v)
{
        static const char begin[] = "<form method=\"post\">", end[] = "</form>";

        html_raw(pg, begin, strlen(begin));
        html_form_errors(pg);
        html_csrf(pg);
        html_field(pg, &(struct html_field) {.name = "note", .kind = HTML_TEXT, .label = "Note", .audience = "You", .value = *v});
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

static struct err note_posted(struct request *rq, struct reply *re)
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
        struct text who = text_format(rq->arena, "person %lld, path %s, q %s", (long long)rq->who->person, rq->page.path,
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
        reply_json(re, text_format(rq->arena, "{\"bytes\":%zu}", FORM(rq, struct file_form)->file.n));
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
        {.method = POST, .path = "/notes/:note", .handler = note_posted, .form = &note_form, .back = "/notes/:note"},
        {.method = GET, .path = "/home", .who = WHO_SIGNED_IN, .handler = words},
        {.method = GET, .path = "/desk", .who = WHO_STAFF, .handler = words},
        {.method = GET, .path = "/mine/:note", .who = WHO_SIGNED_IN, .handler = note},
        {.method = POST, .path = "/mine/:note", .who = WHO_SIGNED_IN, .handler = note_posted, .form = &note_form,
         .back = "/mine/:note"},
        {.method = POST, .path = "/files", .handler = uploaded, .form = &file_form, .limit = 100000, .flags = ROUTE_NO_CSRF},
        {.method = POST, .path = "/enter", .handler = signed_in, .flags = ROUTE_NO_CSRF},
        {.method = GET, .path = "/large", .handler = large}, {.method = GET, .path = "/endless", .handler = endless},
        {.method = GET, .path = "/sleepy", .handler = sleepy}, {.method = GET, .path = "/broken", .handler = broken},
        {.method = GET, .path = "/api/v1/broken", .handler = broken},
        {.method = GET, .path = "/people/:who.ics", .handler = words}, {.method = GET, .path = "/people/new", .handler = words},
};

static struct err identify(struct tx *tx, struct text secret, struct who *out)
{
        (void)tx;
        if (text_is(secret, "let-me-in"))
                *out = (struct who) {.person = 7, .roles = ROLE_PARTICIPANT, .first_name = TEXT("Anna")};
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

static int set_up(void **state)
{
        static struct site s;
        static const struct route_table ours = {rows, sizeof rows / sizeof rows[0]};
        static const struct route_table *const tables[] = {&ours};

        s = (struct site) {.a = arena_new(1 << 28)};
        strcpy(s.data, "/tmp/telemachus-http-XXXXXX");
        must(mkdtemp(s.data));
        must(!failed(config_load(s.a, s.data, NULL, &s.config)));
        must(!failed(keys_load(s.a, s.data, &s.app.keys)));
        must(!failed(db_open(&(struct db_options) {.url = config_db_url(s.a, &s.config), .memory = true}, &s.app.db)));
        must(!failed(db_migrate(s.app.db, s.a)));
        s.app.config = &s.config;
        db_set_app(s.app.db, &s.app);
        must(!failed(http_start(&(struct http_options) {.app = &s.app, .tables = tables, .n_tables = 1, .identify = identify,
                                                        .listen = "127.0.0.1:0", .workers = 2, .daemons = 2}, &s.http)));
        s.curl = curl_easy_init();
        *state = &s;
        return 0;
}

static int tear_down(void **state)
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

static size_t keep(char *p, size_t size, size_t n, void *to)
{
        out_bytes(to, p, size * n);
        return size * n;
}

static void no_headers(struct site *s)
{
        curl_slist_free_all(s->headers);
        s->headers = NULL;
}

static void header(struct site *s, const char *line) { s->headers = curl_slist_append(s->headers, line); }

static void ask(struct site *s, const char *path, const char *body)
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

static void get(struct site *s, const char *path, long status)
{
        ask(s, path, NULL);
        if (s->status != status)
                fail_msg("GET %s gave %ld, not %ld: %s", path, s->status, status, out_get(&s->body).p);
}

static void post(struct site *s, const char *path, const char *body, long status)
{
        ask(s, path, body);
        if (s->status != status)
                fail_msg("POST %s gave %ld, not %ld: %s", path, s->status, status, out_get(&s->body).p);
}

static bool has(struct out *o, const char *what) { return strstr(out_get(o).p, what) != NULL; }

/* The token of the form on the page that was just read, ready to be posted. */
static const char *token(struct site *s)
{
        static const char mark[] = "name=\"csrf\" value=\"";
        const char *at = strstr(out_get(&s->body).p, mark);

        if (!at)
                fail_msg("the page holds no form");
        at += strlen(mark);
        return arena_dup(s->a, at, strcspn(at, "\""));
}

static void sign_in(struct site *s) { curl_easy_setopt(s->curl, CURLOPT_COOKIELIST, "Set-Cookie: tm_session=let-me-in; path=/"); }

static const char *with_token(struct site *s, const char *fields) { return text_format(s->a, "csrf=%s&%s", token(s), fields).p; }

/* A bare connection. */
static int dial(struct site *s)
{
        struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)http_port(s->http)),
                                 .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
        int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

        must(connect(fd, (struct sockaddr *)&to, sizeof to) == 0);
        struct timeval patience = {.tv_sec = 5};
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        return fd;
}

/* Sends and reads until the other side closes; the answer's first kilobytes. */
static const char *say(struct site *s, const char *request)
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

/* ---- what is expected ---- */

static void pages_carry_their_headers(void **state)
{
        struct site *s = *state;

        get(s, "/?q=a%26b", 200);
        assert_true(has(&s->body, "person 0, path /, q a&amp;b"));
        assert_true(has(&s->head, "Content-Security-Policy: default-src 'none'; style-src 'self'"));
        assert_true(has(&s->head, "X-Content-Type-Options: nosniff"));
        assert_true(has(&s->head, "Referrer-Policy: same-origin"));
        assert_true(has(&s->head, "Cache-Control: no-store"));
        assert_true(has(&s->head, "X-Request-Id: "));
        assert_false(has(&s->head, "Set-Cookie"));
        get(s, "/notes/5", 200);
        assert_true(has(&s->head, "Set-Cookie: tm_visit="));
        assert_true(has(&s->head, "HttpOnly; SameSite=Lax"));
}

static void the_house_answers_for_itself(void **state)
{
        struct site *s = *state;

        get(s, "/healthz", 200);
        get(s, "/readyz", 200);
        get(s, "/notes/1", 200);
        get(s, "/metrics", 200);
        assert_true(has(&s->body, "telemachus_requests_total{method=\"GET\",route=\"/notes/:note\",status=\"2xx\"} 1\n"));
        assert_true(has(&s->body, "telemachus_requests_in_flight 1\n"));
        header(s, "X-Forwarded-For: 203.0.113.9");
        get(s, "/metrics", 404);
}

static void assets_are_kept_for_ever(void **state)
{
        struct site *s = *state;
        const char *path = html_asset_path("app.css");

        get(s, path, 200);
        assert_true(has(&s->head, "immutable"));
        header(s, text_format(s->a, "If-None-Match: \"%s\"", path).p);
        get(s, path, 304);
        get(s, "/assets/nothing.css", 404);
}

static void paths_lead_where_they_should(void **state)
{
        struct site *s = *state;

        get(s, "/nowhere", 404);
        get(s, "/notes/", 404);
        get(s, "/people/anna.ics", 200);
        get(s, "/people/anna", 404);
        get(s, "/people/new", 200);
        get(s, "/people/a%2Fb.ics", 200);
        get(s, "/people/%00.ics", 404);
        get(s, "/people/new/", 308);
        assert_true(has(&s->head, "Location: /people/new\r\n"));
        post(s, "/large", "", 405);
        get(s, "/broken", 500);
        assert_true(has(&s->body, "quote this number"));
        get(s, "/api/v1/broken", 500);
        assert_true(has(&s->body, "{\"error\":{\"kind\":\"broken\""));
}

static void some_pages_are_not_for_everybody(void **state)
{
        struct site *s = *state;

        get(s, "/home?tab=2", 303);
        assert_true(has(&s->head, "Location: /sign-in?next=%2Fhome%3Ftab%3D2\r\n"));
        sign_in(s);
        get(s, "/home", 200);
        assert_true(has(&s->body, "person 7"));
        get(s, "/desk", 403);
        header(s, "HX-Request: true");
        get(s, "/home", 200);
        assert_false(has(&s->body, "<html"));
}

static void a_form_needs_its_token(void **state)
{
        struct site *s = *state;

        post(s, "/notes/5", "note=hello", 403);
        get(s, "/notes/5", 200);
        const char *fields = with_token(s, "note=hello"), *first = token(s);
        get(s, "/notes/5", 200);
        assert_string_not_equal(first, token(s));       /* masked anew each time */
        post(s, "/notes/5", fields, 303);
        assert_true(has(&s->head, "Location: /notes/5\r\n"));
        get(s, "/notes/5", 200);
        assert_true(has(&s->body, "There is no such page"));    /* the flash */
        get(s, "/notes/5", 200);
        assert_false(has(&s->body, "There is no such page"));
        sign_in(s);
        post(s, "/notes/5", fields, 403);               /* another session, another token */
}

static void other_sites_cannot_post(void **state)
{
        struct site *s = *state;

        get(s, "/notes/5", 200);
        const char *fields = with_token(s, "note=hello");
        header(s, "Origin: https://evil.example");
        post(s, "/notes/5", fields, 403);
        no_headers(s);
        header(s, "Sec-Fetch-Site: same-site");
        post(s, "/notes/5", fields, 403);
}

static void a_stale_form_comes_back_filled(void **state)
{
        struct site *s = *state;

        header(s, "Sec-Fetch-Site: same-origin");
        post(s, "/notes/5", "csrf=old&note=typed+words", 422);
        assert_true(has(&s->body, "typed words"));
        assert_true(has(&s->body, "This form had been open for too long"));
}

static void a_refused_form_comes_back_filled(void **state)
{
        struct site *s = *state;

        get(s, "/notes/5", 200);
        post(s, "/notes/5", with_token(s, "note=much+longer+than+twenty+characters"), 422);
        assert_true(has(&s->body, "much longer than twenty characters"));
        assert_true(has(&s->body, "This is too long"));
        post(s, "/notes/5", with_token(s, "note=bad"), 422);
        assert_true(has(&s->body, "Not that word"));
        post(s, "/notes/5", with_token(s, "note=taken"), 409);
        assert_true(has(&s->body, "Somebody was faster"));
        assert_true(has(&s->body, "value=\"taken\""));
        post(s, "/notes/5", with_token(s, "note=ok&is_admin=1"), 422);
}

static void what_was_written_survives_signing_in(void **state)
{
        struct site *s = *state;

        sign_in(s);
        get(s, "/mine/5", 200);
        const char *fields = with_token(s, "note=a+long+thought");
        curl_easy_setopt(s->curl, CURLOPT_COOKIELIST, "Set-Cookie: tm_session=run-out; path=/");
        header(s, "Sec-Fetch-Site: same-origin");
        post(s, "/mine/5", fields, 303);
        assert_true(has(&s->head, "Location: /sign-in?next=%2Fmine%2F5\r\n"));
        assert_true(has(&s->head, "Set-Cookie: tm_draft="));
        assert_false(has(&s->head, "thought"));
        sign_in(s);
        get(s, "/mine/5", 200);
        assert_true(has(&s->body, "a long thought"));
        assert_true(has(&s->body, "You had been signed out"));
        get(s, "/mine/5", 200);
        assert_false(has(&s->body, "a long thought"));
}

static void sessions_begin_and_redirects_stay_here(void **state)
{
        struct site *s = *state;

        post(s, "/enter", "", 303);
        assert_true(has(&s->head, "Set-Cookie: tm_session=let-me-in; Path=/; HttpOnly; SameSite=Lax; Max-Age=3600"));
        assert_true(has(&s->head, "Location: /\r\n"));
        get(s, "/home", 200);
}

static void sizes_are_limited(void **state)
{
        struct site *s = *state;
        char *big = malloc(150001);

        memset(big, 'a', 150000);
        big[150000] = 0;
        memcpy(big, "file=", 5);
        post(s, "/files", big, 413);
        big[90000] = 0;
        post(s, "/files", big, 200);
        assert_true(has(&s->body, "{\"bytes\":89995}"));
        header(s, "Transfer-Encoding: chunked");
        big[90000] = 'a';
        post(s, "/files", big, 413);
        free(big);
        no_headers(s);
        get(s, "/endless", 429);
        get(s, "/large", 200);
        assert_int_equal(s->body.n, 40000);
        curl_easy_setopt(s->curl, CURLOPT_ACCEPT_ENCODING, "gzip");
        get(s, "/large", 200);
        assert_true(has(&s->head, "Content-Encoding: gzip"));
        assert_int_equal(s->body.n, 40000);
}

static void unclear_lengths_are_refused(void **state)
{
        struct site *s = *state;

        assert_non_null(strstr(say(s, "POST /enter HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nContent-Length: 5\r\n\r\nabcde"),
                               "HTTP/1.1 400"));
        assert_non_null(strstr(say(s, "POST /enter HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n"
                                      "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), "HTTP/1.1 400"));
        assert_non_null(strstr(say(s, "DELETE /enter HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"), "HTTP/1.1 405"));
        assert_non_null(strstr(say(s, "POST /enter HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
                               "HTTP/1.1 303"));
}

static struct conn *only_conn(struct site *s)
{
        struct conn *c = NULL;

        for (int i = 0; i < s->http->n_doors && !c; i++) {
                pthread_mutex_lock(&s->http->doors[i].lock);
                c = s->http->doors[i].conns;
                pthread_mutex_unlock(&s->http->doors[i].lock);
        }
        return c;
}

/* A byte now and then does not move the deadline; past it, the connection is gone. */
static void a_slow_client_is_cut(void **state)
{
        struct site *s = *state;
        int fd = dial(s);
        char c;

        must(send(fd, "POST /enter HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n", 51, MSG_NOSIGNAL) == 51);
        clock_sleep_ms(50);
        int64_t deadline = only_conn(s)->deadline;
        assert_in_range(deadline, clock_monotonic_us() + 25 * SECOND_US, clock_monotonic_us() + 30 * SECOND_US);
        must(send(fd, "x", 1, MSG_NOSIGNAL) == 1);
        clock_sleep_ms(50);
        assert_true(only_conn(s)->deadline == deadline);
        only_conn(s)->deadline = clock_monotonic_us() - 1;
        assert_int_equal(recv(fd, &c, 1, 0), 0);
        close(fd);
        for (int i = 0; i < 100 && only_conn(s); i++)
                clock_sleep_ms(10);
        assert_null(only_conn(s));
        assert_int_equal(s->http->counters.cut, 1);
        assert_int_equal(s->http->counters.in_flight, 0);
        assert_int_equal(s->http->counters.body_bytes, 0);
}

struct late { struct site *s; const char *answer; };

static void *ask_late(void *arg)
{
        struct late *l = arg;

        l->answer = say(l->s, "GET /sleepy HTTP/1.1\r\nHost: a\r\n\r\n");
        return NULL;
}

/* Requests under way are answered, those who wait for a next one are let go, nobody new gets in. */
static void stopping_finishes_what_runs(void **state)
{
        struct site *s = *state;
        struct late late = {.s = s};
        pthread_t thread;
        int idle = dial(s);
        char c;

        must(pthread_create(&thread, NULL, ask_late, &late) == 0);
        clock_sleep_ms(150);
        int64_t began = clock_monotonic_us();
        http_stop(s->http);
        s->http = NULL;
        assert_in_range(clock_monotonic_us() - began, 0, 3 * SECOND_US);
        pthread_join(thread, NULL);
        assert_non_null(strstr(late.answer, "HTTP/1.1 200"));
        assert_non_null(strstr(late.answer, "Connection: close"));
        assert_int_equal(recv(idle, &c, 1, 0), 0);
        close(idle);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
        const struct CMUnitTest tests[] = {
                EACH(pages_carry_their_headers), EACH(the_house_answers_for_itself), EACH(assets_are_kept_for_ever),
                EACH(paths_lead_where_they_should), EACH(some_pages_are_not_for_everybody), EACH(a_form_needs_its_token),
                EACH(other_sites_cannot_post), EACH(a_stale_form_comes_back_filled), EACH(a_refused_form_comes_back_filled),
                EACH(what_was_written_survives_signing_in), EACH(sessions_begin_and_redirects_stay_here),
                EACH(sizes_are_limited), EACH(unclear_lengths_are_refused), EACH(a_slow_client_is_cut),
                EACH(stopping_finishes_what_runs),
        };

        curl_global_init(CURL_GLOBAL_ALL);
        return cmocka_run_group_tests_name("http", tests, NULL, NULL);
}
