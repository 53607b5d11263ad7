#include "matching/matching_runs.h"

#include "base/out.h"
#include "matching/matching.sql.h"
#include "matching/matching_kept.h"
#include "matching/matching_lists.h"
#include "matching/matching_runs.sql.h"
#include "os/random.h"
#include "people/people.h"

#include <string.h>

enum { RESTLESS_LISTED = 20 };

/* ---- keeping ---- */

static const int64_t *persons(const struct matching_side *s, struct arena *a)
{
        int64_t *id = arena_array(a, int64_t, (size_t)s->n + 1);

        for (int32_t i = 0; i < s->n; i++)
                id[i] = s->p[i].person;
        return id;
}

static struct text restless_text(struct arena *a, const struct matching_dossier *d, const struct matching_blocking *b)
{
        struct out o = out_new(a, 256);

        for (int32_t k = 0; k < b->listed; k++)
                out_format(&o, "%lld %lld\n", (long long)d->mentees.p[b->pair[k].mentee].person,
                           (long long)d->mentors.p[b->pair[k].mentor].person);
        return out_get(&o);
}

/* With their reasons, so that nothing but writing is left to do. */
static void word_drafts(struct arena *a, const struct matching_dossier *d, const struct matching_result *r, struct matching_ready *out)
{
        struct matching_fit fit;

        out->draft = arena_array(a, struct matching_draft, (size_t)d->mentees.n + 1);
        for (int32_t i = 0; i < d->mentees.n; i++) {
                out->draft[i].mentor = r->mentor_of[i];
                if (r->mentor_of[i] == MATCHING_NOBODY)
                        continue;
                matching_dossier_fit(d, i, r->mentor_of[i], &fit);
                out->draft[i] = (struct matching_draft) {r->mentor_of[i], fit.score, matching_parts_text(a, &fit), matching_reasons_text(a, &fit)};
        }
}

static struct err make_ready(const struct matching_problem *p, const struct matching_result *r, struct arena *scratch, struct arena *a,
                             struct matching_ready *out)
{
        const struct matching_dossier *d = out->d;
        struct matching_blocking blocking;

        TRY(matching_pack(p, out->reserve, persons(&d->mentees, a), persons(&d->mentors, a), scratch, a, &out->packed));
        TRY(matching_blocking(p, r, RESTLESS_LISTED, scratch, &blocking));
        word_drafts(a, d, r, out);
        out->pairs = matching_pack_pairs(r->mentor_of, p->mentees, a);
        out->restless = restless_text(a, d, &blocking);
        out->blocking = blocking.n;
        out->matched = r->matched;
        out->unmatched = r->unmatched;
        out->total = r->total;
        out->lowest = r->lowest;
        if (!out->hash.n)
                out->hash = out->packed.hash;
        return OK;
}

struct err matching_run_ready(struct arena *a, const struct matching_problem *p, const struct matching_result *r, struct matching_ready *out)
{
        struct arena *scratch = arena_new((size_t)1 << 30);
        struct err e = make_ready(p, r, scratch, a, out);

        arena_free(scratch);
        return e;
}

static struct err keep_inputs(struct tx *tx, int64_t run, const struct matching_ready *r)
{
        return matching_kept_insert(tx, &(struct matching_kept_insert_in) {
                .run = run, .mentees = r->d->mentees.n, .mentors = r->d->mentors.n, .places = r->packed.places, .whole = r->packed.whole,
                .hash = r->packed.hash, .inputs = r->packed.bytes, .pairs = r->pairs,
                .weights = matching_weights_text(tx_arena(tx), &r->d->weights), .blocking = r->blocking, .restless = r->restless});
}

static struct err insert_drafts(struct tx *tx, int64_t run, const struct matching_ready *r)
{
        for (int32_t i = 0; i < r->d->mentees.n; i++)
                if (r->draft[i].mentor != MATCHING_NOBODY)
                        TRY(matching_draft_insert(tx, r, run, i, random_id()));
        return OK;
}

struct err matching_draft_insert(struct tx *tx, const struct matching_ready *r, int64_t run, int32_t mentee, int64_t id)
{
        const struct matching_draft *d = &r->draft[mentee];

