/* /desk/closing: who has closed, who has not, what people wish next, and a reminder to all who have not. */
#include "journeys/journeys_desk.h"

#include "html/format.h"
#include "journeys/journeys_closers.html.h"
#include "os/zone.h"

#include <string.h>

static const struct { const char *key, *title, *chip; } wishes[] = {
        {"again", M_("Would be mentors in the next cohort"), NULL}, {"rematch", M_("Would like another partner"), M_("another partner")},
        {"extend", M_("Would like to go on together"), M_("go on together")}, {"in-touch", M_("Stay in touch without the programme"), M_("stay in touch")},
        {"mentor", NULL, M_("be a mentor")}, {"rest", NULL, M_("leave it here")}};
enum { REMATCH = 1, WISHES = 4, ALL_WISHES = sizeof wishes / sizeof wishes[0] };

static struct text next_words(struct request *rq, struct text key)
{
        for (size_t i = 0; i < ALL_WISHES; i++)
                if (text_is(key, wishes[i].key) && wishes[i].chip)
                        return journeys_say(&rq->page, wishes[i].chip);
        return TEXT_ABSENT;
}

static struct journeys_closer_line line_of(struct request *rq, const struct journeys_closer *c)
{
        struct arena *a = rq->arena;
        struct journeys_closer_line l = {.pair = c->pair, .person = c->person, .mentor = c->mentor, .reminded_at = c->reminded_at, .next = next_words(rq, c->next),
                                         .name = text_format(a, "%s %s", text_c(a, c->first_name), text_c(a, c->last_name))};

        if (c->extend_day.has)
                l.extra = msg_with(a, rq->page.locale, M_("until {day}"), "day", format_day_year(a, rq->page.locale, c->extend_day.v), NULL);
        if (c->done_at.has) {
                l.tone = "good";
                l.words = journeys_say(&rq->page, M_("has closed"));
        } else if (c->card > 0) {
                l.tone = "soon";
                l.words = msg_with(a, rq->page.locale, M_("{n} of 5 cards"), "n", format_count(a, rq->page.locale, c->card), NULL);
        } else {
                bool over = rq->page.now > c->planned_end || text_is(c->state, "closed");
                l.tone = !c->due ? "info" : over ? "hurts" : "soon";
                l.words = journeys_say(&rq->page, c->due ? M_("not begun") : over ? M_("left without the cards") : M_("not yet time"));
        }
        return l;
}

static void add_line(struct journeys_closer_lines *to, const struct journeys_closer_line *l) { to->row[to->n++] = *l; }

static struct journeys_closer_lines lines_for(struct arena *a, size_t n)
{
        return (struct journeys_closer_lines) {.row = arena_array(a, struct journeys_closer_line, n + 1)};
}

static void add_wishes(const struct journeys_closer *c, const struct journeys_closer_line *l, struct journeys_closers_view *v)
{
        for (size_t i = 0; i < WISHES; i++)
                if (c->done_at.has && (strcmp(wishes[i].key, "again") == 0 ? c->again : text_is(c->next, wishes[i].key)))
                        add_line(&v->wishes.row[i].people, l);
}

static struct text state_words(struct request *rq, const struct zone *z, const struct journeys_closer *c)
{
        const char *english = text_is(c->state, "closed") ? M_("closed on {day}")
                : text_is(c->state, "closing") ? M_("closing, until {day}") : M_("going on until {day}");
        int64_t day = zone_day(z, c->closed_at.has ? c->closed_at.v : c->planned_end);

        return msg_with(rq->arena, rq->page.locale, english, "day", format_day_year(rq->arena, rq->page.locale, day), NULL);
}

/* Two rows make a pair. What is far from its end is not shown at all. */
static void add_pair(struct request *rq, const struct zone *z, const struct journeys_closer *two, struct journeys_closers_view *v)
{
        bool done = two[0].done_at.has && two[1].done_at.has;
        bool shown = done || two[0].due || two[1].due || two[0].done_at.has || two[1].done_at.has || text_is(two[0].state, "closed");
        struct journeys_closing_pairs *to = done ? &v->done : &v->open;
        struct journeys_closing_pair p = {.pair = two[0].pair, .people = lines_for(rq->arena, 2),
                                          .state = state_words(rq, z, &two[0])};

        for (int i = 0; i < 2; i++) {
                struct journeys_closer_line l = line_of(rq, &two[i]);
                add_line(&p.people, &l);
                add_wishes(&two[i], &l, v);
                v->closed += two[i].done_at.has;
                v->all++;
                v->due += journeys_may_nudge(&two[i], rq->page.now);
                v->reminded += two[i].due && !journeys_may_nudge(&two[i], rq->page.now);
                if (journeys_may_nudge(&two[i], rq->page.now))
                        add_line(&v->nudge, &l);
        }
        if (shown)
                to->row[to->n++] = p;
}

