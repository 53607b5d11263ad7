/*
 * A pack that stands on another says only what differs; here the two pack.yaml become one document.  Maps are merged
 * field by field, but a sentence (a map with "en") is taken whole, so that no German of the base stands beside a new
 * English.  Lists of things with a key are merged by key: a new one stands behind the one above it, "gone: true" takes
 * one away.  Reminders, whose ids repeat, are replaced id by id.  Every other list is replaced.
 */
#include "content/pack_yaml.h"

#include <string.h>

/* Aliases make a small file large when it is copied; a pack has about three thousand nodes. */
enum { NODES_MAX = 40000, DEPTH_MAX = 12 };

struct merge {
        struct pack_doc *to;
        struct pack_doc *base, *over;
        bool full;
};

/* ---- looking ---- */

static const yaml_node_t *field(struct pack_doc *d, const yaml_node_t *n, const char *name)
{
        if (n->type != YAML_MAPPING_NODE)
                return NULL;
        for (yaml_node_pair_t *p = n->data.mapping.pairs.start; p < n->data.mapping.pairs.top; p++) {
                const yaml_node_t *key = pack_node(d, p->key);

                if (key->type == YAML_SCALAR_NODE && strcmp((const char *)key->data.scalar.value, name) == 0)
                        return pack_node(d, p->value);
        }
        return NULL;
}

static const char *scalar(const yaml_node_t *n)
{
        return n != NULL && n->type == YAML_SCALAR_NODE ? (const char *)n->data.scalar.value : NULL;
}

static const char *name_of(struct pack_doc *d, const yaml_node_t *n, const char *by)
{
        return scalar(field(d, n, by));
}

static bool gone(struct pack_doc *d, const yaml_node_t *n)
{
        const char *word = name_of(d, n, "gone");

        return word != NULL && strcmp(word, "true") == 0;
}

static size_t length(const yaml_node_t *n)
{
        return (size_t)(n->data.sequence.items.top - n->data.sequence.items.start);
}

static const yaml_node_t *item(struct pack_doc *d, const yaml_node_t *n, size_t i)
{
        return pack_node(d, n->data.sequence.items.start[i]);
}

/* Has every entry this name? An empty list has none. */
static bool named(struct pack_doc *d, const yaml_node_t *n, const char *by)
{
        for (size_t i = 0; i < length(n); i++)
                if (name_of(d, item(d, n, i), by) == NULL)
                        return false;
        return length(n) > 0;
}

/* ---- copying ---- */

/* Remembers where a node came from: which file, line and column. */
static int placed(struct merge *m, int id, struct pack_doc *from, const yaml_node_t *n)
{
        struct pack_doc *to = m->to;
        size_t count = (size_t)(to->yaml.nodes.top - to->yaml.nodes.start);

        must(id > 0);
        to->layer = pack_grow(to->r->a, to->layer, sizeof *to->layer, count - 1, &to->room);
        to->layer[count - 1] = from->layer != NULL ? from->layer[n - from->yaml.nodes.start] : from->own;
        pack_node(to, id)->start_mark = n->start_mark;
        m->full |= count >= NODES_MAX;
        return id;
}

static int new_map(struct merge *m, struct pack_doc *from, const yaml_node_t *n)
{
        return placed(m, yaml_document_add_mapping(&m->to->yaml, NULL, n->data.mapping.style), from, n);
}

static int new_list(struct merge *m, struct pack_doc *from, const yaml_node_t *n)
{
        return placed(m, yaml_document_add_sequence(&m->to->yaml, NULL, n->data.sequence.style), from, n);
}

static int copy(struct merge *m, struct pack_doc *from, const yaml_node_t *n, int depth);

static void copy_pair(struct merge *m, struct pack_doc *from, int map, const yaml_node_pair_t *p, int depth)
{
        int key = copy(m, from, pack_node(from, p->key), depth + 1);
        int value = copy(m, from, pack_node(from, p->value), depth + 1);

        must(yaml_document_append_mapping_pair(&m->to->yaml, map, key, value));
}

static void append(struct merge *m, int list, int id)
{
        must(yaml_document_append_sequence_item(&m->to->yaml, list, id));
}

/* A word in place of what is too deep or too much; the reading says what it thinks of it. */
static int copy(struct merge *m, struct pack_doc *from, const yaml_node_t *n, int depth)
{
        int id;

        if (n->type == YAML_SCALAR_NODE || m->full || depth > DEPTH_MAX) {
                bool is = n->type == YAML_SCALAR_NODE;

                return placed(m, yaml_document_add_scalar(&m->to->yaml, NULL,
                                                          is ? n->data.scalar.value : (const unsigned char *)"?",
                                                          is ? (int)n->data.scalar.length : 1,
                                                          is ? n->data.scalar.style : YAML_PLAIN_SCALAR_STYLE), from, n);
        }
        if (n->type == YAML_MAPPING_NODE) {
                id = new_map(m, from, n);
                for (yaml_node_pair_t *p = n->data.mapping.pairs.start; p < n->data.mapping.pairs.top; p++)
                        copy_pair(m, from, id, p, depth);
                return id;
        }
        id = new_list(m, from, n);
        for (size_t i = 0; i < length(n); i++)
                append(m, id, copy(m, from, item(from, n, i), depth + 1));
        return id;
}

/* ---- merging ---- */

static int merged(struct merge *m, const yaml_node_t *base, const yaml_node_t *over, int depth);

