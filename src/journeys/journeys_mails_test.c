/*
 * The reminder engine on a database and a clock that stands: whole lives of pairs, judged by what
 * lies in the outbox.
 */
#include "journeys/journeys_due.sql.h"
#include "journeys/journeys_morning.h"
#include "journeys/test/two.h"
#include "mail/mail.sql.h"

#include <string.h>

/* ---- what was sent ---- */

struct sent_query { int64_t person; struct journeys_due_sent_to_list rows; };

static struct err read_sent(struct tx *tx, void *in)
{
        struct sent_query *q = in;

        return journeys_due_sent_to(tx, q->person, 0, &q->rows);
}

static struct journeys_due_sent_to_list sent_to(int64_t person)
{
        struct sent_query q = {.person = person};

        assert_ok(db_read(house.app.db, house.a, read_sent, &q));
        return q.rows;
}

/* How often a text went to a person; dropped ones do not count. */
static int times(int64_t person, const char *text)
{
        struct journeys_due_sent_to_list rows = sent_to(person);
        int n = 0;

        for (size_t i = 0; i < rows.n; i++)
                n += text_is(rows.row[i].rule, text) && !rows.row[i].dropped;
        return n;
}

struct box { struct mail_box_list list; };

static struct err read_box(struct tx *tx, void *in)
{
        return mail_box(tx, INT64_MAX, 10000, &((struct box *)in)->list);
}

struct one { int64_t id; struct mail_one mail; };

static struct err read_one(struct tx *tx, void *in)
{
        struct one *o = in;
        bool found;

        TRY(mail_one(tx, o->id, &found, &o->mail));
        assert_true(found);
        return OK;
}

/* The newest mail of a rule; fails the test if there is none. */
static struct mail_one newest(const char *rule)
{
        struct box box = {0};
        struct one one = {0};

        assert_ok(db_read(house.app.db, house.a, read_box, &box));
        for (size_t i = 0; i < box.list.n && !one.id; i++)
                if (text_is(box.list.row[i].rule, rule))
                        one.id = box.list.row[i].id;
        assert_true(one.id != 0);
        assert_ok(db_read(house.app.db, house.a, read_one, &one));
        return one.mail;
}

static bool has(struct text t, const char *words)
{
        return memmem(t.p, t.n, words, strlen(words)) != NULL;
}

/* ---- time ---- */

static struct err read_next(struct tx *tx, void *in) { return jobs_next(tx, in); }

/* Every job in its order, each at its own moment, as a server that is never off has it. */
static void run_until(int64_t until)
{
        struct opt due;

        for (;;) {
                struct arena_mark mark = arena_mark(house.a);
                assert_ok(db_read(house.app.db, house.a, read_next, &due));
                if (!due.has || due.v > until)
                        break;
                if (due.v > db_now(house.app.db))
                        db_clock_freeze(house.app.db, due.v);
                two_run_jobs();
                arena_rewind(house.a, mark);
        }
        db_clock_freeze(house.app.db, until);
}

/* Open since long before, launched on its day; the mornings are seeded. */
static struct err open_cohort(struct tx *tx, [[maybe_unused]] void *in)
{
        const struct pack *pack = packs_find(house.app.packs, TEXT("nine-months"));
        struct pack_days days = pack_days_of(pack, 21000);

        for (size_t i = 0; i < pack->n_phases; i++)
                TRY(programmes_phase_insert(tx, HOUSE_COHORT, (int64_t)i, pack->phases[i].key,
                                            pack_day(pack->phases[i].from, &days),
                                            pack_day(pack->phases[i].until, &days)));
        TRY(programmes_cohort_opened(tx, HOUSE_COHORT, tx_now(tx)));
        TRY(programmes_cohort_launched(tx, HOUSE_COHORT, tx_now(tx)));
        return journeys_start_cohort(tx, HOUSE_COHORT);
}

static int begin(void **state)
{
        if (two_begin(state))
                return 1;
        assert_ok(house_write(open_cohort, NULL));
        return 0;
}

#define engine_test(f) cmocka_unit_test_setup_teardown(f, begin, house_end)

/* ---- promises ---- */

