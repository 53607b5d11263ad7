/* Passwords, codes, addresses and what withholds the desk. */
#include "os/clock.h"
#include "people/people.sql.h"
#include "people/people_code_rules.h"
#include "people/people_password_rules.h"
#include "people/people_ways.sql.h"
#include "people/people_ways_parts.h"
#include "people/test/ana.h"

#include <string.h>
#include <time.h>

/* ---- rules ---- */

static void a_password_is_long_and_not_what_many_take(void **state)
{
        static const char *const bad[] = {"", "short", "elevenchars", "password1234", "Passwort2024!!!", "iloveyou-12345678", "aaaaaaaaaaaaaa",
                "abcabcabcabc", "123456789012345", "qwertyuiopasdfg", "sunshine-princess", "ana@example.org", "Ana-Pereira-77", "OurOrganisation1", NULL};
        static const char *const good[] = {"lantern gravel otter seven", "zwölf Kisten Apfelmus", "a8Kd-02mz-Pq7x", "mein Hund mag Regen im Mai", NULL};
        const struct text known[] = {TEXT("ana@example.org"), TEXT("Ana"), TEXT("Pereira"), TEXT("AnaPereira"), TEXT("Ana-Pereira"), TEXT("OurOrganisation")};

        (void)state;
        for (int i = 0; bad[i]; i++)
                if (!people_password_wrong(house.a, text_of(bad[i]), known, 6))
                        fail_msg("%s would be taken", bad[i]);
        for (int i = 0; good[i]; i++)
                if (people_password_wrong(house.a, text_of(good[i]), known, 6))
                        fail_msg("%s is refused", good[i]);
        char *endless = arena_alloc(house.a, 200);
        for (int i = 0; i < 199; i++)
                endless[i] = (char)('a' + (i * i + 3 * i) % 23);
        assert_non_null(people_password_wrong(house.a, text_of(endless), NULL, 0));
}

/* RFC 6238, appendix B, the last six digits of its eight. */
static void codes_are_those_of_the_standard(void **state)
{
        static const struct { int64_t at; int code; } all[] = {{59, 287082}, {1111111109, 81804}, {1111111111, 50471},
                {1234567890, 5924}, {2000000000, 279037}, {20000000000, 353130}};
        const struct text secret = TEXT("12345678901234567890");

        (void)state;
        for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
                assert_int_equal(people_code_at(secret, all[i].at / 30), all[i].code);
        assert_int_equal(people_code_step(secret, TEXT("287082"), 59, 0), 1);
        assert_int_equal(people_code_step(secret, TEXT("287082"), 89, 0), 1);
        assert_int_equal(people_code_step(secret, TEXT("287082"), 120, 0), 0);
        assert_int_equal(people_code_step(secret, TEXT("287082"), 59, 1), 0);
        assert_int_equal(people_code_step(secret, TEXT("28708"), 59, 0), 0);
        assert_string_equal(people_base32(house.a, TEXT("foobar")).p, "MZXW6YTBOI");
        assert_true(text_is(people_code_plain(house.a, TEXT(" AB-cd 12\t")), "abcd12"));
}

/* ---- passwords ---- */

struct secret { struct ana ana; struct people_password_new made; };

static struct err set_in(struct tx *tx, void *in)
{
        struct secret *s = in;

        return people_password_put(tx, s->ana.id, s->made.hash, clock_seconds());
}

/* What this thread has worked, whatever else the machine does. */
static double worked_ms(void)
{
        struct timespec t;

        assert_int_equal(clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t), 0);
        return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static double try_password(const char *email, const char *password, int64_t *person)
{
        struct people_password_try found;
        double began = worked_ms();

        assert_ok(people_password_check(&house.app, house.a, text_of(email), text_of(password), TEXT("192.0.2.7"), &found));
        *person = found.person;
        return worked_ms() - began;
}

static void an_unknown_address_costs_as_much_as_a_known_one(void **state)
{
        struct secret s = {.ana = make_ana()};
        int64_t person;
        double known, unknown;

        (void)state;
        assert_ok(people_password_prepare(&house.app, house.a, s.ana.id, TEXT(""), TEXT("lantern gravel otter seven"), &s.made));
        assert_ok(house_write(set_in, &s));
        try_password("ANA@example.org", "lantern gravel otter seven", &person);
        assert_int_equal(person, s.ana.id);
        known = try_password("ana@example.org", "something else", &person);
        assert_int_equal(person, 0);
        unknown = try_password("eve@example.org", "something else", &person);
        assert_int_equal(person, 0);
        assert_true(unknown > known / 2 && known > unknown / 2);
}

/* ---- sessions ---- */

struct visitor {
        struct ana ana;
        struct people_visit from;
        struct text secret, where;
        struct who who;
        bool fresh;
};

