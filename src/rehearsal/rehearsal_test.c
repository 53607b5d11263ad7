/* A small programme played to its end, and what must hold of its journal; the cast; the file of
 * habits. */
#include "rehearsal/rehearsal_play.h"

#include "care/care_web.h"
#include "conversations/conversations_web.h"
#include "gatherings/gatherings_web.h"
#include "journeys/journeys_web.h"
#include "matching/matching_web.h"
#include "os/random.h"
#include "people/people_retain.h"
#include "people/people_web.h"
#include "people/test/house.h"

#include <string.h>

enum { PAIRS = 6, SEED = 3, WEEK_S = 7 * 86400, MOST_A_WEEK = 2 };

static const struct job_kind *const kinds[] = {
        &care_job_review,     &conversations_job_forget, &gatherings_job_reminders,
        &journeys_job_close,  &journeys_job_day,         &journeys_job_event,
        &journeys_job_resume, &matching_job_expire,      &matching_job_next,   &people_job_tidy,
        &people_job_retain};

static struct rehearsal *played;
static struct rehearsal_cast cast;
static struct rehearsal_order order;

static int play(void **state)
{
        (void)state;
        log_level(LOG_WARN);
        house.a = arena_new((size_t)1 << 30);
        strcpy(house.folder, "/tmp/telemachus-rehearsal-test-XXXXXX");
        if (!mkdtemp(house.folder))
                return 1;
        house.config = (struct config) {.data = house.folder,
                                        .base_url = "http://localhost:8080",
                                        .organisation = "Harbour",
                                        .default_locale = "en",
                                        .default_zone = "Europe/Stockholm",
                                        .smtp_host = "",
                                        .mail_from = "mentoring@example.org",
                                        .mail_from_name = "Mentoring",
                                        .mail_reply_domain = ""};
        house.jobs = (struct jobs) {.kinds = kinds, .n = sizeof kinds / sizeof kinds[0]};
        house.app = (struct app) {.config = &house.config, .jobs = &house.jobs};
        assert_ok(keys_load(house.a, house.folder, &house.app.keys));
        const struct packs *packs;
        assert_ok(packs_load(house.a, NULL, &packs));
        house.app.packs = packs;
        assert_ok(db_open(
                &(struct db_options) {.url = text_format(house.a, "%s/play.db", house.folder).p,
                                      .memory = true},
                &house.app.db));
        db_set_app(house.app.db, &house.app);
        assert_ok(db_migrate(house.app.db, house.a));
        assert_ok(db_set_purpose(house.app.db, DB_TEST));
        random_replay(SEED);
        rehearsal_cast_make(house.a, SEED, PAIRS + 1, PAIRS + 1, &cast);
        order = (struct rehearsal_order) {.seed = SEED,
                                          .cast = &cast,
                                          .truth = rehearsal_truth_usual,
                                          .cohort_name = TEXT("Test"),
                                          .pack = TEXT("nine-months"),
                                          .pairs = PAIRS,
                                          .staff_hours = 12,
                                          .launch_day = 20731};
        assert_ok(rehearsal_play(&house.app, house.a, &order, &played));
        return 0;
}

/* ---- what must hold ---- */

static void test_every_pair_is_closed(void **state)
{
        (void)state;
        assert_true(played->pairs.n >= PAIRS - 2);
        for (size_t i = 0; i < played->pairs.n; i++) {
                assert_true(text_is(played->pairs.row[i].state, "closed"));
                assert_true(played->pairs.row[i].end_reason.n > 0);
        }
        assert_int_equal(played->jobs_failed, 0);
}

static bool is_programme_mail(const struct event *e)
{
        return text_is(e->kind, "mail") && text_is(e->class, "programme");
}

static void test_programme_mail_keeps_working_hours(void **state)
{
        int seen = 0;

        (void)state;
        for (size_t i = 0; i < played->n_events; i++) {
                const struct event *e = &played->event[i];
                size_t who = play_who(played, e->person);
                if (!is_programme_mail(e) || who == cast.n)
                        continue;
                struct civil c = zone_civil(cast.p[who].zone, e->at);
                assert_true(c.weekday <= 5);
                assert_in_range(c.hour, 7, 19);
                seen++;
        }
        assert_true(seen > 100);
}

