#include "base/log.h"
#include "main/command.h"
#include "os/file.h"
#include "os/notify.h"
#include "os/process.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where the data lies when nobody says; a package has places of its own (Makefile, `packaged`). */
#ifndef DATA_FOLDER
#define DATA_FOLDER "data"
#define CONFIG_FILE NULL
#endif

static const struct command *const commands[] = {
        &command_serve, &command_check, &command_demo, &command_cohort, &command_import, &command_facts, &command_match, &command_rehearse,
        &command_clock, &command_report, &command_pack, &command_backup, &command_verify, &command_restore, &command_migrate, &command_admin, &command_receive, &command_routes,
};

enum { N_COMMANDS = sizeof commands / sizeof commands[0] };

static void print_help(FILE *to)
{
        fprintf(to, "usage: telemachus COMMAND [--data DIR] [--config FILE] [--json] ...\n\n");
        for (size_t i = 0; i < N_COMMANDS; i++)
                if (commands[i]->help)
                        fprintf(to, "  %-10s %s\n", commands[i]->name, commands[i]->help);
        fprintf(to, "\ntelemachus COMMAND --help says more. Data folder: --data, TELEMACHUS_DATA or %s.\n",
                *DATA_FOLDER == '/' ? DATA_FOLDER : "./" DATA_FOLDER);
}

static void print_command_help(const struct command *c, FILE *to)
{
        fprintf(to, "usage: telemachus %s %s\n%s\n", c->name, c->usage, c->help ? c->help : "");
}

static const struct command *find_command(const char *name)
{
        for (size_t i = 0; i < N_COMMANDS; i++)
                if (strcmp(commands[i]->name, name) == 0)
                        return commands[i];
        return NULL;
}

static int finish(const struct command *c, struct err e)
{
        if (!failed(e))
                return 0;
        fprintf(stderr, "telemachus: %s", e.what);
        if (e.place)
                fprintf(stderr, " (%s)", e.place);
        if (e.next && strcmp(e.next, "usage") != 0) {
                fprintf(stderr, "; %s\n", e.next);
                if (e.detail)
                        fprintf(stderr, "telemachus: %s\n", e.detail);
                return 1;
        }
        fprintf(stderr, "\n");
        if (!e.next)
                return 1;
        print_command_help(c, stderr);
        return 2;
}

static struct err run(const struct command *c, struct command_line *line)
{
        const char *data = line_option(line, "data");
        const char *from_environment = getenv("TELEMACHUS_DATA");

        line->data = data ? data : from_environment ? from_environment : DATA_FOLDER;
        line->config = line_option(line, "config");
        /* the package's configuration belongs to the package's data, not to whatever folder is named instead */
        if (!line->config && !data && !from_environment && CONFIG_FILE && file_exists(CONFIG_FILE))
                line->config = CONFIG_FILE;
        line->json = line_flag(line, "json");
        return c->run(line);
}

int main(int argc, char **argv)
{
        if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
                print_help(argc < 2 ? stderr : stdout);
                return argc < 2 ? 2 : 0;
        }
        log_priorities(notify_journal());
        if (getenv("TELEMACHUS_LOG") && strcmp(getenv("TELEMACHUS_LOG"), "debug") == 0)
                log_level(LOG_DEBUG);
        process_begin();
        const struct command *c = find_command(argv[1]);
        if (!c) {
                fprintf(stderr, "telemachus: there is no command %s; telemachus --help lists them\n", argv[1]);
                return 2;
        }
        struct command_line line = {.argc = argc - 2, .argv = argv + 2, .arena = arena_new((size_t)4 << 30)};
        if (line_flag(&line, "help")) {
                print_command_help(c, stdout);
                return 0;
        }
        int status = finish(c, run(c, &line));
        arena_free(line.arena);
        return status;
}
