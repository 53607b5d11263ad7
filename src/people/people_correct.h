/*
 * Corrections: what a person cannot change alone (facts of the organisation's list, dates, what staff wrote down) they ask to
 * have put right; staff accept, and it is done, or decline with a reason.  Either way the person hears.
 */
#ifndef TELEMACHUS_PEOPLE_PEOPLE_CORRECT_H
#define TELEMACHUS_PEOPLE_PEOPLE_CORRECT_H

#include "base/who.h"
#include "db/db.h"
#include "html/messages.h"
#include "people/people_correct.sql.h"

/* "email", "title" ... and "other", which staff put right by hand; ends with NULL. */
extern const char *const people_correctable[];
/* A catalogue key. */
const char *people_correctable_words(struct text field);
const char *people_correction_state(struct text state);
/* What stands there now; empty for "other". */
struct err people_correctable_now(struct tx *tx, int64_t person, struct text field, struct text *value);

struct people_correction_new { struct text field, wish, reason; };
/* Invalid names the field of the form. The coordinators hear by mail. */
struct err people_ask_correction(struct tx *tx, const struct who *who, const struct people_correction_new *in);
struct err people_withdraw_correction(struct tx *tx, const struct who *who, int64_t correction);

/* Staff of the person. accept: the field is changed now; otherwise answer is the reason and must be there. */
struct err people_decide_correction(struct tx *tx, const struct who *who, int64_t correction, bool accept, struct text answer);

#endif
