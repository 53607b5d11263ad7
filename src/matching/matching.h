/*
 * Matching in a cohort: runs, proposals, the coordinator's edits, private answers.  The solver itself is
 * matching_solve.h, scores and hard rules are matching_rules.h; both are pure.
 */
#ifndef TELEMACHUS_MATCHING_MATCHING_H
#define TELEMACHUS_MATCHING_MATCHING_H

#include "base/who.h"
#include "db/db.h"
#include "desk/desk.h"

struct matching_summary { int64_t run, matched, unmatched, total, lowest; struct text json; };   /* scores in millionths */

/* Proposes pairs for everybody who may be matched and has no pair; locked ones stay. dry_run writes nothing. */
struct err matching_propose(struct tx *tx, const struct who *who, int64_t cohort, bool fair, bool dry_run, struct matching_summary *out);
/* The same by the name of an objective: total, fair, leximin (few poor fits). */
struct err matching_propose_as(struct tx *tx, const struct who *who, int64_t cohort, struct text objective, bool dry_run,
                               struct matching_summary *out);
/*
 * The same in two halves, so that nobody has to wait for the search: the first only reads, however long it takes, and what
 * it finds lives in the arena of its transaction, weights (NULL: the cohort's) borrowed. The second writes it down. Has
 * somebody changed anything that it rests on, it finds anew where that is quick, else ERR_CONFLICT and nothing is written.
 */
struct matching_found;
struct matching_weights;
struct err matching_find(struct tx *tx, const struct who *who, int64_t cohort, struct text objective, const struct matching_weights *weights,
                         struct matching_found **out);
struct err matching_keep(struct tx *tx, const struct who *who, struct matching_found *found, struct matching_summary *out);
struct err matching_lock(struct tx *tx, const struct who *who, int64_t proposal, bool lock);
/* Another mentor for this mentee (0: none), with a reason; the swap is recorded. */
struct err matching_edit(struct tx *tx, const struct who *who, int64_t proposal, int64_t mentor, struct text reason);
struct err matching_forbid(struct tx *tx, const struct who *who, int64_t cohort, int64_t mentor, int64_t mentee, struct text reason);
/* Sends the proposals (R08) to both sides; they have five days. */
struct err matching_publish(struct tx *tx, const struct who *who, int64_t cohort, int64_t *published);
/* Private: the other side never learns who declined, or why. Both yes: journeys_activate(). */
struct err matching_answer(struct tx *tx, const struct who *who, int64_t proposal, bool yes, struct text note);
/* Unanswered after five days: expired, the coordinator gets R09. Called by a job. */
struct err matching_expire(struct tx *tx, int64_t cohort);

/* Both have said yes and both are ready: makes the pair. Called when somebody becomes ready; nothing happens otherwise. */
struct err matching_try_activate(struct tx *tx, int64_t cohort, int64_t person);

/* The open proposals of a person, for the home page. */
struct matching_open { int64_t id, cohort; bool mentor; struct text partner_first_name; struct opt expires_at; bool answered; };
struct matching_open_list { size_t n; struct matching_open *row; };
struct err matching_open_of(struct tx *tx, int64_t person, struct matching_open_list *out);

/* One side of a proposal, for staff who write down what was said on the telephone; see desk_answer_proposal(). */
struct matching_asked_side { int64_t cohort; bool mentor, open, answered; struct opt expires_at; struct text first_name, partner; };
struct err matching_asked_side(struct tx *tx, const struct who *who, int64_t proposal, int64_t person, struct matching_asked_side *out);
extern const struct desk_kind matching_act_accept, matching_act_decline;

/* For gates, facts and figures. */
struct matching_counts { int64_t draft, open, accepted, declined, expired; };
struct err matching_counts(struct tx *tx, int64_t cohort, struct matching_counts *out);

#endif
