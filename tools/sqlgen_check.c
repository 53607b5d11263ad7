/*
 * Every statement is prepared on the database that schema/ builds, and compared with its
 * declarations.
 */
#include "sqlgen.h"

#include "base/err.h"

#include <string.h>

static int line_of(const char *text, int first, int offset)
{
        for (int i = 0; i < offset && text[i]; i++)
                first += text[i] == '\n';
        return first;
}

/* A column with the name of another one of :out is taken for a mistake in the order. */
static bool is_declared(const struct stmt *s, const char *name)
{
        for (int i = 0; i < s->n_out; i++)
                if (strcmp(s->out[i].name, name) == 0)
                        return true;
        return false;
}

static char kind_of(const char *declared)
{
        static const struct {
                const char *word;
                char kind;
        } types[] = {
                {"INTEGER", 'i'}, {"INT", 'i'}, {"REAL", 'r'}, {"TEXT", 't'}, {"BLOB", 'b'},
        };

        for (size_t i = 0; declared && i < sizeof types / sizeof *types; i++)
                if (strcasecmp(declared, types[i].word) == 0)
                        return types[i].kind;
        return 0;
}

/* "note IS NOT NULL" somewhere in the text: then the column may be declared without ?. */
static bool kept_from_null(const struct stmt *s, const char *column)
{
        size_t n = strlen(column);

        for (const char *p = strcasestr(s->text[SQLITE], column); p; p = strcasestr(p + 1, column))
                if (strncasecmp(p + n, " IS NOT NULL", 12) == 0)
                        return true;
        return false;
}

static bool may_be_null(sqlite3 *db, sqlite3_stmt *st, int i)
{
        const char *table = sqlite3_column_table_name(st, i);
        const char *column = sqlite3_column_origin_name(st, i);
        int not_null = 0;
        int key = 0;

        if (!table || !column)
                return false;
        if (sqlite3_table_column_metadata(db, NULL, table, column, NULL, NULL, &not_null, &key,
                                          NULL) != SQLITE_OK)
                return false;
        return !not_null && !key;
}

static void check_column(struct gen *g, sqlite3 *db, sqlite3_stmt *st, const struct stmt *s, int i)
{
        const struct field *f = &s->out[i];
        const char *name = sqlite3_column_name(st, i);
        const char *declared = sqlite3_column_decltype(st, i);
        char kind = kind_of(declared);

        if (strcmp(name, f->name) != 0 && is_declared(s, name))
                gen_error(g, s->file, s->line,
                          "%s: column %d is %s, but :out says %s; put them in the same order, or "
                          "write AS %s",
                          s->name, i + 1, name, f->name, f->name);
        if (kind && kind != f->kind)
                gen_error(g, s->file, s->line,
                          "%s: %s is %s in the schema; change the type in :out", s->name, f->name,
                          declared);
        if (!f->null && may_be_null(db, st, i) &&
            !kept_from_null(s, sqlite3_column_origin_name(st, i)))
                gen_error(g, s->file, s->line,
                          "%s: %s may be NULL in the schema; write ? behind its type, or keep NULL "
                          "out "
                          "with \"%s IS NOT NULL\" or coalesce",
                          s->name, f->name, f->name);
}

static void check_columns(struct gen *g, sqlite3 *db, sqlite3_stmt *st, const struct stmt *s)
{
        int n = sqlite3_column_count(st);

        if (n != s->n_out) {
                gen_error(g, s->file, s->line,
                          "%s returns %d columns, but :out declares %d; make them the same",
                          s->name, n, s->n_out);
                return;
        }
        for (int i = 0; i < n; i++)
                check_column(g, db, st, s, i);
}

enum { OWN = 5 }; /* the last ones below are taken by the generated functions */

static const char *const reserved[] = {
        "auto",     "break",  "case",    "char",     "const",    "continue", "default",  "do",
        "double",   "else",   "enum",    "extern",   "float",    "for",      "goto",     "if",
        "inline",   "int",    "long",    "register", "restrict", "return",   "short",    "signed",
        "sizeof",   "static", "struct",  "switch",   "typedef",  "union",    "unsigned", "void",
        "volatile", "while",  "typeof",  "bool",     "true",     "false",    "asm",      "tx",
        "out",      "found",  "changes", "in",
};

static void check_names(struct gen *g, const struct stmt *s, const struct field *f, int n,
                        bool input)
{
        size_t keywords = sizeof reserved / sizeof *reserved;

        for (int i = 0; i < n; i++)
                for (size_t j = 0; j < keywords; j++)
                        if (strcmp(f[i].name, reserved[j]) == 0 && (input || j < keywords - OWN))
                                gen_error(g, s->file, s->line,
                                          "%s: %s means something in C; call it otherwise", s->name,
                                          f[i].name);
}

static void check_used(struct gen *g, const struct stmt *s)
{
        for (int i = 0; i < s->n_in; i++)
                if (!s->in[i].used)
                        gen_error(g, s->file, s->line,
                                  "%s: :%s is declared but not used; drop it from :in", s->name,
                                  s->in[i].name);
}

static void check_one(struct gen *g, sqlite3 *db, struct stmt *s)
{
        sqlite3_stmt *st = NULL;

        s->text[SQLITE] = text_for(g, s->raw[SQLITE], SQLITE, s, s->file, s->line_of[SQLITE]);
        s->text[POSTGRES] =
                s->raw[POSTGRES]
                        ? text_for(g, s->raw[POSTGRES], POSTGRES, s, s->file, s->line_of[POSTGRES])
                        : text_for(g, s->raw[SQLITE], POSTGRES, s, s->file, s->line_of[SQLITE]);
        check_used(g, s);
        check_names(g, s, s->in, s->n_in, true);
        check_names(g, s, s->out, s->n_out, false);
        const char *tail;
        if (sqlite3_prepare_v2(db, s->text[SQLITE], -1, &st, &tail) != SQLITE_OK) {
                int line = line_of(s->text[SQLITE], s->line_of[SQLITE], sqlite3_error_offset(db));
                gen_error(g, s->file, line, "%s: %s", s->name, sqlite3_errmsg(db));
                return;
        }
        if (!st || *tail)
                gen_error(g, s->file, s->line,
                          "%s is not one statement; give each its own -- :name", s->name);
        s->write = st && !sqlite3_stmt_readonly(st);
        if (s->changes && (!s->write || s->n_out))
                gen_error(g, s->file, s->line,
                          "%s: :changes is for writing statements without :out; drop it", s->name);
        if (st) {
                check_columns(g, db, st, s);
                reads_of(g, st, s);
        }
        sqlite3_finalize(st);
}

void check_statements(struct gen *g, sqlite3 *db)
{
        for (int i = 0; i < g->n_stmt; i++) {
                struct stmt *s = g->stmt[i];
                if (s->raw[SQLITE])
                        check_one(g, db, s);
                else
                        gen_error(g, s->file, s->line,
                                  "%s has no text; write the SQL below its declarations", s->name);
        }
}
