#include "rehearsal/rehearsal_chance.h"

/* splitmix64 */
static uint64_t mix(uint64_t z)
{
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        return z ^ (z >> 31);
}

uint64_t rehearsal_draw(struct rehearsal_chance *c)
{
        c->state += 0x9e3779b97f4a7c15u;
        return mix(c->state);
}

static double unit(uint64_t x) { return (double)(x >> 11) * 0x1.0p-53; }

bool rehearsal_lot(struct rehearsal_chance *c, double p) { return unit(rehearsal_draw(c)) < p; }

int64_t rehearsal_between(struct rehearsal_chance *c, int64_t least, int64_t most)
{
        return least + (int64_t)(rehearsal_draw(c) % (uint64_t)(most - least + 1));
}

double rehearsal_fate(uint64_t seed, int64_t thing, int64_t question)
{
        return unit(mix(mix(seed + 0x9e3779b97f4a7c15u) +
                        mix((uint64_t)thing * 31 + (uint64_t)question)));
}
