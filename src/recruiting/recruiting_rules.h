/* What recruiting/ decides on plain values. */
#ifndef TELEMACHUS_RECRUITING_RECRUITING_RULES_H
#define TELEMACHUS_RECRUITING_RECRUITING_RULES_H

#include "recruiting/recruiting.h"

struct recruiting_door_facts {
        bool gate_passed, over;         /* over: the cohort has come to its end */
        struct text taking;
        int64_t today, opens_day, closes_day;
        int64_t mentees, size;
};
enum recruiting_door recruiting_door_of(const struct recruiting_door_facts *f);

/* May somebody write an application, or send it? */
static inline bool recruiting_is_open(enum recruiting_door d) { return d == DOOR_OPEN || d == DOOR_FULL; }

/*
 * "Ana Lima <ana@example.org>", "ana@example.org", "ana.lima@example.org Ana Lima".  False: there is no address
 * in it. A missing name is taken from the address: ana.lima gives Ana Lima.
 */
struct recruiting_addressee { struct text email, first_name, last_name; };
bool recruiting_read_addressee(struct arena *a, struct text line, struct recruiting_addressee *out);

/*
 * The order of a draw: place[k] is the index of who comes k-th.  By the BLAKE2b-256 of "SEED:ID" in
 * hexadecimal digits, so that anybody can repeat it:  printf %s SEED:ID | b2sum -l 256
 */
void recruiting_order(struct arena *a, struct text seed, const int64_t *id, size_t n, size_t *place);

/* Up to four answers, the most important first, as one text with a line each; empty ones are left out. */
enum { RECRUITING_SKILLS = 4 };
struct text recruiting_join(struct arena *a, const struct text skill[RECRUITING_SKILLS]);
/* The other way round; what a roster separated by semicolons is taken apart as well. More than four: the last one has the rest. */
void recruiting_split(struct arena *a, struct text lines, struct text skill[RECRUITING_SKILLS]);

/* The first screen that lacks something, 0: none; *field and *what say what. */
int recruiting_lacks(const struct recruiting_application *p, enum recruiting_screen screen, const char **field,
                     const char **what);

/* Whether staff may still do that with an application in this state. */
bool recruiting_undecided(struct text state);

#endif
