/* Tables as a workbook, by libxlsxwriter. Numbers are numbers, shares are per cent, the head stays in sight and can be filtered. */
#include "print/print.h"

#include "os/file.h"
#include "os/random.h"

#include <time.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum { MOST_BYTES = 64 << 20 };

struct formats { lxw_format *head, *words, *number, *share, *count; };

static struct formats make_formats(lxw_workbook *book)
{
        struct formats f = {workbook_add_format(book), workbook_add_format(book), workbook_add_format(book), workbook_add_format(book),
                            workbook_add_format(book)};
        lxw_format *of[] = {f.head, f.words, f.number, f.share, f.count};

        for (size_t i = 0; i < sizeof of / sizeof of[0]; i++) {
                format_set_align(of[i], LXW_ALIGN_VERTICAL_TOP);
                format_set_text_wrap(of[i]);
        }
        format_set_bold(f.head);
        format_set_bottom(f.head, LXW_BORDER_THIN);
        format_set_num_format(f.number, "0.0");
        format_set_num_format(f.share, "0%");
        format_set_num_format(f.count, "#,##0");
        return f;
}

static void write_cell(lxw_worksheet *sheet, const struct formats *f, lxw_row_t row, lxw_col_t column, struct arena *a, const struct print_cell *c)
{
        switch (c->kind) {
        case PRINT_NOTHING: worksheet_write_blank(sheet, row, column, f->words); break;
        case PRINT_WORDS: worksheet_write_string(sheet, row, column, text_c(a, c->words), f->words); break;
        case PRINT_NUMBER: worksheet_write_number(sheet, row, column, c->number, f->number); break;
        case PRINT_SHARE: worksheet_write_number(sheet, row, column, c->number, f->share); break;
        case PRINT_COUNT: worksheet_write_number(sheet, row, column, c->number, f->count); break;
        }
}

static void write_table(struct arena *a, lxw_workbook *book, const struct formats *f, const struct print_table *t)
{
        lxw_worksheet *sheet = workbook_add_worksheet(book, text_c(a, t->name));

        must(sheet);
        for (size_t i = 0; i < t->n_columns; i++) {
                lxw_col_t column = (lxw_col_t)i;
                worksheet_set_column(sheet, column, column, t->column[i].width, NULL);
                worksheet_write_string(sheet, 0, column, text_c(a, t->column[i].title), f->head);
        }
        for (size_t r = 0; r < t->n_rows; r++)
                for (size_t i = 0; i < t->n_columns; i++)
                        write_cell(sheet, f, (lxw_row_t)r + 1, (lxw_col_t)i, a, &t->cell[r * t->n_columns + i]);
        worksheet_freeze_panes(sheet, 1, 0);
        if (t->n_rows)
                worksheet_autofilter(sheet, 0, 0, (lxw_row_t)t->n_rows, (lxw_col_t)(t->n_columns - 1));
        worksheet_set_landscape(sheet);
        worksheet_fit_to_pages(sheet, 1, 0);
        worksheet_repeat_rows(sheet, 0, 0);
}

/* The library wants strings that it might write to, though it does not. */
static char *own(struct arena *a, struct text t)
{
        char *s = arena_array(a, char, t.n + 1);

        for (size_t i = 0; i < t.n; i++)
                s[i] = t.p[i];
        return s;
}

struct err print_workbook(struct arena *a, const char *folder, const struct print_workbook *w, struct text *out)
{
        struct text path = text_format(a, "%s/workbook-%lld.tmp", folder, (long long)random_id());
        lxw_workbook_options options = {.tmpdir = own(a, text_of(folder))};
        lxw_workbook *book = workbook_new_opt(path.p, &options);
        lxw_doc_properties about = {.title = own(a, w->title), .author = own(a, w->author), .created = (time_t)w->now};

        if (!book)
                return FAIL(ERR_BROKEN, "The workbook could not be made", "Look at the log");
        struct formats formats = make_formats(book);
        for (size_t i = 0; i < w->n; i++)
                write_table(a, book, &formats, &w->table[i]);
        workbook_set_properties(book, &about);
        lxw_error e = workbook_close(book);
        struct err read = e == LXW_NO_ERROR ? file_read(a, path.p, MOST_BYTES, out)
                                            : FAIL(ERR_BROKEN, "The workbook could not be written", "Look whether the disk is full");
        unlink(path.p);
        return read;
}
