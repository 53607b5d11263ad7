/* Changes of an organisation in a pack that ships, and a newer version laid under them. */
#include "content/pack_local.h"

#include "content/pack_parse.h"
#include "os/file.h"
#include "os/zip.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define NINE TEXT("nine-months")
#define CARD TEXT("library/en/glossary.md")
#define OURS TEXT("Title: Our words\n\nA tandem is a pair.\n")

enum { CEILING = 256 * 1024 * 1024 };

static struct arena *a;
static char dir[64];

static int begin(void **state)
{
        (void)state;
        a = arena_new(CEILING);
        strcpy(dir, "/tmp/telemachus-local-XXXXXX");
        return mkdtemp(dir) == NULL;
}

static int end(void **state)
{
        (void)state;
        assert_int_equal(system(text_format(a, "rm -r %s", dir).p), 0);
        arena_free(a);
        return 0;
}

static const struct pack *nine(void)
{
        const struct packs *packs;

        assert_int_equal(packs_load(a, dir, &packs).kind, ERR_NONE);
        return packs_find(packs, NINE);
}

static void write_ours(struct text text)
{
        struct pack_problems problems;

        assert_int_equal(pack_write_text(a, dir, nine(), CARD, text, &problems).kind, ERR_NONE);
}

static struct pack_change_list changes(void)
{
        struct pack_change_list list;

        assert_int_equal(pack_changes(a, dir, NINE, &list).kind, ERR_NONE);
        return list;
}

static bool there(const char *path) { return file_exists(text_format(a, "%s/packs/nine-months/%s", dir, path).p); }

/* As if an older version had shipped when the change was made. */
static void shipped_then(struct text text)
{
        assert_int_equal(file_write(text_format(a, "%s/packs/nine-months/.shipped/%s", dir, CARD.p).p, text, 0600).kind, ERR_NONE);
}

static void three_versions_are_compared(void **state)
{
        static const struct { const char *mine, *shipped, *old; bool told; enum pack_change_kind kind; } of[] = {
                {NULL, "a", NULL, false, 0}, {"a", "a", "a", false, 0}, {"a", "a", "b", false, 0},
                {"b", "a", "a", true, PACK_CHANGED}, {"a", "b", "a", true, PACK_OUTDATED}, {"b", "c", "a", true, PACK_CONFLICT},
                {"b", "a", NULL, true, PACK_CONFLICT}, {"b", NULL, NULL, true, PACK_CHANGED}, {"b", NULL, "a", true, PACK_CONFLICT},
        };
        enum pack_change_kind kind;

        (void)state;
        for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
                struct text mine = of[i].mine ? text_of(of[i].mine) : TEXT_ABSENT;
                struct text shipped = of[i].shipped ? text_of(of[i].shipped) : TEXT_ABSENT;
                struct text old = of[i].old ? text_of(of[i].old) : TEXT_ABSENT;

                assert_int_equal(pack_compare(mine, shipped, old, &kind), of[i].told);
                if (of[i].told)
                        assert_int_equal(kind, of[i].kind);
        }
}

static void a_change_is_one_file_and_is_read(void **state)
{
        (void)state;
        assert_int_equal(changes().n, 0);
        write_ours(OURS);
        assert_true(text_is(pack_library_text(nine(), TEXT("glossary"), LOCALE_EN)->title, "Our words"));
        assert_int_equal(nine()->shelf->files.own->n, 2);
        assert_int_equal(changes().n, 1);
        assert_int_equal(changes().row[0].kind, PACK_CHANGED);
        write_ours(OURS);               /* twice is once */
        assert_false(there(".kept/library/en/glossary.md.1"));
        write_ours(TEXT("Title: Again\n\nOther.\n"));
        assert_true(there(".kept/library/en/glossary.md.1"));
}

static void a_mistake_is_told_and_nothing_written(void **state)
{
        struct pack_problems problems;

        (void)state;
        assert_int_equal(pack_write_text(a, dir, nine(), TEXT("mails/en/R14.md"), TEXT("Subject: Hm\n\nHello {nobody}\n"), &problems).kind,
                         ERR_INVALID);
        assert_true(problems.n >= 2);   /* the hole, and that the letter asks for nothing */
        assert_false(there("pack.yaml"));
        assert_int_equal(pack_write_text(a, dir, nine(), TEXT("../../telemachus.yaml"), OURS, &problems).kind, ERR_ABSENT);
        assert_int_equal(pack_write_text(a, dir, nine(), TEXT("pack.yaml"), OURS, &problems).kind, ERR_ABSENT);
}

