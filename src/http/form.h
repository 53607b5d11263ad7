/*
 * Forms as data: a declared list of typed, bounded fields that fills a struct.  What does not fit
 * is reported per field, and the page comes back with everything that was typed.  Fields the form
 * does not declare are refused.
 */
#ifndef TELEMACHUS_HTTP_FORM_H
#define TELEMACHUS_HTTP_FORM_H

#include "base/err.h"
#include "base/text.h"

#include <stddef.h>

enum field_kind {
        FIELD_TEXT,             /* one line; struct text */
        FIELD_LINES,            /* several lines; struct text */
        FIELD_EMAIL,            /* struct text, folded to lower case in the domain */
        FIELD_INT,              /* int64_t within min..max */
        FIELD_ID,               /* int64_t */
        FIELD_BOOL,             /* bool: present and not "0" */
        FIELD_DAY,              /* int64_t day number; "2026-11-23" */
        FIELD_CLOCK,            /* int64_t minutes after midnight; "18:30" */
        FIELD_CHOICE,           /* struct text, one of choices */
        FIELD_ZONE,             /* struct text, a zone that tzdata knows */
        FIELD_IDS,              /* struct field_ids, repeated values */
        FIELD_FILE,             /* struct text, the bytes (multipart) */
};

struct field_ids { size_t n; int64_t *row; };

struct field {
        const char *name;
        enum field_kind kind;
        size_t offset;                  /* offsetof(struct, member) */
        bool required;
        /* characters for text (max 0: 200 for a line, 10,000 for lines), value for int */
        int64_t min, max;
        const char *const *choices;     /* NULL-terminated */
        const char *label;              /* catalogue key, for error messages */
};

struct form {
        const char *name;
        size_t size;                    /* of the struct */
        const struct field *fields;
        size_t n;
};

#define FORM_OF(var, type, ...)                                                                    \
        static const struct field var##_fields[] = {__VA_ARGS__};                                  \
        static const struct form var = {#var, sizeof(type), var##_fields,                          \
                                        sizeof var##_fields / sizeof var##_fields[0]}

struct form_input { struct text name, value; };         /* one pair as the client sent it */

struct form_echo {
        size_t n;
        struct form_input *row;                         /* as typed */
        size_t n_errors;
        /* what: catalogue key */
        struct { const char *field; const char *what; const char *label; } error[32];
        /* the whole form's, when a verb refused it */
        struct err err;
};

/*
 * What was not sent: absent for text, -1 for FIELD_CLOCK, 0 or false otherwise.  Text that was sent
 * empty is empty, not absent. Text comes trimmed, with line ends as \n.
 */
/*
 * Pure: from pairs to the struct. Invalid with every field's error in *echo; echo always holds what
 * was typed.
 */
struct err form_fill(struct arena *a, const struct form *form, const struct form_input *in,
                     size_t n, void *out, struct form_echo *echo);
/* absent if it was not typed */
struct text form_typed(const struct form_echo *echo, const char *name);
/* NULL if it was fine */
const char *form_error(const struct form_echo *echo, const char *name);

/*
 * Parses application/x-www-form-urlencoded; limit if there are more than 1,000 pairs; invalid if
 * not UTF-8 or with NUL.
 */
struct err form_parse_urlencoded(struct arena *a, struct text body, struct form_input **out,
                                 size_t *n);

/*
 * The same for multipart/form-data; type is the whole Content-Type with its boundary. Files may
 * hold any bytes; values are views.
 */
struct err form_parse_multipart(struct arena *a, struct text type, struct text body,
                                struct form_input **out, size_t *n);

/* %41 and (if plus) + undone; absent when the result is not UTF-8 or holds NUL. */
struct text form_decode(struct arena *a, struct text encoded, bool plus);

#endif
