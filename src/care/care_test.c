/* The rules of care/ on plain values: no database, no clock. */
#include "care/care_rules.h"
#include "care/care_words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define START (INT64_C(21000) * CARE_DAY)               /* 1 July 2027, a Thursday */
#define ON(day) (START + (day) * (int64_t)CARE_DAY)
#define AT(day) ((struct opt) {true, ON(day)})

/* A pair that has met, written, agreed and set a goal on its first day; tests take away from it. */
static struct care_pair_facts good(void)
{
        return (struct care_pair_facts) {.pair = {.id = 7,
                                                 .mentor = 1,
                                                 .mentee = 2,
                                                 .state = TEXT("active"),
                                                 .activated_at = ON(-9),
                                                 .clock_start = START,
                                                 .planned_end = ON(273),
                                                 .cadence_days = 14,
                                                 .first_message_at = AT(0),
                                                 .first_reply_at = AT(0),
                                                 .first_met_at = AT(0),
                                                 .last_met_at = AT(0),
                                                 .last_contact_at = AT(0),
                                                 .agreed_at = AT(0),
                                                 .n_met = 1,
                                                 .n_goals = 1,
                                                 .n_contacts = 3},
                                        .mentor = {.person = 1},
                                        .mentee = {.person = 2}};
}

static int level_of(const struct care_pair_facts *f, enum care_rule rule, int64_t now,
                    struct care_finding *out)
{
        struct care_findings found;

        care_judge_pair(f, now, &found);
        for (size_t i = 0; i < found.n; i++)
                if (found.row[i].rule == rule) {
                        if (out)
                                *out = found.row[i];
                        return found.row[i].level;
                }
        return 0;
}

static size_t how_many(const struct care_pair_facts *f, int64_t now)
{
        struct care_findings found;

        care_judge_pair(f, now, &found);
        return found.n;
}

struct step { int64_t day; int level; };

static void expect_steps(const struct care_pair_facts *f, enum care_rule rule, const struct step *s,
                         size_t n)
{
        for (size_t i = 0; i < n; i++)
                if (level_of(f, rule, ON(s[i].day), NULL) != s[i].level)
                        fail_msg("%s on day %lld: %d, expected %d", care_rule_key(rule),
                                 (long long)s[i].day, level_of(f, rule, ON(s[i].day), NULL),
                                 s[i].level);
}
#define expect(f, rule, ...)                                                                       \
        expect_steps((f), (rule), (const struct step[]){__VA_ARGS__},                              \
                     sizeof((const struct step[]){__VA_ARGS__}) / sizeof(struct step))

static void a_pair_that_goes_well_has_no_flag(void **state)
{
        struct care_pair_facts f = good();

        (void)state;
        assert_int_equal(how_many(&f, ON(0)), 0);
        assert_int_equal(how_many(&f, ON(20)), 0);
}

static void beginnings_turn_amber_and_red_on_their_day(void **state)
{
        struct care_pair_facts f = good();

        (void)state;
        f.pair.first_message_at = f.pair.first_met_at = f.pair.last_contact_at = (struct opt) {0};
        f.pair.n_met = 0;
        expect(&f, CARE_FIRST_MESSAGE, {2, 0}, {3, CARE_AMBER}, {6, CARE_AMBER}, {7, CARE_RED});
        expect(&f, CARE_FIRST_MEETING, {13, 0}, {14, CARE_AMBER}, {20, CARE_AMBER}, {21, CARE_RED});
        f = good();
        f.pair.agreed_at = (struct opt) {0};
        expect(&f, CARE_AGREEMENT, {20, 0}, {21, CARE_AMBER}, {35, CARE_RED});
        f = good();
        f.pair.n_goals = 0;
        expect(&f, CARE_GOALS, {41, 0}, {42, CARE_AMBER}, {63, CARE_RED});
        f.pair.n_met = 3;
        expect(&f, CARE_GOALS, {5, CARE_AMBER}, {62, CARE_AMBER}, {63, CARE_RED});
}

static void nothing_before_the_clock_of_the_pair(void **state)
{
        struct care_pair_facts f = good();

        (void)state;
        f.pair.first_message_at = f.pair.first_met_at = (struct opt) {0};
        assert_int_equal(how_many(&f, START - 1), 0);
}

