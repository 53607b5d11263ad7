/* Which backups stay; what a manifest says; what an archive refuses. */
#include "os/archive.h"
#include "os/file.h"
#include "os/folder.h"
#include "os/zone.h"
#include "safety/safety_parts.h"
#include "safety/safety_rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

static struct arena *a;

static int set_up(void **state)
{
        (void)state;
        a = arena_new((size_t)64 << 20);
        return 0;
}

static int tear_down(void **state)
{
        (void)state;
        arena_free(a);
        return 0;
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

/* ---- what stays ---- */

static size_t kept(const bool *keep, size_t n)
{
        size_t k = 0;

        for (size_t i = 0; i < n; i++)
                k += keep[i];
        return k;
}

static void a_year_of_nights_leaves_days_weeks_and_months(void **state)
{
        enum { NIGHTS = 365 };
        int64_t day[NIGHTS], today = day_of(2026, 11, 28);
        bool keep[NIGHTS];

        (void)state;
        for (int i = 0; i < NIGHTS; i++)
                day[i] = today - i;
        safety_choose(day, NIGHTS, (struct safety_keep) {7, 4, 6}, keep);
        for (int i = 0; i < 7; i++)
                assert_true(keep[i]);
        assert_false(keep[7]);
        /* the newest of each week is its Sunday; this week's and last week's are among the seven days */
        assert_true(keep[today - day_of(2026, 11, 22)]);
        assert_true(keep[today - day_of(2026, 11, 15)]);
        assert_true(keep[today - day_of(2026, 11, 8)]);
        assert_false(keep[today - day_of(2026, 11, 1)]);
        assert_true(keep[today - day_of(2026, 10, 31)]);
        assert_true(keep[today - day_of(2026, 6, 30)]);
        assert_false(keep[today - day_of(2026, 5, 31)]);
        assert_int_equal(kept(keep, NIGHTS), 7 + 2 + 5);
}

static void the_newest_always_stays(void **state)
{
        int64_t day[] = {100, 100, 90};
        bool keep[3];

        (void)state;
        safety_choose(day, 3, (struct safety_keep) {0, 0, 0}, keep);
        assert_true(keep[0] && !keep[1] && !keep[2]);
        safety_choose(day, 3, (struct safety_keep) {2, 0, 0}, keep);
        assert_true(keep[0] && !keep[1] && keep[2]);
        safety_choose(day, 0, (struct safety_keep) {7, 4, 6}, keep);
}

/* ---- the manifest ---- */

static void a_manifest_says_the_same_when_it_is_read(void **state)
{
        struct db_table_rows table[] = {{"people_person", 12}, {"care_flag", 0}};
        struct safety_manifest m = {.facts = {.made_at = 1795804200, .schema = TEXT("0023_safety"),
                                              .engine = TEXT("sqlite"), .purpose = DB_TEST, .rows = 12},
                                    .n_tables = 2, .table = table};
        struct safety_manifest is;
        struct safety_file *f = safety_files_add(a, &m.files, "data/keys/master");

        (void)state;
        f->size = 65;
        memset(f->hash, 0xa5, sizeof f->hash);
        assert_false(failed(safety_manifest_read(a, safety_manifest_write(a, &m), &is)));
        assert_int_equal(is.facts.made_at, 1795804200);
        assert_true(text_is(is.facts.schema, "0023_safety"));
        assert_int_equal(is.facts.purpose, DB_TEST);
        assert_int_equal(is.n_tables, 2);
        assert_string_equal(is.table[0].table, "people_person");
        assert_int_equal(is.table[0].rows, 12);
        assert_int_equal(is.files.n, 1);
        assert_memory_equal(is.files.row[0].hash, f->hash, sizeof f->hash);
}

static void a_manifest_of_another_kind_is_refused(void **state)
{
        struct safety_manifest is;

        (void)state;
        assert_true(err_is(safety_manifest_read(a, TEXT("{\"format\": 2}"), &is), ERR_CONFLICT));
        assert_true(err_is(safety_manifest_read(a, TEXT("{\"format\": 1}"), &is), ERR_BROKEN));
        assert_true(err_is(safety_manifest_read(a, TEXT("[1]"), &is), ERR_BROKEN));
        assert_true(err_is(safety_manifest_read(a, TEXT("no json"), &is), ERR_BROKEN));
}

/* ---- archives ---- */

static const char *folder(void)
{
        char name[] = "/tmp/telemachus-safety-test.XXXXXX";

        must(mkdtemp(name));
        return arena_dup(a, name, strlen(name));
}

static const char *in(const char *dir, const char *name) { return text_format(a, "%s/%s", dir, name).p; }

static void there_and_back(const char *dir, const char *passphrase)
{
        static char large[300000];
        char name[230];
        unsigned char hash[ARCHIVE_HASH], again[ARCHIVE_HASH];
        struct archive_member m;
        struct archive_out *out;
        struct archive_in *from;
        struct text t;
        bool found;

        for (size_t i = 0; i < sizeof large; i++)
                large[i] = (char)(i * 2654435761u >> 13);
        memset(name, 'n', sizeof name);
        name[130] = '/';
        name[sizeof name - 1] = 0;
        assert_false(failed(archive_create(a, in(dir, "it"), passphrase, &out)));
        assert_false(failed(archive_add(out, "small", TEXT("hello"), hash)));
        assert_false(failed(archive_add(out, name, (struct text) {large, sizeof large}, hash)));
        assert_false(failed(archive_finish(out)));
        assert_true(err_is(archive_create(a, in(dir, "it"), passphrase, &out), ERR_CONFLICT));

        assert_false(failed(archive_open(a, in(dir, "it"), passphrase, &from)));
        assert_false(failed(archive_next(from, &m, &found)));
        assert_true(found && strcmp(m.name, "small") == 0 && m.size == 5);
        assert_false(failed(archive_next(from, &m, &found)));
        assert_true(found && strcmp(m.name, name) == 0);
        assert_false(failed(archive_read(from, a, sizeof large, &t, again)));
        assert_memory_equal(t.p, large, sizeof large);
        assert_memory_equal(again, hash, sizeof hash);
        assert_false(failed(archive_next(from, &m, &found)));
        assert_false(found);
        archive_close(from);
        assert_false(failed(file_remove(in(dir, "it"))));
}

static void an_archive_gives_back_what_it_took(void **state)
{
        const char *dir = folder();

        (void)state;
        there_and_back(dir, NULL);
        there_and_back(dir, "under the olive tree");
        folder_remove(dir);
}

/* Made by another hand, with a name that would leave the folder. */
static void a_name_that_leaves_the_folder_is_refused(void **state)
{
        static const char *const names[] = {"../out", "/etc/passwd", "a/../../b", "a//b", "./a", "a/", "a\\b"};
        const char *dir = folder();
        struct archive_out *out;
        struct archive_in *from;
        struct archive_member m;
        unsigned char hash[ARCHIVE_HASH];
        bool found;

        (void)state;
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
                assert_false(failed(archive_create(a, in(dir, "it"), NULL, &out)));
                assert_false(failed(archive_add(out, names[i], TEXT("x"), hash)));
                assert_false(failed(archive_finish(out)));
                assert_false(failed(archive_open(a, in(dir, "it"), NULL, &from)));
                assert_true(err_is(archive_next(from, &m, &found), ERR_BROKEN));
                archive_close(from);
                assert_false(failed(file_remove(in(dir, "it"))));
        }
        folder_remove(dir);
}

static void what_is_given_up_leaves_nothing(void **state)
{
        const char *dir = folder();
        struct archive_out *out;
        unsigned char hash[ARCHIVE_HASH];

        (void)state;
        assert_false(failed(archive_create(a, in(dir, "it"), NULL, &out)));
        assert_false(failed(archive_add(out, "x", TEXT("x"), hash)));
        archive_give_up(out);
        assert_false(file_exists(in(dir, "it")));
        assert_false(file_exists(in(dir, "it.partial")));
        assert_true(err_is(archive_create(a, "/nowhere/at/all", NULL, &out), ERR_ABSENT));
        folder_remove(dir);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                EACH(a_year_of_nights_leaves_days_weeks_and_months),
                EACH(the_newest_always_stays),
                EACH(a_manifest_says_the_same_when_it_is_read),
                EACH(a_manifest_of_another_kind_is_refused),
                EACH(an_archive_gives_back_what_it_took),
                EACH(a_name_that_leaves_the_folder_is_refused),
                EACH(what_is_given_up_leaves_nothing),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
