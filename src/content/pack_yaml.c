/*
 * pack.yaml by a declared schema (pack_schema.c): each field says its name, what it holds and where
 * in the struct it goes.  Reading never stops at a mistake but goes on with the next field.
 */
#include "content/pack_yaml.h"

#include <string.h>

static void mark(struct pack_doc *d, const void *value, const yaml_node_t *n)
{
        pack_mark_add(d->r, value, pack_node_place(d, n));
}

static void read_map(struct pack_doc *d, const yaml_node_t *n, const struct pack_schema *schema,
                     char *target);

static void put_keys(struct pack_doc *d, const yaml_node_t *n, const struct pack_field *f, void *at,
                     size_t i)
{
        const struct pack_field one = {.name = f->name, .kind = PACK_F_KEY};
        struct text *row = *(struct text **)at;

        pack_value_read(d, n, &one, &row[i]);
}

static void put_list(struct pack_doc *d, const yaml_node_t *n, const struct pack_field *f,
                     char *target)
{
        size_t size = f->of != NULL ? f->of->size : sizeof(struct text), count;
        char *rows;

        if (n->type != YAML_SEQUENCE_NODE) {
                PACK_WRONG(d, n, "Begin each entry with a hyphen", "\"%s\" is not a list", f->name);
                return;
        }
        count = (size_t)(n->data.sequence.items.top - n->data.sequence.items.start);
        if (count < (size_t)f->min || count > (size_t)f->max) {
                PACK_WRONG(d, n, PACK_REMEDY(d, "Write %d to %d of them", f->min, f->max),
                      "\"%s\" has %zu entries", f->name, count);
                count = count > (size_t)f->max ? (size_t)f->max : count;
        }
        rows = arena_alloc_array(d->r->a, size, count + 1);
        memcpy(target + f->offset, &rows, sizeof rows);
        for (size_t i = 0; i < count; i++) {
                const yaml_node_t *item = pack_node(d, n->data.sequence.items.start[i]);

                mark(d, rows + i * size, item);
                if (f->of != NULL)
                        read_map(d, item, f->of, rows + i * size);
                else
                        put_keys(d, item, f, target + f->offset, i);
        }
        memcpy(target + f->count, &count, sizeof count);
}

static void put(struct pack_doc *d, const yaml_node_t *n, const struct pack_field *f, char *target)
{
        char *at = target + f->offset;

        mark(d, at, n);
        if (f->kind == PACK_F_LIST)
                put_list(d, n, f, target);
        else if (f->kind == PACK_F_MAP)
                read_map(d, n, f->of, at);
        else
                pack_value_read(d, n, f, at);
}

static const struct pack_field *field_of(const struct pack_schema *schema, struct text name)
{
        for (size_t i = 0; i < schema->n; i++) {
                if (text_is(name, schema->field[i].name))
                        return &schema->field[i];
        }
        return NULL;
}

/* Names that are unknown or there twice. */
static void check_names(struct pack_doc *d, const yaml_node_t *n, const struct pack_schema *schema)
{
        uint64_t seen = 0;

        for (yaml_node_pair_t *p = n->data.mapping.pairs.start; p < n->data.mapping.pairs.top;
             p++) {
                const yaml_node_t *key = pack_node(d, p->key);
                const struct pack_field *f;
                struct text name;

                if (!pack_scalar(d, key, "name", &name))
                        continue;
                f = field_of(schema, name);
                if (f == NULL) {
                        PACK_WRONG(d, key,
                              PACK_REMEDY(d, "Use one of: %s", pack_schema_names(d->r->a, schema)),
                              "%s has no \"%.60s\"", schema->what, name.p);
                        continue;
                }
                if (seen & UINT64_C(1) << (f - schema->field))
                        PACK_WRONG(d, key, "Keep one of them", "\"%s\" is there twice", f->name);
                seen |= UINT64_C(1) << (f - schema->field);
        }
}

static const yaml_node_t *value_of(struct pack_doc *d, const yaml_node_t *n, const char *name)
{
        for (yaml_node_pair_t *p = n->data.mapping.pairs.start; p < n->data.mapping.pairs.top;
             p++) {
                const yaml_node_t *key = pack_node(d, p->key);

                if (key->type == YAML_SCALAR_NODE &&
                    strcmp((const char *)key->data.scalar.value, name) == 0)
                        return pack_node(d, p->value);
        }
        return NULL;
}

/*
 * Fields are read in the order of the schema, not of the file, so that what is referred to is there
 * before.
 */
static void read_map(struct pack_doc *d, const yaml_node_t *n, const struct pack_schema *schema,
                     char *target)
{
        pack_schema_begin(schema, target);
        if (n->type != YAML_MAPPING_NODE) {
                PACK_WRONG(
                        d, n,
                        PACK_REMEDY(d, "Write its fields: %s", pack_schema_names(d->r->a, schema)),
                        "%s is not a map of fields", schema->what);
                pack_schema_finish(schema, target);
                return;
        }
        check_names(d, n, schema);
        for (size_t i = 0; i < schema->n; i++) {
                const struct pack_field *f = &schema->field[i];
                const yaml_node_t *value = value_of(d, n, f->name);

                if (value != NULL)
                        put(d, value, f, target);
                else if (f->required)
                        PACK_WRONG(d, n, PACK_REMEDY(d, "Add \"%s\"", f->name), "%s lacks \"%s\"",
                              schema->what, f->name);
        }
        pack_schema_finish(schema, target);
}

