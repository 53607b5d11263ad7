/* Between the files of the roster only. */
#ifndef TELEMACHUS_PROGRAMMES_ROSTER_PARTS_H
#define TELEMACHUS_PROGRAMMES_ROSTER_PARTS_H

#include "base/csv.h"
#include "people/people.h"
#include "programmes/programmes.h"
#include "programmes/roster.h"

/* In the order of roster_choices. */
enum roster_meaning {
        ROSTER_EMAIL, ROSTER_FIRST_NAME, ROSTER_LAST_NAME, ROSTER_NAME, ROSTER_ROLE, ROSTER_BOTH,
                ROSTER_TITLE, ROSTER_GRADE,
        ROSTER_ORGANISATION, ROSTER_DEPARTMENT, ROSTER_TEAM, ROSTER_PROFESSION,
        ROSTER_STAFF_ID, ROSTER_MANAGER_ID, ROSTER_MANAGER_EMAIL, ROSTER_LOCATION,
        ROSTER_TIME_ZONE, ROSTER_LANGUAGES, ROSTER_PHONE, ROSTER_OFFERS, ROSTER_WANTS,
        ROSTER_GOALS, ROSTER_INTERESTS,
        ROSTER_CAPACITY, ROSTER_AVAILABILITY, ROSTER_NOT_WITH, ROSTER_BIOGRAPHY, ROSTER_EXTRA,
        ROSTER_DROP, ROSTER_MEANINGS,
};

static inline bool roster_is_status(enum roster_meaning m) { return m >= ROSTER_TITLE &&
        m <= ROSTER_MANAGER_EMAIL; }

/* ---- roster_columns.c: pure ---- */

bool roster_meaning_of(struct text word, enum roster_meaning *out);
/* A header as it is compared: folded, letters and digits only. */
struct text roster_header_key(struct arena *a, struct text header);
/* Does the header promise special-category data? */
bool roster_is_special(struct arena *a, struct text header);
/* From the header alone: a known column, extra, or drop. */
enum roster_meaning roster_guess(struct arena *a, struct text header);
/*
 * The meaning that a map gives to a header; *found false if it is silent. Invalid with the place
 * when a line of the map has no meaning that we know.
 */
struct err roster_map_find(struct arena *a, struct text map, struct text header, bool *found,
                           enum roster_meaning *out);

/* ---- roster_row.c: pure ---- */

struct roster_addresses { size_t n; struct text *row; };

struct roster_person {
        int64_t line;
        struct text email, key;                 /* key: folded; of facts by staff number "#" and the number */
        struct text manager_id;
        int64_t person;                         /* of facts: who it is; 0: nobody here */
        struct text locale;
        bool mentor, mentee, zone_known;
        int64_t capacity;
        struct people_facts facts;
        struct roster_addresses not_with;       /* folded */
};

struct roster_sheet {
        struct arena *a;
        size_t n_columns;
        const enum roster_meaning *meaning;     /* per column */
        struct roster_report *report;
        size_t problems_room;
        bool role_given, role_mentor, facts;
        int64_t cohort;                         /* of facts; 0: all */
        struct text zone, locale;               /* the cohort's */
};

/* One more line of the report. */
void roster_problem(struct roster_sheet *s, int64_t line, struct text column, struct text value,
                    const char *reason);
/* Reads a row; false when it is bad, which the report then says. */
bool roster_row_read(struct roster_sheet *s, const struct csv_row *row, struct roster_person *out);

/* ---- roster_managers.c ---- */

/* Fills in who is whose manager; rows that cannot be have capacity 0 afterwards, and the report says why. */
struct err roster_managers(struct tx *tx, struct roster_sheet *sheet, struct roster_person *person, size_t n);

/* ---- roster_facts.c ---- */

struct roster_facts {
        struct arena *a;
        struct roster_report *report;
        int64_t cohort;                         /* 0: all */
        size_t changes_room, most, n_changed;
        int64_t *changed;                       /* people */
        struct matching_newer *newer;
};

/* Is a column of that meaning read from a file of facts? */
bool roster_is_fact(enum roster_meaning m);
/* Who it is, if they take part; else person is 0. */
struct err roster_facts_find(struct tx *tx, int64_t cohort, struct roster_person *p);
struct err roster_facts_meet(struct tx *tx, const struct who *who, struct roster_facts *f, struct roster_person *person, size_t n, bool write);

/* ---- roster_write.c ---- */

enum roster_fate { ROSTER_ADDED, ROSTER_UPDATED, ROSTER_UNCHANGED };
struct err roster_write(struct tx *tx, const struct who *who, const struct programmes_cohort *c,
                        const struct roster_person *p,
                        bool write, enum roster_fate *fate);

#endif
