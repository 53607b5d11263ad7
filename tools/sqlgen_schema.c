/*
 * The schema files, NNNN_room.sql: read in order of their numbers, translated for both engines,
 * tried out on SQLite.
 */
#include "sqlgen.h"

#include "base/err.h"
#include "os/file.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int only_sql(const struct dirent *d)
{
        size_t n = strlen(d->d_name);

        return n > 4 && d->d_name[0] != '.' && strcmp(d->d_name + n - 4, ".sql") == 0;
}

/*
 * The lines for one engine: "-- :sqlite" and "-- :postgres" begin lines for that one only, "--
 * :both" ends them. The others are left empty, so that line numbers stay.
 */
static const char *section(struct gen *g, struct text all, enum engine engine)
{
        struct out o = out_new(g->arena, all.n + 1);
        bool mine = true;

        while (all.p) {
                struct text line = text_cut(all, '\n', &all);
                struct text t = text_trim(line);
                if (text_is(t, "-- :both"))
                        mine = true;
                else if (text_is(t, "-- :sqlite"))
                        mine = engine == SQLITE;
                else if (text_is(t, "-- :postgres"))
                        mine = engine == POSTGRES;
                else if (mine)
                        out_text(&o, line);
                out_char(&o, '\n');
        }
        return out_get(&o).p;
}

static void read_one(struct gen *g, const char *folder, const char *name)
{
        const char *path = text_format(g->arena, "%s/%s", folder, name).p;
        struct migration *m = &g->migration[g->n_migration];
        struct text all;
        char *end;

        must(g->n_migration < MAX_MIGRATIONS);
        long number = strtol(name, &end, 10);
        if (end != name + 4 || *end != '_' || number < 1) {
                gen_error(g, path, 1,
                          "the name does not begin with four digits and _; call it NNNN_room.sql");
                return;
        }
        if (g->n_migration && g->migration[g->n_migration - 1].number == number)
                gen_error(g, path, 1, "the number is taken by %s; use the next free one",
                          g->migration[g->n_migration - 1].file);
        struct err e = file_read(g->arena, path, (size_t)4 << 20, &all);
        if (failed(e)) {
                gen_error(g, path, 0, "cannot be read; %s", e.what);
                return;
        }
        m->file = path;
        m->number = (int)number;
        m->name = arena_dup(g->arena, name + 5, strlen(name) - 5 - 4);
        for (int i = SQLITE; i <= POSTGRES; i++)
                m->text[i] =
                        text_for(g, section(g, all, (enum engine)i), (enum engine)i, NULL, path, 1);
        g->n_migration++;
}

void schema_read(struct gen *g, const char *folder)
{
        struct dirent **found;
        int n = scandir(folder, &found, only_sql, alphasort);

        if (n < 0) {
                gen_error(g, folder, 0, "cannot be read; is it a folder?");
                return;
        }
        for (int i = 0; i < n; i++) {
                read_one(g, folder, found[i]->d_name);
                free(found[i]);
        }
        free(found);
}

static int line_at(const char *text, const char *at)
{
        int line = 1;

        for (; text < at; text++)
                line += *text == '\n';
        return line;
}

static void build_one(struct gen *g, sqlite3 *db, const struct migration *m)
{
        const char *rest = m->text[SQLITE];

        while (*rest) {
                sqlite3_stmt *st = NULL;
                const char *start = rest;
                int rc = sqlite3_prepare_v2(db, rest, -1, &st, &rest);
                if (rc == SQLITE_OK && st)
                        rc = sqlite3_step(st) == SQLITE_DONE ? SQLITE_OK : SQLITE_ERROR;
                if (rc != SQLITE_OK) {
                        int offset = sqlite3_error_offset(db);
                        start += strspn(start, " \n\t;");
                        gen_error(g, m->file,
                                  line_at(m->text[SQLITE], start + (offset > 0 ? offset : 0)), "%s",
                                  sqlite3_errmsg(db));
                        sqlite3_finalize(st);
                        return;
                }
                sqlite3_finalize(st);
        }
}

/* Every table must be STRICT: only then does a column hold what its type says, as on PostgreSQL. */
static void check_strict(struct gen *g, sqlite3 *db)
{
        sqlite3_stmt *st;

        sqlite3_prepare_v2(
                db,
                "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
                " AND strict = 0 AND name NOT LIKE 'sqlite_%'",
                -1, &st, NULL);
        while (sqlite3_step(st) == SQLITE_ROW)
                gen_error(g, "schema", 0,
                          "table %s is not strict; write \") @strict;\" behind its columns",
                          (const char *)sqlite3_column_text(st, 0));
        sqlite3_finalize(st);
}

sqlite3 *schema_build(struct gen *g)
{
        sqlite3 *db;

        must(sqlite3_open(":memory:", &db) == SQLITE_OK);
        sqlite3_exec(db, "PRAGMA foreign_keys = ON", NULL, NULL, NULL);
        for (int i = 0; i < g->n_migration; i++)
                build_one(g, db, &g->migration[i]);
        check_strict(g, db);
        return db;
}
