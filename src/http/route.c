/* Paths to rows: a tree of segments, literal ones before :parts, built once and then only read. */
#include "http/http_inside.h"

#include <stdio.h>
#include <string.h>

struct node {
        struct text literal;            /* of a :part: what follows the name, ".ics" */
        struct node *children;          /* literals */
        struct node *parts;             /* :parts, the longest suffix first */
        struct node *next;
        const struct entry *entry[2];   /* by enum method */
};

struct router {
        struct node root;
        size_t n;
        struct entry *entries;
};

static bool is_name_char(char c) { return (c >= 'a' && c <= 'z') || c == '_'; }

/* ":token.ics" is the name "token" and the suffix ".ics". */
static void split_part(struct text segment, struct text *name, struct text *suffix)
{
        size_t n = 1;

        while (n < segment.n && is_name_char(segment.p[n]))
                n++;
        *name = (struct text) {segment.p + 1, n - 1};
        *suffix = (struct text) {segment.p + n, segment.n - n};
}

static struct node *child(struct arena *a, struct node **list, struct text literal)
{
        struct node **at = list;

        while (*at && !text_equal((*at)->literal, literal) && (*at)->literal.n >= literal.n)
                at = &(*at)->next;
        if (*at && text_equal((*at)->literal, literal))
                return *at;
        struct node *n = arena_new_of(a, struct node);
        n->literal = literal;
        n->next = *at;
        *at = n;
        return n;
}

static void add(struct router *r, struct arena *a, struct entry *e)
{
        struct node *at = &r->root;
        struct text rest = text_of(e->route->path);

        must(text_starts(rest, "/"));
        text_cut(rest, '/', &rest);
        while (rest.p) {
                struct text segment = text_cut(rest, '/', &rest);
                if (segment.n && segment.p[0] == ':') {
                        struct text suffix;
                        must(e->n_names < PARTS_MAX);
                        split_part(segment, &e->name[e->n_names++], &suffix);
                        at = child(a, &at->parts, suffix);
                } else {
                        at = child(a, &at->children, segment);
                }
        }
        if (at->entry[e->route->method])
                fprintf(stderr, "telemachus: two routes for %s\n", e->route->path);
        must(!at->entry[e->route->method]);
        at->entry[e->route->method] = e;
}

static bool has_name(const struct entry *e, struct text name)
{
        for (size_t i = 0; i < e->n_names; i++)
                if (text_equal(e->name[i], name))
                        return true;
        return false;
}

static void join_back(struct router *r, struct entry *e)
{
        if (!e->route->back)
                return;
        for (size_t i = 0; i < r->n && !e->back; i++)
                if (r->entries[i].route->method == GET &&
                    strcmp(r->entries[i].route->path, e->route->back) == 0)
                        e->back = &r->entries[i];
        if (!e->back)
                fprintf(stderr, "telemachus: %s goes back to %s, which no GET route shows\n",
                        e->route->path, e->route->back);
        must(e->back);
        for (size_t i = 0; i < e->back->n_names; i++)
                must(has_name(e, e->back->name[i]));
}

struct router *router_new(struct arena *a, const struct route_table *const *tables, size_t n)
{
        struct router *r = arena_new_of(a, struct router);
        size_t all = 0;

        for (size_t i = 0; i < n; i++)
                all += tables[i]->n;
        r->entries = arena_array(a, struct entry, all + 1);
        for (size_t i = 0; i < n; i++) {
                for (size_t k = 0; k < tables[i]->n; k++) {
                        struct entry *e = &r->entries[r->n];
                        e->route = &tables[i]->rows[k];
                        e->index = r->n++;
                        add(r, a, e);
                }
        }
        for (size_t i = 0; i < r->n; i++)
                join_back(r, &r->entries[i]);
        return r;
}

static const struct node *walk(const struct node *at, struct text rest, enum method method,
                               size_t depth, struct match *m)
{
        if (!rest.p) {
                if (!at->entry[method] && at->entry[!method])
                        m->other_method = true;
                return at->entry[method] ? at : NULL;
        }
        struct text after, segment = text_cut(rest, '/', &after);
        for (const struct node *n = at->children; n; n = n->next) {
                if (text_equal(n->literal, segment)) {
                        const struct node *found = walk(n, after, method, depth, m);
                        if (found)
                                return found;
                        break;
                }
        }
        for (const struct node *n = at->parts; n && depth < PARTS_MAX; n = n->next) {
                size_t suffix = n->literal.n;
                if (segment.n <= suffix ||
                    memcmp(segment.p + segment.n - suffix, n->literal.p, suffix) != 0)
                        continue;
                const struct node *found = walk(n, after, method, depth + 1, m);
                if (found) {
                        m->part[depth] = (struct text) {segment.p, segment.n - suffix};
                        return found;
                }
        }
        return NULL;
}

void router_find(const struct router *r, enum method method, struct text path, struct match *out)
{
        struct text rest;

        out->entry = NULL;
        out->other_method = false;
        if (path.n == 0 || path.p[0] != '/')
                return;
        text_cut(path, '/', &rest);
        const struct node *n = walk(&r->root, rest, method, 0, out);
        if (n)
                out->entry = n->entry[method];
}

size_t router_count(const struct router *r) { return r->n; }
const struct entry *router_entry(const struct router *r, size_t i) { return &r->entries[i]; }
