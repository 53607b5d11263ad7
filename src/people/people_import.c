/*
 * Importing a roster.  Between the steps the table travels in the page itself, so that nothing of
 * it is kept here before somebody has looked and said yes: special-category columns never reach the
 * disk.
 */
#include "people/people_import.h"

#include "people/people_facts_file.html.h"
#include "people/people_import.html.h"
#include "people/people_view.h"
#include "programmes/programmes.h"
#include "programmes/roster.h"

#include <string.h>

enum { COLUMNS = 60, SAMPLE = 40, PROBLEMS = 100, STRANGERS = 20, CARRIED = 6 << 20 };

struct import_form {
        struct text file, table, role, step;
        bool strict;
        struct text meaning[COLUMNS];
};

#define MEANING(i) \
        {.name = "meaning_" #i, .kind = FIELD_TEXT, .max = 40, \
         .offset = offsetof(struct import_form, meaning[i])}

static const char *const roles[] = {"", "mentor", "mentee", NULL};
static const char *const steps[] = {"look", "import", NULL};
static const struct field fields[] = {
        {.name = "file", .kind = FIELD_FILE, .offset = offsetof(struct import_form, file),
         .label = M_("The list")},
        {.name = "table", .kind = FIELD_LINES, .offset = offsetof(struct import_form, table),
         .max = CARRIED, .label = M_("The list")},
        {.name = "role", .kind = FIELD_CHOICE, .offset = offsetof(struct import_form, role),
         .choices = roles,
         .label = M_("Who is on it?")},
        {.name = "step", .kind = FIELD_CHOICE, .offset = offsetof(struct import_form, step),
         .choices = steps},
        {.name = "strict", .kind = FIELD_BOOL, .offset = offsetof(struct import_form, strict)},
        MEANING(0), MEANING(1), MEANING(2), MEANING(3), MEANING(4), MEANING(5), MEANING(6),
        MEANING(7), MEANING(8), MEANING(9), MEANING(10), MEANING(11), MEANING(12), MEANING(13),
        MEANING(14), MEANING(15), MEANING(16), MEANING(17), MEANING(18), MEANING(19), MEANING(20),
        MEANING(21), MEANING(22), MEANING(23), MEANING(24), MEANING(25), MEANING(26), MEANING(27),
        MEANING(28), MEANING(29), MEANING(30), MEANING(31), MEANING(32), MEANING(33), MEANING(34),
        MEANING(35), MEANING(36), MEANING(37), MEANING(38), MEANING(39), MEANING(40), MEANING(41),
        MEANING(42), MEANING(43), MEANING(44), MEANING(45), MEANING(46), MEANING(47), MEANING(48),
        MEANING(49), MEANING(50), MEANING(51), MEANING(52), MEANING(53), MEANING(54), MEANING(55),
        MEANING(56), MEANING(57), MEANING(58), MEANING(59),
};

const struct form people_import_form = {"import", sizeof(struct import_form), fields,
        sizeof fields / sizeof fields[0]};

/* ---- the map ---- */

/* What separates entries of a map does not count in a header. */
static void write_header(struct out *o, struct text header)
{
        for (size_t i = 0; i < header.n; i++)
                out_char(o, strchr(";=\n\r", header.p[i]) ? ' ' : header.p[i]);
}

/* The chosen meanings belong to the headers of the table that the page was made from. */
static struct text map_of(struct request *rq, const struct import_form *f, const struct csv_row *head)
{
        struct out o = out_new(rq->arena, 512);

        for (size_t i = 0; i < head->n && i < COLUMNS; i++) {
                if (text_empty(f->meaning[i]) || text_empty(text_trim(head->cell[i])))
                        continue;
                write_header(&o, head->cell[i]);
                out_char(&o, '=');
                out_text(&o, f->meaning[i]);
                out_char(&o, '\n');
        }
        return text_copy(rq->arena, out_get(&o));
}

/* ---- the page ---- */

static struct html_options role_options(struct request *rq)
{
        static const char *const labels[] = {M_("A column of the list says it"), M_("Mentors"),
                M_("Mentees")};
        struct html_options o = {.n = 3, .row = arena_array(rq->arena, struct html_option, 3)};

        for (size_t i = 0; i < o.n; i++)
                o.row[i] = (struct html_option) {.value = text_of(roles[i]),
                .label = text_of(msg(rq->page.locale, labels[i]))};
        return o;
}

static struct html_options meaning_options(struct request *rq, bool facts)
{
        struct html_options o = {.row = arena_array(rq->arena, struct html_option, COLUMNS)};

