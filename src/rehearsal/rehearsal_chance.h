/* Chance that follows from a seed: the same rehearsal twice is the same to the second. Pure. */
#ifndef TELEMACHUS_REHEARSAL_REHEARSAL_CHANCE_H
#define TELEMACHUS_REHEARSAL_REHEARSAL_CHANCE_H

#include <stdbool.h>
#include <stdint.h>

struct rehearsal_chance { uint64_t state; };

uint64_t rehearsal_draw(struct rehearsal_chance *c);
/* true with probability p (0 .. 1) */
bool rehearsal_lot(struct rehearsal_chance *c, double p);
/* uniform, both ends included */
int64_t rehearsal_between(struct rehearsal_chance *c, int64_t least, int64_t most);
/* A fixed number in [0, 1) for a thing, however often it is asked: what fate has in store for it.
 */
double rehearsal_fate(uint64_t seed, int64_t thing, int64_t question);

#endif
