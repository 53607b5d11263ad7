/* The rights of people: the register of columns against the schema, the file, the glass log, being forgotten. */
#include "db/migrate.h"
#include "evaluation/evaluation.sql.h"
#include "os/random.h"
#include "os/zip.h"
#include "people/people.sql.h"
#include "people/people_correct.h"
#include "people/people_data.h"
#include "people/people_erase.h"
#include "people/people_glass.h"
#include "people/people_glass.sql.h"
#include "people/people_retain.h"
#include "people/test/ana.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <zip.h>

/* ---- the register ---- */

static sqlite3 *empty_schema(void)
{
        sqlite3 *sql;

        assert_int_equal(sqlite3_open(":memory:", &sql), SQLITE_OK);
        for (int i = 0; i < db_migration_count; i++)
                assert_int_equal(sqlite3_exec(sql, db_migrations[i].sqlite, NULL, NULL, NULL), SQLITE_OK);
        return sql;
}

/* A column says which person a row is about or comes from: by its key, or by its name. */
static const char says_who[] =
        "SELECT m.name || '.' || c.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c"
        " WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND c.type = 'INTEGER'"
        "   AND (c.name IN ('person', 'mentor', 'mentee', 'author', 'sender', 'actor', 'about', 'reporter')"
        "        OR c.name LIKE '%\\_by' ESCAPE '\\' OR c.name LIKE '%\\_person' ESCAPE '\\'"
        "        OR EXISTS (SELECT 1 FROM pragma_foreign_key_list(m.name) f"
        "                    WHERE f.\"table\" = 'people_person' AND f.\"from\" = c.name))"
        "   AND m.name || '.' || c.name NOT IN ('programmes_cohort.in_person')"
        " ORDER BY 1";

static const struct people_column *listed(const char *column)
{
        for (size_t i = 0; i < people_columns_n; i++)
                if (strcmp(people_columns[i].column, column) == 0)
                        return &people_columns[i];
        return NULL;
}

static void every_column_about_people_is_given_or_explained(void **state)
{
        sqlite3 *sql = empty_schema();
        sqlite3_stmt *st;
        int bad = 0;

        (void)state;
        assert_int_equal(sqlite3_prepare_v2(sql, says_who, -1, &st, NULL), SQLITE_OK);
        while (sqlite3_step(st) == SQLITE_ROW) {
                const char *column = (const char *)sqlite3_column_text(st, 0);
                const struct people_column *c = listed(column);
                if (!c || (!c->section && !c->why)) {
                        print_error("%s says who somebody is, and people_columns.c does not say how they get to see it\n", column);
                        bad++;
                }
        }
        sqlite3_finalize(st);
        sqlite3_close(sql);
        assert_int_equal(bad, 0);
}

struct held { struct ana ana; struct people_held held; };

static struct err held_in(struct tx *tx, void *in)
{
        struct held *h = in;

        return people_held(tx, &h->ana.who, &h->held);
}

static struct err fill_in(struct tx *tx, void *in)
{
        struct held *h = in;

        TRY(part_in(tx, &h->ana));
        return people_ask_correction(tx, &h->ana.who, &(struct people_correction_new) {
                .field = TEXT("grade"), .wish = TEXT("B5"), .reason = TEXT("since May")});
}

/* What sqlgen calls a reading has plain words for the one whom it is about. */
static void words_of_ours_are_read_in_ones_language(void **state)
{
        struct arena *a = arena_new(1 << 20);
        struct people_fact held = {.key = "state", .text = TEXT("held")}, said = {.key = "message", .text = TEXT("held")};
        struct people_fact week = {.key = "availability", .text = TEXT("mon-fri 09:00-17:00")}, tongue = {.key = "language", .text = TEXT("de")};

        (void)state;
        assert_string_equal(people_data_words(a, LOCALE_DE, &held).p, "hat stattgefunden");
        assert_string_equal(people_data_words(a, LOCALE_DE, &said).p, "held");          /* theirs: as they wrote it */
        assert_string_equal(people_data_words(a, LOCALE_EN, &tongue).p, "Deutsch");
        assert_true(people_data_words(a, LOCALE_DE, &week).n > 0);
        assert_string_not_equal(people_data_words(a, LOCALE_DE, &week).p, week.text.p);
        arena_free(a);
}

