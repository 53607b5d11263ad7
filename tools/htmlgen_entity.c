/* Sentences are plain text: character references of a template are read, and written again where
 * HTML needs them. */
#include "htmlgen.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static const struct { const char *name; const char *is;
} entities[] = {
        {"amp", "&"},       {"lt", "<"},          {"gt", ">"},     {"quot", "\""}, {"apos", "'"},
        {"nbsp", "\u00a0"}, {"shy", "\u00ad"},    {"hellip", "…"}, {"ndash", "–"}, {"mdash", "—"},
        {"larr", "←"},      {"rarr", "→"},        {"uarr", "↑"},   {"darr", "↓"},  {"middot", "·"},
        {"times", "×"},     {"laquo", "«"},       {"raquo", "»"},  {"bull", "•"},  {"copy", "©"},
        {"minus", "−"},     {"lsquo", "‘"},       {"rsquo", "’"},  {"ldquo", "“"}, {"rdquo", "”"},
        {"euro", "€"},      {"thinsp", "\u2009"},
};

static bool by_number(struct out *o, const char *s)
{
        char utf8[8];
        long c = s[1] == 'x' ? strtol(s + 2, NULL, 16) : strtol(s + 1, NULL, 10);

        if (c < 32 || c > 0x10ffff)
                return false;
        out_bytes(o, utf8, (size_t)g_unichar_to_utf8((gunichar)c, utf8));
        return true;
}

static bool by_name(struct out *o, struct text name)
{
        for (size_t i = 0; i < sizeof entities / sizeof entities[0]; i++)
                if (text_is(name, entities[i].name)) {
                        out_c(o, entities[i].is);
                        return true;
                }
        return false;
}

struct text markup_decode(struct view *v, struct text s)
{
        struct out o = out_new(v->g->arena, s.n + 8);

        for (size_t i = 0; i < s.n; i++) {
                size_t end = i + 1;
                if (s.p[i] != '&' || end == s.n ||
                    !(isalpha((unsigned char)s.p[end]) || s.p[end] == '#')) {
                        out_char(&o, s.p[i]);
                        continue;
                }
                while (end < s.n && (isalnum((unsigned char)s.p[end]) || s.p[end] == '#'))
                        end++;
                struct text name = {.p = s.p + i + 1, .n = end - i - 1};
                bool known = end < s.n && s.p[end] == ';' &&
                             (name.p[0] == '#' ? by_number(&o, name.p) : by_name(&o, name));
                if (!known)
                        view_fail(v,
                                  "&%.*s is not known here: write the character itself, or &amp;",
                                  (int)name.n, name.p);
                i = end;
        }
        return out_get(&o);
}

struct text markup_escape(struct arena *a, struct text s)
{
        struct out o = out_new(a, s.n + 16);

        for (size_t i = 0; i < s.n; i++) {
                switch (s.p[i]) {
                case '&': out_c(&o, "&amp;"); break;
                case '<': out_c(&o, "&lt;"); break;
                case '>': out_c(&o, "&gt;"); break;
                case '"': out_c(&o, "&quot;"); break;
                default: out_char(&o, s.p[i]);
                }
        }
        return out_get(&o);
}
