/*
 * Pairs who would both rather have each other: one pass over everything allowed, with one number per mentee (what they
 * have) and one per mentor (what they would give up) to compare with.
 */
#include "matching/matching_parts.h"

enum { AT_ONCE = 64 };

struct blocking {
        struct matching_view *v;
        const struct matching_result *r;
        int64_t *least;         /* per mentor: liked least of those who could go; INT64_MAX: nobody could */
        uint8_t *room;          /* per mentor: a place is free, anybody is welcome */
        int32_t *limit;         /* least as cells of up to 32 bits have it, free places included */
        int32_t most;
        struct matching_blocking *out;
};

/* ---- what each has ---- */

static const int64_t *likes(const struct matching_problem *p, const int64_t *given)
{
        return given && p->shape == MATCHING_SPARSE ? given : p->score;
}

static int64_t at(const struct matching_problem *p, int32_t i, int32_t j)
{
        int64_t low = p->row[i], high = p->row[i + 1];

        while (low < high) {
                int64_t middle = low + (high - low) / 2;
                if (p->mentor[middle] < j)
                        low = middle + 1;
                else
                        high = middle;
        }
        return low;
}

/* A lock stays: who is locked neither leaves nor is given up, but takes a place. */
static void set_least(struct blocking *b, struct arena *a)
{
        const struct matching_problem *p = b->v->p;
        int32_t *left = arena_array(a, int32_t, (size_t)p->mentors);

        b->least = arena_array(a, int64_t, (size_t)p->mentors);
        b->room = arena_array(a, uint8_t, (size_t)p->mentors);
        for (int32_t j = 0; j < p->mentors; j++) {
                b->least[j] = INT64_MAX;
                left[j] = b->v->places[j];
        }
        for (int32_t i = 0; i < p->mentees; i++) {
                int32_t j = b->r->mentor_of[i];
                if (b->v->settled[i] || j == MATCHING_NOBODY)
                        continue;
                int64_t like = p->shape == MATCHING_SPARSE ? likes(p, p->mentor_likes)[at(p, i, j)] : b->r->score_of[i];
                b->least[j] = like < b->least[j] ? like : b->least[j];
                left[j]--;
        }
        for (int32_t j = 0; j < p->mentors; j++)
                b->room[j] = left[j] > 0;
}

static void found(struct blocking *b, int32_t i, int32_t j)
{
        b->out->n++;
        if (b->out->listed < b->most)
                b->out->pair[b->out->listed++] = (struct matching_pair) {i, j};
}

/* ---- lists ---- */

static void look_at_list(struct blocking *b, int32_t i)
{
        const struct matching_problem *p = b->v->p;
        const int64_t *mine = likes(p, p->mentee_likes), *theirs = likes(p, p->mentor_likes);
        bool nobody = b->r->mentor_of[i] == MATCHING_NOBODY;
        int64_t now = nobody ? 0 : mine[at(p, i, b->r->mentor_of[i])];

        for (int64_t k = p->row[i]; k < p->row[i + 1]; k++) {
                int32_t j = p->mentor[k];
                if ((nobody || mine[k] > now) && (b->room[j] || theirs[k] > b->least[j]) && !matching_is_forbidden(b->v, i, j))
                        found(b, i, j);
        }
}

/* ---- matrices: both sides like by score, so the higher of two numbers is what a cell must be above ---- */

