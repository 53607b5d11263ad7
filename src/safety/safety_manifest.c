/* manifest.json: what a backup holds, to be checked member by member. */
#include "os/zone.h"
#include "safety/safety_parts.h"

#include <jansson.h>
#include <sodium.h>
#include <string.h>

static const char *const purposes[] = {[DB_REAL] = "real", [DB_DEMO] = "demo", [DB_TEST] = "test"};

struct safety_file *safety_files_add(struct arena *a, struct safety_files *f, const char *name)
{
        if (f->n == f->room) {
                size_t room = f->room ? f->room * 2 : 64;
                struct safety_file *row = arena_array(a, struct safety_file, room);

                if (f->n)
                        memcpy(row, f->row, f->n * sizeof *row);
                f->row = row;
                f->room = room;
        }
        struct safety_file *row = &f->row[f->n++];
        *row = (struct safety_file) {.name = arena_dup(a, name, strlen(name))};
        return row;
}

/* ---- writing ---- */

static json_t *file_json(const struct safety_file *f)
{
        char hex[2 * ARCHIVE_HASH + 1];

        sodium_bin2hex(hex, sizeof hex, f->hash, sizeof f->hash);
        return json_pack("{s:s, s:I, s:s}", "name", f->name, "size", (json_int_t)f->size, "blake2b",
                         hex);
}

static json_t *whole_json(const struct safety_manifest *m)
{
        json_t *tables = json_object(), *files = json_array();

        /* One line less, and the backup would be refused on the day that it is needed. */
        for (size_t i = 0; i < m->n_tables; i++)
                must(json_object_set_new(tables, m->table[i].table, json_integer(m->table[i].rows)) == 0);
        for (size_t i = 0; i < m->files.n; i++)
                must(json_array_append_new(files, file_json(&m->files.row[i])) == 0);
        return json_pack("{s:i, s:I, s:s, s:s, s:s, s:I, s:o, s:o}", "format", SAFETY_FORMAT,
                         "made_at", (json_int_t)m->facts.made_at, "engine", m->facts.engine.p,
                         "schema", m->facts.schema.p, "purpose", purposes[m->facts.purpose], "rows",
                         (json_int_t)m->facts.rows, "tables", tables, "files", files);
}

struct text safety_manifest_write(struct arena *a, const struct safety_manifest *m)
{
        json_t *j = whole_json(m);
        must(j);
        char *s = json_dumps(j, JSON_INDENT(1) | JSON_PRESERVE_ORDER);
        must(s);
        struct text t = text_format(a, "%s\n", s);
        free(s);
        json_decref(j);
        return t;
}

/* ---- reading ---- */

static bool purpose_of(const char *word, enum db_purpose *out)
{
        for (int i = DB_REAL; i <= DB_TEST; i++)
                if (strcmp(word, purposes[i]) == 0) {
                        *out = (enum db_purpose)i;
                        return true;
                }
        return false;
}

static bool read_file(struct arena *a, json_t *j, struct safety_files *out)
{
        const char *name, *hex;
        json_int_t size;
        size_t n;

        if (json_unpack(j, "{s:s, s:I, s:s}", "name", &name, "size", &size, "blake2b", &hex) != 0)
                return false;
        struct safety_file *f = safety_files_add(a, out, name);
        f->size = size;
        return size >= 0 && sodium_hex2bin(f->hash, sizeof f->hash, hex, strlen(hex), NULL, &n, NULL) == 0 &&
               n == sizeof f->hash;
}

static bool read_lists(struct arena *a, json_t *tables, json_t *files, struct safety_manifest *out)
{
        const char *name;
        json_t *j;
        size_t i;

        if (!json_is_object(tables) || !json_is_array(files))
                return false;
        out->table = arena_array(a, struct db_table_rows, json_object_size(tables) + 1);
        json_object_foreach(tables, name, j)
                out->table[out->n_tables++] = (struct db_table_rows) {
                        arena_dup(a, name, strlen(name)), json_integer_value(j)};
        json_array_foreach(files, i, j)
                if (!read_file(a, j, &out->files))
                        return false;
        return true;
}

static bool read_whole(struct arena *a, json_t *j, struct safety_manifest *out)
{
        const char *engine, *schema, *purpose;
        json_int_t made_at, rows;
        json_t *tables, *files;

        if (json_unpack(j, "{s:I, s:s, s:s, s:s, s:I, s:o, s:o}", "made_at", &made_at, "engine",
                        &engine, "schema", &schema, "purpose", &purpose, "rows", &rows, "tables",
                        &tables, "files", &files) != 0 ||
            !purpose_of(purpose, &out->facts.purpose))
                return false;
        out->facts.made_at = made_at;
        out->facts.rows = rows;
        out->facts.engine = text_copy(a, text_of(engine));
        out->facts.schema = text_copy(a, text_of(schema));
        if (!read_lists(a, tables, files, out))
                return false;
        out->facts.tables = (int64_t)out->n_tables;
        out->facts.files = (int64_t)out->files.n;
        return true;
}

struct err safety_manifest_read(struct arena *a, struct text json, struct safety_manifest *out)
{
        json_t *j = json_loadb(json.p, json.n, JSON_REJECT_DUPLICATES, NULL);
        struct err e = OK;

        *out = (struct safety_manifest) {.format = json_integer_value(json_object_get(j, "format"))};
        if (out->format > SAFETY_FORMAT)
                e = FAIL(ERR_CONFLICT, "This backup was made by a newer version", "Use that version, or a later one");
        else if (out->format < 1 || !read_whole(a, j, out))
                e = safety_damaged(SAFETY_MANIFEST);
        json_decref(j);
        return e;
}
