/* What the files of this room share; not for other rooms. */
#ifndef TELEMACHUS_JOURNEYS_JOURNEYS_PARTS_H
#define TELEMACHUS_JOURNEYS_JOURNEYS_PARTS_H

#include "journeys/journeys.h"

/* journeys_side(), and conflict unless writing and booking are possible. */
struct err journeys_open_side(struct tx *tx, const struct who *who, int64_t pair,
                              struct journeys_side *out);

/* Looks at the pair's ending again at a moment (programme time). */
struct err journeys_plan_end(struct tx *tx, int64_t pair, int64_t due);

/* A pair that is still going moves to closing with fresh cards for both. Conflict if it is closed. */
struct err journeys_start_closing(struct tx *tx, const struct journeys_pair *p, struct text reason);
bool journeys_is_end_reason(struct text reason);

/* An event mail to the partner of who has just done something; it says who and what, never what was written. */
enum journeys_news {
        NEWS_BOOKED,
        NEWS_MOVED,
        NEWS_CANCELLED,
        NEWS_AGREEMENT,
        NEWS_AGREED,
        NEWS_PAUSED,
        NEWS_RESUMED,
        NEWS_REVEAL_ASKED,
        NEWS_REVEALED,
        NEWS_CLOSING,
        NEWS_STAFF_CLOSING,
        NEWS_THANKS,                    /* the partner's thank-you can be read */
        NEWS_EXTENDED,
        NEWS_CARDS,                     /* the coordinator reminds of the cards */
        NEWS_ENDED,
        NEWS_GOES_ON,
};
struct err journeys_tell(struct tx *tx, const struct journeys_side *side, enum journeys_news news,
                         struct text anchor, int64_t at);
/* To each of the two, about the other one. */
struct err journeys_tell_both(struct tx *tx, const struct journeys_pair *p,
                              enum journeys_news news);
/* To one of the two, about the other. at: the day that the letter names. */
struct err journeys_tell_one(struct tx *tx, const struct journeys_pair *p, int64_t person,
                             enum journeys_news news, struct text anchor, int64_t at);

/* ---- between the files of the ending ---- */

/* Both want to go on: the pair is active again until the earlier of their days. *went: it was so. */
struct err journeys_try_extending(struct tx *tx, const struct journeys_pair *p, bool *went);
/* Is the day one to which this pair can be extended? Two weeks to half a year behind its end. */
bool journeys_extension_fits(const struct journeys_pair *p, const struct zone *z, int64_t day, int64_t now);
/* Would this one of the two be a mentor in a next cohort? The coordinator sees it. */
struct err journeys_would_return(struct tx *tx, const struct journeys_side *side, bool yes);
struct err journeys_rate_goals(struct tx *tx, const struct journeys_side *side, const struct journeys_card *card);
/* For a person who has closed, if there is anything to certify. */
struct err journeys_issue_certificate(struct tx *tx, const struct journeys_pair *p, int64_t person);

struct err journeys_meeting(struct tx *tx, int64_t meeting, struct journeys_meeting *out);
/* When a form means: a day and minutes after midnight in that zone, else the offered time. Invalid if it says neither. */
struct err journeys_chosen_start(const struct zone *z, int64_t at, int64_t day, int64_t clock,
                                 int64_t *start);
/* Key of the agenda in the pack; "" when there is none. */
struct text journeys_next_agenda(const struct journeys_pair *p, const struct programmes_cohort *c,
                                 int64_t now);

bool journeys_settle_of(struct text word, enum journeys_settle *out);
const char *journeys_settled_words(enum journeys_settle how, bool new_time);    /* catalogue key */

/* The strip's window and band, without its dots. */
void journeys_strip_frame(const struct journeys_pair *p, int64_t now, struct journeys_strip *out);

/* ---- what pages read ---- */

struct journeys_agreement {
        bool written;
        int64_t cadence_days, written_by, written_at;
        struct text channel, quiet, boundaries;
        struct opt mentor_signed_at, mentee_signed_at;
};
struct err journeys_agreement(struct tx *tx, int64_t pair, struct journeys_agreement *out);
static inline bool journeys_signed_by(const struct journeys_agreement *a, bool mentor)
{
        return mentor ? a->mentor_signed_at.has : a->mentee_signed_at.has;
}

struct err journeys_share(struct tx *tx, const struct who *who, int64_t goal, bool shared);
extern const char *const journeys_goal_categories[];
const char *journeys_category_words(struct text key);           /* catalogue key */

const char *journeys_outcome_words(int64_t attainment);          /* -2 .. +2; catalogue key */

struct err journeys_add_note(struct tx *tx, const struct who *who, int64_t pair, bool shared,
                             struct text body);
struct err journeys_drop_note(struct tx *tx, const struct who *who, int64_t pair, int64_t note);
struct err journeys_tick_step(struct tx *tx, const struct who *who, int64_t pair, struct text key,
                              bool done);

extern const char *const journeys_cadences[];                   /* "7", "14", "21", "28" */
extern const char *const journeys_channels[]; /* of meetings: video, phone, in-person, other */
extern const char *const journeys_next_choices[];               /* card 4 */
extern const char *const journeys_notes_choices[];              /* card 5 */
const char *journeys_reason_words(struct text key);             /* of an ending; catalogue key */

#endif
