/* The second gate, what a launch does, and dates that move. */
#include "gatherings/gatherings.h"
#include "journeys/journeys.h"
#include "learning/learning.sql.h"
#include "programmes/test/stage.h"

static const struct pack *pack(void) { return packs_find(house.app.packs, TEXT("nine-months")); }

/* ---- the launch ---- */

struct two {
        struct stage s;
        int64_t mentor, mentee, pair;
};

static struct err person_in(struct tx *tx, int64_t cohort, const char *name, bool mentor,
                            int64_t *id)
{
        int64_t part;
        bool made;

        TRY(people_add(
                tx, &people_system,
                &(struct people_new) {.email = text_format(tx_arena(tx), "%s@example.org", name),
                                      .first_name = text_of(name),
                                      .last_name = TEXT(""),
                                      .zone = TEXT("Europe/Lisbon"),
                                      .zone_known = true},
                id, &made));
        return programmes_join(tx, &people_system, cohort, *id, mentor, "accepted", 1, &part);
}

static struct err two_in(struct tx *tx, void *in)
{
        struct two *t = in;

        TRY(person_in(tx, t->s.cohort, "ana", true, &t->mentor));
        TRY(person_in(tx, t->s.cohort, "mei", false, &t->mentee));
        TRY(journeys_activate(tx, t->s.cohort, t->mentor, t->mentee, 1, &t->pair));
        return gatherings_seat_everybody(tx, &house.staff, t->s.cohort);
}

static struct err train_in(struct tx *tx, void *in)
{
        struct two *t = in;
        int64_t people[] = {t->mentor, t->mentee};

        for (size_t i = 0; i < 2 * pack()->n_modules; i++) {
                struct text module = pack()->modules[i / 2].key;
                TRY(learning_mark_opened(tx, t->s.cohort, people[i % 2], module, tx_now(tx)));
                TRY(learning_save_done(tx, &(struct learning_save_done_in) {.cohort = t->s.cohort,
                                                                            .person = people[i % 2],
                                                                            .module = module,
                                                                            .now = tx_now(tx)}));
        }
        return OK;
}

static struct err confirm_in(struct tx *tx, void *in)
{
        struct two *t = in;

        TRY(programmes_participant_confirm(tx, t->mentor, tx_now(tx)));
        return programmes_participant_confirm(tx, t->mentee, tx_now(tx));
}

static struct err links_in(struct tx *tx, void *in)
{
        struct two *t = in;
        struct gatherings_list all;

        TRY(gatherings_of(tx, t->s.cohort, &all));
        for (size_t i = 0; i < all.n; i++)
                for (size_t k = 0; k < all.row[i].n_sittings; k++)
                        TRY(gatherings_set_link(tx, &house.staff, all.row[i].sittings[k].id,
                                                TEXT("https://meet.example.org")));
        return OK;
}

static struct two opened(void)
{
        struct two t = {.s = stage(false)};

        assert_ok(house_write(write_in, &t.s));
        assert_ok(house_write(sign_in, &t.s));
        assert_ok(house_write(contact_in, &t.s));
        assert_ok(house_write(agree_in, &t.s));
        prove_mail(&t.s);
        assert_ok(pass(t.s.cohort, GATE_OPEN));
        return t;
}

struct state_of {
        int64_t cohort, pair;
        struct programmes_cohort c;
        struct journeys_pair p;
        struct gatherings_list g;
};

static struct err state_in(struct tx *tx, void *in)
{
        struct state_of *s = in;

        TRY(programmes_cohort(tx, s->cohort, &s->c));
        TRY(journeys_pair(tx, s->pair, &s->p));
        return gatherings_of(tx, s->cohort, &s->g);
}

static struct state_of state_of(const struct two *t)
{
        struct state_of s = {.cohort = t->s.cohort, .pair = t->pair};

        assert_ok(db_read(house.app.db, house.a, state_in, &s));
        return s;
}

static void the_second_gate_opens_line_by_line(void **state)
{
        struct two t = opened();
        bool named;

        (void)state;
        assert_int_equal(missing(t.s.cohort, GATE_LAUNCH, "pairs", &named), 5);
        assert_true(named);
        assert_ok(house_write(two_in, &t));
        assert_int_equal(missing(t.s.cohort, GATE_LAUNCH, "trained", &named), 3);
        assert_true(named);
        assert_ok(house_write(train_in, &t));
        assert_int_equal(missing(t.s.cohort, GATE_LAUNCH, "profiles", &named), 2);
        assert_true(named);
        assert_ok(house_write(confirm_in, &t));
        assert_int_equal(missing(t.s.cohort, GATE_LAUNCH, "links", &named), 1);
        assert_true(named);
        assert_err(pass(t.s.cohort, GATE_LAUNCH), ERR_CONFLICT);
        assert_ok(house_write(links_in, &t));
        db_clock_freeze(house.app.db, day_at(LAUNCH));
        assert_ok(pass(t.s.cohort, GATE_LAUNCH));
        struct state_of now = state_of(&t);
        assert_true(now.c.launched_at.has && text_is(now.c.state, "running"));
        assert_int_equal(now.c.launch_day, LAUNCH);
        assert_int_equal(now.p.clock_start, now.c.launch_at);
}

