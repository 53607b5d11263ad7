/* What safety_letter.mail shows. */
#ifndef TELEMACHUS_SAFETY_SAFETY_LETTER_H
#define TELEMACHUS_SAFETY_SAFETY_LETTER_H

#include "base/text.h"

struct safety_trouble_view {
        struct text first_name, error, place;
        bool drill;
        struct text last;               /* the moment of the last good one; absent: there was none */
        struct text url;
};

#endif
