#include "base/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { CEILING = 16 * 1024 * 1024, ROWS = 100 };

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

static struct csv read(const char *file)
{
        struct csv csv;
        struct err e = csv_parse(a, text_of(file), ROWS, &csv);

        assert_int_equal(e.kind, ERR_NONE);
        return csv;
}

static struct err refuse(struct text file)
{
        struct csv csv;

        return csv_parse(a, file, ROWS, &csv);
}

static void is(struct text t, const char *expected) { assert_string_equal(text_c(a, t), expected); }

static void reads_rows_and_their_lines(void **state)
{
        struct csv csv = read("name,city\r\nAna,Lisbon\r\n\r\nTariq,\"Karachi, Sindh\"\n");

        (void)state;
        assert_int_equal(csv.n, 3);
        assert_int_equal(csv.row[2].line, 4);
        assert_int_equal(csv.row[2].n, 2);
        is(csv.row[1].cell[1], "Lisbon");
        is(csv.row[2].cell[1], "Karachi, Sindh");
}

static void guesses_the_separator_outside_quotes(void **state)
{
        (void)state;
        assert_int_equal(read("a;b;c\n1;2;3\n").separator, ';');
        assert_int_equal(read("a\tb\n1\t2\n").separator, '\t');
        assert_int_equal(read("\"x;y;z\",b\n").separator, ',');
        assert_int_equal(read("alone\n").separator, ',');
}

static void takes_line_breaks_and_quotes_in_quotes(void **state)
{
        struct csv csv = read("a,b\n\"one\r\ntwo\",\"she said \"\"yes\"\"\"\nlast,row");

        (void)state;
        is(csv.row[1].cell[0], "one\r\ntwo");
        is(csv.row[1].cell[1], "she said \"yes\"");
        assert_int_equal(csv.row[2].line, 4);
}

static void keeps_empty_cells_and_skips_the_byte_order_mark(void **state)
{
        struct csv csv = read("\xef\xbb\xbf" "a,,\n,\"\",c\n");

        (void)state;
        is(csv.row[0].cell[0], "a");
        assert_int_equal(csv.row[0].n, 3);
        assert_int_equal(csv.row[1].n, 3);
        is(csv.row[1].cell[1], "");
        assert_int_equal(read("").n, 0);
}

static void says_where_it_is_wrong(void **state)
{
        static const char nul[] = "a,b\n1,\0\n";
        struct err e = refuse(TEXT("a,b\n1,\"open\n"));

        (void)state;
        assert_int_equal(e.kind, ERR_INVALID);
        assert_string_equal(e.place, "line 2, column 2");
        assert_string_equal(refuse(TEXT("a\n\"b\"c\n")).place, "line 2, column 1");
        assert_string_equal(refuse(TEXT("a,b\n\n1,M\xfcller\n")).place, "line 3, column 2");
        assert_string_equal(refuse((struct text) {nul, sizeof nul - 1}).place, "line 2, column 2");
}

static void refuses_more_rows_than_allowed(void **state)
{
        struct csv csv;

        (void)state;
        assert_int_equal(csv_parse(a, TEXT("a\nb\nc\n"), 2, &csv).kind, ERR_LIMIT);
        assert_int_equal(csv_parse(a, TEXT("a\nb\n\n\n"), 2, &csv).kind, ERR_NONE);
}

static const char *cell(const char *t)
{
        struct out o = out_new(a, 16);

        csv_cell(&o, text_of(t), true);
        return out_get(&o).p;
}

static void writes_cells_that_no_spreadsheet_runs(void **state)
{
        (void)state;
        assert_string_equal(cell("plain"), "plain");
        assert_string_equal(cell("a,b"), "\"a,b\"");
        assert_string_equal(cell("a \"b\""), "\"a \"\"b\"\"\"");
        assert_string_equal(cell("=HYPERLINK(1)"), "\"'=HYPERLINK(1)\"");
        assert_string_equal(cell("-1"), "\"'-1\"");
        assert_string_equal(cell("@sum"), "\"'@sum\"");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(reads_rows_and_their_lines, begin, end),
                cmocka_unit_test_setup_teardown(guesses_the_separator_outside_quotes, begin, end),
                cmocka_unit_test_setup_teardown(takes_line_breaks_and_quotes_in_quotes, begin, end),
                cmocka_unit_test_setup_teardown(keeps_empty_cells_and_skips_the_byte_order_mark,
                                                begin, end),
                cmocka_unit_test_setup_teardown(says_where_it_is_wrong, begin, end),
                cmocka_unit_test_setup_teardown(refuses_more_rows_than_allowed, begin, end),
                cmocka_unit_test_setup_teardown(writes_cells_that_no_spreadsheet_runs, begin, end),
        };

        return cmocka_run_group_tests_name("csv", tests, NULL, NULL);
}
