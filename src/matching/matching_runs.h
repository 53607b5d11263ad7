/*
 * The runs of a cohort, kept with what they were made from: to list, to compare, to replay.  All for staff.
 *
 * Wrong place? Making a run: matching.h.  What exactly is kept: matching_kept.h.
 */
#ifndef TELEMACHUS_MATCHING_RUNS_H
#define TELEMACHUS_MATCHING_RUNS_H

#include "base/who.h"
#include "matching/matching_kept.h"
#include "matching/matching_round.h"

/*
 * Between the files of matching/: a run that has been worked out and is not written yet. d is borrowed and must last; the
 * caller sets what stands above the line, matching_run_ready() the rest, in a.
 */
struct matching_draft { int32_t mentor; int64_t score; struct text parts, reasons; };     /* mentor: a place, or MATCHING_NOBODY */
struct matching_ready {
        int64_t cohort;
        enum matching_objective objective;
        const struct matching_dossier *d;
        const uint8_t *reserve;                 /* as it was solved with; NULL for none */
        struct text left, hash;                 /* JSON of who is left out; of the inputs: empty for that of the packed ones */
        /* ---- */
        struct matching_packed packed;
        struct matching_draft *draft;           /* per mentee */
        int64_t matched, unmatched, total, lowest, blocking;
        struct text pairs, restless;
};
struct err matching_run_ready(struct arena *a, const struct matching_problem *p, const struct matching_result *r, struct matching_ready *out);
/* The run, its inputs and its drafts; the drafts of the run before are dropped. */
struct err matching_run_write(struct tx *tx, const struct who *who, const struct matching_ready *r, int64_t *run);
/* The run and its inputs alone, for whoever lets drafts stand; then each new draft. */
struct err matching_run_put(struct tx *tx, const struct who *who, const struct matching_ready *r, int64_t *run);
struct err matching_draft_insert(struct tx *tx, const struct matching_ready *r, int64_t run, int32_t mentee, int64_t id);

struct matching_run_line {
        int64_t id, at, by_person, matched, left_out, total, lowest;
        enum matching_objective objective;
        struct text hash;                       /* absent: made before inputs were kept */
        bool replayable;
};
struct matching_run_line_list { size_t n; struct matching_run_line *row; };
/* Newest first. */
struct err matching_runs(struct tx *tx, const struct who *who, int64_t cohort, int64_t most, struct matching_run_line_list *out);

/* A mentee whom two results give different mentors; persons, 0: nobody. */
struct matching_change { int64_t mentee, before, after; };
struct matching_change_list { size_t n; struct matching_change *row; };

/*
 * Solves what was kept once more, and says where the pairs differ from those of then: nowhere, unless the program has
 * changed its mind.  Conflict when the inputs were not kept.
 */
struct matching_replayed { int64_t run, pairs; bool same; struct matching_change_list changes; };
struct err matching_replay(struct tx *tx, const struct who *who, int64_t run, struct matching_replayed *out);

/* Which pairs differ between two runs of one cohort. */
struct matching_compared { struct matching_run_line before, after; struct text weights_before, weights_after; struct matching_change_list changes; };
struct err matching_compare(struct tx *tx, const struct who *who, int64_t before, int64_t after, struct matching_compared *out);
/* The pairs of one run, as the run made them, whatever was done by hand since. */
struct err matching_run_pairs(struct tx *tx, const struct who *who, int64_t run, struct matching_run_line *line, struct text *weights,
                              struct matching_change_list *pairs);

#endif
