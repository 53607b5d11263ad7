/* The ending: five cards for each of the two, either side alone if need be, early or on time. */
#include "journeys/journeys.h"

#include "html/messages.h"
#include "journeys/journeys.sql.h"
#include "journeys/journeys_parts.h"
#include "journeys/journeys_rules.h"
#include "journeys/journeys_web.h"
#include "people/people.h"

#include <string.h>

const char *const journeys_end_reasons[] = {
        "completed",  "goals-met", "life-change", "no-time", "not-a-fit",
        "no-contact", "programme", "other",       NULL,
};

const char *journeys_reason_words(struct text key)
{
        static const struct { const char *key, *words; } of[] = {
                {"completed", M_("The planned time is over")}, {"goals-met", M_("We have reached what we wanted")},
                {"life-change", M_("Something in life has changed")}, {"no-time", M_("There is not enough time")},
                {"not-a-fit", M_("We are not the right two")}, {"no-contact", M_("We have lost touch")},
                {"programme", M_("The programme decided it")}, {"other", M_("Another reason")}};

        for (size_t i = 0; i < sizeof of / sizeof of[0]; i++)
                if (text_is(key, of[i].key))
                        return of[i].words;
        return M_("Another reason");
}

bool journeys_is_end_reason(struct text reason)
{
        for (size_t i = 0; journeys_end_reasons[i]; i++)
                if (text_is(reason, journeys_end_reasons[i]))
                        return true;
        return false;
}

/* ---- beginning ---- */

struct err journeys_start_closing(struct tx *tx, const struct journeys_pair *p, struct text reason)
{
        int64_t now = tx_now(tx);

        if (text_is(p->state, "closed"))
                return FAIL(ERR_CONFLICT, "This pair has ended", "There is nothing more to do");
        if (!journeys_is_end_reason(reason))
                return FAIL_AT(ERR_INVALID, "What is the reason?", "reason",
                               "Choose the nearest one; only staff read it");
        TRY(journeys_open_cards(tx, p->id, p->mentor, now));
        TRY(journeys_open_cards(tx, p->id, p->mentee, now));
        TRY(journeys_set_closing(tx, p->id, reason));
        return journeys_plan_end(tx, p->id, now + JOURNEYS_CLOSING_DAYS * (int64_t)JOURNEYS_DAY);
}

struct err journeys_begin_closing(struct tx *tx, const struct who *who, int64_t pair,
                                  struct text reason)
{
        struct journeys_side side;

        TRY(journeys_open_side(tx, who, pair, &side));
        if (text_is(side.pair.state, "closing"))
                return OK;
        TRY(journeys_start_closing(tx, &side.pair, reason));
        return journeys_tell(tx, &side, NEWS_CLOSING,
                             text_format(tx_arena(tx), "pair:%lld", (long long)pair), tx_now(tx));
}

/* ---- ending ---- */

static struct err leave_cohort(struct tx *tx, int64_t cohort, int64_t person, bool mentor,
                               const char *state)
{
        struct programmes_participant_list parts;
        struct journeys_pair_list pairs;

        TRY(journeys_pairs_of(tx, person, &pairs));
        for (size_t i = 0; i < pairs.n; i++)
                if (pairs.row[i].cohort == cohort && !text_is(pairs.row[i].state, "closed"))
                        return OK;
        TRY(programmes_parts_of(tx, person, &parts));
        for (size_t i = 0; i < parts.n; i++)
                if (parts.row[i].cohort == cohort && parts.row[i].mentor == mentor)
                        TRY(programmes_set_state(tx, parts.row[i].id, state));
        return OK;
}

/* done: a proper end; waiting: would like another partner; left: went without a word. */
static const char *state_after(const struct journeys_cards_list *cards, int64_t person)
{
        for (size_t i = 0; i < cards->n; i++)
                if (cards->row[i].person == person && cards->row[i].done_at.has)
                        return text_is(cards->row[i].next, "rematch") ? "waiting" : "done";
        return "left";
}

static bool both_delete(const struct journeys_cards_list *cards)
{
        size_t n = 0;

        for (size_t i = 0; i < cards->n; i++)
                n += text_is(cards->row[i].notes_choice, "delete");
        return n == 2;
}