static void both_sides_changed_asks(void **state)
{
        size_t taken;
        struct pack_change_list left;

        (void)state;
        write_ours(OURS);
        shipped_then(TEXT("Title: Words\n\nAs it was.\n"));
        assert_int_equal(changes().row[0].kind, PACK_CONFLICT);
        assert_int_equal(pack_upgrade(a, dir, NINE, &taken, &left).kind, ERR_NONE);
        assert_int_equal(taken, 0);
        assert_int_equal(left.n, 1);
        assert_true(text_is(pack_library_text(nine(), TEXT("glossary"), LOCALE_EN)->title, "Our words"));
        assert_int_equal(pack_settle(a, dir, NINE, CARD, PACK_KEEP_MINE).kind, ERR_NONE);
        assert_int_equal(changes().row[0].kind, PACK_CHANGED);
        assert_int_equal(pack_settle(a, dir, NINE, CARD, PACK_TAKE_SHIPPED).kind, ERR_NONE);
        assert_int_equal(changes().n, 0);
        assert_true(there(".kept/library/en/glossary.md.1"));
        assert_false(text_is(pack_library_text(nine(), TEXT("glossary"), LOCALE_EN)->title, "Our words"));
        assert_int_equal(pack_settle(a, dir, NINE, CARD, PACK_TAKE_SHIPPED).kind, ERR_NONE);    /* twice is once */
        assert_int_equal(pack_settle(a, dir, NINE, TEXT("library/en/none.md"), PACK_KEEP_MINE).kind, ERR_ABSENT);
}

/* A whole copy that was brought in earlier: files nobody touched follow what ships, changed ones stay. */
static void a_whole_copy_follows_where_nobody_changed_it(void **state)
{
        const char *home = text_format(a, "%s/packs/nine-months", dir).p;
        struct text before = TEXT("Title: Words\n\nAs it was.\n");
        struct pack_change_list left;
        size_t taken;

        (void)state;
        assert_int_equal(file_make_folder(text_format(a, "%s/packs", dir).p).kind, ERR_NONE);
        assert_int_equal(pack_export(a, nine(), PACK_WHOLE, home).kind, ERR_NONE);
        assert_int_equal(file_write(text_format(a, "%s/%s", home, CARD.p).p, before, 0600).kind, ERR_NONE);
        assert_int_equal(file_make_folder(text_format(a, "%s/.shipped/library/en", home).p).kind, ERR_NONE);
        shipped_then(before);
        assert_int_equal(changes().n, 1);
        assert_int_equal(changes().row[0].kind, PACK_OUTDATED);
        assert_int_equal(pack_upgrade(a, dir, NINE, &taken, &left).kind, ERR_NONE);
        assert_int_equal(taken, 1);
        assert_int_equal(left.n, 0);
        assert_true(there(".kept/library/en/glossary.md.1"));
        write_ours(OURS);
        assert_int_equal(changes().row[0].kind, PACK_CHANGED);
}

/* A pack of the organisation's own: changed on the desk, then a newer version is brought in. */
static struct text own_zip(int version, const char *card)
{
        const struct zip_part parts[] = {
                {"ours/pack.yaml", text_format(a, "name: ours\nbased_on: nine-months\nversion: %d\n", version)},
                {"ours/library/en/glossary.md", text_of(card)}, {"ours/library/de/glossary.md", TEXT("Title: Worte\n\nSo.\n")},
                {"ours/notes.txt", TEXT("not part of it")}};
        struct text zip;

        assert_int_equal(zip_pack(a, parts, 4, &zip).kind, ERR_NONE);
        return zip;
}

static struct err bring(struct text zip)
{
        struct pack_problems problems;
        struct text name;

        return pack_from_zip(a, zip, dir, &problems, &name);
}

static const struct pack *ours(void)
{
        const struct packs *packs;

        assert_int_equal(packs_load(a, dir, &packs).kind, ERR_NONE);
        return packs_find(packs, TEXT("ours"));
}

static void a_newer_version_comes_in_under_what_was_changed(void **state)
{
        struct pack_problems problems;
        struct pack_change_list list;

        (void)state;
        assert_int_equal(bring(own_zip(1, "Title: One\n\nOne.\n")).kind, ERR_NONE);
        assert_int_equal(bring(own_zip(1, "Title: One\n\nOne.\n")).kind, ERR_CONFLICT);
        assert_int_equal(pack_write_text(a, dir, ours(), CARD, OURS, &problems).kind, ERR_NONE);
        /* the same text comes again: nothing to ask */
        assert_int_equal(bring(own_zip(2, "Title: One\n\nOne.\n")).kind, ERR_NONE);
        assert_int_equal(pack_changes(a, dir, TEXT("ours"), &list).kind, ERR_NONE);
        assert_int_equal(list.n, 1);
        assert_int_equal(list.row[0].kind, PACK_CHANGED);
        /* another text: ours stays in use until somebody chooses */
        assert_int_equal(bring(own_zip(3, "Title: Three\n\nThree.\n")).kind, ERR_NONE);
        assert_true(text_is(pack_library_text(ours(), TEXT("glossary"), LOCALE_EN)->title, "Our words"));
        assert_int_equal(pack_changes(a, dir, TEXT("ours"), &list).kind, ERR_NONE);
        assert_int_equal(list.row[0].kind, PACK_CONFLICT);
        assert_true(text_is(list.row[0].shipped, "Title: Three\n\nThree.\n"));
        assert_int_equal(pack_settle(a, dir, TEXT("ours"), CARD, PACK_TAKE_SHIPPED).kind, ERR_NONE);
        assert_true(text_is(pack_library_text(ours(), TEXT("glossary"), LOCALE_EN)->title, "Three"));
        assert_int_equal(pack_changes(a, dir, TEXT("ours"), &list).kind, ERR_NONE);
        assert_int_equal(list.n, 0);
        assert_int_equal(ours()->version, 3);
}

