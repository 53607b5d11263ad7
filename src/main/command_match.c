/* match: proposals for a cohort, or the bare solver on files. */
#include "main/command.h"
#include "html/format.h"
#include "matching/matching.h"
#include "matching/matching_files.h"
#include "matching/matching_people.h"
#include "matching/matching_runs.h"
#include "people/people.h"
#include "programmes/programmes.h"

#include <stdio.h>
#include <string.h>

struct propose { struct text slug, objective; bool dry_run, refill; struct matching_found *found; struct matching_refilled *refilled; struct matching_summary summary; };

static struct err find(struct tx *tx, void *in)
{
        struct propose *p = in;
        struct programmes_cohort c;

        TRY(programmes_cohort_by_slug(tx, p->slug, &c));
        if (p->refill)
                return matching_refill_find(tx, &people_system, c.id, &p->refilled);
        if (p->dry_run)
                return matching_propose_as(tx, &people_system, c.id, p->objective, true, &p->summary);
        return matching_find(tx, &people_system, c.id, p->objective, NULL, &p->found);
}

static struct err keep(struct tx *tx, void *in)
{
        struct propose *p = in;

        return p->refill ? matching_refill_keep(tx, &people_system, p->refilled, &p->summary)
                         : matching_keep(tx, &people_system, p->found, &p->summary);
}

/* A program that serves beside this one goes on while the pairs are found. */
static struct err propose(struct app *app, struct arena *a, struct propose *p)
{
        struct err e = db_read(app->db, a, find, p);

        return failed(e) || p->dry_run ? e : db_write(app->db, a, keep, p);
}

static struct err for_cohort(struct command_line *line, struct propose *p)
{
        struct app *app;

        TRY(app_open(line, &app));
        struct err e = propose(app, line->arena, p);
        app_close(app);
        if (failed(e))
                return e;
        if (p->refill && !line->json)
                printf("%lld new drafts, %lld still without; everything sent stays\n", (long long)p->summary.matched,
                       (long long)p->summary.unmatched);
        else if (line->json)
                printf("%s\n", p->summary.json.p);
        else
                printf("%lld matched, %lld not%s; lowest score %.2f\n", (long long)p->summary.matched, (long long)p->summary.unmatched,
                       p->dry_run ? " (nothing was written)" : "", (double)p->summary.lowest / 1e6);
        return OK;
}

/* ---- runs that were kept ---- */

enum { RUNS_LISTED = 100 };

struct kept { struct text slug; int64_t run; struct matching_run_line_list runs; struct matching_replayed replayed; };

static struct err list_runs(struct tx *tx, void *in)
{
        struct kept *k = in;
        struct programmes_cohort c;

        TRY(programmes_cohort_by_slug(tx, k->slug, &c));
        return matching_runs(tx, &people_system, c.id, RUNS_LISTED, &k->runs);
}

static struct err replay(struct tx *tx, void *in)
{
        struct kept *k = in;
        bool here = false;

        TRY(list_runs(tx, in));
        for (size_t i = 0; i < k->runs.n; i++)
                here = here || k->runs.row[i].id == k->run;
        if (!here)
                return FAIL(ERR_ABSENT, "There is no such run in this cohort", "match --cohort SLUG --runs lists them");
        return matching_replay(tx, &people_system, k->run, &k->replayed);
}

static void print_runs(const struct command_line *line, const struct kept *k)
{
        if (line->json)
                printf("[");
        for (size_t i = 0; i < k->runs.n; i++) {
                const struct matching_run_line *r = &k->runs.row[i];
                if (line->json)
                        printf("%s{\"run\":\"%lld\",\"at\":\"%s\",\"objective\":\"%s\",\"matched\":%lld,\"unmatched\":%lld,\"total\":%.6f,\"lowest\":%.6f,"
                               "\"inputs\":\"%s\",\"replayable\":%s}", i ? "," : "", (long long)r->id,
                               format_iso(line->arena, zone_utc(), r->at).p, matching_objective_name(r->objective), (long long)r->matched,
                               (long long)r->left_out, (double)r->total / 1e6, (double)r->lowest / 1e6, r->hash.p ? r->hash.p : "",
                               r->replayable ? "true" : "false");
                else
                        printf("%lld  %s  %-7s  %lld matched, %lld not; lowest score %.2f; inputs %.16s%s\n", (long long)r->id,
                               format_iso(line->arena, zone_utc(), r->at).p, matching_objective_name(r->objective), (long long)r->matched,
                               (long long)r->left_out, (double)r->lowest / 1e6, r->hash.p ? r->hash.p : "were not kept",
                               r->replayable ? "" : "; cannot be replayed");
        }
        if (line->json)
                printf("]\n");
}

