/* Escaping in every place, addresses, Markdown, prose, letters, fields, the frame. */
#include "html/letter.h"
#include "http/form.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct arena *arena;
static struct out out;

static int setup(void **state)
{
        (void)state;
        arena = arena_new(1 << 22);
        return 0;
}

static int teardown(void **state)
{
        (void)state;
        arena_free(arena);
        return 0;
}

static struct page page(enum locale l)
{
        out = out_new(arena, 256);
        return (struct page) {.out = &out, .locale = l, .zone = zone_utc(), .csrf = TEXT("token")};
}

static const char *written(void) { return out_get(&out).p; }

static const char *in_text(struct text t)
{
        struct page pg = page(LOCALE_EN);
        html_text(&pg, t);
        return written();
}
static const char *in_attr(struct text t)
{
        struct page pg = page(LOCALE_EN);
        html_attr(&pg, t);
        return written();
}
static const char *in_url(struct text t)
{
        struct page pg = page(LOCALE_EN);
        html_url(&pg, t);
        return written();
}
static const char *address(struct text t)
{
        struct page pg = page(LOCALE_EN);
        html_address(&pg, t);
        return written();
}
static const char *in_mail(struct text t)
{
        struct page pg = page(LOCALE_EN);
        html_mail(&pg, t);
        return written();
}
static const char *in_subject(struct text t)
{
        struct page pg = page(LOCALE_EN);
        html_subject(&pg, t);
        return written();
}
static const char *mail_address(struct text t)
{
        struct page pg = page(LOCALE_EN);
        html_mail_address(&pg, t);
        return written();
}

static void escapes(void **state)
{
        (void)state;
        assert_string_equal(in_text(TEXT("<img src=x onerror=alert(1)>&amp;")),
                            "&lt;img src=x onerror=alert(1)&gt;&amp;amp;");
        assert_string_equal(in_text(TEXT("Zoë “ok” 你好")), "Zoë “ok” 你好");
        assert_string_equal(in_text(TEXT_ABSENT), "");
        assert_string_equal(in_text(TEXT("a\0b")), "a\ufffd" "b");
        assert_string_equal(in_attr(TEXT("\" onload='x' <")), "&quot; onload=&#39;x&#39; &lt;");
        assert_string_equal(in_url(TEXT("../a?b=c&d#é/\\\0")),
                            "..%2Fa%3Fb%3Dc%26d%23%C3%A9%2F%5C%00");
        assert_string_equal(in_url(TEXT("safe-._~09azAZ")), "safe-._~09azAZ");
}

static void addresses(void **state)
{
        static const char *const refused[] = {"javascript:alert(1)",
                                              "JavaScript:alert(1)",
                                              " javascript:alert(1)",
                                              "//evil.example/",
                                              "/\\evil.example",
                                              "data:text/html,x",
                                              "vbscript:x",
                                              "evil",
                                              "",
                                              "\tjavascript:x",
                                              "/\t/evil.example",
                                              "/\n/evil.example"};

        (void)state;
        for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
                assert_string_equal(address(text_of(refused[i])), "#");
        assert_string_equal(address(TEXT("/desk?a=1&b=2")), "/desk?a=1&amp;b=2");
        assert_string_equal(address(TEXT("https://a.example/\"><b>")),
                            "https://a.example/&quot;&gt;&lt;b&gt;");
        assert_string_equal(address(TEXT("mailto:a@b.example")), "mailto:a@b.example");
        assert_string_equal(mail_address(TEXT("javascript:x")), "#");
        assert_string_equal(mail_address(TEXT("https://a.example/x) [y](z")),
                            "https://a.example/x%29%20%5By%5D%28z");
}

static void values(void **state)
{
        struct page pg = page(LOCALE_EN);

        (void)state;
        html_put(&pg, 3);
        html_put(&pg, INT64_MIN);
        html_put(&pg, "<");
        html_put(&pg, ((struct markup) {TEXT("<b>")}));
        html_put_in_attr(&pg, 12.5);
        html_put_in_attr(&pg, 100.0);
        html_put_in_attr(&pg, -0.126);
        assert_string_equal(written(), "3-9223372036854775808&lt;<b>12.5100-0.13");
}

