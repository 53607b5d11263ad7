/* A cohort from its first invitation past its launch: the letters that are not about a pair. */
#include "care/care.h"
#include "gatherings/gatherings.h"
#include "journeys/journeys.h"
#include "journeys/journeys_due.sql.h"
#include "journeys/journeys_web.h"
#include "care/care_web.h"
#include "gatherings/gatherings_web.h"
#include "mail/mail.sql.h"
#include "people/test/house.h"

#include <string.h>

enum { DAY_S = 86400 };

static struct {
        int64_t launch_day, cohort, invited, slow, quick, sponsor, deputy;
        struct who slow_who;
} c;

static const struct job_kind *const kinds[] = {
        &care_job_review, &gatherings_job_reminders, &journeys_job_day, &journeys_job_event,
        &journeys_job_close, &journeys_job_resume, &people_job_tidy,
        &people_job_retain};

static int64_t at(int64_t days, int hour)
{
        return (c.launch_day + days) * (int64_t)DAY_S + hour * 3600;
}

static struct err person(struct tx *tx, const char *name, const char *zone, int64_t *id)
{
        const struct people_new in = {.email = text_format(tx_arena(tx), "%s@example.org", name),
                                      .first_name = text_of(name),
                                      .last_name = TEXT("Example"), .zone = text_of(zone),
                                      .zone_known = true, .locale = TEXT("en")};
        bool made;

        return people_add(tx, &people_system, &in, id, &made);
}

static struct err found(struct tx *tx, [[maybe_unused]] void *in)
{
        int64_t id;

        TRY(person(tx, "Sam", "Europe/London", &c.sponsor));
        TRY(person(tx, "Dana", "Europe/Lisbon", &c.deputy));
        TRY(person(tx, "Ines", "America/Sao_Paulo", &c.invited));
        TRY(person(tx, "Kofi", "Africa/Accra", &c.slow));
        TRY(person(tx, "Mei", "Asia/Shanghai", &c.quick));
        TRY(programmes_create(tx, &people_system, &(struct programmes_new) {
                .name = TEXT("September"), .programme_name = TEXT("North"),
                .pack = TEXT("nine-months"), .zone = TEXT("Europe/Lisbon"),
                .touch = TEXT("high"), .launch_day = c.launch_day, .size = 5, .staff_hours = 10,
                .coordinator = house.coordinator,
                .deputy = {true, c.deputy}}, &c.cohort));
        TRY(people_give_role(tx, &people_system, c.sponsor, "sponsor", HOUSE_PROGRAMME));
        TRY(programmes_cohort_opened(tx, c.cohort, tx_now(tx)));
        TRY(programmes_join(tx, &people_system, c.cohort, c.invited, true, "invited", 1, &id));
        TRY(programmes_join(tx, &people_system, c.cohort, c.slow, false, "accepted", 1, &id));
        TRY(people_who(tx, c.slow, &c.slow_who));
        return gatherings_seat_everybody(tx, &people_system, c.cohort);
}

static int begin(void **state)
{
        if (house_begin(state))
                return 1;
        c.launch_day = day_of(2027, 9, 6);                      /* a Monday */
        house.jobs = (struct jobs) {.kinds = kinds, .n = sizeof kinds / sizeof kinds[0]};
        db_clock_freeze(house.app.db, at(-98, 7));
        assert_ok(house_write(found, NULL));
        return 0;
}

/* ---- time and what was sent ---- */

static struct err read_next(struct tx *tx, void *in) { return jobs_next(tx, in); }

static void run_until(int64_t until)
{
        struct opt due;
        int ran;

        for (;;) {
                struct arena_mark mark = arena_mark(house.a);
                assert_ok(db_read(house.app.db, house.a, read_next, &due));
                if (!due.has || due.v > until)
                        break;
                if (due.v > db_now(house.app.db))
                        db_clock_freeze(house.app.db, due.v);
                assert_ok(jobs_run_due(&house.app, house.a, &ran));
                arena_rewind(house.a, mark);
        }
        db_clock_freeze(house.app.db, until);
}

struct sent_query { int64_t person; struct journeys_due_sent_to_list rows; };

static struct err read_sent(struct tx *tx, void *in)
{
        struct sent_query *q = in;

        return journeys_due_sent_to(tx, q->person, 0, &q->rows);
}

/*
 * The day, counted from the launch where the reader is, on which a text went out for the n-th time;
 * 9999: it did not.
 */
static int64_t day_sent(int64_t person_id, const char *text, int n, const char *zone)
{
        struct sent_query q = {.person = person_id};

        assert_ok(db_read(house.app.db, house.a, read_sent, &q));
        for (size_t i = 0; i < q.rows.n; i++)
                if (text_is(q.rows.row[i].rule, text) && !q.rows.row[i].dropped && --n == 0)
                        return zone_day(zone_find(text_of(zone)), q.rows.row[i].at) - c.launch_day;
        return 9999;
}

static struct err read_box(struct tx *tx, void *in) { return mail_box(tx, INT64_MAX, 1000, in); }

struct one { int64_t id; struct mail_one mail; };

static struct err read_one(struct tx *tx, void *in)
{
        struct one *o = in;
        bool known;

        return mail_one(tx, o->id, &known, &o->mail);
}

static struct text body_of(const char *rule)
{
        struct mail_box_list box;
        struct one one = {0};

