#include "matching/matching_relax.h"

#include "base/err.h"

enum { AT_ONCE = MATCHING_AT_ONCE };

/* A cell that is not allowed counts as too far. */
#define WAY(CELL, NONE, k)                                                                                                     \
        ((int32_t)(cell[k]) == (int32_t)(NONE) || (int32_t)(cell[k]) < least ? MATCHING_TOO_FAR                                \
                                                                             : from + price[k] - (int32_t)(cell[k]))

/*
 * Most blocks bring nothing nearer and are only read; those that do are written as a whole, and searched one by one only
 * when a column at `now` is among them.
 */
#define RELAX(NAME, CELL, NONE)                                                                                                \
        static inline __attribute__((always_inline)) int32_t NAME##_block(const CELL *cell, int32_t n, const int32_t *price,   \
                                                                          int32_t *distance, int32_t *parent, int32_t i,       \
                                                                          int32_t from, int32_t now, int32_t least,            \
                                                                          int32_t *found)                                      \
        {                                                                                                                      \
                int32_t level = 0, count = 0;                                                                                  \
                for (int32_t k = 0; k < n; k++) {                                                                              \
                        int32_t way = WAY(CELL, NONE, k);                                                                      \
                        bool nearer = way < distance[k];                                                                       \
                        distance[k] = nearer ? way : distance[k];                                                              \
                        parent[k] = nearer ? i : parent[k];                                                                    \
                        level |= nearer & (way == now);                                                                        \
                }                                                                                                              \
                for (int32_t k = 0; level && k < n; k++)                                                                       \
                        if (distance[k] == now && parent[k] == i)                                                              \
                                found[count++] = k;                                                                            \
                return count;                                                                                                  \
        }                                                                                                                      \
        static inline __attribute__((always_inline)) int32_t NAME##_body(const CELL *cell, int32_t n, const int32_t *price,    \
                                                                         int32_t *distance, int32_t *parent, int32_t i,        \
                                                                         int32_t from, int32_t now, int32_t least,             \
                                                                         int32_t *found)                                       \
        {                                                                                                                      \
                int32_t count = 0, at = 0;                                                                                     \
                for (; at + AT_ONCE <= n; at += AT_ONCE, cell += AT_ONCE, price += AT_ONCE) {                                  \
                        int32_t any = 0;                                                                                       \
                        for (int32_t k = 0; k < AT_ONCE; k++)                                                                  \
                                any |= WAY(CELL, NONE, k) < distance[at + k];                                                  \
                        if (!any)                                                                                              \
                                continue;                                                                                      \
                        int32_t more = NAME##_block(cell, AT_ONCE, price, distance + at, parent + at, i, from, now, least,     \
                                                    found + count);                                                            \
                        for (int32_t k = 0; k < more; k++)                                                                     \
                                found[count + k] += at;                                                                        \
                        count += more;                                                                                         \
                }                                                                                                              \
                int32_t last = NAME##_block(cell, n - at, price, distance + at, parent + at, i, from, now, least, found + count); \
                for (int32_t k = 0; k < last; k++)                                                                             \
                        found[count + k] += at;                                                                                \
                return count + last;                                                                                           \
        }                                                                                                                      \
        BOTH(int32_t, NAME,                                                                                                    \
             (const CELL *cell, int32_t n, const int32_t *price, int32_t *distance, int32_t *parent, int32_t i, int32_t from,  \
              int32_t now, int32_t least, int32_t *found),                                                                     \
             (cell, n, price, distance, parent, i, from, now, least, found))

/* The same function twice: for any processor, and for one that can do eight sums at once. */
#if defined(__x86_64__)
#define BOTH(TYPE, NAME, TAKES, GIVES)                                                                                         \
        static TYPE NAME##_plain TAKES { return NAME##_body GIVES; }                                                           \
        __attribute__((target("avx2"))) static TYPE NAME##_avx2 TAKES { return NAME##_body GIVES; }
#define CHOOSE(NAME) (__builtin_cpu_supports("avx2") ? NAME##_avx2 : NAME##_plain)
#else
#define BOTH(TYPE, NAME, TAKES, GIVES) \
        static TYPE NAME##_plain TAKES { return NAME##_body GIVES; }
#define CHOOSE(NAME) NAME##_plain
#endif

RELAX(u8, uint8_t, UINT8_MAX)
RELAX(u16, uint16_t, UINT16_MAX)
RELAX(i32, int32_t, INT32_MIN)

static int32_t least_of(const struct matching_sheet *s)
{
        return s->least < INT32_MIN ? INT32_MIN : s->least > INT32_MAX ? INT32_MAX : (int32_t)s->least;
}