/* With a free place the limit is below every score, and so is what a mentee without a mentor has. */
#define COUNT_ABOVE(NAME, CELL, SUM, NONE)                                                                    \
        static inline __attribute__((always_inline)) int32_t NAME##_loop(const CELL *row, int32_t n, const SUM *limit, SUM now) \
        {                                                                                                     \
                int32_t count = 0, j = 0;                                                                     \
                for (; j + AT_ONCE <= n; j += AT_ONCE) {                                                      \
                        SUM some = 0;                                                                         \
                        for (int32_t k = 0; k < AT_ONCE; k++)                                                 \
                                some += (SUM)(((SUM)row[j + k] > limit[j + k]) & ((SUM)row[j + k] > now) &    \
                                              ((SUM)row[j + k] != (SUM)(NONE)));                              \
                        count += (int32_t)some;                                                               \
                }                                                                                             \
                for (; j < n; j++)                                                                            \
                        count += (SUM)row[j] > limit[j] && (SUM)row[j] > now && row[j] != (CELL)(NONE);       \
                return count;                                                                                 \
        }                                                                                                     \
        static int32_t NAME(const CELL *row, int32_t n, const SUM *limit, SUM now) { return NAME##_loop(row, n, limit, now); } \
        WIDER(NAME, CELL, SUM)

#if defined(__x86_64__)
#define WIDER(NAME, CELL, SUM)                                                                                \
        __attribute__((target("avx2"))) static int32_t NAME##_avx2(const CELL *row, int32_t n, const SUM *limit, SUM now) \
        {                                                                                                     \
                return NAME##_loop(row, n, limit, now);                                                       \
        }
#define BEST(NAME) (__builtin_cpu_supports("avx2") ? NAME##_avx2 : NAME)
#else
#define WIDER(NAME, CELL, SUM)
#define BEST(NAME) NAME
#endif

COUNT_ABOVE(u8, uint8_t, int32_t, UINT8_MAX)
COUNT_ABOVE(u16, uint16_t, int32_t, UINT16_MAX)
COUNT_ABOVE(i32, int32_t, int32_t, INT32_MIN)
COUNT_ABOVE(i64, int64_t, int64_t, INT64_MIN)

static void set_limits(struct blocking *b, struct arena *a)
{
        const struct matching_problem *p = b->v->p;

        b->limit = arena_array(a, int32_t, (size_t)p->mentors);
        for (int32_t j = 0; j < p->mentors; j++) {
                b->least[j] = b->room[j] ? MATCHING_NONE : b->least[j];
                b->limit[j] = b->least[j] < INT32_MIN ? INT32_MIN : b->least[j] > INT32_MAX ? INT32_MAX : (int32_t)b->least[j];
        }
}

static int32_t count_row(const struct blocking *b, int32_t i, int64_t now)
{
        const struct matching_problem *p = b->v->p;
        int64_t from = i * p->stride;
        int32_t low = now < INT32_MIN ? INT32_MIN : (int32_t)now, n = p->mentors;

        switch (p->cell) {
        case MATCHING_UINT8: return BEST(u8)((const uint8_t *)p->dense + from, n, b->limit, low);
        case MATCHING_UINT16: return BEST(u16)((const uint16_t *)p->dense + from, n, b->limit, low);
        case MATCHING_INT32: return BEST(i32)((const int32_t *)p->dense + from, n, b->limit, low);
        case MATCHING_INT64: return BEST(i64)((const int64_t *)p->dense + from, n, b->least, now);
        }
        must(!"a kind of cell outside its enum");
}

static void look_at_row(struct blocking *b, int32_t i)
{
        const struct matching_problem *p = b->v->p;
        int64_t now = b->r->mentor_of[i] == MATCHING_NOBODY ? MATCHING_NONE : b->r->score_of[i];
        bool forbids = b->v->forbidden_row[i] < b->v->forbidden_row[i + 1];
        int32_t count = count_row(b, i, now);

        if (count == 0)
                return;
        if (!forbids && b->out->listed == b->most) {
                b->out->n += count;
                return;
        }
        for (int32_t j = 0; j < p->mentors; j++) {
                int64_t score = matching_score(p, i, j);
                if (score > now && score > b->least[j] && !matching_is_forbidden(b->v, i, j))
                        found(b, i, j);
        }
}

/* ---- the door ---- */

static struct err look(struct blocking *b, const struct matching_problem *p, struct arena *a)
{
        TRY(matching_view_new(p, a, &b->v));
        set_least(b, a);
        if (p->shape == MATCHING_DENSE)
                set_limits(b, a);
        for (int32_t i = 0; i < p->mentees; i++) {
                if (b->v->settled[i])
                        continue;
                if (p->shape == MATCHING_DENSE)
                        look_at_row(b, i);
                else
                        look_at_list(b, i);
        }
        return OK;
}

struct err matching_blocking(const struct matching_problem *p, const struct matching_result *r, int32_t most, struct arena *a,
                             struct matching_blocking *out)
{
        struct blocking b = {.r = r, .most = most > 0 ? most : 0, .out = out};

        *out = (struct matching_blocking) {.pair = arena_array(a, struct matching_pair, (size_t)b.most)};
        struct arena_mark mark = arena_mark(a);
        TRY(look(&b, p, a));
        arena_rewind(a, mark);
        return OK;
}
