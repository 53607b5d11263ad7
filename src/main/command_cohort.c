/* cohort list, cohort show SLUG, import: what there is, and who comes in. */
#include "main/command.h"
#include "base/json.h"
#include "os/file.h"
#include "people/people.h"
#include "programmes/programmes.h"
#include "programmes/roster.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct listing { struct programmes_cohort_list list; struct out *out; bool json; struct text slug; };

static void day_text(struct out *o, int64_t day)
{
        int y, m, d;

        day_split(day, &y, &m, &d);
        out_format(o, "%04d-%02d-%02d", y, m, d);
}

static struct err count(struct tx *tx, int64_t cohort, int64_t *mentors, int64_t *mentees)
{
        struct programmes_participant_list people;

        TRY(programmes_participants(tx, cohort, &people));
        for (size_t i = 0; i < people.n; i++)
                *(people.row[i].mentor ? mentors : mentees) += 1;
        return OK;
}

static struct err print_cohort(struct tx *tx, const struct programmes_cohort *c, struct listing *l)
{
        int64_t mentors = 0, mentees = 0;
        struct pack_days days = pack_days_of(c->pack, c->launch_day);
        const struct pack_phase *phase = pack_phase_on(c->pack, &days, zone_day(c->zone, tx_now(tx)));
        struct out *o = l->out;

        TRY(count(tx, c->id, &mentors, &mentees));
        out_c(o, l->json ? "{\"slug\":" : "");
        json_or_plain(o, l->json, c->slug, 24);
        out_c(o, l->json ? ",\"name\":" : "");
        json_or_plain(o, l->json, c->name, 30);
        out_c(o, l->json ? ",\"state\":" : "");
        json_or_plain(o, l->json, c->state, 14);
        out_c(o, l->json ? ",\"phase\":" : "");
        json_or_plain(o, l->json, phase->key, 16);
        out_c(o, l->json ? ",\"launch\":\"" : "");
        day_text(o, c->launch_day);
        out_c(o, l->json ? "\",\"end\":\"" : "  ");
        day_text(o, c->end_day);
        out_format(o, l->json ? "\",\"mentors\":%lld,\"mentees\":%lld}" : "  %lld mentors, %lld mentees\n", (long long)mentors,
                   (long long)mentees);
        return OK;
}

static struct err list_cohorts(struct tx *tx, void *in)
{
        struct listing *l = in;

        TRY(programmes_cohorts(tx, &people_system, &l->list));
        out_c(l->out, l->json ? "[" : "");
        for (size_t i = 0; i < l->list.n; i++) {
                out_c(l->out, l->json && i ? ",\n " : "");
                TRY(print_cohort(tx, &l->list.row[i], l));
        }
        out_c(l->out, l->json ? "]\n" : "");
        return OK;
}

static struct err show_cohort(struct tx *tx, void *in)
{
        struct listing *l = in;
        struct programmes_cohort c;

        TRY(programmes_cohort_by_slug(tx, l->slug, &c));
        TRY(print_cohort(tx, &c, l));
        out_c(l->out, l->json ? "\n" : "");
        return OK;
}

static struct err run_cohort(struct command_line *line)
{
        const char *what = line_word(line);
        const char *slug = line_word(line);
        struct out out = out_new(line->arena, 4096);
        struct listing l = {.out = &out, .json = line->json, .slug = text_of(slug)};
        struct app *app;

        TRY(line_end(line));
        if (!what || (strcmp(what, "list") != 0 && (strcmp(what, "show") != 0 || !slug)))
                return USAGE("Say cohort list, or cohort show SLUG");
        TRY(app_open(line, &app));
        struct err e = db_read(app->db, line->arena, slug ? show_cohort : list_cohorts, &l);
        app_close(app);
        if (!failed(e))
                printf("%s", out_get(&out).p);
        return e;
}

const struct command command_cohort = {"cohort", "list | show SLUG", "what cohorts there are: name, dates, phase, counts", run_cohort};

/* ---- import ---- */

