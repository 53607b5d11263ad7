/*
 * One run: who may be matched, how everybody fits, the exact solution; then what is kept of it. The first may take long and
 * only reads, so nobody waits for it; the second writes, if everything it rests on is still as it was.
 */
#include "base/out.h"
#include "base/json.h"
#include "matching/matching.h"
#include "matching/matching.sql.h"
#include "matching/matching_ground.h"
#include "matching/matching_lists.h"
#include "matching/matching_round.h"
#include "matching/matching_runs.h"
#include "matching/matching_solved.h"
#include "os/keys.h"
#include "people/people.h"

#include <string.h>

struct matching_found {
        struct matching_ground ground;
        struct matching_ready ready;
        struct matching_summary summary;
};

struct run {
        struct matching_found *found;
        const struct matching_dossier *d;
        struct arena *keep;
        struct matching_solved s;
        struct matching_fit *fit;               /* of the mentees who have a mentor */
};

/* Reasons only for the pairs that were chosen. */
static void fit_chosen(struct arena *a, struct run *r)
{
        r->fit = arena_array(a, struct matching_fit, (size_t)r->d->mentees.n + 1);
        for (int32_t i = 0; i < r->d->mentees.n; i++)
                if (r->s.result.mentor_of[i] != MATCHING_NOBODY)
                        matching_dossier_fit(r->d, i, r->s.result.mentor_of[i], &r->fit[i]);
}

static struct text hash_of(struct arena *a, const struct run *r)
{
        const struct matching_problem *p = &r->s.problem;
        size_t pairs = p->shape == MATCHING_DENSE ? (size_t)p->mentees * (size_t)p->mentors : (size_t)p->row[p->mentees];
        struct text part[] = {
                p->shape == MATCHING_DENSE ? (struct text) {p->dense, pairs * sizeof(int32_t)}
                                           : (struct text) {(const char *)p->score, pairs * sizeof *p->score},
                p->shape == MATCHING_DENSE ? TEXT("") : (struct text) {(const char *)p->mentor, pairs * sizeof *p->mentor},
                {(const char *)p->places, sizeof *p->places * (size_t)p->mentors},
                {(const char *)p->forbidden, sizeof *p->forbidden * (size_t)p->n_forbidden},
        };
        unsigned char hash[HASH_BYTES];
        struct out all = out_new(a, sizeof part), hex = out_new(a, HASH_BYTES * 2 + 1);

        for (size_t k = 0; k < sizeof part / sizeof *part; k++) {
                keys_hash(part[k], hash);
                out_bytes(&all, hash, HASH_BYTES);
        }
        keys_hash(out_get(&all), hash);
        for (int i = 0; i < HASH_BYTES; i++)
                out_format(&hex, "%02x", hash[i]);
        return out_get(&hex);
}

static struct text unmatched_json(struct arena *a, struct arena *heavy, struct run *r)
{
        struct out o = out_new(a, 256);
        bool first = true;

        out_char(&o, '[');
        for (int32_t i = 0; i < r->d->mentees.n; i++) {
                if (r->s.result.mentor_of[i] != MATCHING_NOBODY)
                        continue;
                out_format(&o, "%s{\"person\":\"%lld\",\"why\":\"%s\"}", first ? "" : ",", (long long)r->d->mentees.p[i].person,
                           r->d->absent[i] ? "declined twice" : matching_why_left_out(heavy, &r->s, i));
                first = false;
        }
        out_char(&o, ']');
        return out_get(&o);
}

static void pair_json(struct out *o, const struct run *r, int32_t mentee, bool first)
{
        int32_t mentor = r->s.result.mentor_of[mentee];
        const struct matching_fit *fit = &r->fit[mentee];
        int64_t apart = r->d->mentees.p[mentee].offset_minutes - r->d->mentors.p[mentor].offset_minutes;
        struct matching_sentences why;

        matching_sentences(o->arena, LOCALE_EN, matching_reasons_text(o->arena, fit), apart, &why);
        out_c(o, first ? "{\"mentee\":" : ",{\"mentee\":");
        json_string(o, r->d->mentees.p[mentee].email);
        out_c(o, ",\"mentor\":");
        json_string(o, r->d->mentors.p[mentor].email);
        out_format(o, ",\"score\":%.6f,\"reasons\":[", (double)fit->score / MATCHING_ONE);
        for (int i = 0; i < 3; i++) {
                out_c(o, i ? "," : "");
                json_string(o, why.row[i]);
        }
        out_c(o, "]}");
}