static size_t judge(int64_t person, const char *zone_name_, int64_t silent_from,
                    int64_t silent_until)
{
        const struct zone *z = zone_find(text_of(zone_name_));
        struct journeys_due_sent_to_list l = sent_to(person);
        int64_t at[512];
        size_t n = 0;

        for (size_t i = 0; i < l.n; i++) {
                struct civil c = zone_civil(z, l.row[i].at);
                if (l.row[i].dropped || !text_is(l.row[i].class, "programme"))
                        continue;
                assert_int_equal(c.hour * 60 + c.minute,
                                 JOURNEYS_DUE_HOUR * 60 + JOURNEYS_DUE_MINUTE);
                assert_in_range(c.weekday, 1, 5);
                assert_false(l.row[i].at >= silent_from && l.row[i].at < silent_until);
                if (n >= 2)
                        assert_true(l.row[i].at - at[n - 2] > JOURNEYS_DUE_WINDOW);
                assert_true(n < sizeof at / sizeof at[0]);
                at[n++] = l.row[i].at;
        }
        return n;
}

static void a_silent_pair(void **state)
{
        (void)state;
        run_until(two_at(59, 0));
        /* its time was before the mornings began */
        assert_int_equal(times(two.max.person, "R11"), 0);
        assert_int_equal(times(two.max.person, "R14"), 1);
        assert_int_equal(times(two.ana.person, "R15"), 1);
        assert_int_equal(times(two.ana.person, "R22"), 1);
        assert_int_equal(times(two.ana.person, "R23"), 1);
        assert_int_equal(times(two.max.person, "R20"), 1);
        assert_int_equal(times(house.coordinator, "R16"), 1);
        assert_int_equal(times(house.coordinator, "R24-amber"), 1);
        assert_int_equal(times(house.coordinator, "R24-red"), 1);
        assert_int_equal(times(house.coordinator, "R24-review"), 0);
        assert_true(judge(two.max.person, "Europe/Berlin", 0, 0) >= 5);
        assert_true(judge(two.ana.person, "Europe/Lisbon", 0, 0) >= 5);
}

static struct err log_talk(struct tx *tx, void *in)
{
        return journeys_log_contact(tx, &two.max, two.pair, CONTACT_VIDEO, *(int64_t *)in,
                                    (struct opt) {true, 45});
}

static struct err pause_pair(struct tx *tx, [[maybe_unused]] void *in)
{
        return journeys_pause(tx, &two.max, two.pair,
                              zone_day(zone_find(TEXT("Europe/Lisbon")), tx_now(tx)) + 40);
}

/*
 * A year: they speak every twelve days, pause from day 100 for forty days, and the programme ends
 * as planned.
 */
static void a_year(void **state)
{
        (void)state;
        for (int64_t day = 6; day < 290; day += 12) {
                int64_t talk = two_at(day, -1);
                run_until(two_at(day, 0));
                if (day == 102) {
                        assert_ok(house_write(pause_pair, NULL));
                } else if (day < 102 || day > 142) {
                        assert_ok(house_write(log_talk, &talk));
                }
        }
        run_until(two_at(540, 0));
        assert_true(judge(two.max.person, "Europe/Berlin", two_at(102, 1), two_at(142, -9)) > 20);
        assert_true(judge(two.ana.person, "Europe/Lisbon", two_at(102, 1), two_at(142, -9)) > 20);
        assert_int_equal(times(two.max.person, "R19"), 1);
        /* every twelve days, and never booked ahead */
        assert_true(times(two.max.person, "R22") > 5);
        /* towards the end they fell silent */
        assert_int_equal(times(two.max.person, "R23"), 1);
        assert_int_equal(times(two.max.person, "R21"), 1);
        assert_int_equal(times(two.max.person, "R26"), 1);
        assert_int_equal(times(two.max.person, "R27"), 0);      /* half-way fell into the pause */
        assert_int_equal(times(two.max.person, "R27-last"), 1);
        assert_int_equal(times(two.max.person, "R30"), 1);
        assert_int_equal(times(two.max.person, "R32"), 1);
        assert_int_equal(times(two.ana.person, "R33"), 1);
        assert_int_equal(times(two.ana.person, "R34"), 1);
        assert_int_equal(times(two.max.person, "R34"), 0);
        assert_int_equal(times(two.ana.person, "R35"), 1);
}