/* Messages and notes go now if both chose so, otherwise in ninety days. */
static struct err plan_forgetting(struct tx *tx, int64_t pair,
                                  const struct journeys_cards_list *cards)
{
        int64_t due = tx_now(tx) +
                      (both_delete(cards) ? 0 : JOURNEYS_KEEP_DAYS * (int64_t)JOURNEYS_DAY);

        return jobs_add(
                tx, "conversations.forget",
                text_format(tx_arena(tx), "pair:%lld:%lld", (long long)pair, (long long)due), due,
                pair, 0);
}

/* For those who have done their cards; the other can still have one made. A pair that was on hold is left alone. */
static struct err issue_certificates(struct tx *tx, int64_t pair, const struct journeys_cards_list *cards)
{
        struct journeys_pair p;

        TRY(journeys_pair(tx, pair, &p));
        for (size_t i = 0; i < cards->n; i++)
                if (cards->row[i].done_at.has)
                        TRY(journeys_issue_certificate(tx, &p, cards->row[i].person));
        return OK;
}

static struct err complete(struct tx *tx, const struct journeys_pair *p)
{
        struct journeys_cards_list cards;

        TRY(journeys_cards(tx, p->id, &cards));
        TRY(journeys_cancel_booked(tx, p->id, 0, tx_now(tx)));
        TRY(journeys_set_closed(tx, p->id, tx_now(tx)));
        TRY(leave_cohort(tx, p->cohort, p->mentor, true, state_after(&cards, p->mentor)));
        TRY(leave_cohort(tx, p->cohort, p->mentee, false, state_after(&cards, p->mentee)));
        TRY(issue_certificates(tx, p->id, &cards));
        return plan_forgetting(tx, p->id, &cards);
}

/* A pair on hold is closed at once: nobody writes to the other again. Both still have their cards. */
struct err journeys_close_by_staff(struct tx *tx, const struct who *who, int64_t pair,
                                   struct text reason)
{
        struct journeys_pair p;

        TRY(journeys_pair(tx, pair, &p));
        TRY(programmes_staff(tx, who, p.cohort));
        if (!journeys_is_end_reason(reason))
                return FAIL_AT(ERR_INVALID, "What is the reason?", "reason",
                               "Choose the nearest one; only staff read it");
        if (text_is(p.state, "closed"))
                return OK;
        bool last = text_is(p.state, "closing") || text_is(p.state, "suspended");
        struct desk_act act = {.kind = last ? &journeys_act_complete : &journeys_act_close, .cohort = p.cohort, .pair = pair};
        TRY(desk_begin(tx, who, &act));
        TRY(people_audit(tx, who, "pair.close", 0, pair, text_c(tx_arena(tx), reason)));
        if (text_is(p.state, "closing")) {
                TRY(journeys_set_reason(tx, pair, reason));
                TRY(complete(tx, &p));
                return desk_end(tx, &act);
        }
        TRY(journeys_start_closing(tx, &p, reason));
        TRY(journeys_tell_both(tx, &p, NEWS_STAFF_CLOSING));
        if (last)
                TRY(complete(tx, &p));
        return desk_end(tx, &act);
}

struct err journeys_end_without(struct tx *tx, int64_t pair, int64_t leaver)
{
        struct journeys_side side = {0};

        TRY(journeys_pair(tx, pair, &side.pair));
        if (text_is(side.pair.state, "closed"))
                return OK;
        side.me = leaver;
        side.partner = side.pair.mentor == leaver ? side.pair.mentee : side.pair.mentor;
        if (!text_is(side.pair.state, "closing"))
                TRY(journeys_start_closing(tx, &side.pair, TEXT("other")));
        TRY(complete(tx, &side.pair));
        return journeys_tell(tx, &side, NEWS_ENDED, text_format(tx_arena(tx), "pair:%lld", (long long)pair), tx_now(tx));
}

struct err journeys_end_quietly(struct tx *tx, int64_t pair)
{
        struct journeys_pair p;

        TRY(journeys_pair(tx, pair, &p));
        if (text_is(p.state, "closed"))
                return OK;
        if (!text_is(p.state, "closing"))
                TRY(journeys_start_closing(tx, &p, TEXT("programme")));
        TRY(complete(tx, &p));
        return journeys_tell_both(tx, &p, NEWS_ENDED);
}

