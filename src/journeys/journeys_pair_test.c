/* The verbs of a pair on a real database: what they do, and above all what they refuse. */
#include "journeys/test/two.h"

#include "conversations/conversations.h"
#include "journeys/journeys.sql.h"
#include "journeys/journeys_parts.h"
#include "journeys/journeys_rules.h"

/* ---- each verb as a transaction of its own ---- */

struct call {
        const struct who *who;
        int64_t id, at, minutes;
        enum journeys_kind kind;
        enum journeys_settle how;
        struct opt start;
        struct text words;
        bool yes;
        int64_t out;
};

static struct err do_log(struct tx *tx, void *in)
{
        struct call *c = in;

        return journeys_log_contact(tx, c->who, two.pair, c->kind, c->at, (struct opt) {0});
}

static struct err do_book(struct tx *tx, void *in)
{
        struct call *c = in;

        return journeys_book(tx, c->who, two.pair, c->at, c->minutes, TEXT("video"),
                             TEXT("https://meet.example.org/x"), &c->out);
}

static struct err do_settle(struct tx *tx, void *in)
{
        struct call *c = in;

        return journeys_settle_meeting(tx, c->who, c->id, c->how, c->start, (struct opt) {0});
}

static struct err do_sign(struct tx *tx, void *in)
{
        struct call *c = in;

        return journeys_sign_agreement(tx, c->who, two.pair, c->minutes, TEXT("phone"), c->words,
                                       TEXT(""));
}

static struct err do_goal(struct tx *tx, void *in)
{
        struct call *c = in;
        struct journeys_goal_new g = {.statement = c->words, .category = TEXT("skills"), .shared = c->yes};

        return journeys_add_goal(tx, c->who, two.pair, &g, &c->out);
}

static struct err do_share(struct tx *tx, void *in)
{
        struct call *c = in;

        return journeys_share(tx, c->who, c->id, c->yes);
}

static struct err do_note(struct tx *tx, void *in)
{
        struct call *c = in;

        return journeys_add_note(tx, c->who, two.pair, c->yes, c->words);
}

static struct err do_pause(struct tx *tx, void *in)
{
        struct call *c = in;

        return journeys_pause(tx, c->who, two.pair, c->at);
}

static struct err do_resume(struct tx *tx, void *in)
{
        struct call *c = in;

        return journeys_resume(tx, c->who, two.pair);
}

static struct err do_reveal(struct tx *tx, void *in)
{
        struct call *c = in;

        return journeys_reveal(tx, c->who, two.pair, c->yes);
}

static struct err do_begin(struct tx *tx, void *in)
{
        struct call *c = in;

        return journeys_begin_closing(tx, c->who, two.pair, TEXT("no-time"));
}

static struct err do_staff_close(struct tx *tx, void *in)
{
        struct call *c = in;

        return journeys_close_by_staff(tx, c->who, two.pair, c->words);
}

/* All five cards; words: what happens to the notes. */
static struct err do_cards(struct tx *tx, void *in)
{
        struct call *c = in;

        for (int n = 1; n <= 5; n++)
                TRY(journeys_closing_card(tx, c->who, two.pair, &(struct journeys_card) {
                        .number = n, .learned = TEXT("to ask"), .thanks = TEXT("for listening"), .next = TEXT("rest"),
                        .notes_choice = c->words}));
        return OK;
}

static struct err do_suspend(struct tx *tx, [[maybe_unused]] void *in)
{
        return journeys_suspend(tx, two.pair);
}
static struct err do_release(struct tx *tx, void *in)
{
        return journeys_release(tx, ((struct call *)in)->who, two.pair);
}
static struct err do_side(struct tx *tx, void *in)
{
        struct journeys_side side;

        return journeys_side(tx, ((struct call *)in)->who, two.pair, &side);
}

#define CALL(fn, ...) house_write(fn, &(struct call) {__VA_ARGS__})

static int64_t book(const struct who *who, int64_t at)
{
        struct call c = {.who = who, .at = at, .minutes = 45};

        assert_ok(house_write(do_book, &c));
        return c.out;
}

