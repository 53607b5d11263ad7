/* A pack that stands on another: whose files lie below its own. */
#include "content/pack_parse.h"

#include "os/file.h"

#include <string.h>

struct stacking {
        struct arena *a;
        const char *data;
        struct pack_problems *problems;
};

static bool is_name(struct text t)
{
        for (size_t i = 0; i < t.n; i++)
                if (strchr("abcdefghijklmnopqrstuvwxyz0123456789-", t.p[i]) == NULL)
                        return false;
        return t.n > 0 && t.n <= 40;
}

/* The files of a base: the organisation's before the one that ships, unless only that is asked for. */
static struct err base_files(struct stacking *s, struct text name, bool shipped, struct pack_files *out, bool *builtin)
{
        const char *folder = s->data != NULL && !shipped
                                     ? text_format(s->a, "%s/packs/%s", s->data, name.p).p
                                     : NULL;

        *out = (struct pack_files) {0};
        *builtin = folder == NULL || !file_exists(text_format(s->a, "%s/pack.yaml", folder).p);
        if (!*builtin)
                return pack_files_folder(s->a, folder, out);
        pack_files_builtin(s->a, name, out);
        return OK;
}

static void wrong(struct stacking *s, const char *file, int line, const char *what, const char *remedy)
{
        pack_problem_add(s->problems, (struct pack_place) {file, line, 1, false}, remedy, "%s", what);
}

/* Below what is there: files with a path that is not there yet. */
static void put_below(struct arena *a, struct pack_files *files, const struct pack_files *base)
{
        struct pack_files all = {.own = files->own, .based_on = files->based_on, .n_layers = files->n_layers};
        size_t i = 0, k = 0;

        memcpy(all.layer, files->layer, sizeof all.layer);
        while (i < files->n || k < base->n) {
                int c = i == files->n ? 1 : k == base->n ? -1 : text_compare(files->row[i].path, base->row[k].path);

                all.row = pack_grow(a, all.row, sizeof *all.row, all.n, &all.room);
                all.row[all.n++] = c <= 0 ? files->row[i] : base->row[k];
                i += c <= 0;
                k += c >= 0;
        }
        *files = all;
}

static struct err stack(struct stacking *s, bool builtin, struct pack_files *files, const char *file, int depth)
{
        const struct pack_file *yaml = pack_files_find(files, "pack.yaml");
        struct pack_files base;
        struct text name, self;
        int line = 0;

        must(yaml != NULL);
        files->own = memcpy(arena_new_of(s->a, struct pack_files), files, sizeof *files);
        files->layer[files->n_layers++] = (struct pack_layer) {file, yaml->bytes};
        name = pack_yaml_base(s->a, yaml->bytes, &self, &line);
        files->based_on = name.p != NULL ? name : TEXT("");
        if (name.p == NULL)
                return OK;
        if (!is_name(name) || depth == PACK_LAYERS_MAX - 1) {
                wrong(s, file, line, !is_name(name) ? "\"based_on\" is not the name of a pack" : "The packs stand on each other too often",
                      "Write the name of one pack that stands on none");
                return OK;
        }
        TRY(base_files(s, name, builtin || text_equal(name, self), &base, &builtin));
        if (pack_files_find(&base, "pack.yaml") == NULL) {
                wrong(s, file, line, text_format(s->a, "There is no pack \"%s\" to stand on", name.p).p,
                      "Import that one first, or name one that ships");
                return OK;
        }
        TRY(stack(s, builtin, &base, text_format(s->a, "%s/pack.yaml", name.p).p, depth + 1));
        memmove(files->layer + base.n_layers, files->layer, sizeof *files->layer);
        memcpy(files->layer, base.layer, base.n_layers * sizeof *base.layer);
        files->n_layers += base.n_layers;
        put_below(s->a, files, &base);
        return OK;
}

struct err pack_files_stack(struct arena *a, const char *data, bool builtin, struct pack_files *files,
                            struct pack_problems *problems)
{
        struct stacking s = {a, data, problems};

        return stack(&s, builtin, files, "pack.yaml", 0);
}
