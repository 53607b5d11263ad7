#include "content/pack_parse.h"

#include "os/file.h"
#include "os/folder.h"
#include "os/zip.h"

#include <stdio.h>
#include <string.h>

enum { FILE_MODE = 0600 };

struct err pack_check(struct arena *a, const char *folder, const char *data,
                      struct pack_problems *problems, const struct pack **out)
{
        struct pack_files files;
        const struct pack *p;

        *problems = (struct pack_problems) {.arena = a};
        TRY(pack_files_folder(a, folder, &files));
        TRY(pack_files_stack(a, data, false, &files, problems));
        pack_read(a, files, problems, &p);
        if (out != NULL)
                *out = p;
        return OK;
}

static struct err write_file(struct arena *a, const char *dir, const struct pack_file *file)
{
        const char *path = text_format(a, "%s/%s", dir, file->path.p).p;
        const char *slash = strrchr(path, '/');

        TRY(file_make_folder(arena_dup(a, path, (size_t)(slash - path))));
        return file_write(path, file->bytes, FILE_MODE);
}

static bool is_yaml(const struct pack_file *f) { return text_is(f->path, "pack.yaml"); }

struct pack_files pack_files_out(struct arena *a, const struct pack *p, enum pack_export_how how)
{
        const struct pack_files *all = &p->shelf->files;
        struct pack_files out = how == PACK_THIN ? *all->own : *all;

        if (how == PACK_THIN || all->n_layers < 2)
                return out;
        out.row = memcpy(arena_array(a, struct pack_file, out.n), all->row, out.n * sizeof *out.row);
        for (size_t i = 0; i < out.n; i++)
                if (is_yaml(&out.row[i]))
                        out.row[i].bytes = pack_yaml_whole(a, all);
        return out;
}

struct err pack_export(struct arena *a, const struct pack *p, enum pack_export_how how, const char *dir)
{
        struct pack_files files = pack_files_out(a, p, how);
        struct folder_entries list;

        TRY(file_make_folder(dir));
        TRY(folder_list(a, dir, &list));
        if (list.n > 0)
                return FAIL_AT(ERR_CONFLICT, "The folder is not empty",
                               text_copy(a, text_of(dir)).p, "Name a new folder");
        for (size_t i = 0; i < files.n; i++)
                TRY(write_file(a, dir, &files.row[i]));
        return OK;
}

/* Version of the pack that is there; 0 if there is none or it cannot be read. */
static int version_in(struct arena *a, const char *folder, const char *data)
{
        struct pack_problems problems;
        const struct pack *p = NULL;

        if (failed(pack_check(a, folder, data, &problems, &p)) || p == NULL)
                return 0;
        return p->version;
}

/* A folder beside the packs into which the old one of a name goes: .NAME.VERSION, or .NAME.VERSION.2 ... */
static const char *free_aside(struct arena *a, const char *packs, const struct pack *p, int old)
{
        const char *aside = text_format(a, "%s/.%s.%d", packs, p->name.p, old).p;

        for (int i = 2; file_exists(aside); i++)
                aside = text_format(a, "%s/.%s.%d.%d", packs, p->name.p, old, i).p;
        return aside;
}

/*
 * Written beside and renamed, so that a reader never meets half a pack.  The old one goes aside, and what was changed on the desk
 * comes along.
 */
static struct err put_in_place(struct arena *a, const struct pack *p, const char *packs, int old)
{
        const char *target = text_format(a, "%s/%s", packs, p->name.p).p;
        const char *fresh = text_format(a, "%s/.%s.new", packs, p->name.p).p;
        const char *aside = free_aside(a, packs, p, old);

        if (file_exists(fresh))         /* of an import that did not come to its end */
                TRY(pack_files_remove(a, fresh));
        TRY(pack_export(a, p, PACK_THIN, fresh));
        if (file_exists(target)) {
                TRY(pack_carry(a, target, fresh, p));
                if (rename(target, aside) != 0)
                        return FAIL_AT(ERR_BROKEN, "The pack that is there could not be moved aside",
                                       target, "Check the permissions of the folder");
        }
        if (rename(fresh, target) != 0)
                return FAIL_AT(ERR_BROKEN, "The pack could not be put in its place", target,
                               "Check the permissions of the folder");
        return OK;
}

static struct err take_in(struct arena *a, const struct pack *p, const char *data)
{
        const char *packs = text_format(a, "%s/packs", data).p;
        int old;

        if (p == NULL)
                return FAIL(ERR_INVALID, "The pack has mistakes and was not taken in", "Mend what is listed and try again");
        TRY(file_make_folder(packs));
        old = version_in(a, text_format(a, "%s/%s", packs, p->name.p).p, data);
        if (p->version <= old)
                return FAIL_AT(ERR_CONFLICT, "The same or a newer version of this pack is there",
                               p->name.p, "Raise the version in pack.yaml");
        return put_in_place(a, p, packs, old);
}

struct err pack_import(struct arena *a, const char *dir, const char *data,
                       struct pack_problems *problems)
{
        const struct pack *p;

        TRY(pack_check(a, dir, data, problems, &p));
        return take_in(a, p, data);
}

/* ---- archives ---- */

enum { ZIP_MEMBERS = 2000, ZIP_EACH = 256 * 1024, ZIP_ALL = 16 * 1024 * 1024 };

struct err pack_to_zip(struct arena *a, const struct pack *p, enum pack_export_how how, struct text *out)
{
        struct pack_files files = pack_files_out(a, p, how);
        struct zip_part *parts = arena_array(a, struct zip_part, files.n);

        for (size_t i = 0; i < files.n; i++)
                parts[i] = (struct zip_part) {text_format(a, "%s/%s", p->name.p, files.row[i].path.p).p, files.row[i].bytes};
        return zip_pack(a, parts, files.n, out);
}

struct err pack_check_zip(struct arena *a, struct text archive, const char *data, struct pack_problems *problems,
                          const struct pack **out)
{
        struct pack_files files = {0};
        struct zip_part *parts;
        size_t n;

        *problems = (struct pack_problems) {.arena = a};
        *out = NULL;
        TRY(zip_unpack(a, archive, (struct zip_bounds) {ZIP_MEMBERS, ZIP_EACH, ZIP_ALL}, &parts, &n));
        pack_files_parts(a, parts, n, &files);
        if (pack_files_find(&files, "pack.yaml") == NULL)
                return FAIL(ERR_INVALID, "There is no pack.yaml in the archive", "Put it at the top, or into one folder with all the rest");
        TRY(pack_files_stack(a, data, false, &files, problems));
        pack_read(a, files, problems, out);
        return OK;
}

struct err pack_from_zip(struct arena *a, struct text archive, const char *data, struct pack_problems *problems,
                         struct text *name)
{
        const struct pack *p;

        TRY(pack_check_zip(a, archive, data, problems, &p));
        TRY(take_in(a, p, data));
        *name = p->name;
        return OK;
}