static bool is_ours(const char *name) { return strcmp(name, "gone") == 0 || strcmp(name, "based_on") == 0; }

static void merge_pair(struct merge *m, int map, const yaml_node_pair_t *p, const yaml_node_t *over, int depth)
{
        const yaml_node_t *key = pack_node(m->base, p->key);
        const yaml_node_t *other = scalar(key) != NULL ? field(m->over, over, scalar(key)) : NULL;

        if (scalar(key) != NULL && is_ours(scalar(key)))
                return;
        if (other == NULL) {
                copy_pair(m, m->base, map, p, depth);
                return;
        }
        int k = copy(m, m->base, key, depth + 1);
        must(yaml_document_append_mapping_pair(&m->to->yaml, map, k,
                                               merged(m, pack_node(m->base, p->value), other, depth + 1)));
}

static int merge_maps(struct merge *m, const yaml_node_t *base, const yaml_node_t *over, int depth)
{
        int id = new_map(m, m->over, over);

        for (yaml_node_pair_t *p = base->data.mapping.pairs.start; p < base->data.mapping.pairs.top; p++)
                merge_pair(m, id, p, over, depth);
        for (yaml_node_pair_t *p = over->data.mapping.pairs.start; p < over->data.mapping.pairs.top; p++) {
                const char *name = scalar(pack_node(m->over, p->key));

                if (name == NULL || (!is_ours(name) && field(m->base, base, name) == NULL))
                        copy_pair(m, m->over, id, p, depth);
        }
        return id;
}

/* The entry of that name, or the length of the list. */
static size_t position(struct pack_doc *d, const yaml_node_t *n, const char *by, const char *name)
{
        size_t i = 0;

        while (i < length(n) && strcmp(name_of(d, item(d, n, i), by), name) != 0)
                i++;
        return i;
}

/* Entries of over that are new and stand behind the base's entry `after` (-1: before all). */
static void put_new(struct merge *m, int list, const yaml_node_t *base, const yaml_node_t *over, int64_t after, int depth)
{
        int64_t last = -1;

        for (size_t i = 0; i < length(over); i++) {
                const yaml_node_t *o = item(m->over, over, i);
                size_t at = position(m->base, base, "key", name_of(m->over, o, "key"));

                if (at < length(base))
                        last = (int64_t)at;
                else if (last == after && !gone(m->over, o))
                        append(m, list, copy(m, m->over, o, depth + 1));
        }
}

static int merge_keyed(struct merge *m, const yaml_node_t *base, const yaml_node_t *over, int depth)
{
        int list = new_list(m, m->over, over);

        put_new(m, list, base, over, -1, depth);
        for (size_t i = 0; i < length(base); i++) {
                const yaml_node_t *b = item(m->base, base, i);
                size_t at = position(m->over, over, "key", name_of(m->base, b, "key"));
                const yaml_node_t *o = at < length(over) ? item(m->over, over, at) : NULL;

                if (o == NULL)
                        append(m, list, copy(m, m->base, b, depth + 1));
                else if (!gone(m->over, o))
                        append(m, list, merged(m, b, o, depth + 1));
                put_new(m, list, base, over, (int64_t)i, depth);
        }
        return list;
}

/* All entries of an id that over has take the place of the base's first of that id; new ids come last. */
static int merge_by_id(struct merge *m, const yaml_node_t *base, const yaml_node_t *over, int depth)
{
        int list = new_list(m, m->over, over);

        for (size_t i = 0; i < length(base); i++) {
                const yaml_node_t *b = item(m->base, base, i);
                const char *id = name_of(m->base, b, "id");

                if (position(m->over, over, "id", id) == length(over))
                        append(m, list, copy(m, m->base, b, depth + 1));
                for (size_t k = 0; position(m->base, base, "id", id) == i && k < length(over); k++)
                        if (strcmp(name_of(m->over, item(m->over, over, k), "id"), id) == 0)
                                append(m, list, copy(m, m->over, item(m->over, over, k), depth + 1));
        }
        for (size_t k = 0; k < length(over); k++) {
                const yaml_node_t *o = item(m->over, over, k);

                if (position(m->base, base, "id", name_of(m->over, o, "id")) == length(base))
                        append(m, list, copy(m, m->over, o, depth + 1));
        }
        return list;
}

static int merged(struct merge *m, const yaml_node_t *base, const yaml_node_t *over, int depth)
{
        if (m->full || depth > DEPTH_MAX || base->type != over->type || over->type == YAML_SCALAR_NODE)
                return copy(m, m->over, over, depth);
        if (over->type == YAML_MAPPING_NODE)
                return field(m->over, over, "en") != NULL ? copy(m, m->over, over, depth) : merge_maps(m, base, over, depth);
        if (named(m->base, base, "key") && named(m->over, over, "key"))
                return merge_keyed(m, base, over, depth);
        if (named(m->base, base, "id") && named(m->over, over, "id"))
                return merge_by_id(m, base, over, depth);
        return copy(m, m->over, over, depth);
}

bool pack_merge(struct pack_doc *base, struct pack_doc *over, struct pack_doc *out)
{
        struct merge m = {.to = out, .base = base, .over = over};
        const yaml_node_t *b = yaml_document_get_root_node(&base->yaml);
        const yaml_node_t *o = yaml_document_get_root_node(&over->yaml);

        must(b != NULL && o != NULL);
        must(yaml_document_initialize(&out->yaml, NULL, NULL, NULL, 1, 1));
        merged(&m, b, o, 0);
        return !m.full;
}