        assert_ok(db_read(house.app.db, house.a, read_box, &box));
        for (size_t i = 0; i < box.n && !one.id; i++)
                if (text_is(box.row[i].rule, rule))
                        one.id = box.row[i].id;
        assert_true(one.id != 0);
        assert_ok(db_read(house.app.db, house.a, read_one, &one));
        return one.mail.body;
}

static bool has(struct text t, const char *words)
{
        return memmem(t.p, t.n, words, strlen(words)) != NULL;
}

/* ---- tests ---- */

static void an_invitation(void **state)
{
        (void)state;
        run_until(at(-40, 12));
        assert_int_equal(day_sent(c.invited, "R01", 1, "America/Sao_Paulo"), -77);
        assert_int_equal(day_sent(c.invited, "R01-2", 1, "America/Sao_Paulo"), -67);
        assert_int_equal(day_sent(c.invited, "R01-last", 1, "America/Sao_Paulo"), -45);
        assert_true(has(body_of("R01"), "[No, thank you](http://localhost/apply/"));
        assert_int_equal(day_sent(c.invited, "R05", 1, "America/Sao_Paulo"), 9999);
}

static void training_and_its_gate(void **state)
{
        (void)state;
        run_until(at(-1, 12));
        assert_int_equal(day_sent(c.slow, "R05", 1, "Africa/Accra"), -42);
        assert_int_equal(day_sent(c.slow, "R05-2", 1, "Africa/Accra"), -35);
        assert_int_equal(day_sent(c.slow, "R05-gate", 1, "Africa/Accra"), -14);
        /* Saturday: Friday, since Monday is the gate */
        assert_int_equal(day_sent(house.coordinator, "R06", 1, "Europe/Lisbon"), -10);
        assert_true(has(body_of("R06"), "Kofi Example"));
        assert_int_equal(day_sent(c.slow, "R07", 1, "Africa/Accra"), 9999);
}

static struct err miss_it(struct tx *tx, [[maybe_unused]] void *in)
{
        struct gatherings_list l;

        TRY(gatherings_of(tx, c.cohort, &l));
        return gatherings_attended(tx, &people_system, l.row[0].id, c.slow, TEXT("missed"));
}

static struct err launch(struct tx *tx, [[maybe_unused]] void *in)
{
        TRY(programmes_cohort_launched(tx, c.cohort, tx_now(tx)));
        return journeys_launched(tx, c.cohort);
}

static void a_gathering(void **state)
{
        (void)state;
        run_until(at(0, 5));
        assert_ok(house_write(launch, NULL));
        run_until(at(0, 23));
        assert_int_equal(day_sent(c.slow, "R12-invite", 1, "Africa/Accra"), -21);
        assert_int_equal(day_sent(c.slow, "R12-week", 1, "Africa/Accra"), -7);
        /* a Sunday: it cannot wait */
        assert_int_equal(day_sent(c.slow, "R12-day", 1, "Africa/Accra"), -1);
        assert_int_equal(day_sent(c.slow, "R12-hour", 1, "Africa/Accra"), 0);
        assert_int_equal(day_sent(c.invited, "R12-day", 1, "America/Sao_Paulo"), 9999);
        assert_ok(house_write(miss_it, NULL));
        run_until(at(5, 12));
        assert_int_equal(day_sent(c.slow, "R13-missed", 1, "Africa/Accra"), 2);
        assert_int_equal(day_sent(c.slow, "R13-attended", 1, "Africa/Accra"), 9999);
}

static void sponsors_get_figures(void **state)
{
        (void)state;
        run_until(at(0, 5));
        assert_ok(house_write(launch, NULL));
        run_until(at(320, 12));
        assert_int_equal(day_sent(c.sponsor, "R37-launch", 1, "Europe/London"), 0);
        assert_in_range(day_sent(c.sponsor, "R37-mid", 1, "Europe/London"), 120, 145);
        assert_int_equal(day_sent(c.sponsor, "R37-end", 1, "Europe/London"), 315);
}

static struct err ask(struct tx *tx, [[maybe_unused]] void *in)
{
        const struct care_ticket_new t = {.cohort = c.cohort, .category = TEXT("scheduling"),
                                          .body = TEXT("A secret of mine"),
                                          .address = TEXT(""), .page = TEXT("")};
        int64_t ticket;

        return care_ask_help(tx, &c.slow_who, &t, &ticket);
}

static void a_question_that_waits(void **state)
{
        (void)state;
        /* Friday afternoon: its working day ends on Monday afternoon */
        run_until(at(-73, 15));
        assert_ok(house_write(ask, NULL));
        run_until(at(-66, 12));
        assert_int_equal(day_sent(house.coordinator, "R39", 1, "Europe/Lisbon"), -69);
        assert_int_equal(day_sent(c.deputy, "R39-deputy", 1, "Europe/Lisbon"), -69);
        assert_int_equal(day_sent(house.coordinator, "R39", 2, "Europe/Lisbon"), 9999);
        assert_true(has(body_of("R39"), "Kofi Example"));
        assert_false(has(body_of("R39"), "secret"));
        /* Monday: something needs somebody */
        assert_int_equal(day_sent(house.coordinator, "R38", 1, "Europe/Lisbon"), -70);
}

#define cohort_test(f) cmocka_unit_test_setup_teardown(f, begin, house_end)

int main(void)
{
        const struct CMUnitTest tests[] = {
                cohort_test(an_invitation), cohort_test(training_and_its_gate),
                cohort_test(a_gathering),
                cohort_test(sponsors_get_figures), cohort_test(a_question_that_waits),
        };

        return cmocka_run_group_tests_name("journeys_cohort", tests, NULL, NULL);
}
