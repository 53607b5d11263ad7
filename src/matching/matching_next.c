/* Waves, and what comes after them: a decline, an expiry, somebody who joined late. */
#include "matching/matching_next.h"

#include "base/out.h"
#include "care/care.h"
#include "html/messages.h"
#include "jobs/jobs.h"
#include "matching/matching.sql.h"
#include "matching/matching_ground.h"
#include "matching/matching_lists.h"
#include "matching/matching_people.h"
#include "matching/matching_runs.h"
#include "matching/matching_solved.h"
#include "matching/matching_table.sql.h"
#include "matching/matching_people.sql.h"
#include "matching/matching_web.h"
#include "os/random.h"
#include "people/people.h"

enum { GATHER_S = 600 };

/* ---- waves ---- */

struct err matching_to_send(struct tx *tx, const struct who *who, int64_t cohort, struct matching_sendable *out)
{
        struct matching_unsent_list rows;

        TRY(programmes_staff(tx, who, cohort));
        TRY(matching_unsent(tx, cohort, &rows));
        *out = (struct matching_sendable) {.row = arena_array(tx_arena(tx), int64_t, rows.n + 1)};
        for (; out->n < rows.n; out->n++)
                out->row[out->n] = rows.row[out->n].id;
        return OK;
}

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

struct matching_refilled {
        struct matching_ground ground;
        struct matching_draft_rows_list drafts;
        int64_t *draft;                         /* per mentee: the draft that stands so far; 0: none */
        int32_t *announced;                     /* per mentee: its mentor */
        struct matching_ready ready;
};

struct refill {
        struct matching_refilled *f;
        const struct matching_dossier *d;
        struct arena *keep;
        int32_t *score;                         /* mentee * mentors + mentor; INT32_MIN where a rule forbids */
        struct matching_problem problem;
        struct matching_result result;
};

/* The scores of all pairs, as a matrix. */
static void score_all(struct arena *a, struct refill *r)
{
        struct matching_pool pool;

        r->score = arena_array(a, int32_t, (size_t)r->d->mentees.n * (size_t)r->d->mentors.n + 1);
        matching_dossier_pool(a, r->d, &pool);
        matching_pool_scores(a, &pool, matching_threads(), r->score);
}

/* A draft that has become impossible (somebody left, a rule) is none; one draft for each mentee. */
static void take_drafts(struct refill *r)
{
        const struct matching_draft_rows_list *rows = &r->f->drafts;

        for (size_t k = 0; k < rows->n; k++) {
                int32_t i = matching_place_of(&r->d->mentees, rows->row[k].mentee), j = matching_place_of(&r->d->mentors, rows->row[k].mentor);
                if (i == MATCHING_NOBODY || j == MATCHING_NOBODY || r->f->draft[i] || r->d->absent[i] ||
                    r->score[(size_t)i * (size_t)r->d->mentors.n + (size_t)j] == INT32_MIN || matching_dossier_ruled_out(r->d, i, j))
                        continue;
                r->f->announced[i] = j;
                r->f->draft[i] = rows->row[k].id;
        }
}

static void pose(struct arena *heavy, struct refill *r)
{
        size_t n = (size_t)r->d->mentees.n;

        score_all(heavy, r);
        r->f->announced = arena_array(r->keep, int32_t, n + 1);
        r->f->draft = arena_array(r->keep, int64_t, n + 1);
        for (size_t i = 0; i < n; i++)
                r->f->announced[i] = MATCHING_NOBODY;
        take_drafts(r);
        r->problem = (struct matching_problem) {
                .mentees = r->d->mentees.n, .mentors = r->d->mentors.n, .shape = MATCHING_DENSE, .dense = r->score,
                .stride = r->d->mentors.n, .cell = MATCHING_INT32, .places = r->d->places, .absent = r->d->absent,
                .forbidden = r->d->ruled_out, .n_forbidden = r->d->n_ruled_out, .least = r->d->groups ? r->d->least : NULL,
                .announced = r->f->announced, .keep = MATCHING_KEEP_ALL};
}

static struct text left_out(struct arena *a, const struct refill *r)
{
        struct out o = out_new(a, 256);
        bool first = true;

        out_char(&o, '[');
        for (int32_t i = 0; i < r->d->mentees.n; i++) {
                if (r->result.mentor_of[i] != MATCHING_NOBODY)
                        continue;
                out_format(&o, "%s{\"person\":\"%lld\",\"why\":\"%s\"}", first ? "" : ",", (long long)r->d->mentees.p[i].person,
                           r->d->absent[i] ? "declined twice" : r->d->mentors.n ? "others need these mentors more" : "no mentor has room");
                first = false;
        }
        out_char(&o, ']');
        return out_get(&o);
}

static struct err solve(void *ctx, struct arena *heavy)
{
        const struct matching_options options = {.objective = MATCHING_TOTAL, .threads = matching_threads()};
        struct refill *r = ctx;
        struct matching_ready *ready = &r->f->ready;

