/*
 * Between journeys_staff.c, which decides what staff is told, and journeys_staff_lines.c, which
 * says it.
 */
#ifndef TELEMACHUS_JOURNEYS_JOURNEYS_STAFF_H
#define TELEMACHUS_JOURNEYS_JOURNEYS_STAFF_H

#include "base/out.h"
#include "journeys/journeys_facts.h"
#include "people/people.h"

struct journeys_staff {
        struct tx *tx;
        struct arena *a;
        struct journeys_facts f;
        int64_t day;
        struct journeys_due_untrained_list untrained;
        struct journeys_due_lapsed_list lapsed;
        struct journeys_due_tickets_list tickets;
        struct journeys_due_calls_list calls;
        struct people_person to;
        struct journeys_reader reader;
        struct journeys_part *part;
};

/* One entry of a list, as Markdown, in the reader's language. */
struct text journeys_staff_line(struct journeys_staff *s, const struct journeys_due *d);

/* All who are not through with the core training, as bullets; *count grows by how many. */
void journeys_staff_untrained(struct journeys_staff *s, struct out *o, int64_t *count);

#endif
