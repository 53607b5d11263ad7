/* Questions and concerns on a real database: who reads them, what they cause, what is refused. */
#include "journeys/test/two.h"

#include "care/care.h"
#include "care/care_concern.h"
#include "mail/mail.sql.h"
#include "people/people.sql.h"

struct in {
        const struct who *who;
        int64_t id, n;
        struct text words, code;
        struct care_concern_new concern;
        struct care_concern_row row;
};

static struct err do_help(struct tx *tx, void *in)
{
        struct in *i = in;

        return care_ask_help(
                tx, i->who,
                &(struct care_ticket_new) {
                        .category = TEXT("technical"), .body = i->words, .address = i->code},
                &i->id);
}

static struct err do_answer(struct tx *tx, void *in)
{
        struct in *i = in;

        return care_answer_ticket(tx, i->who, i->id, i->words, true);
}

static struct err do_concern(struct tx *tx, void *in)
{
        struct in *i = in;

        return care_raise_concern(tx, i->who, &i->concern, &i->code);
}

static struct err do_read(struct tx *tx, void *in)
{
        struct in *i = in;

        return care_read_concern(tx, i->who, i->id, &i->row);
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

static void a_question_is_answered_by_mail(void **state)
{
        struct in i = {.who = &two.max, .words = TEXT("The button does nothing")};
        const struct who nobody = {0};

        (void)state;
        assert_ok(house_write(do_help, &i));
        assert_int_equal(letters("ticket"), 1);
        i.words = TEXT("Please try again now");
        assert_err(house_write(do_answer, &i), ERR_ABSENT);
        i.who = &house.staff;
        assert_ok(house_write(do_answer, &i));
        assert_int_equal(letters("ticket-answer"), 1);
        i = (struct in) {.who = &nobody, .words = TEXT("I cannot sign in")};
        assert_err(house_write(do_help, &i), ERR_INVALID);
        i.code = TEXT("someone@example.org");
        assert_ok(house_write(do_help, &i));
}

static struct err make_contact(struct tx *tx, void *in)
{
        TRY(people_give_role(tx, &people_system, two.eve.person, "contact", 0));
        return people_who(tx, two.eve.person, in);
}

static struct err newest_concern(struct tx *tx, void *in)
{
        struct in *i = in;
        struct care_concern_by_code row;
        bool found;

        TRY(care_concern_by_code(tx, i->code, &found, &row));
        i->id = found ? row.id : 0;
        return OK;
}

static struct err count_readings(struct tx *tx, void *in)
{
        struct in *i = in;
        struct people_audit_about_list rows;

        TRY(people_audit_about(tx, 0, &rows));
        i->n = 0;
        for (size_t k = 0; k < rows.n; k++)
                i->n += text_is(rows.row[k].act, "concern.read");
        return OK;
}

static void a_concern_is_for_its_contacts_alone(void **state)
{
        struct in i = {
                .who = &two.max,
                .concern = {
                        .level = 1, .pair = two.pair, .body = TEXT("It is about what was said")}};
        struct who contact;

        (void)state;
        assert_ok(house_write(make_contact, &contact));
        assert_ok(house_write(do_concern, &i));
        assert_true(text_is(two_pair().state, "suspended"));
        assert_int_equal(letters("concern"), 1);
        assert_ok(db_read(house.app.db, house.a, newest_concern, &i));
        i.who = &house.staff;
        assert_err(house_write(do_read, &i), ERR_FORBIDDEN);
        i.who = &two.ana;
        assert_err(house_write(do_read, &i), ERR_FORBIDDEN);
        i.who = &contact;
        assert_ok(house_write(do_read, &i));
        assert_true(text_is(i.row.body, "It is about what was said"));
        assert_int_equal(i.row.reporter, two.max.person);
        assert_ok(db_read(house.app.db, house.a, count_readings, &i));
        assert_int_equal(i.n, 1);
}

static void a_name_can_be_left_out_and_others_cannot_suspend(void **state)
{
        struct in i = {.who = &two.max,
                       .concern = {.level = 0, .body = TEXT("A worry"), .anonymous = true}};
        struct who contact;

        (void)state;
        assert_ok(house_write(make_contact, &contact));
        assert_ok(house_write(do_concern, &i));
        assert_ok(db_read(house.app.db, house.a, newest_concern, &i));
        i.who = &contact;
        assert_ok(house_write(do_read, &i));
        assert_int_equal(i.row.reporter, 0);
        i = (struct in) {.who = &two.eve,
                        .concern = {.level = 1, .pair = two.pair, .body = TEXT("Not my pair")}};
        assert_err(house_write(do_concern, &i), ERR_ABSENT);
        assert_true(text_is(two_pair().state, "active"));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                two_test(a_question_is_answered_by_mail),
                two_test(a_concern_is_for_its_contacts_alone),
                two_test(a_name_can_be_left_out_and_others_cannot_suspend),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
