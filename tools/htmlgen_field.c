/* {{field KIND NAME ...}}: a call of html_field() with its words in the reader's language. */
#include "htmlgen.h"

#include "base/err.h"

#include <string.h>

static const struct { const char *word, *is; bool asks_audience; const char *value;
} kinds[] = {
        {"text", "HTML_TEXT", true, "html_as_text"},
        {"lines", "HTML_LINES", true, "html_as_text"},
        {"email", "HTML_EMAIL", false, "html_as_text"},
        {"tel", "HTML_TEL", false, "html_as_text"},
        {"number", "HTML_NUMBER", false, "html_as_text"},
        {"date", "HTML_DATE", false, "html_as_date"},
        {"time", "HTML_TIME", false, "html_as_clock"},
        {"select", "HTML_SELECT", false, "html_as_text"},
        {"radio", "HTML_RADIO", false, "html_as_text"},
        {"checkbox", "HTML_CHECKBOX", false, "html_as_text"},
        {"checkboxes", "HTML_CHECKBOXES", false, "html_as_text"},
        {"hidden", "HTML_HIDDEN", false, "html_as_text"},
        {"file", "HTML_FILE", false, "html_as_text"},
        {"password", "HTML_PASSWORD", false, "html_as_text"},
        {"search", "HTML_SEARCH", false, "html_as_text"},
};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

struct field_words { size_t kind; struct text name; bool label, audience, options; };

static size_t kind_of(struct view *v, struct text word)
{
        for (size_t i = 0; i < KINDS; i++)
                if (text_is(word, kinds[i].word))
                        return i;
        view_fail(v,
                  "there is no kind of field \"%.*s\": text lines email tel number date time "
                  "select radio checkbox checkboxes "
                  "hidden file password search",
                  (int)word.n, word.p);
}

/* A literal is a sentence; anything else is an expression of type const char *. */
static struct text words(struct view *v, struct text e)
{
        struct text sentence;
        size_t used;

        if (!token_string(v->g->arena, e, &sentence, &used) || used != e.n)
                return e;
        if (!catalogue_has_letters(sentence))
                return e;
        struct text table = message_table(v, sentence, v->line);
        return text_format(v->g->arena, "%s[pg->locale]", table.p);
}

static void set(struct view *v, const char *member, struct text e)
{
        code_line(v->code, v->line, "                .%s = %.*s,", member, (int)e.n, e.p);
}

static void set_value(struct view *v, const struct field_words *f, struct text e)
{
        set(v, "value",
            text_format(v->g->arena, "%s(pg, %.*s)", kinds[f->kind].value, (int)e.n, e.p));
}

static void attribute_of_field(struct view *v, struct field_words *f, struct text key,
                               struct text e)
{
        static const char *const as_is[] = {"options",      "required", "checked", "max",
                                            "autocomplete", "low",      "high",    "step",
                                            "rows",         NULL};
        static const char *const said[] = {"label", "hint", "audience", "placeholder", NULL};

        f->label |= text_is(key, "label") && e.n;
        f->audience |= text_is(key, "audience") && e.n;
        f->options |= text_is(key, "options") && e.n;
        if (e.n == 0 && (text_is(key, "required") || text_is(key, "checked")))
                e = TEXT("true");
        if (e.n == 0)
                view_fail(v, "%.*s= of this field has no value", (int)key.n, key.p);
        for (size_t i = 0; said[i]; i++)
                if (text_is(key, said[i])) {
                        set(v, said[i], words(v, e));
                        return;
                }
        for (size_t i = 0; as_is[i]; i++)
                if (text_is(key, as_is[i])) {
                        set(v, as_is[i], e);
                        return;
                }
        if (!text_is(key, "value"))
                view_fail(v, "a field has no %.*s=", (int)key.n, key.p);
        set_value(v, f, e);
}

static void check(struct view *v, const struct field_words *f)
{
        const char *kind = kinds[f->kind].word;

        if (!f->label && strcmp(kind, "hidden") != 0)
                view_fail(v, "this field has no label=\"...\"");
        if (kinds[f->kind].asks_audience && !f->audience)
                view_fail(v, "this %s field has no audience=\"...\": say who will read it", kind);
        if ((!strcmp(kind, "select") || !strcmp(kind, "radio") || !strcmp(kind, "checkboxes")) &&
            !f->options)
                view_fail(v, "this %s field has no options=", kind);
}

void field_directive(struct view *v, struct text rest)
{
        struct field_words f = {0};

        f.kind = kind_of(v, token_item(rest, &rest));
        f.name = token_item(rest, &rest);
        if (!token_is_name(f.name))
                view_fail(v, "write {{field KIND NAME label=\"...\"}}");
        code_line(v->code, v->line,
                  "        html_field(pg, &(const struct html_field) {\n                .name = "
                  "\"%.*s\", .kind = %s,",
                  (int)f.name.n, f.name.p, kinds[f.kind].is);
        while (rest.n) {
                struct text e;
                struct text key = text_cut(token_item(rest, &rest), '=', &e);
                attribute_of_field(v, &f, key, e);
        }
        check(v, &f);
        code_plain(v->code, "        });");
}