static struct err read_part(struct tx *tx, void *in)
{
        struct programmes_participant_list parts;
        struct call *c = in;

        TRY(programmes_parts_of(tx, c->who->person, &parts));
        c->words = parts.row[0].state;
        return OK;
}

static struct text part_state(const struct who *who)
{
        struct call c = {.who = who};

        assert_ok(db_read(house.app.db, house.a, read_part, &c));
        return c.words;
}

static struct err again(struct tx *tx, void *in)
{
        return journeys_activate(tx, HOUSE_COHORT, two.ana.person, two.max.person, 1, in);
}

/* ---- the beginning ---- */

static void two_become_one_pair_whose_clock_waits_for_the_launch(void **state)
{
        struct journeys_pair p = two_pair();
        int64_t id;

        (void)state;
        assert_true(text_is(p.state, "active"));
        assert_int_equal(p.activated_at, two_at(-10, 0));
        assert_true(p.clock_start > p.activated_at && p.clock_start >= two_at(-1, 0));
        assert_int_equal(zone_day(zone_utc(), p.planned_end), 21273);
        assert_int_equal(p.cadence_days, 14);
        assert_true(text_is(part_state(&two.ana), "matched") &&
                    text_is(part_state(&two.max), "matched"));
        assert_ok(house_write(again, &id));
        assert_int_equal(id, two.pair);
}

static void a_pair_does_not_exist_for_anybody_else_staff_included(void **state)
{
        const struct who nobody = {0};

        (void)state;
        assert_ok(CALL(do_side, .who = &two.ana));
        assert_ok(CALL(do_side, .who = &two.max));
        assert_err(CALL(do_side, .who = &two.eve), ERR_ABSENT);
        assert_err(CALL(do_side, .who = &house.staff), ERR_ABSENT);
        assert_err(CALL(do_side, .who = &people_system), ERR_ABSENT);
        assert_err(CALL(do_side, .who = &nobody), ERR_ABSENT);
        assert_err(CALL(do_book, .who = &two.eve, .at = two_at(3, 0), .minutes = 45), ERR_ABSENT);
        assert_err(CALL(do_note, .who = &house.staff, .words = TEXT("x")), ERR_ABSENT);
        assert_err(CALL(do_pause, .who = &house.staff, .at = 21010), ERR_ABSENT);
        assert_err(CALL(do_begin, .who = &two.eve), ERR_ABSENT);
}

/* ---- the ledger ---- */

static void what_both_log_is_one_conversation(void **state)
{
        struct journeys_pair p;

        (void)state;
        two_now(5, 0);
        assert_ok(CALL(do_log, .who = &two.max, .kind = CONTACT_PHONE, .at = two_at(4, 2)));
        assert_ok(CALL(do_log, .who = &two.ana, .kind = CONTACT_PHONE, .at = two_at(4, 3)));
        p = two_pair();
        assert_int_equal(p.n_met, 1);
        assert_int_equal(p.n_contacts, 1);
        assert_int_equal(p.first_met_at.v, two_at(4, 2));
        assert_int_equal(p.last_mentor_at.v, two_at(4, 2));
        assert_ok(CALL(do_log, .who = &two.ana, .kind = CONTACT_VIDEO, .at = two_at(2, 0)));
        p = two_pair();
        assert_int_equal(p.first_met_at.v, two_at(2, 0));
        assert_int_equal(p.last_contact_at.v, two_at(4, 2));
        assert_int_equal(p.n_met, 2);
}

static void a_mail_of_ones_own_is_contact_but_no_meeting(void **state)
{
        struct journeys_pair p;

        (void)state;
        two_now(5, 0);
        assert_ok(CALL(do_log, .who = &two.ana, .kind = CONTACT_MAIL, .at = two_at(4, 0)));
        p = two_pair();
        assert_false(p.first_met_at.has || p.first_message_at.has || p.last_mentee_at.has);
        assert_int_equal(p.first_reply_at.v, two_at(4, 0));
        assert_int_equal(p.n_contacts, 1);
        assert_int_equal(p.n_met, 0);
}

