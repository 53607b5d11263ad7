#include "matching/matching_why.h"

#include "matching/matching.sql.h"
#include "matching/matching_hand.h"
#include "matching/matching_solved.h"
#include "matching/matching_table.sql.h"

#include <stdlib.h>

static const unsigned floors = MATCHING_LOW_TOTAL | MATCHING_LOW_GOALS;

struct asking {
        struct tx *tx;
        struct matching_round r;
        struct matching_pair at;
        int64_t mentee, mentor;
        bool work;
        struct matching_why_pair *out;
};

/* ---- what can be said without weighing anybody else ---- */

static struct err ruled_out(struct asking *q, int64_t cohort, bool *is)
{
        struct matching_forbidden_rows_list rows;

        *is = false;
        TRY(matching_forbidden_rows(q->tx, cohort, &rows));
        for (size_t i = 0; i < rows.n && !*is; i++) {
                *is = rows.row[i].mentee == q->mentee && rows.row[i].mentor == q->mentor;
                if (*is)
                        q->out->reason = rows.row[i].reason;
        }
        return OK;
}

static struct err fit_now(struct asking *q, int64_t cohort)
{
        struct matching_unsent_list rows;

        TRY(matching_unsent(q->tx, cohort, &rows));
        for (size_t i = 0; i < rows.n; i++)
                if (rows.row[i].mentee == q->mentee)
                        q->out->has = rows.row[i].mentor;
        return q->out->has ? matching_couple_fit(q->tx, cohort, q->mentee, q->out->has, &q->out->has_fit) : OK;
}

/* Everything that does not need another solve; *done: the verdict stands. */
static struct err say_at_once(struct asking *q, int64_t cohort, bool *done)
{
        struct matching_why_pair *out = q->out;
        bool is;

        *done = true;
        TRY(fit_now(q, cohort));
        if (q->at.mentee != MATCHING_NOBODY && q->at.mentor != MATCHING_NOBODY)
                matching_dossier_fit(&q->r.d, q->at.mentee, q->at.mentor, &out->fit);
        else
                TRY(matching_couple_fit(q->tx, cohort, q->mentee, q->mentor, &out->fit));
        TRY(ruled_out(q, cohort, &is));
        out->below_floor = out->fit.forbidden && !(out->fit.forbidden & ~floors);
        if (out->has == q->mentor)
                out->verdict = MATCHING_SAY_PAIR;
        else if (is)
                out->verdict = MATCHING_SAY_RULED_OUT;
        else if (out->fit.forbidden && !out->below_floor)
                out->verdict = MATCHING_SAY_RULE;
        else if (q->at.mentee == MATCHING_NOBODY)
                out->verdict = MATCHING_SAY_MENTEE_SETTLED;
        else if (q->at.mentor == MATCHING_NOBODY)
                out->verdict = MATCHING_SAY_MENTOR_FULL;
        else
                *done = false;
        return OK;
}

/* ---- what choosing it would cost ---- */

static void list_moves(struct asking *q, const struct matching_result *forced, struct arena *scratch)
{
        struct matching_move_list moves;
        struct matching_why_pair *out = q->out;

        matching_moves(q->r.now, forced->mentor_of, q->r.d.mentees.n, scratch, &moves);
        out->move = arena_array(tx_arena(q->tx), struct matching_moved, moves.n + 1);
        for (size_t i = 0; i < moves.n; i++) {
                const struct matching_move *m = &moves.row[i];
                struct matching_moved moved = {
                        q->r.d.mentees.p[m->mentee].person, m->from == MATCHING_NOBODY ? 0 : q->r.d.mentors.p[m->from].person,
                        m->to == MATCHING_NOBODY ? 0 : q->r.d.mentors.p[m->to].person};
                if (m->mentee == q->at.mentee && out->moves > 0) {
                        out->move[out->moves] = out->move[0];
                        out->move[0] = moved;
                } else {
                        out->move[out->moves] = moved;
                }
                out->moves++;
        }
}

