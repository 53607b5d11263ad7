#include "os/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

static struct err file_failed(const char *path)
{
        switch (errno) {
        case ENOENT:
                return FAIL_AT(ERR_ABSENT, "There is no such file", path, "Check the name");
        case EACCES:
        case EPERM:
                return FAIL_AT(ERR_FORBIDDEN, "The file may not be opened", path, "Check its owner and permissions");
        case ENOSPC:
        case EDQUOT:
        case EFBIG:
                return FAIL_AT(ERR_UPSTREAM, "The disk is full", path, "Free some space and try again");
        case EROFS:
                return FAIL_AT(ERR_UPSTREAM, "The disk is read-only", path, "Remount it for writing");
        default:
                return FAIL_AT(ERR_BROKEN, "The file could not be used", path, "See the log");
        }
}

struct err file_read_all(struct arena *a, int fd, size_t max, struct text *out)
{
        size_t room = 65536, n = 0;
        char *p = arena_alloc(a, room + 1);

        for (;;) {
                if (n == room) {
                        char *larger = arena_alloc(a, room * 2 + 1);
                        memcpy(larger, p, n);
                        p = larger;
                        room *= 2;
                }
                ssize_t got = read(fd, p + n, room - n);
                if (got < 0 && errno == EINTR)
                        continue;
                if (got < 0)
                        return file_failed("input");
                if (got == 0)
                        break;
                n += (size_t)got;
                if (n > max)
                        return FAIL(ERR_LIMIT, "The file is too large", "Split it");
        }
        p[n] = 0;
        *out = (struct text) {.p = p, .n = n};
        return OK;
}

struct err file_read(struct arena *a, const char *path, size_t max, struct text *out)
{
        int fd = open(path, O_RDONLY | O_CLOEXEC);

        if (fd < 0)
                return file_failed(path);
        struct err e = file_read_all(a, fd, max, out);
        close(fd);
        if (failed(e))
                e.place = path;
        return e;
}

static bool write_all(int fd, struct text t)
{
        while (t.n) {
                ssize_t n = write(fd, t.p, t.n);
                if (n < 0 && errno != EINTR)
                        return false;
                if (n > 0) {
                        t.p += n;
                        t.n -= (size_t)n;
                }
        }
        return true;
}

static bool sync_folder_of(const char *path)
{
        char folder[4096];
        const char *slash = strrchr(path, '/');

        snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - path) : 1, slash ? path : ".");
        int fd = open(folder[0] ? folder : "/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (fd < 0)
                return false;
        bool ok = fsync(fd) == 0;
        close(fd);
        return ok;
}

struct err file_write(const char *path, struct text content, unsigned mode)
{
        char beside[4096];

        if (snprintf(beside, sizeof beside, "%s.new", path) >= (int)sizeof beside)
                return FAIL_AT(ERR_INVALID, "The file name is too long", path, "Choose a shorter one");
        int fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, (mode_t)mode);
        if (fd < 0)
                return file_failed(path);
        bool ok = write_all(fd, content) && fsync(fd) == 0;
        int kept = errno;
        close(fd);
        errno = kept;
        if (!ok || rename(beside, path) != 0 || !sync_folder_of(path)) {
                kept = errno;
                unlink(beside);
                errno = kept;
                return file_failed(path);
        }
        return OK;
}

struct err file_begin(const char *path, unsigned mode, int *fd)
{
        *fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, (mode_t)mode);
        return *fd < 0 ? file_failed(path) : OK;
}

struct err file_fill(int fd, const char *path, struct text content)
{
        bool ok = write_all(fd, content) && fsync(fd) == 0;
        int kept = errno;

        close(fd);
        errno = kept;
        return ok ? OK : file_failed(path);
}

struct err file_make_folder(const char *path)
{
        char partial[4096];
        size_t n = strlen(path);

        if (n >= sizeof partial)
                return FAIL_AT(ERR_INVALID, "The folder name is too long", path, "Choose a shorter one");
        for (size_t i = 1; i <= n; i++) {
                if (path[i] != '/' && path[i] != 0)
                        continue;
                memcpy(partial, path, i);
                partial[i] = 0;
                if (mkdir(partial, 0700) != 0 && errno != EEXIST)
                        return file_failed(path);
        }
        return OK;
}

int64_t file_free_mib(const char *path)
{
        struct statvfs st;

        if (statvfs(path, &st) != 0)
                return -1;
        return (int64_t)(st.f_bavail / 1024 * st.f_frsize / 1024);
}

struct err file_room(const char *folder, int64_t reserve_mib)
{
        int64_t mib = file_free_mib(folder);

        if (mib >= 0 && mib < reserve_mib)
                return FAIL_AT(ERR_UPSTREAM, "The disk of the server is nearly full", folder,
                               "Ask whoever runs the server to make room, then try again");
        return OK;
}

bool file_exists(const char *path) { return access(path, F_OK) == 0; }

struct err file_size(const char *path, int64_t *out)
{
        struct stat st;

        if (stat(path, &st) != 0)
                return file_failed(path);
        *out = st.st_size;
        return OK;
}

static bool hash_all(int fd, unsigned char out[32])
{
        crypto_generichash_state h;
        unsigned char buffer[65536];
        ssize_t n;

        crypto_generichash_init(&h, NULL, 0, 32);
        while ((n = read(fd, buffer, sizeof buffer)) != 0) {
                if (n < 0 && errno != EINTR)
                        return false;
                if (n > 0)
                        crypto_generichash_update(&h, buffer, (size_t)n);
        }
        crypto_generichash_final(&h, out, 32);
        return true;
}

struct err file_hash(const char *path, unsigned char out[32])
{
        int fd = open(path, O_RDONLY | O_CLOEXEC);

        if (fd < 0)
                return file_failed(path);
        bool ok = hash_all(fd, out);
        int kept = errno;
        close(fd);
        errno = kept;
        return ok ? OK : file_failed(path);
}

struct err file_move(struct arena *a, const char *from, const char *to)
{
        const char *slash = strrchr(to, '/');

        if (slash && slash > to)
                TRY(file_make_folder(arena_dup(a, to, (size_t)(slash - to))));
        if (rename(from, to) != 0 || !sync_folder_of(to) || !sync_folder_of(from))
                return file_failed(to);
        return OK;
}

struct err file_remove(const char *path)
{
        if (unlink(path) != 0)
                return errno == ENOENT ? OK : file_failed(path);
        return sync_folder_of(path) ? OK : file_failed(path);
}

struct err file_space(const char *path, int64_t *bytes, bool *read_only)
{
        struct statvfs st;

        if (statvfs(path, &st) != 0)
                return file_failed(path);
        *bytes = (int64_t)st.f_bavail * (int64_t)st.f_frsize;
        *read_only = (st.f_flag & ST_RDONLY) != 0;
        return OK;
}
