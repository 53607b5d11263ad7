/* What a plan costs, and what each line of the two gates asks for. */
#include "programmes/programmes_rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct pack *pack(void)
{
        static struct arena *kept;
        static const struct packs *packs;

        if (!kept)
                assert_false(failed(packs_load(kept = arena_new(64 << 20), NULL, &packs)));
        return packs_find(packs, TEXT("nine-months"));
}

/* ---- what a plan costs ---- */

static struct programmes_load load(int64_t pairs, const char *touch, double hours)
{
        return programmes_load(pack(), 21000, pairs, text_of(touch), hours);
}

static void calls_a_person_follow_how_closely_one_looks(void **state)
{
        (void)state;
        assert_true(load(50, "high", 20).calls > 2.59 && load(50, "high", 20).calls < 2.61);
        assert_true(load(50, "standard", 20).calls > 1.59 && load(50, "standard", 20).calls < 1.61);
        assert_true(load(50, "light", 20).calls > 0.79 && load(50, "light", 20).calls < 0.81);
        assert_int_equal(load(50, "high", 20).all_calls, 260);
}

static void the_busiest_week_is_that_of_the_first_calls(void **state)
{
        struct programmes_load l = load(30, "high", 20);

        (void)state;
        /* 60 people x 20 minutes in two weeks, and the hour of sorting */
        assert_true(l.peak > 10.99 && l.peak < 11.01);
        assert_int_equal(l.peak_week, 2);
        assert_true(l.mean > 1 && l.mean < l.peak);
}

static void more_than_a_hundred_pairs_a_day_is_said(void **state)
{
        (void)state;
        assert_false(load(100, "high", 8).stretched);
        assert_true(load(101, "high", 8).stretched);
        assert_false(load(101, "high", 9).stretched);
        assert_false(load(300, "standard", 8).stretched);
}

/* ---- each line of the gates ---- */

static struct programmes_facts everything(void)
{
        return (struct programmes_facts) {.purpose = true,
                                          .in_order = true,
                                          .phases = 12,
                                          .success_written = true,
                                          .success_signed = true,
                                          .gatherings = 3,
                                          .prepare = 1,
                                          .connect_by_30 = 1,
                                          .close = 1,
                                          .mentor_modules = 6,
                                          .mentee_modules = 6,
                                          .mentor_pages = 1,
                                          .mentee_pages = 1,
                                          .letters = 40,
                                          .help = true,
                                          .assessed = true,
                                         .contacts = 1,
                                          .staff_hours = 11,
                                          .peak = 11,
                                          .mail_sent = true,
                                          .mail_proven = true,
                                          .opened = true,
                                          .people = 4,
                                          .sittings = 2,
                                          .linked = 2,
                                          .pairs = 2,
                                          .paired = 4};
}

static void with_everything_both_gates_are_open(void **state)
{
        struct programmes_facts f = everything();

        (void)state;
        for (enum programmes_need need = 0; need < NEEDS; need++)
                assert_true(programmes_met(need, &f));
}

#define LACKS(need_, change)                                                                       \
        do {                                                                                       \
                struct programmes_facts f = everything();                                          \
                f.change;                                                                          \
                for (enum programmes_need n_ = 0; n_ < NEEDS; n_++)                                \
                        assert_int_equal(programmes_met(n_, &f), n_ != (need_));                   \
        } while (0)

static void each_lack_is_its_own_line(void **state)
{
        (void)state;
        LACKS(NEED_PLAN, purpose = false);
        LACKS(NEED_PLAN, phases = 0);
        LACKS(NEED_PLAN, in_order = false);
        LACKS(NEED_SUCCESS, success_written = false);
        LACKS(NEED_SUCCESS, success_signed = false);
        LACKS(NEED_GATHERINGS, gatherings = 2);
        LACKS(NEED_GATHERINGS, prepare = 0);
        LACKS(NEED_GATHERINGS, connect_by_30 = 0);
        LACKS(NEED_GATHERINGS, close = 0);
        LACKS(NEED_MATERIALS, mentor_modules = 0);
        LACKS(NEED_MATERIALS, mentee_modules = 0);
        LACKS(NEED_MATERIALS, mentor_pages = 0);
        LACKS(NEED_MATERIALS, mentee_pages = 0);
        LACKS(NEED_REMINDERS, letters = 0);
        LACKS(NEED_HELP, help = false);
        LACKS(NEED_CONTACT, contacts = 0);
        LACKS(NEED_PRIVACY, assessed = false);
        LACKS(NEED_HOURS, staff_hours = 10.5);
        LACKS(NEED_MAIL, mail_proven = false);
        LACKS(NEED_OPENED, opened = false);
        LACKS(NEED_SITTINGS, seatless = 1);
        LACKS(NEED_SITTINGS, people = 0);
        LACKS(NEED_LINKS, linked = 1);
        LACKS(NEED_LINKS, sittings = 0);
        LACKS(NEED_PAIRS, pairs = 0);
        LACKS(NEED_PAIRS, unanswered = 1);
        LACKS(NEED_PAIRS, accepted_waiting = 1);
        LACKS(NEED_TRAINED, untrained = 1);
        LACKS(NEED_PROFILES, unconfirmed = 1);
}

static void only_gatherings_can_be_set_aside(void **state)
{
        (void)state;
        for (enum programmes_need need = 0; need < NEEDS; need++) {
                bool gathering =
                        need == NEED_GATHERINGS || need == NEED_SITTINGS || need == NEED_LINKS;
                assert_int_equal(programmes_need_row(need)->gathering, gathering);
                assert_int_equal(programmes_need_row(need)->gate,
                                 need < NEED_OPENED ? GATE_OPEN : GATE_LAUNCH);
        }
}

static void a_late_launch_moves_to_the_next_time_of_day(void **state)
{
        const struct zone *z = zone_find(TEXT("Europe/Lisbon"));
        struct programmes_cohort c = {
                .zone = z, .launch_day = 21000, .launch_at = zone_at(z, 21000, 9, 30)};

        (void)state;
        assert_int_equal(programmes_late_by(&c, zone_at(z, 20999, 12, 0)), 0);
        assert_int_equal(programmes_late_by(&c, zone_at(z, 21000, 23, 0)), 0);
        assert_int_equal(programmes_late_by(&c, zone_at(z, 21003, 9, 0)), 3);
        assert_int_equal(programmes_late_by(&c, zone_at(z, 21003, 10, 0)), 4);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(calls_a_person_follow_how_closely_one_looks),
                cmocka_unit_test(the_busiest_week_is_that_of_the_first_calls),
                cmocka_unit_test(more_than_a_hundred_pairs_a_day_is_said),
                cmocka_unit_test(with_everything_both_gates_are_open),
                cmocka_unit_test(each_lack_is_its_own_line),
                cmocka_unit_test(only_gatherings_can_be_set_aside),
                cmocka_unit_test(a_late_launch_moves_to_the_next_time_of_day),
        };

        return cmocka_run_group_tests_name("programmes_rules", tests, NULL, NULL);
}
