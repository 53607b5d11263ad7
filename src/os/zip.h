/* A few files in one ZIP archive, in memory, for people to take along. */
#ifndef TELEMACHUS_OS_ZIP_H
#define TELEMACHUS_OS_ZIP_H

#include "base/err.h"
#include "base/text.h"

struct zip_part { const char *name; struct text content; };

/* Names are UTF-8, with / for folders. out lives in a. */
struct err zip_pack(struct arena *a, const struct zip_part *parts, size_t n, struct text *out);

#endif
