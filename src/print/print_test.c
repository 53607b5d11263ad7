#include "base/arena.h"
#include "print/print.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static bool holds(struct text t, const char *word) { return memmem(t.p, t.n, word, strlen(word)) != NULL; }

static struct print_certificate certificate(struct text name)
{
        return (struct print_certificate) {
                .locale = LOCALE_DE, .title = TEXT("Urkunde: Ana"), .programme = TEXT("Gemeinsam weiter"), .heading = TEXT("Urkunde"),
                .lead = TEXT("Hiermit wird bestätigt, dass"), .name = name,
                .done = {TEXT("neun Monate lang Mentorin war"), TEXT("und in dieser Zeit zwölf Gespräche geführt hat")},
                .signer = TEXT("Karin Berg"), .signer_role = TEXT("Koordination"), .sponsor = TEXT("Olu Ade"), .sponsor_role = TEXT("Förderung"),
                .place_date = TEXT("26. November 2026"), .verify = TEXT("Zu prüfen auf https://mentoring.example.org/certificate/AB3DE-7FGH2"),
                .code = TEXT("AB3DE-7FGH2"), .now = 1795651200};
}

/* TELEMACHUS_SHEETS=DIR keeps them, to be looked at. */
static void keep(const char *file, struct text pdf)
{
        char path[400];

        if (!getenv("TELEMACHUS_SHEETS"))
                return;
        snprintf(path, sizeof path, "%s/%s.pdf", getenv("TELEMACHUS_SHEETS"), file);
        FILE *f = fopen(path, "wb");
        assert_non_null(f);
        fwrite(pdf.p, 1, pdf.n, f);
        fclose(f);
}

static void a_sheet_has_language_title_and_fonts(void **state)
{
        static const struct { const char *file, *name; } of[] = {
                {"latin", "Ana Thistlewood"}, {"long", "Prof. Dr. Maria-Magdalena Freifrau von Wolffersdorff-Habsburg-Lothringen zu Sachsen-Coburg"},
                {"longer", "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsvorsitzende Mustermann-Wolkenstein-Trostburg"},
                {"arabic", "محمد بن عبد الله"}, {"hindi", "श्रीमती लक्ष्मी देवी"}, {"chinese", "王小明"}, {"korean", "김민준"}, {"thai", "สมชาย ใจดี"},
                {"cyrillic", "Александра Ивановна"}, {"hebrew", "רות כהן"}, {"mixed", "Nguyễn Thị Ánh 阮氏映"}};
        struct arena *a = arena_new(64 << 20);

        (void)state;
        for (size_t i = 0; i < sizeof of / sizeof of[0]; i++) {
                struct print_certificate c = certificate(text_of(of[i].name));
                struct text pdf;
                assert_false(failed(print_certificate(a, &c, &pdf)));
                assert_true(text_starts(pdf, "%PDF-"));
                assert_true(holds(pdf, "/Lang (de)"));
                assert_true(holds(pdf, "/DisplayDocTitle true"));
                assert_true(holds(pdf, "/FontFile"));           /* embedded */
                assert_true(holds(pdf, "/StructTreeRoot"));
                keep(of[i].file, pdf);
        }
        arena_free(a);
}

static void a_workbook_is_a_zip_with_its_sheets(void **state)
{
        struct arena *a = arena_new(64 << 20);
        char folder[] = "/tmp/print-test-XXXXXX";
        const struct print_column column[] = {{TEXT("Figure"), 20}, {TEXT("Value"), 10}};
        const struct print_cell cell[] = {{.kind = PRINT_WORDS, .words = TEXT("=1+1")}, {.kind = PRINT_SHARE, .number = 0.5}};
        const struct print_table table = {.name = TEXT("Figures"), .n_columns = 2, .n_rows = 1, .column = column, .cell = cell};
        struct text out;

        (void)state;
        assert_non_null(mkdtemp(folder));
        assert_false(failed(print_workbook(a, folder, &(struct print_workbook) {.title = TEXT("T"), .author = TEXT("A"), .now = 1795651200, .n = 1,
                                                                                .table = &table}, &out)));
        assert_true(out.n > 1000 && memcmp(out.p, "PK\3\4", 4) == 0);
        assert_true(holds(out, "xl/worksheets/sheet1.xml"));
        assert_int_equal(remove(folder), 0);                    /* nothing was left in it */
        arena_free(a);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(a_sheet_has_language_title_and_fonts),
                cmocka_unit_test(a_workbook_is_a_zip_with_its_sheets),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