static void the_gap_follows_the_agreed_rhythm(void **state)
{
        struct care_pair_facts f = good();

        (void)state;
        expect(&f, CARE_GAP, {20, 0}, {21, CARE_AMBER}, {41, CARE_AMBER}, {42, CARE_RED}, {60, 0});
        f.pair.cadence_days = 28;
        expect(&f, CARE_GAP, {27, 0}, {28, CARE_AMBER});
        f.pair.next_meeting_at = AT(32);
        expect(&f, CARE_GAP, {24, 0}, {25, 0}, {30, 0});
        f.pair.next_meeting_at = AT(40);
        expect(&f, CARE_GAP, {30, CARE_AMBER}, {34, 0});
        expect(&f, CARE_CLOSURE, {59, 0});
        f.pair.next_meeting_at = (struct opt) {0};
        expect(&f, CARE_CLOSURE, {59, 0}, {60, CARE_RED}, {96, CARE_RED});
}

static void a_silent_pair_concludes_after_its_warning(void **state)
{
        struct care_pair_facts f = good();

        (void)state;
        assert_false(care_may_conclude(&f.pair, ON(96)));
        assert_true(care_may_conclude(&f.pair, ON(97)));
        f.pair.state = TEXT("paused");
        assert_false(care_may_conclude(&f.pair, ON(97)));
}

static void a_paused_pair_has_none(void **state)
{
        static const char *const resting[] = {"paused", "suspended", "closing", "closed"};
        struct care_pair_facts f = good();

        (void)state;
        f.pair.agreed_at = (struct opt) {0};
        f.mentor.pulse_at = AT(99);
        f.mentor.pulse_lowest = 1;
        assert_true(how_many(&f, ON(100)) > 0);
        for (size_t i = 0; i < 4; i++) {
                f.pair.state = text_of(resting[i]);
                assert_int_equal(how_many(&f, ON(100)), 0);
        }
}

static void a_pause_gives_the_beginning_its_time_again(void **state)
{
        struct care_pair_facts f = good();

        (void)state;
        f.pair.first_message_at = f.pair.first_met_at = f.pair.last_contact_at = (struct opt) {0};
        f.pair.resumed_at = AT(40);
        expect(&f, CARE_FIRST_MEETING, {53, 0}, {54, CARE_AMBER}, {61, CARE_RED});
}

static void pulses(void **state)
{
        struct care_pair_facts f = good();
        struct care_finding found;

        (void)state;
        f.mentee = (struct care_side) {
                .person = 2, .pulse_at = AT(10), .pulse_lowest = 3, .pulse_useful = 4};
        assert_int_equal(level_of(&f, CARE_PULSE, ON(11), NULL), 0);
        f.mentee.pulse_before = (struct opt) {true, 5};
        assert_int_equal(level_of(&f, CARE_PULSE, ON(11), NULL), CARE_AMBER);
        f.mentee.pulse_lowest = 2;
        assert_int_equal(level_of(&f, CARE_PULSE, ON(11), &found), CARE_AMBER);
        assert_int_equal(found.person, 2);
        assert_int_equal(found.since, ON(10));
        f.mentee.pulse_lowest = 1;
        assert_int_equal(level_of(&f, CARE_PULSE, ON(11), NULL), CARE_RED);
        f.mentee.pulse_lowest = 5;
        f.mentee.wants_contact = true;
        assert_int_equal(level_of(&f, CARE_PULSE, ON(11), NULL), CARE_RED);
        assert_int_equal(level_of(&f, CARE_PULSE, ON(10 + CARE_FRESH_DAYS), NULL), 0);
}

static void two_who_see_it_differently(void **state)
{
        struct care_pair_facts f = good();

        (void)state;
        f.mentor = (struct care_side) {
                .person = 1, .pulse_at = AT(9), .pulse_lowest = 5, .pulse_useful = 5};
        f.mentee = (struct care_side) {
                .person = 2, .pulse_at = AT(10), .pulse_lowest = 3, .pulse_useful = 4};
        assert_int_equal(level_of(&f, CARE_APART, ON(11), NULL), 0);
        f.mentee.pulse_useful = 3;
        assert_int_equal(level_of(&f, CARE_APART, ON(11), NULL), CARE_AMBER);
        f.mentee.pulse_useful = 2;
        assert_int_equal(level_of(&f, CARE_APART, ON(11), NULL), CARE_RED);
        f.mentor.pulse_at = (struct opt) {0};
        assert_int_equal(level_of(&f, CARE_APART, ON(11), NULL), 0);
}

