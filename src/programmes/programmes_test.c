/* Cohorts: what a plan costs, what each line of the two gates asks for, and what passing them does. */
#include "care/care_web.h"
#include "gatherings/gatherings.h"
#include "gatherings/gatherings_web.h"
#include "journeys/journeys.h"
#include "journeys/journeys_web.h"
#include "learning/learning.sql.h"
#include "mail/mail.sql.h"
#include "people/test/house.h"
#include "programmes/programmes_rules.h"

#include <string.h>

static const struct pack *pack(void)
{
        static struct arena *kept;
        static const struct packs *packs;

        if (!kept)
                assert_ok(packs_load(kept = arena_new(64 << 20), NULL, &packs));
        return packs_find(packs, TEXT("nine-months"));
}

/* ---- what a plan costs ---- */

static struct programmes_load load(int64_t pairs, const char *touch, double hours)
{
        return programmes_load(pack(), 21000, pairs, text_of(touch), hours);
}

static void calls_a_person_follow_how_closely_one_looks(void **state)
{
        (void)state;
        assert_true(load(50, "high", 20).calls > 2.59 && load(50, "high", 20).calls < 2.61);
        assert_true(load(50, "standard", 20).calls > 1.59 && load(50, "standard", 20).calls < 1.61);
        assert_true(load(50, "light", 20).calls > 0.79 && load(50, "light", 20).calls < 0.81);
        assert_int_equal(load(50, "high", 20).all_calls, 260);
}

static void the_busiest_week_is_that_of_the_first_calls(void **state)
{
        struct programmes_load l = load(30, "high", 20);

        (void)state;
        /* 60 people x 20 minutes in two weeks, and the hour of sorting */
        assert_true(l.peak > 10.99 && l.peak < 11.01);
        assert_int_equal(l.peak_week, 2);
        assert_true(l.mean > 1 && l.mean < l.peak);
}

static void more_than_a_hundred_pairs_a_day_is_said(void **state)
{
        (void)state;
        assert_false(load(100, "high", 8).stretched);
        assert_true(load(101, "high", 8).stretched);
        assert_false(load(101, "high", 9).stretched);
        assert_false(load(300, "standard", 8).stretched);
}

/* ---- each line of the gates ---- */

static struct programmes_facts everything(void)
{
        return (struct programmes_facts) {
                .purpose = true, .in_order = true, .phases = 12, .success_written = true, .success_signed = true,
                .gatherings = 3, .prepare = 1, .connect_by_30 = 1, .close = 1, .mentor_modules = 6, .mentee_modules = 6,
                .mentor_pages = 1, .mentee_pages = 1, .letters = 40, .help = true, .contacts = 1, .staff_hours = 11, .peak = 11,
                .mail_sent = true, .mail_proven = true, .opened = true, .people = 4, .sittings = 2, .linked = 2, .pairs = 2,
                .paired = 4};
}

static void with_everything_both_gates_are_open(void **state)
{
        struct programmes_facts f = everything();

        (void)state;
        for (enum programmes_need need = 0; need < NEEDS; need++)
                assert_true(programmes_met(need, &f));
}

#define LACKS(need_, change) \
        do { \
                struct programmes_facts f = everything(); \
                f.change; \
                for (enum programmes_need n_ = 0; n_ < NEEDS; n_++) \
                        assert_int_equal(programmes_met(n_, &f), n_ != (need_)); \
        } while (0)

static void each_lack_is_its_own_line(void **state)
{
        (void)state;
        LACKS(NEED_PLAN, purpose = false);
        LACKS(NEED_PLAN, phases = 0);
        LACKS(NEED_PLAN, in_order = false);
        LACKS(NEED_SUCCESS, success_written = false);
        LACKS(NEED_SUCCESS, success_signed = false);
        LACKS(NEED_GATHERINGS, gatherings = 2);
        LACKS(NEED_GATHERINGS, prepare = 0);
        LACKS(NEED_GATHERINGS, connect_by_30 = 0);
        LACKS(NEED_GATHERINGS, close = 0);
        LACKS(NEED_MATERIALS, mentor_modules = 0);
        LACKS(NEED_MATERIALS, mentee_modules = 0);
        LACKS(NEED_MATERIALS, mentor_pages = 0);
        LACKS(NEED_MATERIALS, mentee_pages = 0);
        LACKS(NEED_REMINDERS, letters = 0);
        LACKS(NEED_HELP, help = false);
        LACKS(NEED_CONTACT, contacts = 0);
        LACKS(NEED_HOURS, staff_hours = 10.5);
        LACKS(NEED_MAIL, mail_proven = false);
        LACKS(NEED_OPENED, opened = false);
        LACKS(NEED_SITTINGS, seatless = 1);
        LACKS(NEED_SITTINGS, people = 0);
        LACKS(NEED_LINKS, linked = 1);
        LACKS(NEED_LINKS, sittings = 0);
        LACKS(NEED_PAIRS, pairs = 0);
        LACKS(NEED_PAIRS, unanswered = 1);
        LACKS(NEED_PAIRS, accepted_waiting = 1);
        LACKS(NEED_TRAINED, untrained = 1);
        LACKS(NEED_PROFILES, unconfirmed = 1);
}

