/* Forms from outside: their tokens, forms shown again, drafts that survive signing in. */
#include "http/http_site.h"

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

int main(void)
{
        const struct CMUnitTest tests[] = {
                EACH(a_form_needs_its_token),
                EACH(other_sites_cannot_post),
                EACH(a_stale_form_comes_back_filled),
                EACH(a_refused_form_comes_back_filled),
                EACH(what_was_written_survives_signing_in),
        };

        curl_global_init(CURL_GLOBAL_ALL);
        return cmocka_run_group_tests_name("http/post", tests, NULL, NULL);
}