static void one_of_them_does_all_the_writing(void **state)
{
        struct care_pair_facts f = good();
        struct care_finding found;

        (void)state;
        f.mentee.written = 4;
        f.mentor.written = 1;
        assert_int_equal(level_of(&f, CARE_ONE_SIDED, ON(5), NULL), CARE_AMBER);
        f.mentor.written = 2;
        assert_int_equal(level_of(&f, CARE_ONE_SIDED, ON(5), NULL), 0);
        f.mentee.unanswered = 2;
        f.mentee.unanswered_since = AT(1);
        assert_int_equal(level_of(&f, CARE_UNANSWERED, ON(14), NULL), 0);
        assert_int_equal(level_of(&f, CARE_UNANSWERED, ON(15), &found), CARE_RED);
        assert_int_equal(found.person, 1);
        f.mentee.unanswered = 1;
        assert_int_equal(level_of(&f, CARE_UNANSWERED, ON(15), NULL), 0);
}

static void cancellations(void **state)
{
        struct care_pair_facts f = good();

        (void)state;
        f.called_off = 1;
        f.called_off_at = AT(5);
        assert_int_equal(level_of(&f, CARE_CANCELLED, ON(6), NULL), 0);
        f.called_off = 2;
        assert_int_equal(level_of(&f, CARE_CANCELLED, ON(6), NULL), CARE_AMBER);
        f.called_off = 3;
        assert_int_equal(level_of(&f, CARE_CANCELLED, ON(6), NULL), CARE_AMBER);
        f.same_person = true;
        assert_int_equal(level_of(&f, CARE_CANCELLED, ON(6), NULL), CARE_RED);
}

/* ---- people ---- */

static int person_level(const struct care_person_facts *f, enum care_rule rule, int64_t now)
{
        struct care_findings found;

        care_judge_person(f, now, &found);
        for (size_t i = 0; i < found.n; i++)
                if (found.row[i].rule == rule)
                        return found.row[i].level;
        return 0;
}

static void training_against_its_gate(void **state)
{
        struct care_person_facts f = {.person = 5, .preparing = true, .gate_at = ON(-7)};

        (void)state;
        assert_int_equal(person_level(&f, CARE_TRAINING, ON(-22)), 0);
        assert_int_equal(person_level(&f, CARE_TRAINING, ON(-21)), CARE_AMBER);
        assert_int_equal(person_level(&f, CARE_TRAINING, ON(-7)), CARE_RED);
        f.started = true;
        assert_int_equal(person_level(&f, CARE_TRAINING, ON(-21)), 0);
        assert_int_equal(person_level(&f, CARE_TRAINING, ON(-7)), CARE_RED);
        f.trained = true;
        assert_int_equal(person_level(&f, CARE_TRAINING, ON(-7)), 0);
}

static void proposals_gatherings_surveys(void **state)
{
        struct care_person_facts f = {.person = 5, .proposed_at = AT(-20)};

        (void)state;
        assert_int_equal(person_level(&f, CARE_PROPOSAL, ON(-18)), 0);
        assert_int_equal(person_level(&f, CARE_PROPOSAL, ON(-17)), CARE_AMBER);
        assert_int_equal(person_level(&f, CARE_PROPOSAL, ON(-15)), CARE_RED);
        f = (struct care_person_facts) {
                .person = 5, .missed = 1, .missed_at = AT(0), .met = true, .missed_launch = true};
        assert_int_equal(person_level(&f, CARE_GATHERING, ON(1)), CARE_AMBER);
        f.met = false;
        assert_int_equal(person_level(&f, CARE_GATHERING, ON(1)), CARE_RED);
        f = (struct care_person_facts) {.person = 5, .missed = 2, .missed_at = AT(0), .met = true};
        assert_int_equal(person_level(&f, CARE_GATHERING, ON(1)), CARE_RED);
        f = (struct care_person_facts) {.person = 5, .silent = 2, .silent_since = AT(0)};
        assert_int_equal(person_level(&f, CARE_SILENT, ON(1)), CARE_AMBER);
        f.gap = true;
        assert_int_equal(person_level(&f, CARE_SILENT, ON(1)), CARE_RED);
        f = (struct care_person_facts) {.person = 5, .troubled = 2, .mentor = true};
        assert_int_equal(person_level(&f, CARE_OVERLOAD, ON(1)), CARE_AMBER);
        f = (struct care_person_facts) {
                .person = 5, .nudged = 2, .nudged_at = AT(21), .nudged_for = PACK_AGREEMENT_SIGNED};
        assert_int_equal(person_level(&f, CARE_NUDGED, ON(25)), 0);
        assert_int_equal(person_level(&f, CARE_NUDGED, ON(26)), CARE_AMBER);
}

