/* Eight cells at a time, for processors without anything wider. */
#include "matching/matching_relax_parts.h"

#if defined(__x86_64__)
#include <immintrin.h>

enum { EIGHT = 8 };

#define WIDE __attribute__((target("avx2"))) static
#define U8(p) _mm256_cvtepu8_epi32(_mm_loadl_epi64((const void *)(p)))
#define U16(p) _mm256_cvtepu16_epi32(_mm_loadu_si128((const void *)(p)))
#define I32(p) _mm256_loadu_si256((const void *)(p))

WIDE __m256i load(const int32_t *p) { return _mm256_loadu_si256((const void *)p); }
WIDE void store(int32_t *p, __m256i value) { _mm256_storeu_si256((void *)p, value); }
WIDE __m256i either(__m256i yes, __m256i a, __m256i b) { return _mm256_blendv_epi8(b, a, yes); }
WIDE int lanes(__m256i yes) { return _mm256_movemask_ps(_mm256_castsi256_ps(yes)); }

/* Which of the cells count. */
WIDE __m256i is_open(__m256i score, int32_t least, int32_t none)
{
        __m256i closed = _mm256_or_si256(_mm256_cmpgt_epi32(_mm256_set1_epi32(least), score),
                                         _mm256_cmpeq_epi32(_mm256_set1_epi32(none), score));

        return _mm256_xor_si256(closed, _mm256_set1_epi32(-1));
}

/* What eight lanes have found, each the first of its own best, joins what was found before them. */
WIDE void of_lanes(__m256i firsts, __m256i seconds, __m256i places, struct matching_two *two)
{
        int32_t first[EIGHT], second[EIGHT], place[EIGHT], best = 0, next = INT32_MIN;

        store(first, firsts);
        store(second, seconds);
        store(place, places);
        for (int32_t k = 1; k < EIGHT; k++) {
                int32_t column = place[k] + k, so_far = place[best] + best;
                if (first[k] > first[best] || (first[k] == first[best] && column < so_far))
                        best = k;
        }
        for (int32_t k = 0; k < EIGHT; k++) {
                next = second[k] > next ? second[k] : next;
                next = k != best && first[k] > next ? first[k] : next;
        }
        if (first[best] > two->first)
                *two = (struct matching_two) {first[best], next > two->first ? next : two->first, place[best] + best};
        else if (first[best] > two->second)
                two->second = first[best];
}

/* The lanes of one half: from lane `half` on. */
struct half { __m256i first, second, place, after; };

WIDE struct half half_of(const struct matching_lanes *s, int32_t half)
{
        return (struct half) {load(s->value + half), load(s->value + half + MATCHING_LANES), load(s->place + half),
                              load(s->place + half + MATCHING_LANES)};
}

WIDE void half_back(const struct half *h, int32_t half, struct matching_lanes *s)
{
        store(s->value + half, h->first);
        store(s->value + half + MATCHING_LANES, h->second);
        store(s->place + half, h->place);
        store(s->place + half + MATCHING_LANES, h->after);
}

