/* Wishes, reserves and groups, on a real database. */
#include "matching/test/wishes.h"

/* ---- the window ---- */

static void lists_are_short_and_shared_out(void **state)
{
        int on[MOST] = {0};

        (void)state;
        people(8, 8);
        open_window();
        for (int i = 0; i < 8; i++) {
                struct matching_listed_list l = list_of(&c.mentee[i], false);
                assert_in_range(l.n, MATCHING_LIST_LEAST, MATCHING_LIST_MOST);
                for (size_t k = 0; k < l.n; k++) {
                        assert_true(l.row[k].reasons.n > 0);
                        for (int j = 0; j < 8; j++)
                                on[j] += c.mentor[j].person == l.row[k].person;
                }
        }
        for (int j = 0; j < 8; j++)
                assert_in_range(on[j], 0, 6);
        struct call k = look();
        assert_true(k.window.open);
        assert_int_equal(k.window.mentees, 8);
        assert_int_equal(k.window.mentees_answered, 0);
}

static void the_window_refuses(void **state)
{
        (void)state;
        assert_err(house_write(do_open, &(struct call) {.who = &house.staff, .n = 7}), ERR_CONFLICT);   /* nobody is here */
        people(4, 4);
        assert_err(house_write(do_open, &(struct call) {.who = &c.elsewhere, .n = 7}), ERR_ABSENT);
        assert_err(house_write(do_open, &(struct call) {.who = &c.mentee[0], .n = 7}), ERR_ABSENT);
        assert_err(house_write(do_open, &(struct call) {.who = &house.staff, .n = 0}), ERR_INVALID);
        assert_err(house_write(do_open, &(struct call) {.who = &house.staff, .n = 22}), ERR_INVALID);
        assert_err(house_write(do_close, &(struct call) {.who = &house.staff}), ERR_CONFLICT);
        open_window();
        assert_err(house_write(do_open, &(struct call) {.who = &house.staff, .n = 7}), ERR_CONFLICT);
        assert_err(house_write(do_close, &(struct call) {.who = &c.elsewhere}), ERR_ABSENT);
        assert_ok(house_write(do_close, &(struct call) {.who = &house.staff}));
        assert_false(look().window.open);
        open_window();
        assert_true(look().window.open);
}

static struct err rank(const struct who *who, const struct matching_listed_list *l, int64_t first, int64_t second, int not_with)
{
        struct call k = {.who = who, .n = (int64_t)l->n};

        for (size_t i = 0; i < l->n; i++)
                k.choice[i] = (struct matching_choice) {.mentor = l->row[i].person, .rank = i == 0 ? first : i == 1 ? second : 0,
                                                        .not_with = (int)i == not_with};
        return house_write(do_rank, &k);
}

static void an_order_is_given_once_and_can_be_changed(void **state)
{
        struct call k = {.who = &c.mentee[0]};

        (void)state;
        people(6, 6);
        open_window();
        struct matching_listed_list l = list_of(&c.mentee[0], false);
        assert_err(rank(&c.mentee[0], &l, 1, 1, -1), ERR_INVALID);
        assert_err(rank(&c.mentee[0], &l, 6, 1, -1), ERR_INVALID);
        assert_err(rank(&c.mentee[0], &l, 1, 2, 0), ERR_INVALID);
        assert_err(rank(&c.mentor[0], &l, 1, 2, -1), ERR_ABSENT);
        assert_ok(db_read(house.app.db, house.a, do_asked, &k));
        assert_true(k.asked.open && !k.asked.answered);
        assert_ok(rank(&c.mentee[0], &l, 2, 1, 2));
        assert_int_equal(look().ranks.n, 2);
        assert_ok(rank(&c.mentee[0], &l, 1, 0, 2));
        assert_int_equal(look().ranks.n, 1);
        l = list_of(&c.mentee[0], false);
        assert_int_equal(l.row[0].rank, 1);
        assert_true(l.row[2].not_with);
        assert_ok(db_read(house.app.db, house.a, do_asked, &k));
        assert_true(k.asked.answered);
        k.n = 1;
        k.choice[0].mentor = 12345;
        assert_err(house_write(do_rank, &k), ERR_ABSENT);
        assert_int_equal(look().ranks.n, 1);
}

static void late_answers_are_refused_and_early_ones_kept(void **state)
{
        (void)state;
        people(6, 6);
        open_window();
        struct matching_listed_list l = list_of(&c.mentee[0], false);
        assert_ok(rank(&c.mentee[0], &l, 1, 2, -1));
        at(7, 60);
        run_jobs();
        assert_err(rank(&c.mentee[0], &l, 2, 1, -1), ERR_CONFLICT);
        assert_err(house_write(do_mark, &(struct call) {.who = &c.mentor[0]}), ERR_CONFLICT);
        struct call k = look();
        assert_false(k.window.open);
        assert_int_equal(k.ranks.n, 2);
        assert_int_equal(k.window.mentees_answered, 1);
}

