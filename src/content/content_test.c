#include "content/pack_parse.h"

#include "os/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define BROKEN "tests/data/packs/broken"
#define SHIPPED TEXT("nine-months")

enum { CEILING = 64 * 1024 * 1024 };

static struct arena *a;
static const struct packs *packs;
static const struct pack *nine;

static int begin(void **state)
{
        (void)state;
        a = arena_new(CEILING);
        return 0;
}

static int end(void **state)
{
        (void)state;
        arena_free(a);
        return 0;
}

static void load(void)
{
        struct err e = packs_load(a, NULL, &packs);

        if (failed(e))
                print_error("%s: %s\n", e.what, e.place);
        assert_int_equal(e.kind, ERR_NONE);
        nine = packs_find(packs, SHIPPED);
        assert_non_null(nine);
}

/* ---- the pack that ships ---- */

static void ships_without_a_problem(void **state)
{
        struct pack_problems problems = {.arena = a};
        struct out o = out_new(a, 64);
        const struct pack *p;
        struct pack_files files;

        (void)state;
        pack_files_builtin(a, SHIPPED, &files);
        assert_int_equal(pack_files_stack(a, NULL, true, &files, &problems).kind, ERR_NONE);
        pack_read(a, files, &problems, &p);
        pack_problems_print(&problems, &o);
        assert_string_equal(out_get(&o).p, "");
        assert_non_null(p);
}

static void has_what_rooms_ask_for(void **state)
{
        const struct pack_reminder *of;
        const struct pack_send *send;

        (void)state;
        load();
        assert_int_equal(nine->weeks, 39);
        assert_int_equal(nine->minimum_meetings, 9);
        assert_int_equal(nine->cadence.first, 14);
        assert_int_equal(nine->n_gatherings, 4);
        assert_ptr_equal(pack_gathering(nine, TEXT("launch"))->agenda,
                         pack_agenda(nine, TEXT("launch-webinar")));
        assert_int_equal(pack_step(nine, TEXT("first-meeting"))->done_when, PACK_MET);
        assert_null(pack_step(nine, TEXT("no-such-step")));
        assert_int_equal(pack_call(nine, TEXT("C2"))->sample, 20);
        assert_true(pack_call(nine, TEXT("C1"))->mentor_first);
        send = pack_send(nine, TEXT("R15"), &of);
        assert_int_equal(send->after.days, 8);
        assert_int_equal(of->to, PACK_TO_MENTOR);
        assert_int_equal(of->anchor, PACK_CLOCK_START);
        assert_true((of->until & PACK_FACT(PACK_MEETING_BOOKED)) != 0);
        assert_int_equal(pack_send(nine, TEXT("R12-hour"), NULL)->after.hours, -1);
        assert_int_equal(pack_send(nine, TEXT("R13-missed"), NULL)->only_if,
                         PACK_FACT(PACK_MISSED));
}

static void speaks_every_language(void **state)
{
        const struct pack_text *en, *de;

        (void)state;
        load();
        en = pack_mail(nine, TEXT("R14"), LOCALE_EN);
        de = pack_mail(nine, TEXT("R14"), LOCALE_DE);
        assert_non_null(en);
        assert_ptr_not_equal(en, de);
        assert_ptr_equal(pack_mail(nine, TEXT("R14"), LOCALE_PSEUDO), en);
        assert_null(pack_mail(nine, TEXT("R99"), LOCALE_EN));
        assert_non_null(pack_call_text(nine, TEXT("CX"), LOCALE_DE));
        assert_non_null(pack_agenda_text(nine, TEXT("first-meeting"), LOCALE_DE));
        assert_non_null(pack_library_text(nine, TEXT("cadence-card"), LOCALE_DE));
        for (size_t i = 0; i < nine->n_phases; i++) {
                for (int l = 0; l < LOCALES; l++)
                        assert_true(nine->phases[i].title.in[l].n > 0);
        }
}

static void cuts_modules_into_parts(void **state)
{
        const struct pack_lesson *en, *de;

        (void)state;
        load();
        en = pack_module_text(nine, TEXT("M1"), LOCALE_EN);
        de = pack_module_text(nine, TEXT("M1"), LOCALE_DE);
        assert_true(text_starts(en->point, "A mentor lends"));
        assert_int_equal(en->n_rules, 4);
        assert_true(text_starts(en->rules[3], "When something lies outside"));
        assert_int_equal(en->best, 1);
        assert_int_equal(de->best, 1);
        assert_true(text_starts(en->question, "Your mentee writes"));
        assert_true(text_starts(en->answers[2], "Keep to the agreed goals"));
        assert_null(memmem(en->answers[1].p, en->answers[1].n, "(best)", 6));
        assert_true(text_starts(en->why, "Warmth and limits"));
        assert_true(text_starts(de->commitment, "Wenn ich den Drang"));
}

