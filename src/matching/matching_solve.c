#include "matching/matching_fast.h"

#include <string.h>

bool matching_worth_split(matching_worth w, struct matching_price *out)
{
        matching_worth half = MATCHING_PAIR_UNIT / 2;
        matching_worth pairs = (w + half) / MATCHING_PAIR_UNIT;

        if ((w + half) % MATCHING_PAIR_UNIT < 0)
                pairs--;
        matching_worth score = w - pairs * MATCHING_PAIR_UNIT;
        *out = (struct matching_price) {.pairs = (int64_t)pairs, .score = (int64_t)score};
        return score >= INT64_MIN && score <= INT64_MAX;
}

#define TOO_LARGE(what) FAIL(ERR_LIMIT, what, "Make the scores smaller")

/* ---- the result ---- */

void matching_result_room(const struct matching_problem *p, struct arena *a,
                          struct matching_result *r)
{
        size_t n = (size_t)p->mentees, m = (size_t)p->mentors;

        *r = (struct matching_result) {.floor = MATCHING_NONE + 1};
        r->mentor_of = arena_array(a, int32_t, n);
        r->score_of = arena_array(a, int64_t, n);
        r->mentee_price = arena_array(a, struct matching_price, n);
        r->mentor_price = arena_array(a, struct matching_price, m);
        r->most.mentee = arena_array(a, uint8_t, n);
        r->most.mentor = arena_array(a, uint8_t, m);
        r->above.mentee = arena_array(a, uint8_t, n);
        r->above.mentor = arena_array(a, uint8_t, m);
}

static struct err count_pair(struct matching_result *r, int32_t i)
{
        int64_t score = r->score_of[i];

        if (r->mentor_of[i] == MATCHING_NOBODY)
                return OK;
        if (r->matched++ == 0 || score < r->lowest)
                r->lowest = score;
        if (__builtin_add_overflow(r->total, score, &r->total))
                return TOO_LARGE("The sum of the scores does not fit in 64 bits");
        return OK;
}

static void fill_locks(const struct matching_problem *p, struct matching_result *r)
{
        for (int64_t k = 0; k < p->n_locked; k++) {
                int32_t i = p->locked[k].mentee;
                r->mentor_of[i] = p->locked[k].mentor;
                r->score_of[i] = matching_score(p, i, p->locked[k].mentor);
        }
}

static void count_kept(const struct matching_problem *p, struct matching_result *r)
{
        r->kept = r->changed = 0;
        for (int32_t i = 0; p->announced && i < p->mentees; i++) {
                if (p->announced[i] == MATCHING_NOBODY)
                        continue;
                r->kept += r->mentor_of[i] == p->announced[i];
                r->changed += r->mentor_of[i] != p->announced[i];
        }
}

struct err matching_result_pairs(const struct matching_view *v, const int32_t *match, struct matching_result *r)
{
        const struct matching_problem *p = v->p;
        int32_t here = 0;

        r->matched = 0;
        r->by_search = false;
        r->total = r->lowest = 0;
        for (int32_t i = 0; i < p->mentees; i++) {
                int32_t j = v->settled[i] ? MATCHING_NOBODY : match[i];
                r->mentor_of[i] = j;
                r->score_of[i] = j == MATCHING_NOBODY ? MATCHING_NONE : matching_score(p, i, j);
                here += !(p->absent && p->absent[i]);
        }
        fill_locks(p, r);
        for (int32_t i = 0; i < p->mentees; i++)
                TRY(count_pair(r, i));
        r->unmatched = here - r->matched;
        count_kept(p, r);
        return OK;
}

static struct err fill_prices(const struct matching_search *s, struct matching_result *r)
{
        bool fit = true;

        for (int32_t i = 0; i < s->view->p->mentees; i++)
                fit &= matching_worth_split(s->gain[i], &r->mentee_price[i]);
        for (int32_t j = 0; j < s->view->p->mentors; j++)
                fit &= matching_worth_split(s->column[j].price, &r->mentor_price[j]);
        return fit ? OK : TOO_LARGE("The scores are too far apart to be weighed in 64 bits");
}

static struct err fill_bound(const struct matching_search *s, struct matching_result *r)
{
        const struct matching_problem *p = s->view->p;
        matching_worth bound = matching_search_bound(s);

        for (int64_t k = 0; k < p->n_locked; k++)
                bound += matching_worth_of(1, r->score_of[p->locked[k].mentee]) +
                         matching_view_keep(s->view, p->locked[k].mentee, p->locked[k].mentor);
        if (!matching_worth_split(bound, &r->bound))
                return TOO_LARGE("The sum of the scores does not fit in 64 bits");
        return OK;
}

struct err matching_result_fill(const struct matching_search *s, struct matching_result *r)
{
        TRY(matching_result_pairs(s->view, s->match, r));
        TRY(fill_prices(s, r));
        TRY(fill_bound(s, r));
        r->status = s->stopped ? MATCHING_FEASIBLE : MATCHING_OPTIMAL;
        r->keep = s->view->keep;
        r->searches = s->searches;
        r->looked_at = s->looked_at;
        return OK;
}

/* ---- from the engines ---- */