static void only_gatherings_can_be_set_aside(void **state)
{
        (void)state;
        for (enum programmes_need need = 0; need < NEEDS; need++) {
                bool gathering = need == NEED_GATHERINGS || need == NEED_SITTINGS || need == NEED_LINKS;
                assert_int_equal(programmes_need_row(need)->gathering, gathering);
                assert_int_equal(programmes_need_row(need)->gate, need < NEED_OPENED ? GATE_OPEN : GATE_LAUNCH);
        }
}

static void a_late_launch_moves_to_the_next_time_of_day(void **state)
{
        const struct zone *z = zone_find(TEXT("Europe/Lisbon"));
        struct programmes_cohort c = {.zone = z, .launch_day = 21000, .launch_at = zone_at(z, 21000, 9, 30)};

        (void)state;
        assert_int_equal(programmes_late_by(&c, zone_at(z, 20999, 12, 0)), 0);
        assert_int_equal(programmes_late_by(&c, zone_at(z, 21000, 23, 0)), 0);
        assert_int_equal(programmes_late_by(&c, zone_at(z, 21003, 9, 0)), 3);
        assert_int_equal(programmes_late_by(&c, zone_at(z, 21003, 10, 0)), 4);
}

/* ---- in a database ---- */

enum { LAUNCH = 21000 };

static const struct job_kind *const kinds[] = {&gatherings_job_reminders, &journeys_job_day, &journeys_job_event,
                                               &journeys_job_close, &care_job_review, &people_job_tidy};

struct stage { int64_t cohort, sponsor; bool in_person; struct who sponsor_who; struct text path; };

static struct err create_in(struct tx *tx, void *in)
{
        struct stage *s = in;
        bool made;

        TRY(programmes_create(tx, &house.staff, &(struct programmes_new) {
                .name = TEXT("Spring"), .programme_name = TEXT("North"), .pack = TEXT("nine-months"), .zone = TEXT("Europe/Lisbon"),
                .touch = TEXT("high"), .launch_day = LAUNCH, .size = 30, .staff_hours = 12, .coordinator = house.coordinator,
                .in_person = s->in_person}, &s->cohort));
        TRY(people_add(tx, &people_system, &(struct people_new) {
                .email = TEXT("pia@example.org"), .first_name = TEXT("Pia"), .zone = TEXT("Europe/Lisbon")}, &s->sponsor, &made));
        TRY(people_give_role(tx, &house.staff, s->sponsor, "sponsor", HOUSE_PROGRAMME));
        return people_who(tx, s->sponsor, &s->sponsor_who);
}

static int64_t day_at(int64_t day) { return zone_at(zone_find(TEXT("Europe/Lisbon")), day, 8, 0); }

static int begin(void **state)
{
        int status = house_begin(state);

        house.jobs = (struct jobs) {.kinds = kinds, .n = sizeof kinds / sizeof kinds[0]};
        db_clock_freeze(house.app.db, day_at(LAUNCH - 100));
        return status;
}

static struct stage stage(bool in_person)
{
        struct stage s = {.in_person = in_person};

        assert_ok(house_write(create_in, &s));
        return s;
}

struct gate { int64_t cohort; enum programmes_gate gate; struct programmes_requirement_list list; };

static struct err gate_in(struct tx *tx, void *in)
{
        struct gate *g = in;

        return programmes_gate(tx, &house.staff, g->cohort, g->gate, &g->list);
}

/* How many lines are missing, and whether that one is among them. */
static int missing(int64_t cohort, enum programmes_gate gate, const char *key, bool *named)
{
        struct gate g = {.cohort = cohort, .gate = gate};
        int n = 0;

        *named = false;
        assert_ok(db_read(house.app.db, house.a, gate_in, &g));
        for (size_t i = 0; i < g.list.n; i++) {
                bool lacks = !g.list.row[i].met && !g.list.row[i].overridden;
                n += lacks;
                *named |= lacks && strcmp(g.list.row[i].key, key) == 0;
                assert_true(g.list.row[i].found.n > 0 && g.list.row[i].remedy_path.p[0] == '/');
        }
        assert_int_equal(g.list.passable, n == 0);
        return n;
}

