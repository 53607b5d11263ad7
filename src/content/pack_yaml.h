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
};

static inline struct pack_place pack_node_place(const yaml_node_t *n)
{
        return (struct pack_place) {"pack.yaml", (int)n->start_mark.line + 1,
                                    (int)n->start_mark.column + 1, false};
}

static inline yaml_node_t *pack_node(struct pack_doc *d, int index)
{
        return yaml_document_get_node(&d->yaml, index);
}

#define PACK_WRONG(d, node, remedy, ...) \
        pack_problem_add((d)->r->problems, pack_node_place(node), (remedy), __VA_ARGS__)
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
