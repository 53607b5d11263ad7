/*
 * Things to keep on paper or to reckon on with: a certificate as PDF, tables as a workbook. From plain values; who may have them
 * is asked by the rooms.
 *
 * Wrong place? Pages and letters: html/, mail/.  CSV: base/csv.h.
 */
#ifndef TELEMACHUS_PRINT_PRINT_H
#define TELEMACHUS_PRINT_PRINT_H

#include "base/err.h"
#include "base/text.h"
#include "html/messages.h"

/* ---- a workbook (XLSX) ---- */

struct print_cell { enum { PRINT_NOTHING, PRINT_WORDS, PRINT_NUMBER, PRINT_SHARE, PRINT_COUNT } kind; struct text words; double number; };
struct print_column { struct text title; int width; };          /* width in characters */
struct print_table {
        struct text name;               /* of the sheet: at most 31 characters, none of []:*?/\ */
        size_t n_columns, n_rows;
        const struct print_column *column;
        const struct print_cell *cell;  /* row by row */
};
struct print_workbook { struct text title, author; int64_t now; size_t n; const struct print_table *table; };

/* Words never become formulas. folder: ours, for a file that is gone afterwards. Failed if the disk is full. */
struct err print_workbook(struct arena *a, const char *folder, const struct print_workbook *w, struct text *out);

/* ---- a certificate (PDF, A4 landscape) ---- */

/* Everything in the language of the sheet but names, which may be in any script. */
struct print_certificate {
        enum locale locale;
        struct text title;              /* of the document: what a reader's window says */
        struct text programme;          /* set above, as a heading */
        struct text heading;            /* "Certificate" */
        struct text lead;               /* the line above the name */
        struct text name;
        struct text done[3];            /* what was done: one to three lines; absent: none */
        struct text signer, signer_role, sponsor, sponsor_role;         /* sponsor absent: one signature */
        struct text place_date;
        struct text verify, code;       /* "Check it at ...", and the code on its own */
        int64_t now;                    /* of making, for the file's own date */
};
struct err print_certificate(struct arena *a, const struct print_certificate *c, struct text *out);

#endif
