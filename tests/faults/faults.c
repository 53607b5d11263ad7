/*
 * Loaded into the very program that ships (LD_PRELOAD) by tests/lib/faults.mjs: the N-th call of a kind fails, once, and
 * the machine's clock can be set. What to do stands in a file that both have mapped; without it all calls go through.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum kind { NONE, DB, ALLOC, WRITE, SYNC, SEND, KINDS };

struct control {
        _Atomic int64_t clock_offset;   /* seconds */
        _Atomic int32_t kind;           /* enum kind; NONE: nothing fails */
        _Atomic int32_t left;           /* calls until the one that fails */
        _Atomic int32_t fired;
        _Atomic int32_t flavour;        /* which error */
        _Atomic int32_t count[KINDS];   /* calls seen */
};

static struct control *control;

static __attribute__((constructor)) void begin(void)
{
        const char *path = getenv("FAULTS_CONTROL");
        int fd = path ? open(path, O_RDWR | O_CLOEXEC) : -1;

        if (fd < 0)
                return;
        void *p = mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
        close(fd);
        if (p != MAP_FAILED)
                control = p;
}

static int fails(enum kind kind)
{
        if (!control)
                return 0;
        atomic_fetch_add(&control->count[kind], 1);
        if (atomic_load(&control->kind) != (int)kind || atomic_fetch_sub(&control->left, 1) != 1)
                return 0;
        atomic_store(&control->kind, NONE);
        atomic_store(&control->fired, 1);
        return 1;
}

static int flavour(int n) { return atomic_load(&control->flavour) % n; }

#define REAL(name) \
        static __typeof__(name) *real; \
        if (!real) \
                real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

/* ---- the clock ---- */

int clock_gettime(clockid_t id, struct timespec *t)
{
        REAL(clock_gettime);
        int rc = real(id, t);
        if (rc == 0 && control && (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE))
                t->tv_sec += atomic_load(&control->clock_offset);
        return rc;
}

time_t time(time_t *out)
{
        struct timespec t;

        clock_gettime(CLOCK_REALTIME, &t);
        if (out)
                *out = t.tv_sec;
        return t.tv_sec;
}

int gettimeofday(struct timeval *restrict tv, void *restrict zone)
{
        struct timespec t;

        (void)zone;
        clock_gettime(CLOCK_REALTIME, &t);
        *tv = (struct timeval) {t.tv_sec, t.tv_nsec / 1000};
        return 0;
}

/* ---- files ---- */

static int is_file(int fd)
{
        struct stat st;

        return fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
}

static int is_socket(int fd)
{
        int type;
        socklen_t n = sizeof type;

        return getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &n) == 0;
}

static int file_error(void)
{
        static const int errors[] = {ENOSPC, EIO};

        errno = errors[flavour(2)];
        return -1;
}

/* A connection that is said to be lost is lost: who waited for its answer must not wait for ever. */
static int socket_error(int fd)
{
        shutdown(fd, SHUT_RDWR);
        static const int errors[] = {ECONNRESET, EPIPE};

        errno = errors[flavour(2)];
        return -1;
}

/* The log is none of the program's promises, and what wakes a thread (an eventfd) cannot fail. */
ssize_t write(int fd, const void *p, size_t n)
{
        REAL(write);
        if (fd > 2 && is_file(fd) && fails(WRITE))
                return file_error();
        return real(fd, p, n);
}

ssize_t pwrite64(int fd, const void *p, size_t n, off64_t at)
{
        REAL(pwrite64);
        return fails(WRITE) ? file_error() : real(fd, p, n, at);
}

ssize_t pwrite(int fd, const void *p, size_t n, off_t at)
{
        REAL(pwrite);
        return fails(WRITE) ? file_error() : real(fd, p, n, at);
}

int fsync(int fd)
{
        REAL(fsync);
        return fails(SYNC) ? file_error() : real(fd);
}

int fdatasync(int fd)
{
        REAL(fdatasync);
        return fails(SYNC) ? file_error() : real(fd);
}

/* ---- the network ---- */

ssize_t send(int fd, const void *p, size_t n, int flags)
{
        REAL(send);
        return fails(SEND) ? socket_error(fd) : real(fd, p, n, flags);
}

ssize_t sendmsg(int fd, const struct msghdr *m, int flags)
{
        REAL(sendmsg);
        return fails(SEND) ? socket_error(fd) : real(fd, m, flags);
}

ssize_t writev(int fd, const struct iovec *v, int n)
{
        REAL(writev);
        return is_socket(fd) && fails(SEND) ? socket_error(fd) : real(fd, v, n);
}

/* ---- memory; with AddressSanitizer through it, so that what it frees is its own ---- */

extern void *__interceptor_malloc(size_t n) __attribute__((weak));
extern void *__interceptor_calloc(size_t n, size_t size) __attribute__((weak));
extern void *__interceptor_realloc(void *p, size_t n) __attribute__((weak));
extern void *__libc_malloc(size_t n);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *p, size_t n);

static int no_memory(void)
{
        if (!fails(ALLOC))
                return 0;
        errno = ENOMEM;
        return 1;
}

void *malloc(size_t n)
{
        return no_memory() ? NULL : __interceptor_malloc ? __interceptor_malloc(n) : __libc_malloc(n);
}

void *calloc(size_t n, size_t size)
{
        return no_memory() ? NULL : __interceptor_calloc ? __interceptor_calloc(n, size) : __libc_calloc(n, size);
}

void *realloc(void *p, size_t n)
{
        return no_memory() ? NULL : __interceptor_realloc ? __interceptor_realloc(p, n) : __libc_realloc(p, n);
}

/* ---- the databases: of SQLite the call is not made, of PostgreSQL the connection is cut ---- */

typedef struct sqlite3 sqlite3;
typedef struct sqlite3_stmt sqlite3_stmt;
typedef struct pg_conn PGconn;
typedef struct pg_result PGresult;
extern int PQsocket(const PGconn *c);

int sqlite3_step(sqlite3_stmt *st);
int sqlite3_step(sqlite3_stmt *st)
{
        static const int codes[] = {10, 13, 5, 7};      /* IOERR, FULL, BUSY, NOMEM */
        REAL(sqlite3_step);
        return fails(DB) ? codes[flavour(4)] : real(st);
}

static void cut(const PGconn *c)
{
        if (fails(DB))
                shutdown(PQsocket(c), SHUT_RDWR);
}

PGresult *PQexec(PGconn *c, const char *sql);
PGresult *PQexec(PGconn *c, const char *sql)
{
        REAL(PQexec);
        cut(c);
        return real(c, sql);
}

PGresult *PQexecPrepared(PGconn *c, const char *name, int n, const char *const *values, const int *lengths, const int *formats,
                         int result);
PGresult *PQexecPrepared(PGconn *c, const char *name, int n, const char *const *values, const int *lengths, const int *formats,
                         int result)
{
        REAL(PQexecPrepared);
        cut(c);
        return real(c, name, n, values, lengths, formats, result);
}
