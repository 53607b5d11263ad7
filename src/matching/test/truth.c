/* Whether what a result says is so, told from the small problem alone. */
#include "matching/test/small.h"

#include <string.h>

int64_t small_lowest(const struct small *s, const struct matching_result *r)
{
        int64_t lowest = INT64_MAX;

        for (int32_t i = 0; i < s->p.mentees; i++)
                if (r->mentor_of[i] >= 0 && s->lock[i] < 0 && r->score_of[i] < lowest)
                        lowest = r->score_of[i];
        return lowest;
}

int32_t small_sorted(const struct small *s, const struct matching_result *r, int64_t *sorted)
{
        int32_t n = 0;

        for (int32_t i = 0; i < s->p.mentees; i++)
                if (r->mentor_of[i] >= 0 && s->lock[i] < 0)
                        sorted[n++] = r->score_of[i];
        small_sort(sorted, n);
        return n;
}

/* ---- stability ---- */

static int64_t like(const struct small *s, const int64_t *likes, int32_t i, int32_t j)
{
        for (int64_t k = s->row[i]; likes && k < s->row[i + 1]; k++)
                if (s->mentor[k] == j)
                        return likes[k];
        return s->cell[i][j];
}

static bool would_rather(const struct small *s, const struct matching_result *r, int32_t i,
                         int32_t j)
{
        int32_t used = 0, now = r->mentor_of[i];
        bool better_than_one = false;
        const int64_t *mine = s->p.mentee_likes, *theirs = s->p.mentor_likes;

        if (!small_allowed(s, i, j) || !small_is_free(s, i) || now == j)
                return false;
        if (now >= 0 && like(s, mine, i, j) <= like(s, mine, i, now))
                return false;
        for (int32_t k = 0; k < s->p.mentees; k++) {
                if (r->mentor_of[k] != j)
                        continue;
                used++;
                better_than_one |= s->lock[k] < 0 &&
                                   like(s, theirs, i, j) > like(s, theirs, k, j);
        }
        return used < s->room[j] || better_than_one;
}

int32_t small_blocking(const struct small *s, const struct matching_result *r)
{
        int32_t n = 0;

        for (int32_t i = 0; i < s->p.mentees; i++)
                for (int32_t j = 0; j < s->p.mentors; j++)
                        n += would_rather(s, r, i, j);
        return n;
}

/* ---- sums ---- */

static bool pair_may_be(const struct small *s, const struct matching_result *r, int32_t i)
{
        int32_t j = r->mentor_of[i];

        if (j == MATCHING_NOBODY)
                return r->score_of[i] == MATCHING_NONE && s->lock[i] == MATCHING_NOBODY;
        return j >= 0 && j < s->p.mentors && !s->absent[i] && small_allowed(s, i, j) &&
               r->score_of[i] == s->cell[i][j] &&
               (s->lock[i] == MATCHING_NOBODY || s->lock[i] == j);
}

static bool places_are_kept(const struct small *s, const struct matching_result *r)
{
        for (int32_t j = 0; j < s->p.mentors; j++) {
                int32_t used = 0;
                for (int32_t i = 0; i < s->p.mentees; i++)
                        used += r->mentor_of[i] == j;
                if (used > s->room[j] || (s->p.least && used > 0 && used < s->least[j]))
                        return false;
        }
        return true;
}

bool small_adds_up(const struct small *s, const struct matching_result *r)
{
        int32_t matched = 0, here = 0, kept = 0, changed = 0;
        int64_t lowest = INT64_MAX;
        __int128 total = 0;

        for (int32_t i = 0; i < s->p.mentees; i++) {
                if (!pair_may_be(s, r, i))
                        return false;
                here += !s->absent[i];
                if (s->p.announced && s->announced[i] != MATCHING_NOBODY) {
                        kept += r->mentor_of[i] == s->announced[i];
                        changed += r->mentor_of[i] != s->announced[i];
                }
                if (r->mentor_of[i] == MATCHING_NOBODY)
                        continue;
                matched++;
                total += s->cell[i][r->mentor_of[i]];
                lowest = r->score_of[i] < lowest ? r->score_of[i] : lowest;
        }
        if (s->p.announced && (r->kept != kept || r->changed != changed))
                return false;
        return places_are_kept(s, r) && r->matched == matched && r->unmatched == here - matched &&
               r->total == total && r->lowest == (matched ? lowest : 0);
}

static __int128 worth(const struct small *s, const struct matching_result *r)
{
        __int128 keep = s->p.announced && s->p.keep != MATCHING_KEEP_ALL ? s->p.keep : 0;

        return r->total + keep * (s->p.announced ? r->kept : 0);
}

static bool is_best(const struct small *s, enum matching_objective objective,
                    const struct matching_result *r)
{
        struct small_best best = small_brute(s, objective);
        int64_t sorted[SMALL_MENTEES];

        if (!best.possible || r->matched != best.matched)
                return false;
        if (s->p.announced && s->p.keep == MATCHING_KEEP_ALL && r->kept != best.kept)
                return false;
        if (objective == MATCHING_FAIR && small_lowest(s, r) != best.lowest)
                return false;
        if (objective != MATCHING_LEXIMIN)
                return worth(s, r) == best.worth;
        return small_sorted(s, r, sorted) == best.n_sorted &&
               memcmp(sorted, best.sorted, (size_t)best.n_sorted * sizeof *sorted) == 0;
}

bool small_is_true(const struct small *s, enum matching_objective objective,
                   const struct matching_result *r)
{
        if (!small_adds_up(s, r))
                return false;
        if (r->status != MATCHING_OPTIMAL)
                return true;
        if (objective == MATCHING_STABLE)
                return small_blocking(s, r) == 0;
        return is_best(s, objective, r);
}
