/*
 * Programme time: shown, advanced, set.  Refused for a real database.  Everything due in between runs in its order, each
 * piece at its own moment, through the very code that a serving process runs.
 */
#include "jobs/jobs.h"
#include "mail/mail.h"
#include "main/clock.h"
#include "main/command.h"
#include "os/zone.h"

#include <stdio.h>
#include <string.h>

struct next { struct opt due; };

static struct err find_next(struct tx *tx, void *in)
{
        struct next *n = in;

        return jobs_next(tx, &n->due);
}

static struct err run_everything(struct app *app, struct arena *a)
{
        int ran, sent;

        TRY(jobs_run_due(app, a, &ran));
        return mail_flush(app, a, 1 << 20, &sent);
}

struct err clock_advance_to(struct app *app, struct arena *a, int64_t target)
{
        struct next next;

        for (;;) {
                struct arena_mark mark = arena_mark(a);
                TRY(run_everything(app, a));
                TRY(db_read(app->db, a, find_next, &next));
                if (!next.due.has || next.due.v > target)
                        break;
                if (next.due.v > db_now(app->db))
                        TRY(db_clock_set(app->db, next.due.v));
                arena_rewind(a, mark);
        }
        if (target > db_now(app->db))
                TRY(db_clock_set(app->db, target));
        return run_everything(app, a);
}

/* "14d", "3h", "30m", "2w" in seconds. */
static struct err parse_span(const char *s, int64_t *seconds)
{
        size_t n = strlen(s);
        int64_t unit = n == 0 ? 0 : s[n - 1] == 'w' ? 604800 : s[n - 1] == 'd' ? 86400 : s[n - 1] == 'h' ? 3600
                     : s[n - 1] == 'm' ? 60 : 0;

        if (unit == 0 || !text_int((struct text) {s, n - 1}, seconds) || *seconds < 0 || *seconds > 3650)
                return FAIL_AT(ERR_INVALID, "This is not a length of time", s, "Write it as 14d, 2w, 3h or 30m");
        *seconds *= unit;
        return OK;
}

/* "2026-11-23" or "2026-11-23T09:30", UTC. */
static struct err parse_moment(const char *s, int64_t *t)
{
        struct text rest = text_of(s);
        struct text date = text_cut(rest, 'T', &rest);
        int64_t day, hour = 0, minute = 0;

        if (rest.n && rest.p[rest.n - 1] == 'Z')
                rest.n--;
        if (!day_parse(date, &day) ||
            (rest.p && (rest.n != 5 || rest.p[2] != ':' || !text_int((struct text) {rest.p, 2}, &hour) ||
                        !text_int((struct text) {rest.p + 3, 2}, &minute) || hour > 23 || minute > 59)))
                return FAIL_AT(ERR_INVALID, "This is not a moment", s, "Write it as 2026-11-23 or 2026-11-23T09:30 (UTC)");
        *t = day * 86400 + hour * 3600 + minute * 60;
        return OK;
}

static void show(struct app *app, bool json)
{
        struct civil c = zone_civil(zone_utc(), db_now(app->db));
        const char *purpose = db_purpose(app->db) == DB_REAL ? "real" : db_purpose(app->db) == DB_DEMO ? "demo" : "test";

        printf(json ? "{\"programme_time\":\"%04d-%02d-%02dT%02d:%02d:%02dZ\",\"database\":\"%s\"}\n"
                    : "%04d-%02d-%02dT%02d:%02d:%02dZ (%s database)\n",
               c.year, c.month, c.day, c.hour, c.minute, c.second, purpose);
}

static struct err clock_command(struct command_line *line, struct app *app, const char *what, const char *value)
{
        int64_t target;

        if (strcmp(what, "show") != 0) {
                if (db_purpose(app->db) == DB_REAL)
                        return FAIL(ERR_FORBIDDEN, "The clock of a real database cannot be set",
                                    "Use a database made by `demo`, or with TELEMACHUS_PURPOSE=test");
                if (!value)
                        return USAGE("A length of time or a moment is missing");
                if (strcmp(what, "advance") == 0) {
                        TRY(parse_span(value, &target));
                        target += db_now(app->db);
                } else if (strcmp(what, "set") == 0) {
                        TRY(parse_moment(value, &target));
                } else {
                        return USAGE("clock understands show, advance and set");
                }
                TRY(clock_advance_to(app, line->arena, target));
        }
        show(app, line->json);
        return OK;
}

static struct err run(struct command_line *line)
{
        const char *what = line_word(line);
        const char *value = line_word(line);
        struct app *app;

        TRY(line_end(line));
        TRY(app_open(line, &app));
        struct err e = clock_command(line, app, what ? what : "show", value);
        app_close(app);
        return e;
}

const struct command command_clock = {"clock", "show | advance 14d | set 2026-11-23T09:30",
                                      "programme time of a demonstration or test database", run};
