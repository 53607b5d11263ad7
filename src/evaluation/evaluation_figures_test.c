/*
 * Every figure on a small cohort whose numbers can be counted by hand: ten mentees, eight mentors, eight pairs, looked at on day 21300.
 * Day 21000 is the launch, a Thursday; pairs were made ten days before.
 */
#include "evaluation/evaluation.h"
#include "learning/learning.h"
#include "people/test/house.h"

#include <sqlite3.h>
#include <string.h>

#define DAY "*86400"

/* Mentors 201..208, mentees 301..310; 311 and 312 have applied, 313..316 were only invited. Pair i is 200+i with 300+i. */
static const char cohort[] =
        "WITH RECURSIVE n(i) AS (SELECT 201 UNION ALL SELECT i + 1 FROM n WHERE i < 316)"
        " INSERT INTO people_person (id, email, email_key, first_name, last_name, zone, created_at)"
        " SELECT i, 'p' || i || '@example.org', 'p' || i || '@example.org', 'P' || i, 'X', 'Europe/Lisbon', 0 FROM n WHERE i < 209 OR i > 300;"
        "INSERT INTO programmes_participant (id, cohort, person, role, state, capacity, joined_at, applied_at, accepted_at)"
        " SELECT id, 12, id, CASE WHEN id < 300 THEN 'mentor' ELSE 'mentee' END,"
        "  CASE WHEN id > 312 THEN 'invited' WHEN id > 310 THEN 'applied' ELSE 'ready' END, CASE WHEN id = 201 THEN 2 ELSE 1 END, 0,"
        "  CASE WHEN id > 312 THEN NULL ELSE 1 END, CASE WHEN id > 310 THEN NULL ELSE 1 END FROM people_person WHERE id > 200 AND id < 400;"
        "INSERT INTO people_profile (person, location) SELECT id, CASE WHEN id <= 306 THEN 'Lisbon' ELSE 'Porto' END"
        " FROM people_person WHERE id BETWEEN 301 AND 310;";

/* number, first conversation (days after the activation), conversations, closed on, why, cards done by both */
static const char pairs[] =
        "WITH p(i, met, n, closed, why) AS (VALUES (1, 5, 10, 21280, 'completed'), (2, 8, 9, 21280, 'completed'), (3, 10, 12, 21280, 'completed'),"
        "  (4, 12, 9, 21280, 'completed'), (5, 14, 3, 21100, 'no-time'), (6, 20, 9, 21200, 'goals-met'), (7, 30, 9, NULL, NULL),"
        "  (8, NULL, 0, 21050, 'no-contact'))"
        " INSERT INTO journeys_pair (id, cohort, mentor, mentee, proposal, state, activated_at, clock_start, planned_end, cadence_days, closed_at,"
        "  end_reason, first_met_at, n_met)"
        " SELECT i, 12, 200 + i, 300 + i, 1, CASE WHEN closed IS NULL THEN 'closing' ELSE 'closed' END, 20990" DAY ", 21000" DAY ", 21273" DAY ", 14,"
        "  closed" DAY ", why, (20990 + met)" DAY ", n FROM p;"
        "WITH RECURSIVE k(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM k WHERE i < 19)"
        " INSERT INTO journeys_contact (pair, id, at, kind, by_person, two_way, source) SELECT 1, i + 1, (21000 + 14 * i)" DAY ", 'video', 201, 1, 'logged' FROM k;"
        "INSERT INTO journeys_closing (pair, person, again, next, card, started_at, done_at)"
        " SELECT id, mentor, CASE WHEN id < 3 THEN 1 ELSE 0 END, CASE WHEN id = 3 THEN 'mentor' ELSE 'rest' END, 5, 0, 1 FROM journeys_pair WHERE id IN (1, 2, 3, 5, 6)"
        " UNION ALL SELECT id, mentee, CASE WHEN id = 1 THEN 1 ELSE 0 END, 'rest', 5, 0, 1 FROM journeys_pair WHERE id IN (1, 2, 3, 5, 6);"
        "INSERT INTO journeys_goal (id, pair, statement, category, created_by, created_at, attainment, mentor_attainment) VALUES (1, 1, '', 'other', 1, 0, 1, 0),"
        "  (2, 1, '', 'other', 1, 0, 1, NULL), (3, 2, '', 'other', 1, 0, 0, 0), (4, 3, '', 'other', 1, 0, -1, 0), (5, 4, '', 'other', 1, 0, 2, 0),"
        "  (6, 5, '', 'other', 1, 0, 0, 0), (7, 6, '', 'other', 1, 0, NULL, NULL);";

