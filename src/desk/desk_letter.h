/* What the letters of desk/ are given. */
#ifndef TELEMACHUS_DESK_DESK_LETTER_H
#define TELEMACHUS_DESK_DESK_LETTER_H

#include "base/text.h"

struct desk_lines { size_t n; struct text *row; };
struct desk_behalf_letter { struct text first_name, staff, what, reason, url; };
struct desk_objected_letter { struct text first_name, name, what, url; };
struct desk_cover_letter { struct text first_name, away, colleague; int64_t from_day, until_day; struct text help; };
struct desk_nudge_letter { struct text first_name, partner, staff, spoke, pause, book; };
struct desk_bulk_letter { struct text first_name, staff; struct desk_lines lines; };

#endif
