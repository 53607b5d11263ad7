/*
 * Private to content/: a document of libyaml while it is read.  Maps and lists: pack_yaml.c; single
 * values: pack_value.c.
 */
#ifndef TELEMACHUS_CONTENT_PACK_YAML_H
#define TELEMACHUS_CONTENT_PACK_YAML_H

#include "content/pack_schema.h"

#include <yaml.h>

struct pack_doc {
        struct pack_reading *r;
        yaml_document_t yaml;
        /* a merged document: which pack.yaml each node comes from, an index into the reading's layers */
        unsigned char *layer;
        size_t room;
        unsigned char own;              /* of all nodes where layer is NULL */
};

static inline struct pack_place pack_node_place(const struct pack_doc *d, const yaml_node_t *n)
{
        int layer = d->layer != NULL ? d->layer[n - d->yaml.nodes.start] : d->own;

        return (struct pack_place) {d->r->shelf->files.layer[layer].file, (int)n->start_mark.line + 1,
                                    (int)n->start_mark.column + 1, false};
}

/*
 * The base with what over says differently (pack_merge.c), as a document of its own.  False when aliases blow it up beyond
 * any pack; it can be read and must be deleted all the same.
 */
bool pack_merge(struct pack_doc *base, struct pack_doc *over, struct pack_doc *out);

static inline yaml_node_t *pack_node(struct pack_doc *d, int index)
{
        return yaml_document_get_node(&d->yaml, index);
}

#define PACK_WRONG(d, node, remedy, ...) \
        pack_problem_add((d)->r->problems, pack_node_place((d), (node)), (remedy), __VA_ARGS__)
#define PACK_REMEDY(d, ...) (text_format((d)->r->a, __VA_ARGS__).p)

/*
 * A view of a scalar, false (and told) if the node is none.  libyaml ends it with a zero byte, but
 * the document goes away, so what is kept is copied.
 */
bool pack_scalar(struct pack_doc *d, const yaml_node_t *n, const char *name, struct text *out);

/* One value into its place; at a mistake the place keeps what it had. */
void pack_value_read(struct pack_doc *d, const yaml_node_t *n, const struct pack_field *f,
                     void *at);

#endif
