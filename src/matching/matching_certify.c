/*
 * The proof of a result, checked from the problem alone.  On purpose this file shares no code with
 * the search: it reads the pairs itself, adds in plain pairs of numbers, and trusts nothing that it
 * can count.
 */
#include "matching/matching_check.h"

#include <string.h>

static int64_t cell(const struct matching_problem *p, int64_t at)
{
        int64_t score = MATCHING_NONE, none = MATCHING_NONE;

        switch (p->cell) {
        case MATCHING_INT32: score = ((const int32_t *)p->dense)[at]; none = INT32_MIN; break;
        case MATCHING_INT64: score = ((const int64_t *)p->dense)[at]; break;
        case MATCHING_UINT8: score = ((const uint8_t *)p->dense)[at]; none = UINT8_MAX; break;
        case MATCHING_UINT16: score = ((const uint16_t *)p->dense)[at]; none = UINT16_MAX; break;
        }
        return score == none ? MATCHING_NONE : score;
}

struct matching_list matching_check_list(struct matching_check *c, int32_t i)
{
        const struct matching_problem *p = c->p;

        if (p->shape == MATCHING_SPARSE)
                return (struct matching_list) {p->mentor + p->row[i], p->score + p->row[i],
                                               p->row[i + 1] - p->row[i]};
        for (int32_t j = 0; p->shape == MATCHING_DENSE && j < p->mentors; j++)
                c->row[j] = cell(p, i * p->stride + j);
        return (struct matching_list) {NULL, c->row, p->mentors};
}

bool matching_check_allowed(const struct matching_check *c, int32_t i,
                            const struct matching_list *l, int64_t k)
{
        if (l->score[k] == MATCHING_NONE)
                return false;
        for (int64_t f = c->forbidden_row[i]; f < c->forbidden_row[i + 1]; f++)
                if (c->forbidden[f] == matching_mentor_at(l, k))
                        return false;
        return true;
}

/* ---- getting ready ---- */

static void bucket_forbidden(struct matching_check *c, struct arena *a)
{
        const struct matching_problem *p = c->p;
        int64_t *next = arena_array(a, int64_t, (size_t)p->mentees + 1);

        c->forbidden_row = arena_array(a, int64_t, (size_t)p->mentees + 1);
        c->forbidden = arena_array(a, int32_t, (size_t)p->n_forbidden);
        for (int64_t k = 0; k < p->n_forbidden; k++)
                c->forbidden_row[p->forbidden[k].mentee + 1]++;
        for (int32_t i = 0; i < p->mentees; i++) {
                c->forbidden_row[i + 1] += c->forbidden_row[i];
                next[i + 1] = c->forbidden_row[i + 1];
        }
        for (int64_t k = 0; k < p->n_forbidden; k++)
                c->forbidden[next[p->forbidden[k].mentee]++] = p->forbidden[k].mentor;
}

static struct err take_locks(struct matching_check *c)
{
        const struct matching_problem *p = c->p;

        for (int64_t k = 0; k < p->n_locked; k++) {
                if (c->r->mentor_of[p->locked[k].mentee] != p->locked[k].mentor)
                        return MATCHING_WRONG("a locked pair is missing");
                c->out[p->locked[k].mentee] = 1;
                c->places[p->locked[k].mentor]--;
        }
        return OK;
}

struct err matching_check_ready(struct matching_check *c, struct arena *a)
{
        const struct matching_problem *p = c->p;

        c->out = arena_array(a, uint8_t, (size_t)p->mentees);
        c->places = arena_array(a, int32_t, (size_t)p->mentors);
        c->used = arena_array(a, int32_t, (size_t)p->mentors);
        c->row = arena_array(a, int64_t, (size_t)p->mentors);
        for (int32_t j = 0; j < p->mentors; j++)
                c->places[j] = p->places ? p->places[j] : 1;
        bucket_forbidden(c, a);
        TRY(take_locks(c));
        for (int32_t i = 0; i < p->mentees; i++) {
                if (!p->absent || !p->absent[i])
                        continue;
                if (c->out[i] || c->r->mentor_of[i] != MATCHING_NOBODY)
                        return MATCHING_WRONG("somebody absent is matched");
                c->out[i] = 1;
        }
        return OK;
}

/* ---- the pairs ---- */

/* The score of a pair that is allowed; MATCHING_NONE for all others. */
int64_t matching_check_score(const struct matching_check *c, int32_t i, int32_t j)
{
        const struct matching_problem *p = c->p;

        for (int64_t f = c->forbidden_row[i]; f < c->forbidden_row[i + 1]; f++)
                if (c->forbidden[f] == j)
                        return MATCHING_NONE;
        if (p->shape == MATCHING_DENSE)
                return cell(p, i * p->stride + j);
        for (int64_t k = p->row[i]; k < p->row[i + 1]; k++)
                if (p->mentor[k] == j)
                        return p->score[k];
        return MATCHING_NONE;
}