/* 309 has a list but no mentor: not counted. */
static const char match[] =
        "INSERT INTO matching_rank (cohort, mentee, mentor, rank) VALUES (12, 301, 201, 1), (12, 302, 205, 1), (12, 302, 202, 2), (12, 303, 201, 1), (12, 303, 202, 2),"
        "  (12, 303, 204, 3), (12, 303, 203, 4), (12, 304, 204, 1), (12, 305, 201, 1), (12, 305, 202, 2), (12, 305, 205, 3), (12, 309, 201, 1);"
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 11)"
        " INSERT INTO matching_proposal (id, cohort, run, mentor, mentee, score, parts, reasons, state, published_at, mentor_answer, mentee_answer)"
        " SELECT i, 12, 1, 201, 301, 0, '', '', 'declined', CASE WHEN i = 11 THEN NULL ELSE 1 END, CASE WHEN i = 1 THEN 'no' END, CASE WHEN i = 2 THEN 'no' END FROM n;";

/* Eight calls are over, six were made; one was dropped, one is still to come. Two of them are about red flags 4 and 5. */
static const char work[] =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10)"
        " INSERT INTO care_call (id, cohort, person, kind, why, flag, due_at, until_at, state, done_at)"
        " SELECT i, 12, 300 + i, 'C1', 'plan', CASE WHEN i = 1 THEN 7 ELSE 0 END, i, CASE WHEN i = 10 THEN 21400 ELSE 21100 END" DAY ","
        "  CASE WHEN i <= 6 THEN 'done' WHEN i = 9 THEN 'dropped' ELSE 'due' END, CASE WHEN i = 1 THEN 21005" DAY " WHEN i <= 6 THEN 21050" DAY " END FROM n;"
        "INSERT INTO care_flag (id, cohort, rule, level, since, data, opened_at, closed_at) VALUES (1, 12, 'a', 2, 0, '', 21004" DAY ", 21005" DAY "),"
        "  (2, 12, 'b', 2, 0, '', 21004" DAY ", 21006" DAY "), (3, 12, 'c', 2, 0, '', 21004" DAY ", 21013" DAY "), (4, 12, 'd', 1, 0, '', 21004" DAY ", 21007" DAY "),"
        "  (5, 12, 'e', 1, 0, '', 21004" DAY ", 21008" DAY "), (6, 12, 'f', 1, 0, '', 21004" DAY ", 21009" DAY "), (7, 12, 'g', 2, 0, '', 21004" DAY ", NULL),"
        "  (8, 12, 'h', 2, 0, '', 21004" DAY ", NULL), (9, 12, 'i', 2, 0, '', 21300" DAY ", NULL);"
        "INSERT INTO gatherings_gathering (id, cohort, key, kind, title, day, minutes, agenda) VALUES (1, 12, 'a', 'connect', '', 21000, 60, ''),"
        "  (2, 12, 'b', 'mid', '', 21100, 60, '');"
        "INSERT INTO gatherings_seat (gathering, person, sitting, attended) VALUES (1, 301, 1, 'live'), (2, 301, 1, 'live'), (1, 302, 1, 'live'),"
        "  (2, 302, 1, 'recording'), (1, 303, 1, 'live'), (2, 303, 1, 'missed'), (1, 304, 1, 'recording'), (2, 304, 1, 'missed'), (1, 305, 1, 'live'),"
        "  (2, 305, 1, 'live'), (1, 306, 1, 'missed'), (2, 306, 1, 'missed');";

