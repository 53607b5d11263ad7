/*
 * htmlgen --out DIR [--assets DIR] [--po FILE]... [--scan FILE.c]... [--update | --check]
 * TEMPLATE... Writes DIR/ROOM/FILE.html.{h,c} for each template and DIR/html/catalogue.c.
 * --update adds missing sentences to the first .po and takes out those that nothing says; --check fails if there is either.
 */
#include "htmlgen.h"

#include "base/err.h"
#include "os/file.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

[[gnu::format(printf, 4, 0)]]
static void report(struct gen *g, const char *file, int line, const char *format, va_list ap)
{
        fprintf(stderr, "%s:%d: ", file, line);
        vfprintf(stderr, format, ap);
        fputc('\n', stderr);
        g->faults++;
}

void gen_fault(struct gen *g, const char *file, int line, const char *format, ...)
{
        va_list ap;

        va_start(ap, format);
        report(g, file, line, format, ap);
        va_end(ap);
}

void gen_fail(struct gen *g, const char *file, int line, const char *format, ...)
{
        va_list ap;

        va_start(ap, format);
        report(g, file, line, format, ap);
        va_end(ap);
        longjmp(g->next_file, 1);
}

struct text gen_read(struct gen *g, const char *path)
{
        struct text s;
        struct err e = file_read(g->arena, path, 16 << 20, &s);

        if (failed(e))
                gen_fail(g, path, 1, "%s", e.what);
        if (!text_is_utf8(s))
                gen_fail(g, path, 1, "this file is not UTF-8");
        return s;
}

void gen_write(struct gen *g, const char *path, struct text content)
{
        char *old = NULL;
        gsize n = 0;
        char *folder = g_path_get_dirname(path);
        bool same = g_file_get_contents(path, &old, &n, NULL) && n == content.n &&
                    memcmp(old, content.p, n) == 0;

        if (!same && (g_mkdir_with_parents(folder, 0777) != 0 ||
                      !g_file_set_contents(path, content.p, (gssize)content.n, NULL)))
                gen_fault(g, path, 1, "cannot be written");
        g_free(old);
        g_free(folder);
}

struct options { struct gen *g; GPtrArray *templates, *scans, *po; bool update, check; };

static bool parse(struct options *o, int argc, char **argv)
{
        for (int i = 1; i < argc; i++) {
                const char *value = i + 1 < argc ? argv[i + 1] : NULL;
                if (strcmp(argv[i], "--update") == 0) {
                        o->update = true;
                } else if (strcmp(argv[i], "--check") == 0) {
                        o->check = true;
                } else if (strncmp(argv[i], "--", 2) != 0) {
                        g_ptr_array_add(o->templates, argv[i]);
                } else if (!value) {
                        return false;
                } else {
                        if (strcmp(argv[i], "--out") == 0)
                                o->g->out = value;
                        else if (strcmp(argv[i], "--assets") == 0)
                                o->g->assets = value;
                        else if (strcmp(argv[i], "--po") == 0)
                                g_ptr_array_add(o->po, argv[i + 1]);
                        else if (strcmp(argv[i], "--scan") == 0)
                                g_ptr_array_add(o->scans, argv[i + 1]);
                        else
                                return false;
                        i++;
                }
        }
        return o->g->out != NULL;
}

static void each(struct gen *g, const GPtrArray *files, void (*work)(struct gen *, const char *))
{
        for (volatile guint i = 0; i < files->len; i++)
                if (setjmp(g->next_file) == 0)
                        work(g, files->pdata[i]);
}

static int run(struct options *o)
{
        struct gen *g = o->g;

        each(g, o->po, po_load);
        each(g, o->templates, view_translate);
        each(g, o->scans, scan_c);
        if (g->faults == 0)
                catalogue_write(g);
        if (g->faults == 0 && o->update)
                po_update(g);
        if (g->faults == 0 && o->check && po_report(g) > 0)
                return 1;
        return g->faults ? 1 : 0;
}

int main(int argc, char **argv)
{
        struct gen g = {
                .arena = arena_new((size_t)1 << 30),
                .known = g_hash_table_new(g_str_hash, g_str_equal),
                .messages = g_ptr_array_new(),
                .po = g_ptr_array_new(),
                .german = g_hash_table_new(g_str_hash, g_str_equal),
        };
        struct options o = {.g = &g,
                            .templates = g_ptr_array_new(),
                            .scans = g_ptr_array_new(),
                            .po = g_ptr_array_new()};

        if (!parse(&o, argc, argv)) {
                fputs("htmlgen --out DIR [--assets DIR] [--po FILE]... [--scan FILE.c]... "
                      "[--update | --check] TEMPLATE...\n",
                      stderr);
                return 2;
        }
        int result = run(&o);
        arena_free(g.arena);
        return result;
}
