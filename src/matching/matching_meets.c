/* How much of what somebody wants another can give, and what a distance is worth. */
#include "matching/matching_rules.h"

enum { HALF = MATCHING_ONE / 2 };

/* ---- words ---- */

static bool is_letter(char c)
{
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               (unsigned char)c >= 0x80;
}

bool matching_rules_word(struct text t, size_t *at, struct text *word)
{
        while (*at < t.n) {
                while (*at < t.n && !is_letter(t.p[*at]))
                        (*at)++;
                size_t from = *at;
                while (*at < t.n && is_letter(t.p[*at]))
                        (*at)++;
                *word = (struct text) {.p = t.p + from, .n = *at - from};
                if (word->n >= 3)
                        return true;
        }
        return false;
}

static bool has_word(struct text t, struct text word)
{
        struct text w;

        for (size_t at = 0; matching_rules_word(t, &at, &w);)
                if (text_equal(w, word))
                        return true;
        return false;
}

static int32_t words_met(struct text wish, struct text offer)
{
        int32_t words = 0, met = 0;
        struct text w;

        for (size_t at = 0; matching_rules_word(wish, &at, &w);) {
                words++;
                met += has_word(offer, w);
        }
        return words ? (int32_t)((int64_t)met * MATCHING_ONE / words) : 0;
}

/* ---- skills ---- */

static bool names_skill(const struct matching_skill_path *p) { return p && p->id[0] != 0; }

static bool stands_at(int32_t id, int32_t other) { return id != 0 && id == other; }

static int32_t related(const struct matching_skill_path *a, const struct matching_skill_path *b)
{
        if (a->id[0] == b->id[0])
                return MATCHING_ONE;
        if (stands_at(a->id[1], b->id[0]) || stands_at(b->id[1], a->id[0]))
                return MATCHING_NEXT;
        if (stands_at(a->id[2], b->id[0]) || stands_at(b->id[2], a->id[0]))
                return MATCHING_NEAR;
        /* One broader skill that has a family itself: a family alone is too wide to be kin. */
        if (stands_at(a->id[1], b->id[1]) && a->id[2] != 0)
                return MATCHING_NEAR;
        return 0;
}

int32_t matching_rules_meets(struct text wish, const struct matching_skill_path *wish_skill,
                             struct text offer, const struct matching_skill_path *offer_skill)
{
        if (text_equal(wish, offer))
                return MATCHING_ONE;
        if (names_skill(wish_skill) && names_skill(offer_skill))
                return related(wish_skill, offer_skill);
        return words_met(wish, offer);
}

int32_t matching_rules_want_weight(size_t place, int64_t offering, int64_t mentors)
{
        int32_t importance = place == 0 ? 6 : place == 1 ? 5 : 4;
        int32_t rarity = 4;

        if (offering > 0 && 5 * offering < mentors)
                rarity += (int32_t)(4 * (mentors - 5 * offering) / mentors);
        return importance * rarity;
}

/* ---- distances ---- */

int32_t matching_rules_steps(int gap)
{
        return gap < 0 ? 200000 : gap == 0 ? HALF : gap <= 3 ? MATCHING_ONE : gap <= 5 ? 700000 : 400000;
}

int32_t matching_rules_years(int64_t gap)
{
        int64_t value = gap < 0 ? 200000 : HALF + gap * (HALF / 5);

        return (int32_t)(value < MATCHING_ONE ? value : MATCHING_ONE);
}
