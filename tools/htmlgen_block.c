/* Directives that are not values: if, for, let, call, field, errors, t and their ends. */
#include "htmlgen.h"

#include <string.h>

static void pause_output(struct view *v, const char *word)
{
        if (v->in_t && v->spot == SPOT_TEXT)
                view_fail(v, "{{%s}} inside {{t}}: a sentence is one piece; make two sentences",
                          word);
        if (v->mail)
                mail_flush(v);
        else
                markup_pause(v);
}

static struct frame *frame_push(struct view *v, char kind)
{
        if (v->frames == sizeof v->frame / sizeof v->frame[0])
                view_fail(v, "blocks are nested too deep");
        struct frame *f = &v->frame[v->frames++];
        *f = (struct frame) {.kind = kind,
                             .line = v->line,
                             .depth = v->elements,
                             .spot = v->spot,
                             .address = v->address};
        return f;
}

static struct frame *frame_top(struct view *v) { return &v->frame[v->frames - 1]; }

/* A block ends in the place of the page where it began. */
static void frame_check(struct view *v)
{
        struct frame *f = frame_top(v);

        if (v->elements > f->depth && !v->loose)
                view_fail(v, "<%s> of line %d is still open at the end of the block of line %d",
                          v->element[v->elements - 1].name, v->element[v->elements - 1].line,
                          f->line);
        if (v->spot != f->spot)
                view_fail(v, "the block of line %d ends inside a tag or attribute", f->line);
        v->address = f->address;
}

static void close_braces(struct view *v, struct frame *f)
{
        for (; f->closers > 0; f->closers--)
                code_plain(v->code, "        }");
}

static void on_if(struct view *v, struct text rest)
{
        if (rest.n == 0)
                view_fail(v, "{{if}} needs a condition");
        pause_output(v, "if");
        frame_push(v, 'i')->closers = 1;
        code_line(v->code, v->line, "        if (%.*s) {", (int)rest.n, rest.p);
}

static void on_else(struct view *v, struct text rest)
{
        struct text condition;
        bool is_if = text_is(token_word(rest, &condition), "if");

        pause_output(v, "else");
        struct frame *f = frame_top(v);
        if (f->kind != 'i')
                view_fail(v, "{{else}} without {{if}}");
        if (rest.n && (!is_if || condition.n == 0))
                view_fail(v, "write {{else}} or {{else if CONDITION}}");
        frame_check(v);
        close_braces(v, f);
        f->closers = 1;
        if (is_if)
                code_line(v->code, v->line, "        else if (%.*s) {", (int)condition.n,
                          condition.p);
        else
                code_plain(v->code, "        else {");
        f->kind = is_if ? 'i' : 'e';
}

static void on_for(struct view *v, struct text rest)
{
        struct text names, list = TEXT_ABSENT;
        const char *in = rest.n ? memmem(rest.p, rest.n, " in ", 4) : NULL;
        unsigned k = ++v->serial;

        pause_output(v, "for");
        if (in)
                list = text_trim(
                        (struct text) {.p = in + 4, .n = rest.n - (size_t)(in + 4 - rest.p)});
        names = (struct text) {.p = rest.p, .n = in ? (size_t)(in - rest.p) : rest.n};
        struct text index;
        struct text item = text_trim(text_cut(names, ',', &index));
        index = text_trim(index);
        if (!in || list.n == 0 || !token_is_name(item) || (index.n && !token_is_name(index)))
                view_fail(v, "write {{for x in LIST}} or {{for x, i in LIST}}");
        frame_push(v, 'f')->closers = 2;
        code_line(v->code, v->line, "        {\n        const __auto_type list%u = %.*s;", k,
                  (int)list.n, list.p);
        code_plain(v->code, "        for (size_t i%u = 0; i%u < list%u.n; i%u++) {", k, k, k, k);
        code_line(v->code, v->line,
                  "        [[maybe_unused]] const __auto_type %.*s = &list%u.row[i%u];",
                  (int)item.n, item.p, k, k);
        if (index.n)
                code_line(v->code, v->line, "        [[maybe_unused]] const size_t %.*s = i%u;",
                          (int)index.n, index.p, k);
}

