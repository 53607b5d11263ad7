#include "matching/matching_relax_parts.h"

#include "base/err.h"
#include "matching/matching_level.h"

static int32_t least_of(const struct matching_sheet *s)
{
        return s->least < INT32_MIN ? INT32_MIN : s->least > INT32_MAX ? INT32_MAX : (int32_t)s->least;
}

/* Where a row begins, and the loops for such cells: the widest, and plain ones for what those leave over. */
struct row { const void *cell; const struct matching_loops *wide, *plain; };

static struct row row_of(const struct matching_sheet *s, int32_t row)
{
        int64_t at = (int64_t)row * s->stride;
        const void *cell = NULL;
        int kind = 0;

        switch (s->kind) {
        case MATCHING_UINT8: cell = (const uint8_t *)s->cell + at; break;
        case MATCHING_UINT16: cell = (const uint16_t *)s->cell + at; kind = 1; break;
        case MATCHING_INT32: cell = (const int32_t *)s->cell + at; kind = 2; break;
        case MATCHING_INT64: must(!"cells of 64 bits are for another engine");
        }
        const struct matching_loops *plain = &matching_loops_plain[kind], *wide = plain;
#if defined(__x86_64__)
        if (matching_level() == MATCHING_AVX512)
                wide = &matching_loops_avx512[kind];
        if (matching_level() == MATCHING_AVX2)
                wide = &matching_loops_avx2[kind];
#endif
        return (struct row) {cell, wide, plain};
}

int32_t matching_relax(const struct matching_relax *x, int32_t row, int32_t i, int32_t price, int32_t now, int32_t *found)
{
        struct matching_ask ask = {x, i, now + price, now, least_of(x->sheet), found, 0};
        struct row r = row_of(x->sheet, row);
        int32_t n = x->sheet->columns;

        r.plain->relax(r.cell, &ask, r.wide->relax(r.cell, &ask, 0, n), n);
        return ask.count;
}

static bool no_choice(int32_t value) { return value < -MATCHING_CLOSED / 2; }

static void two_between(const struct matching_relax *x, const struct row *r, int32_t from, int32_t until, struct matching_two *two)
{
        int32_t least = least_of(x->sheet);

        from = r->wide->two(r->cell, x->price, least, from, until, two);
        r->plain->two(r->cell, x->price, least, from, until, two);
}

/* Ties go to the columns from `own` on, so that rows that are alike do not all ask for the same. */
struct matching_two matching_relax_best(const struct matching_relax *x, int32_t row, int32_t own)
{
        struct matching_two two = {INT32_MIN, INT32_MIN, MATCHING_NOBODY};
        struct row r = row_of(x->sheet, row);

        two_between(x, &r, own, x->sheet->columns, &two);
        two_between(x, &r, 0, own, &two);
        if (no_choice(two.first))
                two = (struct matching_two) {INT32_MIN, INT32_MIN, MATCHING_NOBODY};
        if (no_choice(two.second))
                two.second = INT32_MIN;
        return two;
}

static void some_between(const struct matching_relax *x, const struct row *r, int32_t from, int32_t until, struct matching_lanes *some)
{
        int32_t least = least_of(x->sheet);

        from = r->wide->some(r->cell, x->price, least, from, until, some);
        r->plain->some(r->cell, x->price, least, from, until, some);
}

void matching_relax_some(const struct matching_relax *x, int32_t row, int32_t own, int32_t *value, int32_t *place)
{
        struct matching_lanes some = {value, place};
        struct row r = row_of(x->sheet, row);

        for (int k = 0; k < MATCHING_SOME; k++)
                value[k] = INT32_MIN;
        some_between(x, &r, own, x->sheet->columns, &some);
        some_between(x, &r, 0, own, &some);
        for (int k = 0; k < MATCHING_SOME; k++)
                value[k] = no_choice(value[k]) ? INT32_MIN : value[k];
}

/* ---- the next level ---- */

enum { AT_ONCE = MATCHING_AT_ONCE };

static inline __attribute__((always_inline)) int32_t next_body(const int32_t *distance, int32_t n, int32_t *now, int32_t *found)
{
        int32_t least = MATCHING_TOO_FAR, count = 0;

        for (int32_t at = 0; at < n; at += AT_ONCE)
                for (int32_t k = at; k < at + AT_ONCE; k++) {
                        int32_t here = distance[k] > *now ? distance[k] : MATCHING_TOO_FAR;
                        least = here < least ? here : least;
                }
        for (int32_t at = 0; at < n && least < MATCHING_TOO_FAR; at += AT_ONCE) {
                int32_t any = 0;
                for (int32_t k = at; k < at + AT_ONCE; k++)
                        any |= distance[k] == least;
                for (int32_t k = at; any && k < at + AT_ONCE; k++)
                        if (distance[k] == least)
                                found[count++] = k;
        }
        *now = least;
        return count;
}

static int32_t next_plain(const int32_t *distance, int32_t n, int32_t *now, int32_t *found)
{
        return next_body(distance, n, now, found);
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static int32_t next_wide(const int32_t *distance, int32_t n, int32_t *now, int32_t *found)
{
        return next_body(distance, n, now, found);
}
#endif

int32_t matching_relax_next(const struct matching_relax *x, int32_t *now, int32_t *found)
{
#if defined(__x86_64__)
        if (matching_level() >= MATCHING_AVX2)
                return next_wide(x->distance, x->sheet->columns, now, found);
#endif
        return next_plain(x->distance, x->sheet->columns, now, found);
}
