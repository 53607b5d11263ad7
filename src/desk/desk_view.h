/* What the views of desk/ are given, and the handlers that desk_web.c lists. */
#ifndef TELEMACHUS_DESK_DESK_VIEW_H
#define TELEMACHUS_DESK_DESK_VIEW_H

#include "desk/desk_parts.h"
#include "evaluation/evaluation.h"
#include "matching/matching.h"
#include "http/http.h"
#include "programmes/programmes.h"

struct desk_act_line {
        int64_t id, at, pair, person, parts;
        const char *words;              /* catalogue key */
        struct text about, by_name, reason;
        bool behalf, can_undo, undone, objected, final;
};
struct desk_acts_view { size_t n; struct desk_act_line *row; };

struct desk_keys_view { struct text back; };

struct desk_wave_line { int64_t id; struct text title; };
struct desk_for_view {
        int64_t pair, person;
        struct text name, first_name, partner, reason;
        bool open;                      /* writing and booking are possible */
        bool meeting, agreement;        /* that form has come back */
        struct html_options kinds, channels, cadences;
        int64_t today;
        struct { size_t n; struct desk_wave_line *row; } waves;
};

struct desk_answer_view { int64_t proposal, person; struct matching_asked_side side; struct html_options answers; };
struct desk_answer_form { struct text answer, reason; };
handler_fn desk_get_answer, desk_post_answer;

struct desk_leave_view { int64_t person, cohort; struct text name, first_name, cohort_name; bool may; };
struct desk_leave_form { struct text reason; };
handler_fn desk_get_leave, desk_post_leave;

handler_fn desk_get_acts, desk_post_undo, desk_get_keys;
handler_fn desk_get_for, desk_post_contact, desk_post_meeting, desk_post_agreement;

struct desk_contact_form { struct text kind, reason; int64_t day, minutes; };
struct desk_meeting_form { struct text channel, place, reason; int64_t day, clock, minutes; };
struct desk_agreement_form { struct text channel, quiet, boundaries, reason; int64_t cadence; };

struct desk_bulk_view {
        int64_t bulk, act, day;         /* act: what undoes it; 0: it is too late, or nothing was done */
        size_t n, n_left;
        bool ready, done, undone, asks_day, asks_person, asks_whom, asks_body, is_mail;
        const char *title, *verb;       /* catalogue keys */
        struct { size_t n; struct desk_bulk_line *row; } changes, left;
        struct html_options people, whom;
        struct text person, who, body;
};

struct desk_load_line { struct text name; int64_t pairs, person; bool me; };
struct desk_cover_line { int64_t id, from_day, until_day; struct text away, colleague, note; bool told, now; };
struct desk_cover_view {
        struct { size_t n; struct desk_load_line *row; } load;
        struct { size_t n; struct desk_cover_line *row; } covers;
        struct html_options people;
        struct text from, to, note;
        int64_t today;
        bool alone;                     /* there is nobody to give anything to */
};

handler_fn desk_post_view, desk_post_drop_view;
handler_fn desk_post_bulk, desk_get_bulk, desk_post_terms, desk_post_bulk_do;
handler_fn desk_get_cover, desk_post_cover, desk_post_cover_end;

struct desk_pick_form { struct field_ids pick; bool all; struct text kind, filter; };
struct desk_terms_form { struct text whom, body; int64_t day, person; };
struct desk_keep_form { struct text name, filter; };
struct desk_cover_form { int64_t from, to, from_day, until_day; struct text note; bool tell; };

struct html_shell desk_page(struct request *rq, const char *title);
/* The cohort that staff is looking at; asks whether they may. Absent: none yet. */
struct err desk_current(struct request *rq, struct programmes_cohort *out);

#endif
