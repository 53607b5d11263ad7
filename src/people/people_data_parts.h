/* Between the files of people_data only: the list as it is written. */
#ifndef TELEMACHUS_PEOPLE_PEOPLE_DATA_PARTS_H
#define TELEMACHUS_PEOPLE_PEOPLE_DATA_PARTS_H

#include "people/people_data.h"

enum { HELD_SECTIONS = 64, HELD_FACTS = 16 };

struct people_held_work {
        struct tx *tx;
        struct arena *a;
        int64_t person;
        struct people_held *held;
        struct people_section *section;
        struct people_record *record;
};

/* A new section, a new record in it, facts in that. Labels and titles are catalogue keys. */
void people_held_section(struct people_held_work *w, const char *key, const char *title);
void people_held_record(struct people_held_work *w);
void people_held_words(struct people_held_work *w, const char *key, const char *label,
                       struct text t);
void people_held_moment(struct people_held_work *w, const char *key, const char *label, int64_t t);
void people_held_moment_if(struct people_held_work *w, const char *key, const char *label,
                           struct opt t);
void people_held_number(struct people_held_work *w, const char *key, const char *label, int64_t n);
void people_held_number_if(struct people_held_work *w, const char *key, const char *label,
                           struct opt n);

/* ---- people_data_rooms.c: what stands in other rooms ---- */
struct err people_held_rooms(struct people_held_work *w);
/* ---- people_data_more.c: what follows from it, and what is held back ---- */
struct err people_held_more(struct people_held_work *w);
struct err people_held_backs(struct people_held_work *w);

#endif
