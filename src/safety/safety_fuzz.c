/* A backup that somebody else has made: any bytes, read to their end or refused with words. */
#include "os/archive.h"
#include "safety/safety_parts.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static const char *file_of(struct arena *a, const uint8_t *p, size_t n, int *fd)
{
        *fd = memfd_create("backup", MFD_CLOEXEC);
        must(*fd >= 0 && write(*fd, p, n) == (ssize_t)n);
        return text_format(a, "/proc/self/fd/%d", *fd).p;
}

static struct err read_members(struct arena *a, struct archive_in *in)
{
        unsigned char hash[ARCHIVE_HASH];
        struct safety_manifest manifest;
        struct archive_member m;
        struct text t;
        bool found;

        for (;;) {
                TRY(archive_next(in, &m, &found));
                if (!found)
                        return OK;
                must(*m.name && *m.name != '/' && !strstr(m.name, "/../"));
                if (strcmp(m.name, SAFETY_MANIFEST) != 0)
                        continue;
                TRY(archive_read(in, a, 1 << 20, &t, hash));
                TRY(safety_manifest_read(a, t, &manifest));
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
        struct arena *a = arena_new((size_t)64 << 20);
        struct archive_in *in;
        int fd;
        struct err e = archive_open(a, file_of(a, p, n, &fd), NULL, &in);

        if (!failed(e)) {
                e = read_members(a, in);
                archive_close(in);
        }
        must(!failed(e) || (e.what && e.next));
        close(fd);
        arena_free(a);
        return 0;
}
