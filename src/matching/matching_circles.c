/* Forming circles, on plain values: seeds, rounds of assignment to the middles by the solver, then moves and swaps. */
#include "matching/matching_circles_parts.h"

#include "matching/matching_solve.h"

enum { NOBODY = -1, ROUNDS = 12, PASSES = 30, ROOM = MATCHING_CIRCLE_MOST + 2 };       /* ROOM: a swap puts one too many for a moment */

struct forming {
        const struct matching_profile *p;
        int32_t n, k, least;
        int32_t *alike;                 /* n * n, millionths */
        uint8_t *clash;                 /* n * n */
        int32_t *circle, *size;         /* per person; per circle */
        int32_t *member;                /* ROOM for each circle */
        int32_t *middle;                /* per circle: a person */
        struct arena *a;
};

static int64_t alike(const struct forming *f, int32_t i, int32_t j) { return f->alike[(size_t)i * (size_t)f->n + (size_t)j]; }
static bool clash(const struct forming *f, int32_t i, int32_t j) { return f->clash[(size_t)i * (size_t)f->n + (size_t)j]; }
static int32_t member(const struct forming *f, int32_t c, int32_t k) { return f->member[c * ROOM + k]; }

static void compare_all(struct forming *f, bool mixed)
{
        for (int32_t i = 0; i < f->n; i++)
                for (int32_t j = 0; j < f->n; j++) {
                        size_t at = (size_t)i * (size_t)f->n + (size_t)j;
                        f->alike[at] = i == j ? MATCHING_ONE : matching_alike(&f->p[i < j ? i : j], &f->p[i < j ? j : i], mixed);
                        f->clash[at] = i != j && matching_circle_clash(&f->p[i], &f->p[j]) != 0;
                }
}

/* ---- circles as they are ---- */

/* May i be there, if without were not (NOBODY: as it is)? */
static bool fits(const struct forming *f, int32_t i, int32_t c, int32_t without)
{
        struct matching_utc_week week = f->p[i].week;
        int32_t size = 0;

        for (int32_t k = 0; k < f->size[c]; k++) {
                int32_t j = member(f, c, k);
                if (j == i || j == without)
                        continue;
                if (clash(f, i, j))
                        return false;
                matching_week_both(&week, &f->p[j].week);
                size++;
        }
        return size < MATCHING_CIRCLE_MOST && matching_week_enough(&week);
}

/* To the others there, taken together. */
static int64_t to_circle(const struct forming *f, int32_t i, int32_t c, int32_t without, int32_t *others)
{
        int64_t sum = 0;

        *others = 0;
        for (int32_t k = 0; k < f->size[c]; k++) {
                int32_t j = member(f, c, k);
                if (j == i || j == without)
                        continue;
                sum += alike(f, i, j);
                *others += 1;
        }
        return sum;
}

/* How alike each member is to the others on average, added up. */
static int64_t value(const struct forming *f, int32_t c)
{
        int64_t sum = 0;
        int32_t others = 0;

        for (int32_t k = 0; k < f->size[c]; k++)
                sum += to_circle(f, member(f, c, k), c, NOBODY, &others);
        return others > 0 ? sum / others : 0;
}

static void put(struct forming *f, int32_t i, int32_t c)
{
        int32_t was = f->circle[i], at = 0;

        if (was != NOBODY) {
                while (member(f, was, at) != i)
                        at++;
                f->member[was * ROOM + at] = member(f, was, --f->size[was]);
        }
        f->circle[i] = c;
        if (c != NOBODY)
                f->member[c * ROOM + f->size[c]++] = i;
}

/* ---- seeds and middles ---- */

static int32_t most_like_all(const struct forming *f)
{
        int32_t best = 0;

        for (int64_t i = 0, most = -1; i < f->n; i++) {
                int64_t worth = 0;
                for (int32_t j = 0; j < f->n; j++)
                        worth += alike(f, (int32_t)i, j);
                best = worth > most ? (int32_t)i : best;
                most = worth > most ? worth : most;
        }
        return best;
}

/* The first is most like everybody, each next one least like those before. */
static void choose_seeds(struct forming *f)
{
        int64_t *nearest = arena_array(f->a, int64_t, (size_t)f->n);    /* INT64_MAX: is a seed */

        for (int32_t c = 0; c < f->k; c++) {
                int32_t best = NOBODY;
                for (int32_t i = 0; c > 0 && i < f->n; i++)
                        if (nearest[i] != INT64_MAX && (best == NOBODY || nearest[i] < nearest[best]))
                                best = i;
                f->middle[c] = best = c == 0 ? most_like_all(f) : best;
                nearest[best] = INT64_MAX;
                for (int32_t i = 0; i < f->n; i++)
                        nearest[i] = alike(f, i, best) > nearest[i] ? alike(f, i, best) : nearest[i];
        }
}

