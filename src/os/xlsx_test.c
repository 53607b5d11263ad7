/*
 * Workbooks as openpyxl and libxlsxwriter write them, and such as nobody should: bombs, doctypes, a million columns.
 * tests/data/workbooks is what openpyxl 3.0.9 has written.
 */
#include "os/file.h"
#include "os/table.h"
#include "os/xlsx.h"
#include "os/zip.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <cmocka.h>

enum { CEILING = 64 << 20, COLUMNS = 60, ROWS = 1000 };

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

static size_t known(void *ctx, const struct csv_row *row)
{
        size_t n = 0;

        (void)ctx;
        for (size_t i = 0; i < row->n; i++)
                n += text_is(row->cell[i], "email") || text_is(row->cell[i], "E-mail address") || text_is(row->cell[i], "First name") ||
                     text_is(row->cell[i], "Role");
        return n;
}

static struct err read_bytes(struct text file, struct table *out)
{
        return table_read(a, file, &(struct table_wanted) {.rows = ROWS, .columns = COLUMNS, .known = known}, out);
}

static struct table read_file(const char *path)
{
        struct text file;
        struct table t;

        assert_false(failed(file_read(a, path, 1 << 20, &file)));
        struct err e = read_bytes(file, &t);
        assert_string_equal(failed(e) ? e.what : "", "");
        return t;
}

static void cell_is(const struct table *t, size_t row, size_t column, const char *expected)
{
        assert_true(row < t->csv.n && column < t->csv.row[row].n);
        assert_string_equal(text_c(a, t->csv.row[row].cell[column]), expected);
}

/* ---- openpyxl ---- */

static void reads_what_openpyxl_writes(void **state)
{
        static const char *const files[] = {"tests/data/workbooks/openpyxl.xlsx", "tests/data/workbooks/openpyxl-1904.xlsx"};

        (void)state;
        for (int i = 0; i < 2; i++) {
                struct table t = read_file(files[i]);
                assert_string_equal(t.sheet.p, "People 2026");  /* not the notes, not the hidden one that has more headings */
                assert_int_equal(t.csv.n, 3);
                assert_int_equal(t.csv.row[0].line, 3);         /* the title above is none of it */
                assert_int_equal(t.csv.row[0].n, 9);
                cell_is(&t, 0, 0, "E-mail address");
                cell_is(&t, 1, 3, "351210000000");
                cell_is(&t, 1, 4, "2024-02-29");
                cell_is(&t, 1, 5, "18:30");
                cell_is(&t, 1, 6, "TRUE");
                cell_is(&t, 1, 7, "0.3");
                assert_int_equal(t.csv.row[2].line, 6);
                cell_is(&t, 2, 1, "Bén & <Co>\nLtd");
                cell_is(&t, 2, 4, "2026-11-28 18:30:15");
                cell_is(&t, 2, 5, "26:05");
                cell_is(&t, 2, 6, "FALSE");
                cell_is(&t, 2, 8, "");
                assert_int_equal(t.n_faults, 2);
                assert_true(text_equal(table_fault_at(&t, 4, 8), TABLE_NO_RESULT));
                assert_string_equal(table_fault_at(&t, 6, 8).p, "#REF!");
                assert_false(table_fault_at(&t, 6, 7).p != NULL);
                assert_string_equal(table_cell(a, &t, 6, 8).p, "I6");
        }
}

/* ---- libxlsxwriter ---- */

static struct text written(void (*fill)(lxw_workbook *book))
{
        char path[] = "/tmp/telemachus-xlsx-XXXXXX";
        int fd = mkstemp(path);
        struct text file;

        assert_true(fd >= 0);
        close(fd);
        lxw_workbook *book = workbook_new(path);
        fill(book);
        assert_int_equal(workbook_close(book), LXW_NO_ERROR);
        assert_false(failed(file_read(a, path, 32 << 20, &file)));
        unlink(path);
        return file;
}

