/*
 * What the searches of matching_paths.h share. Private to matching_paths*.c.
 */
#ifndef TELEMACHUS_MATCHING_PATHS_PARTS_H
#define TELEMACHUS_MATCHING_PATHS_PARTS_H

#include "matching/matching_paths.h"

/* The nearest place where a way may end, so far. */
struct matching_end { int64_t distance; int32_t column; };

void matching_paths_push(struct matching_paths *p, int64_t distance, int32_t what);
struct matching_entry matching_paths_pop(struct matching_paths *p);

/* The column is reached at that distance, which is less than before; at `now` it joins the level. */
void matching_paths_meet(struct matching_paths *p, int32_t j, int64_t distance, int64_t now);

/* Everybody on the way to the column moves one on. */
void matching_paths_move(struct matching_paths *p, int32_t column);

/* A search is over: nothing has been met. */
void matching_paths_forget(struct matching_paths *p);

#endif
