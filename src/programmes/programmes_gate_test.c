/* The first gate: what blocks it, who signs, what proves mail, what can be set aside. */
#include "programmes/test/stage.h"

static struct err sign_as_staff_in(struct tx *tx, void *in)
{
        struct stage *s = in;
        struct who both = house.staff;

        TRY(people_give_role(tx, &people_system, house.coordinator, "sponsor", HOUSE_PROGRAMME));
        both.roles |= ROLE_SPONSOR;
        return programmes_sign_success(tx, &both, s->cohort);
}

static void the_first_gate_opens_line_by_line(void **state)
{
        struct stage s = stage(false);
        bool named;

        (void)state;
        assert_err(pass(s.cohort, GATE_OPEN), ERR_CONFLICT);
        assert_int_equal(missing(s.cohort, GATE_OPEN, "plan", &named), 5);
        assert_true(named);
        assert_ok(house_write(write_in, &s));
        assert_int_equal(missing(s.cohort, GATE_OPEN, "success", &named), 4);
        assert_true(named);
        assert_ok(house_write(sign_in, &s));
        assert_int_equal(missing(s.cohort, GATE_OPEN, "contact", &named), 3);
        assert_true(named);
        assert_ok(house_write(contact_in, &s));
        assert_int_equal(missing(s.cohort, GATE_OPEN, "privacy", &named), 2);
        assert_true(named);
        assert_ok(house_write(agree_in, &s));
        assert_int_equal(missing(s.cohort, GATE_OPEN, "mail", &named), 1);
        assert_true(named);
        assert_err(pass(s.cohort, GATE_OPEN), ERR_CONFLICT);
        prove_mail(&s);
        assert_int_equal(missing(s.cohort, GATE_OPEN, "", &named), 0);
        assert_ok(pass(s.cohort, GATE_OPEN));
        assert_ok(pass(s.cohort, GATE_OPEN)); /* twice is once */
}

static void who_runs_it_does_not_sign_it(void **state)
{
        struct stage s = stage(false);

        (void)state;
        assert_err(house_write(sign_in, &s), ERR_CONFLICT); /* nothing is written */
        assert_ok(house_write(write_in, &s));
        assert_err(house_write(sign_as_staff_in, &s), ERR_FORBIDDEN);
        s.sponsor_who.roles = ROLE_PARTICIPANT;
        assert_err(house_write(sign_in, &s), ERR_FORBIDDEN);
}

static struct err write_other_in(struct tx *tx, void *in)
{
        struct stage *s = in;

        return programmes_write_success(tx, &house.staff, s->cohort, TEXT("To meet"),
                                        TEXT("Something else"));
}

static void other_words_need_another_signature(void **state)
{
        struct stage s = stage(false);
        bool named;

        (void)state;
        assert_ok(house_write(write_in, &s));
        assert_ok(house_write(sign_in, &s));
        missing(s.cohort, GATE_OPEN, "success", &named);
        assert_false(named);
        assert_ok(house_write(write_other_in, &s));
        missing(s.cohort, GATE_OPEN, "success", &named);
        assert_true(named);
}

static void a_guessed_proof_proves_nothing(void **state)
{
        struct stage s = stage(false);
        struct text guess = TEXT("abc");
        bool named;

        (void)state;
        assert_ok(house_write(ask_proof_in, &s));
        assert_err(house_write(prove_in, &guess), ERR_ABSENT);
        missing(s.cohort, GATE_OPEN, "mail", &named);
        assert_true(named);
        prove_mail(&s);
        db_clock_freeze(house.app.db, day_at(LAUNCH - 100) + 91 * 86400LL);
        missing(s.cohort, GATE_OPEN, "mail", &named); /* it has run out */
        assert_true(named);
}

/* ---- setting aside ---- */

struct aside {
        int64_t cohort;
        enum programmes_gate gate;
        struct text key, reason;
};

static struct err aside_in(struct tx *tx, void *in)
{
        struct aside *a = in;

        return programmes_override(tx, &house.staff, a->cohort, a->gate, a->key, a->reason);
}

static void at_a_distance_nothing_is_set_aside(void **state)
{
        struct aside a = {.cohort = stage(false).cohort,
                          .gate = GATE_LAUNCH,
                          .key = TEXT("links"),
                          .reason = TEXT("We meet")};

        (void)state;
        assert_err(house_write(aside_in, &a), ERR_FORBIDDEN);
}

static void in_a_room_gatherings_are_set_aside_and_nothing_else(void **state)
{
        struct aside a = {.cohort = stage(true).cohort,
                          .gate = GATE_LAUNCH,
                          .key = TEXT("links"),
                          .reason = TEXT("  ")};
        bool named;

        (void)state;
        missing(a.cohort, GATE_LAUNCH, "links", &named);
        assert_true(named);
        assert_err(house_write(aside_in, &a), ERR_INVALID);
        a.reason = TEXT("We meet in the canteen");
        assert_ok(house_write(aside_in, &a));
        missing(a.cohort, GATE_LAUNCH, "links", &named);
        assert_false(named);
        a.key = TEXT("trained");
        assert_err(house_write(aside_in, &a), ERR_FORBIDDEN);
        a.gate = GATE_OPEN;
        a.key = TEXT("mail");
        assert_err(house_write(aside_in, &a), ERR_FORBIDDEN);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                in_house(the_first_gate_opens_line_by_line),
                in_house(who_runs_it_does_not_sign_it),
                in_house(other_words_need_another_signature),
                in_house(a_guessed_proof_proves_nothing),
                in_house(at_a_distance_nothing_is_set_aside),
                in_house(in_a_room_gatherings_are_set_aside_and_nothing_else),
        };

        return cmocka_run_group_tests_name("programmes_gate", tests, NULL, NULL);
}