static struct err enter_in(struct tx *tx, void *in)
{
        struct visitor *v = in;
        unsigned char hash[HASH_BYTES];

        TRY(people_enter(tx, &v->from, v->ana.id, "link", false, TEXT("/learn"), &v->secret, &v->where));
        keys_hash(v->secret, hash);
        v->from.session = (struct text) {arena_dup(house.a, hash, sizeof hash), sizeof hash};
        TRY(people_fresh(tx, &v->from, &v->fresh));
        return people_identify(tx, v->secret, &v->who);
}

static struct visitor visit(struct ana ana)
{
        struct visitor v = {.ana = ana, .from = {.agent = TEXT("Firefox/1 Linux"), .ip = TEXT("192.0.2.7")}};

        assert_ok(house_write(enter_in, &v));
        return v;
}

static struct err role_in(struct tx *tx, void *in)
{
        struct ana *ana = in;

        return people_give_role(tx, &people_system, ana->id, "coordinator", HOUSE_PROGRAMME);
}

static void a_required_factor_withholds_the_desk(void **state)
{
        struct ana ana = make_ana();

        (void)state;
        assert_ok(house_write(role_in, &ana));
        assert_int_equal(visit(ana).who.roles & ROLE_COORDINATOR, ROLE_COORDINATOR);
        house.config.second_factor_required = true;
        struct visitor v = visit(ana);
        assert_int_equal(v.who.roles & ROLE_COORDINATOR, 0);
        assert_int_equal(v.who.withheld, ROLE_COORDINATOR);
        assert_true(v.fresh);
}

/* ---- codes from an app ---- */

struct device { struct visitor v; struct text token, code, codes[RECOVERY_CODES]; int64_t person; bool pending; };

static struct text code_now(struct text token, int64_t person, int64_t later)
{
        struct text secret;

        assert_ok(people_app_secret(&house.app, house.a, person, token, &secret));
        return text_format(house.a, "%06d", people_code_at(secret, clock_seconds() / CODE_STEP_S + later));
}

static struct err add_app_in(struct tx *tx, void *in)
{
        struct device *app = in;

        return people_app_add(tx, &app->v.who, &app->v.from, app->token, app->code, app->codes);
}

static struct device make_app(void)
{
        struct device app = {.v = visit(make_ana())};

        app.token = people_app_token(&house.app, house.a, app.v.ana.id);
        app.code = TEXT("000000");
        if (text_equal(app.code, code_now(app.token, app.v.ana.id, 0)))
                app.code = TEXT("000001");
        assert_err(house_write(add_app_in, &app), ERR_INVALID);
        app.code = code_now(app.token, app.v.ana.id, 0);
        assert_ok(house_write(add_app_in, &app));
        return app;
}

static struct err code_in(struct tx *tx, void *in)
{
        struct device *app = in;

        TRY(people_second_who(tx, &app->v.from, &app->person, &app->pending));
        TRY(people_second_code(tx, &app->v.from, app->person, app->code));
        TRY(people_second_done(tx, &app->v.from, &app->v.secret, &app->v.where));
        return people_identify(tx, app->v.secret, &app->v.who);
}

static void a_code_is_asked_for_and_counts_once(void **state)
{
        struct device app = make_app();

        (void)state;
        app.v = visit(app.v.ana);
        assert_int_equal(app.v.who.person, 0);
        assert_true(text_is(app.v.where, "/sign-in/second"));
        assert_err(house_write(code_in, &app), ERR_INVALID);    /* the one it was set up with */
        app.code = code_now(app.token, app.v.ana.id, 1);
        assert_ok(house_write(code_in, &app));
        assert_true(app.pending);
        assert_int_equal(app.v.who.person, app.v.ana.id);
        assert_true(text_is(app.v.where, "/learn"));
        app.v = visit(app.v.ana);
        assert_err(house_write(code_in, &app), ERR_INVALID);
}

static void a_recovery_code_counts_once(void **state)
{
        struct device app = make_app();

        (void)state;
        app.v = visit(app.v.ana);
        app.code = app.codes[3];
        assert_ok(house_write(code_in, &app));
        app.v = visit(app.v.ana);
        assert_err(house_write(code_in, &app), ERR_INVALID);
        app.code = app.codes[4];
        assert_ok(house_write(code_in, &app));
}

/* The secret is sealed: it outlives one rotation of the keys, and each use seals it anew. */
static void codes_outlive_a_rotation_of_keys(void **state)
{
        struct device app = make_app();
        struct text later = code_now(app.token, app.v.ana.id, 1);

        (void)state;
        assert_ok(keys_rotate(house.folder));
        assert_ok(keys_load(house.a, house.folder, &house.app.keys));
        app.v = visit(app.v.ana);
        app.code = later;
        assert_ok(house_write(code_in, &app));
}

static struct err reset_in(struct tx *tx, void *in)
{
        struct device *app = in;

