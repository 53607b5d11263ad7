/* People: what others may read, one's own settings, and the pure functions beside them. */
#include "os/zone.h"
#include "people/people.sql.h"
#include "people/people_data.h"
#include "people/people_parts.h"
#include "people/people_zones.h"
#include "people/test/ana.h"

#include <string.h>

/* ---- what others read ---- */

struct reading {
        struct ana ana;
        bool revealed;
        struct people_card card;
        struct people_profile_words words;
};

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
        assert_true(text_empty(r.card.title) && text_empty(r.card.grade) &&
                    text_empty(r.card.organisation) &&
                    text_empty(r.card.department) && text_empty(r.card.profession));
        r.revealed = true;
        assert_ok(house_write(card_in, &r));
        assert_true(text_is(r.card.grade, "B4"));
}

static void a_biography_waits_for_its_owner(void **state)
{
        struct reading r = {.ana = make_ana(), .words = {.biography = TEXT("I like boats."),
                .choice = BIOGRAPHY_LATER}};

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
        struct giveaways g = {.r = {.ana = make_ana(),
                .words = {.about = TEXT("I am a harbour PILOT, of sorts.")}}};

        (void)state;
        assert_ok(house_write(giveaways_in, &g));
        assert_int_equal(g.n, 1);
        assert_true(text_is(g.row[0], "Harbour pilot"));
}

/* ---- settings ---- */

struct settings {
        struct ana ana;
        struct people_settings in;
        struct people_person p;
        struct text url;
};

static struct err settings_in(struct tx *tx, void *in)
{
        struct settings *s = in;

        TRY(people_save_settings(tx, &s->ana.who, &s->in));
        return people_get(tx, s->ana.id, &s->p);
}

static struct people_settings good_settings(void)
{
        return (struct people_settings) {.first_name = TEXT("Ana"), .locale = TEXT("de"),
                .zone = TEXT("America/Lima"),
                                         .phone = TEXT("+51 1 000 0000"), .call_from = 540,
                                         .call_until = 660, .structure = 2,
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
        struct text name = {s->url.p + strlen("http://localhost/calendar/"),
                s->url.n - strlen("http://localhost/calendar/.ics")};
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

struct seen {
        struct ana ana;
        struct who as;
        struct text json;
        struct people_audit_about_list audit;
};

static struct err staff_in(struct tx *tx, void *in)
{
        struct seen *s = in;

        return people_staff_of(tx, &s->as, s->ana.id);
}

static void staff_see_only_people_of_their_cohorts(void **state)
{
        struct seen s = {.ana = make_ana(), .as = house.staff};

        (void)state;
        assert_err(house_write(staff_in, &s), ERR_ABSENT);
        assert_ok(house_write(part_in, &s.ana));
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
                            "mon 17:00-21:00; tue 17:00-21:00; wed 17:00-21:00; "
                            "thu 17:00-21:00; fri 17:00-21:00; sat 08:00-12:00"));
        assert_true(people_week_read(TEXT("Sunday 8-21"), &parts));
        assert_int_equal(parts, 7u << 18);
        assert_true(text_is(people_week_write(house.a, parts), "sun 08:00-21:00"));
        assert_true(people_week_read(TEXT(""), &parts));
        assert_int_equal(parts, 0);
        assert_false(people_week_read(TEXT("evenings"), &parts));
        assert_false(people_week_read(TEXT("mon 25:00-26:00"), &parts));
        assert_false(people_week_read(TEXT("mon 9"), &parts));
}

static struct text cut(const char *biography, const struct text *values, size_t n,
                       int64_t *sentences)
{
        return people_cut_biography(house.a, text_of(biography), values, n, sentences);
}

static void cuts_what_gives_people_away(void **state)
{
        const struct text values[] = {TEXT("HEO"), TEXT("Department of Virtue"), TEXT("no"),
                TEXT("Some role; Other role")};
        int64_t n;

        (void)state;
        assert_true(text_is(cut("I like boats. I am a HEO! I have no cat.", values, 4, &n),
                            "I like boats. I have no cat."));
        assert_int_equal(n, 1);
        assert_true(text_empty(cut("My characteristics is/are . At the department  of virtue.",
                                   values, 4, &n)));
        assert_int_equal(n, 2);
        assert_true(text_is(cut("Theo likes heothers.\nMy other role is chess.", values, 4, &n),
                            "Theo likes heothers."));
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

static void says_weeks_in_words(void **state)
{
        (void)state;
        assert_string_equal(people_week_words(house.a, LOCALE_EN, TEXT("mon-fri 17:00-20:00; sat 09:00-12:00, 14:30-16:00")).p,
                            "Monday to Friday 17:00\u2060–\u206020:00\nSaturday 09:00\u2060–\u206012:00, 14:30\u2060–\u206016:00");
        assert_string_equal(people_week_words(house.a, LOCALE_DE, TEXT("mon 17:00-21:00; tue 17:00-21:00; sun 8-12")).p,
                            "Montag und Dienstag 17:00\u2060–\u206021:00\nSonntag 08:00\u2060–\u206012:00");
        assert_string_equal(people_week_words(house.a, LOCALE_EN, TEXT("after work")).p, "after work");
}

static void takes_language_names_back(void **state)
{
        (void)state;
        assert_string_equal(people_language_tags(house.a, TEXT("Englisch; portuguese, pt-BR")).p, "en, pt, pt-BR");
        assert_string_equal(people_language_tags(house.a, TEXT("Icelandic, Klingonese")).p, "is, Klingonese");
        assert_true(text_is(people_language_key(TEXT("polnisch")), "pl"));
}

static void calls_languages_by_their_names(void **state)
{
        struct text mixed = TEXT("pt,en; Klingon /zh-Hant");

        (void)state;
        assert_true(text_is(people_language_words(house.a, LOCALE_EN, mixed),
                            "Portuguese, English, Klingon, Chinese"));
        assert_true(text_is(people_language_words(house.a, LOCALE_DE, TEXT("en")), "Englisch"));
        assert_true(text_empty(people_language_words(house.a, LOCALE_EN, TEXT_ABSENT)));
}

static void names_devices(void **state)
{
        (void)state;
        assert_true(text_is(people_agent_words(house.a,
                               TEXT("Mozilla/5.0 (X11; Linux x86_64; rv:1) Gecko/2 Firefox/140.0")),
                            "Firefox, Linux"));
        assert_true(text_is(people_agent_words(house.a,
                  TEXT("Mozilla/5.0 (iPhone; CPU iPhone OS 18 like Mac OS X) Version/18 Safari/6")),
                            "Safari, iPhone"));
        assert_true(text_empty(people_agent_words(house.a, TEXT("something"))));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                house_test(a_card_hides_status_until_both_agree),
                house_test(a_biography_waits_for_its_owner),
                house_test(an_empty_profile_cannot_be_confirmed),
                house_test(own_words_that_give_status_away_are_named),
                house_test(says_weeks_in_words),
                house_test(takes_language_names_back),
                house_test(settings_are_saved),
                house_test(bad_settings_name_their_field),
                house_test(a_new_calendar_address_replaces_the_old),
                house_test(staff_see_only_people_of_their_cohorts),
                house_test(ones_data_are_all_there_and_nobody_elses),
                house_test(a_coordinator_makes_no_administrator),
                house_test(reads_and_writes_weeks),
                house_test(cuts_what_gives_people_away),
                house_test(knows_every_zone_of_the_list),
                house_test(calls_languages_by_their_names),
                house_test(names_devices),
        };

        return cmocka_run_group_tests_name("people", tests, NULL, NULL);
}