static struct err fast_bound(struct matching_view *v, struct matching_result *r)
{
        const struct matching_problem *p = v->p;
        __int128 pairs = 0, score = 0;

        for (int32_t i = 0; i < p->mentees; i++) {
                pairs += r->mentee_price[i].pairs;
                score += r->mentee_price[i].score;
        }
        for (int32_t j = 0; j < p->mentors; j++) {
                pairs += (__int128)r->mentor_price[j].pairs * v->places[j];
                score += (__int128)r->mentor_price[j].score * v->places[j];
        }
        for (int64_t k = 0; k < p->n_locked; k++) {
                pairs += 1;
                score += (__int128)r->score_of[p->locked[k].mentee] + matching_view_keep(v, p->locked[k].mentee, p->locked[k].mentor);
        }
        if (score > INT64_MAX || score < INT64_MIN)
                return TOO_LARGE("The sum of the scores does not fit in 64 bits");
        r->bound = (struct matching_price) {(int64_t)pairs, (int64_t)score};
        return OK;
}

struct err matching_fast_fill(struct matching_view *v, const struct matching_fast *f, struct matching_result *r)
{
        const struct matching_problem *p = v->p;

        TRY(matching_result_pairs(v, f->w.match, r));
        for (int32_t i = 0; i < p->mentees; i++) {
                bool easy = !v->settled[i] && !f->w.short_mentee[i];
                r->mentee_price[i] = v->settled[i] ? (struct matching_price) {0, 0} : (struct matching_price) {easy, f->w.mentee[i]};
                r->most.mentee[i] = easy;
        }
        for (int32_t j = 0; j < p->mentors; j++) {
                r->mentor_price[j] = (struct matching_price) {f->w.short_mentor[j], f->w.mentor[j]};
                r->most.mentor[j] = f->w.short_mentor[j];
        }
        r->keep = v->keep;
        r->status = f->stopped ? MATCHING_FEASIBLE : MATCHING_OPTIMAL;
        r->searches = f->searches;
        r->looked_at = f->looked_at;
        return fast_bound(v, r);
}

static struct err run_total(struct matching_view *v, const struct matching_options *o, struct arena *a, struct matching_result *r)
{
        struct matching_search *s;
        struct matching_fast f;

        if (matching_fast(v, o, a, &f))
                return matching_fast_fill(v, &f, r);
        if (v->keep == MATCHING_KEEP_ALL)
                return TOO_LARGE("The scores are too far apart for announced pairs to come before them");
        s = matching_search_new(v, o, a);
        matching_search_all(s);
        matching_search_cover(s, &r->most);
        return matching_result_fill(s, r);
}

static struct err run_fair(struct matching_view *v, const struct matching_options *o, struct arena *a, struct matching_result *r)
{
        struct matching_search *s;
        bool done;

        TRY(matching_fast_fair(v, o, a, r, &done));
        if (done)
                return OK;
        s = matching_search_new(v, o, a);
        matching_fair(s, a, r);
        return matching_result_fill(s, r);
}

/* ---- the door ---- */

static struct err run(struct matching_view *v, const struct matching_options *o, struct arena *a,
                      struct matching_result *r)
{
        int32_t *match = arena_array(a, int32_t, (size_t)v->p->mentees);

        switch (o->objective) {
        case MATCHING_TOTAL:
                TRY(run_total(v, o, a, r));
                return matching_has_groups(v->p) ? matching_groups_form(v, o, a, r) : OK;
        case MATCHING_FAIR: return run_fair(v, o, a, r);
        case MATCHING_LEXIMIN:
                TRY(matching_leximin(v, o, a, r, match));
                r->mentee_price = r->mentor_price = NULL;
                return matching_result_pairs(v, match, r);
        case MATCHING_STABLE:
                r->status = matching_stable(v, a, o, match) ? MATCHING_OPTIMAL : MATCHING_FEASIBLE;
                r->mentee_price = r->mentor_price = NULL;
                return matching_result_pairs(v, match, r);
        }
        must(!"an objective outside its enum");
}

static struct err check_aim(const struct matching_problem *p, const struct matching_options *o)
{
        if (o->objective != MATCHING_TOTAL && matching_has_groups(p))
                return FAIL(ERR_INVALID, "Groups are formed by the highest total only", "Aim at that, or leave the least sizes out");
        if (o->objective == MATCHING_FAIR && p->announced && p->keep == MATCHING_KEEP_ALL)
                return FAIL(ERR_INVALID, "The fair aim cannot put announced pairs before its floor", "Say what one is worth, or aim at the total");
        return OK;
}

struct err matching_solve(const struct matching_problem *p, const struct matching_options *o,
                          struct arena *a, struct matching_result *r)
{
        struct matching_view *v;

        TRY(check_aim(p, o));
        matching_result_room(p, a, r);
        struct arena_mark mark = arena_mark(a);
        TRY(matching_view_new(p, a, &v));
        TRY(run(v, o, a, r));
        if (o->objective != MATCHING_LEXIMIN) /* whose proof lies among the rest */
                arena_rewind(a, mark);
        return matching_certify(p, o->objective, r, a);
}
