/* Pages of matching, and what their views are given. */
#ifndef TELEMACHUS_MATCHING_MATCHING_WEB_H
#define TELEMACHUS_MATCHING_MATCHING_WEB_H

#include "http/http.h"
#include "jobs/jobs.h"
#include "matching/matching.h"
#include "matching/matching_people_view.h"
#include "people/people.h"

extern const struct route_table matching_routes, matching_people_routes, matching_shortlist_routes;
extern const struct job_kind matching_job_close, matching_job_expire, matching_job_next;

struct matching_line {
        int64_t id, mentor, mentee, percent;
        struct text mentor_name, mentor_city, mentee_name, mentee_city, reasons[3], state, edit_reason;
        bool unsent, locked, open, accepted, declined, expired, low;
        bool mentor_yes, mentee_yes, mentor_no, mentee_no;
};
struct matching_lines { size_t n; struct matching_line *row; };
struct matching_left_out { int64_t person; struct text name; const char *why; };
struct matching_left_out_list { size_t n; struct matching_left_out *row; };

struct matching_desk_view {
        struct matching_lines lines;
        struct matching_left_out_list left_out;
        struct matching_counts counts;
        bool ran;
        int64_t mean_percent, lowest_percent;
        int64_t mentees, mentors;
        struct matching_people_view people;
};

struct matching_part_line { const char *title; int64_t percent, weight; bool known; };
struct matching_part_lines { size_t n; struct matching_part_line *row; };
struct matching_one_view {
        struct matching_line line;
        struct matching_part_lines parts;
        struct html_options mentors;
        bool can_edit;
};

struct matching_proposal_view {
        int64_t id;
        struct people_card partner;
        bool mentor, open, answered, yes, ended;
        struct text reasons[3];
        struct opt expires_at;
};

#endif