static void every_reading_has_words(void **state)
{
        int bad = 0;

        (void)state;
        for (int i = 0; i < db_stmt_count; i++) {
                const char *what = db_stmts[i]->reads;
                if (what && strcmp(people_seen_words(LOCALE_EN, text_of(what)), what) == 0)
                        print_error("%s: no words for \"%s\"\n", db_stmts[i]->name, what), bad++;
        }
        assert_int_equal(bad, 0);
}

static void the_file_holds_both_forms(void **state)
{
        struct held h = {.ana = make_ana()};
        struct page reader = {.locale = LOCALE_EN, .zone = zone_utc(), .now = 0};
        struct text zip;
        zip_error_t error;

        (void)state;
        assert_ok(house_write(fill_in, &h));
        assert_ok(house_write(held_in, &h));
        assert_ok(people_held_zip(house.a, &reader, &h.held, TEXT("Ana Pereira"), &zip));
        zip_source_t *s = zip_source_buffer_create(zip.p, zip.n, 0, &error);
        zip_t *z = zip_open_from_source(s, ZIP_RDONLY, &error);
        assert_non_null(z);
        assert_int_equal(zip_get_num_entries(z, 0), 2);
        assert_string_equal(zip_get_name(z, 0, 0), "my-data.html");
        assert_string_equal(zip_get_name(z, 1, 0), "my-data.json");
        zip_close(z);
        struct text html = people_held_html(house.a, &reader, &h.held, TEXT("Ana Pereira"));
        assert_non_null(memmem(html.p, html.n, "Harbour pilot", 13));
        assert_non_null(memmem(html.p, html.n, "B5", 2));
        struct text json = people_held_json(house.a, &h.held);
        assert_non_null(memmem(json.p, json.n, "\"corrections\"", 13));
        assert_non_null(memmem(json.p, json.n, "\"held_back\"", 11));
}

/* ---- the glass log ---- */

static void a_page_is_searched_for_whole_names(void **state)
{
        const struct people_words *w = people_page_words(
                house.a, TEXT("<h1>Ring Jos\xc3\xa9 O&#39;Brien</h1><p>Annahme, Will be seen</p>"));

        (void)state;
        assert_true(people_page_names(w, TEXT("Jos\xc3\xa9")));
        assert_true(people_page_names(w, TEXT("Tom\nJos\xc3\xa9")));
        assert_true(people_page_names(w, TEXT("O'Brien")));
        assert_false(people_page_names(w, TEXT("Anna")));
        assert_false(people_page_names(w, TEXT("Tom\nAma")));
        assert_false(people_page_names(w, TEXT("")));
}

struct look {
        struct ana ana;
        struct http_reading reading;
        struct people_visit_days days;
};

static struct err saw_in(struct tx *tx, void *in) { return people_saw(tx, &((struct look *)in)->reading); }

static struct err visits_in(struct tx *tx, void *in)
{
        struct look *l = in;

        return people_visits(tx, &l->ana.who, INT64_MAX, &l->days);
}

static void a_reading_stands_in_the_log_of_whom_it_is_about(void **state)
{
        static const struct route page = {.path = "/desk/calls/:call", .who = WHO_STAFF};
        static const struct route concern = {.path = "/desk/concerns/:concern", .who = ROLE_CONTACT};
        struct look l = {.ana = make_ana()};
        struct db_sight row[] = {{"calls", l.ana.id, false, TEXT_ABSENT}, {"name", l.ana.id, false, TEXT("Ana")},
                                 {"profile", l.ana.id, false, TEXT("Berta")}};
        struct db_sights sights = {.n = 3, .row = row};

        (void)state;
        assert_ok(house_write(part_in, &l.ana));
        l.reading = (struct http_reading) {.who = &house.staff, .route = &page, .subject = 7, .page = TEXT("<p>Ana</p>"),
                                           .sights = &sights};
        assert_ok(house_write(saw_in, &l));
        assert_ok(house_write(saw_in, &l));
        l.reading.route = &concern;
        assert_ok(house_write(saw_in, &l));
        assert_ok(house_write(visits_in, &l));
        assert_int_equal(l.days.n, 1);
        assert_int_equal(l.days.row[0].n, 1);
        assert_int_equal(l.days.row[0].row[0].times, 2);
        assert_true(text_is(l.days.row[0].row[0].what, "the notes of your calls, your name"));
        assert_true(text_is(l.days.row[0].row[0].reader, "Karin Berg"));
        assert_string_equal(l.days.row[0].row[0].office, "coordinator");
        row[0].what = "concern";
        assert_ok(house_write(saw_in, &l));
        assert_ok(house_write(visits_in, &l));
        assert_int_equal(l.days.row[0].n, 2);
}

