/* One run: who may be matched, how everybody fits, the exact solution, and what is kept of it. */
#include "base/out.h"
#include "base/json.h"
#include "matching/matching.h"
#include "matching/matching.sql.h"
#include "matching/matching_hand.h"
#include "matching/matching_runs.h"
#include "matching/matching_lists.h"
#include "os/keys.h"
#include "os/random.h"
#include "people/people.h"

#include <string.h>

struct run {
        struct matching_dossier d;
        struct matching_fit *fit;               /* mentee * mentors + mentor */
        int64_t *score;                         /* the same, MATCHING_NONE where a rule forbids */
        struct matching_problem problem;
        struct matching_result result;
};

static void score_all(struct arena *a, struct run *r)
{
        size_t n = (size_t)r->d.mentees.n, m = (size_t)r->d.mentors.n;

        r->fit = arena_array(a, struct matching_fit, n * m + 1);
        r->score = arena_array(a, int64_t, n * m + 1);
        for (size_t i = 0; i < n * m; i++) {
                matching_dossier_fit(&r->d, (int32_t)(i / m), (int32_t)(i % m), &r->fit[i]);
                r->score[i] = r->fit[i].forbidden ? MATCHING_NONE : r->fit[i].score;
        }
        r->problem = (struct matching_problem) {
                .mentees = r->d.mentees.n, .mentors = r->d.mentors.n, .shape = MATCHING_DENSE, .dense = r->score,
                .stride = r->d.mentors.n, .cell = MATCHING_INT64, .places = r->d.places, .forbidden = r->d.ruled_out,
                .n_forbidden = r->d.n_ruled_out, .least = r->d.groups ? r->d.least : NULL, .absent = r->d.absent};
}

static struct text hash_of(struct arena *a, const struct run *r)
{
        unsigned char hash[HASH_BYTES];
        struct out o = out_new(a, 4096);
        struct out hex = out_new(a, HASH_BYTES * 2 + 1);

        out_bytes(&o, r->score, sizeof *r->score * (size_t)r->d.mentees.n * (size_t)r->d.mentors.n);
        out_bytes(&o, r->d.places, sizeof *r->d.places * (size_t)r->d.mentors.n);
        out_bytes(&o, r->d.ruled_out, sizeof *r->d.ruled_out * (size_t)r->d.n_ruled_out);
        keys_hash(out_get(&o), hash);
        for (int i = 0; i < HASH_BYTES; i++)
                out_format(&hex, "%02x", hash[i]);
        return out_get(&hex);
}

/* Why somebody is left out: no mentor passes the rules (and which rule shuts most doors), or the places ran out. */
static const char *why_left_out(const struct run *r, int32_t mentee)
{
        size_t m = (size_t)r->d.mentors.n;
        int64_t by_rule[16] = {0};
        bool any = false;

        if (m == 0)
                return "no mentor has room";
        for (size_t j = 0; j < m; j++) {
                unsigned f = r->fit[(size_t)mentee * m + j].forbidden;
                any = any || !f;
                for (int b = 0; b < 16; b++)
                        by_rule[b] += (f >> b) & 1;
        }
        return any ? "others need these mentors more" : matching_rule_name(matching_worst_rule(by_rule));
}

static struct text unmatched_json(struct arena *a, const struct run *r)
{
        struct out o = out_new(a, 256);
        bool first = true;

        out_char(&o, '[');
        for (int32_t i = 0; i < r->d.mentees.n; i++) {
                if (r->result.mentor_of[i] != MATCHING_NOBODY)
                        continue;
                out_format(&o, "%s{\"person\":\"%lld\",\"why\":\"%s\"}", first ? "" : ",", (long long)r->d.mentees.p[i].person,
                           r->d.absent[i] ? "declined twice" : why_left_out(r, i));
                first = false;
        }
        out_char(&o, ']');
        return out_get(&o);
}

