/* What people are going to do: a heap, the earliest act on top. */
#include "rehearsal/rehearsal_play.h"

#include <string.h>

static bool before(const struct act *a, const struct act *b)
{
        return a->at < b->at || (a->at == b->at && a->turn < b->turn);
}

void play_push(struct rehearsal *r, const struct act *act)
{
        if (r->n_acts == r->room_acts) {
                struct act *more =
                        arena_array(r->arena, struct act, r->room_acts ? r->room_acts * 2 : 1024);
                if (r->n_acts)
                        memcpy(more, r->heap, r->n_acts * sizeof *more);
                r->heap = more;
                r->room_acts = r->room_acts ? r->room_acts * 2 : 1024;
        }
        size_t i = r->n_acts++;
        r->heap[i] = *act;
        r->heap[i].turn = ++r->turns;
        for (; i > 0 && before(&r->heap[i], &r->heap[(i - 1) / 2]); i = (i - 1) / 2) {
                struct act other = r->heap[i];
                r->heap[i] = r->heap[(i - 1) / 2];
                r->heap[(i - 1) / 2] = other;
        }
}

struct act play_pop(struct rehearsal *r)
{
        struct act top = r->heap[0];

        r->heap[0] = r->heap[--r->n_acts];
        for (size_t i = 0;;) {
                size_t least = i;
                for (size_t k = 2 * i + 1; k <= 2 * i + 2; k++)
                        if (k < r->n_acts && before(&r->heap[k], &r->heap[least]))
                                least = k;
                if (least == i)
                        return top;
                struct act other = r->heap[i];
                r->heap[i] = r->heap[least];
                r->heap[least] = other;
                i = least;
        }
}
