/*
 * The coordinator's table on a real database: runs that are kept, replayed and compared, what her hand may do, what the
 * previews promise, and that strangers get nothing.
 */
#include "people/test/house.h"

#include "journeys/journeys_web.h"
#include "matching/matching.h"
#include "matching/matching_hand.h"
#include "matching/matching_left.h"
#include "matching/matching_runs.h"
#include "matching/matching_segments.h"
#include "matching/matching_table.sql.h"
#include "matching/matching_web.h"
#include "matching/matching_whatif.h"
#include "matching/matching_why.h"

#include <string.h>

enum { PEOPLE = 4 };

static struct {
        int64_t mentee[PEOPLE], mentor[PEOPLE], stranger;
        struct who stranger_who;
} cast;

static const struct job_kind *const kinds[] = {&matching_job_expire, &journeys_job_event, &journeys_job_day, &people_job_tidy,
        &people_job_retain};

static struct err add(struct tx *tx, const char *name, const char *offers, const char *wants, bool mentor, int64_t *id)
{
        struct text email = text_format(tx_arena(tx), "%s@example.org", name);
        struct people_facts facts = {.offers = text_of(offers), .wants = text_of(wants), .languages = TEXT("en"),
                                     .status = {.department = TEXT("Tides")}};
        int64_t participant;
        bool made;

        TRY(people_add(tx, &people_system, &(struct people_new) {.email = email, .first_name = text_of(name), .last_name = TEXT("Moor"),
                                                                 .zone = TEXT("Europe/Lisbon"), .zone_known = true}, id, &made));
        TRY(people_take_facts(tx, *id, &facts, false, true, &made));
        return programmes_join(tx, &house.staff, HOUSE_COHORT, *id, mentor, "ready", 1, &participant);
}

/* Mentee k wants what mentor k offers; mentor 1 would do for mentee 0 as well, by half of the words. */
static struct err furnish(struct tx *tx, [[maybe_unused]] void *in)
{
        static const char *const skill[PEOPLE] = {"sailing knots", "sailing charts", "cooking rice", "writing verse"};
        bool made;

        for (int k = 0; k < PEOPLE; k++) {
                char name[16];
                snprintf(name, sizeof name, "mentee%d", k);
                TRY(add(tx, name, "", skill[k], false, &cast.mentee[k]));
                snprintf(name, sizeof name, "mentor%d", k);
                if (k < PEOPLE - 1)
                        TRY(add(tx, name, k == 2 ? "cooking rice" : "sailing knots; sailing charts", "", true, &cast.mentor[k]));
        }
        TRY(people_add(tx, &people_system, &(struct people_new) {.email = TEXT("else@example.org"), .first_name = TEXT("Else"),
                                                                 .zone = TEXT("Europe/Lisbon")}, &cast.stranger, &made));
        return people_who(tx, cast.stranger, &cast.stranger_who);
}

static int begin(void **state)
{
        int status = house_begin(state);

        house.jobs = (struct jobs) {.kinds = kinds, .n = sizeof kinds / sizeof kinds[0]};
        assert_ok(house_write(furnish, NULL));
        return status;
}

/* ---- one call in a transaction each ---- */

struct in {
        const struct who *who;
        int64_t run, other, mentee, mentor, n;
        struct text words, objective;
        struct matching_chosen *chosen;
        struct matching_summary summary;
        struct matching_replayed replayed;
        struct matching_compared compared;
        struct matching_run_line_list runs;
        struct matching_unsent_list unsent;
        struct matching_why_pair pair;
        struct matching_why_one one;
        struct matching_whatif what;
        struct matching_prices prices;
        struct matching_weights weights;
        struct matching_left left;
        struct matching_segments segments;
        struct matching_ruled_out_list ruled;
};

