/*
 * CSV as people really send it: RFC 4180, comma, semicolon or tab (guessed from the first line),
 * BOM, CRLF.  Pure.
 */
#ifndef TELEMACHUS_BASE_CSV_H
#define TELEMACHUS_BASE_CSV_H

#include "base/err.h"
#include "base/out.h"

/* line in the file where the row starts, from 1 */
struct csv_row { int64_t line; size_t n; struct text *cell; };
struct csv { size_t n; struct csv_row *row; char separator; };

/*
 * Invalid with place "line N, column M" for an unclosed quote, text after a closing quote, NUL or
 * no UTF-8. Limit: max_rows.
 */
struct err csv_parse(struct arena *a, struct text file, size_t max_rows, struct csv *out);

/*
 * One cell, quoted where needed; a leading = + - @ gets an apostrophe, so that no spreadsheet runs
 * it.
 */
void csv_cell(struct out *o, struct text t, bool first);

#endif
