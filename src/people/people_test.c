/* People: signing in, what others may read, one's own settings, and the pure functions beside them. */
#include "mail/mail.sql.h"
#include "os/clock.h"
#include "os/zone.h"
#include "people/people.sql.h"
#include "people/people_data.h"
#include "people/people_parts.h"
#include "people/people_zones.h"
#include "people/test/house.h"

#include <string.h>

/* ---- a person to work with ---- */

struct ana { int64_t id; struct who who; };

static struct err ana_in(struct tx *tx, void *in)
{
        struct ana *ana = in;
        bool made;

        TRY(people_add(tx, &people_system, &(struct people_new) {
                .email = TEXT("Ana@Example.org"), .first_name = TEXT("Ana"), .last_name = TEXT("Pereira"), .zone = TEXT("Asia/Karachi")},
                &ana->id, &made));
        TRY(people_take_facts(tx, ana->id, &(struct people_facts) {
                .status = {.title = TEXT("Harbour pilot"), .grade = TEXT("B4"), .organisation = TEXT("Ministry of Ships")},
                .biography = TEXT("I like boats.")}, false, true, &made));
        return people_who(tx, ana->id, &ana->who);
}

static struct ana make_ana(void)
{
        struct ana ana;

        assert_ok(house_write(ana_in, &ana));
        return ana;
}

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
                TRY(people_ask_link(tx, text_format(tx_arena(tx), "p%d@example.org", i), TEXT_ABSENT, TEXT("9.9.9.9")));
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

struct door { struct ana ana; struct text next, path, secret, session, where; int64_t seconds; struct who who; };

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

        TRY(people_sign_in(tx, d->secret, TEXT("Firefox/1 Linux"), &d->session, &d->where));
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
        assert_ok(file_read(house.a, text_format(house.a, "%s/telemachus.db", house.folder).p, 32 << 20, &file));
        assert_null(memmem(file.p, file.n, d.session.p, d.session.n));
        assert_null(memmem(file.p, file.n, d.secret.p, d.secret.n));
}

struct session { struct door *d; int64_t id; struct who as; struct text hash; bool others; size_t left; };

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
                .id = 1, .hash = {(char *)hash, sizeof hash}, .person = o->ana.id, .now = 1000, .expires = 2000, .agent = TEXT(""),
                .means = TEXT("link")}));
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

static struct err part_in(struct tx *tx, void *in)
{
        struct door *d = in;
        int64_t id;

        return programmes_join(tx, &people_system, HOUSE_COHORT, d->ana.id, true, "accepted", 1, &id);
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
        assert_ok(house_write(part_in, &d));
        assert_ok(house_write(enter_in, &d));
        assert_true(text_is(d.where, "/me/zone"));
        assert_ok(house_write(zone_in, &d));
        assert_ok(house_write(path_in, &d));
        assert_ok(house_write(enter_in, &d));
        assert_true(text_is(d.where, "/home"));
}

static void only_paths_of_ours_are_gone_to(void **state)
{
        static const char *const bad[] = {"//evil.example", "/\\evil", "https://evil.example", "", "home", "/a b", "/a\r\nb", NULL};

        (void)state;
        for (int i = 0; bad[i]; i++)
                assert_true(text_is(people_safe_next(text_of(bad[i])), "/home"));
        assert_true(text_is(people_safe_next(TEXT("/pairs/7/notes?x=1")), "/pairs/7/notes?x=1"));
        assert_true(text_is(people_safe_next(TEXT_ABSENT), "/home"));
}

/* ---- what others read ---- */

struct reading { struct ana ana; bool revealed; struct people_card card; struct people_profile_words words; };

static struct err card_in(struct tx *tx, void *in)
{
        struct reading *r = in;

        return people_card(tx, r->ana.id, r->revealed, &r->card);
}

static struct err words_in(struct tx *tx, void *in)
{
        struct reading *r = in;

        TRY(people_save_words(tx, &r->ana.who, &r->words));
        return card_in(tx, in);
}

