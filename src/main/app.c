#include "content/holidays.h"
#include "content/pack.h"
#include "main/command.h"
#include "os/file.h"
#include "os/keys.h"
#include "safety/safety.h"
#include "os/process.h"

#include <stdlib.h>
#include <string.h>

struct err app_assemble(struct arena *a, const struct config *config, const struct db_options *options, struct app **out)
{
        struct app *app = arena_new_of(a, struct app);

        app->config = config;
        app->jobs = &main_jobs;
        TRY(keys_load(a, config->data, &app->keys));
        const struct packs *packs;
        TRY(packs_load(a, config->data, &packs));
        app->packs = packs;
        struct holidays *holidays = arena_new_of(a, struct holidays);
        TRY(holidays_load(a, config->data, holidays));
        app->holidays = holidays;
        TRY(db_open(options, &app->db));
        db_set_app(app->db, app);
        *out = app;
        return OK;
}

static struct err load_config(struct command_line *line, struct config **out)
{
        struct config *config = arena_new_of(line->arena, struct config);

        TRY(process_become_owner(line->data));
        TRY(file_make_folder(line->data));
        TRY(config_load(line->arena, line->data, line->config, config));
        *out = config;
        return OK;
}

static struct err open_with(struct command_line *line, struct app **out)
{
        struct config *config;

        TRY(load_config(line, &config));
        TRY(safety_finished(line->arena, config->data));
        return app_assemble(line->arena, config, &(struct db_options) {.url = config_db_url(line->arena, config),
                                                                       .readers = config->connections}, out);
}

/* A database made for tests says so from its first moment; it cannot be told later. */
static enum db_purpose wanted_purpose(void)
{
        const char *purpose = getenv("TELEMACHUS_PURPOSE");

        return purpose && strcmp(purpose, "test") == 0 ? DB_TEST : DB_REAL;
}

struct err app_open(struct command_line *line, struct app **out)
{
        bool up_to_date, empty;

        TRY(open_with(line, out));
        TRY(db_migrated((*out)->db, line->arena, &up_to_date));
        if (up_to_date)
                return OK;
        TRY(db_empty((*out)->db, line->arena, &empty));
        if (!empty)
                return FAIL(ERR_CONFLICT, "The database has an older schema than this program",
                            "Run: telemachus migrate");
        TRY(db_migrate((*out)->db, line->arena));
        return db_set_purpose((*out)->db, wanted_purpose());
}

struct err app_open_new(struct command_line *line, enum db_purpose purpose, struct app **out)
{
        bool empty;

        TRY(open_with(line, out));
        TRY(db_empty((*out)->db, line->arena, &empty));
        if (!empty)
                return FAIL_AT(ERR_CONFLICT, "There is data here already", line->data, "Choose an empty data folder");
        TRY(db_migrate((*out)->db, line->arena));
        return db_set_purpose((*out)->db, purpose);
}

void app_close(struct app *app) { db_close(app->db); }
