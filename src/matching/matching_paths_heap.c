#include "matching/matching_paths_parts.h"

#include <string.h>

/* A column may stand in the heap more than once: its last entry counts. */

static void heap_grow(struct matching_paths *p)
{
        struct matching_entry *wider = arena_array(p->a, struct matching_entry, (size_t)p->room * 2);

        memcpy(wider, p->heap, (size_t)p->in_heap * sizeof *wider);
        p->heap = wider;
        p->room *= 2;
}

void matching_paths_push(struct matching_paths *p, int64_t distance, int32_t what)
{
        if (p->in_heap == p->room)
                heap_grow(p);
        int64_t at = p->in_heap++;
        while (at > 0 && p->heap[(at - 1) / 2].distance > distance) {
                p->heap[at] = p->heap[(at - 1) / 2];
                at = (at - 1) / 2;
        }
        p->heap[at] = (struct matching_entry) {distance, what};
}

struct matching_entry matching_paths_pop(struct matching_paths *p)
{
        struct matching_entry top = p->heap[0], last = p->heap[--p->in_heap];
        int64_t at = 0;

        for (;;) {
                int64_t child = 2 * at + 1;
                if (child >= p->in_heap)
                        break;
                if (child + 1 < p->in_heap && p->heap[child + 1].distance < p->heap[child].distance)
                        child++;
                if (p->heap[child].distance >= last.distance)
                        break;
                p->heap[at] = p->heap[child];
                at = child;
        }
        p->heap[at] = last;
        return top;
}