static void a_card_hides_status_until_both_agree(void **state)
{
        struct reading r = {.ana = make_ana()};

        (void)state;
        assert_ok(house_write(card_in, &r));
        assert_true(text_is(r.card.first_name, "Ana"));
        assert_true(text_is(r.card.city, "Karachi"));
        assert_true(text_empty(r.card.title) && text_empty(r.card.grade) && text_empty(r.card.organisation) &&
                    text_empty(r.card.department) && text_empty(r.card.profession));
        r.revealed = true;
        assert_ok(house_write(card_in, &r));
        assert_true(text_is(r.card.grade, "B4"));
}

static void a_biography_waits_for_its_owner(void **state)
{
        struct reading r = {.ana = make_ana(), .words = {.biography = TEXT("I like boats."), .choice = BIOGRAPHY_LATER}};

        (void)state;
        assert_ok(house_write(words_in, &r));
        assert_true(text_empty(r.card.biography));
        r.words.choice = BIOGRAPHY_SHOW;
        assert_ok(house_write(words_in, &r));
        assert_true(text_is(r.card.biography, "I like boats."));
        r.words.choice = BIOGRAPHY_OUT;
        assert_ok(house_write(words_in, &r));
        assert_true(text_empty(r.card.biography));
        r.words = (struct people_profile_words) {.choice = BIOGRAPHY_SHOW};
        assert_ok(house_write(words_in, &r));
        assert_true(text_empty(r.card.biography));
}

static struct err confirm_in(struct tx *tx, void *in)
{
        struct reading *r = in;

        return people_confirm_profile(tx, &r->ana.who);
}

static void an_empty_profile_cannot_be_confirmed(void **state)
{
        struct reading r = {.ana = make_ana(), .words = {.about = TEXT("Hello")}};

        (void)state;
        assert_err(house_write(confirm_in, &r), ERR_INVALID);
        assert_ok(house_write(words_in, &r));
        assert_ok(house_write(confirm_in, &r));
}

struct giveaways { struct reading r; struct text row[5]; size_t n; };

static struct err giveaways_in(struct tx *tx, void *in)
{
        struct giveaways *g = in;

        TRY(words_in(tx, &g->r));
        return people_giveaways(tx, g->r.ana.id, g->row, 5, &g->n);
}

static void own_words_that_give_status_away_are_named(void **state)
{
        struct giveaways g = {.r = {.ana = make_ana(), .words = {.about = TEXT("I am a harbour PILOT, of sorts.")}}};

        (void)state;
        assert_ok(house_write(giveaways_in, &g));
        assert_int_equal(g.n, 1);
        assert_true(text_is(g.row[0], "Harbour pilot"));
}

/* ---- settings ---- */

struct settings { struct ana ana; struct people_settings in; struct people_person p; struct text url; };

static struct err settings_in(struct tx *tx, void *in)
{
        struct settings *s = in;

        TRY(people_save_settings(tx, &s->ana.who, &s->in));
        return people_get(tx, s->ana.id, &s->p);
}

static struct people_settings good_settings(void)
{
        return (struct people_settings) {.first_name = TEXT("Ana"), .locale = TEXT("de"), .zone = TEXT("America/Lima"),
                                         .phone = TEXT("+51 1 000 0000"), .call_from = 540, .call_until = 660, .structure = 2,
                                         .programme_mail = false};
}

static void settings_are_saved(void **state)
{
        struct settings s = {.ana = make_ana(), .in = good_settings()};

        (void)state;
        assert_ok(house_write(settings_in, &s));
        assert_int_equal(s.p.locale, LOCALE_DE);
        assert_string_equal(zone_name(s.p.zone), "America/Lima");
        assert_true(s.p.zone_confirmed && s.p.call_from.has && s.p.call_until.v == 660);
        assert_int_equal(s.p.structure, 2);
        assert_false(s.p.programme_mail);
}

static void refuse_settings(struct ana ana, struct people_settings in, const char *field)
{
        struct settings s = {.ana = ana, .in = in};
        struct err e = house_write(settings_in, &s);

        assert_err(e, ERR_INVALID);
        assert_string_equal(e.place, field);
}