static struct err weigh(void *ctx, struct arena *scratch)
{
        struct asking *q = ctx;
        struct matching_why_pair *out = q->out;
        struct matching_result best, forced;
        struct matching_problem p;
        size_t at = (size_t)q->at.mentee * (size_t)q->r.d.mentors.n + (size_t)q->at.mentor;

        matching_round_score(&q->r, scratch);
        TRY(matching_round_solve(&q->r, q->r.objective, scratch, &best));
        q->r.cell[at] = q->r.score[at];
        TRY(matching_round_forced(&q->r, q->at, scratch, &p, &forced));
        out->best = matching_round_sums(&best);
        out->forced = matching_round_sums(&forced);
        struct matching_sums now = matching_round_now(&q->r);
        out->stale = q->r.drafts > 0 && (now.pairs != out->best.pairs || now.total != out->best.total);
        out->cost_pairs = out->best.pairs - out->forced.pairs;
        out->cost = out->best.total - out->forced.total;
        bool equal = out->cost_pairs == 0 && out->cost == 0 && out->best.lowest == out->forced.lowest;
        out->verdict = equal ? MATCHING_SAY_EQUAL : MATCHING_SAY_COSTS;
        list_moves(q, &forced, scratch);
        return OK;
}

struct err matching_why_pair(struct tx *tx, const struct who *who, int64_t cohort, int64_t mentee, int64_t mentor, bool work,
                             struct matching_why_pair *out)
{
        struct asking q = {.tx = tx, .mentee = mentee, .mentor = mentor, .work = work, .out = out};
        struct programmes_cohort c;
        bool done;

        *out = (struct matching_why_pair) {0};
        TRY(programmes_staff(tx, who, cohort));
        TRY(programmes_cohort(tx, cohort, &c));
        TRY(matching_round(tx, &c, &q.r));
        q.at = (struct matching_pair) {matching_place_of(&q.r.d.mentees, mentee), matching_place_of(&q.r.d.mentors, mentor)};
        TRY(say_at_once(&q, cohort, &done));
        out->pairs_to_weigh = matching_round_pairs(&q.r);
        if (done)
                return OK;
        if (out->pairs_to_weigh > (work ? MATCHING_ROUND_MOST : MATCHING_AT_ONCE)) {
                out->verdict = MATCHING_SAY_TOO_LARGE;
                return OK;
        }
        return matching_apart(tx_arena(tx), weigh, &q);
}

/* ---- one mentee among all mentors ---- */

static int best_first(const void *a, const void *b)
{
        const struct matching_possible *x = a, *y = b;

        return x->score != y->score ? (x->score < y->score ? 1 : -1) : (x->mentor > y->mentor) - (x->mentor < y->mentor);
}

static void look_at(const struct matching_round *r, struct matching_scan *scan, int32_t mentee, int32_t mentor, struct matching_why_one *out)
{
        unsigned broken;
        int32_t score = matching_scan_score(scan, mentor, &broken);

        for (int b = 0; b < 16; b++)
                out->by_rule[b] += (broken >> b) & 1;
        bool no = matching_dossier_ruled_out(&r->d, mentee, mentor);
        out->before += no && !broken;
        if (!broken && !no)
                out->best[out->n++] = (struct matching_possible) {.mentor = mentor, .score = score, .has = r->now[mentee] == mentor};
}

