/* Packs that stand on another: what they say, what they inherit, and what is told of mistakes. */
#include "content/pack_parse.h"

#include "os/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { CEILING = 192 * 1024 * 1024 };

#define HEAD "name: ours\nbased_on: nine-months\nversion: 1\n"

static struct arena *a;

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

static const struct pack *shipped(const char *name)
{
        const struct packs *packs;

        assert_int_equal(packs_load(a, NULL, &packs).kind, ERR_NONE);
        assert_non_null(packs_find(packs, text_of(name)));
        return packs_find(packs, text_of(name));
}

/* A pack of nothing but a pack.yaml, and if there is one a text. */
static const struct pack *read(const char *yaml, const char *path, const char *text, struct pack_problems *problems)
{
        struct pack_files files = {.n = path != NULL ? 2 : 1, .room = 2, .row = arena_array(a, struct pack_file, 2)};
        const struct pack *p;

        if (path != NULL)
                files.row[0] = (struct pack_file) {text_of(path), text_of(text)};
        files.row[files.n - 1] = (struct pack_file) {TEXT("pack.yaml"), text_of(yaml)};
        *problems = (struct pack_problems) {.arena = a};
        assert_int_equal(pack_files_stack(a, NULL, true, &files, problems).kind, ERR_NONE);
        pack_read(a, files, problems, &p);
        return p;
}

static const struct pack *fine(const char *yaml)
{
        struct pack_problems problems;
        const struct pack *p = read(yaml, NULL, NULL, &problems);
        struct out o = out_new(a, 64);

        pack_problems_print(&problems, &o);
        assert_string_equal(out_get(&o).p, "");
        assert_non_null(p);
        return p;
}

/* ---- the three that ship ---- */

static int64_t mid_of(const struct pack *p) { return pack_mid_day(p, 0); }

static void three_lengths_ship(void **state)
{
        const struct pack *six = shipped("six-months"), *twelve = shipped("twelve-months");

        (void)state;
        assert_int_equal(six->weeks, 26);
        assert_int_equal(six->minimum_meetings, 6);
        assert_int_equal(six->n_gatherings, 4);
        assert_int_equal(mid_of(six), 12 * 7);
        assert_int_equal(pack_gathering(six, TEXT("closing"))->at.days, 25 * 7);
        assert_int_equal(twelve->weeks, 52);
        assert_int_equal(twelve->minimum_meetings, 10);
        assert_int_equal(twelve->cadence.then, 28);
        assert_int_equal(twelve->cadence.first, 14);
        assert_int_equal(twelve->n_gatherings, 6);
        assert_int_equal(mid_of(twelve), 26 * 7);
        assert_int_equal(pack_gathering(twelve, TEXT("closing"))->at.days, 51 * 7);
        assert_string_equal(twelve->gatherings[2].key.p, "first-quarter");
        assert_ptr_equal(pack_step(twelve, TEXT("attend-third-quarter"))->gathering,
                         pack_gathering(twelve, TEXT("third-quarter")));
}

static void every_day_of_each_has_its_phase(void **state)
{
        static const struct { const char *pack; int day; const char *phase; } on[] = {
                {"six-months", 27, "set-goals"}, {"six-months", 60, "progress"}, {"six-months", 84, "mid-point"},
                {"six-months", 98, "progress"}, {"six-months", 147, "wind-down"}, {"six-months", 182, "evaluate"},
                {"twelve-months", 34, "build-rapport"}, {"twelve-months", 100, "progress"},
                {"twelve-months", 182, "mid-point"}, {"twelve-months", 196, "progress"},
                {"twelve-months", 308, "wind-down"}, {"twelve-months", 364, "evaluate"},
        };

        (void)state;
        for (size_t i = 0; i < sizeof on / sizeof *on; i++) {
                const struct pack *p = shipped(on[i].pack);
                struct pack_days days = pack_days_of(p, 0);

                assert_string_equal(pack_phase_on(p, &days, on[i].day)->key.p, on[i].phase);
        }
}

