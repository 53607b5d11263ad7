/*
 * The packs that ship, as bytes in the program; written into build/gen/content/builtin.c by
 * tools/embed from content/packs.  Sorted by path.
 *
 * Wrong place? The parsed pack: content/pack.h.
 */
#ifndef TELEMACHUS_CONTENT_BUILTIN_H
#define TELEMACHUS_CONTENT_BUILTIN_H

#include <stddef.h>

struct builtin_file {
        const char *path;               /* "nine-months/mails/en/R14.md" */
        const unsigned char *data;
        size_t n;
};

extern const struct builtin_file builtin_files[];
extern const size_t builtin_file_count;
/* content/skills/skills.txt: what people want and offer, read by matching/. */
extern const struct builtin_file builtin_skills;
/* The files of content/holidays, read by holidays.h. */
extern const struct builtin_file builtin_holidays[];
extern const size_t builtin_holiday_count;

#endif