/* ---- letters ---- */

static void a_letter_knows_little(void **state)
{
        struct mail_one m;

        (void)state;
        run_until(two_at(12, 0));
        m = newest("R14");
        assert_int_equal(m.person, two.max.person);
        assert_true(has(m.subject, "Ana"));
        assert_false(has(m.body, "ana@example.org") || has(m.body, "Ana Example"));
        assert_true(has(m.body, "http://localhost/pairs/"));
        assert_true(has(m.body, "[I would like help with this](http://localhost/help)"));
        /* the letter has a button of its own */
        assert_false(has(m.body, "[I need help]"));
        assert_true(has(m.body, "[I need a pause](http://localhost/do/"));
        assert_true(has(m.body, "Karin Berg"));
        assert_true(has(m.unsubscribe, "http://localhost/unsubscribe/"));
        assert_true(text_is(m.reply_to, "karin@example.org"));
        assert_false(has(m.body, "{") || has(m.subject, "{"));
}

static struct err unsubscribe(struct tx *tx, [[maybe_unused]] void *in)
{
        return people_want_programme_mail(tx, two.max.person, false);
}

static void fewer_mails(void **state)
{
        (void)state;
        assert_ok(house_write(unsubscribe, NULL));
        run_until(two_at(60, 0));
        assert_int_equal(times(two.max.person, "R14"), 0);
        assert_int_equal(times(two.ana.person, "R15"), 1);
}

/* ---- holding ---- */

struct hold { const struct who *who; bool hold; struct journeys_planned_list planned; };

static struct err read_tomorrow(struct tx *tx, void *in)
{
        return journeys_tomorrow(tx, &house.staff, HOUSE_COHORT, &((struct hold *)in)->planned);
}

static struct err hold_all(struct tx *tx, void *in)
{
        struct hold *h = in;

        for (size_t i = 0; i < h->planned.n; i++)
                TRY(journeys_hold(tx, h->who, h->planned.row[i].rule, h->planned.row[i].person,
                                  h->planned.row[i].anchor,
                                  TEXT("we spoke yesterday"), h->hold));
        return OK;
}

/* Until the evening before R14 goes. */
static struct hold evening_before(void)
{
        struct hold h = {.who = &house.staff, .hold = true};

        while (h.planned.n == 0) {
                run_until(db_now(house.app.db) + 3600);
                assert_ok(db_read(house.app.db, house.a, read_tomorrow, &h));
                assert_true(db_now(house.app.db) < two_at(12, 0));
        }
        return h;
}

static void held_and_let_go(void **state)
{
        struct hold h;

        (void)state;
        h = evening_before();
        assert_true(text_is(h.planned.row[0].rule, "R14"));
        assert_true(has(h.planned.row[0].body, "Dear Max"));
        h.who = &two.eve;                                       /* not hers to hold */
        assert_err(house_write(hold_all, &h), ERR_ABSENT);
        h.who = &house.staff;
        assert_ok(house_write(hold_all, &h));
        assert_ok(db_read(house.app.db, house.a, read_tomorrow, &h));
        assert_true(h.planned.row[0].held);
        run_until(two_at(40, 0));
        assert_int_equal(times(two.max.person, "R14"), 0);
        assert_int_equal(times(two.max.person, "R20"), 1);      /* the others go on */
}

static void let_go_again(void **state)
{
        struct hold h;

        (void)state;
        h = evening_before();
        assert_ok(house_write(hold_all, &h));
        h.hold = false;
        assert_ok(house_write(hold_all, &h));
        run_until(two_at(12, 0));
        assert_int_equal(times(two.max.person, "R14"), 1);
}

static struct err add_goal(struct tx *tx, [[maybe_unused]] void *in)
{
        const struct journeys_goal_new goal = {
                .statement = TEXT("Speak without notes"), .why = TEXT(""), .measure = TEXT(""),
                .category = text_of("skills"), .next_step = TEXT(""),
                .due_day = {true, 21000 + 18}};
        int64_t id;

        return journeys_add_goal(tx, &two.max, two.pair, &goal, &id);
}

