#include "os/archive_stream.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* A sealed file: these bytes, the salt of the passphrase, the head of the secretstream, its chunks. */
static const char SEALED[16] = "telemachus-seal1";

enum { GZIP = 15 + 16, LEVEL = 4 };

struct err stream_failed(const char *path)
{
        switch (errno) {
        case ENOENT:
                return FAIL_AT(ERR_ABSENT, "There is no such file", path, "Check the name");
        case EACCES:
        case EPERM:
                return FAIL_AT(ERR_FORBIDDEN, "The file may not be opened", path,
                               "Check its owner and permissions");
        case ENOSPC:
        case EDQUOT:
        case EFBIG:
                return FAIL_AT(ERR_UPSTREAM, "The disk is full", path,
                               "Free some space and try again");
        case EROFS:
                return FAIL_AT(ERR_UPSTREAM, "The disk is read-only", path,
                               "Remount it for writing");
        case EEXIST:
                return FAIL_AT(ERR_CONFLICT, "There is a file of that name already", path,
                               "Choose another name");
        default:
                return FAIL_AT(ERR_UPSTREAM, "The disk refused this file", path,
                               "Check the disk, then try again");
        }
}

struct err stream_damaged(const char *path)
{
        return FAIL_AT(ERR_BROKEN, "This backup is damaged or was cut short", path,
                       "Use another one; copies may be whole where this one is not");
}

/* ---- the passphrase ---- */

static struct err key_of(const char *passphrase, const unsigned char *salt, unsigned char *key)
{
        if (crypto_pwhash(key, crypto_secretstream_xchacha20poly1305_KEYBYTES, passphrase,
                          strlen(passphrase), salt, crypto_pwhash_OPSLIMIT_MODERATE,
                          crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13) != 0)
                return FAIL(ERR_UPSTREAM, "There is not enough memory for the passphrase",
                            "Free 64 MB and try again");
        return OK;
}

/* ---- writing ---- */

static struct err write_all(int fd, const char *path, const void *p, size_t n)
{
        for (const char *c = p; n;) {
                ssize_t done = write(fd, c, n);
                if (done < 0 && errno != EINTR)
                        return stream_failed(path);
                c += done > 0 ? done : 0;
                n -= done > 0 ? (size_t)done : 0;
        }
        return OK;
}

static struct err begin_seal(struct stream_out *s, const char *path, const char *passphrase)
{
        unsigned char key[crypto_secretstream_xchacha20poly1305_KEYBYTES];
        unsigned char salt[crypto_pwhash_SALTBYTES];
        unsigned char head[crypto_secretstream_xchacha20poly1305_HEADERBYTES];

        randombytes_buf(salt, sizeof salt);
        TRY(key_of(passphrase, salt, key));
        must(crypto_secretstream_xchacha20poly1305_init_push(&s->seal.state, head, key) == 0);
        sodium_memzero(key, sizeof key);
        s->seal.on = true;
        TRY(write_all(s->fd, path, SEALED, sizeof SEALED));
        TRY(write_all(s->fd, path, salt, sizeof salt));
        return write_all(s->fd, path, head, sizeof head);
}

struct err stream_begin(struct stream_out *s, const char *path, const char *passphrase)
{
        must(sodium_init() >= 0);
        must(deflateInit2(&s->zip, LEVEL, Z_DEFLATED, GZIP, 8, Z_DEFAULT_STRATEGY) == Z_OK);
        return passphrase ? begin_seal(s, path, passphrase) : OK;
}

static struct err let_go(struct stream_out *s, const char *path, bool last)
{
        unsigned char tag = last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : 0;
        unsigned long long n;

        if (!s->seal.on) {
                struct err e = write_all(s->fd, path, s->plain, s->n);
                s->n = 0;
                return e;
        }
        must(crypto_secretstream_xchacha20poly1305_push(&s->seal.state, s->sealed, &n, s->plain,
                                                        s->n, NULL, 0, tag) == 0);
        s->n = 0;
        return write_all(s->fd, path, s->sealed, (size_t)n);
}

static struct err squeeze(struct stream_out *s, const char *path, int flush)
{
        int rc;

        do {
                s->zip.next_out = s->plain + s->n;
                s->zip.avail_out = (unsigned)(STREAM_CHUNK - s->n);
                rc = deflate(&s->zip, flush);
                must(rc == Z_OK || rc == Z_STREAM_END || rc == Z_BUF_ERROR);
                s->n = STREAM_CHUNK - s->zip.avail_out;
                if (s->n == STREAM_CHUNK)
                        TRY(let_go(s, path, false));
        } while (flush == Z_FINISH ? rc != Z_STREAM_END : s->zip.avail_in > 0);
        return OK;
}

struct err stream_put(struct stream_out *s, const char *path, const void *p, size_t n)
{
        must(n <= STREAM_CHUNK);
        s->zip.next_in = (unsigned char *)(uintptr_t)p;
        s->zip.avail_in = (unsigned)n;
        return squeeze(s, path, Z_NO_FLUSH);
}

