#include "base/arena.h"

#include "base/err.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* From LARGE on a block is made of large pages, where the system has them: what is spread over it is then found much faster. */
enum { FIRST_BLOCK = 32 * 1024, ALIGNMENT = 16, LARGE = 4 << 20, PAGE = 4096 };

struct block {
        struct block *previous;
        size_t size;
        size_t used;
        size_t written;         /* bytes behind have never been handed out and are zero; all of a small block may be anything */
        size_t before;          /* bytes used in all earlier blocks */
        _Alignas(ALIGNMENT) unsigned char data[];
};

struct arena {
        struct block *last;
        size_t ceiling;
        size_t held;
        jmp_buf *guard;
};

/* It is no fault if the system does not care for it. */
static void ask_for_large_pages(struct block *b)
{
        uintptr_t from = ((uintptr_t)b + PAGE - 1) & ~(uintptr_t)(PAGE - 1);
        uintptr_t until = ((uintptr_t)b + sizeof *b + b->size) & ~(uintptr_t)(PAGE - 1);

        (void)madvise((void *)from, until - from, MADV_HUGEPAGE);
}

/* A large block comes from calloc: fresh from the system it is zero already, and must not be touched for that. */
static struct block *block_new(struct block *previous, size_t size)
{
        struct block *b = size < LARGE ? malloc(sizeof *b + size) : calloc(1, sizeof *b + size);

        if (b) {
                b->previous = previous;
                b->size = size;
                b->used = 0;
                b->written = size < LARGE ? size : 0;
                if (size >= LARGE)
                        ask_for_large_pages(b);
                b->before = previous ? previous->before + previous->used : 0;
        }
        return b;
}

struct arena *arena_new(size_t ceiling)
{
        struct arena *a = malloc(sizeof *a);

        must(a);
        *a = (struct arena) {.ceiling = ceiling};
        return a;
}

void arena_free(struct arena *a)
{
        if (!a)
                return;
        for (struct block *b = a->last, *previous; b; b = previous) {
                previous = b->previous;
                free(b);
        }
        free(a);
}

jmp_buf *arena_guard(struct arena *a, jmp_buf *guard)
{
        jmp_buf *before = a->guard;

        a->guard = guard;
        return before;
}

static void out_of_room(struct arena *a)
{
        if (a->guard)
                longjmp(*a->guard, 1);
        must(!"an arena without a guard reached its ceiling");
}

static void grow(struct arena *a, size_t n)
{
        size_t size = a->last ? a->last->size * 2 : FIRST_BLOCK;

        if (size > a->ceiling / 4)
                size = a->ceiling / 4;
        if (size < n)
                size = n;
        if (n > a->ceiling || a->held + size > a->ceiling)
                size = n;
        if (n > a->ceiling || a->held + size > a->ceiling)
                out_of_room(a);
        struct block *b = block_new(a->last, size);
        if (!b) {
                out_of_room(a);
                return;
        }
        a->last = b;
        a->held += size;
}

/* The next n bytes of a block; only those that were handed out before must be cleared. */
static void *zeroed(struct block *b, size_t n)
{
        unsigned char *p = b->data + b->used;

        if (b->used < b->written)
                memset(p, 0, b->written - b->used < n ? b->written - b->used : n);
        b->used += n;
        b->written = b->used > b->written ? b->used : b->written;
        return p;
}

void *arena_alloc(struct arena *a, size_t n)
{
        must(n < SIZE_MAX / 2);
        n = (n + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
        if (!a->last || a->last->size - a->last->used < n)
                grow(a, n);
        return zeroed(a->last, n);
}

void *arena_alloc_array(struct arena *a, size_t size, size_t n)
{
        size_t bytes;

        must(!__builtin_mul_overflow(size, n, &bytes));
        return arena_alloc(a, bytes);
}

char *arena_dup(struct arena *a, const void *p, size_t n)
{
        char *copy = arena_alloc(a, n + 1);

        if (n)
                memcpy(copy, p, n);
        return copy;
}

struct arena_mark arena_mark(struct arena *a)
{
        return (struct arena_mark) {.block = a->last, .used = a->last ? a->last->used : 0};
}

void arena_rewind(struct arena *a, struct arena_mark mark)
{
        while (a->last != mark.block) {
                struct block *b = a->last;
                a->last = b->previous;
                a->held -= b->size;
                free(b);
        }
        if (a->last)
                a->last->used = mark.used;
}

void arena_reset(struct arena *a)
{
        while (a->last && a->last->previous) {
                struct block *b = a->last;
                a->last = b->previous;
                a->held -= b->size;
                free(b);
        }
        if (a->last)
                a->last->used = 0;
}

size_t arena_used(const struct arena *a) { return a->last ? a->last->before + a->last->used : 0; }
