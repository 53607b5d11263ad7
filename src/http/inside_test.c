/*
 * The parts of the door that need no server: paths, cookies, tokens of forms, drafts, JSON as a
 * form.
 */
#include "http/http_inside.h"

#include "os/random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

static int set_up(void **state)
{
        *state = arena_new(1 << 24);
        return 0;
}

static int tear_down(void **state)
{
        arena_free(*state);
        return 0;
}

/* ---- paths ---- */

static struct err never(struct request *rq, struct reply *re)
{
        (void)rq;
        (void)re;
        return FAIL(ERR_BROKEN, NULL, NULL);
}

static const struct route rows[] = {
        {.method = GET, .path = "/", .handler = never},
        {.method = GET, .path = "/pairs/:pair", .handler = never},
        {.method = GET, .path = "/pairs/new", .handler = never},
        {.method = GET, .path = "/pairs/:pair/goals/:goal", .handler = never},
        {.method = POST,
         .path = "/pairs/:pair/goals/:goal",
         .handler = never,
         .back = "/pairs/:pair"},
        {.method = GET, .path = "/pairs/new/help", .handler = never},
        {.method = GET, .path = "/calendar/:token.ics", .handler = never},
        {.method = GET, .path = "/calendar/:token", .handler = never},
};
static const struct route_table table = {rows, sizeof rows / sizeof rows[0]};
static const struct route_table *const tables[] = {&table};

static const char *found(const struct router *r, enum method method, const char *path,
                         struct match *m)
{
        router_find(r, method, text_of(path), m);
        return m->entry ? m->entry->route->path : "-";
}

static void paths_find_their_rows(void **state)
{
        const struct router *r = router_new(*state, tables, 1);
        struct match m;

        assert_string_equal(found(r, GET, "/", &m), "/");
        assert_string_equal(found(r, GET, "/pairs/12", &m), "/pairs/:pair");
        assert_true(text_is(m.part[0], "12"));
        assert_string_equal(found(r, GET, "/pairs/new", &m), "/pairs/new");
        assert_string_equal(found(r, GET, "/pairs/new/goals/3", &m), "/pairs/:pair/goals/:goal");
        assert_true(text_is(m.part[0], "new") && text_is(m.part[1], "3"));
        assert_string_equal(found(r, POST, "/pairs/1/goals/3", &m), "/pairs/:pair/goals/:goal");
        assert_string_equal(m.entry->back->route->path, "/pairs/:pair");
        assert_string_equal(found(r, GET, "/calendar/abc.ics", &m), "/calendar/:token.ics");
        assert_true(text_is(m.part[0], "abc"));
        assert_string_equal(found(r, GET, "/calendar/abc", &m), "/calendar/:token");
        assert_string_equal(found(r, GET, "/calendar/.ics", &m), "/calendar/:token");
}

static void other_paths_find_nothing(void **state)
{
        const struct router *r = router_new(*state, tables, 1);
        struct match m;

        assert_string_equal(found(r, GET, "", &m), "-");
        assert_string_equal(found(r, GET, "pairs/12", &m), "-");
        assert_string_equal(found(r, GET, "/pairs", &m), "-");
        assert_string_equal(found(r, GET, "/pairs/", &m), "-");
        assert_string_equal(found(r, GET, "//", &m), "-");
        assert_string_equal(found(r, GET, "/pairs/1/goals/2/3", &m), "-");
        assert_false(m.other_method);
        assert_string_equal(found(r, POST, "/pairs/12", &m), "-");
        assert_true(m.other_method);
}

/* True if building the router ends the process. */
static bool stops(const struct route *row, size_t n)
{
        const struct route_table t = {row, n}, *const one[] = {&t};
        pid_t child = fork();
        int status;

        if (child == 0) {
                struct arena *a = arena_new(1 << 20);
                must(freopen("/dev/null", "w", stderr));
                router_new(a, one, 1);
                _exit(0);
        }
        waitpid(child, &status, 0);
        return WIFSIGNALED(status);
}

static void contradicting_rows_stop_the_start(void **state)
{
        static const struct route same[] = {{.method = GET, .path = "/a/:x"},
                                            {.method = GET, .path = "/a/:y"}};
        static const struct route lost[] = {{.method = POST, .path = "/a", .back = "/b"}};
        static const struct route more[] = {{.method = POST, .path = "/a", .back = "/b/:x"},
                                            {.method = GET, .path = "/b/:x"}};
        static const struct route fine[] = {{.method = POST, .path = "/a", .back = "/a"},
                                            {.method = GET, .path = "/a"}};

        (void)state;
        assert_true(stops(same, 2));
        assert_true(stops(lost, 1));
        assert_true(stops(more, 2));
        assert_false(stops(fine, 2));
}

static void redirects_stay_here(void **state)
{
        static const struct { const char *asked, *given;
        } cases[] = {
                {"/home", "/home"},
                {"", "/"},
                {"//evil.example", "/"},
                {"/\\evil.example", "/"},
                {"https://evil.example", "/"},
                {"/a\r\nSet-Cookie: x=1", "/"},
                {"/caf\xc3\xa9 \"x\"", "/caf%C3%A9%20%22x%22"},
                {"/a?b=c&d", "/a?b=c&d"},
        };

        for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
                assert_string_equal(page_safe_path(*state, text_of(cases[i].asked)).p,
                                    cases[i].given);
}

