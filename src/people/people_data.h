/*
 * Everything held about one person, as sections of records of facts: one list for the page and for
 * the file.
 */
#ifndef TELEMACHUS_PEOPLE_PEOPLE_DATA_H
#define TELEMACHUS_PEOPLE_PEOPLE_DATA_H

#include "base/who.h"
#include "db/db.h"
#include "html/html.h"

struct people_fact {
        const char *key, *label;                /* of the file; of the page, a catalogue key */
        enum { FACT_TEXT, FACT_TIME, FACT_NUMBER } kind;
        struct text text;
        int64_t number;
};
struct people_record { size_t n; struct people_fact *row; };
struct people_section { const char *key, *title; size_t n, room; struct people_record *row; };
/* Written by others in confidence: that it is there, how often, and why it is not given (catalogue keys). */
struct people_back { const char *key, *what, *why; int64_t n; };
struct people_held {
        size_t n; struct people_section *row;
        struct { size_t n; struct people_back row[4]; } back;
};

/* A fact as the page shows it: words of ours in the reader's language, all else as it is. Never NULL. */
struct text people_data_words(struct arena *a, enum locale l, const struct people_fact *f);

/* What such a word of ours is called, as a catalogue key; NULL: it is none. "closed" is "ended". */
const char *people_stored_words(struct text word);

/* Of who asks; facts that are empty are left out, sections too. */
struct err people_held(struct tx *tx, const struct who *who, struct people_held *out);

/*
 * Where each column stands that says which person a row is about, and how it reaches them: the section of the file, or
 * why it is in none; and what erasure does with it. A test holds this against the schema.
 */
enum people_fate { FATE_DELETED, FATE_EMPTIED, FATE_KEPT };    /* kept: a number that no longer names anybody */
struct people_column {
        const char *column;             /* "care_call.person" */
        const char *section;            /* of the file; NULL: why */
        const char *why;
        enum people_fate fate;
};
extern const struct people_column people_columns[];
extern const size_t people_columns_n;

/* A readable page with nothing outside of it, as the reader likes it. */
struct text people_held_html(struct arena *a, const struct page *reader, const struct people_held *held, struct text name);
/* Both in one archive. */
struct err people_held_zip(struct arena *a, const struct page *reader, const struct people_held *held, struct text name,
                           struct text *out);

/* The same as one JSON object; times are UTC seconds. */
struct text people_held_json(struct arena *a, const struct people_held *held);

#endif
