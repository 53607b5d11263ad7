/*
 * A demonstration: an empty data folder becomes a lifelike programme on a chosen day of its life,
 * played from its first plan by the cast of the rehearsal; programme time ends at the machine's
 * present and runs on from there.
 */
#include "base/json.h"
#include "conversations/conversations.h"
#include "journeys/journeys.h"
#include "main/command.h"
#include "os/clock.h"
#include "os/random.h"
#include "people/people.h"
#include "rehearsal/rehearsal.h"

#include <stdio.h>

enum {
        SEED = 22,
        MENTEES = 30,
        MENTORS = 26,
        USUAL_DAY = 45,
        LINK_S = 24 * 3600,
        SOON_S = 4 * 86400
};

/* ---- links ---- */

struct link { const char *part; struct people_person person; struct text url; };

struct links { struct app *app; struct link link[3]; size_t n; bool found; };

static struct err add(struct tx *tx, struct links *l, const char *part, int64_t person,
                      struct text next)
{
        struct link *link = &l->link[l->n++];
        struct text path;

        link->part = part;
        TRY(people_get(tx, person, &link->person));
        TRY(people_sign_in_path(tx, person, next, LINK_S, &path));
        link->url = text_format(tx_arena(tx), "%s%s", l->app->config->base_url, path.p);
        return OK;
}

/* Points for what makes a page worth looking at: a letter not read yet, a next step that is a click
 * away, a goal. */
static struct err liveliness(struct tx *tx, const struct journeys_pair *p, bool mentor,
                             int64_t *points)
{
        int64_t unread, now = tx_now(tx);

        *points = -1;
        if (!text_is(p->state, "active"))
                return OK;
        TRY(conversations_unread(tx, mentor ? p->mentor : p->mentee, p->id, &unread));
        bool soon = p->next_meeting_at.has && p->next_meeting_at.v < now + SOON_S;
        *points = (unread > 0) * (mentor ? 3 : 8) + (p->n_met > 1) * 3 + p->agreed_at.has * 2 +
                  (p->n_goals > 0) * 2 + (journeys_rhythm(p, now) == RHYTHM_GOOD) * 2;
        *points += mentor ? soon * 5 : !p->next_meeting_at.has * 5 + !soon * 3;
        return OK;
}

static struct err liveliest(struct tx *tx, const struct journeys_pair_list *pairs, bool mentor,
                            int64_t not_pair, const struct journeys_pair **out)
{
        int64_t best = -2, points;

        *out = NULL;
        for (size_t i = 0; i < pairs->n; i++) {
                TRY(liveliness(tx, &pairs->row[i], mentor, &points));
                if (pairs->row[i].id == not_pair || points <= best)
                        continue;
                best = points;
                *out = &pairs->row[i];
        }
        return OK;
}

static struct err find_links(struct tx *tx, void *in)
{
        struct links *l = in;
        struct programmes_cohort_list cohorts;
        struct journeys_pair_list pairs;
        const struct journeys_pair *mentee, *mentor;

        l->n = 0;
        TRY(programmes_cohorts(tx, &people_system, &cohorts));
        if (cohorts.n == 0)
                return FAIL(ERR_ABSENT, "There is no demonstration here",
                            "Make one: telemachus demo --data DIR");
        /* The one that runs: the next one may be open for applications already. */
        const struct programmes_cohort *c = &cohorts.row[0];
        for (size_t i = 0; i < cohorts.n && !c->launched_at.has; i++)
                c = &cohorts.row[i];
        TRY(journeys_pairs(tx, c->id, &pairs));
        TRY(add(tx, l, "Coordinator", c->coordinator, TEXT("/desk")));
        TRY(liveliest(tx, &pairs, false, 0, &mentee));
        TRY(liveliest(tx, &pairs, true, mentee ? mentee->id : 0, &mentor));
        if (mentor)
                TRY(add(tx, l, "Mentor", mentor->mentor, TEXT("/home")));
        return mentee ? add(tx, l, "Mentee", mentee->mentee, TEXT("/home")) : OK;
}

