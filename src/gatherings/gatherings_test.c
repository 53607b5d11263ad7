/* Gatherings in a database: seats, moves, answers, attendance, calendars. */
#include "gatherings/gatherings.sql.h"
#include "gatherings/gatherings_parts.h"
#include "gatherings/gatherings_rules.h"
#include "gatherings/gatherings_view.h"
#include "gatherings/gatherings_web.h"
#include "journeys/journeys_web.h"
#include "people/test/house.h"

#include <string.h>

static const struct zone *zone(const char *name)
{
        const struct zone *z = zone_find(text_of(name));

        assert_non_null(z);
        return z;
}

/* ---- in a database ---- */

enum { LAUNCH = 21000 }; /* the house's cohort, in Lisbon */

static const struct job_kind *const kinds[] = {&gatherings_job_reminders, &journeys_job_day,
                                               &people_job_tidy,
        &people_job_retain};

static int begin(void **state)
{
        int status = house_begin(state);

        house.jobs = (struct jobs) {.kinds = kinds, .n = sizeof kinds / sizeof kinds[0]};
        db_clock_freeze(house.app.db, zone_at(zone_utc(), LAUNCH - 60, 10, 0));
        return status;
}

static struct err add_one(struct tx *tx, const char *name, const char *where, bool mentor,
                          int64_t *person)
{
        bool made;
        int64_t part;

        TRY(people_add(
                tx, &people_system,
                &(struct people_new) {.email = text_format(tx_arena(tx), "%s@example.org", name),
                                      .first_name = text_of(name),
                                      .zone = text_of(where),
                                      .last_name = TEXT("Uniquesurname"),
                                      .zone_known = true},
                person, &made));
        return programmes_join(tx, &people_system, HOUSE_COHORT, *person, mentor, "accepted", 1,
                               &part);
}

struct crew {
        int64_t ana, mei, sam;
        struct text hours;
};

static struct err crew_in(struct tx *tx, void *in)
{
        struct crew *c = in;

        TRY(gatherings_plan(tx, HOUSE_COHORT, c->hours));
        TRY(add_one(tx, "ana", "Europe/Lisbon", true, &c->ana));
        TRY(add_one(tx, "mei", "Asia/Tokyo", false, &c->mei));
        TRY(add_one(tx, "sam", "America/Los_Angeles", false, &c->sam));
        return gatherings_seat_everybody(tx, &house.staff, HOUSE_COHORT);
}

static struct crew crew(void)
{
        struct crew c = {.hours = TEXT("")};

        assert_ok(house_write(crew_in, &c));
        return c;
}

struct look {
        struct gatherings_list all;
        int64_t person;
        struct gatherings_seat_list seats;
        int64_t without, people;
};

static struct err look_in(struct tx *tx, void *in)
{
        struct look *l = in;

        TRY(gatherings_of(tx, HOUSE_COHORT, &l->all));
        TRY(gatherings_without_seat(tx, HOUSE_COHORT, 0, &l->without, &l->people));
        return l->person ? gatherings_seats_of(tx, l->person, HOUSE_COHORT, &l->seats) : OK;
}

static struct look look(int64_t person)
{
        struct look l = {.person = person};

        assert_ok(db_read(house.app.db, house.a, look_in, &l));
        return l;
}

static void everybody_gets_a_seat_by_day(void **state)
{
        struct crew c = crew();
        struct look l = look(c.mei);

        (void)state;
        assert_int_equal(l.all.n, 4);
        assert_int_equal(l.people, 3);
        assert_int_equal(l.without, 0);
        assert_int_equal(l.seats.n, 4);
        for (size_t i = 0; i < l.seats.n; i++)
                assert_true(gatherings_awake(zone("Asia/Tokyo"), l.seats.row[i].starts_at,
                                             l.seats.row[i].minutes));
        /* the sitting that was there before anybody was known is not left behind empty */
        for (size_t i = 0; i < l.all.n; i++)
                assert_in_range(l.all.row[i].n_sittings, 2, 3);
}

static struct err plan_nonsense(struct tx *tx, [[maybe_unused]] void *in)
{
        return gatherings_plan(tx, HOUSE_COHORT, TEXT("nine"));
}

static void chosen_hours_are_kept(void **state)
{
        struct crew c = {.hours = TEXT("09:30, 16:00")};

        (void)state;
        assert_err(house_write(plan_nonsense, NULL), ERR_INVALID);
        assert_ok(house_write(crew_in, &c));
        struct look l = look(0);
        assert_int_equal(l.without, 0);
        struct civil first = zone_civil(zone("Europe/Lisbon"), l.all.row[0].sittings[0].starts_at);
        assert_int_equal(first.hour * 60 + first.minute, 9 * 60 + 30);
}

