/* What the pages of programmes_keep.html are given, and their handlers. */
#ifndef TELEMACHUS_PROGRAMMES_PROGRAMMES_KEEP_VIEW_H
#define TELEMACHUS_PROGRAMMES_PROGRAMMES_KEEP_VIEW_H

#include "html/html.h"
#include "http/http.h"
#include "programmes/programmes_keep.h"

struct programmes_assessment_view {
        struct text name, officer;      /* the cohort's; who the worksheet says answers for data protection */
        struct programmes_assessment now;
        struct html_options hows;
        struct text how;
};

struct programmes_change_line { const char *title; struct text was, least, reason, by_name; int64_t at; };
struct programmes_change_lines { size_t n; struct programmes_change_line *row; };
struct programmes_targets_view {
        struct text name;
        int64_t target[PROGRAMMES_TARGETS];
        struct programmes_change_lines changes;
};

struct programmes_close_view { struct text name; int64_t open, end_day; bool over, closed; };

handler_fn programmes_show_assessment, programmes_show_assessment_text, programmes_show_targets, programmes_show_close;

#endif
