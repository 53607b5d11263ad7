/* The verbs of care/ on a real database: what the review opens and closes, what a call leaves
 * behind, and what is refused. */
#include "journeys/test/two.h"

#include "care/care.h"
#include "care/care_parts.h"
#include "care/care_web.h"
#include "mail/mail.sql.h"

#include <string.h>

struct in {
        const struct who *who;
        int64_t id;
        struct text words;
        struct care_outcome outcome;
        struct care_flag_list flags;
        struct care_call_list calls;
        struct care_counts counts;
};

static struct err do_review(struct tx *tx, void *in)
{
        (void)in;
        return care_review(tx, HOUSE_COHORT);
}

static struct err do_look(struct tx *tx, void *in)
{
        struct in *i = in;

        TRY(care_flags(tx, i->who, HOUSE_COHORT, &i->flags));
        TRY(care_calls(tx, i->who, HOUSE_COHORT, &i->calls));
        return care_counts(tx, i->who, HOUSE_COHORT, &i->counts);
}

static struct err do_close(struct tx *tx, void *in)
{
        struct in *i = in;

        return care_close_flag(tx, i->who, i->id, i->words, (struct opt) {0}, 0);
}

static struct err do_log(struct tx *tx, void *in)
{
        struct in *i = in;

        return care_log_call(tx, i->who, i->id, &i->outcome);
}

static struct err do_ask(struct tx *tx, void *in)
{
        struct in *i = in;

        return care_ask_call(tx, HOUSE_COHORT, two.pair, i->id, "CX", TEXT("Asked in the pulse"));
}

static struct in look(int64_t day)
{
        struct in i = {.who = &house.staff};

        two_now(day, 0);
        assert_ok(house_write(do_review, NULL));
        assert_ok(db_read(house.app.db, house.a, do_look, &i));
        return i;
}

static const struct care_flag *flag(const struct in *i, enum care_rule rule)
{
        for (size_t k = 0; k < i->flags.n; k++)
                if (text_is(i->flags.row[k].rule, care_rule_key(rule)))
                        return &i->flags.row[k];
        return NULL;
}

static struct err do_letters(struct tx *tx, void *in) { return mail_box(tx, INT64_MAX, 50, in); }

static size_t letters(const char *rule)
{
        struct mail_box_list box;
        size_t n = 0;

        assert_ok(db_read(house.app.db, house.a, do_letters, &box));
        for (size_t i = 0; i < box.n; i++)
                n += text_is(box.row[i].rule, rule);
        return n;
}

/* ---- */

static void flags_open_worsen_and_go(void **state)
{
        struct in i = look(2);

        (void)state;
        assert_int_equal(i.flags.n, 0);
        i = look(3);
        assert_int_equal(flag(&i, CARE_FIRST_MESSAGE)->level, CARE_AMBER);
        assert_true(text_is(flag(&i, CARE_FIRST_MESSAGE)->names, "Max and Ana"));
        int64_t first = flag(&i, CARE_FIRST_MESSAGE)->id;
        i = look(8);
        assert_int_equal(flag(&i, CARE_FIRST_MESSAGE)->level, CARE_RED);
        assert_int_equal(flag(&i, CARE_FIRST_MESSAGE)->id, first);
        assert_int_equal(i.counts.flags, 1);
}

static struct err do_write(struct tx *tx, void *in)
{
        struct journeys_contact_new c = {.pair = two.pair,
                                         .by_person = two.max.person,
                                         .at = tx_now(tx),
                                         .kind = CONTACT_MESSAGE,
                                         .source = "message",
                                         .source_id = 1};
        (void)in;
        return journeys_contact_add(tx, &c);
}

static struct err do_meet(struct tx *tx, void *in)
{
        struct journeys_contact_new c = {.pair = two.pair,
                                         .by_person = two.ana.person,
                                         .at = tx_now(tx),
                                         .kind = CONTACT_VIDEO,
                                         .two_way = true,
                                         .source = "logged",
                                         .source_id = tx_now(tx)};
        TRY(do_write(tx, in));
        return journeys_contact_add(tx, &c);
}

static void a_reason_that_is_gone_takes_its_flag_and_call_along(void **state)
{
        struct in i = look(8);

        (void)state;
        assert_non_null(flag(&i, CARE_FIRST_MESSAGE));
        assert_int_equal(i.calls.n, 2);         /* both, for a red flag */
        assert_true(i.calls.row[0].red);
        assert_ok(house_write(do_write, NULL));
        i = look(9);
        assert_null(flag(&i, CARE_FIRST_MESSAGE));
        assert_int_equal(i.calls.n, 0);
}

static void a_closed_flag_rests_until_it_worsens(void **state)
{
        struct in i = look(3);

        (void)state;
        i.id = flag(&i, CARE_FIRST_MESSAGE)->id;
        assert_err(house_write(do_close, &i), ERR_INVALID);
        i.words = TEXT("They have written by other means");
        i.who = &two.ana;
        assert_err(house_write(do_close, &i), ERR_ABSENT);
        i.who = &house.staff;
        assert_ok(house_write(do_close, &i));
        i = look(5);
        assert_null(flag(&i, CARE_FIRST_MESSAGE));
        i = look(8);
        assert_int_equal(flag(&i, CARE_FIRST_MESSAGE)->level, CARE_RED);
}

