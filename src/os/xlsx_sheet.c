/* The rows of one sheet. */
#include "os/xlsx_parts.h"

#include <stdlib.h>
#include <string.h>

enum { CELLS_MOST = 20000000 };         /* that are named at all, empty ones too */

enum cell_kind { CELL_NUMBER, CELL_SHARED, CELL_WORDS, CELL_TRUTH, CELL_ERROR, CELL_ISO };

struct reading {
        struct xlsx_book *b;
        const struct xlsx_rows *wanted;
        struct table *out;
        size_t rows_room, faults_room;
        struct table_fault *fault;
        struct text *cell;              /* of this row */
        size_t n;                       /* one behind its last cell that is not empty */
        int64_t line, column, cells;    /* the row's number; where the next cell is; how many there were */
        bool in_data, in_row, in_cell, in_value, in_formula, odd;
        int in_reading;
        enum cell_kind kind;
        size_t style;
        struct out value;
        struct err refused;
};

static void refuse(struct reading *x, struct err e)
{
        x->refused = e;
        xml_stop(x->b->xml);
}

/* ---- a cell ---- */

static enum cell_kind kind_of(const char *t)
{
        static const struct { const char *word; enum cell_kind kind; } kinds[] = {
                {"s", CELL_SHARED}, {"str", CELL_WORDS}, {"inlineStr", CELL_WORDS}, {"b", CELL_TRUTH}, {"e", CELL_ERROR}, {"d", CELL_ISO}};

        for (size_t i = 0; t && i < sizeof kinds / sizeof kinds[0]; i++)
                if (strcmp(t, kinds[i].word) == 0)
                        return kinds[i].kind;
        return CELL_NUMBER;
}

static void open_cell(struct reading *x, const char **at)
{
        const char *name = xml_attribute(at, "r"), *style = xml_attribute(at, "s");
        int64_t column = name ? xlsx_column(name, NULL) : x->column;

        if (column < x->column) {
                refuse(x, xlsx_damaged());
                return;
        }
        if (++x->cells > CELLS_MOST) {
                refuse(x, FAIL(ERR_LIMIT, "The sheet has too many cells", "Copy the table alone into a new workbook"));
                return;
        }
        x->column = column;
        x->kind = kind_of(xml_attribute(at, "t"));
        x->style = style ? strtoul(style, NULL, 10) : 0;
        x->value.n = 0;
        x->in_cell = true;
        x->in_formula = false;
}

static struct text words(struct reading *x, struct text raw)
{
        return memmem(raw.p, raw.n, "_x", 2) ? xlsx_plain(x->b->a, raw) : text_copy(x->b->a, raw);
}

static struct text shared(struct reading *x, struct text raw)
{
        int64_t i;

        if (text_int(raw, &i) && i >= 0 && (uint64_t)i < x->b->n_strings)
                return x->b->string[i];
        refuse(x, xlsx_damaged());
        return TEXT_ABSENT;
}

static struct text number(struct reading *x, struct text raw)
{
        char *end;
        enum xlsx_shown shown = x->style < x->b->n_styles ? x->b->style[x->style] : XLSX_NUMBER;
        double v = strtod(raw.p, &end);

        if (shown == XLSX_NUMBER || end == raw.p || *end)
                return xlsx_number(x->b->a, raw.p);
        return shown == XLSX_HOURS ? xlsx_hours(x->b->a, v) : xlsx_date(x->b->a, v, x->b->from_1904);
}

/* "2026-11-28T00:00:00" is a day; with a time it is read as one is written here. */
static struct text iso(struct reading *x, struct text raw)
{
        struct text time, day = text_cut(raw, 'T', &time);

        if (text_empty(time) || text_starts(time, "00:00:00"))
                return text_copy(x->b->a, day);
        return text_format(x->b->a, "%.*s %.5s", (int)day.n, day.p, text_c(x->b->a, time));
}

static void note_fault(struct reading *x, struct text value)
{
        struct table *t = x->out;

        if (t->n_faults == x->faults_room) {
                struct table_fault *more = arena_array(x->b->a, struct table_fault, x->faults_room * 2 + 16);
                if (t->n_faults)
                        memcpy(more, x->fault, t->n_faults * sizeof *more);
                t->fault = x->fault = more;
                x->faults_room = x->faults_room * 2 + 16;
        }
        x->fault[t->n_faults++] = (struct table_fault) {x->line, (size_t)x->column, text_copy(x->b->a, value)};
}

static struct text value_of(struct reading *x, struct text raw)
{
        switch (x->kind) {
        case CELL_SHARED: return shared(x, raw);
        case CELL_WORDS: return words(x, raw);
        case CELL_TRUTH: return text_is(raw, "1") || text_is(raw, "true") ? TEXT("TRUE") : TEXT("FALSE");
        case CELL_ERROR: note_fault(x, raw); return TEXT("");
        case CELL_ISO: return iso(x, raw);
        case CELL_NUMBER: return number(x, raw);
        }
        must(!"a kind outside its enum");
}

