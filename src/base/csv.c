#include "base/csv.h"

#include <string.h>

struct reader {
        struct arena *a;
        struct text t;
        size_t at;
        int64_t line;
        char separator;
};

static bool ended(const struct reader *r) { return r->at >= r->t.n; }
static char here(const struct reader *r) { return ended(r) ? 0 : r->t.p[r->at]; }
static bool at_line_end(const struct reader *r) { return ended(r) || here(r) == '\n' ||
        here(r) == '\r'; }
static bool at_cell_end(const struct reader *r) { return at_line_end(r) ||
        here(r) == r->separator; }

static const char *place(const struct reader *r, int64_t line, size_t column)
{
        return text_format(r->a, "line %lld, column %zu", (long long)line, column).p;
}

/* The separator that the first line has most of, outside quotes; a comma where there is none. */
static char guess_separator(struct text t)
{
        static const char candidates[] = ",;\t";
        size_t n[3] = {0};
        size_t best = 0;
        bool quoted = false;

        for (size_t i = 0; i < t.n && (quoted || (t.p[i] != '\n' && t.p[i] != '\r')); i++) {
                const char *c = t.p[i] ? strchr(candidates, t.p[i]) : NULL;
                quoted ^= t.p[i] == '"';
                if (c && !quoted)
                        n[c - candidates]++;
        }
        for (size_t i = 1; i < 3; i++)
                if (n[i] > n[best])
                        best = i;
        return candidates[best];
}

/* CRLF, LF and a lone CR each end a line. */
static void skip_line_end(struct reader *r)
{
        if (here(r) == '\r')
                r->at++;
        if (here(r) == '\n' && r->at < r->t.n)
                r->at++;
        r->line++;
}

static struct text plain_cell(struct reader *r)
{
        size_t from = r->at;

        while (!at_cell_end(r))
                r->at++;
        return (struct text) {r->t.p + from, r->at - from};
}

/* Behind the opening quote; "" inside stands for one quote. False when the file ends first. */
static bool quoted_cell(struct reader *r, struct text *cell)
{
        struct out o = out_new(r->a, 64);

        while (!ended(r)) {
                char c = r->t.p[r->at++];
                if (c == '"' && here(r) != '"') {
                        *cell = out_get(&o);
                        return true;
                }
                if (c == '"')
                        r->at++;
                r->line += c == '\n' || (c == '\r' && here(r) != '\n');
                out_char(&o, c);
        }
        return false;
}

static struct err read_cell(struct reader *r, size_t column, struct text *cell)
{
        int64_t line = r->line;

        if (here(r) != '"') {
                *cell = plain_cell(r);
        } else {
                r->at++;
                if (!quoted_cell(r, cell))
                        return FAIL_AT(ERR_INVALID,
                         "A quotation mark is opened here and never closed", place(r, line, column),
                                       "Close it, or save the table anew as CSV");
                if (!at_cell_end(r))
                        return FAIL_AT(ERR_INVALID, "Something follows a closing quotation mark",
                                       place(r, line, column),
                                       "Save the table anew as CSV");
        }
        if (cell->n && memchr(cell->p, 0, cell->n))
                return FAIL_AT(ERR_INVALID, "This is no text", place(r, line, column),
                               "Save the table as CSV, not as a spreadsheet");
        if (!text_is_utf8(*cell))
                return FAIL_AT(ERR_INVALID, "This is not written in UTF-8", place(r, line, column),
                               "Save the table as CSV with the character set UTF-8");
        return OK;
}

static size_t count_separators(const struct reader *r)
{
        size_t n = 0;

        for (size_t i = r->at; i < r->t.n && r->t.p[i] != '\n' && r->t.p[i] != '\r'; i++)
                n += r->t.p[i] == r->separator;
        return n;
}

/* A row may be longer than its first line promises, when a quoted cell holds a line break. */
static struct err read_row(struct reader *r, struct csv_row *row)
{
        size_t room = count_separators(r) + 1;

        *row = (struct csv_row) {.line = r->line, .cell = arena_array(r->a, struct text, room)};
        for (;;) {
                if (row->n == room) {
                        struct text *more = arena_array(r->a, struct text, room * 2);
                        memcpy(more, row->cell, row->n * sizeof *more);
                        row->cell = more;
                        room *= 2;
                }
                TRY(read_cell(r, row->n + 1, &row->cell[row->n]));
                row->n++;
                if (here(r) != r->separator || ended(r))
                        return OK;
                r->at++;
        }
}

static size_t count_lines(struct text t)
{
        size_t n = 1;

        for (size_t i = 0; i < t.n; i++)
                n += t.p[i] == '\n' || t.p[i] == '\r';
        return n;
}

struct err csv_parse(struct arena *a, struct text file, size_t max_rows, struct csv *out)
{
        struct reader r = {.a = a, .t = file, .line = 1};
        size_t room = count_lines(file);

        if (text_starts(file, "\xef\xbb\xbf"))
                r.at = 3;
        r.separator = guess_separator((struct text) {file.p + r.at, file.n - r.at});
        if (room > max_rows + 1)
                room = max_rows + 1;
        *out = (struct csv) {.separator = r.separator, .row = arena_array(a, struct csv_row, room)};
        while (!ended(&r)) {
                if (at_line_end(&r)) {
                        skip_line_end(&r);
                        continue;
                }
                if (out->n == max_rows)
                        return FAIL(ERR_LIMIT, "The table has too many rows",
                                    "Split it into smaller ones");
                TRY(read_row(&r, &out->row[out->n++]));
                if (!ended(&r))
                        skip_line_end(&r);
        }
        return OK;
}

/* What a spreadsheet would run as a formula. */
static bool is_formula(struct text t) { return t.n && strchr("=+-@\t\r", t.p[0]) != NULL &&
        t.p[0]; }

void csv_cell(struct out *o, struct text t, bool first)
{
        /* A byte order mark in front would be taken for the file's own. */
        bool quote = is_formula(t) || (t.n >= 3 && memcmp(t.p, "\xef\xbb\xbf", 3) == 0);

        for (size_t i = 0; i < t.n && !quote; i++)
                quote = t.p[i] && strchr(",;\t\"\r\n", t.p[i]);
        if (!first)
                out_char(o, ',');
        if (!quote) {
                out_text(o, t);
                return;
        }
        out_c(o, is_formula(t) ? "\"'" : "\"");
        for (size_t i = 0; i < t.n; i++) {
                if (t.p[i] == '"')
                        out_char(o, '"');
                out_char(o, t.p[i]);
        }
        out_char(o, '"');
}
