/*
 * Knows where in HTML the next character lands, and writes literal markup.  Values are let in between tags and in quoted
 * attributes, nowhere else; addresses are kept to schemes that cannot run anything.
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
        static const char *const list[] = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
                                           "track", "wbr", NULL};

        return is_one_of(name, list);
}

/* Inside of these, words and white space are data and not sentences. */
static bool keeps_words(const struct view *v)
{
        static const char *const list[] = {"pre", "textarea", "code", "kbd", "samp", NULL};

        for (size_t i = 0; i < v->elements; i++)
                if (is_one_of(v->element[i].name, list) || v->element[i].name[sizeof v->element[i].name - 1] == 'n')
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
                view_fail(v, "</%s> where <%s> of line %d must be closed first", name, v->element[v->elements - 1].name,
                          v->element[v->elements - 1].line);
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

static void tag_end(struct view *v)
{
        const char *name = name_of(&v->tag_name);
        bool alone = is_void(name) || v->self_closing;
        bool foreign = strchr("gpclrutsd", name[0]) && v->elements > 0;

        tag_check(v, name);
        if (v->self_closing && !is_void(name) && !foreign)
                view_fail(v, "<%s/> does not close an element in HTML: write <%s></%s>", name, name, name);
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

static void tag_named(struct view *v)
{
        const char *name = name_of(&v->tag_name);

        if (strcmp(name, "style") == 0)
                view_fail(v, "no <style> in a page: put it into src/html/assets/app.css");
        code_literal(v->code, v->closing ? TEXT("</") : TEXT("<"));
        code_literal(v->code, text_of(name));
        v->spot = SPOT_TAG;
}

/* ---- attributes ---- */

static enum attribute attribute_kind(struct view *v, const char *name, const char *tag)
{
        static const char *const addresses[] = {"href", "src", "action", "formaction", "poster", "cite", "data", "xlink:href", "hx-get",
                                                "hx-post", "hx-put", "hx-delete", "hx-patch", "hx-push-url", "manifest", NULL};
        static const char *const sentences[] = {"title", "alt", "placeholder", "aria-label", "aria-description", "data-label",
                                                "aria-roledescription", "aria-valuetext", "data-ask", NULL};
        static const char *const fixed[] = {"hx-vals", "hx-headers", "hx-vars", "srcset", "rel", "method", NULL};

        if (strncmp(name, "on", 2) == 0 || strncmp(name, "hx-on", 5) == 0)
                view_fail(v, "%s= is script in a page: put it into src/html/assets/app.js", name);
        if (strcmp(name, "style") == 0 && v->letter)
                return ATTRIBUTE_FIXED;
        if (strcmp(name, "style") == 0 || strcmp(name, "srcdoc") == 0)
                view_fail(v, "%s= is refused by the content security policy: use a class", name);
        if (is_one_of(name, addresses))
                return ATTRIBUTE_ADDRESS;
        if (is_one_of(name, sentences) || (strcmp(name, "value") == 0 && v->is_button))
                return ATTRIBUTE_SENTENCE;
        return is_one_of(name, fixed) || strcmp(tag, "script") == 0 ? ATTRIBUTE_FIXED : ATTRIBUTE_PLAIN;
}

static void attribute_named(struct view *v)
{
        const char *name = name_of(&v->attribute_name);

        v->attribute = attribute_kind(v, name, name_of(&v->tag_name));
        v->has_alt |= strcmp(name, "alt") == 0;
        v->has_action |= strcmp(name, "action") == 0;
        code_literal(v->code, TEXT(" "));
        code_literal(v->code, text_of(name));
        v->attribute_value.n = 0;
        v->address = 0;
}

static bool is_safe_scheme(struct text scheme)
{
        static const char *const list[] = {"http", "https", "mailto", "tel", "webcal", NULL};

        for (size_t i = 0; list[i]; i++)
                if (text_is(scheme, list[i]))
                        return true;
        return false;
}

/* What an address begins with is known: no scheme, or one that cannot run anything. */
static void check_scheme(struct view *v, struct text s)
{
        size_t i = 0;

        while (i < s.n && !strchr("/?#", s.p[i])) {
                if (s.p[i] == ':' && !is_safe_scheme((struct text) {.p = s.p, .n = i}))
                        view_fail(v, "an address may begin with /, #, ?, https:, http:, mailto:, tel: or webcal:");
                if (s.p[i++] == ':')
                        return;
        }
}

/* "/assets/app.css" stands for the file's address with its hash in it. */
static size_t asset_address(struct view *v, struct text s)
{
        size_t i = strlen("/assets/");

        if (!text_starts(s, "/assets/"))
                return 0;
        while (i < s.n && !strchr("?#", s.p[i]))
                i++;
        const char *name = arena_dup(v->g->arena, s.p + 8, i - 8);
        if (v->g->assets) {
                const char *path = text_format(v->g->arena, "%s/%s", v->g->assets, name).p;
                if (!g_file_test(path, G_FILE_TEST_EXISTS) && strcmp(name, "htmx.js") != 0)
                        view_fail(v, "there is no asset %s in %s", name, v->g->assets);
        }
        code_plain(v->code, "        html_put_in_attr(pg, html_asset_path(\"%s\"));", name);
        return i;
}

static void flush_address(struct view *v)
{
        struct text s = out_get(&v->attribute_value);

        if (s.n == 0)
                return;
        if (v->address == 0) {
                check_scheme(v, s);
                size_t used = asset_address(v, s);
                code_literal(v->code, (struct text) {.p = s.p + used, .n = s.n - used});
        } else {
                code_literal(v->code, s);
        }
        v->address += s.n;
        v->attribute_value.n = 0;
}

static void attribute_text(struct view *v, struct text s)
{
        struct out quoted = out_new(v->g->arena, s.n + 8);

        if (v->attribute == ATTRIBUTE_SENTENCE) {
                run_text(v, &v->attribute_run, markup_decode(v, s));
                return;
        }
        for (size_t i = 0; i < s.n; i++)
                if (s.p[i] == '"')
                        out_c(&quoted, "&quot;");
                else
                        out_char(&quoted, s.p[i]);
        out_text(&v->attribute_value, out_get(&quoted));
        if (v->attribute != ATTRIBUTE_ADDRESS)
                code_literal(v->code, out_get(&quoted));
}

static void attribute_known(struct view *v, struct text value)
{
        const char *name = name_of(&v->attribute_name);
        const char *lower = g_ascii_strdown(text_c(v->g->arena, value), -1);

        if (strcmp(name, "method") == 0)
                v->is_post = strcmp(lower, "post") == 0;
        if (strcmp(name, "type") == 0)
                v->is_button = strcmp(lower, "submit") == 0 || strcmp(lower, "button") == 0 || strcmp(lower, "reset") == 0;
        if (strcmp(name, "translate") == 0)
                v->own_words = strcmp(lower, "no") == 0;
}

static void attribute_end(struct view *v)
{
        if (v->attribute == ATTRIBUTE_SENTENCE)
                run_flush(v, &v->attribute_run, PLACE_ATTRIBUTE, v->own_words);
        else if (v->attribute == ATTRIBUTE_ADDRESS)
                flush_address(v);
        else
                attribute_known(v, out_get(&v->attribute_value));
        code_literal(v->code, TEXT("\""));
        v->spot = SPOT_TAG;
}

/* A directive follows: what was pending is complete. */
static void pause_markup(struct view *v)
{
        if (v->spot == SPOT_ATTRIBUTE) {
                attribute_named(v);
                v->spot = SPOT_TAG;
        } else if (v->spot == SPOT_NAME) {
                tag_named(v);
        } else if (v->spot == SPOT_VALUE && v->attribute == ATTRIBUTE_ADDRESS) {
                flush_address(v);
        }
}

void markup_pause(struct view *v)
{
        pause_markup(v);
        if (v->spot == SPOT_VALUE && v->attribute == ATTRIBUTE_SENTENCE)
                run_flush(v, &v->attribute_run, PLACE_ATTRIBUTE, v->own_words);
        else if (v->spot == SPOT_TEXT)
                run_flush_content(v);
}

/* ---- values ---- */

static void value_in_text(struct view *v, struct text s)
{
        struct slot slot = {.sign = '{', .code = code_new(v->g->arena, v->file)};

        if (v->elements && strcmp(v->element[v->elements - 1].name, "script") == 0)
                view_fail(v, "a value in <script> is refused: put it into a data- attribute");
        value_directive(v, s, PLACE_TEXT, slot.code, &slot.name);
        run_slot(v, &v->run, slot);
}

static void value_in_address(struct view *v, struct text s)
{
        struct code *c = code_new(v->g->arena, v->file);
        struct text rest, name;
        bool whole = text_is(token_word(s, &rest), "address") && rest.n;

        flush_address(v);
        if (whole && v->address)
                view_fail(v, "{{address}} is a whole address; behind literal text write the value alone");
        if (!whole && v->address == 0)
                view_fail(v, "an address may not begin with a value: write a path before it, or {{address ...}}");
        value_directive(v, s, PLACE_ADDRESS, c, &name);
        code_append(v->code, c);
        v->address++;
}

static void value_in_attribute(struct view *v, struct text s)
{
        struct slot slot = {.sign = '{', .code = code_new(v->g->arena, v->file)};

        if (v->attribute == ATTRIBUTE_FIXED)
                view_fail(v, "a value in %s= is refused: write it out", name_of(&v->attribute_name));
        if (v->attribute == ATTRIBUTE_ADDRESS) {
                value_in_address(v, s);
                return;
        }
        value_directive(v, s, PLACE_ATTRIBUTE, slot.code, &slot.name);
        if (v->attribute == ATTRIBUTE_SENTENCE)
                run_slot(v, &v->attribute_run, slot);
        else
                code_append(v->code, slot.code);
}

void markup_value(struct view *v, struct text s)
{
        if (v->spot == SPOT_TEXT)
                value_in_text(v, s);
        else if (v->spot == SPOT_VALUE)
                value_in_attribute(v, s);
        else if (v->spot == SPOT_BARE_VALUE || v->spot == SPOT_EQUALS)
                view_fail(v, "a value in an attribute needs quotes around it");
        else
                view_fail(v, "a value may stand between tags or in a quoted attribute, not here");
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
        tag_named(v);
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
