#include "os/folder.h"

#include <dirent.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static int by_name(const void *a, const void *b)
{
        const struct folder_entry *x = a, *y = b;

        return text_compare(x->name, y->name);
}

static void add(struct arena *a, struct folder_entries *out, size_t *room, const char *name, bool folder)
{
        if (out->n == *room) {
                size_t wider = *room == 0 ? 32 : *room * 2;
                struct folder_entry *row = arena_array(a, struct folder_entry, wider);

                for (size_t i = 0; i < out->n; i++)
                        row[i] = out->row[i];
                out->row = row;
                *room = wider;
        }
        out->row[out->n++] = (struct folder_entry) {text_copy(a, text_of(name)), folder};
}

struct err folder_list(struct arena *a, const char *path, struct folder_entries *out)
{
        DIR *dir = opendir(path);
        size_t room = 0;

        *out = (struct folder_entries) {0};
        if (dir == NULL)
                return FAIL_AT(ERR_ABSENT, "There is no such folder, or it may not be read", path,
                               "Check the name and its permissions");
        for (struct dirent *e; (e = readdir(dir)) != NULL;) {
                struct stat st;

                if (e->d_name[0] == '.' || fstatat(dirfd(dir), e->d_name, &st, 0) != 0)
                        continue;
                if (S_ISREG(st.st_mode) || S_ISDIR(st.st_mode))
                        add(a, out, &room, e->d_name, S_ISDIR(st.st_mode));
        }
        closedir(dir);
        if (out->n > 0)
                qsort(out->row, out->n, sizeof *out->row, by_name);
        return OK;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
        (void)st;
        (void)type;
        (void)ftw;
        return remove(path);
}

void folder_remove(const char *path) { nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS); }
