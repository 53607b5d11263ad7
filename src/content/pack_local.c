#include "content/pack_local.h"

#include "content/pack_parse.h"
#include "os/file.h"

#include <stdio.h>
#include <string.h>

enum { TEXT_MODE = 0600, TEXT_MAX = 256 * 1024, KEPT_MOST = 10000 };

/* ---- three versions ---- */

static bool same(struct text a, struct text b)
{
        return a.p != NULL && b.p != NULL && text_equal(a, b);
}

bool pack_compare(struct text mine, struct text shipped, struct text old, enum pack_change_kind *kind)
{
        if (mine.p == NULL || same(mine, shipped))
                return false;
        *kind = same(old, shipped) || (old.p == NULL && shipped.p == NULL) ? PACK_CHANGED
                : same(mine, old) && shipped.p != NULL                    ? PACK_OUTDATED
                                                                          : PACK_CONFLICT;
        return true;
}

/* ---- places ---- */

static const char *home(struct arena *a, const char *data, struct text name)
{
        return text_format(a, "%s/packs/%s", data, name.p).p;
}

static const char *place(struct arena *a, const char *home, const char *aside, struct text path)
{
        return text_format(a, "%s/%s%s", home, aside, path.p).p;
}

static struct err put(struct arena *a, const char *path, struct text bytes)
{
        const char *slash = strrchr(path, '/');

        TRY(file_make_folder(text_format(a, "%.*s", (int)(slash - path), path).p));
        return file_write(path, bytes, TEXT_MODE);
}

static struct text hidden(struct arena *a, const char *home, const char *aside, struct text path)
{
        struct text bytes;

        return failed(file_read(a, place(a, home, aside, path), TEXT_MAX, &bytes)) ? TEXT_ABSENT : bytes;
}

/* What it was changed from. */
static struct text old_of(struct arena *a, const char *home, struct text path) { return hidden(a, home, ".shipped/", path); }
/* What a version that was brought in later says instead. */
static struct text offered(struct arena *a, const char *home, struct text path) { return hidden(a, home, ".offered/", path); }

/* What is about to be replaced gets a place where nothing is looked for but by people. */
static struct err keep_aside(struct arena *a, const char *home, struct text path)
{
        struct text bytes;

        if (failed(file_read(a, place(a, home, "", path), TEXT_MAX, &bytes)))
                return OK;
        for (int i = 1; i < KEPT_MOST; i++) {
                const char *to = text_format(a, "%s/.kept/%s.%d", home, path.p, i).p;

                if (!file_exists(to))
                        return put(a, to, bytes);
        }
        return FAIL_AT(ERR_LIMIT, "Too many versions of this text are kept", path.p, "Move some of them away");
}

/* Everything that ships in a pack, what it inherits included; n is 0 if none of that name does. */
static struct err shipped_files(struct arena *a, struct text name, struct pack_files *out)
{
        struct pack_problems problems = {.arena = a};

        pack_files_builtin(a, name, out);
        return pack_files_find(out, "pack.yaml") != NULL ? pack_files_stack(a, NULL, true, out, &problems) : OK;
}

static struct text bytes_of(const struct pack_files *files, struct text path)
{
        const struct pack_file *f = pack_files_find(files, path.p);

        return f != NULL ? f->bytes : TEXT_ABSENT;
}

/* ---- comparing ---- */

struct both {
        const char *home;
        struct pack_files mine, shipped;
        bool there;                     /* on both sides */
        bool inherits;                  /* stands on the shipped one of its own name */
};

static struct err load(struct arena *a, const char *data, struct text name, struct both *out)
{
        struct text self;
        int line;

        *out = (struct both) {.home = home(a, data, name)};
        TRY(shipped_files(a, name, &out->shipped));
        if (!file_exists(text_format(a, "%s/pack.yaml", out->home).p))
                return OK;
        TRY(pack_files_folder(a, out->home, &out->mine));
        out->there = true;
        out->inherits = text_equal(name, pack_yaml_base(a, pack_files_find(&out->mine, "pack.yaml")->bytes, &self, &line));
        return OK;
}

