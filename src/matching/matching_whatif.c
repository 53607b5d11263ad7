#include "matching/matching_whatif.h"

#include "matching/matching_solved.h"

struct what {
        struct tx *tx;
        struct matching_round r;
        const struct matching_weights *weights;
        enum matching_objective objective;
        size_t most;
        struct matching_whatif *out;
        struct matching_prices *prices;
};

static struct err look(struct tx *tx, const struct who *who, int64_t cohort, struct what *w)
{
        struct programmes_cohort c;

        TRY(programmes_staff(tx, who, cohort));
        TRY(programmes_cohort(tx, cohort, &c));
        return matching_round(tx, &c, &w->r);
}

static bool is_too_large(const struct matching_round *r, bool work)
{
        return matching_round_pairs(r) > (work ? MATCHING_ROUND_MOST : MATCHING_AT_ONCE);
}

static struct err blocking_of(const struct matching_round *r, const struct matching_result *result, struct arena *a, int64_t *n)
{
        struct matching_blocking b;

        TRY(matching_blocking(&r->problem, result, 0, a, &b));
        *n = b.n;
        return OK;
}

/* ---- other weights ---- */

static void list_moves(struct what *w, const struct matching_result *then, struct arena *scratch)
{
        const struct matching_dossier *d = &w->r.d;
        struct matching_move_list moves;

        matching_moves(w->r.now, then->mentor_of, d->mentees.n, scratch, &moves);
        w->out->moves = moves.n;
        w->out->listed = moves.n < w->most ? moves.n : w->most;
        w->out->move = arena_array(tx_arena(w->tx), struct matching_moved, w->out->listed + 1);
        for (size_t i = 0; i < w->out->listed; i++) {
                const struct matching_move *m = &moves.row[i];
                w->out->move[i] = (struct matching_moved) {
                        d->mentees.p[m->mentee].person, m->from == MATCHING_NOBODY ? 0 : d->mentors.p[m->from].person,
                        m->to == MATCHING_NOBODY ? 0 : d->mentors.p[m->to].person};
        }
}

static struct err try_weights(void *ctx, struct arena *scratch)
{
        struct what *w = ctx;
        struct matching_result then;

        w->out->now = matching_round_now(&w->r);
        w->r.d.weights = *w->weights;
        matching_round_score(&w->r, scratch);
        TRY(matching_round_solve(&w->r, w->objective, scratch, &then));
        w->out->then = matching_round_sums(&then);
        TRY(blocking_of(&w->r, &then, scratch, &w->out->blocking));
        list_moves(w, &then, scratch);
        return OK;
}

struct err matching_whatif(struct tx *tx, const struct who *who, int64_t cohort, const struct matching_weights *weights,
                           enum matching_objective objective, bool work, size_t most, struct matching_whatif *out)
{
        struct what w = {.tx = tx, .weights = weights, .objective = objective, .most = most, .out = out};

        *out = (struct matching_whatif) {0};
        TRY(look(tx, who, cohort, &w));
        out->weighed = matching_round_pairs(&w.r);
        out->has_table = w.r.drafts > 0;
        out->blocking_now = w.r.blocking;
        out->too_large = is_too_large(&w.r, work);
        if (out->too_large)
                return OK;
        return matching_apart(tx_arena(tx), try_weights, &w);
}

/* ---- other aims ---- */

static struct err try_aims(void *ctx, struct arena *scratch)
{
        struct what *w = ctx;
        static const enum matching_objective aims[MATCHING_AIMS] = {MATCHING_TOTAL, MATCHING_FAIR, MATCHING_LEXIMIN};
        struct matching_result r;

        matching_round_score(&w->r, scratch);
        for (int k = 0; k < MATCHING_AIMS; k++) {
                struct matching_price_line *line = &w->prices->line[k];
                TRY(matching_round_solve(&w->r, aims[k], scratch, &r));
                *line = (struct matching_price_line) {
                        .objective = aims[k], .sums = matching_round_sums(&r), .current = w->r.run && aims[k] == w->r.objective};
                for (int32_t i = 0; i < w->r.d.mentees.n; i++)
                        line->poor += r.mentor_of[i] != MATCHING_NOBODY && r.score_of[i] < MATCHING_POOR;
                TRY(blocking_of(&w->r, &r, scratch, &line->blocking));
        }
        return OK;
}

struct err matching_prices(struct tx *tx, const struct who *who, int64_t cohort, bool work, struct matching_prices *out)
{
        struct what w = {.tx = tx, .prices = out};

        *out = (struct matching_prices) {0};
        TRY(look(tx, who, cohort, &w));
        out->weighed = matching_round_pairs(&w.r);
        out->too_large = is_too_large(&w.r, work);
        if (out->too_large)
                return OK;
        return matching_apart(tx_arena(tx), try_aims, &w);
}
