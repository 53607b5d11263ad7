/* Backups and trial restores as background work, what came of them, and who hears of a failure. */
#include "base/log.h"
#include "html/format.h"
#include "html/letter.h"
#include "jobs/jobs.h"
#include "mail/mail.h"
#include "os/clock.h"
#include "os/config.h"
#include "os/process.h"
#include "os/random.h"
#include "os/zone.h"
#include "people/people.h"
#include "safety/safety.sql.h"
#include "safety/safety_jobs.h"
#include "safety/safety_letter.h"
#include "safety/safety_letter.mail.h"
#include "safety/safety_parts.h"
#include "safety/safety_rules.h"

#include <string.h>

enum { DAY_S = 86400, LEASE_S = 6 * 3600, TRIES = 3, DRILL_AFTER_S = 2 * 3600, KEPT_S = 400 * DAY_S };

struct outcome {
        const char *kind;
        int64_t began;
        struct safety_facts facts;
        const char *file;
        struct err err;
};

/* ---- telling ---- */

static struct err tell(struct tx *tx, const struct people_person *to, const struct outcome *o,
                       struct text last)
{
        struct arena *a = tx_arena(tx);
        struct out out = out_new(a, 1024);
        struct page page = {.out = &out, .locale = to->locale, .zone = to->zone, .now = tx_now(tx)};
        struct letter_text words;
        int64_t id;

        safety_trouble(&page, &words, &(struct safety_trouble_view) {
                .first_name = to->first_name, .drill = strcmp(o->kind, "drill") == 0, .last = last,
                .error = text_format(a, "%s%s%s. %s.", msg(to->locale, o->err.what),
                                     o->err.place ? ": " : "", o->err.place ? o->err.place : "",
                                     msg(to->locale, o->err.next)),
                .url = text_format(a, "%s/desk/safety", tx_app(tx)->config->base_url)});
        return mail_post(tx, &(struct letter) {
                .to = to->id, .address = to->email, .name = to->first_name, .locale = to->locale,
                .class = MAIL_STAFF, .rule = "safety", .subject = words.subject, .body = words.body,
                .anchor = text_format(a, "%s:%lld", o->kind, (long long)(o->began / DAY_S))}, &id);
}

/* Once a day at most, whatever is tried in between. */
static struct err tell_administrators(struct tx *tx, const struct outcome *o)
{
        struct people_list list;
        struct safety_last good;
        bool found;

        TRY(safety_last(tx, text_of(o->kind), true, clock_seconds() + DAY_S, &found, &good));
        TRY(people_with_role(tx, "administrator", 0, &list));
        for (size_t i = 0; i < list.n; i++) {
                const struct people_person *p = &list.row[i];
                TRY(tell(tx, p, o, found ? format_moment(tx_arena(tx), p->locale, p->zone,
                                                         good.ended_at) : TEXT_ABSENT));
        }
        return OK;
}

static struct err record(struct tx *tx, void *in)
{
        const struct outcome *o = in;
        const char *slash = strrchr(o->file, '/');
        int64_t now = clock_seconds();

        TRY(safety_run_add(tx, &(struct safety_run_add_in) {
                .id = random_id(), .kind = text_of(o->kind), .began = o->began < now ? o->began : now,
                .ended = now, .good = !failed(o->err), .file = text_of(slash ? slash + 1 : o->file),
                .bytes = o->facts.bytes, .entries = o->facts.rows,
                .error = failed(o->err) ? text_format(tx_arena(tx), "%s%s%s", o->err.what,
                                                      o->err.place ? ": " : "",
                                                      o->err.place ? o->err.place : "")
                                        : TEXT_ABSENT}));
        TRY(safety_run_forget(tx, now - KEPT_S));
        return failed(o->err) ? tell_administrators(tx, o) : OK;
}

/*
 * What came of it is written down even if it failed; then the failure goes on to whoever tries
 * again. That the program ends meanwhile is no failure.
 */
static struct err settle(struct app *app, struct arena *a, struct outcome *o)
{
        if (failed(o->err) && process_ending())
                return FAIL(ERR_BUSY, "The program is ending", "It is done at its next start");
        if (failed(o->err))
                log_err(LOG_ERROR, "safety.failed", o->err);
        else
                log_write(LOG_INFO, "safety.%s file=%s bytes=%lld rows=%lld", o->kind, o->file,
                          (long long)o->facts.bytes, (long long)o->facts.rows);
        struct err e = db_write(app->db, a, record, o);
        return failed(o->err) ? o->err : e;
}

/* ---- planning ---- */

