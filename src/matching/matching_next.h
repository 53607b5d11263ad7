/* Between the files of matching/ only: what an answer sets off. */
#ifndef TELEMACHUS_MATCHING_MATCHING_NEXT_H
#define TELEMACHUS_MATCHING_MATCHING_NEXT_H

#include "matching/matching.sql.h"

/* This person has just said no: the second time a call is queued; the next best comes up in a few minutes. */
struct err matching_declined(struct tx *tx, int64_t cohort, int64_t person);

/* To the one of the two who has not said no: published, or declined by the other one within its five days. */
bool matching_looks_open(const struct matching_row *r, int64_t now);

#endif