static void bad_settings_name_their_field(void **state)
{
        struct ana ana = make_ana();
        struct people_settings in = good_settings();

        (void)state;
        in.first_name = TEXT("  ");
        refuse_settings(ana, in, "first_name");
        in = good_settings();
        in.phone = TEXT("call me");
        refuse_settings(ana, in, "phone");
        in = good_settings();
        in.call_until = -1;
        refuse_settings(ana, in, "call_until");
        in.call_until = 500;
        refuse_settings(ana, in, "call_until");
        in = good_settings();
        in.zone = TEXT("Mars/Olympus");
        refuse_settings(ana, in, "zone");
}

static struct err calendar_in(struct tx *tx, void *in)
{
        struct settings *s = in;
        struct token token;
        struct text old;

        TRY(people_get(tx, s->ana.id, &s->p));
        TRY(people_calendar_url(tx, &s->p, &old));
        TRY(people_new_calendar(tx, &s->ana.who));
        TRY(people_get(tx, s->ana.id, &s->p));
        TRY(people_calendar_url(tx, &s->p, &s->url));
        assert_false(text_equal(old, s->url));
        struct text name = {s->url.p + strlen("http://localhost/calendar/"), s->url.n - strlen("http://localhost/calendar/.ics")};
        TRY(token_read(house.app.keys, name, TOKEN_CALENDAR, &token));
        assert_int_equal(token.a, s->ana.id);
        assert_int_equal(token.b, s->p.calendar_generation);
        return OK;
}

static void a_new_calendar_address_replaces_the_old(void **state)
{
        struct settings s = {.ana = make_ana()};

        (void)state;
        assert_ok(house_write(calendar_in, &s));
}

/* ---- staff, data, the log ---- */

struct seen { struct ana ana; struct who as; struct text json; struct people_audit_about_list audit; };

static struct err staff_in(struct tx *tx, void *in)
{
        struct seen *s = in;

        return people_staff_of(tx, &s->as, s->ana.id);
}

static void staff_see_only_people_of_their_cohorts(void **state)
{
        struct seen s = {.ana = make_ana(), .as = house.staff};
        struct door d = {.ana = s.ana};

        (void)state;
        assert_err(house_write(staff_in, &s), ERR_ABSENT);
        assert_ok(house_write(part_in, &d));
        assert_ok(house_write(staff_in, &s));
        s.as = (struct who) {.person = 99, .roles = ROLE_COORDINATOR};
        assert_err(house_write(staff_in, &s), ERR_ABSENT);
}

static struct err held_in(struct tx *tx, void *in)
{
        struct seen *s = in;
        struct people_held held;

        TRY(people_held(tx, &s->as, &held));
        s->json = people_held_json(tx_arena(tx), &held);
        return people_audit_about(tx, s->ana.id, &s->audit);
}

static void ones_data_are_all_there_and_nobody_elses(void **state)
{
        struct seen s = {.ana = make_ana()};

        (void)state;
        s.as = s.ana.who;
        assert_ok(house_write(held_in, &s));
        assert_non_null(strstr(s.json.p, "\"email\": \"Ana@Example.org\""));
        assert_non_null(strstr(s.json.p, "Harbour pilot"));
        assert_non_null(strstr(s.json.p, "I like boats."));
        assert_null(strstr(s.json.p, "karin@example.org"));
}

static void a_reading_is_written_down(void **state)
{
        struct seen s = {.ana = make_ana()};

        (void)state;
        s.as = s.ana.who;
        assert_ok(people_audit_read(&house.app, &house.staff, "person.read", s.ana.id, 0));
        assert_ok(house_write(held_in, &s));
        assert_true(text_is(s.audit.row[0].act, "person.read"));
        assert_true(text_is(s.audit.row[0].first_name, "Karin"));
}

static struct err escalate_in(struct tx *tx, void *in)
{
        struct ana *ana = in;

        return people_give_role(tx, &house.staff, ana->id, "administrator", 0);
}

static void a_coordinator_makes_no_administrator(void **state)
{
        struct ana ana = make_ana();

        (void)state;
        assert_err(house_write(escalate_in, &ana), ERR_FORBIDDEN);
}

