/* What the pages of this room are given. Every text is in the reader's language already, every path is ours. */
#ifndef TELEMACHUS_JOURNEYS_JOURNEYS_VIEW_H
#define TELEMACHUS_JOURNEYS_JOURNEYS_VIEW_H

#include "journeys/journeys_wish.h"
#include "mail/mail_trouble_view.h"
#include "html/html.h"
#include "http/http.h"
#include "journeys/journeys_parts.h"
#include "journeys/journeys_rules.h"

/* ---- parts of several pages ---- */

struct journeys_step_view {
        enum journeys_next step;
        struct text title, why, button, path;
        struct text other, other_path;          /* the quieter second action; absent: none */
        int64_t minutes;                        /* 0: nothing is asked */
        struct text phase;                      /* what this time is for; only for who wants everything spelt out */
};
struct journeys_steps_view { size_t n; struct journeys_step_view *row; };

struct journeys_dot { double x; bool talk; };
struct journeys_dots { size_t n; struct journeys_dot *row; };
struct journeys_label { double x; struct text words; };
struct journeys_labels { size_t n; struct journeys_label *row; };
struct journeys_strip_view {
        struct text label;                      /* the strip in words */
        bool has_band;
        double band, width, today, booked;      /* per cent of the window; booked: 0 when nothing is, or too far ahead to be drawn */
        const char *tone;                       /* of the band: "", "soon", "late" */
        struct journeys_dots dots;
        struct journeys_labels labels;
        struct opt band_from_day, band_until_day, last_at, booked_at;
        enum journeys_rhythm rhythm;
};

struct journeys_phase_view {
        struct text title, sentence, gate;
        int64_t from_day;
        enum { PHASE_DONE, PHASE_NOW, PHASE_LATER } state;
};
struct journeys_road_view {
        size_t n;
        struct journeys_phase_view *row;
        int64_t week, weeks, launch_day;
        bool begun;
};

struct journeys_person_view {
        int64_t pair;
        struct text first_name, initial, city;
        const struct zone *zone;
        struct text their_time;                 /* 14:20, in the partner's zone */
        bool mentor;                            /* they are the mentor */
        struct text status; /* title, organisation; absent until both have said yes */
};

/* A step of the pack that only the person can tick: substitutes for shadowing and the like. */
struct journeys_own_step { int64_t pair; struct text key, title, why; int64_t minutes; bool done; };
struct journeys_own_steps { size_t n; struct journeys_own_step *row; };

struct journeys_agenda_view {
        bool there;
        struct text title;
        struct markup body;
        struct text my_commitment, their_commitment, partner;
};

struct journeys_gathering_view { int64_t id, starts_at, minutes; struct text title, answer; };

/* ---- /home ---- */

struct journeys_home_view {
        int64_t resting_until;                  /* a day until which reminders rest; 0 */
        struct text first_name, programme;
        int structure;                          /* 0 light, 1 standard, 2 full */
        struct journeys_step_view next;
        struct journeys_steps_view more;
        struct journeys_own_steps own;
        bool over;                              /* nothing is asked any more, so nothing is put off */
        bool has_pair, has_gathering, has_road;
        struct journeys_person_view partner;
        struct journeys_strip_view strip;
        struct opt meeting_at;
        struct journeys_road_view road;
        struct journeys_gathering_view gathering;
        struct journeys_agenda_view agenda;     /* full structure only */
        struct journeys_other_pairs { size_t n; struct journeys_person_view *row; } others;
};

/* ---- /pairs/:pair ---- */

struct journeys_meeting_view {
        int64_t id, pair, starts_at, minutes;
        struct text channel, place, title;
        struct text when; /* in the reader's zone; as words, since it must wrap in a narrow row */
        enum {
                MEETING_AHEAD,
                MEETING_OVER,
                MEETING_WAS_HELD,
                MEETING_WAS_MISSED,
                MEETING_WAS_MOVED,
                MEETING_WAS_CANCELLED
        } state;
        struct text their_time;                 /* in the partner's zone, with its city */
        bool odd;                               /* early or late for the partner */
};
struct journeys_meetings_rows { size_t n; struct journeys_meeting_view *row; };

