/* People, from the machine itself: the first administrator, roles, a one-time address to sign in. */
#include "main/command.h"
#include "os/keys.h"
#include "os/process.h"
#include "people/people.h"
#include "programmes/programmes.h"

#include <stdio.h>
#include <string.h>

struct work {
        const char *email, *first, *last, *role, *zone, *cohort;
        const struct config *config;
        struct text path;
        int64_t person;
};

static struct err find(struct tx *tx, struct work *w)
{
        struct people_person p;
        bool found;

        TRY(people_by_email(tx, text_of(w->email), &found, &p));
        if (!found)
                return FAIL_AT(ERR_ABSENT, "Nobody has this mail address", w->email, "Add them with: telemachus admin add");
        w->person = p.id;
        return OK;
}

/* A role holds everywhere, or in the programme of a cohort. */
static struct err scope_of(struct tx *tx, const struct work *w, int64_t *programme)
{
        struct programmes_cohort c;

        *programme = 0;
        if (!w->cohort)
                return OK;
        TRY(programmes_cohort_by_slug(tx, text_of(w->cohort), &c));
        *programme = c.programme;
        return OK;
}

static struct err add(struct tx *tx, void *in)
{
        struct work *w = in;
        int64_t programme;
        bool made;

        TRY(people_add(tx, &people_system, &(struct people_new) {
                .email = text_of(w->email), .first_name = text_of(w->first ? w->first : "Administrator"),
                .last_name = text_of(w->last ? w->last : ""),
                .zone = text_of(w->zone ? w->zone : w->config->default_zone),
                .locale = text_of(w->config->default_locale)}, &w->person, &made));
        TRY(scope_of(tx, w, &programme));
        return people_give_role(tx, &people_system, w->person, w->role ? w->role : "administrator", programme);
}

static struct err give(struct tx *tx, void *in)
{
        struct work *w = in;
        int64_t programme;

        TRY(find(tx, w));
        TRY(scope_of(tx, w, &programme));
        return people_give_role(tx, &people_system, w->person, w->role, programme);
}

static struct err link(struct tx *tx, void *in)
{
        struct work *w = in;

        TRY(find(tx, w));
        return people_sign_in_path(tx, w->person, TEXT_ABSENT, 24 * 3600, &w->path);
}

static struct err reset_second(struct tx *tx, void *in)
{
        struct work *w = in;

        TRY(find(tx, w));
        return people_reset_second(tx, &people_system, w->person);
}

static struct err perform(struct app *app, struct arena *a, const char *what, struct work *w)
{
        if (strcmp(what, "add") == 0) {
                TRY(db_write(app->db, a, add, w));
                printf("%s is there, as %s.\n", w->email, w->role ? w->role : "administrator");
                return OK;
        }
        if (strcmp(what, "role") == 0) {
                if (!w->role)
                        return USAGE("Say which role: --role administrator, coordinator, sponsor or contact");
                TRY(db_write(app->db, a, give, w));
                printf("%s is %s now.\n", w->email, w->role);
                return OK;
        }
        if (strcmp(what, "reset-second-factor") == 0) {
                TRY(db_write(app->db, a, reset_second, w));
                printf("%s has no second factor and no passkeys now, is signed out everywhere, and is told by mail.\n", w->email);
                return OK;
        }
        if (strcmp(what, "sign-in-link") != 0)
                return USAGE("admin understands add, role, sign-in-link, reset-second-factor and rotate-keys");
        TRY(db_write(app->db, a, link, w));
        printf("%s%s\n", app->config->base_url, w->path.p);
        return OK;
}

/* What is out in people's mail still opens with the key before; a second time, and it no longer does. */
static struct err rotate_keys(struct command_line *line)
{
        TRY(process_become_owner(line->data));
        TRY(keys_rotate(line->data));
        printf("There is a new key. Links that are out in mails still work until the next time this is done.\n"
               "Restart the program, and back the folder keys/ up.\n");
        return OK;
}

static struct err run(struct command_line *line)
{
        struct work w = {.first = line_option(line, "first-name"), .last = line_option(line, "last-name"),
                         .role = line_option(line, "role"), .zone = line_option(line, "zone"), .cohort = line_option(line, "cohort")};
        const char *what = line_word(line);
        struct app *app;

        w.email = line_word(line);
        if (what && strcmp(what, "role") == 0 && !w.role)
                w.role = line_word(line);
        TRY(line_end(line));
        if (what && strcmp(what, "rotate-keys") == 0)
                return rotate_keys(line);
        if (!what || !w.email)
                return USAGE("Say what to do and for which mail address");
        TRY(app_open(line, &app));
        w.config = app->config;
        struct err e = perform(app, line->arena, what, &w);
        app_close(app);
        return e;
}

const struct command command_admin = {
        "admin",
        "add EMAIL [--first-name N] [--last-name N] [--zone Z] [--role ROLE] | role EMAIL ROLE [--cohort SLUG] | sign-in-link EMAIL |"
        " reset-second-factor EMAIL | rotate-keys",
        "people, from the machine itself", run};
