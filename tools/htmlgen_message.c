/*
 * One sentence in every language.  Without holes it is a table of strings; with holes a table of
 * pieces, each ending with the number of what comes next, so that nothing is parsed while a page is
 * made.
 */
#include "htmlgen.h"

#include "base/err.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static const char *const language_names[LANGUAGES] = {"en", "de", "xa"};

struct mark { char sign; struct text name; int number; size_t begin, end; };

/* A mark {name}, <1>, </1> or <1/> at i. */
static bool mark_at(struct text s, size_t i, bool tags, struct mark *m)
{
        size_t at = i + 1;

        *m = (struct mark) {.begin = i};
        if (s.p[i] == '{') {
                while (at < s.n && (isalnum((unsigned char)s.p[at]) || s.p[at] == '_'))
                        at++;
                m->sign = '{';
                m->name = (struct text) {.p = s.p + i + 1, .n = at - i - 1};
                m->end = at + 1;
                return at < s.n && s.p[at] == '}' && m->name.n > 0;
        }
        if (!tags || s.p[i] != '<')
                return false;
        m->sign = at < s.n && s.p[at] == '/' ? '/' : '<';
        at += m->sign == '/';
        size_t digits = at;
        while (at < s.n && isdigit((unsigned char)s.p[at]))
                m->number = m->number * 10 + (s.p[at++] - '0');
        if (m->sign == '<' && at < s.n && s.p[at] == '/') {
                m->sign = '!';
                at++;
        }
        m->end = at + 1;
        return at > digits && at < s.n && s.p[at] == '>';
}

/* The next mark at or behind *i; false at the end of the sentence. */
static bool next_mark(struct text s, size_t i, bool tags, struct mark *m)
{
        for (; i < s.n; i++)
                if (mark_at(s, i, tags, m))
                        return true;
        return false;
}

static bool same_mark(const struct mark *m, const struct slot *slot)
{
        return m->sign == slot->sign &&
               (m->sign == '{' ? text_equal(m->name, slot->name) : m->number == slot->number);
}

static bool has_tags(const struct slots *slots)
{
        for (size_t i = 0; i < slots->n; i++)
                if (slots->row[i].sign != '{')
                        return true;
        return false;
}

static struct text escaped(struct arena *a, struct text s, enum place place)
{
        return place == PLACE_MAIL || place == PLACE_SUBJECT ? s : markup_escape(a, s);
}

static void piece(struct out *table, struct text s, size_t then)
{
        out_c(table, "        {");
        code_string(table, s);
        out_format(table, ", %zu, %zu},\n", s.n, then);
}

/* The pieces of one language, as rows of a table. A slot that is literal becomes part of its
 * neighbours. */
static void write_pieces(struct view *v, struct out *table, struct text s,
                         const struct slots *slots, enum place place)
{
        struct arena *a = v->g->arena;
        struct out words = out_new(a, 128);
        struct mark m;
        size_t at = 0;

        while (next_mark(s, at, has_tags(slots), &m)) {
                out_text(&words,
                         escaped(a, (struct text) {.p = s.p + at, .n = m.begin - at}, place));
                at = m.end;
                for (size_t i = 0; i < slots->n; i++) {
                        if (!same_mark(&m, &slots->row[i]))
                                continue;
                        if (code_is_literal(slots->row[i].code)) {
                                out_text(&words, out_get(&slots->row[i].code->literal));
                        } else {
                                piece(table, out_get(&words), i + 1);
                                words.n = 0;
                        }
                        break;
                }
        }
        out_text(&words, escaped(a, (struct text) {.p = s.p + at, .n = s.n - at}, place));
        piece(table, out_get(&words), 0);
}

/* Static tables of pieces for one form of a sentence; returns the serial in their names. */
static unsigned piece_table(struct view *v, struct text key, struct text other, int form,
                            const struct slots *slots, enum place place)
{
        struct out *o = &v->top->done;
        unsigned serial = ++v->serial;

        for (int l = 0; l < LANGUAGES; l++) {
                out_format(o, "static const struct html_piece m%u_%s[] = {\n", serial,
                           language_names[l]);
                write_pieces(v, o, catalogue_say(v->g, key, other, (enum language)l, form), slots,
                             place);
                out_c(o, "};\n");
        }
        out_format(
                o,
                "static const struct html_piece *const m%u[LOCALES] = {m%u_en, m%u_de, m%u_xa};\n",
                serial, serial, serial, serial);
        return serial;
}

static void write_loop(struct code *c, const char *start, unsigned serial,
                       const struct slots *slots)
{
        code_plain(c, "        for (const struct html_piece *p%u = %s;; p%u++) {", serial, start,
                   serial);
        code_plain(c, "                html_raw(pg, p%u->s, p%u->n);", serial, serial);
        code_plain(c, "                if (p%u->then == 0)\n                        break;",
                   serial);
        code_plain(c, "                switch (p%u->then) {", serial);
        for (size_t i = 0; i < slots->n; i++) {
                if (code_is_literal(slots->row[i].code))
                        continue;
                code_plain(c, "                case %zu:", i + 1);
                code_append(c, slots->row[i].code);
                code_plain(c, "                break;");
        }
        code_plain(c, "                }\n        }");
}

