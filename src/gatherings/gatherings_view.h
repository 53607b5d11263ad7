/* What the pages of gatherings are given, and what a calendar is made of. */
#ifndef TELEMACHUS_GATHERINGS_GATHERINGS_VIEW_H
#define TELEMACHUS_GATHERINGS_GATHERINGS_VIEW_H

#include "gatherings/gatherings.h"
#include "gatherings/gatherings_circles_view.h"
#include "html/html.h"

struct gatherings_line {
        int64_t id, starts_at, ends_at, minutes;
        struct text title, link, recording; /* link: absent until an hour before */
        bool yes, no, over, live, seen, missed, has_link;
};
struct gatherings_lines {
        size_t n;
        struct gatherings_line *row;
};
struct gatherings_mine_view {
        bool any;
        struct gatherings_line next;
        bool has_next;
        struct gatherings_lines later, past;
        struct gatherings_circle_lines circles;
};

struct gatherings_page_view {
        struct gatherings_line g;
        struct markup agenda;
};

struct gatherings_desk_sitting {
        int64_t id, gathering, starts_at, seats, yes, no, live, unknown;
        struct text link;
        bool held, begun;
};
struct gatherings_desk_sittings {
        size_t n;
        struct gatherings_desk_sitting *row;
};
struct gatherings_desk_line {
        int64_t id, day, minutes, without;
        struct text title;
        struct gatherings_desk_sittings sittings;
        bool over;
};
struct gatherings_desk_lines {
        size_t n;
        struct gatherings_desk_line *row;
};
struct gatherings_name {
        int64_t person;
        struct text first_name, last_name, city;
        int64_t at;
};
struct gatherings_names {
        size_t n;
        struct gatherings_name *row;
};
struct gatherings_desk_view {
        struct gatherings_desk_lines lines;
        int64_t without, all, unlinked;
};

struct gatherings_desk_one_view {
        struct gatherings_desk_line g;
        struct gatherings_names seatless;
        struct text recording, zone_city;
        struct markup agenda;
        bool movable;
};
struct gatherings_desk_sitting_view {
        struct gatherings_desk_sitting s;
        struct text title, zone_city;
        int64_t at; /* minutes after midnight in the cohort's zone */
        struct html_options people;
        bool removable, all; /* all: everybody is ticked, to begin with */
};

/* One entry of a calendar. Texts are plain, in the reader's language. */
struct gatherings_event {
        struct text uid, summary, description, location, url;
        int64_t starts_at, minutes, sequence;
        bool cancelled;
};
struct gatherings_events {
        size_t n;
        struct gatherings_event *row;
};

/* RFC 5545, times in UTC; in a. */
struct text gatherings_ics(struct arena *a, const struct gatherings_events *events,
                           struct text name, int64_t now);

#endif