/* Twelve asked, nine answered. Newest on the match: 5 4 2 3 1 4, 303's earlier 5 no longer counts. 302 would be a mentor. */
static const char answers[] =
        "INSERT INTO evaluation_wave (id, cohort, survey, wave, person, pair, asked_at, answered_at) VALUES (1, 12, 'pulse', 'W1', 301, 1, 1, 2),"
        "  (2, 12, 'pulse', 'W1', 302, 2, 1, 2), (3, 12, 'pulse', 'W1', 303, 3, 1, 2), (4, 12, 'pulse', 'W1', 304, 4, 1, 2), (5, 12, 'pulse', 'W1', 305, 5, 1, 2),"
        "  (6, 12, 'pulse', 'W1', 306, 6, 1, 2), (7, 12, 'end', 'W4', 301, 1, 8, 9), (8, 12, 'end', 'W4', 302, 2, 8, 9), (9, 12, 'end', 'W4', 303, 3, 8, 9),"
        "  (10, 12, 'end', 'W4', 304, 4, 8, NULL), (11, 12, 'end', 'W4', 305, 5, 8, NULL), (12, 12, 'end', 'W4', 306, 6, 8, NULL);"
        "INSERT INTO evaluation_answer (wave, question, value) VALUES (1, 'useful', 3), (2, 'useful', 4), (3, 'useful', 5), (4, 'useful', 3), (5, 'useful', 1),"
        "  (6, 'useful', 4), (7, 'match', 5), (8, 'match', 4), (9, 'match', 2);"
        "INSERT INTO evaluation_answer (wave, question, words) VALUES (8, 'again', 'as-mentor');"
        "INSERT INTO evaluation_cost (cohort, amount, currency, by_person, at) VALUES (12, 9000, 'EUR', 1, 0);";

/* The house keeps its database to itself, so it leaves for a moment. */
static void run_sql(const char *sql)
{
        char path[128], *message = NULL;
        sqlite3 *db;

        db_close(house.app.db);
        snprintf(path, sizeof path, "%s/telemachus.db", house.folder);
        assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
        if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
                fail_msg("%s", message);
        sqlite3_close(db);
        assert_ok(db_open(&(struct db_options) {.url = path, .memory = true}, &house.app.db));
        db_set_app(house.app.db, &house.app);
        db_clock_freeze(house.app.db, 21300 * INT64_C(86400));
}

/* 301 was through before the pair began, 302 only after. */
static struct err train(struct tx *tx, void *in)
{
        struct programmes_cohort c;

        TRY(programmes_cohort(tx, HOUSE_COHORT, &c));
        for (size_t i = 0; i < c.pack->n_modules; i++)
                snprintf((char *)in + strlen(in), 65536 - strlen(in),
                         "INSERT INTO learning_progress (cohort, person, module, opened_at, done_at) VALUES (12, 301, '%s', 1, 20980" DAY "), (12, 302, '%s', 1, 20995" DAY ");",
                         text_c(tx_arena(tx), c.pack->modules[i].key), text_c(tx_arena(tx), c.pack->modules[i].key));
        return OK;
}

static struct evaluation_figures figures;
static struct err read_figures(struct tx *tx, [[maybe_unused]] void *in)
{
        return evaluation_figures(tx, &people_system, HOUSE_COHORT, LOCALE_EN, &figures);
}

static void look(void)
{
        static char modules[65536];

        modules[0] = 0;
        run_sql(cohort);
        run_sql(pairs);
        run_sql(match);
        run_sql(work);
        run_sql(answers);
        assert_ok(db_read(house.app.db, house.a, train, modules));
        run_sql(modules);
        assert_ok(db_read(house.app.db, house.a, read_figures, NULL));
}

static void is(const char *key, double value, int64_t n, int64_t of)
{
        const struct evaluation_figure *f = evaluation_figure_of(&figures, key);

        if (!f || !f->shown || f->n != n || f->of != of || f->value - value > 1e-6 || value - f->value > 1e-6)
                fail_msg("%s: %s, %.6f, %lld of %lld", key, !f ? "absent" : f->shown ? "shown" : "hidden", f ? f->value : 0, f ? (long long)f->n : 0,
                         f ? (long long)f->of : 0);
        assert_true(!f->sure.has || (f->sure.low <= f->value + 0.026 && f->value <= f->sure.high + 0.026));
}

