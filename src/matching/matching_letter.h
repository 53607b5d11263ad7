/* What the letters of matching/ are given. */
#ifndef TELEMACHUS_MATCHING_MATCHING_LETTER_H
#define TELEMACHUS_MATCHING_MATCHING_LETTER_H

#include "base/text.h"

struct matching_letter { struct text first_name, partner, coordinator; bool mentor, left; };

#endif
