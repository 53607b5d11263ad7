#include "matching/matching_solved.h"

#include "base/err.h"
#include "matching/matching_lists.h"
#include "os/process.h"

#include <limits.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

/* Up to so many pairs each is scored; above it the best candidates are. */
#define MOST_PAIRS ((int64_t)200000000)
enum { ROUNDS = 8 };

int matching_threads(void) { return process_processors(); }

struct err matching_apart(struct arena *keep, struct err (*fn)(void *ctx, struct arena *heavy), void *ctx)
{
        struct arena *volatile heavy = arena_new((size_t)LONG_MAX / 4);
        jmp_buf full, kept_full, *volatile before = arena_guard(keep, &kept_full);
        struct err e;

        arena_guard(heavy, &full);
        if (setjmp(kept_full)) {        /* what the caller keeps is full: that is for the guard before us */
                arena_free(heavy);
                arena_guard(keep, before);
                must(before);
                longjmp(*before, 1);
        }
        if (setjmp(full))
                e = FAIL(ERR_LIMIT, "There are more pairs than fit into memory", "Match in several cohorts, or on a larger machine");
        else
                e = fn(ctx, heavy);
        arena_guard(keep, before);
        if (e.place)
                e.place = arena_dup(keep, e.place, strlen(e.place));
        arena_free(heavy);
        return e;
}

/* ---- every pair ---- */

static struct err solve_dense(struct arena *a, const struct matching_options *options, struct matching_solved *s)
{
        int32_t n = s->d->mentees.n, m = s->d->mentors.n;
        int32_t *score = arena_array(a, int32_t, (size_t)n * (size_t)m + 1);

        matching_pool_scores(a, &s->pool, options->threads, score);
        s->problem.shape = MATCHING_DENSE;
        s->problem.dense = score;
        s->problem.stride = m;
        s->problem.cell = MATCHING_INT32;
        s->proven = true;
        return matching_solve_kinds(&s->problem, options, s->d->reserve, a, &s->result);
}

/* ---- candidates, and more of them where they do not suffice ---- */

static int by_pair(const void *left, const void *right)
{
        const struct matching_pair *a = left, *b = right;

        return a->mentee != b->mentee ? (a->mentee > b->mentee) - (a->mentee < b->mentee)
                                      : (a->mentor > b->mentor) - (a->mentor < b->mentor);
}

static const struct matching_pair *sorted(struct arena *a, const struct matching_pair *pair, int64_t n)
{
        struct matching_pair *copy = arena_array(a, struct matching_pair, (size_t)n + 1);

        if (n) {
                memcpy(copy, pair, (size_t)n * sizeof *copy);
                qsort(copy, (size_t)n, sizeof *copy, by_pair);
        }
        return copy;
}

/*
 * Could somebody who is not on the mentee's list be better than what the prices say?  Not if the
 * mentee's price alone is above what such a pair can bring: the mentor's price only adds to it.
 */
static bool suffices(const struct matching_result *r, int32_t mentee, int64_t least)
{
        const struct matching_price *price;

        if (least == MATCHING_NONE)
                return true;
        if (r->mentor_of[mentee] == MATCHING_NOBODY || !r->mentee_price)
                return r->mentor_of[mentee] != MATCHING_NOBODY;
        price = &r->mentee_price[mentee];
        return price->pairs > 1 || (price->pairs == 1 && price->score >= least);
}

/* Puts longer lists in the place of those that did not suffice. */
static void put_in(struct arena *a, int32_t n, const int32_t *who, const struct matching_candidates *more, int32_t n_more,
                   struct matching_candidates *all)
{
        int32_t *at = arena_array(a, int32_t, (size_t)n + 1);
        struct matching_candidates old = *all;
        int64_t pairs = 0;

        for (int32_t k = 0; k < n_more; k++)
                at[who[k]] = k + 1;
        for (int32_t i = 0; i < n; i++)
                pairs += at[i] ? more->row[at[i]] - more->row[at[i] - 1] : old.row[i + 1] - old.row[i];
        *all = (struct matching_candidates) {.row = arena_array(a, int64_t, (size_t)n + 1),
                                             .mentor = arena_array(a, int32_t, (size_t)pairs + 1),
                                             .score = arena_array(a, int64_t, (size_t)pairs + 1), .least = old.least};
        for (int32_t i = 0; i < n; i++) {
                const struct matching_candidates *from = at[i] ? more : &old;
                int32_t k = at[i] ? at[i] - 1 : i;
                size_t count = (size_t)(from->row[k + 1] - from->row[k]);
                memcpy(all->mentor + all->row[i], from->mentor + from->row[k], count * sizeof *all->mentor);
                memcpy(all->score + all->row[i], from->score + from->row[k], count * sizeof *all->score);
                all->row[i + 1] = all->row[i] + (int64_t)count;
                all->least[i] = from->least[k];
        }
}

