/*
 * Output that grows in an arena: pages, mails, JSON.  Appending never fails (the arena's guard answers for size).
 *
 * Wrong place? Escaping is html/html.h; this only moves bytes.
 */
#ifndef TELEMACHUS_BASE_OUT_H
#define TELEMACHUS_BASE_OUT_H

#include "base/text.h"

struct out {
        struct arena *arena;
        char *p;
        size_t n;
        size_t room;
};

struct out out_new(struct arena *a, size_t room);
void out_bytes(struct out *o, const void *p, size_t n);
void out_c(struct out *o, const char *s);
void out_text(struct out *o, struct text t);
void out_int(struct out *o, int64_t v);
void out_char(struct out *o, char c);
[[gnu::format(printf, 2, 3)]] void out_format(struct out *o, const char *format, ...);

/* What was written so far, zero-terminated; valid until the next append. */
struct text out_get(struct out *o);

/* At least n bytes to write at o->p + o->n; the writer adds to o->n what it used. */
char *out_reserve(struct out *o, size_t n);

#endif
