/*
 * Which pairs the desk's list shows: a filter is the query part of its address, so that it can be kept and sent on.
 * Private to journeys/.
 */
#ifndef TELEMACHUS_JOURNEYS_JOURNEYS_MATCH_H
#define TELEMACHUS_JOURNEYS_JOURNEYS_MATCH_H

#include "journeys/journeys.h"

/* Empty: does not matter. show: a key of journeys_match_shows; whose: "mine", "all" or a person's number; flag: "any", "red";
 * mail: "fails"; q: words of a name. */
struct journeys_match { struct text show, q, whose, flag, mail; };

/* Unknown fields and values are passed over. Pure. */
void journeys_match_read(struct arena *a, struct text query, struct journeys_match *out);
/* The query part again, without what does not matter; "" when nothing does. Pure. */
struct text journeys_match_write(struct arena *a, const struct journeys_match *m);

/* Is a pair in one of the states that the list's buttons name? Pure. */
bool journeys_match_show(const struct journeys_pair *p, struct text show, int64_t now);
struct journeys_match_word { const char *key, *words; };
extern const struct journeys_match_word journeys_match_shows[];         /* ended by key NULL */

/* names: "Ana Costa with Max Berg", folded, as the list shows the pair. mark may be NULL. Pure. */
bool journeys_match_fits(struct arena *a, const struct journeys_match *m, const struct journeys_pair *p, const struct desk_mark *mark,
                         struct text names, int64_t reader, int64_t now);

#endif