static void a_wish_and_a_mark_move_the_match(void **state)
{
        struct call k = {.who = &c.mentor[3], .n = 1};

        (void)state;
        people(4, 4);
        open_window();
        struct matching_listed_list l = list_of(&c.mentee[0], false), theirs = list_of(&c.mentor[3], true);
        size_t wanted = l.n - 1;
        assert_true(theirs.n > 0 && theirs.n <= MATCHING_LIST_MOST);
        k.ids[0] = theirs.row[0].person;
        assert_ok(house_write(do_mark, &k));
        assert_true(list_of(&c.mentor[3], true).row[0].marked);
        k.ids[0] = 4711;
        assert_err(house_write(do_mark, &k), ERR_ABSENT);
        k.who = &c.mentee[1];
        assert_err(house_write(do_mark, &k), ERR_ABSENT);
        struct call r = {.who = &c.mentee[0], .n = 1, .choice = {{.mentor = l.row[wanted].person, .rank = 1}}};
        assert_ok(house_write(do_rank, &r));
        assert_ok(run_as(&house.staff, false));
        struct call after = look();
        assert_int_equal(proposal_of(&after, &c.mentee[0], "draft")->mentor, l.row[wanted].person);
}

static void rather_not_holds_for_the_run_and_by_hand(void **state)
{
        (void)state;
        people(3, 1);
        open_window();
        struct matching_listed_list l = list_of(&c.mentee[0], false);
        assert_int_equal(l.n, 2);        /* the one who offers nothing that is wanted stands on no list */
        struct call r = {.who = &c.mentee[0], .n = 2,
                         .choice = {{.mentor = l.row[0].person, .not_with = true}, {.mentor = l.row[1].person}}};
        assert_ok(house_write(do_rank, &r));
        assert_ok(run_as(&house.staff, false));
        struct call k = look();
        assert_int_equal(proposal_of(&k, &c.mentee[0], "draft")->mentor, l.row[1].person);
}

/* ---- reserves and groups ---- */

static void set_kind(int mentor, struct matching_kind kind)
{
        assert_ok(house_write(do_kind, &(struct call) {.who = &house.staff, .id = c.mentor[mentor].person, .kind = kind}));
}

static void a_reserve_is_used_only_when_somebody_would_stay_without(void **state)
{
        (void)state;
        people(4, 2);
        set_kind(3, (struct matching_kind) {.reserve = true, .capacity = 1});   /* fits everybody, and best */
        assert_ok(run_as(&house.staff, false));
        struct call k = look();
        assert_int_equal(k.rows.n, 2);
        for (size_t i = 0; i < k.rows.n; i++)
                assert_int_not_equal(k.rows.row[i].mentor, c.mentor[3].person);
        open_window();
        for (int i = 0; i < 2; i++) {
                struct matching_listed_list l = list_of(&c.mentee[i], false);
                for (size_t j = 0; j < l.n; j++)
                        assert_int_not_equal(l.row[j].person, c.mentor[3].person);
        }
}

static void with_too_few_the_reserve_steps_in_and_nobody_else_moves(void **state)
{
        int64_t before[3] = {0};

        (void)state;
        people(4, 4);
        set_kind(3, (struct matching_kind) {.reserve = true, .capacity = 1});
        assert_ok(run_as(&house.staff, false));
        struct call k = look();
        assert_int_equal(k.rows.n, 4);
        for (size_t i = 0, n = 0; i < 4; i++)
                if (k.rows.row[i].mentor != c.mentor[3].person)
                        before[n++] = k.rows.row[i].mentor;
        for (int i = 0; i < 3; i++)
                assert_true(before[i] != 0);
        assert_ok(run_as(&house.staff, true));
        assert_int_equal(look().rows.n, 4);
}

static void kinds_refuse(void **state)
{
        struct call k = {.who = &house.staff, .kind = {.capacity = 1}};

        (void)state;
        people(1, 1);
        k.id = c.mentee[0].person;
        assert_err(house_write(do_kind, &k), ERR_ABSENT);
        k.id = c.mentor[0].person;
        k.who = &c.elsewhere;
        assert_err(house_write(do_kind, &k), ERR_ABSENT);
        k.who = &house.staff;
        k.kind = (struct matching_kind) {.capacity = 4};
        assert_err(house_write(do_kind, &k), ERR_INVALID);
        k.kind = (struct matching_kind) {.capacity = 6, .group_least = 3};
        assert_err(house_write(do_kind, &k), ERR_INVALID);
        k.kind = (struct matching_kind) {.capacity = 4, .group_least = 5};
        assert_err(house_write(do_kind, &k), ERR_INVALID);
        k.kind = (struct matching_kind) {.capacity = 6, .group_least = 4};
        assert_ok(house_write(do_kind, &k));
}

static void a_group_comes_together_or_not_at_all(void **state)
{
        (void)state;
        if (!solver_knows(true))
                skip();
        people(1, 5);
        set_kind(0, (struct matching_kind) {.capacity = 6, .group_least = 4});
        assert_err(run_as(&house.staff, true), ERR_INVALID);
        assert_ok(run_as(&house.staff, false));
        struct call k = look();
        size_t n = k.rows.n;
        assert_true(n == 0 || n >= 4);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                in_cohort(lists_are_short_and_shared_out),
                in_cohort(the_window_refuses),
                in_cohort(an_order_is_given_once_and_can_be_changed),
                in_cohort(late_answers_are_refused_and_early_ones_kept),
                in_cohort(a_wish_and_a_mark_move_the_match),
                in_cohort(rather_not_holds_for_the_run_and_by_hand),
                in_cohort(a_reserve_is_used_only_when_somebody_would_stay_without),
                in_cohort(with_too_few_the_reserve_steps_in_and_nobody_else_moves),
                in_cohort(kinds_refuse),
                in_cohort(a_group_comes_together_or_not_at_all),
        };

        return cmocka_run_group_tests_name("matching_people", tests, NULL, NULL);
}
