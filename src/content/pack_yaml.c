/*
 * pack.yaml by a declared schema (pack_schema.c): each field says its name, what it holds and where
 * in the struct it goes.  Reading never stops at a mistake but goes on with the next field.
 */
#include "content/pack_yaml.h"

#include <string.h>

static void mark(struct pack_doc *d, const void *value, const yaml_node_t *n)
{
        pack_mark_add(d->r, value, (int)n->start_mark.line + 1, (int)n->start_mark.column + 1);
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

static void broken(struct pack_reading *r, const yaml_parser_t *parser)
{
        struct pack_place where = {"pack.yaml", (int)parser->problem_mark.line + 1,
                                   (int)parser->problem_mark.column + 1, false};

        pack_problem_add(r->problems, where,
                         "Check indentation, quotes and colons just before this place",
                         "This is not YAML: %s",
                         parser->problem != NULL ? parser->problem : "it cannot be read");
}

void pack_yaml_read(struct pack_reading *r, struct text yaml)
{
        struct pack_doc d = {.r = r};
        yaml_parser_t parser;
        yaml_node_t *root;

        must(yaml_parser_initialize(&parser));
        yaml_parser_set_input_string(&parser, (const unsigned char *)yaml.p, yaml.n);
        if (!yaml_parser_load(&parser, &d.yaml)) {
                broken(r, &parser);
                yaml_parser_delete(&parser);
                return;
        }
        root = yaml_document_get_root_node(&d.yaml);
        if (root == NULL)
                pack_problem_add(
                        r->problems, (struct pack_place) {"pack.yaml", 1, 1, false},
                        "Begin with name, version and title; docs/packs.md shows all of it",
                        "The file is empty");
        else
                read_map(&d, root, &pack_schema_pack, (char *)r->pack);
        yaml_document_delete(&d.yaml);
        yaml_parser_delete(&parser);
}
