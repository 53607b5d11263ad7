/* The translator: what a template writes in every language, and what it refuses. */
#include "html/letter.h"
#include "html/test/golden.html.h"
#include "html/test/golden.mail.h"
#include "http/form.h"
#include "os/file.h"

#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct golden_call calls[] = {
        {.id = 7, .first_name = TEXT("Zoë <b>"), .city = TEXT("São Paulo"), .best = 1795716000},
        {.id = 8,
         .first_name = TEXT("O'Neil & \"Co\""),
         .city = TEXT("Cork"),
         .best = 1795716000 + 86400},
};
static struct html_option rhythms[] = {
        {.value = TEXT("14"), .label = TEXT("Every two weeks"), .hint = TEXT("most pairs")},
        {.value = TEXT("21"), .label = TEXT("Every three weeks")},
};

static struct golden_view view(void)
{
        return (struct golden_view) {
                .name = TEXT("<script>alert('x')</script> \"&"),
                .note = TEXT("*bold* [x](javascript:alert(1))\n# two"),
                .link = TEXT("https://example.org/a b?c=\"d\"&e=(f)"),
                .due = 1204,
                .day = day_of(2026, 11, 26),
                .moment = 1795716000,
                .share = 0.873,
                .x = 12.5,
                .hot = true,
                .calls = {2, calls},
                .icon = {TEXT("<svg></svg>")},
                .rhythms = {2, rhythms},
        };
}

static struct page page(struct arena *a, struct out *out, enum locale l)
{
        *out = out_new(a, 4096);
        return (struct page) {.out = out,
                              .locale = l,
                              .zone = zone_find(TEXT("Europe/Lisbon")),
                              .now = 1795716000 + 11 * 86400,
                              .csrf = TEXT("to\"ken")};
}

/* Hashes of assets change with the look; the golden files do without. */
static struct text without_hash(struct arena *a, struct text html)
{
        const char *path = html_asset_path("icons.svg");
        const char *at = strstr(html.p, path);

        assert_non_null(at);
        return text_format(a, "%.*s/assets/icons.svg%s", (int)(at - html.p), html.p,
                           at + strlen(path));
}

/* With GOLDEN_WRITE set the files are written anew, to be read before they are committed. */
static void assert_golden(struct arena *a, const char *name, struct text is)
{
        const char *path = text_format(a, "src/html/test/golden.%s.txt", name).p;
        struct text wanted;

        if (g_getenv("GOLDEN_WRITE"))
                assert_true(g_file_set_contents(path, is.p, (gssize)is.n, NULL));
        assert_false(failed(file_read(a, path, 1 << 20, &wanted)));
        assert_string_equal(is.p, wanted.p);
}

static void golden(void **state)
{
        struct arena *a = arena_new(1 << 22);
        struct golden_view v = view();

        (void)state;
        for (int l = 0; l < LOCALES; l++) {
                struct out out;
                struct page pg = page(a, &out, (enum locale)l);
                struct letter_text letter;
                golden_page(&pg, &v);
                out_c(&out, "\n---- mail ----\n");
                golden_letter(&pg, &letter, &v);
                out_format(&out, "Subject: %s\n\n%s", letter.subject.p, letter.body.p);
                assert_golden(a, locale_tag((enum locale)l), without_hash(a, out_get(&out)));
        }
        arena_free(a);
}

static void rejected_form(void **state)
{
        struct arena *a = arena_new(1 << 22);
        struct golden_view v = view();
        struct form_input typed[] = {{TEXT("note"), TEXT("</textarea><b>")},
                                     {TEXT("rhythm"), TEXT("21")}};
        struct form_echo echo = {.n = 2, .row = typed, .n_errors = 1,
                                 .error = {{"note", "Main", "My settings"}}};
        struct out out;
        struct page pg = page(a, &out, LOCALE_EN);

        (void)state;
        pg.echo = &echo;
        golden_page(&pg, &v);
        const char *html = out_get(&out).p;
        assert_non_null(strstr(html, "&lt;/textarea&gt;&lt;b&gt;</textarea>"));
        assert_non_null(strstr(html, "value=\"21\" checked"));
        assert_null(strstr(html, "value=\"14\" checked"));
        assert_non_null(strstr(html, "<a href=\"#note\">My settings: Main</a>"));
        assert_non_null(strstr(
                html,
                "aria-describedby=\"note-hint note-error note-audience\" aria-invalid=\"true\""));
        assert_non_null(strstr(html, "<p class=\"error\" id=\"note-error\">Main</p>"));
        arena_free(a);
}

/* Runs the translator; what it says on standard error. */
static char *refusal(const char *file, const char *out, int *status)
{
        const char *argv[] = {HTMLGEN,    "--out",           out,  "--po", "src/html/test/de.po",
                              "--assets", "src/html/assets", file, NULL};
        char *said = NULL;

        assert_true(g_spawn_sync(NULL, (char **)(void *)argv, NULL, 0, NULL, NULL, NULL, &said,
                                 status, NULL));
        return said;
}

/* refused.txt lists every template of the folder refused/ with the line and the first words of its
 * refusal. */
static void refused(void **state)
{
        struct arena *a = arena_new(1 << 22);
        char *out = g_dir_make_tmp("htmlgen-XXXXXX", NULL);
        struct text rest;
        unsigned n = 0;

        (void)state;
        assert_false(failed(file_read(a, "src/html/test/refused.txt", 1 << 16, &rest)));
        for (; rest.n; n++) {
                const char *wanted = text_c(a, text_cut(rest, '\n', &rest));
                const char *path = text_c(a, text_cut(text_of(wanted), ':', &(struct text) {0}));
                int status;
                char *said = refusal(path, out, &status);
                if (status == 0 || strncmp(said, wanted, strlen(wanted)) != 0)
                        fail_msg("wanted: %s\n  said: %s", wanted, said);
                g_free(said);
        }
        assert_true(n > 30);
        g_free(out);
        arena_free(a);
}

/* The compiler names the template and its line when a field is misspelt. */
static void misspelt_field(void **state)
{
        char *folder = g_dir_make_tmp("htmlgen-XXXXXX", NULL);
        char *tool = g_canonicalize_filename(HTMLGEN, NULL);
        char *command = g_strdup_printf(
                "cd %s && mkdir -p src && printf '{{use \"html/test/golden.h\"}}\\n{{view m (const "
                "struct golden_view *v)}}\\n"
                "<p>\\n{{v->nmae}}</p>\\n{{end}}\\n' > src/m.html && %s --out gen src/m.html && "
                "cc -std=gnu2x -fsyntax-only -I\"$OLDPWD\"/src -Igen gen/m.html.c 2>&1 | grep -o "
                "'src/m.html:4:.*nmae'; rm -rf %s",
                folder, tool, folder);
        const char *argv[] = {"sh", "-c", command, NULL};
        char *said = NULL;

        (void)state;
        assert_true(g_spawn_sync(NULL, (char **)(void *)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL,
                                 &said, NULL, NULL, NULL));
        assert_true(g_str_has_prefix(said, "src/m.html:4:"));
        g_free(said);
        g_free(command);
        g_free(tool);
        g_free(folder);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(golden),
                cmocka_unit_test(rejected_form),
                cmocka_unit_test(refused),
                cmocka_unit_test(misspelt_field),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
