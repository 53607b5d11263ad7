/*
 * Packs as folders: check one, write one out, take one in.
 *
 * Wrong place? Using a pack: content/pack.h.
 */
#ifndef TELEMACHUS_CONTENT_PACK_IO_H
#define TELEMACHUS_CONTENT_PACK_IO_H

#include "base/out.h"
#include "content/pack.h"

/*
 * One mistake in a pack. Sentences are English (the catalogue is for participants, packs are
 * written by staff).
 */
struct pack_problem {
        /* relative to the pack's folder: "pack.yaml", "mails/en/R14.md" */
        struct text file;
        int line, column;               /* from 1; 0: the file as a whole */
        struct text what;
        struct text remedy;
        bool note;                      /* can be used all the same: a translation is missing */
};

struct pack_problems {
        struct arena *arena;
        size_t n, room;
        struct pack_problem *row;       /* by file, line and column */
};

/*
 * data: the data folder whose packs it may stand on, NULL for those that ship.  Reads the pack in a folder and lists every mistake.  ERR_ABSENT only if the folder cannot be
 * read; a pack with mistakes is OK with problems->n > 0 and *out (if asked for) NULL unless all of
 * them are notes.
 */
struct err pack_check(struct arena *a, const char *folder, const char *data,
                      struct pack_problems *problems, const struct pack **out);

/* "pack.yaml:12:5: what; remedy" lines. */
void pack_problems_print(const struct pack_problems *problems, struct out *o);

/*
 * Writes a pack into dir, which must be new or empty: whole, so that it stands on nothing, or only what its own folder holds.
 */
enum pack_export_how { PACK_WHOLE, PACK_THIN };
struct err pack_export(struct arena *a, const struct pack *p, enum pack_export_how how, const char *dir);

/*
 * Checks the pack in dir and copies it to <data>/packs/NAME.  With mistakes nothing is copied:
 * ERR_INVALID, and problems says which.  A newer version replaces the one that is there; the same
 * or an older one is ERR_CONFLICT.
 */
struct err pack_import(struct arena *a, const char *dir, const char *data,
                       struct pack_problems *problems);
/*
 * The same as one archive; one from outside may hold the pack at its top or in one folder.  *name is the pack that came in.  Texts
 * that were changed on the desk stay in use over a newer version; pack_changes() then asks about those that both changed.
 */
struct err pack_to_zip(struct arena *a, const struct pack *p, enum pack_export_how how, struct text *out);
struct err pack_from_zip(struct arena *a, struct text archive, const char *data, struct pack_problems *problems,
                         struct text *name);
/* Only reads it; *out NULL with mistakes. */
struct err pack_check_zip(struct arena *a, struct text archive, const char *data, struct pack_problems *problems,
                          const struct pack **out);

#endif
