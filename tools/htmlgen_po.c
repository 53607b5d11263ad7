/* Reads, completes and judges the catalogues (GNU gettext's format, two plural forms). */
#include "htmlgen.h"

#include <string.h>

enum field { FIELD_NONE, FIELD_ID, FIELD_PLURAL, FIELD_SAY0, FIELD_SAY1 };

struct reading {
        struct gen *g;
        struct po_file *file;
        struct po_entry *entry;         /* being read; NULL between entries */
        struct out comments;
        bool fuzzy;
        enum field field;
        int line;
};

static struct po_entry *entry_of(struct reading *r)
{
        if (r->entry)
                return r->entry;
        r->entry = arena_new_of(r->g->arena, struct po_entry);
        r->entry->line = r->line;
        r->entry->comments = text_copy(r->g->arena, out_get(&r->comments));
        r->entry->fuzzy = r->fuzzy;
        g_ptr_array_add(r->file->entries, r->entry);
        r->comments.n = 0;
        r->fuzzy = false;
        return r->entry;
}

static struct text *target(struct reading *r)
{
        struct po_entry *e = entry_of(r);

        switch (r->field) {
        case FIELD_ID: return &e->id;
        case FIELD_PLURAL: return &e->plural;
        case FIELD_SAY0: return &e->say[0];
        case FIELD_SAY1: return &e->say[1];
        case FIELD_NONE: break;
        }
        gen_fail(r->g, r->file->path, r->line, "a string before msgid");
}

static void string(struct reading *r, struct text s)
{
        struct text value;
        size_t used;

        s = text_trim(s);
        if (!token_string(r->g->arena, s, &value, &used) || used != s.n)
                gen_fail(r->g, r->file->path, r->line, "this string is not closed");
        struct text *t = target(r);
        *t = text_format(r->g->arena, "%.*s%.*s", (int)t->n, t->p ? t->p : "", (int)value.n,
                         value.p);
}

static void keyword(struct reading *r, struct text s)
{
        struct text rest;
        struct text word = token_word(s, &rest);

        if (text_is(word, "msgid")) {
                r->entry = NULL;
                r->field = FIELD_ID;
        } else if (text_is(word, "msgid_plural")) {
                r->field = FIELD_PLURAL;
        } else if (text_is(word, "msgstr") || text_is(word, "msgstr[0]")) {
                r->field = FIELD_SAY0;
        } else if (text_is(word, "msgstr[1]")) {
                r->field = FIELD_SAY1;
        } else {
                gen_fail(r->g, r->file->path, r->line, "\"%.*s\" is not known in a catalogue",
                         (int)word.n, word.p);
        }
        string(r, rest);
}

static void one_line(struct reading *r, struct text s)
{
        s = text_trim(s);
        if (s.n == 0)
                return;
        if (s.p[0] == '#') {
                r->entry = NULL;
                r->field = FIELD_NONE;
                r->fuzzy |= text_starts(s, "#,") && memmem(s.p, s.n, "fuzzy", 5) != NULL;
                out_text(&r->comments, s);
                out_char(&r->comments, '\n');
        } else if (s.p[0] == '"') {
                string(r, s);
        } else {
                keyword(r, s);
        }
}

static void index_entries(struct gen *g, const struct po_file *f)
{
        for (guint i = 0; i < f->entries->len; i++) {
                struct po_entry *e = g_ptr_array_index(f->entries, i);
                if (e->id.n == 0)
                        continue;
                char *name = catalogue_name(g->arena, e->id, e->plural);
                if (g_hash_table_contains(g->german, name))
                        gen_fault(g, f->path, e->line, "\"%.*s\" stands here a second time",
                                  (int)e->id.n, e->id.p);
                g_hash_table_insert(g->german, name, e);
                if (!po_is_translated(e))
                        continue;
                message_check(g, e->id, e->say[0], f->path, e->line);
                if (e->plural.n)
                        message_check(g, e->plural, e->say[1], f->path, e->line);
        }
}

