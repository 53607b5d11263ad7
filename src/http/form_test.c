/*
 * Forms: every kind of field, its bounds, what does not belong; the two encodings. No database, no
 * server.
 */
#include "http/form.h"

#include "base/out.h"
#include "os/zone.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

struct all {
        struct text line, lines, email, choice, zone, file;
        int64_t number, id, day, clock;
        bool yes;
        struct field_ids ids;
};

static const char *const choices[] = {"light", "standard", "full", NULL};

FORM_OF(all_form, struct all,
        {.name = "line",
         .kind = FIELD_TEXT,
         .offset = offsetof(struct all, line),
         .required = true,
         .min = 2,
         .max = 5},
        {.name = "lines", .kind = FIELD_LINES, .offset = offsetof(struct all, lines)},
        {.name = "email", .kind = FIELD_EMAIL, .offset = offsetof(struct all, email)},
        {.name = "choice",
         .kind = FIELD_CHOICE,
         .offset = offsetof(struct all, choice),
         .choices = choices},
        {.name = "zone", .kind = FIELD_ZONE, .offset = offsetof(struct all, zone)},
        {.name = "file", .kind = FIELD_FILE, .offset = offsetof(struct all, file)},
        {.name = "number",
         .kind = FIELD_INT,
         .offset = offsetof(struct all, number),
         .min = 1,
         .max = 100},
        {.name = "id", .kind = FIELD_ID, .offset = offsetof(struct all, id)},
        {.name = "day", .kind = FIELD_DAY, .offset = offsetof(struct all, day)},
        {.name = "clock", .kind = FIELD_CLOCK, .offset = offsetof(struct all, clock)},
        {.name = "yes", .kind = FIELD_BOOL, .offset = offsetof(struct all, yes)},
        {.name = "ids", .kind = FIELD_IDS, .offset = offsetof(struct all, ids)});

struct fixture {
        struct arena *a;
        struct all v;
        struct form_echo echo;
};

static int set_up(void **state)
{
        static struct fixture f;

        f.a = arena_new(1 << 24);
        *state = &f;
        return 0;
}

static int tear_down(void **state)
{
        arena_free(((struct fixture *)*state)->a);
        return 0;
}

/* Fills the form from an urlencoded body that has the one required field added. */
static struct err fill(struct fixture *f, const char *rest)
{
        struct text body = text_format(f->a, "line=Anna%s%s", rest[0] ? "&" : "", rest);
        struct form_input *in;
        size_t n;

        TRY(form_parse_urlencoded(f->a, body, &in, &n));
        return form_fill(f->a, &all_form, in, n, &f->v, &f->echo);
}

static void is_wrong(struct fixture *f, const char *rest, const char *field)
{
        struct err e = fill(f, rest);

        if (!err_is(e, ERR_INVALID) || !form_error(&f->echo, field))
                fail_msg("\"%s\" was taken for %s", rest, field);
}

static void is_fine(struct fixture *f, const char *rest)
{
        struct err e = fill(f, rest);

        if (failed(e))
                fail_msg("\"%s\" was refused: %s", rest, e.what);
}

static void every_kind_is_read(void **state)
{
        struct fixture *f = *state;

        is_fine(f,
                "lines=one%0D%0Atwo%0D%0A&email=a.b%2Bc@Example.ORG&choice=full&zone=Europe/Lisbon"
                "&number=100&id=77&day=2026-11-23&clock=18:30&yes=on&ids=3&ids=9");
        assert_true(text_is(f->v.line, "Anna"));
        assert_true(text_is(f->v.lines, "one\ntwo"));
        assert_true(text_is(f->v.email, "a.b+c@example.org"));
        assert_true(text_is(f->v.choice, "full"));
        assert_true(text_is(f->v.zone, "Europe/Lisbon"));
        assert_int_equal(f->v.number, 100);
        assert_int_equal(f->v.id, 77);
        assert_int_equal(f->v.day, day_of(2026, 11, 23));
        assert_int_equal(f->v.clock, 18 * 60 + 30);
        assert_true(f->v.yes);
        assert_int_equal(f->v.ids.n, 2);
        assert_int_equal(f->v.ids.row[1], 9);
}

