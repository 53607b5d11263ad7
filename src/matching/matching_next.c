/* Waves, and what comes after them: a decline, an expiry, somebody who joined late. */
#include "matching/matching_next.h"

#include "base/out.h"
#include "care/care.h"
#include "html/messages.h"
#include "jobs/jobs.h"
#include "matching/matching.sql.h"
#include "matching/matching_lists.h"
#include "matching/matching_people.h"
#include "matching/matching_runs.h"
#include "matching/matching_solved.h"
#include "matching/matching_people.sql.h"
#include "matching/matching_web.h"
#include "os/keys.h"
#include "os/random.h"
#include "people/people.h"

enum { GATHER_S = 600, HEX = 2 };

/* ---- waves ---- */

struct err matching_waves(struct tx *tx, int64_t cohort, struct matching_wave_list *out)
{
        struct matching_wave_rows_list rows;

        TRY(matching_wave_rows(tx, cohort, &rows));
        *out = (struct matching_wave_list) {.row = arena_array(tx_arena(tx), struct matching_wave, rows.n)};
        for (; out->n < rows.n; out->n++) {
                const struct matching_wave_rows *r = &rows.row[out->n];
                out->row[out->n] = (struct matching_wave) {(int64_t)out->n + 1, r->sent_at, r->expires_at, r->sent, r->accepted,
                                                           r->declined, r->expired, r->open};
        }
        return OK;
}

/* ---- a refill ---- */

struct refill {
        struct matching_dossier d;
        int32_t *score;                         /* mentee * mentors + mentor; INT32_MIN where a rule forbids */
        int32_t *announced;                     /* per mentee: the mentor of their draft */
        int64_t *draft;                         /* per mentee: its id */
        struct matching_problem problem;
        struct matching_result result;
};

/* The scores of all pairs, as a matrix. */
static void score_all(struct arena *a, struct refill *r)
{
        struct matching_pool pool;

        r->score = arena_array(a, int32_t, (size_t)r->d.mentees.n * (size_t)r->d.mentors.n + 1);
        matching_dossier_pool(a, &r->d, &pool);
        matching_pool_scores(a, &pool, matching_threads(), r->score);
}

static bool is_ruled_out(const struct matching_dossier *d, int32_t mentee, int32_t mentor)
{
        for (int64_t k = 0; k < d->n_ruled_out; k++)
                if (d->ruled_out[k].mentee == mentee && d->ruled_out[k].mentor == mentor)
                        return true;
        return false;
}

/* A draft that has become impossible (somebody left, a rule) is none; one draft for each mentee. */
static struct err take_drafts(struct tx *tx, int64_t cohort, struct refill *r)
{
        struct matching_draft_rows_list rows;

        TRY(matching_draft_rows(tx, cohort, &rows));
        for (size_t k = 0; k < rows.n; k++) {
                int32_t i = matching_place_of(&r->d.mentees, rows.row[k].mentee), j = matching_place_of(&r->d.mentors, rows.row[k].mentor);
                bool stands = i != MATCHING_NOBODY && j != MATCHING_NOBODY && r->announced[i] == MATCHING_NOBODY && !r->d.absent[i] &&
                              r->score[(size_t)i * (size_t)r->d.mentors.n + (size_t)j] != INT32_MIN && !is_ruled_out(&r->d, i, j);
                if (!stands) {
                        TRY(matching_set_state(tx, rows.row[k].id, TEXT("dropped")));
                        continue;
                }
                r->announced[i] = j;
                r->draft[i] = rows.row[k].id;
        }
        return OK;
}

static struct err pose(struct tx *tx, int64_t cohort, struct refill *r)
{
        struct arena *a = tx_arena(tx);
        size_t n = (size_t)r->d.mentees.n;

        score_all(a, r);
        r->announced = arena_array(a, int32_t, n + 1);
        r->draft = arena_array(a, int64_t, n + 1);
        for (size_t i = 0; i < n; i++)
                r->announced[i] = MATCHING_NOBODY;
        TRY(take_drafts(tx, cohort, r));
        r->problem = (struct matching_problem) {
                .mentees = r->d.mentees.n, .mentors = r->d.mentors.n, .shape = MATCHING_DENSE, .dense = r->score,
                .stride = r->d.mentors.n, .cell = MATCHING_INT32, .places = r->d.places, .absent = r->d.absent,
                .forbidden = r->d.ruled_out, .n_forbidden = r->d.n_ruled_out, .least = r->d.groups ? r->d.least : NULL,
                .announced = r->announced, .keep = MATCHING_KEEP_ALL};
        return OK;
}

/* ---- keeping what came of it ---- */

static struct text why_of(const struct matching_lapsed_rows_list *lapsed, int64_t mentee, int64_t mentor)
{
        for (size_t k = lapsed->n; k > 0; k--) {
                const struct matching_lapsed_rows *l = &lapsed->row[k - 1];
                if (l->mentee == mentee || l->mentor == mentor)
                        return l->state;
        }
        return TEXT("asked");
}

static struct err add_draft(struct tx *tx, int64_t cohort, const struct refill *r, int32_t i, int64_t run,
                            const struct matching_lapsed_rows_list *lapsed)
{
        int32_t j = r->result.mentor_of[i];
        struct matching_fit fit;
        int64_t id = random_id(), mentee = r->d.mentees.p[i].person, mentor = r->d.mentors.p[j].person;

        matching_dossier_fit(&r->d, i, j, &fit);
        TRY(matching_insert(tx, &(struct matching_insert_in) {
                .id = id, .cohort = cohort, .run = run, .mentor = mentor, .mentee = mentee, .score = fit.score,
                .parts = matching_parts_text(tx_arena(tx), &fit), .reasons = matching_reasons_text(tx_arena(tx), &fit)}));
        return matching_origin_put(tx, id, why_of(lapsed, mentee, mentor));
}

