/*
 * Rosters: the two real ones, the same on the second run, every bad row with its line and column,
 * nothing special-category left.
 */
#include "people/test/house.h"
#include "programmes/roster_parts.h"

#include <string.h>

#define MENTEES "tests/data/rosters/small-mentees.csv"
#define MENTORS "tests/data/rosters/small-mentors.csv"

struct job_in {
        struct roster_options options;
        struct text file;
        struct roster_report report;
        struct programmes_participant_list parts;
};

static struct err import_in(struct tx *tx, void *in)
{
        struct job_in *j = in;

        j->options.cohort = HOUSE_COHORT;
        TRY(roster_import(tx, &house.staff, &j->options, j->file, &j->report));
        return programmes_participants(tx, HOUSE_COHORT, &j->parts);
}

static struct job_in import(struct text file, struct roster_options options)
{
        struct job_in j = {.file = file, .options = options};

        assert_ok(house_write(import_in, &j));
        return j;
}

static struct text from_file(const char *path)
{
        struct text t;

        assert_ok(file_read(house.a, path, 1 << 20, &t));
        return t;
}

static struct err card_in(struct tx *tx, void *in)
{
        struct people_card *card = in;

        return people_card(tx, card->person, true, card);
}

/* The database file holds everything that was ever stored, indexes and write-ahead log included. */
static bool stored(const char *needle)
{
        static const char *const ends[] = {"", "-wal"};
        bool found = false;

        for (int i = 0; i < 2; i++) {
                struct text t;
                struct err e = file_read(house.a, text_format(house.a, "%s/telemachus.db%s",
                                                            house.folder, ends[i]).p, 32 << 20, &t);
                found |= !failed(e) && memmem(t.p, t.n, needle, strlen(needle)) != NULL;
        }
        return found;
}

static void imports_the_real_rosters(void **state)
{
        struct job_in mentees = import(from_file(MENTEES),
                                       (struct roster_options) {.role = TEXT("mentee")});
        struct job_in mentors = import(from_file(MENTORS),
                                       (struct roster_options) {.role = TEXT("mentor")});

        (void)state;
        assert_int_equal(mentees.report.rows, 50);
        assert_int_equal(mentees.report.added, 50);
        assert_int_equal(mentees.report.bad, 0);
        assert_int_equal(mentors.report.added, 50);
        assert_int_equal(mentors.parts.n, 100);
        for (size_t i = 0; i < 100; i++) {
                assert_true(text_is(mentors.parts.row[i].state, "accepted"));
                assert_true(text_is(mentors.parts.row[i].zone, "Europe/Lisbon"));
        }
        struct people_card card = {.person = mentors.parts.row[0].person};
        assert_ok(house_write(card_in, &card));
        assert_true(text_is(card.title, "Some role"));
        assert_true(text_starts(card.organisation, "Department of "));
        assert_true(text_empty(card.biography));
}

static void keeps_nothing_special(void **state)
{
        static const char *const words[] = {"exual", "Transgender", "Gay", "similar identity",
                "identity to match", "characteristic", "My name is", NULL};

        (void)state;
        import(from_file(MENTEES), (struct roster_options) {.role = TEXT("mentee")});
        import(from_file(MENTORS), (struct roster_options) {.role = TEXT("mentor")});
        assert_true(stored("mentee.00@gov.uk"));
        for (int i = 0; words[i]; i++)
                assert_false(stored(words[i]));
}

static void changes_nothing_the_second_time(void **state)
{
        struct job_in again;

        (void)state;
        import(from_file(MENTEES), (struct roster_options) {.role = TEXT("mentee")});
        again = import(from_file(MENTEES), (struct roster_options) {.role = TEXT("mentee")});
        assert_int_equal(again.report.unchanged, 50);
        assert_int_equal(again.report.added + again.report.updated, 0);
        assert_int_equal(again.parts.n, 50);
}

static void a_workbook_is_read_like_a_file(void **state)
{
        struct job_in j = import(from_file("tests/data/workbooks/openpyxl.xlsx"), (struct roster_options) {0});

        (void)state;
        assert_string_equal(j.report.table.sheet.p, "People 2026");
        assert_int_equal(j.report.rows, 2);
        assert_int_equal(j.report.bad, 2);
        assert_int_equal(j.report.n_problems, 2);
        assert_int_equal(j.report.problems[0].line, 4);
        assert_string_equal(j.report.problems[0].cell.p, "I4");
        assert_true(text_starts(j.report.problems[0].reason, "This formula has no result yet"));
        assert_string_equal(j.report.problems[1].cell.p, "I6");
        assert_string_equal(j.report.problems[1].value.p, "#REF!");

        j = import(from_file("tests/data/workbooks/openpyxl.xlsx"), (struct roster_options) {.map = TEXT("Title=drop")});
        assert_int_equal(j.report.added, 2);
        assert_int_equal(j.parts.n, 2);
        j = import(from_file("tests/data/workbooks/openpyxl.xlsx"), (struct roster_options) {0});
        assert_int_equal(j.report.unchanged, 2);        /* and what the columns mean is remembered */
}

