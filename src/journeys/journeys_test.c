/* The relationship's decisions on plain values: rhythm, next step, times, pauses, the ending. */
#include "journeys/journeys_rules.h"
#include "journeys/journeys_parts.h"

#include "os/zone.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { DAY = 86400 };

static const int64_t start = 1790000000;        /* September 2026 */

static struct journeys_pair active(int64_t cadence)
{
        return (struct journeys_pair) {.state = TEXT("active"), .clock_start = start, .cadence_days = cadence,
                                       .activated_at = start - 5 * DAY, .planned_end = start + 273 * (int64_t)DAY};
}

static struct opt at(int64_t t) { return (struct opt) {true, t}; }

/* ---- rhythm ---- */

static void soon_is_three_quarters_of_the_cadence_in_whole_days(void **state)
{
        (void)state;
        for (int64_t cadence = 7; cadence <= 28; cadence += 7) {
                static const int64_t days[] = {6, 11, 16, 21};
                struct journeys_pair p = active(cadence);

                assert_int_equal(journeys_soon_at(&p), start + days[cadence / 7 - 1] * DAY);
        }
}

static void quiet_is_a_week_after_the_cadence_and_never_later_than_day_28(void **state)
{
        (void)state;
        for (int64_t cadence = 7; cadence <= 28; cadence += 7) {
                static const int64_t days[] = {14, 21, 28, 28};
                struct journeys_pair p = active(cadence);

                assert_int_equal(journeys_quiet_at(&p), start + days[cadence / 7 - 1] * DAY);
        }
}

static void a_rhythm_counts_from_the_last_contact_or_the_end_of_a_pause(void **state)
{
        struct journeys_pair p = active(14);

        (void)state;
        assert_int_equal(journeys_rhythm_start(&p), start);
        p.last_contact_at = at(start - 2 * DAY);
        assert_int_equal(journeys_rhythm_start(&p), start);
        p.last_contact_at = at(start + 10 * DAY);
        assert_int_equal(journeys_rhythm_start(&p), start + 10 * DAY);
        p.resumed_at = at(start + 40 * DAY);
        assert_int_equal(journeys_rhythm_start(&p), start + 40 * DAY);
}

static void rhythm_goes_from_good_over_soon_to_quiet(void **state)
{
        struct journeys_pair p = active(14);

        (void)state;
        assert_int_equal(journeys_rhythm(&p, start - 1), RHYTHM_NOT_STARTED);
        assert_int_equal(journeys_rhythm(&p, start), RHYTHM_GOOD);
        assert_int_equal(journeys_rhythm(&p, start + 11 * DAY - 1), RHYTHM_GOOD);
        assert_int_equal(journeys_rhythm(&p, start + 11 * DAY), RHYTHM_SOON);
        assert_int_equal(journeys_rhythm(&p, start + 21 * DAY - 1), RHYTHM_SOON);
        assert_int_equal(journeys_rhythm(&p, start + 21 * DAY), RHYTHM_QUIET);
}

static void a_meeting_that_is_booked_quietens_only_if_it_is_near(void **state)
{
        struct journeys_pair p = active(14);

        (void)state;
        p.next_meeting_at = at(start + 25 * DAY);
        assert_int_equal(journeys_rhythm(&p, start + 12 * DAY), RHYTHM_GOOD);
        assert_int_equal(journeys_rhythm(&p, start + 21 * DAY), RHYTHM_GOOD);
        p.next_meeting_at = at(start + 40 * DAY);
        assert_int_equal(journeys_rhythm(&p, start + 21 * DAY), RHYTHM_QUIET);
}

static void nobody_is_quiet_while_paused_or_closing(void **state)
{
        struct journeys_pair p = active(14);

        (void)state;
        p.state = TEXT("paused");
        assert_int_equal(journeys_rhythm(&p, start + 90 * DAY), RHYTHM_PAUSED);
        p.state = TEXT("suspended");
        assert_int_equal(journeys_rhythm(&p, start + 90 * DAY), RHYTHM_PAUSED);
        p.state = TEXT("closing");
        assert_int_equal(journeys_rhythm(&p, start + 90 * DAY), RHYTHM_OVER);
}

