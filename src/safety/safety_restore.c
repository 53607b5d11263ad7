/*
 * Restoring: everything is unpacked and checked beside, then put in place. A mark in the folder says
 * from the first moment to the last that this is under way; after a pulled plug nothing opens the
 * folder but the same restore once more.
 */
#include "mail/mail.h"
#include "os/clock.h"
#include "os/config.h"
#include "os/file.h"
#include "os/folder.h"
#include "os/keys.h"
#include "os/process.h"
#include "os/zone.h"
#include "safety/safety_parts.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The first word of the mark. */
static const char RESTORE[] = "restore", BACK[] = "back", BACK_ASIDE[] = "back-aside";

enum { ERASED_MOST = 16 << 20 };

struct restoring {
        const struct config *config;
        struct arena *a;
        const struct safety_say *say;
        const char *path, *passphrase;
        const char *mark, *stage;       /* the mark's path, the folder beside */
        bool again;                     /* it was begun before, into the same database */
        bool aside;                     /* and what was there is aside already */
        struct db *db;
        struct safety_manifest m;
};

static struct text mark_text(struct restoring *r, const char *step)
{
        unsigned char hash[HASH_BYTES];
        char hex[17];

        keys_hash(text_of(config_db_url(r->a, r->config)), hash);
        sodium_bin2hex(hex, sizeof hex, hash, 8);
        return text_format(r->a, "%s %s\nA restore was begun here and has not ended. Run the same telemachus command once more.\n", step, hex);
}

struct err safety_finished(struct arena *a, const char *data)
{
        if (!file_exists(text_format(a, "%s/" SAFETY_UNFINISHED, data).p))
                return OK;
        return FAIL_AT(ERR_CONFLICT, "A restore was begun here and has not ended", data,
                       "Run the same telemachus restore, or migrate --back, once more");
}

static struct err nobody_serves(const struct config *config, struct arena *a)
{
        pid_t pid = process_server(config->data);

        if (!pid)
                return OK;
        return FAIL_AT(ERR_BUSY, "The program is serving from this folder",
                       text_format(a, "process %d", (int)pid).p, "Stop it first");
}

static struct err look_for_mark(struct restoring *r, const char *step)
{
        struct text there;

        if (!file_exists(r->mark))
                return OK;
        TRY(file_read(r->a, r->mark, 4096, &there));
        r->aside = strcmp(step, BACK) == 0 && text_equal(there, mark_text(r, BACK_ASIDE));
        r->again = r->aside || text_equal(there, mark_text(r, step));
        if (r->again)
                return OK;
        return FAIL_AT(ERR_CONFLICT, "Another restore was begun here and has not ended", r->mark,
                       "Run that one once more; or empty the folder and the database, and remove this file");
}

static struct err prepare(struct restoring *r, const char *step)
{
        must(sodium_init() >= 0);
        r->mark = text_format(r->a, "%s/" SAFETY_UNFINISHED, r->config->data).p;
        r->stage = text_format(r->a, "%s/" SAFETY_STAGE, r->config->data).p;
        TRY(nobody_serves(r->config, r->a));
        return look_for_mark(r, step);
}

/* ---- files ---- */

/* The file of this name in the folder, if it says something else. */
static struct err differs(struct restoring *r, const struct safety_file *f, const char *there)
{
        unsigned char hash[ARCHIVE_HASH];
        int64_t size;

        TRY(file_size(there, &size));
        TRY(file_hash(there, hash));
        if (size == f->size && memcmp(hash, f->hash, sizeof hash) == 0)
                return OK;
        return FAIL_AT(ERR_CONFLICT, "There is data in this folder already",
                       text_format(r->a, "%s", there).p, "Restore into a new folder: --data DIR");
}

static const char *place_of(struct restoring *r, const struct safety_file *f)
{
        if (strncmp(f->name, SAFETY_DATA, strlen(SAFETY_DATA)) != 0)
                return NULL;
        return text_format(r->a, "%s/%s", r->config->data, f->name + strlen(SAFETY_DATA)).p;
}

static bool is_config(const struct safety_file *f)
{
        return strcmp(f->name, SAFETY_DATA "telemachus.yaml") == 0;
}

/* Who has been forgotten, lines of numbers. A newer list may lie in the folder already: nobody drops out of it. */
static bool is_erased(const struct safety_file *f)
{
        return strcmp(f->name, SAFETY_DATA "erased.txt") == 0;
}

static struct err add_erased(struct restoring *r, const char *from, const char *to)
{
        struct text here, there;

        TRY(file_read(r->a, to, ERASED_MOST, &here));
        TRY(file_read(r->a, from, ERASED_MOST, &there));
        return file_write(to, text_format(r->a, "%s%s", here.p, there.p), 0600);
}

static struct err refuse_to_overwrite(struct restoring *r)
{
        for (size_t i = 0; i < r->m.files.n && !r->again; i++) {
                const struct safety_file *f = &r->m.files.row[i];
                const char *place = place_of(r, f);
                if (place && !is_config(f) && !is_erased(f) && file_exists(place))
                        TRY(differs(r, f, place));
        }
        return OK;
}

/*
 * The configuration of the backup names the database it came from. Into a folder that has one, or
 * where a database on a server is concerned, or that has it elsewhere, it is put beside, to be read by somebody first.
 */