struct journeys_goal_view {
        int64_t id, pair, progress;
        struct text statement, why, measure, next_step, category, turned_out;
        struct opt due_day;
        bool closed, shared;
};
struct journeys_goal_rows { size_t n; struct journeys_goal_view *row; };

struct journeys_agreement_view {
        bool written, mine, theirs;             /* signed */
        struct text rhythm, channel, quiet, boundaries;
};

struct journeys_pair_view {
        int64_t pair;
        struct text partner, state, coordinator;
        bool open, mentor, revealed, blind;
        int64_t weeks_in, since_day, n_met, n_messages, unread;
        struct journeys_said {
                size_t n;
                struct journeys_said_line {
                        bool mine, by_mail;
                        int64_t at;
                        struct markup body;
                } * row;
        } said;
        struct journeys_person_view person;
        struct journeys_step_view next;
        struct journeys_strip_view strip;
        struct text rhythm_words;
        struct journeys_meetings_rows meetings;
        struct journeys_goal_rows goals;
        struct journeys_agreement_view agreement;
        struct journeys_agenda_view agenda;
        struct journeys_own_steps own;
        struct people_profile_lines {
                struct text about, offers, wants, interests, languages, biography;
        } profile;
        struct opt paused_until_day, closed_day;
};

/* ---- pages of one pair with a form ---- */

struct journeys_choice { int64_t at; struct text mine, theirs; };
struct journeys_meetings_view {
        int64_t pair;
        struct text partner;
        bool open;
        struct html_options times, channels;
        struct text channel;
        const char *audience;
        int64_t minutes;
        struct journeys_meetings_rows ahead, past;
        struct journeys_agenda_view agenda;
        struct text their_city;
};
struct journeys_meeting_page {
        struct journeys_meeting_view meeting;
        struct text partner;
        bool open, over;
        struct html_options times;
        struct journeys_agenda_view agenda;
};

struct journeys_agreement_page {
        int64_t pair;
        struct text partner;
        bool open, mentor;
        struct journeys_agreement_view now;
        struct html_options cadences, channels;
        struct text cadence, channel, quiet, boundaries;        /* values */
        const char *audience;
};

struct journeys_goals_page {
        int64_t pair;
        struct text partner, coordinator;
        bool open, mentor, room;
        struct journeys_goal_rows goals;
        struct html_options categories, outcomes;
        const char *audience;
};

struct journeys_note_view { int64_t id, pair, written_at; bool mine, shared; struct markup body; };
struct journeys_notes_page {
        int64_t pair;
        struct text partner;
        bool open;
        size_t n;
        struct journeys_note_rows { size_t n; struct journeys_note_view *row; } notes;
        const char *audience;
};

struct journeys_spoke_page {
        int64_t pair, today;
        struct text partner;
        bool open;
        struct html_options kinds;
};
struct journeys_pause_page {
        int64_t pair;
        struct text partner, first_day, last_day;
        bool open, paused;
        struct opt until_day;
};

struct journeys_status_line { const char *what; struct text value; };
struct journeys_status_lines { size_t n; struct journeys_status_line *row; };
struct journeys_reveal_page {
        int64_t pair;
        struct text partner;
        bool open, mine, both, blind;
        struct journeys_status_lines own, theirs;
};

struct journeys_review_page {
        int64_t pair;
        struct text partner;
        bool open, done;
        struct html_options choices;
        struct journeys_agenda_view agenda;
};

struct journeys_rated_line { int64_t goal; const char *id_name, *name; struct text statement, now; };
struct journeys_rated_lines { size_t n; struct journeys_rated_line row[3]; };
struct journeys_closing_page {
        int64_t pair;
        struct text partner, coordinator;
        bool mentor, again, hours, certificate, waiting_for_extension;
        bool stays_in_touch, rematch, open;     /* what was chosen; whether the two can still write */
        struct journeys_rated_lines goals;
        struct html_options outcomes;
        struct text extend_day;                 /* as a form has it */
        struct opt meeting_at;
        bool wind_down;                         /* still open, the end in sight */
        int64_t left, end_day;                  /* meetings that fit in */
        struct journeys_agenda_view agenda;
        bool closing, closed, done, may_begin;
        int64_t card;                           /* the one to do now, 1..5; 0: all are done */
        int64_t cards_done;
        struct text learned, thanks, goals_word, next, notes_choice;
        struct text thanks_from_partner; /* absent until both are done, or the pair is closed */
        struct html_options reasons, nexts, notes;
        const char *mine_only, *partner_reads, *staff_reads;
        struct opt until_day;
};

