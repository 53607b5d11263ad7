/* The call plan on plain values: who is rung, when, at which hour. */
#include "care/care_rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define START (INT64_C(21000) * CARE_DAY)               /* 1 July 2027, a Thursday */
#define ON(day) (START + (day) * (int64_t)CARE_DAY)

/* ---- calls ---- */

static const struct pack_days days = {.launch = 21000, .end = 21273, .mid = 21133};
static const struct pack_call early = {.key = {"C1", 2},
                                       .who = PACK_CALL_EVERYONE,
                                       .from = {PACK_BASE_LAUNCH, 14},
                                       .until = {PACK_BASE_LAUNCH, 28},
                                       .mentor_first = true};
static const struct pack_call goals = {.key = {"C2", 2},
                                       .who = PACK_CALL_RISK,
                                       .from = {PACK_BASE_LAUNCH, 42},
                                       .until = {PACK_BASE_LAUNCH, 63},
                                       .sample = 20};
static const struct pack_call middle = {.key = {"C3", 2},
                                        .who = PACK_CALL_EVERYONE,
                                        .from = {PACK_BASE_MID, -14},
                                        .until = {PACK_BASE_MID, 14}};
static const struct pack_call leaving = {.key = {"C5", 2},
                                         .who = PACK_CALL_CLOSERS,
                                         .from = {PACK_BASE_CLOSED, 0},
                                         .until = {PACK_BASE_CLOSED, 7}};
static const struct pack_call rescue = {.key = {"CX", 2},
                                        .who = PACK_CALL_RED,
                                        .from = {PACK_BASE_RED, 0},
                                        .until = {PACK_BASE_RED, 2}};

static struct care_caller caller(int64_t person, bool mentor)
{
        return (struct care_caller) {.person = person,
                                    .pair = 7,
                                    .mentor = mentor,
                                    .active = true,
                                    .clock_day = 21000,
                                    .end_day = 21273};
}

static void everybody_gets_the_first_call_the_mentor_first(void **state)
{
        (void)state;
        for (int64_t id = 1; id < 200; id++) {
                struct care_caller mentor = caller(id, true), mentee = caller(id + 1000, false);
                struct care_window a = care_plan_call(&early, &days, CARE_HIGH, &mentor, 21014);
                struct care_window b = care_plan_call(&early, &days, CARE_HIGH, &mentee, 21014);
                assert_true(a.wanted && b.wanted);
                assert_true(a.from_day >= 21014 && a.from_day < b.from_day && b.from_day <= 21028);
                assert_true(day_weekday(a.from_day) <= 5 && day_weekday(b.from_day) <= 5);
        }
        assert_false(care_plan_call(&early, &days, CARE_HIGH,
                                    &(struct care_caller) {.person = 1, .clock_day = 21000}, 21014)
                             .wanted);
        struct care_caller one = caller(1, true);
        assert_false(care_plan_call(&early, &days, CARE_HIGH, &one, 21013).wanted);
}

static void a_late_pair_is_rung_later(void **state)
{
        struct care_caller late = caller(1, true);

        (void)state;
        late.clock_day = 21030;
        assert_false(care_plan_call(&early, &days, CARE_HIGH, &late, 21043).wanted);
        assert_true(care_plan_call(&early, &days, CARE_HIGH, &late, 21044).wanted);
}

static void a_fifth_is_drawn_and_stays_drawn(void **state)
{
        int drawn = 0;

        (void)state;
        for (int64_t id = 1; id <= 1000; id++) {
                struct care_caller c = caller(id, false);
                struct care_window w = care_plan_call(&goals, &days, CARE_HIGH, &c, 21042);
                assert_int_equal(w.wanted,
                                 care_plan_call(&goals, &days, CARE_HIGH, &c, 21060).wanted);
                drawn += w.wanted;
                c.flagged = true;
                assert_true(care_plan_call(&goals, &days, CARE_LIGHT, &c, 21042).wanted);
        }
        assert_in_range(drawn, 150, 250);
}

static void how_much_touch_decides_who_is_rung(void **state)
{
        struct care_caller c = caller(1, false);

        (void)state;
        assert_true(care_plan_call(&middle, &days, CARE_HIGH, &c, 21133).wanted);
        assert_int_equal(care_plan_call(&middle, &days, CARE_STANDARD, &c, 21133).wanted,
                         care_lot(1, 7, middle.key) < 20);
        assert_false(care_plan_call(&middle, &days, CARE_LIGHT, &c, 21133).wanted);
        assert_true(care_plan_call(&early, &days, CARE_STANDARD, &c, 21014).wanted);
        assert_false(care_plan_call(&early, &days, CARE_LIGHT, &c, 21014).wanted);
}

