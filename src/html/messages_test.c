/* The catalogue as it ships, in its three languages. */
#include "html/messages.h"

#include "html/catalogue.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void looked_up(void **state)
{
        (void)state;
        assert_string_equal(msg(LOCALE_EN, "I need help"), "I need help");
        assert_string_equal(msg(LOCALE_DE, "I need help"), "Ich brauche Hilfe");
        assert_string_equal(msg(LOCALE_PSEUDO, "I need help"), "[Í ñééd hélp ööö]");
        assert_string_equal(msg(LOCALE_DE, "never written by anybody"), "never written by anybody");
        assert_null(msg(LOCALE_DE, NULL));
        assert_true(msg_known("I need help"));
        assert_false(msg_known("never written by anybody"));
}

/* Sentences of C are found without a mark: this one is the what of a FAIL_AT() in os/file.c. */
static void errors_are_sentences(void **state)
{
        (void)state;
        assert_true(msg_known("There is no such file"));
        assert_true(msg_known("Check the name"));
}

static void holes(void **state)
{
        struct arena *a = arena_new(1 << 20);

        (void)state;
        assert_string_equal(
                msg_with(a, LOCALE_EN, "{a} and {b}, {a}", "a", TEXT("x{b}"), "b", TEXT("y"), NULL)
                        .p,
                "x{b} and y, x{b}");
        assert_string_equal(msg_with(a, LOCALE_EN, "{a} and {c} {", "a", TEXT("x"), NULL).p,
                            "x and {c} {");
        arena_free(a);
}

static void plurals(void **state)
{
        const char *one = "One thing to mend", *other = "{n} things to mend";
        struct arena *a = arena_new(1 << 20);

        (void)state;
        assert_string_equal(msg_plural(a, LOCALE_EN, 1, one, other).p, "One thing to mend");
        assert_string_equal(msg_plural(a, LOCALE_EN, 0, one, other).p, "0 things to mend");
        assert_string_equal(msg_plural(a, LOCALE_EN, 1200, one, other).p, "1,200 things to mend");
        assert_string_equal(msg_plural(a, LOCALE_DE, 1, one, other).p, "Eines ist zu verbessern");
        assert_string_equal(msg_plural(a, LOCALE_DE, 1200, one, other).p,
                            "1.200 Angaben sind zu verbessern");
        /* two sentences of their own make a plural as well */
        assert_string_equal(msg_plural(a, LOCALE_DE, 2, "One gathering is planned.", "{n} gatherings are planned.").p,
                            "2 gemeinsame Termine sind geplant.");
        assert_string_equal(msg_plural(a, LOCALE_PSEUDO, 2, one, other).p,
                            "[2 thíñgš tó méñd ööööö]");
        arena_free(a);
}

/* bsearch needs the order. */
static void whole_catalogue(void **state)
{
        (void)state;
        assert_true(msg_row_count > 10);
        for (size_t i = 0; i < msg_row_count; i++) {
                if (i)
                        assert_true(strcmp(msg_rows[i - 1].en, msg_rows[i].en) < 0);
                assert_ptr_equal(msg(LOCALE_DE, msg_rows[i].en), msg_rows[i].de);
                assert_true(strlen(msg_rows[i].pseudo) > strlen(msg_rows[i].en) + 3);
        }
}

static void locales(void **state)
{
        (void)state;
        assert_int_equal(locale_of(TEXT("de-AT"), LOCALE_EN), LOCALE_DE);
        assert_int_equal(locale_of(TEXT("DE"), LOCALE_EN), LOCALE_DE);
        assert_int_equal(locale_of(TEXT("en-XA"), LOCALE_DE), LOCALE_PSEUDO);
        assert_int_equal(locale_of(TEXT("en_GB"), LOCALE_DE), LOCALE_EN);
        assert_int_equal(locale_of(TEXT("den"), LOCALE_EN), LOCALE_EN);
        assert_int_equal(locale_of(TEXT_ABSENT, LOCALE_DE), LOCALE_DE);
        for (int l = 0; l < LOCALES; l++)
                assert_int_equal(locale_of(text_of(locale_tag((enum locale)l)), LOCALES), l);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(looked_up),       cmocka_unit_test(errors_are_sentences),
                cmocka_unit_test(holes),           cmocka_unit_test(plurals),
                cmocka_unit_test(whole_catalogue), cmocka_unit_test(locales),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
