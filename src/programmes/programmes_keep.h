/*
 * What is decided about a cohort that there is: who agreed to its data protection assessment, the figures to reach when they
 * change on the way, who is asked and told, and that it is over.  Each is kept with a name and a time.
 *
 * Wrong place? The worksheet before the cohort: programmes/programmes_design.h.  The gates: programmes/programmes.h.
 */
#ifndef TELEMACHUS_PROGRAMMES_PROGRAMMES_KEEP_H
#define TELEMACHUS_PROGRAMMES_PROGRAMMES_KEEP_H

#include "programmes/programmes_design.h"

/* ---- data protection ---- */

struct programmes_assessment {
        bool there;
        bool agreed;                    /* by name; else name answers for beginning without, for that reason */
        struct text name, reason, by_name;
        int64_t at;
};
struct err programmes_assessment(struct tx *tx, int64_t cohort, struct programmes_assessment *out);
/* Staff. Invalid naming the field: who is missing; why, unless it is agreed. */
struct err programmes_confirm_assessment(struct tx *tx, const struct who *who, int64_t cohort, bool agreed, struct text name,
                                         struct text reason);
/* The worksheet of the cohort, or what the cohort itself knows; for programmes_dpia(). Staff. */
struct err programmes_design_for(struct tx *tx, const struct who *who, int64_t cohort, struct programmes_design *out);

/* ---- figures to reach ---- */

struct programmes_target_change {
        int figure;                     /* as programmes_target_row() orders them */
        int64_t was, least, at;         /* per cent, 0: none */
        struct text reason, by_name;
};
struct programmes_target_change_list { size_t n; struct programmes_target_change *row; };
/* Oldest first. */
struct err programmes_changed_targets(struct tx *tx, int64_t cohort, struct programmes_target_change_list *out);
/* Staff. Those that differ are kept with the reason; *changed: how many. Invalid "reason" if any differs without one. */
struct err programmes_change_targets(struct tx *tx, const struct who *who, int64_t cohort, const int64_t least[PROGRAMMES_TARGETS],
                                     struct text reason, int64_t *changed);

/* ---- people who are asked or told ---- */

/* Asks everybody who has the role of sponsor to sign, at most once a day; *asked: how many. Conflict if there is nothing to sign. Staff. */
struct err programmes_ask_sponsors(struct tx *tx, const struct who *who, int64_t cohort, int64_t *asked);
/* One of them, by the mail that a new sponsor gets. No permission check: for verbs that have made theirs. */
struct err programmes_ask_to_sign(struct tx *tx, const struct who *who, int64_t sponsor, const struct programmes_cohort *c, struct text anchor);
/* Somebody has been given a part (coordinator, deputy, contact): what it is, by mail. No permission check, as above. */
struct err programmes_tell_part(struct tx *tx, const struct who *who, int64_t person, const struct programmes_cohort *c, struct text part);

/* ---- over ---- */

/* Staff. Conflict before its end, or while a pair is open. What comes later (questions after half a year, deletion) goes on. */
struct err programmes_close(struct tx *tx, const struct who *who, int64_t cohort);
struct err programmes_reopen(struct tx *tx, const struct who *who, int64_t cohort);

#endif
