/* The loops over a row: whatever the width, the numbers are those of the plain ones. */
#include "base/arena.h"
#include "matching/matching_level.h"
#include "matching/matching_relax.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { MOST = 200, TRIES = 400 };

static uint32_t state = 1;

static int32_t below(int32_t n)
{
        state = state * 1664525 + 1013904223;
        return (int32_t)((state >> 8) % (uint32_t)n);
}

struct row {
        uint8_t u8[MOST];
        uint16_t u16[MOST];
        int32_t i32[MOST], price[MOST], distance[MOST];
        int32_t n, own, spread;
        int64_t least;
};

/* Short rows and long ones, few scores and many, pairs that are not allowed, columns without a place. */
static void make(struct row *r)
{
        *r = (struct row) {.n = 1 + below(MOST), .spread = below(2) ? 4 : 250};
        r->own = below(r->n);
        r->least = below(3) ? MATCHING_NONE + 1 : below(r->spread);
        for (int32_t j = 0; j < r->n; j++) {
                int32_t score = below(r->spread);
                bool none = below(6) == 0;
                r->u8[j] = none ? UINT8_MAX : (uint8_t)score;
                r->u16[j] = none ? UINT16_MAX : (uint16_t)score;
                r->i32[j] = none ? INT32_MIN : score;
                r->price[j] = below(9) == 0 ? MATCHING_CLOSED : below(r->spread);
                r->distance[j] = r->price[j] == MATCHING_CLOSED ? INT32_MIN : below(2) ? MATCHING_TOO_FAR : below(r->spread);
        }
}

/* Everything that comes out of a row. */
struct told {
        int32_t distance[MOST], parent[MOST], found[MOST], n, value[MATCHING_SOME], place[MATCHING_SOME];
        struct matching_two two;
};

static void ask(const struct row *r, const void *cell, enum matching_cell kind, struct told *t)
{
        struct matching_sheet sheet = {.cell = cell, .stride = r->n, .kind = kind, .rows = 1, .columns = r->n, .least = r->least};
        struct matching_relax x = {.sheet = &sheet, .price = r->price, .distance = t->distance, .parent = t->parent};

        memset(t, 0, sizeof *t);
        memcpy(t->distance, r->distance, sizeof t->distance);
        t->n = matching_relax(&x, 0, 7, r->spread - 1, 0, t->found);
        t->two = matching_relax_best(&x, 0, r->own);
        matching_relax_some(&x, 0, r->own, t->value, t->place);
        for (int k = 0; k < MATCHING_SOME; k++)
                t->place[k] = t->value[k] == INT32_MIN ? 0 : t->place[k];       /* of none it may be anywhere */
}

static void same(const struct row *r, const void *cell, enum matching_cell kind)
{
        struct told plain, wide;

        matching_level_at_most(MATCHING_PLAIN);
        ask(r, cell, kind, &plain);
        for (int level = MATCHING_AVX2; level <= MATCHING_AVX512; level++) {
                matching_level_at_most((enum matching_level)level);
                ask(r, cell, kind, &wide);
                assert_memory_equal(&plain, &wide, sizeof plain);
        }
}

static void all_widths_tell_the_same(void **unused)
{
        struct row r;

        (void)unused;
        for (int k = 0; k < TRIES; k++) {
                make(&r);
                same(&r, r.u8, MATCHING_UINT8);
                same(&r, r.u16, MATCHING_UINT16);
                same(&r, r.i32, MATCHING_INT32);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {cmocka_unit_test(all_widths_tell_the_same)};

        return cmocka_run_group_tests(tests, NULL, NULL);
}
