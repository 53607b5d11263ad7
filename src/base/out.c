#include "base/out.h"

#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct out out_new(struct arena *a, size_t room)
{
        return (struct out) {.arena = a, .p = arena_alloc(a, room), .room = room};
}

char *out_reserve(struct out *o, size_t n)
{
        if (o->room - o->n < n) {
                size_t room = (o->room + n) * 2;
                char *p = arena_alloc(o->arena, room);
                if (o->n)
                        memcpy(p, o->p, o->n);
                o->p = p;
                o->room = room;
        }
        return o->p + o->n;
}

void out_bytes(struct out *o, const void *p, size_t n)
{
        if (n == 0)
                return;
        memcpy(out_reserve(o, n), p, n);
        o->n += n;
}

void out_c(struct out *o, const char *s) { out_bytes(o, s, strlen(s)); }
void out_text(struct out *o, struct text t) { out_bytes(o, t.p, t.n); }
void out_char(struct out *o, char c) { out_bytes(o, &c, 1); }

void out_int(struct out *o, int64_t v)
{
        char digits[24];
        size_t i = sizeof digits;
        uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;

        do {
                digits[--i] = (char)('0' + u % 10);
                u /= 10;
        } while (u);
        if (v < 0)
                digits[--i] = '-';
        out_bytes(o, digits + i, sizeof digits - i);
}

void out_format(struct out *o, const char *format, ...)
{
        va_list ap;
        va_list again;

        va_start(ap, format);
        va_copy(again, ap);
        int n = vsnprintf(NULL, 0, format, ap);
        must(n >= 0);
        vsnprintf(out_reserve(o, (size_t)n + 1), (size_t)n + 1, format, again);
        o->n += (size_t)n;
        va_end(again);
        va_end(ap);
}

struct text out_get(struct out *o)
{
        *out_reserve(o, 1) = 0;
        return (struct text) {.p = o->p, .n = o->n};
}
