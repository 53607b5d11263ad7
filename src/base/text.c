#include "base/text.h"

#include "base/err.h"

#include <errno.h>
#include <glib.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct text text_of(const char *s) { return s ? (struct text) {.p = s, .n = strlen(s)} : TEXT_ABSENT; }

struct text text_copy(struct arena *a, struct text t)
{
        return t.p ? (struct text) {.p = arena_dup(a, t.p, t.n), .n = t.n} : TEXT_ABSENT;
}

struct text text_format(struct arena *a, const char *format, ...)
{
        va_list ap;
        va_list again;

        va_start(ap, format);
        va_copy(again, ap);
        int n = vsnprintf(NULL, 0, format, ap);
        must(n >= 0);
        char *p = arena_alloc(a, (size_t)n + 1);
        vsnprintf(p, (size_t)n + 1, format, again);
        va_end(again);
        va_end(ap);
        return (struct text) {.p = p, .n = (size_t)n};
}

const char *text_c(struct arena *a, struct text t) { return t.n ? arena_dup(a, t.p, t.n) : ""; }

bool text_is(struct text t, const char *s) { return t.p && strlen(s) == t.n && memcmp(t.p, s, t.n) == 0; }

bool text_equal(struct text a, struct text b)
{
        return (a.p != NULL) == (b.p != NULL) && a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool text_starts(struct text t, const char *prefix)
{
        size_t n = strlen(prefix);

        return t.n >= n && memcmp(t.p, prefix, n) == 0;
}

int text_compare(struct text a, struct text b)
{
        size_t n = a.n < b.n ? a.n : b.n;
        int c = n ? memcmp(a.p, b.p, n) : 0;

        return c ? c : (a.n > b.n) - (a.n < b.n);
}

static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

struct text text_trim(struct text t)
{
        while (t.n && is_space(t.p[0])) {
                t.p++;
                t.n--;
        }
        while (t.n && is_space(t.p[t.n - 1]))
                t.n--;
        return t;
}

/* Of what is all ASCII the long way gives nothing but small letters. */
static bool fold_ascii(struct arena *a, struct text t, struct text *out)
{
        for (size_t i = 0; i < t.n; i++)
                if ((unsigned char)(t.p[i] - 1) >= 127)
                        return false;
        char *p = arena_alloc(a, t.n + 1);
        for (size_t i = 0; i < t.n; i++)
                p[i] = (char)(t.p[i] >= 'A' && t.p[i] <= 'Z' ? t.p[i] + ('a' - 'A') : t.p[i]);
        *out = (struct text) {.p = p, .n = t.n};
        return true;
}

struct text text_fold(struct arena *a, struct text t)
{
        struct text plain;

        if (!t.p)
                return TEXT_ABSENT;
        if (fold_ascii(a, t, &plain))
                return plain;
        if (!text_is_utf8(t))
                return text_copy(a, t);
        char *normal = g_utf8_normalize(t.p, (gssize)t.n, G_NORMALIZE_NFKC);

        must(normal);                   /* it is UTF-8: only memory can be missing */
        char *folded = g_utf8_casefold(normal, -1);
        struct text out = text_copy(a, text_of(folded));
        g_free(folded);
        g_free(normal);
        return out;
}

bool text_is_utf8(struct text t) { return t.n == 0 || g_utf8_validate(t.p, (gssize)t.n, NULL); }

struct text text_cut(struct text t, char separator, struct text *rest)
{
        const char *at = t.n ? memchr(t.p, separator, t.n) : NULL;

        if (!at) {
                *rest = TEXT_ABSENT;
                return t;
        }
        size_t n = (size_t)(at - t.p);
        *rest = (struct text) {.p = at + 1, .n = t.n - n - 1};
        return (struct text) {.p = t.p, .n = n};
}

bool text_int(struct text t, int64_t *out)
{
        char copy[24];
        char *end;

        if (t.n == 0 || t.n >= sizeof copy || is_space(t.p[0]) || t.p[0] == '+')
                return false;
        memcpy(copy, t.p, t.n);
        copy[t.n] = 0;
        errno = 0;
        *out = strtoll(copy, &end, 10);
        return errno == 0 && *end == 0;
}

struct text text_first_chars(struct text t, size_t max)
{
        size_t i = 0;

        while (i < t.n && max) {
                i++;
                while (i < t.n && ((unsigned char)t.p[i] & 0xc0) == 0x80)
                        i++;
                max--;
        }
        return (struct text) {.p = t.p, .n = i};
}
