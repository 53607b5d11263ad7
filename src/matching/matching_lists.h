/* Between the files of matching/ only: who is suggested to whom. Pure. */
#ifndef TELEMACHUS_MATCHING_MATCHING_LISTS_H
#define TELEMACHUS_MATCHING_MATCHING_LISTS_H

#include "matching/matching_dossier.h"

/* By mentee, best first. */
struct matching_lists { size_t n; struct matching_pair *row; };

/*
 * Up to five mentors for each mentee, three where the mentors allow it.  Each list grows by one in a round that the solver
 * plays for all at once, so that the lists are good together: a mentor stands on at most three for each place, and on up to
 * six where somebody would otherwise have fewer than three to choose from.  Reserves stand on none.
 */
struct err matching_make_lists(const struct matching_dossier *d, struct arena *a, struct matching_lists *out);

/* The solver, first without the reserves; then those who are left out may have one, and nobody else moves. */
struct err matching_solve_kinds(const struct matching_problem *p, const struct matching_options *o, const uint8_t *reserve,
                                struct arena *a, struct matching_result *r);

/* So many declines, then a call of this kind before anybody proposes again. */
enum { MATCHING_DECLINES_MOST = 2 };
extern const char matching_decline_call[];

/* Into a dossier: marks, reserves and groups; and who waits for that call. */
struct err matching_add_kinds(struct tx *tx, int64_t cohort, struct matching_dossier *d);
/* The marks alone. */
struct err matching_add_marks(struct tx *tx, int64_t cohort, struct matching_dossier *d);

/* Is there a rule that even a coordinator keeps to by hand: a colleague's, a private wish, a no? */
struct err matching_is_ruled_out(struct tx *tx, int64_t cohort, int64_t mentor, int64_t mentee, bool *yes);

/* The next refill of a cohort, in a few minutes: declines that come together are answered together. */
struct err matching_refill_soon(struct tx *tx, int64_t cohort);

#endif