static void fill_kinds(lxw_workbook *book)
{
        lxw_worksheet *sheet = workbook_add_worksheet(book, "Liste & mehr");
        lxw_format *date = workbook_add_format(book), *money = workbook_add_format(book);
        lxw_datetime day = {2026, 11, 28, 0, 0, 0};

        format_set_num_format(date, "[$-407]d. mmmm yyyy;@");
        format_set_num_format(money, "#,##0.00 \"Days\"");
        worksheet_write_string(sheet, 0, 0, "email", NULL);
        worksheet_write_string(sheet, 0, 1, "day", NULL);
        worksheet_write_string(sheet, 1, 0, "äöü@example.org", NULL);
        worksheet_write_datetime(sheet, 1, 1, &day, date);
        worksheet_write_number(sheet, 1, 2, 12.5, money);
        worksheet_write_formula_num(sheet, 1, 3, "=1+1", NULL, 2);
        worksheet_write_formula_str(sheet, 1, 4, "=\"a\"&\"b\"", NULL, "ab");
        worksheet_write_boolean(sheet, 1, 5, 1, NULL);
        worksheet_write_string(sheet, 1, 6, "two\nlines \x01 and _x0041_", NULL);
        worksheet_write_number(sheet, 1, 7, 1e15, NULL);
        worksheet_write_blank(sheet, 1, 300, date);
}

static void reads_what_libxlsxwriter_writes(void **state)
{
        struct table t;

        (void)state;
        assert_false(failed(read_bytes(written(fill_kinds), &t)));
        assert_string_equal(t.sheet.p, "Liste & mehr");
        assert_int_equal(t.csv.n, 2);
        assert_int_equal(t.csv.row[1].n, 8);    /* blank ones far to the right do not count */
        cell_is(&t, 1, 0, "äöü@example.org");
        cell_is(&t, 1, 1, "2026-11-28");
        cell_is(&t, 1, 2, "12.5");
        cell_is(&t, 1, 3, "2");
        cell_is(&t, 1, 4, "ab");
        cell_is(&t, 1, 5, "TRUE");
        cell_is(&t, 1, 6, "two\nlines  and _x0041_");
        cell_is(&t, 1, 7, "1000000000000000");
        assert_int_equal(t.n_faults, 0);
}

static void fill_many(lxw_workbook *book)
{
        lxw_worksheet *sheet = workbook_add_worksheet(book, NULL);

        worksheet_write_string(sheet, 0, 0, "email", NULL);
        for (lxw_row_t i = 1; i <= ROWS; i++)
                worksheet_write_string(sheet, i, 0, "x@example.org", NULL);
}

static void fill_wide(lxw_workbook *book)
{
        lxw_worksheet *sheet = workbook_add_worksheet(book, NULL);

        worksheet_write_string(sheet, 0, 0, "email", NULL);
        worksheet_write_string(sheet, 6, 16383, "far away", NULL);
}

static void says_how_much_is_too_much(void **state)
{
        struct table t;

        (void)state;
        struct err e = read_bytes(written(fill_many), &t);
        assert_int_equal(e.kind, ERR_LIMIT);
        assert_string_equal(e.what, "The table has too many rows");
        e = read_bytes(written(fill_wide), &t);
        assert_int_equal(e.kind, ERR_LIMIT);
        assert_string_equal(e.what, "The sheet has too many columns");
        assert_string_equal(e.place, "line 7");
}

/* ---- such as nobody should write ---- */

#define RELATION "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define SHEET(rows) "<worksheet><sheetData>" rows "</sheetData></worksheet>"

static struct text book_of(struct text sheet)
{
        const struct zip_part parts[] = {
                {"_rels/.rels", TEXT("<Relationships><Relationship Id='a' Type='" RELATION "officeDocument' Target='/xl/workbook.xml'/></Relationships>")},
                {"xl/workbook.xml", TEXT("<x:workbook xmlns:x='urn:x' xmlns:r='urn:r'><x:sheets><x:sheet name='One' r:id='s'/></x:sheets></x:workbook>")},
                {"xl/_rels/workbook.xml.rels", TEXT("<Relationships><Relationship Id='s' Type='" RELATION "worksheet' Target='./sheets/one.xml'/></Relationships>")},
                {"xl/sheets/one.xml", sheet}};
        struct text out;

        assert_false(failed(zip_pack(a, parts, 4, &out)));
        return out;
}

static struct err refuse(struct text sheet)
{
        struct table t;

        return read_bytes(book_of(sheet), &t);
}

