/* What the pages of peer circles are given. */
#ifndef TELEMACHUS_GATHERINGS_GATHERINGS_CIRCLES_VIEW_H
#define TELEMACHUS_GATHERINGS_GATHERINGS_CIRCLES_VIEW_H

#include "gatherings/gatherings.h"
#include "http/http.h"

struct gatherings_member_line { int64_t person; struct text name, city, languages, interests, moved; bool me; };
struct gatherings_member_lines { size_t n; struct gatherings_member_line *row; };
struct gatherings_shared_line { struct text what; int64_t n; };
struct gatherings_shared_lines { size_t n; struct gatherings_shared_line *row; };
struct gatherings_circle_line {
        int64_t id, number;
        bool mentors, confirmed;
        struct text place, language;
        bool place_is_link;
        struct gatherings_member_lines members;
        struct gatherings_shared_lines shared;
        bool hours_known, no_language, same_team, apart;
        int64_t hours;
        struct opt next_at;
};
struct gatherings_circle_lines { size_t n; struct gatherings_circle_line *row; };

/* A page of them; without: the first few of those who are in none. */
struct gatherings_circle_side {
        bool mentors;
        const char *side;
        struct gatherings_circle_lines circles;
        struct gatherings_member_lines without;
        int64_t drafts, all, page, pages, n_without;
};
struct gatherings_circles_view { struct gatherings_circle_side mentees, mentors; int64_t drafts, all; };
struct gatherings_circle_page_view { struct gatherings_circle_line circle; struct html_options others, members; struct text find; bool more; };

/* The circles of whoever asks, for /gatherings. */
struct err gatherings_add_my_circles(struct request *rq, struct gatherings_circle_lines *out);

#endif
