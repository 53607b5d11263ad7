#include "matching/matching_sheet.h"

#include "base/err.h"
#include "matching/matching_level.h"

#include <string.h>

void matching_limits_new(int32_t columns, struct arena *a, struct matching_limits *l)
{
        l->wide = arena_array(a, int64_t, (size_t)columns);
        l->narrow = arena_array(a, int32_t, (size_t)columns);
        l->fits = false;
}

void matching_limits_pack(struct matching_limits *l, int32_t columns, int64_t add_most)
{
        const int64_t most = (int64_t)1 << 29;

        l->fits = add_most < most;
        for (int32_t j = 0; j < columns && l->fits; j++) {
                int64_t limit = l->wide[j] == MATCHING_OUT_OF_REACH ? most : l->wide[j];
                l->fits = limit <= most && limit > -most;
                l->narrow[j] = (int32_t)limit;
        }
}

int64_t matching_sheet_at(const struct matching_sheet *s, int32_t row, int32_t column)
{
        int64_t at = (int64_t)row * s->stride + column, score = MATCHING_NONE;

        switch (s->kind) {
        case MATCHING_INT32: score = ((const int32_t *)s->cell)[at]; score = score == INT32_MIN ? MATCHING_NONE : score; break;
        case MATCHING_INT64: score = ((const int64_t *)s->cell)[at]; break;
        case MATCHING_UINT8: score = ((const uint8_t *)s->cell)[at]; score = score == UINT8_MAX ? MATCHING_NONE : score; break;
        case MATCHING_UINT16: score = ((const uint16_t *)s->cell)[at]; score = score == UINT16_MAX ? MATCHING_NONE : score; break;
        }
        return score < s->least ? MATCHING_NONE : score;
}

/*
 * One body for each kind of cell and width of sums: 64 cells are compared at once and only where one of them is above is
 * it looked up which. The compiler turns the vectors into what the processor has.
 */
enum { AT_ONCE = 64 };

#define BODY(NAME, CELL, SUM, LIMIT, NONE)                                                                                     \
        static inline __attribute__((always_inline)) int32_t NAME##_body(const CELL *row, int32_t n, const SUM *limit, SUM add,\
                                                                         SUM least, int32_t *found)                            \
        {                                                                                                                      \
                int32_t count = 0, from = 0;                                                                                   \
                for (; from + AT_ONCE <= n; from += AT_ONCE) {                                                                 \
                        SUM any = 0;                                                                                           \
                        for (int32_t k = 0; k < AT_ONCE; k++) {                                                                \
                                SUM cell = row[from + k], most = limit[from + k] + add;                                        \
                                any |= (SUM)((cell > most) & (cell >= least) & (cell != (SUM)(NONE)));                         \
                        }                                                                                                      \
                        for (int32_t k = 0; any && k < AT_ONCE; k++) {                                                         \
                                SUM cell = row[from + k];                                                                      \
                                found[count] = from + k;                                                                       \
                                count += cell > limit[from + k] + add && cell >= least && cell != (SUM)(NONE);                 \
                        }                                                                                                      \
                }                                                                                                              \
                for (; from < n; from++) {                                                                                     \
                        SUM cell = row[from];                                                                                  \
                        if (cell > limit[from] + add && cell >= least && cell != (SUM)(NONE))                                  \
                                found[count++] = from;                                                                         \
                }                                                                                                              \
                return count;                                                                                                  \
        }                                                                                                                      \
        static int32_t NAME##_plain(const CELL *row, int32_t n, const SUM *limit, SUM add, SUM least, int32_t *found)          \
        {                                                                                                                      \
                return NAME##_body(row, n, limit, add, least, found);                                                          \
        }                                                                                                                      \
        FASTER(NAME, CELL, SUM)

/*
 * The lowest and highest allowed cell of a row, each of so many lanes for itself first. Not allowed is the least or the
 * greatest that a cell can be, so it must be looked past on one side only.
 */
enum { LANES = 32 };

#define SPAN(NAME, CELL, NONE, MOST)                                                                                           \
        static inline __attribute__((always_inline)) void NAME##_body(const CELL *row, int32_t n, int64_t *low, int64_t *high) \
        {                                                                                                                      \
                CELL floor = (CELL)((NONE) < 0 ? (NONE) : 0), least[LANES], most[LANES];                                       \
                int32_t from = 0;                                                                                              \
                for (int32_t k = 0; k < LANES; k++) {                                                                          \
                        least[k] = (MOST);                                                                                     \
                        most[k] = floor;                                                                                       \
                }                                                                                                              \
                for (; from + LANES <= n; from += LANES)                                                                       \
                        for (int32_t k = 0; k < LANES; k++) {                                                                  \
                                CELL cell = row[from + k], up = cell == (CELL)(NONE) ? (CELL)(MOST) : cell;                    \
                                CELL down = cell == (CELL)(NONE) ? floor : cell;                                               \
                                least[k] = up < least[k] ? up : least[k];                                                      \
                                most[k] = down > most[k] ? down : most[k];                                                     \
                        }                                                                                                      \
                for (; from < n; from++) {                                                                                     \
                        if (row[from] == (CELL)(NONE))                                                                         \
                                continue;                                                                                      \
                        least[0] = row[from] < least[0] ? row[from] : least[0];                                                \
                        most[0] = row[from] > most[0] ? row[from] : most[0];                                                   \
                }                                                                                                              \
                for (int32_t k = 1; k < LANES; k++) {                                                                          \
                        least[0] = least[k] < least[0] ? least[k] : least[0];                                                  \
                        most[0] = most[k] > most[0] ? most[k] : most[0];                                                       \
                }                                                                                                              \
                bool any = least[0] <= most[0];                                                                                \
                *low = any ? (int64_t)least[0] : INT64_MAX;                                                                    \
                *high = any ? (int64_t)most[0] : INT64_MIN;                                                                    \
        }                                                                                                                      \
        static void NAME##_plain(const CELL *row, int32_t n, int64_t *low, int64_t *high)                                      \
        {                                                                                                                      \
                NAME##_body(row, n, low, high);                                                                                \
        }                                                                                                                      \
        FASTER_SPAN(NAME, CELL)