/* The next time of day in the installation's zone, a minute from now at the earliest. */
static int64_t next_night(const struct config *c, int64_t now)
{
        const struct zone *zone = zone_find(text_of(c->default_zone));
        struct text minute, hour = text_cut(text_of(c->backup_time), ':', &minute);
        int64_t h = 0, m = 0;

        must(zone && text_int(hour, &h) && text_int(minute, &m));
        int64_t day = zone_day(zone, now + 60);
        int64_t at = zone_at(zone, day, (int)h, (int)m);
        return at > now + 60 ? at : zone_at(zone, day + 1, (int)h, (int)m);
}

static int64_t next_month(const struct config *c, int64_t now)
{
        const struct zone *zone = zone_find(text_of(c->default_zone));
        int64_t today = zone_day(zone, now), day = today + 1;

        while (safety_months_of(day) == safety_months_of(today))
                day++;
        return next_night(c, zone_at(zone, day, 0, 0)) + DRILL_AFTER_S;
}

/* Not by the day's name: a clock that ran ahead has used those up. */
static struct err plan_one(struct tx *tx, const struct job_kind *kind, int64_t due)
{
        struct text key = text_format(tx_arena(tx), "%lld", (long long)random_id());
        bool planned;

        TRY(jobs_planned(tx, kind->name, clock_seconds(), due + DAY_S, &planned));
        return planned ? OK : jobs_add(tx, kind->name, key, due, 0, 0);
}

struct err safety_plan(struct tx *tx)
{
        const struct config *c = tx_app(tx)->config;
        int64_t now = clock_seconds();

        if (!c->backups || db_purpose(tx_db(tx)) == DB_DEMO)
                return OK;
        TRY(plan_one(tx, &safety_job_backup, next_night(c, now)));
        return plan_one(tx, &safety_job_drill, next_month(c, now));
}

struct err safety_ask(struct tx *tx, const struct who *who, bool drill)
{
        const struct job_kind *kind = drill ? &safety_job_drill : &safety_job_backup;

        bool planned;

        TRY(people_must_have(tx, who, ROLE_ADMINISTRATOR, 0));
        TRY(jobs_planned(tx, kind->name, 0, clock_seconds(), &planned));
        if (planned)
                return OK;
        TRY(people_audit(tx, who, drill ? "safety.drill" : "safety.backup", 0, 0, ""));
        return jobs_add(tx, kind->name, text_format(tx_arena(tx), "asked:%lld", (long long)random_id()),
                        clock_seconds(), 1, 0);
}

static struct err plan_in(struct tx *tx, void *in)
{
        (void)in;
        return safety_plan(tx);
}

/* ---- the work ---- */

/* The night after this one is planned first, so that a failure does not end the row. */
static struct err backup(struct app *app, struct arena *a, const struct job *job)
{
        struct outcome o = {.kind = "backup", .began = clock_seconds()};

        (void)job;
        TRY(db_write(app->db, a, plan_in, NULL));
        o.err = safety_backup_here(app->db, app->config, a, "telemachus", NULL, &o.facts, &o.file);
        return settle(app, a, &o);
}

struct newest { struct safety_last row; bool found; };

static struct err find_newest(struct tx *tx, void *in)
{
        struct newest *n = in;

        return safety_last(tx, TEXT("backup"), true, clock_seconds() + DAY_S, &n->found, &n->row);
}

static struct err try_newest(struct app *app, struct arena *a, struct outcome *o)
{
        const char *folder = safety_folder(a, app->config), *passphrase = NULL;
        struct newest n;

        TRY(db_read(app->db, a, find_newest, &n));
        if (!n.found)
                return FAIL(ERR_ABSENT, "There is no backup to try", "Take one first");
        o->file = text_format(a, "%s/%s", folder, n.row.file.p).p;
        if (app->config->backup_passphrase_file && *app->config->backup_passphrase_file)
                TRY(safety_passphrase(a, app->config->backup_passphrase_file, &passphrase));
        return safety_verify(a, o->file, passphrase, folder, NULL, &o->facts);
}

static struct err drill(struct app *app, struct arena *a, const struct job *job)
{
        struct outcome o = {.kind = "drill", .began = clock_seconds(), .file = ""};

        (void)job;
        TRY(db_write(app->db, a, plan_in, NULL));
        o.err = try_newest(app, a, &o);
        return settle(app, a, &o);
}

const struct job_kind safety_job_backup = {
        .name = "safety.backup", .clock = JOB_MACHINE, .act = backup, .tries = TRIES, .lease_s = LEASE_S};
const struct job_kind safety_job_drill = {
        .name = "safety.drill", .clock = JOB_MACHINE, .act = drill, .tries = TRIES, .lease_s = LEASE_S};
