/* Between the files that write what happened. */
#ifndef TELEMACHUS_REHEARSAL_REHEARSAL_OUT_H
#define TELEMACHUS_REHEARSAL_REHEARSAL_OUT_H

#include "base/out.h"
#include "rehearsal/rehearsal_play.h"

struct rehearsal_week {
        int mails, calls, tried, met, messages, tickets, flags_opened, flags_closed;
        int64_t minutes;
};
/* worst: the week that asks for most above the hours that there are; n if none does. */
struct rehearsal_weeks { size_t n, worst; int64_t from; struct rehearsal_week *row; };

void rehearsal_weeks(struct arena *a, const struct rehearsal *r, struct rehearsal_weeks *out);
/* How often a reminder or a call came up; R05 counts R05-2 as well. */
int64_t rehearsal_fired(const struct rehearsal *r, struct text rule);

/* One self-contained page. */
struct text rehearsal_page(struct arena *a, const struct rehearsal *r,
                           const struct rehearsal_weeks *weeks);

/* Events of that kind. */
int64_t rehearsal_count(const struct rehearsal *r, const char *kind);

#endif
