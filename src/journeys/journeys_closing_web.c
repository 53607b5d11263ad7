/* The closing: how to begin it, and the five cards. */
#include "journeys/journeys_pages.h"

#include "html/format.h"
#include "journeys/journeys.sql.h"
#include "journeys/journeys_closing.html.h"

static const struct journeys_option nexts[] = {
        {"in-touch", M_("Stay in touch, without the programme"), M_("Exchange addresses before you close; neither has the other's from us")},
        {"extend", M_("Go on together for a while"), M_("It happens if both of you choose it; until the earlier of your two days")},
        {"rematch", M_("Have another partner"), NULL},
        {"rest", M_("Leave it here, with thanks"), NULL}};
static const struct journeys_option notes[] = {
        {"keep", M_("Keep it for ninety days"), M_("You can copy what you need; then it goes")},
        {"delete", M_("Delete it as soon as we have closed"), M_("It happens if both of you choose this")}};

/* Reasons that one of the two can give; the rest are for staff. */
static const struct journeys_option reasons[] = {
        {"goals-met", M_("We have reached what we wanted"), NULL}, {"life-change", M_("Something in life has changed"), NULL},
        {"no-time", M_("There is not enough time"), NULL}, {"not-a-fit", M_("We are not the right two"), NULL},
        {"no-contact", M_("We have lost touch"), NULL}, {"other", M_("Another reason"), NULL}};

static void fill_mine(struct arena *a, const struct journeys_cards *c, struct journeys_closing_page *v)
{
        v->learned = c->learned;
        v->thanks = c->thanks;
        v->goals_word = c->goals_word;
        v->next = c->next;
        v->notes_choice = c->notes_choice;
        v->again = c->again;
        v->hours = c->hours;
        v->extend_day = c->extend_day.has ? format_iso_day(a, c->extend_day.v) : TEXT("");
        v->waiting_for_extension = c->done_at.has && text_is(c->next, "extend");
        v->stays_in_touch = text_is(c->next, "in-touch");
        v->rematch = text_is(c->next, "rematch");
        v->cards_done = c->card;
        v->done = c->done_at.has;
        v->card = v->done ? 0 : c->card + 1;
}

/* A thank-you arrives once its writer has finished, and is read by nobody else. */
static struct err read_cards(struct request *rq, const struct journeys_side *side,
                             struct journeys_closing_page *v)
{
        struct journeys_cards_list cards;

        v->card = 1;
        TRY(journeys_cards(rq->tx, side->pair.id, &cards));
        for (size_t i = 0; i < cards.n; i++)
                if (cards.row[i].person == side->me)
                        fill_mine(rq->arena, &cards.row[i], v);
                else if (cards.row[i].done_at.has)
                        v->thanks_from_partner = cards.row[i].thanks;
        return OK;
}

/* How each goal turned out, as I see it. */
static struct err read_goals(struct request *rq, const struct journeys_side *side, struct journeys_closing_page *v)
{
        static const char *const ids[] = {"goal0", "goal1", "goal2"}, *const names[] = {"outcome0", "outcome1", "outcome2"};
        struct journeys_rated_goals_list rows;

        TRY(journeys_rated_goals(rq->tx, side->pair.id, &rows));
        for (size_t i = 0; i < rows.n && i < JOURNEYS_RATED; i++) {
                struct opt mine = side->mentor ? rows.row[i].mentor_attainment : rows.row[i].attainment;
                v->goals.row[v->goals.n++] = (struct journeys_rated_line) {
                        .goal = rows.row[i].id, .id_name = ids[i], .name = names[i], .statement = rows.row[i].statement,
                        .now = mine.has ? text_format(rq->arena, "%lld", (long long)mine.v) : TEXT_ABSENT};
        }
        v->outcomes = (struct html_options) {.row = arena_array(rq->arena, struct html_option, 5)};
        for (int64_t n = -2; n <= 2; n++)
                v->outcomes.row[v->outcomes.n++] = (struct html_option) {
                        .value = text_format(rq->arena, "%lld", (long long)n), .label = journeys_say(&rq->page, journeys_outcome_words(n))};
        return OK;
}

/* What is left before the end: how many conversations, and the last one with its agenda. */
static struct err read_wind_down(struct request *rq, const struct journeys_side *side, struct journeys_closing_page *v)
{
        const struct zone *z = side->cohort.zone;