static void a_dry_run_writes_nothing(void **state)
{
        struct job_in dry = import(from_file(MENTEES),
                                 (struct roster_options) {.role = TEXT("mentee"), .dry_run = true});

        (void)state;
        assert_int_equal(dry.report.added, 50);
        assert_int_equal(dry.parts.n, 0);
        assert_false(stored("mentee.00@gov.uk"));
}

static void both_without_a_role_means_both(void **state)
{
        struct text file = TEXT("Email,First name,both mentor and mentee\n"
                                "a@x.org,Ana,yes\nb@x.org,Ben,no\n");
        struct job_in j = import(file, (struct roster_options) {0});

        (void)state;
        assert_int_equal(j.report.good, 1);
        assert_int_equal(j.parts.n, 2);
        assert_int_equal(j.report.n_problems, 1);
        assert_int_equal(j.report.problems[0].line, 3);
        assert_true(text_is(j.report.problems[0].column, "role"));
}

static void with_a_role_both_is_only_noted(void **state)
{
        struct text file = TEXT("Email,First name,both mentor and mentee\na@x.org,Ana,yes\n");
        struct job_in j = import(file, (struct roster_options) {.role = TEXT("mentor")});

        (void)state;
        assert_int_equal(j.parts.n, 1);
        assert_true(j.parts.row[0].mentor);
}

#define BAD "E-Mail;First name;Time zone;Capacity;Role;Phone\n" \
            "ana@x.org;Ana;Europe/Lisbon;2;mentor;+351 21 000 0000\n" \
            "nowhere;Ben;Europe/Lisbon;1;mentor;\n" \
            "cid@x.org;;Mars/Olympus;9;mentor;call me\n" \
            "ANA@x.org;Ana again;;;mentee;\n" \
            "eve@x.org;Eve;;;visitor;\n"

static bool complains(const struct roster_report *r, int64_t line, const char *column,
                      const char *value)
{
        for (size_t i = 0; i < r->n_problems; i++)
                if (r->problems[i].line == line && text_is(r->problems[i].column, column) &&
                    text_is(r->problems[i].value, value) && r->problems[i].reason.n)
                        return true;
        return false;
}

static void reports_every_bad_row(void **state)
{
        struct job_in j = import(TEXT(BAD), (struct roster_options) {0});

        (void)state;
        assert_int_equal(j.report.rows, 5);
        assert_int_equal(j.report.bad, 4);
        assert_int_equal(j.report.added, 1);
        assert_true(complains(&j.report, 3, "E-Mail", "nowhere"));
        assert_true(complains(&j.report, 4, "first_name", ""));
        assert_true(complains(&j.report, 4, "Time zone", "Mars/Olympus"));
        assert_true(complains(&j.report, 4, "Capacity", "9"));
        assert_true(complains(&j.report, 4, "Phone", "call me"));
        assert_true(complains(&j.report, 5, "email", "ANA@x.org"));
        assert_true(complains(&j.report, 6, "role", "visitor"));
        assert_int_equal(j.parts.n, 1);
        assert_int_equal(j.parts.row[0].capacity, 2);
}

static void all_or_nothing_is_nothing(void **state)
{
        struct job_in j = import(TEXT(BAD), (struct roster_options) {.all_or_nothing = true});

        (void)state;
        assert_int_equal(j.report.bad, 4);
        assert_int_equal(j.report.added, 0);
        assert_int_equal(j.parts.n, 0);
}

static void a_map_is_remembered(void **state)
{
        struct text file = TEXT("Kontakt,Rufname,Seite\nana@x.org,Ana,mentee\n");
        struct job_in first = import(file, (struct roster_options) {
                .map = TEXT("kontakt=email; Rufname = first_name\nseite=role")});
        struct job_in again = import(file, (struct roster_options) {0});

        (void)state;
        assert_int_equal(first.report.added, 1);
        assert_int_equal(again.report.unchanged, 1);
        assert_true(text_is(again.report.columns[0].meaning, "email"));
        assert_false(again.report.columns[0].guessed);
}

static void no_map_lets_special_data_in(void **state)
{
        struct text file = TEXT("email,first name,role,Ethnic group,Religion or belief\n"
                                "ana@x.org,Ana,mentee,Zorbish,Pastafarian\n");
        struct job_in j = import(file, (struct roster_options) {
                .map = TEXT("Ethnic group=interests;religion or belief=extra")});

        (void)state;
        assert_int_equal(j.report.added, 1);
        assert_true(j.report.columns[3].dropped && j.report.columns[3].special);
        assert_true(j.report.columns[4].dropped);
        assert_false(stored("Zorbish"));
        assert_false(stored("Pastafarian"));
}

