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

struct desk_behalf { int64_t pair, person; struct text reason; };
struct err desk_log_contact(struct tx *tx, const struct who *who, const struct desk_behalf *b, enum journeys_kind kind, int64_t at,
                            struct opt minutes);
struct err desk_book(struct tx *tx, const struct who *who, const struct desk_behalf *b, int64_t starts_at, int64_t minutes,
                     struct text channel, struct text place);
struct desk_terms { int64_t cadence_days; struct text channel, quiet, boundaries; };
struct err desk_agree(struct tx *tx, const struct who *who, const struct desk_behalf *b, const struct desk_terms *terms);

/* To whoever did it: the person in whose name it was says that it is not right. */
struct err desk_tell_objection(struct tx *tx, const struct desk_act_row *row);

#endif
