/* Days off, by rules that are checked against the calendars of the countries themselves. */
#include "content/holidays.h"

#include "os/zone.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static struct arena *a;
static struct holidays h;

static bool off(const char *country, int y, int m, int d) { return holidays_is(holidays_find(&h, text_of(country)), day_of(y, m, d)); }

static void the_table_ships(void **)
{
        assert_true(h.n > 40);
        for (size_t i = 0; i < h.n; i++) {
                assert_true(h.row[i].n > 100 && h.row[i].name[0].n && h.row[i].name[1].n);
                for (size_t k = 0; k < h.row[i].n_zones; k++)
                        if (!zone_find(h.row[i].zones[k]))
                                fprintf(stderr, "no zone %s\n", text_c(a, h.row[i].zones[k]));
        }
        assert_true(holidays_of_zone(&h, TEXT("Europe/Lisbon")) == holidays_find(&h, TEXT("PT")));
        assert_null(holidays_of_zone(&h, TEXT("Asia/Tokyo")));
        assert_false(holidays_is(NULL, 21000));
}

static void rules_give_the_days(void **)
{
        assert_true(off("DE", 2027, 3, 26) && off("DE", 2027, 3, 29));          /* Easter is on 28 March */
        assert_true(off("DE", 2026, 5, 14) && off("DE", 2026, 5, 25));
        assert_false(off("DE", 2026, 6, 4));
        assert_true(off("DE-BY", 2026, 6, 4) && off("DE-BY", 2026, 10, 3));
        assert_true(off("DE-SN", 2026, 11, 18));
        assert_true(off("GR", 2027, 4, 30) && off("GR", 2027, 5, 3));           /* Orthodox Easter on 2 May */
        assert_true(off("RO", 2026, 4, 10));
        assert_true(off("SE", 2026, 6, 19) && off("SE", 2027, 6, 25));
        assert_true(off("CA", 2026, 5, 18) && off("CA", 2027, 5, 24));
        assert_true(off("US", 2026, 11, 26) && off("US", 2026, 5, 25));
        assert_true(off("NZ", 2027, 6, 25));
}

static void weekends_are_given_back(void **)
{
        assert_true(off("GB", 2027, 12, 27) && off("GB", 2027, 12, 28));        /* 25 and 26 are Saturday and Sunday */
        assert_true(off("GB", 2022, 12, 26) && off("GB", 2022, 12, 27));        /* 25 is a Sunday */
        assert_false(off("GB", 2022, 12, 28));
        assert_true(off("US", 2026, 7, 3));
        assert_false(off("US", 2026, 7, 6));
        assert_true(off("US", 2021, 12, 31));                                   /* New Year 2022 is a Saturday */
}

static void what_cannot_be_read_names_its_line(void **)
{
        static const char *const bad[] = {"01-01 nobody's", "country XX | Land\n13-01 x", "country XX | Land\n02-30 x",
                                          "country XX | Land\neaster39 x", "country XX | Land\n05-mon-6 x", "country XX | Land\nlike YY",
                                          "country XX | Land\n05-24<day x", "country |", "country XX | Land\nnonsense"};
        struct holidays mine;

        for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
                mine = (struct holidays) {0};
                struct err e = holidays_read(a, "own.txt", text_of(bad[i]), &mine);
                assert_int_equal(e.kind, ERR_INVALID);
                assert_memory_equal(e.place, "own.txt:", 8);
        }
        mine = (struct holidays) {0};
        assert_false(failed(holidays_read(a, "own.txt", TEXT("country XX | Land\n2027-02-10 Once\n"), &mine)));
        assert_true(holidays_is(&mine.row[0], day_of(2027, 2, 10)));
        assert_int_equal(mine.row[0].n, 1);
}

static int begin(void **)
{
        a = arena_new(64 << 20);
        return failed(holidays_load(a, NULL, &h));
}

static int end(void **)
{
        arena_free(a);
        return 0;
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(the_table_ships),
                cmocka_unit_test(rules_give_the_days),
                cmocka_unit_test(weekends_are_given_back),
                cmocka_unit_test(what_cannot_be_read_names_its_line),
        };

        return cmocka_run_group_tests_name("holidays", tests, begin, end);
}
