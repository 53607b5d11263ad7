/*
 * The exact engine: shortest augmenting paths over prices, after Jonker and Volgenant (1987), with places instead of
 * copied columns and columns at the same distance done together.  Private to matching_*.c.
 */
#ifndef TELEMACHUS_MATCHING_PATHS_H
#define TELEMACHUS_MATCHING_PATHS_H

#include "matching/matching_few.h"

#define MATCHING_FAR_AWAY INT64_MAX

/* A column, or a row's edges that are not among its few: ~row. */
struct matching_entry { int64_t distance; int32_t what; };

/* All that a search wants to know of a column, side by side: one miss of the cache an edge instead of five. */
struct matching_way {
        int64_t price;                          /* as in the stand */
        int64_t distance;                       /* MATCHING_FAR_AWAY between searches; nothing is nearer to a column without places */
        int32_t parent;                         /* the row it was reached from */
        int32_t slot, used, room;               /* as in the stand: its holders, their number and how many more may come */
};

struct matching_turn;

struct matching_paths {
        const struct matching_graph *g;
        struct matching_stand *s;
        const struct matching_fews *fews;       /* NULL: rows are read whole */
        struct matching_back back;              /* only matching_paths_release() needs it */
        bool has_back;
        struct matching_way *way;               /* per column */
        int32_t *via;                           /* per row: the column it would leave */
        int64_t *row_distance;                  /* per row; MATCHING_FAR_AWAY between searches */
        int32_t *met_column, *met_row;
        int32_t n_column, n_row;
        struct matching_entry *heap;
        int64_t in_heap, room;
        int32_t *level, n_level;                /* columns at the distance being worked on */
        struct matching_turn *turn;             /* rows on the way; only matching_paths_tight() needs it */
        int32_t n_turn;
        bool through;                           /* looks past free places: there will be none */
        int64_t searches, looked_at;
        struct arena *a;
};

/*
 * fews: what is known of the rows at the prices that s has, or NULL. Searches make use of it until the first release, for
 * up to then prices only rise. While p is in use, nobody else touches s.
 */
void matching_paths_new(const struct matching_graph *g, struct matching_stand *s, const struct matching_fews *fews,
                        struct arena *a, struct matching_paths *p);

/*
 * The row has one column fewer than it needs: gives it one, moving others if that is better for all. False, and nothing
 * has changed, when no way leads to a free place.
 */
bool matching_paths_place(struct matching_paths *p, int32_t row);

/*
 * For rows that need one column each. Places those of the open rows for whom a way of tight edges leads to a free place,
 * without touching a price; everybody is asked at most once, so a few ways may be missed. Gives back how many.
 */
int32_t matching_paths_tight(struct matching_paths *p, const int32_t *open, int32_t n_open);

/*
 * Where the rows need one column each and every place will be taken: moves prices as little as opens ways from the open
 * rows to so many free places. A free place may cost something after that. False when no way leads anywhere.
 */
bool matching_paths_nearer(struct matching_paths *p, const int32_t *open, int32_t n_open, int32_t wanted);

/*
 * The column has a free place that is not yet free of charge: brings somebody there or its price down to nothing, or
 * both along a chain.  Needs back.
 */
void matching_paths_release(struct matching_paths *p, int32_t column);

#endif