        return matching_insert(tx, &(struct matching_insert_in) {
                .id = id, .cohort = r->cohort, .run = run, .mentor = r->d->mentors.p[d->mentor].person,
                .mentee = r->d->mentees.p[mentee].person, .score = d->score, .parts = d->parts, .reasons = d->reasons});
}

struct err matching_run_put(struct tx *tx, const struct who *who, const struct matching_ready *r, int64_t *run)
{
        *run = random_id();
        TRY(matching_run_insert(tx, &(struct matching_run_insert_in) {
                .id = *run, .cohort = r->cohort, .now = tx_now(tx), .by_person = who->person,
                .objective = text_of(matching_objective_name(r->objective)), .inputs_hash = r->hash, .matched = r->matched,
                .total = r->total, .lowest = r->lowest, .unmatched = r->left}));
        return keep_inputs(tx, *run, r);
}

struct err matching_run_write(struct tx *tx, const struct who *who, const struct matching_ready *r, int64_t *run)
{
        TRY(matching_drop_drafts(tx, r->cohort));
        TRY(matching_run_put(tx, who, r, run));
        TRY(insert_drafts(tx, *run, r));
        return people_audit(tx, who, "matching.run", 0, *run, "");
}

/* ---- reading ---- */

static struct err run_row(struct tx *tx, const struct who *who, int64_t run, struct matching_run_one *out)
{
        bool found;

        TRY(matching_run_one(tx, run, &found, out));
        if (!found)
                return FAIL(ERR_ABSENT, "There is no such run", "Look at the list of runs");
        return programmes_staff(tx, who, out->cohort);
}

static struct err kept_row(struct tx *tx, int64_t run, struct matching_kept_row *out)
{
        bool found;

        TRY(matching_kept_row(tx, run, &found, out));
        return found ? OK : FAIL(ERR_CONFLICT, "The inputs of this run were not kept", "Runs made from now on keep them");
}

static struct matching_run_line line_of(const struct matching_run_one *r, const struct matching_kept_row *k)
{
        return (struct matching_run_line) {
                .id = r->id, .at = r->at, .by_person = r->by_person, .matched = r->matched, .left_out = k->mentees - r->matched,
                .total = r->total, .lowest = r->lowest, .objective = matching_objective_of(r->objective), .hash = k->hash,
                .replayable = k->whole};
}

struct err matching_runs(struct tx *tx, const struct who *who, int64_t cohort, int64_t most, struct matching_run_line_list *out)
{
        struct matching_run_rows_list rows;

        TRY(programmes_staff(tx, who, cohort));
        TRY(matching_run_rows(tx, cohort, most, &rows));
        *out = (struct matching_run_line_list) {.row = arena_array(tx_arena(tx), struct matching_run_line, rows.n + 1)};
        for (; out->n < rows.n; out->n++) {
                const struct matching_run_rows *r = &rows.row[out->n];
                out->row[out->n] = (struct matching_run_line) {
                        .id = r->id, .at = r->at, .by_person = r->by_person, .matched = r->matched,
                        .left_out = r->mentees.has ? r->mentees.v - r->matched : 0, .total = r->total, .lowest = r->lowest,
                        .objective = matching_objective_of(r->objective), .hash = r->hash, .replayable = r->whole.has && r->whole.v};
        }
        return OK;
}

/* ---- replaying ---- */

static struct err replay(struct tx *tx, const struct matching_run_one *run, struct arena *scratch, struct matching_replayed *out)
{
        struct matching_options o = matching_aim(matching_objective_of(run->objective));
        struct matching_kept_row row;
        struct matching_kept kept;
        struct matching_result result;
        struct matching_move_list moves;
        int32_t *then;

        TRY(kept_row(tx, run->id, &row));
        if (!row.whole)
                return FAIL(ERR_CONFLICT, "This run was too large to keep its scores", "Its pairs are kept, and can be compared");
        TRY(matching_unpack(row.inputs, scratch, &kept));
        TRY(matching_unpack_pairs(row.pairs, kept.mentees, kept.mentors, scratch, &then));
        TRY(matching_solve_kinds(&kept.problem, &o, kept.reserve, scratch, &result));
        matching_moves(then, result.mentor_of, kept.mentees, scratch, &moves);
        *out = (struct matching_replayed) {
                .run = run->id, .pairs = result.matched, .same = moves.n == 0 && result.total == run->total,
                .changes = {.row = arena_array(tx_arena(tx), struct matching_change, moves.n + 1)}};
        for (; out->changes.n < moves.n; out->changes.n++) {
                const struct matching_move *m = &moves.row[out->changes.n];
                out->changes.row[out->changes.n] = (struct matching_change) {
                        kept.mentee[m->mentee], m->from == MATCHING_NOBODY ? 0 : kept.mentor[m->from],
                        m->to == MATCHING_NOBODY ? 0 : kept.mentor[m->to]};
        }
        return OK;
}

