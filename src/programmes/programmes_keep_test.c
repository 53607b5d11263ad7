/* Data protection before a cohort opens, figures to reach that change with a reason, sponsors asked once a day, the closing. */
#include "programmes/test/stage.h"

struct try { struct stage s; bool agreed; struct text name, reason; int64_t least[PROGRAMMES_TARGETS], changed, asked; struct programmes_target_change_list changes; };

static struct err confirm_in(struct tx *tx, void *in)
{
        struct try *t = in;

        return programmes_confirm_assessment(tx, &house.staff, t->s.cohort, t->agreed, t->name, t->reason);
}

static struct err change_in(struct tx *tx, void *in)
{
        struct try *t = in;

        TRY(programmes_change_targets(tx, &house.staff, t->s.cohort, t->least, t->reason, &t->changed));
        TRY(programmes_changed_targets(tx, t->s.cohort, &t->changes));
        return programmes_targets(tx, t->s.cohort, t->least);
}

static struct err ask_in(struct tx *tx, void *in)
{
        struct try *t = in;

        return programmes_ask_sponsors(tx, &house.staff, t->s.cohort, &t->asked);
}

static struct err close_in(struct tx *tx, void *in)
{
        struct try *t = in;

        return programmes_close(tx, &house.staff, t->s.cohort);
}

static void whoever_begins_without_it_says_who_and_why(void **state)
{
        struct try t = {.s = stage(false), .agreed = true};
        bool named;

        (void)state;
        assert_err(house_write(confirm_in, &t), ERR_INVALID);
        t.name = TEXT("Dora");
        t.agreed = false;
        assert_err(house_write(confirm_in, &t), ERR_INVALID);
        missing(t.s.cohort, GATE_OPEN, "privacy", &named);
        assert_true(named);
        t.reason = TEXT("The officer is on leave until May.");
        assert_ok(house_write(confirm_in, &t));
        missing(t.s.cohort, GATE_OPEN, "privacy", &named);
        assert_false(named);
}

static void a_target_changes_with_a_reason_and_the_last_one_holds(void **state)
{
        struct try t = {.s = stage(false)};

        (void)state;
        assert_ok(house_write(change_in, &t));          /* nothing differs: no reason is asked for */
        assert_int_equal(t.changed, 0);
        t.least[5] = 80;
        assert_err(house_write(change_in, &t), ERR_INVALID);
        t.reason = TEXT("We know more.");
        t.least[5] = 80;
        assert_ok(house_write(change_in, &t));
        t.least[5] = 70;
        assert_ok(house_write(change_in, &t));
        assert_int_equal(t.least[5], 70);
        assert_int_equal(t.changes.n, 2);
        assert_int_equal(t.changes.row[1].was, 80);
        t.least[0] = 101;
        assert_err(house_write(change_in, &t), ERR_INVALID);
}

static void sponsors_are_asked_while_there_is_something_to_sign(void **state)
{
        struct try t = {.s = stage(false)};

        (void)state;
        assert_err(house_write(ask_in, &t), ERR_CONFLICT);
        assert_ok(house_write(write_in, &t.s));
        assert_ok(house_write(ask_in, &t));
        assert_ok(house_write(ask_in, &t));             /* the second letter of a day is the first */
        assert_int_equal(t.asked, 1);
        assert_ok(house_write(sign_in, &t.s));
        assert_err(house_write(ask_in, &t), ERR_CONFLICT);
}

static void what_is_not_over_is_not_closed(void **state)
{
        struct try t = {.s = stage(false)};

        (void)state;
        assert_err(house_write(close_in, &t), ERR_CONFLICT);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                in_house(whoever_begins_without_it_says_who_and_why),
                in_house(a_target_changes_with_a_reason_and_the_last_one_holds),
                in_house(sponsors_are_asked_while_there_is_something_to_sign),
                in_house(what_is_not_over_is_not_closed),
        };

        return cmocka_run_group_tests_name("programmes_keep", tests, NULL, NULL);
}