#if defined(__x86_64__)
#define FASTER(NAME, CELL, SUM)                                                                                                \
        __attribute__((target("avx2"))) static int32_t NAME##_avx2(const CELL *row, int32_t n, const SUM *limit, SUM add,      \
                                                                   SUM least, int32_t *found)                                  \
        {                                                                                                                      \
                return NAME##_body(row, n, limit, add, least, found);                                                          \
        }
#define FASTER_SPAN(NAME, CELL)                                                                                                \
        __attribute__((target("avx2"))) static void NAME##_avx2(const CELL *row, int32_t n, int64_t *low, int64_t *high)       \
        {                                                                                                                      \
                NAME##_body(row, n, low, high);                                                                                \
        }
#define CHOOSE(NAME) (matching_level() >= MATCHING_AVX2 ? NAME##_avx2 : NAME##_plain)
#else
#define FASTER(NAME, CELL, SUM)
#define FASTER_SPAN(NAME, CELL)
#define CHOOSE(NAME) NAME##_plain
#endif

BODY(u8, uint8_t, int32_t, int32_t, UINT8_MAX)
BODY(u16, uint16_t, int32_t, int32_t, UINT16_MAX)
BODY(i32, int32_t, int32_t, int32_t, INT32_MIN)
BODY(u8_wide, uint8_t, int64_t, int64_t, UINT8_MAX)
BODY(u16_wide, uint16_t, int64_t, int64_t, UINT16_MAX)
BODY(i32_wide, int32_t, int64_t, int64_t, INT32_MIN)
BODY(i64_wide, int64_t, int64_t, int64_t, INT64_MIN)

#define SCAN(NAME, CELL, LIMIT, SUM) \
        CHOOSE(NAME)((const CELL *)s->cell + from, s->columns, LIMIT, (SUM)add, (SUM)least, found)

int32_t matching_sheet_above(const struct matching_sheet *s, int32_t row, const struct matching_limits *l, int64_t add, int32_t *found)
{
        int64_t from = (int64_t)row * s->stride, least = s->least;

        if (l->fits && s->kind != MATCHING_INT64) {
                least = least < INT32_MIN ? INT32_MIN : least > INT32_MAX ? INT32_MAX : least;
                switch (s->kind) {
                case MATCHING_UINT8: return SCAN(u8, uint8_t, l->narrow, int32_t);
                case MATCHING_UINT16: return SCAN(u16, uint16_t, l->narrow, int32_t);
                case MATCHING_INT32: return SCAN(i32, int32_t, l->narrow, int32_t);
                case MATCHING_INT64: break;
                }
        }
        switch (s->kind) {
        case MATCHING_UINT8: return SCAN(u8_wide, uint8_t, l->wide, int64_t);
        case MATCHING_UINT16: return SCAN(u16_wide, uint16_t, l->wide, int64_t);
        case MATCHING_INT32: return SCAN(i32_wide, int32_t, l->wide, int64_t);
        case MATCHING_INT64: return SCAN(i64_wide, int64_t, l->wide, int64_t);
        }
        must(!"a kind of cell outside its enum");
}

SPAN(u8_span, uint8_t, UINT8_MAX, UINT8_MAX)
SPAN(u16_span, uint16_t, UINT16_MAX, UINT16_MAX)
SPAN(i32_span, int32_t, INT32_MIN, INT32_MAX)
SPAN(i64_span, int64_t, INT64_MIN, INT64_MAX)

bool matching_sheet_span(const struct matching_sheet *s, int32_t row, int64_t *low, int64_t *high)
{
        int64_t from = (int64_t)row * s->stride;

        *low = INT64_MAX;
        *high = INT64_MIN;
        switch (s->kind) {
        case MATCHING_UINT8: CHOOSE(u8_span)((const uint8_t *)s->cell + from, s->columns, low, high); break;
        case MATCHING_UINT16: CHOOSE(u16_span)((const uint16_t *)s->cell + from, s->columns, low, high); break;
        case MATCHING_INT32: CHOOSE(i32_span)((const int32_t *)s->cell + from, s->columns, low, high); break;
        case MATCHING_INT64: CHOOSE(i64_span)((const int64_t *)s->cell + from, s->columns, low, high); break;
        }
        *low = *low < s->least ? s->least : *low;
        return *low <= *high;
}
