/* The generated table of sentences (htmlgen writes gen/html/catalogue.c), sorted by English text.
 * Only messages.c reads it. */
#ifndef TELEMACHUS_HTML_CATALOGUE_H
#define TELEMACHUS_HTML_CATALOGUE_H

#include <stddef.h>

struct msg_row { const char *en, *de, *pseudo; };
struct msg_plural_row { const char *one, *other, *de[2], *pseudo[2]; };

extern const struct msg_row msg_rows[];
extern const size_t msg_row_count;
extern const struct msg_plural_row msg_plural_rows[];
extern const size_t msg_plural_row_count;

#endif