/* ---- the next step ---- */

static struct journeys_now in_pair(bool mentor)
{
        return (struct journeys_now) {.now = start, .stage = STAGE_PAIR, .mentor = mentor, .pair_active = true,
                                      .rhythm = RHYTHM_GOOD, .planned_end = start + 200 * (int64_t)DAY};
}

static enum journeys_next first(const struct journeys_now *f)
{
        struct journeys_nexts n;

        journeys_decide(f, &n);
        assert_true(n.n >= 1);
        return n.step[0];
}

static bool offers(const struct journeys_now *f, enum journeys_next step)
{
        struct journeys_nexts n;

        journeys_decide(f, &n);
        for (size_t i = 0; i < n.n; i++)
                if (n.step[i] == step)
                        return true;
        return false;
}

static void before_the_match_training_comes_first_and_waiting_says_so(void **state)
{
        struct journeys_now f = {.now = start, .stage = STAGE_PREPARING};

        (void)state;
        assert_int_equal(first(&f), NEXT_TRAIN);
        f.training_done = true;
        assert_int_equal(first(&f), NEXT_CONFIRM_PROFILE);
        f.profile_confirmed = true;
        assert_int_equal(first(&f), NEXT_AWAIT_MATCH);
        f.list_open = true;
        assert_int_equal(first(&f), NEXT_RANK);
        f.mentor = true;
        assert_int_equal(first(&f), NEXT_MARK);
        f.mentor = false;
        f.proposal_open = true;
        assert_int_equal(first(&f), NEXT_ANSWER_PROPOSAL);
        f.list_answered = true;
        f.proposal_answered = true;
        assert_int_equal(first(&f), NEXT_AWAIT_ANSWER);
}

static void the_mentee_writes_first_and_the_mentor_answers(void **state)
{
        struct journeys_now mentee = in_pair(false), mentor = in_pair(true);

        (void)state;
        assert_int_equal(first(&mentee), NEXT_WRITE_FIRST);
        assert_int_equal(first(&mentor), NEXT_AWAIT_FIRST);
        mentee.mentee_wrote = mentor.mentee_wrote = true;
        assert_int_equal(first(&mentee), NEXT_BOOK_FIRST);
        assert_int_equal(first(&mentor), NEXT_ANSWER_PARTNER);
        mentor.mentor_wrote = true;
        assert_int_equal(first(&mentor), NEXT_BOOK_FIRST);
}

static void a_meeting_that_is_over_is_asked_about_before_anything_else(void **state)
{
        struct journeys_now f = in_pair(false);

        (void)state;
        f.meeting_unsettled = f.unread = f.pulse_waiting = true;
        f.rhythm = RHYTHM_QUIET;
        assert_int_equal(first(&f), NEXT_DID_YOU_MEET);
        assert_true(offers(&f, NEXT_ANSWER_PARTNER));
}

static void a_broken_rhythm_comes_before_paper(void **state)
{
        struct journeys_now f = in_pair(false);

        (void)state;
        f.met = f.mentee_wrote = f.mentor_wrote = true;
        f.n_met = 2;
        f.rhythm = RHYTHM_QUIET;
        assert_int_equal(first(&f), NEXT_RECONNECT);
        f.rhythm = RHYTHM_SOON;
        assert_int_equal(first(&f), NEXT_SIGN_AGREEMENT);
        f.signed_by_me = true;
        assert_int_equal(first(&f), NEXT_SET_GOAL);
        f.n_goals = 1;
        assert_int_equal(first(&f), NEXT_BOOK_NEXT);
        f.mentor = true;
        f.n_goals = 0;
        assert_false(offers(&f, NEXT_SET_GOAL));
}

