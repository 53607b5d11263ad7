/*
 * The same work on several stretches of rows at once. Private to matching_*.c.
 */
#ifndef TELEMACHUS_MATCHING_TEAM_H
#define TELEMACHUS_MATCHING_TEAM_H

#include <stdint.h>

/* Stretches are always as many, so that what comes of them does not depend on the number of threads. */
enum { MATCHING_STRETCHES = 8 };

/*
 * Calls work(ctx, k, from, until) once for each stretch k of 0 .. n - 1, on at most so many threads, in any order. The
 * calls share ctx and must keep apart what they write.
 */
void matching_team(int threads, int32_t n, void (*work)(void *ctx, int stretch, int32_t from, int32_t until), void *ctx);

#endif
