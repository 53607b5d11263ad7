/* What the letters of care/ are given. */
#ifndef TELEMACHUS_CARE_CARE_LETTER_H
#define TELEMACHUS_CARE_CARE_LETTER_H

#include "base/text.h"

struct care_line_list { size_t n; struct text *row; };

struct care_missed_view { struct text first_name, coordinator, programme, phone; };
struct care_answer_view { struct text first_name, coordinator; struct care_line_list lines; };
struct care_asked_view { struct text first_name, name; const char *category; struct text url; };
struct care_concern_letter_view { struct text first_name; const char *title; struct text url; };

#endif
