/* Pages of training and library, and what their views are given. */
#ifndef TELEMACHUS_LEARNING_LEARNING_WEB_H
#define TELEMACHUS_LEARNING_LEARNING_WEB_H

#include "http/http.h"
#include "learning/learning.h"

extern const struct route_table learning_routes;

struct learning_line { struct text key, title; int64_t minutes; bool done, opened, here; };
struct learning_lines { size_t n; struct learning_line *row; };

struct learning_list_view {
        struct learning_status status;
        struct learning_lines core, boosters;
};

struct learning_rule { struct markup words; };
struct learning_rules { size_t n; struct learning_rule *row; };

struct learning_module_view {
        struct text key, title;
        int64_t minutes, number, of;
        struct markup point, wrong, well, question, why, own;
        struct learning_rules rules;
        struct html_options answers;
        struct html_options useful;
        struct text chosen, best_answer, situation, commitment, commitment_start, useful_now;
        bool answered, right, done;
        struct learning_lines others;
        int64_t n_done, n_all;
};

struct learning_item { struct text key, title; };
struct learning_items { size_t n; struct learning_item *row; };
struct learning_library_view { struct learning_items mine, shared; bool mentor, mentee; };
struct learning_text_view { struct text title; struct markup body; };

struct learning_person_line { int64_t person; struct text first_name, last_name; bool mentor, complete, started; int64_t done, required, minutes_left; };
struct learning_person_lines { size_t n; struct learning_person_line *row; };
struct learning_desk_view { struct learning_person_lines behind, under_way, complete; int64_t n; };

#endif