int32_t matching_relax(const struct matching_relax *x, int32_t row, int32_t i, int32_t price, int32_t now, int32_t *found)
{
        const struct matching_sheet *s = x->sheet;
        int64_t at = (int64_t)row * s->stride;
        int32_t from = now + price, least = least_of(s), n = s->columns;

        switch (s->kind) {
        case MATCHING_UINT8:
                return CHOOSE(u8)((const uint8_t *)s->cell + at, n, x->price, x->distance, x->parent, i, from, now, least, found);
        case MATCHING_UINT16:
                return CHOOSE(u16)((const uint16_t *)s->cell + at, n, x->price, x->distance, x->parent, i, from, now, least, found);
        case MATCHING_INT32:
                return CHOOSE(i32)((const int32_t *)s->cell + at, n, x->price, x->distance, x->parent, i, from, now, least, found);
        case MATCHING_INT64: break;
        }
        must(!"cells of 64 bits are for another engine");
}

/* ---- the next level ---- */

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

BOTH(int32_t, next, (const int32_t *distance, int32_t n, int32_t *now, int32_t *found), (distance, n, now, found))

int32_t matching_relax_next(const struct matching_relax *x, int32_t *now, int32_t *found)
{
        return CHOOSE(next)(x->distance, x->sheet->columns, now, found);
}

/* ---- the best two of a row ---- */

/* Ties go to the columns from `own` on, so that rows that are alike do not all ask for the same. */
#define TWO(NAME, CELL, NONE)                                                                                                  \
        static inline __attribute__((always_inline)) void NAME##_look(const CELL *cell, int32_t from, int32_t until,           \
                                                                      const int32_t *price, int32_t least,                     \
                                                                      struct matching_two *two)                                \
        {                                                                                                                      \
                int32_t at = from;                                                                                             \
                while (at < until) {                                                                                           \
                        int32_t any = 1;                                                                                       \
                        int32_t end = at + AT_ONCE < until ? at + AT_ONCE : until;                                             \
                        if (at + AT_ONCE <= until) {                                                                           \
                                any = 0;                                                                                       \
                                for (int32_t k = 0; k < AT_ONCE; k++)                                                          \
                                        any |= (int32_t)cell[at + k] - price[at + k] > two->second;                            \
                        }                                                                                                      \
                        for (int32_t k = at; any && k < end; k++) {                                                            \
                                int32_t value = (int32_t)cell[k] - price[k];                                                   \
                                if (value <= two->second || (int32_t)cell[k] == (int32_t)(NONE) || (int32_t)cell[k] < least)   \
                                        continue;                                                                              \
                                if (value > two->first)                                                                        \
                                        *two = (struct matching_two) {value, two->first, k};                                   \
                                else                                                                                           \
                                        two->second = value;                                                                   \
                        }                                                                                                      \
                        at = end;                                                                                              \
                }                                                                                                              \
        }                                                                                                                      \
        static inline __attribute__((always_inline)) struct matching_two NAME##_body(const CELL *cell, int32_t n,              \
                                                                                     const int32_t *price, int32_t least,      \
                                                                                     int32_t own)                              \
        {                                                                                                                      \
                struct matching_two two = {INT32_MIN, INT32_MIN, MATCHING_NOBODY};                                             \
                NAME##_look(cell, own, n, price, least, &two);                                                                 \
                NAME##_look(cell, 0, own, price, least, &two);                                                                 \
                return two;                                                                                                    \
        }                                                                                                                      \
        BOTH(struct matching_two, NAME, (const CELL *cell, int32_t n, const int32_t *price, int32_t least, int32_t own),       \
             (cell, n, price, least, own))

TWO(u8_two, uint8_t, UINT8_MAX)
TWO(u16_two, uint16_t, UINT16_MAX)
TWO(i32_two, int32_t, INT32_MIN)

struct matching_two matching_relax_best(const struct matching_relax *x, int32_t row, int32_t own)
{
        const struct matching_sheet *s = x->sheet;
        int64_t at = (int64_t)row * s->stride;
        int32_t least = least_of(s), n = s->columns;

        switch (s->kind) {
        case MATCHING_UINT8: return CHOOSE(u8_two)((const uint8_t *)s->cell + at, n, x->price, least, own);
        case MATCHING_UINT16: return CHOOSE(u16_two)((const uint16_t *)s->cell + at, n, x->price, least, own);
        case MATCHING_INT32: return CHOOSE(i32_two)((const int32_t *)s->cell + at, n, x->price, least, own);
        case MATCHING_INT64: break;
        }
        must(!"cells of 64 bits are for another engine");
}
