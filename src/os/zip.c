#include "os/zip.h"

#include <string.h>
#include <sys/stat.h>
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

/* ---- from outside ---- */

/* "a/b.md": no empty part, no "..", nothing that another system would read as a place of its own. */
static bool stays_inside(const char *name)
{
        size_t n = strlen(name);

        if (n == 0 || n > 200 || name[0] == '/' || name[n - 1] == '/' || strchr(name, '\\') || strchr(name, ':') ||
            !text_is_utf8((struct text) {name, n}))
                return false;
        for (const char *part = name; part; part = strchr(part, '/') ? strchr(part, '/') + 1 : NULL) {
                size_t m = strcspn(part, "/");
                if (m == 0 || (m == 1 && part[0] == '.') || (m == 2 && part[0] == '.' && part[1] == '.'))
                        return false;
        }
        for (size_t i = 0; i < n; i++)
                if ((unsigned char)name[i] < 0x20 || name[i] == 0x7f)
                        return false;
        return true;
}

static bool is_plain(zip_t *z, zip_uint64_t i)
{
        zip_uint8_t system;
        zip_uint32_t attributes;

        if (zip_file_get_external_attributes(z, i, 0, &system, &attributes) != 0 || system != ZIP_OPSYS_UNIX)
                return true;
        mode_t kind = (mode_t)(attributes >> 16) & S_IFMT;
        return kind == 0 || kind == S_IFREG;
}

static struct err unpack_one(struct arena *a, zip_t *z, zip_uint64_t i, struct zip_bounds most, size_t *left, struct zip_part *out)
{
        zip_stat_t stat;

        if (zip_stat_index(z, i, 0, &stat) != 0 || !(stat.valid & ZIP_STAT_NAME) || !(stat.valid & ZIP_STAT_SIZE))
                return FAIL(ERR_INVALID, "The archive is damaged", "Make the archive again, of plain files in folders");
        if (!stays_inside(stat.name) || !is_plain(z, i))
                return FAIL(ERR_INVALID, "The archive holds something that is no plain file in a folder", "Make the archive again, of plain files in folders");
        if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) && stat.encryption_method != ZIP_EM_NONE)
                return FAIL(ERR_INVALID, "The archive is sealed with a password", "Make the archive again, of plain files in folders");
        if (stat.size > most.each || stat.size > *left)
                return FAIL(ERR_LIMIT, "The archive holds too much", "Leave out what does not belong");
        zip_file_t *f = zip_fopen_index(z, i, 0);
        if (!f)
                return FAIL(ERR_INVALID, "The archive is damaged", "Make the archive again, of plain files in folders");
        char *p = arena_alloc(a, stat.size + 1);
        zip_int64_t n = zip_fread(f, p, stat.size);
        /* one byte more than was said would be a lie about the size; the end also checks the sum */
        char more;
        bool whole = n >= 0 && (zip_uint64_t)n == stat.size && zip_fread(f, &more, 1) == 0;
        if (zip_fclose(f) != 0 || !whole)
                return FAIL(ERR_INVALID, "The archive is damaged", "Make the archive again, of plain files in folders");
        p[stat.size] = '\0';
        *left -= stat.size;
        *out = (struct zip_part) {text_copy(a, text_of(stat.name)).p, {p, stat.size}};
        return OK;
}

static bool is_folder(zip_t *z, zip_uint64_t i)
{
        const char *name = zip_get_name(z, i, 0);
        size_t n = name ? strlen(name) : 0;

        return n > 1 && name[n - 1] == '/';
}

static struct err unpack_all(struct arena *a, zip_t *z, struct zip_bounds most, struct zip_part **out, size_t *n)
{
        zip_int64_t members = zip_get_num_entries(z, 0);
        size_t left = most.all;

        if (members == 0)
                return FAIL(ERR_INVALID, "The archive is empty", "Make the archive again, of plain files in folders");
        if (members < 0 || (size_t)members > most.members)
                return FAIL(ERR_LIMIT, "The archive holds too much", "Leave out what does not belong");
        *out = arena_array(a, struct zip_part, (size_t)members + 1);
        *n = 0;
        for (zip_uint64_t i = 0; i < (zip_uint64_t)members; i++) {
                if (is_folder(z, i))
                        continue;
                TRY(unpack_one(a, z, i, most, &left, &(*out)[*n]));
                for (size_t k = 0; k < *n; k++)
                        if (strcmp((*out)[k].name, (*out)[*n].name) == 0)
                                return FAIL(ERR_INVALID, "The archive names a file twice", "Make the archive again, of plain files in folders");
                ++*n;
        }
        return OK;
}

