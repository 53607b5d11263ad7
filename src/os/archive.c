/* Writing and reading tar (POSIX ustar; lengths above 8 GiB as GNU tar writes them). */
#include "os/archive.h"

#include "os/archive_stream.h"
#include "os/clock.h"
#include "os/process.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK = 512, NAME_MAX_BYTES = 250, TICK_BYTES = 1 << 20 };

struct tar_head {
        char name[100], mode[8], uid[8], gid[8], size[12], mtime[12], sum[8], type, link[100],
                magic[6], version[2], user[32], group[32], major[8], minor[8], prefix[155], pad[12];
};
_Static_assert(sizeof(struct tar_head) == BLOCK, "a tar header is one block");

static const unsigned char zeros[2 * BLOCK];

struct archive_out {
        const char *path, *partial;
        struct stream_out stream;
        archive_tick_fn *tick;
        void *tick_in;
        int64_t passed, told;
        unsigned char buffer[STREAM_CHUNK];
};

/* ---- heads ---- */

static bool split_name(const char *name, struct tar_head *h)
{
        size_t n = strlen(name);

        if (n <= sizeof h->name) {
                memcpy(h->name, name, n);
                return true;
        }
        for (size_t i = n - sizeof h->name - 1; i < n && i <= sizeof h->prefix; i++)
                if (name[i] == '/' && n - i - 1 <= sizeof h->name && n - i - 1 > 0) {
                        memcpy(h->prefix, name, i);
                        memcpy(h->name, name + i + 1, n - i - 1);
                        return true;
                }
        return false;
}

static void put_octal(char *field, size_t n, uint64_t v)
{
        char digits[32];

        snprintf(digits, sizeof digits, "%0*llo", (int)n - 1, (unsigned long long)v);
        memcpy(field, digits, n);
}

static void put_size(char field[12], uint64_t v)
{
        if (v < UINT64_C(1) << 33) {
                put_octal(field, 12, v);
                return;
        }
        memset(field, 0, 12);
        field[0] = (char)0x80;
        for (int i = 11; v; i--, v >>= 8)
                field[i] = (char)v;
}

static unsigned sum_of(const struct tar_head *h)
{
        struct tar_head blank = *h;
        unsigned sum = 0;

        memset(blank.sum, ' ', sizeof blank.sum);
        for (size_t i = 0; i < sizeof blank; i++)
                sum += ((const unsigned char *)&blank)[i];
        return sum;
}

static struct err put_head(struct archive_out *o, const char *name, int64_t size)
{
        struct tar_head h = {.type = '0', .magic = "ustar", .version = {'0', '0'}};

        if (strlen(name) > NAME_MAX_BYTES || !split_name(name, &h))
                return FAIL_AT(ERR_INVALID, "A file has too long a name for a backup", name,
                               "Give it a shorter one");
        put_octal(h.mode, sizeof h.mode, 0600);
        put_octal(h.uid, sizeof h.uid, 0);
        put_octal(h.gid, sizeof h.gid, 0);
        put_size(h.size, (uint64_t)size);
        put_octal(h.mtime, sizeof h.mtime, (uint64_t)clock_seconds());
        snprintf(h.sum, sizeof h.sum, "%06o", sum_of(&h));
        h.sum[7] = ' ';
        return stream_put(&o->stream, o->path, &h, sizeof h);
}

static struct err put_padding(struct archive_out *o, int64_t size)
{
        size_t over = (size_t)(size % BLOCK);

        return over ? stream_put(&o->stream, o->path, zeros, BLOCK - over) : OK;
}

/* ---- writing ---- */

struct err archive_create(struct arena *a, const char *path, const char *passphrase,
                          struct archive_out **out)
{
        struct archive_out *o = arena_new_of(a, struct archive_out);
        struct stat st;

