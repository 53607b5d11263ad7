/*
 * What the parts of the core share: a full matrix's few cells that can matter, and what is known of the others. Private to
 * matching_core*.c.
 */
#ifndef TELEMACHUS_MATCHING_CORE_PARTS_H
#define TELEMACHUS_MATCHING_CORE_PARTS_H

#include "matching/matching_core.h"
#include "matching/matching_relax.h"
#include "matching/matching_team.h"

struct matching_core {
        const struct matching_task *t;
        struct matching_graph g;
        struct arena *a;
        struct matching_limits easy, shorter;   /* what columns cost rows outside short, and in it */
        struct matching_answer *w;
        /* what a pass has found, by stretch */
        struct matching_pick *pick[MATCHING_STRETCHES];
        int64_t picks[MATCHING_STRETCHES], room[MATCHING_STRETCHES];
        int most;                               /* cells that one row may bring */
        struct matching_relax guess;            /* prices to choose the first cells by */
        int32_t *at;                            /* and a column for each row */
        /*
         * Per row and column, its price when all cells of the row were last looked at: while the row's does not fall, nor any
         * column's, it need not be looked at again.
         */
        int64_t *seen_row, *seen_column;
        bool people;                            /* looking for ways out of short, whatever their weight */
};

static inline int64_t matching_core_weight(const struct matching_task *t, int32_t row, int32_t column)
{
        int32_t i = t->mentee[row];
        int64_t score = matching_sheet_at(t->sheet, i, column);

        if (score == MATCHING_NONE || matching_is_forbidden(t->view, i, column))
                return MATCHING_NONE;
        return score + matching_view_keep(t->view, i, column);
}

/* Brings what was picked into the graph; false when that is nothing. */
bool matching_core_grow(struct matching_core *c);

#endif