/* ---- dates ---- */

static void counts_days(void **state)
{
        struct pack_days days;

        (void)state;
        load();
        days = pack_days_of(nine, 20000);
        assert_int_equal(days.end, 20000 + 273);
        assert_int_equal(days.mid, 20000 + 133);
        assert_int_equal(pack_day((struct pack_date) {PACK_BASE_END, -42}, &days), 20231);
        days.closed = 20100;
        assert_int_equal(pack_day((struct pack_date) {PACK_BASE_CLOSED, 7}, &days), 20107);
        days.red = 1;                           /* Friday 2 January 1970 */
        assert_int_equal(pack_day((struct pack_date) {PACK_BASE_RED, 2}, &days), 5);
        days.red = 3;                           /* Sunday */
        assert_int_equal(pack_day((struct pack_date) {PACK_BASE_RED, 1}, &days), 4);
}

static void knows_the_phase_of_a_day(void **state)
{
        static const struct { int day; const char *phase; } table[] = {
                {-200, "design"}, {-77, "recruit"}, {-43, "apply"}, {-29, "train"}, {-1, "match"},
                {0, "build-rapport"},
                {27, "build-rapport"}, {28, "set-goals"}, {132, "progress"}, {133, "mid-point"},
                {153, "mid-point"},
                {154, "progress"}, {224, "wind-down"}, {272, "wind-down"}, {273, "evaluate"}, {301,
                "follow-up"},
                {2000, "follow-up"},
        };
        struct pack_days days;

        (void)state;
        load();
        days = pack_days_of(nine, 0);
        for (size_t i = 0; i < sizeof table / sizeof *table; i++)
                assert_string_equal(pack_phase_on(nine, &days, table[i].day)->key.p,
                                    table[i].phase);
}

/* ---- letters ---- */

static void fills_holes(void **state)
{
        struct pack_values v = {0};
        struct text t = TEXT("{first_name} and {partner}: {goal}\n\n{list}\n{nobody}{");

        (void)state;
        v.of[PACK_HOLE_FIRST_NAME] = TEXT("# Ada");
        v.of[PACK_HOLE_PARTNER] = TEXT("[x](http://evil)");
        v.of[PACK_HOLE_GOAL] = TEXT("two\nlines *and* <b>");
        v.of[PACK_HOLE_LIST] = TEXT("- one\n- two");
        assert_string_equal(pack_fill(a, t, &v, true).p,
                            "\\# Ada and \\[x\\](http://evil): "
                            "two lines \\*and\\* \\<b\\>\n\n- one\n- two\n{nobody}{");
        assert_string_equal(pack_fill(a, TEXT("{goal}, {partner}, {place}"), &v, false).p,
                            "two lines *and* <b>, [x](http://evil), ");
}

static void finds_buttons(void **state)
{
        struct text rest = TEXT("One.\n\n[Book it](book)\n\nTwo.\n\n[Help](help)\n"), before;
        struct pack_button b;

        (void)state;
        assert_true(pack_next_button(&rest, &before, &b));
        assert_true(text_is(before, "One.") && text_is(b.words, "Book it"));
        assert_int_equal(b.action, PACK_DO_BOOK);
        assert_true(pack_next_button(&rest, &before, &b));
        assert_true(text_is(before, "Two."));
        assert_int_equal(b.action, PACK_DO_HELP);
        assert_false(pack_next_button(&rest, &before, &b));
        assert_int_equal(before.n, 0);
}

/* ---- mistakes ---- */

/*
 * One change to a file of the shipped pack (from -> to), what must be said of it, and the text in
 * whose line it must be said (NULL: where the change is).  Notes leave the pack usable.
 */
struct slip { const char *path, *from, *to, *what, *where; bool note; };