        v->end_day = zone_day(z, side->pair.planned_end);
        v->wind_down = side->open && v->closing && !v->done;
        v->left = journeys_meetings_left(rq->page.now, side->pair.planned_end, side->pair.cadence_days);
        v->meeting_at = side->pair.next_meeting_at;
        return v->wind_down ? journeys_write_agenda(rq, side, TEXT("last-meeting"), &v->agenda) : OK;
}

static void say_readers(struct request *rq, const struct journeys_side *side,
                        struct journeys_closing_page *v)
{
        struct page *pg = &rq->page;

        v->mine_only = msg(pg->locale, M_("Only you"));
        v->partner_reads = journeys_say_partner(
                                   pg, M_("You, and {partner} once you have finished your cards"),
                                   side->partner_first_name)
                                   .p;
        v->staff_reads = msg(pg->locale, M_("You and your coordinator"));
}

/* The card asked for, or the one that came back with an error, if it is one that was done or is next. */
static void choose_card(struct request *rq, struct journeys_closing_page *v)
{
        int64_t wanted = rq_id(rq, "card");

        if (rq->page.echo && !text_int(form_typed(rq->page.echo, "number"), &wanted))
                wanted = 0;

        if (wanted >= 1 && wanted <= JOURNEYS_CARDS && wanted <= v->cards_done + 1)
                v->card = wanted;
}

struct err journeys_get_closing(struct request *rq, struct reply *re)
{
        struct html_shell shell = journeys_shell(rq, M_("Closing"));
        struct journeys_side side;
        struct journeys_closing_page v = {0};
        int64_t left;

        TRY(journeys_side(rq->tx, rq->who, rq_id(rq, "pair"), &side));
        left = side.pair.planned_end - rq->page.now;
        v.pair = side.pair.id;
        v.mentor = side.mentor;
        v.partner = side.partner_first_name;
        v.coordinator = side.cohort.help_name;
        v.closing = text_is(side.pair.state, "closing") ||
                    left <= JOURNEYS_WIND_DOWN_DAYS * (int64_t)JOURNEYS_DAY;
        v.closed = text_is(side.pair.state, "closed");
        v.open = side.open;
        v.may_begin = side.open && !v.closing;
        TRY(read_cards(rq, &side, &v));
        choose_card(rq, &v);
        TRY(read_goals(rq, &side, &v));
        TRY(read_wind_down(rq, &side, &v));
        v.certificate = (v.done || v.closed) && side.pair.n_met > 0;
        say_readers(rq, &side, &v);
        journeys_options(&rq->page, reasons, sizeof reasons / sizeof reasons[0], &v.reasons);
        journeys_options(&rq->page, nexts, sizeof nexts / sizeof nexts[0], &v.nexts);
        journeys_options(&rq->page, notes, sizeof notes / sizeof notes[0], &v.notes);
        reply_page(rq, re, &shell, journeys_closing_view, &v);
        return OK;
}

struct err journeys_post_begin(struct request *rq, struct reply *re)
{
        TRY(journeys_begin_closing(rq->tx, rq->who, rq_id(rq, "pair"),
                                   FORM(rq, struct journeys_begin_form)->reason));
        reply_flash(re, M_("The closing has begun. The other one has a mail, without your reason"));
        reply_see(re, "/pairs/%lld/closing", (long long)rq_id(rq, "pair"));
        return OK;
}

struct err journeys_post_card(struct request *rq, struct reply *re)
{
        const struct journeys_card_form *f = FORM(rq, struct journeys_card_form);
        struct journeys_card card = {.number = (int)f->number, .learned = f->learned, .thanks = f->thanks,
                                     .goals_word = f->goals_word, .next = f->next, .notes_choice = f->notes_choice, .again = f->again,
                                     .extend_day = {f->extend_day != 0, f->extend_day}, .hours = {true, f->hours}};

        for (size_t i = 0; i < JOURNEYS_RATED; i++) {
                card.rated[i].goal = f->goal[i];
                card.rated[i].attainment.has = text_int(f->outcome[i], &card.rated[i].attainment.v);
        }
        TRY(journeys_closing_card(rq->tx, rq->who, rq_id(rq, "pair"), &card));
        reply_flash(re, f->number == JOURNEYS_CARDS ? M_("Thank you for finishing what you began")
                                                    : M_("Kept. You can stop here and go on another day"));
        reply_see(re, "/pairs/%lld/closing", (long long)rq_id(rq, "pair"));
        return OK;
}
