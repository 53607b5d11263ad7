/* What the letters about a partner's doing are given (journeys_tell.mail). */
#ifndef TELEMACHUS_JOURNEYS_JOURNEYS_TELL_H
#define TELEMACHUS_JOURNEYS_JOURNEYS_TELL_H

#include "html/html.h"
#include "html/letter.h"

struct journeys_letter {
        struct text first_name;         /* the reader's */
        struct text partner;            /* first name of who did it */
        struct text programme, coordinator;
        int64_t at;                     /* a meeting's start, the end of a pause */
        struct text url;                /* absolute: the page it is about */
        struct text move_url;           /* absolute: one-click; absent unless a meeting */
};

#endif
