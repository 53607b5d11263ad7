/* Peer circles in a database: formed, moved, confirmed; and what is refused. */
#include "gatherings/gatherings_parts.h"
#include "people/test/house.h"

#include "mail/mail.sql.h"
#include "programmes/roster.sql.h"

enum { PEOPLE = 11 };

static int64_t person[PEOPLE], outsider;
static struct who elsewhere, member;

static struct err add(struct tx *tx, const char *name, bool mentor, int64_t *out)
{
        const struct people_facts facts = {.languages = TEXT("English"), .wants = TEXT("finance"), .interests = TEXT("chess"),
                                           .availability = TEXT("mon-fri 17:00-20:00")};
        bool changed;
        int64_t part;

        TRY(people_add(tx, &people_system, &(struct people_new) {.email = text_format(tx_arena(tx), "%s@example.org", name),
                .first_name = text_of(name), .last_name = TEXT("Example"), .zone = TEXT("Europe/Lisbon"), .zone_known = true}, out, &changed));
        TRY(people_take_facts(tx, *out, &facts, false, true, &changed));
        return programmes_join(tx, &people_system, HOUSE_COHORT, *out, mentor, "accepted", 1, &part);
}

static struct err furnish(struct tx *tx, [[maybe_unused]] void *in)
{
        for (int i = 0; i < PEOPLE; i++)
                TRY(add(tx, text_format(tx_arena(tx), "Mentee%d", i).p, false, &person[i]));
        TRY(add(tx, "Mentor", true, &outsider));
        return people_who(tx, person[0], &member);
}

static int begin(void **state)
{
        elsewhere = (struct who) {.person = 999, .roles = ROLE_COORDINATOR};
        return house_begin(state) || (assert_ok(house_write(furnish, NULL)), 0);
}

struct call {
        const struct who *who;
        bool mentors, away;
        int64_t circle, person, left;
        struct text words;
        struct gatherings_circle_list all, mine;
};

static struct err do_form(struct tx *tx, void *in)
{
        struct gatherings_formed *found;
        struct call *k = in;

        TRY(gatherings_find_circles(tx, k->who, HOUSE_COHORT, k->mentors, false, &found));
        return gatherings_keep_circles(tx, k->who, found, &k->left);
}
static struct err do_confirm(struct tx *tx, void *in) { struct call *k = in; return gatherings_confirm_circles(tx, k->who, HOUSE_COHORT, k->mentors); }
static struct err do_move(struct tx *tx, void *in) { struct call *k = in; return gatherings_move_to_circle(tx, k->who, k->circle, k->person, k->away, k->words); }
static struct err do_place(struct tx *tx, void *in) { struct call *k = in; return gatherings_set_circle_place(tx, k->who, k->circle, k->words); }

static struct err do_look(struct tx *tx, void *in)
{
        struct call *k = in;

        TRY(gatherings_my_circles(tx, &member, &k->mine));
        return gatherings_circles(tx, k->who, HOUSE_COHORT, &k->all);
}

static struct err do_box(struct tx *tx, void *in) { return mail_box(tx, INT64_MAX, 100, in); }

static size_t letters(void)
{
        struct mail_box_list box;
        size_t n = 0;

        assert_ok(db_read(house.app.db, house.a, do_box, &box));
        for (size_t i = 0; i < box.n; i++)
                n += text_is(box.row[i].rule, "circle");
        return n;
}

static struct call look(void)
{
        struct call k = {.who = &house.staff};

        assert_ok(db_read(house.app.db, house.a, do_look, &k));
        return k;
}

static void formed_then_seen_only_once_confirmed(void **state)
{
        struct call k = {.who = &house.staff};

        (void)state;
        assert_err(house_write(do_form, &(struct call) {.who = &elsewhere}), ERR_ABSENT);
        assert_err(house_write(do_form, &(struct call) {.who = &member}), ERR_ABSENT);
        assert_err(house_write(do_form, &(struct call) {.who = &house.staff, .mentors = true}), ERR_CONFLICT);
        assert_err(house_write(do_confirm, &k), ERR_CONFLICT);
        assert_ok(house_write(do_form, &k));
        assert_int_equal(k.left, 0);
        struct call l = look();
        assert_int_equal(l.all.n, 2);
        assert_int_equal(l.all.row[0].n + l.all.row[1].n, PEOPLE);
        assert_int_equal(l.mine.n, 0);
        assert_ok(house_write(do_form, &k));            /* drafts are formed anew, not twice */
        assert_int_equal(look().all.n, 2);
        assert_err(house_write(do_confirm, &(struct call) {.who = &elsewhere}), ERR_ABSENT);
        assert_int_equal(letters(), 0);
        assert_ok(house_write(do_confirm, &k));
        assert_int_equal(letters(), PEOPLE);            /* one to each, with whom */
        l = look();
        assert_int_equal(l.mine.n, 1);
        assert_in_range(l.mine.row[0].n, 4, 6);
        assert_err(house_write(do_form, &k), ERR_CONFLICT);     /* everybody is in one that stands */
        k.who = &elsewhere;
        assert_err(db_read(house.app.db, house.a, do_look, &k), ERR_ABSENT);
}

