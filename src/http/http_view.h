/* What http_error.html shows. Sentences are in the reader's language already. */
#ifndef TELEMACHUS_HTTP_HTTP_VIEW_H
#define TELEMACHUS_HTTP_HTTP_VIEW_H

#include "http/form.h"

struct http_typed { size_t n; const struct form_input *row; };

struct http_error_view {
        const char *what;
        struct text place;              /* data; absent: not shown */
        const char *next;               /* NULL: nothing to advise */
        struct text id;                 /* of the request, to quote when asking for help */
        bool show_id;
        const char *home;
        struct http_typed typed;        /* by the person, to be sent again; none: nothing to keep */
        struct text action;             /* where to */
};

#endif