/* Not one letter, module or card of a length may speak of another. */
static void texts_speak_of_their_own_length(void **state)
{
        static const struct { const char *pack, *wrong[6]; } of[] = {
                {"six-months", {"nine months", "Nine months", "neun Monat", "Neun Monat", "twelve months of", "fourteen times"}},
                {"nine-months", {"six months of", "sechs Monate lang", "twelve months of", "zwölf Monate lang", "ten times", "fifteen times"}},
                {"twelve-months", {"nine months", "Nine months", "neun Monat", "Neun Monat", "six months of", "fourteen times"}},
        };

        (void)state;
        for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
                const struct pack_shelf *s = shipped(of[i].pack)->shelf;

                for (size_t k = 0; k < s->n; k++)
                        for (int l = 0; l < LOCALES; l++)
                                for (size_t w = 0; w < 6; w++) {
                                        const struct pack_text *t = s->row[k].text[l];
                                        const char *wrong = of[i].wrong[w];

                                        assert_null(memmem(t->title.p, t->title.n, wrong, strlen(wrong)));
                                        if (memmem(t->body.p, t->body.n, wrong, strlen(wrong)) != NULL)
                                                fail_msg("%s, %s: \"%s\"", of[i].pack, s->row[k].key.p, wrong);
                                        assert_null(memmem(t->body.p, t->body.n, "{=", 2));
                                }
        }
        assert_non_null(strstr(pack_mail(shipped("six-months"), TEXT("R02"), LOCALE_DE)->title.p, "Sechs Monate"));
        assert_non_null(strstr(pack_mail(shipped("twelve-months"), TEXT("R02"), LOCALE_EN)->title.p, "twelve months"));
}

static void what_is_not_said_is_inherited(void **state)
{
        const struct pack *six = shipped("six-months"), *nine = shipped("nine-months");

        (void)state;
        assert_string_equal(six->based_on.p, "nine-months");
        assert_string_equal(nine->based_on.p, "");
        assert_int_equal(six->n_reminders, nine->n_reminders);
        assert_int_equal(six->n_steps, nine->n_steps);
        assert_int_equal(six->n_items, nine->n_items);
        assert_int_equal(six->shelf->files.n, nine->shelf->files.n);
        assert_int_equal(six->shelf->files.own->n, 3);
        assert_memory_not_equal(six->digest, nine->digest, PACK_DIGEST_BYTES);
}

/* ---- merging ---- */

static void lists_are_merged_by_key(void **state)
{
        const struct pack *p = fine(HEAD
                "calls:\n  - {key: C1, minutes: 25}\n"
                "library:\n  - {key: glossary, gone: true}\n  - {key: what-i-can-offer, required: false}\n"
                "phases:\n  - {key: progress, title: {en: Work, de: Arbeit}}\n");

        (void)state;
        assert_string_equal(p->name.p, "ours");
        assert_int_equal(pack_call(p, TEXT("C1"))->minutes, 25);
        assert_true(pack_call(p, TEXT("C1"))->mentor_first);
        assert_null(pack_item(p, TEXT("glossary")));
        assert_false(pack_item(p, TEXT("what-i-can-offer"))->required);
        assert_string_equal(pack_phase(p, TEXT("progress"))->title.in[LOCALE_DE].p, "Arbeit");
        assert_true(pack_phase(p, TEXT("progress"))->announced);
}

static void a_new_entry_stands_behind_the_one_above_it(void **state)
{
        const struct pack *p = fine(HEAD
                "gatherings:\n"
                "  - {key: warm-up, kind: prepare, at: L-3d, minutes: 30, title: {en: A, de: A}, agenda: launch-webinar}\n"
                "  - {key: check-in}\n"
                "  - {key: drop-in, kind: connect, at: L+42d, minutes: 30, title: {en: B, de: B}, agenda: connect-webinar}\n");
        static const char *const order[] = {"warm-up", "launch", "check-in", "drop-in", "mid-point", "closing"};

        (void)state;
        assert_int_equal(p->n_gatherings, 6);
        for (size_t i = 0; i < 6; i++)
                assert_string_equal(p->gatherings[i].key.p, order[i]);
}

static void reminders_are_replaced_id_by_id(void **state)
{
        const struct pack *nine = shipped("nine-months");
        const struct pack *p = fine(HEAD "reminders:\n  - {id: R21, to: mentee, anchor: second_meeting, until: [goal_set], sends: []}\n");
        size_t of_21 = 0;

        (void)state;
        for (size_t i = 0; i < p->n_reminders; i++)
                of_21 += text_is(p->reminders[i].id, "R21");
        assert_int_equal(of_21, 1);
        assert_int_equal(p->n_reminders, nine->n_reminders - 2);
}

static void a_sentence_is_taken_whole(void **state)
{
        struct pack_problems problems;
        const struct pack *p = read(HEAD "title: {en: Ours}\n", NULL, NULL, &problems);

        (void)state;
        assert_non_null(p);
        assert_int_equal(problems.n, 1);
        assert_true(problems.row[0].note);
        assert_string_equal(p->title.in[LOCALE_DE].p, "Ours");
}

/* ---- what is told ---- */