static struct text summary_json(struct arena *a, const struct run *r, struct text unmatched)
{
        const struct matching_result *result = &r->s.result;
        struct out o = out_new(a, 4096);
        bool first = true;

        out_format(&o, "{\"matched\":%d,\"unmatched\":%s,\"total\":%.6f,\"lowest\":%.6f,", result->matched, unmatched.p,
                   (double)result->total / MATCHING_ONE, (double)result->lowest / MATCHING_ONE);
        if (r->s.candidates)
                out_format(&o, "\"candidates\":%d,\"proven\":%s,", r->s.candidates, r->s.proven ? "true" : "false");
        out_c(&o, "\"pairs\":[");
        for (int32_t i = 0; i < r->d->mentees.n; i++) {
                if (result->mentor_of[i] == MATCHING_NOBODY)
                        continue;
                pair_json(&o, r, i, first);
                first = false;
        }
        out_c(&o, "]}");
        return out_get(&o);
}

/* Scores and the search have memory of their own; only what is kept and shown lies in the caller's. */
static struct err solve(void *ctx, struct arena *heavy)
{
        struct run *r = ctx;
        struct matching_found *f = r->found;
        struct matching_options options = matching_aim(f->ready.objective);

        TRY(matching_solve_dossier(heavy, r->d, &options, &r->s));
        fit_chosen(heavy, r);
        f->ready.left = unmatched_json(r->keep, heavy, r);
        f->ready.hash = hash_of(r->keep, r);
        TRY(matching_run_ready(r->keep, &r->s.problem, &r->s.result, &f->ready));
        f->summary = (struct matching_summary) {.matched = f->ready.matched, .unmatched = f->ready.unmatched, .total = f->ready.total,
                                                .lowest = f->ready.lowest, .json = summary_json(r->keep, r, f->ready.left)};
        return OK;
}

struct err matching_find(struct tx *tx, const struct who *who, int64_t cohort, struct text objective, const struct matching_weights *weights,
                         struct matching_found **out)
{
        struct matching_found *f = *out = arena_new_of(tx_arena(tx), struct matching_found);
        struct run r = {.found = f, .d = &f->ground.d, .keep = tx_arena(tx)};

        f->ground = (struct matching_ground) {.cohort = cohort, .weights = weights};
        TRY(matching_ground(tx, who, &f->ground));
        f->ready = (struct matching_ready) {.cohort = cohort, .objective = matching_objective_of(objective), .d = r.d, .reserve = r.d->reserve};
        return matching_apart(tx_arena(tx), solve, &r);
}

struct err matching_keep(struct tx *tx, const struct who *who, struct matching_found *f, struct matching_summary *out)
{
        bool anew;

        TRY(matching_ground_holds(tx, who, &f->ground, &anew));
        if (anew)
                TRY(matching_find(tx, who, f->ground.cohort, text_of(matching_objective_name(f->ready.objective)), f->ground.weights, &f));
        *out = f->summary;
        return matching_run_write(tx, who, &f->ready, &out->run);
}

struct err matching_propose_as(struct tx *tx, const struct who *who, int64_t cohort, struct text objective, bool dry_run,
                               struct matching_summary *out)
{
        struct matching_found *f;

        *out = (struct matching_summary) {0};
        TRY(matching_find(tx, who, cohort, objective, NULL, &f));
        *out = f->summary;
        return dry_run ? OK : matching_run_write(tx, who, &f->ready, &out->run);
}

struct err matching_propose(struct tx *tx, const struct who *who, int64_t cohort, bool fair, bool dry_run, struct matching_summary *out)
{
        return matching_propose_as(tx, who, cohort, fair ? TEXT("fair") : TEXT("total"), dry_run, out);
}