static void the_future_and_the_time_before_the_pair_cannot_be_logged(void **state)
{
        (void)state;
        assert_err(CALL(do_log, .who = &two.max, .kind = CONTACT_PHONE, .at = two_at(1, 0)),
                   ERR_INVALID);
        assert_err(CALL(do_log, .who = &two.max, .kind = CONTACT_PHONE, .at = two_at(-30, 0)),
                   ERR_INVALID);
        assert_int_equal(two_pair().n_contacts, 0);
}

/* ---- meetings ---- */

static void a_meeting_counts_once_whoever_says_so(void **state)
{
        int64_t m;

        (void)state;
        m = book(&two.max, two_at(3, 8));
        assert_int_equal(book(&two.ana, two_at(3, 8)), m);
        assert_int_equal(two_pair().next_meeting_at.v, two_at(3, 8));
        assert_err(CALL(do_settle, .who = &two.max, .id = m, .how = MEETING_HELD), ERR_CONFLICT);
        two_now(3, 10);
        assert_false(two_pair().next_meeting_at.has);
        assert_ok(CALL(do_settle, .who = &two.max, .id = m, .how = MEETING_HELD));
        assert_ok(CALL(do_settle, .who = &two.ana, .id = m, .how = MEETING_HELD));
        assert_ok(CALL(do_log, .who = &two.ana, .kind = CONTACT_VIDEO, .at = two_at(3, 9)));
        assert_int_equal(two_pair().n_met, 1);
        assert_int_equal(two_pair().first_met_at.v, two_at(3, 8));
        assert_err(CALL(do_settle, .who = &two.ana, .id = m, .how = MEETING_MISSED), ERR_CONFLICT);
        assert_err(CALL(do_settle, .who = &two.eve, .id = m, .how = MEETING_HELD), ERR_ABSENT);
}

static void times_that_cannot_be_are_refused(void **state)
{
        (void)state;
        assert_err(CALL(do_book, .who = &two.max, .at = two_at(-1, 0), .minutes = 45), ERR_INVALID);
        assert_err(CALL(do_book, .who = &two.max, .at = two_at(400, 0), .minutes = 45),
                   ERR_INVALID);
        assert_err(CALL(do_book, .who = &two.max, .at = two_at(3, 0), .minutes = 5), ERR_INVALID);
        assert_ok(CALL(do_book, .who = &two.max, .at = two_at(3, 18), .minutes = 45));
}

static void a_meeting_moves_and_a_missed_one_can_still_be_mended(void **state)
{
        int64_t m;

        (void)state;
        m = book(&two.max, two_at(3, 8));
        assert_ok(CALL(do_settle, .who = &two.ana, .id = m, .how = MEETING_MOVED,
                       .start = {true, two_at(5, 8)}));
        assert_int_equal(two_pair().next_meeting_at.v, two_at(5, 8));
        assert_err(CALL(do_settle, .who = &two.ana, .id = m, .how = MEETING_MOVED,
                        .start = {true, two_at(-5, 8)}),
                   ERR_INVALID);
        two_now(5, 10);
        assert_ok(CALL(do_settle, .who = &two.ana, .id = m, .how = MEETING_MISSED));
        assert_int_equal(two_pair().n_met, 0);
        assert_ok(CALL(do_settle, .who = &two.max, .id = m, .how = MEETING_HELD));
        assert_int_equal(two_pair().n_met, 1);
}

/* ---- agreement, goals, notes ---- */

