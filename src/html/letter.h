/* What a compiled .mail template writes: subject and Markdown body of a letter, in the reader's language. */
#ifndef TELEMACHUS_HTML_LETTER_H
#define TELEMACHUS_HTML_LETTER_H

#include "base/text.h"

struct letter_text { struct text subject, body; };

#endif
