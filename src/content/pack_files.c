#include "content/pack_parse.h"

#include "content/builtin.h"
#include "os/file.h"
#include "os/folder.h"
#include "os/zip.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_MAX = 256 * 1024, FILES_MAX = 2000, DEPTH_MAX = 4 };

static bool is_part(struct text path)
{
        return text_is(path, "pack.yaml") ||
               (path.n > 3 && memcmp(path.p + path.n - 3, ".md", 3) == 0);
}

static void add(struct arena *a, struct pack_files *files, struct text path, struct text bytes)
{
        files->row = pack_grow(a, files->row, sizeof *files->row, files->n, &files->room);
        files->row[files->n++] = (struct pack_file) {path, bytes};
}

static int by_path(const void *a, const void *b)
{
        const struct pack_file *x = a, *y = b;

        return text_compare(x->path, y->path);
}

static void sort(struct pack_files *files)
{
        if (files->n > 0)
                qsort(files->row, files->n, sizeof *files->row, by_path);
}

/* A buffer of its own for reading, since file_read() asks for far more room than a text needs. */
static struct err read_one(struct arena *a, const char *path, struct text *out)
{
        struct arena *scratch = arena_new(2 * FILE_MAX + 512 * 1024);
        struct err e = file_read(scratch, path, FILE_MAX, out);

        if (!failed(e))
                *out = text_copy(a, *out);
        arena_free(scratch);
        return e;
}

static struct err walk(struct arena *a, const char *folder, const char *inside, int depth,
                       struct pack_files *out)
{
        const char *here = text_format(a, "%s%s%s", folder, *inside == '\0' ? "" : "/", inside).p;
        struct folder_entries list;

        TRY(folder_list(a, here, &list));
        for (size_t i = 0; i < list.n; i++) {
                const char *name = list.row[i].name.p;
                struct text path =
                        *inside == '\0' ? list.row[i].name : text_format(a, "%s/%s", inside, name);
                struct text bytes;

                if (list.row[i].folder && depth < DEPTH_MAX) {
                        TRY(walk(a, folder, path.p, depth + 1, out));
                } else if (!list.row[i].folder && is_part(path)) {
                        if (out->n == FILES_MAX)
                                return FAIL_AT(ERR_LIMIT,
                                               "The folder holds too many files for a pack", folder,
                                               "Point at the folder that holds pack.yaml");
                        TRY(read_one(a, text_format(a, "%s/%s", here, name).p, &bytes));
                        add(a, out, path, bytes);
                }
        }
        return OK;
}

struct err pack_files_folder(struct arena *a, const char *folder, struct pack_files *out)
{
        *out = (struct pack_files) {0};
        if (!file_exists(text_format(a, "%s/pack.yaml", folder).p))
                return FAIL_AT(ERR_ABSENT, "There is no pack.yaml in this folder",
                               text_copy(a, text_of(folder)).p,
                               "Point at the folder that holds pack.yaml");
        TRY(walk(a, folder, "", 1, out));
        sort(out);
        return OK;
}

/* "ours/" when all of them begin with it, else "". */
static struct text around(const struct zip_part *parts, size_t n)
{
        struct text rest, first = n > 0 ? text_cut(text_of(parts[0].name), '/', &rest) : TEXT("");

        if (n == 0 || rest.p == NULL)
                return TEXT("");
        for (size_t i = 0; i < n; i++) {
                struct text t = text_of(parts[i].name);
                if (t.n <= first.n || memcmp(t.p, first.p, first.n) != 0 || t.p[first.n] != '/')
                        return TEXT("");
        }
        return (struct text) {first.p, first.n + 1};
}

void pack_files_parts(struct arena *a, const struct zip_part *parts, size_t n, struct pack_files *out)
{
        struct text top = around(parts, n);

        *out = (struct pack_files) {0};
        for (size_t i = 0; i < n; i++) {
                struct text path = text_of(parts[i].name + top.n);
                if (is_part(path))
                        add(a, out, path, parts[i].content);
        }
        sort(out);
}

struct err pack_files_remove(struct arena *a, const char *folder)
{
        struct folder_entries list;

        TRY(folder_list(a, folder, &list));
        for (size_t i = 0; i < list.n; i++) {
                const char *path = text_format(a, "%s/%s", folder, list.row[i].name.p).p;
                if (list.row[i].folder)
                        TRY(pack_files_remove(a, path));
                else if (remove(path) != 0)
                        return FAIL_AT(ERR_BROKEN, "A file could not be taken away", path, "Check the permissions of the folder");
        }
        for (size_t i = 0; i < 2; i++) {
                const char *hidden = text_format(a, "%s/%s", folder, i ? ".offered" : ".shipped").p;
                if (file_exists(hidden))
                        TRY(pack_files_remove(a, hidden));
        }
        return remove(folder) == 0 ? OK : FAIL_AT(ERR_BROKEN, "A folder could not be taken away", folder, "Check the permissions of the folder");
}

void pack_files_builtin(struct arena *a, struct text name, struct pack_files *out)
{
        *out = (struct pack_files) {0};
        for (size_t i = 0; i < builtin_file_count; i++) {
                const struct builtin_file *f = &builtin_files[i];
                struct text rest, first = text_cut(text_of(f->path), '/', &rest);

                if (text_equal(first, name) && rest.p != NULL && is_part(rest))
                        add(a, out, rest, (struct text) {(const char *)f->data, f->n});
        }
        sort(out);
}

const struct pack_file *pack_files_find(const struct pack_files *files, const char *path)
{
        struct pack_file key = {.path = text_of(path)};

        if (files->n == 0)
                return NULL;
        return bsearch(&key, files->row, files->n, sizeof *files->row, by_path);
}

static void hash_text(crypto_generichash_state *state, struct text t)
{
        unsigned char length[8];

        for (int i = 0; i < 8; i++)
                length[i] = (unsigned char)((uint64_t)t.n >> (8 * i));
        crypto_generichash_update(state, length, sizeof length);
        crypto_generichash_update(state, (const unsigned char *)t.p, t.n);
}

void pack_files_digest(const struct pack_files *files, unsigned char digest[PACK_DIGEST_BYTES])
{
        crypto_generichash_state state;

        crypto_generichash_init(&state, NULL, 0, PACK_DIGEST_BYTES);
        for (size_t i = 0; i < files->n; i++) {
                hash_text(&state, files->row[i].path);
                hash_text(&state, files->row[i].bytes);
        }
        for (size_t i = 0; i + 1 < files->n_layers; i++) {
                hash_text(&state, text_of(files->layer[i].file));
                hash_text(&state, files->layer[i].bytes);
        }
        crypto_generichash_final(&state, digest, PACK_DIGEST_BYTES);
}