#define CALL(name, ...) static struct err name(struct tx *tx, void *in) { struct in *i = in; return __VA_ARGS__; }
CALL(do_run, matching_propose_as(tx, i->who, HOUSE_COHORT, i->objective, false, &i->summary))
CALL(do_replay, matching_replay(tx, i->who, i->run, &i->replayed))
CALL(do_compare, matching_compare(tx, i->who, i->run, i->other, &i->compared))
CALL(do_runs, matching_runs(tx, i->who, HOUSE_COHORT, 10, &i->runs))
CALL(do_unsent, matching_unsent(tx, HOUSE_COHORT, &i->unsent))
CALL(do_pair, matching_why_pair(tx, i->who, HOUSE_COHORT, i->mentee, i->mentor, false, &i->pair))
CALL(do_one, matching_why_one(tx, i->who, HOUSE_COHORT, i->mentee, ((struct matching_ask) {.most = 10, .costs = true}), &i->one))
CALL(do_swap, matching_swap(tx, i->who, i->run, i->other, i->words))
CALL(do_forbid, matching_forbid(tx, i->who, HOUSE_COHORT, i->mentor, i->mentee, i->words))
CALL(do_allow, matching_allow(tx, i->who, HOUSE_COHORT, i->mentor, i->mentee))
CALL(do_ruled, matching_ruled_out(tx, i->who, HOUSE_COHORT, &i->ruled))
CALL(do_lock, matching_lock(tx, i->who, i->run, true))
CALL(do_edit, matching_edit(tx, i->who, i->run, i->mentor, i->words))
CALL(do_send, matching_publish_some(tx, i->who, HOUSE_COHORT, &i->run, 1, &i->n))
CALL(do_what, matching_whatif(tx, i->who, HOUSE_COHORT, &i->weights, MATCHING_TOTAL, false, 10, &i->what))
CALL(do_prices, matching_prices(tx, i->who, HOUSE_COHORT, false, &i->prices))
CALL(do_left, matching_left(tx, i->who, HOUSE_COHORT, false, &i->left))
CALL(do_segments, matching_segments(tx, i->who, HOUSE_COHORT, &i->segments))

static struct err do_choose(struct tx *tx, void *in)
{
        struct in *i = in;

        TRY(matching_choose_find(tx, i->who, HOUSE_COHORT, &(struct matching_choosing) {i->mentee, i->mentor, i->words}, &i->chosen));
        return matching_choose_keep(tx, i->who, i->chosen, &i->run);
}

static struct err read_in(db_fn *fn, struct in *i) { return db_read(house.app.db, house.a, fn, i); }

static struct in run(const char *objective)
{
        struct in i = {.who = &house.staff, .objective = text_of(objective), .words = TEXT("They asked for it")};

        assert_ok(house_write(do_run, &i));
        i.run = i.summary.run;
        assert_ok(read_in(do_unsent, &i));
        return i;
}

/* ---- the tests ---- */

static void a_run_replays_to_the_same_pairs(void **state)
{
        (void)state;
        for (int k = 0; k < 3; k++) {
                struct in i = run((const char *const[]) {"total", "fair", "leximin"}[k]);
                assert_int_equal(i.summary.matched, 3);
                assert_ok(read_in(do_replay, &i));
                assert_true(i.replayed.same);
                assert_int_equal(i.replayed.pairs, 3);
        }
        struct in i = {.who = &house.staff};
        assert_ok(read_in(do_runs, &i));
        assert_int_equal(i.runs.n, 3);
        assert_int_equal(i.runs.row[0].left_out, 1);
        assert_int_equal(i.runs.row[0].objective, MATCHING_LEXIMIN);
        assert_true(i.runs.row[0].replayable && i.runs.row[0].hash.n == 64);
}

static void a_dropped_run_is_still_compared(void **state)
{
        struct in first = run("total");

        (void)state;
        struct in i = {.who = &house.staff, .mentee = cast.mentee[0], .words = TEXT("Of one village")};
        i.mentor = first.unsent.row[0].mentor;
        i.mentee = first.unsent.row[0].mentee;
        assert_ok(house_write(do_forbid, &i));
        struct in second = run("total");
        second.other = second.run;
        second.run = first.run;
        assert_ok(read_in(do_compare, &second));
        assert_true(second.compared.changes.n >= 1);
        assert_int_equal(second.compared.changes.row[0].before, i.mentor);
        /* what was kept of the first is not touched by the second */
        assert_ok(read_in(do_replay, &first));
        assert_true(first.replayed.same);
}

