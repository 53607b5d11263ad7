/* match: proposals for a cohort, or the bare solver on files. */
#include "main/command.h"
#include "matching/matching.h"
#include "matching/matching_files.h"
#include "matching/matching_people.h"
#include "people/people.h"
#include "programmes/programmes.h"

#include <stdio.h>
#include <string.h>

struct propose { struct text slug; bool fair, dry_run, refill; struct matching_summary summary; };

static struct err propose(struct tx *tx, void *in)
{
        struct propose *p = in;
        struct programmes_cohort c;

        TRY(programmes_cohort_by_slug(tx, p->slug, &c));
        if (p->refill)
                return matching_refill(tx, &people_system, c.id, &p->summary);
        return matching_propose(tx, &people_system, c.id, p->fair, p->dry_run, &p->summary);
}

static struct err for_cohort(struct command_line *line, struct propose *p)
{
        struct app *app;

        TRY(app_open(line, &app));
        struct err e = db_write(app->db, line->arena, propose, p);
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

static struct err objective_of(const char *name, bool *fair)
{
        *fair = name && strcmp(name, "fair") == 0;
        if (name && !*fair && strcmp(name, "total") != 0)
                return FAIL_AT(ERR_INVALID, "There is no such objective", name, "usage");
        return OK;
}

static struct err run(struct command_line *line)
{
        const char *slug = line_option(line, "cohort");
        struct matching_bare_options bare = {
                .edges = line_option(line, "edges"), .matrix = line_option(line, "matrix"),
                .capacity = line_option(line, "capacity"), .out = line_option(line, "out")};
        struct propose p = {.slug = text_of(slug), .dry_run = line_flag(line, "dry-run"),
                            .refill = line_flag(line, "refill")};
        struct text json;

        TRY(objective_of(line_option(line, "objective"), &p.fair));
        TRY(line_end(line));
        bare.fair = p.fair;
        if ((slug != NULL) + (bare.edges != NULL) + (bare.matrix != NULL) != 1)
                return USAGE("Say one of --cohort SLUG, --edges FILE and --matrix FILE");
        if (p.refill && (!slug || p.dry_run || p.fair))
                return USAGE("--refill goes with --cohort SLUG alone");
        if (slug)
                return for_cohort(line, &p);
        TRY(matching_bare(&bare, line->arena, &json));
        printf("%s\n", json.p);
        return OK;
}

const struct command command_match = {
        "match", "--cohort SLUG [--dry-run | --refill] | --edges E.csv | --matrix M.npy [--capacity C.csv] [--objective total|fair] [--out P.csv]",
        "proposes pairs for a cohort, or solves a bare problem exactly", run};
