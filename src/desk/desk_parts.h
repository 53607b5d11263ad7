/* Between the files of desk/ only. */
#ifndef TELEMACHUS_DESK_DESK_PARTS_H
#define TELEMACHUS_DESK_DESK_PARTS_H

#include "desk/desk.h"
#include "desk/desk.sql.h"
#include "html/messages.h"
#include "journeys/journeys.h"

/* NULL: a kind that this program does not know any more. */
const struct desk_kind *desk_kind_of(struct text word);

/* "Ana and Max", "Mei": whom an act is about, in the reader's language; empty: nobody in particular. */
struct text desk_about(struct arena *a, enum locale l, struct text mentor, struct text mentee, struct text person);

/* ---- in somebody's name: always with a reason, and they are told ---- */

struct desk_behalf { int64_t pair, person, subject; struct text reason; };
struct err desk_log_contact(struct tx *tx, const struct who *who, const struct desk_behalf *b, enum journeys_kind kind, int64_t at,
                            struct opt minutes);
struct err desk_book(struct tx *tx, const struct who *who, const struct desk_behalf *b, int64_t starts_at, int64_t minutes,
                     struct text channel, struct text place);
struct desk_terms { int64_t cadence_days; struct text channel, quiet, boundaries; };
struct err desk_agree(struct tx *tx, const struct who *who, const struct desk_behalf *b, const struct desk_terms *terms);

/* Yes or no to a proposal. Conflict when they have answered, or it is no longer open. */
struct err desk_answer_proposal(struct tx *tx, const struct who *who, int64_t proposal, int64_t person, bool yes, struct text reason);

/* Out of a cohort, somebody who has no partner there: see recruiting_leave(). */
struct err desk_leave(struct tx *tx, const struct who *who, int64_t cohort, int64_t person, struct text reason);

/* To whoever did it: the person in whose name it was says that it is not right. */
struct err desk_tell_objection(struct tx *tx, const struct desk_act_row *row);

/* Gives pairs to a colleague for good (until_day 0), or from one day to another; tell: participants get one letter. */
struct desk_handover { int64_t cohort, from, to, from_day, until_day; struct text note; bool tell; };
struct err desk_hand_over(struct tx *tx, const struct who *who, const struct desk_handover *in);
struct err desk_end_cover(struct tx *tx, const struct who *who, int64_t cover);
struct err desk_give_pair(struct tx *tx, const struct who *who, int64_t pair, int64_t person, int64_t batch);
extern const struct desk_kind desk_act_owner, desk_act_cover, desk_act_handover, desk_act_cover_end;
/* Coordinators and administrators of a cohort's programme. */
struct people_list;
struct err desk_colleagues(struct tx *tx, int64_t cohort, struct people_list *out);

/* ---- many at once ---- */

enum desk_bulk_kind { BULK_REMIND, BULK_MOVE, BULK_ASSIGN, BULK_FLAGS, BULK_MAIL, BULK_KINDS };
extern const char *const desk_bulk_words[];     /* keys, NULL-terminated */
bool desk_bulk_kind_of(struct text word, enum desk_bulk_kind *out);
extern const struct desk_kind desk_act_bulk, desk_act_mail;

/* Of the pairs that were picked, or of all that a filter of the list matches. Nothing happens yet. */
struct desk_picked { bool all; size_t n; int64_t *pair; struct text filter; };
struct err desk_bulk_new(struct tx *tx, const struct who *who, enum desk_bulk_kind kind, const struct desk_picked *in, int64_t *bulk);
struct desk_bulk_plan {
        struct desk_bulk_row row;
        enum desk_bulk_kind kind;
        bool ready;                     /* everything that it needs has been said */
        size_t n, n_left;               /* pairs that it will change; left out */
        struct desk_bulk_line {
                int64_t pair, act;
                struct text names, what;        /* what happens, in the reader's language */
                const char *why;                /* left out because; NULL: it is not */
                bool undone;
        } *line;
        size_t n_lines;
};
/* What would happen, or once it is done what has happened. Staff of its cohort. */
struct err desk_bulk_look(struct tx *tx, const struct who *who, int64_t bulk, struct desk_bulk_plan *out);
struct err desk_bulk_say(struct tx *tx, const struct who *who, int64_t bulk, int64_t day, int64_t person, struct text whom,
                         struct text body);
struct err desk_bulk_do(struct tx *tx, const struct who *who, int64_t bulk);

#endif
