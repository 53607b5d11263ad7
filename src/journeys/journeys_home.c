/* /home: what to do now, why, and how long it takes; then the partner, the road, the cohort. */
#include "journeys/journeys_pages.h"
#include "journeys/journeys_view.h"

#include "gatherings/gatherings.h"
#include "journeys/journeys_home.html.h"
#include "people/people.h"

enum { LIGHT, STANDARD, FULL };

static struct err add_steps(struct request *rq, const struct journeys_here *h,
                            struct journeys_home_view *v)
{
        struct journeys_nexts nexts;

        journeys_decide(&h->now, &nexts);
        v->over = nexts.step[0] == NEXT_DONE || nexts.step[0] == NEXT_LEFT;
        journeys_write_step(&rq->page, nexts.step[0], &h->words, &v->next);
        v->more.row = arena_array(rq->arena, struct journeys_step_view, nexts.n);
        for (size_t i = 1; i < nexts.n; i++)
                if (journeys_asks(nexts.step[i]))
                        journeys_write_step(&rq->page, nexts.step[i], &h->words,
                                            &v->more.row[v->more.n++]);
        return OK;
}

static struct err add_pair(struct request *rq, const struct journeys_here *h,
                           struct journeys_home_view *v)
{
        struct journeys_strip strip;

        v->has_pair = true;
        v->meeting_at = h->side.pair.next_meeting_at;
        TRY(journeys_write_person(rq, &h->side, &v->partner));
        TRY(journeys_strip(rq->tx, &h->side.pair, &strip));
        journeys_write_strip(&rq->page, &h->side.pair, &strip, false, &v->strip);
        if (v->structure > LIGHT && h->now.pair_active)
                TRY(journeys_write_own_steps(rq, &h->side, 2, h->words.detail, &v->own));
        if (v->structure == FULL && h->now.pair_active)
                TRY(journeys_write_agenda(
                        rq, &h->side, journeys_next_agenda(&h->side.pair, &h->cohort, rq->page.now),
                        &v->agenda));
        return OK;
}

/* A mentor may have several. */
static struct err add_other_pairs(struct request *rq, const struct journeys_here *h,
                                  struct journeys_home_view *v)
{
        struct journeys_side side;

        v->others.row = arena_array(rq->arena, struct journeys_person_view, h->pairs.n);
        for (size_t i = 0; i < h->pairs.n; i++) {
                if (h->pairs.row[i].id == h->side.pair.id ||
                    text_is(h->pairs.row[i].state, "closed"))
                        continue;
                TRY(journeys_side(rq->tx, rq->who, h->pairs.row[i].id, &side));
                TRY(journeys_write_person(rq, &side, &v->others.row[v->others.n++]));
        }
        return OK;
}

static struct err add_road(struct request *rq, const struct journeys_here *h,
                           struct journeys_home_view *v)
{
        struct programmes_phase_list phases;

        TRY(programmes_phases(rq->tx, &h->cohort, &phases));
        journeys_write_road(
                &rq->page, &h->cohort, &phases,
                h->part.accepted_at.has ? zone_day(h->cohort.zone, h->part.accepted_at.v) : 0,
                &v->road);
        /* What a pair does in a phase is not for somebody who still waits for a partner. */
        for (size_t i = 0; v->road.begun && h->now.stage != STAGE_PAIR && i < v->road.n; i++)
                v->road.row[i].sentence = TEXT_ABSENT;
        v->has_road = v->road.n > 0;
        return OK;
}

static struct err add_gathering(struct request *rq, const struct journeys_here *h,
                                struct journeys_home_view *v)
{
        struct gatherings_seat_list seats;

        TRY(gatherings_seats_of(rq->tx, rq->who->person, h->cohort.id, &seats));
        for (size_t i = 0; i < seats.n; i++) {
                const struct gatherings_seat *s = &seats.row[i];

                if (s->starts_at + 60 * s->minutes < rq->page.now)
                        continue;
                v->has_gathering = true;
                v->gathering = (struct journeys_gathering_view) {.id = s->gathering, .starts_at = s->starts_at,
                        .minutes = s->minutes, .answer = s->answer,
                        .title = gatherings_title(&h->cohort, s->key, s->title, (int)rq->page.locale)};
                return OK;
        }
        return OK;
}

static struct err gather(struct request *rq, const struct journeys_here *h,
                         struct journeys_home_view *v)
{
        v->programme = h->cohort.programme_name;
        TRY(add_steps(rq, h, v));
        if (h->has_pair) {
                TRY(add_pair(rq, h, v));
                TRY(add_other_pairs(rq, h, v));
        }
        TRY(add_road(rq, h, v));
        return add_gathering(rq, h, v);
}

/* Staff and others who take part in nothing have pages of their own. */
static const char *elsewhere(const struct who *who)
{
        if (who_has(who, ROLE_COORDINATOR | ROLE_ADMINISTRATOR))
                return "/desk";
        if (who_has(who, ROLE_SPONSOR))
                return "/desk/figures";
        return who_has(who, ROLE_CONTACT) ? "/desk/concerns" : NULL;
}

struct err journeys_get_home(struct request *rq, struct reply *re)
{
        struct journeys_home_view v = {.first_name = rq->who->first_name};
        struct html_shell shell = {.kind = SHELL_PERSON, .title = journeys_say(&rq->page, M_("Home")), .offers_help = true};
        struct journeys_here here;
        struct people_person me;

        TRY(journeys_here(rq, 0, &here));
        if (!here.takes_part && elsewhere(rq->who)) {
                reply_see(re, "%s", elsewhere(rq->who));
                return OK;
        }
        if (!here.takes_part) {
                reply_page(rq, re, &shell, journeys_home_nobody, &v);
                return OK;
        }
        TRY(people_get(rq->tx, rq->who->person, &me));
        v.structure = me.structure;
        TRY(journeys_resting_until(rq->tx, rq->who->person, zone_day(rq->page.zone, rq->page.now), &v.resting_until));
        TRY(gather(rq, &here, &v));
        reply_page(rq, re, &shell, journeys_home, &v);
        return OK;
}

/* ---- "I will be there", on the same page ---- */

struct err journeys_post_gathering(struct request *rq, struct reply *re)
{
        const struct journeys_answer_form *f = FORM(rq, struct journeys_answer_form);

        TRY(gatherings_answer(rq->tx, rq->who, f->gathering, f->answer));
        reply_flash(re,
                    f->answer ? M_("Good. The day before and the hour before we send you the link")
                              : M_("That is noted. A recording follows, if there is one"));
        reply_see(re, "/home");
        return OK;
}