/* ---- corrections ---- */

struct ask {
        struct ana ana;
        const struct who *by;
        struct people_corrections_of_list list;
        bool accept;
        struct text answer;
        struct people_status status;
};

static struct err decide_in(struct tx *tx, void *in)
{
        struct ask *a = in;

        TRY(people_corrections_of(tx, a->ana.id, &a->list));
        TRY(people_decide_correction(tx, a->by, a->list.row[0].id, a->accept, a->answer));
        return people_status(tx, a->ana.id, &a->status);
}

static void a_correction_is_accepted_or_declined_with_a_reason(void **state)
{
        struct held h = {.ana = make_ana()};
        struct ask a = {.ana = h.ana, .by = &house.staff, .answer = TEXT_ABSENT};

        (void)state;
        assert_ok(house_write(fill_in, &h));
        assert_true(err_is(house_write(decide_in, &a), ERR_INVALID));
        a.by = &h.ana.who;
        a.accept = true;
        assert_true(failed(house_write(decide_in, &a)));
        a.by = &house.staff;
        assert_ok(house_write(decide_in, &a));
        assert_true(text_is(a.status.grade, "B5"));
        assert_true(err_is(house_write(decide_in, &a), ERR_CONFLICT));
}

/* ---- being forgotten ---- */

static void a_name_is_taken_out_as_a_whole_word(void **state)
{
        const struct text names[] = {TEXT("ana@example.org"), TEXT("Ana"), TEXT("Pereira")};

        (void)state;
        assert_true(text_is(people_blot(house.a, TEXT("Hi Ana, Anastasia and Ana@home"), names, 3),
                            "Hi [\xe2\x80\xa6], Anastasia and [\xe2\x80\xa6]@home"));
        assert_true(text_is(people_blot(house.a, TEXT("ana@example.org"), names, 3), "[\xe2\x80\xa6]"));
        assert_false(people_blot(house.a, TEXT("Banana"), names, 3).p != NULL);
}

struct forget { struct ana ana; struct people_person after; struct people_erasure erasure; };

static struct err forget_in(struct tx *tx, void *in)
{
        struct forget *f = in;

        TRY(people_erase(tx, f->ana.id));
        TRY(people_erase(tx, f->ana.id));
        return people_get(tx, f->ana.id, &f->after);
}

static struct err ask_in(struct tx *tx, void *in)
{
        struct forget *f = in;

        TRY(people_ask_erasure(tx, &f->ana.who));
        TRY(people_erasure(tx, &f->ana.who, &f->erasure));
        return people_call_off_erasure(tx, &f->ana.who);
}

static void somebody_can_think_again(void **state)
{
        struct forget f = {.ana = make_ana()};

        (void)state;
        assert_ok(house_write(part_in, &f.ana));
        assert_ok(house_write(ask_in, &f));
        assert_true(f.erasure.asked);
        assert_int_equal(f.erasure.due_at - f.erasure.asked_at, PEOPLE_GRACE_DAYS * 86400);
        f.ana.who = house.staff;
        assert_true(err_is(house_write(ask_in, &f), ERR_CONFLICT));
}

/* Every text of every table, searched. */
static int rows_with(sqlite3 *sql, const char *needle)
{
        sqlite3_stmt *columns, *st;
        int found = 0;

        sqlite3_prepare_v2(sql, "SELECT m.name, c.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c"
                                " WHERE m.type = 'table' AND c.type = 'TEXT'", -1, &columns, NULL);
        while (sqlite3_step(columns) == SQLITE_ROW) {
                char query[400];
                snprintf(query, sizeof query, "SELECT count(*) FROM \"%s\" WHERE instr(lower(\"%s\"), lower(?)) > 0",
                         sqlite3_column_text(columns, 0), sqlite3_column_text(columns, 1));
                assert_int_equal(sqlite3_prepare_v2(sql, query, -1, &st, NULL), SQLITE_OK);
                sqlite3_bind_text(st, 1, needle, -1, SQLITE_STATIC);
                if (sqlite3_step(st) == SQLITE_ROW && sqlite3_column_int(st, 0))
                        print_error("%s still stands in %s.%s\n", needle, sqlite3_column_text(columns, 0),
                                    sqlite3_column_text(columns, 1)), found++;
                sqlite3_finalize(st);
        }
        sqlite3_finalize(columns);
        return found;
}

