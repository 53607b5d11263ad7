/* What the views of care/ are given, and the handlers that care_web.c lists. */
#ifndef TELEMACHUS_CARE_CARE_VIEW_H
#define TELEMACHUS_CARE_CARE_VIEW_H

#include "care/care.h"
#include "care/care.sql.h"
#include "care/care_concern.h"
#include "http/http.h"
#include "mail/mail_trouble_view.h"
#include "programmes/programmes.h"

/* ---- today ---- */

struct care_ring {
        int64_t id;
        struct text name, chip, why, there, best;
        bool red, good_now;
        struct text kind;
        struct mail_trouble_view mail;
};
struct care_ring_list { size_t n; struct care_ring *row; };

/* Flags of one pair, or of one person, together. */
struct care_trouble {
        struct text names;
        int64_t first;
        bool red;
        int64_t n;
        const struct care_flag *flag;
};
struct care_trouble_list { size_t n; struct care_trouble *row; };

/* Where several look after the pairs: the reader's alone, or everybody's. */
struct care_whose { bool split, mine; };

struct care_river {
        bool shown;
        int64_t good, soon, quiet, all;
        struct text good_path, soon_path, quiet_path;
        int64_t launch_day;
};

struct care_mail_group { struct text subject; int64_t n; };
struct care_mail_list { size_t n; struct care_mail_group *row; };

/* What comes next for the cohort, besides calls and flags. */
struct care_next_line { struct text title, why, path, also_path; const char *button, *also; };
struct care_next_line_list { size_t n; struct care_next_line *row; };

enum care_stage { CARE_NO_COHORT, CARE_DESIGN, CARE_PREPARING, CARE_RUNNING, CARE_AFTER };

struct care_desk_view {
        enum care_stage stage;
        struct text cohort_name, week;          /* "Autumn cohort, week 6 of 39" */
        int64_t n_calls, n_troubled, minutes;
        int64_t n_pairs;                        /* of n_troubled; the rest are people */
        struct text time_needed;                /* "about 1 h 50 min today" */
        struct care_whose whose;
        struct text covers, cover_note;         /* "Bo's pairs are yours until 14 December"; absent: nobody's */
        struct care_river river;
        struct care_next_line_list next;
        struct care_ring_list ring;             /* the first few */
        struct care_trouble_list troubled;      /* the first few */
        struct care_open_tickets_list tickets;
        struct care_mail_list mails;
        int64_t n_mails;
        struct programmes_requirement_list missing;     /* of the next gate, only what is not met */
        int64_t n_required, n_met;
        int64_t trained, people;                /* before the launch */
        struct mail_trouble relay;
        bool relay_silent;                      /* our own mail server does not answer */
        struct { size_t n; struct mail_trouble_view *row; } unreached;  /* the first few people whom mail does not reach */
        int64_t n_unreached;
        int64_t not_met;                        /* pairs with a flag of the first meeting */
        int64_t launch_day;
};

/* ---- calls ---- */

struct care_done_line {
        int64_t id;
        struct text name, outcome;
        struct text title;
        struct opt minutes;
        int64_t at;
};
struct care_done_list { size_t n; struct care_done_line *row; };
struct care_calls_view {
        struct care_ring_list ring;
        struct care_done_list done;
        struct care_whose whose;
        int64_t minutes;
        struct text time_needed;
};

struct care_fact { const char *what; struct text value; };
struct care_fact_list { size_t n; struct care_fact *row; };
struct care_talk {
        struct text name, title, outcome, action, note;
        struct opt action_day, minutes;
        int64_t at;
};
struct care_talk_list { size_t n; struct care_talk *row; };

struct care_call_view {
        int64_t id, pair, person, until_at, attempts;
        struct text name, first_name, partner, title, why, phone, phone_address, there, best,
                zone_name;
        bool good_now, open, red, mentor;
        struct markup ask;                      /* the pack's text */
        struct care_fact_list facts;
        struct care_talk_list talks;
        struct html_options outcomes;
        struct text outcome, team_note, private_note, action;
        struct opt action_day, minutes;
        struct mail_trouble_view mail;
};

/* ---- a flag ---- */

struct care_past {
        struct text chip;
        int64_t opened_day;
        struct opt closed_day;
        struct text why;
        bool red;
};
struct care_past_list { size_t n; struct care_past *row; };
struct care_person_link { int64_t person; struct text name; };
struct care_flag_view {
        int64_t id, pair, since, opened_at;
        struct text names, sentence, chip;
        const char *rule;
        bool red, open;
        struct text closed_why;
        struct care_fact_list facts;
        struct care_past_list past;
        struct care_talk_list talks;
        size_t n_people;
        struct care_person_link people[2];
        struct html_options rest;               /* how long */
};

/* ---- help ---- */

