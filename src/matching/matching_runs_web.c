/* /desk/matching/runs: what was run, with what, and what became of it. */
#include "matching/matching_desk.h"

#include "html/format.h"
#include "matching/matching_runs.html.h"
#include "people/people.h"

enum { RUNS_SHOWN = 50, PAIRS_SHOWN = 100, CHANGES_SHOWN = 40 };

static struct err author(struct request *rq, int64_t person, struct text *out)
{
        struct people_person by;

        *out = text_of(msg(rq->page.locale, M_("the program")));
        if (!person)
                return OK;
        TRY(people_get(rq->tx, person, &by));
        *out = by.first_name;
        return OK;
}

static struct err row_of(struct request *rq, const struct matching_run_line *l, struct matching_run_row *out)
{
        *out = (struct matching_run_row) {
                .id = l->id, .at = l->at, .pairs = l->matched, .left_out = l->left_out, .mean = l->matched ? matching_percent(l->total / l->matched) : 0,
                .lowest = matching_percent(l->lowest), .hash = l->hash, .aim = matching_aim_words(l->objective), .replayable = l->replayable,
                .kept = l->hash.p != NULL};
        return author(rq, l->by_person, &out->by);
}

struct err matching_runs_get(struct request *rq, struct reply *re)
{
        struct html_shell shell = matching_shell(rq, M_("Runs"));
        struct matching_runs_view v = {.tabs = {MATCHING_TAB_RUNS}};
        struct matching_run_line_list list;
        struct programmes_cohort c;

        TRY(matching_current(rq, &c));
        TRY(matching_runs(rq->tx, rq->who, c.id, RUNS_SHOWN, &list));
        v.runs.row = arena_array(rq->arena, struct matching_run_row, list.n + 1);
        for (size_t i = 0; i < list.n; i++)
                TRY(row_of(rq, &list.row[i], &v.runs.row[v.runs.n++]));
        if (v.runs.n)
                v.runs.row[0].current = true;
        reply_page(rq, re, &shell, matching_runs_page, &v);
        return OK;
}

/* ---- one of them ---- */

static void change_lines(struct arena *a, const struct matching_names *names, const struct matching_change_list *list, size_t most,
                         struct matching_moved_lines *out)
{
        *out = (struct matching_moved_lines) {.row = arena_array(a, struct matching_moved_line, most + 1)};
        for (; out->n < list->n && out->n < most; out->n++)
                out->row[out->n] = (struct matching_moved_line) {
                        matching_full_name(names, list->row[out->n].mentee), matching_full_name(names, list->row[out->n].before),
                        matching_full_name(names, list->row[out->n].after)};
}

static void weight_lines(struct request *rq, struct text before, struct text after, struct matching_weight_lines *out)
{
        struct matching_weights a, b;

        matching_weights_read(before, &a);
        matching_weights_read(after, &b);
        *out = (struct matching_weight_lines) {.row = arena_array(rq->arena, struct matching_weight_line, MATCHING_PARTS)};
        for (int k = 0; k < MATCHING_PARTS; k++)
                if (a.part[k] != b.part[k])
                        out->row[out->n++] = (struct matching_weight_line) {
                                msg(rq->page.locale, matching_part_title((enum matching_part)k)), a.part[k], b.part[k]};
}

static struct err fill_others(struct request *rq, int64_t cohort, int64_t run, struct html_options *out)
{
        struct matching_run_line_list list;

        TRY(matching_runs(rq->tx, rq->who, cohort, RUNS_SHOWN, &list));
        *out = (struct html_options) {.row = arena_array(rq->arena, struct html_option, list.n + 1)};
        for (size_t i = 0; i < list.n; i++)
                if (list.row[i].id != run && list.row[i].hash.p)
                        out->row[out->n++] = (struct html_option) {
                                .value = text_format(rq->arena, "%lld", (long long)list.row[i].id),
                                .label = format_moment(rq->arena, rq->page.locale, rq->page.zone, list.row[i].at)};
        return OK;
}

static struct err compare(struct request *rq, const struct matching_names *names, int64_t with, struct matching_run_view *v)
{
        struct matching_compared c;

        TRY(matching_compare(rq->tx, rq->who, with, v->run.id, &c));
        TRY(row_of(rq, &c.before, &v->other));
        v->compared = true;
        v->n_changes = (int64_t)c.changes.n;
        v->with = text_format(rq->arena, "%lld", (long long)with);
        change_lines(rq->arena, names, &c.changes, CHANGES_SHOWN, &v->changes);
        weight_lines(rq, c.weights_before, c.weights_after, &v->weights);
        return OK;
}

static struct err replay(struct request *rq, const struct matching_names *names, struct matching_run_view *v)
{
        struct matching_replayed r;

        TRY(matching_replay(rq->tx, rq->who, v->run.id, &r));
        v->replayed = true;
        v->same = r.same;
        v->n_changes = (int64_t)r.changes.n;
        change_lines(rq->arena, names, &r.changes, CHANGES_SHOWN, &v->changes);
        return OK;
}

struct err matching_run_get(struct request *rq, struct reply *re)
{
        struct html_shell shell = matching_shell(rq, M_("A run"));
        struct matching_run_view v = {.tabs = {MATCHING_TAB_RUNS}};
        struct matching_change_list pairs;
        struct matching_run_line line;
        struct matching_names names;
        struct programmes_cohort c;
        struct text weights;

        TRY(matching_current(rq, &c));
        TRY(matching_names(rq, c.id, &names));
        TRY(matching_run_pairs(rq->tx, rq->who, rq_id(rq, "run"), &line, &weights, &pairs));
        TRY(row_of(rq, &line, &v.run));
        TRY(fill_others(rq, c.id, line.id, &v.others));
        change_lines(rq->arena, &names, &pairs, PAIRS_SHOWN, &v.pairs);
        v.n_pairs = (int64_t)pairs.n;
        if (rq_id(rq, "with"))
                TRY(compare(rq, &names, rq_id(rq, "with"), &v));
        else if (text_is(rq_query(rq, "replay"), "1"))
                TRY(replay(rq, &names, &v));
        reply_page(rq, re, &shell, matching_run_page, &v);
        return OK;
}
