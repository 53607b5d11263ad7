/* The bare solver's files: what is read, what is refused and where, what is written. */
#include "matching/matching_files.h"

#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static struct arena *arena;

static int setup(void **state)
{
        (void)state;
        arena = arena_new((size_t)1 << 28);
        return 0;
}

static int teardown(void **state)
{
        (void)state;
        arena_free(arena);
        return 0;
}

/* ---- decimals ---- */

static void check_decimal(const char *s, int64_t expected)
{
        struct out o = out_new(arena, 64);
        int64_t value, again;

        assert_true(matching_decimal(text_of(s), &value));
        assert_int_equal(value, expected);
        matching_decimal_write(&o, value);
        assert_true(matching_decimal(out_get(&o), &again));
        assert_int_equal(again, value);
}

static void decimals_are_exact(void **state)
{
        static const char *const refused[] = {
                "",
                "-",
                ".",
                "+",
                "1e3",
                "nan",
                "NaN",
                "inf",
                "0x1",
                "1.0000001",
                "1,5",
                "1 2",
                "--1",
                "9223372036854.775808",
                "-9223372036854.775808",
                "99999999999999999999",
                "1.2.3",
        };
        int64_t value;

        (void)state;
        check_decimal("0", 0);
        check_decimal("-0.000001", -1);
        check_decimal("12.5", 12500000);
        check_decimal("+7", 7000000);
        check_decimal(".25", 250000);
        check_decimal("3.", 3000000);
        check_decimal("0.100000", 100000);
        check_decimal("9223372036854.775807", INT64_MAX);
        check_decimal("-9223372036854.775807", -INT64_MAX);
        for (size_t k = 0; k < sizeof refused / sizeof *refused; k++)
                assert_false(matching_decimal(text_of(refused[k]), &value));
}

/* ---- lists of pairs ---- */

static struct matching_input read_edges(const char *csv)
{
        struct matching_input in;

        assert_false(failed(matching_read_edges(text_of(csv), "E.csv", arena, &in)));
        return in;
}

static void names_and_scores_are_read(void **state)
{
        struct matching_input in =
                read_edges("\xef\xbb\xbfMentee,mentor,score\r\nzoe,\"b, \"\"c\"\"\",1.5\r\n\r\n"
                           " ada , al ,-2\nzoe,al,0.000001");
        const struct matching_problem *p = &in.problem;

        (void)state;
        assert_int_equal(p->mentees, 2);
        assert_int_equal(p->mentors, 2);
        assert_true(text_is(in.mentees.p[0], "ada"));
        assert_true(text_is(in.mentees.p[1], "zoe"));
        assert_true(text_is(in.mentors.p[0], "al"));
        assert_true(text_is(in.mentors.p[1], "b, \"c\""));
        assert_int_equal(p->row[1], 1);
        assert_int_equal(p->row[2], 3);
        assert_int_equal(p->score[0], -2000000);
        assert_int_equal(p->mentor[1], 0);
        assert_int_equal(p->score[1], 1);
        assert_int_equal(p->mentor[2], 1);
        assert_int_equal(p->score[2], 1500000);
}

static void refuse_edges(const char *csv, const char *place)
{
        struct matching_input in;
        struct err e = matching_read_edges(text_of(csv), "E.csv", arena, &in);

        assert_int_equal(e.kind, ERR_INVALID);
        assert_string_equal(e.place, place);
        assert_non_null(e.next);
}

static void mistakes_are_refused_with_their_place(void **state)
{
        (void)state;
        refuse_edges("a,b\n", "E.csv, line 1, column 3");
        refuse_edges("mentee,mentor,score\na,b,1\na,c,nan\n", "E.csv, line 3, column 3");
        refuse_edges("a,b,1\na,,1\n", "E.csv, line 2, column 2");
        refuse_edges("a,b,1,9\n", "E.csv, line 1, column 4");
        refuse_edges("a,b,9999999999999999\n", "E.csv, line 1, column 3");
        refuse_edges("a,b,1\nc,d,1\n\na,b,2\n", "E.csv, line 4, column 1");
        refuse_edges("a,\"b,1\n", "E.csv, line 1, column 2");
        refuse_edges("a,\"b\"c,1\n", "E.csv, line 1, column 2");
        refuse_edges("\"a\n\n\",b,x\n", "E.csv, line 3, column 3");
}

static void refuse_capacity(const char *csv, const char *place)
{
        struct matching_input in = read_edges("a,b,1\nc,d,1\n");
        struct err e = matching_read_capacity(text_of(csv), "C.csv", arena, &in);

        assert_int_equal(e.kind, ERR_INVALID);
        assert_string_equal(e.place, place);
}