static void told(const char *yaml, const char *file, int line, const char *what)
{
        struct pack_problems problems;
        struct out o = out_new(a, 64);

        read(yaml, NULL, NULL, &problems);
        for (size_t i = 0; i < problems.n; i++)
                if (text_is(problems.row[i].file, file) && problems.row[i].line == line &&
                    strstr(problems.row[i].what.p, what) != NULL)
                        return;
        pack_problems_print(&problems, &o);
        fail_msg("not told: %s; but\n%s", what, out_get(&o).p);
}

static void mistakes_are_told_where_they_stand(void **state)
{
        (void)state;
        told(HEAD "weeks: many\n", "pack.yaml", 4, "weeks");
        told("name: ours\nbased_on: no-such\nversion: 1\n", "pack.yaml", 2, "There is no pack");
        told("name: ours\nbased_on: Nine Months!\nversion: 1\n", "pack.yaml", 2, "not the name of a pack");
        told(HEAD "phases:\n  - {key: progress, until: L+50d}\n", "pack.yaml", 5, "ends before it begins");
}

static void a_text_changed_in_one_language_is_noted(void **state)
{
        struct pack_problems problems;
        const struct pack *p = read(HEAD, "library/en/glossary.md", "Title: Words\n\nOurs for {=months}.\n", &problems);

        (void)state;
        assert_non_null(p);
        assert_int_equal(problems.n, 1);
        assert_string_equal(problems.row[0].file.p, "library/de/glossary.md");
        assert_true(text_is(pack_library_text(p, TEXT("glossary"), LOCALE_EN)->body, "Ours for nine months."));
        p = read(HEAD, "library/en/glossary.md", "Title: Words\n\nOurs for\n {=moons}.\n", &problems);
        assert_null(p);
        assert_int_equal(problems.row[1].line, 4);
}

static void aliases_do_not_blow_it_up(void **state)
{
        struct out o = out_new(a, 1024);
        struct pack_problems problems;

        (void)state;
        out_c(&o, HEAD "x0: &x0 [a, a, a, a, a, a, a, a, a, a]\n");
        for (int i = 1; i < 9; i++)
                out_format(&o, "x%d: &x%d [*x%d, *x%d, *x%d, *x%d, *x%d, *x%d, *x%d, *x%d]\n", i, i, i - 1, i - 1, i - 1,
                           i - 1, i - 1, i - 1, i - 1, i - 1);
        assert_null(read(out_get(&o).p, NULL, NULL, &problems));
        assert_null(read(HEAD "x: &x [*x]\n", NULL, NULL, &problems));
}

/* ---- levels of detail ---- */

static size_t bullets(struct text t)
{
        size_t n = 0;
        struct text line;

        while (t.p != NULL && t.n > 0) {
                line = text_cut(t, '\n', &t);
                n += text_starts(line, "- ");
        }
        return n;
}

/* Every agenda of every pack: the same topics at each level, more words the more somebody wants. */
static void each_level_of_an_agenda_says_more(void **state)
{
        static const char *const packs[] = {"six-months", "nine-months", "twelve-months"};

        (void)state;
        for (size_t i = 0; i < 3; i++) {
                const struct pack *p = shipped(packs[i]);

                for (size_t k = 0; k < p->n_agendas; k++)
                        for (int l = 0; l < LOCALES; l++) {
                                struct text all = pack_agenda_text(p, p->agendas[k].key, (enum locale)l)->body;
                                struct text topics = pack_agenda_detail(a, all, PACK_TOPICS);
                                struct text times = pack_agenda_detail(a, all, PACK_TIMES);

                                assert_true(text_equal(pack_agenda_detail(a, all, PACK_ALL), all));
                                if (bullets(all) == 0)
                                        continue;
                                assert_int_equal(bullets(topics), bullets(all));
                                assert_int_equal(bullets(times), bullets(all));
                                assert_true(topics.n < times.n && times.n <= all.n);
                                assert_null(memmem(topics.p, topics.n, " min: ", 6));
                        }
        }
}

static void a_topic_is_a_few_words(void **state)
{
        struct text body = TEXT("Aim: to have met. Camera is a choice.\n\n- 3 min: Arrive. Can you hear?\n- 5 min: Why did I join? Each says.\n"
                                "- 8 min: Practical: rhythm, channel.\n\nAfterwards: press a button.");

        (void)state;
        assert_string_equal(pack_agenda_detail(a, body, PACK_TOPICS).p, "- Arrive\n- Why did I join?\n- Practical\n");
        assert_string_equal(pack_agenda_detail(a, body, PACK_TIMES).p,
                            "Aim: to have met.\n\n- 3 min: Arrive\n- 5 min: Why did I join?\n- 8 min: Practical\n");
        assert_true(text_is(pack_first_sentence(TEXT("One. Two.")), "One."));
        assert_true(text_is(pack_first_sentence(TEXT("At 9.30 we meet")), "At 9.30 we meet"));
}

