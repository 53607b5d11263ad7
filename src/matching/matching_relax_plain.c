#include "matching/matching_relax_parts.h"

static void one_more(struct matching_lanes *s, int32_t lane, int32_t value, int32_t j)
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

#define PLAIN(NAME, CELL, NONE)                                                                                                \
        static int32_t NAME##_relax(const void *cells, struct matching_ask *r, int32_t from, int32_t n)                        \
        {                                                                                                                      \
                const CELL *cell = cells;                                                                                      \
                for (int32_t j = from; j < n; j++) {                                                                           \
                        if (cell[j] < r->least || cell[j] == (NONE))                                                           \
                                continue;                                                                                      \
                        int32_t way = r->from + r->x->price[j] - cell[j];                                                      \
                        if (way >= r->x->distance[j])                                                                          \
                                continue;                                                                                      \
                        r->x->distance[j] = way;                                                                               \
                        r->x->parent[j] = r->i;                                                                                \
                        if (way == r->now)                                                                                     \
                                r->found[r->count++] = j;                                                                      \
                }                                                                                                              \
                return n;                                                                                                      \
        }                                                                                                                      \
        static int32_t NAME##_two(const void *cells, const int32_t *price, int32_t least, int32_t from, int32_t n,             \
                                  struct matching_two *two)                                                                    \
        {                                                                                                                      \
                const CELL *cell = cells;                                                                                      \
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
                return n;                                                                                                      \
        }                                                                                                                      \
        static int32_t NAME##_some(const void *cells, const int32_t *price, int32_t least, int32_t from, int32_t n,            \
                                   struct matching_lanes *s)                                                                   \
        {                                                                                                                      \
                const CELL *cell = cells;                                                                                      \
                for (int32_t j = from; j < n; j++)                                                                             \
                        if (cell[j] >= least && cell[j] != (NONE))                                                             \
                                one_more(s, (j - from) % MATCHING_LANES, cell[j] - price[j], j);                               \
                return n;                                                                                                      \
        }

PLAIN(u8, uint8_t, UINT8_MAX)
PLAIN(u16, uint16_t, UINT16_MAX)
PLAIN(i32, int32_t, INT32_MIN)

const struct matching_loops matching_loops_plain[MATCHING_LOOPS] = {
        {u8_relax, u8_two, u8_some}, {u16_relax, u16_two, u16_some}, {i32_relax, i32_two, i32_some}};
