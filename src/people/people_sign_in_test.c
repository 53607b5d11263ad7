/* Signing in: who gets a link, how often, what it opens, and how a session ends. */
#include "mail/mail.sql.h"
#include "os/clock.h"
#include "people/people.sql.h"
#include "people/people_ways_parts.h"
#include "people/test/ana.h"

#include <string.h>

/* ---- asking for a link ---- */

struct ask { struct text email, ip; int times; size_t mails; };

static struct err ask_in(struct tx *tx, void *in)
{
        struct ask *ask = in;
        struct mail_box_list box;

        for (int i = 0; i < ask->times; i++)
                TRY(people_ask_link(tx, ask->email, TEXT("/learn"), ask->ip));
        TRY(mail_box(tx, INT64_MAX, 1000, &box));
        ask->mails = box.n;
        return OK;
}

static void an_unknown_address_gets_the_same_answer(void **state)
{
        struct ask known = {.email = TEXT(" ana@example.ORG "), .ip = TEXT("1.2.3.4"), .times = 1};
        struct ask stranger = {.email = TEXT("eve@example.org"), .ip = TEXT("1.2.3.4"), .times = 1};

        (void)state;
        make_ana();
        assert_ok(house_write(ask_in, &stranger));
        assert_int_equal(stranger.mails, 0);
        assert_ok(house_write(ask_in, &known));
        assert_int_equal(known.mails, 1);
}

static void both_kinds_of_address_meet_the_same_limit(void **state)
{
        struct ask known = {.email = TEXT("ana@example.org"), .ip = TEXT("1.1.1.1"), .times = 5};
        struct ask stranger = {.email = TEXT("eve@example.org"), .ip = TEXT("1.1.1.1"), .times = 5};

        (void)state;
        make_ana();
        assert_ok(house_write(ask_in, &known));
        assert_ok(house_write(ask_in, &stranger));
        known.times = stranger.times = 1;
        assert_err(house_write(ask_in, &known), ERR_LIMIT);
        assert_err(house_write(ask_in, &stranger), ERR_LIMIT);
}

static struct err many_in(struct tx *tx, void *in)
{
        int *n = in;

        for (int i = 0; i < *n; i++)
                TRY(people_ask_link(tx, text_format(tx_arena(tx), "p%d@example.org", i),
                                    TEXT_ABSENT, TEXT("9.9.9.9")));
        return OK;
}

static void an_address_of_the_net_meets_a_limit_too(void **state)
{
        int thirty = 30, one = 1;

        (void)state;
        assert_ok(house_write(many_in, &thirty));
        assert_err(house_write(many_in, &one), ERR_LIMIT);
}

static struct err manager_in(struct tx *tx, void *in)
{
        struct ana *ana = in;

        return people_give_role(tx, &people_system, ana->id, "manager", HOUSE_PROGRAMME);
}

static void a_line_manager_gets_no_link(void **state)
{
        struct ana ana = make_ana();
        struct ask ask = {.email = TEXT("ana@example.org"), .times = 1};

        (void)state;
        assert_ok(house_write(manager_in, &ana));
        assert_ok(house_write(ask_in, &ask));
        assert_int_equal(ask.mails, 0);
}

/* ---- links and sessions ---- */

struct door { struct ana ana; struct text next, path, secret, session,
        where; int64_t seconds; struct who who; };

static struct err path_in(struct tx *tx, void *in)
{
        struct door *d = in;

        TRY(people_sign_in_path(tx, d->ana.id, d->next, d->seconds, &d->path));
        d->secret = text_of(d->path.p + strlen("/sign-in/"));
        return OK;
}

static struct err enter_in(struct tx *tx, void *in)
{
        struct door *d = in;

        const struct people_visit from = {.agent = TEXT("Firefox/1 Linux"), .ip = TEXT("192.0.2.7")};

        TRY(people_sign_in(tx, d->secret, &from, &d->session, &d->where));
        return people_identify(tx, d->session, &d->who);
}

static struct door make_door(struct text next, int64_t seconds)
{
        struct door d = {.ana = make_ana(), .next = next, .seconds = seconds};

        assert_ok(house_write(path_in, &d));
        return d;
}

static void a_link_works_once(void **state)
{
        struct door d = make_door(TEXT("/learn/M1"), 1200);

        (void)state;
        assert_ok(house_write(enter_in, &d));
        assert_int_equal(d.who.person, d.ana.id);
        assert_true(text_is(d.where, "/learn/M1"));
        assert_err(house_write(enter_in, &d), ERR_CONFLICT);
}

static void a_link_runs_out(void **state)
{
        struct door d = make_door(TEXT_ABSENT, -1);

        (void)state;
        assert_err(house_write(enter_in, &d), ERR_CONFLICT);
}

static void a_guessed_link_is_absent(void **state)
{
        struct door d = {.secret = TEXT("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")};

        (void)state;
        assert_err(house_write(enter_in, &d), ERR_ABSENT);
}

static struct err look_in(struct tx *tx, void *in)
{
        struct door *d = in;
        int64_t person;

        return people_link_open(tx, d->secret, false, &person, &d->where);
}

static void looking_at_a_link_does_not_use_it(void **state)
{
        struct door d = make_door(TEXT_ABSENT, 1200);

        (void)state;
        assert_ok(house_write(look_in, &d));
        assert_ok(house_write(look_in, &d));
        assert_ok(house_write(enter_in, &d));
}

static void secrets_are_stored_as_hashes(void **state)
{
        struct door d = make_door(TEXT_ABSENT, 1200);
        struct text file;

        (void)state;
        assert_ok(house_write(enter_in, &d));
        assert_ok(file_read(house.a, text_format(house.a, "%s/telemachus.db", house.folder).p,
                            32 << 20, &file));
        assert_null(memmem(file.p, file.n, d.session.p, d.session.n));
        assert_null(memmem(file.p, file.n, d.secret.p, d.secret.n));
}