struct err pack_changes(struct arena *a, const char *data, struct text name, struct pack_change_list *out)
{
        struct both b;

        *out = (struct pack_change_list) {0};
        TRY(load(a, data, name, &b));
        out->row = arena_array(a, struct pack_change, b.mine.n + 1);
        for (size_t i = 0; b.there && i < b.mine.n; i++) {
                struct pack_change c = {.path = b.mine.row[i].path, .mine = b.mine.row[i].bytes};

                if (b.inherits && text_is(c.path, "pack.yaml"))
                        continue;       /* says only what differs; it is merged, not compared */
                c.old = old_of(a, b.home, c.path);
                c.shipped = offered(a, b.home, c.path);
                if (c.shipped.p == NULL)        /* of a pack that does not ship, what came in last */
                        c.shipped = b.shipped.n > 0 ? bytes_of(&b.shipped, c.path) : c.old.p != NULL ? c.old : c.mine;
                if (pack_compare(c.mine, c.shipped, c.old, &c.kind))
                        out->row[out->n++] = c;
        }
        return OK;
}

/* ---- choosing ---- */

static struct err take_shipped(struct arena *a, const struct both *b, struct text path, struct text shipped)
{
        bool brought = remove(place(a, b->home, ".offered/", path)) == 0;

        TRY(keep_aside(a, b->home, path));
        if (b->inherits && !brought) {
                remove(place(a, b->home, ".shipped/", path));
                if (remove(place(a, b->home, "", path)) != 0)
                        return FAIL_AT(ERR_BROKEN, "The text could not be taken away", path.p, "Check the permissions of the folder");
                return OK;
        }
        TRY(put(a, place(a, b->home, ".shipped/", path), shipped));
        return put(a, place(a, b->home, "", path), shipped);
}

struct err pack_settle(struct arena *a, const char *data, struct text name, struct text path, enum pack_choice_of choice)
{
        struct pack_change_list list;
        struct both b;

        TRY(load(a, data, name, &b));
        TRY(pack_changes(a, data, name, &list));
        for (size_t i = 0; i < list.n; i++) {
                const struct pack_change *c = &list.row[i];

                if (!text_equal(c->path, path))
                        continue;
                if (choice == PACK_TAKE_SHIPPED && c->shipped.p != NULL)
                        return take_shipped(a, &b, c->path, c->shipped);
                remove(place(a, b.home, ".offered/", c->path));
                if (c->shipped.p == NULL) {
                        remove(place(a, b.home, ".shipped/", c->path));
                        return OK;
                }
                return put(a, place(a, b.home, ".shipped/", c->path), c->shipped);
        }
        return bytes_of(&b.shipped, path).p != NULL || bytes_of(&b.mine, path).p != NULL        /* chosen already, perhaps a moment ago */
                       ? OK
                       : FAIL(ERR_ABSENT, "This text is not changed here", "Look at the list again");
}

struct err pack_upgrade(struct arena *a, const char *data, struct text name, size_t *taken, struct pack_change_list *out)
{
        struct pack_change_list all;
        struct both b;

        *taken = 0;
        TRY(load(a, data, name, &b));
        TRY(pack_changes(a, data, name, &all));
        for (size_t i = 0; i < all.n; i++) {
                if (all.row[i].kind != PACK_OUTDATED)
                        continue;
                TRY(take_shipped(a, &b, all.row[i].path, all.row[i].shipped));
                ++*taken;
        }
        return pack_changes(a, data, name, out);
}

/* ---- writing ---- */

size_t pack_names(const struct pack *p) { return p->shelf->n; }

struct pack_name pack_name_at(const struct pack *p, size_t i)
{
        return (struct pack_name) {pack_shelf_folder(p->shelf->row[i].kind), p->shelf->row[i].key};
}

struct text pack_file_text(const struct pack *p, struct text path) { return bytes_of(&p->shelf->files, path); }

static bool names(struct arena *a, const struct pack *p, struct text path)
{
        for (size_t i = 0; i < p->shelf->n; i++)
                for (int l = 0; l < LOCALES; l++)
                        if ((p->languages & 1u << l) != 0 &&
                            text_is(path, text_format(a, "%s/%s/%s.md", pack_name_at(p, i).kind, locale_tag((enum locale)l),
                                                      p->shelf->row[i].key.p).p))
                                return true;
        return false;
}

