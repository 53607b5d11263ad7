#include "matching/matching_round.h"

#include "matching/matching_lists.h"
#include "matching/matching_solved.h"

#include "matching/matching.sql.h"
#include "matching/matching_runs.sql.h"
#include "matching/matching_table.sql.h"

#include <string.h>

const char *matching_objective_name(enum matching_objective o)
{
        switch (o) {
        case MATCHING_TOTAL: return "total";
        case MATCHING_FAIR: return "fair";
        case MATCHING_LEXIMIN: return "leximin";
        case MATCHING_STABLE: return "stable";
        }
        must(!"an objective outside its enum");
}

enum matching_objective matching_objective_of(struct text name)
{
        return text_is(name, "fair") ? MATCHING_FAIR : text_is(name, "leximin") ? MATCHING_LEXIMIN : MATCHING_TOTAL;
}

static struct err add_drafts(struct tx *tx, int64_t cohort, struct matching_round *r)
{
        struct matching_unsent_list rows;

        TRY(matching_unsent(tx, cohort, &rows));
        r->now = arena_array(tx_arena(tx), int32_t, (size_t)r->d.mentees.n + 1);
        for (int32_t i = 0; i < r->d.mentees.n; i++)
                r->now[i] = MATCHING_NOBODY;
        for (size_t k = 0; k < rows.n; k++) {
                int32_t i = matching_place_of(&r->d.mentees, rows.row[k].mentee);
                if (i == MATCHING_NOBODY || !text_is(rows.row[k].state, "draft"))
                        continue;
                r->now[i] = matching_place_of(&r->d.mentors, rows.row[k].mentor);
                r->drafts++;
        }
        return OK;
}

struct matching_options matching_aim(enum matching_objective o)
{
        return (struct matching_options) {.objective = o, .band = MATCHING_ONE / 100, .threads = matching_threads()};
}

struct err matching_round_of(struct tx *tx, int64_t cohort, const struct matching_dossier *d, struct matching_round *out)
{
        struct matching_run_last last;
        struct matching_kept_few kept;
        bool found, kept_found;

        *out = (struct matching_round) {.objective = MATCHING_TOTAL, .d = *d};
        TRY(matching_run_last(tx, cohort, &found, &last));
        if (found) {
                out->run = last.id;
                out->objective = matching_objective_of(last.objective);
                TRY(matching_kept_few(tx, last.id, &kept_found, &kept));
                out->blocking = kept_found ? kept.blocking : 0;
        }
        return add_drafts(tx, cohort, out);
}

struct err matching_round(struct tx *tx, const struct programmes_cohort *c, struct matching_round *out)
{
        struct matching_dossier d;

        TRY(matching_dossier(tx, c, &d));
        return matching_round_of(tx, c->id, &d, out);
}

int64_t matching_round_pairs(const struct matching_round *r) { return (int64_t)r->d.mentees.n * r->d.mentors.n; }

void matching_round_without(struct matching_round *r, unsigned rules)
{
        for (int64_t k = 0; k < matching_round_pairs(r); k++)
                r->cell[k] = r->rules[k] & ~rules ? INT32_MIN : r->score[k];
}

void matching_round_score(struct matching_round *r, struct arena *a)
{
        size_t n = (size_t)matching_round_pairs(r);

        r->score = arena_array(a, int32_t, n + 1);
        r->rules = arena_array(a, uint16_t, n + 1);
        r->cell = arena_array(a, int32_t, n + 1);
        struct arena_mark mark = arena_mark(a);
        struct matching_pool pool;
        matching_dossier_pool(a, &r->d, &pool);
        matching_pool_ruled(a, &pool, matching_threads(), r->score, r->rules);
        arena_rewind(a, mark);
        matching_round_without(r, 0);
        r->problem = (struct matching_problem) {
                .mentees = r->d.mentees.n, .mentors = r->d.mentors.n, .shape = MATCHING_DENSE, .dense = r->cell,
                .stride = r->d.mentors.n, .cell = MATCHING_INT32, .places = r->d.places, .forbidden = r->d.ruled_out,
                .n_forbidden = r->d.n_ruled_out, .absent = r->d.absent, .least = r->d.groups ? r->d.least : NULL};
}

struct err matching_round_solve(const struct matching_round *r, enum matching_objective objective, struct arena *a,
                                struct matching_result *out)
{
        struct matching_options aim = matching_aim(objective);

        return matching_solve_kinds(&r->problem, &aim, r->d.reserve, a, out);
}

/* The drafts that may still be: what was ruled out since, or broke a rule, is not held on to. */
static const int32_t *drafts_allowed(const struct matching_round *r, struct arena *a)
{
        int32_t *announced = arena_array(a, int32_t, (size_t)r->d.mentees.n + 1);

        for (int32_t i = 0; i < r->d.mentees.n; i++) {
                bool may = r->now[i] != MATCHING_NOBODY && r->cell[(size_t)i * (size_t)r->d.mentors.n + (size_t)r->now[i]] != INT32_MIN;
                announced[i] = may ? r->now[i] : MATCHING_NOBODY;
        }
        for (int64_t k = 0; k < r->d.n_ruled_out; k++)
                if (announced[r->d.ruled_out[k].mentee] == r->d.ruled_out[k].mentor)
                        announced[r->d.ruled_out[k].mentee] = MATCHING_NOBODY;
        return announced;
}

struct err matching_round_forced(const struct matching_round *r, struct matching_pair pair, struct arena *a, struct matching_problem *p,
                                 struct matching_result *out)
{
        struct matching_pair *lock = arena_new_of(a, struct matching_pair);

        *lock = pair;
        *p = r->problem;
        p->locked = lock;
        p->n_locked = 1;
        if (r->objective != MATCHING_LEXIMIN) {         /* a millionth decides ties for the drafts, and nothing else */
                p->announced = drafts_allowed(r, a);
                p->keep = 1;
        }
        struct matching_options aim = matching_aim(r->objective);
        uint8_t *reserve = (uint8_t *)arena_dup(a, r->d.reserve, (size_t)r->d.mentors.n);
        reserve[pair.mentor] = 0;       /* whoever is asked for takes part */
        return matching_solve_kinds(p, &aim, reserve, a, out);
}

/* Pair by pair: what is on the table is few beside what could be. */
struct matching_sums matching_round_now(const struct matching_round *r)
{
        struct matching_sums s = {.lowest = INT64_MAX};
        struct matching_fit fit;

        for (int32_t i = 0; i < r->d.mentees.n; i++) {
                if (r->now[i] == MATCHING_NOBODY) {
                        s.left_out++;
                        continue;
                }
                matching_dossier_fit(&r->d, i, r->now[i], &fit);
                s.pairs++;
                s.total += fit.score;
                s.lowest = fit.score < s.lowest ? fit.score : s.lowest;
        }
        if (s.pairs == 0)
                s.lowest = 0;
        return s;
}

struct matching_sums matching_round_sums(const struct matching_result *r)
{
        return (struct matching_sums) {.pairs = r->matched, .left_out = r->unmatched, .total = r->total, .lowest = r->lowest};
}

void matching_moves(const int32_t *from, const int32_t *to, int32_t mentees, struct arena *a, struct matching_move_list *out)
{
        *out = (struct matching_move_list) {.row = arena_array(a, struct matching_move, (size_t)mentees + 1)};
        for (int32_t i = 0; i < mentees; i++)
                if (from[i] != to[i])
                        out->row[out->n++] = (struct matching_move) {i, from[i], to[i]};
}