/* ---- certificates ---- */

struct journeys_certificate_view {
        int64_t pair;
        bool found, ready, met, partner_hours;
        struct text code, url, name, programme, heading, lead, signer, sponsor;
        struct text done[3];
        int64_t issued_day;
};

/* ---- /desk/closing ---- */

struct journeys_closer_line {
        int64_t pair, person;
        bool mentor, may_rematch;
        struct text name, next, extra, rematch, words;
        const char *tone;
        struct opt reminded_at;
};
struct journeys_closer_lines { size_t n; struct journeys_closer_line *row; };
struct journeys_closing_pair { int64_t pair; struct text state; struct journeys_closer_lines people; };
struct journeys_closing_pairs { size_t n; struct journeys_closing_pair *row; };
struct journeys_next_wish { const char *title; struct journeys_closer_lines people; };
struct journeys_next_wishes { size_t n; struct journeys_next_wish row[6]; };
struct journeys_closers_view {
        struct text cohort;
        int64_t closed, all, due, reminded;     /* people */
        struct journeys_closing_pairs open, done;
        struct journeys_next_wishes wishes;
        struct journeys_closer_lines nudge;
};

/* ---- /do/TOKEN ---- */

struct journeys_answer { const char *value; struct text words; bool quiet; };
struct journeys_answers { size_t n; struct journeys_answer row[3]; };
struct journeys_do_view {
        struct text token, first_name, title, why;
        struct journeys_answers answers;        /* one button each */
        struct html_options choices, times;     /* radio buttons above them; n 0: none */
        const char *choices_label;
        struct text choice;                     /* the one that is set to begin with */
        bool asks_day, asks_time;
        int64_t day;
        int64_t expires_day;
};
struct journeys_done_view { struct text title, why, button, path; };

/* ---- the desk ---- */

struct journeys_desk_row {
        int64_t id;
        struct text names, state, next;
        const char *tone, *words;               /* of the chip */
        struct journeys_strip_view strip;
        struct opt last_at, next_at;
        int64_t n_met;
        int64_t flag;                   /* 0 none, 1 amber, 2 red */
        bool unreached;
        struct text owner;              /* absent where one person looks after all */
};
struct journeys_desk_rows { size_t n; struct journeys_desk_row *row; };
struct journeys_filter { const char *key, *words; int64_t count; bool current; struct text path; };
struct journeys_filters { size_t n; struct journeys_filter *row; };
struct journeys_desk_view {
        struct text cohort;
        int64_t all;
        struct journeys_filters filters;
        struct journeys_desk_rows pairs;
        struct html_options owners, flags, mails;
        struct text q, show, whose, flag, mail, filter;         /* filter: the query part of this page's address */
        bool split, narrowed;
        struct desk_view_lines kept;
        int64_t kept_id;                /* the kept one that is shown; 0: none */
};

struct journeys_fact { const char *what; struct text value; };
struct journeys_facts_list { size_t n; struct journeys_fact *row; };
struct journeys_contact_row {
        struct text when;
        const char *what;
        struct opt minutes;
        struct text who;
};
struct journeys_contact_rows { size_t n; struct journeys_contact_row *row; };
struct journeys_open_row { int64_t id; struct text name, words; bool red; };
struct journeys_open_rows { size_t n; struct journeys_open_row *row; };
struct journeys_desk_pair_view {
        int64_t pair;
        struct text mentor, mentee, state;
        int64_t mentor_person, mentee_person;
        const char *tone, *words;
        struct journeys_strip_view strip;
        struct journeys_facts_list facts;
        struct journeys_contact_rows contacts;
        struct journeys_meetings_rows meetings;
        struct journeys_goal_rows goals;
        struct html_options reasons;
        struct mail_trouble_view mail[2];       /* the mentee's, the mentor's */
        struct journeys_open_rows flags, calls; /* what stands open about them */
        bool closed, closing, paused, suspended, held;          /* held: by a concern */
};

