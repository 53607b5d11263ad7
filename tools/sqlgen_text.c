/* From the text that people write to the text that an engine prepares. */
#include "sqlgen.h"

#include "base/err.h"

#include <ctype.h>
#include <string.h>

struct translation {
        struct gen *g;
        struct stmt *s;
        const char *file;
        int line;
        enum engine engine;
        bool shared; /* the text is meant for both engines */
        struct out o;
};

static bool is_word(char c) { return isalnum((unsigned char)c) || c == '_'; }

static size_t word_length(const char *p)
{
        size_t n = 0;

        while (is_word(p[n]))
                n++;
        return n;
}

static const struct token {
        const char *word;
        const char *text[2];
} tokens[] = {
        {"int", {"INTEGER", "BIGINT"}},       {"real", {"REAL", "DOUBLE PRECISION"}},
        {"blob", {"BLOB", "BYTEA"}},          {"strict", {"STRICT", ""}},
        {"clustered", {"WITHOUT ROWID", ""}},
};

/*
 * An option that is empty on this engine takes the comma before it along: ") @strict, @clustered;".
 */
static void drop_comma(struct out *o)
{
        while (o->n && isspace((unsigned char)o->p[o->n - 1]))
                o->n--;
        if (o->n && o->p[o->n - 1] == ',')
                o->n--;
}

static size_t token(struct translation *t, const char *p)
{
        size_t n = word_length(p);
        struct text word = {.p = p, .n = n};

        for (size_t i = 0; i < sizeof tokens / sizeof *tokens; i++) {
                if (!text_is(word, tokens[i].word))
                        continue;
                const char *text = tokens[i].text[t->engine];
                if (*text)
                        out_c(&t->o, text);
                else
                        drop_comma(&t->o);
                return n;
        }
        gen_error(t->g, t->file, t->line,
                  "@%.*s is not known; there are @int @real @blob @strict @clustered", (int)n, p);
        return n;
}

static size_t parameter(struct translation *t, const char *p)
{
        size_t n = word_length(p);
        struct text word = {.p = p, .n = n};

        if (!t->s) {
                gen_error(t->g, t->file, t->line,
                          "a schema has no parameters such as :%.*s; write the value", (int)n, p);
                return n;
        }
        for (int i = 0; i < t->s->n_in; i++)
                if (text_is(word, t->s->in[i].name)) {
                        t->s->in[i].used = true;
                        out_format(&t->o, "%c%d", t->engine == SQLITE ? '?' : '$', i + 1);
                        return n;
                }
        gen_error(t->g, t->file, t->line, ":%.*s is not declared; add it to -- :in", (int)n, p);
        return n;
}

static const struct trap {
        const char *word;
        const char *remedy;
} traps[] = {
        {"integer", "PostgreSQL takes it as 32 bits; write @int"},
        {"bigint", "write @int"},
        {"real", "PostgreSQL takes it as 32 bits; write @real"},
        {"bytea", "write @blob"},
        {"autoincrement", "ids are made by random_id(); drop it"},
        {"like", "upper and lower case differ between the engines; compare a *_key column that "
                 "text_fold() filled"},
        {"ilike", "SQLite has no such word; compare a *_key column that text_fold() filled"},
        {"lower", "the engines fold differently; fold with text_fold() when writing"},
        {"upper", "the engines fold differently; fold with text_fold() when writing"},
        {"avg", "the engines round differently; return the sum and the count"},
        {"group_concat", "PostgreSQL has no such function; return the rows"},
        {"string_agg", "SQLite has no such function; return the rows"},
        {"ifnull", "PostgreSQL has no such function; write coalesce"},
        {"now", "time is an input; hand it in"},
        {"current_timestamp", "time is an input; hand it in"},
};

static void trap(struct translation *t, const char *p, size_t n)
{
        if (!t->shared || t->engine != SQLITE)
                return;
        for (size_t i = 0; i < sizeof traps / sizeof *traps; i++)
                if (strlen(traps[i].word) == n && strncasecmp(p, traps[i].word, n) == 0)
                        gen_error(t->g, t->file, t->line, "%s: %s", traps[i].word, traps[i].remedy);
}

/* 'text' or "name", copied whole. */
static size_t quoted(struct translation *t, const char *p)
{
        size_t n = 1;

        while (p[n] && p[n] != p[0]) {
                if (p[n] == '\n')
                        t->line++;
                n++;
        }
        if (!p[n]) {
                gen_error(t->g, t->file, t->line, "a quote is not closed; close it");
                n--;
        }
        out_bytes(&t->o, p, n + 1);
        return n + 1;
}

static size_t comment(const char *p)
{
        size_t n = 0;

        while (p[n] && p[n] != '\n')
                n++;
        return n;
}

static size_t cast(struct translation *t)
{
        if (t->shared)
                gen_error(t->g, t->file, t->line, ":: is PostgreSQL's own; write CAST(x AS type)");
        out_c(&t->o, "::");
        return 2;
}

static size_t next(struct translation *t, const char *p)
{
        if (*p == '\'' || *p == '"')
                return quoted(t, p);
        if (p[0] == '-' && p[1] == '-')
                return comment(p);
        if (*p == '@' && is_word(p[1]))
                return 1 + token(t, p + 1);
        if (p[0] == ':' && p[1] == ':')
                return cast(t);
        if (*p == ':' && is_word(p[1]))
                return 1 + parameter(t, p + 1);
        if (*p == '\n')
                t->line++;
        size_t n = is_word(*p) ? word_length(p) : 1;
        trap(t, p, n);
        out_bytes(&t->o, p, n);
        return n;
}

const char *text_for(struct gen *g, const char *raw, enum engine engine, struct stmt *s,
                     const char *file, int line)
{
        struct translation t = {.g = g, .s = s, .file = file, .line = line, .engine = engine};

        t.shared = !s || raw == s->raw[SQLITE];
        t.o = out_new(g->arena, strlen(raw) + 64);
        for (const char *p = raw; *p;)
                p += next(&t, p);
        return out_get(&t.o).p;
}