static void refuses_what_is_no_table(void **state)
{
        struct job_in j = {.file = TEXT("PK\x03\x04 and so on")};
        struct job_in empty = {.file = TEXT("")};
        struct job_in map = {.file = TEXT("email\n"), .options = {.map = TEXT("email=inbox")}};

        (void)state;
        assert_err(house_write(import_in, &j), ERR_INVALID);
        assert_err(house_write(import_in, &empty), ERR_INVALID);
        assert_err(house_write(import_in, &map), ERR_INVALID);
}

static void says_that_no_column_holds_addresses(void **state)
{
        struct job_in j = import(TEXT("first name\nAna\nBen\n"),
                                 (struct roster_options) {.role = TEXT("mentor")});

        (void)state;
        assert_int_equal(j.report.bad, 2);
        assert_true(complains(&j.report, 1, "email", ""));
        assert_int_equal(j.parts.n, 0);
}

static struct err stranger_in(struct tx *tx, void *in)
{
        struct job_in *j = in;
        struct who stranger = {.person = 99, .roles = ROLE_COORDINATOR};

        j->options.cohort = HOUSE_COHORT;
        return roster_import(tx, &stranger, &j->options, j->file, &j->report);
}

static void only_staff_of_the_cohort_import(void **state)
{
        struct job_in j = {.file = TEXT("email\n")};

        (void)state;
        assert_err(house_write(stranger_in, &j), ERR_ABSENT);
}

struct own_in { int64_t person; bool confirmed; struct people_card card; };

static struct err confirm_in(struct tx *tx, void *in)
{
        struct own_in *o = in;

        return programmes_participant_confirm(tx, o->person, tx_now(tx));
}

/*
 * Once somebody has confirmed what others read, a file only fills what is empty; status stays the
 * organisation's.
 */
static void a_confirmed_profile_belongs_to_its_owner(void **state)
{
        struct job_in j = import(TEXT("email,first name,role,interests,grade\n"
                                      "a@x.org,Ana,mentee,chess,B\n"), (struct roster_options) {0});
        struct own_in own = {.person = j.parts.row[0].person};
        struct people_card card = {.person = own.person};

        (void)state;
        assert_ok(house_write(confirm_in, &own));
        j = import(TEXT("email,first name,role,interests,grade,goals\n"
                        "a@x.org,Anna,mentee,golf,C,lead a team\n"), (struct roster_options) {0});
        assert_int_equal(j.report.updated, 1);
        assert_ok(house_write(card_in, &card));
        assert_true(text_is(card.first_name, "Ana"));
        assert_true(text_is(card.interests, "chess"));
        assert_true(text_is(card.goals, "lead a team"));
        assert_true(text_is(card.grade, "C"));
}

/* ---- pure ---- */

static void guesses_headers(void **state)
{
        static const struct { const char *header; enum roster_meaning meaning; } is[] = {
                {"email", ROSTER_EMAIL}, {"E-mail address", ROSTER_EMAIL},
                {" Email_Address ", ROSTER_EMAIL}, {"EMAIL ADDRESS", ROSTER_EMAIL},
                {"first name", ROSTER_FIRST_NAME}, {"job title", ROSTER_TITLE},
                {"both mentor and mentee", ROSTER_BOTH},
                {"match with similar identity", ROSTER_DROP}, {"identity to match", ROSTER_DROP},
                {"characteristics", ROSTER_DROP},
                {"Trade Union member?", ROSTER_DROP}, {"Health conditions", ROSTER_DROP},
                {"Shoe size", ROSTER_EXTRA},
                {"Trace number", ROSTER_EXTRA},
        };

        (void)state;
        for (size_t i = 0; i < sizeof is / sizeof is[0]; i++)
                assert_int_equal(roster_guess(house.a, text_of(is[i].header)), is[i].meaning);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                house_test(imports_the_real_rosters),
                house_test(keeps_nothing_special),
                house_test(changes_nothing_the_second_time),
                house_test(a_workbook_is_read_like_a_file),
                house_test(a_dry_run_writes_nothing),
                house_test(both_without_a_role_means_both),
                house_test(with_a_role_both_is_only_noted),
                house_test(reports_every_bad_row),
                house_test(all_or_nothing_is_nothing),
                house_test(a_map_is_remembered),
                house_test(no_map_lets_special_data_in),
                house_test(refuses_what_is_no_table),
                house_test(says_that_no_column_holds_addresses),
                house_test(only_staff_of_the_cohort_import),
                house_test(a_confirmed_profile_belongs_to_its_owner),
                house_test(guesses_headers),
        };

        return cmocka_run_group_tests_name("roster", tests, NULL, NULL);
}
