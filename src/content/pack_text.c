/* One text file: its first line, its holes, its buttons. */
#include "content/pack_parse.h"

#include <string.h>

enum { TITLE_MAX = 120, BUTTONS_MAX = 2 };

struct scan {
        struct pack_reading *r;
        const char *path;
        int line;
        int buttons;
};

static void wrong(struct scan *s, size_t column, const char *remedy, const char *what)
{
        pack_problem_add(s->r->problems,
                         (struct pack_place) {s->path, s->line, (int)column + 1, false}, remedy,
                         "%s", what);
}

/* The next line without its end; false at the end of the text. */
static bool next_line(struct text *rest, struct text *line)
{
        if (rest->p == NULL || rest->n == 0)
                return false;
        *line = text_cut(*rest, '\n', rest);
        if (line->n > 0 && line->p[line->n - 1] == '\r')
                line->n--;
        return true;
}

static void check_holes(struct scan *s, struct text line)
{
        for (size_t i = 0; i < line.n; i++) {
                const char *end = line.p[i] == '{' ? memchr(line.p + i, '}', line.n - i) : NULL;
                struct text name;
                enum pack_hole hole;

                if (line.p[i] != '{' && line.p[i] != '}')
                        continue;
                if (end == NULL) {
                        wrong(s, i, "Close it, as in {first_name}", "A brace stands alone");
                        return;
                }
                name = (struct text) {line.p + i + 1, (size_t)(end - line.p) - i - 1};
                if (!pack_hole_of(name, &hole))
                        wrong(s, i, "Use a name from the list of holes in docs/packs.md",
                              text_format(s->r->a, "{%.*s} is not known",
                                          (int)(name.n > 40 ? 40 : name.n), name.p).p);
                i = (size_t)(end - line.p);
        }
}

/* [words](action) and nothing else; views of both. */
static bool button_line(struct text line, struct text *words, struct text *action)
{
        const char *middle;

        line = text_trim(line);
        if (line.n < 5 || line.p[0] != '[' || line.p[line.n - 1] != ')')
                return false;
        middle = memmem(line.p, line.n, "](", 2);
        if (middle == NULL || middle == line.p + 1)
                return false;
        *words = (struct text) {line.p + 1, (size_t)(middle - line.p) - 1};
        *action = (struct text) {middle + 2, line.n - words->n - 4};
        return memchr(action->p, '(', action->n) == NULL && memchr(words->p, '[', words->n) == NULL;
}

static void check_button(struct scan *s, struct text line)
{
        struct text words, name;
        enum pack_action action;

        if (button_line(line, &words, &name)) {
                s->buttons++;
                if (!pack_action_of(name, &action))
                        wrong(s, (size_t)(name.p - line.p),
                              "Use an action from the list in docs/packs.md",
                              text_format(s->r->a,
                                          "The button leads to \"%.*s\", which is not an action",
                                          (int)(name.n > 40 ? 40 : name.n), name.p).p);
        } else {
                const char *at = memmem(line.p, line.n, "](", 2);

                if (at != NULL)
                        wrong(s, (size_t)(at - line.p),
                              "Put it on a line of its own: [Words](action)",
                              "A button stands within a line");
        }
}

static void check_html(struct scan *s, struct text line)
{
        for (size_t i = 0; i + 1 < line.n; i++) {
                char c = line.p[i + 1];

                if (line.p[i] == '<' &&
                    (c == '/' || c == '!' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))) {
                        wrong(s, i, "Write it in Markdown",
                              "The text holds HTML, which is not shown");
                        return;
                }
        }
}

static void check_body(struct scan *s, enum pack_shelf_kind kind, struct text body)
{
        struct text line;

        while (next_line(&body, &line)) {
                s->line++;
                check_html(s, line);
                if (kind == SHELF_MAIL) {
                        check_holes(s, line);
                        check_button(s, line);
                }
        }
}

/* "Title: ..." and an empty line; what follows is the body. */
static struct text read_title(struct scan *s, enum pack_shelf_kind kind, struct text bytes,
                              struct text *title)
{
        const char *word = kind == SHELF_MAIL ? "Subject:" : "Title:";
        struct text rest = bytes, line = TEXT(""), blank = TEXT("");

        s->line = 1;
        next_line(&rest, &line);
        if (!text_starts(line, word)) {
                wrong(s, 0, text_format(s->r->a, "Begin the file with \"%s ...\"", word).p,
                      "The first line is not the title");
                *title = TEXT("");
                return bytes;
        }
        *title = text_trim((struct text) {line.p + strlen(word), line.n - strlen(word)});
        if (title->n == 0 || title->n > TITLE_MAX)
                wrong(s, strlen(word), "Write between 1 and 120 characters",
                      "The title is empty or too long");
        if (kind == SHELF_MAIL)
                check_holes(s, line);
        s->line = 2;
        if (next_line(&rest, &blank) && text_trim(blank).n > 0)
                wrong(s, 0, "Leave the second line empty",
                      "There is no empty line after the title");
        return rest.p != NULL ? rest : TEXT("");
}

void pack_text_check(struct pack_reading *r, const char *path, enum pack_shelf_kind kind,
                     struct text bytes, struct pack_text *out)
{
        struct scan s = {.r = r, .path = path, .line = 1};