static struct err solve_sparse(struct arena *a, const struct matching_options *options, struct matching_solved *s)
{
        int32_t n = s->d->mentees.n, *most = arena_array(a, int32_t, (size_t)n + 1), *who = arena_array(a, int32_t, (size_t)n + 1);
        const struct matching_pair *forbidden = sorted(a, s->d->ruled_out, s->d->n_ruled_out);
        const struct matching_index *x = matching_index_new(a, &s->pool);
        struct matching_candidates all, more;
        int32_t *asked = arena_array(a, int32_t, (size_t)n + 1);

        for (int32_t i = 0; i < n; i++)
                most[i] = MATCHING_CANDIDATES;
        s->candidates = MATCHING_CANDIDATES;
        matching_candidates_find(a, x, NULL, most, n, forbidden, s->d->n_ruled_out, options->threads, &all);
        for (int round = 0;; round++) {
                int32_t short_lists = 0;
                s->problem.shape = MATCHING_SPARSE;
                s->problem.row = all.row;
                s->problem.mentor = all.mentor;
                s->problem.score = all.score;
                TRY(matching_solve_kinds(&s->problem, options, s->d->reserve, a, &s->result));
                for (int32_t i = 0; i < n; i++)
                        if (!suffices(&s->result, i, all.least[i]))
                                who[short_lists++] = i;
                s->proven = short_lists == 0;
                if (s->proven || round == ROUNDS)
                        return OK;
                for (int32_t k = 0; k < short_lists; k++)
                        asked[k] = most[who[k]] = most[who[k]] * 2;
                matching_candidates_find(a, x, who, asked, short_lists, forbidden, s->d->n_ruled_out, options->threads, &more);
                put_in(a, n, who, &more, short_lists, &all);
        }
}

struct err matching_solve_dossier(struct arena *heavy, const struct matching_dossier *d, const struct matching_options *options,
                                  struct matching_solved *out)
{
        struct matching_options with_threads = *options;

        *out = (struct matching_solved) {.d = d};
        with_threads.threads = options->threads ? options->threads : matching_threads();
        matching_dossier_pool(heavy, d, &out->pool);
        out->problem = (struct matching_problem) {
                .mentees = d->mentees.n, .mentors = d->mentors.n, .places = d->places, .forbidden = d->ruled_out,
                .n_forbidden = d->n_ruled_out, .absent = d->absent, .least = d->groups ? d->least : NULL};
        return (int64_t)d->mentees.n * d->mentors.n > MOST_PAIRS ? solve_sparse(heavy, &with_threads, out)
                                                                 : solve_dense(heavy, &with_threads, out);
}

/* Of very many mentors every so many is asked: it is the rule that shuts most doors that counts. */
enum { MOST_ASKED = 20000 };

/* No mentor passes the rules (and which rule shuts most doors), or the places ran out. */
const char *matching_why_left_out(struct arena *a, struct matching_solved *s, int32_t mentee)
{
        static const char others[] = "others need these mentors more";
        int by_rule[32] = {0}, worst = 0, step = 1 + s->d->mentors.n / MOST_ASKED;
        bool any = false;

        if (s->d->mentors.n == 0)
                return "no mentor has room";
        if (s->problem.shape == MATCHING_SPARSE && s->problem.row[mentee + 1] > s->problem.row[mentee])
                return others;
        if (!s->scan)
                s->scan = matching_scan_new(a, &s->pool);
        matching_scan_begin(s->scan, mentee);
        for (int32_t j = 0; j < s->d->mentors.n; j += step) {
                unsigned bad;
                matching_scan_score(s->scan, j, &bad);
                any = any || !bad;
                for (int b = 0; b < 32; b++)
                        by_rule[b] += (bad >> b) & 1;
        }
        matching_scan_end(s->scan);
        for (int b = 1; b < 32; b++)
                if (by_rule[b] > by_rule[worst])
                        worst = b;
        return any ? others : matching_rule_name((enum matching_rule)(1u << worst));
}