/* ---- folders ---- */

static void write(const char *dir, const char *path, const char *text)
{
        const char *file = text_format(a, "%s/%s", dir, path).p;

        assert_int_equal(file_make_folder(text_format(a, "%.*s", (int)(strrchr(file, '/') - file), file).p).kind, ERR_NONE);
        assert_int_equal(file_write(file, text_of(text), 0600).kind, ERR_NONE);
}

static void goes_out_whole_and_thin(void **state)
{
        const struct pack *twelve = shipped("twelve-months"), *p;
        char dir[] = "/tmp/telemachus-stack-XXXXXX";
        struct pack_problems problems;

        (void)state;
        assert_non_null(mkdtemp(dir));
        const char *whole = text_format(a, "%s/whole", dir).p, *thin = text_format(a, "%s/thin", dir).p;
        assert_int_equal(pack_export(a, twelve, PACK_WHOLE, whole).kind, ERR_NONE);
        assert_int_equal(pack_export(a, twelve, PACK_THIN, thin).kind, ERR_NONE);
        assert_int_equal(pack_check(a, thin, NULL, &problems, &p).kind, ERR_NONE);
        assert_int_equal(problems.n, 0);
        assert_memory_equal(p->digest, twelve->digest, PACK_DIGEST_BYTES);
        assert_int_equal(pack_check(a, whole, NULL, &problems, &p).kind, ERR_NONE);
        assert_int_equal(problems.n, 0);
        assert_string_equal(p->based_on.p, "");
        assert_int_equal(p->n_gatherings, twelve->n_gatherings);
        assert_int_equal(p->n_reminders, twelve->n_reminders);
        assert_true(text_equal(pack_mail(p, TEXT("R02"), LOCALE_DE)->body, pack_mail(twelve, TEXT("R02"), LOCALE_DE)->body));
        assert_int_equal(system(text_format(a, "rm -r %s", dir).p), 0);
}

/* An organisation changes one card of the nine months: a folder of that name that stands on the one that ships. */
static void an_organisation_changes_one_card(void **state)
{
        char dir[] = "/tmp/telemachus-stack-XXXXXX";
        const struct packs *packs;
        const struct pack *p = NULL;

        (void)state;
        assert_non_null(mkdtemp(dir));
        write(dir, "packs/nine-months/pack.yaml", "name: nine-months\nbased_on: nine-months\nversion: 9\n");
        write(dir, "packs/nine-months/library/en/glossary.md", "Title: Our words\n\nOurs.\n");
        write(dir, "packs/ours/pack.yaml", "name: ours\nbased_on: nine-months\nversion: 1\n");
        assert_int_equal(packs_load(a, dir, &packs).kind, ERR_NONE);
        p = packs_find(packs, TEXT("nine-months"));
        assert_false(p->builtin);
        assert_true(text_is(pack_library_text(p, TEXT("glossary"), LOCALE_EN)->title, "Our words"));
        assert_non_null(pack_mail(p, TEXT("R14"), LOCALE_DE));
        p = packs_find(packs, TEXT("ours"));
        assert_true(text_is(pack_library_text(p, TEXT("glossary"), LOCALE_EN)->title, "Our words"));
        p = packs_find(packs, TEXT("six-months"));
        assert_false(text_is(pack_library_text(p, TEXT("glossary"), LOCALE_EN)->title, "Our words"));
        write(dir, "packs/a/pack.yaml", "name: a\nbased_on: b\nversion: 1\n");
        write(dir, "packs/b/pack.yaml", "name: b\nbased_on: a\nversion: 1\n");
        assert_int_equal(packs_load(a, dir, &packs).kind, ERR_INVALID);
        assert_int_equal(system(text_format(a, "rm -r %s", dir).p), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(three_lengths_ship), TEST(every_day_of_each_has_its_phase), TEST(texts_speak_of_their_own_length),
                TEST(what_is_not_said_is_inherited), TEST(lists_are_merged_by_key),
                TEST(a_new_entry_stands_behind_the_one_above_it), TEST(reminders_are_replaced_id_by_id),
                TEST(a_sentence_is_taken_whole), TEST(mistakes_are_told_where_they_stand),
                TEST(a_text_changed_in_one_language_is_noted), TEST(aliases_do_not_blow_it_up),
                TEST(each_level_of_an_agenda_says_more), TEST(a_topic_is_a_few_words),
                TEST(goes_out_whole_and_thin), TEST(an_organisation_changes_one_card),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
