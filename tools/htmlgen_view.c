/* A template file: use, view and mail at the top, blocks and text inside. */
#include "htmlgen.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void view_fail(struct view *v, const char *format, ...)
{
        char sentence[512];
        va_list ap;

        va_start(ap, format);
        vsnprintf(sentence, sizeof sentence, format, ap);
        va_end(ap);
        gen_fail(v->g, v->file, v->line, "%s", sentence);
}

/* "src/care/care_calls.html" -> "care/care_calls.html" */
static const char *below_src(const char *path)
{
        const char *src = strstr(path, "src/");

        return src ? src + 4 : path;
}

static void on_use(struct view *v, struct text rest)
{
        struct text header;
        size_t used;

        if (v->frames)
                view_fail(v, "{{use}} stands at the top of the file");
        if (!token_string(v->g->arena, rest, &header, &used))
                view_fail(v, "write {{use \"room/header.h\"}}");
        out_format(&v->header, "#include \"%s\"\n", header.p);
}

/* The parameters' names, so that a view that needs none of them compiles. */
static void use_parameters(struct view *v, struct text parameters)
{
        struct text rest = parameters;

        code_plain(v->code, "        (void)pg;");
        while (rest.n) {
                struct text one = text_cut(rest, ',', &rest);
                struct text name = token_last_name(one);
                code_plain(v->code, "        (void)%.*s;", (int)name.n, name.p);
        }
}

static void begin_function(struct view *v, struct text name, const char *extra,
                           struct text parameters)
{
        struct text head =
                text_format(v->g->arena, "void %.*s(struct page *pg%s%s%.*s)", (int)name.n, name.p,
                            extra, parameters.n ? ", " : "", (int)parameters.n, parameters.p);

        out_format(&v->header, "%s;\n", head.p);
        code_line(v->code, v->line, "%s\n{", head.p);
        use_parameters(v, parameters);
}

static void push_view(struct view *v, char kind)
{
        v->frame[v->frames++] = (struct frame) {.kind = kind, .line = v->line};
        v->elements = 0;
        v->spot = SPOT_TEXT;
}

/* NAME (PARAMETERS) FLAG */
static void on_view(struct view *v, struct text rest, bool mail)
{
        const char *open = rest.n ? memchr(rest.p, '(', rest.n) : NULL;
        const char *close = rest.n ? memrchr(rest.p, ')', rest.n) : NULL;

        if (v->frames)
                view_fail(v, "the view of line %d has no {{end}}", v->frame[0].line);
        if (!open || !close || close < open)
                view_fail(v, "write {{%s NAME (const struct TYPE *v)}}", mail ? "mail" : "view");
        struct text name = text_trim((struct text) {.p = rest.p, .n = (size_t)(open - rest.p)});
        struct text parameters =
                text_trim((struct text) {.p = open + 1, .n = (size_t)(close - open - 1)});
        struct text flag = text_trim(
                (struct text) {.p = close + 1, .n = rest.n - (size_t)(close + 1 - rest.p)});
        if (!token_is_name(name))
                view_fail(v, "\"%.*s\" is no name for a C function", (int)name.n, name.p);
        v->loose = text_is(flag, "loose");
        v->letter = text_is(flag, "letter");
        if (flag.n && !v->loose && !v->letter)
                view_fail(v, "\"%.*s\" behind a view's parameters is unknown", (int)flag.n, flag.p);
        v->mail = mail;
        begin_function(v, name, mail ? ", struct letter_text *out" : "", parameters);
        push_view(v, mail ? 'm' : 'v');
        if (mail)
                mail_begin(v);
}

static void end_view(struct view *v, char kind)
{
        if (kind == 'm')
                mail_end(v);
        code_plain(v->code, "}\n");
}