static void find_middles(struct forming *f)
{
        for (int32_t c = 0; c < f->k; c++) {
                int64_t best = -1;
                for (int32_t i = 0; i < f->n; i++) {
                        int32_t others;
                        int64_t near = f->circle[i] == c ? to_circle(f, i, c, NOBODY, &others) : -1;
                        if (near > best) {
                                best = near;
                                f->middle[c] = i;
                        }
                }
        }
}

/* A middle belongs to its own circle; everybody else goes where they are most alike, within the places. */
static int64_t to_middle(const struct forming *f, int32_t i, int32_t c)
{
        struct matching_utc_week week = f->p[i].week;

        for (int32_t s = 0; s < f->k; s++)
                if (f->middle[s] == i)
                        return s == c ? MATCHING_ONE : MATCHING_NONE;
        matching_week_both(&week, &f->p[f->middle[c]].week);
        return clash(f, i, f->middle[c]) || !matching_week_enough(&week) ? MATCHING_NONE : alike(f, i, f->middle[c]);
}

/* Only the places are asked for here; that no circle is too small is mend()'s work, since which groups open is a hard question. */
static struct err assign(struct forming *f, bool *moved)
{
        const struct matching_options options = {.objective = MATCHING_TOTAL};
        size_t k = (size_t)f->k;
        int64_t *score = arena_array(f->a, int64_t, (size_t)f->n * k);
        int32_t *places = arena_array(f->a, int32_t, k);
        struct matching_result r;

        for (size_t at = 0; at < (size_t)f->n * k; at++)
                score[at] = to_middle(f, (int32_t)(at / k), (int32_t)(at % k));
        for (size_t c = 0; c < k; c++)
                places[c] = MATCHING_CIRCLE_MOST;
        TRY(matching_solve(&(struct matching_problem) {.mentees = f->n, .mentors = f->k, .shape = MATCHING_DENSE, .dense = score,
                .stride = f->k, .cell = MATCHING_INT64, .places = places}, &options, f->a, &r));
        *moved = false;
        for (int32_t i = 0; i < f->n; i++) {
                *moved |= f->circle[i] != r.mentor_of[i];
                put(f, i, NOBODY);
        }
        for (int32_t i = 0; i < f->n; i++)
                put(f, i, r.mentor_of[i]);
        return OK;
}

/* ---- mending ---- */

/* Who stands in the way of the others most: clashes, then too few hours together; NOBODY when all is well. */
static int32_t in_the_way(const struct forming *f, int32_t c)
{
        int32_t worst = NOBODY, most = 0;
        struct matching_utc_week all = {.known = false};

        for (int32_t i = 0; i < f->n; i++) {
                int32_t clashes = 0;
                if (f->circle[i] != c)
                        continue;
                matching_week_both(&all, &f->p[i].week);
                for (int32_t j = 0; j < f->n; j++)
                        clashes += f->circle[j] == c && clash(f, i, j);
                if (clashes > most) {
                        most = clashes;
                        worst = i;
                }
        }
        if (worst != NOBODY || matching_week_enough(&all))
                return worst;
        for (int32_t i = 0, hours = -1; i < f->n; i++) {
                struct matching_utc_week rest = {.known = false};
                if (f->circle[i] != c)
                        continue;
                for (int32_t j = 0; j < f->n; j++)
                        if (f->circle[j] == c && j != i)
                                matching_week_both(&rest, &f->p[j].week);
                int32_t left = matching_week_common(&rest, &rest);
                if (left > hours) {
                        hours = left;
                        worst = i;
                }
        }
        return worst;
}

/* The circle where i fits and is most alike; NOBODY: none. */
static int32_t best_circle(const struct forming *f, int32_t i)
{
        int32_t best = NOBODY;
        int64_t near = -1;

        for (int32_t c = 0; c < f->k; c++) {
                int32_t others;
                if (c == f->circle[i] || f->size[c] == 0 || !fits(f, i, c, NOBODY))
                        continue;
                int64_t sum = to_circle(f, i, c, NOBODY, &others);
                if (sum / others > near) {
                        near = sum / others;
                        best = c;
                }
        }
        return best;
}

static void place_the_rest(struct forming *f)
{
        for (int32_t i = 0; i < f->n; i++)
                if (f->circle[i] == NOBODY)
                        put(f, i, best_circle(f, i));
}

/* A circle that is too small takes whoever fits from those that can spare somebody, the most alike first. */
static bool grow(struct forming *f, int32_t c)
{
        int32_t best = NOBODY, others;
        int64_t near = -1;

        for (int32_t i = 0; i < f->n; i++) {
                bool spare = f->circle[i] != c && (f->circle[i] == NOBODY || f->size[f->circle[i]] > f->least);
                if (!spare || !fits(f, i, c, NOBODY))
                        continue;
                int64_t sum = to_circle(f, i, c, NOBODY, &others);
                if (sum > near) {
                        near = sum;
                        best = i;
                }
        }
        if (best != NOBODY)
                put(f, best, c);
        return best != NOBODY;
}

