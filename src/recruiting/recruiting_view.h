/* What the views of this room are given, and the handlers that recruiting_web.c lists. */
#ifndef TELEMACHUS_RECRUITING_RECRUITING_VIEW_H
#define TELEMACHUS_RECRUITING_RECRUITING_VIEW_H

#include "http/http.h"
#include "people/people_hours.h"
#include "people/people_zones.h"
#include "recruiting/recruiting.h"
#include "recruiting/recruiting_letter.h"
#include "recruiting/recruiting_rules.h"
#include "recruiting/recruiting.sql.h"

/* ---- the public page ---- */

struct recruiting_date { struct text title, when; };
struct recruiting_dates { size_t n; struct recruiting_date *row; };

struct recruiting_landing_view {
        const struct programmes_cohort *c;
        struct recruiting_page page;
        bool open, signed_in;
        struct text headline, city;
        struct recruiting_letter_lines for_whom, gives, asks;
        struct recruiting_dates dates;  /* gatherings, in the cohort's zone */
        int64_t months, meetings, meeting_minutes, training_minutes, gathering_minutes, hours, launch_at, places;
        struct html_options parts;
        struct text part;
};

struct recruiting_guide_view { const struct programmes_cohort *c; struct text title; struct markup body; };
struct recruiting_sent_view { const struct programmes_cohort *c; };

struct recruiting_nominate_view {
        const struct programmes_cohort *c;
        bool signed_in, open, done;
        struct html_options parts;
        struct text part;
};

/* ---- the application ---- */

struct recruiting_skills_view {
        const char *legend, *hint;
        const char *name;               /* offer, want */
        struct text skill[RECRUITING_SKILLS];
        const char *error;
};
struct recruiting_names { size_t n; struct text *row; };

struct recruiting_step { const char *label; int number; };
struct recruiting_steps { size_t n; struct recruiting_step row[3]; int now; };

struct recruiting_apply_view {
        struct text token, first_name, draft;   /* draft: under which a phone keeps what is typed */
        const struct programmes_cohort *c;
        struct recruiting_page page;
        struct recruiting_application p;
        struct recruiting_steps steps;
        struct html_options parts, capacities;
        struct text part, capacity;
        struct people_zone_groups zones;
        const char *zone_error;
        struct recruiting_skills_view offers, wants;
        struct recruiting_names skills;
        struct people_week_view week;
        struct text keep_until;
};

struct recruiting_stand_view {
        struct text token, first_name, state, draft;
        const struct programmes_cohort *c;
        struct recruiting_page page;
        struct recruiting_application p;
        struct recruiting_question_rows_list questions;
        struct recruiting_dates reading;        /* title, key */
        struct text manager;
        bool asks_manager, manager_wanted, has_place, matched;
};

struct recruiting_leave_line { int64_t cohort; struct text name; bool paired; };
struct recruiting_leave_view { size_t n; struct recruiting_leave_line *row; };

struct recruiting_text_view { struct text token, title; struct markup body; };

/* ---- the desk ---- */

struct recruiting_tab { const char *path, *label; int64_t count; bool here; };
struct recruiting_tabs { size_t n; struct recruiting_tab row[4]; };

struct recruiting_case {
        int64_t id;
        struct text first_name, last_name, state, words, city;
        bool mentor, mentee, answered, late;     /* late: was to hear by now */
        struct opt sent_at, place, answer_day;
        int64_t saved_at;
};
struct recruiting_cases { size_t n; struct recruiting_case *row; };

struct recruiting_list_view {
        struct recruiting_tabs tabs;
        const struct programmes_cohort *c;
        struct recruiting_page page;
        struct recruiting_cases cases;
        int64_t all, to_read, waiting, drafts, late, today;
        struct html_options states, parts;
        struct text state, part;
};

struct recruiting_case_view {
        struct recruiting_tabs tabs;
        const struct programmes_cohort *c;
        struct recruiting_application p;
        struct recruiting_question_rows_list questions;
        struct recruiting_letter_lines offers, wants;
        struct text state, city, accept_words, refuse_words, wait_words;
        bool open, waits;
        int64_t next_day, answer_day;
        int64_t mentors, mentees;
};

struct recruiting_invite_view {
        struct recruiting_tabs tabs;
        const struct programmes_cohort *c;
        struct recruiting_page page;
        struct html_options parts, people;
        struct text part, url;
        struct recruiting_alumni_rows_list alumni;
        struct recruiting_nomination_open_list nominations;
        struct recruiting_invitation_rows_list rows;
        int64_t opened, applied, said_no;
};

struct recruiting_bad_list { size_t n; const struct recruiting_bad *row; };
struct recruiting_asked_view {
        struct recruiting_tabs tabs;
        struct recruiting_asked a;
        struct recruiting_bad_list bad;
};

struct recruiting_page_view {
        struct recruiting_tabs tabs;
        const struct programmes_cohort *c;
        struct recruiting_page page;
        struct html_options takings;
        struct text url, headline, for_whom, gives, asks;
        int64_t closes_day;
};

struct recruiting_drawn { struct recruiting_draw_rows draw; struct recruiting_draw_places_list places; };
struct recruiting_drawn_list { size_t n; struct recruiting_drawn *row; };
struct recruiting_draws_view {
        struct recruiting_tabs tabs;
        int64_t mentors, mentees;       /* waiting */
        struct recruiting_drawn_list draws;
};

/* ---- handlers, and what they share ---- */

struct html_options recruiting_part_options(struct request *rq, bool both);
const char *recruiting_state_words(struct text state);

handler_fn recruiting_show_landing, recruiting_post_landing, recruiting_show_sent, recruiting_show_managers,
        recruiting_show_nominate,
        recruiting_post_nominate;
extern const struct form recruiting_landing_form, recruiting_nominate_form;

handler_fn recruiting_show_own, recruiting_show_apply, recruiting_show_you, recruiting_show_what, recruiting_show_when,
        recruiting_post_you, recruiting_post_what, recruiting_post_when, recruiting_show_no, recruiting_post_no,
        recruiting_show_withdraw, recruiting_post_withdraw, recruiting_show_leave, recruiting_post_leave, recruiting_post_answer, recruiting_post_manager,
        recruiting_show_reading;
extern const struct form recruiting_you_form, recruiting_what_form, recruiting_when_form, recruiting_no_form,
        recruiting_answer_form, recruiting_manager_form;

/* ---- recruiting_desk_web.c and recruiting_invite_web.c ---- */

struct html_shell recruiting_desk_shell(struct request *rq, const char *title);
struct err recruiting_here(struct request *rq, struct programmes_cohort *c);
struct err recruiting_tabs_of(struct request *rq, int64_t cohort, const char *here, struct recruiting_tabs *out);

handler_fn recruiting_show_list, recruiting_show_case, recruiting_post_accept, recruiting_post_ask, recruiting_post_wait,
        recruiting_show_refuse, recruiting_post_refuse, recruiting_show_draws, recruiting_post_draw;
handler_fn recruiting_show_invite, recruiting_post_invite, recruiting_post_people, recruiting_post_alumni,
        recruiting_post_nomination, recruiting_show_page, recruiting_post_page;
extern const struct form recruiting_words_form, recruiting_wait_form, recruiting_refuse_form, recruiting_question_form,
        recruiting_draw_form, recruiting_invite_form, recruiting_people_form, recruiting_alumni_form,
        recruiting_settle_form, recruiting_page_form;

#endif