static struct err late_in(struct tx *tx, void *in)
{
        return add_one(tx, "late", "Pacific/Auckland", true, in);
}

static void run_jobs_at(int64_t t)
{
        int ran;

        db_clock_freeze(house.app.db, t);
        assert_ok(jobs_run_due(&house.app, house.a, &ran));
}

static void who_comes_late_is_seated_overnight(void **state)
{
        int64_t late;

        (void)state;
        crew();
        assert_ok(house_write(late_in, &late));
        assert_int_equal(look(late).without, 1);
        run_jobs_at(zone_at(zone("Europe/Lisbon"), LAUNCH - 59, 3, 0));
        assert_int_equal(look(late).without, 0);
        assert_int_equal(look(late).seats.n, 4);
}

struct goes { int64_t person; const char *state; };

static struct err goes_in(struct tx *tx, void *in)
{
        const struct goes *g = in;
        struct programmes_participant_list parts;

        TRY(programmes_parts_of(tx, g->person, &parts));
        return programmes_set_state(tx, parts.row[0].id, g->state);
}

static void who_leaves_gives_up_seats_overnight(void **state)
{
        struct crew c = crew();

        (void)state;
        assert_ok(house_write(goes_in, &(struct goes) {c.mei, "left"}));
        assert_ok(house_write(goes_in, &(struct goes) {c.sam, "done"}));
        assert_int_equal(look(c.mei).seats.n, 4);       /* it may still be taken back */
        run_jobs_at(zone_at(zone("Europe/Lisbon"), LAUNCH - 59, 3, 0));
        assert_int_equal(look(c.mei).seats.n, 0);
        assert_int_equal(look(c.sam).seats.n, 4);       /* the last gathering is for those who have finished, too */
        assert_int_equal(look(c.ana).seats.n, 4);
        assert_ok(house_write(goes_in, &(struct goes) {c.mei, "accepted"}));
        run_jobs_at(zone_at(zone("Europe/Lisbon"), LAUNCH - 58, 3, 0));
        assert_int_equal(look(c.mei).seats.n, 4);
}

/* ---- moving ---- */

struct act {
        const struct who *who;
        int64_t gathering, sitting, day, person;
        bool yes;
        struct text url;
        int64_t *people;
        size_t n;
};

static struct err move_in(struct tx *tx, void *in)
{
        struct act *a = in;

        return gatherings_move(tx, a->who, a->gathering, a->day);
}

static struct err answer_in(struct tx *tx, void *in)
{
        struct act *a = in;
        struct who who;

        TRY(people_who(tx, a->person, &who));
        return gatherings_answer(tx, &who, a->gathering, a->yes);
}

static void a_move_keeps_hours_and_answers_and_tells_calendars(void **state)
{
        struct crew c = crew();
        struct look before = look(c.ana);
        struct act a = {.who = &house.staff,
                        .gathering = before.all.row[0].id,
                        .day = before.all.row[0].day + 1,
                        .person = c.ana,
                        .yes = true};

        (void)state;
        assert_ok(house_write(answer_in, &a));
        assert_ok(house_write(move_in, &a));
        struct look after = look(c.ana);
        assert_int_equal(after.all.row[0].day, a.day);
        assert_int_equal(after.all.row[0].sittings[0].sequence, 1);
        assert_int_equal(after.all.row[0].sittings[0].starts_at -
                                 before.all.row[0].sittings[0].starts_at,
                         86400);
        assert_true(text_is(after.seats.row[0].answer, "yes"));
        a.day = LAUNCH - 61;
        assert_err(house_write(move_in, &a), ERR_INVALID);
}

static void strangers_neither_move_nor_answer(void **state)
{
        struct crew c = crew();
        struct look l = look(0);
        struct who nobody = {.person = c.ana, .roles = ROLE_PARTICIPANT};
        struct act a = {.who = &nobody,
                        .gathering = l.all.row[0].id,
                        .day = LAUNCH + 1,
                        .person = house.coordinator,
                        .yes = true};

        (void)state;
        assert_err(house_write(move_in, &a), ERR_ABSENT);
        assert_err(house_write(answer_in, &a), ERR_ABSENT);
}

/* ---- afterwards ---- */

static struct err tick_in(struct tx *tx, void *in)
{
        struct act *a = in;

        return gatherings_take_attendance(tx, a->who, a->sitting, a->people, a->n);
}

static struct err launch_in(struct tx *tx, [[maybe_unused]] void *in)
{
        return programmes_cohort_launched(tx, HOUSE_COHORT, tx_now(tx));
}