static struct err pass_in(struct tx *tx, void *in)
{
        struct gate *g = in;

        return programmes_pass_gate(tx, &house.staff, g->cohort, g->gate);
}

static struct err pass(int64_t cohort, enum programmes_gate gate)
{
        struct gate g = {.cohort = cohort, .gate = gate};

        return house_write(pass_in, &g);
}

static struct err write_in(struct tx *tx, void *in)
{
        struct stage *s = in;

        return programmes_write_success(tx, &house.staff, s->cohort, TEXT("To meet"), TEXT("Seven in ten"));
}

static struct err sign_in(struct tx *tx, void *in)
{
        struct stage *s = in;

        return programmes_sign_success(tx, &s->sponsor_who, s->cohort);
}

static struct err sign_as_staff_in(struct tx *tx, void *in)
{
        struct stage *s = in;
        struct who both = house.staff;

        TRY(people_give_role(tx, &people_system, house.coordinator, "sponsor", HOUSE_PROGRAMME));
        both.roles |= ROLE_SPONSOR;
        return programmes_sign_success(tx, &both, s->cohort);
}

static struct err contact_in(struct tx *tx, void *in)
{
        struct stage *s = in;

        return people_give_role(tx, &people_system, s->sponsor, "contact", HOUSE_PROGRAMME);
}

static struct err ask_proof_in(struct tx *tx, void *in)
{
        struct stage *s = in;

        return programmes_ask_mail_proof(tx, &house.staff, s->cohort, &s->path);
}

static struct err prove_in(struct tx *tx, void *in)
{
        struct text secret = *(struct text *)in;

        return programmes_prove_mail(tx, secret);
}

static void prove_mail(struct stage *s)
{
        assert_ok(house_write(ask_proof_in, s));
        struct text secret = text_of(strrchr(s->path.p, '/') + 1);
        assert_ok(house_write(prove_in, &secret));
}

static void the_first_gate_opens_line_by_line(void **state)
{
        struct stage s = stage(false);
        bool named;

        (void)state;
        assert_err(pass(s.cohort, GATE_OPEN), ERR_CONFLICT);
        assert_int_equal(missing(s.cohort, GATE_OPEN, "plan", &named), 4);
        assert_true(named);
        assert_ok(house_write(write_in, &s));
        assert_int_equal(missing(s.cohort, GATE_OPEN, "success", &named), 3);
        assert_true(named);
        assert_ok(house_write(sign_in, &s));
        assert_int_equal(missing(s.cohort, GATE_OPEN, "contact", &named), 2);
        assert_true(named);
        assert_ok(house_write(contact_in, &s));
        assert_int_equal(missing(s.cohort, GATE_OPEN, "mail", &named), 1);
        assert_true(named);
        assert_err(pass(s.cohort, GATE_OPEN), ERR_CONFLICT);
        prove_mail(&s);
        assert_int_equal(missing(s.cohort, GATE_OPEN, "", &named), 0);
        assert_ok(pass(s.cohort, GATE_OPEN));
        assert_ok(pass(s.cohort, GATE_OPEN)); /* twice is once */
}

static void who_runs_it_does_not_sign_it(void **state)
{
        struct stage s = stage(false);

        (void)state;
        assert_err(house_write(sign_in, &s), ERR_CONFLICT); /* nothing is written */
        assert_ok(house_write(write_in, &s));
        assert_err(house_write(sign_as_staff_in, &s), ERR_FORBIDDEN);
        s.sponsor_who.roles = ROLE_PARTICIPANT;
        assert_err(house_write(sign_in, &s), ERR_FORBIDDEN);
}

static struct err write_other_in(struct tx *tx, void *in)
{
        struct stage *s = in;

        return programmes_write_success(tx, &house.staff, s->cohort, TEXT("To meet"), TEXT("Something else"));
}

static void other_words_need_another_signature(void **state)
{
        struct stage s = stage(false);
        bool named;

        (void)state;
        assert_ok(house_write(write_in, &s));
        assert_ok(house_write(sign_in, &s));
        missing(s.cohort, GATE_OPEN, "success", &named);
        assert_false(named);
        assert_ok(house_write(write_other_in, &s));
        missing(s.cohort, GATE_OPEN, "success", &named);
        assert_true(named);
}

static void a_guessed_proof_proves_nothing(void **state)
{
        struct stage s = stage(false);
        struct text guess = TEXT("abc");
        bool named;

        (void)state;
        assert_ok(house_write(ask_proof_in, &s));
        assert_err(house_write(prove_in, &guess), ERR_ABSENT);
        missing(s.cohort, GATE_OPEN, "mail", &named);
        assert_true(named);
        prove_mail(&s);
        db_clock_freeze(house.app.db, day_at(LAUNCH - 100) + 91 * 86400LL);
        missing(s.cohort, GATE_OPEN, "mail", &named); /* it has run out */
        assert_true(named);
}

