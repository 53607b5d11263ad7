/* Circles of people who are in the database, and why they are one. */
#include "matching/matching.sql.h"
#include "matching/matching_circles_parts.h"
#include "matching/matching_dossier.h"
#include "matching/matching_solved.h"

#include <string.h>

enum { DAY_S = 86400, SHARED = 3 };

struct matching_circle_people { struct matching_profiles all; };

struct err matching_circle_people(struct tx *tx, int64_t cohort, struct matching_circle_people **out)
{
        struct programmes_cohort c;

        *out = arena_new_of(tx_arena(tx), struct matching_circle_people);
        TRY(programmes_cohort(tx, cohort, &c));
        TRY(matching_profiles(tx, &c, &(*out)->all));
        return matching_add_not_with(tx, cohort, &(*out)->all);
}

static struct err take(struct arena *a, const struct matching_circle_people *people, const int64_t *person, size_t n, struct matching_profile **out)
{
        *out = arena_array(a, struct matching_profile, n + 1);
        for (size_t i = 0; i < n; i++) {
                const struct matching_profile *p = matching_profiles_find(&people->all, person[i]);
                if (!p)
                        return FAIL(ERR_ABSENT, "There is no such person in this cohort", "Choose somebody of the list");
                (*out)[i] = *p;
        }
        return OK;
}

struct circling { struct matching_profile *p; int32_t n; bool mixed; struct matching_circles *out; };

static struct err form(void *ctx, struct arena *heavy)
{
        const struct circling *c = ctx;
        struct matching_circles circles;

        TRY(matching_form_circles(c->p, c->n, c->mixed, heavy, &circles));
        c->out->n = circles.n;
        memcpy(c->out->circle, circles.circle, (size_t)c->n * sizeof *circles.circle);
        return OK;
}

struct err matching_circles(struct tx *tx, int64_t cohort, const int64_t *person, size_t n, bool mixed, struct matching_circles *out)
{
        struct matching_circle_people *people;
        struct matching_profile *p;

        TRY(matching_circle_people(tx, cohort, &people));
        TRY(take(tx_arena(tx), people, person, n, &p));
        *out = (struct matching_circles) {.circle = arena_array(tx_arena(tx), int32_t, n + 1)};
        return matching_apart(tx_arena(tx), form, &(struct circling) {p, (int32_t)n, mixed, out});
}

/* ---- why ---- */

static struct matching_words words_of(const struct matching_profile *p, int kind)
{
        const struct matching_words of[] = {p->interests, p->goals, p->wants, p->offers};

        return of[kind];
}

enum { KINDS = 4, FOR_MEMBERS = 1 };

static bool names(const struct matching_profile *p, int kinds, struct text word)
{
        for (int kind = 0; kind < kinds; kind++) {
                struct matching_words w = words_of(p, kind);
                for (size_t i = 0; i < w.n; i++)
                        if (text_equal(w.p[i], word))
                                return true;
        }
        return false;
}

static void count_word(const struct matching_profile *p, size_t n, int kinds, struct text word, struct matching_circle_why *out)
{
        struct text names_it = word;
        int64_t count = 0;

        for (size_t i = 0; i < n; i++)
                count += names(&p[i], kinds, word);
        for (int k = 0; k < SHARED; k++)
                if (text_equal(out->shared[k], word))
                        return;
        for (int k = 0; k < SHARED && count >= 2; k++) {
                if (count <= out->sharers[k])
                        continue;
                struct text text = out->shared[k];
                int64_t was = out->sharers[k];
                out->shared[k] = names_it;
                out->sharers[k] = count;
                names_it = text;
                count = was;
        }
}

static void find_shared(const struct matching_profile *p, size_t n, int kinds, struct matching_circle_why *out)
{
        for (int kind = 0; kind < kinds; kind++)
                for (size_t i = 0; i < n; i++) {
                        struct matching_words w = words_of(&p[i], kind);
                        for (size_t k = 0; k < w.n; k++)
                                count_word(p, n, kinds, w.p[k], out);
                }
}

static void find_language(const struct matching_profile *p, size_t n, struct matching_circle_why *out)
{
        for (size_t k = 0; n > 0 && k < p[0].languages.n && !out->language.p; k++) {
                size_t speak = 0;
                for (size_t i = 0; i < n; i++)
                        for (size_t j = 0; j < p[i].languages.n; j++)
                                if (text_equal(p[i].languages.p[j], p[0].languages.p[k])) {
                                        speak++;
                                        break;
                                }
                if (speak == n)
                        out->language = p[0].languages.p[k];
        }
}

struct err matching_circle_why(struct tx *tx, const struct matching_circle_people *people, const int64_t *person, size_t n, bool to_staff,
                               struct matching_circle_why *out)
{
        struct matching_utc_week week = {.known = false};
        struct matching_profile *p;
        unsigned clash = 0;

        *out = (struct matching_circle_why) {0};
        TRY(take(tx_arena(tx), people, person, n, &p));
        find_shared(p, n, to_staff ? KINDS : FOR_MEMBERS, out);
        find_language(p, n, out);
        for (size_t i = 0; i < n; i++) {
                matching_week_both(&week, &p[i].week);
                for (size_t j = 0; j < i; j++)
                        clash |= matching_circle_clash(&p[i], &p[j]);
        }
        out->hours_known = week.known;
        out->half_hours = week.known ? matching_week_common(&week, &week) : 0;
        if (week.known)
                out->next_at = matching_week_next(&week, tx_now(tx) + DAY_S);
        out->no_language = (clash & CIRCLE_NO_LANGUAGE) != 0;
        out->same_team = (clash & CIRCLE_SAME_TEAM) != 0;
        out->apart = (clash & CIRCLE_APART) != 0;
        return OK;
}
