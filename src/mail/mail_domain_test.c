/* What records of a domain mean, on records as they are met. */
#include "mail/mail_domain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static struct arena *a;

static int set_up(void **) { a = arena_new(1 << 22); return 0; }
static int tear_down(void **) { arena_free(a); return 0; }

static struct dns_answers answers(const char *first, const char *second)
{
        struct dns_answers d = {.row = arena_array(a, struct text, 2)};

        if (first)
                d.row[d.n++] = text_of(first);
        if (second)
                d.row[d.n++] = text_of(second);
        return d;
}

static struct finding spf(const char *first, const char *second, int lookups)
{
        struct dns_answers d = answers(first, second);
        struct findings f = {0};

        mail_judge_spf(a, "example.org", "smtp.example.net", &d, lookups, &f);
        assert_int_equal(f.n, 1);
        return f.row[0];
}

static void who_may_send(void **)
{
        struct finding f = spf(NULL, NULL, 0);

        assert_int_equal(f.level, FINDING_WRONG);
        assert_non_null(strstr(f.next.p, "example.org. TXT \"v=spf1 include:SPF-NAME-OF-smtp.example.net ~all\""));
        assert_int_equal(spf("google-site-verification=x", NULL, 0).level, FINDING_WRONG);
        assert_int_equal(spf("v=spf1 mx -all", NULL, 1).level, FINDING_FINE);
        assert_int_equal(spf("V=SPF1 include:_spf.example.net ~all", NULL, 1).level, FINDING_FINE);
        assert_int_equal(spf("v=spf1 redirect=_spf.example.net", NULL, 1).level, FINDING_FINE);
        assert_int_equal(spf("v=spf1 mx", NULL, 1).level, FINDING_ADVICE);
        assert_int_equal(spf("v=spf1 mx ?all", NULL, 1).level, FINDING_ADVICE);
        assert_int_equal(spf("v=spf1 +all", NULL, 0).level, FINDING_WRONG);
        assert_int_equal(spf("v=spf1 all", NULL, 0).level, FINDING_WRONG);
        assert_int_equal(spf("v=spf1 -all", "v=spf1 mx -all", 1).level, FINDING_WRONG);
        assert_int_equal(spf("v=spf10 -all", NULL, 1).level, FINDING_WRONG);
        assert_int_equal(spf("v=spf1 mx -all", NULL, 11).level, FINDING_WRONG);
}

static void terms_that_ask_again(void **)
{
        struct dns_answers in;

        assert_int_equal(mail_spf_terms(a, TEXT("v=spf1 ip4:192.0.2.1 ~all"), &in), 0);
        assert_int_equal(in.n, 0);
        assert_int_equal(mail_spf_terms(a, TEXT("v=spf1 a mx/24 +include:x.example ?exists:%{i}.y -ptr redirect=z.example"), &in), 6);
        assert_int_equal(in.n, 2);
        assert_true(text_is(in.row[0], "x.example"));
        assert_true(text_is(in.row[1], "z.example"));
        assert_int_equal(mail_spf_terms(a, TEXT("v=spf1 all amx includes:x"), &in), 0);
}

static struct finding dkim(const char *selector, const char *record)
{
        struct dns_answers d = answers(record, NULL);
        struct findings f = {0};

        mail_judge_dkim(a, "example.org", selector, &d, &f);
        return f.row[0];
}

static void who_signs(void **)
{
        char key[400], record[500];

        assert_int_equal(dkim("", NULL).level, FINDING_ADVICE);
        struct finding f = dkim("mail", NULL);
        assert_int_equal(f.level, FINDING_WRONG);
        assert_non_null(strstr(f.next.p, "mail._domainkey.example.org. TXT"));
        assert_int_equal(dkim("mail", "v=DKIM1; p=").level, FINDING_WRONG);
        assert_int_equal(dkim("mail", "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=").level, FINDING_FINE);
        memset(key, 'A', sizeof key);
        snprintf(record, sizeof record, "v=DKIM1; k=rsa; p=%.392s", key);
        assert_int_equal(dkim("mail", record).level, FINDING_FINE);
        snprintf(record, sizeof record, "p=%.216s", key);
        assert_int_equal(dkim("mail", record).level, FINDING_ADVICE);
}

static struct finding dmarc(const char *first, const char *second)
{
        struct dns_answers d = answers(first, second);
        struct findings f = {0};

        mail_judge_dmarc(a, "example.org", &d, &f);
        return f.row[0];
}

static void what_receivers_are_asked(void **)
{
        struct finding f = dmarc(NULL, NULL);

        assert_int_equal(f.level, FINDING_WRONG);
        assert_non_null(strstr(f.next.p, "_dmarc.example.org. TXT \"v=DMARC1; p=none; rua=mailto:postmaster@example.org\""));
        assert_int_equal(dmarc("v=DMARC1; p=none", NULL).level, FINDING_ADVICE);
        assert_int_equal(dmarc("v=DMARC1;p=none;rua=mailto:d@example.org", NULL).level, FINDING_FINE);
        assert_int_equal(dmarc("v=DMARC1; p=reject", NULL).level, FINDING_FINE);
        assert_int_equal(dmarc("v=DMARC1; p=maybe", NULL).level, FINDING_WRONG);
        assert_int_equal(dmarc("v=DMARC1; p=none", "v=DMARC1; p=reject").level, FINDING_WRONG);
}

static void where_answers_go(void **)
{
        struct findings f = {0};
        struct dns_answers none = answers(NULL, NULL), null = answers("0 .", NULL), one = answers("10 mx.example.org", NULL);

        mail_judge_mx(a, "example.org", &none, &f);
        mail_judge_mx(a, "example.org", &null, &f);
        mail_judge_mx(a, "example.org", &one, &f);
        assert_int_equal(f.row[0].level, FINDING_WRONG);
        assert_int_equal(f.row[1].level, FINDING_WRONG);
        assert_int_equal(f.row[2].level, FINDING_FINE);
        assert_string_equal(f.row[2].part, "MX of example.org");
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
        const struct CMUnitTest tests[] = {EACH(who_may_send), EACH(terms_that_ask_again), EACH(who_signs),
                                           EACH(what_receivers_are_asked), EACH(where_answers_go)};

        return cmocka_run_group_tests_name("mail/mail_domain", tests, NULL, NULL);
}
