/*
 * Public holidays by country: the table that ships (content/holidays/), and what the organisation adds in holidays.txt in
 * its data folder.  The form of the files is explained at the top of content/holidays/europe.txt.
 *
 * Wrong place? When a letter goes: journeys/journeys_due.h.
 */
#ifndef TELEMACHUS_CONTENT_HOLIDAYS_H
#define TELEMACHUS_CONTENT_HOLIDAYS_H

#include "base/err.h"
#include "base/text.h"

enum { HOLIDAYS_FROM = 2020, HOLIDAYS_UNTIL = 2050, HOLIDAYS_COUNTRIES = 200, HOLIDAYS_RULES = 60, HOLIDAYS_FILE_MOST = 1 << 20 };

struct holidays_rule;
struct holidays_country {
        struct text code, name[2];      /* "DE-BY"; English, German */
        size_t n_rules, n_zones, n;
        struct holidays_rule *rules;
        struct text *zones;
        int64_t *day;                   /* day numbers from HOLIDAYS_FROM to HOLIDAYS_UNTIL, sorted */
};
struct holidays { size_t n; struct holidays_country *row; };

/* Adds a file. Invalid with "file:line" at the first mistake. Pure. */
struct err holidays_read(struct arena *a, const char *file, struct text text, struct holidays *h);
/* The table that ships, and data/holidays.txt where there is one (data NULL: without). */
struct err holidays_load(struct arena *a, const char *data, struct holidays *out);

/* NULL: not in the table. h may be NULL. */
const struct holidays_country *holidays_find(const struct holidays *h, struct text code);
const struct holidays_country *holidays_of_zone(const struct holidays *h, struct text zone);
/* c may be NULL: then no day is one. */
bool holidays_is(const struct holidays_country *c, int64_t day);

#endif
