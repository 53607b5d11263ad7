/* Private to content/: what pack.yaml may hold, as data. Add a field here and in docs/packs.md. */
#ifndef TELEMACHUS_CONTENT_PACK_SCHEMA_H
#define TELEMACHUS_CONTENT_PACK_SCHEMA_H

#include "content/pack_parse.h"

enum { PACK_KEY_MAX = 40, PACK_SAY_MAX = 600 };

enum pack_field_kind {
        PACK_F_KEY,             /* struct text */
        PACK_F_INT,             /* int, min .. max */
        PACK_F_BOOL,            /* bool */
        PACK_F_SAY,             /* struct pack_say */
        PACK_F_WORD,            /* an enum, by its words */
        PACK_F_FACTS,           /* uint64_t */
        PACK_F_DATE,            /* struct pack_date */
        PACK_F_OFFSET,          /* struct pack_offset */
        PACK_F_LANGUAGES,       /* unsigned */
        PACK_F_REF,             /* pointer to something declared above */
        PACK_F_LIST,            /* pointer and size_t; min .. max entries of `of`, or keys */
        PACK_F_MAP,             /* a struct inside, `of` */
};

struct pack_words { int n; const char *(*word)(int v); };

struct pack_schema;

struct pack_field {
        const char *name;
        enum pack_field_kind kind;
        bool required;
        size_t offset;
        size_t count;                   /* PACK_F_LIST: where the size_t stands */
        int min, max;
        int otherwise;                  /* PACK_F_WORD, PACK_F_INT: when it is not written */
        const struct pack_words *words;
        const struct pack_schema *of;
        const void *(*find)(const struct pack *p, struct text key);
};

struct pack_schema {
        const char *what;               /* "A phase", begins sentences */
        size_t size;
        size_t n;                       /* at most 64 */
        const struct pack_field *field;
};

extern const struct pack_schema pack_schema_pack;

/* "key, title, from and until". */
const char *pack_schema_names(struct arena *a, const struct pack_schema *schema);
/*
 * Before reading: what holds when nothing is written.  After: sentences and keys that were not are
 * "", not absent.
 */
void pack_schema_begin(const struct pack_schema *schema, char *target);
void pack_schema_finish(const struct pack_schema *schema, char *target);
bool pack_offset_parse(struct text t, struct pack_offset *out);
bool pack_language_of(struct text t, enum locale *out);

#endif