struct err stream_end(struct stream_out *s, const char *path)
{
        TRY(squeeze(s, path, Z_FINISH));
        return let_go(s, path, true);
}

void stream_out_free(struct stream_out *s)
{
        deflateEnd(&s->zip);
        sodium_memzero(&s->seal, sizeof s->seal);
}

/* ---- reading ---- */

static struct err read_up_to(int fd, const char *path, void *p, size_t n, size_t *got)
{
        *got = 0;
        while (*got < n) {
                ssize_t one = read(fd, (char *)p + *got, n - *got);
                if (one == 0)
                        break;
                if (one < 0 && errno != EINTR)
                        return stream_failed(path);
                *got += one > 0 ? (size_t)one : 0;
        }
        return OK;
}

static struct err open_seal(struct stream_in *s, const char *path, const char *passphrase)
{
        unsigned char key[crypto_secretstream_xchacha20poly1305_KEYBYTES];
        struct { unsigned char salt[crypto_pwhash_SALTBYTES],
                 head[crypto_secretstream_xchacha20poly1305_HEADERBYTES]; } h;
        size_t got;

        if (!passphrase)
                return FAIL_AT(ERR_INVALID, "This backup is sealed", path,
                               "Give the file with its passphrase: --passphrase-file FILE");
        TRY(read_up_to(s->fd, path, &h, sizeof h, &got));
        if (got < sizeof h)
                return stream_damaged(path);
        TRY(key_of(passphrase, h.salt, key));
        int rc = crypto_secretstream_xchacha20poly1305_init_pull(&s->seal.state, h.head, key);
        sodium_memzero(key, sizeof key);
        s->seal.on = true;
        return rc == 0 ? OK : stream_damaged(path);
}

static struct err fill_sealed(struct stream_in *s, const char *path)
{
        unsigned char tag;
        unsigned long long n;
        size_t got;

        if (s->last)
                return OK;
        TRY(read_up_to(s->fd, path, s->raw, STREAM_SEALED, &got));
        if (got < crypto_secretstream_xchacha20poly1305_ABYTES)
                return stream_damaged(path);
        if (crypto_secretstream_xchacha20poly1305_pull(&s->seal.state, s->plain, &n, &tag, s->raw,
                                                       got, NULL, 0) != 0)
                return s->zip.total_out == 0 && s->zip.total_in == 0
                        ? FAIL_AT(ERR_INVALID, "The passphrase is not that of this backup", path,
                                  "Check the passphrase file; or the backup is damaged")
                        : stream_damaged(path);
        s->last = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
        s->zip.next_in = s->plain;
        s->zip.avail_in = (unsigned)n;
        return OK;
}

static struct err fill(struct stream_in *s, const char *path)
{
        size_t got;

        if (s->zip.avail_in)
                return OK;
        if (s->seal.on)
                return fill_sealed(s, path);
        TRY(read_up_to(s->fd, path, s->plain, STREAM_CHUNK, &got));
        s->zip.next_in = s->plain;
        s->zip.avail_in = (unsigned)got;
        return OK;
}

struct err stream_open(struct stream_in *s, const char *path, const char *passphrase)
{
        char head[sizeof SEALED];
        size_t got;

        must(sodium_init() >= 0);
        must(inflateInit2(&s->zip, GZIP) == Z_OK);
        TRY(read_up_to(s->fd, path, head, sizeof head, &got));
        if (got == sizeof head && memcmp(head, SEALED, sizeof head) == 0)
                return open_seal(s, path, passphrase);
        memcpy(s->plain, head, got);
        s->zip.next_in = s->plain;
        s->zip.avail_in = (unsigned)got;
        if (got < 2 || s->plain[0] != 0x1f || s->plain[1] != 0x8b)
                return FAIL_AT(ERR_INVALID, "This file is not a backup", path,
                               "Give a file that telemachus backup has made");
        return OK;
}

struct err stream_get(struct stream_in *s, const char *path, void *p, size_t n, size_t *got)
{
        s->zip.next_out = p;
        s->zip.avail_out = (unsigned)n;
        while (s->zip.avail_out && !s->zip_ended) {
                TRY(fill(s, path));
                if (!s->zip.avail_in)
                        return stream_damaged(path);
                int rc = inflate(&s->zip, Z_NO_FLUSH);
                if (rc != Z_OK && rc != Z_STREAM_END)
                        return stream_damaged(path);
                s->zip_ended = rc == Z_STREAM_END;
        }
        *got = n - s->zip.avail_out;
        return OK;
}

struct err stream_close(struct stream_in *s, const char *path)
{
        unsigned char beyond;
        size_t got;

        TRY(stream_get(s, path, &beyond, 1, &got));
        if (got || s->zip.avail_in)
                return stream_damaged(path);
        TRY(fill(s, path));
        return s->zip.avail_in || (s->seal.on && !s->last) ? stream_damaged(path) : OK;
}

void stream_in_free(struct stream_in *s)
{
        inflateEnd(&s->zip);
        sodium_memzero(&s->seal, sizeof s->seal);
}
