/*
 * Lines and fields of a comma-separated file (RFC 4180), for files of a gigabyte: fields are views
 * of the text.  Private to matching_files.
 */
#ifndef TELEMACHUS_MATCHING_CSV_H
#define TELEMACHUS_MATCHING_CSV_H

#include "base/err.h"
#include "matching/matching_files.h"

struct matching_csv {
        struct text t;
        size_t at;
        int64_t line;           /* from 1 */
        int column;             /* of the field read last, from 1 */
        bool ended;             /* the field read last was the last of its line */
        const char *file;
        struct arena *a;
};

/* A byte order mark is skipped. */
struct matching_csv matching_csv_new(struct text t, const char *file, struct arena *a);

/* The header is optional: skips a first line whose first field is this name. */
void matching_csv_header(struct matching_csv *c, const char *first);

/* To the next line that is not empty; false at the end of the file. */
bool matching_csv_line(struct matching_csv *c);

/* The next field of this line, without white space around it. */
struct err matching_csv_field(struct matching_csv *c, struct text *field);

/* Refuses what follows the last column. */
struct err matching_csv_end(struct matching_csv *c);

/* An error with the place where the reading is. */
struct err matching_csv_wrong(const struct matching_csv *c, const char *what, const char *next);

#endif