        *out = (struct pack_text) {TEXT(""), TEXT("")};
        if (!text_is_utf8(bytes) || memchr(bytes.p, '\0', bytes.n) != NULL) {
                wrong(&s, 0, "Save it as UTF-8", "The file is not UTF-8 text");
                return;
        }
        out->body = read_title(&s, kind, bytes, &out->title);
        check_body(&s, kind, out->body);
        s.line = 1;
        if (text_trim(out->body).n == 0)
                wrong(&s, 0, "Write the text below the title", "There is nothing below the title");
        else if (kind == SHELF_MAIL && (s.buttons == 0 || s.buttons > BUTTONS_MAX))
                wrong(&s, 0, "Give the letter one button, at most two: [Words](action)",
                      s.buttons == 0 ? "The letter asks for nothing"
                                     : "The letter has too many buttons");
        out->body = text_trim(out->body);
}

/* The sentence of a word; a capital in the text asks for a capital. */
static bool put_word(struct pack_reading *r, enum locale l, struct text name, struct out *o)
{
        bool capital = name.n > 0 && name.p[0] >= 'A' && name.p[0] <= 'Z';

        for (size_t i = 0; i < r->pack->n_words; i++) {
                const struct pack_word *w = &r->pack->words[i];
                struct text say = w->say.in[l];

                if (w->key.n != name.n || name.n == 0 || memcmp(w->key.p + 1, name.p + 1, name.n - 1) != 0 ||
                    w->key.p[0] != (capital ? name.p[0] - 'A' + 'a' : name.p[0]) || say.n == 0)
                        continue;
                out_char(o, capital && say.p[0] >= 'a' && say.p[0] <= 'z' ? (char)(say.p[0] - 'a' + 'A') : say.p[0]);
                out_text(o, (struct text) {say.p + 1, say.n - 1});
                return true;
        }
        return false;
}

struct text pack_words_fill(struct pack_reading *r, const char *path, enum locale l, struct text bytes)
{
        struct scan s = {.r = r, .path = path, .line = 1};
        struct out o;
        size_t begin = 0;

        if (memmem(bytes.p, bytes.n, "{=", 2) == NULL)
                return bytes;
        o = out_new(r->a, bytes.n + 256);
        for (size_t i = 0; i < bytes.n; i++) {
                const char *end = i + 1 < bytes.n && memcmp(bytes.p + i, "{=", 2) == 0
                                          ? memchr(bytes.p + i, '}', bytes.n - i)
                                          : NULL;

                if (bytes.p[i] == '\n') {
                        s.line++;
                        begin = i + 1;
                }
                if (end != NULL && put_word(r, l, (struct text) {bytes.p + i + 2, (size_t)(end - bytes.p) - i - 2}, &o)) {
                        i = (size_t)(end - bytes.p);
                        continue;
                }
                if (end != NULL)
                        wrong(&s, i - begin, "Use one of \"words\" in pack.yaml", "This word of the pack is not known");
                out_char(&o, bytes.p[i]);
        }
        return out_get(&o);
}

bool pack_next_button(struct text *rest, struct text *before, struct pack_button *button)
{
        struct text start = *rest, scan = *rest, line;

        while (next_line(&scan, &line)) {
                struct text name;

                if (!button_line(line, &button->words, &name) ||
                    !pack_action_of(name, &button->action))
                        continue;
                *before = text_trim((struct text) {start.p, (size_t)(line.p - start.p)});
                *rest = scan.p != NULL ? scan : TEXT("");
                return true;
        }
        *before = text_trim(start);
        *rest = TEXT("");
        return false;
}

/* What would be Markdown in a value that a person wrote. */
static bool is_marked(const char *p, size_t i, bool first)
{
        if (strchr("\\*_[]<>&`", p[i]) != NULL)
                return p[i] != '\0';
        return first && i == 0 && strchr("#-+=", p[i]) != NULL && p[i] != '\0';
}

static void put_value(struct out *o, enum pack_hole hole, struct text v, bool markdown)
{
        bool ours = hole == PACK_HOLE_LIST || hole == PACK_HOLE_PLACE;
        bool first = o->n == 0 || o->p[o->n - 1] == '\n';

        for (size_t i = 0; i < v.n; i++) {
                if ((v.p[i] == '\n' || v.p[i] == '\r') && !(ours && markdown)) {
                        out_char(o, ' ');
                        continue;
                }
                if (markdown && !ours && is_marked(v.p, i, first))
                        out_char(o, '\\');
                out_char(o, v.p[i]);
        }
}

struct text pack_fill(struct arena *a, struct text t, const struct pack_values *values,
                      bool markdown)
{
        struct out o = out_new(a, t.n + 256);

        for (size_t i = 0; i < t.n; i++) {
                const char *end = t.p[i] == '{' ? memchr(t.p + i, '}', t.n - i) : NULL;
                enum pack_hole hole;

                if (end != NULL &&
                    pack_hole_of((struct text) {t.p + i + 1, (size_t)(end - t.p) - i - 1}, &hole)) {
                        put_value(&o, hole, values->of[hole], markdown);
                        i = (size_t)(end - t.p);
                } else {
                        out_char(&o, t.p[i]);
                }
        }
        return out_get(&o);
}
