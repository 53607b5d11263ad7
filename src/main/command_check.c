/* What works, what does not, and how to mend it: configuration, database, mail, clock, packs. */
#include "content/pack.h"
#include "mail/mail.h"
#include "main/command.h"
#include "matching/matching_skills.h"
#include "os/clock.h"
#include "os/file.h"
#include "safety/safety.h"

#include <stdio.h>

enum { LOW_BYTES = 64 << 20 };

struct check { bool json; int failed; int n; };

static void report(struct check *c, const char *part, struct err e)
{
        bool ok = !failed(e);

        c->failed += !ok;
        if (c->json)
                printf("%s{\"part\":\"%s\",\"ok\":%s,\"what\":\"%s\",\"next\":\"%s\"}", c->n ? ",\n " : "", part, ok ? "true" : "false",
                       ok ? "" : e.what, ok || !e.next ? "" : e.next);
        else if (ok)
                printf("ok      %s\n", part);
        else
                printf("NOT OK  %s: %s%s%s%s\n          %s%s%s\n", part, e.what, e.place ? " (" : "", e.place ? e.place : "",
                       e.place ? ")" : "", e.next ? e.next : "", e.detail ? "; " : "", e.detail ? e.detail : "");
        c->n++;
}

static struct err check_clock(void)
{
        return clock_seconds() > 1700000000 ? OK
             : FAIL(ERR_BROKEN, "The clock of this machine is far in the past", "Set it, with NTP");
}

static struct err check_database(struct command_line *line, const struct config *config, struct db **db)
{
        bool up_to_date;

        TRY(db_open(&(struct db_options) {.url = config_db_url(line->arena, config)}, db));
        TRY(db_migrated(*db, line->arena, &up_to_date));
        return up_to_date ? OK : FAIL(ERR_CONFLICT, "The schema is not up to date", "Run: telemachus migrate");
}

static struct err ask(struct tx *tx, void *in) { return safety_state(tx, in); }

/* No backup yet is no fault on the first day. */
static struct err check_backup(struct app *app, struct arena *a)
{
        struct safety_state s;

        TRY(safety_finished(a, app->config->data));
        TRY(db_read(app->db, a, ask, &s));
        if (s.backup_failed.has)
                return FAIL_AT(ERR_BROKEN, "The last backup has failed", s.backup_error.p, "Mend that, then: telemachus backup FILE");
        if (s.backup_late)
                return FAIL(ERR_BROKEN, "The last good backup is older than two days", "Let the program run at night, or take one: telemachus backup FILE");
        if (s.drill_failed.has)
                return FAIL_AT(ERR_BROKEN, "The last trial restore has failed", s.drill_error.p, "Look at it with: telemachus verify FILE");
        return OK;
}

static struct err check_disk(const struct config *config)
{
        int64_t room;
        bool read_only;

        TRY(file_space(config->data, &room, &read_only));
        if (read_only)
                return FAIL_AT(ERR_BROKEN, "The disk is read-only", config->data, "Remount it for writing");
        return room >= LOW_BYTES ? OK : FAIL_AT(ERR_BROKEN, "The disk is nearly full", config->data, "Free some space");
}

static struct err run(struct command_line *line)
{
        const char *to = line_option(line, "mail-to");
        struct check c = {.json = line->json};
        struct config config;
        struct db *db = NULL;
        const struct packs *packs;
        struct matching_skills skills;
        struct out shown = out_new(line->arena, 2048);

        TRY(line_end(line));
        printf("%s", c.json ? "[" : "");
        struct err e = config_load(line->arena, line->data, line->config, &config);
        report(&c, "configuration", e);
        if (!failed(e)) {
                struct app app = {.config = &config};
                struct err database = check_database(line, &config, &db);
                report(&c, "database", database);
                if (!failed(database)) {
                        app.db = db;
                        db_set_app(db, &app);
                }
                report(&c, "disk", check_disk(&config));
                if (app.db)
                        report(&c, "backup", check_backup(&app, line->arena));
                report(&c, "packs", packs_load(line->arena, line->data, &packs));
                report(&c, "skills", matching_skills_load(line->arena, line->data, &skills));
                report(&c, to ? "mail (a test mail was sent)" : "mail", mail_prove(&app, line->arena, text_of(to)));
                report(&c, "clock", check_clock());
                config_print(&config, &shown);
        }
        if (db)
                db_close(db);
        printf("%s", c.json ? "]\n" : "\n");
        if (!c.json)
                printf("%s", out_get(&shown).p);
        return c.failed ? FAIL(ERR_BROKEN, "Something above is not well", "Mend it as the line says, then run check again") : OK;
}

const struct command command_check = {"check", "[--mail-to ADDRESS]", "says what works, what does not, and how to mend it", run};