static void the_preview_is_what_happens(void **state)
{
        struct in i = run("total");

        (void)state;
        i.mentee = cast.mentee[0];
        assert_ok(read_in(do_one, &i));
        assert_true(i.one.in_round && i.one.allowed >= 2 && i.one.rank >= 1);
        for (size_t k = 0; k < i.one.n; k++) {
                const struct matching_possible *c = &i.one.best[k];
                i.mentor = c->mentor;
                assert_ok(read_in(do_pair, &i));
                assert_true(c->priced || c->room < 1);
                if (c->priced && !c->has) {             /* the quick price is that of the whole solve */
                        assert_int_equal(c->cost_pairs, i.pair.cost_pairs);
                        assert_int_equal(c->cost, i.pair.cost);
                }
        }
        for (size_t k = 0; k < i.one.n && (k == 0 || i.one.best[k - 1].has); k++)
                i.mentor = i.one.best[k].mentor;
        assert_ok(read_in(do_pair, &i));
        assert_true(i.pair.verdict == MATCHING_SAY_COSTS || i.pair.verdict == MATCHING_SAY_EQUAL);
        assert_true(i.pair.moves >= 1);
        assert_int_equal(i.pair.move[0].mentee, i.mentee);
        assert_int_equal(i.pair.move[0].to, i.mentor);
        assert_ok(house_write(do_choose, &i));
        assert_ok(read_in(do_unsent, &i));
        assert_int_equal(i.unsent.n, i.pair.forced.pairs);
        for (size_t m = 0; m < i.pair.moves; m++) {
                int64_t has = 0;
                for (size_t k = 0; k < i.unsent.n; k++)
                        if (i.unsent.row[k].mentee == i.pair.move[m].mentee)
                                has = i.unsent.row[k].mentor;
                assert_int_equal(has, i.pair.move[m].to);
        }
        /* locked now: a new run leaves it, and it cannot be chosen away */
        struct in again = run("fair");
        bool kept = false;
        for (size_t k = 0; k < again.unsent.n; k++)
                kept = kept || (again.unsent.row[k].mentee == i.mentee && again.unsent.row[k].mentor == i.mentor && text_is(again.unsent.row[k].state, "locked"));
        assert_true(kept);
        assert_ok(read_in(do_replay, &i));
        assert_true(i.replayed.same);
        assert_err(house_write(do_choose, &i), ERR_CONFLICT);
}

static void swapping_moves_two_and_locks_both(void **state)
{
        struct in i = run("total");

        (void)state;
        size_t a = 0, b = 0;
        for (size_t k = 0; k < i.unsent.n; k++) {
                a = i.unsent.row[k].mentee == cast.mentee[0] ? k : a;
                b = i.unsent.row[k].mentee == cast.mentee[1] ? k : b;
        }
        int64_t first = i.unsent.row[a].mentor, second = i.unsent.row[b].mentor;
        i.run = i.unsent.row[a].id;
        i.other = i.unsent.row[b].id;
        i.words = TEXT(" ");
        assert_err(house_write(do_swap, &i), ERR_INVALID);
        i.words = TEXT("They met already");
        assert_ok(house_write(do_swap, &i));
        assert_ok(read_in(do_unsent, &i));
        for (size_t k = 0; k < i.unsent.n; k++) {
                if (i.unsent.row[k].mentee == cast.mentee[0])
                        assert_int_equal(i.unsent.row[k].mentor, second);
                if (i.unsent.row[k].mentee == cast.mentee[1])
                        assert_int_equal(i.unsent.row[k].mentor, first);
        }
        /* a mentor without a place is not given by hand */
        i.mentor = first;
        assert_err(house_write(do_edit, &i), ERR_CONFLICT);
}

static void ruled_out_and_allowed_again(void **state)
{
        struct in i = run("total");

        (void)state;
        i.mentee = i.unsent.row[0].mentee;
        i.mentor = i.unsent.row[0].mentor;
        assert_err(house_write(do_allow, &i), ERR_ABSENT);
        i.run = i.unsent.row[0].id;
        assert_ok(house_write(do_lock, &i));
        assert_ok(house_write(do_forbid, &i));          /* no lock holds against it */
        assert_ok(read_in(do_ruled, &i));
        assert_int_equal(i.ruled.n, 1);
        assert_string_equal(i.ruled.row[0].reason.p, "They asked for it");
        struct in again = run("total");
        for (size_t k = 0; k < again.unsent.n; k++)
                assert_false(again.unsent.row[k].mentee == i.mentee && again.unsent.row[k].mentor == i.mentor);
        assert_ok(read_in(do_pair, &i));
        assert_int_equal(i.pair.verdict, MATCHING_SAY_RULED_OUT);
        assert_err(house_write(do_choose, &i), ERR_CONFLICT);
        assert_ok(house_write(do_allow, &i));
        assert_ok(read_in(do_pair, &i));
        assert_int_not_equal(i.pair.verdict, MATCHING_SAY_RULED_OUT);
}

