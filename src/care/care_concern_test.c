/* Questions and concerns on a real database: who reads them, what they cause, what is refused. */
#include "journeys/test/two.h"

#include "care/care.h"
#include "care/care_concern.h"
#include "mail/mail.sql.h"
#include "os/file.h"
#include "people/people.sql.h"

#include <string.h>

struct in {
        const struct who *who;
        int64_t id, n;
        struct text words, code;
        struct care_concern_new concern;
        struct care_case row;
        struct text kind, state;
        struct opt due;
        bool on;
        struct care_told told;
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

        TRY(care_read_concern(tx, i->who, i->id, &i->row));
        return care_note_reading(tx, i->who, i->id);
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
        assert_int_equal(i.row.row.reporter, two.max.person);
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
        assert_int_equal(i.row.row.reporter, 0);
        i = (struct in) {.who = &two.eve,
                        .concern = {.level = 1, .pair = two.pair, .body = TEXT("Not my pair")}};
        assert_err(house_write(do_concern, &i), ERR_ABSENT);
        assert_true(text_is(two_pair().state, "active"));
}

static void a_worry_about_the_pair_lets_it_rest_too(void **state)
{
        struct in i = {.who = &two.max, .concern = {.level = 0, .body = TEXT("A worry"), .anonymous = true}};
        const struct who nobody = {0};

        (void)state;
        assert_ok(house_write(do_concern, &i));
        assert_true(text_is(two_pair().state, "active"));
        i.concern.pair = two.pair;
        i.who = &nobody;
        assert_ok(house_write(do_concern, &i));
        assert_true(text_is(two_pair().state, "active"));
        i.who = &two.max;
        assert_ok(house_write(do_concern, &i));
        assert_true(text_is(two_pair().state, "suspended"));
}

static struct err do_step(struct tx *tx, void *in)
{
        struct in *i = in;

        return care_add_step(tx, i->who, i->id, i->kind, i->words, i->due);
}

static struct err do_state(struct tx *tx, void *in)
{
        struct in *i = in;

        return care_say_concern(tx, i->who, i->id, i->state, TEXT("We look into it"));
}

static struct err do_pair(struct tx *tx, void *in) { return care_decide_pair(tx, ((struct in *)in)->who, ((struct in *)in)->id, ((struct in *)in)->on); }
static struct err do_reply(struct tx *tx, void *in) { return care_reply_concern(tx, ((struct in *)in)->code, ((struct in *)in)->words); }
static struct err do_look(struct tx *tx, void *in) { return care_look_up(tx, ((struct in *)in)->code, &((struct in *)in)->told); }
static struct err do_release(struct tx *tx, void *in) { return journeys_release(tx, ((struct in *)in)->who, two.pair); }

static void the_database_alone_tells_nothing(void **state)
{
        struct in i = {.who = &two.max, .concern = {.level = 0, .body = TEXT("Unmistakable words"), .reach = TEXT("+351 42")}};
        struct who contact;
        struct text file;

        (void)state;
        assert_ok(house_write(make_contact, &contact));
        assert_ok(house_write(do_concern, &i));
        assert_ok(db_read(house.app.db, house.a, newest_concern, &i));
        const char *path = text_format(house.a, "%s/copy.db", house.folder).p;
        assert_ok(db_backup(house.app.db, house.a, path));
        assert_ok(file_read(house.a, path, 64 << 20, &file));
        assert_null(memmem(file.p, file.n, "Unmistakable", 12));
        assert_null(memmem(file.p, file.n, "+351 42", 7));
        i.who = &contact;
        assert_ok(house_write(do_read, &i));
        assert_true(text_is(i.row.body, "Unmistakable words"));
        assert_true(text_is(i.row.reach, "+351 42"));
}

static void a_contact_can_be_left_out(void **state)
{
        struct in i = {.who = &two.max, .concern = {.level = 0, .body = TEXT("It is about Eve"), .not_for = two.eve.person}};
        struct who contact;

        (void)state;
        assert_ok(house_write(make_contact, &contact));
        assert_ok(house_write(do_concern, &i));
        assert_ok(db_read(house.app.db, house.a, newest_concern, &i));
        i.who = &contact;
        assert_err(house_write(do_read, &i), ERR_ABSENT);
        assert_err(house_write(do_state, &i), ERR_ABSENT);
}

static void a_case_goes_from_hand_to_hand_to_its_end(void **state)
{
        struct in i = {.who = &two.max, .concern = {.level = 1, .pair = two.pair, .body = TEXT("x")}};
        struct who contact;

        (void)state;
        assert_ok(house_write(make_contact, &contact));
        assert_ok(house_write(do_concern, &i));
        assert_ok(db_read(house.app.db, house.a, newest_concern, &i));
        two_now(4, 0);
        two_run_jobs();
        assert_int_equal(letters("concern-waits"), 2);          /* at the hour, and a day later */
        i.who = &house.staff;
        assert_err(house_write(do_release, &i), ERR_FORBIDDEN);
        i.who = &contact;
        i.state = TEXT("closed");
        assert_err(house_write(do_state, &i), ERR_INVALID);
        i.state = TEXT("taken");
        assert_ok(house_write(do_state, &i));
        i.kind = TEXT("task");
        i.words = TEXT("Ring the ombudsman");
        assert_err(house_write(do_step, &i), ERR_INVALID);
        i.due = (struct opt) {true, two_at(5, 0)};
        assert_ok(house_write(do_step, &i));
        i.kind = TEXT("answer");
        i.words = TEXT("When may we ring you?");
        i.due = (struct opt) {0};
        assert_ok(house_write(do_step, &i));
        i.words = TEXT("After five");
        assert_ok(house_write(do_reply, &i));
        assert_int_equal(letters("concern-reply"), 1);
        assert_ok(db_read(house.app.db, house.a, do_look, &i));
        assert_int_equal(i.told.steps.n, 2);
        assert_true(text_is(i.told.steps.row[1].words, "After five"));
        two_now(6, 0);
        two_run_jobs();
        assert_int_equal(letters("concern-task"), 1);
        i.on = true;
        assert_ok(house_write(do_pair, &i));
        assert_true(text_is(two_pair().state, "active"));
        assert_int_equal(letters("pair-goes-on"), 2);
        i.state = TEXT("closed");
        assert_ok(house_write(do_state, &i));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                two_test(a_question_is_answered_by_mail),
                two_test(a_concern_is_for_its_contacts_alone),
                two_test(a_name_can_be_left_out_and_others_cannot_suspend),
                two_test(a_worry_about_the_pair_lets_it_rest_too),
                two_test(the_database_alone_tells_nothing),
                two_test(a_contact_can_be_left_out),
                two_test(a_case_goes_from_hand_to_hand_to_its_end),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
