/* "We spoke", a pause, the reveal, the half-way review. */
#include "journeys/journeys_pages.h"

#include "journeys/journeys_ways.html.h"
#include "os/zone.h"
#include "people/people.h"

/* ---- we spoke ---- */

static const struct journeys_option kinds[] = {
        {"video", M_("By video"), NULL}, {"phone", M_("By telephone"), NULL}, {"in-person", M_("In person"), NULL},
        {"mail", M_("I wrote a mail from my own address"), NULL}, {"other", M_("In another way"), NULL}};

struct err journeys_get_spoke(struct request *rq, struct reply *re)
{
        struct html_shell shell = journeys_shell(rq, M_("We spoke"));
        struct journeys_side side;
        struct journeys_spoke_page v = {0};

        TRY(journeys_side(rq->tx, rq->who, rq_id(rq, "pair"), &side));
        v.pair = side.pair.id;
        v.partner = side.partner_first_name;
        v.open = side.open;
        v.today = zone_day(rq->page.zone, rq->page.now);
        journeys_options(&rq->page, kinds, sizeof kinds / sizeof kinds[0], &v.kinds);
        reply_page(rq, re, &shell, journeys_spoke_view, &v);
        return OK;
}

/* A day says no hour: noon there, or now if that is still to come. */
int64_t journeys_moment_of_day(const struct zone *z, int64_t day, int64_t now)
{
        int64_t noon = zone_at(z, day, 12, 0);

        return noon > now && zone_day(z, now) == day ? now : noon;
}

struct err journeys_post_spoke(struct request *rq, struct reply *re)
{
        const struct journeys_spoke_form *f = FORM(rq, struct journeys_spoke_form);
        enum journeys_kind kind;

        if (!journeys_kind_of(f->kind, &kind))
                return FAIL_AT(ERR_INVALID, "How did you speak?", "kind", "Choose one");
        TRY(journeys_log_contact(rq->tx, rq->who, rq_id(rq, "pair"), kind,
                                 journeys_moment_of_day(rq->page.zone, f->day, rq->page.now),
                                 (struct opt) {f->minutes > 0, f->minutes}));
        reply_flash(re, M_("Noted. It counts in your rhythm"));
        reply_see(re, "/home");
        return OK;
}

/* ---- pause ---- */

struct err journeys_get_pause(struct request *rq, struct reply *re)
{
        struct html_shell shell = journeys_shell(rq, M_("A pause"));
        struct journeys_side side;
        struct journeys_pause_page v = {0};
        int64_t today = zone_day(rq->page.zone, rq->page.now);

        TRY(journeys_side(rq->tx, rq->who, rq_id(rq, "pair"), &side));
        v.pair = side.pair.id;
        v.partner = side.partner_first_name;
        v.open = side.open && !text_is(side.pair.state, "closing");
        v.paused = text_is(side.pair.state, "paused");
        if (side.pair.paused_until.has)
                v.until_day = (struct opt) {true, zone_day(rq->page.zone, side.pair.paused_until.v)};
        v.first_day = html_text_of_day(&rq->page, today + 1);
        v.last_day = html_text_of_day(&rq->page, today + JOURNEYS_PAUSE_DAYS);
        reply_page(rq, re, &shell, journeys_pause_view, &v);
        return OK;
}

struct err journeys_post_pause(struct request *rq, struct reply *re)
{
        TRY(journeys_pause(rq->tx, rq->who, rq_id(rq, "pair"),
                           FORM(rq, struct journeys_pause_form)->until));
        reply_flash(re, M_("The pause is in place. Our reminders stop for both of you"));
        reply_see(re, "/home");
        return OK;
}

struct err journeys_post_resume(struct request *rq, struct reply *re)
{
        TRY(journeys_resume(rq->tx, rq->who, rq_id(rq, "pair")));
        reply_flash(re, M_("Welcome back. A short call helps to find the thread again"));
        reply_see(re, "/home");
        return OK;
}

/* ---- the reveal ---- */

