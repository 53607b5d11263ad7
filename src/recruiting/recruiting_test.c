/* Invitations, applications and decisions, on a cohort that is open. */
#include "gatherings/gatherings.h"
#include "learning/learning.h"
#include "matching/matching_web.h"
#include "programmes/test/stage.h"
#include "recruiting/recruiting.h"

struct try {
        int64_t cohort, person, application;
        struct text lines, words;
        bool mentor, mentee;
        struct recruiting_asked asked;
        struct recruiting_application p;
        struct programmes_participant_list parts;
        struct recruiting_page page;
};

static struct stage s;

static struct err invite_in(struct tx *tx, void *in)
{
        struct try *t = in;

        return recruiting_invite_lines(tx, &house.staff, t->cohort, t->mentor, t->lines, &t->asked);
}

static struct err look_in(struct tx *tx, void *in)
{
        struct try *t = in;
        struct people_person p;
        struct programmes_cohort c;
        bool found;

        TRY(people_by_email(tx, t->words, &found, &p));
        t->person = found ? p.id : 0;
        if (!found)
                return OK;
        TRY(recruiting_of(tx, t->cohort, t->person, &t->p));
        TRY(programmes_cohort(tx, t->cohort, &c));
        TRY(recruiting_page(tx, &c, &t->page));
        return programmes_parts_of(tx, t->person, &t->parts);
}

static struct try look(const char *email)
{
        struct try t = {.cohort = s.cohort, .words = text_of(email)};

        assert_ok(db_read(house.app.db, house.a, look_in, &t));
        return t;
}

static struct err decline_in(struct tx *tx, void *in)
{
        struct try *t = in;

        return recruiting_decline(tx, t->cohort, t->person, t->words);
}

/* All three screens, and off it goes. */
static struct err apply_in(struct tx *tx, void *in)
{
        struct try *t = in;
        const struct recruiting_application say = {
                .mentor = t->mentor, .mentee = t->mentee, .zone = TEXT("Europe/Paris"), .offers = TEXT("Listening"),
                .wants = TEXT("Presenting\nWriting"), .goals = TEXT("Calm."), .languages = TEXT("fr"), .capacity = 2,
                .availability = TEXT("mon 08:00-12:00")};

        for (int screen = SCREEN_YOU; screen <= SCREEN_WHEN; screen++)
                TRY(recruiting_save(tx, t->cohort, t->person, (enum recruiting_screen)screen, &say, false));
        return recruiting_send(tx, t->cohort, t->person, true);
}

static struct err accept_in(struct tx *tx, void *in)
{
        struct try *t = in;

        return recruiting_accept(tx, &house.staff, t->p.id, TEXT("Welcome."));
}

static struct err wait_in(struct tx *tx, void *in)
{
        struct try *t = in;

        return recruiting_wait(tx, &house.staff, t->p.id, TEXT("Full."), zone_day(zone_utc(), tx_now(tx)) + 9);
}

static struct err withdraw_in(struct tx *tx, void *in)
{
        struct try *t = in;

        return recruiting_withdraw(tx, t->cohort, t->person);
}

static void open_cohort(void)
{
        s = stage(false);
        assert_ok(house_write(write_in, &s));
        assert_ok(house_write(sign_in, &s));
        assert_ok(house_write(contact_in, &s));
        assert_ok(house_write(agree_in, &s));
        prove_mail(&s);
        assert_ok(pass(s.cohort, GATE_OPEN));
        db_clock_freeze(house.app.db, day_at(LAUNCH - 60));
}

static struct try invited(const char *email, bool mentor)
{
        struct try t = {.cohort = s.cohort, .mentor = mentor, .lines = text_of(email)};

        assert_ok(house_write(invite_in, &t));
        return look(email);
}

static const char *states(const struct try *t)
{
        char *o = arena_alloc(house.a, 200);

        for (size_t i = 0; i < t->parts.n; i++)
                sprintf(o + strlen(o), "%s%s %s", i ? ", " : "", t->parts.row[i].mentor ? "mentor" : "mentee",
                        text_c(house.a, t->parts.row[i].state));
        return o;
}

/* The stage's jobs, and the refill that a late joiner sets off. */
static const struct job_kind *const more_kinds[] = {&gatherings_job_reminders, &journeys_job_day, &journeys_job_event,
                                                    &journeys_job_close, &care_job_review, &people_job_tidy, &people_job_retain,
                                                    &matching_job_next};

static int begin_here(void **state)
{
        int status = begin(state);

        house.jobs = (struct jobs) {.kinds = more_kinds, .n = sizeof more_kinds / sizeof more_kinds[0]};
        return status;
}