static void the_ending_is_offered_in_time_and_then_asked_for(void **state)
{
        struct journeys_now f = in_pair(true);

        (void)state;
        f.met = f.agreed = f.mentee_wrote = f.mentor_wrote = f.reviewed = true;
        f.planned_end = f.now + 22 * DAY;
        assert_false(offers(&f, NEXT_WIND_DOWN));
        f.planned_end = f.now + 21 * DAY;
        assert_int_equal(first(&f), NEXT_WIND_DOWN);
        f.pair_active = false;
        f.pair_closing = true;
        assert_int_equal(first(&f), NEXT_CLOSING_CARDS);
        f.cards_done = true;
        assert_int_equal(first(&f), NEXT_AWAIT_CLOSING);
}

/* "Choose a time for your next conversation" would be no answer to somebody who has just said goodbye. */
static void who_has_closed_before_the_end_is_asked_for_nothing(void **state)
{
        struct journeys_now f = in_pair(true);

        (void)state;
        f.met = f.mentee_wrote = f.mentor_wrote = f.cards_done = true;
        f.planned_end = f.now + 10 * DAY;
        f.rhythm = RHYTHM_QUIET;
        assert_int_equal(first(&f), NEXT_CARDS_DONE);
        assert_false(journeys_asks(NEXT_CARDS_DONE));
        assert_false(offers(&f, NEXT_RECONNECT));
        assert_false(offers(&f, NEXT_BOOK_NEXT));
        assert_false(offers(&f, NEXT_SIGN_AGREEMENT));
        f.unread = true;
        assert_int_equal(first(&f), NEXT_ANSWER_PARTNER);
}

static void the_band_ends_with_the_pair(void **state)
{
        const int64_t now = 1000 * (int64_t)DAY;
        struct journeys_pair p = {.state = TEXT("active"), .clock_start = now - 200 * DAY, .activated_at = now - 200 * DAY, .cadence_days = 21,
                                  .planned_end = now + 300 * DAY, .first_met_at = {true, now - 190 * DAY}, .last_met_at = {true, now},
                                  .last_contact_at = {true, now}, .n_met = 9};
        struct journeys_strip s;

        (void)state;
        journeys_strip_frame(&p, now, &s);
        int64_t from = s.band_from.v;
        assert_true(from > now);
        p.planned_end = from - DAY;                     /* it would begin after the end: the last week instead */
        journeys_strip_frame(&p, now, &s);
        assert_int_equal(s.band_from.v, p.planned_end - 7 * DAY);
        assert_int_equal(s.band_until.v, p.planned_end);
        p.planned_end = now + 3 * DAY;
        journeys_strip_frame(&p, now, &s);
        assert_int_equal(s.band_from.v, now);
        assert_int_equal(s.band_until.v, p.planned_end);
}

static void a_pause_and_a_hold_ask_for_nothing(void **state)
{
        struct journeys_now f = in_pair(false);

        (void)state;
        f.pair_active = false;
        f.pair_paused = true;
        assert_int_equal(first(&f), NEXT_PAUSED);
        assert_false(journeys_asks(NEXT_PAUSED));
        f.pair_suspended = true;
        assert_int_equal(first(&f), NEXT_SUSPENDED);
        assert_false(offers(&f, NEXT_PAUSED));
}

/* ---- times ---- */

static const struct zone *zone(const char *name)
{
        const struct zone *z = zone_find(text_of(name));

        assert_non_null(z);
        return z;
}

static void availability_is_read_as_people_write_it(void **state)
{
        struct journeys_free f;

        (void)state;
        journeys_read_availability(TEXT("mon-wed 17:00-20:00; Sat 9-12"), zone_utc(), &f);
        assert_int_equal(f.n, 4);
        assert_int_equal(f.window[2].weekday, 3);
        assert_int_equal(f.window[2].from, 17 * 60);
        assert_int_equal(f.window[3].weekday, 6);
        assert_int_equal(f.window[3].until, 12 * 60);
        journeys_read_availability(TEXT("Di 18.30-20.00"), zone_utc(), &f);
        assert_int_equal(f.n, 1);
        assert_int_equal(f.window[0].weekday, 2);
        assert_int_equal(f.window[0].from, 18 * 60 + 30);
}

