/*
 * embed --out DIR --assets DIR [--asset NAME=FILE]... --packs DIR
 * Writes DIR/html/assets.c: every css, js, svg, png of the assets folder with its content's hash in
 * its path and compressed twice (gzip, brotli), and DIR/content/builtin.c: every file of the packs,
 * sorted by path; with them the skills and, from --holidays DIR, the tables of holidays.
 */
#include "base/err.h"
#include "base/out.h"
#include "os/file.h"

#include <brotli/encode.h>
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

struct embed {
        const char *out, *assets, *packs, *skills, *holidays;
        struct arena *arena;
        GPtrArray *named;               /* NAME=FILE */
};

[[gnu::noreturn]] static void fail(const char *path, const char *what)
{
        fprintf(stderr, "%s: %s\n", path, what);
        exit(1);
}

static struct text read_whole(struct embed *e, const char *path)
{
        struct text s;
        struct err err = file_read(e->arena, path, 64 << 20, &s);

        if (failed(err))
                fail(path, err.what);
        return s;
}

static void write_changed(const char *path, struct text s)
{
        char *old = NULL;
        gsize n = 0;
        char *folder = g_path_get_dirname(path);
        bool same =
                g_file_get_contents(path, &old, &n, NULL) && n == s.n && memcmp(old, s.p, n) == 0;

        if (!same && (g_mkdir_with_parents(folder, 0777) != 0 ||
                      !g_file_set_contents(path, s.p, (gssize)s.n, NULL)))
                fail(path, "cannot be written");
        g_free(old);
        g_free(folder);
}

/* ---- compressing ---- */

static struct text gzipped(struct embed *e, struct text s)
{
        z_stream z = {0};
        uLong room = compressBound(s.n) + 64;
        char *p = arena_alloc(e->arena, room);

        must(deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) == Z_OK);
        z.next_in = (Bytef *)arena_dup(e->arena, s.p, s.n);
        z.avail_in = (uInt)s.n;
        z.next_out = (Bytef *)p;
        z.avail_out = (uInt)room;
        must(deflate(&z, Z_FINISH) == Z_STREAM_END);
        struct text packed = {.p = p, .n = z.total_out};
        deflateEnd(&z);
        return packed;
}

static struct text brotlied(struct embed *e, struct text s)
{
        size_t n = BrotliEncoderMaxCompressedSize(s.n) + 64;
        char *p = arena_alloc(e->arena, n);

        must(BrotliEncoderCompress(11, 22, BROTLI_MODE_TEXT, s.n, (const uint8_t *)s.p, &n,
                                   (uint8_t *)p));
        return (struct text) {.p = p, .n = n};
}

/* ---- style sheets: comments and white space go; strings stay as they are ---- */