        return people_reset_second(tx, &house.staff, app->v.ana.id);
}

static struct err reset_by_system_in(struct tx *tx, void *in)
{
        struct device *app = in;

        TRY(people_reset_second(tx, &people_system, app->v.ana.id));
        return people_identify(tx, app->v.secret, &app->v.who);
}

static void only_the_machine_itself_resets_a_second_factor(void **state)
{
        struct device app = make_app();

        (void)state;
        assert_err(house_write(reset_in, &app), ERR_FORBIDDEN);
        assert_ok(house_write(reset_by_system_in, &app));
        assert_int_equal(app.v.who.person, 0);
        assert_int_equal(visit(app.v.ana).who.person, app.v.ana.id);
}

/* ---- addresses ---- */

struct address { struct visitor v; struct text email; int64_t id, found; bool theirs, known; };

static struct err add_address_in(struct tx *tx, void *in)
{
        struct address *d = in;
        struct people_address_list_list list;
        struct people_person p;

        TRY(people_address_add(tx, &d->v.who, &d->v.from, d->email));
        TRY(people_address_list(tx, d->v.ana.id, &list));
        d->id = list.row[list.n - 1].id;
        TRY(people_by_email(tx, d->email, &d->known, &p));
        return people_has_address(tx, d->v.ana.id, d->email, &d->theirs);
}

static struct err confirm_in(struct tx *tx, void *in)
{
        struct address *d = in;
        struct people_person p;
        int64_t changes;

        TRY(people_address_confirm(tx, d->id, clock_seconds(), &changes));
        TRY(people_by_email(tx, TEXT("ANA@Home.example"), &d->known, &p));
        d->found = p.id;
        return people_has_address(tx, d->v.ana.id, d->email, &d->theirs);
}

static struct err main_in(struct tx *tx, void *in)
{
        struct address *d = in;
        struct people_person p;

        TRY(people_address_main(tx, &d->v.who, &d->v.from, d->id));
        TRY(people_by_email(tx, TEXT("ana@example.org"), &d->known, &p));
        d->email = p.email;
        return OK;
}

static void an_address_counts_once_it_is_confirmed(void **state)
{
        struct address d = {.v = visit(make_ana()), .email = TEXT("ana@home.example")};

        (void)state;
        assert_ok(house_write(add_address_in, &d));
        assert_false(d.theirs || d.known);
        assert_err(house_write(main_in, &d), ERR_CONFLICT);
        assert_ok(house_write(confirm_in, &d));
        assert_true(d.theirs);
        assert_int_equal(d.found, d.v.ana.id);
        assert_ok(house_write(main_in, &d));
        assert_true(d.known);
        assert_true(text_is(d.email, "ana@home.example"));
        d.email = TEXT("ana@home.example");
        assert_err(house_write(add_address_in, &d), ERR_INVALID);
}

/* A roster that names one of them means the same person. */
static struct err again_in(struct tx *tx, void *in)
{
        struct address *d = in;

        return people_add(tx, &people_system, &(struct people_new) {
                .email = TEXT("ana@home.example"), .first_name = TEXT("Ana"), .zone = TEXT("Europe/Lisbon")}, &d->found, &d->known);
}

static void a_roster_finds_a_person_by_any_address(void **state)
{
        struct address d = {.v = visit(make_ana()), .email = TEXT("ana@home.example")};

        (void)state;
        assert_ok(house_write(add_address_in, &d));
        assert_ok(house_write(confirm_in, &d));
        assert_ok(house_write(again_in, &d));
        assert_false(d.known);
        assert_int_equal(d.found, d.v.ana.id);
}

/* ---- counting ---- */

static void attempts_are_counted_whatever_becomes_of_them(void **state)
{
        const struct people_limit limit = {"password", TEXT("ana@example.org"), 3};
        struct arena *a = arena_new(1 << 22);
        int full = 0;

        (void)state;
        for (int i = 0; i < 12; i++)    /* a new window may begin once */
                full += err_is(people_count_attempts(&house.app, a, &limit, 1), ERR_LIMIT);
        assert_true(full >= 6);
        arena_free(a);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                house_test(a_password_is_long_and_not_what_many_take),
                house_test(codes_are_those_of_the_standard),
                house_test(an_unknown_address_costs_as_much_as_a_known_one),
                house_test(a_required_factor_withholds_the_desk),
                house_test(a_code_is_asked_for_and_counts_once),
                house_test(a_recovery_code_counts_once),
                house_test(codes_outlive_a_rotation_of_keys),
                house_test(only_the_machine_itself_resets_a_second_factor),
                house_test(an_address_counts_once_it_is_confirmed),
                house_test(a_roster_finds_a_person_by_any_address),
                house_test(attempts_are_counted_whatever_becomes_of_them),
        };

        return cmocka_run_group_tests_name("people_ways", tests, NULL, NULL);
}
