/* sqlgen --out DIR --schema DIR FILE.sql...: see docs/statements.md and tools/sqlgen.h. */
#include "sqlgen.h"

#include "base/err.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void gen_error(struct gen *g, const char *file, int line, const char *format, ...)
{
        va_list ap;

        fprintf(stderr, "%s:%d: error: ", file, line);
        va_start(ap, format);
        vfprintf(stderr, format, ap);
        va_end(ap);
        fputc('\n', stderr);
        g->errors++;
}

static int usage(void)
{
        fputs("usage: sqlgen --out DIR --schema DIR FILE.sql...\n", stderr);
        return 2;
}

int main(int argc, char **argv)
{
        struct gen *g = calloc(1, sizeof *g);
        const char *schema = NULL;
        int first = 1;

        must(g);
        g->arena = arena_new((size_t)256 << 20);
        while (first + 1 < argc && strncmp(argv[first], "--", 2) == 0) {
                if (strcmp(argv[first], "--out") == 0)
                        g->out_folder = argv[first + 1];
                else if (strcmp(argv[first], "--schema") == 0)
                        schema = argv[first + 1];
                else
                        return usage();
                first += 2;
        }
        if (!schema || !g->out_folder)
                return usage();
        schema_read(g, schema);
        sqlite3 *db = schema_build(g);
        for (int i = first; i < argc; i++)
                parse_file(g, argv[i]);
        check_statements(g, db);
        sqlite3_close(db);
        if (g->errors == 0) {
                for (int i = first; i < argc; i++)
                        write_rooms(g, argv[i]);
                write_statements(g);
                write_migrations(g);
        }
        int status = g->errors ? 1 : 0;
        arena_free(g->arena);
        free(g);
        return status;
}
