/* The ranking window: opened by a coordinator with everybody's list, closed by a job or sooner by hand. */
#include "jobs/jobs.h"
#include "matching/matching_ground.h"
#include "matching/matching_lists.h"
#include "matching/matching_people.h"
#include "matching/matching_people.sql.h"
#include "matching/matching_solved.h"
#include "matching/matching_web.h"
#include "people/people.h"

enum { DAY_S = 86400, DAYS_MOST = 21 };

static struct err window_row(struct tx *tx, int64_t cohort, bool *there, bool *open, struct matching_window_row *row)
{
        TRY(matching_window_row(tx, cohort, there, row));
        *open = *there && !row->closed_at.has && row->closes_at > tx_now(tx);
        return OK;
}

struct suggestion { int64_t mentee, mentor, score; struct text reasons; };

struct matching_window_found {
        struct matching_ground ground;
        int64_t days;
        size_t n;
        struct suggestion *row;
};

struct lists { struct matching_window_found *f; struct arena *keep; };

/* With their reasons, so that nothing but writing is left to do. */
static struct err make_lists(void *ctx, struct arena *heavy)
{
        struct lists *l = ctx;
        const struct matching_dossier *d = &l->f->ground.d;
        struct matching_lists lists;
        struct matching_fit fit;

        TRY(matching_make_lists(d, heavy, &lists));
        l->f->row = arena_array(l->keep, struct suggestion, lists.n + 1);
        for (; l->f->n < lists.n; l->f->n++) {
                const struct matching_pair *p = &lists.row[l->f->n];
                matching_dossier_fit(d, p->mentee, p->mentor, &fit);
                l->f->row[l->f->n] = (struct suggestion) {d->mentees.p[p->mentee].person, d->mentors.p[p->mentor].person, fit.score,
                                                          matching_reasons_text(l->keep, &fit)};
        }
        return OK;
}

static struct err may_open(struct tx *tx, const struct who *who, int64_t cohort, int64_t days)
{
        struct matching_window_row row;
        bool there, open;

        TRY(programmes_staff(tx, who, cohort));
        if (days < 1 || days > DAYS_MOST)
                return FAIL_AT(ERR_INVALID, "Between one day and three weeks", "days", "A week is usual");
        TRY(window_row(tx, cohort, &there, &open, &row));
        return open ? FAIL(ERR_CONFLICT, "People are giving their answers now", "Close the lists first, then make new ones") : OK;
}

struct err matching_window_find(struct tx *tx, const struct who *who, int64_t cohort, int64_t days, struct matching_window_found **out)
{
        struct matching_window_found *f = *out = arena_new_of(tx_arena(tx), struct matching_window_found);

        f->ground = (struct matching_ground) {.cohort = cohort};
        f->days = days;
        TRY(may_open(tx, who, cohort, days));
        TRY(matching_ground(tx, who, &f->ground));
        TRY(matching_apart(tx_arena(tx), make_lists, &(struct lists) {f, tx_arena(tx)}));
        return f->n ? OK : FAIL(ERR_CONFLICT, "There is nobody to suggest to anybody",
                                "Bring mentors and mentees who fit, and wait until they are accepted");
}

static struct err store_lists(struct tx *tx, const struct matching_window_found *f)
{
        int64_t cohort = f->ground.cohort;

        TRY(matching_list_clear(tx, cohort));
        for (size_t k = 0; k < f->n; k++)
                TRY(matching_list_insert(tx, cohort, f->row[k].mentee, f->row[k].mentor, f->row[k].score, f->row[k].reasons));
        TRY(matching_answered_clear(tx, cohort));
        TRY(matching_rank_forget(tx, cohort));
        return matching_mark_forget(tx, cohort);
}

struct err matching_window_keep(struct tx *tx, const struct who *who, struct matching_window_found *f)
{
        int64_t cohort = f->ground.cohort, closes = tx_now(tx) + f->days * DAY_S;
        bool anew;

        TRY(may_open(tx, who, cohort, f->days));
        TRY(matching_ground_holds(tx, who, &f->ground, &anew));
        if (anew)
                TRY(matching_window_find(tx, who, cohort, f->days, &f));
        TRY(store_lists(tx, f));
        TRY(matching_window_put(tx, cohort, tx_now(tx), closes, who->person));
        TRY(jobs_add(tx, matching_job_close.name,
                     text_format(tx_arena(tx), "cohort:%lld:%lld", (long long)cohort, (long long)closes), closes, cohort, closes));
        return people_audit(tx, who, "matching.window", 0, cohort, "");
}

struct err matching_close_window(struct tx *tx, const struct who *who, int64_t cohort)
{
        struct matching_window_row row;
        bool there, open;

        TRY(programmes_staff(tx, who, cohort));
        TRY(window_row(tx, cohort, &there, &open, &row));
        if (!open)
                return FAIL(ERR_CONFLICT, "The lists are closed already", "What was answered counts in the next run");
        TRY(matching_window_end(tx, cohort, tx_now(tx)));
        return people_audit(tx, who, "matching.window-closed", 0, cohort, "");
}

/* Its own closing moment is in the job: a window that was closed and opened again has another. */
static struct err run_close(struct tx *tx, const struct job *job)
{
        struct matching_window_row row;
        bool there;

        TRY(matching_window_row(tx, job->a, &there, &row));
        return there && row.closes_at == job->b ? matching_window_end(tx, job->a, row.closes_at) : OK;
}

const struct job_kind matching_job_close = {.name = "matching.close", .clock = JOB_PROGRAMME, .run = run_close};

struct err matching_window(struct tx *tx, int64_t cohort, struct matching_window *out)
{
        struct matching_window_counts n;
        struct matching_window_row row;

        *out = (struct matching_window) {0};
        TRY(window_row(tx, cohort, &out->there, &out->open, &row));
        if (!out->there)
                return OK;
        TRY(matching_window_counts(tx, cohort, &n));
        out->opened_at = row.opened_at;
        out->closes_at = row.closed_at.has && row.closed_at.v < row.closes_at ? row.closed_at.v : row.closes_at;
        out->mentees = n.mentees;
        out->mentees_answered = n.mentees_answered;
        out->mentors = n.mentors;
        out->mentors_answered = n.mentors_answered;
        return OK;
}

struct err matching_asked(struct tx *tx, int64_t cohort, int64_t person, bool mentor, struct matching_asked *out)
{
        struct matching_answered_row answered;
        struct matching_window_row row;
        struct matching_list_has has;
        bool there;

        *out = (struct matching_asked) {0};
        TRY(window_row(tx, cohort, &there, &out->open, &row));
        if (!there)
                return OK;
        TRY(matching_list_has(tx, cohort, person, mentor, &has));
        out->open = out->open && has.n > 0;
        out->closes_at = row.closes_at;
        return matching_answered_row(tx, cohort, person, mentor ? TEXT("mentor") : TEXT("mentee"), &out->answered, &answered);
}
