#include "matching/matching_relax.h"

#include "base/err.h"

#if defined(__x86_64__)
#include <immintrin.h>
#define WIDE __attribute__((target("avx512f,avx512bw"))) static
#endif

struct relax { const struct matching_relax *x; int32_t i, from, now, least, *found; };

/*
 * Each loop twice: as it reads, and sixteen cells at a time for processors that can.  Both give the same numbers.
 */
#define PLAIN(NAME, CELL, NONE)                                                                                                \
        static int32_t NAME##_relax(const CELL *cell, struct relax r, int32_t from, int32_t n)                                 \
        {                                                                                                                      \
                int32_t count = 0;                                                                                             \
                for (int32_t j = from; j < n; j++) {                                                                           \
                        int32_t way = r.from + r.x->price[j] - cell[j];                                                        \
                        if (way >= r.x->distance[j] || cell[j] < r.least || cell[j] == (NONE))                                 \
                                continue;                                                                                      \
                        r.x->distance[j] = way;                                                                                \
                        r.x->parent[j] = r.i;                                                                                  \
                        if (way == r.now)                                                                                      \
                                r.found[count++] = j;                                                                          \
                }                                                                                                              \
                return count;                                                                                                  \
        }                                                                                                                      \
        static void NAME##_two(const CELL *cell, const int32_t *price, int32_t least, int32_t from, int32_t n,                 \
                               struct matching_two *two)                                                                       \
        {                                                                                                                      \
                for (int32_t j = from; j < n; j++) {                                                                           \
                        int32_t value = cell[j] - price[j];                                                                    \
                        if (value <= two->second || cell[j] < least || cell[j] == (NONE))                                      \
                                continue;                                                                                      \
                        if (value > two->first)                                                                                \
                                *two = (struct matching_two) {value, two->first, j};                                           \
                        else                                                                                                   \
                                two->second = value;                                                                           \
                }                                                                                                              \
        }

PLAIN(u8, uint8_t, UINT8_MAX)
PLAIN(u16, uint16_t, UINT16_MAX)
PLAIN(i32, int32_t, INT32_MIN)

#if defined(WIDE)
#define U8(p) _mm512_cvtepu8_epi32(_mm_loadu_si128((const void *)(p)))
#define U16(p) _mm512_cvtepu16_epi32(_mm256_loadu_si256((const void *)(p)))
#define I32(p) _mm512_loadu_si512(p)

#define SIXTEEN(NAME, CELL, NONE, LOAD)                                                                                        \
        WIDE int32_t NAME##_relax_wide(const CELL *cell, struct relax r, int32_t n)                                            \
        {                                                                                                                      \
                __m512i from = _mm512_set1_epi32(r.from), now = _mm512_set1_epi32(r.now), row = _mm512_set1_epi32(r.i);        \
                __m512i least = _mm512_set1_epi32(r.least), none = _mm512_set1_epi32(NONE);                                    \
                const int32_t *price = r.x->price;                                                                             \
                int32_t *distance = r.x->distance, count = 0, j = 0;                                                           \
                for (; j + 16 <= n; j += 16) {                                                                                 \
                        __m512i score = LOAD(cell + j), old = _mm512_loadu_si512(distance + j);                                \
                        __m512i way = _mm512_sub_epi32(_mm512_add_epi32(from, _mm512_loadu_si512(price + j)), score);          \
                        __mmask16 nearer = _mm512_cmplt_epi32_mask(way, old);                                                  \
                        if (!nearer)                                                                                           \
                                continue;                                                                                      \
                        nearer &= _mm512_cmpge_epi32_mask(score, least) & _mm512_cmpneq_epi32_mask(score, none);               \
                        _mm512_mask_storeu_epi32(distance + j, nearer, way);                                                   \
                        _mm512_mask_storeu_epi32(r.x->parent + j, nearer, row);                                                \
                        for (unsigned level = nearer & _mm512_cmpeq_epi32_mask(way, now); level; level &= level - 1)           \
                                r.found[count++] = j + __builtin_ctz(level);                                                   \
                }                                                                                                              \
                r.found += count;                                                                                              \
                return count + NAME##_relax(cell, r, j, n);                                                                    \
        }                                                                                                                      \
        WIDE void NAME##_two_wide(const CELL *cell, const int32_t *price, int32_t low, int32_t from, int32_t n,                \
                                  struct matching_two *two)                                                                    \
        {                                                                                                                      \
                __m512i least = _mm512_set1_epi32(low), none = _mm512_set1_epi32(NONE);                                        \
                for (; from + 16 <= n; from += 16) {                                                                           \
                        __m512i score = LOAD(cell + from), value = _mm512_sub_epi32(score, _mm512_loadu_si512(price + from));  \
                        __mmask16 more = _mm512_cmpgt_epi32_mask(value, _mm512_set1_epi32(two->second));                       \
                        if (more && more & _mm512_cmpge_epi32_mask(score, least) & _mm512_cmpneq_epi32_mask(score, none))      \
                                NAME##_two(cell, price, low, from, from + 16, two);                                            \
                }                                                                                                              \
                NAME##_two(cell, price, low, from, n, two);                                                                    \
        }

