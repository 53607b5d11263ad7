/*
 * The bytes below an archive: gzip, and around it libsodium's secretstream where there is a
 * passphrase. Private to archive*.c.
 */
#ifndef TELEMACHUS_OS_ARCHIVE_STREAM_H
#define TELEMACHUS_OS_ARCHIVE_STREAM_H

#include "base/err.h"
#include "base/text.h"

#include <sodium.h>
#include <zlib.h>

enum { STREAM_CHUNK = 65536, STREAM_SEALED = STREAM_CHUNK + 17 };

struct stream_seal {
        bool on;
        crypto_secretstream_xchacha20poly1305_state state;
};

struct stream_out {
        int fd;
        z_stream zip;
        struct stream_seal seal;
        unsigned char plain[STREAM_CHUNK];      /* gzipped, to be sealed or written */
        size_t n;
        unsigned char sealed[STREAM_SEALED];
};

struct stream_in {
        int fd;
        z_stream zip;
        bool zip_ended;
        struct stream_seal seal;
        bool last;                              /* the sealed stream has said that it ends */
        unsigned char raw[STREAM_SEALED];
        unsigned char plain[STREAM_CHUNK];
};

/* The kind of failure in errno, with path as its place. */
struct err stream_failed(const char *path);
struct err stream_damaged(const char *path);

/* s->fd is open; both in the arena of the caller. */
struct err stream_begin(struct stream_out *s, const char *path, const char *passphrase);
struct err stream_put(struct stream_out *s, const char *path, const void *p, size_t n);
struct err stream_end(struct stream_out *s, const char *path);
void stream_out_free(struct stream_out *s);

struct err stream_open(struct stream_in *s, const char *path, const char *passphrase);
/* Up to n bytes, fewer only at the end. */
struct err stream_get(struct stream_in *s, const char *path, void *p, size_t n, size_t *got);
/* Nothing may follow, and the end must have been said. */
struct err stream_close(struct stream_in *s, const char *path);
void stream_in_free(struct stream_in *s);

#endif
