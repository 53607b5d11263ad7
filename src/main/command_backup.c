/* backup, verify, restore: everything in one file and back. */
#include "main/command.h"
#include "main/progress.h"
#include "os/config.h"
#include "os/file.h"
#include "os/process.h"
#include "os/zone.h"

#include <stdio.h>
#include <stdlib.h>

struct call {
        const char *file, *passphrase;
        struct config config;
        struct progress progress;
        struct safety_say say;
};

static struct err read_call(struct command_line *line, struct call *c)
{
        const char *sealed = line_option(line, "passphrase-file");

        c->file = line_word(line);
        TRY(line_end(line));
        if (!c->file)
                return USAGE("The name of the backup file is missing");
        if (sealed)
                TRY(safety_passphrase(line->arena, sealed, &c->passphrase));
        c->say = progress_begin(&c->progress);
        return OK;
}

static void print_moment(int64_t t)
{
        struct civil c = zone_civil(zone_utc(), t);

        printf("%04d-%02d-%02dT%02d:%02d:%02dZ", c.year, c.month, c.day, c.hour, c.minute, c.second);
}

static void print_facts(const struct command_line *line, const struct call *c, const struct safety_facts *f)
{
        if (line->json) {
                printf("{\"file\":\"%s\",\"made_at\":\"", c->file);
                print_moment(f->made_at);
                printf("\",\"schema\":\"%s\",\"engine\":\"%s\",\"tables\":%lld,\"rows\":%lld,\"files\":%lld,\"bytes\":%lld}\n",
                       f->schema.p, f->engine.p, (long long)f->tables, (long long)f->rows, (long long)f->files,
                       (long long)f->bytes);
                return;
        }
        printf("%s: of ", c->file);
        print_moment(f->made_at);
        printf(", schema %s, %lld rows in %lld tables, %lld files, %.1f MB\n", f->schema.p, (long long)f->rows,
               (long long)f->tables, (long long)f->files, (double)f->bytes / 1e6);
}

/* ---- backup ---- */

static struct err take(struct command_line *line, struct call *c, struct safety_facts *facts)
{
        struct db *db;
        bool empty;

        TRY(config_load(line->arena, line->data, line->config, &c->config));
        TRY(safety_finished(line->arena, c->config.data));
        if (!c->passphrase && *c->config.backup_passphrase_file)
                TRY(safety_passphrase(line->arena, c->config.backup_passphrase_file, &c->passphrase));
        TRY(db_open(&(struct db_options) {.url = config_db_url(line->arena, &c->config)}, &db));
        struct err e = db_empty(db, line->arena, &empty);
        if (!failed(e) && empty)
                e = FAIL_AT(ERR_ABSENT, "There is nothing to back up here", c->config.data, "Name the data folder: --data DIR");
        if (!failed(e))
                e = safety_backup(db, &c->config, line->arena, c->file, c->passphrase, &c->say, facts);
        db_close(db);
        return e;
}

static struct err run_backup(struct command_line *line)
{
        struct safety_facts facts;
        struct call c = {0};

        TRY(read_call(line, &c));
        struct err e = take(line, &c, &facts);
        progress_end(&c.progress);
        TRY(e);
        print_facts(line, &c, &facts);
        return OK;
}

/* ---- verify ---- */

static struct err run_verify(struct command_line *line)
{
        const char *scratch = line_option(line, "scratch"), *tmp = getenv("TMPDIR");
        struct safety_facts facts;
        struct call c = {0};

        TRY(read_call(line, &c));
        struct err e = safety_verify(line->arena, c.file, c.passphrase, scratch ? scratch : tmp && *tmp ? tmp : "/tmp",
                                     &c.say, &facts);
        progress_end(&c.progress);
        TRY(e);
        print_facts(line, &c, &facts);
        if (!line->json)
                printf("It is whole: every hash is right, and it was restored on trial.\n");
        return OK;
}

/* ---- restore ---- */

static void print_restored(const struct call *c, const struct safety_restored *r)
{
        printf("Restored into %s.\n", c->config.data);
        if (r->config_aside)
                printf("The configuration of then lies beside, as telemachus.yaml.restored: read it, and take over what you want.\n");
        if (r->mails)
                printf("%lld mails wait in it. They leave when the program serves; to look around without that, start it with "
                       "TELEMACHUS_SMTP_HOST= in the environment.\n", (long long)r->mails);
        printf("Sign in again: telemachus admin sign-in-link EMAIL. Then: telemachus check.\n");
}

static struct err run_restore(struct command_line *line)
{
        struct safety_restored restored;
        struct call c = {0};

        TRY(read_call(line, &c));
        TRY(file_make_folder(line->data));
        TRY(config_load(line->arena, line->data, line->config, &c.config));
        struct err e = safety_restore(&c.config, line->arena, c.file, c.passphrase, false, &c.say, &restored);
        progress_end(&c.progress);
        TRY(e);
        TRY(process_hand_over(c.config.data));
        print_facts(line, &c, &restored.facts);
        if (!line->json)
                print_restored(&c, &restored);
        return OK;
}

const struct command command_backup = {"backup", "FILE [--passphrase-file FILE]",
                                       "everything into one file, while the program serves", run_backup};
const struct command command_verify = {"verify", "FILE [--passphrase-file FILE] [--scratch DIR]",
                                       "reads a backup, checks every hash, restores it on trial", run_verify};
const struct command command_restore = {"restore", "FILE [--passphrase-file FILE]",
                                        "a backup into an empty data folder and database", run_restore};