/* ---- cookies ---- */

static void cookies_are_found_by_their_whole_name(void **state)
{
        struct text h = TEXT("a=1; xtm_session=no;tm_session=yes ; tm_sessions=no; empty=; flag");

        (void)state;
        assert_true(text_is(cookie_find(h, "tm_session"), "yes"));
        assert_true(text_is(cookie_find(h, "a"), "1"));
        assert_int_equal(cookie_find(h, "empty").n, 0);
        assert_non_null(cookie_find(h, "empty").p);
        assert_null(cookie_find(h, "flag").p);
        assert_null(cookie_find(h, "tm_flash").p);
        assert_null(cookie_find(TEXT_ABSENT, "a").p);
}

/* ---- tokens of forms ---- */

static void tokens_look_different_and_mean_the_same(void **state)
{
        unsigned char secret[32], other[32], pad[32];
        struct text first, second;

        random_bytes(secret, sizeof secret);
        random_bytes(other, sizeof other);
        random_bytes(pad, sizeof pad);
        csrf_mask(*state, secret, pad, &first);
        random_bytes(pad, sizeof pad);
        csrf_mask(*state, secret, pad, &second);
        assert_false(text_equal(first, second));
        assert_true(csrf_check(*state, secret, first) && csrf_check(*state, secret, second));
        assert_false(csrf_check(*state, other, first));
        assert_false(csrf_check(*state, secret, TEXT("")));
        assert_false(csrf_check(*state, secret, TEXT_ABSENT));
        assert_false(csrf_check(*state, secret, (struct text) {first.p, first.n - 1}));
}

/* ---- drafts ---- */

static void drafts_come_back_for_their_page_and_time(void **state)
{
        struct form_input in[] = {{TEXT("note"), TEXT("a long thought")},
                                  {TEXT("empty"), TEXT("")}},
                          *back;
        unsigned char key[32] = {1}, wrong[32] = {2};
        struct text path, sealed = draft_seal(*state, key, TEXT("/mine/5"), 1000, in, 2);
        size_t n;

        assert_non_null(sealed.p);
        assert_null(memmem(sealed.p, sealed.n, "thought", 7));
        assert_true(draft_open(*state, key, sealed, 1000, &path, &back, &n));
        assert_true(text_is(path, "/mine/5"));
        assert_int_equal(n, 2);
        assert_true(text_is(back[0].value, "a long thought") && text_is(back[1].name, "empty"));
        assert_false(draft_open(*state, key, sealed, 1001, &path, &back, &n));
        assert_false(draft_open(*state, wrong, sealed, 1000, &path, &back, &n));
        assert_false(draft_open(*state, key, (struct text) {sealed.p, sealed.n - 4}, 1000, &path,
                                &back, &n));
        assert_false(draft_open(*state, key, TEXT("AAAA"), 1000, &path, &back, &n));
}

static void drafts_that_do_not_fit_are_not_kept(void **state)
{
        unsigned char key[32] = {1};
        char *noise = arena_alloc(*state, 8000), *even = arena_alloc(*state, 17000);
        struct form_input in = {TEXT("note"), {noise, 8000}};

        random_bytes(noise, 8000);
        assert_null(draft_seal(*state, key, TEXT("/"), 1, &in, 1).p);
        memset(even, 'a', 17000);
        in.value = (struct text) {even, 17000};
        assert_null(draft_seal(*state, key, TEXT("/"), 1, &in, 1).p);
        in.value.n = 15000;
        assert_non_null(draft_seal(*state, key, TEXT("/"), 1, &in, 1).p);
}

/* ---- JSON ---- */

static void a_flat_object_is_a_form(void **state)
{
        struct form_input *in = NULL;
        size_t n = 0;

        assert_false(failed(form_parse_json(
                *state, TEXT("{\"a\":\"x\",\"b\":5,\"c\":true,\"d\":null,\"ids\":[1,\"2\"]}"), &in,
                &n)));
        assert_int_equal(n, 5);
        assert_true(text_is(in[1].value, "5") && text_is(in[2].value, "1"));
        assert_true(text_is(in[4].name, "ids") && text_is(in[4].value, "2"));
        assert_true(err_is(form_parse_json(*state, TEXT("{\"a\":{}}"), &in, &n), ERR_INVALID));
        assert_true(err_is(form_parse_json(*state, TEXT("[1]"), &in, &n), ERR_INVALID));
        assert_true(
                err_is(form_parse_json(*state, TEXT("{\"a\":1,\"a\":2}"), &in, &n), ERR_INVALID));
        assert_true(err_is(form_parse_json(*state, TEXT("{"), &in, &n), ERR_INVALID));
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
        const struct CMUnitTest tests[] = {
                EACH(paths_find_their_rows),
                EACH(other_paths_find_nothing),
                EACH(contradicting_rows_stop_the_start),
                EACH(redirects_stay_here),
                EACH(cookies_are_found_by_their_whole_name),
                EACH(tokens_look_different_and_mean_the_same),
                EACH(drafts_come_back_for_their_page_and_time),
                EACH(drafts_that_do_not_fit_are_not_kept),
                EACH(a_flat_object_is_a_form),
        };

        return cmocka_run_group_tests_name("http/inside", tests, NULL, NULL);
}
