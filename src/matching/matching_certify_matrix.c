/*
 * A whole row of a matrix against its prices at once, so that checking a hundred million pairs takes no longer than
 * reading them some times. Says only that a row is surely right; one that may not be is looked at pair by pair.
 */
#include "matching/matching_check.h"

enum { AT_ONCE = 64 };

#define NEVER ((int64_t)1 << 61)        /* no score is above that */
#define NARROW ((int64_t)1 << 29)       /* sums of two of these fit in 32 bits */

/* The most that a pair with each mentor may be worth to a mentee whose price has so many pairs, less the mentee's score. */
static void set_limits(struct matching_check *c, int64_t *limit, int64_t pairs)
{
        for (int32_t j = 0; j < c->p->mentors; j++) {
                struct matching_price m = c->r->mentor_price[j];
                if (c->places[j] == 0 || pairs + m.pairs > 1)
                        limit[j] = NEVER;
                else
                        limit[j] = pairs + m.pairs == 1 && m.score < NEVER && m.score > -NEVER ? m.score : -NEVER;
        }
}

static bool narrow_copy(struct matching_check *c, const int64_t *limit, int32_t *narrow)
{
        for (int32_t j = 0; j < c->p->mentors; j++) {
                int64_t l = limit[j] == NEVER ? NARROW : limit[j];
                if (l > NARROW || l <= -NARROW)
                        return false;
                narrow[j] = (int32_t)l;
        }
        return true;
}

void matching_check_matrix_new(struct matching_check *c, struct arena *a)
{
        for (int64_t pairs = 0; pairs < 2; pairs++) {
                c->limit[pairs] = arena_array(a, int64_t, (size_t)c->p->mentors);
                c->narrow[pairs] = arena_array(a, int32_t, (size_t)c->p->mentors);
                set_limits(c, c->limit[pairs], pairs);
                c->fits[pairs] = narrow_copy(c, c->limit[pairs], c->narrow[pairs]);
        }
}

#define ANY_ABOVE(NAME, CELL, SUM, NONE)                                                                      \
        static inline __attribute__((always_inline)) bool NAME##_loop(const CELL *row, int32_t n, const SUM *limit, SUM price, \
                                                                      SUM least)                              \
        {                                                                                                     \
                SUM any = 0;                                                                                  \
                int32_t j = 0;                                                                                \
                for (; j + AT_ONCE <= n; j += AT_ONCE)                                                        \
                        for (int32_t k = 0; k < AT_ONCE; k++) {                                               \
                                SUM score = row[j + k];                                                       \
                                any |= (SUM)((score > limit[j + k] + price) & (score >= least) & (score != (SUM)(NONE))); \
                        }                                                                                     \
                for (; j < n; j++)                                                                            \
                        any |= row[j] > limit[j] + price && row[j] >= least && row[j] != (CELL)(NONE);        \
                return any;                                                                                   \
        }                                                                                                     \
        static bool NAME(const CELL *row, int32_t n, const SUM *limit, SUM price, SUM least)                  \
        {                                                                                                     \
                return NAME##_loop(row, n, limit, price, least);                                              \
        }                                                                                                     \
        WIDER(NAME, CELL, SUM)

#if defined(__x86_64__)
#define WIDER(NAME, CELL, SUM)                                                                                \
        __attribute__((target("avx2"))) static bool NAME##_avx2(const CELL *row, int32_t n, const SUM *limit, SUM price, SUM least) \
        {                                                                                                     \
                return NAME##_loop(row, n, limit, price, least);                                              \
        }
#define BEST(NAME) (__builtin_cpu_supports("avx2") ? NAME##_avx2 : NAME)
#else
#define WIDER(NAME, CELL, SUM)
#define BEST(NAME) NAME
#endif

ANY_ABOVE(u8, uint8_t, int32_t, UINT8_MAX)
ANY_ABOVE(u16, uint16_t, int32_t, UINT16_MAX)
ANY_ABOVE(i32, int32_t, int32_t, INT32_MIN)
ANY_ABOVE(u8_wide, uint8_t, int64_t, UINT8_MAX)
ANY_ABOVE(u16_wide, uint16_t, int64_t, UINT16_MAX)
ANY_ABOVE(i32_wide, int32_t, int64_t, INT32_MIN)
ANY_ABOVE(i64_wide, int64_t, int64_t, INT64_MIN)

/* Out of reach is as much as 32 bits let it be: a score above raises a false alarm, never hides a true one. */
bool matching_check_row(const struct matching_check *c, int32_t i)
{
        struct matching_price u = c->r->mentee_price[i];
        const struct matching_problem *p = c->p;
        int64_t from = i * p->stride, least = c->r->floor;
        int32_t n = p->mentors;

        if (u.pairs < 0 || u.pairs > 1 || u.score >= NEVER || u.score <= -NEVER)
                return false;
        if (c->fits[u.pairs] && u.score < NARROW && u.score > -NARROW && p->cell != MATCHING_INT64) {
                const int32_t *limit = c->narrow[u.pairs];
                int32_t price = (int32_t)u.score, low = least < INT32_MIN ? INT32_MIN : (int32_t)(least < INT32_MAX ? least : INT32_MAX);
                switch (p->cell) {
                case MATCHING_UINT8: return !BEST(u8)((const uint8_t *)p->dense + from, n, limit, price, low);
                case MATCHING_UINT16: return !BEST(u16)((const uint16_t *)p->dense + from, n, limit, price, low);
                case MATCHING_INT32: return !BEST(i32)((const int32_t *)p->dense + from, n, limit, price, low);
                case MATCHING_INT64: break;
                }
        }
        const int64_t *limit = c->limit[u.pairs];
        switch (p->cell) {
        case MATCHING_UINT8: return !BEST(u8_wide)((const uint8_t *)p->dense + from, n, limit, u.score, least);
        case MATCHING_UINT16: return !BEST(u16_wide)((const uint16_t *)p->dense + from, n, limit, u.score, least);
        case MATCHING_INT32: return !BEST(i32_wide)((const int32_t *)p->dense + from, n, limit, u.score, least);
        case MATCHING_INT64: return !BEST(i64_wide)((const int64_t *)p->dense + from, n, limit, u.score, least);
        }
        must(!"a kind of cell outside its enum");
}