static void reads_cells_that_are_not_named(void **state)
{
        struct table t;

        (void)state;
        assert_false(failed(read_bytes(book_of(TEXT(SHEET("<row><c t='str'><v>email</v></c><c t='inlineStr'><is><r><t>na</t></r><r><t>me</t></r>"
                                                          "<rPh><t>spoken</t></rPh></is></c></row><row r='9'><c r='B9' t='d'><v>2026-11-28T18:30:00</v></c></row>"))), &t)));
        assert_int_equal(t.csv.n, 2);
        cell_is(&t, 0, 1, "name");
        cell_is(&t, 1, 0, "");
        cell_is(&t, 1, 1, "2026-11-28 18:30");
        assert_int_equal(t.csv.row[1].line, 9);
}

static void refuses_what_is_no_sheet(void **state)
{
        static const char *const wrong[] = {
                SHEET("<row r='2'><c r='A2'><v>1</v></c></row><row r='2'/>"), SHEET("<row><c r='B1'/><c r='A1'/></row>"),
                SHEET("<row><c r='A1' t='s'><v>7</v></c></row>"), SHEET("<row><c r='A1'><v>1</v></c>"), "<worksheet",
                "<!DOCTYPE w [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><worksheet><sheetData><row><c t='str'><v>&b;</v></c></row></sheetData></worksheet>",
                "<!DOCTYPE w SYSTEM 'file:///etc/passwd'><worksheet/>"};

        (void)state;
        for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
                struct err e = refuse(text_of(wrong[i]));
                assert_int_equal(e.kind, ERR_INVALID);
                assert_string_equal(e.what, "The workbook is damaged, or no spreadsheet program has written it");
        }
        assert_string_equal(refuse(TEXT("<worksheet><sheetData/></worksheet>")).what, "The workbook is empty");
}

static struct text repeated(const char *head, const char *piece, size_t n, const char *tail)
{
        struct out o = out_new(a, strlen(piece) * n + 64);

        out_c(&o, head);
        for (size_t i = 0; i < n; i++)
                out_c(&o, piece);
        out_c(&o, tail);
        return out_get(&o);
}

static void refuses_what_swells(void **state)
{
        (void)state;
        struct err e = refuse(repeated("<worksheet><sheetData>", "<row><c><v>1</v></c><c/><c/><c/><c/><c/></row>", 400000, "</sheetData></worksheet>"));
        assert_int_equal(e.kind, ERR_LIMIT);
        e = refuse(repeated("<worksheet><sheetData><row>", "<c/>", 1000000, "</row></sheetData></worksheet>"));
        assert_true(failed(e));         /* a million columns, with nothing in them */
        e = refuse(repeated("<worksheet><sheetData><row><c t='str' s='", "9", 3 << 20, "'/></row></sheetData></worksheet>"));
        assert_int_equal(e.kind, ERR_INVALID);  /* one tag of three megabytes */
        e = refuse(repeated("", "<a>", 1000, ""));
        assert_int_equal(e.kind, ERR_INVALID);
}

static void says_what_else_it_is(void **state)
{
        const struct zip_part other[] = {{"content.xml", TEXT("<office/>")}};
        struct text ods;
        struct table t;

        (void)state;
        assert_false(failed(zip_pack(a, other, 1, &ods)));
        assert_string_equal(read_bytes(ods, &t).what, "This is no Excel workbook");
        assert_string_equal(read_bytes(TEXT("PK\x03\x04 and so on"), &t).what, "The workbook is damaged, or no spreadsheet program has written it");
        assert_string_equal(read_bytes(TEXT("\xd0\xcf\x11\xe0 and so on"), &t).what, "This workbook is of an old kind, or sealed with a password");
        assert_string_equal(read_bytes(TEXT(""), &t).what, "The file is empty");
        assert_false(failed(read_bytes(TEXT("email,name\n"), &t)));
        assert_false(t.sheet.p != NULL);
        assert_false(table_cell(a, &t, 1, 1).p != NULL);
}

static void gives_everything_back_when_memory_ends(void **state)
{
        struct text file = written(fill_many);
        struct arena *small = arena_new(256 << 10);
        struct table t;

        (void)state;
        struct err e = table_read(small, file, &(struct table_wanted) {.rows = 1000000, .columns = 60000}, &t);
        assert_int_equal(e.kind, ERR_LIMIT);
        arena_free(small);
}

/* ---- values ---- */

