/*
 * The best candidates of each mentee among synthetic people: bench/candidates [PEOPLE[:ASKED]...], as
 * many mentors as mentees; ASKED: only so many of the mentees, spread over all, are searched for, which
 * is enough to know what one costs.  Prints a line of JSON for each size.  The people are made in numbers, as a
 * pool holds them: what people say about skills follows the shipped list, a few skills are named by
 * many and many by few.
 */
#include "matching/matching_candidates.h"
#include "matching/matching_skills.h"
#include "matching/matching_solved.h"
#include "os/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

enum { OFFERS = 5, WANTS = 4, INTERESTS = 3, ALL_INTERESTS = 40, ZONES = 8 };

static uint64_t state = 88172645463325252u;

static int32_t below(int32_t n)
{
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        return (int32_t)(state % (uint64_t)n);
}

static int32_t among_many(int32_t n) { return (int32_t)((int64_t)below(n) * below(n) / n); }

static struct matching_list some(struct arena *a, int32_t n, int32_t most, int32_t all)
{
        struct matching_list list = {arena_array(a, int32_t, (size_t)n + 1), arena_array(a, int32_t, (size_t)n * (size_t)most + 1)};

        for (int32_t i = 0, at = 0; i < n; i++) {
                for (int32_t k = 1 + below(most), from = at; k > 0; k--) {
                        int32_t id = among_many(all);
                        bool there = false;
                        for (int32_t l = from; l < at; l++)
                                there |= list.id[l] == id;
                        if (!there)
                                list.id[at++] = id;
                }
                list.row[i + 1] = at;
        }
        return list;
}

static void make_terms(struct arena *a, struct matching_skills *skills, struct matching_term_list *out)
{
        out->row = arena_array(a, struct matching_term, (size_t)skills->n);
        for (int32_t k = 0; k < skills->n; k++)
                if (skills->row[k].broader >= 0)
                        out->row[out->n++] = (struct matching_term) {text_fold(a, skills->row[k].name[0]), matching_skills_path(skills, k)};
}

static void make_crowd(struct arena *a, int32_t n, bool mentor, struct matching_crowd *c)
{
        static const int offsets[ZONES] = {0, 0, 60, 60, 60, -300, -480, 330};

        c->n = n;
        c->card = arena_array(a, struct matching_card, (size_t)n + 1);
        c->week = arena_array(a, struct matching_utc_week, (size_t)n + 1);
        c->languages = arena_array(a, uint64_t, (size_t)n + 1);
        c->formats = arena_array(a, uint64_t, (size_t)n + 1);
        c->interests = some(a, n, INTERESTS, ALL_INTERESTS);
        c->values = (struct matching_list) {arena_array(a, int32_t, (size_t)n + 1), arena_array(a, int32_t, 1)};
        c->not_with = c->values;
        c->n_values = arena_array(a, int32_t, (size_t)n + 1);
        c->n_interests = arena_array(a, int32_t, (size_t)n + 1);
        for (int32_t i = 0; i < n; i++) {
                struct matching_card *card = &c->card[i];
                int32_t spoken = among_many(6), zone = below(ZONES);
                *card = (struct matching_card) {
                        .person = (mentor ? 1 + n : 1) + (int64_t)i, .email = (mentor ? 1 + n : 1) + i, .team = 1 + below(n / 8 + 1),
                        .manager = 3 * n + below(n / 8 + 1), .function = 1 + below(9), .language = 1 + spoken,
                        .step = (int16_t)((mentor ? 3 : 1) + below(6)), .offset_minutes = (int16_t)offsets[zone],
                        .has = MATCHING_HAS_SKILLS | MATCHING_HAS_INTERESTS | MATCHING_HAS_GRADE | MATCHING_HAS_FUNCTION |
                               MATCHING_HAS_LANGUAGE | MATCHING_HAS_ZONE};
                c->languages[i] = (uint64_t)1 << spoken | (uint64_t)1 << among_many(6);
                c->n_interests[i] = c->interests.row[i + 1] - c->interests.row[i];
                if (below(5)) {
                        struct matching_week week = {.known = true};
                        for (int day = 0, from = 7 + below(12); day < 5; day++)
                                for (int h = day * 24 + from; h < day * 24 + from + 1 + below(3); h++)
                                        week.bits[h / 64] |= (uint64_t)1 << (h % 64);
                        c->week[i] = matching_week_utc(&week, offsets[zone]);
                        card->has |= MATCHING_HAS_WEEK;
                }
        }
}

