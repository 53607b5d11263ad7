/* What the letters of gatherings/ are given. */
#ifndef TELEMACHUS_GATHERINGS_GATHERINGS_LETTER_H
#define TELEMACHUS_GATHERINGS_GATHERINGS_LETTER_H

#include "base/text.h"

/* names: the others, "Ana, Tom and Raj"; place absent: not settled yet. */
struct gatherings_circle_letter { struct text first_name, names, place, url, coordinator; };

#endif