static void list_best(struct arena *a, const struct matching_round *r, int32_t mentee, struct matching_why_one *out)
{
        int32_t *used = arena_array(a, int32_t, (size_t)r->d.mentors.n + 1);
        struct matching_pool pool;

        matching_dossier_pool(a, &r->d, &pool);
        struct matching_scan *scan = matching_scan_new(a, &pool);
        matching_scan_begin(scan, mentee);
        for (int32_t j = 0; j < r->d.mentors.n; j++)
                look_at(r, scan, mentee, j, out);
        matching_scan_end(scan);
        out->allowed = (int64_t)out->n;
        qsort(out->best, out->n, sizeof *out->best, best_first);
        for (int32_t k = 0; k < r->d.mentees.n; k++)
                if (r->now[k] != MATCHING_NOBODY)
                        used[r->now[k]]++;
        for (size_t b = 0; b < out->n; b++) {
                out->best[b].room = r->d.places[out->best[b].mentor] - used[out->best[b].mentor];
                out->free += out->best[b].room > 0;
                if (out->best[b].has)
                        out->rank = (int64_t)b + 1;
        }
}

/* Prices that follow one change are those of the highest total, without groups and reserves. */
static bool can_follow(const struct matching_round *r)
{
        bool reserve = false;

        for (int32_t j = 0; j < r->d.mentors.n; j++)
                reserve = reserve || r->d.reserve[j];
        return r->objective == MATCHING_TOTAL && !r->d.groups && !reserve;
}

/* Each is locked for a moment, and the rest follows: one solve for all of them, then a few milliseconds each. */
struct pricing { struct matching_round *r; int32_t mentee; struct matching_why_one *out; };

static struct err price_each(void *ctx, struct arena *scratch)
{
        const struct pricing *of = ctx;
        struct matching_round *r = of->r;
        struct matching_why_one *out = of->out;
        struct matching_options aim = matching_aim(MATCHING_TOTAL);
        struct matching_result best, forced;
        struct matching *session;

        matching_round_score(r, scratch);
        TRY(matching_start(&r->problem, &aim, scratch, &session, &best));
        int64_t pairs = best.matched, total = best.total;
        for (size_t b = 0; session && b < out->n; b++) {
                struct matching_possible *c = &out->best[b];
                struct matching_event e = {.kind = MATCHING_LOCK, .mentee = of->mentee, .mentor = (int32_t)c->mentor};
                if (r->d.places[c->mentor] == 0)
                        continue;
                TRY(matching_event(session, &e, &forced));
                c->priced = true;
                c->cost_pairs = pairs - forced.matched;
                c->cost = total - forced.total;
                e.kind = MATCHING_UNLOCK;
                TRY(matching_event(session, &e, &forced));
        }
        return OK;
}

static struct err price(struct arena *keep, struct matching_round *r, int32_t mentee, struct matching_ask ask, struct matching_why_one *out)
{
        if (!ask.costs || !can_follow(r))
                return OK;
        if (matching_round_pairs(r) > (ask.work ? MATCHING_ROUND_MOST : MATCHING_AT_ONCE)) {
                out->pairs_to_weigh = matching_round_pairs(r);
                return OK;
        }
        return matching_apart(keep, price_each, &(struct pricing) {r, mentee, out});
}

struct err matching_why_one(struct tx *tx, const struct who *who, int64_t cohort, int64_t mentee, struct matching_ask ask,
                            struct matching_why_one *out)
{
        struct matching_round r;
        struct programmes_cohort c;

        *out = (struct matching_why_one) {0};
        TRY(programmes_staff(tx, who, cohort));
        TRY(programmes_cohort(tx, cohort, &c));
        TRY(matching_round(tx, &c, &r));
        int32_t i = matching_place_of(&r.d.mentees, mentee);
        out->mentors = r.d.mentors.n;
        if (i == MATCHING_NOBODY)
                return OK;
        out->in_round = true;
        out->best = arena_array(tx_arena(tx), struct matching_possible, (size_t)r.d.mentors.n + 1);
        list_best(tx_arena(tx), &r, i, out);
        out->n = out->n < ask.most ? out->n : ask.most;
        TRY(price(tx_arena(tx), &r, i, ask, out));
        for (size_t b = 0; b < out->n; b++)
                out->best[b].mentor = r.d.mentors.p[out->best[b].mentor].person;
        if (r.now[i] != MATCHING_NOBODY)
                out->has = r.d.mentors.p[r.now[i]].person;
        return OK;
}
