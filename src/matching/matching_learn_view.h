/* What the pages on weights and on what is not known are given. */
#ifndef TELEMACHUS_MATCHING_LEARN_VIEW_H
#define TELEMACHUS_MATCHING_LEARN_VIEW_H

#include "http/http.h"
#include "matching/matching_past.h"
#include "matching/matching_unknown.h"

extern const struct route_table matching_learn_routes;

struct matching_weight_line { const char *title; int64_t usual, present, learned; bool moved; };
struct matching_weight_lines { size_t n; struct matching_weight_line *row; };
struct matching_of_hundred { int64_t value, low, high; };
struct matching_learn_view {
        bool few, alike, learned, same;
        int64_t pairs, flourished, cohorts, least, least_each;
        struct matching_weight_lines lines;
        struct matching_of_hundred auc, auc_before;
        struct text verdict, verdict_words;
        bool by_cohort, tried;
        struct matching_what_if would;
        struct text total_before, total_after, lowest_before, lowest_after;
};

struct matching_gap_line { const char *title, *effect; int64_t n; };
struct matching_gap_lines { size_t n; struct matching_gap_line *row; };
struct matching_gap_row { int64_t person; struct text name, lacks; bool mentor; };
struct matching_gap_rows { size_t n; struct matching_gap_row *row; };
struct matching_unknown_view {
        int64_t all, some;
        struct matching_gap_lines lines;
        struct matching_gap_rows people;
        int64_t more;                           /* people beyond those shown */
};

#endif