static struct err check_pair(struct matching_check *c, int32_t i)
{
        int32_t j = c->r->mentor_of[i];
        int64_t score = c->r->score_of[i];

        if (j == MATCHING_NOBODY)
                return score == MATCHING_NONE ? OK
                                              : MATCHING_WRONG("somebody left out has a score");
        if (j < 0 || j >= c->p->mentors || score == MATCHING_NONE || matching_check_score(c, i, j) != score)
                return MATCHING_WRONG("a pair is not allowed, or its score is another");
        if (c->p->announced && c->p->announced[i] == j)
                c->kept++;
        if (c->out[i])
                return OK;
        if (++c->used[j] > c->places[j])
                return MATCHING_WRONG("a mentor has more mentees than places");
        if (c->pairs++ == 0 || score < c->lowest)
                c->lowest = score;
        c->total += score;
        return OK;
}

static struct err check_pairs(struct matching_check *c)
{
        const struct matching_problem *p = c->p;
        int64_t lowest;
        __int128 locked = 0;
        int32_t here = 0;

        for (int32_t i = 0; i < p->mentees; i++) {
                TRY(check_pair(c, i));
                here += !(p->absent && p->absent[i]);
        }
        lowest = c->pairs > 0 ? c->lowest : INT64_MAX;
        for (int64_t k = 0; k < p->n_locked; k++) {
                int64_t score = c->r->score_of[p->locked[k].mentee];
                locked += score;
                lowest = score < lowest ? score : lowest;
        }
        int64_t matched = c->pairs + p->n_locked;
        if (matched != c->r->matched || here - matched != c->r->unmatched)
                return MATCHING_WRONG("the number of pairs is wrong");
        if (c->kept != c->r->kept)
                return MATCHING_WRONG("the number of kept pairs is wrong");
        if (c->total + locked != c->r->total || (matched ? lowest : 0) != c->r->lowest)
                return MATCHING_WRONG("the total or the lowest score is wrong");
        return OK;
}

/* A group is large enough or empty; locked mentees count. */
static struct err check_groups(struct matching_check *c, struct arena *a)
{
        const struct matching_problem *p = c->p;
        int32_t *size = arena_array(a, int32_t, (size_t)p->mentors);
        bool any = false;

        for (int32_t i = 0; i < p->mentees; i++)
                if (c->r->mentor_of[i] != MATCHING_NOBODY)
                        size[c->r->mentor_of[i]]++;
        for (int32_t j = 0; p->least && j < p->mentors; j++) {
                any |= p->least[j] > 1;
                if (size[j] > 0 && size[j] < p->least[j])
                        return MATCHING_WRONG("a group is too small");
        }
        return c->r->by_search && !any ? MATCHING_WRONG("a search is the proof where prices should be") : OK;
}

/* ---- the prices ---- */

static bool covers(struct matching_price a, struct matching_price b, __int128 score)
{
        int64_t pairs = a.pairs + b.pairs;

        return pairs > 1 || (pairs == 1 && (__int128)a.score + b.score >= score);
}

static bool negative(struct matching_price a)
{
        return a.pairs < 0 || (a.pairs == 0 && a.score < 0);
}

/* What the pair counts for: its score, and more if it is announced and is to be kept. */
static __int128 worth(const struct matching_check *c, int32_t i, int32_t j, int64_t score)
{
        return c->p->announced && c->p->announced[i] == j ? (__int128)score + c->r->keep : score;
}

static struct err check_row_of_prices(struct matching_check *c, int32_t i)
{
        struct matching_list l = matching_check_list(c, i);

        for (int64_t k = 0; k < l.n; k++) {
                int32_t j = matching_mentor_at(&l, k);
                if (covers(c->r->mentee_price[i], c->r->mentor_price[j], worth(c, i, j, l.score[k])))
                        continue;
                if (c->places[j] > 0 && l.score[k] >= c->r->floor && matching_check_allowed(c, i, &l, k))
                        return MATCHING_WRONG("a pair is worth more than its prices");
        }
        return OK;
}

/* The prices of a row lie all over memory: asked for while the row before is looked at. */
static void fetch_row(struct matching_check *c, int32_t i)
{
        if (c->p->shape == MATCHING_DENSE || i >= c->p->mentees)
                return;
        struct matching_list l = matching_check_list(c, i);
        for (int64_t k = 0; k < l.n; k++)
                __builtin_prefetch(c->r->mentor_price + l.mentor[k]);
}

static bool announced(const struct matching_check *c, int32_t i) { return c->p->announced && c->p->announced[i] >= 0; }

static struct err check_each_price(struct matching_check *c, struct arena *a)
{
        bool matrix = c->p->shape == MATCHING_DENSE;

        if (matrix)
                matching_check_matrix_new(c, a);
        for (int32_t i = 0; i < c->p->mentees; i++) {
                fetch_row(c, i + 1);
                if (!c->out[i] && (!matrix || announced(c, i) || !matching_check_row(c, i)))
                        TRY(check_row_of_prices(c, i));
        }
        return OK;
}

