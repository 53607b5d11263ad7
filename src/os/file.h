/* Files, with errors that say which file and what to do. Paths are zero-terminated. */
#ifndef TELEMACHUS_OS_FILE_H
#define TELEMACHUS_OS_FILE_H

#include "base/err.h"
#include "base/text.h"

/* The whole file into the arena. Absent if there is none, limit if it is larger than max bytes. */
struct err file_read(struct arena *a, const char *path, size_t max, struct text *out);

/* Whole or not at all: written beside, synced, renamed over, folder synced. mode as for open(2). */
struct err file_write(const char *path, struct text content, unsigned mode);

/*
 * In two steps, for a command that gives up root's rights in between: opened and emptied, then filled and closed.  file_fill()
 * closes in any case.
 */
struct err file_begin(const char *path, unsigned mode, int *fd);
struct err file_fill(int fd, const char *path, struct text content);

/* mkdir -p with mode 0700 for what is new. */
struct err file_make_folder(const char *path);
bool file_exists(const char *path);

/* Length in bytes; BLAKE2b-256 of the contents. */
struct err file_size(const char *path, int64_t *out);
struct err file_hash(const char *path, unsigned char out[32]);

/* To another name of the same file system, with the folders it needs; both folders reach the disk. */
struct err file_move(struct arena *a, const char *from, const char *to);
/* Gone, and its folder on the disk; none there is no error. */
struct err file_remove(const char *path);

/* Bytes that may still be written where path lies, and whether anything may be at all. */
struct err file_space(const char *path, int64_t *bytes, bool *read_only);

/* Free space where path lies, for an ordinary user, MiB; -1 when it cannot be told. */
int64_t file_free_mib(const char *path);
/* Upstream if a file of any size should not be added to the folder now: less than so many MiB are free. */
struct err file_room(const char *folder, int64_t reserve_mib);

/* Everything on a descriptor until its end, at most max bytes. */
struct err file_read_all(struct arena *a, int fd, size_t max, struct text *out);

#endif