WIDE void more_of(struct half *h, __m256i score, __m256i value, int32_t j, int32_t least, int32_t none)
{
        __m256i more = _mm256_and_si256(_mm256_cmpgt_epi32(value, h->second), is_open(score, least, none));

        if (!lanes(more))
                return;
        __m256i at = _mm256_add_epi32(_mm256_set1_epi32(j), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
        value = either(more, value, _mm256_set1_epi32(INT32_MIN));
        __m256i most = _mm256_cmpgt_epi32(value, h->first);
        h->after = either(most, h->place, either(more, at, h->after));
        h->second = either(most, h->first, either(more, value, h->second));
        h->place = either(most, at, h->place);
        h->first = either(most, value, h->first);
}

#define OF_EIGHT(NAME, CELL, NONE, LOAD)                                                                                       \
        WIDE int32_t NAME##_relax(const void *cells, struct matching_ask *r, int32_t at, int32_t n)                            \
        {                                                                                                                      \
                __m256i from = _mm256_set1_epi32(r->from), now = _mm256_set1_epi32(r->now), row = _mm256_set1_epi32(r->i);     \
                const CELL *cell = cells;                                                                                      \
                const int32_t *price = r->x->price;                                                                            \
                int32_t *distance = r->x->distance, *parent = r->x->parent, j = at;                                            \
                for (; j + EIGHT <= n; j += EIGHT) {                                                                           \
                        __m256i score = LOAD(cell + j), way = _mm256_sub_epi32(_mm256_add_epi32(from, load(price + j)), score); \
                        __m256i nearer = _mm256_cmpgt_epi32(load(distance + j), way);                                          \
                        if (!lanes(nearer))                                                                                    \
                                continue;                                                                                      \
                        nearer = _mm256_and_si256(nearer, is_open(score, r->least, NONE));                                     \
                        _mm256_maskstore_epi32(distance + j, nearer, way);                                                     \
                        _mm256_maskstore_epi32(parent + j, nearer, row);                                                       \
                        unsigned level = (unsigned)lanes(_mm256_and_si256(nearer, _mm256_cmpeq_epi32(way, now)));              \
                        for (; level; level &= level - 1)                                                                      \
                                r->found[r->count++] = j + __builtin_ctz(level);                                               \
                }                                                                                                              \
                return j;                                                                                                      \
        }                                                                                                                      \
        WIDE int32_t NAME##_two(const void *cells, const int32_t *price, int32_t least, int32_t from, int32_t n,               \
                                struct matching_two *two)                                                                      \
        {                                                                                                                      \
                __m256i nothing = _mm256_set1_epi32(INT32_MIN), first = nothing, second = nothing, place = nothing;            \
                const CELL *cell = cells;                                                                                      \
                int32_t j = from;                                                                                              \
                for (; j + EIGHT <= n; j += EIGHT) {                                                                           \
                        __m256i score = LOAD(cell + j), value = _mm256_sub_epi32(score, load(price + j));                      \
                        value = either(is_open(score, least, NONE), value, nothing);                                           \
                        place = either(_mm256_cmpgt_epi32(value, first), _mm256_set1_epi32(j), place);                         \
                        second = _mm256_max_epi32(second, _mm256_min_epi32(value, first));                                     \
                        first = _mm256_max_epi32(first, value);                                                                \
                }                                                                                                              \
                if (j > from)                                                                                                  \
                        of_lanes(first, second, place, two);                                                                   \
                return j;                                                                                                      \
        }                                                                                                                      \
        WIDE int32_t NAME##_some(const void *cells, const int32_t *price, int32_t least, int32_t from, int32_t n,              \
                                 struct matching_lanes *s)                                                                     \
        {                                                                                                                      \
                struct half low = half_of(s, 0), high = half_of(s, EIGHT);                                                     \
                const CELL *cell = cells;                                                                                      \
                int32_t j = from;                                                                                              \
                for (; j + 2 * EIGHT <= n; j += 2 * EIGHT) {                                                                   \
                        __m256i score = LOAD(cell + j);                                                                        \
                        more_of(&low, score, _mm256_sub_epi32(score, load(price + j)), j, least, NONE);                        \
                        score = LOAD(cell + j + EIGHT);                                                                        \
                        more_of(&high, score, _mm256_sub_epi32(score, load(price + j + EIGHT)), j + EIGHT, least, NONE);       \
                }                                                                                                              \
                half_back(&low, 0, s);                                                                                         \
                half_back(&high, EIGHT, s);                                                                                    \
                return j;                                                                                                      \
        }

OF_EIGHT(u8, uint8_t, UINT8_MAX, U8)
OF_EIGHT(u16, uint16_t, UINT16_MAX, U16)
OF_EIGHT(i32, int32_t, INT32_MIN, I32)

const struct matching_loops matching_loops_avx2[MATCHING_LOOPS] = {
        {u8_relax, u8_two, u8_some}, {u16_relax, u16_two, u16_some}, {i32_relax, i32_two, i32_some}};

#endif