/* No set of pairs is worth more than the sum of all prices; ours must be worth just that. */
static struct err check_prices(struct matching_check *c, struct arena *a)
{
        const struct matching_result *r = c->r;
        __int128 pairs = c->r->matched - c->pairs, score = r->total - c->total, kept = (__int128)r->kept * r->keep;

        if (r->keep != (c->p->announced ? c->p->keep : 0) && !(c->p->announced && c->p->keep == MATCHING_KEEP_ALL))
                return MATCHING_WRONG("an announced pair counts for something else");
        for (int64_t k = 0; k < c->p->n_locked; k++)
                score += worth(c, c->p->locked[k].mentee, c->p->locked[k].mentor, 0);

        for (int32_t i = 0; i < c->p->mentees; i++) {
                if (negative(r->mentee_price[i]))
                        return MATCHING_WRONG("a price is negative");
                pairs += c->out[i] ? 0 : r->mentee_price[i].pairs;
                score += c->out[i] ? 0 : r->mentee_price[i].score;
        }
        for (int32_t j = 0; j < c->p->mentors; j++) {
                if (negative(r->mentor_price[j]))
                        return MATCHING_WRONG("a price is negative");
                pairs += (__int128)r->mentor_price[j].pairs * c->places[j];
                score += (__int128)r->mentor_price[j].score * c->places[j];
        }
        if (pairs != r->bound.pairs || score != r->bound.score)
                return MATCHING_WRONG("the bound is not the sum of the prices");
        if (r->by_search && (pairs < r->matched || (pairs == r->matched && score < r->total + kept)))
                return MATCHING_WRONG("the pairs are worth more than the bound");
        if (r->status == MATCHING_OPTIMAL && !r->by_search && (pairs != r->matched || score != r->total + kept))
                return MATCHING_WRONG("the pairs are worth less than the prices");
        return check_each_price(c, a);
}

/* ---- the covers ---- */

static struct err check_touches(struct matching_check *c, const struct matching_cover *cover,
                                int64_t above)
{
        for (int32_t i = 0; i < c->p->mentees; i++) {
                if (c->out[i] || cover->mentee[i])
                        continue;
                struct matching_list l = matching_check_list(c, i);
                for (int64_t k = 0; k < l.n; k++) {
                        int32_t j = matching_mentor_at(&l, k);
                        if (l.score[k] > above && c->places[j] > 0 && !cover->mentor[j] &&
                            matching_check_allowed(c, i, &l, k))
                                return MATCHING_WRONG("a cover misses a pair");
                }
        }
        return OK;
}

static int64_t cover_size(const struct matching_check *c, const struct matching_cover *cover)
{
        int64_t size = 0;

        for (int32_t i = 0; i < c->p->mentees; i++)
                size += !c->out[i] && cover->mentee[i];
        for (int32_t j = 0; j < c->p->mentors; j++)
                size += cover->mentor[j] ? c->places[j] : 0;
        return size;
}

static struct err check_most(struct matching_check *c)
{
        if (c->r->status != MATCHING_OPTIMAL || c->r->by_search)
                return OK;
        if (cover_size(c, &c->r->most) != c->pairs)
                return MATCHING_WRONG("more people could perhaps be matched");
        return check_touches(c, &c->r->most, MATCHING_NONE);
}

static struct err check_fair(struct matching_check *c)
{
        const struct matching_result *r = c->r;

        if (r->status != MATCHING_OPTIMAL || c->pairs == 0)
                return OK;
        if (c->lowest != r->floor)
                return MATCHING_WRONG("the lowest score is not the floor");
        if (cover_size(c, &r->above) >= c->pairs)
                return MATCHING_WRONG("the lowest score could perhaps be higher");
        return check_touches(c, &r->above, r->floor);
}

/* ---- the door ---- */

static struct err check_objective(struct matching_check *c, enum matching_objective objective,
                                  struct arena *a)
{
        switch (objective) {
        case MATCHING_TOTAL:
                TRY(check_prices(c, a));
                return check_most(c);
        case MATCHING_FAIR:
                TRY(check_prices(c, a));
                TRY(check_most(c));
                return check_fair(c);
        case MATCHING_LEXIMIN:
                TRY(check_most(c));
                return matching_check_steps(c, a);
        case MATCHING_STABLE: return matching_check_stable(c, a);
        }
        must(!"an objective outside its enum");
}

struct err matching_certify(const struct matching_problem *p, enum matching_objective objective,
                            const struct matching_result *r, struct arena *a)
{
        struct matching_check c = {.p = p, .r = r};
        struct arena_mark mark = arena_mark(a);
        struct err e = matching_check_ready(&c, a);

        if (!failed(e))
                e = check_pairs(&c);
        if (!failed(e))
                e = check_groups(&c, a);
        if (!failed(e))
                e = check_objective(&c, objective, a);
        arena_rewind(a, mark);
        return e;
}
