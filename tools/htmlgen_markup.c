/*
 * Knows where in HTML the next character lands, and writes literal markup.  Values are let in
 * between tags and in quoted attributes, nowhere else; addresses are kept to schemes that cannot
 * run anything.
 */
#include "htmlgen.h"

#include <ctype.h>
#include <string.h>

static bool is_one_of(const char *name, const char *const *list)
{
        for (; *list; list++)
                if (strcmp(name, *list) == 0)
                        return true;
        return false;
}

static const char *name_of(struct out *o) { return out_get(o).p; }

static bool is_void(const char *name)
{
        static const char *const list[] = {"area",  "base", "br",   "col",    "embed", "hr",  "img",
                                           "input", "link", "meta", "source", "track", "wbr", NULL};

        return is_one_of(name, list);
}

/* Inside of these, words and white space are data and not sentences. */
static bool keeps_words(const struct view *v)
{
        static const char *const list[] = {"pre", "textarea", "code", "kbd", "samp", NULL};

        for (size_t i = 0; i < v->elements; i++)
                if (is_one_of(v->element[i].name, list) ||
                    v->element[i].name[sizeof v->element[i].name - 1] == 'n')
                        return true;
        return false;
}

void run_flush_content(struct view *v) { run_flush(v, &v->run, PLACE_TEXT, keeps_words(v)); }

/* ---- elements ---- */

static void element_open(struct view *v, const char *name)
{
        struct element *e = &v->element[v->elements];

        if (v->elements == sizeof v->element / sizeof v->element[0])
                view_fail(v, "elements are nested too deep");
        if (strlen(name) > sizeof e->name - 2)
                view_fail(v, "<%s> is no element that a page needs", name);
        *e = (struct element) {.line = v->line};
        strcpy(e->name, name);
        if (v->own_words)
                e->name[sizeof e->name - 1] = 'n';
        v->elements++;
}

static void element_close(struct view *v, const char *name)
{
        size_t floor = v->frames ? v->frame[v->frames - 1].depth : 0;

        if (is_void(name))
                view_fail(v, "</%s> is not needed", name);
        if (v->loose && v->elements == floor)
                return;
        if (v->elements == floor)
                view_fail(v, "</%s> closes nothing that was opened in this block", name);
        if (strcmp(v->element[v->elements - 1].name, name) != 0)
                view_fail(v, "</%s> where <%s> of line %d must be closed first", name,
                          v->element[v->elements - 1].name, v->element[v->elements - 1].line);
        v->elements--;
}

static void tag_into_sentence(struct view *v, char sign)
{
        struct slot slot = {.sign = sign, .code = v->code};

        if (sign == '/') {
                if (v->tag_depth == 0)
                        view_fail(v, "this closing tag opened before {{t}}");
                slot.number = v->tag_stack[--v->tag_depth];
        } else {
                slot.number = ++v->tags;
                if (sign == '<' && v->tag_depth < 16)
                        v->tag_stack[v->tag_depth++] = slot.number;
        }
        v->code = v->tag_outer;
        run_slot(v, &v->run, slot);
}

static void tag_check(struct view *v, const char *name)
{
        if (v->closing)
                return;
        if (strcmp(name, "img") == 0 && !v->has_alt)
                view_fail(v, "this <img> has no alt; alt=\"\" if it is decoration");
        if (strcmp(name, "form") == 0 && v->is_post && !v->has_action)
                view_fail(v, "this form posts, but has no action: name the route");
}

/* Only in SVG does <path/> close itself. */
static bool in_svg(const struct view *v, const char *name)
{
        for (size_t i = 0; i < v->elements; i++)
                if (strcmp(v->element[i].name, "svg") == 0)
                        return true;
        return strcmp(name, "svg") == 0;
}

static void tag_end(struct view *v)
{
        const char *name = name_of(&v->tag_name);
        bool alone = is_void(name) || v->self_closing;
        bool foreign = in_svg(v, name);

        tag_check(v, name);
        if (v->self_closing && !is_void(name) && !foreign)
                view_fail(v, "<%s/> does not close an element in HTML: write <%s></%s>", name, name,
                          name);
        code_literal(v->code, v->self_closing && !is_void(name) ? TEXT("/>") : TEXT(">"));
        if (v->in_t)
                tag_into_sentence(v, v->closing ? '/' : alone ? '!' : '<');
        if (v->closing)
                element_close(v, name);
        else if (!alone)
                element_open(v, name);
        if (!v->closing && v->is_post && strcmp(name, "form") == 0)
                code_plain(v->code, "        html_csrf(pg);");
        v->spot = SPOT_TEXT;
}

static void tag_begin(struct view *v)
{
        if (v->in_t) {
                v->tag_outer = v->code;
                v->code = code_new(v->g->arena, v->file);
        } else {
                run_flush_content(v);
        }
        v->tag_name.n = 0;
        v->closing = v->self_closing = false;
        v->has_alt = v->has_action = v->is_post = v->is_button = v->own_words = false;
        v->spot = SPOT_OPEN;
}

void markup_tag_named(struct view *v)
{
        const char *name = name_of(&v->tag_name);

        if (strcmp(name, "style") == 0)
                view_fail(v, "no <style> in a page: put it into src/html/assets/app.css");
        code_literal(v->code, v->closing ? TEXT("</") : TEXT("<"));
        code_literal(v->code, text_of(name));
        v->spot = SPOT_TAG;
}

