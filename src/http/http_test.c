/* The server from outside: headers, paths, roles, limits, slow clients, the end. */
#include "http/http_site.h"

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
        get(s, "/healthz", 200);
        assert_true(has(&s->head, "X-Content-Type-Options: nosniff"));
        assert_true(has(&s->head, "Content-Security-Policy: default-src 'none'"));
        assert_true(has(&s->head, "Cross-Origin-Resource-Policy: same-origin"));
}

static void what_is_no_form_is_said_to_be_none(void **state)
{
        struct site *s = *state;

        header(s, "Content-Type: application/xml");
        post(s, "/files", "<file/>", 415);
        no_headers(s);
        assert_true(has(&s->body, "</html>"));
}

static void refusals_are_counted(void **state)
{
        struct site *s = *state;

        sign_in(s);
        get(s, "/desk", 403);
        get(s, "/metrics", 200);
        assert_true(has(&s->body, "telemachus_refused_total{kind=\"forbidden\"} 1\n"));
        assert_true(has(&s->body, "telemachus_refused_total{kind=\"limit\"} 0\n"));
}

static void the_house_answers_for_itself(void **state)
{
        struct site *s = *state;

        get(s, "/healthz", 200);
        get(s, "/readyz", 200);
        get(s, "/notes/1", 200);
        get(s, "/metrics", 200);
        assert_true(has(&s->body, "telemachus_requests_total{method=\"GET\",route=\"/notes/:note\","
                                  "status=\"2xx\"} 1\n"));
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

static void sessions_begin_and_redirects_stay_here(void **state)
{
        struct site *s = *state;

        post(s, "/enter", "", 303);
        assert_true(has(
                &s->head,
                "Set-Cookie: tm_session=let-me-in; Path=/; HttpOnly; SameSite=Lax; Max-Age=3600"));
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

/* The answer to a POST with these headers has this status. */
static void answers(struct site *s, const char *request, const char *status)
{
        const char *answer = say(s, request);

        if (!strstr(answer, status))
                fail_msg("not %s but %.60s", status, answer);
}

#define POST_WITH(headers) "POST /enter HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" headers "\r\n"

static void unclear_lengths_are_refused(void **state)
{
        struct site *s = *state;

        answers(s, POST_WITH("Content-Length: 0\r\n"), "HTTP/1.1 303");
        answers(s, POST_WITH("Content-Length: 0\r\nContent-Length: 5\r\n") "abcde", "HTTP/1.1 400");
        answers(s, POST_WITH("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n") "0\r\n\r\n",
                "HTTP/1.1 400");
        answers(s, POST_WITH("Transfer-Encoding: gzip\r\n"), "HTTP/1.1 400");
        answers(s, "PUT /enter HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "HTTP/1.1 405");
        answers(s, "GET / HTTP/1.1\r\nConnection: close\r\n\r\n", "HTTP/1.1 400");
}

/* How many connections libcurl had to open for the last request. */
static long connects(struct site *s)
{
        long n = -1;

        curl_easy_getinfo(s->curl, CURLINFO_NUM_CONNECTS, &n);
        return n;
}

static void connections_are_kept(void **state)
{
        struct site *s = *state;

        get(s, "/notes/5", 200);
        assert_int_equal(connects(s), 1);
        get(s, "/", 200);
        assert_int_equal(connects(s), 0);
        get(s, "/healthz", 200);
        assert_int_equal(connects(s), 0);
        get(s, "/nowhere", 404);
        assert_int_equal(connects(s), 0);
        post(s, "/enter", "", 303);
        assert_int_equal(connects(s), 0);
        post(s, "/files", "file=abc", 200);
        assert_int_equal(connects(s), 0);
        assert_int_equal(s->http->counters.conns, 1);
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

        must(send(fd, "POST /enter HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n", 51,
                  MSG_NOSIGNAL) == 51);
        clock_sleep_ms(50);
        int64_t deadline = only_conn(s)->deadline;
        assert_in_range(deadline, clock_monotonic_us() + 25 * SECOND_US,
                        clock_monotonic_us() + 30 * SECOND_US);
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

static int ask_as(struct site *s, const char *client)
{
        struct text r = text_format(s->a, "GET /sleepy HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 10.0.0.1, %s\r\n\r\n", client);
        int fd = dial(s);

        must(send(fd, r.p, r.n, MSG_NOSIGNAL) == (ssize_t)r.n);
        return fd;
}

/* Two workers, pages of 400 ms: twelve requests of one address, then one of another, which does not wait for the twelve. */
static void who_asks_for_much_waits_behind_others(void **state)
{
        enum { MANY = 12 };
        struct site *s = *state;
        int much[MANY], little, unanswered = 0;
        char c;

        for (int i = 0; i < MANY; i++)
                much[i] = ask_as(s, "203.0.113.5");
        clock_sleep_ms(100);
        little = ask_as(s, "203.0.113.6");
        assert_int_equal(recv(little, &c, 1, 0), 1);
        for (int i = 0; i < MANY; i++)
                unanswered += recv(much[i], &c, 1, MSG_DONTWAIT) != 1;
        assert_in_range(unanswered, 4, MANY);
        for (int i = 0; i < MANY; i++)
                close(much[i]);
        close(little);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                EACH(pages_carry_their_headers),
                EACH(what_is_no_form_is_said_to_be_none),
                EACH(refusals_are_counted),
                EACH(the_house_answers_for_itself),
                EACH(assets_are_kept_for_ever),
                EACH(paths_lead_where_they_should),
                EACH(some_pages_are_not_for_everybody),
                EACH(sessions_begin_and_redirects_stay_here),
                EACH(sizes_are_limited),
                EACH(unclear_lengths_are_refused), EACH(connections_are_kept),
                EACH(a_slow_client_is_cut),
                EACH(who_asks_for_much_waits_behind_others),
                EACH(stopping_finishes_what_runs),
        };

        curl_global_init(CURL_GLOBAL_ALL);
        return cmocka_run_group_tests_name("http", tests, NULL, NULL);
}
