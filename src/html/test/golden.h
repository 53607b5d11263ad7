/* What the fixture's views are given; see golden.html. Only html_test.c uses it. */
#ifndef TELEMACHUS_HTML_TEST_GOLDEN_H
#define TELEMACHUS_HTML_TEST_GOLDEN_H

#include "html/html.h"

struct golden_call { int64_t id; struct text first_name, city; int64_t best; };
struct golden_calls { size_t n; struct golden_call *row; };

struct golden_view {
        struct text name, note, link;
        int64_t due, day, moment;
        double share, x;
        bool hot;
        struct golden_calls calls;
        struct markup icon;
        struct html_options rhythms;
};

#endif