static bool all_literal(const struct slots *slots)
{
        for (size_t i = 0; i < slots->n; i++)
                if (!code_is_literal(slots->row[i].code))
                        return false;
        return true;
}

static unsigned remembered(struct view *v, const char *kind, struct text key)
{
        return GPOINTER_TO_UINT(
                g_hash_table_lookup(v->tables, catalogue_name(v->g->arena, text_of(kind), key)));
}

static void remember(struct view *v, const char *kind, struct text key, unsigned serial)
{
        g_hash_table_insert(v->tables, catalogue_name(v->g->arena, text_of(kind), key),
                            GUINT_TO_POINTER(serial));
}

static unsigned plain_table(struct view *v, struct text key, enum place place)
{
        const char *kind = place == PLACE_MAIL || place == PLACE_SUBJECT ? "plain" : "html";
        struct out *o = &v->top->done;
        unsigned serial = remembered(v, kind, key);

        if (serial)
                return serial;
        serial = ++v->serial;
        remember(v, kind, key, serial);
        out_format(o, "static const struct html_words m%u[LOCALES] = {\n", serial);
        for (int l = 0; l < LANGUAGES; l++) {
                struct text s = catalogue_say(v->g, key, TEXT_ABSENT, (enum language)l, 0);
                s = escaped(v->g->arena, s, place);
                out_c(o, "        {");
                code_string(o, s);
                out_format(o, ", %zu},\n", s.n);
        }
        out_c(o, "};\n");
        return serial;
}

void message_write(struct view *v, struct code *c, struct text key, const struct slots *slots,
                   enum place place, int line)
{
        catalogue_add(v->g, key, TEXT_ABSENT, v->file, line);
        if (slots->n == 0) {
                unsigned serial = plain_table(v, key, place);
                code_plain(c, "        html_raw(pg, m%u[pg->locale].s, m%u[pg->locale].n);", serial,
                           serial);
                return;
        }
        unsigned serial = piece_table(v, key, TEXT_ABSENT, 0, slots, place);
        struct text start = text_format(v->g->arena, "m%u[pg->locale]", serial);
        if (all_literal(slots))
                code_plain(c, "        html_raw(pg, %s->s, %s->n);", start.p, start.p);
        else
                write_loop(c, start.p, serial, slots);
}

void message_write_plural(struct view *v, struct code *c, struct text number, struct text one,
                          struct text other, const struct slots *slots, enum place place, int line)
{
        struct slots all = *slots;
        unsigned n = ++v->serial;

        catalogue_add(v->g, one, other, v->file, line);
        all.row[all.n] = (struct slot) {.sign = '{',
                                        .name = TEXT("n"),
                                        .code = code_new(v->g->arena, v->file)};
        code_plain(all.row[all.n].code, "                html_count(pg, n%u);", n);
        all.n++;
        unsigned first = piece_table(v, one, other, 0, &all, place);
        unsigned second = piece_table(v, one, other, 1, &all, place);
        code_line(c, line, "        {\n        const int64_t n%u = (int64_t)(%.*s);", n,
                  (int)number.n, number.p);
        struct text start =
                text_format(v->g->arena, "(n%u == 1 ? m%u : m%u)[pg->locale]", n, first, second);
        write_loop(c, start.p, second, &all);
        code_plain(c, "        }");
}

struct text message_table(struct view *v, struct text key, int line)
{
        struct out *o = &v->top->done;
        unsigned serial = remembered(v, "strings", key);

        catalogue_add(v->g, key, TEXT_ABSENT, v->file, line);
        if (serial == 0) {
                serial = ++v->serial;
                remember(v, "strings", key, serial);
                out_format(o, "static const char *const s%u[LOCALES] = {\n", serial);
                for (int l = 0; l < LANGUAGES; l++) {
                        out_c(o, "        ");
                        code_string(o, catalogue_say(v->g, key, TEXT_ABSENT, (enum language)l, 0));
                        out_c(o, ",\n");
                }
                out_c(o, "};\n");
        }
        return text_format(v->g->arena, "s%u", serial);
}

static bool contains(struct text s, const struct mark *wanted)
{
        struct slot slot = {.sign = wanted->sign, .name = wanted->name, .number = wanted->number};
        struct mark m;

        for (size_t at = 0; next_mark(s, at, true, &m); at = m.end)
                if (same_mark(&m, &slot))
                        return true;
        return false;
}

/* Every mark of from stands in to as well. Only the number of a plural may be left out: "one call"
 * for "{n} call". */
static bool has_marks(struct gen *g, struct text from, struct text to, const char *fault,
                      const char *file, int line)
{
        struct mark m;

        for (size_t at = 0; next_mark(from, at, true, &m); at = m.end) {
                if (contains(to, &m) || text_is(m.name, "n"))
                        continue;
                gen_fault(g, file, line, "this translation %s %.*s", fault, (int)(m.end - m.begin),
                          from.p + m.begin);
                return false;
        }
        return true;
}

bool message_check(struct gen *g, struct text key, struct text translated, const char *file,
                   int line)
{
        return has_marks(g, key, translated, "lacks", file, line) &&
               has_marks(g, translated, key, "has what the English has not:", file, line);
}