struct err matching_replay(struct tx *tx, const struct who *who, int64_t run, struct matching_replayed *out)
{
        struct arena *scratch;
        struct matching_run_one row;

        *out = (struct matching_replayed) {0};
        TRY(run_row(tx, who, run, &row));
        scratch = arena_new((size_t)1 << 30);
        struct err e = replay(tx, &row, scratch, out);
        arena_free(scratch);
        return e;
}

/* ---- comparing ---- */

static struct err pairs_of(struct tx *tx, const struct who *who, int64_t run, struct matching_run_one *row, struct matching_kept_row *kept_out,
                           struct arena *scratch, struct matching_change_list *out)
{
        struct matching_kept kept;
        int32_t *mentor_of;

        TRY(run_row(tx, who, run, row));
        TRY(kept_row(tx, run, kept_out));
        TRY(matching_unpack(kept_out->inputs, scratch, &kept));
        TRY(matching_unpack_pairs(kept_out->pairs, kept.mentees, kept.mentors, scratch, &mentor_of));
        *out = (struct matching_change_list) {.row = arena_array(tx_arena(tx), struct matching_change, (size_t)kept.mentees + 1)};
        for (int32_t i = 0; i < kept.mentees; i++)
                out->row[out->n++] = (struct matching_change) {
                        .mentee = kept.mentee[i], .after = mentor_of[i] == MATCHING_NOBODY ? 0 : kept.mentor[mentor_of[i]]};
        return OK;
}

struct err matching_run_pairs(struct tx *tx, const struct who *who, int64_t run, struct matching_run_line *line, struct text *weights,
                              struct matching_change_list *pairs)
{
        struct arena *scratch = arena_new((size_t)1 << 30);
        struct matching_kept_row kept;
        struct matching_run_one row;
        struct err e = pairs_of(tx, who, run, &row, &kept, scratch, pairs);

        arena_free(scratch);
        TRY(e);
        *line = line_of(&row, &kept);
        *weights = kept.weights;
        return OK;
}

/* Both lists ascend by mentee; who is in one of them only counts as with nobody in the other. */
static void differences(const struct matching_change_list *a, const struct matching_change_list *b, struct matching_change_list *out)
{
        for (size_t i = 0, k = 0; i < a->n || k < b->n;) {
                int64_t mentee = k == b->n || (i < a->n && a->row[i].mentee < b->row[k].mentee) ? a->row[i].mentee : b->row[k].mentee;
                struct matching_change c = {.mentee = mentee};
                if (i < a->n && a->row[i].mentee == mentee)
                        c.before = a->row[i++].after;
                if (k < b->n && b->row[k].mentee == mentee)
                        c.after = b->row[k++].after;
                if (c.before != c.after)
                        out->row[out->n++] = c;
        }
}

struct err matching_compare(struct tx *tx, const struct who *who, int64_t before, int64_t after, struct matching_compared *out)
{
        struct matching_change_list a, b;
        struct matching_run_one one, two;

        *out = (struct matching_compared) {0};
        TRY(run_row(tx, who, before, &one));
        TRY(run_row(tx, who, after, &two));
        if (one.cohort != two.cohort)
                return FAIL(ERR_ABSENT, "There is no such run in this cohort", "Look at the list of runs");
        TRY(matching_run_pairs(tx, who, before, &out->before, &out->weights_before, &a));
        TRY(matching_run_pairs(tx, who, after, &out->after, &out->weights_after, &b));
        out->changes = (struct matching_change_list) {.row = arena_array(tx_arena(tx), struct matching_change, a.n + b.n + 1)};
        differences(&a, &b, &out->changes);
        return OK;
}
