/*
 * Workbooks as Excel, LibreOffice and their kin write them (Office Open XML): one sheet as rows.
 *
 * Wrong place? Whoever takes tables from people asks table.h, which also reads CSV.
 */
#ifndef TELEMACHUS_OS_XLSX_H
#define TELEMACHUS_OS_XLSX_H

#include "os/table.h"

/* Does it begin as a ZIP archive? */
bool xlsx_is(struct text file);
struct err xlsx_read(struct arena *a, struct text file, const struct table_wanted *wanted, struct table *out);

/* ---- pure, in xlsx_value.c ---- */

/* "C" in "C7" is 2; -1 for what is no cell's name. line may be NULL. */
int64_t xlsx_column(const char *cell, int64_t *line);
struct text xlsx_column_name(struct arena *a, size_t column);

/* What a number format shows: from its id, or the code of one that the workbook defines (NULL: none). */
enum xlsx_shown { XLSX_NUMBER, XLSX_DATE, XLSX_HOURS };         /* hours: counted on beyond a day */
enum xlsx_shown xlsx_shown(int64_t format, const char *code);
/* A day count as a date, a time or both; the number as it is when it is no date. from_1904: the other way of counting. */
struct text xlsx_date(struct arena *a, double serial, bool from_1904);
struct text xlsx_hours(struct arena *a, double days);           /* "26:05" */
/* 351210000000, 0.3: without exponents, without what binary fractions add. */
struct text xlsx_number(struct arena *a, const char *digits);
/* "_x000D_" stands for a character that XML does not hold. */
struct text xlsx_plain(struct arena *a, struct text t);

#endif