static void on_let(struct view *v, struct text rest)
{
        struct text e;
        struct text name = text_trim(text_cut(rest, '=', &e));

        pause_output(v, "let");
        e = text_trim(e);
        if (!token_is_name(name) || e.n == 0)
                view_fail(v, "write {{let NAME = EXPRESSION}}");
        code_line(v->code, v->line,
                  "        {\n        [[maybe_unused]] const __auto_type %.*s = %.*s;", (int)name.n,
                  name.p, (int)e.n, e.p);
        frame_top(v)->closers++;
}

static void on_call(struct view *v, struct text rest)
{
        const char *open = rest.n ? memchr(rest.p, '(', rest.n) : NULL;
        struct text name = {.p = rest.p, .n = open ? (size_t)(open - rest.p) : 0};
        struct text inside;

        if (!token_is_name(text_trim(name)) || rest.p[rest.n - 1] != ')')
                view_fail(v, "write {{call view_name(EXPRESSION)}}");
        if (v->mail || v->spot != SPOT_TEXT)
                view_fail(v, "{{call}} writes elements: it stands between tags");
        pause_output(v, "call");
        inside = text_trim((struct text) {.p = open + 1, .n = rest.n - name.n - 2});
        code_line(v->code, v->line, "        %.*s(pg%s%.*s);", (int)name.n, name.p,
                  inside.n ? ", " : "", (int)inside.n, inside.p);
}

static void on_t(struct view *v)
{
        if (v->in_t || v->spot != SPOT_TEXT || v->mail)
                view_fail(v, "{{t}} stands between tags, and not inside another");
        run_flush_content(v);
        v->in_t = true;
        v->tags = 0;
        v->tag_depth = 0;
}

static void on_t_end(struct view *v)
{
        if (!v->in_t)
                view_fail(v, "{{/t}} without {{t}}");
        if (v->spot != SPOT_TEXT || v->tag_depth)
                view_fail(v, "a tag that was opened after {{t}} is still open");
        v->in_t = false;
        run_flush_content(v);
}

static void on_end(struct view *v)
{
        if (v->in_t && v->spot == SPOT_TEXT)
                view_fail(v, "{{t}} has no {{/t}}");
        pause_output(v, "end");
        struct frame *f = frame_top(v);
        if ((f->kind == 'v' || f->kind == 'm') && v->loose)
                v->elements = f->depth;
        frame_check(v);
        close_braces(v, f);
        v->frames--;
}

static void on_errors(struct view *v)
{
        if (v->mail || v->spot != SPOT_TEXT)
                view_fail(v, "{{errors}} stands between tags");
        pause_output(v, "errors");
        code_plain(v->code, "        html_form_errors(pg);");
}

static void on_field(struct view *v, struct text rest)
{
        if (v->mail || v->spot != SPOT_TEXT)
                view_fail(v, "{{field}} stands between tags");
        pause_output(v, "field");
        field_directive(v, rest);
}

void block_directive(struct view *v, struct text s)
{
        struct text rest;
        struct text word = token_word(s, &rest);

        if (text_is(word, "if"))
                on_if(v, rest);
        else if (text_is(word, "else"))
                on_else(v, rest);
        else if (text_is(word, "for") && rest.n)
                on_for(v, rest);
        else if (text_is(word, "let") && rest.n)
                on_let(v, rest);
        else if (text_is(word, "call") && rest.n)
                on_call(v, rest);
        else if (text_is(s, "t"))
                on_t(v);
        else if (text_is(s, "/t"))
                on_t_end(v);
        else if (text_is(s, "end"))
                on_end(v);
        else if (text_is(s, "errors"))
                on_errors(v);
        else if (text_is(word, "field"))
                on_field(v, rest);
        else if (v->mail)
                mail_value(v, s);
        else
                markup_value(v, s);
}
