/* Finds the sentences in C: M_("..."), FAIL(kind, "...", "..."), reply_flash(), .label = "..." and
 * the calls of msg(). */
#include "htmlgen.h"

#include <ctype.h>
#include <string.h>

struct scan { struct gen *g; const char *file; struct text s; size_t at; int line; };

/* Which arguments of a call are sentences, as bits. */
static const struct { const char *name; unsigned arguments; } calls[] = {
        {"M_", 1 << 0},
        {"FAIL", 1 << 1 | 1 << 2},
        {"FAIL_AT", 1 << 1 | 1 << 3},
        {"reply_flash", 1 << 1},
        {"msg", 1 << 1},
        {"msg_with", 1 << 2},
};

static char peek(const struct scan *c, size_t ahead)
{
        return c->at + ahead < c->s.n ? c->s.p[c->at + ahead] : 0;
}

static void advance(struct scan *c, size_t n)
{
        for (; n && c->at < c->s.n; n--)
                c->line += c->s.p[c->at++] == '\n';
}

static void skip_comment(struct scan *c)
{
        const char *mark = peek(c, 1) == '/' ? "\n" : "*/";
        const char *end = memmem(c->s.p + c->at + 2, c->s.n - c->at - 2, mark, strlen(mark));

        advance(c, end ? (size_t)(end - c->s.p) + strlen(mark) - c->at : c->s.n);
}

static void skip_char(struct scan *c)
{
        advance(c, peek(c, 1) == '\\' ? 3 : 2);
        while (c->at < c->s.n && peek(c, 0) != '\'' && peek(c, 0) != '\n')
                advance(c, 1);
        advance(c, 1);
}

static bool skip_space(struct scan *c)
{
        size_t before = c->at;

        for (;;) {
                if (isspace((unsigned char)peek(c, 0)) ||
                    (peek(c, 0) == '\\' && peek(c, 1) == '\n'))
                        advance(c, 1);
                else if (peek(c, 0) == '/' && (peek(c, 1) == '/' || peek(c, 1) == '*'))
                        skip_comment(c);
                else
                        return c->at > before;
        }
}

/* Adjacent literals are one string. */
static struct text strings(struct scan *c)
{
        struct out o = out_new(c->g->arena, 128);
        struct text value;
        size_t used;

        while (peek(c, 0) == '"') {
                struct text from = {.p = c->s.p + c->at, .n = c->s.n - c->at};
                if (!token_string(c->g->arena, from, &value, &used))
                        break;
                out_text(&o, value);
                advance(c, used);
                skip_space(c);
        }
        if (peek(c, 0) == '"')
                advance(c, 1);
        return out_get(&o);
}

static void found(struct scan *c, struct text sentence, int line)
{
        if (catalogue_has_letters(sentence))
                catalogue_add(c->g, sentence, TEXT_ABSENT, c->file, line);
}

struct arguments { unsigned wanted; struct text last[8]; };

/* Reads the arguments of a call; the strings inside of calls among them are not ours. A copy of the
 * scan: no one moves. */
static void arguments(struct scan c, struct arguments *args)
{
        unsigned n = 0;
        int depth = 1, inner = 0;
        bool after_name = false;

        for (advance(&c, 1); c.at < c.s.n && depth > 0;) {
                char ch = peek(&c, 0);
                int line = c.line;
                if (ch == '"') {
                        struct text s = strings(&c);
                        if (inner == 0 && n < 8)
                                args->last[n] = s;
                        if (inner == 0 && n < 8 && (args->wanted >> n & 1))
                                found(&c, s, line);
                        continue;
                }
                if (skip_space(&c))
                        continue;
                if (ch == '\'') {
                        skip_char(&c);
                        continue;
                }
                depth += (ch == '(' || ch == '[' || ch == '{') -
                         (ch == ')' || ch == ']' || ch == '}');
                if (ch == '(' && after_name && !inner)
                        inner = depth;
                if (inner && depth < inner)
                        inner = 0;
                n += ch == ',' && depth == 1;
                after_name = isalnum((unsigned char)ch) || ch == '_';
                advance(&c, 1);
        }
}

static void call(struct scan *c, struct text name)
{
        struct arguments args = {0};

        if (text_is(name, "msg_plural")) {
                arguments(*c, &args);
                if (args.last[3].n && args.last[4].n)
                        catalogue_add(c->g, args.last[3], args.last[4], c->file, c->line);
                return;
        }
        for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++)
                if (text_is(name, calls[i].name)) {
                        args.wanted = calls[i].arguments;
                        arguments(*c, &args);
                }
}

static void label(struct scan c)
{
        skip_space(&c);
        if (peek(&c, 0) != '=' || peek(&c, 1) == '=')
                return;
        advance(&c, 1);
        skip_space(&c);
        int line = c.line;
        if (peek(&c, 0) == '"')
                found(&c, strings(&c), line);
}

static void identifier(struct scan *c)
{
        size_t begin = c->at;
        bool member = begin && c->s.p[begin - 1] == '.';

        while (isalnum((unsigned char)peek(c, 0)) || peek(c, 0) == '_')
                advance(c, 1);
        struct text name = {.p = c->s.p + begin, .n = c->at - begin};
        if (member && text_is(name, "label"))
                label(*c);
        else if (peek(c, 0) == '(')
                call(c, name);
}

void scan_c(struct gen *g, const char *path)
{
        struct scan c = {.g = g, .file = path, .s = gen_read(g, path), .line = 1};

        while (c.at < c.s.n) {
                char ch = peek(&c, 0);
                if (skip_space(&c))
                        continue;
                if (ch == '"')
                        (void)strings(&c);
                else if (ch == '\'')
                        skip_char(&c);
                else if (isalpha((unsigned char)ch) || ch == '_')
                        identifier(&c);
                else
                        advance(&c, 1);
        }
}