static void launched_late_everything_follows(void **state)
{
        struct two t = opened();

        (void)state;
        assert_ok(house_write(two_in, &t));
        assert_ok(house_write(train_in, &t));
        assert_ok(house_write(confirm_in, &t));
        assert_ok(house_write(links_in, &t));
        struct state_of before = state_of(&t);
        db_clock_freeze(house.app.db, day_at(LAUNCH + 3));
        assert_ok(pass(t.s.cohort, GATE_LAUNCH));
        struct state_of now = state_of(&t);
        assert_int_equal(now.c.launch_day, LAUNCH + 3);
        assert_int_equal(now.c.end_day, before.c.end_day + 3);
        assert_int_equal(now.p.clock_start, now.c.launch_at);
        assert_int_equal(now.p.planned_end, before.p.planned_end + 3 * 86400);
        for (size_t i = 0; i < now.g.n; i++)
                assert_int_equal(now.g.row[i].day, before.g.row[i].day + 3);
}

static void nobody_launches_what_was_never_opened(void **state)
{
        struct two t = {.s = stage(false)};
        bool named;

        (void)state;
        assert_ok(house_write(two_in, &t));
        assert_ok(house_write(train_in, &t));
        assert_ok(house_write(confirm_in, &t));
        assert_ok(house_write(links_in, &t));
        assert_int_equal(missing(t.s.cohort, GATE_LAUNCH, "opened", &named), 1);
        assert_true(named);
        assert_err(pass(t.s.cohort, GATE_LAUNCH), ERR_CONFLICT);
}

/* ---- dates ---- */

struct move {
        int64_t cohort, ordinal, day;
        struct programmes_phase_list phases;
};

static struct err move_in(struct tx *tx, void *in)
{
        struct move *m = in;

        return programmes_move_phase(tx, &house.staff, m->cohort, m->ordinal, m->day);
}

static struct err launch_day_in(struct tx *tx, void *in)
{
        struct move *m = in;

        return programmes_move_launch(tx, &house.staff, m->cohort, m->day);
}

static struct err phases_in(struct tx *tx, void *in)
{
        struct move *m = in;
        struct programmes_cohort c;

        TRY(programmes_cohort(tx, m->cohort, &c));
        return programmes_phases(tx, &c, &m->phases);
}

static struct programmes_phase phase(struct move *m, size_t i)
{
        assert_ok(db_read(house.app.db, house.a, phases_in, m));
        return m->phases.row[i];
}

static void a_phase_moves_with_its_neighbours_end(void **state)
{
        struct move m = {.cohort = stage(false).cohort, .ordinal = 3, .day = LAUNCH - 50};

        (void)state;
        assert_ok(house_write(move_in, &m));
        assert_int_equal(phase(&m, 3).from_day, LAUNCH - 50);
        assert_true(phase(&m, 3).moved);
        assert_int_equal(phase(&m, 2).until_day, LAUNCH - 50);
        m.day = phase(&m, 3).until_day;
        assert_err(house_write(move_in, &m), ERR_INVALID);
        m.day = phase(&m, 2).from_day;
        assert_err(house_write(move_in, &m), ERR_INVALID);
        m.ordinal = 5; /* begins with the launch */
        m.day = LAUNCH + 1;
        assert_err(house_write(move_in, &m), ERR_INVALID);
}

static void the_launch_takes_what_is_still_to_come_along(void **state)
{
        struct move m = {.cohort = stage(false).cohort};
        int64_t first = phase(&m, 0).from_day, last = phase(&m, 11).until_day,
                match = phase(&m, 4).until_day;

        (void)state;
        m.day = LAUNCH + 7;
        db_clock_freeze(house.app.db, day_at(first + 1));
        assert_ok(house_write(launch_day_in, &m));
        assert_int_equal(phase(&m, 0).from_day, first); /* had begun */
        assert_int_equal(phase(&m, 4).until_day, match + 7);
        assert_int_equal(phase(&m, 11).until_day, last + 7);
        m.day = first;
        assert_err(house_write(launch_day_in, &m), ERR_INVALID);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                in_house(the_second_gate_opens_line_by_line),
                in_house(launched_late_everything_follows),
                in_house(nobody_launches_what_was_never_opened),
                in_house(a_phase_moves_with_its_neighbours_end),
                in_house(the_launch_takes_what_is_still_to_come_along),
        };

        return cmocka_run_group_tests_name("programmes_launch", tests, NULL, NULL);
}
