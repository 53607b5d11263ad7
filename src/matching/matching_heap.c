/*
 * Mentors met by a search, nearest first; the lower number first among equals, so that the order is
 * always the same.
 */
#include "matching/matching_parts.h"

static bool nearer(const struct matching_search *s, int32_t j, int32_t k)
{
        matching_worth a = s->column[j].distance, b = s->column[k].distance;

        return a < b || (a == b && j < k);
}

static void heap_put(struct matching_search *s, int32_t at, int32_t j)
{
        s->heap[at] = j;
        s->column[j].heap = at;
}

void matching_heap_up(struct matching_search *s, int32_t j)
{
        int32_t at = s->column[j].heap;

        if (at == 0)
                at = ++s->in_heap;
        for (; at > 1 && nearer(s, j, s->heap[at / 2]); at /= 2)
                heap_put(s, at, s->heap[at / 2]);
        heap_put(s, at, j);
}

int32_t matching_heap_pop(struct matching_search *s)
{
        int32_t top = s->heap[1], j = s->heap[s->in_heap--], at = 1;

        s->column[top].heap = 0;
        for (int32_t child = 2; child <= s->in_heap; child = 2 * at) {
                if (child < s->in_heap && nearer(s, s->heap[child + 1], s->heap[child]))
                        child++;
                if (!nearer(s, s->heap[child], j))
                        break;
                heap_put(s, at, s->heap[child]);
                at = child;
        }
        if (s->in_heap > 0 && top != j)
                heap_put(s, at, j);
        return top;
}

void matching_heap_clear(struct matching_search *s)
{
        for (int32_t at = 1; at <= s->in_heap; at++)
                s->column[s->heap[at]].heap = 0;
        s->in_heap = 0;
}