struct err journeys_closing_done(struct tx *tx, int64_t pair, int64_t *people)
{
        struct journeys_cards_done row;

        TRY(journeys_cards_done(tx, pair, &row));
        *people = row.people;
        return OK;
}

/* ---- the cards ---- */

static struct text *field_of(struct journeys_cards *c, int64_t number)
{
        struct text *const of[] = {&c->learned, &c->thanks, &c->goals_word, &c->next,
                                   &c->notes_choice};

        return of[number - 1];
}

static struct text value_of(const struct journeys_card *c)
{
        const struct text of[] = {c->learned, c->thanks, c->goals_word, c->next, c->notes_choice};

        return of[c->number - 1].p ? text_trim(of[c->number - 1]) : TEXT("");
}

static bool is_one_of(struct text t, const char *const *words)
{
        for (size_t i = 0; words[i]; i++)
                if (text_is(t, words[i]))
                        return true;
        return false;
}

const char *const journeys_next_choices[] = {"in-touch", "extend", "rematch", "mentor", "rest", NULL};
const char *const journeys_notes_choices[] = {"keep", "delete", NULL};

static struct err check_extension(const struct journeys_card *c, const struct journeys_side *side, int64_t now)
{
        if (c->number != 4 || !text_is(c->next, "extend"))
                return OK;
        if (text_is(side->pair.state, "closed"))
                return FAIL_AT(ERR_CONFLICT, "Your time together is closed already", "next",
                               "Stay in touch without the programme, or ask your coordinator");
        if (!c->extend_day.has || !journeys_extension_fits(&side->pair, side->cohort.zone, c->extend_day.v, now))
                return FAIL_AT(ERR_INVALID, "Until when would you like to go on?", "extend_day",
                               "A day from two weeks to half a year after your end");
        return OK;
}

static struct err check_card(const struct journeys_card *c)
{
        if (c->number < 1 || c->number > JOURNEYS_CARDS)
                return FAIL(ERR_ABSENT, "There are five cards", "Go back to them");
        if (c->number == 4 && !is_one_of(c->next, journeys_next_choices))
                return FAIL_AT(ERR_INVALID, "What would you like next?", "next", "Choose one");
        if (c->number == 5 && !is_one_of(c->notes_choice, journeys_notes_choices))
                return FAIL_AT(ERR_INVALID, "What shall happen to what you wrote?", "notes_choice",
                               "Choose one");
        return OK;
}

static struct err my_cards(struct tx *tx, int64_t pair, int64_t person, struct journeys_cards *out)
{
        struct journeys_cards_list all;

        TRY(journeys_open_cards(tx, pair, person, tx_now(tx)));
        TRY(journeys_cards(tx, pair, &all));
        for (size_t i = 0; i < all.n; i++)
                if (all.row[i].person == person)
                        *out = all.row[i];
        return OK;
}

/* The cards can still be done after the end: it becomes a proper one, and what was written goes if both now want that. */
static struct err after_the_end(struct tx *tx, const struct journeys_side *side)
{
        struct journeys_cards_list cards;

        TRY(journeys_cards(tx, side->pair.id, &cards));
        TRY(leave_cohort(tx, side->pair.cohort, side->me, side->mentor,
                         state_after(&cards, side->me)));
        return both_delete(&cards) ? plan_forgetting(tx, side->pair.id, &cards) : OK;
}

static void take_choices(struct journeys_cards *mine, const struct journeys_card *card)
{
        if (card->number == 4) {
                mine->again = card->again || text_is(card->next, "mentor");
                mine->extend_day = text_is(card->next, "extend") ? card->extend_day : (struct opt) {0};
        }
        if (card->number == JOURNEYS_CARDS && card->hours.has)
                mine->hours = card->hours.v != 0;
}

/* Cards 1 to 3 may be left empty: nobody has to find words.  Done once the last two, which are choices, are made. */
static struct opt done_at(const struct journeys_cards *c, int64_t now)
{
        bool done = c->next.p && c->notes_choice.p && c->card >= JOURNEYS_CARDS;

        return !done ? (struct opt) {0} : c->done_at.has ? c->done_at : (struct opt) {true, now};
}

