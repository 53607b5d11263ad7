/* Sixteen cells at a time. */
#include "matching/matching_relax_parts.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define WIDE __attribute__((target("avx512f,avx512bw"))) static
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
        WIDE int32_t NAME##_relax(const void *cells, struct matching_ask *r, int32_t at, int32_t n)                            \
        {                                                                                                                      \
                __m512i from = _mm512_set1_epi32(r->from), now = _mm512_set1_epi32(r->now), row = _mm512_set1_epi32(r->i);     \
                __m512i least = _mm512_set1_epi32(r->least), none = _mm512_set1_epi32(NONE);                                   \
                const CELL *cell = cells;                                                                                      \
                const int32_t *price = r->x->price;                                                                            \
                int32_t *distance = r->x->distance, *parent = r->x->parent, j = at;                                            \
                for (; j + 16 <= n; j += 16) {                                                                                 \
                        __m512i score = LOAD(cell + j), old = _mm512_loadu_si512(distance + j);                                \
                        __m512i way = _mm512_sub_epi32(_mm512_add_epi32(from, _mm512_loadu_si512(price + j)), score);          \
                        __mmask16 nearer = _mm512_cmplt_epi32_mask(way, old);                                                  \
                        if (!nearer)                                                                                           \
                                continue;                                                                                      \
                        nearer &= _mm512_cmpge_epi32_mask(score, least) & _mm512_cmpneq_epi32_mask(score, none);               \
                        _mm512_mask_storeu_epi32(distance + j, nearer, way);                                                   \
                        _mm512_mask_storeu_epi32(parent + j, nearer, row);                                                     \
                        for (unsigned level = nearer & _mm512_cmpeq_epi32_mask(way, now); level; level &= level - 1)           \
                                r->found[r->count++] = j + __builtin_ctz(level);                                               \
                }                                                                                                              \
                return j;                                                                                                      \
        }                                                                                                                      \
        WIDE int32_t NAME##_two(const void *cells, const int32_t *price, int32_t low, int32_t from, int32_t n,                 \
                                struct matching_two *two)                                                                      \
        {                                                                                                                      \
                __m512i least = _mm512_set1_epi32(low), none = _mm512_set1_epi32(NONE), first = _mm512_set1_epi32(INT32_MIN);  \
                __m512i second = first, place = _mm512_setzero_si512(), at = first;                                            \
                const CELL *cell = cells;                                                                                      \
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
                return j;                                                                                                      \
        }

#define SOME(NAME, CELL, NONE, LOAD)                                                                                           \
        WIDE int32_t NAME##_some(const void *cells, const int32_t *price, int32_t low, int32_t from, int32_t n,                \
                                 struct matching_lanes *s)                                                                     \
        {                                                                                                                      \
                __m512i least = _mm512_set1_epi32(low), none = _mm512_set1_epi32(NONE), first = _mm512_loadu_si512(s->value);  \
                __m512i second = _mm512_loadu_si512(s->value + 16), place = _mm512_loadu_si512(s->place), at;                  \
                __m512i after = _mm512_loadu_si512(s->place + 16), nothing = _mm512_set1_epi32(INT32_MIN);                     \
                const CELL *cell = cells;                                                                                      \
                int32_t j = from;                                                                                              \
                for (; j + 16 <= n; j += 16) {                                                                                 \
                        __m512i score = LOAD(cell + j), value = _mm512_sub_epi32(score, _mm512_loadu_si512(price + j));        \
                        __mmask16 more = _mm512_cmpgt_epi32_mask(value, second);                                               \
                        more &= _mm512_cmpge_epi32_mask(score, least) & _mm512_cmpneq_epi32_mask(score, none);                 \
                        if (!more)                                                                                             \
                                continue;                                                                                      \
                        value = _mm512_mask_mov_epi32(nothing, more, value);                                                   \
                        __mmask16 most = _mm512_cmpgt_epi32_mask(value, first);                                                \
                        at = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);                          \
                        at = _mm512_add_epi32(_mm512_set1_epi32(j), at);                                                       \
                        after = _mm512_mask_mov_epi32(_mm512_mask_mov_epi32(after, more, at), most, place);                    \
                        second = _mm512_mask_mov_epi32(_mm512_mask_mov_epi32(second, more, value), most, first);               \
                        place = _mm512_mask_mov_epi32(place, most, at);                                                        \
                        first = _mm512_mask_mov_epi32(first, most, value);                                                     \
                }                                                                                                              \
                _mm512_storeu_si512(s->value, first);                                                                          \
                _mm512_storeu_si512(s->value + 16, second);                                                                    \
                _mm512_storeu_si512(s->place, place);                                                                          \
                _mm512_storeu_si512(s->place + 16, after);                                                                     \
                return j;                                                                                                      \
        }

SIXTEEN(u8, uint8_t, UINT8_MAX, U8)
SIXTEEN(u16, uint16_t, UINT16_MAX, U16)
SIXTEEN(i32, int32_t, INT32_MIN, I32)
SOME(u8, uint8_t, UINT8_MAX, U8)
SOME(u16, uint16_t, UINT16_MAX, U16)
SOME(i32, int32_t, INT32_MIN, I32)

const struct matching_loops matching_loops_avx512[MATCHING_LOOPS] = {
        {u8_relax, u8_two, u8_some}, {u16_relax, u16_two, u16_some}, {i32_relax, i32_two, i32_some}};

#endif
