#include "content/pack_parse.h"

#include "os/file.h"
#include "os/folder.h"

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

struct err pack_export(struct arena *a, const struct pack *p, enum pack_export_how how, const char *dir)
{
        const struct pack_files *all = &p->shelf->files;
        const struct pack_files *files = how == PACK_THIN ? all->own : all;
        bool merge = how == PACK_WHOLE && all->n_layers > 1;
        struct folder_entries list;

        TRY(file_make_folder(dir));
        TRY(folder_list(a, dir, &list));
        if (list.n > 0)
                return FAIL_AT(ERR_CONFLICT, "The folder is not empty",
                               text_copy(a, text_of(dir)).p, "Name a new folder");
        for (size_t i = 0; i < files->n; i++)
                if (!merge || !is_yaml(&files->row[i]))
                        TRY(write_file(a, dir, &files->row[i]));
        if (merge)
                TRY(write_file(a, dir, &(struct pack_file) {TEXT("pack.yaml"), pack_yaml_whole(a, all)}));
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

/*
 * Written beside and renamed, so that a reader never meets half a pack. The old one goes to
 * NAME.old-VERSION.
 */
static struct err put_in_place(struct arena *a, const struct pack *p, const char *packs, int old)
{
        const char *target = text_format(a, "%s/%s", packs, p->name.p).p;
        const char *fresh = text_format(a, "%s/.%s.new", packs, p->name.p).p;
        const char *aside = text_format(a, "%s/.%s.%d", packs, p->name.p, old).p;

        TRY(pack_export(a, p, PACK_THIN, fresh));
        if (file_exists(target) && rename(target, aside) != 0)
                return FAIL_AT(ERR_BROKEN, "The pack that is there could not be moved aside",
                               target, "Check the permissions of the folder");
        if (rename(fresh, target) != 0)
                return FAIL_AT(ERR_BROKEN, "The pack could not be put in its place", target,
                               "Check the permissions of the folder");
        return OK;
}

struct err pack_import(struct arena *a, const char *dir, const char *data,
                       struct pack_problems *problems)
{
        const char *packs = text_format(a, "%s/packs", data).p;
        const struct pack *p;
        int old;

        TRY(pack_check(a, dir, data, problems, &p));
        if (p == NULL)
                return FAIL_AT(ERR_INVALID, "The pack has mistakes and was not taken in",
                               text_copy(a, text_of(dir)).p, "Mend what is listed and try again");
        TRY(file_make_folder(packs));
        old = version_in(a, text_format(a, "%s/%s", packs, p->name.p).p, data);
        if (p->version <= old)
                return FAIL_AT(ERR_CONFLICT, "The same or a newer version of this pack is there",
                               p->name.p, "Raise the version in pack.yaml");
        return put_in_place(a, p, packs, old);
}