        o->path = arena_dup(a, path, strlen(path));
        o->partial = text_format(a, "%s.partial", path).p;
        if (stat(path, &st) == 0) {
                errno = EEXIST;
                return stream_failed(o->path);
        }
        unlink(o->partial);             /* of one that was killed */
        o->stream.fd = open(o->partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (o->stream.fd < 0)
                return stream_failed(o->path);
        struct err e = stream_begin(&o->stream, o->path, passphrase);
        if (failed(e))
                archive_give_up(o);
        else
                *out = o;
        return e;
}

void archive_watch(struct archive_out *o, archive_tick_fn *tick, void *in)
{
        o->tick = tick;
        o->tick_in = in;
}

static struct err tick(struct archive_out *o, size_t n)
{
        if (process_ending())
                return FAIL(ERR_BUSY, "The program is ending", "It is done at its next start");
        o->passed += (int64_t)n;
        if (o->tick && o->passed - o->told >= TICK_BYTES) {
                o->told = o->passed;
                o->tick(o->tick_in, o->passed);
        }
        return OK;
}

struct err archive_add(struct archive_out *o, const char *name, struct text content,
                       unsigned char hash[ARCHIVE_HASH])
{
        must(content.n <= INT32_MAX);
        must(crypto_generichash(hash, ARCHIVE_HASH, (const unsigned char *)content.p, content.n,
                                NULL, 0) == 0);
        TRY(put_head(o, name, (int64_t)content.n));
        for (size_t at = 0; at < content.n; at += STREAM_CHUNK)
                TRY(stream_put(&o->stream, o->path, content.p + at,
                               content.n - at < STREAM_CHUNK ? content.n - at : STREAM_CHUNK));
        TRY(tick(o, content.n));
        return put_padding(o, (int64_t)content.n);
}

static struct err copy_file(struct archive_out *o, int fd, const char *path, int64_t size,
                            unsigned char hash[ARCHIVE_HASH])
{
        crypto_generichash_state h;

        crypto_generichash_init(&h, NULL, 0, ARCHIVE_HASH);
        for (int64_t left = size; left;) {
                ssize_t n = read(fd, o->buffer, left < STREAM_CHUNK ? (size_t)left : STREAM_CHUNK);
                if (n < 0 && errno == EINTR)
                        continue;
                if (n < 0)
                        return stream_failed(path);
                if (n == 0)
                        return FAIL_AT(ERR_CONFLICT, "A file became shorter while it was copied",
                                       path, "Try again");
                crypto_generichash_update(&h, o->buffer, (size_t)n);
                TRY(stream_put(&o->stream, o->path, o->buffer, (size_t)n));
                TRY(tick(o, (size_t)n));
                left -= n;
        }
        crypto_generichash_final(&h, hash, ARCHIVE_HASH);
        return put_padding(o, size);
}

struct err archive_add_file(struct archive_out *o, const char *name, const char *path,
                            unsigned char hash[ARCHIVE_HASH], int64_t *size)
{
        int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
        struct stat st;

        if (fd < 0 || fstat(fd, &st) != 0) {
                struct err e = stream_failed(path);
                if (fd >= 0)
                        close(fd);
                return e;
        }
        *size = st.st_size;
        struct err e = put_head(o, name, *size);
        if (!failed(e))
                e = copy_file(o, fd, path, *size, hash);
        close(fd);
        return e;
}

static bool sync_folder_of(const char *path)
{
        char folder[4096];
        const char *slash = strrchr(path, '/');

        snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - path) + 1 : 1,
                 slash ? path : ".");
        int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        bool done = fd >= 0 && fsync(fd) == 0;
        if (fd >= 0)
                close(fd);
        return done;
}

static struct err finish(struct archive_out *o)
{
        TRY(stream_put(&o->stream, o->path, zeros, sizeof zeros));
        TRY(stream_end(&o->stream, o->path));
        if (fsync(o->stream.fd) != 0)
                return stream_failed(o->path);
        if (renameat2(AT_FDCWD, o->partial, AT_FDCWD, o->path, RENAME_NOREPLACE) != 0 &&
            (errno != EINVAL || rename(o->partial, o->path) != 0))
                return stream_failed(o->path);
        return sync_folder_of(o->path) ? OK : stream_failed(o->path);
}

struct err archive_finish(struct archive_out *o)
{
        struct err e = finish(o);

        if (failed(e)) {
                archive_give_up(o);
                return e;
        }
        stream_out_free(&o->stream);
        close(o->stream.fd);
        return OK;
}

void archive_give_up(struct archive_out *o)
{
        stream_out_free(&o->stream);
        close(o->stream.fd);
        unlink(o->partial);
}

/* ---- reading ---- */

struct archive_in {
        const char *path;
        struct stream_in stream;
        int64_t left;                   /* of the member */
        size_t padding;
        char name[260];
        unsigned char buffer[STREAM_CHUNK];
};

struct err archive_open(struct arena *a, const char *path, const char *passphrase,
                        struct archive_in **out)
{
        struct archive_in *in = arena_new_of(a, struct archive_in);

        in->path = arena_dup(a, path, strlen(path));
        in->stream.fd = open(path, O_RDONLY | O_CLOEXEC);
        if (in->stream.fd < 0)
                return stream_failed(in->path);
        struct err e = stream_open(&in->stream, in->path, passphrase);
        if (failed(e))
                archive_close(in);
        else
                *out = in;
        return e;
}

void archive_close(struct archive_in *in)
{
        stream_in_free(&in->stream);
        close(in->stream.fd);
}

/* Exactly n bytes. */
static struct err take(struct archive_in *in, void *p, size_t n)
{
        size_t got;

        TRY(stream_get(&in->stream, in->path, p, n, &got));
        return got == n ? OK : stream_damaged(in->path);
}

