/* What the pages around matching are given: lists, waves, mentors of another kind. */
#ifndef TELEMACHUS_MATCHING_MATCHING_PEOPLE_VIEW_H
#define TELEMACHUS_MATCHING_MATCHING_PEOPLE_VIEW_H

#include "http/http.h"
#include "matching/matching_people.h"
#include "people/people.h"

struct matching_suggestion {
        int64_t person;
        struct people_card who;
        struct text reasons[3];
        struct html_options places;
        const char *place_label, *not_label;    /* in the reader's language */
        int64_t rank;
        bool not_with, marked;
};
struct matching_suggestions { size_t n; struct matching_suggestion *row; };
struct matching_shortlist_view {
        bool there, mentor, open, answered;
        int64_t cohort, closes_at;
        struct text coordinator;
        struct matching_suggestions cards;
};

struct matching_kind_line { int64_t person; struct text name, city; struct matching_kind kind; };
struct matching_kind_lines { size_t n; struct matching_kind_line *row; };
struct matching_came_line { int64_t proposal; struct text mentee, mentor; bool declined, expired; };
struct matching_came_lines { size_t n; struct matching_came_line *row; };
/* The cards on /desk/matching. */
struct matching_people_view {
        struct matching_window window;
        struct matching_wave_list waves;
        struct matching_came_lines came;        /* drafts that came up by themselves */
        bool may_ask, may_refill;
};
struct matching_mentors_view { struct matching_kind_lines mentors; int64_t reserves, all, page, pages; struct text find; };

struct matching_kind_view {
        int64_t person;
        struct text name;
        struct matching_kind kind;
        struct html_options ways;
        struct text way;
};

/* Fills the card; the page of the desk has asked whether she may. */
struct err matching_people_look(struct request *rq, int64_t cohort, struct matching_people_view *v);

#endif