static void pair_json(struct out *o, const struct run *r, int32_t mentee, bool first)
{
        int32_t mentor = r->result.mentor_of[mentee];
        const struct matching_fit *fit = &r->fit[(size_t)mentee * (size_t)r->d.mentors.n + (size_t)mentor];
        int64_t apart = r->d.mentees.p[mentee].offset_minutes - r->d.mentors.p[mentor].offset_minutes;
        struct matching_sentences why;

        matching_sentences(o->arena, LOCALE_EN, matching_reasons_text(o->arena, fit), apart, &why);
        out_c(o, first ? "{\"mentee\":" : ",{\"mentee\":");
        json_string(o, r->d.mentees.p[mentee].email);
        out_c(o, ",\"mentor\":");
        json_string(o, r->d.mentors.p[mentor].email);
        out_format(o, ",\"score\":%.6f,\"reasons\":[", (double)fit->score / MATCHING_ONE);
        for (int i = 0; i < 3; i++) {
                out_c(o, i ? "," : "");
                json_string(o, why.row[i]);
        }
        out_c(o, "]}");
}

static struct text summary_json(struct arena *a, const struct run *r)
{
        struct out o = out_new(a, 4096);
        bool first = true;

        out_format(&o, "{\"matched\":%d,\"unmatched\":%s,\"total\":%.6f,\"lowest\":%.6f,\"pairs\":[", r->result.matched,
                   unmatched_json(a, r).p, (double)r->result.total / MATCHING_ONE, (double)r->result.lowest / MATCHING_ONE);
        for (int32_t i = 0; i < r->d.mentees.n; i++) {
                if (r->result.mentor_of[i] == MATCHING_NOBODY)
                        continue;
                pair_json(&o, r, i, first);
                first = false;
        }
        out_c(&o, "]}");
        return out_get(&o);
}

static struct err keep(struct tx *tx, const struct who *who, int64_t cohort, enum matching_objective objective, const struct run *r,
                       int64_t *run)
{
        struct arena *a = tx_arena(tx);

        *run = random_id();
        TRY(matching_drop_drafts(tx, cohort));
        TRY(matching_run_insert(tx, &(struct matching_run_insert_in) {
                .id = *run, .cohort = cohort, .now = tx_now(tx), .by_person = who->person,
                .objective = text_of(matching_objective_name(objective)), .inputs_hash = hash_of(a, r), .matched = r->result.matched,
                .total = r->result.total, .lowest = r->result.lowest, .unmatched = unmatched_json(a, r)}));
        TRY(matching_run_keep(tx, *run, &r->d, &r->problem, r->d.reserve, &r->result));
        for (int32_t i = 0; i < r->d.mentees.n; i++) {
                int32_t j = r->result.mentor_of[i];
                if (j == MATCHING_NOBODY)
                        continue;
                const struct matching_fit *fit = &r->fit[(size_t)i * (size_t)r->d.mentors.n + (size_t)j];
                TRY(matching_insert(tx, &(struct matching_insert_in) {
                        .id = random_id(), .cohort = cohort, .run = *run, .mentor = r->d.mentors.p[j].person,
                        .mentee = r->d.mentees.p[i].person, .score = fit->score, .parts = matching_parts_text(a, fit),
                        .reasons = matching_reasons_text(a, fit)}));
        }
        return people_audit(tx, who, "matching.run", 0, *run, "");
}

struct err matching_propose_as(struct tx *tx, const struct who *who, int64_t cohort, struct text objective, bool dry_run,
                               struct matching_summary *out)
{
        struct matching_options options = {.objective = matching_objective_of(objective)};
        struct programmes_cohort c;
        struct run r = {0};

        *out = (struct matching_summary) {0};
        TRY(programmes_staff(tx, who, cohort));
        TRY(programmes_cohort(tx, cohort, &c));
        TRY(matching_dossier(tx, &c, &r.d));
        score_all(tx_arena(tx), &r);
        TRY(matching_solve_kinds(&r.problem, &options, r.d.reserve, tx_arena(tx), &r.result));
        if (!dry_run)
                TRY(keep(tx, who, cohort, options.objective, &r, &out->run));
        out->matched = r.result.matched;
        out->unmatched = r.result.unmatched;
        out->total = r.result.total;
        out->lowest = r.result.lowest;
        out->json = summary_json(tx_arena(tx), &r);
        return OK;
}

struct err matching_propose(struct tx *tx, const struct who *who, int64_t cohort, bool fair, bool dry_run, struct matching_summary *out)
{
        return matching_propose_as(tx, who, cohort, fair ? TEXT("fair") : TEXT("total"), dry_run, out);
}
