/*
 * The command line: telemachus COMMAND [options].  Exit status 0 done, 1 failed, 2 wrong usage.  Failures are printed as
 * "telemachus: what happened; what to do next".
 *
 * Wrong place? What a command does belongs to a room's verb; files here read options, call one verb, print.
 */
#ifndef TELEMACHUS_MAIN_COMMAND_H
#define TELEMACHUS_MAIN_COMMAND_H

#include "base/app.h"
#include "base/arena.h"
#include "base/err.h"
#include "base/out.h"
#include "db/db.h"
#include "os/config.h"

struct command_line {
        const char *data;               /* --data DIR, TELEMACHUS_DATA, ./data */
        const char *config;             /* --config FILE; NULL: <data>/telemachus.yaml */
        bool json;                      /* --json */
        int argc;                       /* what is left behind the command's name */
        char **argv;
        struct arena *arena;            /* of the process */
};

struct command {
        const char *name;
        const char *usage;              /* after the name */
        const char *help;               /* one line; NULL: not in the list, for tests */
        struct err (*run)(struct command_line *line);
};

extern const struct command command_serve, command_check, command_demo, command_cohort, command_import, command_facts, command_match,
        command_rehearse, command_clock, command_pack, command_migrate, command_admin, command_report, command_receive, command_routes,
        command_backup, command_restore, command_verify;

/* Wrong usage: printed with the command's usage line, exit status 2. */
#define USAGE(what) FAIL(ERR_INVALID, (what), "usage")

/*
 * The value behind --name, taken out of the line; NULL if it is not there. A flag gives "". Whatever options are left at the
 * end are mistakes: line_end() says so.
 */
const char *line_option(struct command_line *line, const char *name);
bool line_flag(struct command_line *line, const char *name);
const char *line_word(struct command_line *line);       /* the next word that is no option, or NULL */
struct err line_end(struct command_line *line);
struct err line_int(const char *value, int64_t least, int64_t most, int64_t *out);

/* Configuration, keys, packs, database, in this order; the database is made and migrated if there is none. */
struct err app_open(struct command_line *line, struct app **out);
/* For a database that is being made: purpose is written with it. */
struct err app_open_new(struct command_line *line, enum db_purpose purpose, struct app **out);
/* From a ready configuration, for the rehearsal's own database. */
struct err app_assemble(struct arena *a, const struct config *config, const struct db_options *options, struct app **out);
void app_close(struct app *app);

extern const struct jobs main_jobs;                     /* main/jobs.c */
struct route_table;
extern const struct route_table *const main_routes[]; /* main/routes.c */
extern const size_t main_routes_count;

#endif
