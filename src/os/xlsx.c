#include "os/xlsx_parts.h"

#include <setjmp.h>
#include <string.h>

enum { HEAD_COLUMNS = 256 };

bool xlsx_is(struct text file) { return text_starts(file, "PK\x03\x04"); }

struct err xlsx_damaged(void)
{
        return FAIL(ERR_INVALID, "The workbook is damaged, or no spreadsheet program has written it", "Open it, save it anew as .xlsx and try again");
}

/* ---- parts ---- */

static bool feed(void *ctx, const char *p, size_t n)
{
        struct xlsx_book *b = ctx;

        return xml_feed(b->xml, p, n);
}

/* In the words of a workbook; which archive it is made of is nobody's concern. */
static struct err as_workbook(struct err e)
{
        if (err_is(e, ERR_LIMIT))
                return FAIL(ERR_LIMIT, "The workbook holds too much", "Copy the table alone into a new workbook");
        return err_is(e, ERR_INVALID) ? xlsx_damaged() : e;
}

struct err xlsx_part(struct xlsx_book *b, const char *path, size_t most, const struct xml_hooks *hooks, void *ctx, bool *found)
{
        b->xml = xml_new(hooks, ctx);
        if (!b->xml)
                return FAIL(ERR_BUSY, "There is no memory left", "Try again in a moment");
        struct err e = zip_member(b->zip, path, most, feed, b, found);
        bool whole = !*found || failed(e) || xml_end(b->xml);
        xml_free(b->xml);
        b->xml = NULL;
        if (failed(e))
                return as_workbook(e);
        return whole ? OK : xlsx_damaged();
}

/* ---- which sheet, which row ---- */

/* Of the first rows, the one in which most headings are known; where none is, the first. */
static size_t best_row(const struct csv *csv, const struct table_wanted *w, size_t *row)
{
        size_t best = 0;

        *row = 0;
        for (size_t i = 0; w->known && i < csv->n && i < XLSX_HEAD_ROWS; i++) {
                size_t n = w->known(w->ctx, &csv->row[i]);
                if (n > best) {
                        best = n;
                        *row = i;
                }
        }
        return best;
}

/* A hidden sheet is taken only if none in sight will do. */
static struct err choose(struct xlsx_book *b, const struct table_wanted *w, const struct xlsx_sheet **out)
{
        size_t most = 0, row;

        *out = NULL;
        for (int hidden = 0; hidden < 2 && most == 0; hidden++) {
                for (size_t i = 0; i < b->n_sheets; i++) {
                        struct table head;
                        if (b->sheet[i].hidden != (hidden == 1) || !b->sheet[i].path)
                                continue;
                        struct arena_mark mark = arena_mark(b->a);
                        TRY(xlsx_sheet_rows(b, &b->sheet[i], &(struct xlsx_rows) {XLSX_HEAD_ROWS, HEAD_COLUMNS, true}, &head));
                        size_t known = best_row(&head.csv, w, &row);
                        bool empty = head.csv.n == 0;
                        arena_rewind(b->a, mark);
                        if (known > most || (!*out && !empty)) {
                                *out = &b->sheet[i];
                                most = known;
                        }
                }
        }
        return *out ? OK : FAIL(ERR_INVALID, "The workbook is empty", "Its first line must name the columns");
}

/* What stands above the headings, a title say, is none of the table. */
static void cut_above(struct table *t, size_t row)
{
        size_t faults = 0;

        if (row == 0)
                return;
        t->csv.row += row;
        t->csv.n -= row;
        while (faults < t->n_faults && t->fault[faults].line < t->csv.row[0].line)
                faults++;
        t->fault += faults;
        t->n_faults -= faults;
}

static struct err read_book(struct xlsx_book *b, const struct table_wanted *w, struct table *out)
{
        const struct xlsx_sheet *sheet;
        size_t row;

        TRY(xlsx_open(b));
        TRY(choose(b, w, &sheet));
        TRY(xlsx_sheet_rows(b, sheet, &(struct xlsx_rows) {w->rows + XLSX_HEAD_ROWS, w->columns, false}, out));
        if (out->csv.n == 0)
                return FAIL(ERR_INVALID, "The workbook is empty", "Its first line must name the columns");
        best_row(&out->csv, w, &row);
        cut_above(out, row);
        return out->csv.n <= w->rows ? OK : FAIL(ERR_LIMIT, "The table has too many rows", "Split it into smaller ones");
}

/* The arena may run out in the middle: what is not of the arena is given back before that is said. */
struct err xlsx_read(struct arena *a, struct text file, const struct table_wanted *wanted, struct table *out)
{
        struct xlsx_book *const b = arena_new_of(a, struct xlsx_book);
        jmp_buf full;
        jmp_buf *volatile before = arena_guard(a, &full);
        struct err e;

        b->a = a;
        if (setjmp(full) == 0) {
                e = zip_from(a, file, &b->zip);
                e = failed(e) ? as_workbook(e) : read_book(b, wanted, out);
        } else {
                e = FAIL(ERR_LIMIT, "The workbook holds too much", "Copy the table alone into a new workbook");
        }
        arena_guard(a, before);
        xml_free(b->xml);
        zip_done(b->zip);
        return e;
}
