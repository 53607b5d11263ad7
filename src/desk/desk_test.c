/* Acts on a real database: noted, undone in time and only then, objected to. */
#include "journeys/test/two.h"

#include "care/care.h"
#include "desk/desk_parts.h"
#include "mail/mail.sql.h"

#include <string.h>

struct in { int64_t act, kept, pair, person; struct text reason, words; bool taken; };

static struct err do_close(struct tx *tx, void *) { return journeys_close_by_staff(tx, &house.staff, two.pair, TEXT("no-time")); }

static struct err do_last(struct tx *tx, void *in)
{
        struct desk_acts_list rows;

        TRY(desk_acts(tx, HOUSE_COHORT, 0, 1, &rows));
        ((struct in *)in)->act = rows.n ? rows.row[0].id : 0;
        return OK;
}

static int64_t last_act(void)
{
        struct in i = {0};

        assert_ok(db_read(house.app.db, house.a, do_last, &i));
        return i.act;
}

static struct err do_undo(struct tx *tx, void *in)
{
        struct in *i = in;

        return desk_undo(tx, &house.staff, i->act, &i->kept);
}

static struct err undo_last(void)
{
        struct in i = {.act = last_act()};

        return house_write(do_undo, &i);
}

static struct err do_box(struct tx *tx, void *in) { return mail_box(tx, INT64_MAX, 100, in); }

static size_t letters(const char *rule)
{
        struct mail_box_list box;
        size_t n = 0;

        assert_ok(db_read(house.app.db, house.a, do_box, &box));
        for (size_t i = 0; i < box.n; i++)
                n += text_is(box.row[i].rule, rule);
        return n;
}

static void an_ending_can_be_taken_back_with_its_letters(void **)
{
        struct journeys_pair before = two_pair();

        assert_ok(house_write(do_close, NULL));
        assert_true(text_is(two_pair().state, "closing"));
        assert_int_equal(letters("closing-begun"), 2);
        assert_ok(undo_last());
        struct journeys_pair after = two_pair();
        assert_true(text_is(after.state, "active") && !after.end_reason.n && after.planned_end == before.planned_end);
        assert_int_equal(letters("closing-begun"), 0);
        assert_ok(house_write(do_close, NULL));         /* and done again as if it had never been */
        assert_int_equal(letters("closing-begun"), 2);
}

static void after_ten_minutes_it_stands(void **)
{
        assert_ok(house_write(do_close, NULL));
        db_clock_freeze(house.app.db, db_now(house.app.db) + DESK_UNDO_S + 1);
        assert_err(undo_last(), ERR_CONFLICT);
        assert_true(text_is(two_pair().state, "closing"));
}

static struct err do_card(struct tx *tx, void *)
{
        return journeys_closing_card(tx, &two.max, two.pair, &(struct journeys_card) {.number = 1, .learned = TEXT("Much")});
}

static void what_happened_since_is_not_lost(void **)
{
        assert_ok(house_write(do_close, NULL));
        assert_ok(house_write(do_card, NULL));
        assert_err(undo_last(), ERR_CONFLICT);
        assert_true(text_is(two_pair().state, "closing"));
}

static struct err do_contact(struct tx *tx, void *in)
{
        struct in *i = in;

        return desk_log_contact(tx, &house.staff, &(struct desk_behalf) {.pair = two.pair, .person = i->person, .reason = i->reason},
                                CONTACT_PHONE, two_at(3, 2), (struct opt) {true, 30});
}

static struct err do_object(struct tx *tx, void *in)
{
        struct in *i = in;

        return desk_object(tx, &two.max, i->act, &i->taken);
}

static void in_a_name_needs_a_reason_and_can_be_objected_to(void **)
{
        struct in i = {.person = two.max.person, .reason = TEXT(" ")};

        two_now(4, 0);
        assert_err(house_write(do_contact, &i), ERR_INVALID);
        i.reason = TEXT("said so on the telephone");
        i.person = two.eve.person;
        assert_err(house_write(do_contact, &i), ERR_ABSENT);
        i.person = two.max.person;
        assert_ok(house_write(do_contact, &i));
        assert_int_equal(two_pair().n_met, 1);
        assert_int_equal(letters("behalf"), 1);
        assert_err(house_write(do_contact, &i), ERR_CONFLICT);
        i.act = last_act();
        two_now(9, 0);                                  /* long after the ten minutes */
        assert_err(undo_last(), ERR_CONFLICT);
        assert_ok(house_write(do_object, &i));
        assert_true(i.taken);
        struct journeys_pair p = two_pair();
        assert_true(p.n_met == 0 && p.n_contacts == 0 && !p.first_met_at.has && !p.last_contact_at.has);
        assert_int_equal(letters("objection"), 1);
}

static struct err do_agree(struct tx *tx, void *)
{
        return desk_agree(tx, &house.staff, &(struct desk_behalf) {.pair = two.pair, .person = two.max.person, .reason = TEXT("rang")},
                          &(struct desk_terms) {14, TEXT("phone"), TEXT("We ring."), TEXT("")});
}

static struct err do_sign(struct tx *tx, void *) { return journeys_sign_agreement(tx, &two.ana, two.pair, 14, TEXT("phone"), TEXT("We ring."), TEXT("")); }

static void an_agreement_is_taken_back_unless_the_other_has_signed(void **)
{
        assert_ok(house_write(do_agree, NULL));
        assert_ok(undo_last());
        assert_ok(house_write(do_agree, NULL));
        assert_ok(house_write(do_sign, NULL));
        assert_true(two_pair().agreed_at.has);
        assert_err(undo_last(), ERR_CONFLICT);
        assert_true(two_pair().agreed_at.has);
}

static struct err do_stranger_undo(struct tx *tx, void *in)
{
        struct in *i = in;

        return desk_undo(tx, &two.eve, i->act, &i->kept);
}

static void only_staff_undoes(void **)
{
        struct in i = {0};

        assert_ok(house_write(do_close, NULL));
        i.act = last_act();
        assert_err(house_write(do_stranger_undo, &i), ERR_ABSENT);
}

static void states_are_read_as_they_were_written(void **)
{
        struct out o = out_new(house.a, 64);
        struct text t;

        desk_put(&o, TEXT("a;b:c"));
        desk_put(&o, TEXT_ABSENT);
        desk_put(&o, TEXT(""));
        desk_put_int(&o, -7);
        desk_put_opt(&o, (struct opt) {0});
        t = out_get(&o);
        assert_true(text_is(desk_take(&t), "a;b:c"));
        assert_null(desk_take(&t).p);
        assert_true(text_is(desk_take(&t), ""));
        assert_int_equal(desk_take_int(&t), -7);
        assert_false(desk_take_opt(&t).has);
        assert_null(desk_take(&t).p);
        static const char *const odd[] = {"9:abc;", "3:abcd", "x", ":", "-", "18446744073709551615:a;", "-1:;"};
        for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
                t = text_of(odd[i]);
                assert_null(desk_take(&t).p);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                two_test(an_ending_can_be_taken_back_with_its_letters),
                two_test(after_ten_minutes_it_stands),
                two_test(what_happened_since_is_not_lost),
                two_test(in_a_name_needs_a_reason_and_can_be_objected_to),
                two_test(an_agreement_is_taken_back_unless_the_other_has_signed),
                two_test(only_staff_undoes),
                two_test(states_are_read_as_they_were_written),
        };

        return cmocka_run_group_tests_name("desk", tests, NULL, NULL);
}