/* What is told and made once somebody has done all five. */
static struct err finish_one(struct tx *tx, const struct journeys_side *side, const struct journeys_cards *mine)
{
        TRY(journeys_issue_certificate(tx, &side->pair, side->me));
        if (text_empty(mine->thanks))
                return OK;
        return journeys_tell(tx, side, NEWS_THANKS, text_format(tx_arena(tx), "pair:%lld", (long long)side->pair.id), tx_now(tx));
}

struct err journeys_closing_card(struct tx *tx, const struct who *who, int64_t pair,
                                 const struct journeys_card *card)
{
        struct journeys_side side;
        struct journeys_cards mine = {0};
        struct opt done;
        int64_t people;
        bool went;

        TRY(journeys_side(tx, who, pair, &side));
        TRY(check_card(card));
        TRY(check_extension(card, &side, tx_now(tx)));
        if (text_is(side.pair.state, "suspended"))
                return FAIL(ERR_CONFLICT, "Nothing can be written in this pair at the moment",
                            "Ask your coordinator");
        TRY(my_cards(tx, pair, who->person, &mine));
        *field_of(&mine, card->number) = value_of(card);
        mine.card = card->number > mine.card ? card->number : mine.card;
        take_choices(&mine, card);
        done = done_at(&mine, tx_now(tx));
        TRY(journeys_rate_goals(tx, &side, card));
        TRY(journeys_put_cards(tx, &(struct journeys_put_cards_in) {
                .pair = pair, .person = who->person, .learned = mine.learned, .thanks = mine.thanks,
                .goals_word = mine.goals_word, .next = mine.next, .notes_choice = mine.notes_choice, .again = mine.again,
                .extend_day = mine.extend_day, .hours = mine.hours, .card = mine.card,
                .done_at = done}));
        TRY(journeys_try_extending(tx, &side.pair, &went));
        if (went)
                return OK;
        if (done.has)
                TRY(finish_one(tx, &side, &mine));
        if (text_is(side.pair.state, "closed"))
                return after_the_end(tx, &side);
        TRY(journeys_closing_done(tx, pair, &people));
        return people == 2 && text_is(side.pair.state, "closing") ? complete(tx, &side.pair) : OK;
}

/* ---- its day has come ---- */

/* Since when both have had their cards. */
static struct err began_at(struct tx *tx, int64_t pair, int64_t *at)
{
        struct journeys_cards_list cards;

        TRY(journeys_cards(tx, pair, &cards));
        *at = cards.n ? 0 : tx_now(tx);
        for (size_t i = 0; i < cards.n; i++)
                *at = cards.row[i].started_at > *at ? cards.row[i].started_at : *at;
        return OK;
}

/* Nobody has closed yet: the desk sees it (care asks by phone); we look again in a week. A pair never just runs out. */
static struct err try_completing(struct tx *tx, const struct journeys_pair *p)
{
        int64_t people, began, limit;

        TRY(journeys_closing_done(tx, p->id, &people));
        TRY(began_at(tx, p->id, &began));
        if (journeys_may_close(people, began, tx_now(tx)))
                return complete(tx, p);
        limit = began + JOURNEYS_CLOSING_DAYS * (int64_t)JOURNEYS_DAY;
        return journeys_plan_end(tx, p->id,
                                 limit > tx_now(tx) ? limit : tx_now(tx) + 7 * JOURNEYS_DAY);
}

static struct err run_close(struct tx *tx, const struct job *job)
{
        struct journeys_pair p;

        TRY(journeys_pair(tx, job->a, &p));
        if (text_is(p.state, "closed"))
                return OK;
        if (text_is(p.state, "closing"))
                return try_completing(tx, &p);
        if (p.planned_end > tx_now(tx))
                return journeys_plan_end(tx, p.id, p.planned_end);
        if (text_is(p.state, "suspended"))
                return journeys_plan_end(tx, p.id, tx_now(tx) + 7 * JOURNEYS_DAY);
        TRY(journeys_start_closing(tx, &p, TEXT("completed")));
        return try_completing(tx, &p);
}

const struct job_kind journeys_job_close = {.name = "journeys.close", .clock = JOB_PROGRAMME, .run = run_close};