/* White space alone is as good as empty: a cell far to the right that somebody pressed the space bar in. */
static void close_cell(struct reading *x)
{
        struct text raw = out_get(&x->value);
        bool whatever = x->kind == CELL_ERROR;

        x->in_cell = false;
        if (x->in_formula && raw.n == 0 && x->kind == CELL_NUMBER) {
                raw = TABLE_NO_RESULT;
                x->kind = CELL_ERROR;
                whatever = true;
        }
        if (raw.n) {
                size_t column = (size_t)x->column;
                if (column >= x->wanted->columns) {
                        if (whatever || !text_empty(text_trim(value_of(x, raw))))
                                x->odd = true;
                } else {
                        x->cell[column] = value_of(x, raw);
                        if (whatever || !text_empty(text_trim(x->cell[column])))
                                x->n = column + 1;
                }
        }
        x->column++;
}

/* ---- a row ---- */

static void open_row(struct reading *x, const char **at)
{
        const char *r = xml_attribute(at, "r");
        int64_t line = x->line + 1;

        if (r && (!text_int(text_of(r), &line) || line <= x->line)) {
                refuse(x, xlsx_damaged());
                return;
        }
        x->line = line;
        x->column = 0;
        x->n = 0;
        memset(x->cell, 0, x->wanted->columns * sizeof *x->cell);
        x->odd = false;
        x->in_row = true;
}

static void keep_row(struct reading *x)
{
        struct csv *csv = &x->out->csv;
        struct text *cell = arena_array(x->b->a, struct text, x->n);

        memcpy(cell, x->cell, x->n * sizeof *cell);
        for (size_t i = 0; i < x->n; i++)
                if (!cell[i].p)
                        cell[i] = TEXT("");
        if (csv->n == x->rows_room) {
                struct csv_row *more = arena_array(x->b->a, struct csv_row, x->rows_room * 2 + 64);
                if (csv->n)
                        memcpy(more, csv->row, csv->n * sizeof *more);
                csv->row = more;
                x->rows_room = x->rows_room * 2 + 64;
        }
        csv->row[csv->n++] = (struct csv_row) {.line = x->line, .n = x->n, .cell = cell};
}

static void close_row(struct reading *x)
{
        x->in_row = false;
        if (x->odd && !x->wanted->head_only) {
                refuse(x, FAIL_AT(ERR_LIMIT, "The sheet has too many columns", text_format(x->b->a, "line %lld", (long long)x->line).p,
                                  "Leave out the ones that are not needed"));
                return;
        }
        if (x->n == 0)
                return;
        if (x->out->csv.n == x->wanted->rows) {
                if (!x->wanted->head_only)
                        x->refused = FAIL(ERR_LIMIT, "The table has too many rows", "Split it into smaller ones");
                xml_stop(x->b->xml);
                return;
        }
        keep_row(x);
}

/* ---- hooks ---- */

static void on_open(void *ctx, const char *name, const char **at)
{
        struct reading *x = ctx;

        if (strcmp(name, "sheetData") == 0)
                x->in_data = true;
        else if (x->in_data && !x->in_row && strcmp(name, "row") == 0)
                open_row(x, at);
        else if (x->in_row && !x->in_cell && strcmp(name, "c") == 0)
                open_cell(x, at);
        else if (x->in_cell && strcmp(name, "rPh") == 0)
                x->in_reading++;
        else if (x->in_cell && strcmp(name, "f") == 0)
                x->in_formula = true;
        else if (x->in_cell && x->in_reading == 0 && (strcmp(name, "v") == 0 || strcmp(name, "t") == 0))
                x->in_value = true;
}

static void on_close(void *ctx, const char *name)
{
        struct reading *x = ctx;

        x->in_value = false;
        if (x->in_cell && strcmp(name, "rPh") == 0)
                x->in_reading--;
        else if (x->in_cell && strcmp(name, "c") == 0)
                close_cell(x);
        else if (x->in_row && strcmp(name, "row") == 0)
                close_row(x);
        else if (strcmp(name, "sheetData") == 0)
                x->in_data = false;
}

static void on_text(void *ctx, const char *p, size_t n)
{
        struct reading *x = ctx;

        if (x->in_value)
                out_bytes(&x->value, p, n);
}

struct err xlsx_sheet_rows(struct xlsx_book *b, const struct xlsx_sheet *sheet, const struct xlsx_rows *wanted, struct table *out)
{
        static const struct xml_hooks hooks = {on_open, on_close, on_text};
        struct reading x = {.b = b, .wanted = wanted, .out = out, .cell = arena_array(b->a, struct text, wanted->columns + 1),
                            .value = out_new(b->a, 256)};
        bool found = false;

        *out = (struct table) {.sheet = text_of(sheet->name ? sheet->name : ""), .csv.separator = ','};
        if (!sheet->path)
                return OK;
        struct err e = xlsx_part(b, sheet->path, XLSX_SHEET_MOST, &hooks, &x, &found);
        if (failed(x.refused))
                return x.refused;
        if (wanted->head_only && out->csv.n == wanted->rows)
                return OK;
        return e;
}
