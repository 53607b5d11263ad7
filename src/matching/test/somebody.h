/* People of every kind, by lot, for tests of scores. Each program has its own copy of the lot. */
#ifndef TELEMACHUS_MATCHING_TEST_SOMEBODY_H
#define TELEMACHUS_MATCHING_TEST_SOMEBODY_H

#include "matching/matching_pool.h"

static uint32_t seed;

static int below(int n)
{
        seed = seed * 1664525u + 1013904223u;
        return (int)((seed >> 8) % (uint32_t)n);
}

/* Two of three times something, else nothing. */
static struct text one_of(const char *const *from, int n)
{
        return below(3) ? text_of(from[below(n)]) : TEXT_ABSENT;
}

static struct matching_words some_of(struct arena *a, const char *const *from, int n, int most)
{
        struct text *row = arena_array(a, struct text, (size_t)most + 1);
        struct matching_words w = {.p = row, .n = below(4) ? (size_t)below(most + 1) : 0};

        for (size_t k = 0; k < w.n; k++)
                row[k] = text_of(from[below(n)]);
        return w;
}

static const char *const skills[] = {
        "presenting", "public speaking", "storytelling", "rhetoric", "writing for ministers", "clear writing for everybody",
        "risk management", "time management", "bees", "keeping of bees", "ai", "project management", "speaking", "of",
};
static const char *const mails[] = {"a@x", "b@x", "c@x", "d@x", "e@x", "f@x", "g@x", "h@x"};
static const char *const teams[] = {"pensions", "taxes", "roads"};
static const char *const grades[] = {"HEO", "SEO", "G7", "3", "12", "nobody knows"};
static const char *const tongues[] = {"en", "de", "fr", "pt"};
static const char *const likes[] = {"hiking", "chess", "jazz", "films", "cooking"};
static const char *const ways[] = {"video", "phone", "walk"};

/* As the list that ships has them: skills follow from the words alone. */
static const struct matching_skill_path path_of[] = {
        {{1, 9, 0}}, {{2, 1, 9}}, {{3, 1, 9}}, {{2, 1, 9}}, {{4, 10, 0}}, {{0}}, {{5, 11, 0}}, {{6, 12, 0}}, {{0}}, {{0}},
        {{7, 13, 14}}, {{11, 15, 0}}, {{0}}, {{0}},
};

static void add_skills(struct arena *a, struct matching_words *w)
{
        struct matching_skill_path *path = arena_array(a, struct matching_skill_path, w->n + 1);

        for (size_t k = 0; k < w->n; k++)
                for (size_t s = 0; s < sizeof skills / sizeof *skills; s++)
                        if (text_is(w->p[k], skills[s]))
                                path[k] = path_of[s];
        w->skills = path;
}

static struct matching_utc_week week_of(void)
{
        struct matching_utc_week w = {.known = below(4) != 0};

        for (int k = 0; w.known && k < 336; k++)
                if (below(5) == 0)
                        w.bits[k / 64] |= (uint64_t)1 << (k % 64);
        return w;
}

static struct matching_profile somebody(struct arena *a, const struct matching_span *span)
{
        struct matching_profile p = {
                .person = below(40), .email = one_of(mails, 8), .manager_email = one_of(mails, 8),
                .managers_manager_email = one_of(mails, 8), .team = one_of(teams, 3), .function = one_of(teams, 3),
                .grade = one_of(grades, 6), .years = below(3) ? below(20) : 0, .offers = some_of(a, skills, 14, 5),
                .wants = some_of(a, skills, 14, 4), .goals = some_of(a, skills, 14, 2), .interests = some_of(a, likes, 5, 4),
                .values = some_of(a, likes, 5, 3), .languages = some_of(a, tongues, 4, 3), .formats = some_of(a, ways, 3, 2),
                .not_with = some_of(a, mails, 8, 1), .week = week_of(), .offset_minutes = (below(26) - 12) * 60,
                .zone_known = below(4) != 0, .no_consent = below(30) == 0, .span = span};
        int32_t *weights = arena_array(a, int32_t, p.wants.n + 1);

        add_skills(a, &p.offers);
        add_skills(a, &p.wants);
        add_skills(a, &p.goals);
        for (size_t k = 0; k < p.wants.n; k++)
                weights[k] = 1 + below(48);
        p.want_weights = below(2) ? weights : NULL;
        for (int k = 1; span && k < span->n; k++)
                p.shift[k] = (int16_t)(below(3) * 2 - 2);
        return p;
}

static struct matching_facts something(void)
{
        return (struct matching_facts) {.wish = below(6), .marked = below(2), .asked = below(3) - 1, .paired = below(12) == 0,
                                        .concern = below(12) == 0, .panel = below(12) == 0};
}

#endif