static void nothing_is_left_of_one_who_is_forgotten(void **state)
{
        struct forget f = {.ana = make_ana()};
        struct held h = {.ana = f.ana};
        char path[128];
        sqlite3 *sql;

        (void)state;
        assert_ok(house_write(fill_in, &h));
        assert_ok(house_write(forget_in, &f));
        assert_true(text_is(f.after.first_name, "N."));
        snprintf(path, sizeof path, "%s/telemachus.db", house.folder);
        assert_int_equal(sqlite3_open(path, &sql), SQLITE_OK);
        assert_int_equal(rows_with(sql, "pereira") + rows_with(sql, "ana@example.org") + rows_with(sql, "harbour pilot") +
                                 rows_with(sql, "boats"), 0);
        sqlite3_close(sql);
}

/* ---- how long things are kept ---- */

struct keep { struct who admin; struct text kind, reason; int64_t days, until; struct people_keeps keeps; bool may; };

static struct err keep_in(struct tx *tx, void *in)
{
        struct keep *k = in;

        return people_keep_for(tx, &k->admin, k->kind, k->days);
}

static struct err hold_in(struct tx *tx, void *in)
{
        struct keep *k = in;

        return people_keep_hold(tx, &k->admin, k->kind, k->until, k->reason);
}

static struct err keeps_in(struct tx *tx, void *in)
{
        struct keep *k = in;

        TRY(people_keep_may_forget(tx, tx_now(tx) - 100 * INT64_C(86400), &k->may));
        return people_keeps(tx, &k->keeps);
}

static struct err tonight_in(struct tx *tx, [[maybe_unused]] void *in) { return people_retain_tonight(tx, tx_now(tx)); }

static void periods_have_bounds_and_can_be_held_up(void **state)
{
        struct keep k = {.admin = people_system, .kind = TEXT("messages"), .days = 20};

        (void)state;
        assert_true(err_is(house_write(keep_in, &k), ERR_INVALID));
        k.days = 120;
        k.admin = house.staff;
        assert_true(err_is(house_write(keep_in, &k), ERR_FORBIDDEN));
        k.admin = people_system;
        assert_ok(house_write(keep_in, &k));
        assert_ok(house_write(keeps_in, &k));
        assert_int_equal(k.keeps.row[KEEP_MESSAGES].days, 120);
        assert_false(k.may);
        k.days = 60;
        assert_ok(house_write(keep_in, &k));
        assert_ok(house_write(keeps_in, &k));
        assert_true(k.may);
        k.until = db_now(house.app.db) + 86400;
        assert_true(err_is(house_write(hold_in, &k), ERR_INVALID));
        k.reason = TEXT("a question of the works council");
        assert_ok(house_write(hold_in, &k));
        assert_ok(house_write(keeps_in, &k));
        assert_true(k.keeps.row[KEEP_MESSAGES].held_until.has);
        assert_false(k.may);
        k.kind = TEXT("everything");
        assert_true(err_is(house_write(keep_in, &k), ERR_ABSENT));
}

/* Years later, in one night: she was never in a pair, so she is forgotten. */
static void people_go_when_their_time_has_come(void **state)
{
        struct forget f = {.ana = make_ana()};
        struct held h = {.ana = f.ana};
        struct keep k = {.admin = people_system};
        int ran;

        (void)state;
        assert_ok(house_write(fill_in, &h));
        db_clock_freeze(house.app.db, (21273 + 400) * INT64_C(86400));
        assert_ok(house_write(keeps_in, &k));
        assert_int_equal(k.keeps.row[KEEP_REFUSED].due, 1);
        assert_int_equal(k.keeps.leavers.n, 1);
        assert_ok(house_write(tonight_in, NULL));
        db_clock_freeze(house.app.db, (21273 + 402) * INT64_C(86400));
        assert_ok(jobs_run_due(&house.app, house.a, &ran));
        assert_ok(house_write(forget_in, &f));
        assert_true(text_is(f.after.first_name, "N."));
        assert_ok(house_write(keeps_in, &k));
        assert_int_equal(k.keeps.row[KEEP_REFUSED].due, 0);
}

