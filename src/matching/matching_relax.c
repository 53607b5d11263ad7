#include "matching/matching_relax.h"

#include "base/err.h"

#if defined(__x86_64__)
#include <immintrin.h>
#define WIDE __attribute__((target("avx512f,avx512bw"))) static
#endif

struct relax { const struct matching_relax *x; int32_t i, from, now, least, *found; };

/* Of each lane the two best so far, the first of those alike. */
struct some { int32_t *value, *place; };

static void one_more(struct some *s, int32_t lane, int32_t value, int32_t j)
{
        int32_t *v = s->value + lane, *p = s->place + lane;

        if (value > v[0]) {
                v[MATCHING_LANES] = v[0];
                p[MATCHING_LANES] = p[0];
                v[0] = value;
                p[0] = j;
        } else if (value > v[MATCHING_LANES]) {
                v[MATCHING_LANES] = value;
                p[MATCHING_LANES] = j;
        }
}

/*
 * Each loop twice: as it reads, and sixteen cells at a time for processors that can.  Both give the same numbers.
 */
#define PLAIN(NAME, CELL, NONE)                                                                                                \
        static int32_t NAME##_relax(const CELL *cell, struct relax r, int32_t from, int32_t n)                                 \
        {                                                                                                                      \
                int32_t count = 0;                                                                                             \
                for (int32_t j = from; j < n; j++) {                                                                           \
                        if (cell[j] < r.least || cell[j] == (NONE))                                                            \
                                continue;                                                                                      \
                        int32_t way = r.from + r.x->price[j] - cell[j];                                                        \
                        if (way >= r.x->distance[j])                                                                           \
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
                        if (cell[j] < least || cell[j] == (NONE))                                                              \
                                continue;                                                                                      \
                        int32_t value = cell[j] - price[j];                                                                    \
                        if (value <= two->second)                                                                              \
                                continue;                                                                                      \
                        if (value > two->first)                                                                                \
                                *two = (struct matching_two) {value, two->first, j};                                           \
                        else                                                                                                   \
                                two->second = value;                                                                           \
                }                                                                                                              \
        }                                                                                                                      \
        static void NAME##_some(const CELL *cell, const int32_t *price, int32_t least, int32_t from, int32_t n, int32_t turn,  \
                                struct some *s)                                                                                \
        {                                                                                                                      \
                for (int32_t j = from; j < n; j++)                                                                             \
                        if (cell[j] >= least && cell[j] != (NONE))                                                             \
                                one_more(s, (j - turn) % MATCHING_LANES, cell[j] - price[j], j);                               \
        }

PLAIN(u8, uint8_t, UINT8_MAX)
PLAIN(u16, uint16_t, UINT16_MAX)
PLAIN(i32, int32_t, INT32_MIN)

#if defined(WIDE)
#define U8(p) _mm512_cvtepu8_epi32(_mm_loadu_si128((const void *)(p)))
#define U16(p) _mm512_cvtepu16_epi32(_mm256_loadu_si256((const void *)(p)))
#define I32(p) _mm512_loadu_si512(p)

/* What sixteen lanes have found, each the first of its own best, joins what was found before them. */
WIDE void of_lanes(__m512i first, __m512i second, __m512i place, struct matching_two *two)
{
        int32_t best = _mm512_reduce_max_epi32(first), next, column = INT32_MAX, from[16];
        __mmask16 is = _mm512_cmpeq_epi32_mask(first, _mm512_set1_epi32(best));

        _mm512_storeu_si512(from, place);
        for (unsigned left = is; left; left &= left - 1) {
                int32_t lane = __builtin_ctz(left);
                column = from[lane] + lane < column ? from[lane] + lane : column;
        }
        /* The best itself is one lane's first; every other first is a second, and so is what lies below. */
        second = _mm512_max_epi32(second, _mm512_mask_mov_epi32(first, is & (is ^ (is - 1)), second));
        next = _mm512_reduce_max_epi32(second);
        if (best > two->first)
                *two = (struct matching_two) {best, next > two->first ? next : two->first, column};
        else if (best > two->second)
                two->second = best;
}

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
                __m512i least = _mm512_set1_epi32(low), none = _mm512_set1_epi32(NONE), first = _mm512_set1_epi32(INT32_MIN);  \
                __m512i second = first, place = _mm512_setzero_si512(), at = first;                                            \
                int32_t j = from;                                                                                              \
                for (; j + 16 <= n; j += 16) {                                                                                 \
                        __m512i score = LOAD(cell + j), value = _mm512_sub_epi32(score, _mm512_loadu_si512(price + j));        \
                        __mmask16 open = _mm512_cmpge_epi32_mask(score, least) & _mm512_cmpneq_epi32_mask(score, none);        \
                        value = _mm512_mask_mov_epi32(_mm512_set1_epi32(INT32_MIN), open, value);                              \
                        at = _mm512_set1_epi32(j);                                                                             \
                        place = _mm512_mask_mov_epi32(place, _mm512_cmpgt_epi32_mask(value, first), at);                       \
                        second = _mm512_max_epi32(second, _mm512_min_epi32(value, first));                                     \
                        first = _mm512_max_epi32(first, value);                                                                \
                }                                                                                                              \
                if (j > from)                                                                                                  \
                        of_lanes(first, second, place, two);                                                                   \
                NAME##_two(cell, price, low, j, n, two);                                                                       \
        }

