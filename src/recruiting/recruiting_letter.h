/* What the letters of recruiting/ are given. */
#ifndef TELEMACHUS_RECRUITING_RECRUITING_LETTER_H
#define TELEMACHUS_RECRUITING_RECRUITING_LETTER_H

#include "html/html.h"
#include "html/letter.h"

struct recruiting_letter_lines { size_t n; struct text *row; };
struct recruiting_letter {
        struct text first_name, programme, cohort, coordinator, url;
        int64_t closes_day, answer_day;
        struct recruiting_letter_lines lines;   /* a question */
};

/* To staff. */
struct recruiting_answered_letter { struct text first_name, applicant, cohort, url; };

#endif
