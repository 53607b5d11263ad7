#include "safety/safety_web.h"

#include "jobs/jobs.h"
#include "html/format.h"
#include "os/clock.h"
#include "os/config.h"
#include "os/file.h"
#include "os/zone.h"
#include "safety/safety_desk.html.h"
#include "safety/safety_jobs.h"
#include "safety/safety_view.h"

#include <string.h>

enum { RUNS = 20, LOW_BYTES = 4 << 20 };

/* ---- the page ---- */

static struct err under_way(struct tx *tx, const struct job_kind *kind, bool *out)
{
        return jobs_planned(tx, kind->name, 0, clock_seconds(), out);
}

/* Whether something can be written is tried outside of the page's own transaction: the read one. */
static struct err disk(const struct config *c)
{
        int64_t room = 0;
        bool read_only = false;

        TRY(file_space(c->data, &room, &read_only));
        if (read_only)
                return FAIL(ERR_UPSTREAM, "The disk is read-only", NULL);
        return room < LOW_BYTES ? FAIL(ERR_UPSTREAM, "The disk is full", NULL) : OK;
}

static struct err show(struct request *rq, struct reply *re)
{
        const struct config *c = rq->app->config;
        struct html_shell shell = {.kind = SHELL_DESK, .title = text_of(msg(rq->page.locale, M_("Safety")))};
        struct safety_desk_view v = {.folder = text_of(safety_folder(rq->arena, c)),
                                     .when = text_of(c->backup_time),
                                     .sealed = *c->backup_passphrase_file, .room_mb = -1};
        int64_t room;
        bool read_only;

        TRY(safety_state(rq->tx, &v.state));
        TRY(safety_runs(rq->tx, RUNS, &v.runs));
        TRY(under_way(rq->tx, &safety_job_backup, &v.asked_backup));
        TRY(under_way(rq->tx, &safety_job_drill, &v.asked_drill));
        v.troubles = safety_troubles(&v.state);
        struct err full = disk(c);
        if (failed(full)) {
                v.writing = msg(rq->page.locale, full.what);
                v.writing_next = msg(rq->page.locale, M_("Make room, or let it be written again; nothing has to be started anew."));
        } else if (db_in_trouble(rq->app->db)) {
                v.writing = msg(rq->page.locale, M_("The last write was refused."));
                v.writing_next = msg(rq->page.locale, M_("Look at /readyz and at the log."));
        }
        if (!failed(file_space(v.folder.p, &room, &read_only)) || !failed(file_space(c->data, &room, &read_only)))
                v.room_mb = room >> 20;
        if (v.state.mails_since.has)
                v.mails_since = format_moment(rq->arena, rq->page.locale, rq->page.zone, v.state.mails_since.v);
        reply_page(rq, re, &shell, safety_desk, &v);
        return OK;
}

static struct err post_backup(struct request *rq, struct reply *re)
{
        TRY(safety_ask(rq->tx, rq->who, false));
        reply_flash(re, "A backup is taken now.");
        reply_see(re, "/desk/safety");
        return OK;
}

static struct err post_drill(struct request *rq, struct reply *re)
{
        TRY(safety_ask(rq->tx, rq->who, true));
        reply_flash(re, "The newest backup is restored on trial now.");
        reply_see(re, "/desk/safety");
        return OK;
}

static const struct route rows[] = {
        {.method = GET, .path = "/desk/safety", .who = ROLE_ADMINISTRATOR, .handler = show},
        {.method = POST, .path = "/desk/safety/backup", .who = ROLE_ADMINISTRATOR, .handler = post_backup},
        {.method = POST, .path = "/desk/safety/drill", .who = ROLE_ADMINISTRATOR, .handler = post_drill},
};

const struct route_table safety_routes = ROUTES(rows);

/* ---- /readyz ---- */

static void line(struct out *o, const char *part, struct err e)
{
        out_format(o, "%s: %s\n", part, failed(e) ? e.what : "ok");
}

static struct err ask(struct tx *tx, void *in) { return safety_state(tx, in); }

static void iso(struct out *o, const struct opt *t)
{
        struct civil c = zone_civil(zone_utc(), t->v);

        if (t->has)
                out_format(o, "%04d-%02d-%02dT%02d:%02d:%02dZ", c.year, c.month, c.day, c.hour, c.minute, c.second);
        else
                out_c(o, "none yet");
}

/* These are for the administrator's eyes; pages are served all the same. */
static void others(const struct safety_state *s, struct out *o)
{
        out_format(o, "mail: %s", s->mails ? "" : "ok\n");
        if (s->mails)
                out_format(o, "%lld wait for the mail server\n", (long long)s->mails);
        out_format(o, "jobs: %s", s->jobs_dead ? "" : "ok\n");
        if (s->jobs_dead)
                out_format(o, "%lld have failed for good\n", (long long)s->jobs_dead);
        out_c(o, "backup: ");
        iso(o, &s->backup);
        out_c(o, s->backup_failed.has ? ", the last one failed\n" : s->backup_late ? ", too old\n" : "\n");
        out_c(o, "trial restore: ");
        iso(o, &s->drill);
        out_c(o, s->drill_failed.has ? ", the last one failed\n" : "\n");
}

static struct err first_of(struct err a, struct err b) { return failed(a) ? a : b; }

struct err safety_ready(struct app *app, struct arena *a, struct out *out)
{
        struct safety_state s;
        bool current = false;
        struct err database = db_read(app->db, a, ask, &s);
        struct err schema = db_migrated(app->db, a, &current);

        if (!failed(schema) && !current)
                schema = FAIL(ERR_CONFLICT, "migrations are missing", NULL);
        if (failed(schema))
                database = failed(database) && err_is(schema, ERR_CONFLICT) ? OK : database;
        struct err writing = failed(database) ? OK : db_writable(app->db, a);
        struct err room = disk(app->config);
        line(out, "database", database);
        line(out, "schema", failed(database) ? OK : schema);
        line(out, "writing", writing);
        line(out, "disk", room);
        if (!failed(database) && !failed(schema))
                others(&s, out);
        return first_of(first_of(database, schema), first_of(writing, room));
}