static void moved_by_hand_with_a_reason(void **state)
{
        struct call k = {.who = &house.staff};

        (void)state;
        assert_ok(house_write(do_form, &k));
        struct call l = look();
        const struct gatherings_circle *small = l.all.row[0].n == 5 ? &l.all.row[0] : &l.all.row[1];
        const struct gatherings_circle *large = l.all.row[0].n == 5 ? &l.all.row[1] : &l.all.row[0];
        k.circle = small->id;
        k.person = large->member[0].person;
        assert_err(house_write(do_move, &k), ERR_INVALID);
        k.words = TEXT("They know each other");
        k.who = &elsewhere;
        assert_err(house_write(do_move, &k), ERR_ABSENT);
        k.who = &house.staff;
        k.person = outsider;
        assert_err(house_write(do_move, &k), ERR_ABSENT);
        k.person = small->member[0].person;
        assert_err(house_write(do_move, &k), ERR_CONFLICT);
        k.person = large->member[0].person;
        assert_ok(house_write(do_move, &k));
        k.person = large->member[1].person;
        assert_err(house_write(do_move, &k), ERR_CONFLICT);     /* six are enough */
        k.away = true;
        assert_err(house_write(do_move, &k), ERR_ABSENT);
        k.circle = large->id;
        assert_ok(house_write(do_move, &k));
        l = look();
        assert_int_equal(l.all.row[0].n + l.all.row[1].n, PEOPLE - 1);
        k.circle = 77;
        assert_err(house_write(do_move, &k), ERR_ABSENT);
}

static struct err say_not_with(struct tx *tx, [[maybe_unused]] void *in)
{
        return programmes_roster_not_with_add(tx, HOUSE_COHORT, person[0], TEXT("mentee1@example.org"));
}

static void a_private_wish_holds_by_hand_too(void **state)
{
        struct call k = {.who = &house.staff, .words = TEXT("Why not")};

        (void)state;
        assert_ok(house_write(say_not_with, NULL));
        assert_ok(house_write(do_form, &k));
        struct call l = look();
        for (size_t i = 0; i < l.all.n; i++) {
                bool one = false, other = false;
                for (size_t m = 0; m < l.all.row[i].n; m++) {
                        one |= l.all.row[i].member[m].person == person[0];
                        other |= l.all.row[i].member[m].person == person[1];
                }
                assert_false(one && other);
                if (one && l.all.row[i].n < 6) {
                        k.circle = l.all.row[i].id;
                        k.person = person[1];
                        assert_err(house_write(do_move, &k), ERR_CONFLICT);
                }
        }
}

static void a_place_is_set_and_taken_away(void **state)
{
        struct call k = {.who = &house.staff};

        (void)state;
        assert_ok(house_write(do_form, &k));
        k.circle = look().all.row[0].id;
        k.words = TEXT("https://meet.example/circle");
        assert_ok(house_write(do_place, &k));
        assert_true(text_is(look().all.row[0].place, "https://meet.example/circle"));
        k.words = TEXT("");
        assert_ok(house_write(do_place, &k));
        assert_true(look().all.row[0].place.p == NULL);
        k.who = &elsewhere;
        assert_err(house_write(do_place, &k), ERR_ABSENT);
}

static struct err do_leave(struct tx *tx, void *in)
{
        const int64_t *who = in;
        struct programmes_participant_list parts;

        TRY(programmes_parts_of(tx, *who, &parts));
        TRY(programmes_set_state(tx, parts.row[0].id, "left"));
        return gatherings_let_go(tx, HOUSE_COHORT);
}

static size_t in_circles(void)
{
        struct call l = look();
        size_t n = 0;

        for (size_t i = 0; i < l.all.n; i++)
                n += l.all.row[i].n;
        return n;
}

static void who_leaves_the_cohort_leaves_the_circle(void **state)
{
        struct call k = {.who = &house.staff};

        (void)state;
        assert_ok(house_write(do_form, &k));
        assert_ok(house_write(do_confirm, &k));
        for (int i = 0; i < PEOPLE; i++) {
                assert_int_equal(in_circles(), PEOPLE - i);
                assert_ok(house_write(do_leave, &person[i]));
        }
        assert_int_equal(look().all.n, 0);              /* nor does an empty one stay behind */
}

#define in_house(f) cmocka_unit_test_setup_teardown(f, begin, house_end)

int main(void)
{
        const struct CMUnitTest tests[] = {
                in_house(formed_then_seen_only_once_confirmed),
                in_house(moved_by_hand_with_a_reason),
                in_house(a_private_wish_holds_by_hand_too),
                in_house(a_place_is_set_and_taken_away),
                in_house(who_leaves_the_cohort_leaves_the_circle),
        };

        return cmocka_run_group_tests_name("gatherings_circles", tests, NULL, NULL);
}