#undef in_house
#define in_house(f) cmocka_unit_test_setup_teardown(f, begin_here, house_end)

/* ---- tests ---- */

static void who_said_no_is_not_asked_again(void **state)
{
        (void)state;
        open_cohort();
        struct try t = invited("ana@west.example", false);
        assert_string_equal(states(&t), "mentee invited");
        t.words = TEXT("A full year");
        assert_ok(house_write(decline_in, &t));
        t.lines = TEXT("ana@west.example\nnobody\nbob@west.example");
        assert_ok(house_write(invite_in, &t));
        assert_int_equal(t.asked.said_no, 1);
        assert_int_equal(t.asked.asked, 1);
        assert_int_equal(t.asked.n_bad, 1);
        assert_int_equal(t.asked.bad[0].line, 2);
        struct try after = look("ana@west.example");
        assert_string_equal(states(&after), "mentee declined");
        /* of their own accord they may still come */
        after.mentee = true;
        assert_ok(house_write(apply_in, &after));
        after = look("ana@west.example");
        assert_string_equal(states(&after), "mentee applied");
}

static void invited_as_one_they_apply_as_both(void **state)
{
        (void)state;
        open_cohort();
        struct try t = invited("ana@west.example", true);
        t.mentor = t.mentee = true;
        assert_ok(house_write(apply_in, &t));
        t = look("ana@west.example");
        assert_true(strstr(states(&t), "mentor applied") && strstr(states(&t), "mentee applied"));
        assert_err(house_write(apply_in, &t), ERR_CONFLICT);
        assert_ok(house_write(accept_in, &t));
        t = look("ana@west.example");
        assert_true(strstr(states(&t), "mentor accepted") && strstr(states(&t), "mentee accepted"));
        assert_true(text_is(t.p.state, "accepted"));
        assert_int_equal(t.page.mentors, 1);
        assert_err(house_write(accept_in, &t), ERR_CONFLICT);
}

static void invited_as_one_they_apply_as_the_other(void **state)
{
        (void)state;
        open_cohort();
        struct try t = invited("ana@west.example", true);
        t.mentor = false;
        t.mentee = true;
        assert_ok(house_write(apply_in, &t));
        t = look("ana@west.example");
        assert_string_equal(states(&t), "mentee applied");
        assert_ok(house_write(wait_in, &t));
        t = look("ana@west.example");
        assert_string_equal(states(&t), "mentee applied");      /* nobody matches who waits */
        assert_ok(house_write(withdraw_in, &t));
        t = look("ana@west.example");
        assert_string_equal(states(&t), "mentee declined");
        t.mentee = true;
        assert_ok(house_write(apply_in, &t));           /* and is welcome back */
}

static void a_place_can_be_given_back(void **state)
{
        (void)state;
        open_cohort();
        struct try t = invited("ana@west.example", false);
        t.mentee = true;
        assert_ok(house_write(apply_in, &t));
        t = look("ana@west.example");
        assert_ok(house_write(accept_in, &t));
        assert_ok(house_write(withdraw_in, &t));
        t = look("ana@west.example");
        assert_string_equal(states(&t), "mentee left");
        assert_int_equal(t.page.mentees, 0);
}

static void a_closed_door_takes_nothing(void **state)
{
        (void)state;
        open_cohort();
        struct try t = invited("ana@west.example", false);
        t.mentee = true;
        db_clock_freeze(house.app.db, day_at(LAUNCH - 41));
        assert_err(house_write(apply_in, &t), ERR_CONFLICT);
}

static struct err of_other_staff_in(struct tx *tx, void *in)
{
        struct try *t = in;

        return recruiting_accept(tx, &s.sponsor_who, t->p.id, TEXT(""));
}

static void only_staff_decides(void **state)
{
        (void)state;
        open_cohort();
        struct try t = invited("ana@west.example", false);
        t.mentee = true;
        assert_ok(house_write(apply_in, &t));
        t = look("ana@west.example");
        assert_err(house_write(of_other_staff_in, &t), ERR_ABSENT);
}

/* ---- after the launch ---- */

static struct err launched_in(struct tx *tx, void *in)
{
        (void)in;
        TRY(programmes_cohort_launched(tx, s.cohort, tx_now(tx)));
        return recruiting_write_page(tx, &house.staff, s.cohort, &(struct recruiting_page_words) {
                .taking = TEXT("open"), .closes_day = LAUNCH + 40});
}

struct late { int64_t person; struct learning_status training; struct gatherings_seat_list seats; };

static struct err late_in(struct tx *tx, void *in)
{
        struct late *l = in;
        struct programmes_cohort c;