static void test_two_a_week_at_most(void **state)
{
        (void)state;
        for (size_t i = 0; i < played->n_events; i++) {
                int n = 0;
                for (size_t k = i;
                     k < played->n_events && played->event[k].at < played->event[i].at + WEEK_S;
                     k++)
                        n += is_programme_mail(&played->event[i]) &&
                             is_programme_mail(&played->event[k]) &&
                             played->event[k].person == played->event[i].person;
                assert_true(n <= MOST_A_WEEK);
        }
}

/* A play without reminders would pass the test above. */
static void test_reminders_and_calls_come_up(void **state)
{
        static const char *const usual[] = {"R01", "R02", "R05", "R08", "R10", "R12", "R17",
                                            "R18", "R19", "R25", "R26", "R27", "R30", "R32",
                                            "R33", "R34", "R35", "R37", "C1",  "C3"};

        (void)state;
        for (size_t u = 0; u < sizeof usual / sizeof usual[0]; u++) {
                int n = 0;
                for (size_t i = 0; i < played->n_events; i++)
                        n += text_starts(played->event[i].rule, usual[u]);
                if (!n)
                        fail_msg("%s never came up", usual[u]);
        }
}

static void test_nothing_is_sent_twice(void **state)
{
        (void)state;
        for (size_t i = 0; i < played->n_events; i++) {
                const struct event *a = &played->event[i];
                for (size_t k = i + 1; text_is(a->kind, "mail") && k < played->n_events; k++) {
                        const struct event *b = &played->event[k];
                        assert_false(text_is(b->kind, "mail") && a->person == b->person &&
                                     a->person && text_equal(a->rule, b->rule) &&
                                     text_equal(a->detail, b->detail));
                }
        }
}

/* ---- the parts ---- */

static void test_cast_is_the_same_for_a_seed(void **state)
{
        struct rehearsal_cast a, b, c;

        (void)state;
        rehearsal_cast_make(house.a, 9, 40, 36, &a);
        rehearsal_cast_make(house.a, 9, 40, 36, &b);
        rehearsal_cast_make(house.a, 10, 40, 36, &c);
        assert_int_equal(a.n, 80);
        for (size_t i = 0; i < a.n; i++) {
                assert_true(text_equal(a.p[i].email, b.p[i].email));
                assert_true(strstr(a.p[i].email.p, "@example.org") ||
                            strstr(a.p[i].email.p, "@example.net"));
                for (size_t k = 0; k < i; k++)
                        assert_false(text_equal(a.p[i].email, a.p[k].email));
        }
        assert_false(text_equal(a.p[0].email, c.p[0].email) &&
                     text_equal(a.p[1].email, c.p[1].email));
}

static void test_truth_overrides_and_refuses(void **state)
{
        struct rehearsal_truth t = rehearsal_truth_usual;
        struct err e;

        (void)state;
        assert_ok(rehearsal_truth_read(
                house.a, TEXT("# quiet people\ndrift: 0.5\n\n  wake : 0.1  # rarely\n"), &t));
        assert_true(t.drift > 0.49 && t.drift < 0.51 && t.wake > 0.09 && t.wake < 0.11);
        assert_true(t.held == rehearsal_truth_usual.held);
        e = rehearsal_truth_read(house.a, TEXT("drift: 0.5\nlazyness: 1\n"), &t);
        assert_int_equal(e.kind, ERR_INVALID);
        assert_string_equal(e.place, "line 2");
        assert_int_equal(rehearsal_truth_read(house.a, TEXT("drift: often\n"), &t).kind,
                         ERR_INVALID);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_every_pair_is_closed),
                cmocka_unit_test(test_programme_mail_keeps_working_hours),
                cmocka_unit_test(test_two_a_week_at_most),
                cmocka_unit_test(test_reminders_and_calls_come_up),
                cmocka_unit_test(test_nothing_is_sent_twice),
                cmocka_unit_test(test_cast_is_the_same_for_a_seed),
                cmocka_unit_test(test_truth_overrides_and_refuses)};

        return cmocka_run_group_tests(tests, play, house_end);
}