static void letters(void **state)
{
        struct out words = out_new(arena, 64);

        (void)state;
        assert_string_equal(in_mail(TEXT("[a](https://x.example) **b** <i>")),
                            "\\[a\\](https\\://x.example) \\*\\*b\\*\\* \\<i>");
        assert_string_equal(in_mail(TEXT("1. one\n\n# two")), "1\\. one  # two");
        assert_string_equal(in_mail(TEXT("# one")), "\\# one");
        assert_string_equal(in_subject(TEXT("a\r\nBcc: b@c.example")), "a  Bcc: b@c.example");
        out_c(&words, "\n\n\na\n\n\n\nb\nc\n\n");
        assert_string_equal(html_letter_body(&words).p, "a\n\nb\nc\n");
        assert_int_equal(words.n, 0);
}

static void markdown(void **state)
{
        (void)state;
        assert_string_equal(html_markdown(arena, TEXT("# One\n\nTwo *three*"), 2).html.p,
                            "<h2>One</h2>\n<p>Two <em>three</em></p>\n");
        assert_string_equal(html_markdown(arena, TEXT("###### Six"), 3).html.p, "<h6>Six</h6>\n");
        assert_string_equal(html_markdown(arena, TEXT("<script>x</script>"), 1).html.p,
                            "<p>&lt;script&gt;x&lt;/script&gt;</p>\n");
        assert_string_equal(html_markdown(arena, TEXT("[a](javascript:x)"), 1).html.p,
                            "<p><a href=\"#\">a</a></p>\n");
        assert_string_equal(html_markdown(arena, TEXT("[a](JAVASCRIPT:x) ![b](data:x)"), 1).html.p,
                            "<p><a href=\"#\">a</a> <img src=\"#\" alt=\"b\"></p>\n");
        assert_string_equal(html_markdown(arena, TEXT("[a](/library/x)"), 1).html.p,
                            "<p><a href=\"/library/x\">a</a></p>\n");
        assert_string_equal(html_markdown(arena, TEXT_ABSENT, 1).html.p, "");
}

static void prose(void **state)
{
        (void)state;
        assert_string_equal(html_prose(arena, TEXT("One <b>\ntwo\n\n\nthree")).html.p,
                            "<p>One &lt;b&gt;<br>\ntwo</p>\n<p>three</p>\n");
        assert_string_equal(
                html_prose(arena, TEXT("See (https://a.example/x?y=1&z=2).")).html.p,
                "<p>See (<a href=\"https://a.example/x?y=1&amp;z=2\" rel=\"nofollow noopener\">"
                "https://a.example/x?y=1&amp;z=2</a>).</p>\n");
        assert_string_equal(html_prose(arena, TEXT("javascript:x http:// xhttps://a.b")).html.p,
                            "<p>javascript:x http:// xhttps://a.b</p>\n");
        assert_string_equal(html_prose(arena, TEXT("https://a.example/\"onclick=x")).html.p,
                            "<p><a href=\"https://a.example/\" rel=\"nofollow "
                            "noopener\">https://a.example/</a>&quot;onclick=x</p>\n");
        assert_string_equal(html_prose(arena, TEXT(" \n ")).html.p, "");
}

static const char *field(const struct html_field *f, const struct form_echo *echo)
{
        struct page pg = page(LOCALE_EN);

        pg.echo = echo;
        html_field(&pg, f);
        return written();
}

