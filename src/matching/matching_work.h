/*
 * The rules about work (line of management, team, field, level) against what is on the table and what is a pair already: facts
 * of the organisation change while a programme runs.
 *
 * Wrong place? Who may become a pair: matching_rules.h.  What a file of facts says: programmes/roster.h.
 */
#ifndef TELEMACHUS_MATCHING_MATCHING_WORK_H
#define TELEMACHUS_MATCHING_MATCHING_WORK_H

#include "base/who.h"
#include "db/db.h"

/* Facts about a person that are not written yet: absent is as it is known, "-" is none. Folded. */
struct matching_newer { int64_t person; struct text email, manager_email, managers_manager_email, team, profession, grade; };

/* One of proposal and pair is 0. rule is a catalogue key that says it of two people, for staff. */
struct matching_broken { int64_t cohort, proposal, pair, mentor, mentee; const char *rule, *code; struct text state, mentor_name, mentee_name; };
struct matching_broken_list { size_t n; struct matching_broken *row; };

/*
 * Proposals that are unsent, open or accepted, and pairs that run, which a rule about work forbids; pairs only for line of
 * management and team. newer: to look ahead, else n is 0. No permission check.
 */
struct err matching_work_broken(struct tx *tx, int64_t cohort, const struct matching_newer *newer, size_t n, struct matching_broken_list *out);

/*
 * The same, acted upon: such a proposal is taken back, and both hear of it if it had been sent; such a pair gets a red flag,
 * which goes when the rule no longer forbids it. Safe to run as often as wanted. For verbs that have made their check, and jobs.
 */
struct err matching_work_recheck(struct tx *tx, const struct who *who, int64_t cohort, struct matching_broken_list *out);
/* In every cohort in which one of them takes part. */
struct err matching_work_recheck_people(struct tx *tx, const struct who *who, const int64_t *person, size_t n, struct matching_broken_list *out);

/*
 * Somebody leaves the cohort: all their proposals that are no pair yet are taken back; of a sent one the other side hears, and the
 * next best is looked for. And as it was again, where nothing has come up since. For verbs that have made their check.
 */
struct err matching_take_back_of(struct tx *tx, const struct who *who, int64_t cohort, int64_t person);
struct err matching_put_back_of(struct tx *tx, int64_t cohort, int64_t person);

/* What was taken back lately, newest first, for the table. */
struct matching_taken_back { int64_t proposal, at; const char *rule; struct text mentor_name, mentee_name; bool sent; };
struct matching_taken_back_list { size_t n; struct matching_taken_back *row; };
struct err matching_taken_back(struct tx *tx, int64_t cohort, struct matching_taken_back_list *out);

#endif
