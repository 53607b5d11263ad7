/* The mail that brings a message to the partner. Private to this room. */
#ifndef TELEMACHUS_CONVERSATIONS_CONVERSATIONS_LETTER_H
#define TELEMACHUS_CONVERSATIONS_CONVERSATIONS_LETTER_H

#include "conversations/conversations.h"
#include "html/letter.h"

struct conversations_lines { size_t n; struct text *row; };

struct conversations_letter_view {
        struct text partner;                    /* who wrote */
        struct conversations_lines lines;       /* of the message; each its own paragraph */
        struct text url;                        /* the thread */
};

/* An event mail with the words of the message; answering it leads back into the thread. */
struct err conversations_send_letter(struct tx *tx, const struct journeys_side *from,
                                     int64_t message, struct text body);

/* Pure: the lines that say something, without white space around them; views of body. */
void conversations_split(struct arena *a, struct text body, struct conversations_lines *out);

#endif
