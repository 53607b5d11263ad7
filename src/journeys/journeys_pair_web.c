/* /pairs/:pair: everything about two people on one page. */
#include "journeys/journeys_pages.h"

#include "conversations/conversations.h"
#include "journeys/journeys.sql.h"
#include "journeys/journeys_pair.html.h"
#include "people/people.h"

struct html_shell journeys_shell(struct request *rq, const char *title)
{
        return (struct html_shell) {.kind = SHELL_PERSON, .title = journeys_say(&rq->page, title), .offers_help = true};
}

static void write_meetings(struct request *rq, const struct journeys_side *side,
                           const struct journeys_meeting_list *all,
                           struct journeys_meetings_rows *out)
{
        int number = 0;

        out->row = arena_array(rq->arena, struct journeys_meeting_view, all->n);
        out->n = all->n;
        for (size_t i = 0; i < all->n; i++) {
                struct journeys_meeting_view *to = &out->row[all->n - 1 - i];

                journeys_write_meeting(rq, side, &all->row[i], number, to);
                number += to->state == MEETING_WAS_HELD || to->state == MEETING_AHEAD ||
                          to->state == MEETING_OVER;
        }
        if (out->n > 6)
                out->n = 6;
}

static struct err add_goals(struct request *rq, int64_t pair, struct journeys_goal_rows *out)
{
        struct journeys_pair_goals_list goals;

        TRY(journeys_pair_goals(rq->tx, pair, &goals));
        out->row = arena_array(rq->arena, struct journeys_goal_view, goals.n);
        for (size_t i = 0; i < goals.n; i++)
                out->row[out->n++] = (struct journeys_goal_view){
                        .id = goals.row[i].id,
                        .pair = pair,
                        .progress = goals.row[i].progress,
                        .statement = goals.row[i].statement,
                        .why = goals.row[i].why,
                        .measure = goals.row[i].measure,
                        .next_step = goals.row[i].next_step,
                        .due_day = goals.row[i].due_day,
                        .closed = goals.row[i].closed_at.has,
                        .shared = goals.row[i].shared,
                        .category = journeys_say(&rq->page,
                                                 journeys_category_words(goals.row[i].category)),
                        .turned_out = goals.row[i].attainment.has
                                              ? journeys_say(&rq->page,
                                                             journeys_outcome_words(
                                                                     goals.row[i].attainment.v))
                                              : TEXT_ABSENT};
        return OK;
}

struct err journeys_write_goals(struct request *rq, int64_t pair, struct journeys_goal_rows *out)
{
        *out = (struct journeys_goal_rows) {0};
        return add_goals(rq, pair, out);
}

static struct err add_profile(struct request *rq, const struct journeys_side *side,
                              struct people_profile_lines *out)
{
        struct people_card card;

        TRY(people_card(rq->tx, side->partner, journeys_shows_status(side), &card));
        *out = (struct people_profile_lines) {card.about, card.offers, card.wants, card.interests, card.languages, card.biography};
        return OK;
}

enum { LINES_SHOWN = 3 };

static struct err add_said(struct request *rq, int64_t pair, struct journeys_said *out)
{
        struct conversations_thread t;

        TRY(conversations_thread(rq->tx, rq->who, pair, 0, &t));
        out->row = arena_array(rq->arena, struct journeys_said_line, LINES_SHOWN);
        for (size_t i = t.n > LINES_SHOWN ? t.n - LINES_SHOWN : 0; i < t.n; i++)
                out->row[out->n++] = (struct journeys_said_line) {.mine = t.row[i].mine, .by_mail = t.row[i].by_mail,
                                                                  .at = t.row[i].at, .body = html_prose(rq->arena, t.row[i].body)};
        return OK;
}

static struct err add_happenings(struct request *rq, const struct journeys_side *side,
                                 struct journeys_pair_view *v)
{
        struct journeys_strip strip;
        struct journeys_meeting_list meetings;
        struct journeys_agreement agreement;

        TRY(journeys_strip(rq->tx, &side->pair, &strip));
        journeys_write_strip(&rq->page, &side->pair, &strip, false, &v->strip);
        TRY(journeys_meetings(rq->tx, side->pair.id, &meetings));
        write_meetings(rq, side, &meetings, &v->meetings);
        TRY(journeys_agreement(rq->tx, side->pair.id, &agreement));
        journeys_write_agreement(rq, side, &agreement, &v->agreement);
        TRY(journeys_write_goals(rq, side->pair.id, &v->goals));
        TRY(conversations_unread(rq->tx, rq->who->person, side->pair.id, &v->unread));
        TRY(add_said(rq, side->pair.id, &v->said));
        TRY(journeys_write_person(rq, side, &v->person));
        return add_profile(rq, side, &v->profile);
}

static void add_state(struct request *rq, const struct journeys_here *h,
                      struct journeys_pair_view *v)
{
        const struct journeys_pair *p = &h->side.pair;
        int64_t since = p->activated_at, start = p->clock_start > since ? p->clock_start : since;

        *v = (struct journeys_pair_view) {
                .pair = p->id, .partner = h->side.partner_first_name, .state = p->state, .coordinator = h->cohort.help_name,
                .open = h->side.open, .mentor = h->side.mentor, .revealed = journeys_revealed(p), .blind = h->cohort.status_blind,
                .weeks_in = p->closed_at.has ? 0 : (rq->page.now - start) / (7 * (int64_t)JOURNEYS_DAY), .since_day = zone_day(rq->page.zone, since),
                .n_met = p->n_met, .n_messages = p->n_contacts - p->n_met,
                .rhythm_words = journeys_rhythm_words(&rq->page, p->cadence_days)};
        if (p->closed_at.has)
                v->closed_day = (struct opt) {true, zone_day(rq->page.zone, p->closed_at.v)};
        if (p->paused_until.has)
                v->paused_until_day = (struct opt) {true, zone_day(rq->page.zone, p->paused_until.v)};
}

struct err journeys_get_pair(struct request *rq, struct reply *re)
{
        struct html_shell shell = journeys_shell(rq, M_("You two"));
        struct journeys_side side;
        struct journeys_here here;
        struct journeys_pair_view v;
        struct journeys_nexts nexts;

        TRY(journeys_side(rq->tx, rq->who, rq_id(rq, "pair"), &side));
        TRY(journeys_here(rq, side.pair.id, &here));
        add_state(rq, &here, &v);
        journeys_decide(&here.now, &nexts);
        journeys_write_step(&rq->page, nexts.step[0], &here.words, &v.next);
        TRY(add_happenings(rq, &side, &v));
        if (here.words.detail > PACK_TOPICS)    /* who wants little is not offered more to do */
                TRY(journeys_write_own_steps(rq, &side, here.words.detail == PACK_ALL ? 6 : 3, here.words.detail, &v.own));
        if (here.now.pair_active)
                TRY(journeys_write_agenda(
                        rq, &side, journeys_next_agenda(&side.pair, &side.cohort, rq->page.now),
                        &v.agenda));
        reply_page(rq, re, &shell, journeys_pair_page, &v);
        return OK;
}

struct err journeys_post_step(struct request *rq, struct reply *re)
{
        TRY(journeys_tick_step(rq->tx, rq->who, rq_id(rq, "pair"),
                               FORM(rq, struct journeys_step_form)->key, true));
        reply_flash(re, M_("Done, and noted"));
        reply_see(re, "/home");
        return OK;
}
