/* /do/TOKEN: a page that says what will happen and a button that does it. Reading it does nothing: mail scanners follow links. */
#include "journeys/journeys_do.h"

#include "base/app.h"
#include "journeys/journeys_do.html.h"
#include "os/keys.h"
#include "people/people.h"

/* Actions that need a page of their own, which asks for sign-in if it must. PAIR, SUBJECT: what stands behind the path. */
struct way { const char *word, *path; enum { PLAIN, PAIR, SUBJECT } with; const char *rest; };
static const struct way ways[] = {
        {"home", "/home", PLAIN, ""}, {"learn", "/learn", PLAIN, ""}, {"module", "/learn", PLAIN, ""},
        {"first_message", "/pairs/", PAIR, "/messages"}, {"thread", "/pairs/", PAIR, "/messages"},
        {"book", "/pairs/", PAIR, "/meetings"}, {"help", "/help", PLAIN, ""}, {"pulse", "/pulse/", SUBJECT, ""},
        {"survey", "/survey/", SUBJECT, ""}, {"rank", "/home", PLAIN, ""}, {"proposal", "/proposals/", SUBJECT, ""},
        {"gathering", "/gatherings/", SUBJECT, ""}, {"recording", "/gatherings/", SUBJECT, ""},
        {"agreement", "/pairs/", PAIR, "/agreement"}, {"goals", "/pairs/", PAIR, "/goals"}, {"agenda", "/pairs/", PAIR, "/meetings"},
        {"review", "/pairs/", PAIR, "/review"}, {"closing", "/pairs/", PAIR, "/closing"}, {"certificate", "/pairs/", PAIR, "/certificate"},
        {"return_as_mentor", "/me/profile", PLAIN, ""}, {"apply", "/apply", PLAIN, ""}, {"desk", "/desk", PLAIN, ""},
        {"calls", "/desk/calls", PLAIN, ""}, {"flags", "/desk", PLAIN, ""}, {"report", "/desk/figures", PLAIN, ""},
        {"ticket", "/desk/help/", SUBJECT, ""}, {"digest", "/desk", PLAIN, ""}};

struct text journeys_do_path(struct arena *a, const struct journeys_get_action *row)
{
        for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
                int64_t id = ways[i].with == PAIR      ? row->pair
                             : ways[i].with == SUBJECT ? row->subject
                                                       : 0;

                if (!text_is(row->kind, ways[i].word))
                        continue;
                if (ways[i].with == PLAIN)
                        return text_of(ways[i].path);
                return id ? text_format(a, "%s%lld%s", ways[i].path, (long long)id, ways[i].rest)
                          : TEXT("/home");
        }
        return TEXT("/home");
}

static struct err load(struct request *rq, struct journeys_do *d)
{
        struct token t;
        bool found;

        TRY(token_read(rq->app->keys, rq_text(rq, "token"), TOKEN_ACTION, &t));
        TRY(journeys_get_action(rq->tx, t.a, &found, &d->row));
        if (!found || d->row.person != t.b)
                return FAIL(ERR_ABSENT, "This link leads nowhere", "Go to your home page");
        d->id = t.a;
        TRY(people_who(rq->tx, d->row.person, &d->who));
        d->who.by_link = true;
        rq->page.locale = (enum locale)d->who.locale;
        rq->page.zone = d->who.zone;
        return d->row.pair ? journeys_side(rq->tx, &d->who, d->row.pair, &d->side) : OK;
}

static void say_done(struct request *rq, struct reply *re, const struct journeys_do *d,
                     const char *title, const char *why)
{
        struct html_shell shell = {.kind = SHELL_BARE, .title = journeys_say(&rq->page, title), .offers_help = true};
        bool book = text_is(d->row.kind, "did_meet");
        struct journeys_done_view v = {
                .title = journeys_say(&rq->page, title), .why = journeys_say(&rq->page, why),
                .button = journeys_say(&rq->page, book ? M_("Find the next time") : M_("Go to your page")),
                .path = book ? text_format(rq->arena, "/pairs/%lld/meetings", (long long)d->row.pair) : TEXT("/home")};

        reply_page(rq, re, &shell, journeys_done_page, &v);
}

struct err journeys_get_do(struct request *rq, struct reply *re)
{
        struct html_shell shell = {.kind = SHELL_BARE, .title = journeys_say(&rq->page, M_("Confirm")), .offers_help = true};
        struct journeys_do d = {0};
        struct journeys_do_view v = {0};
        const struct journeys_do_kind *kind;

        TRY(load(rq, &d));
        kind = journeys_do_kind(d.row.kind);
        if (!kind) {
                reply_see(re, "%s", journeys_do_path(rq->arena, &d.row).p);
                return OK;
        }
        if (d.row.used_at.has) {
                say_done(rq, re, &d, M_("Thank you, it is noted"),
                         M_("There is nothing more to do here."));
                return OK;
        }
        if (d.row.expires_at < rq->page.now) {
                say_done(rq, re, &d, M_("This link has run out"),
                         M_("What it was for is over, or can be done on your page."));
                return OK;
        }
        v.token = rq_text(rq, "token");
        v.first_name = d.who.first_name;
        v.expires_day = zone_day(d.who.zone, d.row.expires_at);
        TRY(kind->show(rq, &d, &v));
        reply_page(rq, re, &shell, journeys_do_page, &v);
        return OK;
}

struct err journeys_post_do(struct request *rq, struct reply *re)
{
        struct journeys_do d = {0};
        const struct journeys_do_kind *kind;
        const char *flash = NULL;
        struct text token = rq_text(rq, "token");

        TRY(load(rq, &d));
        kind = journeys_do_kind(d.row.kind);
        reply_see(re, "/do/%.*s", (int)token.n, token.p);
        if (!kind || d.row.used_at.has)
                return OK;
        if (d.row.expires_at < rq->page.now)
                return FAIL(ERR_CONFLICT, "This link has run out", "Go to your home page");
        TRY(kind->act(rq, &d, FORM(rq, struct journeys_do_form), &flash));
        TRY(journeys_use_action(rq->tx, d.id, rq->page.now));
        reply_flash(re, flash);
        return OK;
}