static void what_was_not_sent_is_told_from_what_is_empty(void **state)
{
        struct fixture *f = *state;

        is_fine(f, "");
        assert_null(f->v.lines.p);
        assert_int_equal(f->v.clock, -1);
        assert_int_equal(f->v.day, 0);
        assert_false(f->v.yes);
        is_fine(f, "lines=&clock=&yes=0");
        assert_non_null(f->v.lines.p);
        assert_int_equal(f->v.lines.n, 0);
        assert_int_equal(f->v.clock, -1);
        assert_false(f->v.yes);
}

static void bounds_hold(void **state)
{
        struct fixture *f = *state;
        struct form_input in[] = {{TEXT("line"), TEXT("  Zo\xc3\xab\x6c\x61  ")}};

        is_wrong(f, "number=0", "number");
        is_wrong(f, "number=101", "number");
        is_wrong(f, "number=9223372036854775808", "number");
        is_wrong(f, "number=1.5", "number");
        is_wrong(f, "id=0", "id");
        is_wrong(f, "id=-4", "id");
        /* five letters, six bytes */
        assert_int_equal(form_fill(f->a, &all_form, in, 1, &f->v, &f->echo).kind, ERR_NONE);
        in[0].value = TEXT("Zoelas");
        assert_int_equal(form_fill(f->a, &all_form, in, 1, &f->v, &f->echo).kind, ERR_INVALID);
        in[0].value = TEXT("Z");
        assert_int_equal(form_fill(f->a, &all_form, in, 1, &f->v, &f->echo).kind, ERR_INVALID);
        in[0].value = TEXT("   ");
        assert_int_equal(form_fill(f->a, &all_form, in, 1, &f->v, &f->echo).kind, ERR_INVALID);
}

static void what_is_no_value_is_refused(void **state)
{
        struct fixture *f = *state;

        is_wrong(f, "email=anna", "email");
        is_wrong(f, "email=@b.org", "email");
        is_wrong(f, "email=a@b@c.org", "email");
        is_wrong(f, "email=a@b..org", "email");
        is_wrong(f, "email=a@b.org%0ABcc:x@y.org", "email");
        is_wrong(f, "choice=huge", "choice");
        is_wrong(f, "zone=Europe/Atlantis", "zone");
        is_wrong(f, "zone=../../etc/passwd", "zone");
        is_wrong(f, "day=2026-02-30", "day");
        is_wrong(f, "clock=24:00", "clock");
        is_wrong(f, "clock=7", "clock");
        is_wrong(f, "ids=3&ids=x", "ids");
        is_wrong(f, "yes=1&yes=1", "yes");
        is_wrong(f, "lines=bell%07", "lines");
}

static void lines_do_not_enter_a_line(void **state)
{
        struct fixture *f = *state;
        struct form_input in[] = {{TEXT("line"), TEXT("a\nb")}};

        assert_int_equal(form_fill(f->a, &all_form, in, 1, &f->v, &f->echo).kind, ERR_INVALID);
        assert_non_null(form_error(&f->echo, "line"));
}

static void a_stranger_field_refuses_the_form(void **state)
{
        struct fixture *f = *state;
        struct err e = fill(f, "is_admin=1");

        assert_int_equal(e.kind, ERR_INVALID);
        assert_string_equal(e.place, "is_admin");
}

static void what_was_typed_comes_back(void **state)
{
        struct fixture *f = *state;

        is_wrong(f, "number=many&lines=+kept+as+typed+", "number");
        assert_true(text_is(form_typed(&f->echo, "lines"), " kept as typed "));
        assert_true(text_is(form_typed(&f->echo, "number"), "many"));
        assert_null(form_typed(&f->echo, "zone").p);
        assert_null(form_error(&f->echo, "lines"));
}

static void urlencoded_is_decoded(void **state)
{
        struct fixture *f = *state;
        struct form_input *in;
        size_t n;

        assert_false(failed(form_parse_urlencoded(f->a, TEXT("a=1+2%2B&&b&%63=%zz%"), &in, &n)));
        assert_int_equal(n, 3);
        assert_true(text_is(in[0].value, "1 2+"));
        assert_true(text_is(in[1].name, "b") && in[1].value.n == 0);
        assert_true(text_is(in[2].name, "c") && text_is(in[2].value, "%zz%"));
        assert_true(err_is(form_parse_urlencoded(f->a, TEXT("a=%00"), &in, &n), ERR_INVALID));
        assert_true(err_is(form_parse_urlencoded(f->a, TEXT("a=%ff"), &in, &n), ERR_INVALID));
}

