/*
 * pack.yaml by a declared schema (pack_schema.c): each field says its name, what it holds and where in the struct it
 * goes.  Reading never stops at a mistake but goes on with the next field.
 */
#include "content/pack_schema.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <yaml.h>

struct doc {
        struct pack_reading *r;
        yaml_document_t yaml;
};

static struct pack_place place(const yaml_node_t *n)
{
        return (struct pack_place) {"pack.yaml", (int)n->start_mark.line + 1, (int)n->start_mark.column + 1, false};
}

#define WRONG(d, node, remedy, ...) pack_problem_add((d)->r->problems, place(node), (remedy), __VA_ARGS__)

#define REMEDY(d, ...) (text_format((d)->r->a, __VA_ARGS__).p)

static void mark(struct doc *d, const void *value, const yaml_node_t *n)
{
        pack_mark_add(d->r, value, (int)n->start_mark.line + 1, (int)n->start_mark.column + 1);
}

static yaml_node_t *node_at(struct doc *d, int index) { return yaml_document_get_node(&d->yaml, index); }

/* A view of a scalar: libyaml ends it with a zero byte, but the document goes away, so what is kept is copied. */
static bool scalar(struct doc *d, const yaml_node_t *n, const char *name, struct text *out)
{
        if (n->type != YAML_SCALAR_NODE) {
                WRONG(d, n, "Write a single value behind the colon", "\"%s\" holds a list or a map", name);
                return false;
        }
        *out = (struct text) {(const char *)n->data.scalar.value, n->data.scalar.length};
        return true;
}