/* ---- setting aside ---- */

struct aside { int64_t cohort; enum programmes_gate gate; struct text key, reason; };

static struct err aside_in(struct tx *tx, void *in)
{
        struct aside *a = in;

        return programmes_override(tx, &house.staff, a->cohort, a->gate, a->key, a->reason);
}

static void at_a_distance_nothing_is_set_aside(void **state)
{
        struct aside a = {.cohort = stage(false).cohort, .gate = GATE_LAUNCH, .key = TEXT("links"), .reason = TEXT("We meet")};

        (void)state;
        assert_err(house_write(aside_in, &a), ERR_FORBIDDEN);
}

static void in_a_room_gatherings_are_set_aside_and_nothing_else(void **state)
{
        struct aside a = {.cohort = stage(true).cohort, .gate = GATE_LAUNCH, .key = TEXT("links"), .reason = TEXT("  ")};
        bool named;

        (void)state;
        missing(a.cohort, GATE_LAUNCH, "links", &named);
        assert_true(named);
        assert_err(house_write(aside_in, &a), ERR_INVALID);
        a.reason = TEXT("We meet in the canteen");
        assert_ok(house_write(aside_in, &a));
        missing(a.cohort, GATE_LAUNCH, "links", &named);
        assert_false(named);
        a.key = TEXT("trained");
        assert_err(house_write(aside_in, &a), ERR_FORBIDDEN);
        a.gate = GATE_OPEN;
        a.key = TEXT("mail");
        assert_err(house_write(aside_in, &a), ERR_FORBIDDEN);
}

/* ---- the launch ---- */

struct two { struct stage s; int64_t mentor, mentee, pair; };

static struct err person_in(struct tx *tx, int64_t cohort, const char *name, bool mentor, int64_t *id)
{
        int64_t part;
        bool made;

        TRY(people_add(tx, &people_system, &(struct people_new) {
                .email = text_format(tx_arena(tx), "%s@example.org", name), .first_name = text_of(name), .last_name = TEXT(""),
                .zone = TEXT("Europe/Lisbon"), .zone_known = true}, id, &made));
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
                TRY(learning_save_done(tx, &(struct learning_save_done_in) {
                        .cohort = t->s.cohort, .person = people[i % 2], .module = module, .now = tx_now(tx)}));
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
                        TRY(gatherings_set_link(tx, &house.staff, all.row[i].sittings[k].id, TEXT("https://meet.example.org")));
        return OK;
}

static struct two opened(void)
{
        struct two t = {.s = stage(false)};

        assert_ok(house_write(write_in, &t.s));
        assert_ok(house_write(sign_in, &t.s));
        assert_ok(house_write(contact_in, &t.s));
        prove_mail(&t.s);
        assert_ok(pass(t.s.cohort, GATE_OPEN));
        return t;
}

struct state_of { int64_t cohort, pair; struct programmes_cohort c; struct journeys_pair p; struct gatherings_list g; };

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

struct move { int64_t cohort, ordinal, day; struct programmes_phase_list phases; };

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
        int64_t first = phase(&m, 0).from_day, last = phase(&m, 11).until_day, match = phase(&m, 4).until_day;

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

#define in_house(f) cmocka_unit_test_setup_teardown(f, begin, house_end)

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(calls_a_person_follow_how_closely_one_looks),
                cmocka_unit_test(the_busiest_week_is_that_of_the_first_calls),
                cmocka_unit_test(more_than_a_hundred_pairs_a_day_is_said),
                cmocka_unit_test(with_everything_both_gates_are_open),
                cmocka_unit_test(each_lack_is_its_own_line),
                cmocka_unit_test(only_gatherings_can_be_set_aside),
                cmocka_unit_test(a_late_launch_moves_to_the_next_time_of_day),
                in_house(the_first_gate_opens_line_by_line),
                in_house(who_runs_it_does_not_sign_it),
                in_house(other_words_need_another_signature),
                in_house(a_guessed_proof_proves_nothing),
                in_house(at_a_distance_nothing_is_set_aside),
                in_house(in_a_room_gatherings_are_set_aside_and_nothing_else),
                in_house(the_second_gate_opens_line_by_line),
                in_house(launched_late_everything_follows),
                in_house(nobody_launches_what_was_never_opened),
                in_house(a_phase_moves_with_its_neighbours_end),
                in_house(the_launch_takes_what_is_still_to_come_along),
        };

        return cmocka_run_group_tests_name("programmes", tests, NULL, NULL);
}