        for (size_t i = 0; roster_choices[i].word && o.n < COLUMNS; i++)
                if (!facts || roster_choices[i].fact)
                        o.row[o.n++] = (struct html_option) {.value = text_of(roster_choices[i].word),
                                                 .label = text_of(msg(rq->page.locale,
                                                                      roster_choices[i].label))};
        return o;
}

static const char *note_of(const struct roster_column *c, bool facts)
{
        if (c->special)
                return M_("Looks like health, belief, origin, orientation or identity. It is left out and stored nowhere.");
        if (facts)
                return c->dropped ? M_("Not read: this file is for facts about work alone.") : NULL;
        if (c->status)
                return M_("Hidden from partners until both agree.");
        if (text_is(c->meaning, "biography"))
                return M_("Sentences about rank or private matters are cut out.");
        if (text_is(c->meaning, "extra"))
                return M_("Kept for staff until it has a purpose.");
        return NULL;
}

/* The first value below a header, so that one knows what one is talking about. */
static struct text sample_of(const struct csv *csv, size_t column)
{
        for (size_t i = 1; i < csv->n && i < 20; i++)
                if (column < csv->row[i].n && text_trim(csv->row[i].cell[column]).n)
                        return text_first_chars(text_trim(csv->row[i].cell[column]), SAMPLE);
        return TEXT_ABSENT;
}

static void add_columns(struct request *rq, const struct roster_report *r,
                        struct people_import_view *v)
{
        v->meanings = meaning_options(rq, v->facts);
        v->columns.row = arena_array(rq->arena, struct people_column_view, r->n_columns);
        for (; v->columns.n < r->n_columns; v->columns.n++) {
                size_t i = v->columns.n;
                const struct roster_column *c = &r->columns[i];
                v->columns.row[i] = (struct people_column_view) {
                        .header = c->header, .sample = c->special || (v->facts && c->dropped) ? TEXT_ABSENT
                                : sample_of(&r->table.csv, i), .note = note_of(c, v->facts),
                        .special = c->special, .meaning = c->meaning};
        }
}

/* A column by the header it has in the file; one that the file lacks by what it means. */
static struct text name_of_column(struct request *rq, const struct roster_report *r, struct text column)
{
        for (size_t i = 0; i < r->n_columns; i++)
                if (text_equal(r->columns[i].meaning, column) && r->columns[i].header.n)
                        return r->columns[i].header;
        for (size_t i = 0; roster_choices[i].word; i++)
                if (text_is(column, roster_choices[i].word))
                        return text_of(msg(rq->page.locale, roster_choices[i].label));
        return column;
}

static void add_problems(struct request *rq, const struct roster_report *r,
                         struct people_import_view *v)
{
        v->problems.n = r->n_problems < PROBLEMS ? r->n_problems : PROBLEMS;
        v->more_problems = (int64_t)(r->n_problems - v->problems.n);
        v->problems.row = arena_array(rq->arena, struct people_problem_view, v->problems.n);
        for (size_t i = 0; i < v->problems.n; i++)
                v->problems.row[i] = (struct people_problem_view) {
                        r->problems[i].line, name_of_column(rq, r, r->problems[i].column), r->problems[i].value,
                        msg(rq->page.locale, text_c(rq->arena, r->problems[i].reason)), r->problems[i].cell};
}

static void add_report(struct request *rq, const struct roster_report *r,
                       struct people_import_view *v)
{
        v->has_report = true;
        v->sheet = r->table.sheet;
        v->rows = r->rows;
        v->good = r->good;
        v->added = r->added;
        v->updated = r->updated;
        v->unchanged = r->unchanged;
        v->bad = r->bad;
        v->cut = r->sentences_cut;
        add_columns(rq, r, v);
        add_problems(rq, r, v);
        v->changes.row = r->changes;
        v->changes.n = r->n_changes < PROBLEMS ? r->n_changes : PROBLEMS;
        v->all_changes = (int64_t)r->n_changes;
        v->strangers.row = r->strangers;
        v->strangers.n = r->n_strangers < STRANGERS ? r->n_strangers : STRANGERS;
        v->all_strangers = (int64_t)r->n_strangers;
        v->broken = &r->broken;
        for (size_t i = 0; i < r->broken.n; i++) {
                v->broken_pairs += r->broken.row[i].pair != 0;
                v->broken_proposals += r->broken.row[i].proposal != 0;
        }
}

static struct html_shell desk(struct request *rq, bool facts)
{
        return (struct html_shell) {.kind = SHELL_DESK,
                .title = text_of(msg(rq->page.locale, facts ? M_("Facts by file") : M_("Import a list")))};
}

