/* Between matching_circles*.c: what two people, or a circle, have in common. Pure. */
#ifndef TELEMACHUS_MATCHING_MATCHING_CIRCLES_PARTS_H
#define TELEMACHUS_MATCHING_MATCHING_CIRCLES_PARTS_H

#include "matching/matching_circles.h"

/* All of them weighed against each other: the work grows with the square. At least four. */
struct err matching_circles_at_once(const struct matching_profile *p, int32_t n, bool mixed, struct arena *a, struct matching_circles *out);

/* What forbids two people one circle, or-ed; 0: nothing. */
enum { CIRCLE_NO_LANGUAGE = 1, CIRCLE_SAME_TEAM = 2, CIRCLE_APART = 4 };
unsigned matching_circle_clash(const struct matching_profile *a, const struct matching_profile *b);

/* Shares in millionths, the same from both sides; one half where one of them says nothing. */
int64_t matching_words_shared(struct matching_words a, struct matching_words b);
/* Wants, goals and offers: the best of the three. */
int64_t matching_aims_shared(const struct matching_profile *a, const struct matching_profile *b);

/* Aims, likings and hours together; mixed: a different field is worth more. */
int32_t matching_alike(const struct matching_profile *a, const struct matching_profile *b, bool mixed);

/* into: the hours that both have; what is not known takes none away. */
void matching_week_both(struct matching_utc_week *into, const struct matching_utc_week *week);
bool matching_week_enough(const struct matching_utc_week *w);
/* The first full hour from then on in which everybody is free; absent if there is none. */
struct opt matching_week_next(const struct matching_utc_week *w, int64_t from);

#endif
