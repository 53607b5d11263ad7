/* What a gate found, in the reader's language. */
#ifndef TELEMACHUS_PROGRAMMES_PROGRAMMES_FOUND_H
#define TELEMACHUS_PROGRAMMES_PROGRAMMES_FOUND_H

#include "programmes/programmes_rules.h"

struct text programmes_found(struct arena *a, int locale, enum programmes_need need,
                             const struct programmes_facts *f);

#endif
