/* The evaluation of a cohort as files. */
#include "evaluation/evaluation.h"
#include "main/command.h"
#include "os/file.h"
#include "people/people.h"
#include "programmes/programmes.h"

#include <stdio.h>

struct report { struct text slug; const char *dir; };

static struct err report(struct tx *tx, void *in)
{
        struct report *r = in;
        struct programmes_cohort c;

        TRY(programmes_cohort_by_slug(tx, r->slug, &c));
        return evaluation_report(tx, &people_system, c.id, r->dir);
}

static struct err run(struct command_line *line)
{
        struct report r = {.slug = text_of(line_option(line, "cohort")), .dir = line_option(line, "out")};
        struct app *app;

        TRY(line_end(line));
        if (text_empty(r.slug) || !r.dir)
                return USAGE("A cohort and a folder are needed");
        TRY(file_make_folder(r.dir));
        TRY(app_open(line, &app));
        struct err e = db_read(app->db, line->arena, report, &r);
        app_close(app);
        if (!failed(e))
                printf("The report is in %s.\n", r.dir);
        return e;
}

const struct command command_report = {"report", "--cohort SLUG --out DIR", "the evaluation of a cohort as files", run};