struct session {
        struct door *d;
        int64_t id;
        struct who as;
        struct text hash;
        bool others;
        size_t left;
};

static struct err end_in(struct tx *tx, void *in)
{
        struct session *s = in;
        struct people_session_list_list list;
        unsigned char hash[HASH_BYTES];

        TRY(people_session_list(tx, s->d->ana.id, clock_seconds(), &list));
        s->id = list.row[0].id;
        keys_hash(s->d->session, hash);
        if (s->others)
                TRY(people_end_others(tx, &s->as, (struct text) {(char *)hash, sizeof hash}));
        else
                TRY(people_end_session(tx, &s->as, s->id));
        TRY(people_session_list(tx, s->d->ana.id, clock_seconds(), &list));
        s->left = list.n;
        return people_identify(tx, s->d->session, &s->d->who);
}

static void an_ended_session_is_nobody(void **state)
{
        struct door d = make_door(TEXT_ABSENT, 1200);
        struct session s = {.d = &d};

        (void)state;
        assert_ok(house_write(enter_in, &d));
        s.as = d.ana.who;
        assert_ok(house_write(end_in, &s));
        assert_int_equal(d.who.person, 0);
        assert_int_equal(s.left, 0);
}

static void nobody_ends_the_session_of_another(void **state)
{
        struct door d = make_door(TEXT_ABSENT, 1200);
        struct session s = {.d = &d, .as = house.staff};

        (void)state;
        assert_ok(house_write(enter_in, &d));
        assert_err(house_write(end_in, &s), ERR_ABSENT);
}

static void ending_the_others_keeps_this_one(void **state)
{
        struct door first = make_door(TEXT_ABSENT, 1200), second = first;
        struct session s = {.d = &second, .others = true};

        (void)state;
        assert_ok(house_write(enter_in, &first));
        assert_ok(house_write(path_in, &second));
        assert_ok(house_write(enter_in, &second));
        s.as = second.ana.who;
        assert_ok(house_write(end_in, &s));
        assert_int_equal(s.left, 1);
        assert_int_equal(second.who.person, second.ana.id);
}

struct old { struct ana ana; struct who who; size_t left; };

static struct err old_in(struct tx *tx, void *in)
{
        struct old *o = in;
        unsigned char hash[HASH_BYTES];
        struct people_session_list_list list;

        keys_hash(TEXT("secret"), hash);
        TRY(people_session_insert(tx, &(struct people_session_insert_in) {
                .id = 1, .hash = {(char *)hash, sizeof hash}, .person = o->ana.id, .now = 1000,
                .expires = 2000, .agent = TEXT(""),
                .means = TEXT("link"), .address = TEXT("")}));
        TRY(people_identify(tx, TEXT("secret"), &o->who));
        TRY(people_tidy(tx));
        TRY(people_session_list(tx, o->ana.id, 0, &list));
        o->left = list.n;
        return OK;
}

static void an_old_session_is_nobody_and_is_tidied_away(void **state)
{
        struct old o = {.ana = make_ana()};

        (void)state;
        assert_ok(house_write(old_in, &o));
        assert_int_equal(o.who.person, 0);
        assert_int_equal(o.left, 0);
}

static struct err zone_in(struct tx *tx, void *in)
{
        struct door *d = in;

        return people_save_zone(tx, &d->ana.who, TEXT("Asia/Karachi"));
}

/* The zone was a guess: it is asked first, and only once. */
static void a_first_visit_begins_with_the_time_zone(void **state)
{
        struct door d = make_door(TEXT_ABSENT, 1200);

        (void)state;
        assert_ok(house_write(part_in, &d.ana));
        assert_ok(house_write(enter_in, &d));
        assert_true(text_is(d.where, "/me/zone"));
        assert_ok(house_write(zone_in, &d));
        assert_ok(house_write(path_in, &d));
        assert_ok(house_write(enter_in, &d));
        assert_true(text_is(d.where, "/home"));
}

static void only_paths_of_ours_are_gone_to(void **state)
{
        static const char *const bad[] = {"//evil.example", "/\\evil", "https://evil.example", "",
                "home", "/a b", "/a\r\nb", NULL};

        (void)state;
        for (int i = 0; bad[i]; i++)
                assert_true(text_is(people_safe_next(text_of(bad[i])), "/home"));
        assert_true(text_is(people_safe_next(TEXT("/pairs/7/notes?x=1")), "/pairs/7/notes?x=1"));
        assert_true(text_is(people_safe_next(TEXT_ABSENT), "/home"));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                house_test(an_unknown_address_gets_the_same_answer),
                house_test(both_kinds_of_address_meet_the_same_limit),
                house_test(an_address_of_the_net_meets_a_limit_too),
                house_test(a_line_manager_gets_no_link),
                house_test(a_link_works_once),
                house_test(a_link_runs_out),
                house_test(a_guessed_link_is_absent),
                house_test(looking_at_a_link_does_not_use_it),
                house_test(secrets_are_stored_as_hashes),
                house_test(an_ended_session_is_nobody),
                house_test(nobody_ends_the_session_of_another),
                house_test(ending_the_others_keeps_this_one),
                house_test(an_old_session_is_nobody_and_is_tidied_away),
                house_test(a_first_visit_begins_with_the_time_zone),
                house_test(only_paths_of_ours_are_gone_to),
        };

        return cmocka_run_group_tests_name("people_sign_in", tests, NULL, NULL);
}