/* ---- pure ---- */

static void reads_and_writes_weeks(void **state)
{
        unsigned parts;

        (void)state;
        assert_true(people_week_read(TEXT("mon-fri 17:00-20:00; sat 09:00-12:00"), &parts));
        assert_true(text_is(people_week_write(house.a, parts),
                            "mon 17:00-21:00; tue 17:00-21:00; wed 17:00-21:00; thu 17:00-21:00; fri 17:00-21:00; sat 08:00-12:00"));
        assert_true(people_week_read(TEXT("Sunday 8-21"), &parts));
        assert_int_equal(parts, 7u << 18);
        assert_true(text_is(people_week_write(house.a, parts), "sun 08:00-21:00"));
        assert_true(people_week_read(TEXT(""), &parts));
        assert_int_equal(parts, 0);
        assert_false(people_week_read(TEXT("evenings"), &parts));
        assert_false(people_week_read(TEXT("mon 25:00-26:00"), &parts));
        assert_false(people_week_read(TEXT("mon 9"), &parts));
}

static struct text cut(const char *biography, const struct text *values, size_t n, int64_t *sentences)
{
        return people_cut_biography(house.a, text_of(biography), values, n, sentences);
}

static void cuts_what_gives_people_away(void **state)
{
        const struct text values[] = {TEXT("HEO"), TEXT("Department of Virtue"), TEXT("no"), TEXT("Some role; Other role")};
        int64_t n;

        (void)state;
        assert_true(text_is(cut("I like boats. I am a HEO! I have no cat.", values, 4, &n), "I like boats. I have no cat."));
        assert_int_equal(n, 1);
        assert_true(text_empty(cut("My characteristics is/are . At the department  of virtue.", values, 4, &n)));
        assert_int_equal(n, 2);
        assert_true(text_is(cut("Theo likes heothers.\nMy other role is chess.", values, 4, &n), "Theo likes heothers."));
        assert_true(text_empty(cut("", values, 4, &n)));
}

static void knows_every_zone_of_the_list(void **state)
{
        struct people_zone_groups g = people_zones(house.a, TEXT("Asia/Calcutta"));
        size_t chosen = 0;

        (void)state;
        for (size_t i = 0; i < g.n; i++) {
                for (size_t k = 0; k < g.row[i].n; k++) {
                        assert_non_null(zone_find(g.row[i].row[k].name));
                        chosen += g.row[i].row[k].chosen;
                }
        }
        assert_int_equal(chosen, 1);
        assert_true(text_is(g.row[g.n - 1].row[0].city, "Calcutta"));
}

static void names_devices(void **state)
{
        (void)state;
        assert_true(text_is(people_agent_words(house.a, TEXT("Mozilla/5.0 (X11; Linux x86_64; rv:1) Gecko/2 Firefox/140.0")),
                            "Firefox, Linux"));
        assert_true(text_is(people_agent_words(house.a, TEXT("Mozilla/5.0 (iPhone; CPU iPhone OS 18 like Mac OS X) Version/18 Safari/6")),
                            "Safari, iPhone"));
        assert_true(text_empty(people_agent_words(house.a, TEXT("something"))));
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
                house_test(a_card_hides_status_until_both_agree),
                house_test(a_biography_waits_for_its_owner),
                house_test(an_empty_profile_cannot_be_confirmed),
                house_test(own_words_that_give_status_away_are_named),
                house_test(settings_are_saved),
                house_test(bad_settings_name_their_field),
                house_test(a_new_calendar_address_replaces_the_old),
                house_test(staff_see_only_people_of_their_cohorts),
                house_test(ones_data_are_all_there_and_nobody_elses),
                house_test(a_reading_is_written_down),
                house_test(a_coordinator_makes_no_administrator),
                house_test(reads_and_writes_weeks),
                house_test(cuts_what_gives_people_away),
                house_test(knows_every_zone_of_the_list),
                house_test(names_devices),
        };

        return cmocka_run_group_tests_name("people", tests, NULL, NULL);
}
