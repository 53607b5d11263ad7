/* What http_error.html shows. Sentences are in the reader's language already. */
#ifndef TELEMACHUS_HTTP_HTTP_VIEW_H
#define TELEMACHUS_HTTP_HTTP_VIEW_H

#include "base/text.h"

struct http_error_view {
        const char *what;
        struct text place;              /* data; absent: not shown */
        const char *next;               /* NULL: nothing to advise */
        struct text id;                 /* of the request, to quote when asking for help */
        bool show_id;
        const char *home;
};

#endif
