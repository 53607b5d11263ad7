#include "lossy_vfs.h"

#include "base/err.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

enum { SECTOR = 512, IMAGES = 16 };

/* A file as this process sees it. Every connection to the file shares it. */
struct image {
        char *path;
        unsigned char *data;
        bool *dirty; /* per sector: not on the disk yet */
        size_t size, room;
};

struct file {
        sqlite3_file head;
        struct image *image;
        sqlite3_file real[];
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct image images[IMAGES];
static sqlite3_vfs *base;
static sqlite3_vfs lossy;
static int early_one_in;
static size_t limit;
static unsigned dice = 12345;

static sqlite3_file *real_of(sqlite3_file *f) { return ((struct file *)f)->real; }
static struct image *image_of(sqlite3_file *f) { return ((struct file *)f)->image; }

static void grow(struct image *m, size_t size)
{
        if (size <= m->room)
                return;
        size_t room = (size * 2 + SECTOR) / SECTOR * SECTOR;
        m->data = realloc(m->data, room);
        m->dirty = realloc(m->dirty, room / SECTOR);
        must(m->data && m->dirty);
        memset(m->data + m->room, 0, room - m->room);
        memset(m->dirty + m->room / SECTOR, 0, (room - m->room) / SECTOR);
        m->room = room;
}

static int load(struct image *m, sqlite3_file *real)
{
        sqlite3_int64 size;
        int rc = real->pMethods->xFileSize(real, &size);

        grow(m, (size_t)size + 1);
        m->size = (size_t)size;
        return rc == SQLITE_OK && size ? real->pMethods->xRead(real, m->data, (int)size, 0) : rc;
}

static int image_for(const char *path, sqlite3_file *real, struct image **out)
{
        struct image *empty = NULL;

        for (int i = 0; i < IMAGES; i++) {
                *out = &images[i];
                if (images[i].path && strcmp(images[i].path, path) == 0)
                        return SQLITE_OK;
                if (!images[i].path && !empty)
                        empty = &images[i];
        }
        must(empty);
        empty->path = strdup(path);
        *out = empty;
        return load(empty, real);
}

static int flush_sector(struct image *m, sqlite3_file *real, size_t sector)
{
        size_t at = sector * SECTOR;
        size_t n = m->size - at < SECTOR ? m->size - at : SECTOR;

        m->dirty[sector] = false;
        return real->pMethods->xWrite(real, m->data + at, (int)n, (sqlite3_int64)at);
}

static int f_close(sqlite3_file *f) { return real_of(f)->pMethods->xClose(real_of(f)); }

static int f_read(sqlite3_file *f, void *p, int n, sqlite3_int64 at)
{
        struct image *m = image_of(f);
        size_t have = 0;

        pthread_mutex_lock(&lock);
        if ((size_t)at < m->size)
                have = m->size - (size_t)at < (size_t)n ? m->size - (size_t)at : (size_t)n;
        memcpy(p, m->data + at, have);
        pthread_mutex_unlock(&lock);
        memset((char *)p + have, 0, (size_t)n - have);
        return have == (size_t)n ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

static bool early(void)
{
        dice = dice * 1103515245 + 12345;
        return early_one_in && (dice >> 16) % (unsigned)early_one_in == 0;
}

static int f_write(sqlite3_file *f, const void *p, int n, sqlite3_int64 at)
{
        struct image *m = image_of(f);
        size_t end = (size_t)at + (size_t)n;
        int rc = SQLITE_OK;

        pthread_mutex_lock(&lock);
        if (limit && end > limit) {
                pthread_mutex_unlock(&lock);
                return SQLITE_FULL;
        }
        grow(m, end);
        memcpy(m->data + at, p, (size_t)n);
        m->size = end > m->size ? end : m->size;
        for (size_t s = (size_t)at / SECTOR; s * SECTOR < end && rc == SQLITE_OK; s++) {
                m->dirty[s] = true;
                if (early())
                        rc = flush_sector(m, real_of(f), s);
        }
        pthread_mutex_unlock(&lock);
        return rc;
}

static int f_truncate(sqlite3_file *f, sqlite3_int64 size)
{
        struct image *m = image_of(f);

        pthread_mutex_lock(&lock);
        m->size = (size_t)size < m->size ? (size_t)size : m->size;
        pthread_mutex_unlock(&lock);
        return SQLITE_OK;
}

static int f_sync(sqlite3_file *f, int flags)
{
        struct image *m = image_of(f);
        int rc = SQLITE_OK;

        pthread_mutex_lock(&lock);
        for (size_t s = 0; s * SECTOR < m->size && rc == SQLITE_OK; s++)
                if (m->dirty[s])
                        rc = flush_sector(m, real_of(f), s);
        if (rc == SQLITE_OK)
                rc = real_of(f)->pMethods->xTruncate(real_of(f), (sqlite3_int64)m->size);
        pthread_mutex_unlock(&lock);
        return rc == SQLITE_OK ? real_of(f)->pMethods->xSync(real_of(f), flags) : rc;
}

static int f_size(sqlite3_file *f, sqlite3_int64 *size)
{
        pthread_mutex_lock(&lock);
        *size = (sqlite3_int64)image_of(f)->size;
        pthread_mutex_unlock(&lock);
        return SQLITE_OK;
}

static int f_lock(sqlite3_file *f, int level)
{
        return real_of(f)->pMethods->xLock(real_of(f), level);
}
static int f_unlock(sqlite3_file *f, int level)
{
        return real_of(f)->pMethods->xUnlock(real_of(f), level);
}
static int f_reserved(sqlite3_file *f, int *out)
{
        return real_of(f)->pMethods->xCheckReservedLock(real_of(f), out);
}
static int f_control(sqlite3_file *f, int op, void *arg)
{
        (void)f;
        (void)op;
        (void)arg;
        return SQLITE_NOTFOUND;
}
static int f_sector(sqlite3_file *f)
{
        (void)f;
        return SECTOR;
}
static int f_device(sqlite3_file *f)
{
        (void)f;
        return 0;
}
static int f_shm_map(sqlite3_file *f, int page, int size, int extend, void volatile **p)
{
        return real_of(f)->pMethods->xShmMap(real_of(f), page, size, extend, p);
}
static int f_shm_lock(sqlite3_file *f, int at, int n, int flags)
{
        return real_of(f)->pMethods->xShmLock(real_of(f), at, n, flags);
}
static void f_shm_barrier(sqlite3_file *f) { real_of(f)->pMethods->xShmBarrier(real_of(f)); }
static int f_shm_unmap(sqlite3_file *f, int gone)
{
        return real_of(f)->pMethods->xShmUnmap(real_of(f), gone);
}

static const sqlite3_io_methods methods = {
        .iVersion = 2,
        .xClose = f_close,
        .xRead = f_read,
        .xWrite = f_write,
        .xTruncate = f_truncate,
        .xSync = f_sync,
        .xFileSize = f_size,
        .xLock = f_lock,
        .xUnlock = f_unlock,
        .xCheckReservedLock = f_reserved,
        .xFileControl = f_control,
        .xSectorSize = f_sector,
        .xDeviceCharacteristics = f_device,
        .xShmMap = f_shm_map,
        .xShmLock = f_shm_lock,
        .xShmBarrier = f_shm_barrier,
        .xShmUnmap = f_shm_unmap,
};

static int v_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *f, int flags, int *out_flags)
{
        struct file *file = (struct file *)f;

        (void)vfs;
        if (!path || !(flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)))
                return base->xOpen(base, path, f, flags, out_flags);
        f->pMethods = NULL;
        int rc = base->xOpen(base, path, file->real, flags, out_flags);
        if (rc != SQLITE_OK)
                return rc;
        f->pMethods = &methods;
        pthread_mutex_lock(&lock);
        rc = image_for(path, file->real, &file->image);
        pthread_mutex_unlock(&lock);
        return rc;
}

static int v_delete(sqlite3_vfs *vfs, const char *path, int sync)
{
        (void)vfs;
        pthread_mutex_lock(&lock);
        for (int i = 0; i < IMAGES; i++)
                if (images[i].path && strcmp(images[i].path, path) == 0) {
                        free(images[i].path);
                        free(images[i].data);
                        free(images[i].dirty);
                        images[i] = (struct image) {0};
                }
        pthread_mutex_unlock(&lock);
        return base->xDelete(base, path, sync);
}

void lossy_vfs_install(int early_)
{
        base = sqlite3_vfs_find(NULL);
        must(base);
        early_one_in = early_;
        lossy = *base;
        lossy.zName = "lossy";
        lossy.pNext = NULL;
        lossy.szOsFile = (int)sizeof(struct file) + base->szOsFile;
        lossy.xOpen = v_open;
        lossy.xDelete = v_delete;
        must(sqlite3_vfs_register(&lossy, 1) == SQLITE_OK);
}

void lossy_vfs_limit(size_t bytes)
{
        pthread_mutex_lock(&lock);
        limit = bytes;
        pthread_mutex_unlock(&lock);
}