static bool is_space(char c)
{
        return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

static size_t behind_string(struct text s, size_t i)
{
        char quote = s.p[i++];

        while (i < s.n && s.p[i] != quote)
                i += s.p[i] == '\\' ? 2 : 1;
        return i < s.n ? i + 1 : s.n;
}

static size_t behind_comment(struct text s, size_t i)
{
        const char *end = memmem(s.p + i + 2, s.n - i - 2, "*/", 2);

        return end ? (size_t)(end - s.p) + 2 : s.n;
}

/* A space is dropped beside { } ; , only: elsewhere (a :hover, 1px + 2px) it may mean something. */
static void css_char(struct out *o, char c)
{
        char last = o->n ? o->p[o->n - 1] : '{';

        if (c == ' ' && strchr(" {};,", last))
                return;
        if (strchr("{};,", c) && last == ' ')
                o->n--;
        if (c == '}' && o->n && o->p[o->n - 1] == ';')
                o->n--;
        out_char(o, c);
}

static struct text smaller_css(struct embed *e, struct text s)
{
        struct out o = out_new(e->arena, s.n + 1);

        for (size_t i = 0; i < s.n;) {
                size_t end = i + 1;
                if (s.p[i] == '"' || s.p[i] == '\'') {
                        end = behind_string(s, i);
                        out_bytes(&o, s.p + i, end - i);
                } else if (i + 1 < s.n && s.p[i] == '/' && s.p[i + 1] == '*') {
                        end = behind_comment(s, i);
                        css_char(&o, ' ');
                } else {
                        css_char(&o, is_space(s.p[i]) ? ' ' : s.p[i]);
                }
                i = end;
        }
        return out_get(&o);
}

/* ---- C ---- */

/* A byte array as a string literal: the compiler reads those fastest. */
static void literal(struct out *o, struct text s)
{
        size_t column = 0;

        out_c(o, "\n        \"");
        for (size_t i = 0; i < s.n; i++) {
                unsigned char c = (unsigned char)s.p[i];
                unsigned char next = i + 1 < s.n ? (unsigned char)s.p[i + 1] : 0;
                if (c == '"' || c == '\\')
                        out_format(o, "\\%c", c);
                else if (c == '\n')
                        out_c(o, "\\n");
                else if (c < 32 || c >= 127 || c == '?')
                        out_format(o, g_ascii_isdigit(next) ? "\\%03o" : "\\%o", c);
                else
                        out_char(o, (char)c);
                if (++column >= 400 || (c == '\n' && column > 80)) {
                        out_c(o, "\"\n        \"");
                        column = 0;
                }
        }
        out_char(o, '"');
}

static void array(struct out *o, const char *name, size_t k, struct text s)
{
        out_format(o, "static const unsigned char %s%zu[] =", name, k);
        literal(o, s);
        out_c(o, ";\n");
}

/* ---- assets ---- */

static const char *type_of(const char *name)
{
        static const char *const types[][2] = {
                {".css", "text/css; charset=utf-8"},
                {".js", "text/javascript; charset=utf-8"},
                {".svg", "image/svg+xml"},
                {".png", "image/png"},
                {".ico", "image/x-icon"},
                {".woff2", "font/woff2"},
                {".webmanifest", "application/manifest+json"},
        };

        for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
                if (g_str_has_suffix(name, types[i][0]))
                        return types[i][1];
        return NULL;
}

struct asset { const char *name, *file; };

static int by_name(const void *a, const void *b)
{
        return strcmp(((const struct asset *)a)->name, ((const struct asset *)b)->name);
}

static GArray *find_assets(struct embed *e)
{
        GArray *all = g_array_new(FALSE, FALSE, sizeof(struct asset));
        GDir *d = g_dir_open(e->assets, 0, NULL);

        if (!d)
                fail(e->assets, "no such folder");
        for (const char *name = g_dir_read_name(d); name; name = g_dir_read_name(d)) {
                struct asset a = {.name = arena_dup(e->arena, name, strlen(name))};
                a.file = text_format(e->arena, "%s/%s", e->assets, name).p;
                if (type_of(name))
                        g_array_append_val(all, a);
        }
        g_dir_close(d);
        for (guint i = 0; i < e->named->len; i++) {
                struct text file, name = text_cut(text_of(e->named->pdata[i]), '=', &file);
                struct asset a = {.name = text_c(e->arena, name), .file = text_c(e->arena, file)};
                g_array_append_val(all, a);
        }
        qsort(all->data, all->len, sizeof(struct asset), by_name);
        return all;
}

/* app.css -> /assets/app.4f1c2a90d1e2.css */
static const char *hashed_path(struct embed *e, const char *name, struct text s)
{
        char *sum = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)s.p, s.n);
        const char *dot = strrchr(name, '.');
        const char *path =
                text_format(e->arena, "/assets/%.*s.%.12s%s", (int)(dot - name), name, sum, dot).p;

        g_free(sum);
        return path;
}

static void one_asset(struct embed *e, struct out *arrays, struct out *rows, const struct asset *a,
                      size_t k)
{
        struct text s = read_whole(e, a->file);

        if (g_str_has_suffix(a->name, ".css"))
                s = smaller_css(e, s);
        struct text gz = gzipped(e, s), br = brotlied(e, s);
        bool worth = gz.n < s.n * 9 / 10;
        array(arrays, "plain", k, s);
        if (worth) {
                array(arrays, "gzip", k, gz);
                array(arrays, "brotli", k, br);
        }
        out_format(rows, "        {\"%s\", \"%s\", \"%s\", plain%zu, ", a->name,
                   hashed_path(e, a->name, s), type_of(a->name), k);
        if (worth)
                out_format(rows, "gzip%zu, brotli%zu, %zu, %zu, %zu},\n", k, k, s.n, gz.n, br.n);
        else
                out_format(rows, "NULL, NULL, %zu, 0, 0},\n", s.n);
}

static void embed_assets(struct embed *e)
{
        GArray *all = find_assets(e);
        struct out arrays = out_new(e->arena, 1 << 20), rows = out_new(e->arena, 4096);

        out_c(&arrays, "/* Made by embed. */\n#include \"html/assets.h\"\n\n");
        for (guint i = 0; i < all->len; i++)
                one_asset(e, &arrays, &rows, &((struct asset *)(void *)all->data)[i], i);
        out_c(&arrays, "\nconst struct html_asset html_assets[] = {\n");
        out_text(&arrays, out_get(&rows));
        out_format(&arrays, "};\nconst size_t html_asset_count = %u;\n", all->len);
        write_changed(text_format(e->arena, "%s/html/assets.c", e->out).p, out_get(&arrays));
}