static void only_what_is_marked_goes_out(void **state)
{
        struct in i = run("total");

        (void)state;
        size_t before = i.unsent.n;
        i.run = i.unsent.row[0].id;
        assert_ok(house_write(do_send, &i));
        assert_int_equal(i.n, 1);
        assert_ok(read_in(do_unsent, &i));
        assert_int_equal(i.unsent.n, before - 1);
        assert_err(house_write(do_send, &i), ERR_CONFLICT);
}

static void what_if_writes_nothing_and_reasons_are_given(void **state)
{
        struct in i = run("total");

        (void)state;
        i.weights = matching_weights_default;
        assert_ok(read_in(do_what, &i));
        assert_int_equal(i.what.moves, 0);
        assert_int_equal(i.what.now.pairs, i.what.then.pairs);
        i.weights.floor_goals = MATCHING_ONE;
        assert_ok(read_in(do_what, &i));
        assert_int_equal(i.what.then.pairs, 3);
        i.weights.floor_total = MATCHING_ONE;
        assert_ok(read_in(do_what, &i));
        assert_int_equal(i.what.then.pairs, 0);
        assert_int_equal(i.what.moves, 3);
        assert_ok(read_in(do_prices, &i));
        assert_int_equal(i.prices.line[0].sums.pairs, i.prices.line[1].sums.pairs);
        assert_true(i.prices.line[0].sums.total >= i.prices.line[1].sums.total);
        assert_true(i.prices.line[0].sums.lowest <= i.prices.line[1].sums.lowest);
        assert_ok(read_in(do_left, &i));
        assert_int_equal(i.left.n, 1);
        assert_int_equal(i.left.row[0].person, cast.mentee[3]);
        assert_string_equal(i.left.row[0].code, "low_goals");
        assert_int_equal(i.left.gaps.n, 1);
        assert_int_equal(i.left.gaps.row[0].mentors, 0);
        assert_string_equal(i.left.recruit.row[0].word.p, "writing verse");
        assert_int_equal(i.left.recruit.row[0].offered, 0);
        assert_ok(read_in(do_segments, &i));
        assert_int_equal(i.segments.mentees, 4);
        assert_true(i.segments.by[MATCHING_BY_DEPARTMENT].nothing);     /* four people: fewer than k */
        assert_int_equal(i.segments.by[MATCHING_BY_DEPARTMENT].n, 0);
}

static void strangers_get_nothing(void **state)
{
        struct in i = run("total");

        (void)state;
        i.who = &cast.stranger_who;
        i.other = i.unsent.row[1].id;
        i.mentee = cast.mentee[0];
        i.mentor = cast.mentor[1];
        i.weights = matching_weights_default;
        db_fn *const readers[] = {do_replay, do_compare, do_runs, do_pair, do_one, do_what, do_prices, do_left, do_segments, do_ruled};
        db_fn *const writers[] = {do_run, do_choose, do_forbid, do_allow};
        i.other = i.run;
        for (size_t k = 0; k < sizeof readers / sizeof readers[0]; k++)
                assert_true(failed(read_in(readers[k], &i)));
        for (size_t k = 0; k < sizeof writers / sizeof writers[0]; k++)
                assert_true(failed(house_write(writers[k], &i)));
        i.run = i.unsent.row[0].id;
        i.other = i.unsent.row[1].id;
        assert_true(failed(house_write(do_swap, &i)));
        assert_true(failed(house_write(do_edit, &i)));
        assert_true(failed(house_write(do_send, &i)));
        i.who = &house.staff;
        assert_ok(read_in(do_unsent, &i));
        assert_int_equal(i.unsent.n, 3);
        assert_ok(read_in(do_runs, &i));
        assert_int_equal(i.runs.n, 1);
}

#define at_the_table(f) cmocka_unit_test_setup_teardown(f, begin, house_end)

int main(void)
{
        const struct CMUnitTest tests[] = {
                at_the_table(a_run_replays_to_the_same_pairs), at_the_table(a_dropped_run_is_still_compared),
                at_the_table(the_preview_is_what_happens), at_the_table(swapping_moves_two_and_locks_both),
                at_the_table(ruled_out_and_allowed_again), at_the_table(only_what_is_marked_goes_out),
                at_the_table(what_if_writes_nothing_and_reasons_are_given), at_the_table(strangers_get_nothing),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
