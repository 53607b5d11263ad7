/* What the templates of people/ show. Texts are the reader's or from the database; sentences stand in the templates. */
#ifndef TELEMACHUS_PEOPLE_PEOPLE_VIEW_H
#define TELEMACHUS_PEOPLE_PEOPLE_VIEW_H

#include "html/html.h"
#include "people/people.h"
#include "people/people.sql.h"
#include "people/people_data.h"
#include "people/people_zones.h"

/* ---- sign-in ---- */

struct people_sign_in_view { struct text next; };
struct people_sent_view { bool demonstration; };
struct people_link_view { struct text secret; const char *why; };       /* why: NULL when the link works; else why not */
struct people_sign_in_letter { struct text first_name, url; };

/* ---- one's own settings ---- */

struct people_zone_view { struct people_zone_groups groups; const char *error; };

struct people_me_view {
        struct people_person p;
        struct people_zone_view zone;
        struct html_options languages, structures;
        struct text calendar;
        int64_t devices;
        bool takes_part, confirmed;             /* the profile */
};

struct people_zone_page_view { struct people_zone_view zone; struct text city; };

struct people_session_view { int64_t id, created_at, touched_at; struct text agent; bool here; };
struct people_sessions_view { size_t n; struct people_session_view *row; };

struct people_part_view { int64_t value; bool on; };
struct people_day_view { const char *name; struct people_part_view part[3]; };   /* name: in the reader's language */
struct people_week_view { size_t n; struct people_day_view *row; };

struct people_profile_view {
        struct people_profile_row words;
        struct people_week_view week;
        struct people_card card;
        struct html_options biography_choices;
        struct text biography_choice;
        struct { size_t n; struct text *row; } giveaways;
        bool takes_part, has_biography, empty;
        struct opt confirmed_at;
        struct text zone_city;
};

/* ---- what is held ---- */

struct people_data_section { struct people_section s; int64_t more; };
struct people_data_view {
        size_t n; struct people_data_section *row;
        struct people_audit_about_list readers;
};

#endif