static void what_a_coordinator_closed_rests(void **state)
{
        struct care_finding gap = {.rule = CARE_GAP, .level = CARE_AMBER, .since = ON(21)};
        struct care_finding pulse = {.rule = CARE_PULSE, .level = CARE_RED, .since = ON(21)};
        struct care_closed closed = {
                .since = ON(21), .level = CARE_AMBER, .quiet_until = AT(35), .by_person = true};

        (void)state;
        assert_true(care_stays_closed(&gap, &closed, ON(34)));
        assert_false(care_stays_closed(&gap, &closed, ON(35)));
        gap.level = CARE_RED;
        assert_false(care_stays_closed(&gap, &closed, ON(34)));
        closed.level = CARE_RED;
        assert_true(care_stays_closed(&pulse, &closed, ON(300)));
        pulse.since = ON(22);
        assert_false(care_stays_closed(&pulse, &closed, ON(300)));
}

/* ---- words ---- */

static void every_rule_says_its_figures(void **state)
{
        struct arena *a = arena_new(1 << 20);
        struct care_reader r = {.a = a, .l = LOCALE_EN, .zone = zone_utc(), .now = ON(34)};
        struct care_figures f = {.from = START, .limit = 14, .n = 3, .of = 5}, again;
        enum care_rule rule;

        (void)state;
        care_figures_read(care_figures_write(a, &f), &again);
        assert_memory_equal(&f, &again, sizeof f);
        assert_string_equal(text_c(a, care_flag_sentence(&r, CARE_GAP, CARE_AMBER, &f)),
                            "No contact for 34 days; they agreed on every 14 days, and nothing is "
                            "booked soon.");
        assert_string_equal(text_c(a, care_flag_chip(&r, CARE_GAP, &f)), "quiet 34 days");
        for (int i = 0; i < CARE_RULES; i++) {
                assert_true(care_rule_of(text_of(care_rule_key((enum care_rule)i)), &rule));
                assert_int_equal(rule, i);
                assert_true(care_flag_sentence(&r, rule, CARE_RED, &f).n > 0);
                assert_null(memchr(care_flag_sentence(&r, rule, CARE_RED, &f).p, '{',
                                   care_flag_sentence(&r, rule, CARE_RED, &f).n));
        }
        arena_free(a);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(a_pair_that_goes_well_has_no_flag),
                cmocka_unit_test(beginnings_turn_amber_and_red_on_their_day),
                cmocka_unit_test(nothing_before_the_clock_of_the_pair),
                cmocka_unit_test(the_gap_follows_the_agreed_rhythm),
                cmocka_unit_test(a_silent_pair_concludes_after_its_warning),
                cmocka_unit_test(a_paused_pair_has_none),
                cmocka_unit_test(a_pause_gives_the_beginning_its_time_again),
                cmocka_unit_test(pulses),
                cmocka_unit_test(two_who_see_it_differently),
                cmocka_unit_test(one_of_them_does_all_the_writing),
                cmocka_unit_test(cancellations),
                cmocka_unit_test(training_against_its_gate),
                cmocka_unit_test(proposals_gatherings_surveys),
                cmocka_unit_test(what_a_coordinator_closed_rests),
                cmocka_unit_test(every_rule_says_its_figures),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
