#include "programmes/roster.h"

#include "base/app.h"
#include "html/messages.h"
#include "os/config.h"
#include "programmes/roster.sql.h"
#include "programmes/roster_parts.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_ROWS = 1000000, MOST_COLUMNS = 60 };

struct import {
        struct tx *tx;
        const struct who *who;
        const struct roster_options *options;
        struct programmes_cohort cohort;
        struct roster_sheet sheet;
        struct csv csv;
        size_t n;                       /* good rows */
        struct roster_person *person;
};

/* ---- columns ---- */

/* The map of this call, then what was said the last time, then the header's own word. */
static struct err decide(struct import *x, struct text header, enum roster_meaning *out,
                         bool *guessed)
{
        struct arena *a = tx_arena(x->tx);
        struct programmes_roster_remembered row;
        bool found;

        *guessed = false;
        TRY(roster_map_find(a, x->options->map, header, &found, out));
        if (found)
                return OK;
        TRY(programmes_roster_remembered(x->tx, x->cohort.programme, roster_header_key(a, header),
                                         &found, &row));
        if (found && roster_meaning_of(row.meaning, out))
                return OK;
        *guessed = true;
        *out = roster_guess(a, header);
        return OK;
}

/* The second column for the same thing is kept for staff; nobody chose it. */
static bool is_taken(const enum roster_meaning *meaning, size_t n, enum roster_meaning m)
{
        for (size_t i = 0; i < n; i++)
                if (meaning[i] == m && m != ROSTER_EXTRA && m != ROSTER_DROP)
                        return true;
        return false;
}

static struct err read_columns(struct import *x, const struct csv_row *head)
{
        struct arena *a = tx_arena(x->tx);
        struct roster_report *r = x->sheet.report;
        enum roster_meaning *meaning = arena_array(a, enum roster_meaning, head->n);

        r->columns = arena_array(a, struct roster_column, head->n);
        r->n_columns = x->sheet.n_columns = head->n;
        x->sheet.meaning = meaning;
        for (size_t i = 0; i < head->n; i++) {
                struct text header = text_trim(head->cell[i]);
                struct roster_column *c = &r->columns[i];
                *c = (struct roster_column) {.header = header,
                        .special = roster_is_special(a, header)};
                TRY(decide(x, header, &meaning[i], &c->guessed));
                if (c->special || header.n == 0 || (x->options->facts && !roster_is_fact(meaning[i])))
                        meaning[i] = ROSTER_DROP;
                else if (is_taken(meaning, i, meaning[i]))
                        meaning[i] = ROSTER_EXTRA;
                c->meaning = text_of(roster_choices[meaning[i]].word);
                c->dropped = meaning[i] == ROSTER_DROP;
                c->status = roster_is_status(meaning[i]);
        }
        return OK;
}

static bool has_column(const struct roster_sheet *s, enum roster_meaning m)
{
        for (size_t i = 0; i < s->n_columns; i++)
                if (s->meaning[i] == m)
                        return true;
        return false;
}

/* ---- rows ---- */

static int by_key(const void *a, const void *b)
{
        const struct roster_person *const *p = a, *const *q = b;
        int c = text_compare((*p)->key, (*q)->key);

        return c ? c : ((*p)->line > (*q)->line) - ((*p)->line < (*q)->line);
}

static void take_out_bad(struct import *x);

/* The first row with an address counts, the others are bad. Takes them out of the good ones. */
static void drop_duplicates(struct import *x)
{
        struct roster_person **sorted = arena_array(tx_arena(x->tx), struct roster_person *, x->n);

        for (size_t i = 0; i < x->n; i++)
                sorted[i] = &x->person[i];
        qsort(sorted, x->n, sizeof *sorted, by_key);
        for (size_t i = 1; i < x->n; i++) {
                if (!text_equal(sorted[i]->key, sorted[i - 1]->key))
                        continue;
                roster_problem(&x->sheet, sorted[i]->line,
                               text_of(roster_choices[sorted[i]->email.n ? ROSTER_EMAIL : ROSTER_STAFF_ID].word),
                               sorted[i]->email.n ? sorted[i]->email : sorted[i]->facts.status.staff_id,
                               sorted[i]->email.n ? M_("This address stands in the file twice; the first row counts")
                                                  : M_("This staff number stands in the file twice; the first row counts"));
                sorted[i]->capacity = 0;
        }
        take_out_bad(x);
}

/* Those with capacity 0. */
static void take_out_bad(struct import *x)
{
        size_t kept = 0;

        for (size_t i = 0; i < x->n; i++)
                if (x->person[i].capacity)
                        x->person[kept++] = x->person[i];
        x->n = kept;
}

static int by_line(const void *a, const void *b)
{
        const struct roster_problem *p = a, *q = b;

        return (p->line > q->line) - (p->line < q->line);
}

static struct err read_rows(struct import *x)
{
        struct roster_report *r = x->sheet.report;

        x->person = arena_array(tx_arena(x->tx), struct roster_person, x->csv.n);
        for (size_t i = 1; i < x->csv.n; i++)
                if (roster_row_read(&x->sheet, &x->csv.row[i], &x->person[x->n]))
                        x->n++;
        drop_duplicates(x);
        TRY(roster_managers(x->tx, &x->sheet, x->person, x->n));
        take_out_bad(x);
        r->rows = (int64_t)x->csv.n - 1;
        r->good = (int64_t)x->n;
        r->bad = r->rows - r->good;
        if (r->n_problems)
                qsort(r->problems, r->n_problems, sizeof r->problems[0], by_line);
        return OK;
}

static struct err meet(struct import *x, bool write)
{
        struct roster_report *r = x->sheet.report;