static void names_columns(void **state)
{
        static const struct { const char *name; size_t column; } of[] = {{"A1", 0}, {"Z1", 25}, {"AA1", 26}, {"AZ1", 51}, {"BA1", 52}, {"XFD1", 16383}};
        static const char *const wrong[] = {"", "A", "1", "A0", "XFE1", "AAAAAAAAAAAAAAAAAAAA1", "a1", "A1048577", "A1x", "$A$1"};
        int64_t line;

        (void)state;
        for (size_t i = 0; i < sizeof of / sizeof of[0]; i++) {
                assert_int_equal(xlsx_column(of[i].name, &line), of[i].column);
                assert_int_equal(line, 1);
                assert_string_equal(text_format(a, "%s1", xlsx_column_name(a, of[i].column).p).p, of[i].name);
        }
        for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
                assert_int_equal(xlsx_column(wrong[i], NULL), -1);
}

static void tells_dates_from_numbers(void **state)
{
        static const struct { const char *code; enum xlsx_shown shown; } of[] = {
                {"General", XLSX_NUMBER}, {"0.00", XLSX_NUMBER}, {"0.00E+00", XLSX_NUMBER}, {"#,##0 \"days\"", XLSX_NUMBER}, {"[Red]0", XLSX_NUMBER},
                {"\\d0", XLSX_NUMBER}, {"@", XLSX_NUMBER}, {"_d0", XLSX_NUMBER}, {"dd/mm/yyyy", XLSX_DATE}, {"[$-409]mmm\\-yy;@", XLSX_DATE},
                {"h:mm AM/PM", XLSX_DATE}, {"[h]:mm", XLSX_HOURS}, {"[mm]:ss", XLSX_HOURS}, {"\"unclosed", XLSX_NUMBER}, {"[Red", XLSX_NUMBER}};

        (void)state;
        for (size_t i = 0; i < sizeof of / sizeof of[0]; i++)
                assert_int_equal(xlsx_shown(164, of[i].code), of[i].shown);
        assert_int_equal(xlsx_shown(14, NULL), XLSX_DATE);
        assert_int_equal(xlsx_shown(46, NULL), XLSX_HOURS);
        assert_int_equal(xlsx_shown(2, NULL), XLSX_NUMBER);
}

static void counts_days_both_ways(void **state)
{
        (void)state;
        assert_string_equal(xlsx_date(a, 1, false).p, "1900-01-01");
        assert_string_equal(xlsx_date(a, 59, false).p, "1900-02-28");
        assert_string_equal(xlsx_date(a, 61, false).p, "1900-03-01");
        assert_string_equal(xlsx_date(a, 45351, false).p, "2024-02-29");
        assert_string_equal(xlsx_date(a, 45351 - 1462, true).p, "2024-02-29");
        assert_string_equal(xlsx_date(a, 45351.9999999, false).p, "2024-03-01");
        assert_string_equal(xlsx_date(a, 0.5, false).p, "12:00");
        assert_string_equal(xlsx_date(a, -1, false).p, "-1");
        assert_string_equal(xlsx_number(a, "3.5121E+11").p, "351210000000");
        assert_string_equal(xlsx_number(a, "0.30000000000000004").p, "0.3");
        assert_string_equal(xlsx_number(a, "words").p, "words");
        assert_string_equal(xlsx_plain(a, TEXT("a_x000D_\nb _x005F_x000D_ _x00_")).p, "a\nb _x000D_ _x00_");
}

static void travels_through_a_page(void **state)
{
        struct text file = book_of(TEXT(SHEET("<row><c t='str'><v>email</v></c></row>"))), back;

        (void)state;
        assert_true(table_arrive(a, table_travel(a, file), &back));
        assert_true(text_equal(back, file));
        assert_true(table_arrive(a, table_travel(a, TEXT("\ta,b")), &back));
        assert_string_equal(back.p, "\xef\xbb\xbf\ta,b");
        assert_false(table_arrive(a, TEXT("workbook:***"), &back));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(reads_what_openpyxl_writes),     cmocka_unit_test(reads_what_libxlsxwriter_writes),
                cmocka_unit_test(says_how_much_is_too_much),      cmocka_unit_test(reads_cells_that_are_not_named),
                cmocka_unit_test(refuses_what_is_no_sheet),       cmocka_unit_test(refuses_what_swells),
                cmocka_unit_test(says_what_else_it_is),           cmocka_unit_test(gives_everything_back_when_memory_ends),
                cmocka_unit_test(names_columns),                  cmocka_unit_test(tells_dates_from_numbers),
                cmocka_unit_test(counts_days_both_ways),          cmocka_unit_test(travels_through_a_page),
        };

        return cmocka_run_group_tests(tests, begin, end);
}
