/* The worksheet: a draft that is kept, what is open, and the cohort that it makes. */
#include "programmes/programmes_design.h"

#include "mail/mail.h"
#include "programmes/test/stage.h"
#include "recruiting/recruiting.h"

struct sheet {
        struct who who;
        int64_t id, cohort;
        struct programmes_design d;
        struct programmes_cohort c;
        struct recruiting_page page;
        int64_t least[PROGRAMMES_TARGETS];
        struct people_list sponsors;
        struct text dpia;
        enum locale locale;
        struct mail_quota quota;
};

static struct err begin_in(struct tx *tx, void *in)
{
        struct sheet *s = in;

        return programmes_begin_design(tx, &s->who, &s->id);
}

static struct err read_in(struct tx *tx, void *in)
{
        struct sheet *s = in;

        return programmes_design(tx, &s->who, s->id, &s->d);
}

static struct err save_in(struct tx *tx, void *in)
{
        struct sheet *s = in;

        return programmes_save_design(tx, &s->who, &s->d);
}

static struct err make_in(struct tx *tx, void *in)
{
        struct sheet *s = in;

        return programmes_make_design(tx, &s->who, s->id, TEXT("North"), &s->cohort);
}

static struct err discard_in(struct tx *tx, void *in)
{
        struct sheet *s = in;

        return programmes_discard_design(tx, &s->who, s->id);
}

static struct err made_in(struct tx *tx, void *in)
{
        struct sheet *s = in;

        TRY(programmes_cohort(tx, s->cohort, &s->c));
        TRY(recruiting_page(tx, &s->c, &s->page));
        TRY(programmes_targets(tx, s->cohort, s->least));
        TRY(mail_quota(tx, &s->quota));
        return people_with_role(tx, "sponsor", s->c.programme, &s->sponsors);
}

static struct err dpia_in(struct tx *tx, void *in)
{
        struct sheet *s = in;

        return programmes_dpia(tx, &s->d, s->locale, &s->dpia);
}

static struct sheet begun(void)
{
        struct sheet s = {.who = house.staff};

        assert_ok(house_write(begin_in, &s));
        assert_ok(house_write(read_in, &s));
        return s;
}

static void decide(struct programmes_design *d)
{
        d->purpose = TEXT("People find their way.");
        d->success = TEXT("Nine of ten pairs reach the end.");
        d->audience = TEXT("Nurses in their first two years.");
        d->pack = TEXT("twelve-months");
        d->launch_day = LAUNCH;
        d->size = 20;
        d->touch = TEXT("standard");
        d->staff_hours = 9;
        d->budget = TEXT("9,000 euros");
        d->sponsor_name = TEXT("Pia");
        d->sponsor_email = TEXT("pia@example.org");
        d->risks = TEXT("Too few mentors: ask early\nSilence: ring");
        d->basis = TEXT("interest");
}

static void a_draft_is_kept_however_incomplete(void **state)
{
        struct sheet s = begun();

        (void)state;
        assert_int_equal(programmes_decisions_made(&s.d), 0);
        s.d.purpose = TEXT("  People find their way. ");
        s.d.size = 12;
        s.d.target[5] = 60;
        assert_ok(house_write(save_in, &s));
        assert_ok(house_write(read_in, &s));
        assert_string_equal(s.d.purpose.p, "People find their way.");
        assert_int_equal(programmes_decisions_made(&s.d), 2);
        assert_int_equal(s.d.target[5], 60);
        assert_int_equal(s.d.target[0], 100);
        assert_err(house_write(make_in, &s), ERR_CONFLICT);
}

static void there_are_twelve_decisions(void **state)
{
        struct programmes_design d = {0};

        (void)state;
        assert_int_equal(PROGRAMMES_DECISIONS, 12);
        decide(&d);
        for (enum programmes_decision k = 0; k < PROGRAMMES_DECISIONS; k++)
                assert_true(programmes_decided(k, &d));
        d.sponsor_email = TEXT("");
        assert_int_equal(programmes_decisions_made(&d), 11);
}

static void the_answers_fill_the_cohort(void **state)
{
        struct sheet s = begun();

        (void)state;
        decide(&s.d);
        s.d.target[1] = 90;
        assert_ok(house_write(save_in, &s));
        assert_ok(house_write(make_in, &s));
        assert_ok(house_write(made_in, &s));
        assert_string_equal(s.c.pack->name.p, "twelve-months");
        assert_int_equal(s.c.launch_day, LAUNCH);
        assert_int_equal(s.c.end_day, LAUNCH + 364);
        assert_int_equal(s.c.size, 20);
        assert_non_null(strstr(s.c.name.p, "Twelve months, "));
        assert_string_equal(s.page.for_whom.p, "Nurses in their first two years.");
        assert_int_equal(s.least[1], 90);
        assert_int_equal(s.least[5], 75);
        assert_int_equal(s.sponsors.n, 1);
        assert_string_equal(s.sponsors.row[0].email.p, "pia@example.org");
        assert_int_equal(s.quota.waiting, 1);   /* the sponsor is asked to sign, and nobody else hears of it */
        assert_err(house_write(make_in, &s), ERR_CONFLICT);     /* once */
        assert_err(house_write(save_in, &s), ERR_CONFLICT);
        assert_err(house_write(discard_in, &s), ERR_CONFLICT);
}

static void who_runs_it_cannot_be_its_sponsor(void **state)
{
        struct sheet s = begun();

        (void)state;
        decide(&s.d);
        s.d.sponsor_email = house.staff.email;
        assert_err(house_write(save_in, &s), ERR_INVALID);
}

static void a_draft_is_its_owners(void **state)
{
        struct sheet s = begun(), other = s;

        (void)state;
        other.who.person = s.who.person + 1;
        other.who.roles = ROLE_COORDINATOR;
        assert_err(house_write(read_in, &other), ERR_ABSENT);
        assert_err(house_write(save_in, &other), ERR_ABSENT);
        other.who.roles = ROLE_SPONSOR;
        assert_err(house_write(read_in, &other), ERR_FORBIDDEN);
        other.who.roles = ROLE_ADMINISTRATOR;
        assert_ok(house_write(read_in, &other));
        assert_ok(house_write(discard_in, &s));
        assert_err(house_write(read_in, &s), ERR_ABSENT);
}

static void the_assessment_is_filled_in(void **state)
{
        struct sheet s = begun();

        (void)state;
        decide(&s.d);
        assert_ok(house_write(dpia_in, &s));
        assert_non_null(strstr(s.dpia.p, "# Data protection impact assessment"));
        assert_non_null(strstr(s.dpia.p, "about 20 pairs, 40 people, for twelve months"));
        assert_non_null(strstr(s.dpia.p, "- Silence: ring"));
        assert_non_null(strstr(s.dpia.p, "Article 6(1)(f)"));
        assert_null(strchr(s.dpia.p, '{'));
        s.locale = LOCALE_DE;
        s.d = (struct programmes_design) {.by_person = s.d.by_person};  /* nothing is decided: lines to fill in by hand */
        assert_ok(house_write(dpia_in, &s));
        assert_non_null(strstr(s.dpia.p, "etwa ______ Tandems"));
        assert_null(strchr(s.dpia.p, '{'));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                in_house(a_draft_is_kept_however_incomplete), in_house(there_are_twelve_decisions), in_house(the_answers_fill_the_cohort),
                in_house(who_runs_it_cannot_be_its_sponsor), in_house(a_draft_is_its_owners), in_house(the_assessment_is_filled_in),
        };
        return cmocka_run_group_tests_name("programmes_design", tests, NULL, NULL);
}