static void broken(struct pack_reading *r, const char *file, const yaml_parser_t *parser)
{
        struct pack_place where = {file, (int)parser->problem_mark.line + 1,
                                   (int)parser->problem_mark.column + 1, false};

        pack_problem_add(r->problems, where,
                         "Check indentation, quotes and colons just before this place",
                         "This is not YAML: %s",
                         parser->problem != NULL ? parser->problem : "it cannot be read");
}

/* False, and told, if it is no YAML or empty; then there is nothing to delete. */
static bool load(struct pack_reading *r, const struct pack_layer *layer, size_t i, struct pack_doc *out)
{
        yaml_parser_t parser;
        bool fine;

        *out = (struct pack_doc) {.r = r, .own = (unsigned char)i};
        must(yaml_parser_initialize(&parser));
        yaml_parser_set_input_string(&parser, (const unsigned char *)layer->bytes.p, layer->bytes.n);
        fine = yaml_parser_load(&parser, &out->yaml);
        if (!fine)
                broken(r, layer->file, &parser);
        yaml_parser_delete(&parser);
        if (!fine || yaml_document_get_root_node(&out->yaml) != NULL)
                return fine;
        pack_problem_add(r->problems, (struct pack_place) {layer->file, 1, 1, false},
                         "Begin with name, version and title; docs/packs.md shows all of it",
                         "The file is empty");
        yaml_document_delete(&out->yaml);
        return false;
}

/* All layers as one document. */
static bool load_all(struct pack_reading *r, struct pack_doc *d)
{
        const struct pack_files *files = &r->shelf->files;

        if (!load(r, &files->layer[0], 0, d))
                return false;
        for (size_t i = 1; i < files->n_layers; i++) {
                struct pack_doc over, both = {.r = r};
                bool fine = load(r, &files->layer[i], i, &over);

                if (fine && !pack_merge(d, &over, &both))
                        pack_problem_add(r->problems, (struct pack_place) {files->layer[i].file, 1, 1, false},
                                         "Write without aliases what is repeated", "The file is too large to be merged");
                yaml_document_delete(&d->yaml);
                if (!fine)
                        return false;
                yaml_document_delete(&over.yaml);
                *d = both;
        }
        return true;
}

void pack_yaml_read(struct pack_reading *r)
{
        struct pack_doc d;

        if (!load_all(r, &d))
                return;
        read_map(&d, yaml_document_get_root_node(&d.yaml), &pack_schema_pack, (char *)r->pack);
        yaml_document_delete(&d.yaml);
}

static int write_out(void *data, unsigned char *bytes, size_t n)
{
        out_text(data, (struct text) {(const char *)bytes, n});
        return 1;
}

struct text pack_yaml_whole(struct arena *a, const struct pack_files *files)
{
        struct pack_problems problems = {.arena = a};
        struct pack_shelf shelf = {.files = *files};
        struct pack_reading r = {.a = a, .problems = &problems, .shelf = &shelf};
        struct out o = out_new(a, 64 * 1024);
        yaml_emitter_t emitter;
        struct pack_doc d;

        must(load_all(&r, &d));         /* a pack in use has been read before */
        must(yaml_emitter_initialize(&emitter));
        yaml_emitter_set_output(&emitter, write_out, &o);
        yaml_emitter_set_unicode(&emitter, 1);
        yaml_emitter_set_width(&emitter, -1);
        must(yaml_emitter_open(&emitter));
        must(yaml_emitter_dump(&emitter, &d.yaml));     /* takes the document */
        must(yaml_emitter_close(&emitter));
        yaml_emitter_delete(&emitter);
        return out_get(&o);
}

/* A word of the outermost map, and its line; absent where there is none. */
static struct text outer(struct pack_doc *d, const char *name, int *line)
{
        const yaml_node_t *root = yaml_document_get_root_node(&d->yaml), *value = NULL;

        if (root->type == YAML_MAPPING_NODE)
                value = value_of(d, root, name);
        if (value == NULL || value->type != YAML_SCALAR_NODE)
                return TEXT_ABSENT;
        *line = (int)value->start_mark.line + 1;
        return text_copy(d->r->a, (struct text) {(const char *)value->data.scalar.value, value->data.scalar.length});
}

struct text pack_yaml_base(struct arena *a, struct text yaml, struct text *name, int *line)
{
        struct pack_problems problems = {.arena = a};
        struct pack_shelf shelf = {.files = {.n_layers = 1, .layer = {{"pack.yaml", yaml}}}};
        struct pack_reading r = {.a = a, .problems = &problems, .shelf = &shelf};
        struct text base;
        struct pack_doc d;

        *name = TEXT("");
        if (!load(&r, &shelf.files.layer[0], 0, &d))
                return TEXT_ABSENT;
        *name = outer(&d, "name", line);
        base = outer(&d, "based_on", line);
        yaml_document_delete(&d.yaml);
        return base;
}
