/*
 * The instances: the same bytes on every machine.  A full matching always exists, so that solvers
 * that want one can take part.
 */
#include "matching.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CANDIDATES = 50, TOPICS = 12 };

const struct plan plans[] = {
        {"du-100", UNIFORM, 100, 0, false},
        {"dp-100", PROFILES, 100, 0, false},
        {"dg-100", GEOMETRIC, 100, 0, false},
        {"du-1000", UNIFORM, 1000, 0, false},
        {"dp-1000", PROFILES, 1000, 0, false},
        {"dg-1000", GEOMETRIC, 1000, 0, false},
        {"du-4000", UNIFORM, 4000, 0, true},
        {"dp-4000", PROFILES, 4000, 0, true},
        {"dg-4000", GEOMETRIC, 4000, 0, true},
        {"du-10000", UNIFORM, 10000, 0, true},
        {"dp-10000", PROFILES, 10000, 0, true},
        {"dg-10000", GEOMETRIC, 10000, 0, true},
        {"su-10000", LIST_UNIFORM, 10000, 0, false},
        {"sp-10000", LIST_PROFILES, 10000, 0, false},
        {"sc0-10000", LIST_PLACES, 10000, 0, false},
        {"sc10-10000", LIST_PLACES, 10000, 10, false},
        {"su-100000", LIST_UNIFORM, 100000, 0, true},
        {"sp-100000", LIST_PROFILES, 100000, 0, true},
        {"sc0-100000", LIST_PLACES, 100000, 0, true},
        {"sc10-100000", LIST_PLACES, 100000, 10, true},
        {"su-1000000", LIST_UNIFORM, 1000000, 0, true},
        {"sp-1000000", LIST_PROFILES, 1000000, 0, true},
        {"sc0-1000000", LIST_PLACES, 1000000, 0, true},
        {"sc10-1000000", LIST_PLACES, 1000000, 10, true},
        {"real-15092", REAL, 15092, 0, true},
        {0},
};

const struct plan *plan_by_name(const char *name)
{
        for (const struct plan *p = plans; p->name; p++)
                if (strcmp(p->name, name) == 0)
                        return p;
        return NULL;
}

/* SplitMix64. */
static uint64_t at;

static uint64_t next(void)
{
        uint64_t z = at += 0x9e3779b97f4a7c15;

        z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
        z = (z ^ z >> 27) * 0x94d049bb133111eb;
        return z ^ z >> 31;
}

static int32_t below(int64_t n)
{
        return (int32_t)((next() >> 32) * (uint64_t)n >> 32);
}

static double unit(void)
{
        return (double)(next() >> 11) * 0x1p-53;
}

/* ---- people with profiles ---- */

struct person { uint16_t topics; uint8_t site, level, popular; };

/* Some topics are common, some rare. */
static struct person person(int topics)
{
        struct person p = {.site = (uint8_t)below(4), .level = (uint8_t)below(6)};
        double u = unit();

        while (__builtin_popcount(p.topics) < topics)
                p.topics |= (uint16_t)(1 << (int)(TOPICS * unit() * unit()));
        p.popular = (uint8_t)(6 * u * u * u);
        return p;
}

static struct person *people(int64_t n, int topics)
{
        struct person *p = take((size_t)n * sizeof *p);

        for (int64_t i = 0; i < n; i++)
                p[i] = person(topics);
        return p;
}

/* 0 to 100 in few steps: topics, popularity, seniority and site, as programmes weigh them. */
static int32_t suits(const struct person *mentee, const struct person *mentor)
{
        int above = mentor->level - mentee->level;

        return 16 * __builtin_popcount(mentee->topics & mentor->topics) + 4 * mentor->popular +
               (above >= 2 ? 20 : above >= 1 ? 12 : above == 0 ? 4 : 0) +
               (mentee->site == mentor->site ? 12 : 0);
}

/* ---- matrices ---- */

static void put(struct instance *in, int64_t k, int32_t score)
{
        if (in->cell_bytes == 1)
                ((uint8_t *)in->cell)[k] = (uint8_t)score;
        else
                ((int32_t *)in->cell)[k] = score;
}

static void make_profiles(struct instance *in)
{
        struct person *mentee = people(in->mentees, 3), *mentor = people(in->mentors, 4);

        for (int64_t i = 0; i < in->mentees; i++)
                for (int64_t j = 0; j < in->mentors; j++)
                        put(in, i * in->mentors + j, suits(&mentee[i], &mentor[j]));
        free(mentee);
        free(mentor);
}

static double *points(int64_t n)
{
        double *p = take((size_t)n * 2 * sizeof *p);

        for (int64_t k = 0; k < 2 * n; k++)
                p[k] = unit();
        return p;
}

