/*
 * What an organisation has changed in a pack that ships, and how a newer shipped version is laid under it.
 *
 * A change is a file of its own in DATA/packs/NAME.  Beside it, in DATA/packs/NAME/.shipped, lies what shipped when it was
 * made; so three versions of each file are known, and only where both sides have changed is anybody asked.  Nothing that was
 * written here is ever lost: what is replaced goes to DATA/packs/NAME/.kept.
 *
 * Wrong place? Packs as folders: content/pack_io.h.
 */
#ifndef TELEMACHUS_CONTENT_PACK_LOCAL_H
#define TELEMACHUS_CONTENT_PACK_LOCAL_H

#include "content/pack_io.h"

enum pack_change_kind {
        PACK_CHANGED,           /* here, and what ships is still what it was changed from */
        PACK_OUTDATED,          /* not changed here, but a newer one ships: taken by pack_upgrade() */
        PACK_CONFLICT,          /* changed here and in what ships, or it is not known what it was changed from */
};
struct pack_change {
        struct text path;                       /* "mails/en/R14.md" */
        enum pack_change_kind kind;
        struct text mine, shipped, old;         /* absent: there is none, or it is not known */
};
struct pack_change_list { size_t n; struct pack_change *row; };

/* Pure: the three versions of one file, absent where there is none. False: nothing to speak of. */
bool pack_compare(struct text mine, struct text shipped, struct text old, enum pack_change_kind *kind);

/* Of a pack in the data folder against the shipped one of its name; empty where there is no such pair. */
struct err pack_changes(struct arena *a, const char *data, struct text name, struct pack_change_list *out);

/* Takes what is outdated; *taken says how many, *out what is left. */
struct err pack_upgrade(struct arena *a, const char *data, struct text name, size_t *taken, struct pack_change_list *out);

/* The choice about one file: mine is kept (and held against what ships now), or what ships takes its place. Absent: no such change. */
enum pack_choice_of { PACK_KEEP_MINE, PACK_TAKE_SHIPPED };
struct err pack_settle(struct arena *a, const char *data, struct text name, struct text path, enum pack_choice_of choice);

/*
 * Writes one text of a pack, if the pack is in order with it: else invalid, and problems says why.  The text must be one that
 * the pack names.  What ships otherwise is inherited; the same text as shipped takes the change away.
 */
struct err pack_write_text(struct arena *a, const char *data, const struct pack *p, struct text path, struct text text,
                           struct pack_problems *problems);
/* The bytes of a text as they stand in its file; absent if there is none. */
struct text pack_file_text(const struct pack *p, struct text path);

/* The texts that a pack names, one after another: kind is mails, calls, modules, agendas or library. */
struct pack_name { const char *kind; struct text key; };
size_t pack_names(const struct pack *p);
struct pack_name pack_name_at(const struct pack *p, size_t i);

#endif
