/*
 * What people want and offer, as skills: other words for the same, and what is broader or narrower.
 * The list ships with the program; an organisation adds to it in skills.txt in its data folder.
 *
 *     Leadership | Führung = leading
 *         Leading a team | Ein Team führen = team leadership
 *             Delegating | Delegieren = delegation
 *
 * English and German name, then other words; narrower ones are indented.  A name that is there
 * already is that skill: what follows it or stands below it is added.  '#' begins a comment.
 *
 * Wrong place? How much a neighbour counts: matching_rules.h.
 */
#ifndef TELEMACHUS_MATCHING_SKILLS_H
#define TELEMACHUS_MATCHING_SKILLS_H

#include "base/err.h"
#include "matching/matching_rules.h"

enum { MATCHING_SKILLS_MOST = 20000, MATCHING_SKILLS_FILE_MOST = 1 << 20 };

struct matching_skill { struct text name[2]; int32_t broader; int depth; };    /* English, German; broader -1: a family */
struct matching_skill_word { struct text key; int32_t skill; };

struct matching_skills {
        int32_t n, room;
        struct matching_skill *row;
        /* every name and synonym by its key, open addressing; skill -1: free */
        int32_t n_words, n_slots;
        struct matching_skill_word *slot;
};

/* Adds a file. Invalid with "file:line" at the first mistake; what stood before it is kept. Pure. */
struct err matching_skills_read(struct arena *a, const char *file, struct text text, struct matching_skills *s);

/* Those that ship, and data/skills.txt where there is one. */
struct err matching_skills_load(struct arena *a, const char *data, struct matching_skills *out);

/*
 * The skill that words name: as a whole, else the longest name or synonym that they contain.  -1:
 * none. Case, accents and punctuation do not matter.
 */
int32_t matching_skills_find(const struct matching_skills *s, struct arena *a, struct text words);

struct matching_skill_path matching_skills_path(const struct matching_skills *s, int32_t skill);

/* Without case, accents and punctuation, single spaces between words. */
struct text matching_skills_key(struct arena *a, struct text words);

#endif
