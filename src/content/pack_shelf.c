/* The texts of a pack: which files there must be, and what stands in them. */
#include "content/pack_parse.h"

#include <string.h>

static const char *const folders[SHELF_KINDS] = {
        [SHELF_MAIL] = "mails",     [SHELF_CALL] = "calls",      [SHELF_MODULE] = "modules",
        [SHELF_AGENDA] = "agendas", [SHELF_LIBRARY] = "library",
};

const char *pack_shelf_folder(enum pack_shelf_kind kind) { return folders[kind]; }

struct pack_shelf_entry *pack_shelf_find(const struct pack_shelf *s, enum pack_shelf_kind kind,
                                         struct text key)
{
        for (size_t i = 0; i < s->n; i++) {
                if (s->row[i].kind == kind && text_equal(s->row[i].key, key))
                        return &s->row[i];
        }
        return NULL;
}

static void read_text(struct pack_reading *r, struct pack_shelf_entry *e, int l,
                      const struct pack_file *file)
{
        struct pack_text *text = arena_new_of(r->a, struct pack_text);
        struct text bytes = pack_words_fill(r, file->path.p, (enum locale)l, file->bytes);

        pack_text_check(r, file->path.p, e->kind, bytes, text);
        e->text[l] = text;
        if (e->kind == SHELF_MODULE) {
                struct pack_lesson *lesson = arena_new_of(r->a, struct pack_lesson);

                pack_lesson_parse(r, file->path.p, bytes, text, lesson);
                e->lesson[l] = lesson;
        }
}

/* Changed in one language only: the other would still say what the base says. */
static void compare(struct pack_reading *r, enum pack_shelf_kind kind, const struct text *key)
{
        const struct pack_files *own = r->shelf->files.own;
        const char *path[LOCALES] = {0};
        int changed = 0, kept = -1;

        for (int l = 0; l < LOCALES && r->shelf->files.based_on.n > 0; l++) {
                path[l] = text_format(r->a, "%s/%s/%s.md", folders[kind], locale_tag((enum locale)l), key->p).p;
                if ((r->pack->languages & 1u << l) == 0)
                        continue;
                if (pack_files_find(own, path[l]) != NULL)
                        changed++;
                else
                        kept = l;
        }
        if (changed > 0 && kept >= 0)
                pack_problem_add(r->problems, (struct pack_place) {path[kept], 0, 0, true},
                                 "Change it here as well, or see that both still say the same",
                                 "This text is still the one of \"%s\", though another language was changed",
                                 r->shelf->files.based_on.p);
}

/* One text in every language of the pack; the others get English. */
static void want(struct pack_reading *r, enum pack_shelf_kind kind, const struct text *key)
{
        struct pack_shelf *s = r->shelf;
        struct pack_shelf_entry *e;

        if (text_empty(*key) || pack_shelf_find(s, kind, *key) != NULL)
                return;
        s->row = pack_grow(r->a, s->row, sizeof *s->row, s->n, &s->room);
        e = &s->row[s->n++];
        *e = (struct pack_shelf_entry) {.kind = kind, .key = *key, .wanted = true};
        for (int l = 0; l < LOCALES; l++) {
                const char *path = text_format(r->a, "%s/%s/%s.md", folders[kind],
                                               locale_tag((enum locale)l), key->p).p;
                const struct pack_file *file = pack_files_find(&s->files, path);
                struct pack_place where = pack_place_of(r, key);

                if ((r->pack->languages & 1u << l) == 0)
                        continue;
                where.note = l != LOCALE_EN;
                if (file != NULL)
                        read_text(r, e, l, file);
                else
                        pack_problem_add(r->problems, where, text_format(r->a, "Write %s", path).p,
                                         "The text \"%s\" is missing in \"%s\"", key->p,
                                         locale_tag((enum locale)l));
        }
        compare(r, kind, key);
        for (int l = 0; l < LOCALES; l++) {
                e->text[l] = e->text[l] != NULL ? e->text[l] : e->text[LOCALE_EN];
                e->lesson[l] = e->lesson[l] != NULL ? e->lesson[l] : e->lesson[LOCALE_EN];
        }
}

/* "mails/en/R14.md" -> SHELF_MAIL and "R14"; false if it is no text of a pack. */
static bool split_path(struct text path, enum pack_shelf_kind *kind, struct text *key)
{
        struct text folder = text_cut(path, '/', &path);

        if (path.p == NULL)
                return false;
        text_cut(path, '/', key);
        if (key->p == NULL || key->n < 3)
                return false;
        key->n -= 3;
        for (int k = 0; k < SHELF_KINDS; k++) {
                if (text_is(folder, folders[k])) {
                        *kind = (enum pack_shelf_kind)k;
                        return true;
                }
        }
        return false;
}

/* A file that nothing names is most often a misspelt name. */
static void find_orphans(struct pack_reading *r)
{
        for (size_t i = 0; i < r->shelf->files.own->n; i++) {
                struct text path = r->shelf->files.own->row[i].path, key;
                enum pack_shelf_kind kind;

                if (split_path(path, &kind, &key) && pack_shelf_find(r->shelf, kind, key) == NULL)
                        pack_problem_add(r->problems, (struct pack_place) {path.p, 0, 0, true},
                                         "Name it in pack.yaml or delete the file",
                                         "Nothing in pack.yaml uses this text");
        }
}

void pack_shelf_fill(struct pack_reading *r)
{
        const struct pack *p = r->pack;

        for (size_t i = 0; i < p->n_reminders; i++) {
                for (size_t k = 0; k < p->reminders[i].n_sends; k++)
                        want(r, SHELF_MAIL, &p->reminders[i].sends[k].text);
        }
        for (size_t i = 0; i < p->n_calls; i++)
                want(r, SHELF_CALL, &p->calls[i].key);
        for (size_t i = 0; i < p->n_modules; i++)
                want(r, SHELF_MODULE, &p->modules[i].key);
        for (size_t i = 0; i < p->n_agendas; i++)
                want(r, SHELF_AGENDA, &p->agendas[i].key);
        for (size_t i = 0; i < p->n_items; i++)
                want(r, SHELF_LIBRARY, &p->items[i].key);
        find_orphans(r);
}