static void an_agreement_holds_when_both_have_signed_the_same(void **state)
{
        (void)state;
        assert_ok(CALL(do_sign, .who = &two.max, .minutes = 21, .words = TEXT("ring")));
        assert_false(two_pair().agreed_at.has);
        assert_int_equal(two_pair().cadence_days, 14);
        assert_ok(CALL(do_sign, .who = &two.ana, .minutes = 28, .words = TEXT("ring")));
        assert_false(two_pair().agreed_at.has);
        assert_ok(CALL(do_sign, .who = &two.max, .minutes = 28, .words = TEXT("ring ")));
        assert_true(two_pair().agreed_at.has);
        assert_int_equal(two_pair().cadence_days, 28);
        assert_true(text_is(two_pair().channel, "phone"));
        assert_err(CALL(do_sign, .who = &two.max, .minutes = 35, .words = TEXT("ring")),
                   ERR_INVALID);
        assert_err(CALL(do_sign, .who = &two.max, .minutes = 14, .words = TEXT("  ")), ERR_INVALID);
        assert_err(CALL(do_sign, .who = &two.eve, .minutes = 14, .words = TEXT("ring")),
                   ERR_ABSENT);
}

static struct err read_goal(struct tx *tx, void *in)
{
        struct journeys_one_goal g;
        struct call *c = in;

        TRY(journeys_one_goal(tx, c->id, &g));
        c->yes = g.shared;
        return OK;
}

static void three_goals_are_enough_and_only_the_mentee_opens_one_to_staff(void **state)
{
        struct call c = {.who = &two.ana, .words = TEXT("speak in front of people"), .yes = true};

        (void)state;
        assert_err(CALL(do_goal, .who = &two.max, .words = TEXT(" ")), ERR_INVALID);
        assert_ok(house_write(do_goal, &c));
        assert_ok(CALL(do_goal, .who = &two.max, .words = TEXT("two")));
        assert_ok(CALL(do_goal, .who = &two.max, .words = TEXT("three")));
        assert_err(CALL(do_goal, .who = &two.max, .words = TEXT("four")), ERR_CONFLICT);
        assert_int_equal(two_pair().n_goals, 3);
        c.id = c.out;
        assert_ok(db_read(house.app.db, house.a, read_goal, &c));
        assert_false(c.yes);
        assert_err(CALL(do_share, .who = &two.ana, .id = c.id, .yes = true), ERR_FORBIDDEN);
        assert_ok(CALL(do_share, .who = &two.max, .id = c.id, .yes = true));
        assert_ok(db_read(house.app.db, house.a, read_goal, &c));
        assert_true(c.yes);
}

static struct err count_notes(struct tx *tx, void *in)
{
        struct journeys_notes_list notes;
        struct call *c = in;

        TRY(journeys_notes(tx, two.pair, c->who->person, &notes));
        c->out = (int64_t)notes.n;
        return OK;
}

static int64_t notes_of(const struct who *who)
{
        struct call c = {.who = who};

        assert_ok(db_read(house.app.db, house.a, count_notes, &c));
        return c.out;
}

static void a_note_is_mine_until_i_share_it(void **state)
{
        (void)state;
        assert_ok(CALL(do_note, .who = &two.max, .words = TEXT("mine")));
        assert_ok(CALL(do_note, .who = &two.max, .words = TEXT("ours"), .yes = true));
        assert_int_equal(notes_of(&two.max), 2);
        assert_int_equal(notes_of(&two.ana), 1);
}

/* ---- pauses and the reveal ---- */

static void a_pause_moves_the_end_and_coming_back_gives_the_rest_back(void **state)
{
        int64_t end = two_pair().planned_end, until;

        (void)state;
        assert_err(CALL(do_pause, .who = &two.max, .at = 21057), ERR_INVALID);
        assert_err(CALL(do_pause, .who = &two.max, .at = 21000), ERR_INVALID);
        assert_ok(CALL(do_pause, .who = &two.max, .at = 21028));
        until = two_pair().paused_until.v;
        assert_int_equal(two_pair().planned_end, end + until - two_at(0, 0));
        assert_int_equal(journeys_rhythm(&(struct journeys_pair) {.state = two_pair().state}, until - 1), RHYTHM_PAUSED);
        two_now(10, 0);
        assert_ok(CALL(do_resume, .who = &two.ana));
        assert_true(text_is(two_pair().state, "active"));
        assert_int_equal(two_pair().planned_end, end + 10 * TWO_DAY);
        assert_int_equal(two_pair().resumed_at.v, two_at(10, 0));
}