struct import { struct roster_options options; struct text slug, file; struct roster_report report; };

static struct err import(struct tx *tx, void *in)
{
        struct import *i = in;
        struct programmes_cohort c;

        TRY(programmes_cohort_by_slug(tx, i->slug, &c));
        i->options.cohort = c.id;
        return roster_import(tx, &people_system, &i->options, i->file, &i->report);
}

static void print_report(const struct roster_report *r, bool json, struct out *o)
{
        out_c(o, json ? "{\"columns\":[" : "");
        for (size_t i = 0; i < r->n_columns; i++) {
                out_c(o, json ? (i ? ",{\"header\":" : "{\"header\":") : "column  ");
                json_or_plain(o, json, r->columns[i].header, 26);
                out_c(o, json ? ",\"meaning\":" : "-> ");
                json_or_plain(o, json, r->columns[i].meaning, 0);
                out_c(o, json ? "}" : "\n");
        }
        if (r->table.sheet.p) {
                out_c(o, json ? "],\"sheet\":" : "sheet   ");
                json_or_plain(o, json, r->table.sheet, 0);
        }
        out_c(o, json ? (r->table.sheet.p ? ",\"problems\":[" : "],\"problems\":[") : r->table.sheet.p ? "\n" : "");
        for (size_t i = 0; i < r->n_problems; i++) {
                const struct roster_problem *p = &r->problems[i];
                out_format(o, json ? "%s{\"line\":%lld,\"column\":" : "%sline %lld, ", json && i ? "," : "", (long long)p->line);
                json_or_plain(o, json, p->column, 0);
                if (p->cell.n)
                        out_format(o, json ? ",\"cell\":\"%s\"" : " (%s)", p->cell.p);
                out_c(o, json ? ",\"reason\":" : ": ");
                json_or_plain(o, json, p->reason, 0);
                out_c(o, json ? "}" : "\n");
        }
        out_format(o, json ? "],\"rows\":%lld,\"added\":%lld,\"updated\":%lld,\"unchanged\":%lld,\"bad\":%lld}\n"
                           : "%lld rows: %lld added, %lld updated, %lld unchanged, %lld bad\n",
                   (long long)r->rows, (long long)r->added, (long long)r->updated, (long long)r->unchanged, (long long)r->bad);
}

static struct err run_import(struct command_line *line)
{
        const char *slug = line_option(line, "cohort");
        struct import i = {.slug = text_of(slug),
                           .options = {.role = text_of(line_option(line, "role")), .map = text_of(line_option(line, "map")),
                                       .dry_run = line_flag(line, "dry-run"), .all_or_nothing = line_flag(line, "all-or-nothing")}};
        const char *path = line_word(line);
        struct out out = out_new(line->arena, 4096);
        struct app *app;

        TRY(line_end(line));
        if (!slug || !path)
                return USAGE("A cohort and a file are needed");
        if (i.options.map.n && file_exists(i.options.map.p))
                TRY(file_read(line->arena, i.options.map.p, 1 << 20, &i.options.map));
        if (strcmp(path, "-") == 0)
                TRY(file_read_all(line->arena, STDIN_FILENO, 64 << 20, &i.file));
        else
                TRY(file_read(line->arena, path, 64 << 20, &i.file));
        TRY(app_open(line, &app));
        struct err e = db_write(app->db, line->arena, import, &i);
        app_close(app);
        if (failed(e))
                return e;
        print_report(&i.report, line->json, &out);
        printf("%s", out_get(&out).p);
        return i.report.bad ? FAIL(ERR_INVALID, i.options.all_or_nothing ? "Nothing was imported, since some rows are bad"
                                                                         : "Some rows were not imported",
                                   "Mend the lines named above and import the file again") : OK;
}

const struct command command_import = {"import", "--cohort SLUG [--role mentor|mentee] [--map MAP] [--dry-run] [--all-or-nothing] FILE",
                                       "a roster, CSV or XLSX: every bad row is reported, good rows come in", run_import};
