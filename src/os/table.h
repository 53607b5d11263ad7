/*
 * A table as people send it: CSV, or the sheet of a workbook (XLSX) that has the headings.  Both come out as the same rows, so
 * that who reads them need not know which it was.
 *
 * Of a workbook the values are read that its program saw last: formulas by their result, dates as 2026-11-28, times as 18:30,
 * truth as TRUE and FALSE.  A cell in which the program saw an error (#REF!) is empty and noted as a fault.
 *
 * Refuses a workbook that is sealed, that swells out of proportion when it is unpacked, or that holds more than it is asked for.
 *
 * Wrong place? Only text: base/csv.h.  Writing a workbook: print/print.h.
 */
#ifndef TELEMACHUS_OS_TABLE_H
#define TELEMACHUS_OS_TABLE_H

#include "base/csv.h"

/* The value of a fault where a formula stands that no program has reckoned yet. */
#define TABLE_NO_RESULT TEXT("=")
struct table_fault { int64_t line; size_t column; struct text value; };        /* column from 0 */

struct table {
        struct csv csv;                 /* the first row has the headings; line is the row's number in the sheet */
        struct text sheet;              /* its name; absent: it was CSV */
        size_t n_faults;
        const struct table_fault *fault;        /* ascending by line and column */
};

struct table_wanted {
        size_t rows, columns;           /* at most, the headings' row included */
        /* How many headings of a row are known: the sheet and the row with the most are taken. NULL: the first of each. */
        size_t (*known)(void *ctx, const struct csv_row *row);
        void *ctx;
};

/* Invalid or limit with what is wrong and where, as csv_parse(). Everything lives in a; nothing of file is kept but by CSV. */
struct err table_read(struct arena *a, struct text file, const struct table_wanted *wanted, struct table *out);

/* The cell's name in a sheet, like "C7"; absent for CSV. column from 0. */
struct text table_cell(struct arena *a, const struct table *t, int64_t line, size_t column);
/* The error that stands in a cell; absent if there is none. */
struct text table_fault_at(const struct table *t, int64_t line, size_t column);

/*
 * A file as text that a page's hidden field carries to the next step and back, byte for byte. table_arrive() gives false for
 * what table_travel() has not made.
 */
struct text table_travel(struct arena *a, struct text file);
bool table_arrive(struct arena *a, struct text carried, struct text *file);

#endif
