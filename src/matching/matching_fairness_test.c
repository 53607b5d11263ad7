/* Small groups stay hidden, and cannot be worked out; differences are told from chance by their spread. */
#include "matching/matching_fairness.h"
#include "matching/matching_kept.h"
#include "matching/matching_table_list.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct arena *arena;

static int setup(void **state)
{
        (void)state;
        arena = arena_new((size_t)64 << 20);
        return 0;
}

static int teardown(void **state)
{
        (void)state;
        arena_free(arena);
        return 0;
}

static struct matching_groups groups_of(const int *sizes, size_t n, int64_t k)
{
        struct matching_case row[200];
        struct matching_groups out;
        size_t at = 0;

        for (size_t g = 0; g < n; g++)
                for (int i = 0; i < sizes[g]; i++, at++)
                        row[at] = (struct matching_case) {.group = text_format(arena, "group %zu", g), .score = 500000 + (int64_t)(at % 7) * 10000};
        matching_groups(row, at, k, arena, &out);
        return out;
}

static void small_groups_are_hidden_so_that_nobody_can_subtract(void **state)
{
        struct matching_groups g;

        (void)state;
        g = groups_of((int[]) {20, 10, 6}, 3, 5);       /* nothing is small */
        assert_int_equal(g.n, 3);
        assert_int_equal(g.hidden, 0);
        g = groups_of((int[]) {20, 10, 6, 4}, 4, 5);    /* one small group: the next goes with it */
        assert_int_equal(g.n, 2);
        assert_int_equal(g.hidden, 2);
        assert_int_equal(g.hidden_people, 10);
        g = groups_of((int[]) {20, 10, 1, 1}, 4, 5);    /* two of them, but together still fewer than k */
        assert_int_equal(g.n, 1);
        assert_true(g.nothing && g.hidden_people == 12);
        g = groups_of((int[]) {20, 10, 3, 3}, 4, 5);    /* two that hide each other */
        assert_int_equal(g.n, 2);
        assert_int_equal(g.hidden_people, 6);
        g = groups_of((int[]) {20, 9, 9}, 3, 10);
        assert_int_equal(g.n, 1);
        g = groups_of((int[]) {3}, 1, 5);
        assert_true(g.n == 0 && g.nothing);
        g = groups_of(NULL, 0, 5);
        assert_true(g.n == 0 && g.hidden == 0);
}

static void differences_are_standardised(void **state)
{
        struct matching_case row[40];
        struct matching_groups g;

        (void)state;
        for (int i = 0; i < 40; i++)
                row[i] = (struct matching_case) {.group = i < 20 ? TEXT("near") : TEXT("far"), .score = (i < 20 ? 700000 : 650000) + (i % 5) * 20000,
                                                 .left_out = i >= 34};
        matching_groups(row, 40, 5, arena, &g);
        assert_int_equal(g.n, 2);
        const struct matching_group *far = text_is(g.row[0].name, "far") ? &g.row[0] : &g.row[1];
        assert_true(far->lower && far->left_more && !far->higher);
        assert_true(far->d_fit < -1 && far->d_left > 0.25);
        assert_int_equal(far->left_out, 6);
        for (int i = 0; i < 40; i++)
                row[i].left_out = false, row[i].score = 700000 + (i % 5) * 20000;
        matching_groups(row, 40, 5, arena, &g);
        assert_true(!g.row[0].lower && !g.row[0].higher && !g.row[0].left_more);
}

/* ---- what is kept of a run ---- */