static void make_pool(struct arena *a, struct matching_skills *skills, int32_t n, struct matching_pool *p)
{
        static const int16_t shift[1][MATCHING_SEASONS];
        struct matching_terms *t = &p->terms;

        *p = (struct matching_pool) {.n_interests = ALL_INTERESTS, .n_values = 1, .language_words = 1, .format_words = 1,
                                     .span = {.n = 1, .days = {270}}, .n_clocks = 1, .shift = shift, .weights = matching_weights_default,
                                     .weight_sum = 100, .links = arena_array(a, int64_t, (size_t)n + 2)};
        make_crowd(a, n, false, &p->mentees);
        make_crowd(a, n, true, &p->mentors);
        make_terms(a, skills, &t->wishes);
        t->offers = t->wishes;
        t->wish = some(a, n, WANTS, t->wishes.n);
        t->offer = some(a, n, OFFERS, t->offers.n);
        t->weight = arena_array(a, int32_t, (size_t)t->wish.row[n] + 1);
        for (int32_t i = 0; i < n; i++)
                for (int32_t k = t->wish.row[i]; k < t->wish.row[i + 1]; k++)
                        t->weight[k] = matching_rules_want_weight((size_t)(k - t->wish.row[i]), 1, 1);
        matching_kin_find(a, &t->wishes, &t->offers, &t->kin);
}

static void measure(int32_t n, int32_t asked)
{
        struct arena *a = arena_new((size_t)1 << 40);
        struct matching_skills skills;
        struct matching_pool pool;
        struct matching_candidates c;
        struct rusage used;
        int32_t *most = arena_array(a, int32_t, (size_t)asked + 1), *mentee = arena_array(a, int32_t, (size_t)asked + 1);

        must(!failed(matching_skills_load(a, NULL, &skills)));
        make_pool(a, &skills, n, &pool);
        for (int32_t k = 0; k < asked; k++) {
                most[k] = MATCHING_CANDIDATES;
                mentee[k] = (int32_t)((int64_t)k * n / asked);
        }
        int64_t begin = clock_monotonic_us();
        const struct matching_index *x = matching_index_new(a, &pool);
        int64_t indexed = clock_monotonic_us();
        matching_candidates_find(a, x, mentee, most, asked, NULL, 0, matching_threads(), &c);
        int64_t end = clock_monotonic_us();
        getrusage(RUSAGE_SELF, &used);
        printf("{\"people\":%d,\"asked\":%d,\"threads\":%d,\"index_seconds\":%.2f,\"search_seconds\":%.2f,\"cpu_seconds\":%.2f,\"peak_mb\":%ld,"
               "\"looked_at\":%.0f,\"scored\":%.0f,\"listed\":%.1f}\n",
               n, asked, matching_threads(), (double)(indexed - begin) / 1e6, (double)(end - indexed) / 1e6,
               (double)used.ru_utime.tv_sec + (double)used.ru_utime.tv_usec / 1e6, used.ru_maxrss / 1024,
               (double)c.looked_at / asked, (double)c.scored / asked, (double)c.row[asked] / asked);
        fflush(stdout);
        arena_free(a);
}

int main(int argc, char **argv)
{
        static char usual[][16] = {"10000", "100000", "1000000:5000"};

        for (int k = 0; k < (argc > 1 ? argc - 1 : 3); k++) {
                char *end, *size = argc > 1 ? argv[k + 1] : usual[k];
                int32_t n = (int32_t)strtol(size, &end, 10);
                measure(n, *end == ':' ? (int32_t)strtol(end + 1, NULL, 10) : n);
        }
        return 0;
}
