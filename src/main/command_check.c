/* What works, what does not, and how to mend it: everything that this program stands on. */
#include "base/json.h"
#include "content/pack.h"
#include "mail/mail.h"
#include "mail/mail_domain.h"
#include "main/check.h"
#include "main/command.h"
#include "matching/matching_skills.h"
#include "os/process.h"
#include "safety/safety.h"

#include <stdio.h>

/* ---- how it is said ---- */

static void member(struct out *o, const char *name, struct text value)
{
        out_format(o, ",\"%s\":", name);
        json_string(o, value.p ? value : TEXT(""));
}

static void say_json(struct check *c, enum check_level level, const char *part, struct text what, struct text next)
{
        static const char *const names[] = {[CHECK_OK] = "ok", [CHECK_ADVICE] = "advice", [CHECK_WRONG] = "wrong"};
        struct out o = out_new(c->arena, 512);

        out_format(&o, "%s{\"part\":", c->n ? ",\n " : "");
        json_string(&o, text_of(part));
        out_format(&o, ",\"ok\":%s", level == CHECK_WRONG ? "false" : "true");
        member(&o, "level", text_of(names[level]));
        member(&o, "what", what);
        member(&o, "next", next);
        out_char(&o, '}');
        printf("%s", out_get(&o).p);
}

void check_say(struct check *c, enum check_level level, const char *part, struct text what, struct text next)
{
        static const char *const marks[] = {[CHECK_OK] = "ok     ", [CHECK_ADVICE] = "advice ", [CHECK_WRONG] = "NOT OK "};

        if (c->json) {
                say_json(c, level, part, what, next);
        } else {
                printf("%s %s%s%.*s\n", marks[level], part, what.n ? ": " : "", (int)what.n, what.n ? what.p : "");
                if (next.n)
                        printf("          %.*s\n", (int)next.n, next.p);
        }
        c->wrong += level == CHECK_WRONG;
        c->n++;
        fflush(stdout);
}

void check_err(struct check *c, const char *part, struct err e)
{
        if (!failed(e)) {
                check_say(c, CHECK_OK, part, TEXT_ABSENT, TEXT_ABSENT);
                return;
        }
        struct text what = e.place ? text_format(c->arena, "%s (%s)", e.what, e.place) : text_of(e.what);
        struct text next = e.detail ? text_format(c->arena, "%s; %s", e.next ? e.next : "", e.detail) : text_of(e.next);
        check_say(c, CHECK_WRONG, part, what, next);
}

/* ---- what is looked at ---- */

static struct err check_database(struct command_line *line, const struct config *config, struct db **db)
{
        bool up_to_date;

        TRY(db_open(&(struct db_options) {.url = config_db_url(line->arena, config)}, db));
        TRY(db_migrated(*db, line->arena, &up_to_date));
        return up_to_date ? OK : FAIL(ERR_CONFLICT, "The schema is not up to date", "Run: telemachus migrate");
}

static struct err ask_safety(struct tx *tx, void *in) { return safety_state(tx, in); }

/* No backup yet is no fault on the first day. */
static struct err check_backup(struct app *app, struct arena *a)
{
        struct safety_state s;

        TRY(safety_finished(a, app->config->data));
        TRY(db_read(app->db, a, ask_safety, &s));
        if (s.backup_failed.has)
                return FAIL_AT(ERR_BROKEN, "The last backup has failed", s.backup_error.p, "Mend that, then: telemachus backup FILE");
        if (s.backup_late)
                return FAIL(ERR_BROKEN, "The last good backup is older than two days", "Let the program run at night, or take one: telemachus backup FILE");
        if (s.drill_failed.has)
                return FAIL_AT(ERR_BROKEN, "The last trial restore has failed", s.drill_error.p, "Look at it with: telemachus verify FILE");
        return OK;
}

static struct err read_quota(struct tx *tx, void *in) { return mail_quota(tx, in); }

static void check_quota(struct check *c, struct app *app)
{
        struct mail_quota q;

        if (!app->config->mails_per_hour || failed(db_read(app->db, c->arena, read_quota, &q)))
                return;
        struct text what = text_format(c->arena, "%lld of %lld mails have left within an hour, %lld wait.", (long long)q.sent,
                                       (long long)q.limit, (long long)q.waiting);
        check_say(c, q.full ? CHECK_ADVICE : CHECK_OK, "mail quota", what,
                  q.full ? TEXT("They go out in order. If your provider allows more, raise mails_per_hour.") : TEXT_ABSENT);
}

static struct err look_at_domain(struct check *c, const struct config *config, const char *resolver)
{
        struct findings found;
        struct dns *dns;

        TRY(dns_open(c->arena, resolver, &dns));
        struct err e = mail_domain_look(c->arena, config, dns, &found);
        dns_close(dns);
        TRY(e);
        for (size_t i = 0; i < found.n; i++) {
                const struct finding *f = &found.row[i];
                check_say(c, f->level == FINDING_WRONG ? CHECK_WRONG : f->level == FINDING_ADVICE ? CHECK_ADVICE : CHECK_OK, f->part,
                          f->what, f->next);
        }
        return OK;
}

/* Without a server no mail leaves, and nobody asks whether to believe it. */
static void check_domain(struct check *c, const struct config *config, const char *resolver)
{
        if (!*config->smtp_host)
                return;
        struct err e = look_at_domain(c, config, resolver);
        if (failed(e))
                check_err(c, "the sender's domain", e);
}

static void check_all(struct check *c, struct command_line *line, const struct config *config, const char *to, const char *resolver)
{
        struct app app = {.config = config};
        const struct packs *packs;
        struct matching_skills skills;

        check_err(c, "database", check_database(line, config, &app.db));
        if (app.db) {
                db_set_app(app.db, &app);
                check_err(c, "backup", check_backup(&app, c->arena));
        }
        check_err(c, "packs", packs_load(c->arena, line->data, &packs));
        check_err(c, "skills", matching_skills_load(c->arena, line->data, &skills));
        check_private_files(c, config, line->config);
        check_disk(c, config);
        check_address_and_clock(c, config);
        check_err(c, to ? "mail (a test mail was sent)" : "mail", mail_prove(&app, c->arena, text_of(to)));
        if (app.db)
                check_quota(c, &app);
        check_domain(c, config, resolver);
        if (app.db)
                db_close(app.db);
}

static struct err run(struct command_line *line)
{
        const char *to = line_option(line, "mail-to"), *resolver = line_option(line, "resolver");
        struct check c = {.arena = line->arena, .json = line->json};
        struct config config;
        struct out shown = out_new(line->arena, 2048);

        TRY(line_end(line));
        TRY(process_become_owner(line->data));
        printf("%s", c.json ? "[" : "");
        struct err e = config_load(line->arena, line->data, line->config, &config);
        check_err(&c, "configuration", e);
        if (!failed(e)) {
                check_all(&c, line, &config, to, resolver);
                config_print(&config, &shown);
        }
        printf("%s", c.json ? "]\n" : "\n");
        if (!c.json)
                printf("%s", out_get(&shown).p);
        return c.wrong ? FAIL(ERR_BROKEN, "Something above is not well", "Mend it as the line says, then run check again") : OK;
}

const struct command command_check = {"check", "[--mail-to ADDRESS] [--resolver ADDRESS:PORT]",
                                      "says what works, what does not, and how to mend it", run};