static void after_a_night_who_said_yes_was_there(void **state)
{
        struct crew c = crew();
        struct look l = look(c.ana);
        struct act a = {.gathering = l.all.row[0].id, .person = c.ana, .yes = true};
        int64_t end = l.seats.row[0].starts_at + l.seats.row[0].minutes * 60;

        (void)state;
        assert_ok(house_write(answer_in, &a));
        assert_ok(house_write(launch_in, NULL));
        run_jobs_at(end + GATHERINGS_SETTLE_S - 1);
        assert_null(look(c.ana).seats.row[0].attended.p);
        run_jobs_at(end + GATHERINGS_SETTLE_S);
        assert_true(text_is(look(c.ana).seats.row[0].attended, "live"));
        run_jobs_at(end + 2 * 86400);
        assert_null(look(c.mei).seats.row[0].attended.p); /* nobody has said whether she came */
        assert_err(house_write(answer_in, &a), ERR_CONFLICT);
}

static void before_the_launch_nothing_was_held(void **state)
{
        struct crew c = crew();

        (void)state;
        run_jobs_at(look(c.ana).seats.row[0].starts_at + 86400);
        assert_null(look(c.ana).seats.row[0].attended.p);
}

static void ticks_win_over_answers(void **state)
{
        struct crew c = crew();
        struct look l = look(c.ana);
        struct act a = {.who = &house.staff,
                        .gathering = l.all.row[0].id,
                        .sitting = l.seats.row[0].sitting,
                        .person = c.ana,
                        .yes = true};

        (void)state;
        assert_ok(house_write(answer_in, &a));
        assert_err(house_write(tick_in, &a), ERR_CONFLICT); /* it has not begun */
        db_clock_freeze(house.app.db, l.seats.row[0].starts_at + 60);
        assert_ok(house_write(tick_in, &a)); /* nobody came */
        assert_true(text_is(look(c.ana).seats.row[0].attended, "missed"));
        a.people = &c.ana;
        a.n = 1;
        assert_ok(house_write(tick_in, &a)); /* corrected */
        assert_true(text_is(look(c.ana).seats.row[0].attended, "live"));
}

static struct err link_in(struct tx *tx, void *in)
{
        struct act *a = in;

        return gatherings_set_link(tx, a->who, a->sitting, a->url);
}

static void a_link_is_an_address(void **state)
{
        struct crew c = crew();
        struct look l = look(c.ana);
        struct act a = {.who = &house.staff,
                        .sitting = l.seats.row[0].sitting,
                        .url = TEXT("javascript:alert(1)")};

        (void)state;
        assert_err(house_write(link_in, &a), ERR_INVALID);
        a.url = TEXT("https://meet.example.org/a");
        assert_ok(house_write(link_in, &a));
        assert_true(text_is(look(c.ana).seats.row[0].join_url, "https://meet.example.org/a"));
}

/* ---- calendars ---- */

static void a_calendar_is_read_back(void **state)
{
        struct gatherings_event row[] = {{.uid = TEXT("sitting-7@example.org"),
                                          .summary = TEXT("Launch; with, commas\nand lines"),
                                          .starts_at = 1774778400,
                                          .minutes = 60,
                                          .sequence = 3,
                                          .location = TEXT("https://meet.example.org/a")},
                                         {.uid = TEXT("meeting-8@example.org"),
                                          .summary = TEXT("Zoë"),
                                          .starts_at = 1774778400,
                                          .minutes = 45,
                                          .cancelled = true}};
        struct gatherings_events events = {2, row};

        (void)state;
        struct text t = gatherings_ics(house.a, &events, TEXT("Mentoring"), 1774000000);
        assert_non_null(strstr(t.p, "UID:sitting-7@example.org\r\n"));
        assert_non_null(strstr(t.p, "DTSTART:20260329T100000Z\r\n"));
        assert_non_null(strstr(t.p, "DTEND:20260329T110000Z\r\n"));
        assert_non_null(strstr(t.p, "SEQUENCE:3\r\n"));
        assert_non_null(strstr(t.p, "SUMMARY:Launch\\; with\\, commas\\nand lines\r\n"));
        assert_non_null(strstr(t.p, "STATUS:CANCELLED\r\n"));
}

#define in_house(f) cmocka_unit_test_setup_teardown(f, begin, house_end)

int main(void)
{
        const struct CMUnitTest tests[] = {
                in_house(everybody_gets_a_seat_by_day),
                in_house(chosen_hours_are_kept),
                in_house(who_comes_late_is_seated_overnight),
                in_house(who_leaves_gives_up_seats_overnight),
                in_house(a_move_keeps_hours_and_answers_and_tells_calendars),
                in_house(strangers_neither_move_nor_answer),
                in_house(after_a_night_who_said_yes_was_there),
                in_house(before_the_launch_nothing_was_held),
                in_house(ticks_win_over_answers),
                in_house(a_link_is_an_address),
                in_house(a_calendar_is_read_back),
        };

        return cmocka_run_group_tests_name("gatherings", tests, NULL, NULL);
}