static void add_line(struct journeys_status_lines *l, const char *what, struct text value)
{
        if (value.n)
                l->row[l->n++] = (struct journeys_status_line) {what, value};
}

static void status_lines(struct request *rq, const struct people_card *c,
                         struct journeys_status_lines *out)
{
        out->n = 0;
        out->row = arena_array(rq->arena, struct journeys_status_line, 5);
        add_line(out, M_("Title"), c->title);
        add_line(out, M_("Grade"), c->grade);
        add_line(out, M_("Employer"), c->organisation);
        add_line(out, M_("Department"), c->department);
        add_line(out, M_("Profession"), c->profession);
}

struct err journeys_get_reveal(struct request *rq, struct reply *re)
{
        struct html_shell shell = journeys_shell(rq, M_("What you show each other"));
        struct journeys_side side;
        struct people_card mine, theirs;
        struct journeys_reveal_page v = {0};

        TRY(journeys_side(rq->tx, rq->who, rq_id(rq, "pair"), &side));
        v.pair = side.pair.id;
        v.partner = side.partner_first_name;
        v.open = side.open;
        v.blind = side.cohort.status_blind;
        v.both = journeys_revealed(&side.pair);
        v.mine = side.mentor ? side.pair.mentor_reveal_at.has : side.pair.mentee_reveal_at.has;
        TRY(people_card(rq->tx, side.me, true, &mine));
        TRY(people_card(rq->tx, side.partner, journeys_shows_status(&side), &theirs));
        status_lines(rq, &mine, &v.own);
        status_lines(rq, &theirs, &v.theirs);
        reply_page(rq, re, &shell, journeys_reveal_view, &v);
        return OK;
}

struct err journeys_post_reveal(struct request *rq, struct reply *re)
{
        bool yes = FORM(rq, struct journeys_reveal_form)->yes;
        struct journeys_pair p;

        TRY(journeys_reveal(rq->tx, rq->who, rq_id(rq, "pair"), yes));
        TRY(journeys_pair(rq->tx, rq_id(rq, "pair"), &p));
        reply_flash(re, journeys_revealed(&p) ? M_("You have both said yes")
                        : yes ? M_("Your yes is noted. Nothing is shown until there are two")
                              : M_("Nothing is shown"));
        reply_see(re, "/pairs/%lld/reveal", (long long)rq_id(rq, "pair"));
        return OK;
}

/* ---- half-way ---- */

struct err journeys_get_review(struct request *rq, struct reply *re)
{
        static const struct journeys_option choices[] = {
                {"continue", M_("Go on as we are"), NULL},
                {"adjust", M_("Go on, and change something"), M_("Rhythm, channel or goal: the agreement opens next")},
                {"end", M_("Bring it to a good end now"), M_("The closing cards open next; you can still turn back there")}};
        struct html_shell shell = journeys_shell(rq, M_("Half-way review"));
        struct journeys_side side;
        struct journeys_review_page v = {0};

        TRY(journeys_side(rq->tx, rq->who, rq_id(rq, "pair"), &side));
        v.pair = side.pair.id;
        v.partner = side.partner_first_name;
        v.open = side.open;
        v.done = side.pair.reviewed_at.has;
        journeys_options(&rq->page, choices, 3, &v.choices);
        TRY(journeys_write_agenda(rq, &side, TEXT("mid-review"), &v.agenda));
        reply_page(rq, re, &shell, journeys_review_view, &v);
        return OK;
}

struct err journeys_post_review(struct request *rq, struct reply *re)
{
        struct text choice = FORM(rq, struct journeys_review_form)->choice;
        int64_t pair = rq_id(rq, "pair");

        TRY(journeys_log_review(rq->tx, rq->who, pair, choice));
        reply_flash(re, M_("The review is noted"));
        if (text_is(choice, "adjust"))
                reply_see(re, "/pairs/%lld/agreement", (long long)pair);
        else if (text_is(choice, "end"))
                reply_see(re, "/pairs/%lld/closing", (long long)pair);
        else
                reply_see(re, "/pairs/%lld", (long long)pair);
        return OK;
}