struct journeys_wishes_view {
        struct journeys_wishes wishes;
        struct text tempo, country;
        struct html_options tempos, countries;
        bool programme_mail;
        int64_t resting_until;          /* a day; 0: they do not rest */
};

/* ---- how they are filled ---- */

enum { JOURNEYS_WORDS = 200 };

/* The step in words, for a reader; pair and subject are what its address needs. */
struct journeys_words {
        struct text partner, coordinator, programme, cadence, proposed;
        struct text module;                     /* of the training, the next one */
        bool training_begun;
        int64_t pair, subject, meeting, wave, proposal, minutes_left, left;
        struct opt meeting_at, until, list_until, proposal_until;
        int64_t n_met;
        enum pack_detail detail;                /* as the reader has chosen */
        struct text phase;
};
void journeys_write_step(const struct page *pg, enum journeys_next step,
                         const struct journeys_words *w, struct journeys_step_view *out);

void journeys_write_strip(const struct page *pg, const struct journeys_pair *p,
                          const struct journeys_strip *s, bool tiny,
                          struct journeys_strip_view *out);
/* Without the phases over before since_day and those after the end, and with the last two that are done. */
void journeys_write_road(const struct page *pg, const struct programmes_cohort *c,
                         const struct programmes_phase_list *phases, int64_t since_day,
                         struct journeys_road_view *out);
struct err journeys_write_person(struct request *rq, const struct journeys_side *side,
                                 struct journeys_person_view *out);
struct err journeys_write_agenda(struct request *rq, const struct journeys_side *side,
                                 struct text key, struct journeys_agenda_view *out);
struct err journeys_write_own_steps(struct request *rq, const struct journeys_side *side,
                                    size_t most, enum pack_detail detail, struct journeys_own_steps *out);
void journeys_write_meeting(struct request *rq, const struct journeys_side *side,
                            const struct journeys_meeting *m, int number,
                            struct journeys_meeting_view *out);
void journeys_write_agreement(struct request *rq, const struct journeys_side *side,
                              const struct journeys_agreement *a,
                              struct journeys_agreement_view *out);
struct err journeys_write_goals(struct request *rq, int64_t pair, struct journeys_goal_rows *out);
struct text journeys_rhythm_words(const struct page *pg,
                                  int64_t cadence_days);        /* every two weeks */
const char *journeys_channel_words(struct text channel);        /* catalogue key: "by video" */
struct text journeys_say(const struct page *pg, const char *english);
struct text journeys_say_partner(const struct page *pg, const char *english, struct text partner);

/* May pages show the partner's status? Only when both have said yes, or the cohort never hid it. */
bool journeys_shows_status(const struct journeys_side *s);

/* Where a person stands, gathered from every room: the facts of the next step and the words for it. */
struct journeys_here {
        bool takes_part, has_pair;
        struct programmes_participant part;
        struct programmes_cohort cohort;
        struct journeys_side side; /* when has_pair: the pair that is open, the newest if several */
        struct journeys_pair_list pairs;
        struct journeys_now now;
        struct journeys_words words;
};
/* pair 0: the one that matters most now. */
struct err journeys_here(struct request *rq, int64_t pair, struct journeys_here *out);

/* A day says no hour: noon there, or now if that is still to come. */
int64_t journeys_moment_of_day(const struct zone *z, int64_t day, int64_t now);

/* Radio buttons of key and sentence. */
struct journeys_option { const char *key, *words, *hint; };
void journeys_options(const struct page *pg, const struct journeys_option *from, size_t n,
                      struct html_options *out);

/* Three times that suit both, as radio buttons, the first one set. */
struct err journeys_time_options(struct request *rq, const struct journeys_side *side,
                                 int64_t minutes, struct html_options *out);

#endif