void po_load(struct gen *g, const char *path)
{
        struct text rest = gen_read(g, path);
        struct po_file *f = arena_new_of(g->arena, struct po_file);
        struct reading r = {.g = g, .file = f, .comments = out_new(g->arena, 256)};

        *f = (struct po_file) {.path = path, .entries = g_ptr_array_new()};
        g_ptr_array_add(g->po, f);
        while (rest.n) {
                r.line++;
                struct text s = text_cut(rest, '\n', &rest);
                one_line(&r, s);
        }
        index_entries(g, f);
}

const struct po_entry *po_find(struct gen *g, struct text key, struct text other)
{
        return g_hash_table_lookup(g->german, catalogue_name(g->arena, key, other));
}

bool po_is_translated(const struct po_entry *e)
{
        return !e->fuzzy && e->say[0].n && (e->plural.n == 0 || e->say[1].n);
}

static void write_string(struct out *o, const char *word, struct text s)
{
        out_format(o, "%s ", word);
        if (s.n && memchr(s.p, '\n', s.n - 1))
                out_c(o, "\"\"\n");
        out_char(o, '"');
        for (size_t i = 0; i < s.n; i++) {
                if (s.p[i] == '\n')
                        out_c(o, i + 1 < s.n ? "\\n\"\n\"" : "\\n");
                else if (s.p[i] == '"' || s.p[i] == '\\')
                        out_format(o, "\\%c", s.p[i]);
                else
                        out_char(o, s.p[i]);
        }
        out_c(o, "\"\n");
}

static void write_entry(struct out *o, const struct po_entry *e)
{
        if (o->n)
                out_char(o, '\n');
        out_text(o, e->comments);
        write_string(o, "msgid", e->id);
        if (e->plural.n) {
                write_string(o, "msgid_plural", e->plural);
                write_string(o, "msgstr[0]", e->say[0]);
                write_string(o, "msgstr[1]", e->say[1]);
        } else {
                write_string(o, "msgstr", e->say[0]);
        }
}

/* The head of a catalogue has an empty key. */
static bool is_said(struct gen *g, const struct po_entry *e)
{
        return e->id.n == 0 || g_hash_table_contains(g->known, catalogue_name(g->arena, e->id, e->plural));
}

void po_update(struct gen *g)
{
        struct po_file *f = g->po->len ? g_ptr_array_index(g->po, 0) : NULL;
        struct out o = out_new(g->arena, 1 << 16);

        if (!f)
                return;
        for (guint i = 0; i < f->entries->len; i++) {
                const struct po_entry *e = g_ptr_array_index(f->entries, i);
                if (is_said(g, e))
                        write_entry(&o, e);
        }
        for (guint i = 0; i < g->messages->len; i++) {
                const struct message *m = g_ptr_array_index(g->messages, i);
                if (po_find(g, m->key, m->other))
                        continue;
                struct po_entry e = {.comments = text_format(g->arena, "#: %s\n", m->file),
                                     .id = m->key,
                                     .plural = m->other};
                write_entry(&o, &e);
        }
        gen_write(g, f->path, out_get(&o));
}

unsigned po_report(struct gen *g)
{
        unsigned n = 0;

        for (guint i = 0; i < g->messages->len; i++) {
                const struct message *m = g_ptr_array_index(g->messages, i);
                const struct po_entry *e = po_find(g, m->key, m->other);
                if (e && po_is_translated(e))
                        continue;
                g_printerr("%s:%d: no German for \"%s\"\n", m->file, m->line, m->key.p);
                n++;
        }
        const struct po_file *f = g->po->len ? g_ptr_array_index(g->po, 0) : NULL;
        for (guint i = 0; f && i < f->entries->len; i++) {
                const struct po_entry *e = g_ptr_array_index(f->entries, i);
                if (is_said(g, e))
                        continue;
                g_printerr("%s:%d: nothing says \"%s\" any more\n", f->path, e->line, e->id.p);
                n++;
        }
        return n;
}
