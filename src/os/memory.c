#include "os/memory.h"

#include "os/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static struct err map(int fd, const char *path, size_t n, struct memory_file *out)
{
        void *p = mmap(NULL, n, PROT_READ, MAP_PRIVATE, fd, 0);

        if (p == MAP_FAILED)
                return FAIL_AT(ERR_LIMIT, "The file does not fit in memory", path,
                               "Use a larger machine");
        madvise(p, n, MADV_SEQUENTIAL);
        *out = (struct memory_file) {.bytes = {.p = p, .n = n}, .mapped = true};
        return OK;
}

struct err memory_map(struct arena *a, const char *path, struct memory_file *out)
{
        struct stat st;
        struct err e;
        int fd = open(path, O_RDONLY | O_CLOEXEC);

        *out = (struct memory_file) {0};
        if (fd < 0)
                return FAIL_AT(errno == ENOENT ? ERR_ABSENT : ERR_FORBIDDEN,
                               "The file cannot be opened", path, "Check its name and permissions");
        if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0)
                e = map(fd, path, (size_t)st.st_size, out);
        else
                e = file_read_all(a, fd, SIZE_MAX / 4, &out->bytes);
        close(fd);
        return e;
}

void memory_unmap(struct memory_file *f)
{
        if (f->mapped)
                munmap((void *)(uintptr_t)f->bytes.p, f->bytes.n);
        *f = (struct memory_file) {0};
}

int64_t memory_peak_bytes(void)
{
        struct rusage u;

        return getrusage(RUSAGE_SELF, &u) == 0 ? (int64_t)u.ru_maxrss * 1024 : 0;
}

void memory_passed(const void *p, size_t n)
{
        uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
        uintptr_t from = ((uintptr_t)p + page - 1) / page * page, until = ((uintptr_t)p + n) / page * page;

        if (until > from)
                madvise((void *)from, until - from, MADV_DONTNEED);
}