static void capacities_are_read_or_refused(void **state)
{
        struct matching_input in = read_edges("a,b,1\nc,d,1\n");

        (void)state;
        assert_false(failed(
                matching_read_capacity(text_of("mentor,capacity\nd,3\n"), "C.csv", arena, &in)));
        assert_int_equal(in.problem.places[0], 1);
        assert_int_equal(in.problem.places[1], 3);
        refuse_capacity("b,1\nx,2\n", "C.csv, line 2, column 1");
        refuse_capacity("b,1\nb,1\n", "C.csv, line 2, column 1");
        refuse_capacity("b,-1\n", "C.csv, line 1, column 2");
        refuse_capacity("b,1.5\n", "C.csv, line 1, column 2");
        refuse_capacity("b\n", "C.csv, line 1, column 2");
}

/* ---- matrices ---- */

static struct text npy(const char *descr, const char *shape, const void *data, size_t n)
{
        struct out o = out_new(arena, 256);
        char header[118];
        int used = snprintf(header, sizeof header,
                            "{'descr': '%s', 'fortran_order': False, 'shape': %s, }", descr, shape);

        memset(header + used, ' ', sizeof header - (size_t)used - 1);
        header[sizeof header - 1] = '\n';
        out_bytes(&o, "\x93NUMPY\x01\x00\x76\x00", 10);
        out_bytes(&o, header, sizeof header);
        out_bytes(&o, data, n);
        return out_get(&o);
}

static struct matching_input read_matrix(const char *descr, const void *data, size_t n)
{
        struct matching_input in;

        assert_false(
                failed(matching_read_matrix(npy(descr, "(2, 2)", data, n), "M.npy", false, arena, &in)));
        assert_int_equal(in.problem.mentees, 2);
        assert_int_equal(in.problem.mentors, 2);
        return in;
}

static void whole_numbers_stay_as_they_are(void **state)
{
        int32_t small[] = {1, INT32_MIN, -3, 4};
        int64_t large[] = {1, INT64_MIN, INT64_MAX, -4};
        struct matching_input in = read_matrix("<i4", small, sizeof small);

        (void)state;
        assert_int_equal(in.problem.cell, MATCHING_INT32);
        assert_memory_equal(in.problem.dense, small, sizeof small);
        assert_false(in.millionths);
        in = read_matrix("<i8", large, sizeof large);
        assert_int_equal(in.problem.cell, MATCHING_INT64);
        assert_memory_equal(in.problem.dense, large, sizeof large);
}

static void floats_become_millionths(void **state)
{
        double narrow[] = {0.0000005, 0.0000015, __builtin_nan(""), -2.5};
        double wide[] = {5000000, 0, __builtin_nan(""), -1};
        float single[] = {0.5f, 1.25f, -0.0f, 3};
        struct matching_input in = read_matrix("<f8", narrow, sizeof narrow);

        (void)state;
        assert_true(in.millionths);
        assert_int_equal(in.problem.cell, MATCHING_INT32);
        assert_memory_equal(in.problem.dense, ((int32_t[]) {0, 2, INT32_MIN, -2500000}), 16);
        in = read_matrix("<f8", wide, sizeof wide);
        assert_int_equal(in.problem.cell, MATCHING_INT64);
        assert_memory_equal(in.problem.dense, ((int64_t[]) {5000000000000, 0, INT64_MIN, -1000000}),
                            32);
        in = read_matrix("<f4", single, sizeof single);
        assert_memory_equal(in.problem.dense, ((int32_t[]) {500000, 1250000, 0, 3000000}), 16);
}

/* A large matrix of few scores, packed: what is written is what was read. */
static void few_scores_are_packed(void **state)
{
        static double cell[300][300];
        struct matching_result r = {.mentor_of = (int32_t[300]) {0}, .score_of = (int64_t[300]) {0}};
        struct out o = out_new(arena, 64);
        struct matching_input in;

        (void)state;
        for (int i = 0; i < 300; i++)
                for (int j = 0; j < 300; j++)
                        cell[i][j] = i == j ? __builtin_nan("") : -1.25 + 0.25 * ((i + j) % 9);
        assert_false(failed(matching_read_matrix(npy("<f8", "(300, 300)", cell, sizeof cell), "M.npy", false, arena, &in)));
        assert_int_equal(in.problem.cell, MATCHING_UINT8);
        assert_int_equal(in.base, -1250000);
        assert_int_equal(in.step, 250000);
        assert_int_equal(((const uint8_t *)in.problem.dense)[0], UINT8_MAX);
        assert_int_equal(((const uint8_t *)in.problem.dense)[5], 5);
        in.problem.mentees = 1;
        r.mentor_of[0] = 5;
        r.score_of[0] = 5;
        matching_write_pairs(&in, &r, &o);
        assert_string_equal(out_get(&o).p, "mentee,mentor,score\n0,5,0\n");
}