static void endings_and_red_flags_at_once(void **state)
{
        struct care_caller c = caller(1, false);

        (void)state;
        c.active = false;
        c.closed_day = 21100;                   /* a Saturday */
        assert_int_equal(day_weekday(21100), 6);
        struct care_window w = care_plan_call(&leaving, &days, CARE_LIGHT, &c, 21100);
        assert_true(w.wanted);
        assert_int_equal(w.from_day, 21102);
        assert_int_equal(w.until_day, 21107);
        assert_false(care_plan_call(&leaving, &days, CARE_LIGHT, &c, 21108).wanted);
        c = caller(1, false);
        c.red_at = ON(99);
        w = care_plan_call(&rescue, &days, CARE_LIGHT, &c, 21099);      /* a Friday */
        assert_true(w.wanted);
        assert_int_equal(w.from_day, 21099);
        assert_int_equal(w.until_day, 21103);   /* Tuesday */
}

/* ---- hours ---- */

static int64_t utc(int64_t day, int hour, int minute)
{
        return day * CARE_DAY + hour * 3600 + minute * 60;
}

static void the_best_hour_is_theirs_and_ours(void **state)
{
        const struct zone *lisbon = zone_find(TEXT("Europe/Lisbon")),
                          *karachi = zone_find(TEXT("Asia/Karachi"));
        struct care_hours h = {.zone = karachi};
        bool now;

        (void)state;
        /* Thursday 1 July 2027, 05:00 UTC: 10:00 in Karachi, but 06:00 in Lisbon; the staff's day
         * begins at 07:00 UTC, noon there. */
        assert_int_equal(care_best_at(&h, lisbon, utc(21000, 5, 0), &now), utc(21000, 9, 0));
        assert_false(now);
        assert_int_equal(care_best_at(&h, lisbon, utc(21000, 9, 30), &now), utc(21000, 9, 30));
        assert_true(now);
        /* Friday evening: Monday. */
        assert_int_equal(care_best_at(&h, lisbon, utc(21001, 15, 0), &now), utc(21004, 9, 0));
        h.from = (struct opt) {true, 18 * 60};
        h.until = (struct opt) {true, 20 * 60};
        assert_int_equal(care_best_at(&h, lisbon, utc(21000, 5, 0), &now), utc(21000, 13, 0));
}

static void where_days_never_meet_theirs_counts(void **state)
{
        const struct zone *lisbon = zone_find(TEXT("Europe/Lisbon")),
                          *auckland = zone_find(TEXT("Pacific/Auckland"));
        struct care_hours h = {.zone = auckland, .from = {true, 10 * 60}, .until = {true, 12 * 60}};
        bool now;

        (void)state;
        assert_int_equal(care_best_at(&h, lisbon, utc(21000, 9, 0), &now), utc(21000, 22, 0));
        assert_false(now);
}

/* Nobody is rung late on a Sunday because somebody lives at the other end of the world. */
static void far_away_both_stretch_a_little(void **state)
{
        const struct zone *stockholm = zone_find(TEXT("Europe/Stockholm"));
        struct care_hours h = {.zone = zone_find(TEXT("Pacific/Auckland"))};
        bool now;

        (void)state;
        /* Saturday 3 July 2027: Monday 07:00 in Stockholm is 17:00 in Auckland */
        assert_int_equal(care_best_at(&h, stockholm, utc(21002, 12, 0), &now), utc(21004, 5, 0));
        /* who has named hours that fall into the night of the staff is rung then: at the earliest on Monday, 00:00 */
        h.from = (struct opt) {true, 10 * 60};
        h.until = (struct opt) {true, 12 * 60};
        assert_int_equal(care_best_at(&h, stockholm, utc(21002, 12, 0), &now), utc(21003, 22, 0));
}

static void urgency(void **state)
{
        (void)state;
        assert_int_equal(care_urgency(true, ON(9), ON(0)), 2);
        assert_int_equal(care_urgency(false, ON(1), ON(2)), 2);
        assert_int_equal(care_urgency(false, ON(2), ON(0)), 1);
        assert_int_equal(care_urgency(false, ON(9), ON(0)), 0);
        assert_int_equal(care_working_days(21001, 1), 21004);   /* Friday, then Monday */
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(everybody_gets_the_first_call_the_mentor_first),
                cmocka_unit_test(a_late_pair_is_rung_later),
                cmocka_unit_test(a_fifth_is_drawn_and_stays_drawn),
                cmocka_unit_test(how_much_touch_decides_who_is_rung),
                cmocka_unit_test(endings_and_red_flags_at_once),
                cmocka_unit_test(the_best_hour_is_theirs_and_ours),
                cmocka_unit_test(where_days_never_meet_theirs_counts),
                cmocka_unit_test(far_away_both_stretch_a_little),
                cmocka_unit_test(urgency),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
