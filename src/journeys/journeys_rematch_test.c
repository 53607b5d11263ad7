/* A partner after the first: not at once, not for the last weeks, and only when a coordinator says so. */
#include "journeys/journeys_web.h"
#include "journeys/test/two.h"

#include <string.h>

struct call { const struct who *who; int64_t person; const char *next; struct journeys_rematch_list all; struct text state; };

static struct err do_end(struct tx *tx, void *in)
{
        struct call *c = in;

        TRY(journeys_begin_closing(tx, &two.max, two.pair, TEXT("no-time")));
        for (int n = 1; n <= 5; n++) {
                struct journeys_card card = {.number = n, .learned = TEXT("to ask"), .thanks = TEXT("for listening"),
                                             .next = TEXT("rest"), .notes_choice = TEXT("keep")};
                TRY(journeys_closing_card(tx, &two.ana, two.pair, &card));
                card.next = text_of(c->next);
                TRY(journeys_closing_card(tx, &two.max, two.pair, &card));
        }
        return OK;
}

static struct err do_rematch(struct tx *tx, void *in)
{
        struct call *c = in;

        return journeys_rematch(tx, c->who, HOUSE_COHORT, c->person, false);
}

static struct err read_all(struct tx *tx, void *in)
{
        struct programmes_participant_list parts;
        struct call *c = in;

        TRY(programmes_parts_of(tx, two.max.person, &parts));
        c->state = parts.row[0].state;
        return journeys_rematches(tx, HOUSE_COHORT, &c->all);
}

#define CALL(fn, ...) house_write(fn, &(struct call) {__VA_ARGS__})

static struct call look(void)
{
        struct call c = {0};

        assert_ok(db_read(house.app.db, house.a, read_all, &c));
        return c;
}

static void after_two_weeks_and_by_staff_alone(void **state)
{
        (void)state;
        two_now(40, 0);
        assert_ok(CALL(do_end, .next = "rematch"));
        assert_true(text_is(look().state, "waiting"));
        struct call c = look();
        assert_int_equal(c.all.n, 1);
        assert_int_equal(c.all.row[0].person, two.max.person);
        assert_int_equal(c.all.row[0].from_day, 21054);
        assert_false(c.all.row[0].now || c.all.row[0].late);
        two_now(53, 0);
        assert_err(CALL(do_rematch, .who = &house.staff, .person = two.max.person), ERR_CONFLICT);
        two_now(54, 0);
        assert_true(look().all.row[0].now);
        assert_true(failed(CALL(do_rematch, .who = &two.max, .person = two.max.person)));
        assert_err(CALL(do_rematch, .who = &house.staff, .person = two.ana.person), ERR_CONFLICT);
        assert_ok(CALL(do_rematch, .who = &house.staff, .person = two.max.person));
        assert_true(text_is(look().state, "ready"));
        assert_int_equal(look().all.n, 0);
        assert_err(CALL(do_rematch, .who = &house.staff, .person = two.max.person), ERR_CONFLICT);
}

/* Of 273 days three fifths are 163. */
static void not_when_too_little_is_left(void **state)
{
        (void)state;
        two_now(149, 0);
        assert_ok(CALL(do_end, .next = "rematch"));
        assert_false(look().all.row[0].late);
        two_now(163, 0);
        assert_true(look().all.row[0].now);
        two_now(164, 0);
        assert_true(look().all.row[0].late && !look().all.row[0].now);
        assert_err(CALL(do_rematch, .who = &house.staff, .person = two.max.person), ERR_CONFLICT);
}

static void nobody_who_did_not_ask(void **state)
{
        (void)state;
        two_now(40, 0);
        assert_ok(CALL(do_end, .next = "in-touch"));
        two_now(60, 0);
        assert_int_equal(look().all.n, 0);
        assert_err(CALL(do_rematch, .who = &house.staff, .person = two.max.person), ERR_CONFLICT);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                two_test(after_two_weeks_and_by_staff_alone), two_test(not_when_too_little_is_left), two_test(nobody_who_did_not_ask),
        };

        return cmocka_run_group_tests_name("journeys, rematch", tests, NULL, NULL);
}