static void every_figure_is_what_one_counts_by_hand(void **state)
{
        (void)state;
        look();
        is("application", 20.0 / 24, 20, 24);
        is("match-mentee", 0.8, 8, 10);
        is("match-mentor", 1, 8, 8);
        is("mentors-per-mentee", 0.8, 8, 10);
        is("capacity", 6.0 / 9, 6, 9);                  /* pairs 5 and 8 ended early; 201 has two places */
        is("first-choice", 2.0 / 5, 2, 5);
        is("top-three", 4.0 / 5, 4, 5);
        is("declined", 0.2, 2, 10);                     /* the draft was never sent */
        is("training", 1.0 / 16, 1, 16);
        is("calls", 6.0 / 8, 6, 8);
        is("attendance-live", 0.5, 6, 12);
        is("attendance-any", 8.0 / 12, 8, 12);
        is("response", 9.0 / 12, 9, 12);
        is("flag-days", 3.5, 6, 9);                     /* 1 2 3 4 5 9 */
        is("red-in-time", 3.0 / 5, 3, 5);               /* one of today has time still */
        is("first-meeting-days", 12, 7, 8);             /* 5 8 10 12 14 20 30 */
        is("first-meeting-soon", 5.0 / 8, 5, 8);
        is("first-meeting-start", 6.0 / 8, 6, 8);       /* clocks run from the tenth day on */
        is("on-cadence", 10.0 / 63, 10, 63);            /* only pair 1 was in touch: 10 months of 10+10+10+10+4+7+10+2 */
        is("meetings", 61.0 / 8, 61, 8);
        is("meetings-enough", 6.0 / 8, 6, 8);
        is("persistence", 0.75, 6, 8);                  /* 7/8 on day 60, 6/7 of it on day 110; goals met is no early end */
        is("completion", 3.0 / 8, 3, 8);                /* 4 has no cards, 7 is not closed, 6 ended before its time */
        is("completion-due", 3.0 / 8, 3, 8);
        is("cost", 3000, 9000, 3);
}

static void what_people_said_of_few_is_blunt_and_without_numerators(void **state)
{
        (void)state;
        look();
        is("satisfied", 0.5, -1, 6);                    /* 5 4 4 of six */
        is("unsatisfied", 0.35, -1, 6);                 /* 2 of six: 33 per cent */
        is("goals-mentee", 0.5, 6, 6);                  /* 1 1 0 -1 2 0 */
        is("goals-mentor", 0, 5, 5);
        is("goals-reached", 0.85, -1, 6);               /* 5 of six goals of five pairs */
        is("mentor-return", 0.6, -1, 5);                /* 1, 2, and 3 by the older word */
        is("mentee-mentor", 0.4, -1, 5);                /* 301 on a card, 302 in the survey */
}

/* Four of Porto would follow from the total, so Lisbon goes with them. */
static void small_places_are_hidden_with_their_neighbour(void **state)
{
        size_t places = 0;

        (void)state;
        look();
        for (size_t i = 0; i < figures.cuts.n; i++) {
                const struct evaluation_cut *c = &figures.cuts.row[i];
                if (strcmp(c->division, "by place") != 0)
                        continue;
                places++;
                assert_false(c->shown);
                assert_int_equal(c->n, -1);
                assert_int_equal(c->of, 0);
        }
        assert_int_equal(places, 2);
}

static void fewer_than_five_say_nothing(void **state)
{
        const struct evaluation_figure *f;

        (void)state;
        look();
        run_sql("DELETE FROM journeys_closing WHERE pair = 5");
        assert_ok(db_read(house.app.db, house.a, read_figures, NULL));
        f = evaluation_figure_of(&figures, "mentor-return");
        assert_false(f->shown);
        assert_int_equal(f->units, -1);
        assert_int_equal(f->of, 0);
        assert_float_equal(f->value, 0, 1e-9);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                house_test(every_figure_is_what_one_counts_by_hand),
                house_test(what_people_said_of_few_is_blunt_and_without_numerators),
                house_test(small_places_are_hidden_with_their_neighbour),
                house_test(fewer_than_five_say_nothing),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
