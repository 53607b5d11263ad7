/* Cuts a template into literal text and directives, and directives into words. */
#include "htmlgen.h"

#include <ctype.h>
#include <string.h>

static int lines_in(struct text s)
{
        int n = 0;

        for (size_t i = 0; i < s.n; i++)
                n += s.p[i] == '\n';
        return n;
}

/* Behind a quoted C literal that starts at i. */
static size_t skip_quoted(struct text s, size_t i)
{
        char quote = s.p[i++];

        while (i < s.n && s.p[i] != quote && s.p[i] != '\n')
                i += s.p[i] == '\\' && i + 1 < s.n ? 2 : 1;
        return i < s.n ? i + 1 : i;
}

static size_t find_end_of_comment(struct text s, size_t i)
{
        for (; i + 1 < s.n; i++)
                if (s.p[i] == '}' && s.p[i + 1] == '}')
                        return i;
        return SIZE_MAX;
}

static bool is_char_literal(struct text s, size_t i)
{
        return s.p[i] == '\'' && i + 2 < s.n && (s.p[i + 2] == '\'' || s.p[i + 1] == '\\');
}

/* The "}}" that ends a directive beginning at i: not one inside a string or of a compound literal.
 */
static size_t find_end(struct text s, size_t i)
{
        int depth = 0;

        if (i < s.n && s.p[i] == '#')
                return find_end_of_comment(s, i);
        while (i < s.n) {
                if (s.p[i] == '"' || is_char_literal(s, i)) {
                        i = skip_quoted(s, i);
                        continue;
                }
                if (s.p[i] == '}' && depth == 0)
                        return i + 1 < s.n && s.p[i + 1] == '}' ? i : SIZE_MAX;
                if (s.p[i] == '{' && i + 1 < s.n && s.p[i + 1] == '{' && depth == 0)
                        return SIZE_MAX;
                depth += (s.p[i] == '{') - (s.p[i] == '}');
                i++;
        }
        return SIZE_MAX;
}

static bool stands_alone(struct text source, size_t begin, size_t end)
{
        while (begin > 0 && (source.p[begin - 1] == ' ' || source.p[begin - 1] == '\t'))
                begin--;
        while (end < source.n && (source.p[end] == ' ' || source.p[end] == '\t'))
                end++;
        return (begin == 0 || source.p[begin - 1] == '\n') &&
               (end == source.n || source.p[end] == '\n');
}

static void push(GArray *all, enum token_kind kind, struct text s, int line, bool alone)
{
        struct token t = {.kind = kind, .s = s, .line = line, .alone = alone};

        if (kind != TOKEN_TEXT || s.n)
                g_array_append_val(all, t);
}

struct token *token_split(struct gen *g, const char *file, struct text source)
{
        GArray *all = g_array_new(FALSE, FALSE, sizeof(struct token));
        size_t at = 0;
        int line = 1;

        for (;;) {
                const char *open =
                        at < source.n ? memmem(source.p + at, source.n - at, "{{", 2) : NULL;
                size_t begin = open ? (size_t)(open - source.p) : source.n;
                struct text literal = {.p = source.p + at, .n = begin - at};
                push(all, TOKEN_TEXT, literal, line, false);
                line += lines_in(literal);
                if (!open)
                        break;
                size_t end = find_end(source, begin + 2);
                if (end == SIZE_MAX)
                        gen_fail(g, file, line, "this {{ has no }}");
                struct text inside = {.p = source.p + begin + 2, .n = end - begin - 2};
                if (inside.n == 0 || inside.p[0] != '#')
                        push(all, TOKEN_DIRECTIVE, text_trim(inside), line,
                             stands_alone(source, begin, end + 2));
                line += lines_in(inside);
                at = end + 2;
        }
        push(all, TOKEN_END, TEXT_ABSENT, line, false);
        return (struct token *)(void *)g_array_free(all, FALSE);
}

static bool is_name_char(char c) { return isalnum((unsigned char)c) || c == '_'; }

struct text token_word(struct text s, struct text *rest)
{
        size_t i = 0;

        s = text_trim(s);
        while (i < s.n && !isspace((unsigned char)s.p[i]))
                i++;
        *rest = text_trim((struct text) {.p = s.p + i, .n = s.n - i});
        return (struct text) {.p = s.p, .n = i};
}

struct text token_item(struct text s, struct text *rest)
{
        size_t i = 0;
        int depth = 0;

        s = text_trim(s);
        while (i < s.n && (depth > 0 || !isspace((unsigned char)s.p[i]))) {
                if (s.p[i] == '"' || is_char_literal(s, i)) {
                        i = skip_quoted(s, i);
                        continue;
                }
                depth += strchr("([{", s.p[i]) != NULL;
                depth -= strchr(")]}", s.p[i]) != NULL;
                i++;
        }
        *rest = text_trim((struct text) {.p = s.p + i, .n = s.n - i});
        return (struct text) {.p = s.p, .n = i};
}

bool token_string(struct arena *a, struct text s, struct text *value, size_t *used)
{
        struct out o = out_new(a, s.n + 1);

        if (s.n == 0 || s.p[0] != '"')
                return false;
        size_t end = skip_quoted(s, 0);
        for (size_t i = 1; i + 1 < end; i++) {
                char c = s.p[i];
                if (c == '\\' && i + 2 < end) {
                        c = s.p[++i];
                        c = c == 'n' ? '\n' : c == 't' ? '\t' : c;
                }
                out_char(&o, c);
        }
        *value = out_get(&o);
        *used = end;
        return s.p[end - 1] == '"' && end > 1;
}

struct text token_last_name(struct text e)
{
        struct text found = TEXT("value");

        for (size_t i = 0; i < e.n;) {
                if (e.p[i] == '"' || is_char_literal(e, i)) {
                        i = skip_quoted(e, i);
                        continue;
                }
                size_t begin = i;
                while (i < e.n && is_name_char(e.p[i]))
                        i++;
                if (i == begin)
                        i++;
                else if (!isdigit((unsigned char)e.p[begin]))
                        found = (struct text) {.p = e.p + begin, .n = i - begin};
        }
        return found;
}

bool token_is_name(struct text s)
{
        for (size_t i = 0; i < s.n; i++)
                if (!is_name_char(s.p[i]))
                        return false;
        return s.n > 0 && !isdigit((unsigned char)s.p[0]);
}
