#include "os/table.h"

#include "os/keys.h"
#include "os/xlsx.h"

#include <string.h>

static const char CARRIED[] = "workbook:";

/* Old workbooks, and new ones that are sealed with a password. */
static bool is_closed_book(struct text file) { return text_starts(file, "\xd0\xcf\x11\xe0"); }

static struct err read_csv(struct arena *a, struct text file, const struct table_wanted *wanted, struct table *out)
{
        TRY(csv_parse(a, file, wanted->rows, &out->csv));
        if (out->csv.n == 0)
                return FAIL(ERR_INVALID, "The file is empty", "Its first line must name the columns");
        if (out->csv.row[0].n > wanted->columns)
                return FAIL_AT(ERR_INVALID, "The table has too many columns", text_format(a, "≤ %zu", wanted->columns).p,
                               "Leave out the ones that are not needed");
        return OK;
}

struct err table_read(struct arena *a, struct text file, const struct table_wanted *wanted, struct table *out)
{
        *out = (struct table) {0};
        if (is_closed_book(file))
                return FAIL(ERR_INVALID, "This workbook is of an old kind, or sealed with a password", "Save it as .xlsx without a password, or as CSV");
        return xlsx_is(file) ? xlsx_read(a, file, wanted, out) : read_csv(a, file, wanted, out);
}

struct text table_cell(struct arena *a, const struct table *t, int64_t line, size_t column)
{
        if (!t->sheet.p)
                return TEXT_ABSENT;
        return text_format(a, "%s%lld", xlsx_column_name(a, column).p, (long long)line);
}

struct text table_fault_at(const struct table *t, int64_t line, size_t column)
{
        size_t from = 0, until = t->n_faults;

        while (from < until) {
                size_t middle = from + (until - from) / 2;
                const struct table_fault *f = &t->fault[middle];
                if (f->line < line || (f->line == line && f->column < column))
                        from = middle + 1;
                else
                        until = middle;
        }
        if (from < t->n_faults && t->fault[from].line == line && t->fault[from].column == column)
                return t->fault[from].value;
        return TEXT_ABSENT;
}

/* ---- through a page ---- */

/* A byte order mark in front keeps a leading tab from being trimmed away on the way back. */
struct text table_travel(struct arena *a, struct text file)
{
        struct out o = out_new(a, 16);

        if (xlsx_is(file)) {
                out_c(&o, CARRIED);
                out_text(&o, base64url_encode(a, file.p, file.n));
                return out_get(&o);
        }
        if (!text_starts(file, "\xef\xbb\xbf"))
                out_c(&o, "\xef\xbb\xbf");
        out_text(&o, file);
        return out_get(&o);
}

bool table_arrive(struct arena *a, struct text carried, struct text *file)
{
        size_t n = strlen(CARRIED);

        *file = carried;
        if (!text_starts(carried, CARRIED))
                return true;
        return base64url_decode(a, text_trim((struct text) {carried.p + n, carried.n - n}), file);
}
