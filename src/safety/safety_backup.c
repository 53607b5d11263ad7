/* Taking a backup: the database as of one moment, then the files of the data folder. */
#include "os/clock.h"
#include "os/config.h"
#include "os/file.h"
#include "os/folder.h"
#include "safety/safety_parts.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct making {
        struct arena *a;
        const struct config *config;
        const struct safety_say *say;
        const char *path, *folder;      /* of the backup; where all backups lie */
        struct archive_out *out;
        struct safety_manifest m;
};

void safety_step(const struct safety_say *say, const char *what, int64_t done, int64_t all)
{
        if (say && say->step)
                say->step(say->in, what, done, all);
}

struct err safety_passphrase(struct arena *a, const char *file, const char **out)
{
        struct text t;

        TRY(file_read(a, file, 4096, &t));
        t = text_trim(t);
        if (t.n < 8 || memchr(t.p, 0, t.n))
                return FAIL_AT(ERR_INVALID, "A passphrase has at least eight characters", file,
                               "Write a longer one into the file");
        *out = arena_dup(a, t.p, t.n);
        return OK;
}

static void on_tick(void *in, int64_t bytes)
{
        safety_step(((struct making *)in)->say, "writing", bytes, 0);
}

/* ---- members ---- */

static struct err add_text(struct making *k, const char *name, struct text content)
{
        struct safety_file *f = safety_files_add(k->a, &k->m.files, name);

        f->size = (int64_t)content.n;
        return archive_add(k->out, name, content, f->hash);
}

static struct err add_file(struct making *k, const char *name, const char *path)
{
        struct safety_file *f = safety_files_add(k->a, &k->m.files, name);

        return archive_add_file(k->out, name, path, f->hash, &f->size);
}

static bool config_elsewhere(const struct config *c)
{
        size_t n = strlen(c->data);

        return file_exists(c->file) && (strncmp(c->file, c->data, n) != 0 || strcmp(c->file + n, "/telemachus.yaml") != 0);
}

/* Not the database itself, nor backups, nor what only a running process needs. */
static bool is_left_out(const struct making *k, const char *path, struct text name)
{
        static const char *const names[] = {"serving.lock", SAFETY_UNFINISHED, SAFETY_STAGE};
        static const char *const ends[] = {".partial", ".partial-db", ".partial-db-journal", ".log", ".new"};

        if (config_elsewhere(k->config) && text_is(name, "telemachus.yaml"))
                return true;
        if (text_starts(name, "telemachus.db") || strcmp(path, k->folder) == 0 ||
            strcmp(path, k->path) == 0)
                return true;
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
                if (text_is(name, names[i]))
                        return true;
        for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
                size_t n = strlen(ends[i]);
                if (name.n >= n && memcmp(name.p + name.n - n, ends[i], n) == 0)
                        return true;
        }
        return false;
}

/* A file that goes away between being listed and being read was not meant to stay. */
static struct err add_folder(struct making *k, const char *path, const char *name)
{
        struct folder_entries list;

        TRY(folder_list(k->a, path, &list));
        for (size_t i = 0; i < list.n; i++) {
                const struct folder_entry *one = &list.row[i];
                const char *below = text_format(k->a, "%s/%s", path, one->name.p).p;
                const char *member = text_format(k->a, "%s%s%s", name, one->name.p,
                                                 one->folder ? "/" : "").p;
                if (is_left_out(k, below, one->name))
                        continue;
                struct err e = one->folder ? add_folder(k, below, member)
                                           : add_file(k, member, below);
                if (err_is(e, ERR_ABSENT) && !one->folder) {
                        k->m.files.n--;
                        continue;
                }
                TRY(e);
        }
        return OK;
}

static struct err add_manifest(struct making *k)
{
        struct text json = safety_manifest_write(k->a, &k->m);
        unsigned char hash[ARCHIVE_HASH];
        char hex[2 * ARCHIVE_HASH + 1];

        TRY(archive_add(k->out, SAFETY_MANIFEST, json, hash));
        sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
        return archive_add(k->out, SAFETY_SUM, text_format(k->a, "%s\n", hex), hash);
}

static struct err fill(struct making *k, const char *database)
{
        archive_watch(k->out, on_tick, k);
        TRY(add_text(k, SAFETY_FIRST, text_format(k->a, "A backup of Telemachus, format %d\n",
                                                  SAFETY_FORMAT)));
        TRY(add_file(k, SAFETY_DATABASE, database));
        TRY(add_folder(k, k->config->data, SAFETY_DATA));
        if (config_elsewhere(k->config))
                TRY(add_file(k, SAFETY_DATA "telemachus.yaml", k->config->file));
        k->m.facts.files = (int64_t)k->m.files.n;
        return add_manifest(k);
}

/* ---- the whole ---- */

static struct err take_database(struct making *k, struct db *db, const char *database)
{
        struct db_backup_facts facts;

        unlink(database);               /* of one that was killed */
        unlink(text_format(k->a, "%s-journal", database).p);
        safety_step(k->say, "reading the database", 0, 0);
        TRY(db_backup(db, k->a, database));
        TRY(db_backup_check(k->a, database, &facts));
        k->m.table = facts.table;
        k->m.n_tables = (size_t)facts.tables;
        k->m.facts = (struct safety_facts) {
                .made_at = clock_seconds(), .schema = facts.version, .purpose = facts.purpose,
                .engine = text_of(db_engine(db) == DB_SQLITE ? "sqlite" : "postgresql"),
                .rows = facts.rows, .tables = facts.tables};
        return OK;
}

static struct err make(struct making *k, struct db *db, const char *database,
                       const char *passphrase)
{
        TRY(take_database(k, db, database));
        TRY(archive_create(k->a, k->path, passphrase, &k->out));
        struct err e = fill(k, database);
        if (!failed(e))
                return archive_finish(k->out);
        archive_give_up(k->out);
        return e;
}

static const char *absolute(struct arena *a, const char *path)
{
        char *real = realpath(path, NULL);
        const char *kept = real ? arena_dup(a, real, strlen(real)) : path;

        free(real);
        return kept;
}

struct err safety_backup(struct db *db, const struct config *config, struct arena *a,
                         const char *path, const char *passphrase, const struct safety_say *say,
                         struct safety_facts *out)
{
        struct making k = {.a = a, .config = config, .say = say, .path = path,
                           .folder = absolute(a, safety_folder(a, config))};
        const char *database = text_format(a, "%s.partial-db", path).p;

        must(sodium_init() >= 0);
        if (file_exists(path))
                return FAIL_AT(ERR_CONFLICT, "There is a file of that name already", path, "Choose another name");
        TRY(safety_finished(a, config->data));
        struct err e = make(&k, db, database, passphrase);
        unlink(database);
        TRY(e);
        *out = k.m.facts;
        return file_size(path, &out->bytes);
}
