/* A whole programme played through in a database of its own, which is thrown away; what happened is
 * written as files. */
#include "base/log.h"
#include "content/pack.h"
#include "main/command.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/random.h"
#include "programmes/programmes.h"
#include "rehearsal/rehearsal.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { USUAL_PAIRS = 20, MOST_PAIRS = 200, MOST_FILE = 1 << 20, IDS_IN_USE = 1 << 24 };

struct wish {
        const char *pack, *cohort, *out, *truth;        /* pack or cohort */
        int64_t pairs, seed;
};

/* ---- a place of its own ---- */

static struct err make_place(struct arena *a, const char **out)
{
        const char *tmp = getenv("TMPDIR");
        struct text path = text_format(a, "%s/telemachus-rehearsal-XXXXXX", tmp ? tmp : "/tmp");
        char *name = arena_dup(a, path.p, path.n);

        if (!mkdtemp(name))
                return FAIL_AT(ERR_BROKEN, "There is no place for a temporary database", path.p,
                               "Check TMPDIR and the free space");
        *out = name;
        return OK;
}

static int remove_one(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
        (void)st;
        (void)flag;
        (void)ftw;
        return remove(path);
}

/* The packs of the data folder that is played, not of the play's own. */
static struct err load_packs(struct command_line *line, struct app *app)
{
        const struct packs *packs;

        TRY(packs_load(line->arena, line->data, &packs));
        app->packs = packs;
        return OK;
}

static void remove_place(const char *path) { nftw(path, remove_one, 8, FTW_DEPTH | FTW_PHYS); }

/* Settings come from the environment alone: a rehearsal never writes to the people of a real
 * installation. */
static struct err open_place(struct command_line *line, const char *place, struct app **out)
{
        struct config *config = arena_new_of(line->arena, struct config);

        TRY(config_load(line->arena, place, line->config, config));
        config->database = "sqlite";
        TRY(app_assemble(
                line->arena, config,
                &(struct db_options) {.url = config_db_url(line->arena, config), .memory = true},
                out));
        TRY(load_packs(line, *out));
        TRY(db_migrate((*out)->db, line->arena));
        return db_set_purpose((*out)->db, DB_TEST);
}

/* ---- the play ---- */

/* Launch on a Tuesday some fourteen weeks from the real today: a play begins now. */
static int64_t launch_day(int64_t today)
{
        int64_t day = today + 98;

        while (day_weekday(day) != 2)
                day++;
        return day;
}

static struct err read_truth(struct command_line *line, const char *path,
                             struct rehearsal_truth *truth)
{
        struct text file;

        *truth = rehearsal_truth_usual;
        if (!path)
                return OK;
        TRY(file_read(line->arena, path, MOST_FILE, &file));
        return rehearsal_truth_read(line->arena, file, truth);
}

static struct err show(struct command_line *line, struct app *app,
                       const struct rehearsal_order *order, const struct wish *w)
{
        struct rehearsal *r;

        TRY(rehearsal_play(app, line->arena, order, &r));
        TRY(rehearsal_write(line->arena, r, w->out));
        printf("%s", rehearsal_summary(line->arena, r, line->json).p);
        return OK;
}

static struct err play_pack(struct command_line *line, struct app *app, const struct wish *w)
{
        struct rehearsal_order order = {.seed = (uint64_t)w->seed,
                                        .cast = arena_new_of(line->arena, struct rehearsal_cast),
                                        .cohort_name = TEXT("Rehearsal"),
                                        .pack = text_of(w->pack),
                                        .pairs = w->pairs,
                                        .staff_hours = 6 + (double)w->pairs * 0.5,
                                        .launch_day =
                                                launch_day(zone_day(zone_utc(), clock_seconds()))};

        if (!packs_find(app->packs, order.pack))
                return FAIL_AT(ERR_ABSENT, "There is no such pack", w->pack,
                               "six-months, nine-months and twelve-months ship");
        TRY(read_truth(line, w->truth, &order.truth));
        random_replay((uint64_t)w->seed);
        rehearsal_cast_make(line->arena, (uint64_t)w->seed, (int)w->pairs + (int)w->pairs / 12 + 1,
                            (int)w->pairs * 7 / 8 + 1, order.cast);
        return show(line, app, &order, w);
}

/* ---- a cohort that there is ---- */

