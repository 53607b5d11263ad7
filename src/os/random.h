/*
 * Random bytes and the ids made from them.
 *
 * random_replay() makes the stream repeatable; only the rehearsal calls it, in a process of its own, on a database that
 * nobody else opens.
 */
#ifndef TELEMACHUS_OS_RANDOM_H
#define TELEMACHUS_OS_RANDOM_H

#include <stddef.h>
#include <stdint.h>

/* n bytes from the kernel's generator (libsodium). */
void random_bytes(void *p, size_t n);

/* Uniform in [0, below); below > 0. */
uint32_t random_below(uint32_t below);

/*
 * A new id: 41 bits of milliseconds since 2020, 22 random bits; positive, never 0. Sorts by time; those of one process
 * ascend, whatever the clock does.
 */
int64_t random_id(void);

/* From now on every value follows from the seed; ids count up from 1. For rehearsals only. */
void random_replay(uint64_t seed);

#endif
