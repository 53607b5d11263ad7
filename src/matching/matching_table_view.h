/* What the views of the coordinator's table are given. */
#ifndef TELEMACHUS_MATCHING_TABLE_VIEW_H
#define TELEMACHUS_MATCHING_TABLE_VIEW_H

#include "html/html.h"
#include "matching/matching.h"
#include "matching/matching_fairness.h"
#include "matching/matching_left.h"
#include "matching/matching_people_view.h"
#include "matching/matching_runs.h"
#include "matching/matching_whatif.h"
#include "matching/matching_why.h"
#include "matching/matching_work.h"

enum matching_tab {
        MATCHING_TAB_PAIRS, MATCHING_TAB_WHY, MATCHING_TAB_WHATIF, MATCHING_TAB_LEFT, MATCHING_TAB_FAIRNESS, MATCHING_TAB_RULED, MATCHING_TAB_RUNS
};
struct matching_tabs { enum matching_tab here; };

struct matching_line {
        int64_t id, mentor, mentee, score, percent;
        struct text mentor_name, mentor_city, mentee_name, mentee_city, reasons[3], edit_reason;
        struct opt expires_at;
        bool unsent, locked, hand, open, accepted, declined, expired, low;
        bool mentor_yes, mentee_yes, mentor_no, mentee_no;
        int n_reasons;                          /* those of the profiles; the other sentences say what is true of everybody */
        int eye;                                /* 0: nothing asks for her; more: sooner */
        const struct text *key[2];              /* folded names, for search and sorting */
};
struct matching_line_list { size_t n; struct matching_line *row; };
struct matching_left_out { int64_t person; struct text name; const char *why; };
struct matching_left_out_list { size_t n; struct matching_left_out *row; };
struct matching_filter { const char *key, *words; int64_t n; bool current; };
struct matching_filter_list { size_t n; struct matching_filter *row; };
struct matching_bar { double x, y, height; bool low; };
struct matching_bar_list { size_t n; struct matching_bar *row; };

struct matching_table_view {
        struct matching_tabs tabs;
        struct matching_line_list lines;        /* of this page */
        struct matching_filter_list filters;
        struct matching_left_out_list left_out;
        struct matching_taken_back_list taken_back;
        struct matching_people_view people;
        struct matching_counts counts;
        struct matching_bar_list bars;
        struct html_options sorts, aims;
        struct text q, show, sort, aim, query;  /* query: of the other pages, without page= */
        bool ran, any, blocking_known, may_mark, little;        /* little: no profile here says why */
        int64_t all, eye, mean, lowest, n_left_out, blocking, mentees, mentors;
        int64_t page, pages, from, until, found;
};

struct matching_send_view {
        struct matching_tabs tabs;
        struct matching_line_list lines;        /* the first of them */
        struct text only;                       /* ids with commas; absent: all */
        int64_t n, mails, weak, stay, expires_at;
};

struct matching_part_line { const char *title; int64_t percent, weight; bool known; };
struct matching_part_lines { size_t n; struct matching_part_line *row; };
struct matching_words_list { size_t n; struct text *row; };

struct matching_wish_line { struct text name; int64_t rank; bool not_with, marked, here; };
struct matching_wish_lines { size_t n; struct matching_wish_line *row; };

struct matching_one_view {
        struct matching_wish_lines wishes;
        bool wishes_answered;
        struct matching_line line;
        struct matching_part_lines parts;
        struct html_options mentors, swaps;
        struct text notes[2];                   /* what the two wrote with their answer */
        bool lapsed;                            /* nobody answered in time */
        bool can_edit, open_edit, open_swap, find_swap;
        struct text find;                       /* part of a name, among the pairs to swap with */
        bool asks[2];                           /* mentee, mentor: the answer is awaited */
        int64_t rank, allowed;
};

struct matching_moved_line { struct text mentee, from, to; };
struct matching_moved_lines { size_t n; struct matching_moved_line *row; };

struct matching_beside { const char *title; int64_t weight, asked, has; bool asked_known, has_known; };
struct matching_beside_list { size_t n; struct matching_beside *row; };
struct matching_choice_line { int64_t mentor; struct text name, points; int64_t percent, room, cost_pairs; bool has, priced, free; };
struct matching_choice_lines { size_t n; struct matching_choice_line *row; };
struct matching_shut { struct text words; int64_t n; };
struct matching_shut_list { size_t n; struct matching_shut *row; };