static void a_pause_ends_by_itself_on_its_day(void **state)
{
        (void)state;
        assert_ok(CALL(do_pause, .who = &two.max, .at = 21028));
        two_now(27, 0);
        two_run_jobs();
        assert_true(text_is(two_pair().state, "paused"));
        two_now(28, 0);
        two_run_jobs();
        assert_true(text_is(two_pair().state, "active"));
        assert_int_equal(journeys_rhythm(&(struct journeys_pair) {
                .state = TEXT("active"), .clock_start = two_pair().clock_start, .cadence_days = 14,
                .resumed_at = two_pair().resumed_at}, two_at(29, 0)), RHYTHM_GOOD);
}

static void status_is_shown_only_when_both_have_said_yes(void **state)
{
        struct journeys_pair p;

        (void)state;
        assert_ok(CALL(do_reveal, .who = &two.max, .yes = true));
        p = two_pair();
        assert_false(journeys_revealed(&p));
        assert_ok(CALL(do_reveal, .who = &two.max, .yes = false));
        assert_ok(CALL(do_reveal, .who = &two.ana, .yes = true));
        p = two_pair();
        assert_false(journeys_revealed(&p));
        assert_ok(CALL(do_reveal, .who = &two.max, .yes = true));
        p = two_pair();
        assert_true(journeys_revealed(&p));
        assert_err(CALL(do_reveal, .who = &two.ana, .yes = false), ERR_CONFLICT);
        assert_err(CALL(do_reveal, .who = &house.staff, .yes = true), ERR_ABSENT);
}

/* ---- the ending ---- */

static void both_finish_their_cards_and_the_pair_is_closed(void **state)
{
        (void)state;
        assert_ok(CALL(do_begin, .who = &two.max));
        assert_true(text_is(two_pair().state, "closing"));
        assert_ok(CALL(do_cards, .who = &two.max, .words = TEXT("keep")));
        assert_true(text_is(two_pair().state, "closing"));
        assert_ok(CALL(do_cards, .who = &two.ana, .words = TEXT("keep")));
        assert_true(text_is(two_pair().state, "closed"));
        assert_true(two_pair().closed_at.has && text_is(two_pair().end_reason, "no-time"));
        assert_true(text_is(part_state(&two.max), "done") && text_is(part_state(&two.ana), "done"));
        assert_err(CALL(do_note, .who = &two.max, .words = TEXT("late")), ERR_CONFLICT);
}

static void one_closes_alone_after_two_weeks(void **state)
{
        (void)state;
        assert_ok(CALL(do_begin, .who = &two.ana));
        assert_ok(CALL(do_cards, .who = &two.ana, .words = TEXT("delete")));
        two_now(13, 0);
        two_run_jobs();
        assert_true(text_is(two_pair().state, "closing"));
        two_now(14, 1);
        two_run_jobs();
        assert_true(text_is(two_pair().state, "closed"));
        assert_true(text_is(part_state(&two.ana), "done"));
        assert_true(text_is(part_state(&two.max), "left"));
}

static void no_pair_just_runs_out(void **state)
{
        (void)state;
        two_now(274, 0);
        two_run_jobs();
        assert_true(text_is(two_pair().state, "closing"));
        assert_true(text_is(two_pair().end_reason, "completed"));
        two_now(340, 0);
        two_run_jobs();
        assert_true(text_is(two_pair().state, "closing"));
        assert_err(CALL(do_staff_close, .who = &two.eve, .words = TEXT("no-contact")), ERR_ABSENT);
        assert_err(CALL(do_staff_close, .who = &house.staff, .words = TEXT("because")),
                   ERR_INVALID);
        assert_ok(CALL(do_staff_close, .who = &house.staff, .words = TEXT("no-contact")));
        assert_true(text_is(two_pair().state, "closed") &&
                    text_is(two_pair().end_reason, "no-contact"));
}