static struct err may_import(struct request *rq, int64_t *cohort)
{
        TRY(programmes_current(rq->tx, rq->who, cohort));
        return programmes_staff(rq->tx, rq->who, *cohort);
}

static void reply_view(struct request *rq, struct reply *re, const struct people_import_view *v)
{
        struct html_shell shell = desk(rq, v->facts);

        if (v->facts)
                reply_page(rq, re, &shell, people_facts_file, v);
        else
                reply_page(rq, re, &shell, people_import, v);
}

static struct err show(struct request *rq, struct reply *re, bool facts)
{
        struct people_import_view v = {.facts = facts, .roles = role_options(rq), .role = TEXT("")};
        int64_t cohort;

        TRY(may_import(rq, &cohort));
        reply_view(rq, re, &v);
        return OK;
}

struct err people_show_import(struct request *rq, struct reply *re) { return show(rq, re, false); }
struct err people_show_facts(struct request *rq, struct reply *re) { return show(rq, re, true); }

static struct err show_again(struct request *rq, struct reply *re, const struct import_form *f,
                             struct text table,
                             struct people_import_view *v)
{
        v->roles = role_options(rq);
        v->role = f->role.p ? f->role : TEXT("");
        v->strict = f->strict;
        v->table = v->what ? TEXT_ABSENT : table_travel(rq->arena, table);
        if (v->what || v->refused)
                reply_status(re, 422);
        reply_view(rq, re, v);
        return OK;
}

static struct err done(struct reply *re, const struct roster_report *r, bool facts)
{
        if (facts) {
                reply_flash(re, r->broken.n ? M_("The facts are in. What the rules forbid by now is taken back, or flagged on the desk.")
                            : M_("The facts are in, and no pair breaks a rule."));
                reply_see(re, r->broken.n ? "/desk" : "/desk/people");
                return OK;
        }
        reply_flash(re, r->bad ? M_("The list is in, without the rows that could not be used.")
                    : M_("The list is in."));
        reply_see(re, "/desk/people");
        return OK;
}

/* What the columns mean was said of the table that the page carries; a new file is read by that too. */
static struct err options_of(struct request *rq, const struct import_form *f, struct text carried,
                             struct roster_options *out)
{
        struct table table;

        TRY(may_import(rq, &out->cohort));
        if (text_empty(f->table) || text_empty(carried))
                return OK;
        TRY(roster_table(rq->tx, rq->who, out, carried, &table));
        out->map = map_of(rq, f, &table.csv.row[0]);
        return OK;
}

static struct err run(struct request *rq, const struct import_form *f, bool facts, struct text *table, bool *write,
                      struct roster_report *report)
{
        struct roster_options options = {.role = facts ? TEXT_ABSENT : f->role, .all_or_nothing = f->strict, .facts = facts};
        struct text carried;

        if (!table_arrive(rq->arena, f->table, &carried))
                return FAIL(ERR_INVALID, "The list could not be read again", "Choose the file once more");
        *table = text_empty(f->file) ? carried : f->file;
        *write = text_is(f->step, "import") && text_empty(f->file);
        options.dry_run = !*write;
        if (text_empty(*table))
                return FAIL_AT(ERR_INVALID, "Choose the file with your list", "file",
                               "An Excel workbook, or a CSV file as a spreadsheet saves it");
        if (table->n > CARRIED / 4 * 3 - 1024)
                return FAIL_AT(ERR_INVALID, "This file is too large for the page", "file",
                               "Leave out pictures and other sheets, or have it read in on the command line");
        TRY(options_of(rq, f, carried, &options));
        return roster_import(rq->tx, rq->who, &options, *table, report);
}

static struct err post(struct request *rq, struct reply *re, bool facts)
{
        const struct import_form *f = FORM(rq, struct import_form);
        struct roster_report report;
        struct people_import_view v = {.facts = facts};
        struct text table = TEXT_ABSENT;
        bool write = false;

        struct err e = run(rq, f, facts, &table, &write, &report);
        if (failed(e) && ((!err_is(e, ERR_INVALID) && !err_is(e, ERR_LIMIT)) || (e.place && strcmp(e.place, "file") == 0)))
                return e;
        if (failed(e)) {
                v.what = e.what;
                v.next = e.next;
                v.place = text_of(e.place);
                return show_again(rq, re, f, table, &v);
        }
        v.refused = write && f->strict && report.n_problems > 0;
        if (write && !v.refused)
                return done(re, &report, facts);
        add_report(rq, &report, &v);
        return show_again(rq, re, f, table, &v);
}

struct err people_post_import(struct request *rq, struct reply *re) { return post(rq, re, false); }
struct err people_post_facts(struct request *rq, struct reply *re) { return post(rq, re, true); }
