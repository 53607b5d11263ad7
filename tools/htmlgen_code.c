/* Writes C: literal output is gathered until something else must be written, so that neighbours
 * become one call. */
#include "htmlgen.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct code *code_new(struct arena *a, const char *file)
{
        struct code *c = arena_new_of(a, struct code);

        *c = (struct code) {.file = file, .done = out_new(a, 512), .literal = out_new(a, 256)};
        return c;
}

void code_literal(struct code *c, struct text s) { out_text(&c->literal, s); }

void code_string(struct out *o, struct text s)
{
        out_char(o, '"');
        for (size_t i = 0; i < s.n; i++) {
                unsigned char ch = (unsigned char)s.p[i];
                if (ch == '"' || ch == '\\')
                        out_format(o, "\\%c", ch);
                else if (ch == '\n')
                        out_c(o, i + 1 < s.n ? "\\n\"\n                \"" : "\\n");
                else if (ch < 0x20 || ch == 0x7f || (ch == '?' && i + 1 < s.n && s.p[i + 1] == '?'))
                        out_format(o, "\\%03o", ch);
                else
                        out_char(o, (char)ch);
        }
        out_char(o, '"');
}

void code_flush(struct code *c)
{
        struct text s = out_get(&c->literal);

        if (s.n == 0)
                return;
        out_c(&c->done, "        html_raw(pg, ");
        code_string(&c->done, s);
        out_format(&c->done, ", %zu);\n", s.n);
        c->literal.n = 0;
}

[[gnu::format(printf, 2, 0)]]
static void add(struct code *c, const char *format, va_list ap)
{
        char *s = NULL;

        if (vasprintf(&s, format, ap) < 0)
                return;
        out_c(&c->done, s);
        out_char(&c->done, '\n');
        free(s);
}

void code_line(struct code *c, int line, const char *format, ...)
{
        va_list ap;

        code_flush(c);
        out_format(&c->done, "#line %d \"%s\"\n", line, c->file);
        va_start(ap, format);
        add(c, format, ap);
        va_end(ap);
}

void code_plain(struct code *c, const char *format, ...)
{
        va_list ap;

        code_flush(c);
        va_start(ap, format);
        add(c, format, ap);
        va_end(ap);
}

void code_append(struct code *c, struct code *from)
{
        if (!code_is_literal(from)) {
                code_flush(c);
                out_text(&c->done, out_get(&from->done));
        }
        out_text(&c->literal, out_get(&from->literal));
}

bool code_is_literal(const struct code *c) { return c->done.n == 0; }
