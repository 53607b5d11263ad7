/*
 * Private to content/: from files to a struct pack, collecting every mistake on the way.
 *
 * Order of work: pack_files_* (bytes) -> pack_yaml_read (pack.yaml by a declared schema) ->
 * pack_shelf_fill (texts) -> pack_cross_check (what refers to what).  Each adds to the same list of
 * problems and carries on.
 */
#ifndef TELEMACHUS_CONTENT_PACK_PARSE_H
#define TELEMACHUS_CONTENT_PACK_PARSE_H

#include "content/pack_io.h"

/* ---- bytes ---- */

/* path inside the pack: "mails/en/R14.md" */
struct pack_file { struct text path; struct text bytes; };

/* One pack.yaml of a pack that stands on others: how problems call it, and its bytes. */
struct pack_layer { const char *file; struct text bytes; };
enum { PACK_LAYERS_MAX = 4 };

/* by path; pack.yaml and *.md only */
struct pack_files {
        size_t n, room;
        struct pack_file *row;
        /* pack.yaml from the deepest base to the pack's own, set by pack_files_stack() */
        size_t n_layers;
        struct pack_layer layer[PACK_LAYERS_MAX];
        const struct pack_files *own;   /* without those of the base; itself where there is none */
        struct text based_on;           /* "" where there is none */
};

/* Everything of a folder, at most a few megabytes. Absent if it has no pack.yaml. */
struct err pack_files_folder(struct arena *a, const char *folder, struct pack_files *out);
/* The files of one pack that ships; n is 0 if there is none of that name. */
void pack_files_builtin(struct arena *a, struct text name, struct pack_files *out);
/*
 * Puts the files under those of the pack that it names in based_on, and so on down.  A pack based on its own name stands on
 * the one that ships.  data: the folder whose packs/ may be stood on; NULL: only what ships.  What is wrong (no such base, a
 * circle) is added to problems.
 */
struct err pack_files_stack(struct arena *a, const char *data, bool builtin, struct pack_files *files,
                            struct pack_problems *problems);
const struct pack_file *pack_files_find(const struct pack_files *files, const char *path);
void pack_files_digest(const struct pack_files *files, unsigned char digest[PACK_DIGEST_BYTES]);

/* What goes out of a pack. */
struct pack_files pack_files_out(struct arena *a, const struct pack *p, enum pack_export_how how);
/* The members of an archive; one folder around all of it falls away. */
struct zip_part;
void pack_files_parts(struct arena *a, const struct zip_part *parts, size_t n, struct pack_files *out);
/* A folder of ours with everything in it. */
struct err pack_files_remove(struct arena *a, const char *folder);
/*
 * Before a new version p, lying in fresh, takes the place of the pack in old: what was changed on the desk goes into fresh, and
 * where p brings another text than the one it was changed from, that is set beside it to choose.
 */
struct err pack_carry(struct arena *a, const char *old, const char *fresh, const struct pack *p);

/* ---- texts ---- */

enum pack_shelf_kind {
        SHELF_MAIL,
        SHELF_CALL,
        SHELF_MODULE,
        SHELF_AGENDA,
        SHELF_LIBRARY,
        SHELF_KINDS
};

struct pack_shelf_entry {
        enum pack_shelf_kind kind;
        struct text key;
        const struct pack_text *text[LOCALES];
        const struct pack_lesson *lesson[LOCALES];      /* SHELF_MODULE only */
        bool wanted;                                    /* pack.yaml names it */
};

struct pack_shelf {
        struct pack_files files;
        size_t n, room;
        struct pack_shelf_entry *row;
};

/* ---- reading ---- */

/* note: the pack can be used all the same (a translation is missing). */
struct pack_place { const char *file; int line, column; bool note; };
struct pack_mark { const void *of; struct pack_place place; };

/* One reading of one pack. */
struct pack_reading {
        struct arena *a;
        struct pack_problems *problems;
        struct pack *pack;
        struct pack_shelf *shelf;
        size_t n_marks, room_marks;
        /* where in pack.yaml a value stands, by its address in the pack */
        struct pack_mark *marks;
};

/* Adds one problem.  The sentences are copied. */
[[gnu::format(printf, 4, 5)]] void pack_problem_add(struct pack_problems *problems,
                                                    struct pack_place place, const char *remedy,
                                                    const char *what, ...);
/* Where a value of the pack stands in pack.yaml; the file as a whole if it is not written there. */
struct pack_place pack_place_of(const struct pack_reading *r, const void *value);
void pack_mark_add(struct pack_reading *r, const void *value, struct pack_place place);
/* By file, line and column, notes among them. */
void pack_problems_sort(struct pack_problems *problems);
bool pack_problems_stop(const struct pack_problems *problems);

/* pack.yaml, and those of the packs it stands on. */
void pack_yaml_read(struct pack_reading *r);
/* The merged pack.yaml as text, without based_on. */
struct text pack_yaml_whole(struct arena *a, const struct pack_files *files);
/* "based_on" of a pack.yaml, its line and its "name"; absent if it has none or cannot be read. */
struct text pack_yaml_base(struct arena *a, struct text yaml, struct text *name, int *line);
/* Words of the pack, {=months}, filled in; what is unknown is told. */
struct text pack_words_fill(struct pack_reading *r, const char *path, enum locale l, struct text bytes);
void pack_shelf_fill(struct pack_reading *r);
void pack_cross_check(struct pack_reading *r);
void pack_text_check(struct pack_reading *r, const char *path, enum pack_shelf_kind kind,
                     struct text bytes, struct pack_text *out);
void pack_lesson_parse(struct pack_reading *r, const char *path, struct text bytes,
                       const struct pack_text *text, struct pack_lesson *out);
const char *pack_shelf_folder(enum pack_shelf_kind kind);        /* "mails" */
struct pack_shelf_entry *pack_shelf_find(const struct pack_shelf *s, enum pack_shelf_kind kind,
                                         struct text key);

/* All of it: problems sorted; *out NULL when one of them stops. */
void pack_read(struct arena *a, struct pack_files files, struct pack_problems *problems,
               const struct pack **out);

/* Growing arrays in an arena: room doubles, what was there is copied. */
void *pack_grow(struct arena *a, void *rows, size_t size, size_t n, size_t *room);

#endif