static void fields(void **state)
{
        struct html_option two[] = {{.value = TEXT("a"), .label = TEXT("A & B")},
                                    {.value = TEXT("b"), .label = TEXT("B"), .checked = true}};
        struct form_input typed[] = {{TEXT("x"), TEXT("a")},
                                     {TEXT("x"), TEXT("b")},
                                     {TEXT("secret"), TEXT("hunter2")}};
        struct form_echo echo = {.n = 3, .row = typed};
        struct html_field boxes = {.name = "x",
                                   .kind = HTML_CHECKBOXES,
                                   .label = "Which?",
                                   .options = {2, two}};
        struct html_field password = {.name = "secret",
                                      .kind = HTML_PASSWORD,
                                      .label = "Password",
                                      .value = TEXT("hunter2")};
        struct html_field tick = {.name = "y",
                                  .kind = HTML_CHECKBOX,
                                  .label = "Yes",
                                  .checked = true};

        (void)state;
        assert_non_null(strstr(field(&boxes, NULL), "value=\"a\">"));
        assert_non_null(strstr(written(), "value=\"b\" checked>"));
        assert_non_null(strstr(written(), "A &amp; B"));
        assert_non_null(strstr(field(&boxes, &echo), "value=\"a\" checked>"));
        assert_null(strstr(field(&password, &echo), "hunter2"));
        assert_non_null(strstr(field(&tick, NULL), " checked"));
        assert_null(strstr(field(&tick, &echo), " checked"));
}

static void whole_form_refused(void **state)
{
        struct form_echo echo = {.err = FAIL(ERR_CONFLICT, "The disk is full", "See the log")};
        struct page pg = page(LOCALE_EN);

        (void)state;
        html_form_errors(&pg);
        assert_string_equal(written(), "");
        pg.echo = &echo;
        html_form_errors(&pg);
        assert_non_null(strstr(written(), "role=\"alert\""));
        assert_non_null(strstr(written(), "<b>The disk is full</b> See the log"));
}

static void frame(void **state)
{
        const struct html_nav nav[] = {
                {.path = "/desk", .label = "My settings", .current = true, .count = TEXT("3")},
                {.path = "/desk/pairs", .label = "Main"}};
        struct html_shell s = {.kind = SHELL_DESK,
                               .title = TEXT("A <b> title"),
                               .nav = nav,
                               .n_nav = 2,
                               .flash = TEXT("Saved & done"),
                               .offers_help = true,
                               .initials = TEXT("MK")};
        struct page pg = page(LOCALE_DE);

        (void)state;
        html_shell_begin(&pg, &s);
        html_shell_end(&pg, &s);
        const char *html = written();
        assert_non_null(strstr(html, "<html lang=\"de\">"));
        assert_non_null(
                strstr(html, "<title translate=\"no\">A &lt;b&gt; title · Telemachus</title>"));
        assert_non_null(strstr(html, "<body class=\"desk\">"));
        assert_non_null(strstr(html, "<a href=\"/desk\" aria-current=\"page\">"));
        assert_non_null(strstr(html, "<p class=\"flash\" role=\"status\">Saved &amp; done</p>"));
        assert_non_null(strstr(html, html_asset_path("app.css")));
        assert_null(strstr(html, "style="));
        assert_null(strstr(html, "<script>"));
}

static void assets(void **state)
{
        const struct html_asset *a = html_asset_find(text_of(html_asset_path("htmx.js")));

        (void)state;
        assert_non_null(a);
        assert_string_equal(a->type, "text/javascript; charset=utf-8");
        assert_true(a->n_brotli > 0 && a->n_brotli < a->n_gzip && a->n_gzip < a->n_plain);
        assert_memory_equal(a->gzip, "\x1f\x8b", 2);
        assert_null(html_asset_find(TEXT("/assets/htmx.js")));
        assert_null(html_asset_find(TEXT("")));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(escapes),  cmocka_unit_test(addresses),
                cmocka_unit_test(values),   cmocka_unit_test(letters),
                cmocka_unit_test(markdown), cmocka_unit_test(prose),
                cmocka_unit_test(fields),   cmocka_unit_test(whole_form_refused),
                cmocka_unit_test(frame),    cmocka_unit_test(assets),
        };

        return cmocka_run_group_tests(tests, setup, teardown);
}
