/* The acts: each calls the verb that the page or the mail's button calls. */
#include "rehearsal/rehearsal_play.h"

#include "care/care.h"
#include "conversations/conversations.h"
#include "evaluation/evaluation.h"
#include "gatherings/gatherings.h"
#include "learning/learning.h"
#include "matching/matching.h"
#include "rehearsal/rehearsal_words.h"

static void note(struct rehearsal *r, const char *kind, const struct who *who, int64_t pair,
                 struct text detail)
{
        play_note(r, kind, TEXT(""), TEXT(""), who->person, pair, detail);
}

static size_t partner_of(const struct rehearsal *r, const struct journeys_side *s)
{
        return play_who(r, s->partner);
}

/* ---- before the launch ---- */

static struct err apply(struct tx *tx, struct rehearsal *r, const struct act *it,
                        const struct who *who)
{
        TRY(programmes_set_state(tx, it->a, "applied"));
        note(r, "applied", who, 0, TEXT(""));
        return OK;
}

static struct err confirm(struct tx *tx, struct rehearsal *r, const struct act *it,
                          const struct who *who)
{
        (void)it;
        TRY(programmes_confirm_profile(tx, who->person));
        if (rehearsal_lot(&r->chance, r->order->truth.manager))
                TRY(programmes_manager_letters(tx, who->person, true));
        note(r, "profile confirmed", who, 0, TEXT(""));
        return OK;
}

static struct err learn(struct tx *tx, struct rehearsal *r, const struct act *it,
                        const struct who *who)
{
        const struct rehearsal_person *p = play_person(r, it->who);

        TRY(learning_open(tx, who, r->cohort.id, it->text));
        TRY(learning_answer(tx, who, r->cohort.id, it->text, rehearsal_between(&r->chance, 1, 3)));
        TRY(learning_complete(tx, who, r->cohort.id, it->text,
                              &(struct learning_done) {
                                      .useful = {true, rehearsal_between(&r->chance, 3, 5)},
                                      .situation = TEXT("I know this from my own team."),
                                      .commitment = p->part == PART_MENTOR
                                                            ? TEXT("I will ask before I advise")
                                                            : TEXT("I will come with one question "
                                                                   "I have written down")}));
        note(r, "module", who, 0, it->text);
        return OK;
}

static struct err answer(struct tx *tx, struct rehearsal *r, const struct act *it,
                         const struct who *who)
{
        TRY(matching_answer(tx, who, it->a, it->b != 0,
                            it->b ? TEXT("") : TEXT("I know this person too well")));
        note(r, it->b ? "proposal accepted" : "proposal declined", who, 0, TEXT(""));
        return OK;
}

/* ---- in the pair ---- */

static struct err message(struct tx *tx, struct rehearsal *r, const struct act *it,
                          const struct who *who)
{
        struct bond *b = play_bond(r, it->a);
        bool by_mail = rehearsal_lot(&r->chance, r->order->truth.by_mail);
        struct text mail = by_mail ? text_format(tx_arena(tx), "reply-%llu@example.org",
                                                 (unsigned long long)it->turn)
                                   : TEXT_ABSENT;
        struct journeys_side side;
        int64_t id;

        TRY(journeys_side(tx, who, it->a, &side));
        struct text body =
                rehearsal_message(tx_arena(tx), play_person(r, it->who), side.partner_first_name,
                                  it->b ? it->a : b->messages + it->a, it->b != 0);
        TRY(conversations_mark_read(tx, who, it->a));
        TRY(conversations_post(tx, who, it->a, body, mail, &id));
        b->messages++;
        note(r, "message", who, it->a, by_mail ? TEXT("by mail") : TEXT("in the browser"));
        return OK;
}

/* An hour at which both are up, three to nine days ahead; between far zones somebody gets up early.
 */
static int64_t common_hour(struct rehearsal *r, const struct zone *mine, const struct zone *theirs)
{
        int64_t day = zone_day(mine, r->now) + rehearsal_between(&r->chance, 3, 9);
        int64_t best = 0;
        int least = 99;

        while (day_weekday(day) > 5)
                day++;
        for (int hour = 7; hour <= 20; hour++) {
                int64_t t = zone_at(mine, day, hour, 0);
                int there = zone_civil(theirs, t).hour;
                int strain = (there < 8    ? 8 - there
                              : there > 19 ? there - 19
                                           : 0) +
                             (hour < 9    ? 9 - hour
                              : hour > 18 ? hour - 18
                                          : 0);
                if (strain < least || (strain == least && rehearsal_lot(&r->chance, 0.3))) {
                        least = strain;
                        best = t;
                }
        }
        return best;
}

static struct err book(struct tx *tx, struct rehearsal *r, const struct act *it,
                       const struct who *who)
{
        static const char *const channels[] = {"video", "video", "video", "phone"};
        struct journeys_side side;
        int64_t meeting;

        TRY(journeys_side(tx, who, it->a, &side));
        if (side.pair.next_meeting_at.has)
                return OK;
        int64_t at = common_hour(r, who->zone, side.partner_zone);
        const char *channel = channels[rehearsal_between(&r->chance, 0, 3)];
        TRY(journeys_book(tx, who, it->a, at, 45, text_of(channel), TEXT(""), &meeting));
        note(r, "booked", who, it->a, text_of(channel));
        return OK;
}