/* One more circle around somebody who fits into none, with whoever the others can spare; false: there are too few. */
static bool open_another(struct forming *f, int32_t i)
{
        int32_t *before = arena_array(f->a, int32_t, (size_t)f->n), c = f->k++;

        for (int32_t j = 0; j < f->n; j++)
                before[j] = f->circle[j];
        put(f, i, c);
        while (f->size[c] < f->least && grow(f, c))
                ;
        if (f->size[c] >= f->least)
                return true;
        for (int32_t j = 0; j < f->n; j++)
                put(f, j, before[j]);
        f->k--;
        return false;
}

static void mend(struct forming *f)
{
        for (int32_t c = 0; c < f->k; c++)
                for (int32_t i = in_the_way(f, c); i != NOBODY; i = in_the_way(f, c))
                        put(f, i, best_circle(f, i));
        place_the_rest(f);
        for (int32_t c = 0; c < f->k; c++) {
                while (f->size[c] > 0 && f->size[c] < f->least && grow(f, c))
                        ;
                if (f->size[c] >= f->least)
                        continue;
                for (int32_t i = 0; i < f->n; i++)      /* too small for a circle: its people find room elsewhere */
                        if (f->circle[i] == c)
                                put(f, i, NOBODY);
        }
        place_the_rest(f);
        for (int32_t i = 0; i < f->n; i++)
                if (f->circle[i] == NOBODY && open_another(f, i))
                        place_the_rest(f);
}

/* ---- betterment ---- */

static bool try_move(struct forming *f, int32_t i, int32_t to)
{
        int32_t from = f->circle[i];

        if (from == NOBODY || from == to || f->size[from] <= f->least || f->size[to] == 0 || !fits(f, i, to, NOBODY))
                return false;
        int64_t before = value(f, from) + value(f, to);
        put(f, i, to);
        if (value(f, from) + value(f, to) > before)
                return true;
        put(f, i, from);
        return false;
}

static bool try_swap(struct forming *f, int32_t i, int32_t j)
{
        int32_t a = f->circle[i], b = f->circle[j];

        if (a == NOBODY || b == NOBODY || a == b || !fits(f, i, b, j) || !fits(f, j, a, i))
                return false;
        int64_t before = value(f, a) + value(f, b);
        put(f, i, b);
        put(f, j, a);
        if (value(f, a) + value(f, b) > before)
                return true;
        put(f, i, a);
        put(f, j, b);
        return false;
}

static void better(struct forming *f)
{
        bool any = true;

        for (int pass = 0; pass < PASSES && any; pass++) {
                any = false;
                for (int32_t i = 0; i < f->n; i++) {
                        for (int32_t c = 0; c < f->k; c++)
                                any |= try_move(f, i, c);
                        for (int32_t j = i + 1; j < f->n; j++)
                                any |= try_swap(f, i, j);
                }
        }
}

/* ---- all of it ---- */

/* As near to five each as the number allows; seven people make one circle of four and one of three. */
static void choose_sizes(struct forming *f)
{
        f->k = (f->n + 2) / 5;
        if (f->k * MATCHING_CIRCLE_MOST < f->n)
                f->k = (f->n + MATCHING_CIRCLE_MOST - 1) / MATCHING_CIRCLE_MOST;
        f->k = f->k < 1 ? 1 : f->k;
        f->least = f->n / f->k < MATCHING_CIRCLE_LEAST ? f->n / f->k : MATCHING_CIRCLE_LEAST;
}

static void number(struct forming *f, struct matching_circles *out)
{
        int32_t *name = arena_array(f->a, int32_t, (size_t)f->k);

        for (int32_t i = 0; i < f->n; i++)
                if (f->circle[i] != NOBODY && name[f->circle[i]] == 0)
                        name[f->circle[i]] = ++out->n;
        for (int32_t i = 0; i < f->n; i++)
                out->circle[i] = f->circle[i] == NOBODY ? NOBODY : name[f->circle[i]] - 1;
}

struct err matching_circles_at_once(const struct matching_profile *p, int32_t n, bool mixed, struct arena *a, struct matching_circles *out)
{
        struct forming f = {.p = p, .n = n, .a = a};
        size_t all = (size_t)n;
        bool moved = true;

        *out = (struct matching_circles) {.circle = arena_array(a, int32_t, all + 1)};
        choose_sizes(&f);
        f.alike = arena_array(a, int32_t, all * all);
        f.clash = arena_array(a, uint8_t, all * all);
        f.circle = arena_array(a, int32_t, all);
        f.size = arena_array(a, int32_t, all);  /* as many as people: more circles may be opened */
        f.member = arena_array(a, int32_t, all * ROOM);
        f.middle = arena_array(a, int32_t, all);
        for (int32_t i = 0; i < n; i++)
                f.circle[i] = NOBODY;
        compare_all(&f, mixed);
        choose_seeds(&f);
        for (int round = 0; round < ROUNDS && moved; round++) {
                TRY(assign(&f, &moved));
                find_middles(&f);
        }
        mend(&f);
        better(&f);
        number(&f, out);
        return OK;
}