static void a_call_is_logged_once_by_staff_only(void **state)
{
        struct in i = look(8);

        (void)state;
        i.id = i.calls.row[0].id;
        i.outcome = (struct care_outcome) {.outcome = TEXT("fine"),
                                          .minutes = 12,
                                          .team_note = TEXT("Back from leave on Monday")};
        i.who = &two.ana;
        assert_err(house_write(do_log, &i), ERR_ABSENT);
        i.who = &house.staff;
        i.outcome.outcome = TEXT("splendid");
        assert_err(house_write(do_log, &i), ERR_INVALID);
        i.outcome.outcome = TEXT("plan");
        assert_err(house_write(do_log, &i), ERR_INVALID);       /* what was agreed is missing */
        i.outcome.action = TEXT("Max writes tonight");
        assert_ok(house_write(do_log, &i));
        assert_err(house_write(do_log, &i), ERR_CONFLICT);
        i = look(9);
        assert_int_equal(i.calls.n,
                         1); /* the other one; nobody is rung about it again within a fortnight */
}

static void three_calls_in_vain(void **state)
{
        struct in i = look(8);

        (void)state;
        i.id = i.calls.row[0].id;
        i.outcome = (struct care_outcome) {.outcome = TEXT("not-reached")};
        assert_ok(house_write(do_log, &i));
        assert_int_equal(letters("call-missed"), 0);
        two_now(11, 0);
        assert_ok(house_write(do_log, &i));
        assert_int_equal(letters("call-missed"), 1);
        two_now(20, 0);
        assert_ok(house_write(do_log, &i));
        i = look(21);
        assert_non_null(flag(&i, CARE_UNREACHABLE));
        i = look(60);
        assert_non_null(
                flag(&i, CARE_UNREACHABLE)); /* the review does not close what it did not open */
}

static void asking_for_a_call_twice_is_one_call(void **state)
{
        struct in i = {.who = &house.staff, .id = two.max.person};

        (void)state;
        two_now(1, 0);
        assert_ok(house_write(do_ask, &i));
        assert_ok(house_write(do_ask, &i));
        i = look(1);
        assert_int_equal(i.calls.n, 1);
        assert_true(text_is(i.calls.row[0].why, "Asked in the pulse"));
}

static void everybody_is_rung_in_the_first_month(void **state)
{
        bool mentor = false, mentee = false;

        (void)state;
        for (int day = 0; day < 29; day++) {
                struct in i = look(day);
                if (day % 10 == 1)
                        assert_ok(house_write(do_meet, NULL));
                for (size_t k = 0; k < i.calls.n; k++) {
                        bool c1 = text_is(i.calls.row[k].kind, "C1");
                        if (c1 && i.calls.row[k].person == two.max.person)
                                assert_true(mentor);
                        mentor |= c1 && i.calls.row[k].person == two.ana.person;
                        mentee |= c1 && i.calls.row[k].person == two.max.person;
                }
        }
        assert_true(mentor && mentee);
}

static void a_silent_pair_comes_to_its_ending(void **state)
{
        (void)state;
        look(96);
        assert_true(text_is(two_pair().state, "active"));
        look(97);
        assert_true(text_is(two_pair().state, "closing"));
}

static void staff_of_other_programmes_see_nothing(void **state)
{
        struct in i = {.who = &two.eve};

        (void)state;
        assert_err(db_read(house.app.db, house.a, do_look, &i), ERR_ABSENT);
}

/* ---- the digest, the job ---- */

static struct err do_digest(struct tx *tx, void *in)
{
        return care_digest(tx, HOUSE_COHORT, LOCALE_EN, in);
}

static void monday_lists_red_first_or_nothing(void **state)
{
        struct text list;

        (void)state;
        assert_ok(db_read(house.app.db, house.a, do_digest, &list));
        assert_null(list.p);
        look(8);
        assert_ok(db_read(house.app.db, house.a, do_digest, &list));
        assert_true(
                text_starts(list, "- **Max and Ana**: No first message 8 days after the start"));
}

static struct err do_start(struct tx *tx, void *in)
{
        (void)in;
        return care_start_cohort(tx, HOUSE_COHORT);
}

static void every_morning_is_reviewed(void **state)
{
        static const struct job_kind *const kinds[] = {&care_job_review};
        struct in i = {.who = &house.staff};

        (void)state;
        house.jobs = (struct jobs) {.kinds = kinds, .n = 1};
        assert_ok(house_write(do_start, NULL));
        for (int day = 1; day < 5; day++) {
                two_now(day, 0);
                two_run_jobs();
        }
        assert_ok(db_read(house.app.db, house.a, do_look, &i));
        assert_non_null(flag(&i, CARE_FIRST_MESSAGE));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                two_test(flags_open_worsen_and_go),
                two_test(a_reason_that_is_gone_takes_its_flag_and_call_along),
                two_test(a_closed_flag_rests_until_it_worsens),
                two_test(a_call_is_logged_once_by_staff_only),
                two_test(three_calls_in_vain),
                two_test(asking_for_a_call_twice_is_one_call),
                two_test(everybody_is_rung_in_the_first_month),
                two_test(a_silent_pair_comes_to_its_ending),
                two_test(staff_of_other_programmes_see_nothing),
                two_test(monday_lists_red_first_or_nothing),
                two_test(every_morning_is_reviewed),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
