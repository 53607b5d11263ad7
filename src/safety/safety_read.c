/* Reading a backup: every member against the manifest, the database against itself. */
#include "os/file.h"
#include "os/folder.h"
#include "os/keys.h"
#include "os/random.h"
#include "safety/safety_parts.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { MANIFEST_MOST = 64 << 20, SMALL = 4096 };

struct reading {
        struct arena *a;
        const char *folder;
        const struct safety_say *say;
        struct archive_in *in;
        struct safety_files files;      /* as they came */
        struct text manifest;
        unsigned char manifest_hash[ARCHIVE_HASH];
        bool summed;
        int64_t bytes;
};

struct err safety_damaged(const char *place)
{
        return FAIL_AT(ERR_BROKEN, "This backup is damaged", place,
                       "Use another one; copies may be whole where this one is not");
}

static struct err make_folder_of(struct arena *a, const char *path)
{
        const char *slash = strrchr(path, '/');

        return slash ? file_make_folder(arena_dup(a, path, (size_t)(slash - path))) : OK;
}

static struct err take_file(struct reading *r, const struct archive_member *m)
{
        struct safety_file *f = safety_files_add(r->a, &r->files, m->name);
        const char *path = text_format(r->a, "%s/%s", r->folder, f->name).p;

        f->size = m->size;
        TRY(make_folder_of(r->a, path));
        TRY(archive_extract(r->in, path, f->hash));
        r->bytes += f->size;
        safety_step(r->say, "reading the backup", r->bytes, 0);
        return OK;
}

static struct err take_sum(struct reading *r)
{
        unsigned char hash[ARCHIVE_HASH];
        char hex[2 * ARCHIVE_HASH + 2];
        struct text t;

        TRY(archive_read(r->in, r->a, SMALL, &t, hash));
        sodium_bin2hex(hex, sizeof hex, r->manifest_hash, sizeof r->manifest_hash);
        if (!r->manifest.p || !text_is(text_trim(t), hex))
                return safety_damaged(SAFETY_SUM);
        r->summed = true;
        return OK;
}

static struct err take_member(struct reading *r, const struct archive_member *m)
{
        if (r->files.n == 0 && strcmp(m->name, SAFETY_FIRST) != 0)
                return FAIL(ERR_INVALID, "This archive is not a backup",
                            "Give a file that telemachus backup has made");
        if (r->summed)
                return safety_damaged(m->name);
        if (strcmp(m->name, SAFETY_SUM) == 0)
                return take_sum(r);
        if (r->manifest.p)
                return safety_damaged(m->name);
        if (strcmp(m->name, SAFETY_MANIFEST) == 0)
                return archive_read(r->in, r->a, MANIFEST_MOST, &r->manifest, r->manifest_hash);
        if (strcmp(m->name, SAFETY_FIRST) == 0 || strcmp(m->name, SAFETY_DATABASE) == 0 ||
            strncmp(m->name, SAFETY_DATA, strlen(SAFETY_DATA)) == 0)
                return take_file(r, m);
        return safety_damaged(m->name);
}

static struct err take_all(struct reading *r)
{
        struct archive_member m;
        bool found;

        for (;;) {
                TRY(archive_next(r->in, &m, &found));
                if (!found)
                        return r->summed ? OK : safety_damaged(SAFETY_SUM);
                TRY(take_member(r, &m));
        }
}

static struct err compare(const struct reading *r, const struct safety_manifest *m)
{
        if (r->files.n != m->files.n)
                return safety_damaged(SAFETY_MANIFEST);
        for (size_t i = 0; i < m->files.n; i++) {
                const struct safety_file *is = &r->files.row[i], *should = &m->files.row[i];
                if (strcmp(is->name, should->name) != 0 || is->size != should->size ||
                    memcmp(is->hash, should->hash, sizeof is->hash) != 0)
                        return safety_damaged(should->name);
        }
        return OK;
}

static struct err compare_rows(const struct db_backup_facts *facts, const struct safety_manifest *m)
{
        if (facts->tables != (int64_t)m->n_tables || facts->rows != m->facts.rows ||
            !text_equal(facts->version, m->facts.schema) || facts->purpose != m->facts.purpose)
                return safety_damaged(SAFETY_DATABASE);
        for (size_t i = 0; i < m->n_tables; i++)
                if (strcmp(facts->table[i].table, m->table[i].table) != 0 ||
                    facts->table[i].rows != m->table[i].rows)
                        return safety_damaged(m->table[i].table);
        return OK;
}

struct err safety_unpack(struct arena *a, const char *path, const char *passphrase,
                         const char *folder, const struct safety_say *say,
                         struct safety_manifest *out)
{
        struct reading r = {.a = a, .folder = folder, .say = say};
        struct db_backup_facts facts;

        TRY(archive_open(a, path, passphrase, &r.in));
        struct err e = take_all(&r);
        archive_close(r.in);
        TRY(e);
        TRY(safety_manifest_read(a, r.manifest, out));
        TRY(compare(&r, out));
        safety_step(say, "checking the database", 0, 0);
        TRY(db_backup_check(a, text_format(a, "%s/" SAFETY_DATABASE, folder).p, &facts));
        TRY(compare_rows(&facts, out));
        return file_size(path, &out->facts.bytes);
}

/* ---- verify ---- */

/* Restored for real, into a database of its own, and brought up to this program's schema. */
static struct err restore_here(struct arena *a, const char *folder, const struct safety_say *say)
{
        const struct keys *keys;
        struct db *db;
        bool current = false;

        safety_step(say, "restoring it into a folder of its own", 0, 0);
        TRY(db_open(&(struct db_options) {.url = text_format(a, "%s/restored.db", folder).p,
                                          .memory = true}, &db));
        struct err e = db_restore(db, a, text_format(a, "%s/" SAFETY_DATABASE, folder).p);
        if (!failed(e))
                e = db_migrated(db, a, &current);
        db_close(db);
        TRY(e);
        must(current);
        if (!file_exists(text_format(a, "%s/data/keys/master", folder).p))
                return FAIL(ERR_BROKEN, "The signing keys are not in this backup", "Keep the folder keys/ of the installation too");
        return keys_load(a, text_format(a, "%s/data", folder).p, &keys);
}

struct err safety_verify(struct arena *a, const char *path, const char *passphrase,
                         const char *scratch, const struct safety_say *say,
                         struct safety_facts *out)
{
        const char *folder = text_format(a, "%s/telemachus-trial-%llx", scratch,
                                         (unsigned long long)random_id()).p;
        struct safety_manifest m;

        TRY(file_make_folder(folder));
        struct err e = safety_unpack(a, path, passphrase, folder, say, &m);
        if (!failed(e))
                e = restore_here(a, folder, say);
        folder_remove(folder);
        TRY(e);
        *out = m.facts;
        return OK;
}
