/* A field with everything worked out, as html_field.html writes it. Only html_field.c makes one. */
#ifndef TELEMACHUS_HTML_FIELD_H
#define TELEMACHUS_HTML_FIELD_H

#include "html/html.h"

struct html_field_view {
        const struct html_field *f;
        const char *id;                 /* its name, or name-2 where a second form of the page has it too */
        const char *type;               /* of the <input> */
        struct text value;              /* what was typed, or what stood there */
        struct text described;          /* ids for aria-describedby */
        const char *error;              /* in the reader's language; NULL: none */
        bool on;                        /* a checkbox that is ticked */
        bool *chosen;                   /* per option */
};

struct html_errors_item { const char *field, *label, *what; };
struct html_errors_view {
        size_t n;
        struct html_errors_item *row;
        const char *what, *next;        /* of the whole form; NULL: none */
};

#endif
