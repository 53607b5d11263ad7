/*
 * What the templates of people/ show. Texts are the reader's or from the database; sentences stand
 * in the templates.
 */
#ifndef TELEMACHUS_PEOPLE_PEOPLE_VIEW_H
#define TELEMACHUS_PEOPLE_PEOPLE_VIEW_H

#include "html/html.h"
#include "people/people.h"
#include "people/people.sql.h"
#include "people/people_data.h"
#include "people/people_data.sql.h"
#include "mail/mail_trouble_view.h"
#include "people/people_erase.h"
#include "people/people_glass.h"
#include "people/people_retain.h"
#include "people/people_retain.sql.h"
#include "people/people_ways.sql.h"
#include "people/people_ways_parts.h"
#include "people/people_hours.h"
#include "programmes/roster.h"
#include "people/people_zones.h"

/* ---- sign-in ---- */

/* again: of somebody who is signed in, to show that it is them */
struct people_sign_in_view { struct text next, email; bool again; };
struct people_sent_view { bool demonstration; };
/* why: NULL when the link works; else why not */
struct people_link_view { struct text secret; const char *why; };
struct people_moved_letter { struct text first_name, staff, address, help; };
struct people_sign_in_letter { struct text first_name, url; };

struct people_changed_letter { struct text first_name; const char *what; int64_t at; struct text device, address, url; };
struct people_address_letter { struct text first_name, email, main, url; };

/* ---- ways to sign in ---- */

struct people_ways_view { struct text next; };
struct people_second_view { struct people_second second; };

/* fresh: ways may be changed now; otherwise it is asked first who it is */
struct people_security_view {
        struct people_person p;
        bool fresh, has_password;
        int64_t password_set_at, devices;
        struct people_second second;
        struct people_passkey_list_list passkeys;
        struct people_address_list_list addresses;
};
struct people_app_view { bool on; struct text token, secret, account; struct markup qr; };
struct people_codes_view { size_t n; struct text *row; };
struct people_removal_view { int64_t id; struct text name; bool last; };
struct people_confirm_view { struct text secret, email; };

/* label: for those who do not see it, in the reader's language */
struct markup people_qr(struct arena *a, struct text t, const char *label);

/* ---- one's own settings ---- */

struct people_zone_view { struct people_zone_groups groups; const char *error; };

struct people_me_view {
        struct people_person p;
        struct people_zone_view zone;
        struct html_options languages, structures;
        /* the same moment of a programme at each level of guidance; n is 0 where there is no programme to show */
        struct people_levels {
                size_t n;
                struct people_level { struct text title, why, phase; struct markup agenda; bool chosen; const char *name, *letters; } *row;
        } levels;
        struct text calendar;
        int64_t devices;
        bool takes_part, confirmed;             /* the profile */
        bool manager_letters;
};

struct people_zone_page_view { struct people_zone_view zone; struct text city; };

struct people_session_view { int64_t id, created_at, touched_at; struct text agent, address; const char *means; bool strong, here; };
struct people_sessions_view { size_t n; struct people_session_view *row; };

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
        const struct people_held *held;
        bool erasing;                           /* asked to be forgotten, not yet done */
};
struct people_rights_letter {
        struct text first_name, name, answer, url;      /* name: of whoever asks */
        const char *field;                      /* in the reader's language */
        int64_t at;
};
struct people_file_view { const struct people_held *held; struct text name; };
struct people_log_view {
        struct people_visit_days days;
        struct people_done_about_list acts;
};

/* field, state: in the reader's language; tone: a chip's */
struct people_correction_view {
        int64_t id, asked_at;
        const char *field, *state, *tone;
        struct text name, was, wish, reason, answer;
        bool open;
};
struct people_correct_view { struct html_options fields; size_t n; struct people_correction_view *row; };
struct people_corrections_view { int64_t open; size_t n; struct people_correction_view *row; };
struct people_erasure_view { struct people_erasure e; int64_t days; };

/* ---- how long things are kept ---- */

struct people_retain_row { const struct people_kind_row *k; const struct people_keep *s; bool open; };
struct people_run_view { int64_t at, removed, days; const char *title; };
struct people_retain_view {
        size_t n; struct people_retain_row *row;
        int64_t due;
        struct { size_t n; struct people_leaver *row; } leavers;
        struct { size_t n; struct people_run_view *row; } runs;
};

/* ---- the cohort ---- */

struct people_mate { struct text first_name, city, languages, interests; bool mentor, mentee, me; };
struct people_mates_view { struct text cohort; size_t n; struct people_mate *row; };
struct people_cohorts_view { size_t n; struct people_mates_view *row; };

/* ---- the desk ---- */

struct people_desk_row {
        int64_t person, partner_pair;
        struct text first_name, last_name, city, state, partners;
        const char *state_words;                /* catalogue key */
        bool mentor, trained, confirmed;
        int done, required;
};
struct people_desk_view {
        struct text cohort, q;
        struct html_options roles, states;
        struct text role, state;
        int64_t all, untrained, unanswered, corrections;
        int64_t found, page, pages, from, until;        /* of those who are wanted, a page is shown */
        bool administrator;
        size_t n; struct people_desk_row *row;
};

struct people_card_part { int64_t cohort_id; struct text cohort; const char *state_words; bool mentor, trained, may_leave; int done, required; };
/* state_words: a catalogue key */
struct people_card_pair { int64_t id; struct text partner; const char *state_words; bool mentor; };
struct people_desk_card_view {
        struct people_person p;
        struct mail_trouble_view mail;
        struct people_status status;
        struct people_profile_row words;
        struct people_card card;
        bool knows_status;
        struct { size_t n; struct people_card_part *row; } parts;
        struct { size_t n; struct people_card_pair *row; } pairs;
        struct people_held_roles_list roles;
        struct people_extra_all_list extra;
        struct people_audit_about_list audit;
};

struct people_column_view {
        struct text header, sample, meaning;
        /* catalogue key: why it is what it is; NULL: nothing to say */
        const char *note;
        bool special;
};
struct people_problem_view { int64_t line; struct text column, value; const char *reason; struct text cell; };
struct people_import_view {
        struct html_options roles, meanings;
        bool facts;                             /* about people who are here, instead of people who come */
        struct { size_t n; const struct roster_change *row; } changes;          /* that are shown */
        struct { size_t n; const struct roster_stranger *row; } strangers;
        const struct matching_broken_list *broken;
        int64_t all_changes, all_strangers, broken_pairs, broken_proposals;
        struct text role, table, sheet;         /* sheet: of a workbook; absent: it was CSV */
        bool has_report, strict, refused;
        const char *what, *next;                /* the file cannot be read; NULL: it can */
        struct text place;
        struct { size_t n; struct people_column_view *row; } columns;
        struct { size_t n; struct people_problem_view *row; } problems;
        int64_t rows, good, added, updated, unchanged, bad, cut, more_problems;
};

#endif