struct taking { const struct wish *w; struct rehearsal_order *order; struct programmes_cohort c; };

static struct err take_cohort(struct tx *tx, void *in)
{
        struct taking *t = in;

        TRY(programmes_cohort_by_slug(tx, text_of(t->w->cohort), &t->c));
        TRY(rehearsal_disguise(tx));
        t->order->cohort = t->c.id;
        t->order->launch_day = t->c.launch_day;
        t->order->pairs = t->c.size;
        t->order->staff_hours = t->c.staff_hours;
        return rehearsal_cast_of(tx, &t->c, t->order->seed, t->order->cast);
}

/* Everything of the real database as of now, in the place of the play. */
static struct err copy(struct command_line *line, const char *place, int64_t *now)
{
        struct app *app;

        TRY(app_open(line, &app));
        *now = db_now(app->db);
        struct err e = db_backup(app->db, line->arena,
                                 text_format(line->arena, "%s/telemachus.db", place).p);
        app_close(app);
        return e;
}

static struct err play_cohort(struct command_line *line, struct app *app, const struct wish *w,
                              int64_t now)
{
        struct rehearsal_order order = {.seed = (uint64_t)w->seed,
                                        .cast = arena_new_of(line->arena, struct rehearsal_cast),
                                        .from = now};
        struct taking t = {.w = w, .order = &order};

        TRY(read_truth(line, w->truth, &order.truth));
        TRY(db_write(app->db, line->arena, take_cohort, &t));
        random_replay((uint64_t)w->seed);
        for (int i = 0; i < IDS_IN_USE;
             i++) /* a demonstration counts its ids from 1; nothing may meet them */
                (void)random_id();
        return show(line, app, &order, w);
}

static struct err open_copy(struct command_line *line, const char *place, struct app **out)
{
        struct config *config = arena_new_of(line->arena, struct config);

        TRY(config_load(line->arena, place, line->config, config));
        config->database = "sqlite";
        config->smtp_host = "";
        config->mails_per_hour = 0;
        TRY(app_assemble(
                line->arena, config,
                &(struct db_options) {.url = config_db_url(line->arena, config), .memory = true},
                out));
        return load_packs(line, *out);
}

static struct err rehearse_cohort(struct command_line *line, const char *place,
                                  const struct wish *w)
{
        struct app *app;
        int64_t now;

        TRY(copy(line, place, &now));
        TRY(open_copy(line, place, &app));
        struct err e = play_cohort(line, app, w, now);
        app_close(app);
        return e;
}

static struct err rehearse_pack(struct command_line *line, const char *place, const struct wish *w)
{
        struct app *app;

        TRY(open_place(line, place, &app));
        must(db_purpose(app->db) == DB_TEST);
        struct err e = play_pack(line, app, w);
        app_close(app);
        return e;
}

static struct err rehearse(struct command_line *line, const struct wish *w)
{
        const char *place;

        TRY(file_make_folder(w->out));
        TRY(make_place(line->arena, &place));
        struct err e = w->cohort ? rehearse_cohort(line, place, w) : rehearse_pack(line, place, w);
        remove_place(place);
        if (!failed(e) && !line->json)
                printf("%s/timeline.html shows it.\n", w->out);
        return e;
}

static struct err run(struct command_line *line)
{
        struct wish w = {.pack = line_option(line, "programme"),
                         .cohort = line_option(line, "cohort"),
                         .out = line_option(line, "out"),
                         .truth = line_option(line, "truth"),
                         .pairs = USUAL_PAIRS,
                         .seed = 1};
        const char *pairs = line_option(line, "pairs");
        const char *seed = line_option(line, "seed");

        TRY(line_end(line));
        if (pairs)
                TRY(line_int(pairs, 1, MOST_PAIRS, &w.pairs));
        if (seed)
                TRY(line_int(seed, 0, INT64_MAX, &w.seed));
        if (!w.out)
                w.out = "rehearsal";
        if (!w.pack == !w.cohort)
                return USAGE("Say --programme PACK, or --cohort SLUG");
        log_level(LOG_WARN);
        return rehearse(line, &w);
}

const struct command command_rehearse = {
        "rehearse",
        "--programme PACK [--pairs N] | --cohort SLUG  [--seed S] [--truth FILE] [--out DIR]",
        "plays a whole programme through on a set clock, before anybody is invited", run};