/* ---- characters ---- */

static size_t chars_of_text(struct view *v, struct text s)
{
        const char *less = memchr(s.p, '<', s.n);
        struct text chunk = {.p = s.p, .n = less ? (size_t)(less - s.p) : s.n};
        bool script = v->elements && strcmp(v->element[v->elements - 1].name, "script") == 0;

        if (script && text_trim(chunk).n)
                view_fail(v, "no script in a page: put it into src/html/assets/app.js");
        if (chunk.n)
                run_text(v, &v->run, markup_decode(v, chunk));
        if (less)
                tag_begin(v);
        return chunk.n + (less != NULL);
}

static size_t char_of_open(struct view *v, struct text s)
{
        if (s.n >= 3 && memcmp(s.p, "!--", 3) == 0) {
                if (v->in_t)
                        v->code = v->tag_outer;
                v->spot = SPOT_COMMENT;
                return 3;
        }
        if (s.p[0] == '!') {
                code_literal(v->code, TEXT("<!"));
                v->spot = SPOT_DOCTYPE;
                return 1;
        }
        if (s.p[0] == '/' && !v->closing) {
                v->closing = true;
                return 1;
        }
        if (!isalpha((unsigned char)s.p[0]))
                view_fail(v, "a < that begins no tag: write &lt;");
        v->spot = SPOT_NAME;
        return 0;
}

static size_t char_of_name(struct view *v, char c)
{
        if (isalnum((unsigned char)c) || c == '-' || c == ':') {
                out_char(&v->tag_name, c);
                return 1;
        }
        markup_tag_named(v);
        return 0;
}

static size_t char_of_tag(struct view *v, char c)
{
        if (isspace((unsigned char)c))
                return 1;
        if (c == '>') {
                tag_end(v);
                return 1;
        }
        if (c == '/') {
                v->self_closing = true;
                return 1;
        }
        if (!isalpha((unsigned char)c) || v->closing)
                view_fail(v, "'%c' inside <%s>: write name=\"value\"", c, name_of(&v->tag_name));
        v->attribute_name.n = 0;
        v->spot = SPOT_ATTRIBUTE;
        return 0;
}

static size_t char_of_attribute(struct view *v, char c)
{
        if (isalnum((unsigned char)c) || strchr("-:_.", c)) {
                out_char(&v->attribute_name, c);
                return 1;
        }
        attribute_named(v);
        v->spot = SPOT_TAG;
        if (c != '=')
                return 0;
        code_literal(v->code, TEXT("=\""));
        v->spot = SPOT_EQUALS;
        return 1;
}

static size_t char_of_equals(struct view *v, char c)
{
        v->quote = c == '"' || c == '\'' ? c : 0;
        v->spot = v->quote ? SPOT_VALUE : SPOT_BARE_VALUE;
        return v->quote ? 1 : 0;
}

static size_t chars_of_value(struct view *v, struct text s)
{
        size_t i = 0;

        while (i < s.n && s.p[i] != v->quote)
                i++;
        attribute_text(v, (struct text) {.p = s.p, .n = i});
        if (i == s.n)
                return i;
        attribute_end(v);
        return i + 1;
}

static size_t chars_of_bare_value(struct view *v, struct text s)
{
        size_t i = 0;

        while (i < s.n && !isspace((unsigned char)s.p[i]) && s.p[i] != '>')
                i++;
        attribute_text(v, (struct text) {.p = s.p, .n = i});
        if (i < s.n)
                attribute_end(v);
        return i;
}

static size_t chars_of_comment(struct view *v, struct text s)
{
        const char *end = memmem(s.p, s.n, "-->", 3);

        if (!end)
                return s.n;
        v->spot = SPOT_TEXT;
        return (size_t)(end - s.p) + 3;
}

static size_t char_of_doctype(struct view *v, char c)
{
        code_literal(v->code, (struct text) {.p = &c, .n = 1});
        if (c == '>')
                v->spot = SPOT_TEXT;
        return 1;
}

static size_t step(struct view *v, struct text s)
{
        switch (v->spot) {
        case SPOT_TEXT: return chars_of_text(v, s);
        case SPOT_OPEN: return char_of_open(v, s);
        case SPOT_NAME: return char_of_name(v, s.p[0]);
        case SPOT_TAG: return char_of_tag(v, s.p[0]);
        case SPOT_ATTRIBUTE: return char_of_attribute(v, s.p[0]);
        case SPOT_EQUALS: return char_of_equals(v, s.p[0]);
        case SPOT_VALUE: return chars_of_value(v, s);
        case SPOT_BARE_VALUE: return chars_of_bare_value(v, s);
        case SPOT_COMMENT: return chars_of_comment(v, s);
        case SPOT_DOCTYPE: return char_of_doctype(v, s.p[0]);
        }
        return s.n;
}

void markup_text(struct view *v, struct text s)
{
        while (s.n) {
                size_t used = step(v, s);
                for (size_t i = 0; i < used; i++)
                        v->line += s.p[i] == '\n';
                s = (struct text) {.p = s.p + used, .n = s.n - used};
        }
}
