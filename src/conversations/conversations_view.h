/* What the thread's page is given. */
#ifndef TELEMACHUS_CONVERSATIONS_CONVERSATIONS_VIEW_H
#define TELEMACHUS_CONVERSATIONS_CONVERSATIONS_VIEW_H

#include "conversations/conversations.h"
#include "html/html.h"

struct conversations_line { int64_t id, at; struct markup body; bool mine, by_mail; };
struct conversations_thread_lines { size_t n; struct conversations_line *row; };

struct conversations_view {
        int64_t pair, older;                    /* older: id before which there is more; 0: none */
        struct text partner, coordinator, help_title;
        struct markup help;                     /* how to begin; absent once both have written */
        struct conversations_thread_lines lines;
        bool open, mentor, first;               /* first: nothing has been written */
        const char *label, *audience;
};

#endif
