/*
 * The declarations of a .sql file: -- :name, :in, :out, :changes, :postgres, and where each text
 * begins and ends.
 */
#include "sqlgen.h"

#include "os/file.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum where { BETWEEN, HEAD, BODY };

struct parser {
        struct gen *g;
        const char *file;
        const char *room;
        int line;
        enum where where;
        struct stmt *s;
        enum engine engine;
        struct out body;
        struct field
                *list; /* a declaration that ended in a comma goes on in the next comment line */
        int *n_list;
};

static const char *room_of(struct arena *a, const char *path)
{
        const char *end = strrchr(path, '/');
        const char *start = end;

        if (!end)
                return "main";
        while (start > path && start[-1] != '/')
                start--;
        return arena_dup(a, start, (size_t)(end - start));
}

static const struct type {
        const char *word;
        char kind;
} types[] = {
        {"id", 'i'},   {"int", 'i'},  {"time", 'i'}, {"day", 'i'},
        {"bool", 'i'}, {"real", 'r'}, {"text", 't'}, {"blob", 'b'},
};

static bool field_type(struct field *f, struct text word)
{
        if (word.n && word.p[word.n - 1] == '?') {
                f->null = true;
                word.n--;
        }
        for (size_t i = 0; i < sizeof types / sizeof *types; i++)
                if (text_is(word, types[i].word)) {
                        f->kind = types[i].kind;
                        f->is_bool = text_is(word, "bool");
                        return true;
                }
        return false;
}

static bool is_name(struct text t)
{
        for (size_t i = 0; i < t.n; i++)
                if (!(islower((unsigned char)t.p[i]) || t.p[i] == '_' ||
                      (i && isdigit((unsigned char)t.p[i]))))
                        return false;
        return t.n > 0;
}

static void add_field(struct parser *p, struct text item)
{
        struct text type;
        struct text name = text_cut(item, ' ', &type);
        struct field f = {0};

        if (!is_name(name) || !field_type(&f, text_trim(type))) {
                gen_error(p->g, p->file, p->line,
                          "\"%.*s\" is no \"name type\"; types are id int time day bool real text "
                          "blob, with ? behind one that may be NULL",
                          (int)item.n, item.p);
                return;
        }
        f.name = arena_dup(p->g->arena, name.p, name.n);
        for (int i = 0; i < *p->n_list; i++)
                if (strcmp(p->list[i].name, f.name) == 0)
                        gen_error(p->g, p->file, p->line, "%s is declared twice; rename one",
                                  f.name);
        if (*p->n_list == MAX_FIELDS)
                gen_error(p->g, p->file, p->line, "more than %d names; split the statement",
                          MAX_FIELDS);
        else
                p->list[(*p->n_list)++] = f;
}

/* "cohort id, level int"; a comma at the end leaves the list open for the next comment line. */
static void fields(struct parser *p, struct text t)
{
        bool open = false;

        t = text_trim(t);
        while (t.n) {
                struct text rest;
                struct text item = text_trim(text_cut(t, ',', &rest));
                add_field(p, item);
                open = rest.p && text_empty(text_trim(rest));
                t = text_trim(rest);
        }
        if (!open)
                p->list = NULL;
}

static void in(struct parser *p, struct text t)
{
        p->list = p->s->in;
        p->n_list = &p->s->n_in;
        fields(p, t);
}

static void out(struct parser *p, struct text t)
{
        static const char *const shapes[] = {"none", "one", "maybe", "many"};
        struct text rest;
        struct text word = text_cut(t, ' ', &rest);
        int shape = 0;

        while (shape < 4 && !text_is(word, shapes[shape]))
                shape++;
        if (shape == 4) {
                gen_error(p->g, p->file, p->line, ":out begins with none, one, maybe or many");
                return;
        }
        p->s->shape = (enum shape)shape;
        p->list = p->s->out;
        p->n_list = &p->s->n_out;
        fields(p, rest);
        if (shape != NONE && p->s->n_out == 0)
                gen_error(p->g, p->file, p->line,
                          ":out %s needs columns; write \"%s name type, ...\"", shapes[shape],
                          shapes[shape]);
        if (shape == NONE && p->s->n_out != 0)
                gen_error(p->g, p->file, p->line,
                          ":out none takes no columns; write one, maybe or many");
}

/* care/ owns care_*; programmes/ owns programmes_* and programme_*; journeys/ journey_*. */
static bool belongs(const char *room, const char *name)
{
        size_t n = strlen(room);
        size_t shorter = n && room[n - 1] == 's' ? n - 1 : n;

        return (strncmp(name, room, n) == 0 && name[n] == '_') ||
               (strncmp(name, room, shorter) == 0 && name[shorter] == '_');
}