        if (x->options->facts) {
                struct roster_facts f = {.a = x->sheet.a, .report = r, .cohort = x->options->cohort};
                return roster_facts_meet(x->tx, x->who, &f, x->person, x->n, write);
        }
        for (size_t i = 0; i < x->n; i++) {
                enum roster_fate fate;
                TRY(roster_write(x->tx, x->who, &x->cohort, &x->person[i], write, &fate));
                switch (fate) {
                case ROSTER_ADDED: r->added++; break;
                case ROSTER_UPDATED: r->updated++; break;
                case ROSTER_UNCHANGED: r->unchanged++; break;
                }
        }
        return OK;
}

/* What somebody decided is what the next file is read by; guesses are made anew. */
static struct err remember(struct import *x)
{
        struct roster_report *r = x->sheet.report;

        for (size_t i = 0; i < r->n_columns; i++)
                if (!r->columns[i].guessed && r->columns[i].header.n)
                        TRY(programmes_roster_remember(x->tx, x->cohort.programme,
                                           roster_header_key(tx_arena(x->tx), r->columns[i].header),
                                            r->columns[i].meaning));
        return OK;
}

/* A roster brings facts too: what is on the table by then is looked at anew. */
static struct err remember_and_look(struct import *x)
{
        TRY(remember(x));
        if (x->sheet.report->updated + x->sheet.report->added == 0)
                return OK;
        return matching_work_recheck(x->tx, x->who, x->cohort.id, &x->sheet.report->broken);
}

static struct err log_import(struct import *x)
{
        const struct roster_report *r = x->sheet.report;

        if (r->added + r->updated == 0)
                return OK;
        return people_audit(x->tx, x->who, x->options->facts ? "roster.facts" : "roster.import", 0, x->cohort.id,
                            text_format(tx_arena(x->tx), "%lld added, %lld updated, %lld bad",
                                        (long long)r->added,
                                        (long long)r->updated, (long long)r->bad).p);
}

/* ---- the whole ---- */

/* How many headings of a row say something: what is only kept for staff could be any word. */
static size_t known(void *ctx, const struct csv_row *row)
{
        struct import *x = ctx;
        size_t n = 0;

        for (size_t i = 0; i < row->n && i < MOST_COLUMNS; i++) {
                struct text header = text_trim(row->cell[i]);
                enum roster_meaning m;
                bool guessed;
                if (header.n && !failed(decide(x, header, &m, &guessed)))
                        n += m != ROSTER_EXTRA && m != ROSTER_DROP;
        }
        return n;
}

static struct err parse(struct import *x, struct text file, struct table *out)
{
        int quota = tx_app(x->tx)->config->import_rows, most = quota ? quota : MOST_ROWS;
        struct err e = table_read(tx_arena(x->tx), file,
                                  &(struct table_wanted) {.rows = (size_t)most + 1, .columns = MOST_COLUMNS,
                                                          .known = known, .ctx = x}, out);
        if (err_is(e, ERR_LIMIT) && !e.place)
                e.place = text_format(tx_arena(x->tx), "≤ %d", most).p;
        return e;
}

static struct err prepare(struct import *x, struct roster_report *report)
{
        const struct roster_options *o = x->options;

        *report = (struct roster_report) {0};
        if (o->cohort || !o->facts) {
                TRY(programmes_staff(x->tx, x->who, o->cohort));
                TRY(programmes_cohort(x->tx, o->cohort, &x->cohort));
        } else if (!who_has(x->who, ROLE_ADMINISTRATOR | ROLE_SYSTEM)) {
                return FAIL(ERR_FORBIDDEN, "Only administrators change facts in every cohort", "Choose a cohort");
        }
        if (o->role.n && !text_is(o->role, "mentor") && !text_is(o->role, "mentee"))
                return FAIL_AT(ERR_INVALID, "There is no such role", "role",
                               "Say mentor or mentee");
        x->sheet = (struct roster_sheet) {
                .a = tx_arena(x->tx), .report = report, .role_given = o->role.n > 0,
                .role_mentor = text_is(o->role, "mentor"),
                .facts = o->facts, .cohort = o->cohort, .zone = text_of(zone_name(x->cohort.zone ? x->cohort.zone : zone_utc())),
                .locale = text_of(locale_tag((enum locale)x->cohort.locale))};
        return OK;
}

struct err roster_table(struct tx *tx, const struct who *who, const struct roster_options *options,
                        struct text file, struct table *out)
{
        struct import x = {.tx = tx, .who = who, .options = options};
        struct roster_report report;

        TRY(prepare(&x, &report));
        return parse(&x, file, out);
}

struct err roster_import(struct tx *tx, const struct who *who,
                         const struct roster_options *options, struct text file,
                         struct roster_report *report)
{
        struct import x = {.tx = tx, .who = who, .options = options};

        TRY(prepare(&x, report));
        TRY(parse(&x, file, &report->table));
        x.csv = report->table.csv;
        TRY(read_columns(&x, &x.csv.row[0]));
        if (has_column(&x.sheet, ROSTER_EMAIL) || (options->facts && has_column(&x.sheet, ROSTER_STAFF_ID))) {
                TRY(read_rows(&x));
        } else {
                roster_problem(&x.sheet, x.csv.row[0].line, text_of(roster_choices[ROSTER_EMAIL].word), TEXT(""),
                               M_("No column holds mail addresses; say which one it is"));
                report->rows = report->bad = (int64_t)x.csv.n - 1;
        }
        if (options->all_or_nothing && report->n_problems > 0 && !options->dry_run)
                return OK;
        TRY(meet(&x, !options->dry_run));
        if (options->dry_run)
                return OK;
        if (!options->facts)
                TRY(remember_and_look(&x));
        return log_import(&x);
}
