/*
 * Everything held about one person, as sections of records of facts: one list for the page and for
 * the file.
 */
#ifndef TELEMACHUS_PEOPLE_PEOPLE_DATA_H
#define TELEMACHUS_PEOPLE_PEOPLE_DATA_H

#include "base/who.h"
#include "db/db.h"

struct people_fact {
        const char *key, *label;                /* of the file; of the page, a catalogue key */
        enum { FACT_TEXT, FACT_TIME, FACT_NUMBER } kind;
        struct text text;
        int64_t number;
};
struct people_record { size_t n; struct people_fact *row; };
struct people_section { const char *key, *title; size_t n, room; struct people_record *row; };
struct people_held { size_t n; struct people_section *row; };

/* Of who asks; facts that are empty are left out, sections too. */
struct err people_held(struct tx *tx, const struct who *who, struct people_held *out);

/* The same as one JSON object; times are UTC seconds. */
struct text people_held_json(struct arena *a, const struct people_held *held);

#endif
