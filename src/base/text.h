/*
 * Text that came from outside or from the database: a pointer and a length, UTF-8, zero-terminated as well when made by
 * the functions here.  It is a type of its own so that a page escapes it; our own sentences are plain const char *.
 *
 * Wrong place? Growing text: base/out.h.  Escaping for HTML: html/html.h.
 */
#ifndef TELEMACHUS_BASE_TEXT_H
#define TELEMACHUS_BASE_TEXT_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

struct text {
        const char *p;          /* NULL: absent (SQL NULL) */
        size_t n;
};

#define TEXT(literal) ((struct text) {.p = ("" literal), .n = sizeof(literal) - 1})
#define TEXT_ABSENT ((struct text) {0})

/* A view of a C string (NULL gives absent); nothing is copied. */
struct text text_of(const char *s);
struct text text_copy(struct arena *a, struct text t);
[[gnu::format(printf, 2, 3)]] struct text text_format(struct arena *a, const char *format, ...);

/* A zero-terminated copy for C interfaces; "" when absent. */
const char *text_c(struct arena *a, struct text t);

bool text_is(struct text t, const char *s);
bool text_equal(struct text a, struct text b);
bool text_starts(struct text t, const char *prefix);
int text_compare(struct text a, struct text b);
static inline bool text_empty(struct text t) { return t.n == 0; }

/* Without white space at both ends; a view. */
struct text text_trim(struct text t);

/* Folded for comparison whatever the language (Unicode case folding, composed): what is written to *_key columns. */
struct text text_fold(struct arena *a, struct text t);

bool text_is_utf8(struct text t);

/* Splits at the first separator: the part before is returned, *rest is what follows (absent at the end). Views. */
struct text text_cut(struct text t, char separator, struct text *rest);

/* A whole decimal number, or false. No white space, no overflow. */
bool text_int(struct text t, int64_t *out);

/* The first word of a name etc. must be UTF-8 safe: at most max characters, never half of one; a view. */
struct text text_first_chars(struct text t, size_t max);

#endif