        TRY(programmes_cohort(tx, s.cohort, &c));
        TRY(learning_status_whole(tx, &c, l->person, &l->training));
        TRY(gatherings_seat_everybody(tx, &house.staff, s.cohort));
        return gatherings_seats_of(tx, l->person, s.cohort, &l->seats);
}

static void a_late_joiner_gets_the_steps_and_what_is_still_to_come(void **state)
{
        (void)state;
        open_cohort();
        db_clock_freeze(house.app.db, day_at(LAUNCH + 20));
        assert_ok(house_write(launched_in, NULL));
        struct try t = invited("ana@west.example", false);
        t.mentee = true;
        assert_ok(house_write(apply_in, &t));
        t = look("ana@west.example");
        assert_ok(house_write(accept_in, &t));
        t = look("ana@west.example");
        assert_string_equal(states(&t), "mentee accepted");
        struct late l = {.person = t.person};
        assert_ok(house_write(late_in, &l));
        assert_true(l.training.required > 0 && l.training.done == 0);
        assert_true(l.seats.n > 0);
        for (size_t i = 0; i < l.seats.n; i++)
                assert_true(l.seats.row[i].starts_at > day_at(LAUNCH + 20));
}

/* ---- those who were here before ---- */

struct alumni { int64_t done, left; struct recruiting_asked asked; };

static struct err finish_in(struct tx *tx, void *in)
{
        struct alumni *l = in;
        int64_t part;
        bool made;

        TRY(people_add(tx, &people_system, &(struct people_new) {.email = TEXT("ida@west.example"), .first_name = TEXT("Ida"),
                                                                 .zone = TEXT("Europe/Paris")}, &l->done, &made));
        TRY(people_add(tx, &people_system, &(struct people_new) {.email = TEXT("leo@west.example"), .first_name = TEXT("Leo"),
                                                                 .zone = TEXT("Europe/Paris")}, &l->left, &made));
        TRY(programmes_join(tx, &people_system, HOUSE_COHORT, l->done, false, "done", 1, &part));
        return programmes_join(tx, &people_system, HOUSE_COHORT, l->left, false, "left", 1, &part);
}

static struct err alumni_in(struct tx *tx, void *in)
{
        struct alumni *l = in;

        return recruiting_invite_alumni(tx, &house.staff, s.cohort, HOUSE_COHORT, &l->asked);
}

static void alumni_are_asked_as_mentors_once(void **state)
{
        struct alumni l = {0};

        (void)state;
        open_cohort();
        assert_ok(house_write(finish_in, &l));
        assert_ok(house_write(alumni_in, &l));
        assert_int_equal(l.asked.asked, 1);
        struct try t = look("ida@west.example");
        /* what they took part in comes first, the invitation after it */
        assert_string_equal(states(&t), "mentee done, mentor invited");
        t = look("leo@west.example");
        assert_string_equal(states(&t), "mentee left");
        assert_ok(house_write(alumni_in, &l));
        assert_int_equal(l.asked.asked, 0);
        assert_int_equal(l.asked.here, 1);
}

/* ---- half a year after the end ---- */

static struct err forget_in(struct tx *tx, void *in)
{
        struct programmes_cohort c;

        (void)in;
        TRY(programmes_cohort(tx, s.cohort, &c));
        return recruiting_forget(tx, &c);
}

static void what_came_to_nothing_is_forgotten(void **state)
{
        (void)state;
        open_cohort();
        struct try t = invited("ana@west.example", false);
        t.mentee = true;
        assert_ok(house_write(apply_in, &t));
        t = look("ana@west.example");
        assert_ok(house_write(wait_in, &t));
        assert_ok(house_write(forget_in, NULL));
        t = look("ana@west.example");
        assert_true(text_is(t.p.goals, "Calm."));
        db_clock_freeze(house.app.db, day_at(LAUNCH + 273 + 190));
        assert_ok(house_write(forget_in, NULL));
        t = look("ana@west.example");
        assert_true(text_empty(t.p.goals) && text_empty(t.p.wants) && text_empty(t.p.words));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                in_house(who_said_no_is_not_asked_again),
                in_house(invited_as_one_they_apply_as_both),
                in_house(invited_as_one_they_apply_as_the_other),
                in_house(a_place_can_be_given_back),
                in_house(a_closed_door_takes_nothing),
                in_house(only_staff_decides),
                in_house(alumni_are_asked_as_mentors_once),
                in_house(what_came_to_nothing_is_forgotten),
                in_house(a_late_joiner_gets_the_steps_and_what_is_still_to_come),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