static struct err settle(struct tx *tx, struct rehearsal *r, const struct act *it,
                         const struct who *who)
{
        static const char *const words[] = {[MEETING_HELD] = "met",
                                            [MEETING_MOVED] = "moved",
                                            [MEETING_CANCELLED] = "called off",
                                            [MEETING_MISSED] = "missed"};
        enum journeys_settle how = (enum journeys_settle)it->b;
        struct opt to = {how == MEETING_MOVED, 0};

        if (to.has)
                to.v = common_hour(r, who->zone, who->zone);
        TRY(journeys_settle_meeting(
                tx, who, it->a, how, to,
                (struct opt) {how == MEETING_HELD, rehearsal_between(&r->chance, 25, 60)}));
        note(r, words[how], who, it->pair, TEXT(""));
        return OK;
}

static struct err sign(struct tx *tx, struct rehearsal *r, const struct act *it,
                       const struct who *who)
{
        struct journeys_side side;

        TRY(journeys_side(tx, who, it->a, &side));
        TRY(journeys_sign_agreement(
                tx, who, it->a, it->a % 3 ? 14 : 21, TEXT("video"),
                TEXT("Whoever notices first writes two lines; after a week we ring."),
                TEXT("No advice on my line manager. Mondays are full.")));
        play_bond(r, it->a)->signed_by[side.mentor] = true;
        note(r, "agreement signed", who, it->a, TEXT(""));
        return OK;
}

static struct err goal(struct tx *tx, struct rehearsal *r, const struct act *it,
                       const struct who *who)
{
        struct bond *b = play_bond(r, it->a);
        int64_t today = zone_day(who->zone, r->now);

        TRY(journeys_add_goal(
                tx, who, it->a,
                &(struct journeys_goal_new) {
                        .statement = rehearsal_goal(play_person(r, it->who), it->a),
                        .why = TEXT("I have put it off for too long."),
                        .measure = TEXT("Somebody other than me notices."),
                        .category = TEXT("skills"),
                        .next_step = TEXT("Tell one colleague what I am going to try"),
                        .due_day = {true, today + rehearsal_between(&r->chance, 60, 170)},
                        .shared = false},
                &b->goal));
        b->progressed_at = r->now;
        note(r, "goal", who, it->a, TEXT(""));
        return OK;
}

static struct err progress(struct tx *tx, struct rehearsal *r, const struct act *it,
                           const struct who *who)
{
        struct bond *b = play_bond(r, it->a);
        int64_t share = (r->now - r->cohort.launch_at) / PLAY_DAY * 100 / 260;

        TRY(journeys_update_goal(tx, who, b->goal,
                                 share > 100  ? 100
                                 : share < 10 ? 10
                                              : share / 10 * 10,
                                 TEXT("Try it once more, with somebody who says no easily"),
                                 (struct opt) {share > 85, rehearsal_between(&r->chance, -1, 2)}));
        b->progressed_at = r->now;
        note(r, "goal moved on", who, it->a, TEXT(""));
        return OK;
}

static struct err review(struct tx *tx, struct rehearsal *r, const struct act *it,
                         const struct who *who)
{
        TRY(journeys_log_review(tx, who, it->a, it->a % 4 ? TEXT("continue") : TEXT("adjust")));
        note(r, "review", who, it->a, TEXT(""));
        return OK;
}

static struct err reveal(struct tx *tx, struct rehearsal *r, const struct act *it,
                         const struct who *who)
{
        TRY(journeys_reveal(tx, who, it->a, true));
        note(r, "reveal", who, it->a, TEXT(""));
        return OK;
}

static struct err pause_pair(struct tx *tx, struct rehearsal *r, const struct act *it,
                             const struct who *who)
{
        TRY(journeys_pause(tx, who, it->a, zone_day(r->cohort.zone, r->now) + it->b));
        note(r, "paused", who, it->a, text_format(tx_arena(tx), "%lld days", (long long)it->b));
        return OK;
}

static struct err end(struct tx *tx, struct rehearsal *r, const struct act *it,
                      const struct who *who)
{
        static const char *const early[] = {"life-change", "no-time", "goals-met", "not-a-fit"};
        const char *reason =
                it->b ? early[(int)(rehearsal_fate(r->order->seed, it->a, 51) * 4)] : "completed";

        TRY(journeys_begin_closing(tx, who, it->a, text_of(reason)));
        note(r, "closing begun", who, it->a, text_of(reason));
        return OK;
}

