/*
 * XML from outside, read piece by piece as it comes: names without their namespace, text as it stands.
 *
 * Refuses a document type, and with it entities of its own and everything that would be fetched from elsewhere; depth and the
 * length of one tag are bounded.
 *
 * Wrong place? What people write by hand: html/markdown.c.
 */
#ifndef TELEMACHUS_OS_XML_H
#define TELEMACHUS_OS_XML_H

#include <stdbool.h>
#include <stddef.h>

struct xml;

/* attribute: name, value, name, value, NULL; names with their namespace cut off. All of it lives until the call returns. */
struct xml_hooks {
        void (*open)(void *ctx, const char *name, const char **attribute);
        void (*close)(void *ctx, const char *name);
        void (*text)(void *ctx, const char *p, size_t n);
};

/* Owned by the caller, who ends it with xml_free(); NULL when there is no memory. */
struct xml *xml_new(const struct xml_hooks *hooks, void *ctx);
void xml_free(struct xml *x);

/* The next bytes; false when it is no XML, is refused, or a hook has called xml_stop(). */
bool xml_feed(struct xml *x, const char *p, size_t n);
/* Nothing more comes: was it whole? */
bool xml_end(struct xml *x);
/* From a hook: enough has been read. */
void xml_stop(struct xml *x);

/* The value of an attribute; NULL if there is none of that name. */
const char *xml_attribute(const char **attribute, const char *name);

#endif
