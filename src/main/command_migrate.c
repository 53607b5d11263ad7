#include "main/command.h"
#include "os/keys.h"
#include "os/process.h"

#include <stdio.h>

static struct err run(struct command_line *line)
{
        struct config config;
        struct db *db;
        struct text plan;
        bool plan_only = line_flag(line, "plan");

        TRY(line_end(line));
        TRY(process_become_owner(line->data));
        TRY(config_load(line->arena, line->data, line->config, &config));
        TRY(db_open(&(struct db_options) {.url = config_db_url(line->arena, &config)}, &db));
        TRY(db_migrate_plan(db, line->arena, &plan));
        printf("%s", plan.n ? plan.p : "The schema is up to date.\n");
        struct err e = plan_only || !plan.n ? OK : db_migrate(db, line->arena);
        db_close(db);
        if (!failed(e) && plan.n && !plan_only)
                printf("Done.\n");
        return e;
}

const struct command command_migrate = {"migrate", "[--plan]", "brings the schema up to date, saying first what it will do", run};