static void inputs_come_back_as_they_were(void **state)
{
        enum { N = 7, M = 5 };
        int32_t cell[N * M], places[M] = {1, 2, 0, 3, 1}, least[M] = {0, 0, 0, 2, 0}, announced[N] = {0, -1, 3, 3, -1, 1, 4};
        uint8_t reserve[M] = {0, 1, 0, 0, 0};
        int64_t mentee[N] = {3, 5, 900, 901, 914325375598681853, 914325375598681860, INT64_MAX}, mentor[M] = {1, 2, 3, 4, 5};
        struct matching_pair out[2] = {{0, 4}, {6, 1}}, lock = {3, 3};
        struct matching_packed packed, again;
        struct matching_kept kept;
        int32_t *back;

        (void)state;
        for (int i = 0; i < N * M; i++)
                cell[i] = i % 4 == 3 ? INT32_MIN : i * 27777 % 1000001;
        struct matching_problem p = {.mentees = N, .mentors = M, .shape = MATCHING_DENSE, .dense = cell, .stride = M, .cell = MATCHING_INT32,
                                     .places = places, .least = least, .forbidden = out, .n_forbidden = 2, .locked = &lock, .n_locked = 1,
                                     .announced = announced, .keep = 1};
        assert_false(failed(matching_pack(&p, reserve, mentee, mentor, arena, arena, &packed)));
        assert_false(failed(matching_pack(&p, reserve, mentee, mentor, arena, arena, &again)));
        assert_true(text_equal(packed.bytes, again.bytes) && text_equal(packed.hash, again.hash) && packed.whole);
        assert_false(failed(matching_unpack(packed.bytes, arena, &kept)));
        assert_true(kept.whole && kept.mentees == N && kept.mentors == M && kept.places == 7);
        assert_memory_equal(kept.mentee, mentee, sizeof mentee);
        assert_memory_equal(kept.problem.dense, cell, sizeof cell);
        assert_memory_equal(kept.problem.places, places, sizeof places);
        assert_memory_equal(kept.problem.least, least, sizeof least);
        assert_memory_equal(kept.reserve, reserve, sizeof reserve);
        assert_memory_equal(kept.problem.announced, announced, sizeof announced);
        assert_memory_equal(kept.problem.forbidden, out, sizeof out);
        assert_true(kept.problem.n_locked == 1 && kept.problem.keep == 1);
        assert_false(failed(matching_unpack_pairs(matching_pack_pairs(announced, N, arena), N, M, arena, &back)));
        assert_memory_equal(back, announced, sizeof announced);
        /* every shorter one is refused, and so is a pair out of range */
        for (size_t n = 0; n < packed.bytes.n; n++)
                assert_true(failed(matching_unpack((struct text) {packed.bytes.p, n}, arena, &kept)));
        assert_true(failed(matching_unpack_pairs(matching_pack_pairs(announced, N, arena), N, 3, arena, &back)));
}

/* ---- the list ---- */

static void the_list_filters_orders_and_pages(void **state)
{
        struct matching_line row[60];
        struct text names[60], mentor = text_fold(arena, TEXT("Zoë Lind"));
        struct matching_line_list all = {60, row};
        struct matching_list_page page;
        struct matching_filter_list filters;

        (void)state;
        for (int i = 0; i < 60; i++) {
                names[i] = text_fold(arena, text_format(arena, "Mentee %02d Østergård", 59 - i));
                row[i] = (struct matching_line) {.id = i + 1, .mentee = i + 1, .score = 400000 + i * 10000, .low = i < 15, .unsent = i != 40,
                                                 .declined = i == 40, .locked = i == 7, .key = {&names[i], &mentor}};
        }
        matching_list_eye(&all, 0, arena);
        assert_int_equal(row[40].eye, 3);
        assert_int_equal(row[0].eye, 2);
        assert_int_equal(row[20].eye, 0);
        row[41].mentee = row[40].mentee;
        row[41].unsent = false, row[41].expired = true; /* a second no: the last one asks */
        matching_list_eye(&all, 0, arena);
        assert_true(row[40].eye == 0 && row[41].eye == 3);
        row[41].unsent = true, row[41].expired = false;                /* she has another proposal: the no is settled */
        matching_list_eye(&all, 0, arena);
        assert_int_equal(row[40].eye, 0);
        matching_list_page(&all, &(struct matching_list_ask) {.sort = TEXT("eye")}, arena, &page);
        assert_true(page.pages == 3 && page.found == 60 && page.lines.n == MATCHING_PAGE && page.lines.row[0].id == 1);
        matching_list_page(&all, &(struct matching_list_ask) {.sort = TEXT("mentee"), .page = 99}, arena, &page);
        assert_true(page.page == 3 && page.lines.n == 10 && page.lines.row[9].id == 1);
        matching_list_page(&all, &(struct matching_list_ask) {.q = TEXT("ØSTERGÅRD zoë 07"), .sort = TEXT("nothing")}, arena, &page);
        assert_true(page.found == 1 && page.lines.row[0].id == 53);
        matching_list_page(&all, &(struct matching_list_ask) {.show = TEXT("locked")}, arena, &page);
        assert_int_equal(page.found, 1);
        matching_list_filters(&all, TEXT("locked"), arena, &filters);
        assert_int_equal(filters.n, 5);                 /* all, eye, not sent, locked, declined; none that is empty */
        matching_list_page(&(struct matching_line_list) {0}, &(struct matching_list_ask) {.page = 3}, arena, &page);
        assert_true(page.found == 0 && page.page == 1 && page.lines.n == 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(small_groups_are_hidden_so_that_nobody_can_subtract), cmocka_unit_test(differences_are_standardised),
                cmocka_unit_test(inputs_come_back_as_they_were), cmocka_unit_test(the_list_filters_orders_and_pages),
        };

        return cmocka_run_group_tests(tests, setup, teardown);
}
