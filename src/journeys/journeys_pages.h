/* Handlers and forms of this room's pages, for the route table in journeys_web.c. Not for other rooms. */
#ifndef TELEMACHUS_JOURNEYS_JOURNEYS_PAGES_H
#define TELEMACHUS_JOURNEYS_JOURNEYS_PAGES_H

#include "http/http.h"
#include "journeys/journeys_view.h"

struct journeys_answer_form { int64_t gathering; bool answer; };
struct journeys_step_form { struct text key; };
/* at: one of the times offered, seconds; 0: day and clock say when. */
struct journeys_book_form { int64_t at, day, clock, minutes; struct text channel, place; };
struct journeys_settle_form { struct text how; int64_t at, day, clock, minutes; };
struct journeys_agreement_form { int64_t cadence; struct text channel, quiet, boundaries; };
struct journeys_goal_form {
        struct text statement, why, measure, category, next_step;
        int64_t due;
        bool shared;
};
struct journeys_progress_form {
        int64_t goal, progress;
        struct text next_step, attainment;
        bool shared;
};
struct journeys_note_form { struct text body; bool shared; };
struct journeys_drop_form { int64_t note; };
struct journeys_rematch_form { int64_t person; struct text side; };
struct journeys_spoke_form { struct text kind; int64_t day, minutes; };
struct journeys_pause_form { int64_t until; };
struct journeys_reveal_form { bool yes; };
struct journeys_review_form { struct text choice; };
struct journeys_begin_form { struct text reason; };
struct journeys_card_form {
        int64_t number;
        struct text learned, thanks, goals_word, next, notes_choice, outcome[3];
        int64_t goal[3], extend_day;
        bool again, hours;
};
struct journeys_do_form { struct text answer, choice; int64_t at, day, clock; };
struct journeys_close_form { struct text reason; };
struct journeys_rest_form { int64_t days; };
struct journeys_wishes_form {
        bool training, steps, rhythm, questions, tips;
        struct text tempo, country;
        int64_t quiet_from, quiet_until;
};

handler_fn journeys_get_home, journeys_post_gathering;
handler_fn journeys_get_pair, journeys_post_step;
handler_fn journeys_get_meetings, journeys_post_meetings, journeys_get_meeting,
        journeys_post_meeting;
handler_fn journeys_get_agreement, journeys_post_agreement, journeys_get_goals, journeys_post_goals,
        journeys_post_progress;
handler_fn journeys_get_notes, journeys_post_notes, journeys_post_drop_note;
handler_fn journeys_get_spoke, journeys_post_spoke, journeys_get_pause, journeys_post_pause,
        journeys_post_resume;
handler_fn journeys_get_reveal, journeys_post_reveal, journeys_get_review, journeys_post_review;
handler_fn journeys_get_certificate, journeys_post_certificate, journeys_get_certificate_pdf, journeys_get_verify;
handler_fn journeys_get_closers, journeys_get_nudge, journeys_post_nudge, journeys_post_rematch;
handler_fn journeys_get_closing, journeys_post_begin, journeys_post_card;
handler_fn journeys_get_do, journeys_post_do;
handler_fn journeys_get_wishes, journeys_post_wishes, journeys_post_rest;
/* The day that "in three days" (3) or "next week" (7) means. */
int64_t journeys_later_day(int64_t today, int64_t days);
handler_fn journeys_get_desk, journeys_get_desk_pair, journeys_post_close, journeys_post_release,
        journeys_post_desk_resume;

/* The frame of a participant's page. */
struct html_shell journeys_shell(struct request *rq, const char *title);

#endif