static void staff_begin_an_ending_and_both_get_their_cards(void **state)
{
        (void)state;
        assert_ok(CALL(do_staff_close, .who = &house.staff, .words = TEXT("not-a-fit")));
        assert_true(text_is(two_pair().state, "closing"));
        assert_ok(CALL(do_cards, .who = &two.max, .words = TEXT("keep")));
        assert_ok(CALL(do_cards, .who = &two.ana, .words = TEXT("keep")));
        assert_true(text_is(two_pair().state, "closed"));
}

static void a_planned_end_that_a_pause_has_moved_is_waited_for(void **state)
{
        (void)state;
        assert_ok(CALL(do_pause, .who = &two.max, .at = 21050));
        two_now(50, 0);
        two_run_jobs();
        two_now(280, 0);
        two_run_jobs();
        assert_true(text_is(two_pair().state, "active"));
        two_now(325, 0);
        two_run_jobs();
        assert_true(text_is(two_pair().state, "closing"));
}

/* ---- on hold ---- */

static void nothing_can_be_written_or_booked_while_a_concern_is_open(void **state)
{
        (void)state;
        book(&two.max, two_at(3, 8));
        assert_ok(house_write(do_suspend, NULL));
        assert_false(two_pair().next_meeting_at.has);
        assert_err(CALL(do_book, .who = &two.max, .at = two_at(4, 8), .minutes = 45), ERR_CONFLICT);
        assert_err(CALL(do_note, .who = &two.ana, .words = TEXT("x")), ERR_CONFLICT);
        assert_err(CALL(do_begin, .who = &two.ana), ERR_CONFLICT);
        assert_true(failed(CALL(do_release, .who = &two.ana)));
        assert_ok(CALL(do_release, .who = &house.staff));
        assert_ok(CALL(do_book, .who = &two.max, .at = two_at(4, 8), .minutes = 45));
}

static void a_pair_on_hold_is_closed_at_once_and_its_cards_stay_open(void **state)
{
        (void)state;
        assert_ok(house_write(do_suspend, NULL));
        assert_ok(CALL(do_staff_close, .who = &house.staff, .words = TEXT("programme")));
        assert_true(text_is(two_pair().state, "closed"));
        assert_true(text_is(part_state(&two.max), "left"));
        assert_err(CALL(do_note, .who = &two.ana, .words = TEXT("x")), ERR_CONFLICT);
        assert_ok(CALL(do_cards, .who = &two.max, .words = TEXT("delete")));
        assert_true(text_is(part_state(&two.max), "done"));
        assert_true(text_is(part_state(&two.ana), "left"));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                two_test(two_become_one_pair_whose_clock_waits_for_the_launch),
                two_test(a_pair_does_not_exist_for_anybody_else_staff_included),
                two_test(what_both_log_is_one_conversation),
                two_test(a_mail_of_ones_own_is_contact_but_no_meeting),
                two_test(the_future_and_the_time_before_the_pair_cannot_be_logged),
                two_test(a_meeting_counts_once_whoever_says_so),
                two_test(times_that_cannot_be_are_refused),
                two_test(a_meeting_moves_and_a_missed_one_can_still_be_mended),
                two_test(an_agreement_holds_when_both_have_signed_the_same),
                two_test(three_goals_are_enough_and_only_the_mentee_opens_one_to_staff),
                two_test(a_note_is_mine_until_i_share_it),
                two_test(a_pause_moves_the_end_and_coming_back_gives_the_rest_back),
                two_test(a_pause_ends_by_itself_on_its_day),
                two_test(status_is_shown_only_when_both_have_said_yes),
                two_test(both_finish_their_cards_and_the_pair_is_closed),
                two_test(one_closes_alone_after_two_weeks),
                two_test(no_pair_just_runs_out),
                two_test(staff_begin_an_ending_and_both_get_their_cards),
                two_test(a_planned_end_that_a_pause_has_moved_is_waited_for),
                two_test(nothing_can_be_written_or_booked_while_a_concern_is_open),
                two_test(a_pair_on_hold_is_closed_at_once_and_its_cards_stay_open),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