/* The desk reads tomorrow's letters, but a goal's words only if their owner shares them. */
static void a_goal_is_its_owners(void **state)
{
        struct hold h = {.who = &house.staff};
        struct text seen = TEXT("");

        (void)state;
        assert_ok(house_write(add_goal, NULL));
        for (int d = 1; d < 8 && text_empty(seen); d++) {
                run_until(two_at(d, 9));
                assert_ok(db_read(house.app.db, house.a, read_tomorrow, &h));
                for (size_t i = 0; i < h.planned.n; i++)
                        if (text_is(h.planned.row[i].rule, "R29"))
                                seen = h.planned.row[i].body;
        }
        assert_true(has(seen, "your goal"));
        assert_false(has(seen, "without notes"));
        run_until(two_at(9, 0));
        assert_true(has(newest("R29").body, "Speak without notes"));
}

/* ---- moments ---- */

struct booking { int64_t at, meeting; };

static struct err book(struct tx *tx, void *in)
{
        struct booking *b = in;

        return journeys_book(tx, &two.max, two.pair, b->at, 45, TEXT("video"), TEXT(""),
                             &b->meeting);
}

static struct err move(struct tx *tx, void *in)
{
        struct booking *b = in;

        return journeys_settle_meeting(tx, &two.max, b->meeting, MEETING_MOVED,
                                       (struct opt) {true, b->at}, (struct opt) {0});
}

static struct err was_held(struct tx *tx, void *in)
{
        struct booking *b = in;

        return journeys_settle_meeting(tx, &two.ana, b->meeting, MEETING_HELD, (struct opt) {0},
                                       (struct opt) {0});
}

static void a_meeting_that_moves(void **state)
{
        struct booking b = {.at = two_at(5, 6)};
        struct mail_one m;

        (void)state;
        assert_ok(house_write(book, &b));
        run_until(two_at(3, 0));
        b.at = two_at(8, 6);
        assert_ok(house_write(move, &b));
        run_until(two_at(5, 8));
        assert_int_equal(times(two.max.person, "R17-day"), 0);
        assert_int_equal(times(two.max.person, "R18"), 0);
        run_until(two_at(8, 6));
        assert_int_equal(times(two.max.person, "R17-day"), 1);
        assert_int_equal(times(two.ana.person, "R17-hour"), 1);
        m = newest("R17-day");
        assert_int_equal(m.created_at, b.at - TWO_DAY);
        assert_true(has(m.body, "/do/"));                       /* moves it without signing in */
        run_until(two_at(8, 9));
        assert_int_equal(times(two.max.person, "R18"), 1);
        assert_int_equal(newest("R18").created_at, b.at + 45 * 60 + 3600);
        assert_ok(house_write(was_held, &b));
        run_until(two_at(11, 0));
        assert_int_equal(times(two.max.person, "R18-2"), 0);    /* it was said that they met */
        assert_int_equal(times(two.max.person, "R19"), 1);
}

static void nobody_writes_into_a_pause(void **state)
{
        struct booking b = {.at = two_at(5, 6)};

        (void)state;
        assert_ok(house_write(book, &b));
        assert_ok(house_write(pause_pair, NULL));
        run_until(two_at(12, 0));
        assert_int_equal(times(two.max.person, "R17-day") + times(two.max.person,
                "R18") + times(two.max.person, "R14"), 0);
}

/*
 * A machine that was off: what was missed comes on the next morning, not at night and not in heaps.
 */
static void after_an_outage(void **state)
{
        (void)state;
        db_clock_freeze(house.app.db, two_at(20, 15));          /* half past midnight */
        two_run_jobs();
        /* R10, of the day when they became a pair */
        assert_int_equal(sent_to(two.max.person).n, 1);
        run_until(two_at(22, 0));
        assert_in_range(judge(two.max.person, "Europe/Berlin", 0, 0), 1, JOURNEYS_DUE_MOST);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                engine_test(a_silent_pair), engine_test(a_year), engine_test(a_letter_knows_little),
                engine_test(fewer_mails),
                engine_test(held_and_let_go), engine_test(let_go_again),
                engine_test(a_goal_is_its_owners),
                engine_test(a_meeting_that_moves),
                engine_test(nobody_writes_into_a_pause), engine_test(after_an_outage),
        };

        return cmocka_run_group_tests_name("journeys_mails", tests, NULL, NULL);
}
