/* The C files that come out. */
#include "sqlgen.h"

#include "base/err.h"
#include "os/file.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { MAX_PARAMETERS = 6 };

/* A file that stays the same is left alone, so that make compiles only what changed. */
static void save(struct gen *g, const char *path, struct out *o)
{
        struct text old;
        char *slash = arena_dup(g->arena, path, strlen(path));

        *strrchr(slash, '/') = 0;
        if (!failed(file_read(g->arena, path, (size_t)64 << 20, &old)) &&
            text_equal(old, out_get(o)))
                return;
        struct err e = file_make_folder(slash);
        if (!failed(e))
                e = file_write(path, out_get(o), 0644);
        if (failed(e))
                gen_error(g, path, 0, "cannot be written; %s", e.what);
}

void out_literal(struct out *o, const char *s, const char *indent)
{
        out_format(o, "\n%s\"", indent);
        for (; *s; s++) {
                if (*s == '\n')
                        out_c(o, "\\n");
                else if (*s == '"' || *s == '\\')
                        out_format(o, "\\%c", *s);
                else
                        out_char(o, *s);
                if (*s == '\n' && s[1])
                        out_format(o, "\"\n%s\"", indent);
        }
        out_char(o, '"');
}

static const char *c_type(const struct field *f)
{
        switch (f->kind) {
        case 'i':
                return f->null ? "struct opt " : f->is_bool ? "bool " : "int64_t ";
        case 'r':
                return f->null ? "struct opt_real " : "double ";
        default:
                return "struct text ";
        }
}

static const char *accessor(const struct field *f)
{
        switch (f->kind) {
        case 'i':
                return f->null ? "opt" : "int";
        case 'r':
                return f->null ? "opt_real" : "real";
        case 't':
                return "text";
        default:
                return "blob";
        }
}

static void write_struct(struct out *o, const char *name, const char *suffix, const struct field *f,
                         int n)
{
        out_format(o, "struct %s%s {\n", name, suffix);
        for (int i = 0; i < n; i++)
                out_format(o, "        %s%s;\n", c_type(&f[i]), f[i].name);
        out_c(o, "};\n");
}

static bool by_struct(const struct stmt *s) { return s->n_in > MAX_PARAMETERS; }

static void write_signature(struct out *o, const struct stmt *s)
{
        out_format(o, "struct err %s(struct tx *tx", s->name);
        if (by_struct(s))
                out_format(o, ", const struct %s_in *in", s->name);
        for (int i = 0; i < s->n_in && !by_struct(s); i++)
                out_format(o, ", %s%s", c_type(&s->in[i]), s->in[i].name);
        switch (s->shape) {
        case NONE:
                out_c(o, s->changes ? ", int64_t *changes)" : ")");
                break;
        case ONE:
                out_format(o, ", struct %s *out)", s->name);
                break;
        case MAYBE:
                out_format(o, ", bool *found, struct %s *out)", s->name);
                break;
        case MANY:
                out_format(o, ", struct %s_list *out)", s->name);
                break;
        }
}

static void write_declaration(struct out *o, const struct stmt *s)
{
        out_format(o, "\n/* %s:%d */\n", s->file, s->line);
        if (by_struct(s))
                write_struct(o, s->name, "_in", s->in, s->n_in);
        if (s->n_out)
                write_struct(o, s->name, "", s->out, s->n_out);
        if (s->shape == MANY)
                out_format(o, "struct %s_list { size_t n; struct %s *row; };\n", s->name, s->name);
        write_signature(o, s);
        out_c(o, ";\n");
}

static void write_row(struct out *o, const struct stmt *s)
{
        out_format(o, "\nstatic void %s_row_(struct db_run *run_, struct %s *row_)\n{\n", s->name,
                   s->name);
        for (int i = 0; i < s->n_out; i++)
                out_format(o, "        row_->%s = db_col_%s(run_, %d)%s;\n", s->out[i].name,
                           accessor(&s->out[i]), i,
                           s->out[i].is_bool && !s->out[i].null ? " != 0" : "");
        out_c(o, "}\n");
}

static void write_begin(struct out *o, const struct stmt *s)
{
        out_c(o, "\n");
        write_signature(o, s);
        out_c(o, "\n{\n        struct db_run *run_;\n        bool more_;\n\n");
        if (s->shape == MANY)
                out_format(o, "        *out = (struct %s_list) {0};\n", s->name);
        out_format(o, "        TRY(db_run_begin(tx, &db_stmt_%s, &run_));\n", s->name);
        for (int i = 0; i < s->n_in; i++)
                out_format(o, "        db_bind_%s(run_, %d, %s%s);\n", accessor(&s->in[i]), i + 1,
                           by_struct(s) ? "in->" : "", s->in[i].name);
        out_c(o, "        struct err e_ = db_run_step(run_, &more_);\n");
}