static struct err cards(struct tx *tx, struct rehearsal *r, const struct act *it,
                        const struct who *who)
{
        static const char *const next[] = {"in-touch", "in-touch", "rest", "mentor", "extend"};
        struct journeys_card c = {
                .learned = TEXT("That a question asked at the right moment is worth ten answers."),
                .thanks = TEXT("Thank you for your time, and for not being in a hurry."),
                .goals_word = TEXT("Further than I thought, not as far as I hoped."),
                .next = text_of(next[rehearsal_between(&r->chance, 0, 4)]),
                .notes_choice = rehearsal_lot(&r->chance, 0.7) ? TEXT("keep") : TEXT("delete")};
        struct journeys_side side;

        TRY(journeys_side(tx, who, it->a, &side));
        for (c.number = 1; c.number <= 5; c.number++)
                TRY(journeys_closing_card(tx, who, it->a, &c));
        play_bond(r, it->a)->carded[side.mentor] = true;
        note(r, "closing cards", who, it->a, TEXT(""));
        size_t partner = partner_of(r, &side);
        if (partner < r->order->cast->n)
                play_look_at(r, partner, r->now + PLAY_DAY, 1);
        return OK;
}

/* ---- gatherings, questions, help ---- */

static struct err seat(struct tx *tx, struct rehearsal *r, const struct act *it,
                       const struct who *who)
{
        TRY(gatherings_answer(tx, who, it->a, it->b != 0));
        note(r, it->b ? "seat taken" : "seat declined", who, 0, TEXT(""));
        return OK;
}

static struct err recording(struct tx *tx, struct rehearsal *r, const struct act *it,
                            const struct who *who)
{
        TRY(gatherings_saw_recording(tx, who, it->a));
        note(r, "recording", who, 0, TEXT(""));
        return OK;
}

static const struct pack_survey *survey_of(const struct pack *pack, struct text key)
{
        for (size_t i = 0; i < pack->n_surveys; i++)
                if (text_equal(pack->surveys[i].key, key))
                        return &pack->surveys[i];
        return NULL;
}

static struct evaluation_reply reply_to(struct rehearsal *r, const struct pack_question *q,
                                        bool low)
{
        struct evaluation_reply reply = {.question = q->key};

        switch (q->kind) {
        case PACK_SCALE:
                reply.value = (struct opt) {true, low ? rehearsal_between(&r->chance, 1, 2)
                                                      : rehearsal_between(&r->chance, 3, 5)};
                break;
        case PACK_CHOICE:
                reply.words = text_is(q->key, "contact")
                                      ? low ? TEXT("yes") : TEXT("no")
                                      : q->choices[rehearsal_between(&r->chance, 0,
                                                                     (int64_t)q->n_choices - 1)]
                                                .key;
                break;
        case PACK_FREE_TEXT:
                reply.words =
                        low ? TEXT("We talk past each other, and I do not know how to say it.")
                            : TEXT("It is good to be asked.");
                break;
        case PACK_QUESTION_KINDS:
                break;
        }
        return reply;
}

static struct err pulse(struct tx *tx, struct rehearsal *r, const struct act *it,
                        const struct who *who)
{
        const struct pack_survey *s = survey_of(r->cohort.pack, it->text);
        bool low = rehearsal_lot(&r->chance, r->order->truth.pulse_low);
        bool mentor = play_person(r, it->who)->part == PART_MENTOR;
        struct evaluation_reply reply[64];
        size_t n = 0;

        for (size_t i = 0; s && i < s->n_questions && n < 64; i++)
                if (pack_side_has(s->questions[i].who, mentor ? PACK_MENTOR : PACK_MENTEE))
                        reply[n++] = reply_to(r, &s->questions[i], low);
        TRY(evaluation_answer(tx, who, it->a, reply, n));
        note(r, low ? "answered low" : "answered", who, 0, it->text);
        return OK;
}

static struct err ticket(struct tx *tx, struct rehearsal *r, const struct act *it,
                         const struct who *who)
{
        static const char *const about[REHEARSAL_SAYINGS] = {
                "technical", "scheduling", "scheduling", "accessibility", "content", "other"};
        int64_t which = rehearsal_between(&r->chance, 0, REHEARSAL_SAYINGS - 1), id;

        (void)it;
        TRY(care_ask_help(tx, who,
                          &(struct care_ticket_new) {.cohort = r->cohort.id,
                                                     .category = text_of(about[which]),
                                                     .body = text_of(rehearsal_help[which]),
                                                     .page = TEXT("/home")},
                          &id));
        note(r, "help asked", who, 0, text_of(about[which]));
        return OK;
}

play_act *const play_acts[ACTS] = {
        [ACT_APPLY] = apply,         [ACT_CONFIRM] = confirm,
        [ACT_LEARN] = learn,         [ACT_ANSWER] = answer,
        [ACT_MESSAGE] = message,     [ACT_BOOK] = book,
        [ACT_SETTLE] = settle,       [ACT_SIGN] = sign,
        [ACT_GOAL] = goal,           [ACT_PROGRESS] = progress,
        [ACT_REVIEW] = review,       [ACT_REVEAL] = reveal,
        [ACT_PAUSE] = pause_pair,    [ACT_END] = end,
        [ACT_CARDS] = cards,         [ACT_SEAT] = seat,
        [ACT_RECORDING] = recording, [ACT_PULSE] = pulse,
        [ACT_TICKET] = ticket,       [ACT_WISH] = play_wish,
};