static const char *config_place(struct restoring *r, const char *place, bool *aside)
{
        bool plain = text_is(r->m.facts.engine, "sqlite") && db_engine(r->db) == DB_SQLITE &&
                strcmp(r->config->file, place) == 0;

        *aside = !plain || (file_exists(place) && !r->again);
        return *aside ? text_format(r->a, "%s.restored", place).p : place;
}

static struct err put_files(struct restoring *r, bool *config_aside)
{
        for (size_t i = 0; i < r->m.files.n; i++) {
                const struct safety_file *f = &r->m.files.row[i];
                const char *place = place_of(r, f);
                if (!place)
                        continue;
                if (is_config(f))
                        place = config_place(r, place, config_aside);
                const char *from = text_format(r->a, "%s/%s", r->stage, f->name).p;
                TRY(is_erased(f) && file_exists(place) ? add_erased(r, from, place) : file_move(r->a, from, place));
        }
        return OK;
}

/* ---- the database ---- */

static struct err is_empty(struct restoring *r)
{
        bool empty;

        TRY(db_empty(r->db, r->a, &empty));
        if (empty || r->again)
                return OK;
        return FAIL_AT(ERR_CONFLICT, "There is data here already", r->config->data,
                       "Restore into a new folder and an empty database");
}

struct counting { int64_t mails; };

static struct err count_mails(struct tx *tx, void *in)
{
        struct mail_queued w;

        TRY(mail_queued(tx, false, &w));
        ((struct counting *)in)->mails = w.n;
        return OK;
}

static struct err put_database(struct restoring *r, bool as_it_was)
{
        const char *file = text_format(r->a, "%s/" SAFETY_DATABASE, r->stage).p;

        safety_step(r->say, "restoring the database", 0, 0);
        return db_restore_over(r->db, r->a, file, as_it_was);
}

/* ---- the whole ---- */

static struct err end(struct restoring *r)
{
        folder_remove(r->stage);
        return file_remove(r->mark);
}

static struct err unpack(struct restoring *r)
{
        folder_remove(r->stage);        /* of one that was killed */
        TRY(file_make_folder(r->stage));
        return safety_unpack(r->a, r->path, r->passphrase, r->stage, r->say, &r->m);
}

static struct err put_in_place(struct restoring *r, bool as_it_was, struct safety_restored *out)
{
        struct counting c = {0};

        TRY(put_database(r, as_it_was));
        TRY(put_files(r, &out->config_aside));
        TRY(end(r));
        if (!as_it_was)
                TRY(db_read(r->db, r->a, count_mails, &c));
        out->facts = r->m.facts;
        out->mails = c.mails;
        return OK;
}

/* Up to here nothing of the target was touched: a bad file leaves no mark. */
static struct err check_first(struct restoring *r)
{
        TRY(is_empty(r));
        TRY(file_write(r->mark, mark_text(r, RESTORE), 0600));
        struct err e = unpack(r);
        if (!failed(e))
                e = refuse_to_overwrite(r);
        if (!failed(e) || r->again)
                return e;
        struct err undone = end(r);
        return failed(undone) ? undone : e;
}

struct err safety_restore(const struct config *config, struct arena *a, const char *path,
                          const char *passphrase, bool as_it_was, const struct safety_say *say,
                          struct safety_restored *out)
{
        struct restoring r = {.config = config, .a = a, .say = say, .path = path,
                              .passphrase = passphrase};

        *out = (struct safety_restored) {0};
        TRY(prepare(&r, RESTORE));
        TRY(db_open(&(struct db_options) {.url = config_db_url(a, config)}, &r.db));
        struct err e = check_first(&r);
        if (!failed(e))
                e = put_in_place(&r, as_it_was, out);
        db_close(r.db);
        return e;
}

/* ---- the way back from an upgrade ---- */

/* After a kill in between: the mark says that it was done, or the empty database does. */
static struct err set_aside(struct restoring *r, struct text *aside)
{
        struct text is;
        int64_t now = clock_seconds();

        TRY(db_schema_version(r->db, r->a, &is));
        if (!is.p || r->aside)
                return OK;
        safety_step(r->say, "setting the present tables aside", 0, 0);
        for (;; now++) {
                struct civil c = zone_civil(zone_utc(), now);
                *aside = text_format(r->a, "before_back_%04d%02d%02d_%02d%02d%02d", c.year, c.month,
                                     c.day, c.hour, c.minute, c.second);
                struct err e = db_set_aside(r->db, r->a, aside->p);
                if (!err_is(e, ERR_CONFLICT))   /* one that was killed has left its name */
                        return e;
        }
}

static struct err go_back(struct restoring *r, struct text *aside)
{
        if (!r->again)
                TRY(file_write(r->mark, mark_text(r, BACK), 0600));
        struct err e = unpack(r);
        if (failed(e) && !r->again) {
                struct err undone = end(r);
                return failed(undone) ? undone : e;
        }
        TRY(e);
        TRY(set_aside(r, aside));
        TRY(file_write(r->mark, mark_text(r, BACK_ASIDE), 0600));
        TRY(put_database(r, true));
        return end(r);
}

struct err safety_go_back(const struct config *config, struct arena *a, const char *path,
                          const char *passphrase, const struct safety_say *say, struct text *aside)
{
        struct restoring r = {.config = config, .a = a, .say = say, .path = path,
                              .passphrase = passphrase};

        *aside = TEXT_ABSENT;
        TRY(prepare(&r, BACK));
        TRY(db_open(&(struct db_options) {.url = config_db_url(a, config)}, &r.db));
        struct err e = go_back(&r, aside);
        db_close(r.db);
        return e;
}