static void left_out(struct arena *a, const struct refill *r, struct text *json, int64_t *n)
{
        struct out o = out_new(a, 256);

        *n = 0;
        out_char(&o, '[');
        for (int32_t i = 0; i < r->d.mentees.n; i++) {
                if (r->result.mentor_of[i] != MATCHING_NOBODY)
                        continue;
                out_format(&o, "%s{\"person\":\"%lld\",\"why\":\"%s\"}", *n ? "," : "", (long long)r->d.mentees.p[i].person,
                           r->d.absent[i] ? "declined twice" : r->d.mentors.n ? "others need these mentors more" : "no mentor has room");
                *n += 1;
        }
        out_char(&o, ']');
        *json = out_get(&o);
}

static struct text hash_of(struct arena *a, const struct refill *r)
{
        unsigned char hash[HASH_BYTES];
        struct out o = out_new(a, 4096), hex = out_new(a, HASH_BYTES * HEX + 1);

        out_bytes(&o, r->score, sizeof *r->score * (size_t)r->d.mentees.n * (size_t)r->d.mentors.n);
        out_bytes(&o, r->d.places, sizeof *r->d.places * (size_t)r->d.mentors.n);
        out_bytes(&o, r->announced, sizeof *r->announced * (size_t)r->d.mentees.n);
        keys_hash(out_get(&o), hash);
        for (int i = 0; i < HASH_BYTES; i++)
                out_format(&hex, "%02x", hash[i]);
        return out_get(&hex);
}

static void add_up(const struct refill *r, int32_t i, struct matching_summary *s)
{
        int64_t score = r->result.score_of[i];

        if (s->matched++ == 0 || score < s->lowest)
                s->lowest = score;
        s->total += score;
}

static struct err keep(struct tx *tx, int64_t cohort, const struct refill *r, struct matching_summary *s)
{
        struct matching_lapsed_rows_list lapsed;

        TRY(matching_lapsed_rows(tx, cohort, &lapsed));
        for (int32_t i = 0; i < r->d.mentees.n; i++) {
                int32_t j = r->result.mentor_of[i];
                if (r->draft[i] && j == r->announced[i])
                        continue;
                if (r->draft[i])
                        TRY(matching_set_state(tx, r->draft[i], TEXT("dropped")));
                if (j == MATCHING_NOBODY)
                        continue;
                TRY(add_draft(tx, cohort, r, i, s->run, &lapsed));
                add_up(r, i, s);
        }
        return OK;
}

struct err matching_refill(struct tx *tx, const struct who *who, int64_t cohort, struct matching_summary *out)
{
        const struct matching_options options = {.objective = MATCHING_TOTAL};
        struct programmes_cohort c;
        struct refill r = {0};
        struct text unmatched;

        *out = (struct matching_summary) {.run = random_id()};
        TRY(programmes_staff(tx, who, cohort));
        TRY(programmes_cohort(tx, cohort, &c));
        TRY(matching_dossier(tx, &c, &r.d));
        TRY(pose(tx, cohort, &r));
        TRY(matching_solve_kinds(&r.problem, &options, r.d.reserve, tx_arena(tx), &r.result));
        left_out(tx_arena(tx), &r, &unmatched, &out->unmatched);
        TRY(matching_run_insert(tx, &(struct matching_run_insert_in) {
                .id = out->run, .cohort = cohort, .now = tx_now(tx), .by_person = who->person, .objective = TEXT("total"),
                .inputs_hash = hash_of(tx_arena(tx), &r), .matched = r.result.matched, .total = r.result.total,
                .lowest = r.result.lowest, .unmatched = unmatched}));
        TRY(matching_run_keep(tx, out->run, &r.d, &r.problem, &r.result));
        TRY(keep(tx, cohort, &r, out));
        out->json = text_format(tx_arena(tx), "{\"matched\":%lld,\"unmatched\":%s}", (long long)out->matched,
                                text_c(tx_arena(tx), unmatched));
        return people_audit(tx, who, "matching.refill", 0, out->run, "");
}

/* ---- by itself ---- */

static struct err run_next(struct tx *tx, const struct job *job)
{
        struct matching_summary s;
        struct programmes_cohort c;

        TRY(programmes_cohort(tx, job->a, &c));
        return c.closed_at.has ? OK : matching_refill(tx, &people_system, job->a, &s);
}

const struct job_kind matching_job_next = {.name = "matching.next", .clock = JOB_PROGRAMME, .run = run_next};

struct err matching_refill_soon(struct tx *tx, int64_t cohort)
{
        int64_t due = (tx_now(tx) / GATHER_S + 1) * GATHER_S;

        return jobs_add(tx, matching_job_next.name,
                        text_format(tx_arena(tx), "cohort:%lld:%lld", (long long)cohort, (long long)due), due, cohort, 0);
}

/* The second no queues a call: there is often a wish for which the form had no place. */
struct err matching_declined(struct tx *tx, int64_t cohort, int64_t person)
{
        struct matching_declines_of n;
        struct programmes_cohort c;

        TRY(matching_declines_of(tx, cohort, person, &n));
        if (n.n >= MATCHING_DECLINES_MOST) {
                TRY(programmes_cohort(tx, cohort, &c));
                TRY(care_ask_call(tx, cohort, 0, person, matching_decline_call,
                                  text_of(msg((enum locale)c.locale, M_("Has said no to two proposals. Ask what would fit, before a third.")))));
        }
        return matching_refill_soon(tx, cohort);
}