static void what_cannot_be_read_means_the_evenings_of_working_days(void **state)
{
        static const char *const written[] = {"", "whenever", "mon 25:00-26:00", "mon 20:00-17:00", "17:00", ";;-", "fri -"};
        struct journeys_free f;

        (void)state;
        for (size_t i = 0; i < sizeof written / sizeof written[0]; i++) {
                journeys_read_availability(text_of(written[i]), zone_utc(), &f);
                assert_int_equal(f.n, 5);
                assert_int_equal(f.window[4].weekday, 5);
        }
        journeys_read_availability(TEXT_ABSENT, zone_utc(), &f);
        assert_int_equal(f.n, 5);
}

/* Each on another day, in waking hours of both, in order. */
static void check_times(const struct journeys_times *t, const struct zone *a, const struct zone *b,
                        int64_t from)
{
        assert_int_equal(t->n, 3);
        for (size_t i = 0; i < t->n; i++) {
                struct civil x = zone_civil(a, t->at[i]), y = zone_civil(b, t->at[i]);

                assert_true(t->at[i] >= from);
                assert_true(x.hour >= 7 && x.hour < 22 && y.hour >= 7 && y.hour < 22);
                assert_true(x.weekday <= 5 && y.weekday <= 5);
                assert_true(i == 0 || zone_day(a, t->at[i]) > zone_day(a, t->at[i - 1]));
        }
}

static void suggested_times_suit_both_zones(void **state)
{
        static const char *const others[] = {"Europe/Lisbon", "Asia/Karachi", "America/Sao_Paulo", "Asia/Kolkata", "Africa/Nairobi",
                                             "Asia/Tokyo", "America/New_York"};
        const struct zone *berlin = zone("Europe/Berlin");
        struct journeys_free a, b;
        struct journeys_times t;

        (void)state;
        journeys_read_availability(TEXT_ABSENT, berlin, &a);
        for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
                journeys_read_availability(TEXT_ABSENT, zone(others[i]), &b);
                journeys_suggest(&a, &b, start, start + 14 * DAY, 45, &t);
                check_times(&t, berlin, zone(others[i]), start);
        }
}

static void a_time_that_both_wrote_down_wins(void **state)
{
        const struct zone *berlin = zone("Europe/Berlin"), *karachi = zone("Asia/Karachi");
        struct journeys_free a, b;
        struct journeys_times t;

        (void)state;
        journeys_read_availability(TEXT("tue 12:00-14:00; thu 12:00-14:00"), berlin, &a);
        journeys_read_availability(TEXT("mon-fri 15:00-18:00"), karachi, &b);
        journeys_suggest(&a, &b, start, start + 21 * DAY, 45, &t);
        assert_int_equal(t.n, 3);
        for (size_t i = 0; i < 3; i++) {
                struct civil c = zone_civil(berlin, t.at[i]);

                assert_true(c.weekday == 2 || c.weekday == 4);
                assert_true(c.hour >= 12 && c.hour * 60 + c.minute + 45 <= 14 * 60);
        }
}

static void no_time_is_offered_where_one_of_them_sleeps(void **state)
{
        const struct zone *auckland = zone("Pacific/Auckland"), *azores = zone("Atlantic/Azores");
        struct journeys_free a, b;
        struct journeys_times t;

        (void)state;
        journeys_read_availability(TEXT_ABSENT, auckland, &a);
        journeys_read_availability(TEXT_ABSENT, azores, &b);
        journeys_suggest(&a, &b, start, start + 14 * DAY, 120, &t);
        for (size_t i = 0; i < t.n; i++) {
                struct civil x = zone_civil(auckland, t.at[i]), y = zone_civil(azores, t.at[i]);

                assert_true(x.hour >= 7 && x.hour < 22 && y.hour >= 7 && y.hour < 22);
        }
}