static bool get_octal(const char *field, size_t n, int64_t *out)
{
        *out = 0;
        for (size_t i = 0; i < n && field[i] && field[i] != ' '; i++) {
                if (field[i] < '0' || field[i] > '7' || *out > INT64_MAX >> 4)
                        return false;
                *out = *out << 3 | (field[i] - '0');
        }
        return true;
}

static bool get_size(const char field[12], int64_t *out)
{
        if ((unsigned char)field[0] != 0x80)
                return get_octal(field, 12, out);
        *out = 0;
        for (int i = 1; i < 12; i++) {
                if (*out >> 55)
                        return false;
                *out = *out << 8 | (unsigned char)field[i];
        }
        return true;
}

/* A name that stays below the folder it is unpacked into. */
static bool is_tame(const char *name)
{
        if (!*name || *name == '/' || name[strlen(name) - 1] == '/')
                return false;
        for (const char *p = name; p; p = strchr(p, '/')) {
                p += *p == '/';
                size_t n = strcspn(p, "/");
                if (n == 0 || (n == 1 && p[0] == '.') || (n == 2 && p[0] == '.' && p[1] == '.'))
                        return false;
        }
        for (const char *p = name; *p; p++)
                if ((unsigned char)*p < 0x20 || *p == '\\' || *p == 0x7f)
                        return false;
        return true;
}

static struct err read_head(struct archive_in *in, const struct tar_head *h)
{
        int64_t sum;

        if (memcmp(h->magic, "ustar", 5) != 0 || h->type != '0' || !get_octal(h->sum, 8, &sum) ||
            sum != (int64_t)sum_of(h) || !get_size(h->size, &in->left))
                return stream_damaged(in->path);
        snprintf(in->name, sizeof in->name, "%.155s%s%.100s", h->prefix, h->prefix[0] ? "/" : "",
                 h->name);
        if (!is_tame(in->name))
                return stream_damaged(in->path);
        in->padding = (size_t)((BLOCK - in->left % BLOCK) % BLOCK);
        return OK;
}

static struct err pass_over(struct archive_in *in)
{
        while (in->left) {
                size_t n = in->left < STREAM_CHUNK ? (size_t)in->left : STREAM_CHUNK;
                TRY(take(in, in->buffer, n));
                in->left -= (int64_t)n;
        }
        if (in->padding)
                TRY(take(in, in->buffer, in->padding));
        in->padding = 0;
        return OK;
}

struct err archive_next(struct archive_in *in, struct archive_member *m, bool *found)
{
        union { struct tar_head head; unsigned char byte[BLOCK]; } u;

        TRY(pass_over(in));
        TRY(take(in, &u, BLOCK));
        *found = memcmp(u.byte, zeros, BLOCK) != 0;
        if (*found) {
                TRY(read_head(in, &u.head));
                *m = (struct archive_member) {in->name, in->left};
                return OK;
        }
        TRY(take(in, &u, BLOCK));
        if (memcmp(u.byte, zeros, BLOCK) != 0)
                return stream_damaged(in->path);
        return stream_close(&in->stream, in->path);
}

struct err archive_read(struct archive_in *in, struct arena *a, size_t max, struct text *out,
                        unsigned char hash[ARCHIVE_HASH])
{
        if (in->left > (int64_t)max)
                return stream_damaged(in->path);
        size_t n = (size_t)in->left;
        char *p = arena_alloc(a, n + 1);
        TRY(take(in, p, n));
        in->left = 0;
        must(crypto_generichash(hash, ARCHIVE_HASH, (unsigned char *)p, n, NULL, 0) == 0);
        *out = (struct text) {p, n};
        return OK;
}

static struct err write_out(struct archive_in *in, int fd, const char *path,
                            unsigned char hash[ARCHIVE_HASH])
{
        crypto_generichash_state h;

        crypto_generichash_init(&h, NULL, 0, ARCHIVE_HASH);
        while (in->left) {
                size_t n = in->left < STREAM_CHUNK ? (size_t)in->left : STREAM_CHUNK;
                TRY(take(in, in->buffer, n));
                crypto_generichash_update(&h, in->buffer, n);
                for (size_t at = 0; at < n;) {
                        ssize_t done = write(fd, in->buffer + at, n - at);
                        if (done < 0 && errno != EINTR)
                                return stream_failed(path);
                        at += done > 0 ? (size_t)done : 0;
                }
                in->left -= (int64_t)n;
        }
        crypto_generichash_final(&h, hash, ARCHIVE_HASH);
        return fsync(fd) == 0 ? OK : stream_failed(path);
}

struct err archive_extract(struct archive_in *in, const char *path,
                           unsigned char hash[ARCHIVE_HASH])
{
        int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

        if (fd < 0)
                return stream_failed(path);
        struct err e = write_out(in, fd, path, hash);
        close(fd);
        return e;
}
