/* Waves and what comes after a decline, on a real database. */
#include "matching/matching_hand.h"
#include "matching/matching_work.h"
#include "matching/test/wishes.h"
#include "recruiting/recruiting_leave.h"

/* ---- waves, declines, the next best ---- */

static void waves_are_sent_apart_and_counted(void **state)
{
        (void)state;
        people(4, 4);
        assert_ok(run_as(&house.staff, false));
        struct call k = look();
        assert_int_equal(k.rows.n, 4);
        struct call first = {.who = &house.staff, .n = 2, .ids = {k.rows.row[0].id, k.rows.row[1].id}};
        struct call other = {.who = &c.elsewhere, .n = 1, .ids = {k.rows.row[0].id}};
        assert_err(house_write(do_publish, &other), ERR_ABSENT);
        assert_ok(house_write(do_publish, &first));
        assert_int_equal(first.id, 2);
        assert_err(house_write(do_publish, &first), ERR_CONFLICT);
        at(1, 0);
        assert_ok(publish_all());
        assert_err(publish_all(), ERR_CONFLICT);
        struct call after = look();
        assert_int_equal(after.waves.n, 2);
        assert_int_equal(after.waves.row[0].sent, 2);
        assert_int_equal(after.waves.row[1].open, 2);
        assert_int_equal(after.waves.row[1].sent_at, c.now);
}

static void after_a_decline_the_next_best_comes_up_as_a_draft(void **state)
{
        (void)state;
        people(6, 3);
        assert_ok(run_as(&house.staff, false));
        assert_ok(publish_all());
        struct call k = look();
        const struct matching_rows *p = proposal_of(&k, &c.mentee[0], "published");
        int64_t first = p->mentor;
        assert_ok(answer(&c.mentee[0], p->id, false));
        assert_int_equal(in_state(&(struct call) {.rows = look().rows}, "draft"), 0);
        at(0, 1200);
        run_jobs();
        struct call after = look();
        p = proposal_of(&after, &c.mentee[0], "draft");
        assert_non_null(p);
        assert_int_not_equal(p->mentor, first);
        assert_int_equal(in_state(&after, "published"), 2);
        assert_int_equal(in_state(&after, "draft"), 1);
}

/* The mentor has said no; the mentee sees nothing of it until the five days are over. */
static void nobody_learns_who_declined(void **state)
{
        (void)state;
        people(2, 2);
        assert_ok(run_as(&house.staff, false));
        assert_ok(publish_all());
        struct call k = look();
        const struct matching_rows *p = proposal_of(&k, &c.mentee[0], "published");
        int64_t id = p->id;
        assert_ok(answer(mentor_who(p->mentor), id, false));
        assert_err(answer(mentor_who(p->mentor), id, true), ERR_CONFLICT);
        assert_ok(answer(&c.mentee[0], id, true));
        k = look();
        assert_non_null(proposal_of(&k, &c.mentee[0], "declined"));
        p = proposal_of(&k, &c.mentee[1], "published");
        assert_ok(answer(mentor_who(p->mentor), p->id, false));
        at(5, 60);
        run_jobs();
        assert_err(answer(&c.mentee[1], p->id, true), ERR_CONFLICT);
        assert_err(answer(&c.elsewhere, p->id, true), ERR_ABSENT);
}

static void the_second_no_queues_one_call(void **state)
{
        (void)state;
        people(4, 2);
        for (int round = 0; round < 2; round++) {
                at(round, 0);
                if (round == 0)
                        assert_ok(run_as(&house.staff, false));
                assert_ok(publish_all());
                struct call k = look();
                assert_ok(answer(&c.mentee[0], proposal_of(&k, &c.mentee[0], "published")->id, false));
                assert_int_equal(look().calls.n, round);
                at(round, 1200);
                run_jobs();
        }
        struct call k = look();
        assert_int_equal(k.calls.n, 1);
        assert_int_equal(k.calls.row[0].person, c.mentee[0].person);
        assert_true(text_is(k.calls.row[0].kind, "C0"));
        assert_null(proposal_of(&k, &c.mentee[0], "draft"));      /* not a third time before somebody has rung */
        assert_ok(run_as(&house.staff, false));
        k = look();
        assert_null(proposal_of(&k, &c.mentee[0], "draft"));      /* nor when she runs it herself */
}