        pose(heavy, r);
        TRY(matching_solve_kinds(&r->problem, &options, r->d->reserve, heavy, &r->result));
        *ready = (struct matching_ready) {.cohort = r->f->ground.cohort, .objective = options.objective, .d = r->d, .reserve = r->d->reserve,
                                          .left = left_out(r->keep, r)};
        return matching_run_ready(r->keep, &r->problem, &r->result, ready);
}

struct err matching_refill_find(struct tx *tx, const struct who *who, int64_t cohort, struct matching_refilled **out)
{
        struct matching_refilled *f = *out = arena_new_of(tx_arena(tx), struct matching_refilled);

        f->ground = (struct matching_ground) {.cohort = cohort, .table = true};
        TRY(matching_ground(tx, who, &f->ground));
        TRY(matching_draft_rows(tx, cohort, &f->drafts));
        return matching_apart(tx_arena(tx), solve, &(struct refill) {.f = f, .d = &f->ground.d, .keep = tx_arena(tx)});
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

/* A draft stands where the search has found the same mentor. */
static bool stands(const struct matching_refilled *f, int32_t i)
{
        return f->draft[i] && f->ready.draft[i].mentor == f->announced[i];
}

static struct err drop_others(struct tx *tx, const struct matching_refilled *f)
{
        for (size_t k = 0; k < f->drafts.n; k++) {
                int32_t i = matching_place_of(&f->ground.d.mentees, f->drafts.row[k].mentee);
                if (i == MATCHING_NOBODY || f->draft[i] != f->drafts.row[k].id || !stands(f, i))
                        TRY(matching_set_state(tx, f->drafts.row[k].id, TEXT("dropped")));
        }
        return OK;
}

static struct err add_draft(struct tx *tx, const struct matching_refilled *f, int32_t i, int64_t run, const struct matching_lapsed_rows_list *lapsed)
{
        const struct matching_dossier *d = &f->ground.d;
        int64_t id = random_id();

        TRY(matching_draft_insert(tx, &f->ready, run, i, id));
        return matching_origin_put(tx, id, why_of(lapsed, d->mentees.p[i].person, d->mentors.p[f->ready.draft[i].mentor].person));
}

static struct err add_drafts(struct tx *tx, const struct matching_refilled *f, struct matching_summary *s)
{
        struct matching_lapsed_rows_list lapsed;

        TRY(matching_lapsed_rows(tx, f->ground.cohort, &lapsed));
        for (int32_t i = 0; i < f->ground.d.mentees.n; i++) {
                const struct matching_draft *draft = &f->ready.draft[i];
                if (draft->mentor == MATCHING_NOBODY || stands(f, i))
                        continue;
                TRY(add_draft(tx, f, i, s->run, &lapsed));
                s->lowest = s->matched == 0 || draft->score < s->lowest ? draft->score : s->lowest;
                s->total += draft->score;
                s->matched++;
        }
        return OK;
}

struct err matching_refill_keep(struct tx *tx, const struct who *who, struct matching_refilled *f, struct matching_summary *out)
{
        bool anew;

        TRY(matching_ground_holds(tx, who, &f->ground, &anew));
        if (anew)
                TRY(matching_refill_find(tx, who, f->ground.cohort, &f));
        *out = (struct matching_summary) {.unmatched = f->ready.unmatched};
        TRY(matching_run_put(tx, who, &f->ready, &out->run));
        TRY(drop_others(tx, f));
        TRY(add_drafts(tx, f, out));
        out->json = text_format(tx_arena(tx), "{\"matched\":%lld,\"unmatched\":%s}", (long long)out->matched,
                                text_c(tx_arena(tx), f->ready.left));
        return people_audit(tx, who, "matching.refill", 0, out->run, "");
}

/* ---- by itself ---- */

struct next { int64_t cohort; bool closed; struct matching_refilled *found; };

static struct err find_next(struct tx *tx, void *in)
{
        struct next *n = in;
        struct programmes_cohort c;

        TRY(programmes_cohort(tx, n->cohort, &c));
        n->closed = c.closed_at.has;
        return n->closed ? OK : matching_refill_find(tx, &people_system, n->cohort, &n->found);
}

static struct err keep_next(struct tx *tx, void *in)
{
        struct matching_summary s;
        struct next *n = in;

        return matching_refill_keep(tx, &people_system, n->found, &s);
}

/* A second time finds every draft standing. */
static struct err act_next(struct app *app, struct arena *a, const struct job *job)
{
        struct next n = {.cohort = job->a};

        TRY(db_read(app->db, a, find_next, &n));
        return n.closed ? OK : db_write(app->db, a, keep_next, &n);
}

const struct job_kind matching_job_next = {.name = "matching.next", .clock = JOB_PROGRAMME, .act = act_next};

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
