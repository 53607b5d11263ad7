/*
 * Memory that is given back all at once.  A request, a job or a command owns one arena; nothing allocated from it is
 * freed by itself, so there are no clean-up labels.  Three lifetimes only: process, request or job, loop (mark, rewind).
 *
 * Wrong place? Text in an arena: base/text.h.  Growing output: base/out.h.
 */
#ifndef TELEMACHUS_BASE_ARENA_H
#define TELEMACHUS_BASE_ARENA_H

#include <setjmp.h>
#include <stddef.h>

struct arena;

struct arena_mark {
        void *block;
        size_t used;
};

/*
 * An arena that never holds more than ceiling bytes.  Owned by the caller, who ends it with arena_free().  Running out
 * of ceiling is answered by longjmp to the guard if one is set (the request fails with ERR_LIMIT), by must() otherwise.
 */
struct arena *arena_new(size_t ceiling);
void arena_free(struct arena *a);

/*
 * Where to go when the ceiling is reached; NULL removes it. The frame that set the guard must still be alive. Gives back the
 * guard before, for those who set one for a while.
 */
jmp_buf *arena_guard(struct arena *a, jmp_buf *guard);

/* n zeroed bytes, aligned to 16; never NULL. */
void *arena_alloc(struct arena *a, size_t n);

/* A copy of n bytes with a zero byte behind it. */
char *arena_dup(struct arena *a, const void *p, size_t n);

#define arena_new_of(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define arena_array(a, type, n) ((type *)arena_alloc_array((a), sizeof(type), (n)))
void *arena_alloc_array(struct arena *a, size_t size, size_t n);

/* Loop lifetime: everything allocated since the mark is given back. */
struct arena_mark arena_mark(struct arena *a);
void arena_rewind(struct arena *a, struct arena_mark mark);

/* Give everything back but keep the first block, for the next request. */
void arena_reset(struct arena *a);

/* Bytes handed out since the last reset, for /metrics. */
size_t arena_used(const struct arena *a);

#endif