struct answers { int64_t person, other, wave; struct evaluation_asked_rows_list asked; struct evaluation_answer_rows_list rows; };

static struct err answered_in(struct tx *tx, void *in)
{
        struct answers *a = in;
        int64_t changes;

        for (int i = 0; i < 2; i++) {
                a->wave = random_id();
                TRY(evaluation_wave_insert(tx, &(struct evaluation_wave_insert_in) {
                        .id = a->wave, .cohort = HOUSE_COHORT, .survey = TEXT("mid"), .wave = i ? TEXT("W2") : TEXT("W1"),
                        .person = a->person, .now = tx_now(tx)}, &changes));
                TRY(evaluation_wave_answered(tx, a->wave, tx_now(tx) + 4000));
                TRY(evaluation_answer_save(tx, a->wave, TEXT("useful"), (struct opt) {true, 4}, TEXT("Very")));
        }
        return OK;
}

static struct err asked_in(struct tx *tx, void *in)
{
        struct answers *a = in;

        TRY(evaluation_asked_rows(tx, HOUSE_COHORT, &a->asked));
        return evaluation_answer_rows(tx, a->wave, &a->rows);
}

/* A year after the end the numbers are nobody's, but still one person's. */
static void answers_lose_their_person(void **state)
{
        struct answers a = {.person = make_ana().who.person};
        int ran;

        (void)state;
        assert_ok(house_write(answered_in, &a));
        db_clock_freeze(house.app.db, (21273 + 364) * INT64_C(86400));
        assert_ok(house_write(tonight_in, NULL));
        db_clock_freeze(house.app.db, (21273 + 365) * INT64_C(86400) + 3 * 3600);
        assert_ok(jobs_run_due(&house.app, house.a, &ran));
        assert_ok(house_write(asked_in, &a));
        assert_int_equal(a.asked.n, 2);
        assert_int_equal(a.asked.row[0].person, a.person);
        db_clock_freeze(house.app.db, (21273 + 368) * INT64_C(86400));
        assert_ok(jobs_run_due(&house.app, house.a, &ran));
        assert_ok(house_write(asked_in, &a));
        assert_int_equal(a.asked.n, 2);
        assert_int_not_equal(a.asked.row[0].person, a.person);
        assert_int_equal(a.asked.row[0].person, a.asked.row[1].person);
        assert_true(a.asked.row[0].as_mentor.has);
        assert_int_equal(a.rows.n, 1);
        assert_int_equal(a.rows.row[0].value.v, 4);
        assert_null(a.rows.row[0].words.p);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(words_of_ours_are_read_in_ones_language),
                cmocka_unit_test(every_reading_has_words),
                cmocka_unit_test(every_column_about_people_is_given_or_explained),
                cmocka_unit_test_setup_teardown(the_file_holds_both_forms, house_begin, house_end),
                cmocka_unit_test_setup_teardown(a_page_is_searched_for_whole_names, house_begin, house_end),
                cmocka_unit_test_setup_teardown(a_reading_stands_in_the_log_of_whom_it_is_about, house_begin, house_end),
                cmocka_unit_test_setup_teardown(a_correction_is_accepted_or_declined_with_a_reason, house_begin, house_end),
                cmocka_unit_test_setup_teardown(a_name_is_taken_out_as_a_whole_word, house_begin, house_end),
                cmocka_unit_test_setup_teardown(somebody_can_think_again, house_begin, house_end),
                cmocka_unit_test_setup_teardown(nothing_is_left_of_one_who_is_forgotten, house_begin, house_end),
                cmocka_unit_test_setup_teardown(periods_have_bounds_and_can_be_held_up, house_begin, house_end),
                cmocka_unit_test_setup_teardown(people_go_when_their_time_has_come, house_begin, house_end),
                cmocka_unit_test_setup_teardown(answers_lose_their_person, house_begin, house_end),
        };

        return cmocka_run_group_tests_name("rights", tests, NULL, NULL);
}