static void directive(struct view *v, struct text s)
{
        struct text rest;
        struct text word = token_word(s, &rest);
        char kind = v->frames ? v->frame[0].kind : 0;

        if (text_is(word, "use"))
                on_use(v, rest);
        else if (text_is(word, "view") && rest.n)
                on_view(v, rest, false);
        else if (text_is(word, "mail") && rest.n)
                on_view(v, rest, true);
        else if (v->frames == 0)
                view_fail(v, "{{%.*s}} stands outside of a {{view}}", (int)word.n, word.p);
        else
                block_directive(v, s);
        if (kind && v->frames == 0)
                end_view(v, kind);
}

static bool is_block(const struct token *t)
{
        static const char *const words[] = {"if",  "else",  "end",    "for",
                                            "let", "field", "errors", NULL};
        struct text rest, word = token_word(t->s, &rest);

        for (size_t i = 0; words[i]; i++)
                if (text_is(word, words[i]))
                        return t->kind == TOKEN_DIRECTIVE && t->alone;
        return false;
}

/* A block's directive that has its line to itself leaves no line behind. */
static struct text without_block_lines(struct view *v, const struct token *t)
{
        struct text s = t->s;
        const char *end = is_block(&t[-1]) ? memchr(s.p, '\n', s.n) : NULL;

        if (end) {
                v->line++;
                s = (struct text) {.p = end + 1, .n = s.n - (size_t)(end + 1 - s.p)};
        }
        while (is_block(&t[1]) && s.n && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t'))
                s.n--;
        return s;
}

static void literal(struct view *v, const struct token *t)
{
        if (v->frames == 0 && text_trim(t->s).n)
                view_fail(v, "text outside of a {{view}}");
        if (v->frames == 0)
                return;
        if (v->mail)
                mail_text(v, t);
        else
                markup_text(v, without_block_lines(v, t));
}

static void translate(struct view *v)
{
        for (const struct token *t = token_split(v->g, v->file, gen_read(v->g, v->file));
             t->kind != TOKEN_END; t++) {
                v->token = t;
                v->line = t->line;
                if (t->kind == TOKEN_TEXT)
                        literal(v, t);
                else
                        directive(v, t->s);
        }
        if (v->frames) {
                v->line = v->frame[v->frames - 1].line;
                view_fail(v, "this block has no {{end}}");
        }
}

static void write_files(struct view *v)
{
        struct arena *a = v->g->arena;
        const char *name = below_src(v->file);
        char *guard = g_ascii_strup(name, -1);

        for (char *p = guard; *p; p++)
                if (!g_ascii_isalnum(*p))
                        *p = '_';
        struct text h = text_format(a,
                                    "/* Made by htmlgen from %s. */\n#ifndef GEN_%s_H\n#define "
                                    "GEN_%s_H\n\n#include \"html/html.h\"\n"
                                    "#include \"html/letter.h\"\n%s\n#endif\n",
                                    v->file, guard, guard, out_get(&v->header).p);
        gen_write(v->g, text_format(a, "%s/%s.h", v->g->out, name).p, h);
        code_flush(v->code);
        struct text c =
                text_format(a, "/* Made by htmlgen from %s. */\n#include \"%s.h\"\n\n%s\n%s",
                            v->file, name, out_get(&v->top->done).p, out_get(&v->code->done).p);
        gen_write(v->g, text_format(a, "%s/%s.c", v->g->out, name).p, c);
        g_free(guard);
}

void view_translate(struct gen *g, const char *path)
{
        struct view *v = arena_new_of(g->arena, struct view);

        v->g = g;
        v->file = path;
        v->top = code_new(g->arena, path);
        v->code = code_new(g->arena, path);
        v->header = out_new(g->arena, 1024);
        v->tag_name = out_new(g->arena, 32);
        v->attribute_name = out_new(g->arena, 32);
        v->attribute_value = out_new(g->arena, 128);
        v->tables = g_hash_table_new(g_str_hash, g_str_equal);
        translate(v);
        write_files(v);
        g_hash_table_destroy(v->tables);
}