static void push(struct arena *a, struct pack_files *to, struct pack_file f)
{
        to->row = pack_grow(a, to->row, sizeof *to->row, to->n, &to->room);
        to->row[to->n++] = f;
}

/* In its place by path. */
static void replace(struct arena *a, struct pack_files *files, struct text path, struct text bytes)
{
        struct pack_files with = {0};
        size_t i = 0;

        while (i < files->n && text_compare(files->row[i].path, path) < 0)
                push(a, &with, files->row[i++]);
        push(a, &with, (struct pack_file) {path, bytes});
        i += i < files->n && text_equal(files->row[i].path, path);
        while (i < files->n)
                push(a, &with, files->row[i++]);
        *files = with;
}

/* The pack's folder here; if there is none yet, one that only says what it stands on. */
static struct err own_files(struct arena *a, const char *home, const struct pack *p, struct pack_files *out)
{
        if (file_exists(text_format(a, "%s/pack.yaml", home).p))
                return pack_files_folder(a, home, out);
        *out = (struct pack_files) {0};
        replace(a, out, TEXT("pack.yaml"), text_format(a, "name: %s\nbased_on: %s\nversion: %d\n", p->name.p, p->name.p, p->version));
        return OK;
}

struct err pack_write_text(struct arena *a, const char *data, const struct pack *p, struct text path, struct text text,
                           struct pack_problems *problems)
{
        const char *here = home(a, data, p->name);
        struct pack_files files, shipped;
        const struct pack *read;
        struct text before;

        *problems = (struct pack_problems) {.arena = a};
        if (!names(a, p, path) || text.n > TEXT_MAX)
                return FAIL(ERR_ABSENT, "The pack has no such text", "Choose one from the list");
        TRY(shipped_files(a, p->name, &shipped));
        TRY(own_files(a, here, p, &files));
        if (same(text, bytes_of(&files, path)))
                return OK;
        replace(a, &files, path, text);
        TRY(pack_files_stack(a, data, false, &files, problems));
        pack_read(a, files, problems, &read);
        if (read == NULL)
                return FAIL(ERR_INVALID, "The text has mistakes and was not saved", "Mend what is listed and try again");
        before = shipped.n > 0 ? bytes_of(&shipped, path) : pack_file_text(p, path);
        TRY(put(a, place(a, here, "", TEXT("pack.yaml")), bytes_of(files.own, TEXT("pack.yaml"))));
        if (before.p != NULL && !file_exists(place(a, here, ".shipped/", path)))
                TRY(put(a, place(a, here, ".shipped/", path), before));
        TRY(keep_aside(a, here, path));
        return put(a, place(a, here, "", path), text);
}

/* ---- a newer version comes in ---- */

/* mine was changed from old; the new version says theirs, or nothing of its own. */
static struct err carry_one(struct arena *a, const char *fresh, struct text path, struct text mine, struct text old, struct text theirs)
{
        if (theirs.p != NULL && same(mine, theirs))
                return OK;
        TRY(put(a, place(a, fresh, "", path), mine));
        TRY(put(a, place(a, fresh, ".shipped/", path), old));
        return theirs.p != NULL && !same(theirs, old) ? put(a, place(a, fresh, ".offered/", path), theirs) : OK;
}

struct err pack_carry(struct arena *a, const char *old, const char *fresh, const struct pack *p)
{
        struct pack_files files;
        struct err e = pack_files_folder(a, old, &files);

        if (err_is(e, ERR_ABSENT))
                return OK;
        TRY(e);
        for (size_t i = 0; i < files.n; i++) {
                const struct pack_file *f = &files.row[i];
                struct text from = old_of(a, old, f->path);

                if (from.p == NULL || same(from, f->bytes) || text_is(f->path, "pack.yaml"))
                        continue;
                if (names(a, p, f->path))
                        TRY(carry_one(a, fresh, f->path, f->bytes, from, pack_file_text(p, f->path)));
        }
        return OK;
}