static void print_links(const struct links *l, bool json, struct out *o)
{
        out_c(o, json ? "[" : "");
        for (size_t i = 0; i < l->n; i++) {
                const struct link *k = &l->link[i];
                struct text name = text_format(o->arena, "%s %s", k->person.first_name.p,
                                               k->person.last_name.p);
                out_c(o, json ? (i ? ",\n {\"part\":" : "{\"part\":") : "");
                json_or_plain(o, json, text_of(k->part), 13);
                out_c(o, json ? ",\"name\":" : "");
                json_or_plain(o, json, name, 26);
                out_c(o, json ? ",\"email\":" : "");
                if (json)
                        json_string(o, k->person.email);
                out_c(o, json ? ",\"url\":" : "");
                json_or_plain(o, json, k->url, 0);
                out_c(o, json ? "}" : "\n");
        }
        out_c(o, json ? "]\n" : "");
}

static struct err show_links(struct command_line *line)
{
        struct out o = out_new(line->arena, 1024);
        struct links l = {0};

        TRY(app_open(line, &l.app));
        struct err e = db_purpose(l.app->db) == DB_DEMO
                               ? db_write(l.app->db, line->arena, find_links, &l)
                               : FAIL(ERR_FORBIDDEN, "This is no demonstration",
                                      "Sign-in links of a real programme: telemachus admin "
                                      "sign-in-link EMAIL");
        app_close(l.app);
        if (failed(e))
                return e;
        print_links(&l, line->json, &o);
        printf("%s", out_get(&o).p);
        return OK;
}

/* ---- filling ---- */

/* Made and marked as a demonstration first; then opened anew for speed: nothing here needs to
 * survive a power cut. */
static struct err open_fast(struct command_line *line, struct app **out)
{
        struct app *app;

        TRY(app_open_new(line, DB_DEMO, &app));
        const struct config *config = app->config;
        app_close(app);
        return app_assemble(
                line->arena, config,
                &(struct db_options) {.url = config_db_url(line->arena, config), .memory = true},
                out);
}

static struct err fill(struct command_line *line, int64_t day)
{
        const struct zone *zone = zone_find(TEXT("Europe/Stockholm"));
        struct rehearsal_order order = {.seed = SEED,
                                        .cast = arena_new_of(line->arena, struct rehearsal_cast),
                                        .truth = rehearsal_truth_usual,
                                        .cohort_name = TEXT("Autumn cohort"),
                                        .pack = TEXT("nine-months"),
                                        .pairs = MENTEES,
                                        .staff_hours = 24,
                                        .launch_day = zone_day(zone, clock_seconds()) - day,
                                        .until = clock_seconds(),
                                        .demo = true};
        struct rehearsal *r;
        struct app *app;

        order.truth.wake = 0.3; /* a visitor is to see what the desk does about it */
        order.truth.pulse_low = 0.03;
        TRY(open_fast(line, &app));
        must(db_purpose(app->db) == DB_DEMO);
        random_replay(SEED);
        rehearsal_cast_make(line->arena, SEED, MENTEES, MENTORS, order.cast);
        struct err e = rehearsal_play(app, line->arena, &order, &r);
        if (!failed(e))
                e = rehearsal_demo(app, line->arena, r);
        app_close(app);
        return e;
}

static struct err run(struct command_line *line)
{
        const char *on = line_option(line, "day");
        bool links = line_flag(line, "links");
        int64_t day = USUAL_DAY;

        TRY(line_end(line));
        if (links)
                return show_links(line);
        if (on)
                TRY(line_int(on, -90, 460, &day));
        TRY(fill(line, day));
        printf("The demonstration is on day %lld after its launch.\n", (long long)day);
        return OK;
}

const struct command command_demo = {"demo", "[--day N] | --links",
                                     "fills an empty data folder with a lifelike programme", run};