struct matching_why_view {
        struct matching_tabs tabs;
        struct html_options mentees, mentors;
        struct text mentee_value, mentor_value, find_mentee, find_mentor;
        bool large;                             /* too many names for a list: look them up first */
        bool asked_pair, asked_one;
        int64_t mentee, mentor;
        struct text mentee_name, mentor_name, has_name, points, points_sum, reason;
        struct matching_why_pair pair;
        struct matching_why_one one;
        struct matching_words_list rules;
        struct matching_beside_list beside;
        int64_t percent, has_percent;
        struct matching_moved_lines moved;
        struct matching_choice_lines choices;
        struct matching_shut_list shut;
        const char *left_words;
};

struct matching_slider { const char *name, *label, *hint; int64_t value, usual, low, high, step; const char *unit; };
struct matching_slider_list { size_t n; struct matching_slider *row; };
struct matching_whatif_view {
        struct matching_tabs tabs;
        struct matching_slider_list parts, idle, floors;        /* idle: of what nothing is known in this round */
        struct html_options aims;
        struct text aim;
        bool same_team_allowed, different_function, changed;
        struct matching_whatif what;
        struct matching_moved_lines moved;
        struct text wrong;                      /* weights that cannot be; absent: fine */
        struct text by, reason;                 /* who set the present ones, absent: the defaults */
        int64_t at;
        int64_t mean_now, mean_then, lowest_now, lowest_then;
        struct text work_query;
};

struct matching_left_line { int64_t person; struct text name, words, best; int64_t allowed, percent; };
struct matching_left_lines { size_t n; struct matching_left_line *row; };
struct matching_gap_line { struct text words, wants, languages, names, mentors; int64_t short_by; };
struct matching_gap_lines { size_t n; struct matching_gap_line *row; };
struct matching_relaxed_line { const char *words; int64_t more; };
struct matching_relaxed_lines { size_t n; struct matching_relaxed_line *row; };
struct matching_left_view {
        struct matching_tabs tabs;
        struct matching_left left;
        struct matching_left_lines people;
        struct matching_gap_lines gaps;
        struct matching_relaxed_lines relaxed;
        struct text recruit, raise;
        bool more, may_refill;
};

struct matching_group_line { struct text name; int64_t n, mean, left_out; bool lower, higher, left_more; double width; };
struct matching_segment { const char *title, *note; size_t n; struct matching_group_line *row; int64_t hidden, hidden_people, k; bool nothing; };
struct matching_segment_list { size_t n; struct matching_segment *row; };
struct matching_capacity_line { int64_t capacity, mentors, places, used; };
struct matching_capacity_list { size_t n; struct matching_capacity_line *row; };
struct matching_restless { int64_t mentee, mentor; struct text mentee_name, mentor_name; };
struct matching_restless_list { size_t n; struct matching_restless *row; };
struct matching_aim_line { const char *words; int64_t pairs, left_out, mean, lowest, poor, blocking; bool current; };
struct matching_aim_lines { size_t n; struct matching_aim_line *row; };
struct matching_fairness_view {
        struct matching_tabs tabs;
        struct matching_segment_list segments;
        struct matching_capacity_list capacity;
        struct matching_restless_list restless;
        struct matching_aim_lines aims;
        bool ran, too_large, blocking_known;
        int64_t weighed, blocking, mentees, uneven;
        struct text price;
};

struct matching_run_row {
        int64_t id, at, pairs, left_out, mean, lowest;
        struct text by, hash;
        const char *aim;
        bool current, replayable, kept;
};
struct matching_run_rows_view { size_t n; struct matching_run_row *row; };
struct matching_runs_view { struct matching_tabs tabs; struct matching_run_rows_view runs; struct html_options choices; };
struct matching_weight_line { const char *title; int64_t before, after; };
struct matching_weight_lines { size_t n; struct matching_weight_line *row; };
struct matching_run_view {
        struct matching_tabs tabs;
        struct matching_run_row run, other;
        bool compared;
        struct html_options others;
        struct text with;
        struct matching_moved_lines pairs, changes;
        struct matching_weight_lines weights;
        int64_t n_pairs, n_changes;
        bool replayed, same;
};

struct matching_ruled_line { int64_t mentee, mentor, at; struct text mentee_name, mentor_name, by, reason; };
struct matching_ruled_lines { size_t n; struct matching_ruled_line *row; };
struct matching_ruled_view { struct matching_tabs tabs; struct matching_ruled_lines lines; struct html_options mentees, mentors; bool large; };

#endif
