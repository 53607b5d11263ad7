/* Between the files of this room. */
#ifndef TELEMACHUS_PROGRAMMES_PROGRAMMES_PARTS_H
#define TELEMACHUS_PROGRAMMES_PROGRAMMES_PARTS_H

#include "programmes/programmes.h"

enum { PROGRAMMES_PROOF_S = 90 * 86400 }; /* how long a test mail that arrived counts */

/*
 * The launch by so many days, with every phase and gathering behind today (or behind the launch, if
 * that has passed).
 */
struct err programmes_shift(struct tx *tx, const struct programmes_cohort *c, int64_t days);

#endif
