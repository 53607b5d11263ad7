/*
 * Many files in one: a tar archive, gzipped, and if wanted sealed with a passphrase. What is written
 * here unsealed can be opened with `tar xzf` by anybody who has to.
 *
 * Written beside, synced, renamed: a file of the final name is whole. Read by streaming, with every
 * name and length distrusted.
 *
 * Wrong place? What belongs into a backup: safety/.  One small file: os/file.h.
 */
#ifndef TELEMACHUS_OS_ARCHIVE_H
#define TELEMACHUS_OS_ARCHIVE_H

#include "base/err.h"
#include "base/text.h"

enum { ARCHIVE_HASH = 32 };             /* BLAKE2b-256 */

struct archive_out;
struct archive_in;

/* Called now and then with how many bytes of contents have passed; NULL: never. */
typedef void archive_tick_fn(void *in, int64_t bytes);

/*
 * Begins PATH.partial, mode 0600. passphrase NULL: not sealed. Lives in a; ended by archive_finish()
 * or archive_give_up().
 */
struct err archive_create(struct arena *a, const char *path, const char *passphrase,
                          struct archive_out **out);
void archive_watch(struct archive_out *o, archive_tick_fn *tick, void *in);

/* A member; names are relative, at most 250 bytes. hash gets that of its contents. */
struct err archive_add(struct archive_out *o, const char *name, struct text content,
                       unsigned char hash[ARCHIVE_HASH]);
/* As many bytes as the file has when this begins; conflict when it becomes shorter meanwhile. */
struct err archive_add_file(struct archive_out *o, const char *name, const char *path,
                            unsigned char hash[ARCHIVE_HASH], int64_t *size);

/* The file gets its name, after all of it has reached the disk. Conflict if the name is taken. */
struct err archive_finish(struct archive_out *o);
void archive_give_up(struct archive_out *o);

/* Finds out by itself whether it is sealed; invalid without a passphrase then, or with a wrong one. */
struct err archive_open(struct arena *a, const char *path, const char *passphrase,
                        struct archive_in **out);
void archive_close(struct archive_in *in);

struct archive_member {
        const char *name;               /* relative, without ".." or empty parts */
        int64_t size;
};

/*
 * The next member; *found false at the end of the archive, which is then known to be complete. What
 * was not read of the member before is passed over.
 */
struct err archive_next(struct archive_in *in, struct archive_member *m, bool *found);
/* The whole member, at most max bytes, into a. */
struct err archive_read(struct archive_in *in, struct arena *a, size_t max, struct text *out,
                        unsigned char hash[ARCHIVE_HASH]);
/* The whole member as a new file, mode 0600. */
struct err archive_extract(struct archive_in *in, const char *path,
                           unsigned char hash[ARCHIVE_HASH]);

#endif