static void print_replay(const struct command_line *line, const struct matching_replayed *r)
{
        if (line->json) {
                printf("{\"run\":\"%lld\",\"pairs\":%lld,\"same\":%s,\"differ\":[", (long long)r->run, (long long)r->pairs, r->same ? "true" : "false");
                for (size_t i = 0; i < r->changes.n; i++)
                        printf("%s{\"mentee\":\"%lld\",\"then\":\"%lld\",\"now\":\"%lld\"}", i ? "," : "", (long long)r->changes.row[i].mentee,
                               (long long)r->changes.row[i].before, (long long)r->changes.row[i].after);
                printf("]}\n");
        } else if (r->same) {
                printf("the same %lld pairs\n", (long long)r->pairs);
        } else {
                printf("%zu pairs differ\n", r->changes.n);
        }
}

static struct err for_kept(struct command_line *line, struct kept *k)
{
        struct app *app;

        TRY(app_open(line, &app));
        struct err e = db_read(app->db, line->arena, k->run ? replay : list_runs, k);
        app_close(app);
        TRY(e);
        if (k->run)
                print_replay(line, &k->replayed);
        else
                print_runs(line, k);
        return OK;
}

/* ---- the command ---- */

/* Absent: not named. */
static struct err objective_of(const char *name, bool bare, struct text *objective)
{
        *objective = text_of(name ? name : "total");
        if (!text_is(*objective, "total") && !text_is(*objective, "fair") && (bare || !text_is(*objective, "leximin")))
                return FAIL_AT(ERR_INVALID, "There is no such objective", name, "usage");
        return OK;
}

static struct err run(struct command_line *line)
{
        const char *slug = line_option(line, "cohort"), *run_id = line_option(line, "replay");
        struct matching_bare_options bare = {
                .edges = line_option(line, "edges"), .matrix = line_option(line, "matrix"),
                .capacity = line_option(line, "capacity"), .out = line_option(line, "out")};
        struct propose p = {.slug = text_of(slug), .dry_run = line_flag(line, "dry-run"),
                            .refill = line_flag(line, "refill")};
        struct kept k = {.slug = text_of(slug)};
        bool runs = line_flag(line, "runs");
        struct text json;

        TRY(objective_of(line_option(line, "objective"), !slug, &p.objective));
        TRY(line_end(line));
        bare.fair = text_is(p.objective, "fair");
        if ((slug != NULL) + (bare.edges != NULL) + (bare.matrix != NULL) != 1 || (!slug && (runs || run_id)))
                return USAGE("Say one of --cohort SLUG, --edges FILE and --matrix FILE");
        if (run_id && (!text_int(text_of(run_id), &k.run) || k.run <= 0))
                return USAGE("--replay wants the number of a run, as --runs lists them");
        if (runs || run_id)
                return for_kept(line, &k);
        if (p.refill && (!slug || p.dry_run || bare.fair || runs || run_id))
                return USAGE("--refill goes with --cohort SLUG alone");
        if (slug)
                return for_cohort(line, &p);
        TRY(matching_bare(&bare, line->arena, &json));
        printf("%s\n", json.p);
        return OK;
}

const struct command command_match = {
        "match", "--cohort SLUG [--dry-run | --refill | --runs | --replay RUN] | --edges E.csv | --matrix M.npy [--capacity C.csv] [--objective total|fair|leximin] [--out P.csv]",
        "proposes pairs for a cohort, or solves a bare problem exactly", run};