static void write_body(struct out *o, const struct stmt *s)
{
        switch (s->shape) {
        case NONE:
                if (s->changes)
                        out_c(o, "        *changes = db_run_changes(run_);\n");
                break;
        case ONE:
                out_format(
                        o,
                        "        if (!failed(e_) && !more_)\n"
                        "#line %d \"%s\"\n"
                        "                e_ = FAIL(ERR_ABSENT, db_absent_what, db_absent_next);\n",
                        s->line, s->file);
                [[fallthrough]];
        case MAYBE:
                if (s->shape == MAYBE)
                        out_c(o, "        *found = !failed(e_) && more_;\n");
                out_format(o,
                           "        if (!failed(e_)%s) {\n                %s_row_(run_, out);\n"
                           "                e_ = db_run_last(run_);\n        }\n",
                           s->shape == MAYBE ? " && more_" : "", s->name);
                break;
        case MANY:
                out_format(o,
                           "        while (!failed(e_) && more_) {\n"
                           "                out->row = db_list_room(tx, out->row, out->n, sizeof "
                           "*out->row);\n"
                           "                %s_row_(run_, &out->row[out->n++]);\n"
                           "                e_ = db_run_step(run_, &more_);\n        }\n",
                           s->name);
                break;
        }
        out_c(o, "        db_run_end(run_);\n        return e_;\n}\n");
}

static void write_function(struct out *o, const struct stmt *s)
{
        out_format(o, "\nextern const struct db_stmt db_stmt_%s;\n", s->name);
        if (s->n_out)
                write_row(o, s);
        write_begin(o, s);
        write_body(o, s);
}

/* src/care/care.sql -> care, care.sql */
static const char *output_path(struct gen *g, const char *file, const char *suffix)
{
        const char *p = strrchr(file, '/');

        while (p && p > file && p[-1] != '/')
                p--;
        return text_format(g->arena, "%s/%s%s", g->out_folder, p ? p : file, suffix).p;
}

void write_rooms(struct gen *g, const char *file)
{
        struct out h = out_new(g->arena, 4096);
        struct out c = out_new(g->arena, 4096);
        const char *header = output_path(g, file, ".h");

        out_format(&h, "/* Generated by sqlgen from %s. */\n#pragma once\n\n#include \"db/db.h\"\n",
                   file);
        out_format(&c, "/* Generated by sqlgen from %s. */\n#include \"%s\"\n", file,
                   header + strlen(g->out_folder) + 1);
        for (int i = 0; i < g->n_stmt; i++) {
                if (strcmp(g->stmt[i]->file, file) != 0)
                        continue;
                write_declaration(&h, g->stmt[i]);
                write_function(&c, g->stmt[i]);
        }
        save(g, header, &h);
        save(g, output_path(g, file, ".c"), &c);
}

static void write_types(struct out *o, const struct field *f, int n)
{
        out_char(o, '"');
        for (int i = 0; i < n; i++)
                out_char(o, (char)(f[i].null ? toupper((unsigned char)f[i].kind) : f[i].kind));
        out_c(o, "\",");
}

void write_statements(struct gen *g)
{
        struct out o = out_new(g->arena, 65536);

        out_c(&o,
              "/* Generated by sqlgen: every statement of the house. */\n#include \"db/db.h\"\n");
        for (int i = 0; i < g->n_stmt; i++) {
                const struct stmt *s = g->stmt[i];
                out_format(&o,
                           "\nextern const struct db_stmt db_stmt_%s;\nconst struct db_stmt "
                           "db_stmt_%s = {\n",
                           s->name, s->name);
                out_format(
                        &o,
                        "        .name = \"%s\",\n        .origin = \"%s:%d\",\n        .sqlite =",
                        s->name, s->file, s->line);
                out_literal(&o, s->text[SQLITE], "                ");
                out_c(&o, ",\n        .postgres =");
                out_literal(&o, s->text[POSTGRES], "                ");
                out_format(&o,
                           ",\n        .index = %d, .n_in = %d, .n_out = %d,\n        .in_types = ",
                           i, s->n_in, s->n_out);
                write_types(&o, s->in, s->n_in);
                out_c(&o, " .out_types = ");
                write_types(&o, s->out, s->n_out);
                out_format(&o, "\n        .write = %s, .own_postgres = %s,\n",
                           s->write ? "true" : "false", s->raw[POSTGRES] ? "true" : "false");
                if (s->reads)
                        out_format(&o, "        .reads = \"%s\", .whose = \"%s\", .whose_in = %d, .in_is_pair = %s,\n",
                                   s->reads, s->whose, s->whose_in, s->in_is_pair ? "true" : "false");
                out_c(&o, "};\n");
        }
        out_c(&o, "\nconst struct db_stmt *const db_stmts[] = {\n");
        for (int i = 0; i < g->n_stmt; i++)
                out_format(&o, "        &db_stmt_%s,\n", g->stmt[i]->name);
        out_format(&o, "        0,\n};\nconst int db_stmt_count = %d;\n", g->n_stmt);
        save(g, text_format(g->arena, "%s/db/statements.c", g->out_folder).p, &o);
}

void write_migrations(struct gen *g)
{
        struct out o = out_new(g->arena, 65536);

        out_c(&o, "/* Generated by sqlgen from schema/. */\n#include \"db/migrate.h\"\n\nconst "
                  "struct db_migration db_migrations[] = {\n");
        for (int i = 0; i < g->n_migration; i++) {
                const struct migration *m = &g->migration[i];
                out_format(&o,
                           "        {\n                .number = %d, .name = \"%s\",\n             "
                           "   .sqlite =",
                           m->number, m->name);
                out_literal(&o, m->text[SQLITE], "                        ");
                out_c(&o, ",\n                .postgres =");
                out_literal(&o, m->text[POSTGRES], "                        ");
                out_c(&o, ",\n        },\n");
        }
        out_format(&o, "        {0},\n};\nconst int db_migration_count = %d;\n", g->n_migration);
        save(g, text_format(g->arena, "%s/db/migrations.c", g->out_folder).p, &o);
}