#define SOME(NAME, CELL, NONE, LOAD)                                                                                           \
        WIDE void NAME##_some_wide(const CELL *cell, const int32_t *price, int32_t low, int32_t from, int32_t n, int32_t turn, \
                                   struct some *s)                                                                             \
        {                                                                                                                      \
                __m512i least = _mm512_set1_epi32(low), none = _mm512_set1_epi32(NONE), first = _mm512_loadu_si512(s->value);  \
                __m512i second = _mm512_loadu_si512(s->value + 16), place = _mm512_loadu_si512(s->place), at;                  \
                __m512i after = _mm512_loadu_si512(s->place + 16), nothing = _mm512_set1_epi32(INT32_MIN);                     \
                int32_t j = from;                                                                                              \
                for (; j + 16 <= n; j += 16) {                                                                                 \
                        __m512i score = LOAD(cell + j), value = _mm512_sub_epi32(score, _mm512_loadu_si512(price + j));        \
                        __mmask16 more = _mm512_cmpgt_epi32_mask(value, second);                                               \
                        more &= _mm512_cmpge_epi32_mask(score, least) & _mm512_cmpneq_epi32_mask(score, none);                 \
                        if (!more)                                                                                             \
                                continue;                                                                                      \
                        value = _mm512_mask_mov_epi32(nothing, more, value);                                                   \
                        __mmask16 most = _mm512_cmpgt_epi32_mask(value, first);                                                \
                        at = _mm512_add_epi32(_mm512_set1_epi32(j), _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)); \
                        after = _mm512_mask_mov_epi32(_mm512_mask_mov_epi32(after, more, at), most, place);                    \
                        second = _mm512_mask_mov_epi32(_mm512_mask_mov_epi32(second, more, value), most, first);               \
                        place = _mm512_mask_mov_epi32(place, most, at);                                                        \
                        first = _mm512_mask_mov_epi32(first, most, value);                                                     \
                }                                                                                                              \
                _mm512_storeu_si512(s->value, first);                                                                          \
                _mm512_storeu_si512(s->value + 16, second);                                                                    \
                _mm512_storeu_si512(s->place, place);                                                                          \
                _mm512_storeu_si512(s->place + 16, after);                                                                     \
                NAME##_some(cell, price, low, j, n, turn, s);                                                                  \
        }

SOME(u8, uint8_t, UINT8_MAX, U8)
SOME(u16, uint16_t, UINT16_MAX, U16)
SOME(i32, int32_t, INT32_MIN, I32)
SIXTEEN(u8, uint8_t, UINT8_MAX, U8)
SIXTEEN(u16, uint16_t, UINT16_MAX, U16)
SIXTEEN(i32, int32_t, INT32_MIN, I32)

#define CAN_WIDE() (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw"))
#define RELAX(NAME, CELL) (CAN_WIDE() ? NAME##_relax_wide((const CELL *)s->cell + at, r, n) : NAME##_relax((const CELL *)s->cell + at, r, 0, n))
#define TWO(NAME, CELL, FROM, N)                                                                                               \
        (CAN_WIDE() ? NAME##_two_wide((const CELL *)s->cell + at, x->price, least, FROM, N, two)                               \
                    : NAME##_two((const CELL *)s->cell + at, x->price, least, FROM, N, two))
#define FEW(NAME, CELL, FROM, N)                                                                                               \
        (CAN_WIDE() ? NAME##_some_wide((const CELL *)s->cell + at, x->price, least, FROM, N, FROM, some)                       \
                    : NAME##_some((const CELL *)s->cell + at, x->price, least, FROM, N, FROM, some))
#else
#define FEW(NAME, CELL, FROM, N) NAME##_some((const CELL *)s->cell + at, x->price, least, FROM, N, FROM, some)
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

static bool no_choice(int32_t value) { return value < -MATCHING_CLOSED / 2; }

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
        if (no_choice(two.first))
                two = (struct matching_two) {INT32_MIN, INT32_MIN, MATCHING_NOBODY};
        if (no_choice(two.second))
                two.second = INT32_MIN;
        return two;
}

static void some_between(const struct matching_relax *x, int64_t at, int32_t from, int32_t until, struct some *some)
{
        const struct matching_sheet *s = x->sheet;
        int32_t least = least_of(s);

        switch (s->kind) {
        case MATCHING_UINT8: FEW(u8, uint8_t, from, until); return;
        case MATCHING_UINT16: FEW(u16, uint16_t, from, until); return;
        case MATCHING_INT32: FEW(i32, int32_t, from, until); return;
        case MATCHING_INT64: break;
        }
        must(!"cells of 64 bits are for another engine");
}

void matching_relax_some(const struct matching_relax *x, int32_t row, int32_t own, int32_t *value, int32_t *place)
{
        struct some some = {value, place};

        for (int k = 0; k < MATCHING_SOME; k++)
                value[k] = INT32_MIN;
        some_between(x, (int64_t)row * x->sheet->stride, own, x->sheet->columns, &some);
        some_between(x, (int64_t)row * x->sheet->stride, 0, own, &some);
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
