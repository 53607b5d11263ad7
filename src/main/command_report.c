/* The evaluation of a cohort as files. */
#include "evaluation/evaluation.h"
#include "main/command.h"
#include "os/config.h"
#include "os/file.h"
#include "people/people.h"
#include "programmes/programmes.h"

#include <stdio.h>

enum { FILES = 3 };
static const char *const names[FILES] = {"report.html", "figures.csv", "figures.xlsx"};

struct report { struct text slug; struct evaluation_files files; };

static struct err report(struct tx *tx, void *in)
{
        struct report *r = in;
        struct programmes_cohort c;

        TRY(programmes_cohort_by_slug(tx, r->slug, &c));
        return evaluation_report(tx, &people_system, c.id, tx_app(tx)->config->data, &r->files);
}

/* Whoever calls this may write there; the database's owner, who we are from then on, perhaps not. */
static struct err begin(struct arena *a, const char *dir, int *fd, const char **path)
{
        TRY(file_make_folder(dir));
        for (size_t i = 0; i < FILES; i++) {
                path[i] = text_format(a, "%s/%s", dir, names[i]).p;
                TRY(file_begin(path[i], 0644, &fd[i]));
        }
        return OK;
}

static struct err fill(const struct report *r, const int *fd, const char *const *path)
{
        const struct text of[FILES] = {r->files.page, r->files.csv, r->files.workbook};
        struct err e = OK;

        for (size_t i = 0; i < FILES; i++) {
                struct err one = file_fill(fd[i], path[i], of[i]);
                e = failed(e) ? e : one;
        }
        return e;
}

static struct err run(struct command_line *line)
{
        struct report r = {.slug = text_of(line_option(line, "cohort"))};
        const char *dir = line_option(line, "out"), *path[FILES];
        struct app *app;
        int fd[FILES];

        TRY(line_end(line));
        if (text_empty(r.slug) || !dir)
                return USAGE("A cohort and a folder are needed");
        TRY(begin(line->arena, dir, fd, path));
        TRY(app_open(line, &app));
        struct err e = db_read(app->db, line->arena, report, &r);
        app_close(app);
        if (!failed(e))
                e = fill(&r, fd, path);
        if (!failed(e))
                printf("The report is in %s.\n", dir);
        return e;
}

const struct command command_report = {"report", "--cohort SLUG --out DIR", "the evaluation of a cohort as files", run};