static const struct slip slips[] = {
        {"pack.yaml", "weeks: 39", "weeks: many", "\"many\" does not fit \"weeks\"", NULL, false},
        {"pack.yaml", "weeks: 39", "weeks: \"39", "This is not YAML", "#   ", false},
        {"pack.yaml", "weeks: 39", "weaks: 39", "The pack has no \"weaks\"", NULL, false},
        {"pack.yaml", "weeks: 39", "weeks: [39]", "\"weeks\" holds a list", NULL, false},
        {"pack.yaml", "weeks: 39", "weeks: 39\nweeks: 39", "\"weeks\" is there twice",
         "weeks: 39\nmin", false},
        {"pack.yaml", "from: L+28d", "from: L+30d", "2 days before this phase belong to no phase",
         NULL, false},
        {"pack.yaml", "anchor: clock_start", "anchor: clock_stop", "\"clock_stop\" is not a word",
         NULL, false},
        {"pack.yaml", "[meeting_booked, met]", "[meeting_boked]",
         "\"meeting_boked\" is not a fact", NULL, false},
        {"pack.yaml", "{after: +2d, class", "{after: 2 days, class", "\"2 days\" is not an offset",
         NULL, false},
        {"pack.yaml", "text: R11}", "text: R11b}", "The text \"R11b\" is missing in \"en\"", NULL,
         false},
        {"pack.yaml", "agenda: mid-webinar", "agenda: mid-seminar",
         "There is no agenda \"mid-seminar\"", NULL, false},
        {"pack.yaml", "    at: L+28d", "    at: L+31d",
         "The first connecting gathering is too late", NULL, false},
        {"pack.yaml", "kind: close", "kind: mid", "no gathering of the kind \"close\"",
         "- key: launch", false},
        {"pack.yaml", "max: 28}", "max: 35}", "\"35\" does not fit \"max\"", NULL, false},
        {"pack.yaml", "id: R31", "id: R30", "These reminders are missing: R31", "- id: R01", false},
        {"pack.yaml", "key: C6", "key: C7", "These calls are missing: C6", "- key: C0", false},
        {"pack.yaml", "key: M2,", "key: M1,", "There are two modules \"M1\"", "First contact",
         false},
        {"pack.yaml", "class: staff, text: R06", "class: event, text: R06",
         "The class does not suit", NULL, false},
        {"pack.yaml", "de: \"Neun Monate\"", "en: \"Nine\"", "\"en\" is there twice", NULL, false},
        {"pack.yaml", ", de: \"Neun Monate\"", "", "\"title\" is not there in every language",
         "title: {en", true},
        {"mails/en/R14.md", "(book)", "(buk)", "The button leads to \"buk\"", NULL, false},
        {"mails/de/R14.md", "{first_name}", "{vorname}", "{vorname} is not known", NULL, false},
        {"mails/en/R14.md", "Subject:", "Subjekt:", "The first line is not the title", NULL, false},
        {"modules/en/M1.md", "(best)", "", "Not exactly one answer is marked", "1. Agree", false},
        {"modules/en/M1.md", "## Rules to keep", "## Rules",
         "headings of the module are not in order", NULL, false},
        {"modules/de/M1.md", "> Warum", "Warum", "The scenario does not say why",
         "Ihr Mentee schreibt", false},
        {"library/en/cadence-card.md", "\n\n", "\n\n<b>Bold</b>\n", "The text holds HTML", "<b>",
         false},
};

/* The files with the change made, and the changed one. */
static struct pack_files slipped(const struct slip *s, struct text *changed)
{
        struct pack_files files;

        pack_files_builtin(a, SHIPPED, &files);
        for (size_t i = 0; i < files.n; i++) {
                struct text *t = &files.row[i].bytes;
                const char *at;

                if (!text_is(files.row[i].path, s->path))
                        continue;
                at = memmem(t->p, t->n, s->from, strlen(s->from));
                if (at == NULL)
                        fail_msg("\"%s\" is not in %s any more", s->from, s->path);
                *t = text_format(a, "%.*s%s%.*s", (int)(at - t->p), t->p, s->to,
                                 (int)(t->n - (size_t)(at - t->p) - strlen(s->from)),
                                 at + strlen(s->from));
                *changed = *t;
                return files;
        }
        fail_msg("there is no %s any more", s->path);
        return files;
}

static int line_of(struct text t, const char *part)
{
        const char *at = memmem(t.p, t.n, part, strlen(part));
        int line = 1;

        assert_non_null(at);
        for (const char *p = t.p; p < at; p++)
                line += *p == '\n';
        return line;
}