struct err zip_unpack(struct arena *a, struct text archive, struct zip_bounds most, struct zip_part **out, size_t *n)
{
        zip_error_t error;
        zip_error_init(&error);
        zip_source_t *s = zip_source_buffer_create(archive.p, archive.n, 0, &error);
        zip_t *z = s ? zip_open_from_source(s, ZIP_RDONLY | ZIP_CHECKCONS, &error) : NULL;

        if (!z) {
                if (s)
                        zip_source_free(s);
                zip_error_fini(&error);
                return FAIL(ERR_INVALID, "This is no ZIP archive, or it is damaged", "Make the archive again, of plain files in folders");
        }
        struct err e = unpack_all(a, z, most, out, n);
        zip_discard(z);
        return e;
}

/* ---- one by one ---- */

/* Text packs to a tenth or a thirtieth; what swells beyond this, past its first bytes, was made to. */
enum { MOST_RATIO = 250, UNSUSPECTED = 8 << 20, PIECE_BYTES = 64 << 10 };

struct zip_in { zip_t *z; zip_file_t *f; size_t size; };

struct err zip_from(struct arena *a, struct text archive, struct zip_in **out)
{
        zip_error_t error;
        zip_error_init(&error);
        zip_source_t *s = zip_source_buffer_create(archive.p, archive.n, 0, &error);
        zip_t *z = s ? zip_open_from_source(s, ZIP_RDONLY, &error) : NULL;

        if (!z && s)
                zip_source_free(s);
        zip_error_fini(&error);
        if (!z)
                return FAIL(ERR_INVALID, "This is no ZIP archive, or it is damaged", "Make the archive again, of plain files in folders");
        *out = arena_new_of(a, struct zip_in);
        **out = (struct zip_in) {.z = z, .size = archive.n};
        return OK;
}

void zip_done(struct zip_in *z)
{
        if (!z)
                return;
        if (z->f)
                zip_fclose(z->f);
        if (z->z)
                zip_discard(z->z);
        *z = (struct zip_in) {0};
}

static struct err stream(zip_file_t *f, zip_uint64_t packed, size_t most, bool (*more)(void *ctx, const char *p, size_t n), void *ctx)
{
        char piece[PIECE_BYTES];
        size_t all = 0;

        for (;;) {
                zip_int64_t n = zip_fread(f, piece, sizeof piece);
                if (n < 0)
                        return FAIL(ERR_INVALID, "The archive is damaged", "Make the archive again, of plain files in folders");
                if (n == 0)
                        return OK;
                all += (size_t)n;
                if (all > most || (all > UNSUSPECTED && all / MOST_RATIO > packed))
                        return FAIL(ERR_LIMIT, "The archive holds too much", "Leave out what does not belong");
                if (!more(ctx, piece, (size_t)n))
                        return OK;
        }
}

struct err zip_member(struct zip_in *z, const char *name, size_t most, bool (*more)(void *ctx, const char *p, size_t n), void *ctx, bool *found)
{
        zip_int64_t i = zip_name_locate(z->z, name, ZIP_FL_NOCASE);
        zip_stat_t stat;

        *found = i >= 0;
        if (!*found)
                return OK;
        if (zip_stat_index(z->z, (zip_uint64_t)i, 0, &stat) != 0 || !(stat.valid & ZIP_STAT_COMP_SIZE))
                return FAIL(ERR_INVALID, "The archive is damaged", "Make the archive again, of plain files in folders");
        if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) && stat.encryption_method != ZIP_EM_NONE)
                return FAIL(ERR_INVALID, "The archive is sealed with a password", "Make the archive again, of plain files in folders");
        z->f = zip_fopen_index(z->z, (zip_uint64_t)i, 0);
        if (!z->f)
                return FAIL(ERR_INVALID, "The archive is damaged", "Make the archive again, of plain files in folders");
        /* more() may leave by the arena's guard: then zip_done() closes it */
        struct err e = stream(z->f, stat.comp_size < z->size ? stat.comp_size : z->size, most, more, ctx);
        zip_fclose(z->f);
        z->f = NULL;
        return e;
}
