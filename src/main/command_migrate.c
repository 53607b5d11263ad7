/*
 * The schema, brought up to date and back. Before it begins a backup is taken; a note in the backup
 * folder says which, so that the way back is one command, even after a pulled plug in between.
 */
#include "main/command.h"
#include "main/progress.h"
#include "os/config.h"
#include "os/file.h"
#include "os/process.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct migrating {
        struct command_line *line;
        struct config config;
        struct db *db;
        struct progress progress;
        struct safety_say say;
        const char *note;               /* path: "begun FILE" or "done FILE" */
};

/* ---- the note ---- */

static struct err read_note(struct migrating *m, const char *word, const char **file)
{
        struct text t, name, first;

        *file = NULL;
        if (!file_exists(m->note))
                return OK;
        TRY(file_read(m->line->arena, m->note, 4096, &t));
        first = text_cut(text_trim(t), ' ', &name);
        if (name.p && (!word || text_is(first, word)))
                *file = text_c(m->line->arena, name);
        return OK;
}

static struct err write_note(struct migrating *m, const char *word, const char *file)
{
        return file_write(m->note, text_format(m->line->arena, "%s %s\n", word, file), 0600);
}

/* ---- forward ---- */

/* An upgrade that was cut off had its backup already: one of now would be of a state in between. */
static struct err backup_first(struct migrating *m, const char **file)
{
        struct safety_facts facts;

        TRY(read_note(m, "begun", file));
        if (*file && file_exists(*file)) {
                printf("Going on with an upgrade that was cut off; its backup is %s.\n", *file);
                return OK;
        }
        TRY(safety_backup_here(m->db, &m->config, m->line->arena, "before-migrate", &m->say, &facts, file));
        progress_end(&m->progress);
        printf("Backup: %s (%.1f MB)\n", *file, (double)facts.bytes / 1e6);
        return write_note(m, "begun", *file);
}

static struct err forward(struct migrating *m, bool empty)
{
        const char *file = NULL;

        if (!empty)
                TRY(backup_first(m, &file));
        TRY(db_migrate(m->db, m->line->arena));
        if (file)
                TRY(write_note(m, "done", file));
        printf("Done.%s\n", file ? " If something is wrong with it, go back with: telemachus migrate --back" : "");
        return OK;
}

static struct err bring_up_to_date(struct migrating *m, bool plan_only)
{
        struct text plan;
        bool empty;

        TRY(safety_finished(m->line->arena, m->config.data));
        TRY(db_empty(m->db, m->line->arena, &empty));
        TRY(db_migrate_plan(m->db, m->line->arena, &plan));
        printf("%s", plan.n ? plan.p : "The schema is up to date.\n");
        if (plan_only || !plan.n)
                return OK;
        if (process_server(m->config.data))
                return FAIL(ERR_BUSY, "The program is serving from this folder", "Stop it first");
        return forward(m, empty);
}

static struct err run_forward(struct migrating *m, bool plan_only)
{
        TRY(db_open(&(struct db_options) {.url = config_db_url(m->line->arena, &m->config)}, &m->db));
        struct err e = bring_up_to_date(m, plan_only);
        db_close(m->db);
        return e;
}

/* ---- back ---- */

static bool says_yes(void)
{
        char answer[16] = "";

        if (!isatty(STDIN_FILENO))
                return false;
        printf("Type yes to go back: ");
        fflush(stdout);
        return fgets(answer, sizeof answer, stdin) && strcmp(answer, "yes\n") == 0;
}

static struct err run_back(struct migrating *m, bool yes)
{
        const char *file, *passphrase = NULL;
        struct text aside;

        TRY(read_note(m, NULL, &file));
        if (!file)
                return FAIL_AT(ERR_ABSENT, "No upgrade was made here that could be taken back", m->note,
                               "Restore a backup into a new data folder: telemachus restore FILE");
        printf("The database becomes what it was before the upgrade: %s.\n"
               "What people have done since is not in it. It is kept aside, nothing is deleted.\n", file);
        if (!yes && !says_yes())
                return FAIL(ERR_INVALID, "Nothing was done", "Say --yes if that is what you want");
        if (*m->config.backup_passphrase_file)
                TRY(safety_passphrase(m->line->arena, m->config.backup_passphrase_file, &passphrase));
        struct err e = safety_go_back(&m->config, m->line->arena, file, passphrase, &m->say, &aside);
        progress_end(&m->progress);
        TRY(e);
        TRY(file_remove(m->note));
        if (aside.p)
                printf("What was there lies in %s%s.\n",
                       strcmp(m->config.database, "sqlite") == 0 ? "telemachus.db." : "the database's schema ", aside.p);
        printf("Done. Start the version of before the upgrade.\n");
        return OK;
}

static struct err run(struct command_line *line)
{
        struct migrating m = {.line = line};
        bool plan = line_flag(line, "plan"), back = line_flag(line, "back"), yes = line_flag(line, "yes");

        TRY(line_end(line));
        TRY(process_become_owner(line->data));
        if (plan && back)
                return USAGE("Say --plan or --back");
        TRY(config_load(line->arena, line->data, line->config, &m.config));
        m.say = progress_begin(&m.progress);
        m.note = text_format(line->arena, "%s/before-migrate", safety_folder(line->arena, &m.config)).p;
        return back ? run_back(&m, yes) : run_forward(&m, plan);
}

const struct command command_migrate = {"migrate", "[--plan | --back [--yes]]",
                                        "brings the schema up to date, saying first what it will do; or back", run};