static void what_expires_is_solved_again_once(void **state)
{
        (void)state;
        people(6, 3);
        assert_ok(run_as(&house.staff, false));
        assert_ok(publish_all());
        at(5, 60);
        run_jobs();
        at(5, 1300);
        run_jobs();
        struct call k = look();
        assert_int_equal(in_state(&k, "expired"), 3);
        assert_int_equal(in_state(&k, "draft"), 3);
        for (int i = 0; i < 3; i++)
                assert_int_not_equal(proposal_of(&k, &c.mentee[i], "draft")->mentor, proposal_of(&k, &c.mentee[i], "expired")->mentor);
}

static struct err again(struct tx *tx, void *in) { return matching_again(tx, &house.staff, *(int64_t *)in); }
static struct err not_hers(struct tx *tx, void *in) { return matching_again(tx, &c.mentee[0], *(int64_t *)in); }

static void what_has_lapsed_is_proposed_once_more(void **state)
{
        (void)state;
        people(1, 1);
        assert_ok(run_as(&house.staff, false));
        assert_ok(publish_all());
        struct call k = look();
        int64_t id = proposal_of(&k, &c.mentee[0], "published")->id;
        assert_err(house_write(again, &id), ERR_CONFLICT);              /* it is still open */
        at(5, 60);
        run_jobs();
        at(5, 1300);
        run_jobs();
        k = look();
        assert_null(proposal_of(&k, &c.mentee[0], "draft"));            /* no run proposes it again by itself */
        assert_err(house_write(not_hers, &id), ERR_ABSENT);
        assert_ok(house_write(again, &id));
        assert_err(house_write(again, &id), ERR_CONFLICT);              /* one is enough */
        k = look();
        assert_non_null(proposal_of(&k, &c.mentee[0], "expired"));
        id = proposal_of(&k, &c.mentee[0], "locked")->id;
        assert_ok(publish_all());
        assert_ok(answer(&c.mentee[0], id, true));
        k = look();
        assert_int_equal(proposal_of(&k, &c.mentee[0], "published")->id, id);
}

static struct err late(struct tx *tx, [[maybe_unused]] void *in) { return add_person(tx, "Late", false, "finance", 1, &c.mentee[9]); }

static void late_joiners_get_a_draft_and_everything_sent_stays(void **state)
{
        struct call r = {.who = &house.staff};

        (void)state;
        people(4, 2);
        assert_ok(run_as(&house.staff, false));
        assert_ok(publish_all());
        struct call before = look();
        assert_ok(house_write(do_refill, &r));
        assert_int_equal(r.summary.matched, 0);
        assert_err(house_write(do_refill, &(struct call) {.who = &c.elsewhere}), ERR_ABSENT);
        assert_ok(house_write(late, NULL));
        assert_ok(house_write(do_refill, &r));
        assert_int_equal(r.summary.matched, 1);
        struct call after = look();
        assert_int_equal(after.rows.n, 3);
        for (size_t i = 0; i < before.rows.n; i++)
                assert_non_null(proposal_of(&after, &c.mentee[i], "published"));
        assert_int_equal(in_state(&after, "draft"), 1);
}

static void drafts_that_stand_are_kept(void **state)
{
        struct call r = {.who = &house.staff};

        (void)state;
        if (!solver_knows(false))
                skip();
        people(4, 3);
        assert_ok(run_as(&house.staff, false));
        struct call before = look();
        assert_ok(house_write(late, NULL));
        assert_ok(house_write(do_refill, &r));
        struct call after = look();
        assert_int_equal(after.rows.n, 4);
        /* one may have to make way for the newcomer: that everybody has somebody comes first */
        int kept = 0;
        for (int i = 0; i < 3; i++)
                kept += proposal_of(&after, &c.mentee[i], "draft")->id == proposal_of(&before, &c.mentee[i], "draft")->id;
        assert_true(kept >= 2);
        assert_int_equal(in_state(&after, "draft"), 4);
}

/* ---- somebody leaves ---- */

static struct err do_leave(struct tx *tx, void *in) { return recruiting_leave(tx, ((struct call *)in)->who, HOUSE_COHORT); }

static struct err read_state(struct tx *tx, void *in)
{
        struct programmes_participant_list parts;
        struct call *k = in;

        TRY(programmes_parts_of(tx, k->who->person, &parts));
        k->summary.json = parts.row[0].state;
        return OK;
}

