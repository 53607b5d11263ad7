/* Every sentence met, what it is in each language, and the table that msg() searches. */
#include "htmlgen.h"

#include <stdlib.h>
#include <string.h>

char *catalogue_name(struct arena *a, struct text key, struct text other)
{
        struct text name = text_format(a, "%.*s%s%.*s", (int)key.n, key.p, other.n ? "\x1f" : "",
                                       (int)other.n, other.n ? other.p : "");

        return arena_dup(a, name.p, name.n);
}

void catalogue_add(struct gen *g, struct text key, struct text other, const char *file, int line)
{
        char *name = catalogue_name(g->arena, key, other);

        if (g_hash_table_contains(g->known, name))
                return;
        struct message *m = arena_new_of(g->arena, struct message);
        *m = (struct message) {.key = text_copy(g->arena, key),
                               .other = text_copy(g->arena, other),
                               .file = file,
                               .line = line};
        g_hash_table_insert(g->known, name, m);
        g_ptr_array_add(g->messages, m);
}

bool catalogue_has_letters(struct text s)
{
        for (const char *p = s.p, *end = s.p + s.n; p && p < end;
             p += g_utf8_skip[(unsigned char)*p])
                if (g_unichar_isalpha(g_utf8_get_char(p)))
                        return true;
        return false;
}

struct text catalogue_say(struct gen *g, struct text key, struct text other, enum language l,
                          int form)
{
        struct text english = form == 0 || other.n == 0 ? key : other;

        if (l == LANGUAGE_PSEUDO)
                return catalogue_pseudo(g->arena, english);
        if (l == LANGUAGE_DE) {
                const struct po_entry *e = po_find(g, key, other);
                if (e && po_is_translated(e))
                        return e->say[form];
        }
        return english;
}

/* ---- the pseudo-locale ---- */

static const char *accented(char c)
{
        static const char from[] = "AEIOUYCNSZaeiouycnsz";
        static const char *const to[] = {"Á", "É", "Í", "Ó", "Ú", "Ý", "Ç", "Ñ", "Š", "Ž",
                                         "á", "é", "í", "ó", "ú", "ý", "ç", "ñ", "š", "ž"};
        const char *at = c ? strchr(from, c) : NULL;

        return at ? to[at - from] : NULL;
}

/* Behind a hole, a tag or the address of a Markdown link at i; i if there is none. */
static size_t behind_mark(struct text s, size_t i)
{
        char end = s.p[i] == '{'                             ? '}'
                   : s.p[i] == '<'                           ? '>'
                   : s.p[i] == '(' && i && s.p[i - 1] == ']' ? ')'
                                                             : 0;
        const char *at = end ? memchr(s.p + i, end, s.n - i) : NULL;

        return at ? (size_t)(at - s.p) + 1 : i;
}

struct text catalogue_pseudo(struct arena *a, struct text s)
{
        struct out o = out_new(a, s.n * 2 + 16);
        size_t letters = 0;

        out_char(&o, '[');
        for (size_t i = 0; i < s.n;) {
                size_t end = behind_mark(s, i);
                if (end > i) {
                        out_bytes(&o, s.p + i, end - i);
                        i = end;
                        continue;
                }
                const char *letter = accented(s.p[i]);
                if (letter)
                        out_c(&o, letter);
                else
                        out_char(&o, s.p[i]);
                letters++;
                i++;
        }
        /* German is about a third longer than English; single words more. */
        for (size_t i = 0; i < letters * 35 / 100 + 1; i++)
                out_c(&o, i % 6 ? "ö" : " ");
        out_char(&o, ']');
        return out_get(&o);
}

/* ---- what msg() searches ---- */

static int by_key(const void *a, const void *b)
{
        const struct message *x = *(const struct message *const *)a;
        const struct message *y = *(const struct message *const *)b;
        int c = strcmp(x->key.p, y->key.p);

        return c ? c : text_compare(x->other, y->other);
}

static void say(struct gen *g, struct out *o, const struct message *m, enum language l, int form)
{
        code_string(o, catalogue_say(g, m->key, m->other, l, form));
}

static void forms(struct gen *g, struct out *o, const struct message *m, enum language l)
{
        out_c(o, ", {");
        say(g, o, m, l, 0);
        out_c(o, ", ");
        say(g, o, m, l, 1);
        out_char(o, '}');
}

static void row(struct gen *g, struct out *o, const struct message *m)
{
        out_c(o, "        {");
        code_string(o, m->key);
        if (m->other.n) {
                out_c(o, ", ");
                code_string(o, m->other);
                forms(g, o, m, LANGUAGE_DE);
                forms(g, o, m, LANGUAGE_PSEUDO);
        } else {
                out_c(o, ", ");
                say(g, o, m, LANGUAGE_DE, 0);
                out_c(o, ", ");
                say(g, o, m, LANGUAGE_PSEUDO, 0);
        }
        out_c(o, "},\n");
}

static size_t rows(struct gen *g, struct out *o, bool plural)
{
        size_t n = 0;

        for (guint i = 0; i < g->messages->len; i++) {
                const struct message *m = g_ptr_array_index(g->messages, i);
                if ((m->other.n > 0) != plural)
                        continue;
                row(g, o, m);
                n++;
        }
        return n;
}

void catalogue_write(struct gen *g)
{
        struct out o = out_new(g->arena, 1 << 16);
        GPtrArray *order = g_ptr_array_copy(g->messages, NULL, NULL);

        if (g->messages->len)
                qsort(g->messages->pdata, g->messages->len, sizeof(void *), by_key);
        out_c(&o, "/* Made by htmlgen: every sentence, sorted by its English text. */\n#include "
                  "\"html/catalogue.h\"\n\n"
                  "const struct msg_row msg_rows[] = {\n");
        size_t plain = rows(g, &o, false);
        out_format(&o, "        {0},\n};\nconst size_t msg_row_count = %zu;\n\n", plain);
        out_c(&o, "const struct msg_plural_row msg_plural_rows[] = {\n");
        size_t plural = rows(g, &o, true);
        out_format(&o, "        {0},\n};\nconst size_t msg_plural_row_count = %zu;\n", plural);
        gen_write(g, text_format(g->arena, "%s/html/catalogue.c", g->out).p, out_get(&o));
        g_ptr_array_unref(g->messages);
        g->messages = order;
}
