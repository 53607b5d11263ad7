/* Between the files of the workbook's reader only. */
#ifndef TELEMACHUS_OS_XLSX_PARTS_H
#define TELEMACHUS_OS_XLSX_PARTS_H

#include "os/xlsx.h"
#include "os/xml.h"
#include "os/zip.h"

enum {
        XLSX_PARTS_MOST = 8 << 20,     /* bytes of the small parts: the list of sheets, the styles */
        XLSX_STRINGS_MOST = 128 << 20, XLSX_SHEET_MOST = 512 << 20,
        XLSX_SHEETS = 50, XLSX_STYLES = 65536, XLSX_FORMATS = 4096, XLSX_HEAD_ROWS = 20,
};

struct xlsx_sheet { const char *name, *relation, *path; bool hidden; };
struct xlsx_format { int64_t id; const char *code; };

struct xlsx_book {
        struct arena *a;
        struct zip_in *zip;
        struct xml *xml;                /* of the part that is being read, so that it is freed whatever happens */
        const char *path;               /* of the workbook's own part, and of what belongs to it */
        struct text strings_path, styles_path;
        bool from_1904;
        size_t n_sheets;
        struct xlsx_sheet sheet[XLSX_SHEETS];
        size_t n_strings, strings_room;
        struct text *string;
        size_t n_formats;
        struct xlsx_format *format;
        size_t n_styles;
        enum xlsx_shown *style;         /* of cell style i */
};

/* Reads one part with hooks; ctx goes to them. *found false if the archive has none of that name. */
struct err xlsx_part(struct xlsx_book *b, const char *path, size_t most, const struct xml_hooks *hooks, void *ctx, bool *found);
/* What cannot be a workbook's, whoever wrote it. */
struct err xlsx_damaged(void);

/* xlsx_book.c: sheets, styles and shared words. */
struct err xlsx_open(struct xlsx_book *b);

/* xlsx_sheet.c: rows of one sheet; with few rows wanted it stops behind them. Limit if all are wanted and there are more. */
struct xlsx_rows { size_t rows, columns; bool head_only; };
struct err xlsx_sheet_rows(struct xlsx_book *b, const struct xlsx_sheet *sheet, const struct xlsx_rows *wanted, struct table *out);

#endif
