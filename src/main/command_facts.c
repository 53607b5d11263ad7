/* facts: what the organisation knows of its people, by file; made to be run every night. */
#include "main/command.h"
#include "base/json.h"
#include "os/file.h"
#include "people/people.h"
#include "programmes/programmes.h"
#include "programmes/roster.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { FILE_MOST = 64 << 20 };

struct facts { struct roster_options options; struct text slug, file; struct roster_report report; };

static struct err take(struct tx *tx, void *in)
{
        struct facts *f = in;
        struct programmes_cohort c;

        if (f->slug.n) {
                TRY(programmes_cohort_by_slug(tx, f->slug, &c));
                f->options.cohort = c.id;
        }
        return roster_import(tx, &people_system, &f->options, f->file, &f->report);
}

/* ---- what it did, in lines or as JSON ---- */

static void put(struct out *o, bool json, const char *name, struct text value, int width)
{
        out_format(o, json ? ",\"%s\":" : " ", name);
        json_or_plain(o, json, value.p ? value : TEXT(""), width);
}

static void print_changes(const struct roster_report *r, bool json, struct out *o)
{
        for (size_t i = 0; i < r->n_changes; i++) {
                const struct roster_change *c = &r->changes[i];
                out_format(o, json ? "%s{\"line\":%lld" : "%sline %lld,", json && i ? "," : "", (long long)c->line);
                put(o, json, "email", c->email, 0);
                put(o, json, "what", c->word, 0);
                put(o, json, "was", c->was.n || json ? c->was : TEXT("-"), 0);
                out_c(o, json ? "" : " ->");
                put(o, json, "becomes", c->becomes.n || json ? c->becomes : TEXT("-"), 0);
                out_c(o, json ? "}" : "\n");
        }
}

static void print_problems(const struct roster_report *r, bool json, struct out *o)
{
        for (size_t i = 0; i < r->n_problems; i++) {
                const struct roster_problem *p = &r->problems[i];
                out_format(o, json ? "%s{\"line\":%lld" : "%sline %lld,", json && i ? "," : "", (long long)p->line);
                put(o, json, "column", p->column, 0);
                if (p->cell.n)
                        put(o, json, "cell", p->cell, 0);
                put(o, json, "value", p->value, 0);
                out_c(o, json ? "" : ":");
                put(o, json, "reason", p->reason, 0);
                out_c(o, json ? "}" : "\n");
        }
}

static void print_strangers(const struct roster_report *r, bool json, struct out *o)
{
        for (size_t i = 0; i < r->n_strangers; i++) {
                out_format(o, json ? "%s{\"line\":%lld" : "%sline %lld, nobody who takes part:", json && i ? "," : "",
                           (long long)r->strangers[i].line);
                put(o, json, "who", r->strangers[i].who, 0);
                out_c(o, json ? "}" : "\n");
        }
}

static void print_broken(const struct roster_report *r, bool dry, bool json, struct out *o)
{
        for (size_t i = 0; i < r->broken.n; i++) {
                const struct matching_broken *b = &r->broken.row[i];
                out_format(o, json ? "%s{\"%s\":\"%lld\"" : "%s%s %lld,", json && i ? "," : "", b->pair ? "pair" : "proposal",
                           (long long)(b->pair ? b->pair : b->proposal));
                put(o, json, "mentee", b->mentee_name, 0);
                out_c(o, json ? "" : " and");
                put(o, json, "mentor", b->mentor_name, 0);
                out_c(o, json ? "" : ":");
                put(o, json, "rule", text_of(b->code), 0);
                out_c(o, json ? "" : ",");
                put(o, json, "done", b->pair ? (dry ? TEXT("would be flagged") : TEXT("flagged"))
                                               : dry ? TEXT("would be taken back") : TEXT("taken back"), 0);
                out_c(o, json ? "}" : "\n");
        }
}

static void print_report(const struct facts *f, bool json, struct out *o)
{
        const struct roster_report *r = &f->report;

        out_c(o, json ? "{\"changes\":[" : "");
        print_changes(r, json, o);
        out_c(o, json ? "],\"problems\":[" : "");
        print_problems(r, json, o);
        out_c(o, json ? "],\"strangers\":[" : "");
        print_strangers(r, json, o);
        out_c(o, json ? "],\"broken\":[" : "");
        print_broken(r, f->options.dry_run, json, o);
        if (json)
                out_format(o, "],\"dry_run\":%s", f->options.dry_run ? "true" : "false");
        out_format(o, json ? ",\"rows\":%lld,\"updated\":%lld,\"unchanged\":%lld,\"unknown\":%lld,\"bad\":%lld}\n"
                           : "%lld rows: %lld people changed, %lld the same, %lld not here, %lld bad\n",
                   (long long)r->rows, (long long)r->updated, (long long)r->unchanged, (long long)r->n_strangers, (long long)r->bad);
}

static struct err run(struct command_line *line)
{
        struct facts f = {.slug = text_of(line_option(line, "cohort")),
                          .options = {.map = text_of(line_option(line, "map")), .dry_run = line_flag(line, "dry-run"),
                                      .all_or_nothing = line_flag(line, "all-or-nothing"), .facts = true}};
        const char *path = line_word(line);
        struct out out = out_new(line->arena, 4096);
        struct app *app;

        TRY(line_end(line));
        if (!path)
                return USAGE("A file is needed");
        if (f.options.map.n && file_exists(f.options.map.p))
                TRY(file_read(line->arena, f.options.map.p, 1 << 20, &f.options.map));
        if (strcmp(path, "-") == 0)
                TRY(file_read_all(line->arena, STDIN_FILENO, FILE_MOST, &f.file));
        else
                TRY(file_read(line->arena, path, FILE_MOST, &f.file));
        TRY(app_open(line, &app));
        struct err e = db_write(app->db, line->arena, take, &f);
        app_close(app);
        if (failed(e))
                return e;
        print_report(&f, line->json, &out);
        printf("%s", out_get(&out).p);
        return f.report.bad ? FAIL(ERR_INVALID, f.options.all_or_nothing ? "Nothing was written, since some rows are bad" : "Some rows were not taken",
                                   "Mend the lines named above and give the file again") : OK;
}

const struct command command_facts = {"facts", "[--cohort SLUG] [--map MAP] [--dry-run] [--all-or-nothing] FILE",
                                      "what the organisation knows of its people, CSV or XLSX: line managers, teams; pairs are looked at anew", run};
