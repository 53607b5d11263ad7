#include "matching/matching_circles_parts.h"

enum { SLOT_S = 1800, SLOTS = 336, DAY_S = 86400, MONDAY = 3 };      /* the first day of 1970 was a Thursday */
enum { AIMS = 60, LIKINGS = 25, HOURS = 15, FIELDS = 20, ENOUGH_HALF_HOURS = 16 };

static bool holds(struct matching_words list, struct text word)
{
        for (size_t i = 0; i < list.n; i++)
                if (text_equal(list.p[i], word))
                        return true;
        return false;
}

/* "leading a team" and "leading teams" share a word; that counts half. */
static bool touches(struct matching_words list, struct text phrase)
{
        while (phrase.n) {
                struct text word = text_cut(phrase, ' ', &phrase);
                for (size_t i = 0; i < list.n && word.n > 3; i++) {
                        struct text rest = list.p[i];
                        while (rest.n)
                                if (text_equal(text_cut(rest, ' ', &rest), word))
                                        return true;
                }
        }
        return false;
}

int64_t matching_words_shared(struct matching_words a, struct matching_words b)
{
        int64_t sum = 0;

        if (a.n == 0 || b.n == 0)
                return MATCHING_ONE / 2;
        for (size_t i = 0; i < a.n; i++)
                sum += holds(b, a.p[i]) ? 2 : touches(b, a.p[i]);
        for (size_t i = 0; i < b.n; i++)
                sum += holds(a, b.p[i]) ? 2 : touches(a, b.p[i]);
        return sum * MATCHING_ONE / (int64_t)(2 * (a.n + b.n));
}

static void best_of(struct matching_words a, struct matching_words b, int64_t *best, bool *known)
{
        int64_t share = matching_words_shared(a, b);

        if (a.n == 0 || b.n == 0)
                return;
        *best = share > *best ? share : *best;
        *known = true;
}

int64_t matching_aims_shared(const struct matching_profile *a, const struct matching_profile *b)
{
        int64_t best = 0;
        bool known = false;

        best_of(a->wants, b->wants, &best, &known);
        best_of(a->goals, b->goals, &best, &known);
        best_of(a->offers, b->offers, &best, &known);
        return known ? best : MATCHING_ONE / 2;
}

static void add_part(int64_t share, int weight, int64_t *sum, int *of)
{
        *sum += share * weight;
        *of += weight;
}

static int64_t hours_share(const struct matching_profile *a, const struct matching_profile *b)
{
        int common;

        if (!a->week.known || !b->week.known)
                return MATCHING_ONE / 2;
        common = matching_week_common(&a->week, &b->week);
        return common >= ENOUGH_HALF_HOURS ? MATCHING_ONE : (int64_t)common * MATCHING_ONE / ENOUGH_HALF_HOURS;
}

int32_t matching_alike(const struct matching_profile *a, const struct matching_profile *b, bool mixed)
{
        int64_t sum = 0;
        int of = 0;

        add_part(matching_aims_shared(a, b), AIMS, &sum, &of);
        add_part(matching_words_shared(a->interests, b->interests), LIKINGS, &sum, &of);
        add_part(hours_share(a, b), HOURS, &sum, &of);
        if (mixed && a->function.n && b->function.n)
                add_part(text_equal(a->function, b->function) ? 0 : MATCHING_ONE, FIELDS, &sum, &of);
        return (int32_t)(sum / of);
}

static bool share_a_language(const struct matching_profile *a, const struct matching_profile *b)
{
        for (size_t i = 0; i < a->languages.n; i++)
                if (holds(b->languages, a->languages.p[i]))
                        return true;
        return a->languages.n == 0 || b->languages.n == 0;
}

unsigned matching_circle_clash(const struct matching_profile *a, const struct matching_profile *b)
{
        unsigned clash = 0;

        if (!share_a_language(a, b))
                clash |= CIRCLE_NO_LANGUAGE;
        if (a->team.n && text_equal(a->team, b->team))
                clash |= CIRCLE_SAME_TEAM;
        if (holds(a->not_with, b->email) || holds(b->not_with, a->email))
                clash |= CIRCLE_APART;
        return clash;
}

/* ---- hours ---- */

void matching_week_both(struct matching_utc_week *into, const struct matching_utc_week *week)
{
        if (!week->known)
                return;
        if (!into->known) {
                *into = *week;
                return;
        }
        for (size_t i = 0; i < sizeof into->bits / sizeof into->bits[0]; i++)
                into->bits[i] &= week->bits[i];
}

bool matching_week_enough(const struct matching_utc_week *w)
{
        return !w->known || matching_week_common(w, w) >= MATCHING_CIRCLE_HALF_HOURS;
}

static bool is_free(const struct matching_utc_week *w, int64_t slot)
{
        slot %= SLOTS;
        return w->bits[slot / 64] >> (slot % 64) & 1;
}

struct opt matching_week_next(const struct matching_utc_week *w, int64_t from)
{
        int64_t first = (from + SLOT_S - 1) / SLOT_S;

        for (int64_t k = 0; k < SLOTS; k++) {
                int64_t at = (first + k) * SLOT_S, slot = (at + MONDAY * (int64_t)DAY_S) / SLOT_S;
                if (at % 3600 == 0 && is_free(w, slot) && is_free(w, slot + 1))
                        return (struct opt) {true, at};
        }
        return (struct opt) {0};
}