static bool is_key(struct text t)
{
        for (size_t i = 0; i < t.n; i++) {
                if (strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_", t.p[i]) == NULL || t.p[i] == '\0')
                        return false;
        }
        return t.n >= 1 && t.n <= PACK_KEY_MAX && t.p[0] != '-';
}

/* "a, b or c", for remedies. */
static const char *choices(struct doc *d, const struct pack_words *words)
{
        struct out o = out_new(d->r->a, 128);

        for (int i = 0; i < words->n; i++) {
                if (i > 0)
                        out_c(&o, i == words->n - 1 ? " or " : ", ");
                out_c(&o, words->word(i));
        }
        return out_get(&o).p;
}

static bool find_word(const struct pack_words *words, struct text t, unsigned *out)
{
        for (int i = 0; i < words->n; i++) {
                if (text_is(t, words->word(i))) {
                        *out = (unsigned)i;
                        return true;
                }
        }
        return false;
}

static void put_word(struct doc *d, const yaml_node_t *n, const struct pack_field *f, void *at)
{
        struct text t;
        unsigned v;

        if (!scalar(d, n, f->name, &t))
                return;
        if (find_word(f->words, t, &v))
                memcpy(at, &v, sizeof v);
        else
                WRONG(d, n, REMEDY(d, "Write %s", choices(d, f->words)), "\"%.60s\" is not a word for \"%s\"", t.p, f->name);
}

static void put_key(struct doc *d, const yaml_node_t *n, const struct pack_field *f, void *at)
{
        struct text t;

        if (!scalar(d, n, f->name, &t))
                return;
        if (is_key(t))
                *(struct text *)at = text_copy(d->r->a, t);
        else
                WRONG(d, n, "Use letters, digits and hyphens, at most 40", "\"%.60s\" cannot be a key", t.p);
}

static void put_int(struct doc *d, const yaml_node_t *n, const struct pack_field *f, void *at)
{
        struct text t;
        int64_t v;

        if (!scalar(d, n, f->name, &t))
                return;
        if (text_int(t, &v) && v >= f->min && v <= f->max)
                *(int *)at = (int)v;
        else
                WRONG(d, n, REMEDY(d, "Write a whole number from %d to %d", f->min, f->max),
                      "\"%.60s\" does not fit \"%s\"", t.p, f->name);
}

static void put_bool(struct doc *d, const yaml_node_t *n, const struct pack_field *f, void *at)
{
        struct text t;

        if (!scalar(d, n, f->name, &t))
                return;
        if (text_is(t, "true") || text_is(t, "false"))
                *(bool *)at = text_is(t, "true");
        else
                WRONG(d, n, "Write true or false", "\"%.60s\" does not fit \"%s\"", t.p, f->name);
}

static bool parse_date(struct text t, struct pack_date *out)
{
        for (int base = 0; base < PACK_BASES; base++) {
                const char *word = pack_base_word((enum pack_base)base);
                struct pack_offset by;

                if (!text_starts(t, word))
                        continue;
                t.p += strlen(word);
                t.n -= strlen(word);
                if (t.n > 0 && (!pack_offset_parse(t, &by) || by.hours != 0))
                        return false;
                *out = (struct pack_date) {(enum pack_base)base, t.n > 0 ? by.days : 0};
                return true;
        }
        return false;
}

static void put_date(struct doc *d, const yaml_node_t *n, const struct pack_field *f, void *at)
{
        struct text t;

        if (!scalar(d, n, f->name, &t))
                return;
        if (!parse_date(t, at))
                WRONG(d, n, "Write a day such as L-77d, E+14d, M-14d, closed+7d or red+2d", "\"%.60s\" is not a day for \"%s\"",
                      t.p, f->name);
}

static void put_offset(struct doc *d, const yaml_node_t *n, const struct pack_field *f, void *at)
{
        struct text t;

        if (!scalar(d, n, f->name, &t))
                return;
        if (!pack_offset_parse(t, at))
                WRONG(d, n, "Write an offset such as +5d, -7d, -1h or +0", "\"%.60s\" is not an offset", t.p);
}

static void put_fact(struct doc *d, const yaml_node_t *n, const struct pack_field *f, uint64_t *at)
{
        struct text t;
        enum pack_fact fact;

        if (!scalar(d, n, f->name, &t))
                return;
        if (!pack_fact_of(t, &fact))
                WRONG(d, n, "Use a fact from the list in docs/packs.md", "\"%.60s\" is not a fact", t.p);
        else if (fact != PACK_FACT_NEVER)
                *at |= PACK_FACT(fact);
}

static void put_facts(struct doc *d, const yaml_node_t *n, const struct pack_field *f, void *at)
{
        *(uint64_t *)at = 0;
        if (n->type != YAML_SEQUENCE_NODE) {
                put_fact(d, n, f, at);
                return;
        }
        for (yaml_node_item_t *i = n->data.sequence.items.start; i < n->data.sequence.items.top; i++)
                put_fact(d, node_at(d, *i), f, at);
}

static void put_languages(struct doc *d, const yaml_node_t *n, const struct pack_field *f, void *at)
{
        unsigned bits = 0;

        if (n->type != YAML_SEQUENCE_NODE) {
                WRONG(d, n, "Write [en] or [en, de]", "\"%s\" is not a list", f->name);
                return;
        }
        for (yaml_node_item_t *i = n->data.sequence.items.start; i < n->data.sequence.items.top; i++) {
                const yaml_node_t *item = node_at(d, *i);
                struct text t;
                enum locale l;

                if (!scalar(d, item, f->name, &t))
                        continue;
                if (pack_language_of(t, &l))
                        bits |= 1u << l;
                else
                        WRONG(d, item, "Write en or de", "\"%.60s\" is not a language of this program", t.p);
        }
        if ((bits & 1u << LOCALE_EN) == 0)
                WRONG(d, n, "Add en", "English is missing, and every other language falls back to it");
        *(unsigned *)at = bits | 1u << LOCALE_EN;
}

/* One language of a sentence. */
static void put_said(struct doc *d, const yaml_node_pair_t *pair, struct pack_say *say)
{
        const yaml_node_t *key = node_at(d, pair->key), *value = node_at(d, pair->value);
        struct text tag, t;
        enum locale l;

        if (!scalar(d, key, "language", &tag) || !scalar(d, value, tag.p, &t))
                return;
        if (!pack_language_of(tag, &l))
                WRONG(d, key, "Write en or de", "\"%.60s\" is not a language of this program", tag.p);
        else if (text_empty(text_trim(t)) || t.n > PACK_SAY_MAX)
                WRONG(d, value, "Write between 1 and 600 characters", "The sentence is empty or too long");
        else if (say->in[l].p != NULL)
                WRONG(d, key, "Keep one of them", "\"%s\" is there twice", tag.p);
        else
                say->in[l] = text_copy(d->r->a, text_trim(t));
}

static void put_say(struct doc *d, const yaml_node_t *n, const struct pack_field *f, void *at)
{
        struct pack_say *say = at;

        if (n->type != YAML_MAPPING_NODE) {
                WRONG(d, n, "Write {en: \"...\", de: \"...\"}", "\"%s\" does not say its language", f->name);
                return;
        }
        for (yaml_node_pair_t *p = n->data.mapping.pairs.start; p < n->data.mapping.pairs.top; p++)
                put_said(d, p, say);
        for (int l = 0; l < LOCALES; l++) {
                struct pack_place where = place(n);

                where.note = l != LOCALE_EN;
                if (say->in[l].p == NULL && (d->r->pack->languages & 1u << l) != 0)
                        pack_problem_add(d->r->problems, where, REMEDY(d, "Add %s: \"...\"", locale_tag((enum locale)l)),
                                         "\"%s\" is not there in every language of the pack", f->name);
                if (say->in[l].p == NULL)
                        say->in[l] = say->in[LOCALE_EN].p != NULL ? say->in[LOCALE_EN] : TEXT("");
        }
}

static void put_ref(struct doc *d, const yaml_node_t *n, const struct pack_field *f, void *at)
{
        struct text t;

        if (!scalar(d, n, f->name, &t))
                return;
        *(const void **)at = f->find(d->r->pack, t);
        if (*(const void **)at == NULL)
                WRONG(d, n, "Use the key of one that is declared in this file", "There is no %s \"%.60s\"", f->name, t.p);
}

static void read_map(struct doc *d, const yaml_node_t *n, const struct pack_schema *schema, char *target);

static void put_keys(struct doc *d, const yaml_node_t *n, const struct pack_field *f, void *at, size_t i)
{
        const struct pack_field one = {.name = f->name};
        struct text *row = *(struct text **)at;

        put_key(d, n, &one, &row[i]);
}

static void put_list(struct doc *d, const yaml_node_t *n, const struct pack_field *f, char *target)
{
        size_t size = f->of != NULL ? f->of->size : sizeof(struct text), count;
        char *rows;

        if (n->type != YAML_SEQUENCE_NODE) {
                WRONG(d, n, "Begin each entry with a hyphen", "\"%s\" is not a list", f->name);
                return;
        }
        count = (size_t)(n->data.sequence.items.top - n->data.sequence.items.start);
        if (count < (size_t)f->min || count > (size_t)f->max) {
                WRONG(d, n, REMEDY(d, "Write %d to %d of them", f->min, f->max), "\"%s\" has %zu entries", f->name,
                      count);
                count = count > (size_t)f->max ? (size_t)f->max : count;
        }
        rows = arena_alloc_array(d->r->a, size, count + 1);
        memcpy(target + f->offset, &rows, sizeof rows);
        for (size_t i = 0; i < count; i++) {
                const yaml_node_t *item = node_at(d, n->data.sequence.items.start[i]);

                mark(d, rows + i * size, item);
                if (f->of != NULL)
                        read_map(d, item, f->of, rows + i * size);
                else
                        put_keys(d, item, f, target + f->offset, i);
        }
        memcpy(target + f->count, &count, sizeof count);
}

static void put(struct doc *d, const yaml_node_t *n, const struct pack_field *f, char *target)
{
        char *at = target + f->offset;

        mark(d, at, n);
        switch (f->kind) {
        case PACK_F_KEY:        put_key(d, n, f, at); break;
        case PACK_F_INT:        put_int(d, n, f, at); break;
        case PACK_F_BOOL:       put_bool(d, n, f, at); break;
        case PACK_F_SAY:        put_say(d, n, f, at); break;
        case PACK_F_WORD:       put_word(d, n, f, at); break;
        case PACK_F_FACTS:      put_facts(d, n, f, at); break;
        case PACK_F_DATE:       put_date(d, n, f, at); break;
        case PACK_F_OFFSET:     put_offset(d, n, f, at); break;
        case PACK_F_LANGUAGES:  put_languages(d, n, f, at); break;
        case PACK_F_REF:        put_ref(d, n, f, at); break;
        case PACK_F_LIST:       put_list(d, n, f, target); break;
        case PACK_F_MAP:        read_map(d, n, f->of, at); break;
        }
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
static void check_names(struct doc *d, const yaml_node_t *n, const struct pack_schema *schema)
{
        uint64_t seen = 0;

        for (yaml_node_pair_t *p = n->data.mapping.pairs.start; p < n->data.mapping.pairs.top; p++) {
                const yaml_node_t *key = node_at(d, p->key);
                const struct pack_field *f;
                struct text name;

                if (!scalar(d, key, "name", &name))
                        continue;
                f = field_of(schema, name);
                if (f == NULL) {
                        WRONG(d, key, REMEDY(d, "Use one of: %s", pack_schema_names(d->r->a, schema)),
                              "%s has no \"%.60s\"", schema->what, name.p);
                        continue;
                }
                if (seen & UINT64_C(1) << (f - schema->field))
                        WRONG(d, key, "Keep one of them", "\"%s\" is there twice", f->name);
                seen |= UINT64_C(1) << (f - schema->field);
        }
}

static const yaml_node_t *value_of(struct doc *d, const yaml_node_t *n, const char *name)
{
        for (yaml_node_pair_t *p = n->data.mapping.pairs.start; p < n->data.mapping.pairs.top; p++) {
                const yaml_node_t *key = node_at(d, p->key);

                if (key->type == YAML_SCALAR_NODE && strcmp((const char *)key->data.scalar.value, name) == 0)
                        return node_at(d, p->value);
        }
        return NULL;
}

/* Fields are read in the order of the schema, not of the file, so that what is referred to is there before. */
static void read_map(struct doc *d, const yaml_node_t *n, const struct pack_schema *schema, char *target)
{
        pack_schema_begin(schema, target);
        if (n->type != YAML_MAPPING_NODE) {
                WRONG(d, n, REMEDY(d, "Write its fields: %s", pack_schema_names(d->r->a, schema)), "%s is not a map of fields",
                      schema->what);
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
                        WRONG(d, n, REMEDY(d, "Add \"%s\"", f->name), "%s lacks \"%s\"", schema->what, f->name);
        }
        pack_schema_finish(schema, target);
}

static void broken(struct pack_reading *r, const yaml_parser_t *parser)
{
        struct pack_place where = {"pack.yaml", (int)parser->problem_mark.line + 1, (int)parser->problem_mark.column + 1, false};

        pack_problem_add(r->problems, where, "Check indentation, quotes and colons just before this place",
                         "This is not YAML: %s", parser->problem != NULL ? parser->problem : "it cannot be read");
}

void pack_yaml_read(struct pack_reading *r, struct text yaml)
{
        struct doc d = {.r = r};
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
                pack_problem_add(r->problems, (struct pack_place) {"pack.yaml", 1, 1, false},
                                 "Begin with name, version and title; docs/packs.md shows all of it", "The file is empty");
        else
                read_map(&d, root, &pack_schema_pack, (char *)r->pack);
        yaml_document_delete(&d.yaml);
        yaml_parser_delete(&parser);
}
