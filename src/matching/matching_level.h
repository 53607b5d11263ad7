/*
 * How many cells the processor can look at in one go. All loops give the same numbers; tests and bench/matching try each,
 * also those that another machine would use. Private to matching_*.c.
 */
#ifndef TELEMACHUS_MATCHING_LEVEL_H
#define TELEMACHUS_MATCHING_LEVEL_H

enum matching_level { MATCHING_PLAIN, MATCHING_AVX2, MATCHING_AVX512 };

/* The highest that this processor has, up to what was allowed. */
enum matching_level matching_level(void);

/* For a whole process, before anything is solved. */
void matching_level_at_most(enum matching_level most);

#endif