SIXTEEN(u8, uint8_t, UINT8_MAX, U8)
SIXTEEN(u16, uint16_t, UINT16_MAX, U16)
SIXTEEN(i32, int32_t, INT32_MIN, I32)

#define CAN_WIDE() (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw"))
#define RELAX(NAME, CELL) (CAN_WIDE() ? NAME##_relax_wide((const CELL *)s->cell + at, r, n) : NAME##_relax((const CELL *)s->cell + at, r, 0, n))
#define TWO(NAME, CELL, FROM, N)                                                                                               \
        (CAN_WIDE() ? NAME##_two_wide((const CELL *)s->cell + at, x->price, least, FROM, N, two)                               \
                    : NAME##_two((const CELL *)s->cell + at, x->price, least, FROM, N, two))
#else
#define RELAX(NAME, CELL) NAME##_relax((const CELL *)s->cell + at, r, 0, n)
#define TWO(NAME, CELL, FROM, N) NAME##_two((const CELL *)s->cell + at, x->price, least, FROM, N, two)
#endif

static int32_t least_of(const struct matching_sheet *s)
{
        return s->least < INT32_MIN ? INT32_MIN : s->least > INT32_MAX ? INT32_MAX : (int32_t)s->least;
}

int32_t matching_relax(const struct matching_relax *x, int32_t row, int32_t i, int32_t price, int32_t now, int32_t *found)
{
        const struct matching_sheet *s = x->sheet;
        struct relax r = {x, i, now + price, now, least_of(s), found};
        int64_t at = (int64_t)row * s->stride;
        int32_t n = s->columns;

        switch (s->kind) {
        case MATCHING_UINT8: return RELAX(u8, uint8_t);
        case MATCHING_UINT16: return RELAX(u16, uint16_t);
        case MATCHING_INT32: return RELAX(i32, int32_t);
        case MATCHING_INT64: break;
        }
        must(!"cells of 64 bits are for another engine");
}

/* Ties go to the columns from `own` on, so that rows that are alike do not all ask for the same. */
static void two_between(const struct matching_relax *x, int64_t at, int32_t from, int32_t until, struct matching_two *two)
{
        const struct matching_sheet *s = x->sheet;
        int32_t least = least_of(s);

        switch (s->kind) {
        case MATCHING_UINT8: TWO(u8, uint8_t, from, until); return;
        case MATCHING_UINT16: TWO(u16, uint16_t, from, until); return;
        case MATCHING_INT32: TWO(i32, int32_t, from, until); return;
        case MATCHING_INT64: break;
        }
        must(!"cells of 64 bits are for another engine");
}

struct matching_two matching_relax_best(const struct matching_relax *x, int32_t row, int32_t own)
{
        struct matching_two two = {INT32_MIN, INT32_MIN, MATCHING_NOBODY};

        two_between(x, (int64_t)row * x->sheet->stride, own, x->sheet->columns, &two);
        two_between(x, (int64_t)row * x->sheet->stride, 0, own, &two);
        return two;
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

#if defined(WIDE)
__attribute__((target("avx2"))) static int32_t next_wide(const int32_t *distance, int32_t n, int32_t *now, int32_t *found)
{
        return next_body(distance, n, now, found);
}
#endif

int32_t matching_relax_next(const struct matching_relax *x, int32_t *now, int32_t *found)
{
#if defined(WIDE)
        if (__builtin_cpu_supports("avx2"))
                return next_wide(x->distance, x->sheet->columns, now, found);
#endif
        return next_plain(x->distance, x->sheet->columns, now, found);
}