static void tell(const struct slip *s)
{
        struct pack_problems problems = {.arena = a};
        struct out o = out_new(a, 256);
        const struct pack *p;
        struct text changed;
        struct pack_files files = slipped(s, &changed);
        const char *where = s->where != NULL ? s->where : s->to;

        assert_int_equal(pack_files_stack(a, NULL, true, &files, &problems).kind, ERR_NONE);
        pack_read(a, files, &problems, &p);
        for (size_t i = 0; i < problems.n; i++) {
                const struct pack_problem *q = &problems.row[i];

                if (text_is(q->file, s->path) && strstr(q->what.p, s->what) != NULL) {
                        if (strstr(s->what, "YAML") == NULL)
                                assert_int_equal(q->line, line_of(changed, where));
                        assert_true(q->line > 0 && q->column > 0 && q->remedy.n > 0);
                        assert_int_equal(q->note, s->note);
                        assert_int_equal(p != NULL, s->note);
                        return;
                }
        }
        pack_problems_print(&problems, &o);
        fail_msg("nothing said of \"%s\", but:\n%s", s->to, out_get(&o).p);
}

static void tells_each_mistake_in_its_line(void **state)
{
        (void)state;
        for (size_t i = 0; i < sizeof slips / sizeof *slips; i++)
                tell(&slips[i]);
}

static void tells_all_mistakes_of_a_broken_pack(void **state)
{
        struct pack_problems problems;
        struct out o = out_new(a, 4096);
        const struct pack *p;
        struct text golden;

        (void)state;
        assert_int_equal(pack_check(a, BROKEN, NULL, &problems, &p).kind, ERR_NONE);
        assert_null(p);
        pack_problems_print(&problems, &o);
        assert_int_equal(file_read(a, BROKEN ".txt", 1 << 20, &golden).kind, ERR_NONE);
        assert_string_equal(out_get(&o).p, golden.p);
        assert_int_equal(pack_check(a, "tests/data/packs/none", NULL, &problems, &p).kind, ERR_ABSENT);
}

/* ---- folders ---- */

static void goes_out_and_comes_back(void **state)
{
        char dir[] = "/tmp/telemachus-pack-XXXXXX";
        const char *out, *data;
        struct pack_problems problems;
        const struct packs *again;

        (void)state;
        load();
        assert_non_null(mkdtemp(dir));
        out = text_format(a, "%s/out", dir).p;
        data = text_format(a, "%s/data", dir).p;
        assert_int_equal(pack_export(a, nine, PACK_WHOLE, out).kind, ERR_NONE);
        assert_int_equal(pack_export(a, nine, PACK_WHOLE, out).kind, ERR_CONFLICT);
        assert_int_equal(pack_import(a, out, data, &problems).kind, ERR_NONE);
        assert_int_equal(problems.n, 0);
        assert_int_equal(pack_import(a, out, data, &problems).kind, ERR_CONFLICT);
        assert_int_equal(packs_load(a, data, &again).kind, ERR_NONE);
        assert_int_equal(again->n, packs->n);
        assert_false(packs_find(again, SHIPPED)->builtin);
        assert_memory_equal(packs_find(again, SHIPPED)->digest, nine->digest, PACK_DIGEST_BYTES);
        assert_int_equal(pack_import(a, BROKEN, data, &problems).kind, ERR_INVALID);
        assert_int_equal(system(text_format(a, "rm -r %s", dir).p), 0);
}

static void a_changed_byte_changes_the_digest(void **state)
{
        unsigned char before[PACK_DIGEST_BYTES], after[PACK_DIGEST_BYTES];
        struct pack_files files;
        struct text changed;

        (void)state;
        pack_files_builtin(a, SHIPPED, &files);
        pack_files_digest(&files, before);
        files = slipped(&slips[0], &changed);
        pack_files_digest(&files, after);
        assert_memory_not_equal(before, after, sizeof before);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(ships_without_a_problem), TEST(has_what_rooms_ask_for),
                TEST(speaks_every_language),
                TEST(cuts_modules_into_parts), TEST(counts_days), TEST(knows_the_phase_of_a_day),
                TEST(fills_holes),
                TEST(finds_buttons), TEST(tells_each_mistake_in_its_line),
                TEST(tells_all_mistakes_of_a_broken_pack),
                TEST(goes_out_and_comes_back), TEST(a_changed_byte_changes_the_digest),
        };

        return cmocka_run_group_tests_name("content", tests, NULL, NULL);
}
