#include "os/zip.h"

#include <zip.h>

static struct err broken(void)
{
        return FAIL(ERR_BROKEN, "The archive could not be made", "Try again in a moment");
}

static bool add_all(zip_t *z, const struct zip_part *parts, size_t n)
{
        for (size_t i = 0; i < n; i++) {
                zip_source_t *s = zip_source_buffer(z, parts[i].content.p, parts[i].content.n, 0);
                if (!s)
                        return false;
                if (zip_file_add(z, parts[i].name, s, ZIP_FL_ENC_UTF_8) < 0) {
                        zip_source_free(s);
                        return false;
                }
        }
        return true;
}

static struct err take(struct arena *a, zip_source_t *s, struct text *out)
{
        zip_stat_t stat;

        if (zip_source_stat(s, &stat) != 0 || !(stat.valid & ZIP_STAT_SIZE) || zip_source_open(s) != 0)
                return broken();
        char *p = arena_alloc(a, stat.size + 1);
        zip_int64_t n = zip_source_read(s, p, stat.size);
        zip_source_close(s);
        if (n < 0 || (zip_uint64_t)n != stat.size)
                return broken();
        *out = (struct text) {p, (size_t)n};
        return OK;
}

struct err zip_pack(struct arena *a, const struct zip_part *parts, size_t n, struct text *out)
{
        zip_error_t error;
        zip_error_init(&error);
        zip_source_t *s = zip_source_buffer_create(NULL, 0, 0, &error);
        zip_t *z = s ? zip_open_from_source(s, ZIP_TRUNCATE, &error) : NULL;

        if (!z) {
                if (s)
                        zip_source_free(s);
                return broken();
        }
        zip_source_keep(s);
        if (!add_all(z, parts, n) || zip_close(z) != 0) {
                zip_discard(z);
                zip_source_free(s);
                return broken();
        }
        struct err e = take(a, s, out);
        zip_source_free(s);
        return e;
}