struct care_ticket_line {
        int64_t id, opened_at;
        struct text name;
        const char *category;
        struct text start;
        bool answered;
};
struct care_ticket_lines { size_t n; struct care_ticket_line *row; };
struct care_tickets_view { struct care_ticket_lines waiting, answered; };

struct care_ticket_view {
        int64_t id, person, opened_at;
        struct text name, page, address;
        const char *category;
        struct markup body;
        struct {
                size_t n;
                struct care_reply_line {
                        struct text name;
                        int64_t at;
                        struct markup body;
                } *row;
        } replies;
        bool closed;
};

struct care_help_view {
        bool signed_in;
        struct text page, help_name, help_phone;
        struct html_options categories;
        struct {
                size_t n;
                struct care_own_ticket {
                        const char *category;
                        int64_t opened_at;
                        bool answered, closed;
                } *row;
        } own;
};

/* ---- concerns ---- */

struct care_own_line { struct text code; int64_t opened_at; const char *title, *state; };
struct care_concern_view {
        bool signed_in;
        struct html_options levels, pairs, contacts;
        struct { size_t n; struct care_own_line *row; } own;
};
struct care_step_view {
        int64_t id, at;
        bool by_reporter, open, late;
        const char *title;
        struct text by;
        struct markup words;
        struct opt due_at, done_at;
};
struct care_step_view_list { size_t n; struct care_step_view *row; };
struct care_code_view {
        struct text code, word;
        const char *state, *title;
        int64_t opened_at;
        bool fresh;
        struct care_step_view_list steps;
};
struct care_concern_line {
        int64_t id, level, opened_at, tasks;
        const char *title, *state;
        struct text taken;
        bool fresh, late;
};
struct care_concerns_view {
        struct {
                size_t n;
                struct care_concern_line *row;
        } list;
        int64_t n_new;
};
struct care_case_view {
        int64_t id, opened_at;
        struct opt due_at;
        const char *title, *state_words;
        struct text reporter, reach, code, state, word, pair;   /* pair: "Tariq and Ana" */
        bool holds, late, untaken;
        struct markup body;
        struct html_options states, kinds;
        struct care_step_view_list steps;
        struct people_acts_on readings;
};

/* ---- handlers, by page ---- */

handler_fn care_desk_get;
handler_fn care_calls_get, care_call_get, care_call_post, care_call_time_post;
handler_fn care_flags_get, care_flag_get, care_flag_close_post, care_flag_ring_post;
handler_fn care_help_get, care_help_post, care_help_sent_get, care_tickets_get, care_ticket_get,
        care_ticket_post;
handler_fn care_concern_get, care_concern_post, care_code_get, care_code_post, care_concerns_get, care_case_get, care_case_end_get,
        care_case_state_post, care_case_step_post, care_case_done_post, care_case_pair_post;

/* ---- what forms fill; their fields stand with the routes in care_web.c ---- */

struct care_call_form {
        struct text outcome, action, team_note, private_note;
        int64_t minutes, action_day;
};
struct care_time_form { int64_t day, clock; };
struct care_close_form { struct text why; int64_t rest; };      /* rest: days */
struct care_ring_form { int64_t person; };
struct care_ask_form { struct text category, body, address, page; };
struct care_answer_form { struct text body; bool close; };
/* pair: an id or "none"; absent where the form did not ask */
struct care_concern_form { struct text body, reach, pair; int64_t level, not_for; bool anonymous; };
struct care_words_form { struct text words; };
struct care_step_form { struct text kind, words; int64_t due; };
struct care_pair_form { struct text choice; };
struct care_case_form { struct text state, word; };

/* ---- shared by the pages ---- */

/*
 * Leaves the calls and flags of the pairs that the reader looks after, unless ?whose=all or nothing is split.  Either list may
 * be NULL.
 */
struct err care_only_mine(struct request *rq, int64_t cohort, struct care_call_list *calls, struct care_flag_list *flags,
                          struct care_whose *out);
/* The cohort that staff is looking at. Absent: there is none yet. */
struct err care_current(struct request *rq, struct programmes_cohort *out);
struct html_shell care_page(struct request *rq, const char *title);
struct text care_full_name(struct arena *a, struct text first, struct text last);
struct err care_ring_fill(struct request *rq, const struct pack *pack, const struct care_call_list *calls,
                          size_t most, struct care_ring_list *out);
struct err care_next_fill(struct request *rq, const struct programmes_cohort *c, bool launch_ready, struct care_next_line_list *out);
/* "about 1 h 50 min"; absent for nothing. */
struct text care_time_needed(struct request *rq, int64_t minutes);
/* Dates and states of a pair: what staff may see of it. */
struct err care_pair_facts_of(struct request *rq, int64_t pair, struct care_fact_list *out);
struct err care_talks_of(struct request *rq, const struct programmes_cohort *c, int64_t pair,
                         int64_t person, struct care_talk_list *out);
struct html_options care_options(struct request *rq, const char *const *keys,
                                 const char *(*words)(struct text));

#endif