/* ---- packs ---- */

static void walk(struct embed *e, const char *folder, const char *below, GArray *all)
{
        GDir *d = g_dir_open(folder, 0, NULL);

        if (!d)
                return;
        for (const char *name = g_dir_read_name(d); name; name = g_dir_read_name(d)) {
                struct asset a = {
                        .name = text_format(e->arena, "%s%s%s", below, *below ? "/" : "", name).p,
                        .file = text_format(e->arena, "%s/%s", folder, name).p};
                if (g_file_test(a.file, G_FILE_TEST_IS_DIR))
                        walk(e, a.file, a.name, all);
                else
                        g_array_append_val(all, a);
        }
        g_dir_close(d);
}

static void embed_holidays(struct embed *e, struct out *arrays)
{
        GArray *all = g_array_new(FALSE, FALSE, sizeof(struct asset));
        struct out rows = out_new(e->arena, 4096);

        walk(e, e->holidays, "", all);
        qsort(all->data, all->len, sizeof(struct asset), by_name);
        for (guint i = 0; i < all->len; i++) {
                const struct asset *a = &((struct asset *)(void *)all->data)[i];
                struct text s = read_whole(e, a->file);
                array(arrays, "holidays", i, s);
                out_format(&rows, "        {\"%s\", holidays%u, %zu},\n", a->name, i, s.n);
        }
        out_c(arrays, "\nconst struct builtin_file builtin_holidays[] = {\n");
        out_text(arrays, out_get(&rows));
        out_format(arrays, "        {0},\n};\nconst size_t builtin_holiday_count = %u;\n", all->len);
}

static void embed_packs(struct embed *e)
{
        GArray *all = g_array_new(FALSE, FALSE, sizeof(struct asset));
        struct out arrays = out_new(e->arena, 1 << 20), rows = out_new(e->arena, 1 << 16);

        walk(e, e->packs, "", all);
        qsort(all->data, all->len, sizeof(struct asset), by_name);
        out_c(&arrays, "/* Made by embed. */\n#include \"content/builtin.h\"\n\n");
        for (guint i = 0; i < all->len; i++) {
                const struct asset *a = &((struct asset *)(void *)all->data)[i];
                struct text s = read_whole(e, a->file);
                array(&arrays, "file", i, s);
                out_format(&rows, "        {\"%s\", file%u, %zu},\n", a->name, i, s.n);
        }
        out_c(&arrays, "\nconst struct builtin_file builtin_files[] = {\n");
        out_text(&arrays, out_get(&rows));
        out_format(&arrays, "        {0},\n};\nconst size_t builtin_file_count = %u;\n", all->len);
        struct text skills = read_whole(e, e->skills);
        array(&arrays, "skills", 0, skills);
        out_format(&arrays, "const struct builtin_file builtin_skills = {\"skills.txt\", skills0, %zu};\n", skills.n);
        embed_holidays(e, &arrays);
        write_changed(text_format(e->arena, "%s/content/builtin.c", e->out).p, out_get(&arrays));
}

int main(int argc, char **argv)
{
        struct embed e = {.arena = arena_new((size_t)1 << 30), .named = g_ptr_array_new()};

        for (int i = 1; i + 1 < argc; i += 2) {
                if (strcmp(argv[i], "--out") == 0)
                        e.out = argv[i + 1];
                else if (strcmp(argv[i], "--assets") == 0)
                        e.assets = argv[i + 1];
                else if (strcmp(argv[i], "--packs") == 0)
                        e.packs = argv[i + 1];
                else if (strcmp(argv[i], "--skills") == 0)
                        e.skills = argv[i + 1];
                else if (strcmp(argv[i], "--holidays") == 0)
                        e.holidays = argv[i + 1];
                else if (strcmp(argv[i], "--asset") == 0)
                        g_ptr_array_add(e.named, argv[i + 1]);
        }
        if (!e.out || !e.assets || !e.packs || !e.skills || !e.holidays) {
                fputs("embed --out DIR --assets DIR [--asset NAME=FILE]... --packs DIR --skills FILE --holidays DIR\n", stderr);
                return 2;
        }
        embed_assets(&e);
        embed_packs(&e);
        arena_free(e.arena);
        return 0;
}