static const struct programmes_participant *part_of(const struct programmes_participant_list *people, const struct journeys_closer_line *l)
{
        for (size_t i = 0; i < people->n; i++)
                if (people->row[i].person == l->person && people->row[i].mentor == l->mentor)
                        return &people->row[i];
        return NULL;
}

/* How far the wish for another partner has come. */
static void write_rematch(struct request *rq, const struct journeys_rematch *r, const struct programmes_participant *part, struct journeys_closer_line *l)
{
        if (!r) {
                l->rematch = !part ? TEXT_ABSENT : text_is(part->state, "ready") ? journeys_say(&rq->page, M_("one is being looked for"))
                        : text_is(part->state, "matched") ? journeys_say(&rq->page, M_("in a pair")) : TEXT_ABSENT;
                return;
        }
        l->may_rematch = r->now;
        l->rematch = r->late ? journeys_say(&rq->page, M_("in the next cohort: too little time is left"))
                : msg_with(rq->arena, rq->page.locale, M_("possible from {day} on"), "day", format_day(rq->arena, rq->page.locale, r->from_day), NULL);
}

static struct err write_rematches(struct request *rq, int64_t cohort, struct journeys_closer_lines *lines)
{
        struct programmes_participant_list people;
        struct journeys_rematch_list all;

        TRY(programmes_participants(rq->tx, cohort, &people));
        TRY(journeys_rematches(rq->tx, cohort, &all));
        for (size_t i = 0; i < lines->n; i++) {
                struct journeys_closer_line *l = &lines->row[i];
                const struct journeys_rematch *r = NULL;
                for (size_t k = 0; k < all.n; k++)
                        if (all.row[k].person == l->person && all.row[k].mentor == l->mentor)
                                r = &all.row[k];
                write_rematch(rq, r, part_of(&people, l), l);
        }
        return OK;
}

static struct err read_closers(struct request *rq, struct journeys_closers_view *v)
{
        struct journeys_closer_list all;
        struct programmes_cohort c;
        int64_t cohort;

        TRY(programmes_current(rq->tx, rq->who, &cohort));
        TRY(programmes_cohort(rq->tx, cohort, &c));
        TRY(journeys_closers(rq->tx, rq->who, cohort, &all));
        v->cohort = c.name;
        v->open.row = arena_array(rq->arena, struct journeys_closing_pair, all.n + 1);
        v->done.row = arena_array(rq->arena, struct journeys_closing_pair, all.n + 1);
        v->nudge = lines_for(rq->arena, all.n);
        for (; v->wishes.n < WISHES; v->wishes.n++)
                v->wishes.row[v->wishes.n] = (struct journeys_next_wish) {.title = msg(rq->page.locale, wishes[v->wishes.n].title),
                                                                     .people = lines_for(rq->arena, all.n)};
        for (size_t i = 0; i + 1 < all.n; i += 2)
                add_pair(rq, c.zone, &all.row[i], v);
        return write_rematches(rq, cohort, &v->wishes.row[REMATCH].people);
}

struct err journeys_post_rematch(struct request *rq, struct reply *re)
{
        const struct journeys_rematch_form *f = FORM(rq, struct journeys_rematch_form);
        int64_t cohort;

        TRY(programmes_current(rq->tx, rq->who, &cohort));
        TRY(journeys_rematch(rq->tx, rq->who, cohort, f->person, text_is(f->side, "mentor")));
        reply_flash(re, M_("They are among those who are matched again. In a few minutes drafts for them stand under Matching, if anybody fits."));
        reply_see(re, "/desk/closing");
        return OK;
}

struct err journeys_get_closers(struct request *rq, struct reply *re)
{
        struct html_shell shell = {.kind = SHELL_DESK, .title = journeys_say(&rq->page, M_("Closing"))};
        struct journeys_closers_view v = {0};

        TRY(read_closers(rq, &v));
        reply_page(rq, re, &shell, journeys_closers_page, &v);
        return OK;
}

struct err journeys_get_nudge(struct request *rq, struct reply *re)
{
        struct html_shell shell = {.kind = SHELL_DESK, .title = journeys_say(&rq->page, M_("Remind of the cards"))};
        struct journeys_closers_view v = {0};

        TRY(read_closers(rq, &v));
        reply_page(rq, re, &shell, journeys_nudge_page, &v);
        return OK;
}

struct err journeys_post_nudge(struct request *rq, struct reply *re)
{
        int64_t cohort, n;

        TRY(programmes_current(rq->tx, rq->who, &cohort));
        TRY(journeys_nudge_closers(rq->tx, rq->who, cohort, &n));
        reply_flash(re, n ? M_("The letters are on their way") : M_("Nobody needed one"));
        reply_see(re, "/desk/closing");
        return OK;
}