static void make_geometric(struct instance *in)
{
        double *a = points(in->mentees), *b = points(in->mentors);

        for (int64_t i = 0; i < in->mentees; i++)
                for (int64_t j = 0; j < in->mentors; j++) {
                        double x = a[2 * i] - b[2 * j], y = a[2 * i + 1] - b[2 * j + 1];
                        put(in, i * in->mentors + j,
                            (int32_t)(1e6 * (1 - sqrt((x * x + y * y) / 2))));
                }
        free(a);
        free(b);
}

static void make_matrix(const struct plan *p, bool int32, struct instance *in)
{
        bool bytes = p->family == PROFILES || p->family == REAL;

        in->cell_bytes = bytes && !int32 ? 1 : 4;
        in->cell = take((size_t)(in->mentees * in->mentors * in->cell_bytes));
        if (bytes)
                make_profiles(in);
        else if (p->family == GEOMETRIC)
                make_geometric(in);
        else
                for (int64_t k = 0; k < in->mentees * in->mentors; k++)
                        put(in, k, below(1000001));
}

/* ---- lists ---- */

/* 1 to 6 places, most of them few, exactly so many together. */
static void make_places(struct instance *in, int64_t together)
{
        int64_t sum = 0;

        in->has_places = 1;
        in->places = take((size_t)in->mentors * sizeof *in->places);
        for (int64_t j = 0; j < in->mentors; j++) {
                double u = unit();
                sum += in->places[j] = 1 + (int32_t)(6 * u * u);
        }
        while (sum != together) {
                int32_t *places = &in->places[below(in->mentors)];
                if (sum > together && *places > 1)
                        sum--, --*places;
                else if (sum < together && *places < 6)
                        sum++, ++*places;
        }
}

/* One mentor for everybody, within the places: the matching that makes sure there is one. */
static int32_t *plant(const struct instance *in)
{
        int64_t n = 0, places = 0;

        for (int64_t j = 0; j < in->mentors; j++)
                places += in->places ? in->places[j] : 1;
        int32_t *slot = take((size_t)places * sizeof *slot);
        for (int32_t j = 0; j < in->mentors; j++)
                for (int32_t k = 0; k < (in->places ? in->places[j] : 1); k++)
                        slot[n++] = j;
        for (int64_t k = places - 1; k > 0; k--) {
                int64_t l = below(k + 1);
                int32_t swap = slot[k];
                slot[k] = slot[l];
                slot[l] = swap;
        }
        return slot;
}

static int by_number(const void *a, const void *b)
{
        int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

        return (x > y) - (x < y);
}

static bool has(const int32_t *list, int n, int32_t one)
{
        for (int k = 0; k < n; k++)
                if (list[k] == one)
                        return true;
        return false;
}

/* Where profiles count, some mentors are on many lists. */
static void draw_candidates(int32_t *list, int64_t mentors, bool popular, int32_t planted)
{
        int n = 0;

        list[n++] = planted;
        while (n < CANDIDATES) {
                double u = unit();
                int32_t j = (int32_t)((double)mentors * (popular ? u * u : u));
                if (!has(list, n, j))
                        list[n++] = j;
        }
        qsort(list, CANDIDATES, sizeof *list, by_number);
}

static void make_list(const struct plan *p, struct instance *in)
{
        bool uniform = p->family == LIST_UNIFORM;
        struct person *mentee = people(in->mentees, 3), *mentor = people(in->mentors, 4);
        int32_t *planted = plant(in);

        in->pairs = in->mentees * CANDIDATES;
        in->row = take((size_t)(in->mentees + 1) * sizeof *in->row);
        in->mentor = take((size_t)in->pairs * sizeof *in->mentor);
        in->score = take((size_t)in->pairs * sizeof *in->score);
        for (int64_t i = 0; i < in->mentees; i++) {
                int64_t k = in->row[i] = i * CANDIDATES;
                draw_candidates(in->mentor + k, in->mentors, !uniform, planted[i]);
                for (int c = 0; c < CANDIDATES; c++, k++)
                        in->score[k] = uniform ? below(1000001)
                                               : suits(&mentee[i], &mentor[in->mentor[k]]);
        }
        in->row[in->mentees] = in->pairs;
        free(mentee);
        free(mentor);
        free(planted);
}

void instance_make(const struct plan *p, bool int32, struct instance *in)
{
        *in = (struct instance) {.mentees = p->mentees, .mentors = p->mentees};
        at = 0;
        for (const char *c = p->name; *c; c++)
                at = at * 31 + (unsigned char)*c;
        if (p->family == LIST_PLACES) {
                in->mentors = p->mentees * 2 / 5;
                make_places(in, (int64_t)p->mentees * (100 + p->slack) / 100);
        }
        if (p->family == REAL) {
                in->mentors = 5533;
                in->has_places = 1;
                in->places = take((size_t)in->mentors * sizeof *in->places);
                for (int64_t j = 0; j < in->mentors; j++)
                        in->places[j] = 3;
        }
        if (p->family == LIST_UNIFORM || p->family == LIST_PROFILES || p->family == LIST_PLACES)
                make_list(p, in);
        else
                make_matrix(p, int32, in);
}