static void a_booking_is_checked(void **state)
{
        const struct zone *utc = zone_utc(), *tokyo = zone("Asia/Tokyo");
        int64_t noon = zone_at(utc, zone_day(utc, start) + 3, 12, 0),
                end = start + 100 * (int64_t)DAY;

        (void)state;
        assert_int_equal(journeys_check_time(noon, 45, start, end, utc, utc), TIME_FINE);
        assert_int_equal(journeys_check_time(start - 1, 45, start, end, utc, utc), TIME_PAST);
        assert_int_equal(journeys_check_time(end + 15 * DAY, 45, start, end, utc, utc),
                         TIME_TOO_FAR);
        assert_int_equal(journeys_check_time(noon, 9, start, end, utc, utc), TIME_LONG);
        assert_int_equal(journeys_check_time(noon, 181, start, end, utc, utc), TIME_LONG);
        assert_int_equal(journeys_check_time(noon + 3 * 3600, 45, start, end, utc, tokyo),
                         TIME_ODD_FOR_PARTNER);
        assert_int_equal(journeys_check_time(noon + 3 * 3600, 45, start, end, tokyo, utc),
                         TIME_ODD_FOR_ME);
}

/* ---- pauses, agendas, the ending ---- */

static void a_pause_lasts_from_a_day_to_eight_weeks(void **state)
{
        (void)state;
        assert_false(journeys_pause_fits(100, 100));
        assert_true(journeys_pause_fits(100, 101));
        assert_true(journeys_pause_fits(100, 156));
        assert_false(journeys_pause_fits(100, 157));
}

static void agendas_follow_the_meetings(void **state)
{
        (void)state;
        assert_string_equal(journeys_agenda_for(0, false, 200), "first-meeting");
        assert_string_equal(journeys_agenda_for(1, false, 200), "second-meeting");
        assert_string_equal(journeys_agenda_for(2, false, 200), "goals-meeting");
        assert_string_equal(journeys_agenda_for(3, false, 200), "progress-loop");
        assert_string_equal(journeys_agenda_for(5, true, 120), "mid-review");
        assert_string_equal(journeys_agenda_for(8, false, 40), "last-but-one");
        assert_string_equal(journeys_agenda_for(9, false, 10), "last-meeting");
        assert_string_equal(journeys_agenda_for(0, false, 10), "first-meeting");
}

static void one_may_close_alone_but_not_at_once(void **state)
{
        (void)state;
        assert_false(journeys_may_close(0, start, start + 100 * (int64_t)DAY));
        assert_false(journeys_may_close(1, start, start + 14 * DAY - 1));
        assert_true(journeys_may_close(1, start, start + 14 * DAY));
        assert_true(journeys_may_close(2, start, start));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(soon_is_three_quarters_of_the_cadence_in_whole_days),
                cmocka_unit_test(quiet_is_a_week_after_the_cadence_and_never_later_than_day_28),
                cmocka_unit_test(a_rhythm_counts_from_the_last_contact_or_the_end_of_a_pause),
                cmocka_unit_test(rhythm_goes_from_good_over_soon_to_quiet),
                cmocka_unit_test(a_meeting_that_is_booked_quietens_only_if_it_is_near),
                cmocka_unit_test(nobody_is_quiet_while_paused_or_closing),
                cmocka_unit_test(before_the_match_training_comes_first_and_waiting_says_so),
                cmocka_unit_test(the_mentee_writes_first_and_the_mentor_answers),
                cmocka_unit_test(a_meeting_that_is_over_is_asked_about_before_anything_else),
                cmocka_unit_test(a_broken_rhythm_comes_before_paper),
                cmocka_unit_test(the_ending_is_offered_in_time_and_then_asked_for),
                cmocka_unit_test(who_has_closed_before_the_end_is_asked_for_nothing),
                cmocka_unit_test(the_band_ends_with_the_pair),
                cmocka_unit_test(a_pause_and_a_hold_ask_for_nothing),
                cmocka_unit_test(availability_is_read_as_people_write_it),
                cmocka_unit_test(what_cannot_be_read_means_the_evenings_of_working_days),
                cmocka_unit_test(suggested_times_suit_both_zones),
                cmocka_unit_test(a_time_that_both_wrote_down_wins),
                cmocka_unit_test(no_time_is_offered_where_one_of_them_sleeps),
                cmocka_unit_test(a_booking_is_checked),
                cmocka_unit_test(a_pause_lasts_from_a_day_to_eight_weeks),
                cmocka_unit_test(agendas_follow_the_meetings),
                cmocka_unit_test(one_may_close_alone_but_not_at_once),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