static void name(struct parser *p, struct text t)
{
        struct stmt *s = arena_new_of(p->g->arena, struct stmt);

        s->name = arena_dup(p->g->arena, t.p, t.n);
        s->room = p->room;
        s->file = p->file;
        s->line = p->line;
        if (!is_name(t))
                gen_error(p->g, p->file, p->line, "\"%s\" is no name; use a-z, 0-9 and _", s->name);
        else if (!belongs(p->room, s->name))
                gen_error(p->g, p->file, p->line, "%s is not this room's; begin the name with %s_",
                          s->name, p->room);
        for (int i = 0; i < p->g->n_stmt; i++)
                if (strcmp(p->g->stmt[i]->name, s->name) == 0)
                        gen_error(p->g, p->file, p->line,
                                  "%s exists already, %s:%d; choose another name", s->name,
                                  p->g->stmt[i]->file, p->g->stmt[i]->line);
        must(p->g->n_stmt < MAX_STATEMENTS);
        p->g->stmt[p->g->n_stmt++] = s;
        p->s = s;
        p->where = HEAD;
        p->engine = SQLITE;
}

static void directive(struct parser *p, struct text t)
{
        struct text rest;
        struct text word = text_cut(t, ' ', &rest);

        rest = text_trim(rest);
        p->list = NULL;
        if (p->where == BODY)
                gen_error(
                        p->g, p->file, p->line,
                        "the statement before is not finished; end it with ; at the end of a line");
        if (text_is(word, ":name"))
                name(p, rest);
        else if (!p->s)
                gen_error(p->g, p->file, p->line, "begin with -- :name");
        else if (text_is(word, ":postgres")) {
                if (!p->s->raw[SQLITE])
                        gen_error(p->g, p->file, p->line,
                                  ":postgres comes behind the text for both; write that first");
                p->engine = POSTGRES;
                p->where = HEAD;
        } else if (p->where != HEAD)
                gen_error(p->g, p->file, p->line, "%.*s stands behind the statement; move it above",
                          (int)word.n, word.p);
        else if (text_is(word, ":in"))
                in(p, rest);
        else if (text_is(word, ":out"))
                out(p, rest);
        else if (text_is(word, ":changes"))
                p->s->changes = true;
        else if (text_is(word, ":reads"))
                p->s->reads_said = arena_dup(p->g->arena, rest.p, rest.n);
        else
                gen_error(p->g, p->file, p->line,
                          "%.*s is not known; there are :name :in :out :changes :reads :postgres",
                          (int)word.n, word.p);
}

/* What stands before a "--" that is not inside quotes. */
static struct text without_comment(struct text line)
{
        char quote = 0;

        for (size_t i = 0; i < line.n; i++) {
                if (quote)
                        quote = line.p[i] == quote ? 0 : quote;
                else if (line.p[i] == '\'' || line.p[i] == '"')
                        quote = line.p[i];
                else if (line.p[i] == '-' && i + 1 < line.n && line.p[i + 1] == '-')
                        return (struct text) {.p = line.p, .n = i};
        }
        return line;
}

static void body(struct parser *p, struct text line)
{
        struct text t = text_trim(without_comment(line));

        if (p->where == BETWEEN) {
                gen_error(p->g, p->file, p->line,
                          "this belongs to no statement; write -- :name above it");
                p->where = HEAD;
                return;
        }
        if (!p->s)
                return;
        if (p->where == HEAD) {
                p->body = out_new(p->g->arena, 256);
                p->s->line_of[p->engine] = p->line;
                p->where = BODY;
        }
        bool last = t.n && t.p[t.n - 1] == ';';
        if (last)
                t.n--;
        out_text(&p->body, t);
        if (last) {
                p->s->raw[p->engine] = out_get(&p->body).p;
                p->where = BETWEEN;
        } else {
                out_char(&p->body, '\n');
        }
}

static void line(struct parser *p, struct text t)
{
        struct text trimmed = text_trim(t);

        if (!text_starts(trimmed, "--")) {
                if (trimmed.n || p->where == BODY)
                        body(p, trimmed);
                return;
        }
        struct text rest = text_trim((struct text) {.p = trimmed.p + 2, .n = trimmed.n - 2});
        if (text_starts(rest, ":"))
                directive(p, rest);
        else if (p->list)
                fields(p, rest);
        else if (p->where == BODY)
                out_char(&p->body, '\n');
}

void parse_file(struct gen *g, const char *path)
{
        struct parser p = {.g = g, .file = path, .room = room_of(g->arena, path)};
        struct text rest;
        struct err e = file_read(g->arena, path, (size_t)4 << 20, &rest);

        if (failed(e)) {
                gen_error(g, path, 0, "cannot be read; %s", e.what);
                return;
        }
        while (rest.p) {
                struct text one = text_cut(rest, '\n', &rest);
                p.line++;
                line(&p, one);
        }
        if (p.where == BODY)
                gen_error(g, path, p.line,
                          "the last statement is not finished; end it with ; at the end of a line");
}