static bool is_in(const struct who *who, const char *state)
{
        struct call k = {.who = who};

        assert_ok(db_read(house.app.db, house.a, read_state, &k));
        return text_is(k.summary.json, state);
}

static struct err do_put_back(struct tx *tx, void *in) { return matching_put_back_of(tx, HOUSE_COHORT, ((struct call *)in)->who->person); }

static void who_leaves_is_proposed_to_nobody_and_the_other_gets_somebody_else(void **state)
{
        (void)state;
        people(4, 2);
        assert_ok(run_as(&house.staff, false));
        assert_ok(publish_all());
        struct call k = look();
        int64_t first = proposal_of(&k, &c.mentee[0], "published")->mentor;
        const struct who *mentor = mentor_who(first);
        assert_ok(house_write(do_leave, &(struct call) {.who = mentor}));
        assert_true(is_in(mentor, "left"));
        k = look();
        assert_null(proposal_of(&k, &c.mentee[0], "published"));
        assert_non_null(proposal_of(&k, &c.mentee[1], "published"));
        assert_err(house_write(do_leave, &(struct call) {.who = mentor}), ERR_CONFLICT);
        at(0, 1200);
        run_jobs();
        k = look();
        assert_non_null(proposal_of(&k, &c.mentee[0], "draft"));
        assert_int_not_equal(proposal_of(&k, &c.mentee[0], "draft")->mentor, first);
}

/* Put back at once it stands as it stood; once something else has come up, it does not. */
static void what_leaving_took_back_is_put_back(void **state)
{
        (void)state;
        people(4, 2);
        assert_ok(run_as(&house.staff, false));
        assert_ok(publish_all());
        assert_ok(house_write(do_leave, &(struct call) {.who = &c.mentee[0]}));
        struct call k = look();
        assert_null(proposal_of(&k, &c.mentee[0], "published"));
        assert_ok(house_write(do_put_back, &(struct call) {.who = &c.mentee[0]}));
        k = look();
        assert_non_null(proposal_of(&k, &c.mentee[0], "published"));
        const struct who *mentor = mentor_who(proposal_of(&k, &c.mentee[1], "published")->mentor);
        assert_ok(house_write(do_leave, &(struct call) {.who = mentor}));
        at(0, 1200);
        run_jobs();
        assert_ok(house_write(do_put_back, &(struct call) {.who = mentor}));
        k = look();
        assert_null(proposal_of(&k, &c.mentee[1], "published"));
        assert_non_null(proposal_of(&k, &c.mentee[1], "draft"));
}

/* The mentor has somebody else by now: one place is not promised twice. */
static void what_leaving_took_back_stays_off_once_the_place_is_gone(void **state)
{
        (void)state;
        people(1, 2);
        assert_ok(run_as(&house.staff, false));
        assert_ok(publish_all());
        struct call k = look();
        bool first = proposal_of(&k, &c.mentee[0], "published") != NULL;
        const struct who *had = first ? &c.mentee[0] : &c.mentee[1], *next = first ? &c.mentee[1] : &c.mentee[0];
        assert_ok(house_write(do_leave, &(struct call) {.who = had}));
        at(0, 1200);
        run_jobs();
        k = look();
        assert_non_null(proposal_of(&k, next, "draft"));
        assert_ok(house_write(do_put_back, &(struct call) {.who = had}));
        k = look();
        assert_null(proposal_of(&k, had, "published"));
        assert_non_null(proposal_of(&k, next, "draft"));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                in_cohort(waves_are_sent_apart_and_counted),
                in_cohort(after_a_decline_the_next_best_comes_up_as_a_draft),
                in_cohort(nobody_learns_who_declined),
                in_cohort(the_second_no_queues_one_call),
                in_cohort(what_expires_is_solved_again_once),
                in_cohort(what_has_lapsed_is_proposed_once_more),
                in_cohort(late_joiners_get_a_draft_and_everything_sent_stays),
                in_cohort(drafts_that_stand_are_kept),
                in_cohort(who_leaves_is_proposed_to_nobody_and_the_other_gets_somebody_else),
                in_cohort(what_leaving_took_back_is_put_back),
                in_cohort(what_leaving_took_back_stays_off_once_the_place_is_gone),
        };

        return cmocka_run_group_tests_name("matching_next", tests, NULL, NULL);
}
