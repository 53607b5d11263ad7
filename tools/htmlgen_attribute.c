/*
 * Attributes: which of them hold addresses, which hold sentences, which are refused; and the values
 * that are let in.
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

static enum attribute attribute_kind(struct view *v, const char *name, const char *tag)
{
        static const char *const addresses[] = {"href",     "src",         "action",   "formaction",
                                                "poster",   "cite",        "data",     "xlink:href",
                                                "hx-get",   "hx-post",     "hx-put",   "hx-delete",
                                                "hx-patch", "hx-push-url", "manifest", NULL};
        static const char *const sentences[] = {"title",
                                                "alt",
                                                "placeholder",
                                                "aria-label",
                                                "aria-description",
                                                "data-label",
                                                "aria-roledescription",
                                                "aria-valuetext",
                                                "data-ask",
                                                NULL};
        static const char *const fixed[] = {"hx-vals", "hx-headers", "hx-vars", "srcset",
                                            "rel",     "method",     NULL};

        if (strncmp(name, "data-hx-", 8) == 0)  /* as HTML wants htmx's own to be written */
                name += 5;
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
        return is_one_of(name, fixed) || strcmp(tag, "script") == 0 ? ATTRIBUTE_FIXED
                                                                    : ATTRIBUTE_PLAIN;
}

void attribute_named(struct view *v)
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
                        view_fail(v, "an address may begin with /, #, ?, https:, http:, mailto:, "
                                     "tel: or webcal:");
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

void attribute_text(struct view *v, struct text s)
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
                v->is_button = strcmp(lower, "submit") == 0 || strcmp(lower, "button") == 0 ||
                               strcmp(lower, "reset") == 0;
        if (strcmp(name, "translate") == 0)
                v->own_words = strcmp(lower, "no") == 0;
}

void attribute_end(struct view *v)
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
                markup_tag_named(v);
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
                view_fail(v, "{{address}} is a whole address; behind literal text write the value "
                             "alone");
        if (!whole && v->address == 0)
                view_fail(v, "an address may not begin with a value: write a path before it, or "
                             "{{address ...}}");
        value_directive(v, s, PLACE_ADDRESS, c, &name);
        code_append(v->code, c);
        v->address++;
}

static void value_in_attribute(struct view *v, struct text s)
{
        struct slot slot = {.sign = '{', .code = code_new(v->g->arena, v->file)};

        if (v->attribute == ATTRIBUTE_FIXED)
                view_fail(v, "a value in %s= is refused: write it out",
                          name_of(&v->attribute_name));
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