static void a_thousand_pairs_are_enough(void **state)
{
        struct fixture *f = *state;
        struct out o = out_new(f->a, 8192);
        struct form_input *in;
        size_t n;

        for (int i = 0; i < 1000; i++)
                out_c(&o, i ? "&a=1" : "a=1");
        assert_false(failed(form_parse_urlencoded(f->a, out_get(&o), &in, &n)));
        assert_int_equal(n, 1000);
        out_c(&o, "&a=1");
        assert_true(err_is(form_parse_urlencoded(f->a, out_get(&o), &in, &n), ERR_LIMIT));
}

#define PART(name, rest, value)                                                                    \
        "--XyZ\r\nContent-Disposition: form-data; name=\"" name "\"" rest "\r\n\r\n" value "\r\n"

static void multipart_is_read(void **state)
{
        struct fixture *f = *state;
        struct form_input *in;
        size_t n;
        struct text body = TEXT(PART("line", "", "Anna") PART("lines", "", "") PART(
                "file", "; filename=\"a;b.csv\"\r\nContent-Type: text/csv",
                "a,b\r\n--Xy\0\xff") "--XyZ--\r\n");

        assert_false(failed(form_parse_multipart(f->a, TEXT("multipart/form-data; boundary=XyZ"),
                                                 body, &in, &n)));
        assert_int_equal(n, 3);
        assert_int_equal(in[2].value.n, 11);
        assert_memory_equal(in[2].value.p, "a,b\r\n--Xy\0\xff", 11);
        assert_int_equal(form_fill(f->a, &all_form, in, n, &f->v, &f->echo).kind, ERR_NONE);
        assert_int_equal(f->v.file.n, 11);
        assert_null(form_typed(&f->echo, "file").p);
        in[0].value = in[2].value;      /* bytes where text should be */
        assert_int_equal(form_fill(f->a, &all_form, in, n, &f->v, &f->echo).kind, ERR_INVALID);
}

static void broken_multipart_is_refused(void **state)
{
        static const struct { const char *type, *body;
        } cases[] = {
                {"multipart/form-data", "--XyZ--\r\n"},
                {"multipart/form-data; boundary=XyZ", ""},
                {"multipart/form-data; boundary=XyZ", "no mark"},
                {"multipart/form-data; boundary=XyZ", "--XyZ"},
                {"multipart/form-data; boundary=XyZ",
                 "--XyZ\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nnever ends"},
                {"multipart/form-data; boundary=XyZ",
                 "--XyZ\r\nContent-Disposition: form-data\r\n\r\nv\r\n--XyZ--"},
                {"multipart/form-data; boundary=XyZ", "--XyZ\r\nno header end\r\n--XyZ--"},
        };
        struct fixture *f = *state;
        struct form_input *in;
        size_t n;

        for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
                assert_true(err_is(form_parse_multipart(f->a, text_of(cases[i].type),
                                                        text_of(cases[i].body), &in, &n),
                                   ERR_INVALID));
        assert_false(
                failed(form_parse_multipart(f->a, TEXT("multipart/form-data; boundary=\"XyZ\""),
                                            TEXT("--XyZ--\r\n"), &in, &n)));
        assert_int_equal(n, 0);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
        const struct CMUnitTest tests[] = {
                EACH(every_kind_is_read),
                EACH(what_was_not_sent_is_told_from_what_is_empty),
                EACH(bounds_hold),
                EACH(what_is_no_value_is_refused),
                EACH(lines_do_not_enter_a_line),
                EACH(a_stranger_field_refuses_the_form),
                EACH(what_was_typed_comes_back),
                EACH(urlencoded_is_decoded),
                EACH(a_thousand_pairs_are_enough),
                EACH(multipart_is_read),
                EACH(broken_multipart_is_refused),
        };

        return cmocka_run_group_tests_name("http/form", tests, NULL, NULL);
}
