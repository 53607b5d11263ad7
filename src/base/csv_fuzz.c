/*
 * Any bytes as a table: nothing may crash, what is refused has a place, and what is read can be
 * written and read again.
 */
#include "base/csv.h"

#include <setjmp.h>
#include <string.h>

enum { CEILING = 64 * 1024 * 1024, ROWS = 1000 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static bool formula(struct text t) { return t.n && t.p[0] && strchr("=+-@\t\r", t.p[0]); }

static void write_and_read(struct arena *a, const struct csv_row *row)
{
        struct out o = out_new(a, 256);
        struct csv again;

        if (row->n < 2)
                return;
        for (size_t i = 0; i < row->n; i++)
                csv_cell(&o, row->cell[i], i == 0);
        struct err e = csv_parse(a, out_get(&o), ROWS, &again);
        must(!failed(e) && again.n == 1);
        must(again.separator != ',' || again.row[0].n == row->n);
        for (size_t i = 0; again.separator == ',' && i < row->n; i++)
                must(formula(row->cell[i]) || text_equal(again.row[0].cell[i], row->cell[i]));
}

static void read_table(struct arena *a, struct text bytes)
{
        struct csv csv;
        struct err e = csv_parse(a, bytes, ROWS, &csv);

        if (failed(e)) {
                must(e.what && e.next && (e.place || err_is(e, ERR_LIMIT)));
                return;
        }
        for (size_t i = 0; i < csv.n; i++) {
                must(csv.row[i].n > 0 && csv.row[i].line > 0);
                must(i == 0 || csv.row[i].line > csv.row[i - 1].line);
                write_and_read(a, &csv.row[i]);
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
        struct arena *volatile a = arena_new(CEILING);
        jmp_buf full;

        if (setjmp(full) == 0) {
                arena_guard(a, &full);
                read_table(a, (struct text) {arena_dup(a, data, n), n});
        }
        arena_free(a);
        return 0;
}
