/*
 * A morning of letters: programme letters at 09:30 of each zone, staff letters at 08:30 of the
 * cohort's; and the same looked at a day before.
 */
#ifndef TELEMACHUS_JOURNEYS_JOURNEYS_MORNING_H
#define TELEMACHUS_JOURNEYS_JOURNEYS_MORNING_H

#include "journeys/journeys_facts.h"
#include "journeys/journeys_values.h"

/* Sends what is due on a day to everybody of a cohort who lives in a zone. */
struct err journeys_morning(struct tx *tx, int64_t cohort, struct text zone, int64_t day);

/* Sends what is due to coordinator and deputy: one letter per rule, with a list. */
struct err journeys_staff_morning(struct tx *tx, int64_t cohort, int64_t day);

/*
 * What is due to one reader, checked against everything ever sent to them.  reader.sent grows by
 * what was found.
 */
struct err journeys_plan(struct tx *tx, const struct pack *pack, struct journeys_reader *reader,
                         int64_t day,
                         struct journeys_due_list *out);

#endif
