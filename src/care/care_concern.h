/* Concerns as designated contacts read them. Forbidden to everybody else, staff and administrators
 * included. */
#ifndef TELEMACHUS_CARE_CARE_CONCERN_H
#define TELEMACHUS_CARE_CARE_CONCERN_H

#include "care/care.h"
#include "care/care.sql.h"

/* Writes down that it was read. */
struct err care_read_concern(struct tx *tx, const struct who *who, int64_t concern,
                             struct care_concern_row *out);
/* word: a sentence for the reporter, shown to whoever has the code. */
struct err care_say_concern(struct tx *tx, const struct who *who, int64_t concern,
                            struct text state, struct text word);

#endif