static void archives_go_out_and_come_back(void **state)
{
        const struct packs *packs;
        const struct pack *p;
        struct pack_problems problems;
        struct text zip;

        (void)state;
        assert_int_equal(packs_load(a, NULL, &packs).kind, ERR_NONE);
        assert_int_equal(pack_to_zip(a, packs_find(packs, TEXT("six-months")), PACK_WHOLE, &zip).kind, ERR_NONE);
        assert_int_equal(pack_check_zip(a, zip, NULL, &problems, &p).kind, ERR_NONE);
        assert_int_equal(problems.n, 0);
        assert_string_equal(p->based_on.p, "");
        assert_int_equal(p->weeks, 26);
        assert_int_equal(pack_to_zip(a, packs_find(packs, TEXT("six-months")), PACK_THIN, &zip).kind, ERR_NONE);
        assert_int_equal(pack_check_zip(a, zip, NULL, &problems, &p).kind, ERR_NONE);
        assert_memory_equal(p->digest, packs_find(packs, TEXT("six-months"))->digest, PACK_DIGEST_BYTES);
}

/* A copy that may be changed. */
static char *writable(struct text t) { return arena_dup(a, t.p, t.n); }

static void archives_from_outside_are_distrusted(void **state)
{
        static const char *const names[] = {"../evil.md", "a/../../evil.md", "/etc/evil.md", "a\\b.md", "C:evil.md", "a//b.md", "./a.md"};
        struct zip_bounds most = {10, 1000, 1500};
        char *big = arena_alloc(a, 1001), *bytes;
        struct zip_part *out;
        struct text zip;
        size_t n;

        (void)state;
        memset(big, 'x', 1001);
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
                assert_int_equal(zip_pack(a, &(struct zip_part) {names[i], TEXT("x")}, 1, &zip).kind, ERR_NONE);
                if (zip_unpack(a, zip, most, &out, &n).kind != ERR_INVALID)
                        fail_msg("%s came through", names[i]);
        }
        assert_int_equal(zip_pack(a, &(struct zip_part) {"big.md", {big, 1001}}, 1, &zip).kind, ERR_NONE);
        assert_int_equal(zip_unpack(a, zip, most, &out, &n).kind, ERR_LIMIT);
        assert_int_equal(zip_unpack(a, (struct text) {zip.p, zip.n / 2}, most, &out, &n).kind, ERR_INVALID);
        assert_int_equal(zip_unpack(a, TEXT("PK"), most, &out, &n).kind, ERR_INVALID);
        assert_int_equal(zip_unpack(a, TEXT(""), most, &out, &n).kind, ERR_INVALID);
        zip = own_zip(1, "Title: One\n\nOne.\n");
        bytes = writable(zip);
        bytes[60] ^= 1;                 /* within the first file: its sum is wrong then */
        assert_int_equal(zip_unpack(a, (struct text) {bytes, zip.n}, (struct zip_bounds) {10, 1000, 9000}, &out, &n).kind, ERR_INVALID);
}

static void a_serving_process_reads_anew(void **state)
{
        const struct packs *first;
        const struct packs *_Atomic place;

        (void)state;
        assert_int_equal(packs_load(a, dir, &first).kind, ERR_NONE);
        place = first;
        write_ours(OURS);
        for (int64_t now = 0; now < 10 * 1800; now += 1800)
                assert_int_equal(packs_reload(&place, dir, now).kind, ERR_NONE);
        assert_true(text_is(pack_library_text(packs_find(place, NINE), TEXT("glossary"), LOCALE_EN)->title, "Our words"));
        assert_false(text_is(pack_library_text(packs_find(first, NINE), TEXT("glossary"), LOCALE_EN)->title, "Our words"));
        int n = 0;
        for (const struct packs *p = place; p != NULL; p = p->before)
                n++;
        assert_in_range(n, 3, 5);       /* an hour's worth, and the first */
        assert_int_equal(file_write(text_format(a, "%s/packs/nine-months/pack.yaml", dir).p, TEXT("name: ["), 0600).kind, ERR_NONE);
        first = place;
        assert_int_equal(packs_reload(&place, dir, 18000).kind, ERR_INVALID);
        assert_ptr_equal(place, first); /* what cannot be read changes nothing */
}

#define LOCAL(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
        const struct CMUnitTest tests[] = {
                LOCAL(three_versions_are_compared), LOCAL(a_change_is_one_file_and_is_read),
                LOCAL(a_mistake_is_told_and_nothing_written), LOCAL(both_sides_changed_asks),
                LOCAL(a_whole_copy_follows_where_nobody_changed_it),
                LOCAL(a_newer_version_comes_in_under_what_was_changed), LOCAL(archives_go_out_and_come_back),
                LOCAL(archives_from_outside_are_distrusted), LOCAL(a_serving_process_reads_anew),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