static void refuse_matrix(struct text file, const char *place)
{
        struct matching_input in;
        struct err e = matching_read_matrix(file, "M.npy", false, arena, &in);

        assert_int_equal(e.kind, ERR_INVALID);
        assert_string_equal(e.place, place);
}

static void broken_matrices_are_refused(void **state)
{
        double bad[] = {1, 2, __builtin_inf(), 4}, huge[] = {1, 1e13, 3, 4};

        (void)state;
        refuse_matrix(npy("<f8", "(2, 2)", bad, sizeof bad), "M.npy, row 1, column 0");
        refuse_matrix(npy("<f8", "(2, 2)", huge, sizeof huge), "M.npy, row 0, column 1");
        refuse_matrix(npy("<f8", "(2, 2)", bad, sizeof bad - 1), "M.npy");
        refuse_matrix(npy("<f8", "(2, 3)", bad, sizeof bad), "M.npy");
        refuse_matrix(npy("<f8", "(4,)", bad, sizeof bad), "M.npy");
        refuse_matrix(npy("<f8", "(2, 2, 1)", bad, sizeof bad), "M.npy");
        refuse_matrix(npy(">f8", "(2, 2)", bad, sizeof bad), "M.npy");
        refuse_matrix(npy("<f8", "(99999999999, 2)", bad, sizeof bad), "M.npy");
        refuse_matrix(TEXT("PK"), "M.npy");
}

/* ---- the whole command ---- */

static const char *path_in(const char *folder, const char *name)
{
        return text_format(arena, "%s/%s", folder, name).p;
}

static void put(const char *path, const char *content)
{
        FILE *f = fopen(path, "wb");

        assert_non_null(f);
        fputs(content, f);
        fclose(f);
}

static const char *get(const char *path)
{
        char *content = arena_alloc(arena, 4096);
        FILE *f = fopen(path, "rb");

        assert_non_null(f);
        assert_true(fread(content, 1, 4095, f) > 0);
        fclose(f);
        return content;
}

static void the_command_pairs_a_file(void **state)
{
        char folder[] = "/tmp/matching-XXXXXX";
        struct matching_bare_options o = {0};
        struct text json;

        (void)state;
        assert_non_null(mkdtemp(folder));
        o.edges = path_in(folder, "E.csv");
        o.capacity = path_in(folder, "C.csv");
        o.out = path_in(folder, "P.csv");
        put(o.edges,
            "mentee,mentor,score\nm3,b,0.2\nm1,a,0.9\nm2,a,0.8\nm2,b,0.1\nm3,a,0.7\nm4,a,5\n");
        put(o.capacity, "mentor,capacity\na,2\n");
        assert_false(failed(matching_bare(&o, arena, &json)));
        assert_true(text_starts(
                json, "{\"matched\": 3, \"total\": 6.1, \"lowest\": 0.2, \"unmatched\": 1, "
                      "\"seconds\": {\"read\": 0."));
        assert_non_null(strstr(json.p, "\"peak_mb\": "));
        assert_string_equal(get(o.out), "mentee,mentor,score\nm1,a,0.9\nm3,b,0.2\nm4,a,5\n");
        o.fair = true;
        assert_false(failed(matching_bare(&o, arena, &json)));
        assert_true(text_starts(json, "{\"matched\": 3, \"total\": 6.1, \"lowest\": 0.2, "));
        o.matrix = o.edges;
        assert_int_equal(matching_bare(&o, arena, &json).kind, ERR_INVALID);
        unlink(o.edges);
        unlink(o.capacity);
        unlink(o.out);
        rmdir(folder);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(decimals_are_exact),
                cmocka_unit_test(names_and_scores_are_read),
                cmocka_unit_test(mistakes_are_refused_with_their_place),
                cmocka_unit_test(capacities_are_read_or_refused),
                cmocka_unit_test(whole_numbers_stay_as_they_are),
                cmocka_unit_test(floats_become_millionths),
                cmocka_unit_test(few_scores_are_packed),
                cmocka_unit_test(broken_matrices_are_refused),
                cmocka_unit_test(the_command_pairs_a_file),
        };

        return cmocka_run_group_tests_name("matching files", tests, setup, teardown);
}
