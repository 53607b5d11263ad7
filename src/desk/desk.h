/*
 * The desk's own memory: what a member of staff did, so that it can be taken back for ten minutes; what was done in
 * somebody's name, so that they can object; who looks after which pair, and who stands in.
 *
 * Every act has a kind.  A kind reads what it changes as a text and puts such a text back: an act is undone only while
 * that text is what the act left behind, so nothing that happened since is lost.  Letters caused by an act wait in the
 * outbox for as long as it can be undone, and go with it.
 *
 * Wrong place? Calls and flags: care/.  Pairs: journeys/.  Who read or did what, for ever: people_audit().
 */
#ifndef TELEMACHUS_DESK_DESK_H
#define TELEMACHUS_DESK_DESK_H

#include "base/out.h"
#include "base/who.h"
#include "db/db.h"

enum { DESK_UNDO_S = 600 };

struct desk_act {
        const struct desk_kind *kind;
        int64_t id, at, by, cohort, pair, person, subject, batch;
        struct text key, reason;
        struct text was, became;
        bool behalf;
        bool late;                      /* the person objects, and letters about it have gone out */
};

struct desk_kind {
        const char *word;               /* in the log: "call.log" */
        const char *words;              /* catalogue key: "Call noted" */
        /* what the act changes, as it is now; the same text means that nothing has happened since */
        struct err (*state)(struct tx *tx, const struct desk_act *act, struct text *out);
        /* puts act->was back. NULL: the kind cannot be undone */
        struct err (*back)(struct tx *tx, const struct who *who, const struct desk_act *act);
};

/*
 * Around a verb's changes: begin notes how it was and holds the letters to come, end notes how it became.  act->kind,
 * cohort and subject are the caller's; id and at are filled in.  Permission is the verb's own question.
 */
struct err desk_begin(struct tx *tx, const struct who *who, struct desk_act *act);
struct err desk_end(struct tx *tx, struct desk_act *act);

/*
 * Conflict with the reason if ten minutes are over, a letter has left, or the world has moved on.  A bulk act is undone
 * part by part; *kept counts the parts that could not be.
 */
struct err desk_undo(struct tx *tx, const struct who *who, int64_t act, int64_t *kept);

/*
 * The person in whose name it was done says no: taken back whenever that is, if nothing has built on it since; the
 * coordinator reads of it either way. Absent to everybody else.
 */
struct err desk_object(struct tx *tx, const struct who *who, int64_t act, bool *taken_back);
/* What an act did, for the page behind that link. Absent as above. */
struct desk_told { struct text by_name, reason; const char *words; int64_t at; bool objected; };
struct err desk_told_of(struct tx *tx, const struct who *who, int64_t act, struct desk_told *out);

/* An answer to a pulse or a survey that somebody gave on the telephone; told and undone as every act in somebody's name. */
struct evaluation_reply;
struct err desk_answer(struct tx *tx, const struct who *who, int64_t pair, int64_t person, struct text reason, int64_t wave,
                       const struct evaluation_reply *reply, size_t n);

/* ---- who looks after whom ---- */

/* A pair on a day: who looks after it (the cohort's coordinator, whoever it was given to, or who stands in for them). */
struct desk_mark {
        int64_t pair, owner, level, mentor, mentee;     /* level of its highest flag; 0: none */
        struct text owner_name, state;
        bool covering, unreached;       /* the owner stands in for somebody; mail to one of the two fails */
};
/*
 * The pairs of a cohort by id.  split: more than one person looks after them, so that "mine" means something. lead: who looks
 * after what is about no pair.
 */
struct desk_load { bool split; int64_t lead; size_t n; struct desk_mark *row; };
struct err desk_load_of(struct tx *tx, int64_t cohort, struct desk_load *out);
const struct desk_mark *desk_mark_of(const struct desk_load *l, int64_t pair);  /* NULL: not of this cohort */
bool desk_is_of(const struct desk_load *l, int64_t person, int64_t pair);       /* does this person look after it? pair 0: are they the lead? */
/* What a page shows: of the reader alone where pairs are split and they have some, unless it is asked for all. */
bool desk_only_mine(const struct desk_load *l, int64_t person, struct text whose);

/* Who does a colleague's work today; the same person if nobody stands in. */
struct err desk_stand_in(struct tx *tx, int64_t cohort, int64_t person, int64_t *to);

/* Who stands in for whom, today and later. */
struct desk_standing { int64_t from, to, from_day, until_day; struct text from_name, note; };
struct desk_standing_list { size_t n; struct desk_standing *row; };
struct err desk_standing(struct tx *tx, int64_t cohort, struct desk_standing_list *out);

struct desk_view_line { int64_t id; struct text name, filter; };
struct desk_view_lines { size_t n; struct desk_view_line *row; };
/* The filters of the pairs' list that this person has kept. */
struct err desk_views_of(struct tx *tx, int64_t person, struct desk_view_lines *out);

/* ---- states as text: a row of values, each absent or not ---- */

void desk_put(struct out *o, struct text value);
void desk_put_int(struct out *o, int64_t value);
void desk_put_opt(struct out *o, struct opt value);
/* The next one; absent at the end or where the text is none of ours. Views. */
struct text desk_take(struct text *rest);
struct opt desk_take_opt(struct text *rest);
int64_t desk_take_int(struct text *rest);

#endif
