/*
 * sqlgen: the parts of the generator that makes typed C functions of the rooms' *.sql files; see
 * docs/statements.md.
 */
#ifndef TELEMACHUS_TOOLS_SQLGEN_H
#define TELEMACHUS_TOOLS_SQLGEN_H

#include "base/out.h"

#include <sqlite3.h>
#include <stdarg.h>

enum engine { SQLITE, POSTGRES };
enum shape { NONE, ONE, MAYBE, MANY };

enum { MAX_FIELDS = 80, MAX_STATEMENTS = 4000, MAX_MIGRATIONS = 400 };

struct field {
        const char *name;
        char kind;                      /* i r t b, as in struct db_stmt */
        bool is_bool;
        bool null;
        bool used;                      /* an input: it occurs in the text */
};

struct stmt {
        const char *room;
        const char *file;
        const char *name;
        int line;                       /* of :name */
        /* of the first line of the text, per engine; 0 if it has none of its own */
        int line_of[2];
        const char *raw[2];             /* as written, comments cut; raw[POSTGRES] NULL: the same */
        const char *text[2];            /* as prepared */
        enum shape shape;
        bool changes;
        bool write;
        const char *reads_said;         /* what :reads says; NULL: it is found out */
        const char *reads;              /* what it tells about a person; NULL: nothing */
        const char *whose;              /* a letter for each column of :out, see mark_of() */
        int whose_in;                   /* the input that says whose, from 1; 0: the columns do */
        bool in_is_pair;
        struct field in[MAX_FIELDS], out[MAX_FIELDS];
        int n_in, n_out;
};

struct migration {
        const char *file;
        int number;
        const char *name;
        const char *text[2];
};

struct gen {
        struct arena *arena;
        const char *out_folder;
        int errors;
        struct stmt *stmt[MAX_STATEMENTS];
        int n_stmt;
        struct migration migration[MAX_MIGRATIONS];
        int n_migration;
};

/* Prints "file:line: what; remedy" and counts it; the program goes on to find the next one. */
[[gnu::format(printf, 4, 5)]] void gen_error(struct gen *g, const char *file, int line,
                                             const char *format, ...);

/* sqlgen_parse.c: a room's file into g->stmt; declarations are checked here, the SQL is not. */
void parse_file(struct gen *g, const char *path);

/*
 * sqlgen_text.c: tokens (@int) and parameters (:cohort) as the engine wants them. s NULL: a schema
 * text, no parameters. Reports what the engines understand differently.
 */
const char *text_for(struct gen *g, const char *raw, enum engine engine, struct stmt *s,
                     const char *file, int line);

/* sqlgen_schema.c: the files in schema/ read, and an in-memory database built from them. */
void schema_read(struct gen *g, const char *folder);
sqlite3 *schema_build(struct gen *g);

/* sqlgen_check.c: every statement prepared on the database and compared with what it declares. */
void check_statements(struct gen *g, sqlite3 *db);

/* sqlgen_reads.c: what a prepared statement tells about people. */
void reads_of(struct gen *g, sqlite3_stmt *st, struct stmt *s);

/* sqlgen_write.c: the files; untouched if they would not change. */
void write_rooms(struct gen *g, const char *file);
void write_statements(struct gen *g);
void write_migrations(struct gen *g);

/* "a\"b\n" as a C string literal over several lines, indented. */
void out_literal(struct out *o, const char *s, const char *indent);

#endif
